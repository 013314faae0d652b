//! Matrices as CSV, an entry per line: row, column, value, by id.
//!
//! Nearly all files are plain: three columns, no quotes. Those are read in pieces on several threads. Whatever is not
//! plain is read again line by line, which means the same and says what is wrong and where.

use super::matrices::Index;
use csv::{ByteRecord, ReaderBuilder};
use memchr::{memchr, memchr_iter, memrchr};
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};
use zuji_core::inventory::{Entries, FlowKind, InventorySystem};

/// Reads the entries of a matrix.
pub(super) fn entries(file: &str, bytes: &[u8], rows: &Index, columns: &Index) -> Result<Entries, Diagnostic> {
    match plain(bytes, rows, columns) {
        Some(entries) => Ok(entries),
        None => line_by_line(file, bytes, rows, columns),
    }
}

/// Bytes of a piece.
const PIECE: usize = 1 << 19;

/// Entries of a plain file; `None` where anything is unusual or wrong.
fn plain(bytes: &[u8], rows: &Index, columns: &Index) -> Option<Entries> {
    let bytes = super::source::without_mark(bytes);
    let end = memchr(b'\n', bytes)?;
    let body = &bytes[end + 1..];
    if !bytes[..end].trim_ascii().eq_ignore_ascii_case(b"row,column,value") || memchr(b'"', body).is_some() {
        return None;
    }
    let mut pieces = Vec::with_capacity(body.len() / PIECE + 1);
    let mut rest = body;
    while rest.len() > PIECE {
        let cut = memrchr(b'\n', &rest[..PIECE]).map_or(rest.len(), |at| at + 1);
        let (piece, more) = rest.split_at(cut);
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    let read = |piece: &&[u8]| read_piece(piece, rows, columns);
    #[cfg(feature = "parallel")]
    let read: Vec<Option<Entries>> = {
        use rayon::prelude::*;
        pieces.par_iter().map(read).collect()
    };
    #[cfg(not(feature = "parallel"))]
    let read: Vec<Option<Entries>> = pieces.iter().map(read).collect();
    let read: Vec<Entries> = read.into_iter().collect::<Option<_>>()?;
    let count = read.iter().map(Entries::len).sum();
    let mut all = Entries {
        rows: Vec::with_capacity(count),
        columns: Vec::with_capacity(count),
        values: Vec::with_capacity(count),
        origins: Vec::new(),
    };
    for piece in read {
        all.rows.extend(piece.rows);
        all.columns.extend(piece.columns);
        all.values.extend(piece.values);
    }
    Some(all)
}

fn read_piece(piece: &[u8], rows: &Index, columns: &Index) -> Option<Entries> {
    let mut entries = Entries::default();
    // Entries of one column, or of one row, mostly stand together.
    let none: (&[u8], u32) = (b"", 0);
    let (mut last_row, mut last_column) = (none, none);
    let mut start = 0;
    for end in memchr_iter(b'\n', piece).chain((!piece.ends_with(b"\n")).then_some(piece.len())) {
        let line = &piece[start..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        start = end + 1;
        if line.is_empty() {
            continue;
        }
        // A return in the middle would be a line's end.
        if memchr(b'\r', line).is_some() {
            return None;
        }
        let first = memchr(b',', line)?;
        let second = first + 1 + memchr(b',', &line[first + 1..])?;
        let (row, column) = (line[..first].trim_ascii(), line[first + 1..second].trim_ascii());
        if row != last_row.0 {
            last_row = (row, rows.find(row)?);
        }
        if column != last_column.0 {
            last_column = (column, columns.find(column)?);
        }
        // With a further comma it is no number.
        let value: f64 = std::str::from_utf8(&line[second + 1..]).ok()?.trim_ascii().parse().ok()?;
        if !value.is_finite() {
            return None;
        }
        entries.rows.push(last_row.1);
        entries.columns.push(last_column.1);
        entries.values.push(value);
    }
    Some(entries)
}

fn line_by_line(file: &str, bytes: &[u8], rows: &Index, columns: &Index) -> Result<Entries, Diagnostic> {
    let (mut reader, positions) = open(file, bytes, &["row", "column", "value"], 3)?;
    let mut entries = Entries::default();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(file, 0, &error.to_string()))? {
        let line = record.position().map_or(0, csv::Position::line);
        let field = |at: usize| {
            let bytes = positions[at].and_then(|at| record.get(at)).unwrap_or_default();
            std::str::from_utf8(bytes).map(str::trim).map_err(|_| unreadable(file, line, "it is not UTF-8"))
        };
        let at = |id: &str, index: &Index| {
            index.find(id.as_bytes()).ok_or_else(|| unreadable(file, line, &format!("{id} is not in the index")))
        };
        let value: f64 = field(2)?
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
            .ok_or_else(|| unreadable(file, line, "the value is no finite number"))?;
        entries.rows.push(at(field(0)?, rows)?);
        entries.columns.push(at(field(1)?, columns)?);
        entries.values.push(value);
    }
    Ok(entries)
}

/// Writes a system as the files that [`super::read_matrices`] reads. Numbers are the shortest that mean the same double.
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

pub(super) type Opened<'b> = (csv::Reader<&'b [u8]>, Vec<Option<usize>>);

/// A reader after its header, and where the columns stand; the first `needed` of them must be there.
pub(super) fn open<'b>(file: &str, bytes: &'b [u8], columns: &[&str], needed: usize) -> Result<Opened<'b>, Diagnostic> {
    let mut reader = ReaderBuilder::new().from_reader(super::source::without_mark(bytes));
    let header = reader.byte_headers().map_err(|error| unreadable(file, 1, &error.to_string()))?.clone();
    let position = |name: &str| header.iter().position(|own| own.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let positions: Vec<Option<usize>> = columns.iter().map(|name| position(name)).collect();
    match positions[..needed].iter().position(Option::is_none) {
        Some(missing) => Err(unreadable(file, 1, &format!("column {} is missing", columns[missing]))),
        None => Ok((reader, positions)),
    }
}

pub(super) fn unreadable(file: &str, line: u64, cause: &str) -> Diagnostic {
    let line = u32::try_from(line).ok().filter(|line| *line > 0);
    let place = Place { line, ..Place::default() }.in_file(file);
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(place)
}
