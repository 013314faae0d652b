//! `zuji factors check`: which rows break a rule, and which only look wrong.

use crate::arguments::Format;
use crate::words::Words;
use crate::{files, findings};
use serde_json::{Value, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity, catalogue};
use zuji_core::factor::{Checking, FactorsDocument, check_tables};
use zuji_formats::{FactorTable, result};

/// Checks the tables of the given files, or the embedded ones: 1 where a rule is broken, 2 where a file cannot be read.
pub fn run(paths: &[std::path::PathBuf], as_of: Option<&str>, old_after: u16, format: Format, words: Words) -> u8 {
    let (library, mut found) = match files::library(None) {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    let as_of = match as_of.map(str::parse).transpose() {
        Ok(day) => day,
        Err(_) => {
            let finding = Diagnostic::new(&catalogue::P703).with("text", as_of.unwrap_or_default());
            return findings::fail(finding, words);
        }
    };
    let embedded = zuji_factors::tables().unwrap_or_default();
    let (mut tables, mut sources) = (Vec::new(), Vec::new());
    let mut unread = false;
    for path in paths {
        match files::table(path) {
            Ok(FactorTable { document, places, findings }) => {
                found.extend(findings);
                tables.push(document);
                sources.push((path, places));
            }
            Err(finding) => {
                unread = true;
                found.push(finding);
            }
        }
    }
    // A table is compared with those that it will be loaded with; another edition of one of them stands in its place.
    let (checked, beside): (Vec<FactorsDocument>, Vec<FactorsDocument>) = if paths.is_empty() {
        (embedded, Vec::new())
    } else {
        let given = |table: &FactorsDocument| tables.iter().any(|given| given.table.id == table.table.id);
        let beside = embedded.into_iter().filter(|table| !given(table)).collect();
        (tables, beside)
    };
    let checking = Checking { units: &library.units, sets: &library.sets, as_of, old_after };
    for (position, mut findings) in check_tables(&checked, &beside, &checking).into_iter().enumerate() {
        match sources.get(position) {
            Some((path, places)) => files::locate(&mut findings, path, places),
            // An embedded table has no lines; its id and the row's stand in the sentence.
            None => findings.iter_mut().flat_map(Diagnostic::places_mut).for_each(|place| *place = Place::default()),
        }
        found.extend(findings);
    }
    let rows = checked.iter().map(|table| table.rows.len()).sum();
    report(&found, checked.len(), rows, format, words);
    match (unread, found.count(Severity::Error)) {
        (true, _) => 2,
        (false, 0) => 0,
        (false, _) => 1,
    }
}

fn report(found: &Diagnostics, tables: usize, rows: usize, format: Format, words: Words) {
    let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
    if format == Format::Json {
        let findings: Vec<Value> = found.iter().map(|finding| one(finding, words)).collect();
        let value = json!({
            "tables": tables, "rows": rows, "errors": errors, "warnings": warnings, "findings": findings,
        });
        say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
        return;
    }
    findings::print(found, words);
    say!(
        "{}",
        words.pick(
            format!("{tables} table(s), {rows} rows: {errors} error(s), {warnings} warning(s)"),
            format!("{tables} 个表，{rows} 行：{errors} 个错误，{warnings} 个警告")
        )
    );
}

/// A finding with its sentences, and with the table, row and rule by which a program can go.
fn one(finding: &Diagnostic, words: Words) -> Value {
    let mut value = json!(result::findings(std::iter::once(finding), words.language)).pointer("/0").cloned();
    if let Some(Value::Object(map)) = &mut value {
        for (key, argument) in [("table", "table"), ("row", "id"), ("rule", "rule")] {
            map.insert(key.into(), finding.argument(argument).map_or(Value::Null, Value::from));
        }
    }
    value.unwrap_or_default()
}
