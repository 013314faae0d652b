//! Electricity as it leaves power stations, by subregion of eGRID, and bought steam.

use super::super::row::{Say, read, scaled, slug};
use super::{gases, row};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{Emission, FactorKind, FactorRow};
use zuji_core::impact::Kind;

#[derive(Deserialize)]
struct Subregion {
    #[serde(rename = "eGRID Subregion Acronym")]
    code: String,
    #[serde(rename = "eGRID Subregion Name")]
    name: String,
    #[serde(rename = "Total Output CO2 Factor (lb CO2 / MWh)")]
    co2: String,
    #[serde(rename = "Total Output CH4 Factor (lb CH4 / MWh)")]
    ch4: String,
    #[serde(rename = "Total Output N2O Factor (lb N2O / MWh)")]
    n2o: String,
}

#[derive(Deserialize)]
struct Steam {
    #[serde(rename = "Category")]
    category: String,
    #[serde(rename = "CO2 Factor (kg CO2 / mmBtu)")]
    co2: String,
    #[serde(rename = "CH4 Factor (g CH4 / mmBtu)")]
    ch4: String,
    #[serde(rename = "N2O Factor (g N2O / mmBtu)")]
    n2o: String,
}

/// Subregions that lie in one state or territory by their very name; the others cross borders that ISO 3166 has.
const STATES: &[(&str, &str)] = &[
    ("AKGD", "US-AK"),
    ("AKMS", "US-AK"),
    ("CAMX", "US-CA"),
    ("ERCT", "US-TX"),
    ("FRCC", "US-FL"),
    ("HIMS", "US-HI"),
    ("HIOA", "US-HI"),
    ("NYCW", "US-NY"),
    ("NYLI", "US-NY"),
    ("NYUP", "US-NY"),
    ("PRMS", "PR"),
    ("RFCM", "US-MI"),
];

/// Pounds per MWh to kg per kWh: 1 lb is 0.453 592 37 kg.
const POUND: (i128, i32) = (45_359_237, -11);

/// The subregions, the country, and steam.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    let subregions: Vec<Subregion> = read(&folder.join("electricity.csv"))?;
    let steam: Vec<Steam> = read(&folder.join("steam-and-heat.csv"))?;
    subregions.iter().map(electricity).chain(steam.iter().map(heat)).collect()
}

fn electricity(line: &Subregion) -> Outcome<FactorRow> {
    let country = line.code == "US Average";
    let (name_en, name_zh) = match country {
        true => ("US average".to_string(), "美国平均".to_string()),
        false => {
            (format!("eGRID {} ({})", line.code, line.name), format!("美国eGRID子区域{}（{}）", line.code, line.name))
        }
    };
    let mut row = row(
        "electricity.csv, total output",
        Say {
            id: format!("electricity/{}/kwh", slug(&line.code)),
            name_en: format!("{name_en} electricity, direct emissions of generation"),
            name_zh: format!("{name_zh}电力直接排放因子"),
            class: "energy.electricity.direct".into(),
            kind: FactorKind::ElectricityDirect,
            unit: "kWh",
            boundary: "generation",
        },
    );
    if let Some((_, state)) = STATES.iter().find(|(code, _)| *code == line.code) {
        row.geography = (*state).into();
    }
    if !country {
        row.note = Some("A subregion of eGRID, which has no ISO code of its own.".into());
    }
    for (gas, text) in [("CO2", &line.co2), ("CH4", &line.ch4), ("N2O", &line.n2o)] {
        let kg = Some(scaled(text, POUND.0, POUND.1)?);
        row.emissions.push(Emission { gas: gas.into(), kind: Kind::Unspecified, kg, co2e: None });
    }
    Ok(row)
}

fn heat(line: &Steam) -> Outcome<FactorRow> {
    let mut row = row(
        "steam-and-heat.csv",
        Say {
            id: format!("heat/{}/mmbtu", slug(&line.category)),
            name_en: "Steam and heat, bought (US)".into(),
            name_zh: "外购蒸汽和热力（美国）".into(),
            class: "energy.heat.district".into(),
            kind: FactorKind::Heat,
            unit: "MMBtu",
            boundary: "generation",
        },
    );
    row.emissions = gases(&line.co2, &line.ch4, &line.n2o, Kind::Fossil)?;
    Ok(row)
}
