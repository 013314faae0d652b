//! A product from its files: a document, or a table of parts with a document beside it.

use crate::document::read_product_document;
use crate::table::{Table, read_table};
use crate::yaml::Places;
use crate::{Limits, text};
use std::borrow::Cow;
use zuji_core::diagnostic::{Diagnostic, Diagnostics};
use zuji_core::hash::sha256_hex;
use zuji_core::math::both;
use zuji_core::product::{Bill, BillBuilder, BillReader, ProductDocument, SourceFile, read_into};
use zuji_core::quantity::UnitTable;

/// A file as bytes, with its name without the folder.
#[derive(Clone, Debug)]
pub struct File {
    /// Name without the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The encoding of a table, where somebody named it.
    pub encoding: Option<String>,
    /// The sheet of a workbook, where somebody named it.
    pub sheet: Option<String>,
}

impl File {
    /// A file of which no more is known.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), encoding: None, sheet: None }
    }

    /// Whether it is a document (YAML or JSON) rather than a table.
    pub fn is_document(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending))
    }
}

/// A product as it was read.
#[derive(Debug)]
pub struct Input {
    /// The document, its lines moved into the bill.
    pub document: ProductDocument,
    /// The bill of materials.
    pub bill: Bill,
    /// What was found while reading.
    pub findings: Diagnostics,
    /// Where the fields of the document stand.
    pub places: Places,
    /// The document's file name.
    pub document_file: Option<String>,
    /// The name of the file that holds the lines.
    pub lines_file: String,
}

/// Reads a product from a document, from a table, or from a table with the document beside it. `progress` hears how
/// many bytes of the table are done. The table is taken: its names stay where they are.
///
/// # Errors
/// The finding that leaves nothing to compute.
pub fn read_product(
    table: Option<File>,
    document: Option<&File>,
    units: &UnitTable,
    limits: &Limits,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Input, Diagnostic> {
    let (mut product, places) = match document {
        Some(file) => read_product_document(&file.bytes, &file.name, limits)?,
        None => (ProductDocument { schema: "zuji/product@1".into(), ..ProductDocument::default() }, Places::default()),
    };
    let mut findings = Diagnostics::default();
    let hash = |file: &File| SourceFile { name: file.name.clone(), sha256: sha256_hex(&file.bytes) };
    let name = table.as_ref().or(document).map(|file| file.name.clone()).unwrap_or_default();
    let (source, mut reader) = match table {
        Some(mut file) => {
            // A hash is one long chain; the rest of the reading fits beside it.
            let read = || {
                let text = content(&file, limits, &mut findings)?;
                let table = read_table(&text, &file.name, units, limits, &mut findings, progress)?;
                Ok(match text {
                    Cow::Borrowed(text) => (table, Ok(file.bytes.len() - text.len())),
                    Cow::Owned(text) => (table, Err(text)),
                })
            };
            let (source, read) = both(|| hash(&file), read);
            let reader = match read? {
                (Table::Lines(reader), _) => reader,
                (Table::Ranges(mut builder), text) => {
                    builder.ranges_of(match text {
                        // Ranges are counted behind a byte order mark.
                        Ok(mark) => {
                            file.bytes.drain(..mark);
                            file.bytes
                        }
                        Err(text) => text.into_bytes(),
                    });
                    BillReader::new(builder, units)
                }
            };
            (Some(source), reader)
        }
        None => (None, BillReader::new(BillBuilder::default(), units)),
    };
    read_into(&mut product, &mut reader);
    let id = product.product.id.clone();
    let (bill, more) = reader.finish(id.as_deref());
    findings.extend(more);
    product.sources = source.into_iter().chain(document.map(hash)).collect();
    if product.product.name.is_empty() {
        product.product.name = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_string();
    }
    Ok(Input {
        document: product,
        bill,
        findings,
        places,
        document_file: document.map(|file| file.name.clone()),
        lines_file: name,
    })
}

/// The text of a table, whatever it came in.
fn content<'f>(file: &'f File, limits: &Limits, findings: &mut Diagnostics) -> Result<Cow<'f, str>, Diagnostic> {
    #[cfg(feature = "sheets")]
    if crate::workbook::is_workbook(&file.bytes) {
        let sheet = file.sheet.as_deref();
        return crate::workbook::as_table(&file.bytes, &file.name, sheet, limits, findings).map(Cow::Owned);
    }
    let within = limits.table_bytes;
    if file.bytes.len() as u64 > within {
        return Ok(Cow::Borrowed(text::decode(&file.bytes, &file.name)?));
    }
    let (text, finding) = text::decode_table(&file.bytes, &file.name, file.encoding.as_deref())?;
    if let Some(finding) = finding {
        findings.push(finding);
    }
    Ok(text)
}

impl Input {
    /// Completes the places of findings: the file, and the line of a field of the document.
    pub fn locate(&self, findings: &mut Diagnostics) {
        for finding in findings.iter_mut() {
            for place in finding.places_mut() {
                if place.file.is_some() {
                    continue;
                }
                if place.line.is_some() {
                    let beside = self.document_file.as_ref().filter(|_| place.in_document);
                    place.file = Some(beside.unwrap_or(&self.lines_file).clone());
                } else if let (Some(field), Some(file)) = (&place.field, &self.document_file) {
                    place.file = Some(file.clone());
                    if let Some((line, column)) = self.places.find(field) {
                        place.line = Some(line);
                        place.column = Some(column);
                    }
                }
            }
        }
    }
}
