//! UK Government GHG conversion factors 2024: fuels, energy, water, materials, waste and freight.

mod energy;
mod freight;
mod freight_name;
mod fuel;
mod material;
mod sheet;
mod substance;

use super::row::{Essentials, bare};
use crate::Outcome;
use sheet::{Entry, Key};
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, TableHead};

const TABLE: &str = "uk-desnz-2024";
/// The factors are characterised with AR5 and one value for all methane.
const SET: &str = "AR5-GWP100@unfccc";
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

/// What a row of this table says besides the table's own place and time.
struct Say<'a> {
    id: String,
    name_en: String,
    name_zh: String,
    class: String,
    kind: FactorKind,
    unit: &'a str,
    boundary: &'a str,
}

/// A row with the table's place, time and source, and the entry's amounts.
fn row(entry: &Entry, say: Say) -> Outcome<FactorRow> {
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}", say.id),
        name_en: say.name_en,
        name_zh: say.name_zh,
        class: say.class,
        kind: say.kind,
        unit: say.unit,
        geography: "GB",
        period: Period::Years(2024, 2024),
        boundary: say.boundary,
        source: format!("{WORKBOOK}, sheet \"{}\"", entry.key.sheet),
    });
    row.quality.evidence = Some("primary".into());
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

    #[test]
    fn only_sheets_that_are_left_out_have_keys_that_stand_twice() {
        let entries = sheet::entries(&crate::repository().join("factors/raw/uk_desnz_2024")).unwrap();
        let off = entries.iter().filter(|entry| entry.gap().unwrap().is_some_and(|gap| gap != 0));
        let sheets: std::collections::BTreeSet<&str> = off.map(|entry| entry.key.sheet.as_str()).collect();
        assert_eq!(sheets.into_iter().collect::<Vec<_>>(), ["Bioenergy", "WTT- bioenergy"]);
    }
}
