//! Output emission rates of the power stations of US states, eGRID2023: direct, never a footprint.

use super::place::Places;
use super::row::{Essentials, bare, finite};
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, Quality, TableHead};
use zuji_core::math::Finite;

/// The raw file: what it is, then one entry per state.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "_unit")]
    unit: BTreeMap<String, String>,
    #[serde(rename = "_source")]
    source: Source,
    #[serde(flatten)]
    states: BTreeMap<String, State>,
}

#[derive(Deserialize)]
struct Source {
    name: String,
    field: String,
    year: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    emissions: serde_json::Number,
    region_code: String,
}

const TABLE: &str = "us-states-grid";

/// code, Chinese
const CHINESE: &[(&str, &str)] = &[
    ("AL", "亚拉巴马州"),
    ("AK", "阿拉斯加州"),
    ("AZ", "亚利桑那州"),
    ("AR", "阿肯色州"),
    ("CA", "加利福尼亚州"),
    ("CO", "科罗拉多州"),
    ("CT", "康涅狄格州"),
    ("DE", "特拉华州"),
    ("DC", "哥伦比亚特区"),
    ("FL", "佛罗里达州"),
    ("GA", "佐治亚州"),
    ("HI", "夏威夷州"),
    ("ID", "爱达荷州"),
    ("IL", "伊利诺伊州"),
    ("IN", "印第安纳州"),
    ("IA", "艾奥瓦州"),
    ("KS", "堪萨斯州"),
    ("KY", "肯塔基州"),
    ("LA", "路易斯安那州"),
    ("ME", "缅因州"),
    ("MD", "马里兰州"),
    ("MA", "马萨诸塞州"),
    ("MI", "密歇根州"),
    ("MN", "明尼苏达州"),
    ("MS", "密西西比州"),
    ("MO", "密苏里州"),
    ("MT", "蒙大拿州"),
    ("NE", "内布拉斯加州"),
    ("NV", "内华达州"),
    ("NH", "新罕布什尔州"),
    ("NJ", "新泽西州"),
    ("NM", "新墨西哥州"),
    ("NY", "纽约州"),
    ("NC", "北卡罗来纳州"),
    ("ND", "北达科他州"),
    ("OH", "俄亥俄州"),
    ("OK", "俄克拉何马州"),
    ("OR", "俄勒冈州"),
    ("PA", "宾夕法尼亚州"),
    ("RI", "罗得岛州"),
    ("SC", "南卡罗来纳州"),
    ("SD", "南达科他州"),
    ("TN", "田纳西州"),
    ("TX", "得克萨斯州"),
    ("UT", "犹他州"),
    ("VT", "佛蒙特州"),
    ("VA", "弗吉尼亚州"),
    ("WA", "华盛顿州"),
    ("WV", "西弗吉尼亚州"),
    ("WI", "威斯康星州"),
    ("WY", "怀俄明州"),
];

/// The whole table by state; the country last.
pub(super) fn table(folder: &Path, places: &Places) -> Outcome<FactorsDocument> {
    let text = std::fs::read_to_string(folder.join("codecarbon_usa_states.json"))?;
    let file: File = serde_json::from_str(&text)?;
    if file.unit.get("emissions").map(String::as_str) != Some("lbs/MWh") {
        return Err("us_states: the unit is not lbs/MWh".into());
    }
    let mut rows = Vec::new();
    for state in file.states.values() {
        rows.push(row(state, &file.source, places)?);
    }
    rows.sort_by_key(|row| (!row.geography.contains('-'), row.id.clone()));
    let canada: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("codecarbon_canada.json"))?)?;
    let left_out = vec![format!(
        "Canada, {} provinces and territories: the file holds shares of generation in percent, no emissions",
        canada.len()
    )];
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(left_out), rows })
}

fn row(state: &State, source: &Source, places: &Places) -> Outcome<FactorRow> {
    let code = state.region_code.to_uppercase();
    let (geography, en, zh) = match code.as_str() {
        "USA" => ("US".to_string(), "United States", "美国"),
        code => {
            let iso = format!("US-{code}");
            let zh = CHINESE.iter().find(|(known, _)| *known == code).map(|(_, zh)| *zh);
            let zh = zh.ok_or_else(|| format!("us_states: {iso} has no Chinese name yet"))?;
            let en = places.subdivision(&iso)?;
            (iso, en, zh)
        }
    };
    let country = if zh == "美国" { "" } else { "美国" };
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}/{}", source.year, geography.to_lowercase()),
        name_en: format!("{en} output emission rate of power stations (direct)"),
        name_zh: format!("{country}{zh}发电排放率（直接）"),
        class: "energy.electricity.direct".into(),
        kind: FactorKind::ElectricityDirect,
        unit: "kWh",
        geography: &geography,
        period: Period::Years(source.year, source.year),
        boundary: "generation",
        source: format!("{}, field {}", source.name, source.field),
    });
    row.co2e = Some(kg_per_kwh(&state.emissions.to_string())?);
    row.gwp = Some("not stated".into());
    row.quality = Quality { label: Some("good".into()), evidence: Some("secondary".into()), technology: None };
    Ok(row)
}

/// Pounds per MWh as kg per kWh, exactly: 1 lb = 0.45359237 kg.
fn kg_per_kwh(pounds_per_mwh: &str) -> Outcome<Finite> {
    let (whole, fraction) = pounds_per_mwh.split_once('.').unwrap_or((pounds_per_mwh, ""));
    let digits: u64 = format!("{whole}{fraction}").parse()?;
    finite(&format!("{}e-{}", u128::from(digits) * 45_359_237, fraction.len() + 8 + 3))
}

fn head(left_out: Vec<String>) -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "eGRID2023".into(),
        name_en: "US states: output emission rates of power stations 2023 (direct)".into(),
        name_zh: "美国各州发电排放率（2023年，直接排放）".into(),
        source: "United States Environmental Protection Agency, eGRID2023, by way of codecarbon 3.3.2".into(),
        licence: "Public domain (work of the United States government); the file that carries it: MIT".into(),
        attribution: Some("U.S. EPA eGRID2023; codecarbon, Copyright (c) 2019 Mila, BCG Gamma, CometML, Haverford \
                           College, (c) 2023 Code Carbon NGO, MIT."
            .into()),
        note: Some(
            "CO2e at the stacks per kWh generated in the state: no upstream, no plants, no losses, no trade between \
             states. Never a footprint; a bill's electricity does not find these rows. Pounds per MWh were converted with \
             1 lb = 0.45359237 kg."
                .into(),
        ),
        left_out,
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_become_kilograms_exactly() {
        assert_eq!(kg_per_kwh("1000").unwrap().get(), 0.45359237);
        assert_eq!(kg_per_kwh("713.976").unwrap().get(), 0.323_854_065_963_12);
        assert!(kg_per_kwh("-1").is_err() && kg_per_kwh("1e3").is_err());
    }
}
