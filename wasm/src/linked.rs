//! Scores of a linked inventory, loops and all: what `zuji lci scores DB.json -o scores.json` writes.

use crate::request::{Lang, Text};
use zuji_core::diagnostic::Diagnostic;
use zuji_core::footprint::linked::Solved;
use zuji_core::inventory::{LinkingDocument, characterise_set};
use zuji_core::quantity::UnitTable;
use zuji_core::solve::linked::Mode;
use zuji_formats::{Limits, read_inventory, result};

/// The set where none is named; the command line has the same.
const SET: &str = "AR6-GWP100@2021";

/// Reads, links by rule, characterises and solves.
pub fn scores(inventory: &Text, method: Option<&str>, lang: Lang) -> Result<Vec<u8>, String> {
    let said = |finding: Diagnostic| finding.found(lang.language());
    let file = inventory.file();
    let limits = Limits { nodes: u64::MAX, ..Limits::default() };
    let (inventory, mut found) = read_inventory(&file.bytes, &file.name, &limits).map_err(said)?;
    let units = UnitTable::standard();
    let mut assembly = inventory.assemble(&units, &LinkingDocument::default());
    found.extend(std::mem::take(&mut assembly.findings));
    let mut system = std::mem::take(&mut assembly.system);
    let sets = zuji_factors::gwp_sets().map_err(|error| error.to_string())?;
    let name = method.unwrap_or(SET);
    let set = sets.find(name).ok_or_else(|| format!("there is no set {name}"))?;
    let (_, findings) = characterise_set(&mut system, &inventory, &units, set);
    found.extend(findings);
    let solved = Solved::new(&system, Mode::Reproducible).map_err(|error| error.to_string())?;
    Ok(result::scores(&inventory.head, &solved, &found, lang.language()).to_string().into_bytes())
}
