//! `zuji standard plan`: shares of a plan or of a year's purchases.

use super::open;
use crate::arguments::Format;
use crate::words::{Words, safe};
use crate::{files, findings};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostics, Severity};
use zuji_core::standard::{ShareOutcome, Standard};
use zuji_formats::{Limits, read_plan, result as json};

/// Checks a plan.
pub fn run(standard: &Path, plan: &Path, format: Format, words: Words) -> u8 {
    let mut found = Diagnostics::default();
    let outcome = check(standard, plan, &mut found);
    match (&outcome, format) {
        (outcome, Format::Json) => say!(
            "{}",
            serde_json::json!({
                "schema": "zuji/plan-check@1",
                "shares": outcome.as_ref().ok(),
                "diagnostics": json::findings(found.iter(), words.language),
            })
        ),
        (Ok(shares), Format::Human) => {
            for share in shares {
                let verdict =
                    if share.pass { words.pick("reached", "达到") } else { words.pick("NOT reached", "未达到") };
                let own = share.share.as_deref().unwrap_or("–");
                say!("[{}] {} / {} = {own} ≥ {}: {verdict}", safe(&share.id), share.counted, share.whole, share.min);
            }
        }
        (Err(()), Format::Human) => {}
    }
    if format == Format::Human {
        findings::print(&found, words);
    }
    match outcome {
        Ok(shares) if shares.iter().all(|share| share.pass) && found.count(Severity::Error) == 0 => 0,
        Ok(shares) if !shares.is_empty() => 1,
        _ => 2,
    }
}

fn check(standard: &Path, plan: &Path, found: &mut Diagnostics) -> Result<Vec<ShareOutcome>, ()> {
    let mut fail = |finding| found.push(finding);
    let opened = open::standard(standard).map_err(&mut fail)?;
    let file = files::read(plan).map_err(&mut fail)?;
    let (plan, places) = read_plan(&file.bytes, &file.name, &Limits::default()).map_err(&mut fail)?;
    let (standard, mut more) = Standard::new(opened.document.clone());
    opened.locate(&mut more);
    found.extend(more);
    let (shares, mut more) = standard.ok_or(())?.check_plan(&plan);
    places.complete(&mut more, &file.name);
    opened.locate(&mut more);
    found.extend(more);
    Ok(shares)
}
