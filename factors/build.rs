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
use zuji_core::diagnostic::Language;
use zuji_core::factor::{FactorIndex, Factors, FactorsDocument, Pack, Period, name_key};
use zuji_core::impact::CharacterisationDocument;
use zuji_core::method::MethodProfile;
use zuji_core::product::WasteRules;
use zuji_core::quantity::UnitTable;

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

    let mut packs = Vec::new();
    for (path, text) in yaml_files("packs")? {
        let document: FactorsDocument = serde_yaml::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
        packs.push(Pack::from(document));
    }
    prepare(&out, &mut list, packs)?;

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

    std::fs::write(out.join("embedded.rs"), list)?;
    Ok(())
}

/// Writes the tables as constants ([`PreparedTables`]): heads, rows as text, and the indexes that [`Factors`] would make
/// of them at every start.
///
/// [`PreparedTables`]: zuji_core::factor::PreparedTables
fn prepare(out: &Path, list: &mut String, packs: Vec<Pack>) -> Outcome<()> {
    let (factors, findings) = Factors::new(packs.iter().cloned(), &UnitTable::standard());
    if let Some(finding) = findings.iter().next() {
        return Err(format!("{:?}: {}", finding.places(), finding.found(Language::En)).into());
    }
    writeln!(list, "const PREPARED_TABLES: &[PreparedTable] = &[")?;
    for Pack { document, sha256 } in &packs {
        let (id, head) = (&document.table.id, serde_json::to_string(&document.table)?);
        let rows = document.rows.len();
        writeln!(list, "    PreparedTable {{ id: {id:?}, head: {head:?}, sha256: {sha256:?}, rows: {rows} }},")?;
    }
    writeln!(list, "];\nconst PREPARED_ROWS: &[PreparedRow] = &[")?;
    let (mut text, mut names, mut ids) = (String::new(), Vec::new(), Vec::new());
    let mut first: BTreeMap<String, u32> = BTreeMap::new();
    for (FactorIndex(position), factor) in factors.iter() {
        let mut row = factor.row.clone();
        // The commodities of one sector share their gases: writing a long list once halves the text.
        let mut gases_of = position;
        if row.emissions.len() >= LONG {
            gases_of = *first.entry(serde_json::to_string(&row.emissions)?).or_insert(position);
            if gases_of != position {
                row.emissions.clear();
            }
        }
        let start = text.len();
        text += &serde_json::to_string(&row)?;
        if !text[start..].starts_with(&format!("{{\"id\":\"{}\",", row.id)) {
            return Err(format!("the id \"{}\" needs escaping in JSON", row.id).into());
        }
        let period = match row.period {
            Period::NotStated => "Period::NotStated".to_string(),
            Period::Years(from, to) => format!("Period::Years({from}, {to})"),
        };
        writeln!(
            list,
            "    PreparedRow {{ start: {start}, end: {end}, id: {id}, table: {table}, gases_of: {gases_of}, \
             kind: FactorKind::{kind:?}, geography: {geography:?}, period: {period}, proxy: {proxy}, \
             lacks_its_half: {half} }},",
            end = text.len(),
            id = row.id.len(),
            table = factor.pack,
            kind = row.kind,
            geography = row.geography,
            proxy = row.proxy.is_some(),
            half = factor.lacks_its_half(),
        )?;
        let found = [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms).map(|name| name_key(name));
        names.extend(found.filter(|_| row.kind.has_names()).map(|key| (key, position)));
        ids.push((row.id, position));
    }
    ids.sort();
    let ids: Vec<u32> = ids.into_iter().map(|(_, position)| position).collect();
    names.sort();
    names.dedup();
    writeln!(list, "];\nconst PREPARED_IDS: &[u32] = &{ids:?};\nconst PREPARED_NAMES: &[PreparedName] = &[")?;
    let mut keys = String::new();
    let mut start = 0;
    for (position, (key, row)) in names.iter().enumerate() {
        if position == 0 || names[position - 1].0 != *key {
            start = keys.len();
            keys += key;
        }
        writeln!(list, "    PreparedName {{ start: {start}, length: {}, row: {row} }},", key.len())?;
    }
    writeln!(list, "];")?;
    std::fs::write(out.join("rows.json"), text)?;
    std::fs::write(out.join("keys.txt"), keys)?;
    Ok(())
}

/// Lists of gases from this length on are written once.
const LONG: usize = 6;

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
