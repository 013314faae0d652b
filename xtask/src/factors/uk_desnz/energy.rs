//! Electricity, heat and steam with their halves, and water.

use super::super::row::{Say, owned};
use super::sheet::{Entry, note};
use super::{TABLE, row};
use crate::Outcome;
use zuji_core::factor::{FactorKind, FactorRow, Inclusion};

/// One row: where it stands in the workbook and what it is here.
struct Supply {
    sheet: &'static str,
    level1: &'static str,
    level2: &'static str,
    id: &'static str,
    name_en: &'static str,
    name_zh: &'static str,
    class: &'static str,
    kind: FactorKind,
    boundary: &'static str,
    companions: &'static [&'static str],
    synonyms: &'static [&'static str],
}

const ELECTRICITY: &[Supply] = &[
    Supply {
        sheet: "UK electricity",
        level1: "Electricity generated",
        level2: "Electricity: UK",
        id: "electricity/generation/kwh",
        name_en: "UK grid electricity, generation",
        name_zh: "英国电网电力：发电环节",
        class: "energy.electricity.grid",
        kind: FactorKind::ElectricityGeneration,
        boundary: "generation",
        companions: &["electricity/wtt-generation/kwh", "electricity/td/kwh", "electricity/wtt-td/kwh"],
        synonyms: &["electricity", "grid electricity", "UK electricity", "电", "电力", "英国电力", "外购电力", "网电"],
    },
    Supply {
        sheet: "WTT- UK electricity",
        level1: "WTT- UK electricity (generation)",
        level2: "Electricity: UK",
        id: "electricity/wtt-generation/kwh",
        name_en: "UK grid electricity, upstream of generation",
        name_zh: "英国电网电力：发电上游",
        class: "energy.electricity.grid",
        kind: FactorKind::ElectricityUpstream,
        boundary: "well-to-tank",
        companions: &[],
        synonyms: &[],
    },
    Supply {
        sheet: "Transmission and distribution",
        level1: "T&D- UK electricity",
        level2: "Electricity: UK",
        id: "electricity/td/kwh",
        name_en: "UK grid electricity, transmission and distribution",
        name_zh: "英国电网电力：输配电",
        class: "energy.electricity.transmission",
        kind: FactorKind::Transmission,
        boundary: "transmission",
        companions: &[],
        synonyms: &[],
    },
    Supply {
        sheet: "WTT- UK electricity",
        level1: "WTT- UK electricity (T&D)",
        level2: "Electricity: UK",
        id: "electricity/wtt-td/kwh",
        name_en: "UK grid electricity, upstream of transmission and distribution",
        name_zh: "英国电网电力：输配电上游",
        class: "energy.electricity.transmission",
        kind: FactorKind::ElectricityUpstream,
        boundary: "well-to-tank",
        companions: &[],
        synonyms: &[],
    },
];

const HEAT: &[Supply] = &[
    Supply {
        sheet: "Heat and steam",
        level1: "Heat and steam",
        level2: "Onsite heat and steam",
        id: "heat/onsite/kwh",
        name_en: "Heat and steam, on site",
        name_zh: "热力与蒸汽（厂内）",
        class: "energy.heat.onsite",
        kind: FactorKind::Heat,
        boundary: "generation",
        companions: &["heat/wtt-onsite/kwh"],
        synonyms: &["onsite heat and steam", "自产蒸汽", "厂内蒸汽", "on-site steam"],
    },
    Supply {
        sheet: "Heat and steam",
        level1: "Heat and steam",
        level2: "District heat and steam",
        id: "heat/district/kwh",
        name_en: "Heat and steam, district network",
        name_zh: "热力与蒸汽（集中供热）",
        class: "energy.heat.district",
        kind: FactorKind::Heat,
        boundary: "generation",
        companions: &["heat/wtt-district/kwh", "heat/distribution/kwh", "heat/wtt-distribution/kwh"],
        synonyms: &[
            "district heat and steam",
            "heat",
            "steam",
            "purchased heat",
            "purchased steam",
            "热力",
            "蒸汽",
            "外购热力",
            "外购蒸汽",
            "集中供热",
            "供暖",
        ],
    },
    Supply {
        sheet: "WTT- heat and steam",
        level1: "WTT- heat and steam",
        level2: "Onsite heat and steam",
        id: "heat/wtt-onsite/kwh",
        name_en: "Heat and steam, on site, upstream",
        name_zh: "热力与蒸汽（厂内）：上游",
        class: "energy.heat.onsite",
        kind: FactorKind::HeatUpstream,
        boundary: "well-to-tank",
        companions: &[],
        synonyms: &[],
    },
    Supply {
        sheet: "WTT- heat and steam",
        level1: "WTT- heat and steam",
        level2: "District heat and steam",
        id: "heat/wtt-district/kwh",
        name_en: "Heat and steam, district network, upstream",
        name_zh: "热力与蒸汽（集中供热）：上游",
        class: "energy.heat.district",
        kind: FactorKind::HeatUpstream,
        boundary: "well-to-tank",
        companions: &[],
        synonyms: &[],
    },
    Supply {
        sheet: "Transmission and distribution",
        level1: "Distribution - district heat & steam",
        level2: "5% loss",
        id: "heat/distribution/kwh",
        name_en: "District heat and steam, distribution (5 % loss)",
        name_zh: "集中供热：输配（损失5%）",
        class: "energy.heat.distribution",
        kind: FactorKind::Transmission,
        boundary: "transmission",
        companions: &[],
        synonyms: &[],
    },
    Supply {
        sheet: "WTT- heat and steam",
        level1: "WTT- district heat & steam distribution",
        level2: "5% loss",
        id: "heat/wtt-distribution/kwh",
        name_en: "District heat and steam, distribution (5 % loss), upstream",
        name_zh: "集中供热：输配（损失5%）上游",
        class: "energy.heat.distribution",
        kind: FactorKind::HeatUpstream,
        boundary: "well-to-tank",
        companions: &[],
        synonyms: &[],
    },
];

const WATER: &[Supply] = &[
    Supply {
        sheet: "Water supply",
        level1: "Water supply",
        level2: "Water supply",
        id: "water/supply/m3",
        name_en: "Water supply",
        name_zh: "自来水供应",
        class: "water.supply",
        kind: FactorKind::Water,
        boundary: "cradle-to-gate",
        companions: &[],
        synonyms: &["水", "自来水", "新鲜水", "工业用水", "water", "tap water", "mains water"],
    },
    Supply {
        sheet: "Water treatment",
        level1: "Water treatment",
        level2: "Water treatment",
        id: "water/treatment/m3",
        name_en: "Water treatment",
        name_zh: "污水处理",
        class: "water.treatment",
        kind: FactorKind::Water,
        boundary: "cradle-to-gate",
        companions: &[],
        synonyms: &["废水处理", "废水", "污水", "wastewater treatment", "waste water treatment", "sewage treatment"],
    },
];

/// Electricity, heat and water in that order.
pub(super) fn rows(entries: &[Entry]) -> Outcome<Vec<FactorRow>> {
    ELECTRICITY.iter().chain(HEAT).chain(WATER).map(|supply| supply_row(supply, entries)).collect()
}

fn supply_row(supply: &Supply, entries: &[Entry]) -> Outcome<FactorRow> {
    let unit = if supply.kind == FactorKind::Water { ("m3", "cubic metres") } else { ("kWh", "kWh") };
    let entry = entries
        .iter()
        .find(|entry| {
            let key = &entry.key;
            (key.sheet.as_str(), key.level1.as_str(), key.level2.as_str(), key.unit.as_str())
                == (supply.sheet, supply.level1, supply.level2, unit.1)
        })
        .ok_or_else(|| format!("uk_desnz: {} is not in the raw table", supply.id))?;
    let say = Say {
        id: supply.id.into(),
        name_en: supply.name_en.into(),
        name_zh: supply.name_zh.into(),
        class: supply.class.into(),
        kind: supply.kind,
        unit: unit.0,
        boundary: supply.boundary,
    };
    let mut row = row(entry, say)?;
    row.synonyms = owned(supply.synonyms);
    row.companions = supply.companions.iter().map(|id| format!("{TABLE}/{id}")).collect();
    if supply.kind == FactorKind::ElectricityGeneration {
        row.transmission = Inclusion::Excluded;
    }
    if supply.id == "heat/distribution/kwh" {
        note(&mut row, "Loss of heat in the network, not of electricity.");
    }
    Ok(row)
}
