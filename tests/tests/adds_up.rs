//! It adds up (design §4.3): total = Σ lines = Σ stages = Σ gases = Σ kinds = Σ sets, exactly, in the published decimals.
//!
//! The sums below are of whole numbers of 10⁻²⁴ parsed from the strings; no double takes part.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::OnceLock;
use zuji_core::footprint::{LineSet, footprint};
use zuji_core::product::{Library, Options};
use zuji_formats::{File, Limits, read_product};
use zuji_tests::exact::{decimal, field, sum};
use zuji_tests::{Seen, compute, library, library_with_waste};

/// Materials with and without a split by gas, several sets, kinds and units; freight, power, waste.
fn shop() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        library_with_waste(
            json!([
                {"name": "steel", "class": "metal", "emissions": [
                    {"gas": "CO2", "kind": "fossil", "kg": "2.0512345678901"},
                    {"gas": "CH4", "kind": "fossil", "kg": "0.0031"},
                    {"gas": "N2O", "kind": "fossil", "kg": "0.000023"},
                ], "carbon": {"fossil": "0", "biogenic": "0", "source": "test"}},
                {"name": "nylon", "class": "plastic", "unit": "t", "co2e": "9140.333", "co2e_kind": "fossil", "gwp": "AR5-GWP100@2013",
                    "carbon": {"fossil": "0.637", "biogenic": "0", "source": "test"}},
                {"name": "wood", "class": "plastic", "emissions": [
                    {"gas": "CO2", "kind": "fossil", "kg": "0.3"},
                    {"gas": "CH4", "kind": "biogenic", "kg": "0.0017"},
                    {"gas": "CO2", "kind": "land_use_change", "kg": "0.11"},
                    {"gas": "CO2", "kind": "biogenic", "kg": "1.5"},
                ], "carbon": {"fossil": "0", "biogenic": "0.49", "bio_based": true, "source": "test"}},
                {"name": "paint", "class": "plastic", "co2e": "3.7", "gwp": "not stated", "carbon": {"fossil": "0.6", "source": "test"}},
                {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": "0.5777", "transmission": "included"},
                {"name": "road", "class": "transport.road", "kind": "freight", "unit": "t·km", "gwp": null,
                    "emissions": [{"gas": "CO2", "kind": "fossil", "kg": "0.0721"}], "companions": ["t/road-wtt"]},
                {"name": "road-wtt", "kind": "freight_upstream", "unit": "t·km", "co2e": "0.0171"},
                {"name": "plane", "class": "transport.air", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "0.963"},
                {"name": "burn", "kind": "waste_treatment", "unit": "t", "co2e": "6.4"},
                {"name": "bury", "kind": "waste_treatment", "unit": "t", "co2e": "8.9"},
            ]),
            json!({"rules": [
                {"class": "metal", "incineration": "t/burn", "landfill": "t/bury"},
                {"class": "plastic", "incineration": "t/burn", "landfill": "t/bury"},
            ]}),
        )
    })
}

/// Tenths of a percent.
fn tenths(share: &Value) -> i64 {
    let text = share.as_str().unwrap();
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let value = whole.trim_start_matches('-').parse::<i64>().unwrap() * 10 + tenth.parse::<i64>().unwrap();
    if text.starts_with('-') { -value } else { value }
}

fn shares_are_whole(list: &Value) {
    let shares: Vec<&Value> = list.as_array().unwrap().iter().map(|one| &one["share"]).collect();
    if shares.iter().any(|share| !share.is_null()) {
        assert!(shares.iter().all(|share| !share.is_null()), "all shares or none: {list}");
        assert_eq!(shares.iter().map(|share| tenths(share)).sum::<i64>(), 1000, "{list}");
    }
}

fn known(lines: &Value) -> i128 {
    let lines = lines.as_array().unwrap().iter();
    lines.filter(|line| !line["amount"].is_null()).map(|line| field(line, "amount")).sum()
}

/// Everything that must hold of any result.
fn adds_up(seen: &Seen) {
    let result = &seen.result;
    let total = field(&result["total"], "excluding_biogenic_uptake");
    assert_eq!(known(&result["by_line"]), total, "Σ lines");
    for breakdown in ["by_stage", "by_gas", "by_kind"] {
        assert_eq!(sum(&result[breakdown], "amount"), total, "Σ {breakdown}");
        shares_are_whole(&result[breakdown]);
    }
    assert_eq!(sum(&result["method"]["gwp"], "amount"), total, "Σ sets");
    shares_are_whole(&result["method"]["gwp"]);
    for stage in result["by_stage"].as_array().unwrap() {
        assert_eq!(sum(&stage["modules"], "amount"), field(stage, "amount"), "Σ modules of {}", stage["id"]);
    }
    // Beside the total, never in it.
    assert_eq!(sum(&result["outside_total"], "amount"), known(&result["lines_outside_total"]), "Σ outside");
    for line in seen.lines() {
        let unknown = matches!(line["status"].as_str(), Some("missing" | "undecided"));
        assert_eq!(line["amount"].is_null(), unknown, "what is unknown has no amount: {line}");
    }
    if let Some(uptake) = result["biogenic"]["uptake"].as_str() {
        let including = field(&result["total"], "including_biogenic_uptake");
        assert_eq!(including, total + decimal(uptake), "including = excluding + uptake");
        assert!(decimal(uptake) <= 0);
    }
    // Flags are parts of the total, not addends.
    let modules = result["by_stage"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|stage| stage["modules"].as_array().into_iter().flatten());
    let packaging: i128 =
        modules.filter(|module| module["id"] == "A3-packaging").map(|module| field(module, "amount")).sum();
    assert_eq!(field(&result["of_which"], "packaging"), packaging);
    let gap: f64 = result["total"]["rounding_gap"].as_str().unwrap().parse().unwrap();
    // Beside figures 10⁵ times as large the digits are theirs.
    let beside = sum(&result["outside_total"], "amount") as f64 / 1e24;
    let scale = seen.total().abs().max(beside * 1e-8).max(1e-300);
    assert!(gap.abs() <= scale * 1e-9, "the gap of rounding is small: {gap:e} of {scale:e}");
}

/// Every published figure is a multiple of 10^(⌊log₁₀ Σ|cells|⌋ − 12). All cells here are positive, so Σ|cells| is the total.
fn quantum_holds(seen: &Seen) {
    let total = seen.total();
    if total <= 0.0 {
        return;
    }
    let exponent: i32 = format!("{total:e}").split_once('e').unwrap().1.parse().unwrap();
    let quantum = 10i128.pow((24 + exponent - 12) as u32);
    let figures =
        ["by_stage", "by_gas", "by_kind", "by_line"].iter().flat_map(|list| seen.result[*list].as_array().unwrap());
    for figure in figures.filter(|figure| !figure["amount"].is_null()) {
        assert_eq!(field(figure, "amount") % quantum, 0, "{figure} is no multiple of 10^{}", exponent - 12);
    }
}

/// Assemblies, level by level: names tell what lies below (`a1` holds `a1.x`, `a1.a2` and so on).
fn levels_add_up(seen: &Seen) {
    for assembly in seen.result["assemblies"].as_array().unwrap() {
        let below = format!("{}.", assembly["name"].as_str().unwrap());
        let lines = seen.lines().iter().filter(|line| line["name"].as_str().unwrap().starts_with(&below));
        let counted = lines.filter(|line| !line["amount"].is_null() && line["role"] != "replacement");
        assert_eq!(counted.map(|line| field(line, "amount")).sum::<i128>(), field(assembly, "amount"), "{assembly}");
    }
}

/// A line of the generator: which material, how much, and which rare things it has.
#[derive(Clone, Debug)]
struct Part {
    material: usize,
    thousandths: u32,
    rare: u8,
}

/// An assembly with its parts and sub-assemblies.
#[derive(Clone, Debug)]
struct Tree {
    count: u32,
    parts: Vec<Part>,
    below: Vec<Tree>,
}

fn part() -> impl Strategy<Value = Part> {
    (0usize..5, 1u32..60_000, any::<u8>()).prop_map(|(material, thousandths, rare)| Part {
        material,
        thousandths,
        rare,
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf =
        (1u32..9, prop::collection::vec(part(), 1..4)).prop_map(|(count, parts)| Tree { count, parts, below: vec![] });
    leaf.prop_recursive(4, 40, 3, |inner| {
        (1u32..9, prop::collection::vec(part(), 1..4), prop::collection::vec(inner, 0..3))
            .prop_map(|(count, parts, below)| Tree { count, parts, below })
    })
}

fn line(part: &Part, name: String) -> Value {
    let material = ["steel", "nylon", "wood", "paint", "unobtainium"][part.material];
    let quantity = f64::from(part.thousandths) / 1000.0;
    let mut line = json!({"name": name, "material": material, "quantity": quantity, "unit": "kg"});
    let has = |bit: u8| part.rare & (1 << bit) != 0;
    if has(0) {
        line["loss"] = json!("3.3%");
    }
    if has(1) {
        line["yield"] = json!("91%");
    }
    if has(2) {
        line["replacements"] = json!(2.5);
    }
    if has(3) {
        line["transport"] = json!([{"mode": "road", "distance": 333}, {"mode": "plane", "distance": "77.7 km"}]);
    }
    if has(4) && has(5) {
        line["supplier"] =
            json!({"footprint": 1.2345, "per": "0.7 kg", "boundary": "cradle-to-gate", "gwp": "AR5", "source": "PCF"});
    }
    if has(6) && has(7) {
        line["unit"] = json!("t");
    }
    line
}

fn assembly(tree: &Tree, name: &str) -> Value {
    // Depth is at most 4: the generator may recurse.
    let mut lines: Vec<Value> =
        tree.parts.iter().enumerate().map(|(at, part)| line(part, format!("{name}.{at}"))).collect();
    lines.extend(tree.below.iter().enumerate().map(|(at, below)| assembly(below, &format!("{name}.a{at}"))));
    json!({"name": name, "quantity": tree.count, "lines": lines})
}

/// The frame: what stands around the parts.
fn frame(bits: u16, bom: Vec<Value>) -> Value {
    let has = |bit: u16| bits & (1 << bit) != 0;
    let methods = ["gbt-24067-2024", "iso-14067-2018", "pact-3"];
    let mut out = json!({"bom": bom, "method": methods[usize::from(bits % 3)]});
    if has(2) {
        out["packaging"] = json!([{"name": "box", "material": "wood", "quantity": 0.7, "unit": "kg"}]);
    }
    if has(3) {
        out["energy"] = json!([{"carrier": "power", "amount": 1234.5, "unit": "kWh", "per": "plant"}]);
        out["plant"] = json!({"key": "mass", "outputs": [
            {"name": "p", "this": true, "pieces": 170, "mass": "3 t"}, {"name": "q", "mass": "1111 kg"}]});
    }
    if has(4) {
        out["distribution"] = json!([{"mode": "road", "distance": 612}]);
    }
    if has(5) {
        out["mass"] = json!("30 kg");
    }
    if has(6) {
        out["use"] = json!({
            "energy": [{"carrier": "power", "amount": 17, "unit": "kWh", "per": "year"}],
            "materials": [{"name": "oil", "material": "paint", "quantity": 0.3, "unit": "kg"}]});
        out["service_life"] = json!("7 year");
    }
    if has(7) {
        out["end_of_life"] = json!({"incineration": "37%", "landfill": "53%", "reuse": "10%", "transport": [{"mode": "road", "distance": 50}]});
    }
    if has(8) {
        out["co_products"] = json!({"key": "mass", "outputs": [{"name": "p", "this": true, "mass": "17 kg"}, {"name": "r", "mass": "3 kg"}]});
    }
    if has(9) && !bits.is_multiple_of(3) {
        out["gwp"] = json!("AR5");
    }
    if has(10) && bits % 3 < 2 {
        out["boundary"] = json!("cradle-to-grave");
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_adds_up_at_every_level(trees in prop::collection::vec(tree(), 1..4), loose in prop::collection::vec(part(), 1..5), bits in any::<u16>()) {
        let mut bom: Vec<Value> = trees.iter().enumerate().map(|(at, tree)| assembly(tree, &format!("a{at}"))).collect();
        bom.extend(loose.iter().enumerate().map(|(at, part)| line(part, format!("l{at}"))));
        let seen = compute(shop(), frame(bits, bom));
        if seen.result.is_null() {
            prop_assert!(seen.has("P707"), "{:?}", seen.codes());
        } else {
            adds_up(&seen);
            levels_add_up(&seen);
            quantum_holds(&seen);
        }
    }

    #[test]
    fn shared_assemblies_are_divided_among_their_users(users in prop::collection::vec((1u32..7, 1u32..2000), 2..5), shared in prop::collection::vec(part(), 1..5)) {
        // Every user holds the shared assembly S and one part of its own.
        let mut bom = Vec::new();
        for (at, (count, thousandths)) in users.iter().enumerate() {
            bom.push(json!({"name": format!("u{at}"), "id": format!("U{at}"), "quantity": count, "unit": "件"}));
            bom.push(json!({"name": "s", "id": "S", "parent": format!("U{at}"), "quantity": f64::from(*thousandths) / 7.0, "unit": "件"}));
            bom.push(json!({"name": format!("own{at}"), "parent": format!("U{at}"), "material": "steel", "quantity": 0.1, "unit": "kg"}));
        }
        for (at, part) in shared.iter().enumerate() {
            let mut one = line(part, format!("s.{at}"));
            one["material"] = json!("steel");
            one["parent"] = json!("S");
            one.as_object_mut().unwrap().remove("replacements");
            bom.push(one);
        }
        let seen = compute(shop(), json!({"bom": bom}));
        adds_up(&seen);
        let assemblies = seen.result["assemblies"].as_array().unwrap();
        let amount = |name: &str| assemblies.iter().find(|one| one["name"] == name).map(|one| field(one, "amount")).unwrap();
        let total = field(&seen.result["total"], "excluding_biogenic_uptake");
        let tops: i128 = (0..users.len()).map(|at| amount(&format!("u{at}"))).sum();
        prop_assert_eq!(tops, total, "nothing of the shared assembly is lost between its users");
        let own: i128 = seen.lines().iter().filter(|line| line["name"].as_str().unwrap().starts_with("own")).map(|line| field(line, "amount")).sum();
        prop_assert_eq!(amount("s"), total - own);
    }
}

#[test]
fn a_million_tiny_lines_add_up() {
    let materials = ["steel", "nylon", "wood", "paint"];
    let mut table = String::from("name,material,quantity,unit\n");
    for at in 0..1_000_000u32 {
        let quantity = 1 + (u64::from(at) * 2_654_435_761) % 9973;
        table.push_str(&format!("l{at},{},{quantity}e-9,kg\n", materials[at as usize % 4]));
    }
    let file = File::new("bom.csv", table);
    let library = shop();
    let input = read_product(Some(file), None, &library.units, &Limits::default(), &|_| ()).unwrap();
    let outcome = footprint(&input.bill, &input.document, library, &Options::default());
    let result = outcome.footprint.as_ref().unwrap();
    assert!(result.coverage.is_complete());
    let (mut lines, mut count) = (0i128, 0u32);
    let written: Result<(), std::convert::Infallible> = result.write_lines(LineSet::Total, |block| {
        let text = std::str::from_utf8(block).unwrap();
        for part in text.split("\"amount\":\"").skip(1) {
            lines += decimal(part.split('"').next().unwrap());
            count += 1;
        }
        Ok(())
    });
    assert!(written.is_ok());
    let report = serde_json::to_value(result.report()).unwrap();
    let total = field(&report["total"], "excluding_biogenic_uptake");
    assert_eq!((count, lines), (1_000_000, total));
    for breakdown in ["by_stage", "by_gas", "by_kind"] {
        assert_eq!(sum(&report[breakdown], "amount"), total, "{breakdown}");
    }
    // A million roundings of half a quantum each would still be far below the digits that anybody reads.
    assert!(
        result.cells.unrounded > 1.0
            && report["total"]["rounding_gap"].as_str().unwrap().parse::<f64>().unwrap().abs() < 1e-7
    );
}

#[test]
fn the_quantum_is_thirteen_digits_of_the_absolute_sum() {
    let library = library(json!([{"name": "x", "co2e": "1"}, {"name": "third", "co2e": "0.333333333333333333"}]));
    let line = |quantity: f64| json!({"bom": [{"name": "third", "quantity": quantity, "unit": "kg"}]});
    assert_eq!(compute(&library, line(1.0)).result["total"]["excluding_biogenic_uptake"], "0.3333333333333");
    assert_eq!(compute(&library, line(3000.0)).result["total"]["excluding_biogenic_uptake"], "1000");
    assert_eq!(compute(&library, line(10.0)).result["total"]["excluding_biogenic_uptake"], "3.333333333333");
    // What is given back is negative; the quantum follows the absolute sum, not the small difference.
    let seen = compute(
        &library,
        json!({"bom": [
            {"name": "x", "quantity": 1000, "unit": "kg"},
            {"name": "x", "quantity": -999.5, "unit": "kg", "treatment": "return"},
            {"name": "third", "quantity": 1, "unit": "kg"},
        ]}),
    );
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "0.833333333");
    adds_up(&seen);
}

#[test]
fn a_total_of_zero_or_below_has_no_shares() {
    let library = library(json!([{"name": "x", "co2e": "1"}, {"name": "y", "co2e": "2"}]));
    let seen = compute(&library, json!({"bom": [{"name": "x", "quantity": 0, "unit": "kg"}]}));
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "0");
    adds_up(&seen);
    let seen = compute(
        &library,
        json!({"bom": [
        {"name": "x", "quantity": 1, "unit": "kg"}, {"name": "y", "quantity": -1, "unit": "kg", "treatment": "return"}]}),
    );
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "-1");
    assert!(seen.result["by_stage"][0]["share"].is_null());
    adds_up(&seen);
}

#[test]
fn what_lies_outside_is_exact_too_however_large() {
    // Outbound freight of PACT stands beside the total; here it is 10²⁰ times the total.
    let library = library(json!([
        {"name": "x", "co2e": "1"}, {"name": "road", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "1"}]));
    for quantity in ["1e-12", "0"] {
        let seen = compute(
            &library,
            json!({
                "method": "pact-3",
                "bom": [{"name": "x", "quantity": quantity, "unit": "kg"}],
                "distribution": [{"mode": "road", "distance": "1000 km", "mass": "50000 t"}, {"mode": "road", "distance": "2000 km", "mass": "50000 t"}],
            }),
        );
        let outside: f64 = seen.number("/outside_total/0/amount");
        assert!(((outside - 1.5e8) / 1.5e8).abs() < 1e-9, "{outside}");
        adds_up(&seen);
    }
}

#[test]
fn an_estimate_or_uptake_beyond_the_quantum_does_not_overflow() {
    let library = library(json!([
        {"name": "x", "co2e": "1"}, {"name": "y", "co2e": "2"}, {"name": "z", "co2e": "3"},
        {"name": "wood", "co2e": "0", "carbon": {"biogenic": "0.5", "bio_based": true, "source": "test"}}]));
    let seen = compute(
        &library,
        json!({"bom": [
        {"name": "x", "quantity": "1e-10", "unit": "kg"}, {"name": "unobtainium", "quantity": 100000, "unit": "kg"}]}),
    );
    assert!((seen.number("/total/upper_bound") - 300_000.0).abs() < 1e-3);
    let seen = compute(
        &library,
        json!({"bom": [
        {"name": "x", "quantity": "1e-10", "unit": "kg"}, {"name": "wood", "quantity": 100000, "unit": "kg"}]}),
    );
    assert!((seen.number("/biogenic/uptake") + 183_333.333_333).abs() < 1e-3);
    assert!(seen.number("/total/including_biogenic_uptake") < -183_000.0);
    adds_up(&seen);
}
