//! Tables of parts: CSV, TSV and semicolon-separated text with a header row, in Chinese or English.
//!
//! A table with nothing rare goes the short way ([`crate::plain`]). Everything else goes line by line through the same
//! documents as YAML, so both ways mean the same.

use crate::Limits;
use crate::columns::{Column, header_unit, is_header};
use crate::plain::plain;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::product::{BillBuilder, BillReader, LegDocument, LineDocument, NodeIndex, Scalar, SupplierDocument};
use zuji_core::quantity::UnitTable;

/// The header of a table: what each column means, and the unit that its header carries.
pub(crate) struct Header {
    pub columns: Vec<(Option<Column>, Option<String>)>,
    pub delimiter: u8,
}

impl Header {
    fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|(known, _)| *known == Some(column))
    }
}

/// Among how many first rows the header is looked for.
pub(crate) const TITLES: usize = 40;

/// A table as it was read.
pub(crate) enum Table<'u> {
    /// The short way: the names are ranges of the text, which the bill shall keep.
    Ranges(BillBuilder),
    /// The long way.
    Lines(BillReader<'u>),
}

/// Reads a table.
///
/// # Errors
/// The finding that leaves nothing to compute: no rows, no column of quantities, beyond a limit.
pub(crate) fn read_table<'u>(
    text: &str,
    file: &str,
    units: &'u UnitTable,
    limits: &Limits,
    findings: &mut Diagnostics,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Table<'u>, Diagnostic> {
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
    let start = header_start(text);
    let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
    let header_row = text[..start].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    let header = text[start..end].trim_end_matches('\r');
    let titles = text[..start].lines().filter(|line| !blank(line)).count();
    if titles > 0 {
        let place = Place::line(header_row).in_file(file);
        findings.push(Diagnostic::new(&catalogue::E115).with("row", header_row).with("count", titles).at(place));
    }
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
    if let Some(mut builder) = plain(text, body, rows as usize + 1, header_row, &header, limits, progress) {
        builder.columns(cells);
        return Ok(Table::Ranges(builder));
    }
    let mut builder = BillBuilder::default();
    builder.columns(cells);
    let mut reader = BillReader::new(builder, units);
    line_by_line(&text[body..], file, header_row, &header, limits, &mut reader, findings, progress)?;
    Ok(Table::Lines(reader))
}

/// A line without text; separators are none.
fn blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b',' | b';' | b'\t' | b' ' | b'\r' | b'"'))
}

/// Where the header starts: titles may stand before it. Where no row is one, the first with text is taken for it, and
/// what it lacks is said.
fn header_start(text: &str) -> usize {
    let mut first = None;
    let mut at = 0;
    for line in text.split_inclusive('\n').take(TITLES) {
        if !blank(line.trim_end()) {
            first = first.or(Some(at));
            if is_header(fields(line.trim_end(), delimiter(line)).iter().map(|name| name.trim())) {
                return at;
            }
        }
        at += line.len();
    }
    // Before any text there may be more blank rows than titles are looked for.
    first.unwrap_or_else(|| text.len() - text.trim_start_matches(['\n', '\r', ' ']).len())
}

/// One line of text as one record; a broken quote reads to its end.
fn fields(line: &str, delimiter: u8) -> csv::StringRecord {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    let _ = reader.read_record(&mut record);
    record
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
    let names: Vec<String> = fields(line, delimiter).iter().map(|name| name.trim().to_string()).collect();
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
                .with_words("column", column.names())
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
                .with_words("column", needed.names())
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
    let mut sums = Vec::new();
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
        if is_sum(&record, header) {
            sums.push(Place::line(row).in_file(file));
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
    if !sums.is_empty() {
        findings.push(Diagnostic::new(&catalogue::B206).with("count", sums.len()).at_all(sums));
    }
    Ok(())
}

/// Whether a row is the sum of rows above it: it is called so and names neither a material nor a number.
fn is_sum(record: &csv::StringRecord, header: &Header) -> bool {
    let mut called = false;
    for ((column, _), field) in header.columns.iter().zip(record) {
        match column {
            Some(Column::Name) => called = is_sum_name(field.trim()),
            Some(Column::Material | Column::Factor | Column::Id | Column::Unit) if !field.trim().is_empty() => {
                return false;
            }
            _ => {}
        }
    }
    called
}

/// What rows of sums are called.
pub(crate) fn is_sum_name(name: &str) -> bool {
    matches!(
        name,
        "小计"
            | "合计"
            | "总计"
            | "小計"
            | "合計"
            | "總計"
            | "subtotal"
            | "Subtotal"
            | "SUBTOTAL"
            | "total"
            | "Total"
            | "TOTAL"
            | "Summe"
            | "Zwischensumme"
            | "Gesamt"
    )
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
            Column::Uncertainty => line.uncertainty = Some(Scalar(field.to_string())),
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
    use crate::{File, Input, read_product};

    fn product(text: &str) -> Result<Input, Diagnostic> {
        let file = File::new("bom.csv", text);
        read_product(Some(file), None, &UnitTable::standard(), &Limits::default(), &|_| ())
    }

    fn read(text: &str) -> (zuji_core::product::Bill, Diagnostics) {
        let input = product(text).unwrap();
        (input.bill, input.findings)
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
    fn a_line_without_a_name_is_called_by_its_number_or_material() {
        for more in ["", ",损耗率"] {
            let end = if more.is_empty() { "" } else { "," };
            let (bill, _) = read(&format!("编码,名称,材料,数量,单位{more}\n,,海绵,1.1,kg{end}\nP1,,,2,kg{end}\n"));
            let names: Vec<(&str, &str)> =
                bill.lines().iter().map(|line| (bill.name(line), bill.key(line.key()).material.as_str())).collect();
            assert_eq!(names, [("海绵", "海绵"), ("P1", "P1")]);
        }
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
    fn titles_and_sums_are_no_parts() {
        for (more, end) in [("", ""), (",损耗率", ",")] {
            let text = format!(
                "产品碳足迹,,,\n\"产品:办公椅, 2026\",,,\n,,,\n名称,材料,数量,单位{more}\n坐垫,海绵,1.1,kg{end}\n小计,,1.1,{end}\n合计件,钢,2,kg{end}\n"
            );
            let (bill, findings) = read(&text);
            let lines: Vec<(&str, u32)> = bill.lines().iter().map(|line| (bill.name(line), line.row)).collect();
            assert_eq!(lines, [("坐垫", 5), ("合计件", 7)]);
            let lines_of = |code: &str| {
                let finding = findings.iter().find(|finding| finding.code() == code).unwrap();
                finding.places().iter().map(|place| place.line.unwrap()).collect::<Vec<_>>()
            };
            assert_eq!((lines_of("E115"), lines_of("B206")), (vec![4], vec![6]));
        }
        // A sum that names a material is a part.
        let (bill, findings) = read("名称,材料,数量,单位\n合计,钢,2,kg\n");
        assert_eq!((bill.lines().len(), findings.has("B206")), (1, false));
    }

    #[test]
    fn parents_make_a_tree() {
        let (bill, findings) = read("编码,父项,名称,材料,数量,单位\nBASE,,底座,,1,件\nW1,BASE,轮,PA6,5,件\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(bill.child(&bill.lines()[0]), Some(bill.lines()[1].node()));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_named() {
        let code = |text: &str| product(text).map(|_| ()).unwrap_err().code();
        assert_eq!(code("name,quantity\n"), "E102");
        assert_eq!(code(""), "E105");
        assert_eq!(code("name,size\na,1\n"), "E105");
        assert_eq!(code("name,quantity,数量\na,1,2\n"), "E107");
        let (_, findings) = read("name,quantity,unit\na,1,kg\nb,1\n");
        assert!(findings.has("E108"));
    }
}
