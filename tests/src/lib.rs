//! What the tests share: small factor tables, products as JSON, results read back as JSON, exact decimals, the program.
//!
//! Everything goes through public doors: `read_product` reads, `footprint` computes, `record` and `replay` seal.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; running the program and reading examples is their job"
)]

pub mod databases;
pub mod exact;
pub mod golden;
pub mod program;

use serde_json::{Map, Value, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity};
use zuji_core::factor::FactorsDocument;
use zuji_core::footprint::{Footprint, LineSet, footprint};
use zuji_core::product::{Library, Options, WasteRules};
use zuji_core::record::record;
use zuji_formats::{File, Input, Limits, read_product};

/// A factor table of a few rows. A row says what matters to its test; the rest is filled in: a material per kg, world,
/// 2024, CO2e of AR6 with nothing left open.
pub fn table(rows: Value) -> FactorsDocument {
    let rows: Vec<Value> = rows.as_array().unwrap().iter().map(row).collect();
    serde_json::from_value(json!({
        "schema": "zuji/factors@1",
        "table": {"id": "t", "version": "1", "name_en": "test", "name_zh": "测试", "source": "test", "licence": "none"},
        "rows": rows,
    }))
    .unwrap()
}

fn row(given: &Value) -> Value {
    let name = given["name"].as_str().or(given["id"].as_str()).unwrap();
    let kind = given["kind"].as_str().unwrap_or("material");
    let boundary = match kind {
        "material" | "water" | "spend" => "cradle-to-gate",
        "electricity" | "electricity_source" | "fuel_life_cycle" | "freight_life_cycle" => "life-cycle",
        "electricity_direct" | "electricity_generation" | "heat" => "generation",
        "transmission" => "transmission",
        "fuel_combustion" => "combustion",
        "freight" | "freight_with_forcing" => "tank-to-wheel",
        "waste_treatment" => "treatment",
        "process" => "gate-to-gate",
        _ => "well-to-tank",
    };
    let mut row = json!({
        "id": format!("t/{name}"), "name_en": name, "name_zh": name, "class": "test", "kind": kind, "unit": "kg",
        "gwp": "AR6-GWP100@2021", "geography": "GLO", "period": "2024", "boundary": boundary, "source": "test",
    });
    let row_map = row.as_object_mut().unwrap();
    for (field, value) in given.as_object().unwrap() {
        if field != "name" {
            row_map.insert(field.clone(), value.clone());
        }
    }
    row
}

/// A library of a few rows with the real sets and profiles, and no rules for waste.
pub fn library(rows: Value) -> Library {
    library_with_waste(rows, json!({}))
}

/// The same with rules for waste.
pub fn library_with_waste(rows: Value, waste: Value) -> Library {
    let real = real_library();
    let waste: WasteRules = serde_json::from_value(waste).unwrap();
    let (library, findings) = Library::new([table(rows)], real.sets.clone(), real.profiles.clone(), waste);
    assert!(findings.is_empty(), "{findings:?}");
    library
}

/// The embedded library.
pub fn real_library() -> &'static Library {
    static LIBRARY: std::sync::OnceLock<Library> = std::sync::OnceLock::new();
    LIBRARY.get_or_init(|| {
        let (library, findings) = zuji_factors::library(Vec::new()).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        library
    })
}

/// A product document with its frame filled in: dated, nothing packed, no energy.
pub fn document(given: Value) -> Value {
    let mut out = json!({
        "schema": "zuji/product@1", "product": {"name": "p"}, "date": "2024-12-31", "packaging": "none", "energy": "none",
    });
    for (field, value) in given.as_object().unwrap_or(&Map::new()) {
        out[field] = value.clone();
    }
    out
}

/// What came of a product, with nothing borrowed.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The report with its lines as JSON; null where nothing could be computed.
    pub result: Value,
    /// The findings of reading and computing, their places completed.
    pub findings: Diagnostics,
    /// 0, 1 or 2, as the program would say.
    pub status: u8,
    /// The record; empty where nothing could be computed.
    pub record: Vec<u8>,
}

impl Seen {
    /// The total excluding biogenic uptake, as a double for comparisons with published figures.
    pub fn total(&self) -> f64 {
        self.number("/total/excluding_biogenic_uptake")
    }

    /// A decimal of the result.
    pub fn number(&self, pointer: &str) -> f64 {
        let value = self.result.pointer(pointer);
        value
            .and_then(Value::as_str)
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| panic!("{pointer}: {value:?} in {:?}", self.codes()))
    }

    /// The amount of the lines of a name with a role, kg CO2e.
    pub fn line(&self, name: &str, role: &str) -> f64 {
        self.lines()
            .iter()
            .filter(|line| line["name"] == name && line["role"] == role)
            .map(|line| line["amount"].as_str().map_or(f64::NAN, |text| text.parse().unwrap()))
            .sum()
    }

    /// All lines.
    pub fn lines(&self) -> &[Value] {
        self.result["by_line"].as_array().map_or(&[], Vec::as_slice)
    }

    /// What is missing: names with their reasons.
    pub fn missing(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or("").to_string();
        let missing = self.result.pointer("/coverage/missing").and_then(Value::as_array);
        missing.map_or(Vec::new(), |missing| {
            missing.iter().map(|one| (text(&one["name"]), text(&one["reason"]))).collect()
        })
    }

    /// The codes of the findings, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(Diagnostic::code).collect()
    }

    /// Whether a code is among the findings.
    pub fn has(&self, code: &str) -> bool {
        self.findings.has(code)
    }

    /// The finding of a code.
    pub fn finding(&self, code: &str) -> &Diagnostic {
        self.findings
            .iter()
            .find(|finding| finding.code() == code)
            .unwrap_or_else(|| panic!("no {code} in {:?}", self.codes()))
    }

    /// Whether the result says that nothing is missing.
    pub fn complete(&self) -> bool {
        self.result.pointer("/coverage/status") == Some(&json!("complete"))
    }
}

/// Computes a product document.
pub fn compute(library: &Library, given: Value) -> Seen {
    compute_with(library, given, &Options::default())
}

/// Computes a product document with options.
pub fn compute_with(library: &Library, given: Value, options: &Options) -> Seen {
    let file = File::new("product.json", document(given).to_string());
    finish(library, read_product(None, Some(&file), &library.units, &Limits::default(), &|_| ()), options)
}

/// Computes a table of parts with the frame of [`document`] around it.
pub fn compute_table(library: &Library, table: &str, given: Value) -> Seen {
    compute_bytes(library, table.as_bytes(), Some(&document(given).to_string()))
}

/// Computes a table given as bytes, with a document beside it or none.
pub fn compute_bytes(library: &Library, table: &[u8], beside: Option<&str>) -> Seen {
    let table = File::new("bom.csv", table);
    let beside = beside.map(|text| File::new("product.yaml", text));
    let input = read_product(Some(table), beside.as_ref(), &library.units, &Limits::default(), &|_| ());
    finish(library, input, &Options::default())
}

/// Computes a document given as text.
pub fn compute_text(library: &Library, text: &str) -> Seen {
    let file = File::new("product.yaml", text);
    finish(library, read_product(None, Some(&file), &library.units, &Limits::default(), &|_| ()), &Options::default())
}

/// Lines with what goes without saying filled in: a line is the material itself, and counts or lies outside, unless it
/// says otherwise.
fn lines_of(done: &Footprint, set: LineSet, status: &str) -> Value {
    let mut text = Vec::new();
    let written: Result<(), std::convert::Infallible> = done.write_lines(set, |block| {
        text.extend_from_slice(block);
        Ok(())
    });
    let _: () = written.unwrap();
    let mut lines: Vec<Value> = serde_json::from_slice(&text).unwrap();
    for line in lines.iter_mut().filter_map(Value::as_object_mut) {
        line.entry("role").or_insert("material".into());
        line.entry("status").or_insert(status.into());
    }
    Value::Array(lines)
}

/// Computes what was read.
pub fn finish(library: &Library, input: Result<Input, Diagnostic>, options: &Options) -> Seen {
    let mut input = match input {
        Ok(input) => input,
        Err(finding) => return Seen { result: Value::Null, findings: finding.into(), status: 2, record: Vec::new() },
    };
    let mut findings = std::mem::take(&mut input.findings);
    let open = findings.count(Severity::Error) + findings.count(Severity::Question) > 0;
    let outcome = footprint(&input.bill, &input.document, library, options);
    let status = match outcome.exit_status() {
        0 => u8::from(open),
        status => status,
    };
    findings.extend(outcome.diagnostics.clone());
    input.locate(&mut findings);
    let Some(done) = &outcome.footprint else {
        return Seen { result: Value::Null, findings, status, record: Vec::new() };
    };
    let mut result = serde_json::to_value(done.report()).unwrap();
    result["by_line"] = lines_of(done, LineSet::Total, "counted");
    result["lines_outside_total"] = lines_of(done, LineSet::Outside, "outside_total");
    let record = record(done, options, &outcome.diagnostics);
    Seen { result, findings, status, record }
}

/// Whether two numbers agree to 1e-9 of the larger, or absolutely where both are tiny.
pub fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3)
}
