//! Populations of products: a table (CSV, TSV, semicolons), a document `zuji/population@1`, or records of single products.

use crate::population_columns::{COLUMNS, Cell, Meaning, find};
use crate::result::Verification;
use crate::yaml::{self, Places};
use crate::{Limits, text};
use serde_json::Value;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::math::Finite;
use zuji_core::quantity::{NumberError, read_number};
use zuji_core::threshold::{Plan, PopulationDocument, PopulationHead, PopulationProduct, Size};

/// A population as it was read.
#[derive(Debug, Default)]
pub struct PopulationFile {
    /// The products.
    pub document: PopulationDocument,
    /// What was found while reading.
    pub findings: Diagnostics,
}

/// Reads a population.
///
/// # Errors
/// What leaves no population: no text, no column of footprints, beyond a limit, a document of another kind.
pub fn read_population(bytes: &[u8], file: &str, limits: &Limits) -> Result<PopulationFile, Diagnostic> {
    let name = file.to_ascii_lowercase();
    if [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending)) {
        return document(bytes, file, limits);
    }
    if bytes.len() as u64 > limits.table_bytes {
        return Err(too_much(file, format!("{} bytes", bytes.len()), limits.table_bytes, "--max-bytes"));
    }
    let text = text::decode(bytes, file)?;
    let mut reading = Reading { file, limits, findings: Diagnostics::default() };
    let document = reading.table(text)?;
    Ok(PopulationFile { document, findings: reading.findings })
}

/// Reads what the laboratory is asked: `zuji/threshold@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_threshold_plan(bytes: &[u8], file: &str, limits: &Limits) -> Result<Plan, Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (plan, _): (Plan, Places) = yaml::read(text, file, limits)?;
    let found = plan.schema.clone().unwrap_or_default();
    if found == "zuji/threshold@1" { Ok(plan) } else { Err(other_schema(&found, "zuji/threshold@1", file)) }
}

fn other_schema(found: &str, expected: &str, file: &str) -> Diagnostic {
    let found = if found.is_empty() { "no schema" } else { found };
    Diagnostic::new(&catalogue::E120).with("file", file).with("found", found).with("expected", expected).at(Place {
        line: Some(1),
        field: Some("schema".into()),
        ..Place::default()
    }
    .in_file(file))
}

fn too_much(file: &str, found: impl ToString, limit: impl ToString, flag: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::S602).with("file", file).with("found", found).with("limit", limit).with("flag", flag)
}

fn document(bytes: &[u8], file: &str, limits: &Limits) -> Result<PopulationFile, Diagnostic> {
    // A record is canonical JSON: its first keys say so soon enough.
    if file.to_ascii_lowercase().ends_with(".json")
        && let Ok(value) = serde_json::from_slice::<Value>(bytes)
        && value["schema"] == "zuji/record@1"
    {
        return Ok(record(bytes, &value, file));
    }
    let text = text::decode(bytes, file)?;
    let (mut document, places): (PopulationDocument, Places) = yaml::read(text, file, limits)?;
    if document.schema != "zuji/population@1" {
        return Err(other_schema(&document.schema, "zuji/population@1", file));
    }
    for (at, product) in document.products.iter_mut().enumerate() {
        product.line = places.find(&format!("products[{at}]")).map(|(line, _)| line);
    }
    Ok(PopulationFile { document, findings: Diagnostics::default() })
}

/// A product from a record that recomputes to the same bytes; another one is no evidence of a footprint.
fn record(bytes: &[u8], value: &Value, file: &str) -> PopulationFile {
    let mut out = PopulationFile::default();
    let verified = Verification::of(bytes);
    out.findings.extend(verified.findings);
    let result = &value["result"];
    let words = |pointer: &str| result.pointer(pointer).and_then(Value::as_str).map(str::to_string);
    let number = |pointer: &str| {
        words(pointer).and_then(|text| text.parse().ok()).and_then(|number: f64| Finite::new(number).ok())
    };
    let declared = words("/declared_unit/unit").map_or_else(String::new, |unit| format!("/{unit}"));
    out.document.population.unit = words("/total/unit").map(|unit| format!("{unit}{declared}"));
    let sound = verified.exit_status == 0 && result["coverage"]["status"] == "complete";
    out.document.products.push(PopulationProduct {
        name: words("/product/name").unwrap_or_else(|| file.to_string()),
        id: words("/product/id"),
        maker: words("/product/maker"),
        footprint: number("/total/excluding_biogenic_uptake").filter(|_| sound),
        boundary: words("/method/boundary"),
        gwp: words("/method/gwp/0/set"),
        ..PopulationProduct::default()
    });
    out
}

struct Reading<'a> {
    file: &'a str,
    limits: &'a Limits,
    findings: Diagnostics,
}

impl Reading<'_> {
    fn place(&self, line: u32, column: usize) -> Place {
        let column = column as u32 + 1;
        Place { column: Some(column), ..Place::cell(line, column) }.in_file(self.file)
    }

    fn table(&mut self, text: &str) -> Result<PopulationDocument, Diagnostic> {
        let mut document = PopulationDocument { schema: "zuji/population@1".into(), ..PopulationDocument::default() };
        let (start, first_line) = head(text, &mut document.population);
        let text = &text[start..];
        let header = text.lines().next().unwrap_or_default();
        let count = |delimiter: u8| header.bytes().filter(|&byte| byte == delimiter).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        let broken = |error: csv::Error| {
            let place = Place::line(first_line).in_file(self.file);
            Diagnostic::new(&catalogue::E109).with("file", self.file).with("cause", error).at(place)
        };
        if !reader.read_record(&mut record).map_err(broken)? {
            return Err(Diagnostic::new(&catalogue::E102).with("file", self.file));
        }
        let columns = self.header(&record, first_line)?;
        while reader.read_record(&mut record).map_err(|error| {
            let place = Place::line(first_line).in_file(self.file);
            Diagnostic::new(&catalogue::E109).with("file", self.file).with("cause", error).at(place)
        })? {
            let line = first_line - 1 + record.position().map_or(0, |position| position.line() as u32);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if document.products.len() as u64 >= self.limits.rows {
                let found = format!("more than {} rows", self.limits.rows);
                return Err(too_much(self.file, found, self.limits.rows, "--max-lines"));
            }
            let product = self.row(&record, &columns, line)?;
            document.products.extend(product);
        }
        if document.products.is_empty() && self.findings.is_empty() {
            return Err(Diagnostic::new(&catalogue::E102).with("file", self.file));
        }
        Ok(document)
    }

    fn header(&mut self, record: &csv::StringRecord, line: u32) -> Result<Vec<Option<Meaning>>, Diagnostic> {
        if record.len() > self.limits.columns {
            return Err(too_much(self.file, format!("{} columns", record.len()), self.limits.columns, "--max-columns"));
        }
        let mut columns: Vec<Option<Meaning>> = Vec::new();
        let mut unused = Vec::new();
        // Open data on computers name both a category and a subcategory: the finer one is meant.
        let finer = record.iter().any(|name| name.trim().eq_ignore_ascii_case("subcategory"));
        for (position, name) in record.iter().enumerate() {
            let coarse = finer && name.trim().eq_ignore_ascii_case("category");
            let found = if coarse { None } else { find(name) };
            if let Some(first) =
                found.as_ref().and_then(|found| columns.iter().position(|known| known.as_ref() == Some(found)))
            {
                return Err(Diagnostic::new(&catalogue::E107)
                    .with("first", first + 1)
                    .with("second", position + 1)
                    .with("column", name)
                    .at(self.place(line, position)));
            }
            if found.is_none() && !name.trim().is_empty() {
                unused.push(name.trim().to_string());
            }
            columns.push(found);
        }
        let footprint = find("footprint");
        if !columns.contains(&footprint) {
            let accepted =
                COLUMNS.iter().find(|column| column.field == "footprint").map_or(&[][..], |column| column.headers);
            return Err(Diagnostic::new(&catalogue::E105)
                .with("column", "footprint")
                .with("header", record.iter().collect::<Vec<_>>().join(", "))
                .with("accepted", accepted.join(", "))
                .at(self.place(line, 0)));
        }
        if !unused.is_empty() {
            let finding = Diagnostic::new(&catalogue::T101).with("columns", unused.join(", "));
            self.findings.push(finding.at(Place::line(line).in_file(self.file)));
        }
        Ok(columns)
    }

    /// One row; a cell that cannot be read is reported with its place and is then not stated. A shifted row is left out.
    fn row(
        &mut self,
        record: &csv::StringRecord,
        columns: &[Option<Meaning>],
        line: u32,
    ) -> Result<Option<PopulationProduct>, Diagnostic> {
        let missing = record.len() < columns.len();
        if missing || record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
            let finding = Diagnostic::new(&catalogue::E108).with("found", record.len()).with("expected", columns.len());
            self.findings.push(finding.at(self.place(line, record.len().min(columns.len()))));
            return Ok(None);
        }
        let mut product = PopulationProduct { line: Some(line), ..PopulationProduct::default() };
        for (at, meaning) in columns.iter().enumerate() {
            let (Some(meaning), Some(cell)) = (meaning, record.get(at).map(str::trim)) else { continue };
            if cell.len() > self.limits.field_bytes {
                let found = format!("{} bytes in a field", cell.len());
                return Err(too_much(self.file, found, self.limits.field_bytes, "--max-field").at(self.place(line, at)));
            }
            if cell.is_empty() {
                continue;
            }
            match meaning {
                Meaning::Alternative(name) => {
                    if let Some(number) = self.number(cell, "footprint", false, line, at) {
                        product.alternatives.insert(name.clone(), number);
                    }
                }
                Meaning::Inventory(name) => {
                    if let Some(number) = self.number(cell, "inventory", true, line, at) {
                        product.inventory.insert(name.clone(), number);
                    }
                }
                Meaning::Column(column) => self.cell(&mut product, *column, cell, line, at),
            }
        }
        Ok(Some(product))
    }

    fn cell(&mut self, product: &mut PopulationProduct, column: usize, cell: &str, line: u32, at: usize) {
        let column = &COLUMNS[column];
        match column.cell {
            Cell::Text => {
                let text = Some(cell.to_string());
                match column.field {
                    "name" => product.name = cell.to_string(),
                    "id" => product.id = text,
                    "maker" => product.maker = text,
                    "region" => product.region = text,
                    "class" => product.class = text,
                    "use_country" => product.use_country = text,
                    "boundary" => product.boundary = text,
                    "gwp" => product.gwp = text,
                    _ => product.date = text,
                }
            }
            Cell::Size => match Size::read(cell) {
                Some(size) => product.size = Some(size),
                None => {
                    let finding = Diagnostic::new(&catalogue::V106)
                        .with("field", column.field)
                        .with("text", cell)
                        .with_words("range", column.about);
                    self.findings.push(finding.at(self.place(line, at)));
                }
            },
            Cell::Number | Cell::Share => {
                let number = self.number(cell, column.field, column.cell == Cell::Share, line, at);
                match column.field {
                    "weight" => product.weight = number,
                    "footprint" => product.footprint = number,
                    "rsd" => product.rsd = number,
                    "error" => product.error = number,
                    "p5" => product.p5 = number,
                    "p95" => product.p95 = number,
                    "lifetime" => product.lifetime = number,
                    "use_share" => product.use_share = number,
                    _ => product.price = number,
                }
            }
        }
    }

    fn number(&mut self, cell: &str, column: &'static str, share: bool, line: u32, at: usize) -> Option<Finite> {
        let percent = cell.strip_suffix(['%', '％']).filter(|_| share);
        let found = read_number(percent.unwrap_or(cell).trim_end());
        let place = self.place(line, at);
        let entry = match found {
            Ok(number) => return Finite::new(if percent.is_some() { number / 100.0 } else { number }).ok(),
            Err(NumberError::Empty) => return None,
            Err(NumberError::Ambiguous(first, second)) => {
                let finding = Diagnostic::new(&catalogue::N102)
                    .with("text", cell)
                    .with("column", column)
                    .with("first", first)
                    .with("second", second);
                self.findings.push(finding.at(place));
                return None;
            }
            Err(NumberError::NoValue) => &catalogue::N110,
            Err(NumberError::NotANumber) => &catalogue::N105,
        };
        self.findings.push(Diagnostic::new(entry).with("text", cell).with("column", column).at(place));
        None
    }
}

/// Lines `# key: value` above the header: what all products have in common. Gives where the header starts, and its line.
fn head(text: &str, head: &mut PopulationHead) -> (usize, u32) {
    let (mut start, mut line) = (0, 1);
    for text in text.split_inclusive('\n') {
        let content = text.trim();
        if !content.is_empty() && !content.starts_with('#') {
            break;
        }
        if let Some((name, value)) = content.trim_start_matches('#').split_once([':', '：']) {
            let value = Some(value.trim().trim_end_matches([',', ';']).to_string()).filter(|value| !value.is_empty());
            match name.trim().to_lowercase().as_str() {
                "name" | "名称" => head.name = value,
                "unit" | "单位" => head.unit = value,
                "source" | "来源" => head.source = value,
                "licence" | "license" | "许可" => head.licence = value,
                "boundary" | "系统边界" | "边界" => head.boundary = value,
                "gwp" | "gwp版本" => head.gwp = value,
                _ => {}
            }
        }
        start += text.len();
        line += 1;
    }
    (start, line)
}
