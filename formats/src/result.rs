//! Results as JSON, the same for the command line and the browser: the report, then the lines by the million, then what
//! was found; and the answer to a record.

use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Language, Place, Severity, catalogue};
use zuji_core::footprint::linked::Solved;
use zuji_core::footprint::{Engine, Footprint, LineSet};
use zuji_core::hash::sha256_hex;
use zuji_core::inventory::DatabaseHead;
use zuji_core::math::plain;
use zuji_core::record::{Replay, ReplayError, replay};
use zuji_core::uncertainty::Uncertainty;

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

/// The scores of every product of a linked inventory, with the certificate of each impact: `zuji/lci-scores@1`.
pub fn scores(head: &DatabaseHead, solved: &Solved, found: &Diagnostics, language: Language) -> Value {
    let impacts: Vec<Value> = solved
        .system()
        .impacts
        .iter()
        .zip(solved.lambda())
        .map(|(impact, lambda)| {
            json!({ "id": impact.id, "name": impact.name, "unit": impact.unit, "certificate": lambda.certificate })
        })
        .collect();
    let products: Vec<Value> = solved
        .products()
        .map(|(one, amounts)| {
            json!({
                "id": one.id, "name": one.name, "product": one.product, "unit": one.unit, "location": one.location,
                "scores": amounts.into_iter().map(plain).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "schema": "zuji/lci-scores@1", "database": head, "impacts": impacts, "products": products,
        "diagnostics": findings(found.iter(), language),
    })
}

/// Writes a result: `zuji/footprint@1`.
///
/// # Errors
/// What the writer returns.
pub fn footprint(
    footprint: &Footprint,
    uncertainty: Option<&Uncertainty>,
    found: &Diagnostics,
    language: Language,
    out: &mut (dyn Write + Send),
) -> std::io::Result<()> {
    let report = serde_json::to_vec(&footprint.report())?;
    // The report is an object: its closing brace makes room for the lines.
    out.write_all(&report[..report.len().saturating_sub(1)])?;
    out.write_all(b",\"by_line\":")?;
    footprint.write_lines(LineSet::Total, |block| out.write_all(block))?;
    out.write_all(b",\"lines_outside_total\":")?;
    footprint.write_lines(LineSet::Outside, |block| out.write_all(block))?;
    if let Some(uncertainty) = uncertainty {
        out.write_all(b",\"uncertainty\":")?;
        serde_json::to_writer(&mut *out, uncertainty)?;
    }
    out.write_all(b",\"diagnostics\":")?;
    serde_json::to_writer(&mut *out, &findings(found.iter(), language))?;
    out.write_all(b"}\n")
}

/// Writes what is left when nothing could be computed.
///
/// # Errors
/// What the writer returns.
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

/// What recomputing a record gave.
#[derive(Debug)]
pub struct Verification {
    /// 0 the same bytes, 1 others, 2 nothing to recompute from.
    pub exit_status: u8,
    /// SHA-256 of the record.
    pub sha256: String,
    /// Why it is not the same.
    pub findings: Diagnostics,
}

impl Verification {
    /// Recomputes a record from what it embeds.
    pub fn of(record: &[u8]) -> Self {
        let mut findings = Diagnostics::default();
        let exit_status = match replay(record) {
            Ok(Replay::Same) => 0,
            Ok(Replay::Different { at, given, recomputed, other_engine }) => {
                if let Some(engine) = other_engine {
                    let this = Engine::THIS;
                    findings.push(
                        Diagnostic::new(&catalogue::R701)
                            .with("found", engine)
                            .with("expected", format!("{} ({})", this.version, this.source_sha256)),
                    );
                }
                findings.push(
                    Diagnostic::new(&catalogue::R702)
                        .with("where", at)
                        .with("given", given)
                        .with("recomputed", recomputed),
                );
                1
            }
            Err(error @ (ReplayError::NotARecord(_) | ReplayError::NoResult)) => {
                findings.push(Diagnostic::new(&catalogue::R703).with("cause", error));
                2
            }
        };
        Self { exit_status, sha256: sha256_hex(record), findings }
    }

    /// The answer as JSON.
    pub fn json(&self, language: Language) -> serde_json::Value {
        serde_json::json!({
            "status": match self.exit_status { 0 => "recomputed", 1 => "different", _ => "not_a_record" },
            "sha256": self.sha256,
            "diagnostics": findings(self.findings.iter(), language),
        })
    }
}
