//! UK Government GHG conversion factors 2024: fuels, energy, water, materials, waste and freight.

mod energy;
mod freight;
mod freight_name;
mod fuel;
mod material;
mod sheet;
mod substance;

use super::row::{Origin, Say};
use crate::Outcome;
use sheet::{Entry, Key};
use std::path::Path;
use zuji_core::factor::{FactorRow, FactorsDocument, Period, TableHead};

const TABLE: &str = "uk-desnz-2024";
/// The factors are characterised with AR5 and one value for all methane.
const SET: &str = "AR5-GWP100@unfccc";
const ORIGIN: Origin = Origin { table: TABLE, geography: "GB", period: Period::Years(2024, 2024), evidence: "primary" };
const WORKBOOK: &str = "UK Government GHG Conversion Factors for Company Reporting 2024, v1.1 (DESNZ)";

/// The whole table in the order of the workbook's sheets.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let entries = sheet::entries(folder)?;
    let mut rows = fuel::rows(&entries)?;
    rows.extend(energy::rows(&entries)?);
    rows.extend(freight::rows(&entries)?);
    rows.extend(material::rows(&entries)?);
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn head() -> TableHead {
    let left_out = [
        "Bioenergy and WTT- bioenergy: 12 keys stand twice in the raw table because a label was lost in parsing",
        "Freighting goods and WTT- delivery vehs & freight: rows per mile; the same rows per km are here",
        "WTT- delivery vehs & freight: air freight 'With RF', equal to 'Without RF'",
        "Water supply and water treatment per million litres: the same rows per m3 are here",
        "Refrigerant & other: characterisation factors of gases and blends, not activities",
        "Vehicles, travel, EV electricity, hotels, homeworking, managed assets: not part of a product's bill of materials",
        "Outside of scopes: biogenic CO2, reported apart",
    ];
    TableHead {
        id: TABLE.into(),
        version: "2024 v1.1".into(),
        name_en: "UK Government GHG conversion factors 2024".into(),
        name_zh: "英国政府温室气体换算系数（2024年）".into(),
        source: format!("{WORKBOOK}, full set for advanced users, gov.uk"),
        licence: "Open Government Licence v3.0".into(),
        attribution: Some(
            "Contains public sector information licensed under the Open Government Licence v3.0. Source: UK Government \
             GHG Conversion Factors for Company Reporting 2024, Department for Energy Security and Net Zero."
                .into(),
        ),
        note: Some(
            "For the United Kingdom. Gases are given in CO2e of AR5 (CH4 28, N2O 265). CH4 and N2O of a biofuel share \
             are counted as fossil, because the source does not split them; biogenic CO2 is outside of the figures. \
             Combustion, vehicle and generation rows are one half; their companions are the other. Material rows are \
             averages of the UK for screening; waste rows cover treatment only."
                .into(),
        ),
        left_out: super::row::owned(&left_out),
        closed: false,
    }
}

/// A row with the table's place, time and source, and the entry's amounts.
fn row(entry: &Entry, say: Say) -> Outcome<FactorRow> {
    let mut row = ORIGIN.row(format!("{WORKBOOK}, sheet \"{}\"", entry.key.sheet), say);
    row.quality.label = Some("good".into());
    entry.fill(&mut row)?;
    Ok(row)
}

/// The unit's symbol in the core and in ids.
fn unit(key: &Key) -> Outcome<(&'static str, &'static str)> {
    Ok(match key.unit.as_str() {
        "tonnes" => ("t", "t"),
        "litres" => ("L", "l"),
        "cubic metres" => ("m3", "m3"),
        "kWh (Net CV)" => ("kWh (LHV)", "kwh-net"),
        "kWh (Gross CV)" => ("kWh (HHV)", "kwh-gross"),
        "kWh" => ("kWh", "kwh"),
        "tonne.km" => ("t·km", "tkm"),
        "km" => ("km", "km"),
        other => return Err(format!("uk_desnz: unit \"{other}\" is not known").into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zuji_core::factor::check_table;
    use zuji_core::impact::{Characterisation, GwpSets};
    use zuji_core::quantity::UnitTable;

    fn raw() -> std::path::PathBuf {
        crate::repository().join("factors/raw")
    }

    /// All that the workbook splits by gas, also what no row here is made of. The keys that stand twice are those of
    /// two sheets that are left out.
    #[test]
    fn every_split_of_the_workbook_sums_to_its_co2e() {
        let entries = sheet::entries(&raw().join("uk_desnz_2024")).unwrap();
        let gaps = || entries.iter().filter_map(|entry| entry.gap().unwrap().map(|gap| (entry, gap)));
        let off: Vec<_> = gaps().filter(|(_, gap)| *gap != 0).collect();
        assert_eq!(gaps().count() - off.len(), 1302);
        assert_eq!(off.len(), 8);
        let sheets: std::collections::BTreeSet<&str> = off.iter().map(|(entry, _)| entry.key.sheet.as_str()).collect();
        assert_eq!(sheets.into_iter().collect::<Vec<_>>(), ["Bioenergy", "WTT- bioenergy"]);
    }

    #[test]
    fn the_check_finds_a_split_of_another_report() {
        let mut document = table(&raw().join("uk_desnz_2024")).unwrap();
        let sets = super::super::characterisation::documents(&raw().join("gwp")).unwrap();
        let sets = GwpSets::new(sets.into_iter().map(|set| Characterisation::new(set).unwrap()).collect());
        let units = UnitTable::standard();
        let split = document.rows.iter().filter(|row| !row.emissions.is_empty()).count();
        let published = document.rows.iter().filter(|row| row.published.is_some()).count();
        assert!((split, published) == (330, 330), "{split} {published}");
        assert!(check_table(&document, &units, &sets).is_empty());
        // The masses of the gases stay; the row now claims that its total was made with AR4.
        for row in &mut document.rows {
            if let Some(published) = &mut row.published {
                published.gwp = "AR4".into();
            }
        }
        let found = check_table(&document, &units, &sets);
        let of = |code: &str| found.iter().filter(|finding| finding.code() == code).collect::<Vec<_>>();
        assert!(of("F402").is_empty());
        assert!(of("F403").iter().all(|finding| finding.argument("fits").is_some_and(|fits| fits.contains(SET))));
        // In the other 90 rows CH4 and N2O are so small that the rounding allows either report.
        assert_eq!(of("F403").len(), 240);
    }
}
