//! `zuji verify`: recompute a record from what it embeds.

use crate::arguments::{Format, VerifyCommand};
use crate::words::Words;
use crate::{files, findings, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::record::{Replay, ReplayError, replay};

/// Verifies.
pub fn run(command: &VerifyCommand, words: Words) -> u8 {
    let file = match files::read(&command.record) {
        Ok(file) => file,
        Err(finding) => return findings::fail(finding, words),
    };
    let mut found = Diagnostics::default();
    let status = match replay(&file.bytes) {
        Ok(Replay::Same) => 0,
        Ok(Replay::Different { at, given, recomputed, other_engine }) => {
            if let Some(engine) = other_engine {
                let this = zuji_core::footprint::Engine::THIS;
                found.push(
                    Diagnostic::new(&catalogue::R701)
                        .with("found", engine)
                        .with("expected", format!("{} ({})", this.version, this.source_sha256)),
                );
            }
            found.push(
                Diagnostic::new(&catalogue::R702).with("where", at).with("given", given).with("recomputed", recomputed),
            );
            1
        }
        Err(ReplayError::NotARecord(cause)) => {
            found.push(Diagnostic::new(&catalogue::R703).with("cause", cause));
            2
        }
        Err(error @ ReplayError::NoResult) => {
            found.push(Diagnostic::new(&catalogue::R703).with("cause", error));
            2
        }
    };
    let sha256 = zuji_core::record::sha256_hex(&file.bytes);
    if command.format == Format::Json {
        let value = serde_json::json!({
            "status": match status { 0 => "recomputed", 1 => "different", _ => "not_a_record" },
            "sha256": sha256,
            "diagnostics": json::findings(found.iter(), words.language),
        });
        say!("{value}");
    } else if status == 0 {
        say!(
            "{} {sha256}",
            words.pick(
                "recomputed from the record alone: the same bytes. SHA-256",
                "仅凭记录重新计算：逐字节一致。SHA-256"
            )
        );
    } else {
        findings::print(&found, words);
    }
    status
}
