//! A system as it stands: `processes.csv`, `flows.csv` and `impacts.csv` are the index; A, B and C are either CSV with an
//! entry per line (`triples.rs`), named by id, or arrays as SciPy saves them (`npz.rs`), in the order of the index.
//!
//! Signs are those of the system: in A an output + and an input −, in B an emission + and an extraction −. Entries of
//! one place add up. docs/inventories.md has the columns.

use super::npz;
use super::source::Reading;
use super::triples::{entries, open, unreadable};
use super::{LciLimits, Source};
use csv::ByteRecord;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};
use zuji_core::inventory::{Activity, ElementaryFlow, Entries, FlowKind, Impact, InventorySystem};

/// Reads a system. `flows.csv` and B may be missing together, and so may `impacts.csv` and C.
///
/// # Errors
/// A file or column that must be there and is not, a line that cannot be read, an id that is not in the index, an array
/// that does not fit it.
pub fn read_matrices(source: &dyn Source, limits: &LciLimits) -> Result<InventorySystem, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let files = Files { reading: &reading, limits };
    let mut system = InventorySystem::default();
    let (mut processes, mut products) = (Index::default(), Index::default());
    let mut reference = Vec::new();
    let mut same = Same::default();
    files.index(
        "processes.csv",
        &["id", "name", "product", "unit", "location", "category", "reference"],
        |fields| {
            let id = fields[0];
            // The row that is the process's own product: the process's id, or one that `reference` names.
            reference.push(if fields[6].is_empty() { id } else { fields[6] }.to_string());
            let name: Arc<str> = fields[1].into();
            system.activities.push(Activity {
                id: id.into(),
                product: if fields[2].is_empty() { name.clone() } else { fields[2].into() },
                name,
                unit: same.text(0, fields[3]),
                location: Some(fields[4]).filter(|text| !text.is_empty()).map(|text| same.text(1, text)),
                category: same.text(2, fields[5]),
                process: None,
            });
            processes.add(id)
        },
    )?;
    // Rows in the order in which processes name them, so that the system is square with its references on the way.
    for id in &reference {
        system.reference.push(products.number(id));
    }
    if products.count() < reference.len() {
        return Err(unreadable("processes.csv", 0, "two processes have the same reference product"));
    }
    let (mut flows, mut impacts) = (Index::default(), Index::default());
    let (has_b, has_c) = (files.matrix("B").is_some(), files.matrix("C").is_some());
    if has_b {
        let mut same = Same::default();
        files.index("flows.csv", &["id", "name", "unit", "category", "kind"], |fields| {
            let kind = match fields[4] {
                "" | "emission" => FlowKind::Emission,
                "resource" => FlowKind::Resource,
                other => return Err(format!("{other} is no kind; write emission or resource")),
            };
            system.flows.push(ElementaryFlow {
                id: fields[0].into(),
                name: fields[1].into(),
                unit: same.text(0, fields[2]),
                category: same.text(1, fields[3]),
                kind,
                flow: None,
            });
            flows.add(fields[0])
        })?;
    }
    if has_c {
        files.index("impacts.csv", &["id", "name", "unit"], |fields| {
            system.impacts.push(Impact { id: fields[0].into(), name: fields[1].into(), unit: fields[2].into() });
            impacts.add(fields[0])
        })?;
    }
    // Text is read in pieces on all threads; arrays cost no more than a copy.
    system.a = files.entries("A", &products, &processes)?;
    if has_b {
        system.b = files.entries("B", &flows, &processes)?;
    }
    if has_c {
        system.c = files.entries("C", &impacts, &flows)?;
    }
    Ok(system)
}

/// The last text of some columns: units and classes come in runs, and one text serves them all.
#[derive(Default)]
struct Same {
    last: [Arc<str>; 3],
}

impl Same {
    fn text(&mut self, column: usize, text: &str) -> Arc<str> {
        if *self.last[column] != *text {
            self.last[column] = text.into();
        }
        self.last[column].clone()
    }
}

/// Ids by position.
#[derive(Default)]
pub(super) struct Index {
    at: FxHashMap<Box<[u8]>, u32>,
}

impl Index {
    fn add(&mut self, id: &str) -> Result<(), String> {
        let at = self.at.len() as u32;
        match self.at.insert(id.as_bytes().into(), at) {
            None => Ok(()),
            Some(_) => Err(format!("{id} stands twice")),
        }
    }

    fn number(&mut self, id: &str) -> u32 {
        let next = self.at.len() as u32;
        *self.at.entry(id.as_bytes().into()).or_insert(next)
    }

    fn count(&self) -> usize {
        self.at.len()
    }

    /// The position of an id.
    pub fn find(&self, id: &[u8]) -> Option<u32> {
        self.at.get(id).copied()
    }
}

struct Files<'a> {
    reading: &'a Reading<'a>,
    limits: &'a LciLimits,
}

impl<'a> Files<'a> {
    /// The file of a matrix, and whether it is arrays.
    fn matrix(&self, name: &str) -> Option<(usize, String, bool)> {
        [("csv", false), ("npz", true)].into_iter().find_map(|(ending, arrays)| {
            let file = format!("{name}.{ending}");
            self.reading.named(&file).map(|at| (at, file, arrays))
        })
    }

    fn bytes(&self, file: &str) -> Result<Cow<'a, [u8]>, Diagnostic> {
        match self.reading.named(file) {
            Some(at) => self.reading.bytes(at),
            None => Err(Diagnostic::new(&catalogue::I709).with("file", file)),
        }
    }

    /// A file of the index: its columns by name, in any order; only `id` must be there.
    fn index(
        &self,
        file: &'static str,
        columns: &[&str],
        mut take: impl FnMut(&[&str]) -> Result<(), String>,
    ) -> Result<(), Diagnostic> {
        let bytes = self.bytes(file)?;
        let (mut reader, positions) = open(file, &bytes, columns, 1)?;
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|error| unreadable(file, 0, &error.to_string()))? {
            let line = record.position().map_or(0, csv::Position::line);
            let mut fields = Vec::with_capacity(columns.len());
            for position in &positions {
                let field = position.and_then(|at| record.get(at)).unwrap_or_default();
                fields.push(std::str::from_utf8(field).map_err(|_| unreadable(file, line, "it is not UTF-8"))?.trim());
            }
            if fields[0].is_empty() {
                return Err(unreadable(file, line, "the id is empty"));
            }
            take(&fields).map_err(|cause| unreadable(file, line, &cause))?;
        }
        Ok(())
    }

    fn entries(&self, name: &str, rows: &Index, columns: &Index) -> Result<Entries, Diagnostic> {
        let Some((at, file, arrays)) = self.matrix(name) else {
            return Err(Diagnostic::new(&catalogue::I709).with("file", format!("{name}.csv")));
        };
        let bytes = self.reading.bytes(at)?;
        if !arrays {
            return entries(&file, &bytes, rows, columns);
        }
        npz::matrix(&bytes, rows.count(), columns.count(), self.limits).map_err(|broken| match broken {
            npz::Broken::Because(cause) => unreadable(&file, 0, &cause),
            npz::Broken::Limit(found) => found.at(Place::default().in_file(&file)),
        })
    }
}
