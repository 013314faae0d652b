//! The rules that factor tables keep: of a row by itself, of a split against its source's own total, of rows among
//! their like, of age. What breaks a rule is an error; what only looks wrong is a warning.

mod age;
mod range;
mod row;
mod split;

pub use age::OLD_AFTER;

use super::FactorsDocument;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::impact::GwpSets;
use crate::quantity::UnitTable;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What tables are checked with.
#[derive(Clone, Copy, Debug)]
pub struct Checking<'a> {
    /// Known units.
    pub units: &'a UnitTable,
    /// Known sets of characterisation factors.
    pub sets: &'a GwpSets,
    /// The day for age and validity; without one nothing is too old.
    pub as_of: Option<Date>,
    /// Years after which a figure is called old.
    pub old_after: u16,
}

/// The rules of a table by itself: schema, provenance, units, gases, sets, kinds against boundaries, companions, signs
/// (`F401`), and the split by gas against the source's own CO2e (`F402`, `F403`). All of them are errors.
pub fn check_table(document: &FactorsDocument, units: &UnitTable, sets: &GwpSets) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (_, finding) in by_row(document, units, sets) {
        found.push(finding);
    }
    found
}

/// A table without its rows that break a rule, and what they break. Of a table whose head breaks one no row enters.
pub fn admit(mut document: FactorsDocument, units: &UnitTable, sets: &GwpSets) -> (FactorsDocument, Diagnostics) {
    let mut found = Diagnostics::default();
    let mut broken = BTreeSet::new();
    let mut head = false;
    for (row, finding) in by_row(&document, units, sets) {
        match row {
            Some(row) => drop(broken.insert(row)),
            None => head = true,
        }
        found.push(finding);
    }
    let mut position = 0;
    document.rows.retain(|_| {
        position += 1;
        !head && !broken.contains(&(position - 1))
    });
    (document, found)
}

/// What breaks a rule, with the position of its row; none where it is the table's head.
fn by_row(document: &FactorsDocument, units: &UnitTable, sets: &GwpSets) -> Vec<(Option<usize>, Diagnostic)> {
    let mut found = row::check(document, units, sets);
    for (position, row) in document.rows.iter().enumerate() {
        if let Some(finding) = split::check(row, sets) {
            let place = Place::field(format!("rows[{position}].published"));
            found.push((Some(position), finding.with("table", &document.table.id).at(place)));
        }
    }
    found
}

/// Checks several tables, each by itself and all among each other: ids across tables (`F404`), figures far off their like
/// (`F405`), age (`F406`) and validity (`F407`). The findings of a table stand at its position; their places are paths
/// in its document.
///
/// `beside` are tables that the checked ones will be loaded with: they lend ids and figures and are not checked.
pub fn check_tables(tables: &[FactorsDocument], beside: &[FactorsDocument], checking: &Checking) -> Vec<Diagnostics> {
    let mut found: Vec<Diagnostics> =
        tables.iter().map(|table| check_table(table, checking.units, checking.sets)).collect();
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for table in beside {
        owners.extend(table.rows.iter().map(|row| (row.id.as_str(), table.table.id.as_str())));
    }
    let ranges = range::Ranges::new(tables.iter().chain(beside), checking);
    for (table, found) in tables.iter().zip(&mut found) {
        let id = table.table.id.as_str();
        for (position, row) in table.rows.iter().enumerate() {
            // Twice in one table is a rule of that table.
            if let Some(other) = owners.get(row.id.as_str()) {
                found.push(
                    Diagnostic::new(&catalogue::F404)
                        .with("table", id)
                        .with("id", &row.id)
                        .with("other", other)
                        .at(Place::field(format!("rows[{position}].id"))),
                );
            }
            let findings = ranges.check(row, checking).into_iter().chain(age::check(row, checking));
            for (field, finding) in findings {
                found.push(finding.with("table", id).at(Place::field(format!("rows[{position}].{field}"))));
            }
        }
        owners.extend(table.rows.iter().map(|row| (row.id.as_str(), id)));
    }
    found
}
