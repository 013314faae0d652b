//! The core is a pipeline: `core/src/lib.rs` lists its modules in order, and each names only those before it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads the sources it speaks of"
)]

use std::path::{Path, PathBuf};

/// The modules in the order of `lib.rs`.
fn order(source: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(source.join("lib.rs")).unwrap();
    text.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_string())).collect()
}

/// All Rust files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The words that follow `crate::`; empty where several paths are grouped, which this test does not read.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
}

#[test]
fn a_module_names_only_those_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let order = order(&source);
    assert!(order.len() > 10 && order.first().is_some_and(|first| first == "diagnostic"), "{order:?}");
    let position = |module: &str| order.iter().position(|known| known == module);
    let mut backwards = Vec::new();
    let mut seen = 0;
    for path in files(&source) {
        let inside = path.strip_prefix(&source).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(here) = position(module) else { continue };
        seen += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let later = named(&text).filter(|name| name.is_empty() || position(name).is_some_and(|there| there > here));
        backwards.extend(later.map(|name| format!("{} names {name}", inside.display())));
    }
    assert!(seen > 50, "{seen} files");
    assert_eq!(backwards, Vec::<String>::new());
}
