//! JSON Schemas of the documents, made from the types that read them, committed, and checked for staleness.

use crate::Outcome;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use std::path::Path;
use std::process::ExitCode;
use zuji_core::factor::FactorsDocument;
use zuji_core::impact::CharacterisationDocument;
use zuji_core::inventory::{InventoryDocument, LinkingDocument};
use zuji_core::method::MethodProfile;
use zuji_core::product::ProductDocument;
use zuji_core::standard::{BidsDocument, FeedbackDocument, OverlayDocument, PlanDocument, StandardDocument};

/// Writes the files, or with `check` compares them with what is committed.
pub(crate) fn run(root: &Path, check: bool) -> Outcome<ExitCode> {
    let mut stale = false;
    for (path, text) in generate()? {
        let file = root.join(&path);
        if !check {
            std::fs::write(&file, &text)?;
            println!("{path} ({} bytes)", text.len());
        } else if std::fs::read_to_string(&file).ok().as_deref() != Some(text.as_str()) {
            eprintln!("{path} differs from what `cargo xtask schemas` makes of the types in core");
            stale = true;
        }
    }
    Ok(if stale { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Path and text of every schema.
fn generate() -> Outcome<Vec<(String, String)>> {
    [
        ("product", schema::<ProductDocument>("zuji/product@1")),
        ("factors", schema::<FactorsDocument>("zuji/factors@1")),
        ("characterisation", schema::<CharacterisationDocument>("zuji/characterisation@1")),
        ("inventory", schema::<InventoryDocument>("zuji/inventory@1")),
        ("linking", schema::<LinkingDocument>("zuji/linking@1")),
        ("method", schema::<MethodProfile>("zuji/method@1")),
        ("standard", schema::<StandardDocument>("zuji/standard@1")),
        ("overlay", schema::<OverlayDocument>("zuji/overlay@1")),
        ("bids", schema::<BidsDocument>("zuji/bids@1")),
        ("plan", schema::<PlanDocument>("zuji/plan@1")),
        ("feedback", schema::<FeedbackDocument>("zuji/feedback@1")),
    ]
    .into_iter()
    .map(|(name, schema)| Ok((format!("schemas/{name}.schema.json"), serde_json::to_string_pretty(&schema)? + "\n")))
    .collect()
}

/// The schema of a document, which must say what it is.
fn schema<T: JsonSchema>(id: &str) -> Schema {
    // What a reader accepts, which is more than what a writer produces: fields with a default may be left out.
    let mut schema = SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>();
    schema.insert("$id".into(), format!("urn:zuji:{}", id.trim_start_matches("zuji/").replace('@', ":")).into());
    schema.insert("title".into(), id.into());
    if let Some(says) = schema.pointer_mut("/properties/schema").and_then(|value| value.as_object_mut()) {
        says.insert("const".into(), id.into());
        says.remove("default");
    }
    let required = schema.ensure_object().entry("required").or_insert_with(|| serde_json::json!([]));
    if let Some(required) = required.as_array_mut()
        && !required.iter().any(|name| name == "schema")
    {
        required.insert(0, "schema".into());
    }
    schema
}

#[cfg(test)]
mod tests;
