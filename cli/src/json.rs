//! Results as JSON: the report, then the lines by the million, then what was found.

use serde::Serialize;
use std::io::Write;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Language, Place, Severity};
use zuji_core::footprint::{Footprint, LineSet};

/// A finding with its sentences.
#[derive(Serialize)]
pub struct Finding<'a> {
    code: &'static str,
    severity: Severity,
    places: &'a [Place],
    found: String,
    why: String,
    fix: String,
}

/// Findings with their sentences in a language.
pub fn findings<'a>(findings: impl Iterator<Item = &'a Diagnostic>, language: Language) -> Vec<Finding<'a>> {
    findings
        .map(|finding| Finding {
            code: finding.code(),
            severity: finding.severity(),
            places: finding.places(),
            found: finding.found(language),
            why: finding.why(language),
            fix: finding.fix(language),
        })
        .collect()
}

/// Writes a result: `zuji/footprint@1`.
pub fn footprint(
    footprint: &Footprint,
    found: &Diagnostics,
    language: Language,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let report = serde_json::to_vec(&footprint.report())?;
    // The report is an object: its closing brace makes room for the lines.
    out.write_all(&report[..report.len().saturating_sub(1)])?;
    out.write_all(b",\"by_line\":")?;
    footprint.write_lines(LineSet::Total, |block| out.write_all(block))?;
    out.write_all(b",\"lines_outside_total\":")?;
    footprint.write_lines(LineSet::Outside, |block| out.write_all(block))?;
    out.write_all(b",\"diagnostics\":")?;
    serde_json::to_writer(&mut *out, &findings(found.iter(), language))?;
    out.write_all(b"}\n")
}

/// Writes what is left when nothing could be computed.
pub fn nothing(found: &Diagnostics, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let value = serde_json::json!({
        "schema": "zuji/footprint@1",
        "total": null,
        "coverage": { "status": "nothing_computed" },
        "diagnostics": findings(found.iter(), language),
    });
    serde_json::to_writer(&mut *out, &value)?;
    out.write_all(b"\n")
}
