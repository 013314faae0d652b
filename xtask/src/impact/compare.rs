//! Two results of one product against each other, row by row.

use std::collections::BTreeMap;
use zuji_core::footprint::Footprint;
use zuji_core::math::{plain, significant};

/// What tells a row of a result from the others: place, name, role, module, and its number among its like.
type Key = (String, String, usize);

/// A row of a result.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    /// kg CO2e; none where it is missing or lies outside the total.
    amount: Option<f64>,
    /// The factors with their values per unit, as characterised.
    factors: Vec<(String, String)>,
    /// Units of the factors per row.
    units: Vec<String>,
}

/// A result as far as it is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Result {
    total: Option<(String, f64)>,
    rows: BTreeMap<Key, Row>,
}

/// What moved.
#[derive(Debug)]
pub(super) struct Moved {
    /// The totals as published; none where there is no result.
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// After less before, kg CO2e.
    total: Option<f64>,
    /// Percent of before.
    percent: Option<f64>,
    /// The rows that moved, the largest first.
    pub(super) rows: Vec<MovedRow>,
}

/// A row that moved.
#[derive(Debug)]
pub(super) struct MovedRow {
    pub(super) line: String,
    pub(super) why: String,
    /// What it adds to the difference of the totals, kg CO2e.
    pub(super) contribution: f64,
}

impl Result {
    /// A footprint as far as it is compared.
    pub(super) fn of(footprint: &Footprint) -> Self {
        let mut rows = BTreeMap::new();
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for index in 0..footprint.activities.entries.len() {
            let trace = footprint.trace(index);
            let name = (trace.place.to_string(), format!("{} [{:?} {}]", trace.name, trace.role, trace.module));
            let number = seen.entry(name.clone()).or_default();
            *number += 1;
            let factor = |input: &zuji_core::footprint::TraceInput| {
                let id = footprint.library.factors.get(input.factor).row.id.clone();
                (id, input.value.map_or_else(|| "–".into(), plain))
            };
            let row = Row {
                amount: trace.counted.then(|| trace.total.to_f64()),
                factors: trace.inputs.iter().map(factor).collect(),
                units: trace.inputs.iter().map(|input| significant(input.amount, 12)).collect(),
            };
            rows.insert((name.0, name.1, *number), row);
        }
        let total = footprint.total();
        Self { total: Some((total.to_string(), total.to_f64())), rows }
    }
}

impl Moved {
    /// What moved between two results; nothing where they are the same.
    pub(super) fn between(before: &Result, after: &Result) -> Option<Self> {
        if before == after {
            return None;
        }
        let keys: std::collections::BTreeSet<&Key> = before.rows.keys().chain(after.rows.keys()).collect();
        let mut rows: Vec<MovedRow> = keys
            .into_iter()
            .filter(|key| before.rows.get(*key) != after.rows.get(*key))
            .map(|key| {
                let (old, new) = (before.rows.get(key), after.rows.get(key));
                let amount = |row: Option<&Row>| row.and_then(|row| row.amount).unwrap_or(0.0);
                let contribution = amount(new) - amount(old);
                MovedRow { line: format!("{} {}", key.0, key.1), why: why(old, new), contribution }
            })
            .collect();
        rows.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        let numbers = before.total.as_ref().zip(after.total.as_ref()).map(|(old, new)| (old.1, new.1));
        Some(Self {
            before: before.total.as_ref().map(|(text, _)| text.clone()),
            after: after.total.as_ref().map(|(text, _)| text.clone()),
            total: numbers.map(|(old, new)| new - old),
            percent: numbers.filter(|(old, _)| *old != 0.0).map(|(old, new)| (new - old) / old.abs() * 100.0),
            rows,
        })
    }

    /// The difference of the totals in words.
    pub(super) fn difference(&self) -> String {
        match (self.total, self.percent) {
            (Some(total), Some(percent)) => format!("{}, {} %", signed(total), signed(percent)),
            (Some(total), None) => signed(total),
            (None, _) => "cannot be compared".into(),
        }
    }

    /// After less before, kg CO2e.
    #[cfg(test)]
    pub(super) fn total(&self) -> Option<f64> {
        self.total
    }
}

/// Why a row moved: it counts or not, another factor was chosen, a factor has another value, units convert otherwise.
fn why(old: Option<&Row>, new: Option<&Row>) -> String {
    let (Some(old), Some(new)) = (old, new) else {
        return if old.is_none() { "a new row".into() } else { "no row any more".into() };
    };
    let ids = |row: &Row| row.factors.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" + ");
    let mut reasons = Vec::new();
    match (old.amount, new.amount) {
        (None, Some(_)) => reasons.push("it is counted now".to_string()),
        (Some(_), None) => reasons.push("it is not counted any more".to_string()),
        _ => {}
    }
    if ids(old) != ids(new) {
        let name = |row: &Row| if row.factors.is_empty() { "no factor".into() } else { ids(row) };
        reasons.push(format!("{} → {}", name(old), name(new)));
    } else {
        for ((id, before), (_, after)) in old.factors.iter().zip(&new.factors) {
            if before != after {
                reasons.push(format!("{id} {before} → {after}"));
            }
        }
        if old.units != new.units {
            reasons.push(format!("units of the factor {} → {}", old.units.join(", "), new.units.join(", ")));
        }
    }
    if reasons.is_empty() { "a rule or a rounding".into() } else { reasons.join("; ") }
}

/// A figure with its sign.
pub(super) fn signed(value: f64) -> String {
    format!("{}{}", if value > 0.0 { "+" } else { "" }, significant(value, 6))
}
