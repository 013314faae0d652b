//! Electricity Maps: yearly life-cycle intensity by zone. A zone is a country, a subdivision of ISO 3166-2, or a part of
//! a country without a code of its own, which is never taken for the country.

mod zone;

use super::place::{Places, is_official_elsewhere};
use super::row::{Essentials, bare, from_grams, owned, read};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zone::Zone;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, GRID, Period, Quality, TableHead};

/// One line of the raw table.
#[derive(Deserialize)]
struct Line {
    year: u16,
    zone: String,
    zone_name: String,
    carbon_intensity_gco2eq_kwh: String,
    unit: String,
}

const TABLE: &str = "electricity-maps";

/// The whole table, newest year first, then by zone.
pub(super) fn table(folder: &Path, places: &Places) -> Outcome<FactorsDocument> {
    let lines: Vec<Line> = read(&folder.join("electricitymaps_yearly_2021_2025_odbl.csv"))?;
    let mut rows = lines.iter().map(|line| row(line, places)).collect::<Outcome<Vec<FactorRow>>>()?;
    rows.sort_by_key(|row| {
        let newest = match row.period {
            Period::Years(_, to) => to,
            Period::NotStated => 0,
        };
        (std::cmp::Reverse(newest), row.id.clone())
    });
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn row(line: &Line, places: &Places) -> Outcome<FactorRow> {
    let Line { year, zone, zone_name, .. } = line;
    if line.unit != "gCO2eq/kWh" {
        return Err(format!("electricity_maps: the unit \"{}\" is not known", line.unit).into());
    }
    let country = places.of(zone)?;
    // A part of a country carries the code of the country, so no plain word may lead to it.
    let (geography, whole, mut name_en, mut name_zh) = match zone::find(zone, zone_name, places)? {
        Zone::Country => (zone.as_str(), true, format!("electricity, {zone_name}"), format!("{}电力", country.name_zh)),
        Zone::Subdivision(code, zh) => (
            code,
            true,
            format!("electricity, {zone_name}, {}", country.name_en),
            format!("{}{zh}电力", country.name_zh),
        ),
        Zone::Part(zh) => (
            country.alpha2.as_str(),
            false,
            format!("electricity, {zone_name}, {} (zone {zone})", country.name_en),
            format!("{}{zh}电力（分区{zone}）", country.name_zh),
        ),
    };
    let official = is_official_elsewhere(zone);
    if official {
        (name_en, name_zh) = (format!("{name_en} (Electricity Maps)"), format!("{name_zh}（Electricity Maps）"));
    }
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{year}/{}", zone.to_lowercase()),
        name_en,
        name_zh,
        class: "energy.electricity.grid".into(),
        kind: FactorKind::Electricity,
        unit: "kWh",
        geography,
        period: Period::Years(*year, *year),
        boundary: "life-cycle",
        source: format!("Electricity Maps, zone {zone}, {year}, as in CO2.js 0.19.0"),
    });
    row.synonyms = if whole && !official { owned(&[GRID]) } else { Vec::new() };
    row.co2e = Some(from_grams(&line.carbon_intensity_gco2eq_kwh)?);
    row.gwp = Some("not stated".into());
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    Ok(row)
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "2021-2025, CO2.js 0.19.0".into(),
        name_en: "Electricity Maps: yearly carbon intensity of electricity 2021-2025 by country and zone".into(),
        name_zh: "Electricity Maps：2021-2025年各国（地区）及分区电力碳强度".into(),
        source: "Electricity Maps (electricitymaps.com), yearly data by way of CO2.js 0.19.0 \
                 (github.com/thegreenwebfoundation/co2.js)"
            .into(),
        licence: "Open Database License (ODbL) 1.0 (share-alike: this table stays a database of its own under it)".into(),
        attribution: Some(
            "Contains information from Electricity Maps (electricitymaps.com), made available under the Open Database \
             License (ODbL) 1.0, by way of CO2.js of the Green Web Foundation. Changed: unit, Chinese names, ISO 3166 codes."
                .into(),
        ),
        note: Some(
            "Life-cycle CO2e per kWh consumed in the zone, flows between zones traced: the interface's default, which \
             CO2.js asks for. The source does not say whether losses of transmission are in it. A zone without an ISO \
             code has the country's code and is found only by its name or id: it never stands for the country. China and \
             the United Kingdom have official figures in other tables; their rows carry no plain word for electricity."
                .into(),
        ),
        left_out: Vec::new(),
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn rows() -> Vec<FactorRow> {
        let raw = crate::repository().join("factors/raw");
        table(&raw.join("electricity_maps"), &Places::read(&raw.join("cldr_names")).unwrap()).unwrap().rows
    }

    #[test]
    fn a_zone_without_a_code_never_answers_to_a_plain_word() {
        let rows = rows();
        for (id, geography, plain) in [
            ("electricity-maps/2024/de", "DE", true),
            ("electricity-maps/2024/au-nsw", "AU-NSW", true),
            ("electricity-maps/2024/it-sic", "IT-82", true),
            // Novara has this code in ISO 3166-2, Nebraska the next one.
            ("electricity-maps/2024/it-no", "IT", false),
            ("electricity-maps/2024/us-ne-isne", "US", false),
            ("electricity-maps/2024/jp-tk", "JP", false),
            ("electricity-maps/2024/cn", "CN", false),
            ("electricity-maps/2024/gb-nir", "GB-NIR", false),
        ] {
            let row = rows.iter().find(|row| row.id == id).unwrap();
            assert_eq!((row.geography.as_str(), row.synonyms == [GRID]), (geography, plain), "{id}");
        }
    }

    #[test]
    fn one_plain_row_per_place_and_year() {
        let mut seen = BTreeSet::new();
        for row in rows().iter().filter(|row| !row.synonyms.is_empty()) {
            assert!(seen.insert((row.geography.clone(), row.period.to_string())), "{}", row.id);
        }
    }
}
