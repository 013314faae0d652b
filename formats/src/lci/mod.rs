//! Life cycle inventory databases in the world's exchange formats: files in, an [`Inventory`] and findings out.
//!
//! A database is thousands of files; they are read in batches, each batch on several threads and taken in the order of
//! the names, so the result does not depend on threads. What a file says and the inventory cannot hold becomes a
//! finding; a file that cannot be read costs its processes and is named.

mod archive;
mod ecospold1;
mod ecospold2;
mod format;
mod ilcd;
mod json_ld;
mod matrices;
mod npz;
mod relations;
mod sheet;
mod source;
mod tape;
mod triples;
mod useeio;
mod xml;

pub use archive::Archive;
pub use ecospold1::read_ecospold1;
pub use ecospold2::read_ecospold2;
pub use format::{Database, Format, read_database};
pub use ilcd::read_ilcd;
pub use json_ld::read_json_ld;
pub use matrices::read_matrices;
pub use sheet::read_sheet;
pub use source::{Files, LciLimits, Progress, Source};
pub use tape::unpack;
pub use triples::write_triples;
pub use useeio::read_useeio;

use zuji_core::diagnostic::Diagnostics;
use zuji_core::inventory::Inventory;

/// A database as it was read.
#[derive(Debug)]
pub struct Imported {
    /// The database.
    pub inventory: Inventory,
    /// What was found while reading.
    pub findings: Diagnostics,
}
