//! What a careful reader would say of an input: each finding with the input that raises it, and one that does not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::diagnostic::Language;
use zuji_core::product::Library;
use zuji_tests::{Seen, compute, library};

fn shop() -> Library {
    library(json!([
        {"name": "a", "co2e": "2"},
        {"name": "old", "co2e": "3", "period": "1998", "geography": "BR"},
        {"name": "stand-in", "co2e": "3", "proxy": {"stands_for": "x", "reason": "no public figure"}},
        {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": "1", "transmission": "included"},
    ]))
}

fn line(more: Value) -> Value {
    let mut line = json!({"name": "a", "quantity": 1, "unit": "kg"});
    for (field, value) in more.as_object().unwrap() {
        line[field] = value.clone();
    }
    line
}

fn with_lines(lines: &[Value]) -> Seen {
    let mut bom = vec![json!({"name": "a", "position": "first", "quantity": 10, "unit": "kg"})];
    bom.extend(lines.iter().cloned());
    compute(&shop(), json!({"bom": bom}))
}

fn framed(more: Value) -> Seen {
    let mut given = json!({"bom": [line(json!({}))]});
    for (field, value) in more.as_object().unwrap() {
        given[field] = value.clone();
    }
    compute(&shop(), given)
}

/// The finding is there, speaks in both languages without a hole, and is not there for the good input.
fn raised(code: &str, bad: &Seen, good: &Seen) {
    assert!(bad.has(code), "{code} is not among {:?}", bad.codes());
    assert!(!good.has(code), "{code} without reason");
    for language in [Language::En, Language::Zh] {
        let finding = bad.finding(code);
        let text = finding.found(language) + &finding.why(language) + &finding.fix(language);
        assert!(!text.contains('–') || text.contains("(–)"), "{code} lacks an argument: {text}");
    }
}

#[test]
fn of_lines() {
    let good = with_lines(&[line(json!({"loss": "3%", "yield": "95%"}))]);
    raised("V103", &with_lines(&[line(json!({"loss": "150%"}))]), &good);
    raised("V104", &with_lines(&[line(json!({"loss": "0.03"}))]), &good);
    let twice = line(json!({"position": "7"}));
    raised(
        "B204",
        &with_lines(&[twice.clone(), twice]),
        &with_lines(&[line(json!({"position": "7"})), line(json!({"position": "8"}))]),
    );
    raised("B402", &with_lines(&[line(json!({"parent": "nobody"}))]), &good);
    raised(
        "B404",
        &with_lines(&[json!({"name": "m", "material": "a", "quantity": 1, "lines": [line(json!({}))]})]),
        &with_lines(&[json!({"name": "m", "quantity": 1, "lines": [line(json!({}))]})]),
    );
    raised(
        "F302",
        &with_lines(&[line(json!({"factor": "t/nothing"}))]),
        &with_lines(&[line(json!({"factor": "t/a"}))]),
    );
    raised("F320", &with_lines(&[line(json!({"material": "old"}))]), &good);
    raised("F321", &with_lines(&[line(json!({"material": "stand-in"}))]), &good);
    raised(
        "F330",
        &with_lines(&[json!({"name": "power", "quantity": 1, "unit": "kWh"})]),
        &with_lines(&[json!({"name": "power", "quantity": 1, "unit": "kWh", "stage": "A3"})]),
    );
}

#[test]
fn of_the_frame() {
    let good = framed(json!({}));
    assert_eq!(good.codes(), Vec::<&str>::new(), "a clean input has no finding");
    raised("B601", &framed(json!({"packaging": null})), &good);
    raised("B602", &framed(json!({"energy": null})), &good);
    raised("P703", &framed(json!({"date": "31.12.2024"})), &good);
    raised("V106", &framed(json!({"reference_period": {"start": "2025-01-01", "end": "2024-01-01"}})), &good);
    raised("P704", &framed(json!({"date": null})), &good);
    let power = |more: Value| {
        let mut energy = json!({"carrier": "power", "amount": "1 kWh"});
        for (field, value) in more.as_object().unwrap() {
            energy[field] = value.clone();
        }
        framed(json!({"energy": [energy]}))
    };
    raised("B603", &power(json!({})), &power(json!({"per": "product"})));
    raised("V107", &power(json!({"per": "plant"})), &power(json!({"per": "product"})));
    raised("V106", &power(json!({"per": "year"})), &power(json!({"per": "product"})));
    let using = |life: Value| {
        framed(
            json!({"use": {"energy": [{"carrier": "power", "amount": "1 kWh", "per": "year"}]}, "service_life": life}),
        )
    };
    raised("V107", &using(json!(null)), &using(json!("8 year")));
}

#[test]
fn of_values_that_would_be_lost() {
    let good = framed(json!({}));
    let supplier = |field: &str, value: Value| {
        let mut supplier =
            json!({"footprint": 1, "per": "1 kg", "boundary": "cradle-to-gate", "gwp": "AR6", "source": "x"});
        supplier[field] = value;
        with_lines(&[line(json!({"supplier": supplier}))])
    };
    for (field, value) in
        [("primary_data_share", json!("300%")), ("valid_until", json!("31.12.2020")), ("scores", json!([0, 9, 3]))]
    {
        let seen = supplier(field, value);
        raised("V106", &seen, &good);
        assert_eq!(seen.status, 1, "{field}");
    }
    assert!(supplier("biogenic_carbon", json!("abc")).has("N105"));
    raised(
        "V106",
        &framed(json!({"energy": [{"carrier": "power", "amount": "1 kWh", "per": "product", "stage": "nonsense"}]})),
        &good,
    );
    let excluded = json!({"method": "pact-3", "excluded": [{"what": "x", "reason": "y", "estimate": "abc"}]});
    raised("V106", &framed(excluded), &good);
    // A profile without cut-off criteria states what is left out all the same.
    raised("V106", &framed(json!({"excluded": [{"what": "x", "reason": "y", "estimate": "约 11 kg"}]})), &good);
}

#[test]
fn of_sources_that_do_not_state_their_set() {
    let library = library(json!([{"name": "a", "co2e": "2"}, {"name": "silent", "co2e": "2", "gwp": "not stated"}]));
    let with = |name: &str| {
        compute(
            &library,
            json!({"bom": [{"name": "a", "quantity": 1, "unit": "kg"}, {"name": name, "quantity": 3, "unit": "kg"}]}),
        )
    };
    raised("G204", &with("silent"), &with("a"));
    assert_eq!(with("silent").finding("G204").argument("share"), Some("75.0 %"));
}

#[test]
fn of_the_mass_balance() {
    let slip = framed(json!({"mass": "0.001 kg"}));
    raised("Q301", &slip, &framed(json!({"mass": "1 kg"})));
    assert_eq!(slip.status, 1, "a question holds the result up");
    assert!(slip.finding("Q301").found(Language::En).contains("grams"), "the slip that closes the balance is named");
}

#[test]
fn of_allocation_and_cut_off_under_pact() {
    let shared = |key: &str, dear: f64| {
        framed(json!({"method": "pact-3", "co_products": {"key": key, "outputs": [
            {"name": "x", "this": true, "mass": "1 kg", "price": dear, "quantity": 1}, {"name": "y", "mass": "1 kg", "price": 1, "quantity": 1}]}}))
    };
    raised("L603", &shared("mass", 9.0), &shared("mass", 2.0));
    raised("L603", &shared("revenue", 2.0), &shared("revenue", 9.0));
    let without = |estimate: f64| {
        framed(json!({"method": "pact-3", "excluded": [{"what": "label", "reason": "small", "estimate": estimate}]}))
    };
    raised("P705", &without(1.0), &without(0.01));
}
