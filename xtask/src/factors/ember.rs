//! Ember's average carbon intensity by country, as CO2.js carries it: life-cycle CO2e, without a year.

use super::place::{Places, is_official_elsewhere};
use super::row::{Essentials, bare, from_grams, owned, read, slug};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, GRID, Period, Quality, TableHead};

/// One line of the raw table.
#[derive(Deserialize)]
struct Line {
    iso3_or_region: String,
    gco2e_per_kwh: String,
}

const TABLE: &str = "ember-grid";
const SOURCE: &str = "Ember, yearly electricity data, as in CO2.js 0.19.0 (average-intensities)";

/// The whole table by code.
pub(super) fn table(folder: &Path, places: &Places) -> Outcome<FactorsDocument> {
    let lines: Vec<Line> = read(&folder.join("ember_avg_intensity_co2js_0.19.0.csv"))?;
    let mut head = head();
    let mut rows = Vec::new();
    for line in &lines {
        match (line.iso3_or_region.as_str(), places.by_alpha3(&line.iso3_or_region)) {
            ("WORLD", _) => rows.push(world(line)?),
            (code, Some(_)) if line.gco2e_per_kwh.parse() == Ok(0.0) => {
                head.left_out.push(format!("{code}: 0 g CO2e per kWh is no life-cycle figure of any grid"));
            }
            (_, Some(territory)) => {
                let (mut name_en, mut name_zh) =
                    (format!("electricity, {}", territory.name_en), format!("{}电力", territory.name_zh));
                let mut synonyms = owned(&[GRID]);
                if is_official_elsewhere(&territory.alpha2) {
                    (name_en, name_zh) = (format!("{name_en} (Ember)"), format!("{name_zh}（Ember）"));
                    synonyms.clear();
                }
                rows.push(row(line, &territory.alpha2, name_en, name_zh, synonyms)?);
            }
            (region, None) => head.left_out.push(format!("{region}: a group of countries stands in for none of them")),
        }
    }
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head, rows })
}

/// The average of the world serves where the world is asked for; no country falls back to it.
fn world(line: &Line) -> Outcome<FactorRow> {
    let synonyms = owned(&[GRID, "world average electricity", "世界平均电力"]);
    row(line, "GLO", "electricity, world average".into(), "全球平均电力".into(), synonyms)
}

fn row(line: &Line, code: &str, name_en: String, name_zh: String, synonyms: Vec<String>) -> Outcome<FactorRow> {
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}", slug(if code == "GLO" { "world" } else { code })),
        name_en,
        name_zh,
        class: "energy.electricity.grid".into(),
        kind: FactorKind::Electricity,
        unit: "kWh",
        geography: code,
        period: Period::NotStated,
        boundary: "life-cycle",
        source: format!("{SOURCE}, {}", line.iso3_or_region),
    });
    row.synonyms = synonyms;
    row.co2e = Some(from_grams(&line.gco2e_per_kwh)?);
    row.gwp = Some("not stated".into());
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    Ok(row)
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "CO2.js 0.19.0".into(),
        name_en: "Ember: average carbon intensity of electricity by country".into(),
        name_zh: "Ember：各国电力平均碳强度".into(),
        source: format!("{SOURCE}; github.com/thegreenwebfoundation/co2.js, ember-energy.org"),
        licence: "CC BY-SA 4.0 (share-alike: this table stays under it, apart from the others)".into(),
        attribution: Some(
            "Ember (ember-energy.org), by way of CO2.js of the Green Web Foundation, CC BY-SA 4.0. Changed: unit, names, \
             country codes."
                .into(),
        ),
        note: Some(
            "Life-cycle CO2e per kWh generated in the country, as stated by Ember (Global Electricity Review 2024, \
             Supporting Material: upstream methane, supply chain and manufacturing, all gases, 100 years); trade and \
             losses of transmission are not in it. The file has no year: the latest that Ember had for each country. A \
             figure with a year (electricity-maps) comes before one without. China and the United Kingdom have official \
             figures in other tables; these rows carry no plain word for electricity."
                .into(),
        ),
        left_out: Vec::new(),
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_with_an_official_figure_is_found_by_its_full_name_only() {
        let raw = crate::repository().join("factors/raw");
        let table = table(&raw.join("ember_grid"), &Places::read(&raw.join("cldr_names")).unwrap()).unwrap();
        let find = |id: &str| table.rows.iter().find(|row| row.id == id).unwrap();
        assert!(find("ember-grid/cn").synonyms.is_empty() && find("ember-grid/cn").name_zh == "中国电力（Ember）");
        assert_eq!(find("ember-grid/vn").synonyms, [GRID]);
        assert_eq!((table.rows.len(), table.table.left_out.len()), (209, 13));
    }
}
