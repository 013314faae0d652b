//! `zuji standard` and `zuji score` as a user runs them.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn zuji(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zuji"));
    let language = if arguments.contains(&"--lang") { &[][..] } else { &["--lang", "en"] };
    let done = command.current_dir(root()).args(arguments).args(language).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("standard").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

const STANDARD: &str = "examples/tender-desktop/standard.yaml";
const BIDS: &str = "examples/tender-desktop/bids.yaml";

#[test]
fn the_worked_example_from_yaml_to_the_printed_digit() {
    let run = zuji(&["score", STANDARD, BIDS, "--format", "json"]);
    // D is excluded, so not every check passes.
    assert_eq!(run.status, 1, "{}", run.err);
    let result = run.json();
    let bid = |id: &str| result["bids"].as_array().unwrap().iter().find(|bid| bid["id"] == id).unwrap().clone();
    for (id, assessed, evaluated, price, total) in [
        ("A", "300", "4000", "34.20", "87.20"),
        ("B", "440", "3420", "40.00", "85.00"),
        ("C", "500", "3500", "39.09", "80.09"),
    ] {
        let bid = bid(id);
        assert_eq!(bid["footprint"]["assessed"], assessed);
        assert_eq!(bid["price"]["evaluated"], evaluated);
        assert_eq!(bid["price"]["points"], price);
        assert_eq!(bid["total"], total);
    }
    assert_eq!(bid("D")["outcome"], "excluded");
    assert_eq!(result["winner"], "A");
    assert_eq!(result["schema"], "zuji/assessment@1");
    let excluded = result["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == "A107").unwrap().clone();
    assert_eq!(excluded["places"][0]["file"], "bids.yaml");
    assert!(excluded["places"][0]["line"].as_u64().unwrap() > 30);
    // The page shows what the program computes.
    let page = read("docs/scoring.md");
    for figure in ["**87.20**", "**85.00**", "**80.09**", "4678.36 and 8771.93"] {
        assert!(page.contains(figure));
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_reasons_in_two_languages() {
    let json = |threads: &str| zuji(&["score", STANDARD, BIDS, "--format", "json", "--threads", threads]).out;
    assert_eq!(json("1"), json("2"));
    let zh = zuji(&["score", STANDARD, BIDS, "--lang", "zh"]);
    assert!(zh.out.contains("[G-pcf] 排除：540 ≤ 520 不成立") && zh.out.contains("总分 87.20，排名第 1"), "{}", zh.out);
    let en = zuji(&["score", STANDARD, BIDS]);
    assert!(en.out.contains("[G-pcf] excluded: 540 ≤ 520 does not hold"), "{}", en.out);
    assert!(en.out.contains("[sme] evaluated price -380"), "{}", en.out);
    assert!(en.err.contains("draft: this result has no legal effect"), "{}", en.err);
}

#[test]
fn the_library_is_sound_and_its_versions_are_told_apart() {
    let run = zuji(&["standard", "check", "standards", "examples/tender-desktop/standard.yaml", "--format", "json"]);
    assert_eq!(run.status, 0, "{} {}", run.out, run.err);
    assert!(run.json().as_array().unwrap().len() > 15);
    let folder = folder("versions");
    let tender = |date: &str, value: &str| {
        let text = format!(
            "schema: zuji/bids@1\ndates: {{award: {date}}}\nbasis: {{unit: kgCO2e/t}}\nbids:\n- {{id: X, values: {{class: plate}}, \
             footprint: {{value: \"{value}\"}}, evidence: [{{type: epd, issuer: I, number: N, valid_to: 2030-01-01}}]}}\n"
        );
        let bids = write(&folder, "bids.yaml", &text);
        let result = zuji(&["score", "standards/us-ca-buy-clean-steel-glass", &bids, "--format", "json"]);
        (result.status, result.json()["standard"]["version"].clone())
    };
    assert_eq!(tender("2021-12-31", "2120"), (0, "2021.0.0".into()));
    assert_eq!(tender("2022-01-01", "2120"), (1, "2022.0.0".into()));
    assert_eq!(tender("2022-01-01", "1490"), (0, "2022.0.0".into()));
    assert_eq!(tender("2020-12-31", "1").0, 2);
    let run = zuji(&[
        "standard",
        "diff",
        "standards/us-ca-buy-clean-steel-glass/2021.yaml",
        "standards/us-ca-buy-clean-steel-glass/2022.yaml",
    ]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("2021-01-01].value: dropped, was 2120"), "{}", run.out);
    assert_eq!(zuji(&["standard", "diff", STANDARD, STANDARD]).status, 0);
}

#[test]
fn show_prints_the_text_with_comments() {
    let run =
        zuji(&["standard", "show", STANDARD, "--feedback", "examples/tender-desktop/feedback.yaml", "--lang", "zh"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("> (suggest) 建议改为分档计分"), "{}", run.out);
    let json = zuji(&["standard", "show", STANDARD, "--as-of", "2027-06-01", "--format", "json"]).json();
    assert!(json["en"].as_str().unwrap().contains("≤ 480 kgCO2e/unit."));
    assert!(json["zh"].as_str().unwrap().contains("门槛要求"));
    assert_eq!(zuji(&["standard", "show", STANDARD, "--as-of", "soon"]).status, 2);
}

#[test]
fn lint_and_plan() {
    let run = zuji(&["standard", "lint", STANDARD]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("[D204]") && run.err.contains("standard.yaml:"), "{}", run.err);
    let run = zuji(&["standard", "plan", "examples/tender-works/standard.yaml", "examples/tender-works/plan.yaml"]);
    assert_eq!(run.status, 0, "{} {}", run.out, run.err);
    assert!(run.out.contains("[S-sme] 40 / 100 = 0.4 ≥ 0.4: reached"), "{}", run.out);
    let plan =
        read("examples/tender-works/plan.yaml").replace("\"40.00\"", "\"39.99\"").replace("\"60.00\"", "\"60.01\"");
    let plan = write(&folder("plan"), "plan.yaml", &plan);
    let run = zuji(&["standard", "plan", "examples/tender-works/standard.yaml", &plan]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("= 0.3999 ≥ 0.4: NOT reached") && run.err.contains("D118"), "{} {}", run.out, run.err);
}

#[test]
fn acceptance_and_overlays() {
    let run = zuji(&[
        "score",
        "examples/tender-data-centre/standard.yaml",
        "examples/tender-data-centre/bids.yaml",
        "--stage",
        "acceptance",
        "--format",
        "json",
    ]);
    let outcome = run.json()["acceptance"][0].clone();
    assert_eq!(run.status, 1, "{}", run.err);
    // 1.30 instead of 1.28: 54.40 − 54.00 points.
    assert_eq!(outcome["points_lost"], "0.4");
    assert_eq!(outcome["consequence"], "400.00");
    assert_eq!(outcome["first_difference"]["at"], "G-pue");
    let folder = folder("overlays");
    let overlay = |limit: &str| {
        write(
            &folder,
            "overlay.yaml",
            &format!(
                "schema: zuji/overlay@1\nid: 某省\nparameters: {{limit: {{values: [{{from: 2026-01-01, value: \"{limit}\"}}, {{from: 2028-01-01, value: \"430\"}}]}}}}\n"
            ),
        )
    };
    let run = zuji(&["score", STANDARD, BIDS, "--overlay", &overlay("470"), "--format", "json"]);
    assert_eq!(run.json()["ranking"], serde_json::json!(["A", "B"]));
    let run = zuji(&["score", STANDARD, BIDS, "--overlay", &overlay("521")]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("D113"), "{}", run.err);
}

/// A laptop used three years by its maker's own scenario; the standard says five.
#[test]
fn the_use_phase_is_scored_with_the_standards_five_years() {
    let folder = folder("laptop");
    let laptop = read("examples/laptop/laptop.yaml").replace("service_life: 5 年", "service_life: 3 年");
    write(&folder, "three.yaml", &laptop);
    let record = folder.join("three.record.json");
    let product = folder.join("three.yaml");
    let footprint = |path: &str, extra: &[&str]| {
        zuji(&[&["footprint", path, "--format", "json"], extra].concat()).json()["total"]["excluding_biogenic_uptake"]
            .clone()
    };
    let three = footprint(product.to_str().unwrap(), &["--record", record.to_str().unwrap()]);
    let five = footprint("examples/laptop/laptop.yaml", &[]);
    assert_ne!(three, five);
    // Every pack that the laptop draws on is pinned: otherwise its figure is comparable with nothing.
    let packs =
        zuji(&["footprint", product.to_str().unwrap(), "--format", "json"]).json()["provenance"]["packs"].clone();
    let pins: Vec<String> = packs
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| format!("{{id: {}, sha256: {}}}", pack["id"].as_str().unwrap(), pack["sha256"].as_str().unwrap()))
        .collect();
    let standard = |pins: &str| {
        format!(
            "schema: zuji/standard@1\nid: laptop\nversion: 1.0.0\nstatus: draft\neffective: {{from: 2025-01-01, date_rule: notice}}\n\
             functional_unit: {{quantity: \"1\", unit: unit, service_life: {{value: \"5\", unit: a}}}}\n\
             pcf: {{unit: kgCO2e/unit, boundary: [cradle-to-grave], method: gbt-24067-2024{pins}}}\n\
             gates: [{{id: G, input: pcf, op: \"<=\", value: \"1000\"}}]\nprice: {{method: lowest-evaluated}}\n"
        )
    };
    let pinned = write(&folder, "standard.yaml", &standard(&format!(", packs: [{}]", pins.join(", "))));
    let unpinned = write(&folder, "unpinned.yaml", &standard(""));
    let bids = write(
        &folder,
        "bids.yaml",
        "schema: zuji/bids@1\ndates: {notice: 2026-06-01}\nbids:\n\
         - {id: record, price: \"1\", footprint: {record: three.record.json}}\n\
         - {id: product, price: \"2\", footprint: {product: three.yaml}}\n\
         - {id: hash, price: \"3\", footprint: {record: three.record.json, sha256: 00}}\n\
         - {id: gone, price: \"4\", footprint: {record: gone.json}}\n",
    );
    let result = zuji(&["score", &pinned, &bids, "--format", "json"]).json();
    for (position, id) in ["record", "product"].iter().enumerate() {
        let bid = &result["bids"][position];
        assert_eq!(bid["outcome"], "ranked", "{id}: {}", bid["incomparable"]);
        assert_eq!(bid["footprint"]["computed"], five, "{id}");
        assert_eq!(bid["footprint"]["declared"], three, "{id}");
        assert_eq!(bid["footprint"]["assessed"], five, "{id}");
    }
    assert_eq!(result["bids"][2]["outcome"], "invalid");
    assert_eq!(result["bids"][3]["outcome"], "invalid");
    let codes: Vec<&str> =
        result["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"A115") && codes.contains(&"A118"), "{codes:?}");
    let result = zuji(&["score", &unpinned, &bids, "--format", "json"]).json();
    assert_eq!(result["bids"][0]["outcome"], "incomparable");
    assert_eq!(result["bids"][1]["outcome"], "incomparable");
}

#[test]
fn what_cannot_be_evaluated_exits_with_two() {
    let folder = folder("broken");
    let text = read(STANDARD).replace("[\"400\", \"6\"]", "[\"300\", \"6\"]");
    let standard = write(&folder, "standard.yaml", &text);
    let run = zuji(&["score", &standard, BIDS]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("D108") && run.err.contains("standard.yaml:"), "{}", run.err);
    let run = zuji(&["score", &standard, BIDS, "--format", "json"]);
    assert_eq!((run.status, &run.json()["bids"]), (2, &Value::Null));
    assert_eq!(zuji(&["standard", "check", &standard]).status, 2);
    assert_eq!(zuji(&["score", "nowhere.yaml", BIDS]).status, 2);
    let nested = format!("schema: zuji/standard@1\nid: x\noverlays: {}", "[{overlays: ".repeat(10_000));
    let run = zuji(&["standard", "check", &write(&folder, "nested.yaml", &nested)]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("S610"), "{}", run.err);
    let vector = read(STANDARD).replace("total: \"85.00\"", "total: \"85.01\"");
    let run = zuji(&["standard", "check", &write(&folder, "vector.yaml", &vector)]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("B.total is 85.00, not 85.01"), "{}", run.err);
}
