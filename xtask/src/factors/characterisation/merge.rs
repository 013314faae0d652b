//! Two copies of the IPCC's tables become one list of values per report, with every disagreement kept.

use super::super::row::{finite, read as read_csv};
use super::gas::{Gases, Named, rank};
use super::{EPA, OPEN};
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::impact::{Disagreement, GasRow, Kind};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EpaLine {
    #[serde(rename = "AR")]
    report: String,
    name: String,
    #[serde(rename = "CAS")]
    cas: String,
    acronym: String,
    formula: String,
    parameter: String,
    value: String,
}

#[derive(Deserialize)]
struct OpenLine {
    #[serde(rename = "Species")]
    species: String,
    #[serde(rename = "AR4GWP100")]
    ar4: String,
    #[serde(rename = "AR5GWP100")]
    ar5: String,
    #[serde(rename = "AR5CCFGWP100")]
    ar5_feedback: String,
    #[serde(rename = "AR6GWP100")]
    ar6: String,
    #[serde(rename = "AR6GWP20")]
    ar6_of_20_years: String,
}

/// A time horizon of the tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Horizon {
    /// 20 years. The second copy has it of AR6 alone.
    Twenty,
    /// 100 years.
    Hundred,
}

impl Horizon {
    /// How many years.
    pub(super) fn years(self) -> u16 {
        match self {
            Self::Twenty => 20,
            Self::Hundred => 100,
        }
    }

    /// The values that the second copy has, by report.
    fn of_open(self, line: &OpenLine) -> Vec<(&'static str, &str)> {
        let values = match self {
            Self::Twenty => vec![("AR6", &line.ar6_of_20_years)],
            Self::Hundred => {
                vec![("AR4", &line.ar4), ("AR5", &line.ar5), ("AR5 feedback", &line.ar5_feedback), ("AR6", &line.ar6)]
            }
        };
        values
            .into_iter()
            .map(|(report, value)| (report, value.as_str()))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

/// The values of a report by rank of the gas and by kind.
type Values = BTreeMap<((usize, String), Option<Kind>), GasRow>;

/// The values of all reports.
pub(super) struct Merged {
    reports: BTreeMap<&'static str, Values>,
}

/// Full name and CAS number of a gas, where a copy gives them.
type Identity = (Option<String>, Option<String>);

impl Merged {
    /// The values of a report, common gases first.
    pub(super) fn report(&self, name: &str) -> Vec<GasRow> {
        self.reports.get(name).map(|rows| rows.values().cloned().collect()).unwrap_or_default()
    }

    /// Takes a value in. A second, different value for the same gas is a disagreement, never a replacement.
    fn add(&mut self, report: &'static str, gas: String, kind: Option<Kind>, value: &str, from: &str) -> Outcome<()> {
        let gwp = finite(value)?;
        let rows = self.reports.entry(report).or_default();
        match rows.get_mut(&(rank(&gas), kind)) {
            Some(row) if row.gwp == gwp => {}
            Some(row) => row.disagreements.push(Disagreement { gwp, source: from.into() }),
            None => {
                let source = (report != "AR5 feedback" && from == OPEN).then(|| from.to_string());
                let row = GasRow { gas: gas.clone(), kind, gwp, name: None, cas: None, source, disagreements: vec![] };
                rows.insert((rank(&gas), kind), row);
            }
        }
        Ok(())
    }
}

/// Reads both copies for a time horizon.
pub(super) fn read(folder: &Path, horizon: Horizon) -> Outcome<Merged> {
    let parameter = format!("GWP{}", horizon.years());
    let epa: Vec<EpaLine> = read_csv(&folder.join("usepa_lciaformatter_ipcc_gwp_ar4_ar5_ar6.csv"))?;
    let open: Vec<OpenLine> = read_csv(&folder.join("globalwarmingpotentials_0.13.2_cc0.csv"))?;
    let mut gases = Gases::default();
    let mut identities: BTreeMap<String, Identity> = BTreeMap::new();
    let mut merged = Merged { reports: BTreeMap::new() };
    // The newest report names gases best, so it comes first. Lines with the formula 0 are headings of sections.
    for report in ["AR6", "AR5", "AR4"] {
        let lines = epa.iter().filter(|line| line.report == report && line.parameter == parameter);
        for line in lines.filter(|line| line.formula != "0") {
            let given = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty() && text != "(no data)");
            let acronym = given(&line.acronym).unwrap_or_default();
            let by_formula = report != "AR6";
            let named = Named { acronym: &acronym, name: &line.name, formula: &line.formula, by_formula };
            let id = gases.id(named);
            // A question mark is a letter that the copy lost.
            let full = given(&line.name).filter(|name| *name != id && !name.contains('?'));
            let identity = identities.entry(id.clone()).or_default();
            identity.0 = identity.0.take().or(full);
            identity.1 = identity.1.take().or(given(&line.cas));
            let kind = (line.name == "Fossil methane").then_some(Kind::Fossil);
            let again = merged.reports.get(report).is_some_and(|rows| rows.contains_key(&(rank(&id), kind)));
            let from = if again { format!("listed a second time as \"{}\", {EPA}", line.name) } else { EPA.into() };
            merged.add(report, id, kind, &line.value, &from)?;
        }
    }
    if horizon == Horizon::Hundred {
        merged.add("AR5 feedback", "CO2".into(), None, "1", "by definition")?;
    }
    for line in &open {
        for (report, value) in horizon.of_open(line) {
            let id = gases.find(&line.species).ok_or_else(|| format!("{} is not known", line.species))?;
            merged.add(report, id, None, value, OPEN)?;
        }
    }
    for row in merged.reports.values_mut().flat_map(BTreeMap::values_mut) {
        if let Some((name, cas)) = identities.get(&row.gas) {
            (row.name, row.cas) = (name.clone(), cas.clone());
        }
    }
    Ok(merged)
}
