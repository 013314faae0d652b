//! Life cycle inventory databases in the world's exchange formats: files in, an [`Inventory`] and findings out.
//!
//! A database is thousands of files; they are read in batches, each batch on several threads and taken in the order of
//! the names, so the result does not depend on threads. What a file says and the inventory cannot hold becomes a
//! finding; a file that cannot be read costs its processes and is named.

mod archive;
mod json_ld;
mod source;

pub use archive::Archive;
pub use json_ld::read_json_ld;
pub use source::{Files, LciLimits, Progress, Source};

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
