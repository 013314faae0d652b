//! `zuji verify`: recompute a record from what it embeds.

use crate::arguments::{Format, VerifyCommand};
use crate::words::Words;
use crate::{files, findings};
use zuji_formats::result::Verification;

/// Verifies.
pub fn run(command: &VerifyCommand, words: Words) -> u8 {
    let file = match files::read(&command.record) {
        Ok(file) => file,
        Err(finding) => return findings::fail(finding, words),
    };
    let verification = Verification::of(&file.bytes);
    if command.format == Format::Json {
        say!("{}", verification.json(words.language));
    } else if verification.exit_status == 0 {
        say!(
            "{} {}",
            words.pick(
                "recomputed from the record alone: the same bytes. SHA-256",
                "仅凭记录重新计算：逐字节一致。SHA-256"
            ),
            verification.sha256
        );
    } else {
        findings::print(&verification.findings, words);
    }
    verification.exit_status
}
