//! What is known, what is missing, and how much that may be.

use super::cells::{Amounts, Cells, LARGEST, Standing};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, catalogue};
use crate::math::{Sum, significant};
use crate::matrix::{Columns, System};
use crate::product::{Bill, NodeIndex, RecipeState, Role};
use serde::Serialize;

/// Whether everything in the boundary is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CoverageStatus {
    /// Nothing is missing.
    Complete,
    /// Something is.
    Incomplete,
}

/// One thing that is missing.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    /// The user's name of the line.
    pub name: String,
    /// What of it: the material, its transport, its end of life.
    pub role: Role,
    /// The module.
    pub module: &'static str,
    /// The amount as far as it is known, with its unit.
    pub amount: Option<String>,
    /// The finding that explains it.
    pub reason: &'static str,
    /// Whether it waits for an answer rather than for data.
    pub undecided: bool,
    /// A conservative estimate, kg CO2e, where one is possible.
    pub estimate: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// Coverage of a result.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// Complete or not.
    pub status: CoverageStatus,
    /// Σ|known| ÷ (Σ|known| + conservative estimate of the missing), in percent; null where no estimate is possible.
    pub share: Option<String>,
    /// Share of activities that are known, in percent.
    pub rows: String,
    /// Share of mass that is known, in percent; null where a missing line has no mass.
    pub mass: Option<String>,
    /// Everything that is missing.
    pub missing: Vec<Missing>,
    /// kg CO2e that the missing may be; `None` where no estimate is possible.
    #[serde(skip)]
    pub estimate: Option<f64>,
    /// How many activities count or lie outside.
    #[serde(skip)]
    pub counted: usize,
}

impl Coverage {
    /// Looks at every activity.
    pub(super) fn new(
        amounts: &Amounts,
        bill: &Bill,
        system: &System,
        columns: &Columns,
        cells: &Cells,
        found: &Diagnostics,
    ) -> (Self, Diagnostics) {
        let mut more = Diagnostics::default();
        let activities = amounts.activities;
        // Why a line whose own recipe is fine is unknown all the same.
        let inherited = |index: usize| {
            let entry = &activities.entries[index];
            let column = &columns.columns[entry.recipe as usize];
            if column.incomplete {
                "G203"
            } else if !system.reaches(entry.node) {
                "B402"
            } else if (amounts.once(index).abs() * column.magnitude) > LARGEST || amounts.once(index).is_infinite() {
                "B405"
            } else if amounts.scaling.units[NodeIndex::PRODUCTION.0 as usize].is_nan() {
                "L602"
            } else {
                // An assembly above has no readable quantity.
                "B503"
            }
        };
        let mut beyond: Vec<u32> = Vec::new();
        let mut missing = Vec::new();
        let (mut known, mut estimate) = (0i64, Some(Sum::default()));
        let (mut known_mass, mut missing_mass) = (Sum::default(), Some(Sum::default()));
        let mut counted = 0;
        let rows = activities.entries.len();
        // Where nothing is missing the shares are whole, and what a million lines weigh need not be added up.
        let whole = cells.unknown == 0;
        if whole {
            counted = rows;
        }
        for (index, entry) in activities.entries.iter().enumerate().filter(|_| !whole) {
            let recipe = &activities.recipes[entry.recipe as usize];
            let amount = amounts.once(index);
            let material = entry.role == Role::Material;
            if cells.standing[index] != Standing::Unknown {
                counted += 1;
                if cells.standing[index] == Standing::Counted {
                    known += cells.by_activity[index].abs();
                }
                if material && let Some(mass) = recipe.mass {
                    known_mass.add(mass * amount);
                }
                continue;
            }
            let part = recipe.bound.map(|bound| (bound * amount).abs()).filter(|part| part.is_finite());
            match (part, &mut estimate) {
                (Some(part), Some(sum)) => sum.add(part),
                _ => estimate = None,
            }
            if material {
                match (recipe.mass.map(|mass| (mass * amount).abs()).filter(|mass| mass.is_finite()), &mut missing_mass)
                {
                    (Some(mass), Some(sum)) => sum.add(mass),
                    _ => missing_mass = None,
                }
            }
            let shown = if amount.is_finite() {
                let unit = recipe.unit.as_ref().map_or("", |unit| unit.symbol());
                Some(format!("{} {unit}", crate::math::plain(amount)).trim().to_string())
            } else {
                None
            };
            let reason = recipe.reason.unwrap_or_else(|| inherited(index));
            if reason == "B405" {
                beyond.push(entry.origin);
            }
            missing.push(Missing {
                name: activities.name(bill, entry.origin).to_string(),
                role: entry.role,
                module: recipe.module.id(),
                amount: shown,
                reason,
                undecided: recipe.state == RecipeState::Undecided,
                estimate: part.map(|part| significant(part, 3)),
                place: activities.place(bill, entry.origin),
            });
        }
        // A stage of the boundary that nobody describes is missing too, and nothing can be said of its size.
        let silent = found.iter().filter(|finding| finding.severity() == Severity::Error && finding.code() == "B604");
        for finding in silent {
            estimate = None;
            missing.push(Missing {
                name: finding.argument("stage").unwrap_or("").to_string(),
                role: Role::Material,
                module: "",
                amount: None,
                reason: "B604",
                undecided: false,
                estimate: None,
                place: finding.places().first().cloned().unwrap_or_default(),
            });
        }
        if let Some(&first) = beyond.first() {
            more.push(
                Diagnostic::new(&catalogue::B405)
                    .with("name", activities.name(bill, first))
                    .with("limit", "1e30 kg CO2e")
                    .at_all(beyond.iter().take(100).map(|&origin| activities.place(bill, origin))),
            );
        }
        let percent = |part: f64, whole: f64| match whole {
            0.0 => "0".to_string(),
            whole => tenths(part / whole),
        };
        let estimate = estimate.map(Sum::value);
        let known = cells.quantum.exact(known).to_f64();
        let share =
            estimate.map(|estimate| if estimate == 0.0 { "100".to_string() } else { percent(known, known + estimate) });
        let mass = missing_mass.map(|missing| match missing.value() {
            0.0 => "100".to_string(),
            missing => percent(known_mass.value(), known_mass.value() + missing),
        });
        let status = if missing.is_empty() { CoverageStatus::Complete } else { CoverageStatus::Incomplete };
        let rows = percent(counted as f64, rows as f64);
        (Self { status, share, rows, mass, missing, estimate, counted }, more)
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.status == CoverageStatus::Complete
    }
}

/// A fraction in percent with one decimal, rounded down: 99.97 % is not yet 100 %.
fn tenths(fraction: f64) -> String {
    let tenths = (fraction * 1000.0).floor() as i64;
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn nearly_everything_is_not_everything() {
        assert_eq!(tenths(0.99999), "99.9");
        assert_eq!(tenths(0.5), "50");
    }
}
