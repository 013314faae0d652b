//! Which format a folder or archive is in, by the names of its files.

use super::{
    Imported, LciLimits, Progress, Source, read_ecospold1, read_ecospold2, read_ilcd, read_json_ld, read_matrices,
    read_sheet, read_useeio,
};
use zuji_core::diagnostic::{Diagnostic, catalogue};
use zuji_core::inventory::{DatabaseHead, InventorySystem};

/// A format of inventory databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// openLCA JSON-LD.
    JsonLd,
    /// EcoSpold 1.
    EcoSpold1,
    /// EcoSpold 2.
    EcoSpold2,
    /// ILCD.
    Ilcd,
    /// Two tables, as spreadsheets have them.
    Sheet,
    /// USEEIO matrices.
    Useeio,
    /// A, B and C as CSV or as arrays of SciPy.
    Matrices,
}

/// What was read: an inventory that is still to be put together, or matrices that already are.
#[derive(Debug)]
pub enum Database {
    /// An inventory.
    Inventory(Box<Imported>),
    /// Matrices.
    System(Box<InventorySystem>),
}

impl Format {
    /// The format of a source; `None` where its names fit none.
    pub fn of(source: &dyn Source) -> Option<Self> {
        let names: Vec<String> = source.names().iter().map(|name| name.to_ascii_lowercase()).collect();
        let ends = |ending: &str| names.iter().any(|name| name.ends_with(ending));
        let file = |file: &str| names.iter().any(|name| name.rsplit('/').next() == Some(file));
        let within = |folder: &str, ending: &str| {
            names.iter().any(|name| {
                name.ends_with(ending)
                    && name.rsplit_once('/').is_some_and(|(path, _)| path.rsplit('/').next() == Some(folder))
            })
        };
        if within("processes", ".json") {
            Some(Self::JsonLd)
        } else if within("processes", ".xml") {
            Some(Self::Ilcd)
        } else if ends(".spold") {
            Some(Self::EcoSpold2)
        } else if file("sectors.json") && file("a.json") {
            Some(Self::Useeio)
        } else if file("processes.csv") && file("exchanges.csv") {
            Some(Self::Sheet)
        } else if file("processes.csv") && (file("a.csv") || file("a.npz")) {
            Some(Self::Matrices)
        } else if ends(".xml") {
            Some(Self::EcoSpold1)
        } else {
            None
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "openLCA JSON-LD",
            Self::EcoSpold1 => "EcoSpold 1",
            Self::EcoSpold2 => "EcoSpold 2",
            Self::Ilcd => "ILCD",
            Self::Sheet => "processes.csv + exchanges.csv",
            Self::Useeio => "USEEIO",
            Self::Matrices => "A, B, C (.csv or .npz)",
        }
    }
}

/// Reads a database of any format.
///
/// # Errors
/// The finding that leaves no database; `I703` where the names fit no format.
pub fn read_database(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Database, Diagnostic> {
    let read = match Format::of(source) {
        Some(Format::JsonLd) => read_json_ld(source, head, limits, progress),
        Some(Format::EcoSpold1) => read_ecospold1(source, head, limits, progress),
        Some(Format::EcoSpold2) => read_ecospold2(source, head, limits, progress),
        Some(Format::Ilcd) => read_ilcd(source, head, limits, progress),
        Some(Format::Sheet) => read_sheet(source, head, limits, progress),
        Some(Format::Useeio) => return read_useeio(source, limits).map(|system| Database::System(Box::new(system))),
        Some(Format::Matrices) => {
            return read_matrices(source, limits).map(|system| Database::System(Box::new(system)));
        }
        None => {
            let known = "processes/*.json, processes/*.xml, *.spold, *.xml, sectors.json, processes.csv";
            return Err(Diagnostic::new(&catalogue::I703).with("format", "LCI").with("wanted", known));
        }
    };
    read.map(|imported| Database::Inventory(Box::new(imported)))
}
