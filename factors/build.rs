//! Turns packs, sets of characterisation factors and methods from YAML into compact JSON that the library embeds.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads the crate's own files and talks to cargo"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zuji_core::factor::{FactorsDocument, Pack, SearchWords};
use zuji_core::impact::CharacterisationDocument;
use zuji_core::method::MethodProfile;
use zuji_core::product::WasteRules;

/// The sets in the order in which they are offered: the first is the default. A set that is not listed comes last.
const SETS: [&str; 9] = [
    "AR6-GWP100@2021",
    "AR6-GWP100@7.SM.7",
    "AR5-GWP100@2013",
    "AR5-GWP100@unfccc",
    "AR5-GWP100@feedback",
    "AR4-GWP100@2007",
    "AR6-GWP20@2021",
    "AR5-GWP20@2013",
    "AR4-GWP20@2007",
];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut list = String::new();

    let (mut tables, mut hashes, mut list_of_repeats) = (Vec::new(), Vec::new(), String::new());
    for (path, text) in yaml_files("packs")? {
        let document: FactorsDocument = serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        tables.push((document.table.id.clone(), without_repeats(&document, &mut list_of_repeats)?));
        hashes.push(Pack::from(document).sha256);
    }
    writeln!(list, "const REPEATS: &[&[(usize, usize)]] = &[{list_of_repeats}];")?;
    // Hashing them at every start would cost milliseconds.
    writeln!(list, "const HASHES: &[&str] = &{hashes:?};")?;
    embed(&out, &mut list, "TABLES", "table", &tables)?;

    let mut sets = Vec::new();
    for (path, text) in yaml_files("gwp")? {
        let document: CharacterisationDocument =
            serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        sets.push((document.id.clone(), serde_json::to_string(&document)?));
    }
    sets.sort_by_key(|(id, _)| SETS.iter().position(|known| known == id).unwrap_or(SETS.len()));
    embed(&out, &mut list, "SETS", "set", &sets)?;

    let mut methods = Vec::new();
    for (path, text) in yaml_files("methods")? {
        let document: MethodProfile = serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        methods.push((document.id.clone(), serde_json::to_string(&document)?));
    }
    embed(&out, &mut list, "METHODS", "method", &methods)?;

    let mut rules = Vec::new();
    for (path, text) in yaml_files("rules")? {
        let document: WasteRules = serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        rules.push((path, serde_json::to_string(&document)?));
    }
    embed(&out, &mut list, "RULES", "rules", &rules)?;

    std::fs::write(out.join("search-words.json"), serde_json::to_string(&search_words()?)?)?;
    std::fs::write(out.join("embedded.rs"), list)?;
    Ok(())
}

/// The words of searches, and what is missing by the definition of coverage, in one document.
fn search_words() -> Outcome<serde_json::Value> {
    let read = |path: &str| -> Outcome<serde_json::Value> {
        println!("cargo::rerun-if-changed={path}");
        Ok(serde_yaml::from_str(&std::fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?)
    };
    let mut words = read("search.yaml")?;
    words["gaps"] = read("coverage.yaml")?["missing"].take();
    // A document that the core cannot read fails here, not in a user's hands.
    let _: SearchWords = serde_json::from_value(words.clone())?;
    Ok(words)
}

/// A table as JSON in which a long list of gases that stands on an earlier row already is left out, and the pairs of
/// rows (which, like which) that put it back. The commodities of one sector share their gases: reading them once each
/// would be half of the time in which all tables are read.
fn without_repeats(document: &FactorsDocument, pairs: &mut String) -> Outcome<String> {
    const LONG: usize = 6;
    let mut document = document.clone();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    write!(pairs, "&[")?;
    for (position, row) in document.rows.iter_mut().enumerate().filter(|(_, row)| row.emissions.len() >= LONG) {
        let of = *first.entry(serde_json::to_string(&row.emissions)?).or_insert(position);
        if of != position {
            row.emissions.clear();
            write!(pairs, "({position}, {of}),")?;
        }
    }
    write!(pairs, "],")?;
    Ok(serde_json::to_string(&document)?)
}

/// The YAML files of a folder of this crate by name; none if the folder is not there.
fn yaml_files(folder: &str) -> Outcome<Vec<(String, String)>> {
    println!("cargo::rerun-if-changed={folder}");
    if !Path::new(folder).is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| Ok((path.display().to_string(), std::fs::read_to_string(&path)?));
    paths.into_iter().map(read).collect()
}

/// Writes one JSON file per document and a constant that names and includes them.
fn embed(out: &Path, list: &mut String, constant: &str, kind: &str, documents: &[(String, String)]) -> Outcome<()> {
    writeln!(list, "const {constant}: &[(&str, &str)] = &[")?;
    for (number, (name, json)) in documents.iter().enumerate() {
        let file = format!("{kind}-{number}.json");
        std::fs::write(out.join(&file), json)?;
        writeln!(list, "    ({name:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{file}\"))),")?;
    }
    writeln!(list, "];")?;
    Ok(())
}
