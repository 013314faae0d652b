//! `zuji score`.

use super::arguments::ScoreCommand;
use super::footprints::Bench;
use super::{human, open};
use crate::arguments::Format;
use crate::findings;
use crate::words::Words;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::standard::{Assessment, BidOutcome, Choice, Standard, Standing};
use zuji_formats::result as json;

/// Scores.
pub fn run(command: &ScoreCommand, words: Words) -> u8 {
    let mut found = Diagnostics::default();
    let outcome = score(command, &mut found);
    let format = match &command.output {
        Some(path) if path.extension().is_some_and(|ending| ending == "json") => Format::Json,
        _ => command.format,
    };
    let (text, status) = match outcome {
        Ok(assessment) => {
            let status = status_of(&assessment, &found);
            let text = match format {
                Format::Json => document(&assessment, &found, words),
                Format::Human => human::assessment(&assessment, words),
            };
            (Some(text), status)
        }
        Err(()) => (matches!(format, Format::Json).then(|| nothing(&found, words)), 2),
    };
    if let Some(text) = text {
        match &command.output {
            None => say!("{}", text.trim_end()),
            Some(path) => {
                if let Err(error) = std::fs::write(path, text) {
                    let finding = Diagnostic::new(&catalogue::E110).with("file", path.display());
                    return findings::fail(finding.with("cause", error), words);
                }
            }
        }
    }
    if format == Format::Human {
        findings::print(&found, words);
    }
    status
}

fn score(command: &ScoreCommand, found: &mut Diagnostics) -> Result<Assessment, ()> {
    let fail = |finding: Diagnostic, found: &mut Diagnostics| found.push(finding);
    let (bids, bid_places, bid_file) = open::bids(&command.bids).map_err(|finding| fail(finding, found))?;
    let as_of = command.computation.as_of.as_deref();
    let mut opened = open::for_tender(&command.standard, &bids, as_of).map_err(|finding| fail(finding, found))?;
    open::lay_over(&mut opened, &command.overlays).map_err(|finding| fail(finding, found))?;
    let (standard, mut more) = Standard::new(opened.document.clone());
    opened.locate(&mut more);
    found.extend(more);
    let standard = standard.ok_or(())?;
    let folder = command.bids.parent().unwrap_or(Path::new("."));
    let bench = Bench { folder, standard: &standard.document, computation: &command.computation };
    let mut more = Diagnostics::default();
    let computed = bench.compute(&bids, &mut more).map_err(|finding| fail(finding, found))?;
    let choice = Choice { stage: command.stage.stage(), as_of: as_of.map(str::to_string) };
    let outcome = standard.evaluate(&bids, &computed, &choice);
    let (assessment, findings) = match outcome {
        Ok((assessment, findings)) => (Ok(assessment), findings),
        Err(findings) => (Err(()), findings),
    };
    more.extend(findings);
    // A finding speaks of a field of the bids, or else of the standard.
    bid_places.complete(&mut more, &bid_file);
    opened.locate(&mut more);
    found.extend(more);
    assessment
}

fn status_of(assessment: &Assessment, found: &Diagnostics) -> u8 {
    let good = |bid: &BidOutcome| matches!(bid.outcome, Standing::Ranked | Standing::Conforming);
    let ranked = assessment.bids.iter().all(good);
    let guards = assessment.guards.iter().all(|guard| guard.pass);
    let delivered = assessment.acceptance.iter().all(|one| one.pass);
    u8::from(!(ranked && guards && delivered && found.count(Severity::Error) == 0))
}

/// The result as JSON: the assessment with what was found.
fn document(assessment: &Assessment, found: &Diagnostics, words: Words) -> String {
    let mut value = serde_json::to_value(assessment).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        let findings = serde_json::to_value(json::findings(found.iter(), words.language)).unwrap_or_default();
        object.insert("diagnostics".into(), findings);
    }
    format!("{value}\n")
}

fn nothing(found: &Diagnostics, words: Words) -> String {
    let findings = json::findings(found.iter(), words.language);
    format!("{}\n", serde_json::json!({ "schema": "zuji/assessment@1", "bids": null, "diagnostics": findings }))
}
