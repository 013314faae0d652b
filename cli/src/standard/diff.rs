//! `zuji standard diff`.

use super::open;
use crate::arguments::Format;
use crate::findings;
use crate::words::{Words, safe};
use std::path::Path;
use zuji_core::standard::diff;

/// Compares two versions.
pub fn run(from: &Path, to: &Path, format: Format, words: Words) -> u8 {
    let (from, to) = match (open::standard(from), open::standard(to)) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(finding), _) | (_, Err(finding)) => return findings::fail(finding, words),
    };
    let changes = diff(&from.document, &to.document);
    match format {
        Format::Json => say!(
            "{}",
            serde_json::json!({
                "schema": "zuji/standard-diff@1",
                "from": { "id": from.document.id, "version": from.document.version },
                "to": { "id": to.document.id, "version": to.document.version },
                "changes": changes,
            })
        ),
        Format::Human => {
            for change in &changes {
                say!("{}", safe(words.pick(&change.en, &change.zh)));
            }
            if changes.is_empty() {
                say!("{}", words.pick("the same", "相同"));
            }
        }
    }
    u8::from(!changes.is_empty())
}
