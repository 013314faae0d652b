//! Documents: products, factor tables and inventories in YAML or JSON.

use crate::factor_table::{FactorTable, read_factor_table};
use crate::yaml::{self, Places};
use crate::{Limits, text};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::FactorsDocument;
use zuji_core::inventory::{Builder, Inventory, InventoryDocument, LinkingDocument};
use zuji_core::product::{Declared, LineDocument, ProductDocument};
use zuji_core::standard::{BidsDocument, FeedbackDocument, OverlayDocument, PlanDocument, StandardDocument};

/// Reads a product document; every line learns the line of the file it stands on.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_product_document(
    bytes: &[u8],
    file: &str,
    limits: &Limits,
) -> Result<(ProductDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (mut document, places): (ProductDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/product@1", file)?;
    place_lines(&mut document.bom, "bom", &places);
    if let Declared::Some(lines) = &mut document.packaging {
        place_lines(lines, "packaging", &places);
    }
    if let Declared::Some(use_phase) = &mut document.use_phase {
        place_lines(&mut use_phase.materials, "use.materials", &places);
    }
    Ok((document, places))
}

/// Reads a factor table.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_factors(bytes: &[u8], file: &str, limits: &Limits) -> Result<FactorsDocument, Diagnostic> {
    factor_document(bytes, file, limits).map(|(document, _)| document)
}

/// Reads a factor table with the places of its fields, from a document or, where the name of the file says so, from CSV.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_factor_file(bytes: &[u8], file: &str, limits: &Limits) -> Result<FactorTable, Diagnostic> {
    let name = file.to_ascii_lowercase();
    if [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending)) {
        return read_factor_table(bytes, file, limits);
    }
    let (document, places) = factor_document(bytes, file, limits)?;
    Ok(FactorTable { document, places, findings: Diagnostics::default() })
}

fn factor_document(bytes: &[u8], file: &str, limits: &Limits) -> Result<(FactorsDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (FactorsDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/factors@1", file)?;
    Ok((document, places))
}

/// A factor table as YAML.
///
/// # Errors
/// What the writer returns.
pub fn factor_text(document: &FactorsDocument) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(document)
}

/// Reads an inventory, `zuji/inventory@1`, with what was found in it.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_inventory(bytes: &[u8], file: &str, limits: &Limits) -> Result<(Inventory, Diagnostics), Diagnostic> {
    let text = text::decode(bytes, file)?;
    // JSON has no aliases and no tags: its own reader stands up to hostile depth, and reads a large database in a moment.
    let document: InventoryDocument = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| {
            let place =
                Place { line: Some(error.line() as u32), column: Some(error.column() as u32), ..Place::default() };
            Diagnostic::new(&catalogue::I702).with("cause", &error).at(place.in_file(file))
        })?
    } else {
        yaml::read(text, file, limits)?.0
    };
    expect_schema(&document.schema, "zuji/inventory@1", file)?;
    Ok(Builder::document(document))
}

/// Reads decisions about providers, `zuji/linking@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_linking(bytes: &[u8], file: &str, limits: &Limits) -> Result<LinkingDocument, Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, _): (LinkingDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/linking@1", file)?;
    Ok(document)
}

/// Reads a demand standard, `zuji/standard@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_standard(bytes: &[u8], file: &str, limits: &Limits) -> Result<(StandardDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (StandardDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/standard@1", file)?;
    Ok((document, places))
}

/// Reads what is laid over a standard, `zuji/overlay@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_overlay(bytes: &[u8], file: &str, limits: &Limits) -> Result<(OverlayDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (OverlayDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(document.schema.as_deref().unwrap_or(""), "zuji/overlay@1", file)?;
    Ok((document, places))
}

/// Reads bids, `zuji/bids@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_bids(bytes: &[u8], file: &str, limits: &Limits) -> Result<(BidsDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (BidsDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/bids@1", file)?;
    Ok((document, places))
}

/// Reads a procurement plan, `zuji/plan@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_plan(bytes: &[u8], file: &str, limits: &Limits) -> Result<(PlanDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (PlanDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/plan@1", file)?;
    Ok((document, places))
}

/// Reads comments on a standard, `zuji/feedback@1`.
///
/// # Errors
/// What the gate refuses, and what does not fit the schema.
pub fn read_feedback(bytes: &[u8], file: &str, limits: &Limits) -> Result<(FeedbackDocument, Places), Diagnostic> {
    let text = text::decode(bytes, file)?;
    let (document, places): (FeedbackDocument, Places) = yaml::read(text, file, limits)?;
    expect_schema(&document.schema, "zuji/feedback@1", file)?;
    Ok((document, places))
}

fn expect_schema(found: &str, expected: &str, file: &str) -> Result<(), Diagnostic> {
    if found == expected {
        return Ok(());
    }
    let found = if found.is_empty() { "no schema" } else { found };
    Err(Diagnostic::new(&catalogue::E120)
        .with("file", file)
        .with("found", found)
        .with("expected", expected)
        .at(Place { line: Some(1), field: Some("schema".into()), ..Place::default() }.in_file(file)))
}

/// Gives every line, nested ones too, the line of the file on which it stands.
fn place_lines(lines: &mut [LineDocument], path: &str, places: &Places) {
    let mut stack: Vec<(&mut LineDocument, String)> =
        lines.iter_mut().enumerate().map(|(index, line)| (line, format!("{path}[{index}]"))).collect();
    while let Some((line, path)) = stack.pop() {
        line.row = places.find(&path).map(|(row, _)| row);
        let nested = format!("{path}.lines");
        stack.extend(line.lines.iter_mut().enumerate().map(|(index, line)| (line, format!("{nested}[{index}]"))));
    }
}
