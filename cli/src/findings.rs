//! Findings on the screen: code, place, what, why, how to fix; repeats shortened, nothing dropped from JSON.

use crate::bars::Paint;
use crate::words::Words;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity};

/// How many places of one finding the screen shows.
const PLACES: usize = 5;

/// Writes findings to standard error; with `quiet`, notes are only counted.
pub fn print(findings: &Diagnostics, words: Words) {
    let paint = Paint::of_stderr();
    for finding in findings.iter() {
        eprintln!("{}", one(finding, words, paint));
    }
}

/// One finding as text.
pub fn one(finding: &Diagnostic, words: Words, paint: Paint) -> String {
    let (label, colour): (&str, fn(Paint, &str) -> String) = match finding.severity() {
        Severity::Error => (words.pick("error", "错误"), Paint::red),
        Severity::Question => (words.pick("question", "待确认"), Paint::yellow),
        Severity::Warning => (words.pick("warning", "警告"), Paint::yellow),
        Severity::Note => (words.pick("note", "说明"), Paint::green),
    };
    let mut text =
        format!("{} {}", colour(paint, &format!("{label}[{}]", finding.code())), finding.found(words.language));
    let places = finding.places();
    if !places.is_empty() {
        let shown: Vec<String> =
            places.iter().take(PLACES).map(Place::to_string).filter(|place| !place.is_empty()).collect();
        if !shown.is_empty() {
            text += &format!("\n  {} {}", words.pick("at ", "位置"), shown.join("; "));
        }
        if places.len() > PLACES {
            let more = places.len() - PLACES;
            text += &words.pick(format!(" … and {more} more"), format!(" …… 另有 {more} 处"));
        }
    }
    if finding.severity() != Severity::Note {
        text += &format!("\n  {} {}", words.pick("why", "原因"), finding.why(words.language));
        text += &format!("\n  {} {}", words.pick("fix", "处理"), finding.fix(words.language));
        text += &paint.dim(&format!("   (zuji explain {})", finding.code()));
    }
    text
}

/// A single finding that ends the program.
pub fn fail(finding: Diagnostic, words: Words) -> u8 {
    print(&finding.into(), words);
    2
}
