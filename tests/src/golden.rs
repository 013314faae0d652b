//! Golden records: fixed inputs, their records, and the digests that every platform must reach.
//!
//! [`records`] is pure (texts in, bytes out), so that the same function runs natively and in wasm32. Each input brings
//! its own factor table; only the sets of characterisation factors and the method profiles are the embedded ones.

use serde_json::Value;
use zuji_core::factor::FactorsDocument;
use zuji_core::footprint::footprint;
use zuji_core::hash::{canonical, sha256_hex};
use zuji_core::product::{Library, Options, WasteRules};
use zuji_core::record::record;
use zuji_formats::{File, Limits, read_factors, read_product};

/// One golden input.
#[derive(Clone, Copy, Debug)]
pub struct Golden {
    /// Its name.
    pub name: &'static str,
    /// The table of parts, if any.
    pub table: Option<&'static str>,
    /// The product document.
    pub document: &'static str,
}

/// All golden inputs.
pub const INPUTS: &[Golden] = &[
    Golden {
        name: "chair",
        table: Some(include_str!("../golden/chair.csv")),
        document: include_str!("../golden/chair.yaml"),
    },
    Golden { name: "gaps", table: None, document: include_str!("../golden/gaps.yaml") },
];

/// The digests as they were last accepted: `name sha256` per line.
pub const DIGESTS: &str = include_str!("../golden/digests.txt");

/// The factor table of all golden inputs.
const FACTORS: &str = include_str!("../golden/factors.yaml");

/// Their rules for waste.
const WASTE: &str = include_str!("../golden/waste.json");

/// The library of the golden inputs.
///
/// # Panics
/// When the embedded data or the golden table cannot be read.
pub fn library() -> Library {
    let real = zuji_factors::library(Vec::new()).unwrap().0;
    let table: FactorsDocument = read_factors(FACTORS.as_bytes(), "factors.yaml", &Limits::default()).unwrap();
    let waste: WasteRules = serde_json::from_str(WASTE).unwrap();
    let (library, findings) = Library::new([table], real.sets, real.profiles, waste);
    assert!(findings.is_empty(), "{findings:?}");
    library
}

/// The record of one input as canonical JSON.
///
/// # Panics
/// When the input cannot be read or gives no result.
pub fn record_of(golden: &Golden, library: &Library) -> Vec<u8> {
    let table = golden.table.map(|text| File::new(format!("{}.csv", golden.name), text));
    let document = File::new(format!("{}.yaml", golden.name), golden.document);
    let input = read_product(table, Some(&document), &library.units, &Limits::default(), &|_| ()).unwrap();
    let options = Options::default();
    let outcome = footprint(&input.bill, &input.document, library, &options);
    record(outcome.footprint.as_ref().unwrap(), &options, &outcome.diagnostics)
}

/// A record without what names the engine's build: its version and source digest change with every edit of the core, and
/// the hash of the result with them. All else must stay.
///
/// # Panics
/// When the bytes are not a record.
pub fn without_engine(record: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(record).unwrap();
    value.as_object_mut().unwrap().remove("engine");
    value["result"]["provenance"].as_object_mut().unwrap().remove("engine");
    value["hashes"].as_object_mut().unwrap().remove("result");
    value
}

/// `name sha256` of every golden record without its engine, one per line.
pub fn digests() -> String {
    let library = library();
    INPUTS
        .iter()
        .map(|golden| {
            let value = without_engine(&record_of(golden, &library));
            format!("{} {}\n", golden.name, sha256_hex(&canonical(&value)))
        })
        .collect()
}
