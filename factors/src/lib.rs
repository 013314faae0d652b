//! Zuji's own factor tables and sets of characterisation factors: data with provenance in every row, embedded.
//!
//! The sources lie under `raw/` as they were obtained; `cargo xtask factors` makes `packs/` and `gwp/` of them, and the
//! build script embeds those as JSON. Nothing here computes; `zuji-core` does.

use zuji_core::diagnostic::Diagnostics;
use zuji_core::factor::{
    FactorKind, FactorsDocument, Pack, Period, PreparedName, PreparedRow, PreparedTable, PreparedTables,
};
use zuji_core::impact::{Characterisation, CharacterisationDocument, GwpSets};
use zuji_core::method::{MethodProfile, Profiles};
use zuji_core::product::{Library, WasteRules};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// All factor tables as the build prepared them.
pub const PREPARED: PreparedTables = PreparedTables {
    tables: PREPARED_TABLES,
    rows: PREPARED_ROWS,
    text: include_str!(concat!(env!("OUT_DIR"), "/rows.json")),
    by_id: PREPARED_IDS,
    names: PREPARED_NAMES,
    keys: include_str!(concat!(env!("OUT_DIR"), "/keys.txt")),
};

/// All factor tables as documents, by file name.
///
/// # Errors
/// When an embedded table is not what this version of the core reads: the build was mixed up.
pub fn tables() -> Result<Vec<FactorsDocument>, serde_json::Error> {
    let mut rows = 0..;
    let read = |table: &PreparedTable| {
        Ok(FactorsDocument {
            schema: "zuji/factors@1".into(),
            table: serde_json::from_str(table.head)?,
            rows: rows.by_ref().take(table.rows as usize).map(|row| PREPARED.row(row)).collect::<Result<_, _>>()?,
        })
    };
    PREPARED.tables.iter().map(read).collect()
}

/// All factor tables with the hashes that the build computed of them.
///
/// # Errors
/// When an embedded table is not what this version of the core reads: the build was mixed up.
pub fn packs() -> Result<Vec<Pack>, serde_json::Error> {
    let hashed = |(document, table): (FactorsDocument, &PreparedTable)| Pack { document, sha256: table.sha256.into() };
    Ok(tables()?.into_iter().zip(PREPARED.tables).map(hashed).collect())
}

/// All sets of characterisation factors; the first is the default.
///
/// # Errors
/// When an embedded set is not what this version of the core reads: the build was mixed up.
pub fn characterisation_sets() -> Result<Vec<CharacterisationDocument>, serde_json::Error> {
    SETS.iter().map(|(_, json)| serde_json::from_str(json)).collect()
}

/// The sets of characterisation factors, ready to look up.
///
/// # Errors
/// When an embedded set is not what this version of the core reads: the build was mixed up.
pub fn gwp_sets() -> Result<GwpSets, serde_json::Error> {
    // They are checked by this crate's tests; one that breaks a rule would fail them, and stays out here.
    let ready = characterisation_sets()?.into_iter().filter_map(|document| Characterisation::new(document).ok());
    Ok(GwpSets::new(ready.collect()))
}

/// The method profiles; the first is the default.
///
/// # Errors
/// When an embedded profile is not what this version of the core reads: the build was mixed up.
pub fn profiles() -> Result<Vec<MethodProfile>, serde_json::Error> {
    METHODS.iter().map(|(_, json)| serde_json::from_str(json)).collect()
}

/// Which treatment rows serve which class of material.
///
/// # Errors
/// When the embedded rules are not what this version of the core reads: the build was mixed up.
pub fn waste_rules() -> Result<WasteRules, serde_json::Error> {
    match RULES {
        [] => Ok(WasteRules::default()),
        [(_, json), ..] => serde_json::from_str(json),
    }
}

/// Everything a computation draws on, with further tables beside the embedded ones. Rows that break a rule are reported
/// and stay out.
///
/// # Errors
/// When something embedded is not what this version of the core reads: the build was mixed up.
pub fn library(more: Vec<FactorsDocument>) -> Result<(Library, Diagnostics), serde_json::Error> {
    let sets = gwp_sets()?;
    Library::prepared(PREPARED, more, sets, Profiles::new(profiles()?), waste_rules()?)
}

/// The ids of the embedded tables, without reading them.
pub fn table_names() -> impl Iterator<Item = &'static str> {
    PREPARED.tables.iter().map(|table| table.id)
}
