//! `zuji factors check`: which rows break a rule.

use crate::arguments::Format;
use crate::words::Words;
use crate::{files, findings};
use zuji_core::diagnostic::Diagnostics;
use zuji_core::factor::check_table;

/// Checks the tables of the given files, or the embedded ones; 1 where a row breaks a rule.
pub fn run(paths: &[std::path::PathBuf], format: Format, words: Words) -> u8 {
    let (library, mut found) = match files::library(None) {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    let mut tables = Vec::new();
    if paths.is_empty() {
        tables = zuji_factors::tables().unwrap_or_default();
    }
    for path in paths {
        match files::table(path) {
            Ok(table) => tables.push(table),
            Err(finding) => found.push(finding),
        }
    }
    let mut rows = 0;
    for table in &tables {
        rows += table.rows.len();
        found.extend(check_table(table, &library.units, &library.sets));
    }
    report(&found, tables.len(), rows, format, words)
}

fn report(found: &Diagnostics, tables: usize, rows: usize, format: Format, words: Words) -> u8 {
    if format == Format::Json {
        let value = serde_json::json!({ "tables": tables, "rows": rows, "findings": zuji_formats::result::findings(found.iter(), words.language) });
        say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
    } else {
        findings::print(found, words);
        let count = found.iter().count();
        say!(
            "{}",
            words.pick(
                format!("{tables} table(s), {rows} rows, {count} finding(s)"),
                format!("{tables} 个表，{rows} 行，{count} 个问题")
            )
        );
    }
    u8::from(!found.is_empty())
}
