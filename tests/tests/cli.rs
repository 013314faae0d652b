//! The contract of the program (design §7): exit statuses, the keys of the JSON, both languages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;
use zuji_tests::program::{folder, write, zuji};

const GOOD: &str = "名称,材料,数量,单位\n底盘,冷轧钢板,6.2,kg\n";
const FRAME: &str = "schema: zuji/product@1\nproduct: {name: 椅}\ndate: '2024-12-31'\npackaging: none\nenergy: none\n";

#[test]
fn exit_statuses() {
    let folder = folder("statuses");
    let frame = write(&folder, "product.yaml", FRAME);
    let good = write(&folder, "good.csv", GOOD);
    let gap = write(&folder, "gap.csv", format!("{GOOD}怪,不存在,1,kg\n"));
    let question = write(&folder, "question.csv", format!("{GOOD}废,冷轧钢板,-0.3,kg\n"));
    let unreadable = write(&folder, "unreadable.csv", format!("{GOOD}废,冷轧钢板,#N/A,kg\n"));
    let cycle =
        write(&folder, "cycle.csv", "编码,父项,名称,材料,数量,单位\nA,B,甲,,1,件\nB,A,乙,,1,件\nX,A,x,铝,1,kg\n");
    let nothing = write(&folder, "nothing.csv", "名称,数量,单位\n不存在,1,kg\n");
    let gbk = write(&folder, "gbk.csv", b"\xc3\xfb\xb3\xc6,\xca\xfd\xc1\xbf\n\xb8\xd6,1\n");
    for (status, arguments) in [
        (0, vec!["footprint", &good]),
        (0, vec!["footprint", &good, "--format", "json"]),
        (0, vec!["footprint", &good, "--product", &frame, "--boundary", "cradle-to-gate"]),
        (1, vec!["footprint", &gap]),
        (1, vec!["footprint", &question]),
        (1, vec!["footprint", &unreadable]),
        (1, vec!["footprint", &good, "--boundary", "cradle-to-grave"]),
        (1, vec!["footprint", &good, &gap]),
        (2, vec!["footprint", &good, &gbk]),
        (2, vec!["footprint", &cycle]),
        (2, vec!["footprint", &nothing]),
        (2, vec!["footprint", &gbk]),
        (2, vec!["footprint", "no such file.csv"]),
        (2, vec!["footprint", &good, "--gwp", "AR9"]),
        (2, vec!["footprint", &good, "--method", "none"]),
        (2, vec!["footprint", &good, "--factors", "no such folder"]),
        (2, vec!["footprint", &good, "--max-lines", "0"]),
        (2, vec!["footprint", &good, "--threads", "0"]),
        (2, vec!["footprint"]),
        (2, vec!["nonsense"]),
        (2, vec!["verify", &good]),
        (0, vec!["explain", "U201"]),
        (2, vec!["explain", "Z999"]),
        (0, vec!["factors", "check"]),
        (0, vec!["factors", "search", "冷轧"]),
        (1, vec!["factors", "search", "motor"]),
        (1, vec!["factors", "search", "电机", "--format", "json"]),
        (2, vec!["factors", "show", "no-such-id"]),
        (0, vec!["--help"]),
    ] {
        let run = zuji(&arguments);
        assert_eq!(run.status, status, "zuji {}\n{}{}", arguments.join(" "), run.out, run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
}

#[test]
fn what_cannot_be_written_is_said_to_be_written() {
    let folder = folder("unwritable");
    let good = write(&folder, "good.csv", GOOD);
    let nowhere = folder.join("no such folder").join("out.json").display().to_string();
    for flag in ["-o", "--record"] {
        let run = zuji(&["footprint", &good, flag, &nowhere, "--lang", "en"]);
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains("E110") && run.err.contains("cannot write"), "{}", run.err);
    }
}

#[test]
fn a_row_is_traced_to_its_own_figure() {
    let folder = folder("traced");
    let table = write(&folder, "bom.csv", format!("{GOOD}侧板,冷轧钢板,1.5,kg\n靠背,PA6,0.5,kg\n"));
    for (row, name, others) in
        [(2, "底盘", ["侧板", "靠背"]), (3, "侧板", ["底盘", "靠背"]), (4, "靠背", ["底盘", "侧板"])]
    {
        let run = zuji(&["explain", &format!("{table}:{row}"), "--lang", "en"]);
        assert_eq!(run.status, 0, "{}", run.err);
        // The row, its amount, its factor with source and licence (design §4.9).
        for part in [name, &format!("line {row}"), "kg CO2e = ", "factor cited-materials/", "source: ", "licence: "] {
            assert!(run.out.contains(part), "{part} is not in {}", run.out);
        }
        assert!(others.iter().all(|other| !run.out.contains(other)), "{}", run.out);
    }
}

#[test]
fn json_has_every_key_of_the_contract() {
    let folder = folder("json");
    write(&folder, "product.yaml", FRAME);
    let good = write(&folder, "bom.csv", GOOD);
    let run = zuji(&["footprint", &good, "--format", "json"]);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    for key in [
        "/schema",
        "/product",
        "/declared_unit/amount",
        "/declared_unit/unit",
        "/total/excluding_biogenic_uptake",
        "/total/including_biogenic_uptake",
        "/total/unit",
        "/by_stage/0/amount",
        "/by_line/0/amount",
        "/by_gas/0/amount",
        "/by_kind/0/amount",
        "/coverage/status",
        "/coverage/share",
        "/coverage/missing",
        "/method/gwp",
        "/data_quality",
        "/diagnostics",
        "/provenance/engine",
        "/provenance/inputs_sha256",
        "/provenance/factors_sha256",
    ] {
        assert!(value.pointer(key).is_some(), "{key} is not there");
    }
    let mut numbers = Vec::new();
    let mut stack = vec![("".to_string(), &value)];
    while let Some((path, value)) = stack.pop() {
        match value {
            Value::Number(number) if number.is_f64() => numbers.push(path),
            Value::Array(items) => {
                stack.extend(items.iter().enumerate().map(|(at, item)| (format!("{path}[{at}]"), item)))
            }
            Value::Object(map) => stack.extend(map.iter().map(|(key, item)| (format!("{path}.{key}"), item))),
            _ => {}
        }
    }
    assert!(numbers.is_empty(), "decimals are strings: {numbers:?}");
    // Also where nothing could be computed.
    let bad = write(&folder, "bad.csv", "名称,数量,单位\n");
    let run = zuji(&["footprint", &bad, "--format", "json"]);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    assert!(run.status == 2 && value["total"].is_null() && value["diagnostics"][0]["code"] == "E102", "{value}");
}

#[test]
fn both_languages_say_the_same_code() {
    let folder = folder("words");
    let gap = write(&folder, "bom.csv", format!("{GOOD}海绵,不存在的海绵,1,公金\n"));
    let (zh, en) = (zuji(&["--lang", "zh", "footprint", &gap]), zuji(&["--lang", "en", "footprint", &gap]));
    for run in [&zh, &en] {
        assert!(run.err.contains("U201") && run.err.contains("bom.csv") && run.status == 1, "{}", run.err);
    }
    assert!(zh.err.contains("未知单位") && en.err.contains("unknown unit"));
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let folder = folder("terminal");
    let file = write(
        &folder,
        "bom.csv",
        "name,material,quantity,unit\n\"\u{1b}[2J\u{202e}evil\",冷轧钢板,1,kg\n\"\u{1b}]0;x\u{7}\",nope\u{1b}[31m,1,kg\n",
    );
    let run = zuji(&["--lang", "en", "footprint", &file]);
    for text in [&run.out, &run.err] {
        assert!(!text.contains('\u{202e}') && !text.contains('\u{7}'), "{text:?}");
        assert!(!text.contains("\u{1b}[2J") && !text.contains("\u{1b}]0"), "{text:?}");
    }
}

#[test]
fn warnings_that_repeat_themselves_are_counted_and_json_has_them_all() {
    let (screen, json) = (zuji(&["--lang", "en", "factors", "check"]), zuji(&["factors", "check", "--format", "json"]));
    let value: Value = serde_json::from_str(&json.out).unwrap();
    let all = value["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "F405").count();
    assert!(all > 5, "{all}");
    assert_eq!(screen.err.matches("warning[F405]").count(), 5);
    assert!(screen.err.contains(&format!("{} more F405", all - 5)), "{}", screen.err);
    // Errors wait for somebody each: all of them are there.
    let folder = folder("repeats");
    let lines: String = (0..12).map(|at| format!("n{at},不存在{at},1,kg\n")).collect();
    let gaps = write(&folder, "bom.csv", format!("{GOOD}{lines}"));
    assert_eq!(zuji(&["--lang", "en", "footprint", &gaps]).err.matches("error[F301]").count(), 12);
}
