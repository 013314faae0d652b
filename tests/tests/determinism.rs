//! The same number everywhere (design §4.4): identical record bytes for 1, 2 and 7 threads and for every language; a record
//! recomputes from nothing else, and a changed digit is found. Golden records hold from one commit to the next.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; it reads examples and writes golden files"
)]

use serde_json::{Value, json};
use std::path::Path;
use zuji_core::product::{Library, Options};
use zuji_core::record::{Replay, replay};
use zuji_formats::{File, Limits, read_product};
use zuji_tests::golden::{self, Golden};
use zuji_tests::program::{folder, root, write, zuji};
use zuji_tests::{Seen, compute, finish, real_library};

/// The products under `examples/`: a document, or a table with the `product.yaml` beside it.
fn examples() -> Vec<(String, Option<File>, Option<File>)> {
    let read = |path: &Path| File::new(path.file_name().unwrap().to_str().unwrap(), std::fs::read(path).unwrap());
    let Ok(folders) = std::fs::read_dir(root().join("examples")) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in folders {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let mut files: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let beside = path.join("product.yaml");
        for file in files {
            let name = file.strip_prefix(root()).unwrap().display().to_string();
            match file.extension().and_then(|ending| ending.to_str()) {
                Some("csv" | "tsv") => found.push((name, Some(read(&file)), beside.is_file().then(|| read(&beside)))),
                Some("yaml")
                    if file != beside && std::fs::read_to_string(&file).unwrap().contains("zuji/product@1") =>
                {
                    found.push((name, None, Some(read(&file))))
                }
                _ => {}
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn seen(library: &Library, table: Option<&File>, document: Option<&File>) -> Seen {
    finish(
        library,
        read_product(table.cloned(), document, &library.units, &Limits::default(), &|_| ()),
        &Options::default(),
    )
}

/// A bill of 20,000 lines in many assemblies, with what is missing and what waits: enough for several blocks.
fn large() -> String {
    let mut rows = String::from("编码,父项,名称,材料,数量,单位,损耗率\n");
    for at in 0..300 {
        rows.push_str(&format!("G{at},,组{at},,{},件,\n", at % 7 + 1));
        for line in 0..66 {
            let material = ["冷轧钢板", "铝", "PA6", "不存在的材料", "电"][(at + line) % 5];
            let (quantity, unit) =
                (1 + (at * 7919 + line * 104_729) % 9973, ["g", "kg", "克", "kg", "度"][(at + line) % 5]);
            let loss = ["", "3%", "2.5%"][line % 3];
            rows.push_str(&format!(",G{at},件{at}-{line},{material},{quantity}e-4,{unit},{loss}\n"));
        }
    }
    rows
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let table = File::new("large.csv", large());
    let library = golden::library();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut records = vec![seen(real_library(), Some(&table), None).record];
            records.extend(golden::INPUTS.iter().map(|golden| golden::record_of(golden, &library)));
            for (_, table, document) in examples() {
                records.push(seen(real_library(), table.as_ref(), document.as_ref()).record);
            }
            records
        })
    };
    let one = run(1);
    assert!(one.iter().all(|record| !record.is_empty()));
    for threads in [2, 7] {
        assert!(run(threads) == one, "{threads} threads give other bytes");
    }
}

#[test]
fn examples_replay_to_the_same_bytes() {
    for (name, table, document) in examples() {
        let seen = seen(real_library(), table.as_ref(), document.as_ref());
        assert!(!seen.record.is_empty(), "{name}: {:?}", seen.codes());
        assert_eq!(replay(&seen.record).unwrap(), Replay::Same, "{name}");
    }
}

/// Products that bring everything a record must hold: gaps, questions, suppliers, nesting, green power, end of life.
fn synthetic() -> Vec<(&'static str, Value)> {
    let steel = |quantity: Value| json!({"name": "板", "material": "冷轧钢板", "quantity": quantity, "unit": "kg"});
    vec![
        ("plain", json!({"bom": [steel(json!(1.5))]})),
        (
            "missing",
            json!({"bom": [steel(json!(1)), {"name": "不知", "quantity": 2, "unit": "kg"}, {"name": "odd", "material": "铝", "quantity": 1, "unit": "公金"}]}),
        ),
        (
            "questions",
            json!({"bom": [steel(json!(1)), steel(json!(-0.3)), steel(json!("1,234")), steel(json!("#N/A")), steel(json!("1,234.5 ton"))]}),
        ),
        (
            "supplier",
            json!({"bom": [steel(json!(1)), {"name": "电机", "quantity": 2, "unit": "个", "unit_mass": "0.4 kg",
            "supplier": {"footprint": "7.7", "per": "10 piece", "boundary": "cradle-to-gate", "gwp": "AR5", "source": "PCF", "primary_data_share": "40%"}}]}),
        ),
        (
            "nested",
            json!({"bom": [{"name": "m", "quantity": 3, "lines": [steel(json!(0.1)), {"name": "n", "quantity": 2, "replacements": 1, "lines": [steel(json!(0.2)), {"name": "不知", "quantity": 2, "unit": "kg"}]}]}]}),
        ),
        (
            "green",
            json!({"bom": [steel(json!(1))], "energy": [{"carrier": "风电", "amount": "3 kWh", "per": "product", "instrument": "GEC-1"}, {"carrier": "柴油", "amount": "1 L", "per": "product"}]}),
        ),
        (
            "grave",
            json!({"bom": [steel(json!(1)), {"name": "PE", "material": "LDPE", "quantity": 1, "unit": "kg", "loss": "3%", "transport": [{"mode": "公路", "distance": 100}]}],
            "boundary": "cradle-to-grave", "mass": "2 kg", "distribution": [{"mode": "铁路", "distance": 900}], "service_life": "5 year",
            "use": {"energy": [{"carrier": "电", "amount": "2 kWh", "per": "year"}], "materials": [{"name": "润滑", "material": "冷轧钢板", "quantity": 1, "unit": "g"}]},
            "end_of_life": {"incineration": "30%", "landfill": "70%"}, "packaging": [{"name": "箱", "material": "冷轧钢板", "quantity": 3, "unit": "g"}]}),
        ),
        (
            "shared",
            json!({"bom": [{"id": "A", "name": "A", "quantity": 2}, {"id": "B", "name": "B", "quantity": 1}, {"id": "S", "parent": "A", "name": "S", "quantity": 3}, {"id": "S", "parent": "B", "name": "S", "quantity": 5},
            {"parent": "S", "name": "板", "material": "冷轧钢板", "quantity": 0.1, "unit": "kg"}, {"parent": "nobody", "name": "悬空", "material": "铝", "quantity": 1, "unit": "kg"}]}),
        ),
        (
            "names",
            json!({"bom": [{"name": "=1+1 \"引号\" \\ \u{202e} \t 😀", "material": "冷轧钢板", "quantity": 1, "unit": "kg"}]}),
        ),
        (
            "coproducts",
            json!({"bom": [steel(json!(9))], "co_products": {"key": "mass", "outputs": [{"name": "a", "this": true, "mass": "2 kg"}, {"name": "b", "mass": 1}]}, "excluded": [{"what": "x", "reason": "y", "estimate": 0.1}]}),
        ),
        (
            "empty quantity",
            json!({"bom": [steel(json!(1)), {"name": "铝", "unit": "kg"}, {"name": "组", "quantity": "x", "lines": [steel(json!(1))]}]}),
        ),
        (
            "methods",
            json!({"bom": [steel(json!(1))], "method": "pact-3", "gwp": "AR4", "distribution": [{"mode": "sea", "distance": "9000 km"}]}),
        ),
    ]
}

#[test]
fn synthetic_products_replay_to_the_same_bytes() {
    for (name, given) in synthetic() {
        let seen = compute(real_library(), given);
        assert!(!seen.record.is_empty(), "{name}: {:?}", seen.codes());
        match replay(&seen.record) {
            Ok(Replay::Same) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    let library = golden::library();
    for golden in golden::INPUTS {
        assert_eq!(replay(&golden::record_of(golden, &library)).unwrap(), Replay::Same, "{}", golden.name);
    }
}

#[test]
fn a_changed_digit_anywhere_is_found() {
    let library = golden::library();
    let record = golden::record_of(&golden::INPUTS[1], &library);
    let digits: Vec<usize> = (0..record.len()).filter(|&at| record[at].is_ascii_digit()).collect();
    // Every 29th digit keeps the test short and meets every part of the record.
    for &at in digits.iter().step_by(29) {
        let mut changed = record.clone();
        changed[at] = if changed[at] == b'9' { b'3' } else { changed[at] + 1 };
        let around = String::from_utf8_lossy(&record[at.saturating_sub(40)..(at + 20).min(record.len())]).into_owned();
        assert!(!matches!(replay(&changed), Ok(Replay::Same)), "a changed digit went unseen: {around}");
    }
}

#[test]
fn the_language_changes_no_byte() {
    let folder = folder("language");
    let input = write(&folder, "p.yaml", golden::INPUTS[0].document);
    let table = write(
        &folder,
        "bom.csv",
        "name,material,quantity,unit\na,冷轧钢板,1,kg\nb,nonesuch,1,kg\nc,铝,1,公金\nd,铝,-1,kg\n",
    );
    let mut records = Vec::new();
    for (language, threads) in [("zh", "1"), ("en", "1"), ("zh", "7"), ("en", "2")] {
        let record = folder.join(format!("{language}{threads}.json"));
        let run = zuji(&[
            "footprint",
            &table,
            "--product",
            &input,
            "--lang",
            language,
            "--threads",
            threads,
            "--format",
            "json",
            "--record",
            record.to_str().unwrap(),
        ]);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        records.push(std::fs::read(&record).unwrap());
    }
    assert!(records.windows(2).all(|pair| pair[0] == pair[1]));
    let path = folder.join("zh1.json");
    assert_eq!(zuji(&["verify", path.to_str().unwrap()]).status, 0);
}

/// Set ZUJI_UPDATE_GOLDEN=1 to accept the records as they are now; read the difference before you commit it.
#[test]
fn golden_records_hold() {
    let library = golden::library();
    let folder = root().join("tests/golden");
    let update = std::env::var_os("ZUJI_UPDATE_GOLDEN").is_some();
    let pretty = |golden: &Golden| {
        let value = golden::without_engine(&golden::record_of(golden, &library));
        serde_json::to_string_pretty(&value).unwrap() + "\n"
    };
    for golden in golden::INPUTS {
        let path = folder.join(format!("{}.json", golden.name));
        if update {
            std::fs::write(&path, pretty(golden)).unwrap();
            continue;
        }
        let accepted = std::fs::read_to_string(&path).unwrap();
        let now = pretty(golden);
        let changed = accepted.lines().zip(now.lines()).find(|(before, after)| before != after);
        assert!(accepted == now, "{}: {changed:?}; ZUJI_UPDATE_GOLDEN=1 accepts it", golden.name);
    }
    if update {
        std::fs::write(folder.join("digests.txt"), golden::digests()).unwrap();
        return;
    }
    assert_eq!(golden::digests(), golden::DIGESTS, "ZUJI_UPDATE_GOLDEN=1 accepts other digests");
}
