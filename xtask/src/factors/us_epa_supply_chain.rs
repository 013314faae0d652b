//! US EPA supply chain factors per dollar: one row per commodity, by gas, with the source's own CO2e beside it.
//!
//! They are the emissions of money, not of a thing: kind `spend`, which no line may use.

use super::row::{Essentials, bare, finite, read};
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::factor::{Emission, FactorKind, FactorRow, FactorsDocument, Period, Published, TableHead};
use zuji_core::impact::{Kind, UNSPLIT};

const TABLE: &str = "us-epa-supply-chain-1.3";
/// The model's indicator is AR5 with 100 years, and all its methane weighs 28.
const SET: &str = "AR5-GWP100@unfccc";
const UNIT: &str = "USD2022";

/// One line of either file.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "2017 NAICS Code")]
    naics: String,
    #[serde(rename = "2017 NAICS Title")]
    title: String,
    #[serde(rename = "GHG")]
    gas: String,
    #[serde(rename = "Unit")]
    unit: String,
    #[serde(rename = "Supply Chain Emission Factors with Margins")]
    value: String,
    #[serde(rename = "Reference USEEIO Code")]
    useeio: String,
}

#[derive(Deserialize)]
struct Name {
    naics: String,
    name_zh: String,
}

/// Name in the file and in the sets, in the order of a row.
const GASES: [(&str, &str); 18] = [
    ("Carbon dioxide", "CO2"),
    ("Methane", "CH4"),
    ("Nitrous oxide", "N2O"),
    ("Sulfur hexafluoride", "SF6"),
    ("Nitrogen trifluoride", "NF3"),
    ("HFC-125", "HFC-125"),
    ("HFC-134a", "HFC-134a"),
    ("HFC-143a", "HFC-143a"),
    ("HFC-23", "HFC-23"),
    ("HFC-236fa", "HFC-236fa"),
    ("HFC-32", "HFC-32"),
    ("Carbon tetrafluoride", "PFC-14"),
    ("Hexafluoroethane", "PFC-116"),
    ("Perfluoropropane", "PFC-218"),
    ("Perfluorobutane", "PFC-31-10"),
    ("Perfluorohexane", "PFC-51-14"),
    ("Perfluorocyclobutane", "PFC-C-318"),
    ("HFCs and PFCs, unspecified", UNSPLIT),
];

/// Class of a sector by the first two digits of its code.
const SECTORS: &[(&str, &str)] = &[
    ("11", "agriculture"),
    ("21", "mining"),
    ("22", "utilities"),
    ("23", "construction"),
    ("31", "manufacturing"),
    ("32", "manufacturing"),
    ("33", "manufacturing"),
    ("42", "wholesale"),
    ("44", "retail"),
    ("45", "retail"),
    ("48", "transport"),
    ("49", "transport"),
    ("51", "information"),
    ("52", "finance"),
    ("53", "real-estate"),
    ("54", "professional"),
    ("55", "management"),
    ("56", "administrative"),
    ("61", "education"),
    ("62", "health"),
    ("71", "arts"),
    ("72", "hospitality"),
    ("81", "other-services"),
];

/// The whole table in the order of the CO2e file.
pub(crate) fn table(folder: &Path) -> Outcome<FactorsDocument> {
    let file = |name: &str| folder.join(format!("SupplyChainGHGEmissionFactors_v1.3.0_NAICS_{name}_USD2022.csv"));
    let totals: Vec<Line> = read(&file("CO2e"))?;
    let mut gases: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in read::<Line>(&file("byGHG"))? {
        gases.entry(line.naics.clone()).or_default().push(line);
    }
    let names: BTreeMap<String, String> =
        read::<Name>(&folder.join("names_zh.csv"))?.into_iter().map(|name| (name.naics, name.name_zh)).collect();
    if totals.len() != names.len() || totals.len() != gases.len() {
        return Err("us_epa_supply_chain: the files do not hold the same commodities".into());
    }
    let rows = totals.iter().map(|total| row(total, &gases, &names)).collect::<Outcome<Vec<FactorRow>>>()?;
    Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(), rows })
}

fn head() -> TableHead {
    let left_out = [
        "columns \"without Margins\" (1,016 values, and 18,288 by gas): from cradle to the point of production, while the \
         unit of both files is the purchaser's price",
        "columns \"Margins\": the difference of the two",
    ];
    TableHead {
        id: TABLE.into(),
        version: "1.3.0 (USEEIO v2.2.22-GHG)".into(),
        name_en: "US EPA supply chain greenhouse gas emission factors per dollar, v1.3.0".into(),
        name_zh: "美国环保署供应链温室气体排放因子（按支出，v1.3.0）".into(),
        source: "US Environmental Protection Agency, Supply Chain Greenhouse Gas Emission Factors v1.3 by NAICS-6, 2022 \
                 USD, files CO2e and byGHG"
            .into(),
        licence: "work of the US government, public domain in the US; repository MIT".into(),
        attribution: Some("US EPA, Supply Chain GHG Emission Factors v1.3.0".into()),
        note: Some(
            "Emissions per US dollar of 2022 at purchaser's price, from cradle to the point of sale (with margins). Averages \
             of the US economy for screening: never matched by themselves, never scored, and no line may use them. Many \
             commodities share the figures of one sector of the model, whose code stands in `source`. Kinds of carbon are \
             not told apart by the source. `CO2e` among the gases is its bucket of unspecified HFCs and PFCs, which it \
             gives in CO2e. `published` is its own total; the gases sum to it under AR5 with CH4 28, within its rounding."
                .into(),
        ),
        left_out: super::row::owned(&left_out),
        closed: false,
    }
}

fn row(total: &Line, gases: &BTreeMap<String, Vec<Line>>, names: &BTreeMap<String, String>) -> Outcome<FactorRow> {
    let (naics, title) = (total.naics.as_str(), total.title.trim());
    if total.unit != "kg CO2e/2022 USD, purchaser price" {
        return Err(format!("us_epa_supply_chain: {naics} is in \"{}\"", total.unit).into());
    }
    let of = |list: &[(&str, &'static str)], key: &str| list.iter().find(|(known, _)| *known == key).map(|(_, to)| *to);
    let sector = naics.get(..2).and_then(|start| of(SECTORS, start));
    let sector = sector.ok_or_else(|| format!("us_epa_supply_chain: no sector for {naics}"))?;
    let name_zh = names.get(naics).ok_or_else(|| format!("us_epa_supply_chain: {naics} has no Chinese name"))?;
    let mut row = bare(Essentials {
        id: format!("{TABLE}/{naics}"),
        name_en: title.into(),
        name_zh: name_zh.clone(),
        class: format!("spend.{sector}"),
        kind: FactorKind::Spend,
        unit: UNIT,
        geography: "US",
        period: Period::Years(2022, 2022),
        boundary: "cradle-to-purchaser",
        source: format!("NAICS {naics}, USEEIO {}", total.useeio),
    });
    row.codes = vec![format!("NAICS {naics}")];
    row.quality.label = Some("screening".into());
    row.quality.evidence = Some("primary".into());
    row.gwp = Some(SET.into());
    row.published = Some(Published { co2e: finite(&total.value)?, gwp: SET.into() });
    let lines = gases.get(naics).map_or(&[][..], Vec::as_slice);
    if lines.len() != GASES.len() {
        return Err(format!("us_epa_supply_chain: {naics} has {} gases", lines.len()).into());
    }
    for (name, gas) in GASES {
        let line = lines.iter().find(|line| line.gas == name).ok_or_else(|| format!("{naics}: no {name}"))?;
        let value = Some(finite(&line.value)?);
        let (unit, kg, co2e) = if gas == UNSPLIT { ("kg CO2e", None, value) } else { ("kg", value, None) };
        if line.unit != format!("{unit}/2022 USD, purchaser price") || line.useeio != total.useeio {
            return Err(format!("us_epa_supply_chain: {naics}, {name}: \"{}\", {}", line.unit, line.useeio).into());
        }
        row.emissions.push(Emission { gas: gas.into(), kind: Kind::Unspecified, kg, co2e });
    }
    Ok(row)
}
