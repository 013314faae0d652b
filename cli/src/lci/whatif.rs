//! `zuji lci whatif`: another supplier or another amount, by a rank-one update.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::ready::activity;
use super::solve::{Solved, solve};
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::{Words, safe};
use serde_json::json;
use zuji_core::diagnostic::{Diagnostic, Severity, catalogue};
use zuji_core::math::{plain, significant};
use zuji_core::solve::linked::{Change, WhatIf};

/// What is to be changed.
pub struct Asked<'a> {
    /// `PROCESS:FROM=TO`.
    pub swap: Option<&'a str>,
    /// `PROCESS:SUPPLIER=AMOUNT`.
    pub set: Option<&'a str>,
}

/// Suppliers that stand as examples.
const NAMES: usize = 5;

/// Computes: 0 done, 1 done with something open in the database, 2 not.
pub fn run(source: &Open, choices: &Choices, texts: &[String], asked: &Asked, format: Format, words: Words) -> u8 {
    let mut model = match model(source, choices) {
        Ok(model) => model,
        Err(finding) => return findings::fail(finding, words),
    };
    let solved = match solve(&model, choices.fast, texts) {
        Ok(solved) => solved,
        Err(found) => {
            model.found.extend(found);
            findings::print(&model.found, words);
            return 2;
        }
    };
    let changed = change(&model, asked).and_then(|change| {
        WhatIf::new(&solved.prepared, change).map_err(|error| Diagnostic::new(&catalogue::I641).with("cause", error))
    });
    match changed {
        Ok(changed) => show(&model, &solved, &changed, format, words),
        Err(finding) => return findings::fail(finding, words),
    }
    u8::from(model.found.count(Severity::Error) + model.found.count(Severity::Question) > 0)
}

/// The change of A that was asked for.
fn change(model: &Model, asked: &Asked) -> Result<Change, Diagnostic> {
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
        return Ok(Change::supplier(process, (from, taken), (activity(system, right)?, taken)));
    }
    let amount = zuji_core::quantity::read_number(right.trim()).map_err(|_| wrong())?;
    Ok(Change::exchange(process, from, taken - amount))
}

fn show(model: &Model, solved: &Solved, changed: &WhatIf, format: Format, words: Words) {
    let rows: Vec<(usize, f64, f64)> = (0..model.system.impacts.len())
        .map(|at| (at, solved.scores[at], changed.difference(&solved.lambda[at], &solved.supply)))
        .collect();
    if format == Format::Json {
        let scores: Vec<_> = rows
            .iter()
            .map(|&(at, before, by)| {
                let impact = &model.system.impacts[at];
                json!({ "impact": impact.id, "unit": impact.unit, "before": plain(before), "after": plain(before + by), "difference": plain(by) })
            })
            .collect();
        let diagnostics = zuji_formats::result::findings(model.found.iter(), words.language);
        say!(
            "{:#}",
            json!({ "schema": "zuji/lci-whatif@1", "database": model.head, "scores": scores, "diagnostics": diagnostics })
        );
        return;
    }
    let paint = Paint::of_stdout();
    for (at, before, by) in rows {
        let impact = &model.system.impacts[at];
        let share = if before == 0.0 { String::new() } else { format!(" ({} %)", significant(by / before * 100.0, 3)) };
        say!(
            "{} → {} {}  {}{share}  {}",
            significant(before, 6),
            paint.bold(&significant(before + by, 6)),
            safe(&impact.unit),
            if by > 0.0 { format!("+{}", significant(by, 4)) } else { significant(by, 4) },
            paint.dim(&safe(&impact.name))
        );
    }
}
