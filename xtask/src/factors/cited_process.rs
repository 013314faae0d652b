//! Conversion processes by themselves, gate to gate: never a material, always beside one.

use super::cited::TABLE;
use super::row::{Essentials, bare, finite, owned, read};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, Period, Quality};

#[derive(Deserialize)]
struct Line {
    kind: String,
    name_zh: String,
    name_en: String,
    value: String,
    unit: String,
    boundary: String,
    year: u16,
    cpcd_id: String,
}

/// What is not read from the file, and why.
pub(super) const LEFT_OUT: &str = "side_processes_freight_heat_cpcd.csv: its freight and fuels stand in cn-freight and \
                                   cn-fuels; of its heat neither the gases nor what is upstream is stated";

/// id in the database, class, other names
const PROCESSES: &[(&str, &str, &[&str])] = &[
    ("54699X0102025C", "process.stamping", &["冲压", "冲压加工", "stamping"]),
    ("54699X0012025C", "process.welding.spot", &["点焊", "电阻点焊", "spot welding"]),
    ("54699X0022025C", "process.welding.gas-shielded", &["二保焊", "二氧化碳气体保护焊", "MAG welding"]),
    ("54699X0032025C", "process.welding.arc", &["弧焊", "电弧焊"]),
    ("54699X0042025C", "process.welding.brazing", &["钎焊"]),
    ("54699X0052025C", "process.welding.laser", &["激光焊", "激光焊接"]),
    ("54699X0062025C", "process.coating.electro", &["电泳", "电泳涂装", "e-coat", "electrophoretic coating"]),
    ("54699X0072025C", "process.coating.primer", &["中涂"]),
    ("54699X0082025C", "process.coating.base", &["色漆"]),
    ("54699X0092025C", "process.coating.clear", &["清漆"]),
];

/// The rows of all processes of the file.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    let lines: Vec<Line> = read(&folder.join("side_processes_freight_heat_cpcd.csv"))?;
    lines.iter().filter(|line| line.kind == "process").map(row).collect()
}

fn row(line: &Line) -> Outcome<FactorRow> {
    let id = line.cpcd_id.as_str();
    let (_, class, names) = PROCESSES
        .iter()
        .find(|(known, ..)| *known == id)
        .ok_or_else(|| format!("cited: the process {id} has no class yet"))?;
    if line.boundary != "gate-to-gate" {
        return Err(format!("cited: the process {id} is {}, not gate-to-gate", line.boundary).into());
    }
    let unit = match line.unit.as_str() {
        "kg CO2e/kg" => "kg",
        "kg CO2e/m" => "m",
        "kg CO2e/m2" => "m2",
        // A weld spot and a welded piece are counted.
        "kg CO2e/spot" | "kg CO2e/piece" => "piece",
        other => return Err(format!("cited: {other} of the process {id} is not known").into()),
    };
    let mut row = bare(Essentials {
        id: format!("{TABLE}/cn-process-{}-cpcd", class.trim_start_matches("process.").replace('.', "-")),
        name_en: line.name_en.clone(),
        name_zh: line.name_zh.clone(),
        class: (*class).into(),
        kind: FactorKind::Process,
        unit,
        geography: "CN",
        period: Period::Years(line.year, line.year),
        boundary: "gate-to-gate",
        source: format!(
            "CPCD China Products Carbon Footprint Factors Database, core database, product {id}, {}. Read at: \
             leo21468/CarbonCalculator data/core.csv @bebed06283f1b353e8206c0728b715129d2b88a9",
            line.year
        ),
    });
    row.synonyms = owned(names);
    row.co2e = Some(finite(&line.value)?);
    row.gwp = Some("not stated".into());
    row.licence = Some("not stated; figure only".into());
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    row.note = Some("汽车零部件工序；不含材料。 Process of car parts; the material is not in it.".into());
    Ok(row)
}
