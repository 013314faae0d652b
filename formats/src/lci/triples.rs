//! A system as CSV: `processes.csv`, `flows.csv` and `impacts.csv` are the index, `A.csv`, `B.csv` and `C.csv` have one
//! entry per line: row, column, value.
//!
//! Rows and columns are named by id. Signs are those of the system: in A an output + and an input −, in B an emission +
//! and an extraction −. Entries of one place add up. docs/inventories.md has the columns.

use super::source::Reading;
use super::{LciLimits, Source};
use csv::{ByteRecord, ReaderBuilder};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};
use zuji_core::inventory::{Activity, ElementaryFlow, Entries, FlowKind, Impact, InventorySystem, NO_ORIGIN};

/// Reads a system. `flows.csv` and `B.csv` may be missing together, and so may `impacts.csv` and `C.csv`.
///
/// # Errors
/// A file or column that must be there and is not, a line that cannot be read, an id that is not in the index.
pub fn read_triples(source: &dyn Source, limits: &LciLimits) -> Result<InventorySystem, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let files = Files { reading: &reading };
    let mut system = InventorySystem::default();
    let (mut processes, mut products) = (Index::default(), Index::default());
    let mut reference = Vec::new();
    files.index(
        "processes.csv",
        &["id", "name", "product", "unit", "location", "category", "reference"],
        |fields| {
            let id = fields[0];
            // The row that is the process's own product: the process's id, or one that `reference` names.
            reference.push(if fields[6].is_empty() { id } else { fields[6] }.to_string());
            system.activities.push(Activity {
                id: id.into(),
                name: fields[1].into(),
                product: if fields[2].is_empty() { fields[1] } else { fields[2] }.into(),
                unit: fields[3].into(),
                location: Some(fields[4]).filter(|text| !text.is_empty()).map(Into::into),
                category: fields[5].into(),
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
    if files.has("B.csv") {
        files.index("flows.csv", &["id", "name", "unit", "category", "kind"], |fields| {
            let kind = match fields[4] {
                "" | "emission" => FlowKind::Emission,
                "resource" => FlowKind::Resource,
                other => return Err(format!("{other} is no kind; write emission or resource")),
            };
            system.flows.push(ElementaryFlow {
                id: fields[0].into(),
                name: fields[1].into(),
                unit: fields[2].into(),
                category: fields[3].into(),
                kind,
                flow: None,
            });
            flows.add(fields[0])
        })?;
        system.b = files.entries("B.csv", &flows, &processes)?;
    }
    if files.has("C.csv") {
        files.index("impacts.csv", &["id", "name", "unit"], |fields| {
            system.impacts.push(Impact { id: fields[0].into(), name: fields[1].into(), unit: fields[2].into() });
            impacts.add(fields[0])
        })?;
        system.c = files.entries("C.csv", &impacts, &flows)?;
    }
    system.a = files.entries("A.csv", &products, &processes)?;
    Ok(system)
}

/// Writes a system as the files that [`read_triples`] reads. Numbers are the shortest that mean the same double.
///
/// # Errors
/// A text that CSV cannot hold; none is known.
pub fn write_triples(system: &InventorySystem) -> Result<Vec<(String, Vec<u8>)>, csv::Error> {
    let mut of_row = vec![""; system.activities.len()];
    for (activity, &row) in system.activities.iter().zip(&system.reference) {
        if let Some(id) = of_row.get_mut(row as usize) {
            *id = &activity.id;
        }
    }
    let columns: Vec<&str> = system.activities.iter().map(|one| &*one.id).collect();
    let flows: Vec<&str> = system.flows.iter().map(|one| &*one.id).collect();
    let impacts: Vec<&str> = system.impacts.iter().map(|one| &*one.id).collect();
    let processes = table(
        &["id", "name", "product", "unit", "location", "category"],
        &mut system.activities.iter().map(|one| {
            vec![&*one.id, &*one.name, &*one.product, &*one.unit, one.location.as_deref().unwrap_or(""), &*one.category]
        }),
    )?;
    let kind = |kind: FlowKind| if kind == FlowKind::Resource { "resource" } else { "emission" };
    let flow_table = table(
        &["id", "name", "unit", "category", "kind"],
        &mut system.flows.iter().map(|one| vec![&*one.id, &*one.name, &*one.unit, &*one.category, kind(one.kind)]),
    )?;
    let impact_table =
        table(&["id", "name", "unit"], &mut system.impacts.iter().map(|one| vec![&*one.id, &*one.name, &*one.unit]))?;
    Ok(vec![
        ("processes.csv".into(), processes),
        ("flows.csv".into(), flow_table),
        ("impacts.csv".into(), impact_table),
        ("A.csv".into(), matrix(&system.a, &of_row, &columns)?),
        ("B.csv".into(), matrix(&system.b, &flows, &columns)?),
        ("C.csv".into(), matrix(&system.c, &impacts, &flows)?),
    ])
}

fn table(header: &[&str], rows: &mut dyn Iterator<Item = Vec<&str>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn matrix(entries: &Entries, rows: &[&str], columns: &[&str]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["row", "column", "value"])?;
    for (row, column, value) in entries.iter() {
        writer.write_record([rows[row as usize], columns[column as usize], &value.to_string()])?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Ids by position.
#[derive(Default)]
struct Index {
    at: FxHashMap<String, u32>,
}

impl Index {
    fn add(&mut self, id: &str) -> Result<(), String> {
        let at = self.at.len() as u32;
        match self.at.insert(id.to_string(), at) {
            None => Ok(()),
            Some(_) => Err(format!("{id} stands twice")),
        }
    }

    fn number(&mut self, id: &str) -> u32 {
        let next = self.at.len() as u32;
        *self.at.entry(id.to_string()).or_insert(next)
    }

    fn count(&self) -> usize {
        self.at.len()
    }
}

struct Files<'a> {
    reading: &'a Reading<'a>,
}

impl<'a> Files<'a> {
    fn has(&self, file: &str) -> bool {
        self.reading.named(file).is_some()
    }

    fn bytes(&self, file: &'static str) -> Result<Cow<'a, [u8]>, Diagnostic> {
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

    fn entries(&self, file: &'static str, rows: &Index, columns: &Index) -> Result<Entries, Diagnostic> {
        let bytes = self.bytes(file)?;
        let (mut reader, positions) = open(file, &bytes, &["row", "column", "value"], 3)?;
        let mut entries = Entries::default();
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|error| unreadable(file, 0, &error.to_string()))? {
            let line = record.position().map_or(0, csv::Position::line);
            let field = |at: usize| {
                let bytes = positions[at].and_then(|at| record.get(at)).unwrap_or_default();
                std::str::from_utf8(bytes).map(str::trim).map_err(|_| unreadable(file, line, "it is not UTF-8"))
            };
            let at = |id: &str, index: &Index| {
                index.at.get(id).copied().ok_or_else(|| unreadable(file, line, &format!("{id} is not in the index")))
            };
            let value: f64 = field(2)?
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite())
                .ok_or_else(|| unreadable(file, line, "the value is no finite number"))?;
            entries.push(at(field(0)?, rows)?, at(field(1)?, columns)?, value, NO_ORIGIN);
        }
        Ok(entries)
    }
}

type Opened<'b> = (csv::Reader<&'b [u8]>, Vec<Option<usize>>);

/// A reader after its header, and where the columns stand; the first `needed` of them must be there.
fn open<'b>(file: &str, bytes: &'b [u8], columns: &[&str], needed: usize) -> Result<Opened<'b>, Diagnostic> {
    let mut reader = ReaderBuilder::new().from_reader(super::source::without_mark(bytes));
    let header = reader.byte_headers().map_err(|error| unreadable(file, 1, &error.to_string()))?.clone();
    let position = |name: &str| header.iter().position(|own| own.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let positions: Vec<Option<usize>> = columns.iter().map(|name| position(name)).collect();
    match positions[..needed].iter().position(Option::is_none) {
        Some(missing) => Err(unreadable(file, 1, &format!("column {} is missing", columns[missing]))),
        None => Ok((reader, positions)),
    }
}

fn unreadable(file: &str, line: u64, cause: &str) -> Diagnostic {
    let line = u32::try_from(line).ok().filter(|line| *line > 0);
    let place = Place { line, ..Place::default() }.in_file(file);
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(place)
}
