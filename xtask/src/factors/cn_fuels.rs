//! Chinese fuels from the default parameters of the national accounting standards, and heat. Burning a fuel releases
//! heating value × carbon content × oxidised share × 44/12; upstream rows stand only where a Chinese source gives one.

use super::row::{Essentials, bare, finite, read};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{Emission, FactorKind, FactorRow, FactorsDocument, Period, Quality, RowProperties, TableHead};
use zuji_core::impact::Kind;
use zuji_core::math::Finite;

const TABLE: &str = "cn-fuels";

#[derive(Deserialize)]
struct Fuel {
    id: String,
    name_zh: String,
    name_en: String,
    synonyms: String,
    class: String,
    unit: String,
    ncv_gj_per_t_or_10e4_nm3: String,
    carbon_kg_per_gj: String,
    oxidised_percent: String,
    second_list_differs: String,
    density_kg_m3: String,
    density_source: String,
}

#[derive(Deserialize)]
struct Upstream {
    fuel: String,
    value: String,
    unit: String,
    year: u16,
    cpcd_id: String,
}

/// All rows: combustion with its upstream where there is one, and heat.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let fuels: Vec<Fuel> = read(&folder.join("fuels.csv"))?;
    let upstream: Vec<Upstream> = read(&folder.join("upstream.csv"))?;
    let mut rows = Vec::new();
    for fuel in &fuels {
        let half = upstream.iter().find(|half| half.fuel == fuel.id);
        rows.push(combustion(fuel, half)?);
        if let Some(half) = half {
            rows.push(before_the_tank(fuel, half)?);
        }
    }
    rows.push(heat()?);
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn head() -> TableHead {
    TableHead {
        id: TABLE.into(),
        version: "1".into(),
        name_en: "Fuels and heat in China: default parameters of the accounting standards".into(),
        name_zh: "中国燃料与热力：核算标准缺省参数".into(),
        source: "GB/T 32151.22-2024 Annex C table C.1; GB/T 32150-2025; CPCD core database for what lies upstream".into(),
        licence: "official standards; figures only".into(),
        attribution: None,
        note: Some(
            "CO2 of burning only, without CH4 and N2O. Diesel, petrol and natural gas have their upstream half; the other \
             fuels and heat do not: a line gets them only when it names the row, and then as a gap."
                .into(),
        ),
        left_out: vec![
            "upstream of coal: CPCD gives 0.08 and 0.114 kg CO2e/kg and does not say whether mine methane is in them".into(),
            "heat by province of CPCD (50 to 85 kg CO2e/GJ): neither its gases nor what is upstream is stated".into(),
        ],
        closed: false,
    }
}

fn combustion(fuel: &Fuel, half: Option<&Upstream>) -> Outcome<FactorRow> {
    let gas = fuel.unit == "Nm3";
    // The table gives gases per 10^4 Nm3 in the same unit as solids per t: GJ.
    let heating: f64 = finite(&fuel.ncv_gj_per_t_or_10e4_nm3)?.get() / if gas { 1e4 } else { 1e3 };
    let carbon = finite(&fuel.carbon_kg_per_gj)?.get();
    let oxidised = finite(&fuel.oxidised_percent)?.get() / 100.0;
    let per_unit = if gas { 1.0 } else { 1000.0 };
    let co2 = six_digits(heating * carbon * oxidised * 44.0 / 12.0 * per_unit)?;
    let mut row = bare(Essentials {
        id: format!("{TABLE}/combustion/{}", fuel.id),
        name_en: fuel.name_en.clone(),
        name_zh: fuel.name_zh.clone(),
        class: fuel.class.clone(),
        kind: FactorKind::FuelCombustion,
        unit: &fuel.unit,
        geography: "CN",
        period: Period::NotStated,
        boundary: "combustion",
        source: "GB/T 32151.22-2024, Annex C (informative), table C.1, default parameters of fossil fuels. Read at: \
                 LIUYUNLONG01/farm-ghg-web src/data/factors/appendixCDefaults.ts \
                 @d1fbace72c961c5f6e3566fb2a791ab745f431d7"
            .into(),
    });
    row.synonyms = fuel.synonyms.split('|').filter(|name| !name.is_empty()).map(Into::into).collect();
    row.emissions = vec![Emission { gas: "CO2".into(), kind: Kind::Fossil, kg: Some(co2), co2e: None }];
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    row.companions = half.iter().map(|half| format!("{TABLE}/upstream/{}", half.fuel)).collect();
    if !gas {
        let density = fuel.density_kg_m3.trim();
        row.properties = Some(RowProperties {
            density: (!density.is_empty()).then(|| finite(density)).transpose()?,
            lower_heating_value: Some(finite(&fuel.ncv_gj_per_t_or_10e4_nm3)?),
            source: match fuel.density_source.trim() {
                "" => "heating value: the same table".into(),
                density => format!("heating value: the same table; density: {density}"),
            },
            ..RowProperties::default()
        });
    }
    let differs = match fuel.second_list_differs.trim() {
        "" => "A second list has the same parameters".into(),
        "not listed" => "A second list does not have this fuel".to_string(),
        differs => format!("A second list differs: {differs}"),
    };
    let per = if gas { "GJ/10^4 Nm3 (0 °C, 101.325 kPa)" } else { "GJ/t" };
    row.note = Some(format!(
        "低位发热量 × 单位热值含碳量 × 碳氧化率 × 44/12，仅CO2。 {} {per} × {} kg C/GJ × {} % × 44/12, CO2 only. {differs} \
         (carbon-ledger/GreenChainCarbonLedger SqlPrepareData.kt @853bb6bf9fc60f6d2c0ee277ed2a4f499af2b981).",
        fuel.ncv_gj_per_t_or_10e4_nm3, fuel.carbon_kg_per_gj, fuel.oxidised_percent
    ));
    Ok(row)
}

fn before_the_tank(fuel: &Fuel, half: &Upstream) -> Outcome<FactorRow> {
    let unit = half.unit.strip_prefix("kg CO2e/").ok_or_else(|| format!("cn_fuels: {} is not known", half.unit))?;
    let mut row = bare(Essentials {
        id: format!("{TABLE}/upstream/{}", half.fuel),
        name_en: format!("{}, upstream (China)", fuel.name_en),
        name_zh: format!("{}：上游（中国）", fuel.name_zh),
        class: fuel.class.clone(),
        kind: FactorKind::FuelUpstream,
        unit,
        geography: "CN",
        period: Period::Years(half.year, half.year),
        boundary: "well-to-tank",
        source: format!(
            "CPCD China Products Carbon Footprint Factors Database, core database, product {}, {}, cradle to gate. Read \
             at: leo21468/CarbonCalculator data/core.csv @bebed06283f1b353e8206c0728b715129d2b88a9",
            half.cpcd_id, half.year
        ),
    });
    row.co2e = Some(finite(&half.value)?);
    row.gwp = Some("not stated".into());
    row.licence = Some("not stated; figure only".into());
    row.quality = Quality { label: Some("fair".into()), evidence: Some("secondary".into()), technology: None };
    row.note = Some(
        "摇篮到大门：是否含配送未说明；天然气立方米的状态未说明。 Cradle to gate: whether delivery to the user is in it is \
         not stated, nor the state of a cubic metre of gas."
            .into(),
    );
    Ok(row)
}

fn heat() -> Outcome<FactorRow> {
    let mut row = bare(Essentials {
        id: format!("{TABLE}/heat/default"),
        name_en: "purchased heat and steam, default (China)".into(),
        name_zh: "外购热力（缺省值）".into(),
        class: "energy.heat.district".into(),
        kind: FactorKind::Heat,
        unit: "GJ",
        geography: "CN",
        period: Period::NotStated,
        boundary: "generation",
        source:
            "GB/T 32150-2025, clauses 7.5.6 and 7.5.7: 0.11 t CO2/GJ where the supplier gives no figure. Read at: a \
                 transcription of the standard's rules (parameter GEN-PAR-HEAT-DEFAULT-011)"
                .into(),
    });
    row.emissions = vec![Emission { gas: "CO2".into(), kind: Kind::Fossil, kg: Some(Finite::new(110.0)?), co2e: None }];
    row.quality = Quality { label: Some("screening".into()), evidence: Some("secondary".into()), technology: None };
    row.note = Some(
        "缺省值，只含直接CO2，没有上游。 A default; direct CO2 only, without what is upstream of the boiler house."
            .into(),
    );
    Ok(row)
}

/// The inputs have three to five digits; six keep the product apart from noise of the last bit.
fn six_digits(value: f64) -> Outcome<Finite> {
    Ok(Finite::new(format!("{value:.5e}").parse()?)?)
}
