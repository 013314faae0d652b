//! `zuji standard check` and `lint`.

use super::open;
use crate::arguments::Format;
use crate::findings;
use crate::words::{Words, safe};
use std::path::PathBuf;
use zuji_core::diagnostic::{Diagnostics, Severity};
use zuji_core::standard::{Standard, VectorOutcome};
use zuji_formats::result as json;

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Whether it can be evaluated and does what its vectors say.
    Check,
    /// What a careful reader would object to.
    Lint,
}

/// One standard as it was found.
struct Looked {
    file: String,
    id: String,
    version: String,
    status: String,
    sha256: Option<String>,
    vectors: Vec<VectorOutcome>,
    exit: u8,
    found: Diagnostics,
}

/// Looks at standards.
pub fn run(paths: &[PathBuf], look: Look, format: Format, words: Words) -> u8 {
    let mut all = Vec::new();
    for path in paths {
        match open::documents_of(path, true) {
            Ok(files) => all.extend(files.iter().map(|file| one(file, look))),
            Err(finding) => return findings::fail(finding, words),
        }
    }
    let status = all.iter().map(|looked| looked.exit).max().unwrap_or(2);
    match format {
        Format::Json => {
            let list: Vec<serde_json::Value> = all
                .iter()
                .map(|looked| {
                    serde_json::json!({
                        "file": looked.file,
                        "id": looked.id,
                        "version": looked.version,
                        "status": looked.status,
                        "sha256": looked.sha256,
                        "vectors": looked.vectors,
                        "sound": looked.exit == 0,
                        "diagnostics": json::findings(looked.found.iter(), words.language),
                    })
                })
                .collect();
            say!("{}", serde_json::Value::Array(list));
        }
        Format::Human => {
            for looked in &all {
                print(looked, look, words);
            }
        }
    }
    status
}

fn one(path: &std::path::Path, look: Look) -> Looked {
    let mut looked = Looked {
        file: path.display().to_string(),
        id: String::new(),
        version: String::new(),
        status: String::new(),
        sha256: None,
        vectors: Vec::new(),
        exit: 2,
        found: Diagnostics::default(),
    };
    let opened = match open::standard(path) {
        Ok(opened) => opened,
        Err(finding) => {
            looked.found.push(finding);
            return looked;
        }
    };
    looked.id.clone_from(&opened.document.id);
    looked.version.clone_from(&opened.document.version);
    looked.status.clone_from(&opened.document.status);
    let (standard, mut found) = Standard::new(opened.document.clone());
    if let Some(standard) = standard {
        looked.sha256 = Some(standard.sha256.clone());
        match look {
            Look::Check => {
                let (vectors, more) = standard.run_vectors();
                looked.vectors = vectors;
                found.extend(more);
            }
            Look::Lint => found.extend(standard.lint()),
        }
        let bad = match look {
            Look::Check => found.count(Severity::Error) > 0,
            Look::Lint => !found.is_empty(),
        };
        looked.exit = u8::from(bad);
    }
    opened.locate(&mut found);
    looked.found.extend(found);
    looked
}

fn print(looked: &Looked, look: Look, words: Words) {
    let verdict = match (looked.exit, look) {
        (0, Look::Check) => words.pick("sound", "可用"),
        (0, Look::Lint) => words.pick("nothing to object to", "无意见"),
        (1, Look::Check) => words.pick("a vector fails", "测试向量未通过"),
        (1, Look::Lint) => words.pick("see below", "见下"),
        _ => words.pick("cannot be evaluated", "不能执行"),
    };
    let (id, version) = (safe(&looked.id), safe(&looked.version));
    let passed = looked.vectors.iter().filter(|vector| vector.pass).count();
    let vectors = match (look, looked.vectors.len()) {
        (Look::Lint, _) | (_, 0) => String::new(),
        (Look::Check, all) => {
            let compared: usize = looked.vectors.iter().map(|vector| vector.compared).sum();
            words.pick(
                format!(", {passed} of {all} vectors pass ({compared} figures)"),
                format!("，测试向量通过 {passed}/{all}（{compared} 个数值）"),
            )
        }
    };
    say!("{} · {id} {version} {}: {verdict}{vectors}", safe(&looked.file), safe(&looked.status));
    findings::print(&looked.found, words);
}
