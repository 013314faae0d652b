//! Fuel in machines off the road, per US gallon: the CO2 of the fuel joined with the CH4 and N2O of the machine.

use super::super::row::{Say, read, slug};
use super::{gases, row};
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow};
use zuji_core::impact::Kind;

#[derive(Deserialize)]
struct Carbon {
    #[serde(rename = "Fuel Type")]
    fuel: String,
    #[serde(rename = "kg CO2 per unit")]
    co2: String,
    #[serde(rename = "Unit")]
    unit: String,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "Vehicle Type")]
    machine: String,
    #[serde(rename = "Fuel Type")]
    fuel: String,
    #[serde(rename = "CH4 Factor (g CH4 / gallon)")]
    ch4: String,
    #[serde(rename = "N2O Factor (g N2O / gallon)")]
    n2o: String,
}

const MACHINES: &[(&str, &str)] = &[
    ("Ships and Boats", "船舶"),
    ("Locomotives", "机车"),
    ("Aircraft", "飞机"),
    ("Agricultural Equipment", "农业设备"),
    ("Construction/Mining Equipment", "建筑和采矿设备"),
    ("Lawn and Garden Equipment", "草坪园艺设备"),
    ("Airport Equipment", "机场设备"),
    ("Industrial/Commercial Equipment", "工商业设备"),
    ("Logging Equipment", "采伐设备"),
    ("Railroad Equipment", "铁路设备"),
    ("Recreational Equipment", "休闲设备"),
];

/// Fuel of a machine, Chinese name, the fuel whose CO2 it has, class.
const FUELS: &[(&str, &str, &str, &str)] = &[
    ("Residual Fuel Oil", "残渣燃料油", "Residual Fuel Oil", "fuel.oil.heavy"),
    ("Gasoline (2 stroke)", "汽油（二冲程）", "Motor Gasoline", "fuel.oil.petrol"),
    ("Gasoline (4 stroke)", "汽油（四冲程）", "Motor Gasoline", "fuel.oil.petrol"),
    ("Gasoline Off-Road Trucks", "汽油（非道路卡车）", "Motor Gasoline", "fuel.oil.petrol"),
    ("Gasoline", "汽油", "Motor Gasoline", "fuel.oil.petrol"),
    ("Diesel", "柴油", "Diesel Fuel", "fuel.oil.diesel"),
    ("Diesel Equipment", "柴油（设备）", "Diesel Fuel", "fuel.oil.diesel"),
    ("Diesel Off-Road Trucks", "柴油（非道路卡车）", "Diesel Fuel", "fuel.oil.diesel"),
    ("Jet Fuel", "航空煤油", "Kerosene-Type Jet Fuel", "fuel.oil.jet"),
    ("Aviation Gasoline", "航空汽油", "Aviation Gasoline", "fuel.oil.aviation-spirit"),
    ("LPG", "液化石油气", "Liquefied Petroleum Gases (LPG)", "fuel.gas.lpg"),
];

/// Each machine with its fuel.
pub(super) fn rows(folder: &Path) -> Outcome<Vec<FactorRow>> {
    let carbon: Vec<Carbon> = read(&folder.join("mobile-combustion-co2.csv"))?;
    let lines: Vec<Line> = read(&folder.join("mobile-combustion-ch4-and-n2O-for-non-road-vehicles.csv"))?;
    lines.iter().map(|line| machine(line, &carbon)).collect()
}

fn machine(line: &Line, carbon: &[Carbon]) -> Outcome<FactorRow> {
    let unknown = || format!("us_epa_hub: \"{}\" with \"{}\" has no Chinese name yet", line.machine, line.fuel);
    let (_, machine_zh) = MACHINES.iter().find(|(name, _)| *name == line.machine).ok_or_else(unknown)?;
    let (_, fuel_zh, of, class) = FUELS.iter().find(|(name, ..)| *name == line.fuel).ok_or_else(unknown)?;
    let co2 = carbon.iter().find(|row| row.fuel == *of && row.unit == "gallon").ok_or_else(unknown)?;
    let mut row = row(
        "mobile-combustion-co2.csv and mobile-combustion-ch4-and-n2O-for-non-road-vehicles.csv",
        Say {
            id: format!("mobile/{}/{}/gal", slug(&line.machine), slug(&line.fuel)),
            name_en: format!("{} in {} (US)", line.fuel, line.machine.to_lowercase()),
            name_zh: format!("{fuel_zh}，用于{machine_zh}（美国）"),
            class: (*class).into(),
            kind: FactorKind::FuelCombustion,
            unit: "US gal",
            boundary: "combustion",
        },
    );
    row.emissions = gases(&co2.co2, &line.ch4, &line.n2o, Kind::Fossil)?;
    Ok(row)
}
