//! Freight per vehicle-mile and per short ton-mile.

use super::super::row::{Say, read, slug};
use super::{gases, row};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow};
use zuji_core::impact::Kind;

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "Vehicle Type")]
    vehicle: String,
    #[serde(rename = "CO2 Factor (kg CO2 / unit)")]
    co2: String,
    #[serde(rename = "CH4 Factor (g CH4 / unit)")]
    ch4: String,
    #[serde(rename = "N2O Factor (g N2O / unit)")]
    n2o: String,
    #[serde(rename = "Units")]
    unit: String,
}

/// Name in the file (with the letters of its footnotes), English and Chinese name, class.
const VEHICLES: &[(&str, &str, &str, &str)] = &[
    ("Medium- and Heavy-Duty Truck", "Medium- and heavy-duty truck", "中重型卡车", "road.truck"),
    ("Passenger Car A", "Passenger car", "轿车", "road.car"),
    ("Light-Duty Truck B", "Light-duty truck", "轻型卡车", "road.van"),
    ("Medium- and Heavy-Duty TruckC", "Medium- and heavy-duty truck", "中重型卡车", "road.truck"),
    ("Rail", "Rail", "铁路", "rail"),
    ("Waterborne Craft", "Waterborne craft", "水运船舶", "sea.cargo"),
    ("Aircraft", "Aircraft", "飞机", "air"),
];

const FILE: &str = "scope-3-category-4-upstream-transportation-and-distribution-and-category-9-downstream-transportation-and-distribution.csv";

/// Each vehicle.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    read::<Line>(&folder.join(FILE))?.iter().map(vehicle).collect()
}

fn vehicle(line: &Line) -> Outcome<FactorRow> {
    let (_, name_en, name_zh, class) = VEHICLES
        .iter()
        .find(|(name, ..)| *name == line.vehicle)
        .ok_or_else(|| format!("us_epa_hub: the vehicle \"{}\" has no Chinese name yet", line.vehicle))?;
    let (unit, symbol, per_en, per_zh) = match line.unit.as_str() {
        "vehicle-mile" => ("mile", "mile", "per vehicle-mile", "每车英里"),
        "ton-mile" => ("short ton·mile", "short-ton-mile", "per short ton-mile", "每短吨英里"),
        other => return Err(format!("us_epa_hub: {} is per {other}", line.vehicle).into()),
    };
    let mut row = row(
        "category 4 and 9, transportation and distribution",
        Say {
            id: format!("freight/{}/{symbol}", slug(name_en)),
            name_en: format!("{name_en}, {per_en} (US)"),
            name_zh: format!("{name_zh}货运，{per_zh}（美国）"),
            class: format!("transport.{class}"),
            kind: FactorKind::Freight,
            unit,
            boundary: "tank-to-wheel",
        },
    );
    row.emissions = gases(&line.co2, &line.ch4, &line.n2o, Kind::Fossil)?;
    row.quality.label = Some("fair".into());
    Ok(row)
}
