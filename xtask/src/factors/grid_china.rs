//! China's electricity factors: life-cycle footprints and direct CO2, kept apart by kind and by name.

use super::row::{Essentials, bare, finite, owned, read, slug};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, GRID_WORDS, Period, Quality, TableHead};
use zuji_core::impact::Kind;

/// One line of the raw table.
#[derive(Deserialize)]
struct Line {
    data_year: u16,
    kind: String,
    iso3166: String,
    name_zh: String,
    value: String,
    unit: String,
    source: String,
    evidence: String,
}

const TABLE: &str = "cn-electricity";

/// name in the table, id, English, synonyms
const SOURCES: &[(&str, &str, &str, &[&str])] = &[
    ("燃煤发电", "coal", "coal-fired electricity", &["煤电", "火电(煤)", "coal power", "coal electricity"]),
    ("燃气发电", "gas", "gas-fired electricity", &["气电", "天然气发电", "gas power", "natural gas electricity"]),
    ("水力发电", "hydro", "hydroelectricity", &["水电", "绿电(水)", "hydropower", "hydro"]),
    ("核能发电", "nuclear", "nuclear electricity", &["核电", "nuclear power"]),
    ("风力发电", "wind", "wind electricity", &["风电", "绿电(风)", "风能", "wind power", "wind"]),
    (
        "光伏发电",
        "photovoltaic",
        "photovoltaic electricity",
        &["光伏", "光伏电力", "太阳能", "太阳能电", "太阳能发电", "绿电(光伏)", "solar power", "solar PV", "PV"],
    ),
    ("光热发电", "solar-thermal", "concentrated solar thermal electricity", &["光热", "太阳能热发电", "CSP"]),
    ("生物质发电", "biomass", "biomass electricity", &["生物质电力", "绿电(生物质)", "biomass power"]),
];

/// name in the table, id, English, synonyms
const TRANSMISSION: &[(&str, &str, &str, &[&str])] = &[
    (
        "输配电（不含线损）",
        "without-losses",
        "transmission and distribution of electricity, without losses",
        &["输配电(不含线损)"],
    ),
    (
        "输配电（含线损）",
        "with-losses",
        "transmission and distribution of electricity, losses included",
        &["输配电(含线损)", "输配电及线损"],
    ),
];

/// Grid regions. They have no ISO code; the figure is for mainland provinces under one grid.
const REGIONS: &[(&str, &str)] = &[
    ("华北", "North China"),
    ("东北", "Northeast China"),
    ("华东", "East China"),
    ("华中", "Central China"),
    ("西北", "Northwest China"),
    ("南方", "Southern China"),
    ("西南", "Southwest China"),
];

const PROVINCES: &[(&str, &str)] = &[
    ("CN-AH", "Anhui"),
    ("CN-BJ", "Beijing"),
    ("CN-CQ", "Chongqing"),
    ("CN-FJ", "Fujian"),
    ("CN-GD", "Guangdong"),
    ("CN-GS", "Gansu"),
    ("CN-GX", "Guangxi"),
    ("CN-GZ", "Guizhou"),
    ("CN-HA", "Henan"),
    ("CN-HB", "Hubei"),
    ("CN-HE", "Hebei"),
    ("CN-HI", "Hainan"),
    ("CN-HL", "Heilongjiang"),
    ("CN-HN", "Hunan"),
    ("CN-JL", "Jilin"),
    ("CN-JS", "Jiangsu"),
    ("CN-JX", "Jiangxi"),
    ("CN-LN", "Liaoning"),
    ("CN-NM", "Inner Mongolia"),
    ("CN-NX", "Ningxia"),
    ("CN-QH", "Qinghai"),
    ("CN-SC", "Sichuan"),
    ("CN-SD", "Shandong"),
    ("CN-SH", "Shanghai"),
    ("CN-SN", "Shaanxi"),
    ("CN-SX", "Shanxi"),
    ("CN-TJ", "Tianjin"),
    ("CN-XJ", "Xinjiang"),
    ("CN-YN", "Yunnan"),
    ("CN-ZJ", "Zhejiang"),
];

/// The whole table, footprints first, newest year first.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let lines: Vec<Line> = read(&folder.join("china_electricity_factors_2021_2024.csv"))?;
    let mut rows = lines.iter().map(row).collect::<Outcome<Vec<FactorRow>>>()?;
    rows.sort_by_key(|row| {
        let newest = match row.period {
            Period::Years(_, to) => to,
            Period::NotStated => 0,
        };
        (FactorKind::ALL.iter().position(|kind| *kind == row.kind), std::cmp::Reverse(newest), row.id.clone())
    });
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "2021-2024, read 2026-11-21".into(),
        name_en: "China electricity: footprint factors 2023-2024 and direct CO2 factors 2021-2023".into(),
        name_zh: "中国电力碳足迹因子（2023-2024年）与电力二氧化碳排放因子（2021-2023年）".into(),
        source:
            "Ministry of Ecology and Environment, National Bureau of Statistics and National Energy Administration \
                 of China, annual announcements; the announcement stands in each row"
                .into(),
        licence: "Announcements of the Chinese government: official documents, not protected (Copyright Law of the \
                  PRC, article 5)"
            .into(),
        attribution: None,
        note: Some(
            "Two things that must not be mixed: life-cycle footprints (kg CO2e per kWh) and direct CO2 of generation \
             (kg CO2 per kWh, no other gas, no upstream). The direct factors are for national accounting; they are \
             never a footprint. The announcements do not say with which set the footprints were characterised, nor \
             whether the national average contains transmission and distribution."
                .into(),
        ),
        left_out: Vec::new(),
        closed: false,
    }
}

fn row(line: &Line) -> Outcome<FactorRow> {
    let mut row = match (line.kind.as_str(), line.unit.as_str()) {
        ("electricity carbon footprint factor (life cycle)", "kgCO2e/kWh") => footprint(line)?,
        (_, "kgCO2/kWh") => direct(line)?,
        (kind, unit) => return Err(format!("grid_china: \"{kind}\" in {unit} is not known").into()),
    };
    let evidence = if line.evidence.starts_with("PRIMARY") { "primary" } else { "secondary" };
    row.quality = Quality { label: Some("good".into()), evidence: Some(evidence.into()), technology: None };
    Ok(row)
}

fn footprint(line: &Line) -> Outcome<FactorRow> {
    let name = line.name_zh.as_str();
    let known = |list: &'static [(&str, &'static str, &'static str, &'static [&str])]| {
        list.iter().find(|(zh, ..)| *zh == name).map(|(_, id, en, synonyms)| (*id, *en, *synonyms))
    };
    let (kind, boundary, group, (id, name_en, synonyms), name_zh) = if name == "全国" {
        // Words for the grid stand on the footprint alone: a direct factor that carried one would be taken for it.
        let national = ("national", "electricity, China, national average footprint", GRID_WORDS);
        (FactorKind::Electricity, "life-cycle", "footprint", national, "全国电力平均碳足迹".to_string())
    } else if let Some(source) = known(SOURCES) {
        (FactorKind::ElectricitySource, "life-cycle", "source", source, name.to_string())
    } else if let Some(part) = known(TRANSMISSION) {
        (FactorKind::Transmission, "transmission", "transmission", part, name.to_string())
    } else {
        return Err(format!("grid_china: \"{name}\" is no known footprint").into());
    };
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{group}/{}/{id}", line.data_year),
        name_en: name_en.into(),
        name_zh,
        class: format!("energy.electricity.{}", if group == "footprint" { "grid" } else { group }),
        kind,
        unit: "kWh",
        geography: "CN",
        period: Period::Years(line.data_year, line.data_year),
        boundary,
        source: line.source.clone(),
    });
    row.synonyms = owned(synonyms);
    row.co2e = Some(finite(&line.value)?);
    row.gwp = Some("not stated".into());
    Ok(row)
}

fn direct(line: &Line) -> Outcome<FactorRow> {
    let province = PROVINCES.iter().find(|(code, _)| *code == line.iso3166);
    let region = REGIONS.iter().find(|(zh, _)| *zh == line.name_zh);
    let zh = &line.name_zh;
    let (group, place, name_en, name_zh) = match (line.kind.as_str(), province, region) {
        ("provincial grid average CO2 factor", Some((code, en)), None) => (
            "direct",
            code.to_lowercase(),
            format!("{en} grid average CO2 factor (direct)"),
            format!("{zh}电网平均CO2排放因子（直接）"),
        ),
        ("regional grid average CO2 factor", None, Some((_, en))) => (
            "direct",
            format!("region-{}", slug(en)),
            format!("{en} regional grid average CO2 factor (direct)"),
            format!("{zh}区域电网平均CO2排放因子（直接）"),
        ),
        ("grid average CO2 factor", None, None) => (
            "direct",
            "cn".into(),
            "China grid average CO2 factor (direct)".into(),
            "全国电网平均CO2排放因子（直接）".into(),
        ),
        ("national average CO2 factor excl. market-traded non-fossil", None, None) => (
            "direct-without-traded-non-fossil",
            "cn".into(),
            "China average CO2 factor without market-traded non-fossil electricity (direct)".into(),
            "全国电力平均CO2排放因子（不包括市场化交易的非化石能源电量，直接）".into(),
        ),
        ("fossil-fired power CO2 factor", None, None) => (
            "direct-fossil",
            "cn".into(),
            "China fossil-fired electricity CO2 factor (direct)".into(),
            "全国化石能源电力CO2排放因子（直接）".into(),
        ),
        (kind, ..) => return Err(format!("grid_china: \"{kind}\" for {zh} is not known").into()),
    };
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{group}/{}/{place}", line.data_year),
        name_en,
        name_zh,
        class: "energy.electricity.direct".into(),
        kind: FactorKind::ElectricityDirect,
        unit: "kWh",
        geography: province.map_or("CN", |(code, _)| *code),
        period: Period::Years(line.data_year, line.data_year),
        boundary: "generation",
        source: line.source.clone(),
    });
    row.emissions = vec![zuji_core::factor::Emission {
        gas: "CO2".into(),
        kind: Kind::Fossil,
        kg: Some(finite(&line.value)?),
        co2e: None,
    }];
    if let Some((_, en)) = region {
        row.note = Some(format!("Grid region {zh} ({en}), which has no ISO code; not the whole of China."));
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Deserialize)]
    struct Second {
        data: BTreeMap<String, Province>,
    }

    #[derive(Deserialize)]
    struct Province {
        emission_factor: f64,
        description: String,
        year: u16,
    }

    #[test]
    fn all_rows_enter_and_a_second_copy_agrees() {
        let folder = crate::repository().join("factors/raw/grid_china");
        let table = table(&folder).unwrap();
        assert_eq!(table.rows.len(), 141);
        let text = std::fs::read_to_string(folder.join("codecarbon_china_provincial_2023_mit.json")).unwrap();
        let second: Second = serde_json::from_str(&text).unwrap();
        assert_eq!(second.data.len(), 30);
        for (code, province) in &second.data {
            let id = format!("{TABLE}/direct/{}/{}", province.year, code.to_lowercase());
            let row = table.rows.iter().find(|row| row.id == id).unwrap();
            let grams = row.emissions[0].kg.unwrap().get() * 1000.0;
            assert!((grams - province.emission_factor).abs() < 1e-9, "{code}");
            assert!(row.name_en.starts_with(&province.description), "{code}");
        }
    }
}
