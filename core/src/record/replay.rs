//! Recomputing a record from nothing else: the server decides by this, not by what a browser says.

use super::record;
use crate::factor::{FactorsDocument, Pack, Pin};
use crate::footprint::{Engine, footprint};
use crate::hash::canonical;
use crate::impact::{Characterisation, CharacterisationDocument, GwpSets};
use crate::math::Finite;
use crate::method::{MethodProfile, Profiles};
use crate::product::{Bill, BillBuilder, Library, Options, ProductDocument, WasteRules, read_document};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The parts of a record that are inputs.
#[derive(Deserialize)]
struct Parts {
    schema: String,
    engine: EngineName,
    options: Options,
    inputs: ProductDocument,
    method: MethodProfile,
    tables: Vec<FactorsDocument>,
    packs: Vec<Pin>,
    characterisation: Vec<CharacterisationDocument>,
    waste: WasteRules,
    bounds: BTreeMap<String, Option<Finite>>,
}

#[derive(Deserialize)]
struct EngineName {
    version: String,
    source_sha256: String,
}

/// The outcome of a replay.
#[derive(Clone, Debug, PartialEq)]
pub enum Replay {
    /// The same bytes came out.
    Same,
    /// Other bytes: the first place that differs, the given value and the recomputed one.
    Different {
        /// Path in the record, such as `result.total.excluding_biogenic_uptake`.
        at: String,
        /// What the record says.
        given: String,
        /// What recomputing gives.
        recomputed: String,
        /// Whether another engine made the record, which alone may explain the difference.
        other_engine: Option<String>,
    },
}

/// Why a record cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// It is no record.
    #[error("{0}")]
    NotARecord(String),
    /// Its inputs lead to no result.
    #[error("its inputs lead to no result")]
    NoResult,
}

/// What a record embeds, ready to compute from.
pub(crate) struct Opened {
    /// The record as it stands.
    given: Value,
    /// The engine that made it, where it was another.
    other_engine: Option<String>,
    /// The product.
    pub document: ProductDocument,
    /// Its lines.
    pub bill: Bill,
    /// Factors, sets, profile and rules.
    pub library: Library,
    /// The options it was computed with.
    pub options: Options,
}

/// Takes a record apart.
pub(crate) fn open(bytes: &[u8]) -> Result<Opened, ReplayError> {
    let given: Value = serde_json::from_slice(bytes).map_err(|error| ReplayError::NotARecord(error.to_string()))?;
    let parts = Parts::deserialize(&given).map_err(|error| ReplayError::NotARecord(error.to_string()))?;
    if parts.schema != "zuji/record@1" {
        return Err(ReplayError::NotARecord(format!("schema is \"{}\"", parts.schema)));
    }
    let engine = Engine::THIS;
    let other_engine = (parts.engine.source_sha256 != engine.source_sha256)
        .then(|| format!("{} ({})", parts.engine.version, parts.engine.source_sha256));
    let sets = parts
        .characterisation
        .into_iter()
        .map(|document| Characterisation::new(document).map_err(|error| ReplayError::NotARecord(error.to_string())))
        .collect::<Result<Vec<_>, _>>()?;
    // A record holds the rows that were looked at, so the hash of the whole pack comes with it.
    let named = parts.tables.iter().map(|table| &table.table.id).eq(parts.packs.iter().map(|pack| &pack.id));
    if !named {
        return Err(ReplayError::NotARecord("its packs are not those of its tables".into()));
    }
    let hashes = parts.packs.into_iter().map(|pack| pack.sha256);
    let packs = parts.tables.into_iter().zip(hashes).map(|(document, sha256)| Pack { document, sha256 });
    let (mut library, _) = Library::new(packs, GwpSets::new(sets), Profiles::new(vec![parts.method]), parts.waste);
    library.bounds = Some(parts.bounds.into_iter().map(|(class, bound)| (class, bound.map(Finite::get))).collect());
    let mut document = parts.inputs;
    let (bill, _reading) = read_document(&mut document, BillBuilder::default(), &library.units);
    Ok(Opened { given, other_engine, document, bill, library, options: parts.options })
}

/// Recomputes a record from what it embeds and compares, byte by byte.
///
/// # Errors
/// See [`ReplayError`].
pub fn replay(bytes: &[u8]) -> Result<Replay, ReplayError> {
    open(bytes)?.compare(bytes)
}

impl Opened {
    /// Recomputes and compares with the bytes it came from.
    pub(crate) fn compare(&self, bytes: &[u8]) -> Result<Replay, ReplayError> {
        let outcome = footprint(&self.bill, &self.document, &self.library, &self.options);
        let Some(result) = &outcome.footprint else { return Err(ReplayError::NoResult) };
        let recomputed = record(result, &self.options, &outcome.diagnostics);
        if recomputed == bytes {
            return Ok(Replay::Same);
        }
        let recomputed: Value = serde_json::from_slice(&recomputed).unwrap_or(Value::Null);
        let (at, given, recomputed) = difference(&self.given, &recomputed)
            .unwrap_or_else(|| ("(form)".into(), "not canonical JSON".into(), "canonical JSON (RFC 8785)".into()));
        Ok(Replay::Different { at, given, recomputed, other_engine: self.other_engine.clone() })
    }
}

/// The first path at which two values differ. Iterative: a record may be nested as deep as its inputs.
fn difference(given: &Value, recomputed: &Value) -> Option<(String, String, String)> {
    let mut stack = vec![(String::new(), given, recomputed)];
    while let Some((path, a, b)) = stack.pop() {
        if a == b {
            continue;
        }
        let join = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        match (a, b) {
            (Value::Object(a), Value::Object(b)) => {
                let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for name in names.into_iter().rev() {
                    stack.push((join(name), a.get(name).unwrap_or(&Value::Null), b.get(name).unwrap_or(&Value::Null)));
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (index, (a, b)) in a.iter().zip(b).enumerate().rev() {
                    stack.push((format!("{path}[{index}]"), a, b));
                }
            }
            _ => {
                let short =
                    |value: &Value| String::from_utf8_lossy(&canonical(value)).chars().take(200).collect::<String>();
                return Some((path, short(a), short(b)));
            }
        }
    }
    None
}
