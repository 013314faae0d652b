//! The raw table: one entry per activity and unit, with the gases beside the CO2e.

use super::super::row::{finite, read};
use super::SET;
use crate::Outcome;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::factor::{Emission, FactorRow, Published};
use zuji_core::impact::Kind;

#[derive(Deserialize)]
struct Line {
    sheet: String,
    level1: String,
    level2: String,
    level3: String,
    column_group: String,
    unit: String,
    gas_kgco2e_of: String,
    value: String,
}

/// Where an entry stands in the workbook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) sheet: String,
    pub(super) level1: String,
    pub(super) level2: String,
    pub(super) level3: String,
    pub(super) group: String,
    pub(super) unit: String,
}

/// One activity in one unit.
pub(super) struct Entry {
    pub(super) key: Key,
    /// kg CO2e per unit as the source prints it.
    pub(super) co2e: String,
    /// kg CO2e per unit of each gas, where the source splits it.
    gases: Vec<(String, String)>,
}

/// Digits after the point in the workbook's values.
const DIGITS: f64 = 1e5;

/// The workbook's entries in its order.
pub(super) fn entries(folder: &Path) -> Outcome<Vec<Entry>> {
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut entries: Vec<(Key, Vec<(String, String)>)> = Vec::new();
    for line in read::<Line>(&folder.join("desnz_2024_v1.1_tidy.csv"))? {
        let key = Key {
            sheet: line.sheet,
            level1: line.level1,
            level2: line.level2,
            level3: line.level3,
            group: line.column_group,
            unit: line.unit,
        };
        let place = *places.entry(key.clone()).or_insert(entries.len());
        if place == entries.len() {
            entries.push((key, Vec::new()));
        }
        entries[place].1.push((line.gas_kgco2e_of, line.value));
    }
    let entry = |(key, mut values): (Key, Vec<(String, String)>)| {
        let total = values.iter().position(|(gas, _)| gas == "CO2e")?;
        let (_, co2e) = values.remove(total);
        Some(Entry { key, co2e, gases: values })
    };
    Ok(entries.into_iter().filter_map(entry).collect())
}

impl Entry {
    /// CO2e per unit.
    pub(super) fn value(&self) -> Outcome<f64> {
        Ok(finite(&self.co2e)?.get())
    }

    /// The sum of the gases less the CO2e, in the last digit that the source prints; `None` without a split.
    pub(super) fn gap(&self) -> Outcome<Option<i64>> {
        if self.gases.is_empty() {
            return Ok(None);
        }
        let digits = |text: &str| -> Outcome<i64> { Ok((finite(text)?.get() * DIGITS).round() as i64) };
        let mut sum = 0;
        for (_, value) in &self.gases {
            sum += digits(value)?;
        }
        Ok(Some(sum - digits(&self.co2e)?))
    }

    /// Writes the amounts into a row: by gas with the source's own CO2e beside them where it splits, else as CO2e. The
    /// gases of a row must sum to its CO2e in every printed digit; they do in the whole workbook.
    pub(super) fn fill(&self, row: &mut FactorRow) -> Outcome<()> {
        row.gwp = Some(SET.into());
        let Some(gap) = self.gap()? else {
            row.co2e = Some(finite(&self.co2e)?);
            return Ok(());
        };
        if gap != 0 {
            return Err(format!("{}: the gases are {gap}e-5 off the CO2e", row.id).into());
        }
        for gas in ["CO2", "CH4", "N2O"] {
            let found = self.gases.iter().find(|(name, _)| name == gas);
            let (_, value) = found.ok_or_else(|| format!("{}: no {gas}", row.id))?;
            row.emissions.push(Emission { gas: gas.into(), kind: Kind::Fossil, kg: None, co2e: Some(finite(value)?) });
        }
        row.published = Some(Published { co2e: finite(&self.co2e)?, gwp: SET.into() });
        Ok(())
    }
}

/// Adds a sentence to the row's note.
pub(super) fn note(row: &mut FactorRow, sentence: &str) {
    row.note = Some(match row.note.take() {
        Some(before) => format!("{before} {sentence}"),
        None => sentence.to_string(),
    });
}
