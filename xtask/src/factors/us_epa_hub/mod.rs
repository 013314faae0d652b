//! US EPA GHG Emission Factors Hub 2024: combustion, vehicles, electricity, steam, freight and waste.

mod freight;
mod mobile;
mod power;
mod stationary;
mod waste;

use super::row::{Origin, Say, scaled};
use crate::Outcome;
use std::path::Path;
use zuji_core::factor::{Emission, FactorRow, FactorsDocument, Period, TableHead};
use zuji_core::impact::Kind;

const TABLE: &str = "us-epa-hub-2024";
/// The hub's own list of gases: CH4 28, N2O 265.
const SET: &str = "AR5-GWP100@unfccc";
const ORIGIN: Origin =
    Origin { table: TABLE, geography: "US", period: Period::Years(2024, 2024), evidence: "secondary" };
const HUB: &str = "US EPA GHG Emission Factors Hub 2024";

/// The whole table in the order of the hub.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let mut rows = stationary::rows(folder)?;
    rows.extend(mobile::rows(folder)?);
    rows.extend(power::rows(folder)?);
    rows.extend(freight::rows(folder)?);
    rows.extend(waste::rows(folder)?);
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn head() -> TableHead {
    let left_out = [
        "mobile combustion, CO2 per fuel (10 values): joined with the CH4 and N2O of the same fuel per gallon; biodiesel, \
         ethanol, CNG and LNG have CH4 and N2O per vehicle-mile only and are left out, as a row without them would be low",
        "mobile combustion, on-road gasoline (208 values) and on-road diesel and alternative fuels (212 values): CH4 and N2O \
         per vehicle-mile by model year, without the CO2 of that mile",
        "electricity, non-baseload (28 values): for what a saving avoids, not for what a use emits",
        "business travel and commuting (12 values): passengers are not part of a product's bill of materials",
        "global warming potentials (32 gases) and refrigerant blends (30): characterisation factors, not activities",
        "waste: 183 empty cells, methods that do not treat a material",
    ];
    TableHead {
        id: TABLE.into(),
        version: "2024".into(),
        name_en: "US EPA greenhouse gas emission factors hub 2024".into(),
        name_zh: "美国环保署温室气体排放因子汇编（2024年）".into(),
        source: format!("{HUB} (Center for Corporate Climate Leadership), epa.gov, read as CSV"),
        licence: "work of the US government, public domain in the US; CSV conversion MIT-0".into(),
        attribution: Some("US EPA, GHG Emission Factors Hub 2024".into()),
        note: Some(
            "For the United States. Gases are in kg of each gas; waste is CO2e of AR5 (the hub's list of gases has CH4 28, \
             N2O 265). Heat contents are higher heating values. Combustion, steam and freight are one half: the hub has no \
             upstream rows, so a line that uses them is a gap. Electricity is what power stations emit per kWh that leaves \
             them, never a footprint. CO2 of biomass is biogenic, of waste and tyres not told apart; peat is counted as \
             fossil, as national inventories count it. Cubic feet are standard cubic feet whose reference state the hub \
             does not give. Waste rows hold collection, treatment and what the waste gives off, without credits."
                .into(),
        ),
        left_out: super::row::owned(&left_out),
        closed: false,
    }
}

/// A row that was read in a file of the hub.
fn row(file: &str, say: Say) -> FactorRow {
    let mut row = ORIGIN.row(format!("{HUB}, {file}"), say);
    row.quality.label = Some("good".into());
    row
}

/// CO2 in kg, CH4 and N2O in g, as most tables of the hub give them.
fn gases(co2: &str, ch4: &str, n2o: &str, kind: Kind) -> Outcome<Vec<Emission>> {
    let gas = |gas: &str, text: &str, power| -> Outcome<Emission> {
        Ok(Emission { gas: gas.into(), kind, kg: Some(scaled(text, 1, power)?), co2e: None })
    };
    Ok(vec![gas("CO2", co2, 0)?, gas("CH4", ch4, -3)?, gas("N2O", n2o, -3)?])
}
