//! The inventory databases that the repository keeps, unpacked into memory.

use std::path::Path;
use std::sync::OnceLock;
use zuji_core::inventory::DatabaseHead;
use zuji_formats::lci::{Files, Imported, LciLimits, read_json_ld, unpack};

/// The files of an archive of the repository.
fn unpacked(path: &str) -> Files {
    let packed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap();
    unpack(&packed, path, &LciLimits::default()).unwrap()
}

/// The files of the US LCI database.
pub fn uslci_files() -> Files {
    unpacked("factors/raw/uslci/uslci_olca1_5_0_json_ld.tar.xz")
}

/// The files of USEEIO v1.2.
pub fn useeio_files() -> Files {
    unpacked("tests/data/useeio/USEEIOv1.2.tar.xz")
}

/// The additional inventories of premise: 4,356 processes in two tables.
pub fn premise_files() -> Files {
    unpacked("tests/data/premise/premise_2.5.2_inventories.tar.xz")
}

/// Files of a test from their names and texts.
pub fn files(list: &[(&str, &str)]) -> Files {
    Files::new(list.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())))
}

/// The US LCI database, read once per test program.
pub fn uslci() -> &'static Imported {
    static READ: OnceLock<Imported> = OnceLock::new();
    READ.get_or_init(|| read_json_ld(&uslci_files(), head("uslci"), &LciLimits::default(), &mut |_| ()).unwrap())
}

/// A head for a database of a test.
pub fn head(id: &str) -> DatabaseHead {
    DatabaseHead {
        id: id.into(),
        name: id.into(),
        version: "not stated".into(),
        source: "test".into(),
        licence: "not stated".into(),
        ..DatabaseHead::default()
    }
}
