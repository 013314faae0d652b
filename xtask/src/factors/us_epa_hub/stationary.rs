//! Burning fuels in boilers and furnaces: per mmBtu (higher heating value) and per short ton, cubic foot or gallon.

use super::super::row::{Say, read, scaled, slug};
use super::{gases, row};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, RowProperties};
use zuji_core::impact::Kind;
use zuji_core::math::Finite;

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "Fuel Category")]
    category: String,
    #[serde(rename = "Fuel Type")]
    fuel: String,
    #[serde(rename = "Heat Content (HHV)")]
    heat: String,
    #[serde(rename = "Heat Content (HHV) Unit")]
    heat_unit: String,
    #[serde(rename = "CO2 Factor Energy")]
    co2_energy: String,
    #[serde(rename = "CO2 Factor Energy Unit")]
    co2_energy_unit: String,
    #[serde(rename = "CH4 Factor Energy")]
    ch4_energy: String,
    #[serde(rename = "N2O Factor Energy")]
    n2o_energy: String,
    #[serde(rename = "N2O Factor Energy Unit")]
    n2o_energy_unit: String,
    #[serde(rename = "CO2 Factor")]
    co2: String,
    #[serde(rename = "CO2 Factor Unit")]
    co2_unit: String,
    #[serde(rename = "CH4 Factor")]
    ch4: String,
    #[serde(rename = "CH4 Factor Unit")]
    ch4_unit: String,
    #[serde(rename = "N2O Factor")]
    n2o: String,
    #[serde(rename = "N2O Factor Unit")]
    n2o_unit: String,
}

/// Name in the hub, Chinese name, class.
const FUELS: &[(&str, &str, &str)] = &[
    ("Anthracite", "无烟煤", "fuel.coal.anthracite"),
    ("Bituminous", "烟煤", "fuel.coal.bituminous"),
    ("Sub-bituminous", "次烟煤", "fuel.coal.sub-bituminous"),
    ("Lignite", "褐煤", "fuel.coal.lignite"),
    ("Mixed (Commercial Sector)", "混煤（商业）", "fuel.coal.mixed"),
    ("Mixed (Electric Power Sector)", "混煤（发电）", "fuel.coal.power"),
    ("Mixed (Industrial Coking)", "混煤（炼焦）", "fuel.coal.coking"),
    ("Mixed (Industrial Sector)", "混煤（工业）", "fuel.coal.industrial"),
    ("Coal Coke", "焦炭", "fuel.coal.coke"),
    ("Municipal Solid Waste", "生活垃圾", "fuel.waste.municipal"),
    ("Petroleum Coke (Solid)", "石油焦（固体）", "fuel.oil.petroleum-coke"),
    ("Plastics", "废塑料", "fuel.waste.plastics"),
    ("Tires", "废轮胎", "fuel.waste.tyres"),
    ("Agricultural Byproducts", "农业副产物", "fuel.biomass.agricultural"),
    ("Peat", "泥炭", "fuel.coal.peat"),
    ("Solid Byproducts", "固体生物质副产物", "fuel.biomass.byproducts"),
    ("Wood and Wood Residuals", "木材和木质剩余物", "fuel.biomass.wood"),
    ("Natural Gas", "天然气", "fuel.gas.natural-gas"),
    ("Blast Furnace Gas", "高炉煤气", "fuel.gas.blast-furnace"),
    ("Coke Oven Gas", "焦炉煤气", "fuel.gas.coke-oven"),
    ("Fuel Gas", "燃料气", "fuel.gas.fuel-gas"),
    ("Propane Gas", "丙烷气", "fuel.gas.propane"),
    ("Landfill Gas", "填埋气", "fuel.biomass.landfill-gas"),
    ("Other Biomass Gases", "其他生物质气", "fuel.biomass.gas"),
    ("Asphalt and Road Oil", "沥青和道路油", "fuel.oil.asphalt"),
    ("Aviation Gasoline", "航空汽油", "fuel.oil.aviation-spirit"),
    ("Butane", "丁烷", "fuel.gas.butane"),
    ("Butylene", "丁烯", "fuel.gas.butylene"),
    ("Crude Oil", "原油", "fuel.oil.crude"),
    ("Distillate Fuel Oil No. 1", "1号馏分燃料油", "fuel.oil.distillate"),
    ("Distillate Fuel Oil No. 2", "2号馏分燃料油", "fuel.oil.distillate"),
    ("Distillate Fuel Oil No. 4", "4号馏分燃料油", "fuel.oil.distillate"),
    ("Ethane", "乙烷", "fuel.gas.ethane"),
    ("Ethylene", "乙烯", "fuel.gas.ethylene"),
    ("Heavy Gas Oils", "重瓦斯油", "fuel.oil.gas-oil"),
    ("Isobutane", "异丁烷", "fuel.gas.isobutane"),
    ("Isobutylene", "异丁烯", "fuel.gas.isobutylene"),
    ("Kerosene", "煤油", "fuel.oil.kerosene"),
    ("Kerosene-Type Jet Fuel", "航空煤油", "fuel.oil.jet"),
    ("Liquefied Petroleum Gases (LPG)", "液化石油气（LPG）", "fuel.gas.lpg"),
    ("Lubricants", "润滑油", "fuel.oil.lubricant"),
    ("Motor Gasoline", "车用汽油", "fuel.oil.petrol"),
    ("Naphtha (<401 deg F)", "石脑油（<401°F）", "fuel.oil.naphtha"),
    ("Natural Gasoline", "天然汽油", "fuel.oil.natural-gasoline"),
    ("Other Oil (>401 deg F)", "其他油（>401°F）", "fuel.oil.other"),
    ("Pentanes Plus", "戊烷及更重组分", "fuel.oil.pentanes-plus"),
    ("Petrochemical Feedstocks", "石化原料", "fuel.oil.feedstock"),
    ("Propane", "丙烷（液态）", "fuel.gas.propane"),
    ("Propylene", "丙烯", "fuel.gas.propylene"),
    ("Residual Fuel Oil No. 5", "5号渣油燃料油", "fuel.oil.heavy"),
    ("Residual Fuel Oil No. 6", "6号渣油燃料油", "fuel.oil.heavy"),
    ("Special Naphtha", "特种石脑油", "fuel.oil.naphtha"),
    ("Unfinished Oils", "未成品油", "fuel.oil.unfinished"),
    ("Used Oil", "废油", "fuel.oil.waste"),
    ("Biodiesel (100%)", "生物柴油（100%）", "fuel.biomass.biodiesel"),
    ("Ethanol (100%)", "乙醇（100%）", "fuel.biomass.ethanol"),
    ("Rendered Animal Fat", "炼制动物脂", "fuel.biomass.fat"),
    ("Vegetable Oil", "植物油", "fuel.biomass.vegetable-oil"),
    ("North American Softwood", "北美软木制浆黑液", "fuel.biomass.black-liquor"),
    ("North American Hardwood", "北美硬木制浆黑液", "fuel.biomass.black-liquor"),
    ("Bagasse", "甘蔗渣制浆黑液", "fuel.biomass.black-liquor"),
    ("Bamboo", "竹制浆黑液", "fuel.biomass.black-liquor"),
    ("Straw", "秸秆制浆黑液", "fuel.biomass.black-liquor"),
];

const FILE: &str = "stationary-combustion.csv";

/// Each fuel per mmBtu, then per its physical unit where the hub has one.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    let mut rows = Vec::new();
    for line in read::<Line>(&folder.join(FILE))? {
        // The unit of CH4 per mmBtu is blank in the conversion; CO2 and N2O beside it say per mmBtu.
        let units = (line.co2_energy_unit.as_str(), line.n2o_energy_unit.as_str());
        if units != ("kg CO2 per mmBtu", "g N2O per mmBtu") {
            return Err(format!("us_epa_hub: {} is in {units:?}", line.fuel).into());
        }
        let mut by_energy = fuel_row(&line, "MMBtu (HHV)", "mmbtu")?;
        by_energy.emissions = gases(&line.co2_energy, &line.ch4_energy, &line.n2o_energy, kind(&line))?;
        rows.push(by_energy);
        if line.co2.is_empty() {
            continue;
        }
        let (unit, symbol, word) = match line.heat_unit.as_str() {
            "mmBtu per short ton" => ("short ton", "short-ton", "short ton"),
            "mmBtu per scf" => ("ft3", "ft3", "scf"),
            "mmBtu per gallon" => ("US gal", "gal", "gallon"),
            other => return Err(format!("us_epa_hub: {} has its heat content in {other}", line.fuel).into()),
        };
        let units = [&line.co2_unit, &line.ch4_unit, &line.n2o_unit];
        let expected = [format!("kg CO2 per {word}"), format!("g CH4 per {word}"), format!("g N2O per {word}")];
        if units != expected.each_ref() {
            return Err(format!("us_epa_hub: {} is in {units:?}", line.fuel).into());
        }
        let mut by_amount = fuel_row(&line, unit, symbol)?;
        by_amount.emissions = gases(&line.co2, &line.ch4, &line.n2o, kind(&line))?;
        rows.push(by_amount);
    }
    Ok(rows)
}

fn fuel_row(line: &Line, unit: &str, symbol: &str) -> Outcome<FactorRow> {
    let (_, name_zh, class) = FUELS
        .iter()
        .find(|(name, ..)| *name == line.fuel)
        .ok_or_else(|| format!("us_epa_hub: the fuel \"{}\" has no Chinese name yet", line.fuel))?;
    let name = match line.category.as_str() {
        "Coal and Coke" if line.fuel.starts_with("Mixed") => format!("Coal, {}", line.fuel),
        "Coal and Coke" if line.fuel != "Coal Coke" => format!("{} coal", line.fuel),
        category if category.contains("Kraft Pulping Liquor") => format!("Kraft pulping liquor, {}", line.fuel),
        _ => line.fuel.clone(),
    };
    let mut row = row(
        FILE,
        Say {
            id: format!("stationary/{}/{symbol}", slug(&name)),
            name_en: format!("{name}, burnt (US)"),
            name_zh: format!("{name_zh}，燃烧（美国）"),
            class: (*class).into(),
            kind: FactorKind::FuelCombustion,
            unit,
            boundary: "combustion",
        },
    );
    row.properties = heat(line)?;
    if line.fuel == "Peat" {
        row.note = Some("The hub lists peat among biomass fuels; its CO2 is counted as fossil here.".into());
    }
    Ok(row)
}

/// Only what is carbon of living matter without doubt is biogenic; of a mixture the hub gives one figure.
fn kind(line: &Line) -> Kind {
    match line.fuel.as_str() {
        "Peat" => Kind::Fossil,
        "Municipal Solid Waste" | "Tires" => Kind::Unspecified,
        _ if line.category.starts_with("Biomass") => Kind::Biogenic,
        _ => Kind::Fossil,
    }
}

/// The higher heating value of a solid in MJ/kg, to four digits: 1 mmBtu is 1055.055 852 62 MJ, 1 short ton 907.184 74 kg.
fn heat(line: &Line) -> Outcome<Option<RowProperties>> {
    if line.heat_unit != "mmBtu per short ton" {
        return Ok(None);
    }
    let value = scaled(&line.heat, 105_505_585_262, -8)?.get() / 907.184_74;
    Ok(Some(RowProperties {
        higher_heating_value: Some(Finite::new(format!("{value:.3e}").parse()?)?),
        source: format!("heat content of the hub, {} {}, to four digits", line.heat, line.heat_unit),
        ..RowProperties::default()
    }))
}
