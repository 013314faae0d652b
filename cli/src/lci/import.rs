//! `zuji lci import`: a database as one document.

use super::arguments::Open;
use super::open::{Opened, open};
use crate::findings;
use crate::words::Words;
use std::io::{BufWriter, Write};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Severity, catalogue};

/// Reads and writes: 0 everything was read, 1 something was left out and is named, 2 nothing could be read.
pub fn run(source: &Open, output: &Path, words: Words) -> u8 {
    let imported = match open(source) {
        Ok(Opened::Inventory(imported)) => imported,
        // Matrices have no exchanges to write down.
        Ok(Opened::System(head, _)) => {
            return findings::fail(Diagnostic::new(&catalogue::I710).with("database", head.id), words);
        }
        Err(finding) => return findings::fail(finding, words),
    };
    let write = || -> std::io::Result<u64> {
        let mut file = BufWriter::new(std::fs::File::create(output)?);
        serde_json::to_writer(&mut file, &imported.inventory.document())?;
        file.flush()?;
        std::fs::metadata(output).map(|about| about.len())
    };
    findings::print(&imported.findings, words);
    let inventory = &imported.inventory;
    let (processes, flows, exchanges) =
        (inventory.processes().len(), inventory.flows().len(), inventory.exchanges().len());
    match write() {
        Ok(bytes) => {
            let path = output.display();
            say!(
                "{}",
                words.pick(
                    format!("{processes} processes, {flows} flows, {exchanges} exchanges → {path} ({bytes} bytes)"),
                    format!("{processes} 个过程，{flows} 个流，{exchanges} 个交换 → {path}（{bytes} 字节）")
                )
            );
            u8::from(imported.findings.count(Severity::Error) > 0)
        }
        Err(error) => {
            let finding = Diagnostic::new(&catalogue::E109).with("file", output.display()).with("cause", error);
            findings::fail(finding, words)
        }
    }
}
