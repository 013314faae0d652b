//! A factor table named by its content: the hash of its canonical JSON. A pin names the pack and the hash that a
//! computation may draw on, so that a result can be had again years later, or not at all.

use super::{FactorIndex, FactorsDocument, TableHead};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::hash::{canonical, sha256_hex};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A factor table with its hash.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The table.
    pub document: FactorsDocument,
    /// SHA-256 of the table as canonical JSON (RFC 8785): the same for YAML, JSON and CSV, whatever their layout.
    pub sha256: String,
}

impl From<FactorsDocument> for Pack {
    fn from(document: FactorsDocument) -> Self {
        let sha256 = sha256_hex(&canonical(&document));
        Self { document, sha256 }
    }
}

/// A pack that was loaded.
#[derive(Clone, Debug)]
pub struct LoadedPack {
    /// What the table says of itself.
    pub table: Arc<TableHead>,
    /// SHA-256 of the whole table as canonical JSON.
    pub sha256: String,
    /// How many of its rows entered.
    pub rows: usize,
    /// Set where another pack of the same id was loaded before: this one serves only where it is pinned.
    pub standby: bool,
}

/// A pack by id and the beginning of its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The table's id.
    pub id: String,
    /// The first 8 to 64 hexadecimal digits of its SHA-256.
    pub sha256: String,
}

/// Digits of a hash that tell packs apart.
const LEAST_DIGITS: usize = 8;

impl Pin {
    /// Whether the hash has enough digits and nothing else.
    pub fn is_readable(&self) -> bool {
        let digits = self.sha256.trim();
        !self.id.trim().is_empty()
            && (LEAST_DIGITS..=64).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    fn names(&self, pack: &LoadedPack) -> bool {
        self.id.trim() == pack.table.id && pack.sha256.starts_with(&self.sha256.trim().to_ascii_lowercase())
    }
}

/// Written `id@hash`.
impl std::str::FromStr for Pin {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("\"{text}\" is no pin: write <table id>@<first {LEAST_DIGITS} or more digits of its SHA-256>");
        let (id, sha256) = text.trim().rsplit_once('@').ok_or_else(wrong)?;
        let pin = Self { id: id.into(), sha256: sha256.into() };
        if pin.is_readable() { Ok(pin) } else { Err(wrong()) }
    }
}

impl std::fmt::Display for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.id, self.sha256)
    }
}

/// Whether a licence, as it is stated, asks that what is made of the data bears it too.
pub fn share_alike(licence: &str) -> bool {
    let words =
        |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>();
    let words = words(licence);
    words.iter().any(|word| matches!(word.as_str(), "sa" | "sharealike" | "odbl"))
        || words.windows(2).any(|pair| pair[0] == "share" && pair[1] == "alike")
}

/// Which of the loaded packs may serve a computation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    allowed: Vec<bool>,
    /// Whether pins chose it.
    pub pinned: bool,
}

impl Selection {
    /// All packs but those that stand by.
    pub(super) fn of_all(packs: &[LoadedPack]) -> Self {
        Self { allowed: packs.iter().map(|pack| !pack.standby).collect(), pinned: false }
    }

    /// Whether a pack may serve, by its position.
    pub fn allows(&self, pack: usize) -> bool {
        self.allowed.get(pack).copied().unwrap_or(false)
    }
}

/// The packs that pins name, and no others. Without pins all but those that stand by.
///
/// # Errors
/// A pin that cannot be read (`V106`), one whose pack is not there (`F408`), one whose pack has another hash (`F409`).
pub(super) fn select(packs: &[LoadedPack], pins: &[Pin]) -> Result<Selection, Diagnostics> {
    if pins.is_empty() {
        return Ok(Selection::of_all(packs));
    }
    let mut chosen = Selection { allowed: vec![false; packs.len()], pinned: true };
    let mut found = Diagnostics::default();
    for (at, pin) in pins.iter().enumerate() {
        let place = || Place::field(format!("packs[{at}]"));
        if !pin.is_readable() {
            let range = (
                format!("the first {LEAST_DIGITS} or more digits of a SHA-256"),
                format!("SHA-256 的前 {LEAST_DIGITS} 位或更多"),
            );
            found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", "packs")
                    .with("text", pin)
                    .with_words("range", range)
                    .at(place()),
            );
            continue;
        }
        if let Some(position) = packs.iter().position(|pack| pin.names(pack)) {
            chosen.allowed[position] = true;
            continue;
        }
        let namesakes: Vec<&str> =
            packs.iter().filter(|pack| pack.table.id == pin.id.trim()).map(|pack| pack.sha256.as_str()).collect();
        found.push(if namesakes.is_empty() {
            let loaded: Vec<&str> = packs.iter().map(|pack| pack.table.id.as_str()).collect();
            Diagnostic::new(&catalogue::F408).with("pin", pin).with("loaded", loaded.join(", ")).at(place())
        } else {
            Diagnostic::new(&catalogue::F409)
                .with("id", &pin.id)
                .with("pinned", &pin.sha256)
                .with("loaded", namesakes.join(", "))
                .at(place())
        });
    }
    if found.is_empty() { Ok(chosen) } else { Err(found) }
}

/// Rows of packs that stand by, by one of their keys.
pub(super) type Standby = rustc_hash::FxHashMap<String, Vec<FactorIndex>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_alike_is_read_of_the_licence() {
        for (licence, alike) in [
            ("CC BY-SA 4.0", true),
            ("Creative Commons Attribution-ShareAlike", true),
            ("ODbL 1.0", true),
            ("Share-Alike", true),
            ("CC BY 4.0", false),
            ("USA public domain", false),
            ("Open Government Licence v3.0", false),
        ] {
            assert_eq!(share_alike(licence), alike, "{licence}");
        }
    }

    #[test]
    fn a_pin_has_enough_digits() {
        let pin: Pin = "uk-desnz-2024@0123abcd".parse().unwrap();
        assert_eq!((pin.id.as_str(), pin.sha256.as_str()), ("uk-desnz-2024", "0123abcd"));
        for text in ["", "x", "x@", "x@0123abc", "@0123abcd", "x@0123abcz", "x@ 123abcd ", "x@y@0123"] {
            assert!(text.parse::<Pin>().is_err(), "{text}");
        }
    }
}
