//! Which version of a standard holds on a date: the one of the tender, never today's.

use super::compile::version_of;
use super::document::StandardDocument;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::product::Date;

/// The version in effect on a date. One that is in force, or was and is superseded by now, goes before a draft; of
/// several the highest version.
///
/// # Errors
/// `D115` where none holds.
pub fn select(versions: &[StandardDocument], date: Date) -> Result<usize, Diagnostic> {
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let holds = |document: &StandardDocument| {
        document.status != "withdrawn"
            && day(&document.effective.from).is_some_and(|from| from <= date)
            && document.effective.to.as_deref().is_none_or(|to| day(to).is_some_and(|to| date < to))
    };
    let legal = |document: &StandardDocument| matches!(document.status.as_str(), "in-force" | "superseded");
    let best = versions
        .iter()
        .enumerate()
        .filter(|(_, document)| holds(document))
        .max_by_key(|(_, document)| (legal(document), version_of(&document.version)));
    best.map(|(index, _)| index).ok_or_else(|| {
        let all: Vec<String> = versions
            .iter()
            .map(|document| {
                let to = document.effective.to.as_deref().unwrap_or("…");
                format!("{} [{}, {to}) {}", document.version, document.effective.from, document.status)
            })
            .collect();
        let first = versions.first();
        Diagnostic::new(&catalogue::D115)
            .with("id", first.map_or("–", |document| document.id.as_str()))
            .with("date", date)
            .with("rule", first.map_or("–", |document| document.effective.date_rule.as_str()))
            .with("versions", all.join(", "))
    })
}
