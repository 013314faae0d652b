//! Every code of the registry is raised by the source, and asserted by a test here or excused with a reason.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; it reads the source"
)]

use std::path::Path;
use zuji_core::diagnostic::catalogue;
use zuji_tests::program::root;

const GATE: &str = "importers do not let it through; asserted beside its wording, cli/src/lci/ready.rs";

/// Codes that no test here asserts, with the reason.
const EXCUSED: &[(&str, &str)] = &[
    ("I304", "200 million exchanges do not fit into a test"),
    ("I610", GATE),
    ("I611", GATE),
    ("I613", GATE),
    ("I614", GATE),
    ("I615", GATE),
    ("I616", GATE),
    ("I621", GATE),
    ("I622", GATE),
    (
        "M301",
        "no form that an inventory may state closes a loop exactly; the samples are asserted in core, uncertainty/linked",
    ),
    ("M302", "two right ways of solving do not disagree; the difference itself is asserted"),
    ("M107", "asserted in core, distribution/shape.rs; a line or row of nothing has no part in a range"),
    ("M110", "no importer leaves such text where a bill is sampled; asserted in core, inventory/uncertainty.rs"),
    (
        "M203",
        "spreads are bounded so that no sample of a bill leaves the doubles; the guard stands for what is not foreseen",
    ),
    ("M204", "two right ways of computing do not disagree; the distance itself is asserted"),
    ("M205", "two million terms do not fit into a test"),
    ("T206", "two right ways of computing do not disagree; that they could is asserted as `agrees`"),
    ("R701", "needs a record of another engine"),
    ("R702", "the difference itself is asserted as Replay::Different"),
    ("R703", "a file that is no record is seen as exit status 2 in cli.rs"),
];

/// All text of the `.rs` files below a folder.
fn source(folder: &Path, skip: &str) -> String {
    let mut text = String::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != skip) {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && path.file_name().is_some_and(|name| name != skip)
            {
                text += &std::fs::read_to_string(&path).unwrap();
            }
        }
    }
    text
}

#[test]
fn every_code_is_raised_somewhere() {
    let text: String = ["core", "formats", "cli", "factors"]
        .iter()
        .map(|member| source(&root().join(member).join("src"), "catalogue"))
        .collect();
    let raised = |code: &str| text.contains(&format!("catalogue::{code}"));
    let dead: Vec<&str> = catalogue::all().map(|entry| entry.code).filter(|code| !raised(code)).collect();
    assert!(dead.is_empty(), "never raised, so remove them from the registry: {dead:?}");
}

#[test]
fn every_code_is_asserted_by_a_test_or_excused() {
    let text: String =
        ["tests/tests", "cli/tests"].iter().map(|tests| source(&root().join(tests), "diagnostics.rs")).collect();
    let wrong: Vec<&str> = catalogue::all()
        .map(|entry| entry.code)
        .filter(|code| {
            let asserted = text.contains(&format!("\"{code}\""));
            asserted == EXCUSED.iter().any(|(excused, reason)| excused == code && !reason.is_empty())
        })
        .collect();
    assert!(wrong.is_empty(), "assert these in a test, or excuse them (and only what is not asserted): {wrong:?}");
    for (code, _) in EXCUSED {
        assert!(catalogue::find(code).is_some(), "{code} is not in the registry any more");
    }
}
