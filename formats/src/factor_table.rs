//! A table of factors as CSV: a few lines `# key: value` that say what the table is, a header, a row per factor. It means
//! the same as the document `zuji/factors@1` and is checked the same way.

use crate::factor_columns::{COLUMNS, Cell, find, find_head};
use crate::yaml::Places;
use crate::{Limits, text};
use serde_json::{Map, Value, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, Period, TableHead};
use zuji_core::math::{Finite, plain};
use zuji_core::quantity::read_number;

/// A factor table as it was read.
#[derive(Debug)]
pub struct FactorTable {
    /// The table, without the rows that could not be read.
    pub document: FactorsDocument,
    /// Where its fields stand.
    pub places: Places,
    /// What was found while reading.
    pub findings: Diagnostics,
}

/// Reads a table of factors from CSV, semicolon- or tab-separated text.
///
/// # Errors
/// The finding that leaves no table: no text, no id, a column that must be there is not.
pub(crate) fn read_factor_table(bytes: &[u8], file: &str, limits: &Limits) -> Result<FactorTable, Diagnostic> {
    if bytes.len() as u64 > limits.document_bytes {
        return Err(too_much(file, bytes.len(), limits.document_bytes, "--max-bytes"));
    }
    let text = text::decode(bytes, file)?;
    let mut reading = Reading { file, limits, places: Places::default(), findings: Diagnostics::default() };
    let (head, start, line) = reading.head(text)?;
    let rows = reading.rows(&text[start..], line)?;
    let document = FactorsDocument { schema: "zuji/factors@1".into(), table: head, rows };
    Ok(FactorTable { document, places: reading.places, findings: reading.findings })
}

fn too_much(file: &str, found: impl ToString, limit: impl ToString, flag: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::S602).with("file", file).with("found", found).with("limit", limit).with("flag", flag)
}

/// What is known while a table is read.
struct Reading<'a> {
    file: &'a str,
    limits: &'a Limits,
    places: Places,
    findings: Diagnostics,
}

impl Reading<'_> {
    fn place(&self, line: u32, column: usize) -> Place {
        let column = column as u32 + 1;
        Place { column: Some(column), ..Place::cell(line, column) }.in_file(self.file)
    }

    /// The lines above the header: the table's head, where the header starts, and its line.
    fn head(&mut self, text: &str) -> Result<(TableHead, usize, u32), Diagnostic> {
        let mut head = Map::new();
        let (mut start, mut line) = (0, 1u32);
        for text in text.split_inclusive('\n') {
            let content = comment(text);
            if content.is_none() && !text.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = content.as_deref().and_then(|content| content.split_once([':', '：'])) {
                self.head_line(name.trim(), value.trim(), line, &mut head);
            }
            start += text.len();
            line += 1;
        }
        let of = |field: &str| head.get(field).and_then(Value::as_str).unwrap_or_default().to_string();
        if of("id").is_empty() {
            return Err(self.wrong(
                "id",
                "",
                ("the table's id above the header: # id: my-plant", "表头之上的表编号：# 编号: my-plant"),
                self.place(1, 0),
            ));
        }
        let or = |first: String, second: String| if first.is_empty() { second } else { first };
        let some = |field: &str| Some(of(field)).filter(|text| !text.is_empty());
        let head = TableHead {
            id: of("id"),
            version: of("version"),
            name_en: or(of("name_en"), of("name_zh")),
            name_zh: or(of("name_zh"), of("name_en")),
            source: of("source"),
            licence: of("licence"),
            attribution: some("attribution"),
            note: some("note"),
            left_out: Vec::new(),
            closed: head.get("closed").and_then(Value::as_bool).unwrap_or(false),
        };
        Ok((head, start, line))
    }

    fn head_line(&mut self, name: &str, value: &str, line: u32, head: &mut Map<String, Value>) {
        let place = self.place(line, 0);
        let Some(field) = find_head(name) else {
            let finding = Diagnostic::new(&catalogue::F414).with("name", name).at(place);
            return self.findings.push(finding);
        };
        self.places.insert(format!("table.{field}"), (line, 1));
        if head.contains_key(field) {
            return self.findings.push(Diagnostic::new(&catalogue::S603).with("key", name).at(place));
        }
        let value = match field {
            "closed" => match flag(value) {
                Some(flag) => Value::Bool(flag),
                None => return self.findings.push(self.wrong(field, value, YES_OR_NO, place)),
            },
            _ => Value::from(value),
        };
        head.insert(field.into(), value);
    }

    /// The header and the rows below it.
    fn rows(&mut self, text: &str, first_line: u32) -> Result<Vec<FactorRow>, Diagnostic> {
        let header = text.lines().next().unwrap_or_default();
        let count = |delimiter: u8| header.bytes().filter(|&byte| byte == delimiter).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let columns = match records.next() {
            Some(Ok(record)) => self.header(&record, first_line)?,
            _ => return Err(Diagnostic::new(&catalogue::F415).with("file", self.file)),
        };
        let mut rows = Vec::new();
        for record in records {
            let record = record.map_err(|error| {
                let place = Place::line(first_line).in_file(self.file);
                Diagnostic::new(&catalogue::E109).with("file", self.file).with("cause", error).at(place)
            })?;
            let line = first_line - 1 + record.position().map_or(0, |position| position.line() as u32);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.len() as u64 >= self.limits.rows {
                return Err(too_much(
                    self.file,
                    format!("more than {} rows", self.limits.rows),
                    self.limits.rows,
                    "--max-lines",
                ));
            }
            if let Some(row) = self.row(&record, &columns, line, rows.len()) {
                rows.push(row);
            }
        }
        if rows.is_empty() && self.findings.is_empty() {
            return Err(Diagnostic::new(&catalogue::F415).with("file", self.file));
        }
        Ok(rows)
    }

    /// Which column stands where.
    fn header(&mut self, record: &csv::StringRecord, line: u32) -> Result<Vec<Option<usize>>, Diagnostic> {
        if record.len() > self.limits.columns {
            return Err(too_much(self.file, format!("{} columns", record.len()), self.limits.columns, "--max-columns"));
        }
        let mut columns: Vec<Option<usize>> = Vec::new();
        for (position, name) in record.iter().enumerate() {
            let found = find(name);
            if let Some(first) = found.and_then(|found| columns.iter().position(|known| *known == Some(found))) {
                return Err(Diagnostic::new(&catalogue::E107)
                    .with("first", first + 1)
                    .with("second", position + 1)
                    .with("column", name)
                    .at(self.place(line, position)));
            }
            if found.is_none() && !name.trim().is_empty() {
                let finding = Diagnostic::new(&catalogue::F414).with("name", name);
                self.findings.push(finding.at(self.place(line, position)));
            }
            columns.push(found);
        }
        let there = |field: &str| columns.iter().flatten().any(|&column| COLUMNS[column].field == field);
        let named = there("name_zh") || there("name_en");
        let missing = COLUMNS
            .iter()
            .find(|column| column.required && !there(column.field))
            .or_else(|| COLUMNS.iter().find(|column| column.field == "name_zh" && !named));
        if let Some(missing) = missing {
            return Err(Diagnostic::new(&catalogue::E105)
                .with("column", missing.headers[0])
                .with("header", record.iter().collect::<Vec<_>>().join(", "))
                .with("accepted", missing.headers.join(", "))
                .at(self.place(line, 0)));
        }
        Ok(columns)
    }

    /// One row; `None` where a cell cannot be read, which is reported with its place.
    fn row(
        &mut self,
        record: &csv::StringRecord,
        columns: &[Option<usize>],
        line: u32,
        position: usize,
    ) -> Option<FactorRow> {
        // Spreadsheets leave empty cells at the end away, and add some.
        if record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
            let finding = Diagnostic::new(&catalogue::E108).with("found", record.len()).with("expected", columns.len());
            self.findings.push(finding.at(self.place(line, columns.len())));
            return None;
        }
        let mut row = Map::new();
        let mut readable = true;
        self.places.insert(format!("rows[{position}]"), (line, 1));
        for (at, column) in columns.iter().enumerate() {
            let (Some(column), Some(text)) = (column.map(|column| &COLUMNS[column]), record.get(at)) else { continue };
            let path = format!("rows[{position}].{}", column.field);
            self.places.insert(path, (line, at as u32 + 1));
            let text = text.trim();
            if text.len() > self.limits.field_bytes {
                let found = format!("{} bytes in a field", text.len());
                self.findings
                    .push(too_much(self.file, found, self.limits.field_bytes, "--max-field").at(self.place(line, at)));
                readable = false;
                continue;
            }
            match read_cell(column.cell, text) {
                Ok(Value::Null) => {}
                Ok(value) => set(&mut row, column.field, value),
                Err(range) => {
                    let finding = self.wrong(column.field, text, range, self.place(line, at));
                    self.findings.push(finding);
                    readable = false;
                }
            }
        }
        complete(&mut row);
        if !readable {
            return None;
        }
        match serde_json::from_value(Value::Object(row)) {
            Ok(row) => Some(row),
            Err(error) => {
                let finding = Diagnostic::new(&catalogue::Y102).with("cause", error).at(self.place(line, 0));
                self.findings.push(finding);
                None
            }
        }
    }

    fn wrong(&self, field: &str, text: &str, range: (&str, &str), place: Place) -> Diagnostic {
        Diagnostic::new(&catalogue::V106).with("field", field).with("text", text).with_words("range", range).at(place)
    }
}

/// What a comment line says; spreadsheets put it into quotes and separators behind it.
fn comment(line: &str) -> Option<String> {
    let line = line.trim();
    let content = match line.strip_prefix('"') {
        Some(_) => {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
            let record = reader.records().next()?.ok()?;
            record.get(0)?.to_string()
        }
        None => line.trim_end_matches([',', ';', '\t', ' ']).to_string(),
    };
    content.trim().strip_prefix('#').map(|content| content.trim().to_string())
}

/// Puts a value at a path of at most two names.
fn set(row: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            row.insert(path.into(), value);
        }
        Some((outer, inner)) => {
            if let Some(map) = row.entry(outer).or_insert_with(|| json!({})).as_object_mut() {
                map.insert(inner.into(), value);
            }
        }
    }
}

/// What goes without saying in a table: one name stands for both. What is missing otherwise is an empty word, which the
/// check of the table names.
fn complete(row: &mut Map<String, Value>) {
    for (missing, other) in [("name_en", "name_zh"), ("name_zh", "name_en")] {
        if !row.contains_key(missing) {
            let name = row.get(other).cloned().unwrap_or_else(|| "".into());
            row.insert(missing.into(), name);
        }
    }
    for field in ["id", "class", "unit", "geography", "boundary", "source"] {
        row.entry(field).or_insert_with(|| "".into());
    }
    for part in ["carbon", "properties"] {
        if let Some(map) = row.get_mut(part).and_then(Value::as_object_mut) {
            map.entry("source").or_insert_with(|| "not stated".into());
        }
    }
    if let Some(map) = row.get_mut("proxy").and_then(Value::as_object_mut) {
        map.entry("stands_for").or_insert_with(|| "".into());
        map.entry("reason").or_insert_with(|| "".into());
    }
}

const YES_OR_NO: (&str, &str) = ("yes or no", "是或否");
const NOT_STATED: [&str; 5] = ["not stated", "未注明", "未说明", "不详", "未知"];

/// Boundaries by their Chinese names.
const BOUNDARIES: &[(&str, &str)] = &[
    ("从摇篮到大门", "cradle-to-gate"),
    ("摇篮到大门", "cradle-to-gate"),
    ("从摇篮到购买者", "cradle-to-purchaser"),
    ("全生命周期", "life-cycle"),
    ("从大门到大门", "gate-to-gate"),
    ("大门到大门", "gate-to-gate"),
    ("燃烧", "combustion"),
    ("发电", "generation"),
    ("输配电", "transmission"),
    ("从井到罐", "well-to-tank"),
    ("从罐到轮", "tank-to-wheel"),
    ("处理", "treatment"),
];

/// Reads a cell; null where it is empty.
fn read_cell(cell: Cell, text: &str) -> Result<Value, (&'static str, &'static str)> {
    let stated = |text: &str| !NOT_STATED.iter().any(|words| words.eq_ignore_ascii_case(text));
    if text.is_empty() {
        // An empty year, figure or kind is not "none": it must be said.
        return match cell {
            Cell::Number => Ok(Value::Null),
            Cell::Kind => {
                Err(("one of the kinds of docs/factors.md, such as material", "docs/factors.md 中的类别之一，如 材料"))
            }
            Cell::Period => Err(("2024, 2020-2022 or: not stated", "2024、2020-2022 或：未注明")),
            _ => Ok(Value::Null),
        };
    }
    Ok(match cell {
        Cell::Text => text.into(),
        Cell::List => {
            let words = text.split([';', '；', '|']).map(str::trim).filter(|word| !word.is_empty());
            words.map(Value::from).collect::<Vec<_>>().into()
        }
        Cell::Number => match read_number(text).ok().and_then(|number| Finite::new(number).ok()) {
            Some(number) => plain(number.get()).into(),
            None => return Err(("a plain number such as 2.31", "普通数字，如 2.31")),
        },
        Cell::Kind => {
            let is = |kind: &&FactorKind| kind.id().eq_ignore_ascii_case(text) || kind.name().1 == text;
            let short = |kind: &&FactorKind| kind.name().1.split('（').next() == Some(text);
            match FactorKind::ALL.iter().find(is).or_else(|| FactorKind::ALL.iter().find(short)) {
                Some(kind) => kind.id().into(),
                None => return read_cell(cell, ""),
            }
        }
        Cell::Boundary => {
            BOUNDARIES.iter().find(|(zh, _)| *zh == text).map_or_else(|| text.into(), |(_, id)| Value::from(*id))
        }
        Cell::Period if !stated(text) => "not stated".into(),
        Cell::Period => match text.trim_end_matches('年').replace(['–', '—', '～', '~', '至'], "-").parse::<Period>()
        {
            Ok(period) => period.to_string().into(),
            Err(_) => return read_cell(cell, ""),
        },
        Cell::Set => {
            if stated(text) {
                text.into()
            } else {
                "not stated".into()
            }
        }
        Cell::Inclusion => match text.to_lowercase().as_str() {
            "included" | "包含" | "含" => "included".into(),
            "excluded" | "不含" | "不包含" => "excluded".into(),
            text if !stated(text) => "not-stated".into(),
            _ => return Err(("included, excluded or: not stated", "包含、不含 或：未注明")),
        },
        Cell::Flag => Value::Bool(flag(text).ok_or(YES_OR_NO)?),
    })
}

/// Yes or no.
fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "是" | "y" => Some(true),
        "no" | "false" | "0" | "否" | "n" | "" => Some(false),
        _ => None,
    }
}
