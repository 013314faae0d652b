//! Fuels: burning one is a row, bringing it to the burner is its companion.

use super::super::row::{Say, owned, slug};
use super::sheet::Entry;
use super::{TABLE, row, unit};
use crate::Outcome;
use zuji_core::factor::{FactorKind, FactorRow, RowProperties};
use zuji_core::math::Finite;

struct Fuel {
    source: &'static str,
    /// Set where the source's own name would claim the plain name of another fuel.
    name_en: Option<&'static str>,
    name_zh: &'static str,
    class: &'static str,
    synonyms: &'static [&'static str],
}

const fn fuel(
    source: &'static str,
    name_zh: &'static str,
    class: &'static str,
    synonyms: &'static [&'static str],
) -> Fuel {
    Fuel { source, name_en: None, name_zh, class, synonyms }
}

/// Plain names stand on the fuel without the UK's biofuel: diesel, petrol and gas elsewhere have no such blend.
const FUELS: &[Fuel] = &[
    fuel("Butane", "丁烷", "fuel.gas.butane", &["butane"]),
    fuel("CNG", "压缩天然气（CNG）", "fuel.gas.cng", &["压缩天然气", "compressed natural gas"]),
    fuel("LNG", "液化天然气（LNG）", "fuel.gas.lng", &["液化天然气", "liquefied natural gas"]),
    fuel("LPG", "液化石油气（LPG）", "fuel.gas.lpg", &["液化石油气", "液化气", "liquefied petroleum gas"]),
    Fuel {
        source: "Natural gas",
        name_en: Some("Natural gas (UK grid average, with biomethane)"),
        name_zh: "天然气（英国管网平均，含生物甲烷）",
        class: "fuel.gas.natural-gas",
        synonyms: &["UK grid gas", "英国管网天然气"],
    },
    fuel(
        "Natural gas (100% mineral blend)",
        "天然气（100%化石）",
        "fuel.gas.natural-gas",
        &["天然气", "管道天然气", "管道气", "燃气", "natural gas", "NG"],
    ),
    fuel("Other petroleum gas", "其他石油气", "fuel.gas.other-petroleum-gas", &["炼厂气"]),
    fuel("Propane", "丙烷", "fuel.gas.propane", &["propane"]),
    fuel("Aviation spirit", "航空汽油", "fuel.oil.aviation-spirit", &["aviation gasoline", "avgas"]),
    fuel(
        "Aviation turbine fuel",
        "航空煤油",
        "fuel.oil.jet",
        &["航煤", "喷气燃料", "jet fuel", "jet kerosene", "kerosene-type jet fuel"],
    ),
    fuel("Burning oil", "煤油（灯用）", "fuel.oil.kerosene", &["煤油", "灯油", "kerosene", "paraffin oil"]),
    fuel(
        "Diesel (average biofuel blend)",
        "柴油（英国平均生物柴油掺混）",
        "fuel.oil.diesel",
        &["UK forecourt diesel", "英国加油站柴油"],
    ),
    fuel(
        "Diesel (100% mineral diesel)",
        "柴油（100%化石）",
        "fuel.oil.diesel",
        &["柴油", "0号柴油", "0#柴油", "车用柴油", "diesel", "diesel oil", "diesel fuel", "DERV"],
    ),
    fuel("Fuel oil", "燃料油", "fuel.oil.heavy", &["重油", "heavy fuel oil", "HFO"]),
    fuel("Gas oil", "瓦斯油（非道路柴油）", "fuel.oil.gas-oil", &["瓦斯油", "red diesel", "非道路柴油"]),
    fuel("Lubricants", "润滑油（燃烧）", "fuel.oil.lubricant", &["润滑油燃烧", "lubricants burnt"]),
    fuel("Naphtha", "石脑油", "fuel.oil.naphtha", &["naphtha"]),
    fuel(
        "Petrol (average biofuel blend)",
        "汽油（英国平均乙醇掺混）",
        "fuel.oil.petrol",
        &["UK forecourt petrol", "英国加油站汽油"],
    ),
    fuel(
        "Petrol (100% mineral petrol)",
        "汽油（100%化石）",
        "fuel.oil.petrol",
        &["汽油", "92号汽油", "95号汽油", "92#汽油", "95#汽油", "petrol", "gasoline", "motor gasoline"],
    ),
    fuel("Processed fuel oils - residual oil", "加工燃料油：渣油", "fuel.oil.processed-residual", &["渣油"]),
    fuel("Processed fuel oils - distillate oil", "加工燃料油：馏分油", "fuel.oil.processed-distillate", &["馏分油"]),
    fuel("Refinery miscellaneous", "炼厂其他油品", "fuel.oil.refinery", &[]),
    fuel("Waste oils", "废油", "fuel.oil.waste", &["废油燃烧", "waste oil"]),
    fuel("Marine gas oil", "船用柴油", "fuel.oil.marine-gas-oil", &["船用轻柴油", "MGO"]),
    fuel("Marine fuel oil", "船用燃料油", "fuel.oil.marine-heavy", &["船用重油", "MFO", "bunker fuel"]),
    fuel(
        "Coal (industrial)",
        "煤（工业用）",
        "fuel.coal.industrial",
        &["煤", "煤炭", "原煤", "燃煤", "烟煤", "工业用煤", "coal", "industrial coal", "raw coal", "steam coal"],
    ),
    fuel(
        "Coal (electricity generation)",
        "煤（发电用）",
        "fuel.coal.power",
        &["电煤", "发电用煤", "power station coal"],
    ),
    fuel("Coal (domestic)", "煤（民用）", "fuel.coal.domestic", &["民用煤", "生活用煤", "house coal"]),
    fuel("Coking coal", "炼焦煤", "fuel.coal.coking", &["焦煤", "炼焦用煤"]),
    fuel("Petroleum coke", "石油焦", "fuel.oil.petroleum-coke", &["petcoke", "pet coke"]),
    fuel("Coal (electricity generation - home produced coal only)", "煤（发电用，仅英国产）", "fuel.coal.power", &[]),
];

/// Combustion rows with their companions, each followed later by the well-to-tank rows.
pub(super) fn rows(entries: &[Entry]) -> Outcome<Vec<FactorRow>> {
    let of = |sheet: &str| entries.iter().filter(|entry| entry.key.sheet == sheet).collect::<Vec<_>>();
    let (burnt, upstream) = (of("Fuels"), of("WTT- fuels"));
    let mut rows = Vec::new();
    for entry in &burnt {
        let mut row = fuel_row(entry, "fuels", FactorKind::FuelCombustion, "combustion")?;
        let companion = upstream.iter().find(|other| {
            (&other.key.level1, &other.key.level2, &other.key.unit)
                == (&entry.key.level1, &entry.key.level2, &entry.key.unit)
        });
        if let Some(other) = companion {
            row.companions = vec![format!("{TABLE}/{}", path(other, "wtt-fuels")?)];
        }
        row.properties = properties(entry, &burnt)?;
        rows.push(row);
    }
    for entry in &upstream {
        rows.push(fuel_row(entry, "wtt-fuels", FactorKind::FuelUpstream, "well-to-tank")?);
    }
    Ok(rows)
}

fn path(entry: &Entry, group: &str) -> Outcome<String> {
    Ok(format!("{group}/{}/{}", slug(&entry.key.level2), unit(&entry.key)?.1))
}

fn fuel_row(entry: &Entry, group: &str, kind: FactorKind, boundary: &str) -> Outcome<FactorRow> {
    let name = entry.key.level2.as_str();
    let fuel = FUELS
        .iter()
        .find(|fuel| fuel.source == name)
        .ok_or_else(|| format!("uk_desnz: the fuel \"{name}\" has no Chinese name yet"))?;
    let own = fuel.name_en.unwrap_or(fuel.source);
    let upstream = kind == FactorKind::FuelUpstream;
    let say = Say {
        id: path(entry, group)?,
        name_en: if upstream { format!("{own}, well-to-tank") } else { own.into() },
        name_zh: if upstream { format!("{}：上游（从井到罐）", fuel.name_zh) } else { fuel.name_zh.into() },
        class: fuel.class.into(),
        kind,
        unit: unit(&entry.key)?.0,
        boundary,
    };
    let mut row = row(entry, say)?;
    if !upstream {
        row.synonyms = owned(fuel.synonyms);
    }
    Ok(row)
}

/// Density and heating values as ratios of the fuel's own rows: each row is the same fuel per another unit.
fn properties(entry: &Entry, burnt: &[&Entry]) -> Outcome<Option<RowProperties>> {
    let per = |unit: &str| -> Outcome<Option<f64>> {
        burnt
            .iter()
            .find(|other| other.key.level2 == entry.key.level2 && other.key.unit == unit)
            .map(|other| other.value())
            .transpose()
    };
    let Some(tonne) = per("tonnes")? else { return Ok(None) };
    let per_kg = tonne / 1000.0;
    let cubic_metre = per("cubic metres")?.or(per("litres")?.map(|litre| litre * 1000.0));
    let heating = |kwh: Option<f64>| kwh.map(|kwh| four_digits(per_kg / kwh * 3.6)).transpose();
    Ok(Some(RowProperties {
        density: cubic_metre.map(|value| four_digits(value / per_kg)).transpose()?,
        lower_heating_value: heating(per("kWh (Net CV)")?)?,
        higher_heating_value: heating(per("kWh (Gross CV)")?)?,
        source: "ratio of this table's rows per tonne, per litre or m3 and per kWh, to four digits".into(),
        ..RowProperties::default()
    }))
}

/// Rounded to four significant digits: the rows per kWh have no more.
fn four_digits(value: f64) -> Outcome<Finite> {
    Ok(Finite::new(format!("{value:.3e}").parse()?)?)
}
