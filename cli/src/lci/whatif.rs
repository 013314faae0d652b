//! `zuji lci whatif`: another supplier or another amount, by a rank-one update.

use super::arguments::Asked;
use super::open::Model;
use super::outcome::{self, number, percent};
use super::ready::activity;
use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, safe};
use serde_json::json;
use zuji_core::diagnostic::{Diagnostic, catalogue};
use zuji_core::math::plain;
use zuji_core::solve::linked::{self as solve, WhatIf};

/// What is to be changed.
pub struct Change<'a> {
    /// `PROCESS:FROM=TO`.
    pub swap: Option<&'a str>,
    /// `PROCESS:SUPPLIER=AMOUNT`.
    pub set: Option<&'a str>,
}

/// Suppliers that stand as examples.
const NAMES: usize = 5;

const SCHEMA: &str = "zuji/lci-whatif@1";

/// Computes.
pub fn run(asked: &Asked, demand: &[String], change: &Change, words: Words) -> u8 {
    outcome::answer(SCHEMA, asked, demand, words, |model, solved, supply| {
        let changed = WhatIf::new(solved.prepared(), of_a(model, change)?)
            .map_err(|error| Diagnostic::new(&catalogue::I641).with("cause", error))?;
        let amounts = supply.scores.iter().zip(solved.lambda());
        let rows = amounts.map(|(score, lambda)| (score.amount, changed.difference(lambda, &supply.units)));
        show(model, rows.collect(), asked.format, words);
        Ok(())
    })
}

/// The change of A that was asked for.
fn of_a(model: &Model, asked: &Change) -> Result<solve::Change, Diagnostic> {
    let system = &model.system;
    let (text, form) = match (asked.swap, asked.set) {
        (Some(text), _) => (text, "PROCESS:FROM=TO"),
        (None, Some(text)) => (text, "PROCESS:SUPPLIER=AMOUNT"),
        (None, None) => ("", "PROCESS:FROM=TO"),
    };
    let wrong = || {
        let finding = Diagnostic::new(&catalogue::I632).with("text", text).with("form", form);
        finding.with("example", form.replace("AMOUNT", "0.4").to_lowercase())
    };
    let (left, right) = text.rsplit_once('=').ok_or_else(wrong)?;
    // Ids may hold colons themselves: the split that names two processes is the one.
    let splits: Vec<(&str, &str)> = left.match_indices(':').map(|(at, _)| (&left[..at], &left[at + 1..])).collect();
    let named = splits.iter().find_map(|(a, b)| Some((activity(system, a).ok()?, activity(system, b).ok()?)));
    let (process, from) = match (named, splits.first()) {
        (Some(named), _) => named,
        (None, Some((a, b))) => (activity(system, a)?, activity(system, b)?),
        (None, None) => return Err(wrong()),
    };
    let uses = |product: u32| {
        let entries = system.a.iter().filter(|&(row, column, _)| column == process && row == product);
        entries.fold(0.0, |sum, (.., value)| sum - value)
    };
    let taken = uses(from);
    if asked.swap.is_some() {
        if taken == 0.0 {
            let used =
                system.a.iter().filter(|&(row, column, value)| column == process && row != process && value < 0.0);
            let known: Vec<&str> = used.take(NAMES).map(|(row, ..)| &*system.activities[row as usize].name).collect();
            let name = |at: u32| &system.activities[at as usize].name;
            return Err(Diagnostic::new(&catalogue::I640)
                .with("process", name(process))
                .with("supplier", name(from))
                .with("known", known.join("; ")));
        }
        let to = activity(system, right)?;
        // As much of another product is only as much where both count in one unit.
        let units = [from, to].map(|at| &*system.activities[at as usize].unit);
        if units[0] != units[1] {
            return Err(Diagnostic::new(&catalogue::I641).with("cause", units.join(" ≠ ")));
        }
        return Ok(solve::Change::supplier(process, (from, taken), (to, taken)));
    }
    let amount = zuji_core::quantity::read_number(right.trim()).map_err(|_| wrong())?;
    Ok(solve::Change::exchange(process, from, taken - amount))
}

/// Scores before, and by how much they change.
fn show(model: &Model, rows: Vec<(f64, f64)>, format: Format, words: Words) {
    let rows = model.system.impacts.iter().zip(rows);
    if format == Format::Json {
        let scores: Vec<_> = rows
            .map(|(impact, (before, by))| {
                json!({
                    "impact": impact.id, "name": impact.name, "unit": impact.unit,
                    "before": plain(before), "after": plain(before + by), "difference": plain(by),
                })
            })
            .collect();
        let diagnostics = zuji_formats::result::findings(model.found.iter(), words.language);
        say!("{:#}", json!({ "schema": SCHEMA, "database": model.head, "scores": scores, "diagnostics": diagnostics }));
        return;
    }
    outcome::brief(&model.found, words);
    let paint = Paint::of_stdout();
    for (impact, (before, by)) in rows {
        let share = if before == 0.0 { String::new() } else { format!(" ({})", percent(by / before)) };
        say!(
            "{} → {} {}  {}{}{share}  {}",
            number(before, 6),
            paint.bold(&number(before + by, 6)),
            safe(&impact.unit),
            if by > 0.0 { "+" } else { "" },
            number(by, 4),
            paint.dim(&safe(&impact.name))
        );
    }
}
