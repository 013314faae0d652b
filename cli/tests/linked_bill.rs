//! A bill of materials linked straight to a database: one command, λ once, rows that say where they come from.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const COAL_POWER: &str = "66280f03-b26f-35c4-bda2-3d4a8652943a";

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

fn zuji(arguments: &[&str]) -> Run {
    let done = Command::new(env!("CARGO_BIN_EXE_zuji")).args(arguments).args(["--lang", "en"]).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linked-bill").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap_or_else(|| panic!("{value}")).parse().unwrap()
}

/// kg CO2e of the line in a row of the file.
fn of_row(result: &Value, row: u64) -> f64 {
    let lines = result["by_line"].as_array().unwrap();
    let line = lines.iter().find(|line| line["line"] == json!(row)).unwrap_or_else(|| panic!("{row}: {result:#}"));
    number(&line["amount"])
}

fn codes(result: &Value) -> Vec<&str> {
    result["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn a_bill_on_the_us_lci_database() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("factors/raw/uslci");
    let archive = root.join("uslci_olca1_5_0_json_ld.tar.xz");
    let (place, linking) = (folder("uslci"), root.join("linking.yaml"));
    let (bill, scores, record) = (place.join("bom.csv"), place.join("scores.csv"), place.join("record.json"));
    let base = ["--linking", text(&linking)];
    assert_eq!(
        zuji(&[&["lci", "scores", text(&archive), "--id", "uslci", "-o", text(&scores)], &base[..]].concat()).status,
        1
    );
    let table = std::fs::read_to_string(&scores).unwrap();
    let line =
        |part: &str| table.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part}")).to_string();
    let score = |line: &str| line.rsplit(',').next().unwrap().parse::<f64>().unwrap();
    let (power, resin) = (line(COAL_POWER), line("Polyethylene, high density, resin, at plant, CTR"));
    let resin_id = resin.split(',').next().unwrap();
    // One of two products of its process: the process's own id means the product that it exists for.
    let (resin_process, _) = resin_id.split_once('/').unwrap();
    // By id in the factor column, by exact name as the material (case and blanks aside), by id with the database's, and a line
    // that the embedded tables know.
    std::fs::write(
        &bill,
        format!(
            "name,material,quantity,unit,factor\nmotor,coal power,2,MJ,{COAL_POWER}\ncan,\"polyethylene, High density, resin, at plant,  CTR\",2.5,kg,\nlid,resin,0.5,kg,uslci/{resin_process}\nsteel,冷轧板,1,kg,\n"
        ),
    )
    .unwrap();
    let command = |more: &[&str]| {
        let arguments = ["footprint", text(&bill), "--database", text(&archive), "--database-id", "uslci"];
        zuji(&[&arguments[..], &base, more].concat())
    };
    let run = command(&["--format", "json", "--record", text(&record)]);
    let result = run.json();
    for (row, want) in [(2, 2.0 * score(&power)), (3, 2.5 * score(&resin)), (4, 0.5 * score(&resin))] {
        // The result is rounded to its quantum, λ is not.
        let found = of_row(&result, row);
        assert!((found / want - 1.0).abs() < 1e-9, "row {row}: {found} is not {want}");
    }
    let note = result["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == json!("I660")).unwrap();
    let said = note["found"].as_str().unwrap();
    assert!(said.contains("3 of 4 lines") && said.contains("2 process(es) of uslci"), "{said}");
    assert!(run.status <= 1, "{}", run.err);
    // Every linked line can be traced to its process, with source and what is open behind it.
    assert!(run.out.contains(&format!("uslci/{resin_id}")) && run.out.contains(&format!("uslci/{COAL_POWER}")));
    let explained = zuji(
        &[
            &["explain", &format!("{}:3", text(&bill)), "--database", text(&archive), "--database-id", "uslci"],
            &base[..],
        ]
        .concat(),
    );
    assert!(
        explained.status == 0 && explained.out.contains(&format!("uslci/{resin_id}")),
        "{} {}",
        explained.out,
        explained.err
    );
    // The record recomputes without the database.
    let verified = zuji(&["verify", text(&record)]);
    assert_eq!(verified.status, 0, "{} {}", verified.out, verified.err);
    let again = command(&["--format", "json", "--threads", "1"]);
    assert_eq!(again.out, run.out, "the same for any number of threads");
    let screen = command(&[]);
    assert!(screen.err.contains("I660") || screen.out.contains("I660"), "{} {}", screen.out, screen.err);
}

/// Two mills of one name, a treatment, a process without a place, one whose supplier is missing.
fn small() -> String {
    let process = |id: &str, name: &str, place: &str, product: &str, direction: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","name":"{name}"{place},"exchanges":[{{"flow":"{product}","direction":"{direction}","amount":2,"reference":true}},
            {{"flow":"co2","direction":"output","amount":6}}{more}]}}"#
        )
    };
    let product = |id: &str| format!(r#"{{"id":"{id}","name":"{id}","kind":"product","unit":"kg"}}"#);
    format!(
        r#"{{"schema":"zuji/inventory@1","database":{{"id":"own","name":"Own","version":"1","source":"a test","licence":"CC0"}},
        "flows":[{},{},{},{},{},{},{{"id":"co2","name":"Carbon dioxide, fossil","kind":"emission","unit":"kg","category":"air","cas":"124-38-9"}}],
        "processes":[{},{},{},{},{}]}}"#,
        product("steel-cn"),
        product("steel-de"),
        product("slag"),
        product("cloth"),
        product("paint"),
        product("pigment"),
        process("mill-cn", "钢厂", r#","location":"CN""#, "steel-cn", "output", ""),
        process("mill-de", "钢厂", r#","location":"DE""#, "steel-de", "output", ""),
        process("tip", "slag treatment", r#","location":"CN""#, "slag", "input", ""),
        process("loom", "weaving", "", "cloth", "output", ""),
        process(
            "mixer",
            "paint, mixed",
            r#","location":"CN""#,
            "paint",
            "output",
            r#",{"flow":"pigment","direction":"input","amount":90}"#
        ),
    )
}

#[test]
fn what_a_line_means_is_decided_or_asked() {
    let place = folder("small");
    let (database, bill) = (place.join("own.json"), place.join("bom.csv"));
    std::fs::write(&database, small()).unwrap();
    let run = |lines: &str| {
        std::fs::write(&bill, format!("name,material,quantity,unit,factor,geography\n{lines}\n")).unwrap();
        let run = zuji(&["footprint", text(&bill), "--database", text(&database), "--format", "json"]);
        (run.status, run.json())
    };
    let co2e = |result: &Value| of_row(result, 2);
    let (_, result) = run("a,钢厂,4,kg,,DE");
    assert_eq!(co2e(&result), 12.0, "the one at the line's own place: {result:#}");
    let (_, result) = run("a,steel-cn,4,kg,,");
    assert_eq!(co2e(&result), 12.0, "by the name of its product");
    let (_, result) = run("a,x,4,kg,mill-cn,");
    assert_eq!(co2e(&result), 12.0, "by its id alone");
    let (status, result) = run("a,钢厂,4,kg,,");
    assert!(status > 0 && codes(&result).contains(&"I662"), "{result:#}");
    assert!(result.to_string().contains("mill-cn (CN); mill-de (DE)"));
    let (status, result) = run("a,weaving,4,kg,,");
    assert!(status > 0 && codes(&result).contains(&"I661"), "{result:#}");
    // A treatment is a burden per unit treated, never a credit.
    let (_, result) = run("a,x,1,kg,tip,");
    assert!(!codes(&result).contains(&"I661"), "{result:#}");
    let all = result.to_string();
    assert!(!all.contains("\"-3"), "{all}");
    let (_, result) = run("a,\"paint, mixed\",1,kg,,");
    assert!(codes(&result).contains(&"I663"), "{result:#}");
    // A name that the database does not have is left to the tables.
    let (_, result) = run("a,冷轧板,1,kg,,");
    assert!(co2e(&result) > 0.0);
}

#[test]
fn a_database_that_cannot_serve_is_told() {
    let place = folder("refused");
    let bill = place.join("bom.csv");
    std::fs::write(&bill, "name,quantity,unit\nx,1,kg\n").unwrap();
    let run = |more: &[&str]| zuji(&[&["footprint", text(&bill)], more].concat());
    let missing = run(&["--database", text(&place.join("nowhere"))]);
    assert!(missing.status == 2 && missing.err.contains("E109"), "{}", missing.err);
    let matrices = place.join("m");
    std::fs::create_dir_all(&matrices).unwrap();
    for (file, content) in [("processes.csv", "id,unit\np,kg\n"), ("A.csv", "row,column,value\np,p,1\n")] {
        std::fs::write(matrices.join(file), content).unwrap();
    }
    let refused = run(&["--database", text(&matrices)]);
    assert!(refused.status == 2 && refused.err.contains("I650"), "{}", refused.err);
    assert_eq!(run(&["--linking", "x.yaml"]).status, 2, "--linking speaks of a database");
}
