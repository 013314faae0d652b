//! Tables of parts: CSV, TSV and semicolon-separated text with a header row, in Chinese or English.
//!
//! Most tables hold nothing rare: no quotes, no parents, plain numbers. Those are split on several threads straight into
//! compact lines. Everything else goes line by line through the same documents as YAML, so both ways mean the same.

use crate::Limits;
use crate::columns::{Column, header_unit};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::method::Module;
use zuji_core::product::{
    BillBuilder, BillReader, Key, KeyIndex, LegDocument, LineDocument, NodeIndex, PlainLine, Scalar, SupplierDocument,
    Text,
};
use zuji_core::quantity::{UnitTable, read_number, within_ceiling};

/// The header of a table: what each column means, and the unit that its header carries.
struct Header {
    columns: Vec<(Option<Column>, Option<String>)>,
    delimiter: u8,
}

impl Header {
    fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|(known, _)| *known == Some(column))
    }
}

/// Reads a table into a bill reader, to which a document's lines may be added.
///
/// # Errors
/// The finding that leaves nothing to compute: no rows, no column of quantities, beyond a limit.
pub fn read_table<'u>(
    text: &str,
    file: &str,
    units: &'u UnitTable,
    limits: &Limits,
    findings: &mut Diagnostics,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<BillReader<'u>, Diagnostic> {
    let too_much = |found: String, limit: String, flag: &str| {
        Diagnostic::new(&catalogue::S602)
            .with("file", file)
            .with("found", found)
            .with("limit", limit)
            .with("flag", flag)
    };
    if text.len() as u64 > limits.table_bytes.min(u64::from(u32::MAX)) {
        return Err(too_much(format!("{} bytes", text.len()), format!("{} bytes", limits.table_bytes), "--max-bytes"));
    }
    // Blank lines may stand before the header.
    let start = text.len() - text.trim_start_matches(['\n', '\r', ' ']).len();
    let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
    let header_row = text[..start].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    let header = text[start..end].trim_end_matches('\r');
    let columns = count(header, delimiter(header)) + 1;
    if columns > limits.columns {
        return Err(too_much(format!("{columns} columns"), limits.columns.to_string(), "--max-columns"));
    }
    let header = read_header(header, file, header_row, findings)?;
    let body = (end + 1).min(text.len());
    let rows = memchr::memchr_iter(b'\n', &text.as_bytes()[body..]).count() as u64;
    if rows > limits.rows {
        return Err(too_much(format!("{rows} rows"), limits.rows.to_string(), "--max-lines"));
    }
    if text[body..].trim().is_empty() {
        return Err(Diagnostic::new(&catalogue::E102).with("file", file));
    }
    let cells = cells_of(&header);
    if let Some(builder) = plain(text, body, header_row, &header, limits, progress) {
        let mut builder = builder;
        builder.columns(cells);
        return Ok(BillReader::new(builder, units));
    }
    let mut builder = BillBuilder::default();
    builder.columns(cells);
    let mut reader = BillReader::new(builder, units);
    line_by_line(&text[body..], file, header_row, &header, limits, &mut reader, findings, progress)?;
    Ok(reader)
}

fn cells_of(header: &Header) -> Vec<(&'static str, u32)> {
    let cell = |(position, (column, _)): (usize, &(Option<Column>, Option<String>))| {
        column.map(|column| (column.definition().field, position as u32 + 1))
    };
    header.columns.iter().enumerate().filter_map(cell).collect()
}

fn count(line: &str, delimiter: u8) -> usize {
    line.bytes().filter(|&byte| byte == delimiter).count()
}

/// The separator that the header has most of; a comma where there is none.
fn delimiter(line: &str) -> u8 {
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(line, delimiter)).unwrap_or(b',')
}

fn read_header(line: &str, file: &str, row: u32, findings: &mut Diagnostics) -> Result<Header, Diagnostic> {
    let delimiter = delimiter(line);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    // One line of text is one record; a broken quote reads to its end.
    let _ = reader.read_record(&mut record);
    let names: Vec<String> = record.iter().map(|name| name.trim().to_string()).collect();
    let mut columns: Vec<(Option<Column>, Option<String>)> = Vec::with_capacity(names.len());
    for (position, name) in names.iter().enumerate() {
        let place = Place::cell(row, position as u32 + 1).in_file(file);
        let (column, unit) = match (Column::find(name), header_unit(name)) {
            (Some(column), unit) => (Some(column), unit.map(|(_, unit)| unit).filter(|_| takes_unit(column))),
            (None, Some((bare, unit))) => (Column::find(&bare), Some(unit)),
            (None, None) => (None, None),
        };
        if let Some(column) = column.filter(|column| *column != Column::Ignored)
            && let Some(first) = columns.iter().position(|(known, _)| *known == Some(column))
        {
            return Err(Diagnostic::new(&catalogue::E107)
                .with("first", first + 1)
                .with("second", position + 1)
                .with("column", column.definition().field)
                .at(place));
        }
        if column.is_none() && !name.is_empty() {
            let near = Column::nearest(name);
            let words = match near {
                Some(near) => (format!(" (\"{near}\"?)"), format!("（“{near}”？）")),
                None => (String::new(), String::new()),
            };
            findings
                .push(Diagnostic::new(&catalogue::E106).with("column", name).with_words("suggestion", words).at(place));
        }
        columns.push((column, unit));
    }
    // A weight is the quantity of its line where no other is given; beside one it could be that of a piece or of all.
    let counted = columns.iter().any(|(column, _)| *column == Some(Column::Quantity));
    for (position, (column, unit)) in
        columns.iter_mut().enumerate().filter(|(_, (column, _))| *column == Some(Column::Weight))
    {
        if !counted {
            *column = Some(Column::Quantity);
            continue;
        }
        *column = None;
        *unit = None;
        let words = (" (\"unit_mass\" for one piece)", "（单件重量请用“单重”）");
        findings.push(
            Diagnostic::new(&catalogue::E106)
                .with("column", &names[position])
                .with_words("suggestion", words)
                .at(Place::cell(row, position as u32 + 1).in_file(file)),
        );
    }
    let header = Header { columns, delimiter };
    for (needed, others) in
        [(Column::Quantity, &[][..]), (Column::Name, &[Column::Material, Column::Factor, Column::Id][..])]
    {
        let there = std::iter::once(&needed).chain(others).any(|column| header.position(*column).is_some());
        if !there {
            let accepted: Vec<&str> = needed.definition().headers.iter().take(6).copied().collect();
            return Err(Diagnostic::new(&catalogue::E105)
                .with("column", needed.definition().field)
                .with("header", names.join(", "))
                .with("accepted", accepted.join(", "))
                .at(Place::line(row).in_file(file)));
        }
    }
    Ok(header)
}

/// Columns whose header may carry the unit of their numbers.
fn takes_unit(column: Column) -> bool {
    matches!(
        column,
        Column::Quantity
            | Column::Weight
            | Column::UnitMass
            | Column::Density
            | Column::MassPerArea
            | Column::MassPerLength
            | Column::Width
            | Column::Thickness
            | Column::TransportDistance
    )
}

/// What a block of plain rows holds.
struct Block<'t> {
    keys: Vec<PlainKey<'t>>,
    lines: Vec<(Text, Text, u32, f64, u32)>,
    rows: u32,
}

/// A key as slices of the file.
#[derive(Clone, Copy, Default)]
struct PlainKey<'t> {
    material: &'t str,
    factor: &'t str,
    unit: &'t str,
    stage: &'t str,
    geography: &'t str,
}

impl PlainKey<'_> {
    fn fields(&self) -> [&str; 5] {
        [self.material, self.factor, self.unit, self.stage, self.geography]
    }

    /// Empty fields are settled by their length alone: comparing nothing at the address of nothing costs some
    /// processors more than comparing text.
    fn same(&self, other: &Self) -> bool {
        self.fields().iter().zip(other.fields()).all(|(a, b)| a.len() == b.len() && (a.is_empty() || *a == b))
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for field in self.fields() {
            hasher.write(field.as_bytes());
            hasher.write_usize(field.len());
        }
        hasher.finish()
    }
}

/// The way for tables with nothing rare; `None` sends the whole table line by line.
fn plain(
    text: &str,
    body: usize,
    header_row: u32,
    header: &Header,
    limits: &Limits,
    progress: &(dyn Fn(u64) + Sync),
) -> Option<BillBuilder> {
    let rare = |column: Column| {
        !matches!(
            column,
            Column::Name
                | Column::Id
                | Column::Material
                | Column::Factor
                | Column::Quantity
                | Column::Unit
                | Column::Stage
                | Column::Geography
                | Column::Ignored
        )
    };
    let quantity_unit =
        header.columns.iter().find(|(column, _)| *column == Some(Column::Quantity)).and_then(|(_, unit)| unit.as_ref());
    if header.columns.iter().any(|(column, _)| column.is_some_and(rare)) || quantity_unit.is_some() {
        return None;
    }
    if memchr::memchr(b'"', &text.as_bytes()[body..]).is_some() {
        return None;
    }
    let bytes = text.as_bytes();
    // Blocks of about a megabyte that end at a line's end.
    let mut cuts = vec![body];
    while let Some(&from) = cuts.last().filter(|&&from| from < bytes.len()) {
        let at = (from + (1 << 20)).min(bytes.len());
        cuts.push(memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |more| at + more + 1));
    }
    let ranges: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let work = |&(from, to): &(usize, usize)| {
        let block = plain_block(text, from, to, header, limits.field_bytes);
        progress((to - from) as u64);
        block
    };
    let split = || -> Vec<Option<Block>> {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            ranges.par_iter().map(work).collect()
        }
        #[cfg(not(feature = "parallel"))]
        ranges.iter().map(work).collect()
    };
    let (blocks, names) = zuji_core::math::both(split, || text.to_string());
    let blocks: Vec<Block> = blocks.into_iter().collect::<Option<_>>()?;
    let mut builder = BillBuilder::with_text(names);
    builder.reserve(blocks.iter().map(|block| block.lines.len()).sum());
    let mut row = header_row + 1;
    for block in blocks {
        let keys: Vec<KeyIndex> = block
            .keys
            .iter()
            .map(|key| {
                let optional = |text: &str| (!text.is_empty()).then(|| text.to_string());
                builder.key(Key {
                    material: key.material.to_string(),
                    factor: optional(key.factor),
                    unit: key.unit.to_string(),
                    module: if key.stage.is_empty() { None } else { Module::find(key.stage) },
                    geography: optional(key.geography),
                })
            })
            .collect();
        let first = row;
        builder.plain_lines(block.lines.into_iter().map(|(name, code, offset, quantity, key)| PlainLine {
            name,
            code,
            row: first + offset,
            quantity,
            key: keys[key as usize],
        }));
        row += block.rows;
    }
    Some(builder)
}

/// One block; `None` where a row is not plain.
fn plain_block<'t>(text: &'t str, from: usize, to: usize, header: &Header, longest: usize) -> Option<Block<'t>> {
    const SLOTS: usize = 8;
    let slot = |column: Option<Column>| match column {
        Some(Column::Name) => 0,
        Some(Column::Id) => 1,
        Some(Column::Material) => 2,
        Some(Column::Factor) => 3,
        Some(Column::Quantity) => 4,
        Some(Column::Unit) => 5,
        Some(Column::Stage) => 6,
        Some(Column::Geography) => 7,
        _ => SLOTS,
    };
    let slots: Vec<usize> = header.columns.iter().map(|(column, _)| slot(*column)).collect();
    let mut block = Block { keys: Vec::new(), lines: Vec::with_capacity((to - from) / 32), rows: 0 };
    // Keyed by the fields' hash: a row costs one look-up and one comparison, not one per field and probe.
    let mut known: FxHashMap<u64, u32> = FxHashMap::default();
    let mut last: Option<(PlainKey<'t>, u32)> = None;
    let mut start = from;
    while start < to {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..to]).map_or(to, |more| start + more);
        let row = block.rows;
        block.rows += 1;
        let line = text[start..end].trim_end_matches('\r');
        let line_start = start;
        start = end + 1;
        if line.trim().is_empty() {
            continue;
        }
        let mut fields: [&'t str; SLOTS + 1] = [""; SLOTS + 1];
        let mut count = 0;
        let mut at = 0;
        let mut ends = memchr::memchr_iter(header.delimiter, line.as_bytes());
        loop {
            let next = ends.next();
            let field = line[at..next.unwrap_or(line.len())].trim();
            if field.len() > longest {
                return None;
            }
            *fields.get_mut(*slots.get(count)?)? = field;
            count += 1;
            match next {
                Some(next) => at = next + 1,
                None => break,
            }
        }
        if count != slots.len() {
            return None;
        }
        let quantity = read_number(fields[4]).ok().filter(|value| within_ceiling(*value))?;
        if !fields[6].is_empty() && Module::find(fields[6]).is_none() {
            return None;
        }
        let name = if fields[0].is_empty() { fields[1] } else { fields[0] };
        let key = PlainKey {
            material: if fields[2].is_empty() { name } else { fields[2] },
            factor: fields[3],
            unit: fields[5],
            stage: fields[6],
            geography: fields[7],
        };
        // Rows of one material often stand together.
        let index = match last {
            Some((previous, index)) if previous.same(&key) => index,
            _ => {
                let index = *known.entry(key.hash()).or_insert_with(|| {
                    block.keys.push(key);
                    (block.keys.len() - 1) as u32
                });
                // Two keys of one hash: once in 2⁶⁴. The slow way knows no hash.
                if !block.keys[index as usize].same(&key) {
                    return None;
                }
                index
            }
        };
        last = Some((key, index));
        let place = |field: &'t str| {
            let offset = if field.is_empty() { 0 } else { field.as_ptr() as usize - line.as_ptr() as usize };
            Text { start: (line_start + offset) as u32, length: field.len() as u32 }
        };
        block.lines.push((place(name), place(fields[1]), row, quantity, index));
    }
    Some(block)
}

/// The way for everything else: a document per row.
#[expect(clippy::too_many_arguments, reason = "one call; the parts of one reading")]
fn line_by_line(
    body: &str,
    file: &str,
    header_row: u32,
    header: &Header,
    limits: &Limits,
    reader: &mut BillReader<'_>,
    findings: &mut Diagnostics,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), Diagnostic> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(header.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut done = 0;
    let mut formulas: Option<Diagnostic> = None;
    loop {
        match table.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(Diagnostic::new(&catalogue::E109).with("file", file).with("cause", error)),
        }
        let row = header_row + record.position().map_or(0, |position| position.line() as u32);
        let byte = table.position().byte();
        if byte - done > 1 << 20 {
            progress(byte - done);
            done = byte;
        }
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if record.len() != header.columns.len()
            && record.iter().skip(header.columns.len()).any(|field| !field.trim().is_empty())
            || record.len() < header.columns.len()
        {
            findings.push(
                Diagnostic::new(&catalogue::E108)
                    .with("found", record.len())
                    .with("expected", header.columns.len())
                    .at(Place::line(row).in_file(file)),
            );
            // The row is not lost: it stands in the list as unknown.
            let name = record.iter().find(|field| !field.trim().is_empty()).unwrap_or("").to_string();
            let line =
                LineDocument { name, quantity: Some(Scalar("?".into())), row: Some(row), ..LineDocument::default() };
            reader.add(line, NodeIndex::PRODUCTION, None);
            continue;
        }
        if let Some((position, field)) = record.iter().enumerate().find(|(_, field)| field.len() > limits.field_bytes) {
            return Err(Diagnostic::new(&catalogue::S602)
                .with("file", file)
                .with("found", format!("a field of {} bytes", field.len()))
                .with("limit", limits.field_bytes)
                .with("flag", "--max-field")
                .at(Place::cell(row, position as u32 + 1).in_file(file)));
        }
        for (position, field) in record.iter().enumerate() {
            let first = field.trim_start().as_bytes().first();
            let name = matches!(
                header.columns.get(position),
                Some((Some(Column::Name | Column::Material | Column::Ignored), _))
            );
            if name && matches!(first, Some(b'=' | b'+' | b'@')) {
                let place = Place::cell(row, position as u32 + 1).in_file(file);
                formulas = Some(match formulas {
                    None => Diagnostic::new(&catalogue::S620).with("text", field).at(place),
                    Some(finding) => finding.at(place),
                });
            }
        }
        reader.add(line_of(&record, header, row), NodeIndex::PRODUCTION, None);
    }
    if let Some(finding) = formulas {
        findings.push(finding);
    }
    Ok(())
}

/// One row as the document a person would have written.
fn line_of(record: &csv::StringRecord, header: &Header, row: u32) -> LineDocument {
    let mut line = LineDocument { row: Some(row), ..LineDocument::default() };
    let mut leg = LegDocument::default();
    let mut supplier = SupplierDocument { boundary: "cradle-to-gate".into(), ..SupplierDocument::default() };
    for ((column, unit), field) in header.columns.iter().zip(record.iter()) {
        let field = field.trim();
        let Some(column) = column.filter(|_| !field.is_empty()) else { continue };
        let text = || Some(field.to_string());
        // A unit in the cell goes before the unit in the header.
        let measured = || {
            let bare = field.chars().all(|c| !c.is_alphabetic());
            Some(Scalar(match unit {
                Some(unit) if bare => format!("{field} {unit}"),
                _ => field.to_string(),
            }))
        };
        match column {
            Column::Name => line.name = field.to_string(),
            Column::Id => line.id = text(),
            Column::Parent => line.parent = text(),
            Column::Position => line.position = text(),
            Column::Material => line.material = text(),
            Column::Factor => line.factor = text(),
            Column::Quantity | Column::Weight => line.quantity = measured(),
            Column::Unit => line.unit = text(),
            Column::Stage => line.stage = text(),
            Column::Geography => line.geography = text(),
            Column::UnitMass => line.unit_mass = measured(),
            Column::Density => line.density = measured(),
            Column::MassPerArea => line.mass_per_area = measured(),
            Column::MassPerLength => line.mass_per_length = measured(),
            Column::Width => line.width = measured(),
            Column::Thickness => line.thickness = measured(),
            Column::Loss => line.loss = Some(Scalar(field.to_string())),
            Column::Yield => line.yield_ = Some(Scalar(field.to_string())),
            Column::Treatment => line.treatment = text(),
            Column::Replacements => line.replacements = Some(Scalar(field.to_string())),
            Column::FossilCarbon => line.fossil_carbon = Some(Scalar(field.to_string())),
            Column::BiogenicCarbon => line.biogenic_carbon = Some(Scalar(field.to_string())),
            Column::TransportMode => leg.mode = field.to_string(),
            Column::TransportDistance => leg.distance = measured().unwrap_or_default(),
            Column::SupplierFootprint => supplier.footprint = Scalar(field.to_string()),
            Column::SupplierPer => supplier.per = Scalar(field.to_string()),
            Column::SupplierGwp => supplier.gwp = field.to_string(),
            Column::SupplierSource => supplier.source = field.to_string(),
            Column::Ignored => {}
        }
    }
    if !leg.distance.0.is_empty() {
        line.transport.push(leg);
    }
    if !supplier.footprint.0.is_empty() {
        line.supplier = Some(supplier);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (zuji_core::product::Bill, Diagnostics) {
        let units = UnitTable::standard();
        let mut findings = Diagnostics::default();
        let reader = read_table(text, "bom.csv", &units, &Limits::default(), &mut findings, &|_| ()).unwrap();
        let (bill, more) = reader.finish(None);
        findings.extend(more);
        (bill, findings)
    }

    #[test]
    fn both_ways_read_the_same() {
        let rows = "坐垫,海绵,1.1,kg\n底盘,冷轧钢板,6.2,kg\n";
        let (fast, _) = read(&format!("名称,材料,数量,单位\n{rows}"));
        let (slow, _) = read(&format!("名称,材料,数量,单位,损耗率\n{}", rows.replace("kg\n", "kg,\n")));
        for (a, b) in fast.lines().iter().zip(slow.lines()) {
            assert_eq!((fast.name(a), a.row, a.quantity), (slow.name(b), b.row, b.quantity));
            assert_eq!(fast.key(a.key()), slow.key(b.key()));
        }
        assert_eq!(fast.lines().len(), 2);
        assert_eq!(fast.lines()[1].row, 3);
    }

    #[test]
    fn separators_quotes_and_units_in_headers() {
        let (bill, _) = read("name\tmaterial\tquantity\tunit\nseat\tPU\t1.1\tkg\n");
        assert_eq!(bill.key(bill.lines()[0].key()).material, "PU");
        let (bill, _) = read("name;quantity;unit\n\"a; b\";2;pcs\n");
        assert_eq!(bill.name(&bill.lines()[0]), "a; b");
        let (bill, _) = read("名称,数量(g)\n螺钉,12\n");
        assert_eq!(bill.key(bill.lines()[0].key()).unit, "g");
        let (bill, _) = read("部件,材料,重量(g)\n坐垫,海绵,1400\n椅脚,铝,1.4kg\n");
        assert_eq!(bill.key(bill.lines()[0].key()).unit, "g");
        assert_eq!(bill.key(bill.lines()[1].key()).unit, "kg");
        let (_, findings) = read("部件,数量,单位,重量\n坐垫,1,件,1.4\n");
        assert!(findings.has("E106"));
    }

    #[test]
    fn parents_make_a_tree() {
        let (bill, findings) = read("编码,父项,名称,材料,数量,单位\nBASE,,底座,,1,件\nW1,BASE,轮,PA6,5,件\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(bill.lines()[0].child(), Some(bill.lines()[1].node()));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_named() {
        let units = UnitTable::standard();
        let code = |text: &str| {
            read_table(text, "x.csv", &units, &Limits::default(), &mut Diagnostics::default(), &|_| ())
                .map(|_| ())
                .unwrap_err()
                .code()
        };
        assert_eq!(code("name,quantity\n"), "E102");
        assert_eq!(code(""), "E105");
        assert_eq!(code("name,size\na,1\n"), "E105");
        assert_eq!(code("name,quantity,数量\na,1,2\n"), "E107");
        let (_, findings) = read("name,quantity,unit\na,1,kg\nb,1\n");
        assert!(findings.has("E108"));
    }
}
