//! Old and expired rows. There is no clock: without a day that somebody names, nothing is old.

use super::Checking;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::{FactorRow, Period};

/// Years after which a figure is called old unless a caller says otherwise.
pub const OLD_AFTER: u16 = 10;

/// What is to say of a row's age, with the field that says it.
pub(super) fn check(row: &FactorRow, checking: &Checking) -> Vec<(&'static str, Diagnostic)> {
    let Some(day) = checking.as_of else { return Vec::new() };
    let mut found = Vec::new();
    if let Period::Years(_, last) = row.period {
        let years = i32::from(day.year()) - i32::from(last);
        if years > i32::from(checking.old_after) {
            found.push((
                "period",
                Diagnostic::new(&catalogue::F406)
                    .with("id", &row.id)
                    .with("period", row.period)
                    .with("years", years)
                    .with("limit", checking.old_after)
                    .with("date", day),
            ));
        }
    }
    if let Some(until) = &row.valid_until
        && until.parse::<jiff::civil::Date>().is_ok_and(|until| until < day)
    {
        found.push((
            "valid_until",
            Diagnostic::new(&catalogue::F407).with("id", &row.id).with("until", until).with("date", day),
        ));
    }
    found
}
