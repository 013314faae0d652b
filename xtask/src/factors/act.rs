//! ACT's figures for wafers, memory and storage: what making them emits, without what goes into them.

use super::row::{Essentials, bare, finite, from_grams, slug};
use crate::Outcome;
use std::path::{Path, PathBuf};
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, Quality, TableHead};

const TABLE: &str = "act-electronics";

/// A model file whose lines become rows.
struct Model {
    path: &'static str,
    /// Part of the id.
    group: &'static str,
    class: &'static str,
    kind: FactorKind,
    /// Unit in the file, unit of the row.
    unit: (&'static str, &'static str),
    /// With `{}` for the name of the line.
    name_en: &'static str,
    name_zh: &'static str,
    note: &'static str,
}

const GASES: &str = "Gases of the fab alone: its electricity (EPA, models/logic/epa.yaml) and raw materials are other parts, \
                     and ACT divides their sum by the yield.";
const STORAGE: &str = "What is in the figure the source does not say. It is low: flash 5.6-31 g/GB here against about 160 g/GB \
                       in the literature (Tannu and Nair 2022, arXiv:2207.10793).";
const DISK: &str = "What is in the figure the source does not say. It holds for this model at a capacity that the file does \
                    not name.";

const MODELS: &[Model] = &[
    Model {
        path: "logic/gpa_95.yaml",
        group: "logic/gases-95",
        class: "process.semiconductor.gases",
        kind: FactorKind::Process,
        unit: ("g / cm2", "cm2"),
        name_en: "logic wafer {}, gases of the fab, 95 % abated",
        name_zh: "{}逻辑晶圆制造：工艺气体（减排95%）",
        note: GASES,
    },
    Model {
        path: "logic/gpa_99.yaml",
        group: "logic/gases-99",
        class: "process.semiconductor.gases",
        kind: FactorKind::Process,
        unit: ("g / cm2", "cm2"),
        name_en: "logic wafer {}, gases of the fab, 99 % abated",
        name_zh: "{}逻辑晶圆制造：工艺气体（减排99%）",
        note: GASES,
    },
    Model {
        path: "logic/materials.yaml",
        group: "logic/materials",
        class: "electronics.wafer.raw-materials",
        kind: FactorKind::Material,
        unit: ("g / cm2", "cm2"),
        name_en: "logic wafer {}, raw materials",
        name_zh: "{}逻辑晶圆的原材料",
        note: "Procured raw materials of the wafer alone, the same figure for every node; no electricity, no gases.",
    },
    Model {
        path: "logic/imec-netzero-cpa.yaml",
        group: "logic/imec",
        class: "process.semiconductor.logic",
        kind: FactorKind::Process,
        unit: ("kg", "cm2"),
        name_en: "logic wafer {}, making (imec.netzero)",
        name_zh: "{}逻辑晶圆制造（imec.netzero）",
        note: "Direct emissions and electricity of the fab (the public imec.netzero has no scope 3), without the wafer's materials, yield and package. \
               The file writes kg without an area; ACT's code reads it as carbon per area, whose unit is cm2 in all its \
               files.",
    },
    Model {
        path: "dram/dram_hynix.yaml",
        group: "dram",
        class: "process.semiconductor.dram",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "DRAM {}, making",
        name_zh: "DRAM内存制造（{}）",
        note: "What is in the figure the source does not say; its file names SK hynix.",
    },
    Model {
        path: "ssd/ssd_hynix.yaml",
        group: "flash",
        class: "process.semiconductor.nand",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "NAND flash {}, making",
        name_zh: "NAND闪存制造（{}）",
        note: STORAGE,
    },
    Model {
        path: "ssd/ssd_seagate.yaml",
        group: "ssd",
        class: "process.storage.ssd",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "SSD {}, making",
        name_zh: "固态硬盘制造（{}）",
        note: STORAGE,
    },
    Model {
        path: "ssd/ssd_western.yaml",
        group: "ssd",
        class: "process.storage.ssd",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "SSD {}, making",
        name_zh: "固态硬盘制造（{}）",
        note: STORAGE,
    },
    Model {
        path: "hdd/hdd_consumer.yaml",
        group: "hdd/consumer",
        class: "process.storage.hdd",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "hard disk drive {}, making",
        name_zh: "机械硬盘制造（{}）",
        note: DISK,
    },
    Model {
        path: "hdd/hdd_enterprise.yaml",
        group: "hdd/enterprise",
        class: "process.storage.hdd",
        kind: FactorKind::Process,
        unit: ("g / GB", "GB"),
        name_en: "hard disk drive {}, making",
        name_zh: "企业级机械硬盘制造（{}）",
        note: DISK,
    },
];

/// Files whose lines become no rows, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("logic/epa.yaml", "electricity in kWh per cm2, no emission: give it as energy of the plant"),
    ("materials/pcb.yaml", "boards per layer, about 100 times below published boards"),
    ("passives/capacitors.yaml", "capacitors in MJ per kg, no emission"),
    ("materials/materials.yaml", "steel and aluminium at second hand, without year and boundary"),
    ("carbon_intensity/source.yaml", "electricity by source without a source"),
    ("carbon_intensity/location_2022.yaml", "electricity by country without a source"),
    ("carbon_intensity/location_2023.yaml", "electricity by country, most without a source"),
];

/// The whole table, model by model in the order of the files.
pub(super) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let models = folder.join("models");
    let mut rows = Vec::new();
    for model in MODELS {
        for (name, value) in lines(&models.join(model.path))? {
            rows.push(row(model, &name, &value)?);
        }
    }
    let mut left_out = Vec::new();
    for (path, why) in LEFT_OUT {
        left_out.push(format!("models/{path}, {} rows: {why}", lines(&models.join(path))?.len()));
    }
    let electricity: Vec<String> =
        lines(&models.join("logic/epa.yaml"))?.iter().map(|(node, figure)| format!("{node} {figure}")).collect();
    let head = head(left_out, &electricity.join(", "));
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head, rows })
}

/// Name and figure of every line, in the order of the file; what stands under a heading belongs to the file.
fn lines(path: &PathBuf) -> Outcome<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut found = Vec::new();
    let document: serde_yaml::Mapping = serde_yaml::from_str(&text)?;
    let mut open: Vec<serde_yaml::Mapping> = vec![document];
    while let Some(mapping) = open.pop() {
        for (name, value) in mapping {
            match (text_of(&name), value) {
                (Some(_), serde_yaml::Value::Mapping(below)) => open.push(below),
                // The name of the model, not a figure.
                (Some(name), _) if name == "name" => {}
                (Some(name), value) => found.push((name, text_of(&value).unwrap_or_default())),
                (None, _) => return Err(format!("{}: a name is no text", path.display()).into()),
            }
        }
    }
    Ok(found)
}

fn text_of(value: &serde_yaml::Value) -> Option<String> {
    value.as_str().map(str::to_string).or_else(|| value.as_u64().map(|number| number.to_string()))
}

fn row(model: &Model, key: &str, figure: &str) -> Outcome<FactorRow> {
    let (number, unit) = figure.split_once(' ').unwrap_or((figure, ""));
    if unit.trim() != model.unit.0 {
        return Err(format!("act: {key} in {} is in \"{unit}\", not {}", model.path, model.unit.0).into());
    }
    let name = readable(key);
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{}/{}", model.group, slug(key)),
        name_en: model.name_en.replace("{}", &name),
        name_zh: model.name_zh.replace("{}", &name),
        class: model.class.into(),
        kind: model.kind,
        unit: model.unit.1,
        geography: "GLO",
        period: year_of(key).map_or(Period::NotStated, |year| Period::Years(year, year)),
        boundary: if model.kind == FactorKind::Material { "cradle-to-gate" } else { "gate-to-gate" },
        source: format!("ACT, models/{}, \"{key}\"", model.path),
    });
    row.synonyms = synonyms(model, &name);
    row.co2e = Some(if unit.starts_with("kg") { finite(number)? } else { from_grams(number)? });
    row.gwp = Some("not stated".into());
    row.quality = Quality { label: Some("screening".into()), evidence: Some("secondary".into()), technology: None };
    row.note = Some(model.note.into());
    Ok(row)
}

/// `western_digital_2016` as people write it.
fn readable(key: &str) -> String {
    let words: Vec<String> = key
        .split('_')
        .map(|word| match word {
            "seagate" | "western" | "digital" | "nytro" => {
                word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
            }
            "ddr3" | "ddr4" | "lpddr2" | "lpddr3" | "lpddr4" | "nand" | "tlc" => word.to_uppercase(),
            _ => word.replace("nm", " nm"),
        })
        .collect();
    words.join(" ").replace("NAND ", "")
}

/// The year that a key names.
fn year_of(key: &str) -> Option<u16> {
    key.rsplit_once('_').and_then(|(_, last)| last.parse().ok()).filter(|year| (2000..2100).contains(year))
}

/// Words for the making, never for the thing: a line of a bill that names a chip or a drive wants a material.
fn synonyms(model: &Model, name: &str) -> Vec<String> {
    let node = name.replace(' ', "");
    match model.group {
        "logic/imec" => vec![
            format!("{node}晶圆制造"),
            format!("{node}芯片制造"),
            format!("{}晶圆制造", name.replace(" nm", "纳米")),
            format!("wafer processing {name}"),
        ],
        "dram" if name == "LPDDR4" || name.starts_with("DDR4") => {
            let kind = name.split(' ').next().unwrap_or(name);
            vec![format!("{kind}内存制造"), format!("{kind} DRAM making")]
        }
        _ => Vec::new(),
    }
}

fn head(left_out: Vec<String>, electricity: &str) -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "commit abc9fbb7".into(),
        name_en: "ACT: making of logic wafers, memory and storage".into(),
        name_zh: "ACT：逻辑晶圆、内存与存储器制造".into(),
        source: "Meta and Harvard University, Architectural Carbon Modeling Tool, github.com/facebookresearch/ACT; U. Gupta \
                 et al., ISCA 2022, doi:10.1145/3470496.3527408"
            .into(),
        licence: "MIT".into(),
        attribution: Some("ACT, Copyright (c) Meta Platforms, Inc. and affiliates, MIT".into()),
        note: Some(format!(
            "For screening. The files state no year (save four keys), no place, no boundary and no set of characterisation \
             factors. Wafers, memory and storage are carried as processes of making, gate to gate: no file says that what \
             goes into them is in the figure, and flash lies far below cradle-to-gate figures. So a material line does not \
             accept them, and plain words such as DRAM or SSD do not find them. ACT's logic chips are (grid intensity × \
             EPA + gases + raw materials) ÷ yield; gases and raw materials stand here one by one, because grid, abatement \
             and yield are the user's. EPA, the electricity of the fab: {electricity}."
        )),
        left_out,
        closed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_people_write_them() {
        assert_eq!(readable("western_digital_2016"), "Western Digital 2016");
        assert_eq!(readable("lpddr3_30nm"), "LPDDR3 30 nm");
        assert_eq!(readable("nand_tlc_1z"), "TLC 1z");
        assert_eq!(
            (year_of("western_digital_2019"), year_of("seagate_nytro_3530"), year_of("Exos16")),
            (Some(2019), None, None)
        );
    }
}
