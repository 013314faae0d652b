//! The invariants of design §4, one test each, named after it; each fails without it. Method rules: `method_rules.rs`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;
use serde_json::{Value, json};
use zuji_core::product::{Library, Options};
use zuji_core::record::{Replay, replay};
use zuji_tests::{Seen, compute, compute_with, library, library_with_waste, near};

fn kg(name: &str, quantity: f64) -> Value {
    json!({"name": name, "quantity": quantity, "unit": "kg"})
}

fn shop() -> Library {
    library(json!([
        {"name": "a", "class": "metal.a", "co2e": "2"},
        {"name": "b", "class": "metal.b", "co2e": "3"},
        {"name": "c", "class": "metal.c", "co2e": "5"},
        {"name": "gas", "unit": "m3", "co2e": "7"},
        {"name": "exotic", "gwp": null, "emissions": [{"gas": "CO2", "kind": "fossil", "kg": "1"}, {"gas": "unheard-of gas", "kind": "fossil", "kg": "0.1"}]},
        {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": "0.5", "transmission": "included"},
        {"name": "road", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "0.1"},
    ]))
}

/// A result that says of itself what is missing and whose total holds only what is known.
fn incomplete(seen: &Seen, name: &str, reason: &str, total: f64) {
    assert_eq!(seen.result["coverage"]["status"], "incomplete");
    assert!(seen.missing().contains(&(name.to_string(), reason.to_string())), "{:?}", seen.missing());
    assert_eq!((seen.total(), seen.status), (total, 1));
    let line = seen.lines().iter().find(|line| line["name"] == name).unwrap();
    assert!(line["amount"].is_null(), "unknown is null, not 0: {line}");
}

#[test]
fn i1_no_silent_zero_for_a_missing_factor() {
    let library = shop();
    let seen = compute(&library, json!({"bom": [kg("a", 1.0), kg("silicone SH-7050", 0.12)]}));
    incomplete(&seen, "silicone SH-7050", "F301", 2.0);
    let place = &seen.result["coverage"]["missing"][0];
    assert_eq!(place["amount"], "0.12 kg", "listed with its amount");
    assert!(!place["place"].is_null() && seen.finding("F301").places()[0].line.is_some(), "and its place");
    // The share is the known over the known plus a conservative estimate: the 95th percentile of three factors is 5.
    let share: f64 = seen.number("/coverage/share");
    assert!((share - (2.0f64 / 2.6 * 1000.0).floor() / 10.0).abs() < 1e-9, "{share}");
    assert!(near(seen.number("/total/upper_bound"), 2.6));
}

#[test]
fn i1_no_silent_zero_for_a_missing_characterisation_factor() {
    let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), kg("exotic", 1.0)]}));
    incomplete(&seen, "exotic", "G203", 2.0);
    assert_eq!(seen.finding("G203").argument("gas"), Some("unheard-of gas"));
}

#[test]
fn i1_no_silent_zero_for_a_silent_stage_and_none_is_zero() {
    let bom = json!([kg("a", 1.0)]);
    let seen = compute(&shop(), json!({"bom": bom, "boundary": "cradle-to-grave"}));
    assert!(!seen.complete() && seen.status == 1);
    assert_eq!(seen.missing().iter().filter(|(_, reason)| reason == "B604").count(), 3, "{:?}", seen.missing());
    assert!(seen.result["coverage"]["share"].is_null(), "nothing can be said of its size");
    let none = json!({"bom": bom, "boundary": "cradle-to-grave", "distribution": "none", "use": "none", "end_of_life": "none"});
    let seen = compute(&shop(), none);
    assert!(seen.complete() && seen.status == 0, "{:?}", seen.missing());
    assert_eq!(seen.total(), 2.0);
}

#[test]
fn i1_a_quantity_that_cannot_be_read_is_unknown_and_zero_is_zero() {
    for (quantity, reason) in
        [(json!("#N/A"), "N110"), (json!("13,0l5"), "N105"), (json!("1,234"), "N102"), (json!(""), "B503")]
    {
        let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), {"name": "b", "quantity": quantity, "unit": "kg"}]}));
        assert!(seen.has(reason) && !seen.complete() && seen.status == 1, "{quantity}: {:?}", seen.codes());
        assert_eq!(seen.total(), 2.0);
    }
    let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), kg("b", 0.0)]}));
    assert!(seen.complete() && seen.has("B501"), "a zero that is written is zero, and noted");
}

#[test]
fn i2_no_silent_unit() {
    // The factor is per kg; nothing leads there from these units without a property.
    for (unit, code) in [
        ("m2", "U203"),
        ("L", "U203"),
        ("m", "U203"),
        ("个", "B310"),
        ("kWh", "U207"),
        ("元", "U204"),
        ("公金", "U201"),
        ("", "U202"),
    ] {
        let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), {"name": "b", "quantity": 2, "unit": unit}]}));
        assert!(seen.has(code), "{unit}: {:?}", seen.codes());
        assert!(!seen.complete() && seen.total() == 2.0, "{unit} was used as it is");
    }
    // And into a volume from a mass.
    let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), kg("gas", 1.0)]}));
    assert_eq!(seen.finding("U203").argument("needed"), Some("density"), "the fix is named");
}

#[test]
fn i2_an_assembly_is_counted_in_pieces_only() {
    let seen = compute(
        &shop(),
        json!({"bom": [kg("a", 1.0), {"name": "m", "quantity": 2, "unit": "kg", "lines": [kg("b", 1.0)]}]}),
    );
    assert!(seen.has("B403") && !seen.complete() && seen.total() == 2.0);
    // What hangs below is unknown as well, not zero.
    assert!(seen.lines().iter().any(|line| line["name"] == "b" && line["amount"].is_null()));
}

#[test]
fn i3_modules_beyond_the_boundary_stand_outside_the_total() {
    let bom = json!([kg("a", 1.0), {"name": "power", "quantity": 4, "unit": "kWh", "stage": "B6"}]);
    let seen = compute(&shop(), json!({"bom": bom, "boundary": "cradle-to-gate"}));
    assert_eq!((seen.total(), seen.number("/outside_total/0/amount")), (2.0, 2.0));
    assert!(seen.has("P702"));
    let seen = compute(
        &shop(),
        json!({"bom": [kg("a", 1.0), {"name": "power", "quantity": 4, "unit": "kWh", "stage": "D"}],
        "boundary": "cradle-to-grave", "distribution": "none", "use": "none", "end_of_life": "none"}),
    );
    assert_eq!(
        (seen.total(), seen.result["outside_total"][0]["id"].as_str()),
        (2.0, Some("D")),
        "module D is never in a total"
    );
}

#[test]
fn i4_the_order_of_lines_changes_nothing_but_their_order() {
    let mut bom = vec![
        kg("a", 0.1),
        kg("b", 0.7),
        kg("c", 1.0 / 3.0),
        kg("unobtainium", 1.0),
        json!({"name": "power", "quantity": 0.3, "unit": "度"}),
    ];
    let first = compute(&shop(), json!({"bom": bom}));
    bom.reverse();
    let second = compute(&shop(), json!({"bom": bom}));
    for field in ["total", "by_stage", "by_gas", "by_kind", "of_which", "data_quality", "factors", "method"] {
        assert_eq!(first.result[field], second.result[field], "{field}");
    }
    assert_eq!(first.result["coverage"]["share"], second.result["coverage"]["share"]);
}

#[test]
fn i5_no_nan_comes_in_by_any_door() {
    for text in ["NaN", "nan", ".nan", "inf", "-inf", ".inf", "Infinity", "1e400", "-1e999", "#DIV/0!", "#REF!"] {
        let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), {"name": "b", "quantity": text, "unit": "kg"}]}));
        assert_eq!(seen.total(), 2.0, "{text}");
        assert!(!seen.complete() && (seen.has("N110") || seen.has("N105")), "{text}: {:?}", seen.codes());
    }
    // A property, a leg, a supplier, an energy, a share.
    for bad in [
        json!({"bom": [{"name": "b", "quantity": 2, "unit": "L", "density": "NaN"}, kg("a", 1.0)]}),
        json!({"bom": [{"name": "b", "quantity": 2, "unit": "kg", "loss": "inf"}, kg("a", 1.0)]}),
        json!({"bom": [{"name": "b", "quantity": 2, "unit": "kg", "transport": [{"mode": "road", "distance": "1e400"}]}, kg("a", 1.0)]}),
        json!({"bom": [kg("a", 1.0)], "energy": [{"carrier": "power", "amount": "nan kWh"}]}),
        json!({"bom": [kg("a", 1.0)], "co_products": {"key": "mass", "outputs": [{"name": "x", "this": true, "mass": "nan"}]}}),
    ] {
        let seen = compute(&shop(), bad.clone());
        let text = seen.result.to_string();
        assert!(!text.contains("NaN") && !text.contains("inf\""), "{bad}");
        assert!(!seen.complete(), "{bad}");
    }
    assert_eq!(
        compute(&shop(), json!({"bom": [kg("a", 1.0), {"name": "b", "quantity": "-0", "unit": "kg"}]})).total(),
        2.0
    );
}

#[test]
fn i6_a_certificate_with_every_solve() {
    let seen = compute(
        &shop(),
        json!({"bom": [{"name": "m", "quantity": 3, "lines": [kg("a", 0.1), {"name": "n", "quantity": 7, "lines": [kg("b", 0.3)]}]}]}),
    );
    let certificate = &seen.result["certificate"];
    assert!(certificate["method"].as_str().unwrap().contains("forward and adjoint"));
    for field in ["residual", "forward_error"] {
        assert!(seen.number(&format!("/certificate/{field}")) < 1e-12, "{certificate}");
    }
}

#[test]
fn i7_explicit_meaning_of_sets_boundary_and_allocation() {
    let seen = compute(&shop(), json!({"bom": [kg("a", 1.0)], "gwp": "AR5"}));
    assert_eq!(seen.result["method"]["gwp"][0]["set"], "AR5-GWP100@2013");
    assert_eq!(
        seen.result["method"]["gwp"][1],
        json!({"set": "AR6-GWP100@2021", "horizon": 100, "amount": "2", "share": "100"})
    );
    assert!(seen.has("G202"), "CO2e that is not split keeps the set of its source, and says so");
    // A source that is silent about its set is not the same as one that names another.
    let silent = library(json!([{"name": "old", "co2e": "2", "gwp": "not stated"}]));
    let seen = compute(&silent, json!({"bom": [kg("old", 1.0)]}));
    assert!(seen.has("G204") && !seen.has("G202"));
    let strict = Options { strict: true, ..Options::default() };
    let seen = compute_with(&shop(), json!({"bom": [kg("a", 1.0)], "gwp": "AR5"}), &strict);
    assert!(seen.has("P706") && seen.status == 1);
    let seen = compute(&shop(), json!({"bom": [kg("a", 1.0)], "gwp": "AR7-draft"}));
    assert!(seen.has("G201") && seen.status == 2);
    assert_eq!(compute(&shop(), json!({"bom": [kg("a", 1.0)], "method": "no such"})).codes(), ["P701"]);
    // Results of different profiles say so by id, version and hash.
    let hash = |method: &str| {
        compute(&shop(), json!({"bom": [kg("a", 1.0)], "method": method})).result["method"]["sha256"].clone()
    };
    assert_ne!(hash("pact-3"), hash("iso-14067-2018"));
}

#[test]
fn i8_no_magnitude_cut_off() {
    // A small supply counts in full beside a large one, and alone.
    let seen = compute(&shop(), json!({"bom": [kg("a", 1e-9), kg("b", 1.0)]}));
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "3.000000002");
    let bom: Vec<Value> =
        (0..1000).map(|at| json!({"name": "a", "position": at.to_string(), "quantity": 1e-9, "unit": "kg"})).collect();
    assert!(near(compute(&shop(), json!({"bom": bom})).total() * 1e6, 2.0));
}

#[test]
fn i9_every_number_can_be_traced() {
    let seen = compute(
        &shop(),
        json!({"bom": [kg("a", 1.0), {"name": "part", "material": "b", "quantity": 250, "unit": "g", "transport": [{"mode": "road", "distance": 80}]}]}),
    );
    for line in seen.lines() {
        assert!(line["line"].is_u64() && !line["factors"].as_array().unwrap().is_empty(), "{line}");
    }
    let used: Vec<&str> =
        seen.result["factors"].as_array().unwrap().iter().map(|factor| factor["id"].as_str().unwrap()).collect();
    assert_eq!(used, ["t/a", "t/b", "t/road"]);
    for factor in seen.result["factors"].as_array().unwrap() {
        for field in ["source", "licence", "period", "geography", "boundary", "table", "value", "unit"] {
            assert!(!factor[field].as_str().unwrap().is_empty(), "{field} of {factor}");
        }
    }
    assert_eq!(replay(&seen.record).unwrap(), Replay::Same);
}

#[test]
fn i11_omission_never_pays() {
    let whole = json!([kg("a", 1.0), kg("b", 1.0)]);
    let full = compute(&shop(), json!({"bom": whole}));
    for less in [
        json!([kg("a", 1.0), kg("something", 1.0)]),
        json!([kg("a", 1.0), {"name": "b", "quantity": -1, "unit": "kg"}]),
        json!([kg("a", 1.0), {"name": "b", "quantity": 1, "unit": "?"}]),
        json!([kg("a", 1.0), {"name": "b", "quantity": 1, "unit": "kg", "loss": "0.03"}]),
        json!([kg("a", 1.0), {"name": "b", "quantity": 1, "unit": "kg", "loss": "150%"}]),
        json!([kg("a", 1.0), {"name": "b", "quantity": 1, "unit": "kg", "yield": "0"}]),
    ] {
        let seen = compute(&shop(), json!({"bom": less}));
        assert!(seen.total() < full.total() && !seen.complete() && seen.status == 1, "{less}");
        // The whole stays below the upper bound, where there is one.
        if let Some(bound) = seen.result["total"]["upper_bound"].as_str() {
            assert!(bound.parse::<f64>().unwrap() >= full.total(), "{less}: {bound}");
        }
        let share = seen.result["coverage"]["share"].as_str().map_or(0.0, |share| share.parse().unwrap());
        assert!(share < 100.0, "{less}");
    }
}

#[test]
fn i11_a_negative_leg_or_supplier_is_no_credit() {
    for bad in [
        json!({"name": "b", "quantity": 1, "unit": "kg", "transport": [{"mode": "road", "distance": -10000}]}),
        json!({"name": "b", "quantity": 1, "unit": "kg", "transport": [{"mode": "road", "distance": 10, "mass": "-5 t"}]}),
        json!({"name": "b", "quantity": 1, "unit": "kg", "supplier": {"footprint": -50, "per": "1 kg", "boundary": "cradle-to-gate", "gwp": "AR6", "source": "x"}}),
        json!({"name": "b", "quantity": 1, "unit": "kg", "density": "-5"}),
        json!({"name": "b", "quantity": 1, "unit": "kg", "replacements": -3}),
    ] {
        let seen = compute(&shop(), json!({"bom": [kg("a", 1.0), bad]}));
        assert!(seen.total() >= 2.0 && seen.status == 1, "{bad}: {} {:?}", seen.total(), seen.codes());
    }
    let seen =
        compute(&shop(), json!({"bom": [kg("a", 1.0)], "energy": [{"carrier": "power", "amount": -4, "unit": "kWh"}]}));
    assert!(seen.has("B502") && seen.total() == 2.0 && !seen.complete());
    let seen = compute(
        &shop(),
        json!({"bom": [kg("a", 1.0)], "mass": "1 kg", "distribution": [{"mode": "road", "distance": -9}], "boundary": "cradle-to-grave", "use": "none", "end_of_life": "none"}),
    );
    assert!(seen.total() == 2.0 && !seen.complete());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn splitting_a_line_in_two_keeps_the_total(quantity in 1u32..100_000, part in 1u32..99) {
        let whole = f64::from(quantity);
        let first = whole * f64::from(part) / 100.0;
        let one = compute(&shop(), json!({"bom": [kg("a", whole), kg("c", 3.0)]}));
        let two = compute(&shop(), json!({"bom": [kg("a", first), kg("a", whole - first), kg("c", 3.0)]}));
        prop_assert!(near(one.total(), two.total()));
    }

    #[test]
    fn scaling_all_amounts_scales_the_total(quantity in 1u32..100_000, times in 2u32..50) {
        let bom = |factor: f64| json!({"bom": [kg("a", f64::from(quantity) * factor), {"name": "m", "quantity": factor, "lines": [kg("b", 0.4)]}]});
        prop_assert!(near(compute(&shop(), bom(1.0)).total() * f64::from(times), compute(&shop(), bom(f64::from(times))).total()));
    }

    #[test]
    fn nesting_is_multiplication(a in 1u32..9, b in 1u32..9, quantity in 1u32..10_000) {
        let quantity = f64::from(quantity) / 1000.0;
        let flat = compute(&shop(), json!({"bom": [kg("a", quantity * f64::from(a * b))]}));
        let deep = compute(&shop(), json!({"bom": [{"name": "x", "quantity": a, "lines": [{"name": "y", "quantity": b, "lines": [kg("a", quantity)]}]}]}));
        prop_assert!(near(flat.total(), deep.total()));
    }
}

#[test]
fn i12_an_end_of_life_that_loses_a_share_is_refused() {
    let library = library_with_waste(
        json!([{"name": "a", "class": "metal", "co2e": "2"}, {"name": "bury", "kind": "waste_treatment", "co2e": "0.01"}]),
        json!({"rules": [{"class": "metal", "landfill": "t/bury"}]}),
    );
    let grave = |end: Value| json!({"bom": [kg("a", 1.0)], "boundary": "cradle-to-grave", "distribution": "none", "use": "none", "end_of_life": end});
    assert!(compute(&library, grave(json!({"landfill": "100%"}))).complete());
    for shares in [json!({"landfill": "60%"}), json!({"landfill": "60%", "reuse": "60%"}), json!({})] {
        let seen = compute(&library, grave(shares.clone()));
        assert!(seen.has("V105") && !seen.complete(), "{shares}");
    }
    assert!(compute(&library, grave(json!({"recycling": "100%"}))).has("F328"), "no route is a gap, not a zero");
}
