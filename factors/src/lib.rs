//! Zuji's own factor tables and sets of characterisation factors: data with provenance in every row, embedded.
//!
//! The sources lie under `raw/` as they were obtained; `cargo xtask factors` makes `packs/` and `gwp/` of them, and the
//! build script embeds those as JSON. Nothing here computes; `zuji-core` does.

use zuji_core::factor::FactorsDocument;
use zuji_core::impact::CharacterisationDocument;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// All factor tables, by file name.
///
/// # Errors
/// When an embedded table is not what this version of the core reads: the build was mixed up.
pub fn tables() -> Result<Vec<FactorsDocument>, serde_json::Error> {
    TABLES.iter().map(|(_, json)| serde_json::from_str(json)).collect()
}

/// All sets of characterisation factors; the first is the default.
///
/// # Errors
/// When an embedded set is not what this version of the core reads: the build was mixed up.
pub fn characterisation_sets() -> Result<Vec<CharacterisationDocument>, serde_json::Error> {
    SETS.iter().map(|(_, json)| serde_json::from_str(json)).collect()
}

/// Method profiles as name and JSON text; the core reads them.
pub fn methods_json() -> &'static [(&'static str, &'static str)] {
    METHODS
}

/// The ids of the embedded tables, without reading them.
pub fn table_names() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(name, _)| *name)
}
