//! The limits of a demand standard: its gates on the footprint, and how they move.

use crate::standard::open;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::math::{Finite, Rational, decimal_text};
use zuji_core::standard::{Dated, FOOTPRINT, Interpolation, Limit, Operator, Standard};
use zuji_core::threshold::{Plan, Step, Trajectory};

/// Adds the limits of the standard's gates on the footprint to a plan, and the first dated one as its path where the plan has
/// none. Without a day every dated value is a limit: the clock decides nothing.
///
/// # Errors
/// What keeps the standard from being read, a day that is none, a standard without such a gate.
pub fn limits(path: &Path, as_of: Option<&str>, plan: &mut Plan) -> Result<(), Diagnostics> {
    let opened = open::standard(path)?;
    let (standard, found) = Standard::new(opened.document);
    let Some(standard) = standard else { return Err(found) };
    let refuse = |text: &str, range: (&str, &str)| {
        Diagnostic::new(&catalogue::T107).with("option", "--standard").with("text", text).with_words("range", range)
    };
    let day = match as_of {
        None => None,
        Some(text) => match text.parse() {
            Ok(day) => Some(day),
            Err(_) => return Err(refuse(text, ("a date such as 2027-01-01", "日期，如 2027-01-01")).into()),
        },
    };
    let before = plan.limits.len();
    let gates = standard.gates.iter().filter(|gate| gate.input == FOOTPRINT && gate.operator == Operator::AtMost);
    for gate in gates {
        match &gate.limit {
            Limit::Value(value) => plan.limits.extend(number(value)),
            Limit::Words(_) => {}
            Limit::Parameter(name) => {
                let Some(dated) = standard.parameters.get(name) else { continue };
                match day {
                    Some(day) => plan.limits.extend(dated.at(day).as_ref().and_then(number)),
                    None => plan.limits.extend(dated.values.iter().filter_map(|(_, value)| number(value))),
                }
                if plan.trajectory.is_none() {
                    plan.trajectory = Some(path_of(dated));
                }
            }
        }
    }
    if plan.limits.len() == before {
        let range = (
            "a standard with a gate `<=` on the footprint that has a value on that day",
            "须有对碳足迹的 `<=` 门槛，且在该日有取值",
        );
        return Err(refuse(&path.display().to_string(), range).into());
    }
    Ok(())
}

fn number(value: &Rational) -> Option<Finite> {
    decimal_text(value).parse().ok().and_then(|number: f64| Finite::new(number).ok())
}

fn path_of(dated: &Dated) -> Trajectory {
    let step = |(from, value): &(zuji_core::product::Date, Rational)| {
        Some(Step { from: from.to_string(), value: number(value)?, announced: None })
    };
    Trajectory {
        steps: dated.values.iter().filter_map(step).collect(),
        linear: dated.interpolation == Interpolation::Linear,
        ..Trajectory::default()
    }
}
