//! Burning fuels: CO2 from the carbon content per energy, lower heating value from the energy content per mass.

use super::super::row::{Say, finite, owned};
use super::parameter::Parameters;
use super::{GUIDELINES, ORIGIN};
use crate::Outcome;
use zuji_core::factor::{Emission, FactorKind, FactorRow, RowProperties};
use zuji_core::impact::{CO2_PER_CARBON, Kind};

const CARBON: &str = "carbon_content_per_energy";
const ENERGY: &str = "energy_content_per_mass";

/// A fuel of the guidelines.
struct Fuel {
    key: &'static str,
    name_en: &'static str,
    name_zh: &'static str,
    class: &'static str,
    synonyms: &'static [&'static str],
}

const fn fuel(
    key: &'static str,
    name_en: &'static str,
    name_zh: &'static str,
    class: &'static str,
    synonyms: &'static [&'static str],
) -> Fuel {
    Fuel { key, name_en, name_zh, class, synonyms }
}

/// Products that are bought as materials too carry no plain name: a line of bitumen is no fuel.
const FUELS: &[Fuel] = &[
    fuel("oil", "Crude oil", "原油", "oil.crude", &["crude", "petroleum"]),
    fuel("orimulsion", "Orimulsion", "奥里乳化油", "oil.orimulsion", &[]),
    fuel("natural_gas_liquids", "Natural gas liquids", "天然气凝液", "oil.natural-gas-liquids", &["NGL", "天然气液"]),
    fuel("motor_gasoline", "Motor gasoline", "车用汽油", "oil.petrol", &["汽油", "gasoline", "petrol"]),
    fuel("aviation_gasoline", "Aviation gasoline", "航空汽油", "oil.aviation-spirit", &["avgas"]),
    fuel("jet_gasoline", "Jet gasoline", "喷气汽油", "oil.jet-gasoline", &[]),
    fuel("jet_kerosene", "Jet kerosene", "航空煤油", "oil.jet", &["航煤", "喷气燃料", "jet fuel"]),
    fuel("other_kerosene", "Other kerosene", "其他煤油", "oil.kerosene", &["煤油", "灯油", "kerosene"]),
    fuel("shale_oil", "Shale oil", "页岩油", "oil.shale", &[]),
    fuel("gas_diesel_oil", "Gas/diesel oil", "柴油", "oil.diesel", &["轻柴油", "diesel", "diesel oil", "diesel fuel"]),
    fuel(
        "residual_fuel_oil",
        "Residual fuel oil",
        "燃料油",
        "oil.heavy",
        &["重油", "heavy fuel oil", "HFO", "fuel oil"],
    ),
    fuel(
        "liquefied_petroleum_gases",
        "Liquefied petroleum gases",
        "液化石油气",
        "gas.lpg",
        &["LPG", "液化气", "liquefied petroleum gas"],
    ),
    fuel("ethane", "Ethane, burnt", "乙烷（燃烧）", "gas.ethane", &[]),
    fuel("naphtha", "Naphtha, burnt", "石脑油（燃烧）", "oil.naphtha", &[]),
    fuel("bitumen", "Bitumen, burnt", "沥青（燃烧）", "oil.bitumen", &[]),
    fuel("lubricants", "Lubricants, burnt", "润滑油（燃烧）", "oil.lubricant", &["润滑油燃烧", "lubricants burnt"]),
    fuel("petroleum_coke", "Petroleum coke", "石油焦", "oil.petroleum-coke", &["petcoke", "pet coke"]),
    fuel("refinery_feedstocks", "Refinery feedstocks, burnt", "炼厂原料（燃烧）", "oil.refinery-feedstock", &[]),
    fuel("refinery_gas", "Refinery gas", "炼厂干气", "gas.refinery", &["炼厂气"]),
    fuel("paraffin_waxes", "Paraffin waxes, burnt", "石蜡（燃烧）", "oil.wax", &[]),
    fuel("white_spirit_sbp", "White spirit and SBP, burnt", "溶剂油和特种沸点汽油（燃烧）", "oil.white-spirit", &[]),
    fuel("other_petro_products", "Other petroleum products, burnt", "其他石油制品（燃烧）", "oil.other", &[]),
    fuel("anthracite", "Anthracite", "无烟煤", "coal.anthracite", &["白煤"]),
    fuel("coking_coal", "Coking coal", "炼焦煤", "coal.coking", &["焦煤", "炼焦用煤"]),
    fuel(
        "other_bituminous_coal",
        "Other bituminous coal",
        "其他烟煤",
        "coal.bituminous",
        &["烟煤", "动力煤", "bituminous coal"],
    ),
    fuel("sub_bituminous_coal", "Sub-bituminous coal", "次烟煤", "coal.sub-bituminous", &[]),
    fuel("lignite", "Lignite", "褐煤", "coal.lignite", &["brown coal"]),
    fuel("oil_shale_tar_sands", "Oil shale and tar sands", "油页岩和油砂", "oil.shale-and-sands", &["油页岩"]),
    fuel("brown_coal_briquettes", "Brown coal briquettes", "褐煤型煤", "coal.briquettes", &["型煤"]),
    fuel("patent_fuel", "Patent fuel", "煤砖（专利燃料）", "coal.patent-fuel", &[]),
    fuel(
        "coke_oven_lignite_coke",
        "Coke oven coke and lignite coke",
        "焦炉焦和褐煤焦",
        "coal.coke.oven",
        &["冶金焦", "coke oven coke"],
    ),
    fuel("coke", "Coke", "焦炭", "coal.coke", &["coal coke"]),
    fuel("gas_coke", "Gas coke", "煤气焦", "coal.coke.gas", &[]),
    fuel("coal_tar", "Coal tar, burnt", "煤焦油（燃烧）", "coal.tar", &[]),
    fuel("gas_works_gas", "Gas works gas", "城市煤气（煤气厂）", "gas.gas-works", &["煤气", "城市煤气", "人工煤气"]),
    fuel("coke_oven_gas", "Coke oven gas", "焦炉煤气", "gas.coke-oven", &["COG"]),
    fuel("blast_furnace_gas", "Blast furnace gas", "高炉煤气", "gas.blast-furnace", &["BFG"]),
    fuel("oxygen_steel_furnace_gas", "Oxygen steel furnace gas", "转炉煤气", "gas.converter", &["LDG"]),
    fuel("natural_gas", "Natural gas", "天然气", "gas.natural-gas", &["管道天然气", "管道气", "燃气", "NG"]),
    fuel("msw", "Municipal waste, fossil part, burnt", "生活垃圾化石部分（燃烧）", "waste.municipal", &[]),
    fuel("isw", "Industrial waste, burnt", "工业废物（燃烧）", "waste.industrial", &[]),
    fuel("ow_hazard", "Waste oils and hazardous waste, burnt", "废油和危险废物（燃烧）", "waste.hazardous", &[]),
    fuel("peat", "Peat", "泥炭", "coal.peat", &[]),
    fuel("msw_wood", "Waste wood, municipal, burnt", "废木材（生活，燃烧）", "biomass.wood-waste", &[]),
    fuel(
        "isw_wood",
        "Wood and wood waste, burnt",
        "木材和木废料（燃烧）",
        "biomass.wood",
        &["木柴", "薪柴", "firewood"],
    ),
    fuel("black_liquor", "Sulphite lyes (black liquor)", "制浆黑液", "biomass.black-liquor", &["黑液", "black liquor"]),
    fuel(
        "other_prim_solid_biomass",
        "Other primary solid biomass, burnt",
        "其他固体生物质（燃烧）",
        "biomass.solid",
        &["生物质燃料", "生物质颗粒", "秸秆燃料", "solid biomass", "biomass pellets"],
    ),
    fuel("charcoal", "Charcoal, burnt", "木炭（燃烧）", "biomass.charcoal", &[]),
    fuel("biogasoline", "Biogasoline", "生物汽油", "biomass.biogasoline", &[]),
    fuel("biodiesels", "Biodiesels", "生物柴油", "biomass.biodiesel", &["biodiesel"]),
    fuel("other_liquid_biofuels", "Other liquid biofuels", "其他液体生物燃料", "biomass.liquid", &[]),
    fuel("landfill_gas", "Landfill gas", "填埋气", "biomass.landfill-gas", &[]),
    fuel("sludge_gas", "Sludge gas", "污泥气", "biomass.sludge-gas", &[]),
    fuel("other_biogas", "Other biogas", "其他沼气", "biomass.biogas", &["沼气", "biogas"]),
    fuel(
        "msw_biomass",
        "Municipal waste, biomass part, burnt",
        "生活垃圾生物质部分（燃烧）",
        "biomass.municipal-waste",
        &[],
    ),
];

/// One row per fuel in the order of the guidelines.
pub(super) fn rows(parameters: &Parameters) -> Outcome<Vec<FactorRow>> {
    FUELS.iter().map(|fuel| fuel_row(fuel, parameters)).collect()
}

fn fuel_row(fuel: &Fuel, parameters: &Parameters) -> Outcome<FactorRow> {
    let carbon = parameters.world(CARBON, fuel.key)?;
    // The two mixed wastes have no energy content in the package.
    let energy = parameters.keys(ENERGY).iter().any(|key| key == fuel.key);
    let energy = energy.then(|| parameters.world(ENERGY, fuel.key)).transpose()?;
    if carbon.unit != "kg/GJ" || energy.as_ref().is_some_and(|energy| energy.unit != "GJ/t") {
        return Err(format!("ipcc: {} is in other units", fuel.key).into());
    }
    let mut row = ORIGIN.row(
        format!("{GUIDELINES}, edition {}, {CARBON} and {ENERGY}", carbon.edition),
        Say {
            id: format!("fuel/{}", fuel.key.replace('_', "-")),
            name_en: fuel.name_en.into(),
            name_zh: fuel.name_zh.into(),
            class: format!("fuel.{}", fuel.class),
            kind: FactorKind::FuelCombustion,
            unit: "GJ (LHV)",
            boundary: "combustion",
        },
    );
    row.synonyms = owned(fuel.synonyms);
    row.quality.label = Some("fair".into());
    let kind = if fuel.class.starts_with("biomass") { Kind::Biogenic } else { Kind::Fossil };
    // Six digits: three more than the carbon content has.
    let kg = finite(&format!("{:.5e}", finite(&carbon.value)?.get() * CO2_PER_CARBON))?;
    row.emissions.push(Emission { gas: "CO2".into(), kind, kg: Some(kg), co2e: None });
    let mut note = format!("{} kg C/GJ × 44/12", carbon.range());
    if let Some(energy) = energy {
        note.push_str(&format!("; {} GJ/t", energy.range()));
        row.properties = Some(RowProperties {
            lower_heating_value: Some(finite(&energy.value)?),
            source: "the same guidelines".into(),
            ..RowProperties::default()
        });
    }
    row.note = Some(note);
    Ok(row)
}
