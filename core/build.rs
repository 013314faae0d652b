//! Gives the engine its name in records: the SHA-256 of its own sources (design §4.4: "the engine by version and
//! source digest, not by binary"), the same for every target, profile and machine.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a build script reads the crate's own sources")]
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a build script speaks to cargo by printing, and may fail the build"
)]

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=src");
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    files.sort();
    let mut digest = Sha256::new();
    for file in &files {
        // Path and text with the same separators and line ends everywhere.
        let name = file.to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(file).expect("sources are readable").replace("\r\n", "\n");
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name.as_bytes());
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    let hex: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=ZUJI_SOURCE_SHA256={hex}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
