//! Findings on the screen: code, place, what, why, how to fix; repeats shortened, nothing dropped from JSON.

use crate::bars::Paint;
use crate::words::Words;
use std::collections::BTreeMap;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity};

/// How many places of one finding the screen shows.
const PLACES: usize = 5;

/// How many warnings or notes of one code the screen shows in full. Errors and questions are all shown: each waits for
/// somebody.
const ALIKE: usize = 5;

/// Writes findings to standard error. Warnings and notes that repeat themselves are counted; JSON has them all.
pub fn print(findings: &Diagnostics, words: Words) {
    let paint = Paint::of_stderr();
    let mut light: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter() {
        if matches!(finding.severity(), Severity::Warning | Severity::Note) {
            let count = light.entry(finding.code()).or_default();
            *count += 1;
            if *count > ALIKE {
                continue;
            }
        }
        eprintln!("{}", one(finding, words, paint));
    }
    for (code, count) in light.into_iter().filter(|(_, count)| *count > ALIKE) {
        let more = count - ALIKE;
        let en = format!("… {more} more {code}: all of them with --format json");
        eprintln!("{}", words.pick(en, format!("…… 另有 {more} 条 {code}：用 --format json 可查看全部")));
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
