//! Writes the golden records into a folder: `records FOLDER`. A debug build, a release build and the WebAssembly module
//! must agree on them to the last byte.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "it writes files, and fails by panicking"
)]

use zuji_tests::golden::{INPUTS, library, record_of};

fn main() {
    let folder = std::path::PathBuf::from(std::env::args_os().nth(1).expect("usage: records FOLDER"));
    std::fs::create_dir_all(&folder).unwrap();
    let library = library();
    for golden in INPUTS {
        std::fs::write(folder.join(format!("{}.json", golden.name)), record_of(golden, &library)).unwrap();
    }
}
