//! The shipped examples run without a gap, in a plausible range, and the README quotes what they compute.

#![allow(clippy::disallowed_methods, reason = "a test reads the repository's files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::path::Path;
use zuji_core::footprint::footprint;
use zuji_core::product::{Library, Options};
use zuji_formats::{File, Input, Limits, read_product};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

fn file(path: &str) -> File {
    let path = repository().join(path);
    File::new(path.file_name().unwrap().to_string_lossy(), std::fs::read(&path).unwrap())
}

fn library() -> Library {
    let (library, findings) = zuji_factors::library(Vec::new()).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    library
}

fn input(table: Option<&str>, document: &str, library: &Library) -> Input {
    let (table, limits) = (table.map(file), Limits::default());
    let input = read_product(table, Some(&file(document)), &library.units, &limits, &|_| ()).unwrap();
    assert!(input.findings.is_empty(), "{document}: {:?}", input.findings);
    input
}

/// Computes an example, checks that nothing is missing and where its total lies, and gives what the screen shows.
fn example(table: Option<&str>, document: &str, plausible: std::ops::Range<f64>) -> String {
    let library = library();
    let input = input(table, document, &library);
    let outcome = footprint(&input.bill, &input.document, &library, &Options::default());
    assert_eq!(outcome.exit_status(), 0, "{document}: {:?}", outcome.diagnostics);
    let result = outcome.footprint.unwrap();
    assert!(result.coverage.is_complete(), "{document}: {:?}", result.coverage.missing);
    let total = result.total().to_f64();
    assert!(plausible.contains(&total), "{document}: {total} kg CO2e is not within {plausible:?}");
    result.headline()
}

/// The ranges are those of the public figures in each folder's SOURCE.md.
#[test]
fn the_examples_are_complete_and_plausible_and_the_readme_quotes_them() {
    let readme = text("README.md");
    for (folder, table, document, plausible, unit) in [
        ("office-chair", Some("bom.csv"), "product.yaml", 36.0..120.0, "把"),
        ("concrete", Some("bom.csv"), "product.yaml", 211.0..343.0, "m3"),
        ("laptop", None, "laptop.yaml", 170.0..475.0, "台"),
        ("television", None, "television.yaml", 963.0..1184.0, "台"),
        ("desktop", Some("bom.csv"), "product.yaml", 347.0..871.0, "台"),
        // Per carton of 0.462 kg: 0.491 to 1.642 kg CO2e per kg.
        ("carton", Some("bom.csv"), "product.yaml", 0.227..0.759, "个"),
    ] {
        let at = |name: &str| format!("examples/{folder}/{name}");
        let shown = example(table.map(at).as_deref(), &at(document), plausible);
        let quoted = format!("{shown} kg CO2e / 1 {unit}");
        assert!(readme.contains(&quoted), "README.md does not quote \"{quoted}\" of {folder}");
        let stated = format!("**{shown} kg CO2e");
        assert!(text(&at("SOURCE.md")).contains(&stated), "{folder}/SOURCE.md does not state \"{stated}\"");
    }
}

/// The carton shows both totals: the carbon that its paper holds was taken from the air.
#[test]
fn the_carton_counts_the_carbon_it_holds() {
    let library = library();
    let input = input(Some("examples/carton/bom.csv"), "examples/carton/product.yaml", &library);
    let result = footprint(&input.bill, &input.document, &library, &Options::default()).footprint.unwrap();
    let paper = 0.864 * 0.175 * 2.0 + 1.2355 * 0.120;
    let (excluding, including) = (result.total().to_f64(), result.total_including_uptake().unwrap().to_f64());
    let uptake = paper * 0.409 * 44.0 / 12.0;
    assert!((excluding - including - uptake).abs() < 1e-3, "{excluding} - {including} is not {uptake}");
}

/// The words of a line, without blanks and bars.
fn words(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace() && !('\u{2588}'..='\u{258F}').contains(c)).collect()
}

/// The picture is what the program prints, row by row; its last line names the engine, which any change changes.
#[test]
fn the_picture_shows_what_the_program_prints() {
    let picture = text("docs/img/office-chair.svg");
    let mut drawn: Vec<(&str, String)> = Vec::new();
    for element in picture.lines().filter(|line| line.starts_with("<text")) {
        let y = element.split("y=\"").nth(1).unwrap().split('"').next().unwrap();
        let content = element.split_once('>').unwrap().1.strip_suffix("</text>").unwrap();
        let content =
            words(&content.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"));
        match drawn.last_mut().filter(|(row, _)| *row == y) {
            Some((_, row)) => row.push_str(&content),
            None => drawn.push((y, content)),
        }
    }
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_zuji"))
        .args(["--lang", "zh", "footprint", "examples/office-chair/bom.csv"])
        .current_dir(repository())
        .output()
        .unwrap();
    let printed = String::from_utf8(run.stdout).unwrap();
    let printed = std::iter::once("$ zuji --lang zh footprint examples/office-chair/bom.csv").chain(printed.lines());
    let printed: Vec<String> =
        printed.filter(|line| !line.starts_with("zuji ")).map(words).filter(|line| !line.is_empty()).collect();
    let drawn: Vec<String> = drawn.into_iter().map(|(_, row)| row).collect();
    assert!(printed.len() > 20, "{printed:?}");
    assert_eq!(drawn, printed, "draw docs/img/office-chair.svg again: see docs/img/terminal.py");
}

/// Every header that a table may have is in the documentation, with its meaning.
#[test]
fn the_documentation_names_every_column() {
    let page = text("docs/bill-of-materials.md");
    for line in zuji_formats::columns_help(false).lines() {
        let (headers, meaning) = line.trim().split_once(": ").unwrap();
        for header in headers.split(" / ") {
            assert!(page.contains(header), "docs/bill-of-materials.md does not name {header}");
        }
        assert!(page.contains(meaning), "docs/bill-of-materials.md does not say: {meaning}");
    }
}

/// Every diagnostic code that the documentation names exists.
#[test]
fn the_documentation_names_no_unknown_code() {
    for page in [
        "README.md",
        "docs/bill-of-materials.md",
        "docs/product-document.md",
        "docs/results.md",
        "docs/methods.md",
        "docs/factors.md",
        "docs/record.md",
        "docs/standards.md",
        "docs/scoring.md",
        "SECURITY.md",
    ] {
        let text = text(page);
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
            let code = word.len() == 4
                && "EYSNUVBQFGCLPRDA".contains(&word[..1])
                && word[1..].bytes().all(|byte| byte.is_ascii_digit());
            // A name such as C30 or P301 of another system would be written with its system; these are ours.
            assert!(!code || zuji_core::diagnostic::catalogue::find(word).is_some(), "{page} names {word}");
        }
    }
}
