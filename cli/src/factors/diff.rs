//! `zuji factors diff`: two editions of a table.

use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, safe};
use crate::{files, findings};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Severity};
use zuji_core::factor::{Change, Edition, Pack, PackDiff, RowName};
use zuji_formats::FactorTable;

/// Compares: 0 the same, 1 different, 2 one of them cannot be read.
pub fn run(from: &str, to: &str, format: Format, words: Words) -> u8 {
    let (from, to) = match (pack(from, words), pack(to, words)) {
        (Ok(from), Ok(to)) => (from, to),
        (from, to) => {
            for finding in [from.err(), to.err()].into_iter().flatten() {
                findings::print(&finding.into(), words);
            }
            return 2;
        }
    };
    let diff = PackDiff::new(&from, &to);
    if format == Format::Json {
        say!("{}", serde_json::to_string_pretty(&diff).unwrap_or_default());
    } else {
        print(&diff, words);
    }
    u8::from(!diff.is_same())
}

/// A pack from a file, or an embedded one by its id.
fn pack(name: &str, words: Words) -> Result<Pack, Diagnostic> {
    let embedded = || zuji_factors::packs().ok()?.into_iter().find(|pack| pack.document.table.id == name);
    if !Path::new(name).exists()
        && let Some(pack) = embedded()
    {
        return Ok(pack);
    }
    let FactorTable { document, findings: found, .. } = files::table(Path::new(name))?;
    // A file of which rows were left out cannot be compared as a whole.
    match found.iter().find(|finding| finding.severity() == Severity::Error) {
        Some(finding) => Err(finding.clone()),
        None => {
            findings::print(&found, words);
            Ok(Pack::from(document))
        }
    }
}

fn print(diff: &PackDiff, words: Words) {
    let paint = Paint::of_stdout();
    let edition = |sign: &str, edition: &Edition| {
        let rows = words.pick(format!("{} rows", edition.rows), format!("{} 行", edition.rows));
        say!("{sign} {} {} · {rows} · sha256 {}", safe(&edition.id), safe(&edition.version), &edition.sha256[..12]);
    };
    edition("-", &diff.from);
    edition("+", &diff.to);
    if diff.is_same() {
        say!("{}", words.pick("the same", "相同"));
        return;
    }
    for change in &diff.head {
        say!("  {}", one(change, words, paint));
    }
    let rows = |sign: &str, rows: &[RowName], colour: fn(Paint, &str) -> String| {
        for row in rows {
            let name = words.pick(safe(&row.name_en), safe(&row.name_zh));
            say!("{} {}  {}", colour(paint, sign), safe(&row.id), paint.dim(&name));
        }
    };
    rows("-", &diff.removed, Paint::red);
    rows("+", &diff.added, Paint::green);
    for changed in &diff.changed {
        let name = words.pick(safe(&changed.row.name_en), safe(&changed.row.name_zh));
        say!("{} {}  {}", paint.yellow("~"), safe(&changed.row.id), paint.dim(&name));
        for change in &changed.changes {
            say!("    {}", one(change, words, paint));
        }
    }
    let (added, removed, changed) = (diff.added.len(), diff.removed.len(), diff.changed.len());
    let unchanged = diff.unchanged;
    say!(
        "{}",
        words.pick(
            format!("{added} added, {removed} removed, {changed} changed, {unchanged} unchanged"),
            format!("新增 {added}，删除 {removed}，更改 {changed}，未变 {unchanged}")
        )
    );
}

fn one(change: &Change, words: Words, paint: Paint) -> String {
    let side = |text: &Option<String>| text.as_deref().map_or(words.pick("none", "无").to_string(), safe);
    let percent = change.percent.as_ref().map_or(String::new(), |percent| format!("  ({percent} %)"));
    format!("{} {} → {}{}", paint.dim(&change.field), side(&change.from), side(&change.to), paint.bold(&percent))
}
