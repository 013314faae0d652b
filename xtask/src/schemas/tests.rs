use super::generate;
use crate::repository;
use serde_json::Value;
use std::path::PathBuf;

fn schema(name: &str) -> Value {
    let path = format!("schemas/{name}.schema.json");
    let (_, text) = generate().unwrap().into_iter().find(|(known, _)| *known == path).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The YAML files under a folder of the repository, deep.
fn documents(folder: &str) -> Vec<(PathBuf, Value)> {
    let mut folders = vec![repository().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let value = serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                found.push((path, value));
            }
        }
    }
    found
}

fn all_fit(name: &str, documents: &[(PathBuf, Value)]) {
    let schema = schema(name);
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!documents.is_empty());
    for (path, document) in documents {
        let errors: Vec<String> = validator
            .iter_errors(document)
            .take(5)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
    }
}

#[test]
fn committed_schemas_are_what_the_types_make() {
    for (path, text) in generate().unwrap() {
        let committed = std::fs::read_to_string(repository().join(&path)).unwrap_or_default();
        assert!(committed == text, "{path} is stale: run `cargo xtask schemas`");
    }
}

#[test]
fn what_the_repository_carries_fits() {
    all_fit("factors", &documents("factors/packs"));
    all_fit("characterisation", &documents("factors/gwp"));
    all_fit("method", &documents("factors/methods"));
    let mut others = documents("wasm/tests/inputs");
    for folder in ["examples", "standards"] {
        if repository().join(folder).is_dir() {
            others.extend(documents(folder));
        }
    }
    // A document says what it is.
    for name in ["product", "standard", "bids", "plan", "feedback"] {
        let says = |document: &Value| document.get("schema").is_some_and(|says| *says == format!("zuji/{name}@1"));
        let own: Vec<_> = others.iter().filter(|(_, document)| says(document)).cloned().collect();
        all_fit(name, &own);
    }
}

#[test]
fn a_misspelt_field_and_a_wrong_schema_do_not_fit() {
    let validator = jsonschema::validator_for(&schema("product")).unwrap();
    assert!(validator.is_valid(&serde_json::json!({ "schema": "zuji/product@1", "energy": "none" })));
    assert!(!validator.is_valid(&serde_json::json!({ "schema": "zuji/product@1", "enregy": "none" })));
    assert!(!validator.is_valid(&serde_json::json!({ "schema": "zuji/factors@1" })));
    assert!(!validator.is_valid(&serde_json::json!({ "product": { "name": "chair" } })));
}

/// An editor shows these sentences while a document is written.
#[test]
fn every_field_is_described() {
    for (path, text) in generate().unwrap() {
        let schema: Value = serde_json::from_str(&text).unwrap();
        let mut missing = Vec::new();
        let mut stack = vec![(String::new(), &schema)];
        while let Some((at, value)) = stack.pop() {
            // A field may be called `properties`; an object's schema has a type.
            if value.get("type").is_some_and(|kind| *kind == "object")
                && let Some(properties) = value.get("properties").and_then(Value::as_object)
            {
                // The tag of a variant is described by the variant.
                let tagged = |field: &Value| field.get("const").is_some() && value.get("description").is_some();
                let silent =
                    properties.iter().filter(|(_, field)| field.get("description").is_none() && !tagged(field));
                missing.extend(silent.map(|(name, _)| format!("{at}/{name}")));
            }
            match value {
                Value::Object(map) => stack.extend(map.iter().map(|(name, value)| (format!("{at}/{name}"), value))),
                Value::Array(list) => stack.extend(list.iter().map(|value| (at.clone(), value))),
                _ => {}
            }
        }
        assert!(missing.is_empty(), "{path}: {missing:?}");
    }
}
