//! Industrial processes: what the process itself emits per tonne of product, without its fuel's upstream, its power and
//! its materials. The names say so: a plain name of a material on such a row would pass for the material.

use super::super::row::{Say, finite, read, scaled};
use super::parameter::{Parameter, Parameters};
use super::process_list::{PROCESSES, Process};
use super::{GUIDELINES, ORIGIN, TABLE};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{Emission, FactorKind, FactorRow};
use zuji_core::impact::Kind;

/// The file says t/t; the formula of its package takes kg/t, as the guidelines do.
const SLIP: (&str, &str) = ("ef_sf6_magnesium", "kg/t");

/// Ethylene is given for the world and adjusted by region; this is the region of China.
const ASIA: &str = "ASI";

/// Kinds of cement by their share of clinker.
const CEMENTS: &[(&str, &str, &str)] = &[
    ("portland", "Portland cement", "硅酸盐水泥"),
    ("masonry", "masonry cement", "砌筑水泥"),
    ("slagmod-portland", "slag-modified Portland cement", "掺矿渣硅酸盐水泥"),
    ("portland-bf-slag", "Portland blast furnace slag cement", "矿渣硅酸盐水泥"),
    ("portland-pozzolan", "Portland pozzolan cement", "火山灰质硅酸盐水泥"),
    ("pozzolan-mod", "pozzolan-modified Portland cement", "掺火山灰硅酸盐水泥"),
    ("slag-cement", "slag cement", "矿渣水泥"),
];

#[derive(Deserialize)]
struct Cited {
    process: String,
    gas: String,
    value: String,
    unit: String,
    edition: String,
    source: String,
    seen_at: String,
    licence: String,
}

/// Cement, the listed processes, ethylene in Asia, and the defaults cited one by one.
pub(super) fn rows(folder: &Path, parameters: &Parameters) -> Outcome<Vec<FactorRow>> {
    let mut rows = cement(parameters)?;
    for process in PROCESSES {
        rows.push(process_row(process, parameters)?);
    }
    for process in PROCESSES.iter().filter(|process| process.id.starts_with("ethylene-from")) {
        rows.push(in_asia(process, parameters)?);
    }
    for line in read::<Cited>(&folder.join("cited.csv"))? {
        rows.push(cited(&line)?);
    }
    Ok(rows)
}

fn say(id: &str, names: (&str, &str), class: &str, source: String) -> FactorRow {
    let mut row = ORIGIN.row(
        source,
        Say {
            id: format!("process/{id}"),
            name_en: format!("{}, process emissions", names.0),
            name_zh: format!("{}：工艺过程排放", names.1),
            class: format!("process.{class}"),
            kind: FactorKind::Process,
            unit: "t",
            boundary: "gate-to-gate",
        },
    );
    row.quality.label = Some("screening".into());
    row
}

/// kg per tonne of product: the power of ten of a unit.
fn power(unit: &str) -> Outcome<i32> {
    Ok(match unit {
        "t/t" | "kg/kg" => 3,
        "kg/t" => 0,
        other => return Err(format!("ipcc: \"{other}\" is no known unit").into()),
    })
}

fn emission(gas: &str, kg: zuji_core::math::Finite) -> Emission {
    Emission { gas: gas.into(), kind: Kind::Fossil, kg: Some(kg), co2e: None }
}

fn process_row(process: &Process, parameters: &Parameters) -> Outcome<FactorRow> {
    let mut found: Vec<(&str, &str, Parameter)> = Vec::new();
    for (gas, file, key) in process.gases {
        let mut parameter = parameters.world(file, key)?;
        if *file == SLIP.0 {
            parameter.unit = SLIP.1.into();
        }
        found.push((gas, file, parameter));
    }
    let files: Vec<&str> = found.iter().map(|(_, file, _)| *file).collect();
    let edition = &found.first().ok_or("ipcc: a process without a gas")?.2.edition;
    let source = format!("{GUIDELINES}, edition {edition}, {}", files.join(", "));
    let mut row = say(process.id, (process.name_en, process.name_zh), process.class, source);
    for (gas, _, parameter) in &found {
        row.emissions.push(emission(gas, scaled(&parameter.value, 1, power(&parameter.unit)?)?));
    }
    let ranges = found.iter().map(|(gas, _, parameter)| format!("{gas} {} {}", parameter.range(), parameter.unit));
    row.note = Some(ranges.collect::<Vec<_>>().join("; "));
    Ok(row)
}

/// Equation 3.15 of volume 3: the default times the region's geographic adjustment factor.
fn in_asia(process: &Process, parameters: &Parameters) -> Outcome<FactorRow> {
    let mut row = process_row(process, parameters)?;
    let (world, asia) = (parameters.world("gaf", "")?, parameters.get("gaf", ASIA, "")?);
    if world.value != "100" || asia.unit != "%" {
        return Err("ipcc: the geographic adjustment is not in percent of the world".into());
    }
    let percent: i128 = asia.value.parse()?;
    for (emission, (_, file, key)) in row.emissions.iter_mut().zip(process.gases) {
        let parameter = parameters.world(file, key)?;
        emission.kg = Some(scaled(&parameter.value, percent, power(&parameter.unit)? - 2)?);
    }
    row.id = format!("{TABLE}/process/{}-asia", process.id);
    row.name_en = format!("{}, Asia, process emissions", process.name_en);
    row.name_zh = format!("{}（亚洲）：工艺过程排放", process.name_zh);
    row.geography = "CN".into();
    row.note = Some(format!("Default of the world × {percent} % for Asia without Japan and Korea."));
    Ok(row)
}

/// Equation 2.4 of volume 3: lime in clinker × CO2 per lime, from the CO2 of calcite, × the correction for kiln dust. A
/// cement has it by its share of clinker.
fn cement(parameters: &Parameters) -> Outcome<Vec<FactorRow>> {
    let value = |file: &str, key: &str| -> Outcome<f64> { Ok(finite(&parameters.world(file, key)?.value)?.get()) };
    let (lime, dust) = (value("cao_in_clinker", "")?, value("ckd_correc_fact", "")?);
    let calcite = value("ef_c", "calcite")?;
    let clinker = lime * calcite / (1.0 - calcite) * dust;
    let source = format!("{GUIDELINES}, edition 2006, cao_in_clinker, ckd_correc_fact, ef_c");
    let build = |id: &str, names: (&str, &str), class: &str, share: f64, source: String, note: String| {
        let mut row = say(id, names, class, source);
        row.emissions.push(emission("CO2", finite(&format!("{:.4e}", clinker * share * 1000.0))?));
        row.note = Some(note);
        Outcome::Ok(row)
    };
    let note = format!("{lime} CaO × {calcite} / (1 − {calcite}) t CO2 per t CaO × {dust} for kiln dust");
    let names = ("cement clinker production", "水泥熟料生产");
    let mut rows = vec![build("cement-clinker", names, "mineral.cement.clinker", 1.0, source.clone(), note)?];
    for (key, en, zh) in CEMENTS {
        let share = parameters.world("c_cl", key)?;
        let note = format!("clinker × {} t clinker per t cement", share.range());
        let names = (format!("{en} production"), format!("{zh}生产"));
        let names = (names.0.as_str(), names.1.as_str());
        let share = finite(&share.value)?.get();
        let source = format!("{source}, c_cl");
        rows.push(build(&format!("cement-{key}"), names, "mineral.cement", share, source, note)?);
    }
    Ok(rows)
}

fn cited(line: &Cited) -> Outcome<FactorRow> {
    let names = match line.process.as_str() {
        "lime-production" => (("lime production", "石灰生产"), "mineral.lime"),
        "adipic-acid-production" => {
            (("adipic acid production, without abatement", "己二酸生产（无减排）"), "chemical.adipic-acid")
        }
        other => return Err(format!("ipcc: the process \"{other}\" has no Chinese name yet").into()),
    };
    let source = format!("{} (edition {}). Read at: {}", line.source, line.edition, line.seen_at);
    let mut row = say(&line.process, names.0, names.1, source);
    row.emissions.push(emission(&line.gas, scaled(&line.value, 1, power(&line.unit)?)?));
    row.licence = Some(line.licence.clone());
    Ok(row)
}
