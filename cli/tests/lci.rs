//! `zuji lci` as a user runs it: the field's small systems with exact answers, loops, the US LCI database as published.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const COAL_POWER: &str = "66280f03-b26f-35c4-bda2-3d4a8652943a";
const COAL: &str = "317adcbc-b3e3-3ec3-80c3-82b18d0f3207";
const TRAIN: &str = "7de9c230-fd0f-3478-be87-f80181132faa";
const BARGE: &str = "099c3d09-08a3-3cac-9ffd-0558c12033b9";

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

fn lci(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zuji"));
    let language = if arguments.contains(&"--lang") { &[][..] } else { &["--lang", "en"] };
    let done = command.arg("lci").args(arguments).args(language).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

/// A folder of a test's own, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lci").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn uslci() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    root.join("factors/raw/uslci/uslci_olca1_5_0_json_ld.tar.xz").to_str().unwrap().to_string()
}

/// A database as CSV: entries of A, B and C by position; processes p0 …, flows f0 …, impacts i0 …
fn database(
    name: &str,
    references: &[usize],
    a: &[(usize, usize, f64)],
    b: &[(usize, usize, f64)],
    c: &[(usize, usize, f64)],
) -> PathBuf {
    let path = folder(name);
    let write = |file: &str, head: &str, lines: Vec<String>| {
        std::fs::write(path.join(file), format!("{head}\n{}\n", lines.join("\n"))).unwrap();
    };
    let process = |(at, row): (usize, &usize)| format!("p{at},process {at},product {row},kg,r{row}");
    write("processes.csv", "id,name,product,unit,reference", references.iter().enumerate().map(process).collect());
    let rows = |entries: &[(usize, usize, f64)]| entries.iter().map(|entry| entry.0).max().map_or(0, |most| most + 1);
    let (flows, impacts) = (rows(b), rows(c));
    write("flows.csv", "id,name,unit", (0..flows).map(|at| format!("f{at},flow {at},kg")).collect());
    write("impacts.csv", "id,name,unit", (0..impacts).map(|at| format!("i{at},impact {at},kg CO2e")).collect());
    for (file, row, column, entries) in [("A.csv", "r", "p", a), ("B.csv", "f", "p", b), ("C.csv", "i", "f", c)] {
        let line = |entry: &(usize, usize, f64)| format!("{row}{},{column}{},{}", entry.0, entry.1, entry.2);
        write(file, "row,column,value", entries.iter().map(line).collect());
    }
    path
}

fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) => match text.split_once('/') {
            Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
            None => text.parse().unwrap(),
        },
        other => other.as_f64().unwrap(),
    }
}

fn vector(value: &Value) -> Vec<f64> {
    value.as_array().map(|list| list.iter().map(number).collect()).unwrap_or_default()
}

fn entries(value: &Value) -> Vec<(usize, usize, f64)> {
    let rows: Vec<Vec<f64>> = value.as_array().map(|list| list.iter().map(vector).collect()).unwrap_or_default();
    let each =
        rows.iter().enumerate().flat_map(|(row, list)| list.iter().enumerate().map(move |(at, v)| (row, at, *v)));
    each.collect()
}

fn identity(size: usize) -> Vec<(usize, usize, f64)> {
    (0..size).map(|at| (at, at, 1.0)).collect()
}

/// The only way to give every process a product that it makes.
fn references(a: &[(usize, usize, f64)], size: usize) -> Vec<usize> {
    let makes = |product: usize, process: usize| {
        a.iter().any(|entry| (entry.0, entry.1) == (product, process) && entry.2 > 0.0)
    };
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for process in 0..size {
        let longer = |chosen: &Vec<usize>| {
            let free = (0..size).filter(|&product| makes(product, process) && !chosen.contains(&product));
            free.map(|product| [&chosen[..], &[product]].concat()).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(longer).collect();
    }
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn close(got: f64, want: f64, size: f64, what: &str) {
    assert!((got - want).abs() <= 1e-9 * if want == 0.0 { size } else { want.abs() }, "{what}: {got} is not {want}");
}

#[test]
fn every_system_of_the_oracles() {
    let file: Value = serde_json::from_str(include_str!("../../tests/data/systems.json")).unwrap();
    let mut checked = 0;
    for (name, system) in file.as_object().unwrap().iter().filter(|(_, system)| system["A"].is_array()) {
        let (a, f, s) = (entries(&system["A"]), vector(&system["f"]), vector(&system["s"]));
        let size = f.len();
        // Where the file states no B or C, every process emits one flow of its own, every flow is an impact.
        let (b, g) = match entries(&system["B"]) {
            none if none.is_empty() => (identity(size), s.clone()),
            b => (b, vector(&system["g"])),
        };
        let (c, h) = match entries(&system["C"]) {
            none if none.is_empty() => (identity(g.len()), g.clone()),
            c => (c, vector(&system["h"])),
        };
        let references = references(&a, size);
        let path = database(&format!("oracle-{name}"), &references, &a, &b, &c);
        let mut arguments = vec!["solve".to_string(), text(&path).to_string(), "--format".into(), "json".into()];
        for (process, &product) in references.iter().enumerate().filter(|(_, product)| f[**product] != 0.0) {
            arguments.extend(["--demand".to_string(), format!("p{process}={}", f[product])]);
        }
        let run = lci(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{name}: {} {}", run.out, run.err);
        checked += 1;
        // Forward = adjoint, through the table of all products: h = λ f, where a treatment's score counts what is treated.
        let table = path.join("scores.json");
        assert_eq!(lci(&["scores", text(&path), "-o", text(&table)]).status, 0, "{name}");
        let table: Value = serde_json::from_slice(&std::fs::read(&table).unwrap()).unwrap();
        let products = table["products"].as_array().unwrap();
        for (impact, want) in h.iter().enumerate() {
            let sign = |process: usize, product: usize| {
                let made = a.iter().find(|entry| (entry.0, entry.1) == (product, process)).unwrap();
                made.2.signum()
            };
            let amounts = references.iter().enumerate().map(|(process, &product)| {
                number(&products[process]["scores"][impact]) * sign(process, product) * f[product]
            });
            close(amounts.sum(), *want, h.iter().fold(0.0f64, |most, value| most.max(value.abs())), name);
            if let Some(lambda) =
                system["adjoint"].get(impact).filter(|_| system["C"].is_array() || system["B"].is_array())
            {
                for (process, &product) in references.iter().enumerate() {
                    let found = number(&products[process]["scores"][impact]) * sign(process, product);
                    close(found, number(&lambda[product]), 1.0, name);
                }
            }
        }
        let found = run.json();
        let largest = |list: &[f64]| list.iter().fold(0.0f64, |most, value| most.max(value.abs()));
        let scores = found["scores"].as_array().unwrap();
        assert_eq!(scores.len(), h.len(), "{name}");
        for (score, want) in scores.iter().zip(&h) {
            close(number(&score["amount"]), *want, largest(&h), name);
            close(number(&score["forward"]), *want, largest(&h), name);
            assert!(number(&score["forward_adjoint_gap"]) <= 1e-12, "{name}: {score}");
        }
        for (list, prefix, field, id, want) in
            [("supply", 'p', "units", "process", &s), ("inventory", 'f', "amount", "flow", &g)]
        {
            let mut got = vec![0.0; want.len()];
            for one in found[list].as_array().unwrap() {
                let at: usize = one[id].as_str().unwrap().trim_start_matches(prefix).parse().unwrap();
                got[at] = number(&one[field]);
            }
            let most = largest(want);
            got.iter().zip(want).for_each(|(got, want)| close(*got, *want, most, name));
        }
    }
    assert_eq!(checked, file.as_object().unwrap().len() - 3, "three entries hold no system");
}

#[test]
fn a_self_loop_says_how_well_it_is_known() {
    let path = database("self-loop", &[0], &[(0, 0, 1.0), (0, 0, -0.9999)], &[(0, 0, 1.0)], &[(0, 0, 1.0)]);
    let run = lci(&["solve", text(&path), "--demand", "p0=1", "--format", "json"]);
    let score = &run.json()["scores"][0];
    let (amount, error) = (number(&score["amount"]), number(&score["certificate"]["forward_error"]));
    assert!((amount - 10_000.0).abs() <= 1e-5, "{amount}");
    // The difference of 1 and 0.9999 has lost four digits: the certificate covers what is really off.
    assert!(error >= (amount - 10_000.0).abs() / 10_000.0 && (1e-15..1e-9).contains(&error), "{error:e}");
    let shown = lci(&["solve", text(&path), "--demand", "p0=1"]).out;
    assert!(shown.contains("10000.0 kg CO2e") && shown.contains("e-1"), "{shown}");
}

/// A factor of a treatment is what one unit treated causes: λ × the sign of its reference, never a credit.
#[test]
fn a_treatment_is_a_burden_per_unit_treated() {
    // p0 makes 1 kg and puts out 2 kg of waste; p1 treats 4 kg of waste a run, with 6 of emissions; p2 makes what p1 needs.
    let a = [(0, 0, 1.0), (1, 0, 2.0), (1, 1, -4.0), (2, 1, -1.0), (2, 2, 1.0)];
    let path = database("treatment", &[0, 1, 2], &a, &[(0, 1, 6.0), (0, 2, 2.0)], &[(0, 0, 1.0)]);
    let table = lci(&["scores", text(&path)]).out;
    let scores: Vec<f64> =
        table.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect();
    // (6 + 2) ÷ 4 per kg treated; twice that for the product behind it.
    assert_eq!(scores, [4.0, 2.0, 2.0]);
    // A demand for the waste's row is waste that somebody puts out, less what is treated: λ itself.
    let run = lci(&["solve", text(&path), "--demand", "p1=1", "--format", "json"]).json();
    assert_eq!(number(&run["scores"][0]["amount"]), -2.0);
}

#[test]
fn a_chain_of_15000_needs_no_stack() {
    let size = 15_000;
    let a: Vec<(usize, usize, f64)> =
        (0..size).map(|at| (at, at, 1.0)).chain((1..size).map(|at| (at, at - 1, -1.0))).collect();
    let path = database("chain", &(0..size).collect::<Vec<_>>(), &a, &[(0, size - 1, 3.0)], &[(0, 0, 1.0)]);
    let run =
        lci(&["contributions", text(&path), "--demand", "p0=2", "--format", "json", "--max-nodes", "20000"]).json();
    let found = &run["impacts"][0];
    assert_eq!(number(&found["score"]["amount"]), 6.0);
    assert_eq!(number(&found["by_process"]["rows"][0]["amount"]), 6.0);
    assert_eq!(lci(&["check", text(&path)]).status, 0);
}

#[test]
fn an_impact_of_matrices_is_chosen_and_climate_is_shown_first() {
    let b = [(0, 0, 1.0), (1, 0, 10.0)];
    let path = database("impacts", &[0], &[(0, 0, 1.0)], &b, &[(0, 0, 7.0), (1, 1, 1.0)]);
    std::fs::write(path.join("impacts.csv"), "id,name,unit\ni0,Acid rain,kg SO2 eq\ni1,Global warming,kg CO2 eq\n")
        .unwrap();
    let shown = |arguments: &[&str]| lci(&[&[arguments[0], text(&path), "--demand", "p0=1"], &arguments[1..]].concat());
    let plain = shown(&["contributions"]);
    assert!(
        plain.out.contains("10.0000 kg CO2 eq  Global warming") && !plain.out.contains("Acid rain"),
        "{}",
        plain.out
    );
    assert!(plain.out.contains("1 more impacts of this database: --impact"), "{}", plain.out);
    assert_eq!(shown(&["contributions", "--format", "json"]).json()["impacts"][0]["impact"], json!("i1"));
    assert!(shown(&["contributions", "--impact", "i0"]).out.contains("Acid rain"));
    assert!(shown(&["solve"]).out.contains("by their impact: Global warming"));
    let one = shown(&["solve", "--method", "Acid rain", "--format", "json"]).json();
    assert_eq!((one["scores"].as_array().unwrap().len(), number(&one["scores"][0]["amount"])), (1, 7.0));
    let none = shown(&["solve", "--method", "smog"]);
    assert!(none.status == 2 && none.err.contains("I413") && none.err.contains("i0, i1"), "{}", none.err);
    let import = lci(&["import", text(&path), "-o", text(&path.join("x.json"))]);
    assert!(import.status == 2 && import.err.contains("I710") && !path.join("x.json").exists(), "{}", import.err);
}

#[test]
fn a_closed_loop_is_named() {
    let a: Vec<(usize, usize, f64)> = (0..200).flat_map(|at| [(at, at, 1.0), ((at + 1) % 200, at, -1.0)]).collect();
    let path = database("closed-loop", &(0..200).collect::<Vec<_>>(), &a, &[(0, 0, 1.0)], &[(0, 0, 1.0)]);
    for command in [&["check"][..], &["solve", "--demand", "p0=1"], &["contributions", "--demand", "p0=1"]] {
        let run = lci(&[&[command[0], text(&path)], &command[1..], &["--format", "json"]].concat());
        assert_eq!(run.status, 2, "{}", run.out);
        let found = run.json();
        let finding = &found["diagnostics"][0];
        assert_eq!((&finding["code"], &found["exit_status"]), (&json!("I620"), &json!(2)));
        let said = finding["found"].as_str().unwrap();
        assert!(
            said.contains("200 process") && said.matches("process ").count() >= 10 && said.contains(" → "),
            "{said}"
        );
    }
    let shown = lci(&["scores", text(&path)]);
    assert!(shown.status == 2 && shown.out.is_empty() && shown.err.contains("I620"), "{}", shown.err);
}

#[test]
fn the_us_lci_database_is_checked_in_full() {
    let at = folder("uslci-check");
    let (report, suggested) = (at.join("report.json"), at.join("linking.json"));
    let base = ["check", &uslci(), "--id", "uslci", "--report", text(&report), "--format", "json"].map(str::to_string);
    let run = |more: &[&str]| lci(&base.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>());
    let first = run(&["--suggest", text(&suggested)]);
    assert_eq!(first.status, 1);
    let found = first.json();
    assert_eq!((&found["ready"], &found["database"]["id"]), (&json!(true), &json!("uslci")));
    let listed: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    let open = listed["open"].as_array().unwrap();
    assert_eq!(open.iter().filter(|one| one["cut_off_at_source"] == json!(true)).count(), 2444);
    assert_eq!(
        open.len() as u64,
        found["counts"]["needs-unmet"].as_u64().unwrap() + found["counts"]["not-divided"].as_u64().unwrap()
    );
    // The suggestions are a file of decisions: with them fewer are open.
    let second = run(&["--linking", text(&suggested)]).json();
    let unmet = |value: &Value| value["counts"]["needs-unmet"].as_u64().unwrap();
    assert!(unmet(&second) < unmet(&found), "{} {}", unmet(&second), unmet(&found));
    let chinese = lci(&["check", &uslci(), "--lang", "zh"]);
    assert!(chinese.out.contains("来源自行截断") && chinese.out.contains("2444") && chinese.out.contains("可以求解"));
    assert!(!chinese.out.contains("cut-off"), "{}", chinese.out);
}

#[test]
fn coal_power_of_the_us_lci_database() {
    let demand = format!("{COAL_POWER}=3.6");
    let run = lci(&["solve", &uslci(), "--demand", &demand, "--format", "json"]);
    assert_eq!(run.status, 1, "something is open in this database");
    let score = number(&run.json()["scores"][0]["amount"]);
    assert!((1.0..1.15).contains(&score), "{score}");
    // The documentation shows what the program prints.
    let printed = lci(&["solve", &uslci(), "--demand", &demand, "--limit", "3"]).out;
    assert!(include_str!("../../docs/inventories.md").contains(&printed), "{printed}");
    assert!(include_str!("../../README.md").contains(printed.lines().nth(1).unwrap()), "{printed}");
    let scores = folder("uslci-scores").join("scores.csv");
    assert_eq!(lci(&["scores", &uslci(), "-o", text(&scores)]).status, 1);
    let table = std::fs::read_to_string(&scores).unwrap();
    let products = run.json()["counts"]["columns"].as_u64().unwrap();
    assert_eq!((table.lines().count() as u64, products), (891, 890));
    let line = table.lines().find(|line| line.starts_with(COAL_POWER)).unwrap();
    let per_megajoule: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
    close(per_megajoule * 3.6, score, score, line);
}

#[test]
fn contributions_of_coal_power() {
    let at = folder("contributions");
    let (demand, archive) = (format!("{COAL_POWER}=3.6"), uslci());
    let base = ["contributions", &archive, "--demand", &demand, "--own", COAL_POWER];
    let run = lci(&[&base[..], &["--format", "json", "--sankey", text(&at.join("s.svg"))]].concat());
    let found = &run.json()["impacts"][0];
    let total = number(&found["score"]["amount"]);
    for table in ["first_tier", "by_process", "by_flow", "by_location", "by_class", "own"] {
        let (table, name) = (&found[table], table);
        let rows: f64 = table["rows"].as_array().unwrap().iter().map(|row| number(&row["amount"])).sum();
        close(rows, total, total, name);
        assert_eq!(table["remainder"]["rows"], json!(0), "JSON has all rows of {name}");
    }
    let nodes = found["tree"]["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["name"].as_str().unwrap().starts_with("Bituminous coal, at mine")));
    close(number(&found["paths"]["sum"]) + number(&found["paths"]["remainder"]), total, total, "paths");
    for ending in ["csv", "json"] {
        lci(&[&base[..], &["--sankey", text(&at.join(format!("s.{ending}")))]].concat());
    }
    let read = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    assert!(read("s.svg").starts_with("<svg") && read("s.csv").starts_with("from,to,"));
    assert!(read("s.nodes.csv").starts_with("node,kind,"));
    let sankey: Value = serde_json::from_str(&read("s.json")).unwrap();
    assert_eq!(&sankey, &found["sankey"]);
    let plain = lci(&["contributions", &archive, "--demand", &demand, "--limit", "3"]).out;
    let documentation = include_str!("../../docs/inventories.md");
    for view in ["first tier", "upstream tree"] {
        let lines = plain.lines().skip_while(|line| !line.starts_with(view)).enumerate();
        let view: Vec<&str> =
            lines.take_while(|(at, line)| *at == 0 || line.starts_with(' ')).map(|one| one.1).collect();
        assert!(documentation.contains(&view.join("\n")), "{view:?}");
    }
    let shown = lci(&[&base[..], &["--limit", "2"]].concat()).out;
    for part in
        ["first tier", "emits itself", "more", "upstream tree", "inputs not shown", "--min-share", "all other paths"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let chinese = lci(&[&base[..], &["--lang", "zh"]].concat()).out;
    assert!(
        chinese.contains("上游树") && chinese.contains("自有过程") && chinese.contains("项输入未列出"),
        "{chinese}"
    );
    let refused = lci(&[&base[..], &["--sankey", text(&at.join("s.png"))]].concat());
    assert!(refused.status == 2 && refused.err.contains("V106"), "{}", refused.err);
    let refused = lci(&[&base[..], &["--impact", "noise"]].concat());
    assert!(refused.status == 2 && refused.err.contains("AR6"), "{}", refused.err);
}

/// A loop stands in the tree once, with a mark.
#[test]
fn loops_are_marked() {
    let a = [(0, 0, 1.0), (1, 0, -0.5), (0, 1, -0.2), (1, 1, 1.0)];
    let path = database("loop", &[0, 1], &a, &[(0, 0, 1.0), (0, 1, 2.0)], &[(0, 0, 1.0)]);
    let shown = lci(&["contributions", text(&path), "--demand", "p0=1"]);
    assert!(shown.status == 0 && shown.out.contains("↺"), "{} {}", shown.out, shown.err);
    let limited = lci(&["contributions", text(&path), "--demand", "p0=1", "--max-nodes", "1"]).out;
    assert!(limited.contains("stopped at 1 nodes"), "{limited}");
}

/// A change by a rank-one update is what a changed database gives.
#[test]
fn whatif_is_a_full_solve_of_the_changed_database() {
    let at = folder("whatif");
    let document = at.join("uslci.json");
    // 0 or 1: 40 processes of the source hold allocation factors that name nothing.
    assert!(lci(&["import", &uslci(), "-o", text(&document)]).status <= 1);
    let demand = format!("{COAL_POWER}=3.6");
    let solve = |path: &Path| {
        let run = lci(&["solve", text(path), "--demand", &demand, "--format", "json"]);
        number(&run.json()["scores"][0]["amount"])
    };
    let mut database: Value = serde_json::from_slice(&std::fs::read(&document).unwrap()).unwrap();
    let flow_of = |database: &Value, process: &str| {
        let all = database["processes"].as_array().unwrap();
        let one = all.iter().find(|one| one["id"] == json!(process)).unwrap();
        one["exchanges"].as_array().unwrap().iter().find(|one| one["reference"] == json!(true)).unwrap()["flow"].clone()
    };
    let (coal, train, barge) = (flow_of(&database, COAL), flow_of(&database, TRAIN), flow_of(&database, BARGE));
    let edit = |database: &mut Value, flow: &Value, change: &dyn Fn(&mut Value)| {
        let all = database["processes"].as_array_mut().unwrap();
        let one = all.iter_mut().find(|one| one["id"] == json!(COAL_POWER)).unwrap();
        let input = |one: &&mut Value| one["flow"] == *flow && one["direction"] == json!("input");
        change(one["exchanges"].as_array_mut().unwrap().iter_mut().find(input).unwrap());
    };
    let changed = at.join("changed.json");
    let compare = |arguments: &[&str], database: &Value| {
        std::fs::write(&changed, serde_json::to_vec(database).unwrap()).unwrap();
        let run = lci(&[&["whatif", text(&document), "--demand", &demand, "--format", "json"], arguments].concat());
        let score = &run.json()["scores"][0];
        close(number(&score["before"]), solve(&document), 1.0, "before");
        close(number(&score["after"]), solve(&changed), 1.0, "after");
        assert!(number(&score["difference"]).abs() > 1e-4, "{score}");
    };
    let mut other = database.clone();
    edit(&mut other, &coal, &|input| input["amount"] = json!("0.9"));
    compare(&["--set", &format!("{COAL_POWER}:{COAL}=0.9")], &other);
    edit(&mut database, &train, &|input| input["flow"] = barge.clone());
    compare(&["--swap", &format!("{COAL_POWER}:{TRAIN}={BARGE}")], &database);
    let swap = |text: String| lci(&["whatif", &uslci(), "--demand", &demand, "--swap", &text]);
    let wrong = swap(format!("{COAL_POWER}:{BARGE}={COAL}"));
    assert!(wrong.status == 2 && wrong.err.contains("I641") && wrong.err.contains("≠"), "{}", wrong.err);
    let wrong = swap(format!("{COAL}:{COAL_POWER}={TRAIN}"));
    assert!(wrong.status == 2 && wrong.err.contains("I640"), "{}", wrong.err);
}

#[test]
fn bad_usage_is_told_with_the_way_out() {
    let path = database("usage", &[0, 1], &[(0, 0, 1.0), (1, 1, 1.0)], &[(0, 0, 1.0), (0, 1, 1.0)], &[(0, 0, 1.0)]);
    let told = |demand: &str, code: &str, part: &str| {
        let run = lci(&["solve", text(&path), "--demand", demand]);
        assert!(run.status == 2 && run.err.contains(code) && run.err.contains(part), "{demand}: {}", run.err);
        assert!(run.out.is_empty(), "{}", run.out);
    };
    told("x", "I632", "ID=AMOUNT");
    told("p0=many", "I632", "ID=AMOUNT");
    told("p0=1e400", "I632", "ID=AMOUNT");
    told("proces 1=1", "I630", "p1");
    told("p0=1e200", "I623", "range");
    let idle = database("idle", &[0], &[(0, 0, 1.0), (0, 0, -1.0)], &[(0, 0, 1.0)], &[(0, 0, 1.0)]);
    let run = lci(&["check", text(&idle), "--format", "json"]).json();
    assert_eq!((&run["exit_status"], &run["diagnostics"][0]["code"]), (&json!(2), &json!("I612")));
    std::fs::write(path.join("processes.csv"), "id,name,reference\np0,发电,r0\np1,发电,r1\n").unwrap();
    told("发电=1", "I631", "p0, p1");
    let run = lci(&["solve", text(&path), "--demand", "发电=1", "--lang", "zh"]);
    assert!(run.status == 2 && run.err.contains("有 2 个过程名为“发电”"), "{}", run.err);
    let run = lci(&["solve", text(&path), "--demand", "p0=2", "--method", "AR6", "--format", "json"]);
    assert_eq!((run.status, &run.json()["diagnostics"][0]["code"]), (2, &json!("I413")));
    let run = lci(&["solve", text(&path.join("nowhere")), "--demand", "p0=2", "--format", "json"]);
    assert_eq!((run.status, &run.json()["diagnostics"][0]["code"]), (2, &json!("E109")));
    assert_eq!(lci(&["contributions", text(&path), "--demand", "p0=1", "--min-share", "nan"]).status, 2);
    assert_eq!(lci(&["whatif", text(&path), "--demand", "p0=1"]).status, 2);
}

/// Every product as a factor, by gas: a bill that names one gets its score, and hears what its supply chain leaves open.
#[test]
fn a_database_becomes_a_factor_pack() {
    let place = folder("pack");
    let (pack, bill, scores) = (place.join("mine.yaml"), place.join("bom.csv"), place.join("scores.csv"));
    let named = ["--id", "mine", "--source", "NREL", "--licence", "public"];
    let database = uslci();
    let scored = |path: &Path| {
        let arguments = [&["scores", &*database, "-o", text(path)][..], &named].concat();
        assert_eq!(lci(&arguments).status, 1);
        std::fs::read_to_string(path).unwrap()
    };
    assert!(scored(&pack).contains("\n  id: mine\n"));
    let table = scored(&scores);
    let row = table.lines().find(|line| line.contains("Polyethylene, high density, resin, at plant, CTR")).unwrap();
    let (id, score) = (row.split(',').next().unwrap(), row.rsplit(',').next().unwrap().parse::<f64>().unwrap());
    std::fs::write(&bill, format!("name,quantity,unit,factor\ncan,2.5,kg,mine/{id}\n")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_zuji"))
        .args(["footprint", text(&bill), "--factors", text(&pack), "--format", "json"])
        .output()
        .unwrap();
    let result: Value = serde_json::from_slice(&run.stdout).unwrap();
    let total = number(&result["total"]["excluding_biogenic_uptake"]);
    // Six digits of every gas stand in a table.
    assert!((total / (2.5 * score) - 1.0).abs() < 1e-5, "{total} is not 2.5 × {score}");
    let checked = Command::new(env!("CARGO_BIN_EXE_zuji")).args(["factors", "check", text(&pack)]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// Matrices say nothing of place, year and source.
#[test]
fn matrices_make_no_factor_pack() {
    let path = database("matrices", &[0], &[(0, 0, 1.0)], &[(0, 0, 2.0)], &[(0, 0, 1.0)]);
    let run = lci(&["scores", text(&path), "-o", text(&path.join("x.yaml"))]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("I650"), "{}", run.err);
}

/// Steel of ore and power that need each other; power burns coal. Uncertain: two inputs and the emission.
fn uncertain(name: &str, spread: bool) -> PathBuf {
    let path = folder(name).join("uncertain.json");
    let gsd = |gsd: f64| json!({ "distribution": { "form": "lognormal", "centre": "median", "gsd": gsd } });
    let own = |flow: &str| json!({ "flow": flow, "direction": "output", "amount": 1.0, "reference": true });
    let input = |flow: &str, amount: f64, uncertainty: Option<Value>| {
        let mut one = json!({ "flow": flow, "direction": "input", "amount": amount });
        if let Some(uncertainty) = uncertainty.filter(|_| spread) {
            one["uncertainty"] = uncertainty;
        }
        one
    };
    let mut emission = json!({ "flow": "co2", "direction": "output", "amount": 2.0 });
    if spread {
        emission["uncertainty"] =
            json!({ "distribution": { "form": "triangular", "minimum": 1.0, "mode": 2.0, "maximum": 3.0 } });
    }
    let product = |id: &str, name: &str| json!({ "id": id, "name": name, "kind": "product", "unit": "kg" });
    let document = json!({
        "schema": "zuji/inventory@1",
        "database": { "id": "u", "name": "u", "version": "1", "source": "made for this test", "licence": "not stated" },
        "flows": [
            product("steel", "钢"), product("power", "电"),
            { "id": "co2", "name": "Carbon dioxide, fossil", "kind": "emission", "unit": "kg", "category": "air" },
        ],
        "processes": [
            { "id": "steelmaking", "name": "炼钢", "exchanges": [own("steel"), input("power", 0.5, Some(gsd(1.2)))] },
            { "id": "plant", "name": "发电", "exchanges": [own("power"), input("steel", 0.1, Some(gsd(1.5))), emission] },
        ],
    });
    std::fs::write(&path, document.to_string()).unwrap();
    path
}

#[test]
fn samples_of_a_small_loop() {
    let path = uncertain("montecarlo", true);
    let asked = ["montecarlo", text(&path), "--demand", "steelmaking=1", "--samples", "4000", "--seed", "7"];
    let run = |threads: &str| lci(&[&asked[..], &["--format", "json", "--threads", threads]].concat());
    let one = run("1");
    let found = one.json();
    assert_eq!(one.status, 0, "{}", one.out);
    for threads in ["2", "7"] {
        assert_eq!(run(threads).out, one.out, "{threads} threads");
    }
    // One kg of steel: 2 × 0.5 ÷ (1 − 0.05).
    let stated = 1.0 / 0.95;
    assert!((number(&found["stated"]) - stated).abs() < 1e-12);
    let course = &found["monte_carlo"]["course"];
    assert_eq!((&course["swept"], &course["failed"]), (&json!(4000), &json!(0)));
    let check = &found["monte_carlo"]["check_against_factors"];
    assert!(number(&check["difference"]) < 1e-9 && check["samples"] == json!([0, 1999, 3999]), "{check}");
    let score = &found["monte_carlo"]["score"];
    let (mean, sd) = (number(&score["mean"]), number(&score["sd"]));
    let (analytic_mean, analytic_sd) =
        (number(&found["analytic"]["mean_second"]), number(&found["analytic"]["sd_second"]));
    assert!((mean - analytic_mean).abs() < 4.0 * number(&score["mean_error"]), "{mean} {analytic_mean}");
    assert!((sd / analytic_sd - 1.0).abs() < 0.06, "{sd} {analytic_sd}");
    assert_eq!(found["monte_carlo"]["scores"].as_array().unwrap().len(), 4000);
    // Relative spreads of about 0.20 (emission), 0.18 (power) and 0.05 × 0.42 (steel).
    let rows = found["contributions_to_variance"].as_array().unwrap();
    let flows: Vec<&str> = rows.iter().map(|row| row["flow"].as_str().unwrap()).collect();
    assert_eq!(flows, ["Carbon dioxide, fossil", "电", "钢"]);
    let shares: f64 = rows.iter().map(|row| number(&row["share_of_variance"])).sum();
    assert!((shares - 1.0).abs() < 1e-9);
    let screen = lci(&[&asked[..], &["--lang", "zh"]].concat());
    assert!(
        screen.status == 0 && screen.out.contains("95% 的样本") && screen.out.contains("方差来源"),
        "{}",
        screen.out
    );
    assert!(screen.err.contains("M304"), "{}", screen.err);
    // Another seed, other samples.
    let other = lci(&[&asked[..6], &["--seed", "8", "--format", "json"]].concat()).json();
    assert_ne!(other["monte_carlo"]["score"], *score);
}

#[test]
fn without_a_stated_uncertainty_the_range_is_unknown() {
    let path = uncertain("montecarlo-none", false);
    let run = lci(&["montecarlo", text(&path), "--demand", "steelmaking=1", "--format", "json"]);
    let found = run.json();
    assert_eq!((run.status, &found["monte_carlo"]), (1, &Value::Null));
    assert!(found["diagnostics"].as_array().unwrap().iter().any(|one| one["code"] == "M303"), "{}", run.out);
    let run = lci(&["montecarlo", text(&path), "--demand", "nothing=1", "--format", "json"]);
    assert_eq!((run.status, &run.json()["exit_status"]), (2, &json!(2)));
}
