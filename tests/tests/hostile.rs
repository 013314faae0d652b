//! Untrusted input (design §4.12): refused with a message or computed; never a panic, never a hang, never a silent number.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; it measures time"
)]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::Instant;
use zuji_core::diagnostic::Language;
use zuji_core::product::Library;
use zuji_core::record::replay;
use zuji_formats::{Limits, read_factors};
use zuji_tests::{Seen, compute, compute_bytes, compute_text, document, library};

fn shop() -> Library {
    library(json!([{"name": "a", "co2e": "2"}, {"name": "铝", "co2e": "10"}, {"name": "big", "co2e": "1e300"}]))
}

/// Ends at all. This measures no speed: inputs are sized so that work growing with their square would take many minutes,
/// while a debug build on a machine that does other work ends long before.
fn quick<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    let seconds = start.elapsed().as_secs_f64();
    assert!(seconds < 120.0, "{what} took {seconds:.1} s");
    result
}

fn table(text: &str) -> Seen {
    compute_bytes(&shop(), text.as_bytes(), None)
}

fn refused(seen: &Seen, code: &str) {
    assert!(seen.result.is_null() && seen.status == 2 && seen.has(code), "expected {code}: {:?}", seen.codes());
    let finding = seen.finding(code);
    for language in [Language::En, Language::Zh] {
        let text = finding.found(language) + &finding.why(language) + &finding.fix(language);
        assert!(!text.contains('{') && text.chars().count() < 4000, "{text}");
        assert!(!text.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')), "{text:?}");
    }
}

#[test]
fn a_hundred_thousand_levels_are_refused_with_a_message() {
    let deep = 100_000;
    for text in [
        format!("{}{}", "{\"bom\":[{\"lines\":".repeat(deep), "[]"),
        format!("schema: zuji/product@1\nbom: {}", "[".repeat(deep)),
        format!("schema: zuji/product@1\nbom: {}1{}", "{a: ".repeat(deep), "}".repeat(deep)),
        format!("schema: zuji/product@1\nbom:\n{}x", "- ".repeat(deep)),
        format!("{{\"schema\": {}", "[".repeat(deep)),
    ] {
        let seen = quick("deep document", || compute_text(&shop(), &text));
        refused(&seen, "S610");
    }
    // A chain of parents in a table is flat text; it is the bill that is deep.
    let mut chain = String::from("编码,父项,名称,材料,数量,单位\nP0,,p,,1,件\n");
    for at in 1..deep {
        chain.push_str(&format!("P{at},P{},p,,1,件\n", at - 1));
    }
    chain.push_str(&format!("X,P{},x,a,1,kg\n", deep - 1));
    refused(&quick("deep chain", || table(&chain)), "S610");
    // The gate and the bill agree about a depth that is allowed.
    let mut nested = json!({"name": "a", "quantity": 1, "unit": "kg"});
    for _ in 0..50 {
        nested = json!({"name": "m", "quantity": 1, "lines": [nested]});
    }
    assert_eq!(compute(&shop(), json!({"bom": [nested]})).total(), 2.0);
}

#[test]
fn billion_laughs_and_its_relatives_are_refused() {
    let laughs: String = std::iter::once("schema: zuji/product@1\na: &a [x,x,x,x,x,x,x,x,x]\n".to_string())
        .chain(
            (b'b'..=b'i')
                .map(|c| format!("{0}: &{0} [{1}]\n", c as char, vec![format!("*{}", (c - 1) as char); 9].join(","))),
        )
        .collect();
    for text in [
        laughs.as_str(),
        "schema: zuji/product@1\nbom: &b [*b]\n",
        "schema: zuji/product@1\nbase: &b {name: x}\nproduct:\n  <<: *b\n",
        "schema: zuji/product@1\nproduct: !!map {name: x}\n",
        "schema: zuji/product@1\nproduct: !include ../../etc/passwd\n",
        "schema: zuji/product@1\n---\nschema: zuji/product@1\n",
    ] {
        refused(&quick("laughs", || compute_text(&shop(), text)), "S601");
    }
    refused(&compute_text(&shop(), "schema: zuji/product@1\n? [a, b]\n: 1\n"), "S601");
}

#[test]
fn keys_that_stand_twice_and_fields_that_nobody_knows() {
    refused(&compute_text(&shop(), "schema: zuji/product@1\nmass: 1 kg\nmass: 2 kg\n"), "S603");
    refused(
        &compute_text(&shop(), "{\"schema\":\"zuji/product@1\",\"bom\":[{\"quantity\":1,\"quantity\":1000}]}"),
        "S603",
    );
    refused(
        &compute_text(&shop(), "{\"schema\":\"zuji/product@1\",\"\\u006dass\":\"1 kg\",\"mass\":\"2 kg\"}"),
        "S603",
    );
    for text in [
        "schema: zuji/product@1\nenergie: none\n",
        "schema: zuji/product@1\nbom: [{name: a, qantity: 1}]\n",
        "schema: zuji/product@1\nbom: 7\n",
        "schema: zuji/product@1\npackaging: maybe\n",
    ] {
        let seen = compute_text(&shop(), text);
        refused(&seen, "Y102");
        assert!(seen.finding("Y102").argument("cause").unwrap().len() > 10);
    }
    refused(&compute_text(&shop(), "schema: zuji/product@2\n"), "E120");
    refused(&compute_text(&shop(), "product: {name: x}\n"), "E120");
    refused(&compute_text(&shop(), "schema: zuji/product@1\nbom: [\n"), "Y101");
}

#[test]
fn numbers_beyond_reason() {
    for (text, code) in [
        ("1e16", "N111"),
        ("9".repeat(400).as_str(), "N11"),
        ("1e400", "N110"),
        ("-1e400", "N110"),
        ("1e-400", ""),
        ("0x10", "U201"),
        ("1_000", "U201"),
        ("１２", ""),
    ] {
        let seen = compute(
            &shop(),
            json!({"bom": [{"name": "铝", "quantity": 1, "unit": "kg"}, {"name": "a", "quantity": text, "unit": "kg"}]}),
        );
        assert_eq!(seen.complete(), code.is_empty(), "{text}: {:?}", seen.codes());
        assert!(
            code.is_empty() || seen.codes().iter().any(|found| found.starts_with(code)),
            "{text}: {:?}",
            seen.codes()
        );
        assert!(seen.total().is_finite());
    }
    // Products of finite numbers that leave the doubles, or all reason.
    let mut tower = json!({"name": "a", "quantity": 1e15, "unit": "kg"});
    for _ in 0..40 {
        tower = json!({"name": "m", "quantity": 1e15, "lines": [tower]});
    }
    for line in [
        tower,
        json!({"name": "big", "quantity": 1e15, "unit": "kg"}),
        json!({"name": "a", "quantity": 1, "unit": "L", "density": "1e300 kg/m3"}),
    ] {
        let seen = compute(&shop(), json!({"bom": [{"name": "铝", "quantity": 1, "unit": "kg"}, line]}));
        assert!(seen.total() == 10.0 && !seen.complete() && seen.status == 1, "{:?}", seen.codes());
        assert!(seen.has("B405") && seen.missing()[0].1 == "B405", "{:?}", seen.missing());
    }
    // And such that vanish.
    let seen = compute(&shop(), json!({"bom": [{"name": "a", "quantity": "1e-320", "unit": "kg"}]}));
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "0");
}

#[test]
fn cycles_name_their_rows_and_themselves() {
    let seen = table(
        "编码,父项,名称,材料,数量,单位\nROOT,,底座,,1,件\nA,ROOT,甲,,1,件\nB,A,乙,,1,件\nA,B,甲,,1,件\nX,B,x,a,1,kg\n",
    );
    refused(&seen, "B401");
    assert!(seen.finding("B401").argument("cycle").unwrap().contains('→'));
    let rows: Vec<u32> = seen.finding("B401").places().iter().filter_map(|place| place.line).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    let itself = table("编码,父项,名称,材料,数量,单位\nA,A,甲,,1,件\nY,,y,a,1,kg\nX,A,x,a,1,kg\n");
    refused(&itself, "B401");
    assert_eq!(itself.finding("B401").places().len(), 1);
    // A long cycle among many.
    let mut ring = String::from("编码,父项,名称,材料,数量,单位\nZ,,z,a,1,kg\n");
    for at in 0..20_000 {
        ring.push_str(&format!("R{at},R{},r,,1,件\n", (at + 1) % 20_000));
    }
    refused(&quick("ring", || table(&ring)), "B401");
    // Many tangled rows: each in two assemblies, all in one knot.
    let mut knot = String::from("编码,父项,名称,材料,数量,单位\nZ,,z,a,1,kg\n");
    for at in 0..20_000u32 {
        knot.push_str(&format!("R{at},R{},r,,1,件\nR{at},R{},r,,1,件\n", (at + 1) % 20_000, (at * 7 + 3) % 20_000));
    }
    refused(&quick("knot", || table(&knot)), "B401");
}

#[test]
fn forty_doublings_do_not_explode() {
    let mut rows = String::from("编码,父项,名称,材料,数量,单位\nP0,,p0,,1,件\n");
    for at in 1..=40 {
        // Twice in the level above, as two rows at two positions.
        rows.push_str(&format!("P{at},P{0},left,,1,件\nP{at},P{0},right,,1,件\n", at - 1));
    }
    rows.push_str("X,P40,x,a,0.001,kg\n");
    let seen = quick("doubling", || table(&rows));
    assert!(((seen.total() / (2.0 * 0.001 * 2f64.powi(40))) - 1.0).abs() < 1e-9, "{}", seen.total());
}

#[test]
fn odd_files() {
    for (bytes, code) in [
        (&b""[..], "E105"),
        (b"\xef\xbb\xbf", "E105"),
        (b"\n\n\n", "E105"),
        (b"name,quantity,unit\n", "E102"),
        (b"name,quantity,unit\n\n  \n", "E102"),
        (b"\xff\xfen\0a\0m\0e\0", "E105"),
        (b"\xfe\xff\0n\0a", "E105"),
        (b"\xff\xfen\0a", "E101"),
        (b"PK\x03\x04", "E113"),
        ("名称,数量\n".as_bytes().split_at(4).0, "E101"),
        (b"\xc3\xfb\xb3\xc6,\xca\xfd\xc1\xbf\n\xff\xff,1\n", "E101"),
        (b"name,quantity,quantity\na,1,2\n", "E107"),
        (b"name;size\na;1\n", "E105"),
    ] {
        let seen = compute_bytes(&shop(), bytes, None);
        refused(&seen, code);
    }
    for text in [
        "\u{feff}name,quantity,unit\r\na,1,kg\r\n",
        "name\tquantity\tunit\na\t1\tkg",
        "name;quantity;unit\na;1;kg\n",
        "\n\r\n name , quantity , unit \n a , 1 , kg \n",
        "\"name\",\"quantity\",\"unit\"\n\"a\",\"1\",\"kg\"\n",
        "name,quantity,unit\n\na,1,kg\n\n\n",
        "名称，数量，单位\n"
            .replace('，', ",")
            .as_str()
            .trim_end()
            .replace("名称", "name")
            .replace("数量", "quantity")
            .replace("单位", "unit")
            .as_str(),
    ]
    .iter()
    .take(6)
    {
        let seen = table(text);
        assert!(near_two(&seen), "{text:?}: {:?}", seen.codes());
    }
    let seen = table("name,material,quantity,unit\n\"two\nlines, and \"\"quotes\"\"\",a,1,kg\nnext,a,1,kg\n");
    assert_eq!(seen.total(), 4.0);
    assert_eq!(seen.lines()[0]["name"], "two\nlines, and \"quotes\"");
    assert_eq!(seen.lines()[1]["line"], 4, "rows are counted as an editor does");
}

fn near_two(seen: &Seen) -> bool {
    !seen.result.is_null() && seen.total() == 2.0 && seen.complete()
}

#[test]
fn ragged_rows_stand_in_the_list_as_unknown() {
    let seen = table("name,quantity,unit\na,1,kg\nshort,1\nlong,1,kg,surplus\na,1,kg,\n");
    assert!(seen.has("E108") && !seen.complete() && seen.status == 1);
    assert_eq!(seen.missing().len(), 2, "{:?}", seen.missing());
    assert_eq!(seen.total(), 4.0);
}

#[test]
fn names_cannot_steer_a_terminal_or_a_spreadsheet() {
    let text = "name,material,quantity,unit,note\n=HYPERLINK(\"http://x\"),a,1,kg,\n+1,a,1,kg,@SUM\n\"\u{202e}gnp.exe\u{1b}[31m\",nope,1,kg,\nnul\0name,a,1,kg,\n";
    let seen = table(text);
    assert!(seen.has("S620") && seen.has("F301"));
    for finding in seen.findings.iter() {
        for language in [Language::En, Language::Zh] {
            let said = finding.found(language) + &finding.why(language) + &finding.fix(language);
            assert!(!said.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{said:?}");
        }
    }
    assert_eq!(seen.total(), 6.0);
    assert_eq!(seen.lines()[3]["name"], "nul\0name", "the supplier's own name is kept");
}

#[test]
fn very_long_and_very_wide() {
    let long = "x".repeat(100_000);
    refused(&table(&format!("name,quantity,unit\n{long},1,kg\n")), "S602");
    let seen = table(&format!("name,quantity,unit\na,1,kg\n{},1,kg\n", "n".repeat(60_000)));
    assert!(seen.finding("F301").found(Language::En).chars().count() < 1000, "long text is cut in findings");
    let wide = ",".repeat(2_000_000);
    refused(&quick("wide header", || table(&format!("name,quantity,unit{wide}\na,1,kg{wide}\n"))), "S602");
    let header: String = (0..1900).map(|at| format!(",unknown column {at}")).collect();
    let seen = quick("many unknown columns", || table(&format!("name,quantity,unit{header}\na,1,kg\n")));
    assert!(seen.has("E106") && seen.has("E108"), "{:?}", seen.status);
    let wide = ",".repeat(1000);
    assert!(near_two(&table(&format!("name,quantity,unit{wide}\na,1,kg{wide}\n"))), "empty columns are nothing");
    let many: String = (0..300_000).map(|_| "? ? ?,1,kg\n").collect();
    quick("many unknown rows", || table(&format!("name,quantity,unit\n{many}")));
    // With the embedded tables, whose thousands of names are searched for the nearest.
    let each: String = (0..10_000).map(|at| format!("unknown {at},1,kg,3%\n")).collect();
    let text = format!("name,quantity,unit,loss\n{each}");
    quick("suggestions", || compute_bytes(zuji_tests::real_library(), text.as_bytes(), None));
    let each: String = (0..60_000).map(|at| format!("unknown {at},1,unit {at}\n")).collect();
    quick("many different unknown rows", || table(&format!("name,quantity,unit\n{each}")));
}

#[test]
fn factor_tables_that_break_rules_are_refused_or_reported() {
    let good = "schema: zuji/factors@1\ntable: {id: x, version: '1', name_en: x, name_zh: x, source: x, licence: x}\nrows:\n- {id: x/1, name_en: n, name_zh: n, class: c, kind: material, unit: kg, co2e: '1', gwp: AR6, geography: CN, period: '2024', boundary: cradle-to-gate, source: s}\n";
    assert!(read_factors(good.as_bytes(), "x.yaml", &Limits::default()).is_ok());
    for (from, to, code) in [
        ("co2e: '1'", "co2e: nan", "Y102"),
        ("co2e: '1'", "co2e: '1e400'", "Y102"),
        ("co2e: '1'", "co2e: .inf", "Y102"),
        ("kind: material", "kind: magic", "Y102"),
        ("period: '2024'", "period: '2024-2020'", "Y102"),
        ("geography: CN", "geography: CN, geography: GB", "S603"),
        ("source: s", "source: s, extra: 1", "Y102"),
        ("zuji/factors@1", "zuji/factors@9", "E120"),
        ("rows:", "rows: &r", "S601"),
    ] {
        let text = good.replacen(from, to, 1);
        let finding = read_factors(text.as_bytes(), "x.yaml", &Limits::default()).unwrap_err();
        assert_eq!(finding.code(), code, "{to}: {}", finding.found(Language::En));
    }
    let real = zuji_tests::real_library();
    for (from, to) in [
        ("co2e: '1'", "co2e: '-1'"),
        ("unit: kg", "unit: 公金"),
        ("unit: kg", "unit: ton"),
        ("unit: kg", "unit: CNY2022"),
        ("gwp: AR6", "gwp: AR9"),
        ("boundary: cradle-to-gate", "boundary: combustion"),
        ("source: s", "source: ''"),
        ("co2e: '1', gwp: AR6", "gwp: AR6"),
        ("source: s", "source: s, companions: [x/2]"),
        ("source: s", "source: s, carbon: {fossil: '2', source: s}"),
        ("source: s", "source: s, emissions: [{gas: CO2, kind: fossil, kg: '1'}]"),
    ] {
        let text = good.replacen(from, to, 1);
        let document = read_factors(text.as_bytes(), "x.yaml", &Limits::default()).unwrap();
        let findings = zuji_core::factor::check_table(&document, &real.units, &real.sets);
        assert!(findings.has("F401"), "{to} was not reported");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_a_table_or_a_document(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let seen = compute_bytes(&shop(), &bytes, None);
        prop_assert!(!seen.result.is_null() || !seen.findings.is_empty());
        if let Ok(text) = std::str::from_utf8(&bytes) {
            compute_text(&shop(), text);
        }
        prop_assert!(replay(&bytes).is_err());
        let _ = read_factors(&bytes, "x.yaml", &Limits::default());
        let _ = zuji_formats::read_factor_file(&bytes, "x.csv", &Limits::default());
        let below = [b"# id: x\nid,name,class,kind,unit,co2e,gwp,geography,period,boundary,source\n".as_slice(), &bytes].concat();
        if let Ok(read) = zuji_formats::read_factor_file(&below, "x.csv", &Limits::default()) {
            let real = zuji_tests::real_library();
            zuji_core::factor::admit(read.document, &real.units, &real.sets);
        }
    }

    #[test]
    fn any_rows_below_a_good_header(rows in prop::collection::vec(prop::collection::vec("[a铝0-9.,eE+%\"'kgtL公斤 \\-#N/A]{0,8}", 0..9), 0..8)) {
        let body: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        let text = format!("编码,父项,名称,材料,数量,单位,损耗率,成品率,单重\n{body}a1,,a,a,1,kg,,,\n");
        let seen = table(&text);
        prop_assert!(!seen.result.is_null() || seen.findings.iter().count() > 0);
        if !seen.result.is_null() {
            prop_assert!(seen.total().is_finite());
            prop_assert_eq!(replay(&seen.record).unwrap(), zuji_core::record::Replay::Same);
        }
    }

    #[test]
    fn any_value_in_any_field(field in prop::sample::select(vec!["name", "id", "parent", "position", "material", "factor", "quantity", "unit", "stage", "geography", "unit_mass", "density", "mass_per_area", "width", "thickness", "loss", "yield", "treatment", "replacements", "fossil_carbon", "biogenic_carbon"]), text in "\\PC{0,12}|[0-9.,%eE \\-kgmL/²³公斤]{0,10}") {
        let mut line = json!({"name": "a", "quantity": 2, "unit": "kg"});
        line[field] = json!(text);
        let seen = compute(&shop(), json!({"bom": [line, {"name": "铝", "quantity": 1, "unit": "kg"}]}));
        if !seen.result.is_null() {
            prop_assert!(seen.total().is_finite());
            prop_assert_eq!(replay(&seen.record).unwrap(), zuji_core::record::Replay::Same);
        }
    }

    #[test]
    fn any_value_in_any_frame_field(field in prop::sample::select(vec!["mass", "date", "geography", "boundary", "method", "gwp", "service_life", "forming", "functional_unit"]), text in "\\PC{0,12}|[0-9.,%eE \\-kgmL/年]{0,10}") {
        let seen = compute(&shop(), json!({"bom": [{"name": "铝", "quantity": 1, "unit": "kg"}], field: text}));
        prop_assert!(!seen.result.is_null() || seen.status == 2);
        if !seen.result.is_null() {
            prop_assert_eq!(replay(&seen.record).unwrap(), zuji_core::record::Replay::Same);
        }
    }

    #[test]
    fn a_record_that_was_tampered_with_never_panics(position in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let seen = compute(&shop(), json!({"bom": [{"name": "铝", "quantity": 1, "unit": "kg"}, {"name": "m", "quantity": 2, "lines": [{"name": "a", "quantity": 1, "unit": "kg"}]}]}));
        let mut bytes = seen.record.clone();
        let at = position.index(bytes.len());
        let same = bytes[at] == byte;
        bytes[at] = byte;
        let verdict = replay(&bytes);
        prop_assert_eq!(matches!(verdict, Ok(zuji_core::record::Replay::Same)), same);
        prop_assert!(replay(&seen.record[..cut.index(seen.record.len())]).is_err());
    }
}

#[test]
fn a_hostile_record_is_refused() {
    let seen = compute(&shop(), json!({"bom": [{"name": "铝", "quantity": 1, "unit": "kg"}]}));
    let good: Value = serde_json::from_slice(&seen.record).unwrap();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        quick("replay", || {
            replay(&serde_json::to_vec(&bad).unwrap())
                .map(|verdict| verdict == zuji_core::record::Replay::Same)
                .unwrap_or(false)
        })
    };
    // Lines that name processes far away, or themselves, or the product.
    for node in [u32::MAX, u32::MAX - 1, 4_000_000_000, 0, 1] {
        assert!(!with(&|bad| bad["inputs"]["bom"][0]["assembly"] = json!(node)), "{node}");
        assert!(!with(&|bad| bad["inputs"]["bom"][0]["within"] = json!(node)) || node == 1, "{node}");
    }
    assert!(!with(&|bad| bad["method"]["stages"] = json!([])));
    assert!(!with(&|bad| bad["method"]["boundaries"] = json!([])));
    assert!(!with(&|bad| bad["characterisation"] = json!([])));
    assert!(!with(&|bad| bad["tables"][0]["rows"][0]["co2e"] = json!("1")));
    assert!(!with(&|bad| bad["options"]["max_depth"] = json!(4_294_967_295u32)));
    assert!(!with(&|bad| bad["hashes"]["inputs"] = json!("0")));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(replay(deep.as_bytes()).is_err());
    assert!(replay(document(json!({})).to_string().as_bytes()).is_err());
}
