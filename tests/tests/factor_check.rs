//! `zuji factors check`: each rule with the row that breaks it and one that does not; the embedded tables break none.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Language, Severity};
use zuji_core::factor::{Checking, FactorsDocument, OLD_AFTER, check_tables};
use zuji_tests::program::{folder, write, zuji};
use zuji_tests::{real_library, table};

fn check_all(tables: &[FactorsDocument], beside: &[FactorsDocument], as_of: Option<&str>) -> Vec<Diagnostics> {
    let real = real_library();
    let as_of = as_of.map(|day| day.parse().unwrap());
    check_tables(tables, beside, &Checking { units: &real.units, sets: &real.sets, as_of, old_after: OLD_AFTER })
}

fn check(rows: Value) -> Vec<Diagnostic> {
    check_all(&[table(rows)], &[], None).remove(0).iter().cloned().collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(Diagnostic::code).collect()
}

/// A row with a split in kilograms and the CO2e that its source prints.
fn split(published: &str, set: &str, ch4: &str) -> Value {
    json!([{"name": "gas", "gwp": null, "published": {"co2e": published, "gwp": set}, "emissions": [
        {"gas": "CO2", "kind": "fossil", "kg": "2.5"}, {"gas": "CH4", "kind": "fossil", "kg": ch4},
        {"gas": "N2O", "kind": "fossil", "kg": "0.001"}]}])
}

#[test]
fn every_rule_of_a_row_has_its_name_in_two_languages() {
    for (rule, change) in [
        ("unit", json!({"unit": "公金"})),
        ("unit", json!({"unit": "ton"})),
        ("spend", json!({"unit": "CNY2022"})),
        ("set", json!({"gwp": "AR9"})),
        ("set", json!({"gwp": null})),
        ("boundary", json!({"boundary": "combustion"})),
        ("boundary", json!({"boundary": "end-of-life"})),
        ("boundary", json!({"kind": "process", "boundary": "cradle-to-gate"})),
        ("boundary", json!({"kind": "electricity_direct", "unit": "kWh", "boundary": "life-cycle"})),
        ("provenance", json!({"source": " "})),
        ("provenance", json!({"licence": ""})),
        ("provenance", json!({"name_zh": ""})),
        ("geography", json!({"geography": "China"})),
        ("geography", json!({"geography": "UK"})),
        ("companion", json!({"companions": ["t/nowhere"]})),
        ("carbon", json!({"carbon": {"fossil": "1.01", "source": "s"}})),
        ("carbon", json!({"carbon": {"fossil": "0.6", "biogenic": "0.5", "source": "s"}})),
        ("negative", json!({"co2e": "-1"})),
        ("negative", json!({"co2e": "-1", "note": "a credit"})),
        ("amount", json!({"co2e": null})),
        ("valid_until", json!({"valid_until": "soon"})),
        ("proxy", json!({"proxy": {"stands_for": "x", "reason": ""}})),
        ("transmission", json!({"transmission": "included"})),
        ("published", json!({"published": {"co2e": "1", "gwp": "AR6"}})),
        (
            "set",
            json!({"published": {"co2e": "1", "gwp": "AR9"}, "emissions": [{"gas": "CO2", "kind": "fossil", "kg": "1"}], "co2e": null}),
        ),
    ] {
        let mut row = json!({"name": "a", "co2e": "1"});
        row.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let found = check(json!([row]));
        let rules: Vec<Option<&str>> = found.iter().map(|finding| finding.argument("rule")).collect();
        assert!(rules.contains(&Some(rule)), "{change}: {rules:?}");
        for finding in &found {
            assert_eq!((finding.code(), finding.severity()), ("F401", Severity::Error), "{change}");
            let (en, zh) = (finding.found(Language::En), finding.found(Language::Zh));
            let cause = |text: &str, mark: char| text.split(mark).nth(1).unwrap_or_default().trim().to_string();
            assert_ne!(cause(&en, ':'), cause(&zh, '：'), "{change}");
        }
    }
    assert!(check(json!([{"name": "a", "co2e": "1"}])).is_empty());
    let twice = check(json!([{"name": "a", "co2e": "1"}, {"name": "a", "co2e": "1"}]));
    assert_eq!(twice[0].argument("rule"), Some("duplicate"));
}

#[test]
fn a_split_sums_to_the_total_of_its_source_within_the_printed_rounding() {
    // 2.5 + 0.01 × 30 + 0.001 × 265 = 3.065 with AR5; half a unit of each last digit allows 0.0005 + 0.05 + 0.15 + 0.1325.
    assert!(check(split("3.065", "AR5", "0.01")).is_empty());
    assert!(check(split("3.1", "AR5", "0.01")).is_empty());
    let found = check(split("9.065", "AR5", "0.01"));
    assert_eq!(codes(&found), ["F402"]);
    assert_eq!(found[0].argument("sum"), Some("3.065"));
    assert_eq!(found[0].argument("tolerance"), Some("0.33"));
    assert_eq!(found[0].places()[0].field.as_deref(), Some("rows[0].published"));
}

#[test]
fn a_split_of_another_report_is_named() {
    // 2.5 + 0.4321 × 25 + 0.001 × 298 = 13.6005 with AR4.
    let found = check(split("13.6005", "AR5", "0.4321"));
    assert_eq!(codes(&found), ["F403"]);
    assert_eq!(found[0].argument("fits"), Some("AR4-GWP100@2007"));
    assert!(check(split("13.6005", "AR4", "0.4321")).is_empty());
    // A source that names no set must agree with one.
    assert!(check(split("13.6005", "not stated", "0.4321")).is_empty());
    assert_eq!(codes(&check(split("99", "not stated", "0.4321"))), ["F402"]);
    // Gases in CO2e of the row's set go through their mass: the sum under another set is another one.
    let row = |gwp: &str| {
        json!([{"name": "gas", "gwp": "AR5-GWP100@unfccc", "published": {"co2e": "37.5", "gwp": gwp}, "emissions": [
            {"gas": "CO2", "kind": "fossil", "co2e": "9.50001"}, {"gas": "CH4", "kind": "fossil", "co2e": "28.00001"}]}])
    };
    assert!(check(row("AR5-GWP100@unfccc")).is_empty());
    assert_eq!(codes(&check(row("AR4"))), ["F403"]);
}

#[test]
fn an_id_stands_in_one_table() {
    let (mut one, mut other) = (table(json!([{"name": "a", "co2e": "1"}])), table(json!([{"name": "a", "co2e": "2"}])));
    one.table.id = "one".into();
    other.table.id = "other".into();
    let found = check_all(&[one.clone(), other.clone()], &[], None);
    assert!(found[0].is_empty());
    let finding = found[1].iter().next().unwrap();
    assert_eq!((finding.code(), finding.argument("other")), ("F404", Some("one")));
    assert!(check_all(&[one], &[other], None)[0].has("F404"), "against what it will be loaded with");
}

#[test]
fn a_figure_far_off_its_like_is_a_warning() {
    let row = |name: &str, co2e: &str, unit: &str| json!({"name": name, "co2e": co2e, "unit": unit, "class": "metal.steel.carbon"});
    let like = ["1.8", "2", "2.1", "2.2", "2.4"];
    let rows = |last: Value| {
        let mut rows: Vec<Value> = like.iter().map(|co2e| row(co2e, co2e, "kg")).collect();
        rows.push(last);
        json!(rows)
    };
    assert!(check(rows(row("fine", "2300", "t"))).is_empty(), "units are converted");
    assert!(check(rows(row("fine", "20", "kg"))).is_empty());
    for (slip, unit) in [("2300", "kg"), ("2.3", "t"), ("0", "kg")] {
        let found = check(rows(row("slip", slip, unit)));
        assert_eq!((codes(&found), found[0].severity()), (vec!["F405"], Severity::Warning), "{slip} {unit}");
        assert_eq!(found[0].argument("id"), Some("t/slip"));
    }
    // Another part of the same beginning is like it, another material is not; four rows have no median.
    let mut cousin = row("cousin", "2300", "kg");
    cousin["class"] = "metal.steel.stainless".into();
    assert_eq!(codes(&check(rows(cousin.clone()))), ["F405"]);
    cousin["class"] = "metal.gold".into();
    assert!(check(rows(cousin)).is_empty());
    let few: Vec<Value> = ["1", "2", "3", "9000"].iter().map(|co2e| row(co2e, co2e, "kg")).collect();
    assert!(check(json!(few)).is_empty());
}

#[test]
fn age_counts_from_a_day_that_is_named() {
    let rows = json!([
        {"name": "old", "co2e": "1", "period": "2010-2014"}, {"name": "new", "co2e": "1", "period": "2015"},
        {"name": "silent", "co2e": "1", "period": "not stated"},
        {"name": "expired", "co2e": "1", "valid_until": "2025-06-30"}, {"name": "valid", "co2e": "1", "valid_until": "2025-07-01"},
    ]);
    let found = |as_of| check_all(&[table(rows.clone())], &[], as_of).remove(0);
    assert!(found(None).is_empty(), "no clock");
    let seen: Vec<_> =
        found(Some("2025-07-01")).iter().map(|f| (f.code(), f.argument("id").unwrap().to_string())).collect();
    assert_eq!(seen, [("F406", "t/old".to_string()), ("F407", "t/expired".to_string())]);
}

const TABLE: &str = "schema: zuji/factors@1\ntable: {id: x, version: '1', name_en: x, name_zh: x, source: x, licence: x}\nrows:\n- id: x/1\n  name_en: n\n  name_zh: n\n  class: c\n  kind: material\n  unit: kg\n  co2e: '1'\n  gwp: AR6\n  geography: CN\n  period: '2010'\n  boundary: cradle-to-gate\n  source: s\n";

#[test]
fn the_program_names_the_line_and_says_how_bad_it_is() {
    let folder = folder("factor-check");
    let good = write(&folder, "good.yaml", TABLE);
    let bad = write(&folder, "bad.yaml", TABLE.replace("unit: kg", "unit: 公金"));
    let broken = write(&folder, "broken.yaml", "schema: [");
    for (status, arguments) in [
        (0, vec!["factors", "check"]),
        (0, vec!["factors", "check", "--as-of", "2026-01-01"]),
        (0, vec!["factors", "check", &good]),
        (0, vec!["factors", "check", &good, "--as-of", "2026-01-01"]),
        (1, vec!["factors", "check", &bad]),
        (1, vec!["factors", "check", &good, &bad]),
        (2, vec!["factors", "check", &broken]),
        (2, vec!["factors", "check", "no such file.yaml"]),
        (2, vec!["factors", "check", &good, "--as-of", "yesterday"]),
        (2, vec!["factors", "check", &good, "--max-age", "5"]),
    ] {
        let run = zuji(&arguments);
        assert_eq!(run.status, status, "zuji {}\n{}{}", arguments.join(" "), run.out, run.err);
    }
    let run = zuji(&["--lang", "zh", "factors", "check", &bad]);
    assert!(
        run.err.contains("bad.yaml:9:3") && run.err.contains("x/1") && run.err.contains("未知单位“公金”"),
        "{}",
        run.err
    );
    let run = zuji(&["factors", "check", &good, &bad, "--as-of", "2026-01-01", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&value["tables"], &value["rows"]), (&json!(2), &json!(2)));
    let findings = value["findings"].as_array().unwrap();
    let unit = findings.iter().find(|finding| finding["rule"] == "unit").unwrap();
    assert_eq!((&unit["code"], &unit["table"], &unit["row"]), (&json!("F401"), &json!("x"), &json!("x/1")));
    assert_eq!(unit["places"][0]["file"], "bad.yaml");
    assert!(findings.iter().any(|finding| finding["code"] == "F406"));
    assert!(value["errors"].as_u64() >= Some(1) && value["warnings"].as_u64() >= Some(1));
}

#[test]
fn another_edition_of_an_embedded_table_is_no_duplicate_of_it() {
    let file = zuji_tests::program::root().join("factors/packs/cn-electricity.yaml");
    let run = zuji(&["factors", "check", file.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
}
