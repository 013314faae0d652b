//! A bill of materials linked straight to a database: a line names a process, by its id or its exact name, and takes λ of
//! its product as factor. λ is solved for once, for all lines and all bills; what a row says of its source and of what is
//! open behind it comes along.

use super::background::{Background, FAIR};
use super::background_table::{NoRow, head};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::factor::{FactorsDocument, name_key};
use crate::math::significant;
use crate::product::{Bill, Key};
use crate::quantity::UnitTable;
use crate::solve::linked::Unsolvable;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Names that stand as examples.
const NAMES: usize = 5;

/// A database that bills can name.
#[derive(Debug)]
pub struct LinkedDatabase {
    id: String,
    processes: Vec<LinkedProcess>,
    by_id: FxHashMap<String, u32>,
    by_name: FxHashMap<String, Vec<u32>>,
}

#[derive(Debug)]
struct LinkedProcess {
    id: String,
    name: String,
    location: String,
    /// Why it is no factor, where it is none.
    barred: Option<NoRow>,
    /// The estimated share of what is open behind it.
    open_share: f64,
}

/// What a line's text means in a database.
enum Meaning {
    Nothing,
    One(u32),
    Several(Vec<u32>),
}

impl Background<'_> {
    /// The database for lines to name, and its factors with all digits that the solution has.
    ///
    /// # Errors
    /// As [`Background::burdens`].
    pub fn linked(&self, units: &UnitTable) -> Result<(FactorsDocument, LinkedDatabase), Unsolvable> {
        let id = self.inventory.head.id.trim().to_string();
        let (mut rows, mut processes) = (Vec::new(), Vec::new());
        let mut by_id = FxHashMap::default();
        let mut by_name: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for ((at, activity), (burden, row)) in
            (0u32..).zip(&self.system.activities).zip(self.rows(units, |value| value)?)
        {
            by_id.insert(activity.id.to_string(), at);
            let mut keys = BTreeSet::from([name_key(&activity.product)]);
            // The name and the id of a process with several products mean the one that it exists for.
            if self.is_main(at) {
                keys.insert(name_key(&activity.name));
                if let Some(process) = activity.process.and_then(|at| self.inventory.processes().get(at as usize)) {
                    by_id.entry(process.id.to_string()).or_insert(at);
                }
            }
            keys.remove("");
            for key in keys {
                by_name.entry(key).or_default().push(at);
            }
            processes.push(LinkedProcess {
                id: activity.id.to_string(),
                name: activity.name.to_string(),
                location: activity.location.as_deref().unwrap_or("").to_string(),
                barred: row.as_ref().err().copied(),
                open_share: burden.open_share(),
            });
            rows.extend(row);
        }
        let document =
            FactorsDocument { schema: "zuji/factors@1".into(), table: head(&self.inventory.head, Vec::new()), rows };
        Ok((document, LinkedDatabase { id, processes, by_id, by_name }))
    }

    /// Whether an activity's product is the reference flow of its process.
    fn is_main(&self, activity: u32) -> bool {
        let column = self.assembly.links.columns.get(activity as usize);
        let exchange = column.and_then(|column| self.inventory.exchanges().get(column.exchange as usize));
        exchange.is_none_or(|exchange| exchange.is_reference())
    }
}

impl LinkedDatabase {
    /// Links the lines that name a process: their factor is its row from here on, as if it had been chosen by hand. Lines
    /// that name nothing of the database are left to the factor tables.
    pub fn link(&self, bill: &mut Bill) -> Diagnostics {
        let mut found = Diagnostics::default();
        let (mut used, mut linked_lines) = (BTreeSet::new(), 0);
        // The first line of every key, and how many there are.
        let mut of_key: Vec<Option<(Place, usize)>> = vec![None; bill.keys().len()];
        for line in bill.lines() {
            match of_key.get_mut(line.key().0 as usize) {
                Some(Some((_, count))) => *count += 1,
                Some(none) => *none = Some((line.place(), 1)),
                None => {}
            }
        }
        for (at, lines) in of_key.into_iter().enumerate() {
            let Some((place, count)) = lines else { continue };
            let key = &bill.keys()[at];
            let meaning = self.meaning(key);
            let text = key.factor.as_deref().unwrap_or(&key.material).trim().to_string();
            let factor = match meaning {
                Meaning::Nothing => continue,
                Meaning::One(process) => {
                    let one = &self.processes[process as usize];
                    match one.barred {
                        Some(why) => {
                            let finding =
                                Diagnostic::new(&catalogue::I661).with("text", &text).with("process", &one.id);
                            found.push(finding.with("database", &self.id).with_words("why", why.words()).at(place));
                        }
                        None => {
                            linked_lines += count;
                            used.insert(process);
                        }
                    }
                    format!("{}/{}", self.id, one.id)
                }
                Meaning::Several(several) => {
                    let of = |at: &u32| {
                        let one = &self.processes[*at as usize];
                        format!("{} ({})", one.id, one.location)
                    };
                    let list: Vec<String> = several.iter().take(NAMES).map(of).collect();
                    let finding = Diagnostic::new(&catalogue::I662).with("text", &text).with("count", several.len());
                    found.push(finding.with("database", &self.id).with("list", list.join("; ")).at(place));
                    // No row has this id: the line stays open, whatever other tables hold under the name.
                    format!("{}/{text}", self.id)
                }
            };
            bill.choose_factor(at, factor);
        }
        for &process in &used {
            let one = &self.processes[process as usize];
            if one.open_share > FAIR {
                let share = significant(one.open_share * 100.0, 2);
                found.push(
                    Diagnostic::new(&catalogue::I663)
                        .with("process", &one.name)
                        .with("id", format!("{}/{}", self.id, one.id))
                        .with("share", share),
                );
            }
        }
        let finding = Diagnostic::new(&catalogue::I660).with("lines", linked_lines).with("all", bill.lines().len());
        found.push(finding.with("processes", used.len()).with("database", &self.id));
        found
    }

    /// The process that a key names: by id, else by exact name, of several the one at the line's own place.
    fn meaning(&self, key: &Key) -> Meaning {
        let text = key.factor.as_deref().unwrap_or(&key.material).trim();
        let own = text.strip_prefix(self.id.as_str()).and_then(|rest| rest.strip_prefix('/'));
        if let Some(&at) = own.and_then(|own| self.by_id.get(own)).or_else(|| self.by_id.get(text)) {
            return Meaning::One(at);
        }
        let Some(named) = self.by_name.get(&name_key(own.unwrap_or(text))) else { return Meaning::Nothing };
        let place = key.geography.as_deref().map(str::trim).filter(|place| !place.is_empty());
        let here: Vec<u32> = match place {
            Some(place) => named.iter().copied().filter(|&at| self.processes[at as usize].location == place).collect(),
            None => Vec::new(),
        };
        match (named.as_slice(), here.as_slice()) {
            ([one], _) | (_, [one]) => Meaning::One(*one),
            _ => Meaning::Several(named.clone()),
        }
    }
}
