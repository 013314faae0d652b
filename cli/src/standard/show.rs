//! `zuji standard show`: a standard as text for a tender document.

use super::open;
use crate::arguments::Format;
use crate::words::Words;
use crate::{files, findings};
use std::path::{Path, PathBuf};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Language, catalogue};
use zuji_core::standard::{Beside, FeedbackDocument, Standard};
use zuji_formats::{Limits, read_feedback};

/// Shows.
pub fn run(
    path: &Path,
    overlays: &[PathBuf],
    feedback: &[PathBuf],
    as_of: Option<&str>,
    format: Format,
    words: Words,
) -> u8 {
    match show(path, overlays, feedback, as_of, format, words) {
        Ok((text, found)) => {
            say!("{}", text.trim_end());
            findings::print(&found, words);
            0
        }
        Err(found) => {
            findings::print(&found, words);
            2
        }
    }
}

fn show(
    path: &Path,
    overlays: &[PathBuf],
    feedback: &[PathBuf],
    as_of: Option<&str>,
    format: Format,
    words: Words,
) -> Result<(String, Diagnostics), Diagnostics> {
    let mut opened = open::standard(path)?;
    open::lay_over(&mut opened, overlays)?;
    let (standard, mut found) = Standard::new(opened.document.clone());
    opened.locate(&mut found);
    let Some(standard) = standard else { return Err(found) };
    let day = match as_of.map(|text| (text, text.trim().parse())) {
        None => None,
        Some((_, Ok(day))) => Some(day),
        Some((text, Err(_))) => {
            return Err(Diagnostic::new(&catalogue::D102).with("field", "--as-of").with("text", text).into());
        }
    };
    let comments = feedback.iter().map(|path| comments(path)).collect::<Result<Vec<FeedbackDocument>, Diagnostic>>()?;
    let mut beside = Beside { day, ..Beside::default() };
    for document in &comments {
        let (sorted, more) = document.by_clause(&standard.document);
        found.extend(more);
        for (clause, list) in sorted {
            beside.comments.entry(clause).or_default().extend(list);
        }
    }
    let text = match format {
        Format::Human => standard.prose(words.language, &beside),
        Format::Json => {
            let value = serde_json::json!({
                "schema": "zuji/standard-text@1",
                "standard": standard.name(),
                "document": standard.document,
                "zh": standard.prose(Language::Zh, &beside),
                "en": standard.prose(Language::En, &beside),
                "feedback": comments.iter().map(|one| serde_json::json!({
                    "from": one.from, "date": one.date, "sha256": one.sha256(),
                })).collect::<Vec<_>>(),
            });
            value.to_string()
        }
    };
    Ok((text, found))
}

fn comments(path: &Path) -> Result<FeedbackDocument, Diagnostic> {
    let file = files::read(path)?;
    Ok(read_feedback(&file.bytes, &file.name, &Limits::default())?.0)
}
