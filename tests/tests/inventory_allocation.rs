//! Division of processes with several products, by the vectors of the field.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use zuji_core::diagnostic::Diagnostics;
use zuji_core::inventory::{
    AllocationChoice, AllocationRule, Assembly, Builder, CircularFootprint, EnergyRecovery, Inventory, LinkingDocument,
};
use zuji_core::math::Finite;
use zuji_core::quantity::UnitTable;

fn read(flows: Value, processes: Value) -> (Inventory, Diagnostics) {
    Builder::document(
        serde_json::from_value(json!({
            "schema": "zuji/inventory@1",
            "database": {"id": "t", "name": "t", "version": "1", "source": "test", "licence": "none"},
            "flows": flows, "processes": processes,
        }))
        .unwrap(),
    )
}

/// A process that emits `total` and has products of a mass in kg and a price for all of it.
fn joint(total: f64, products: &[(f64, f64)]) -> Inventory {
    let mut flows = vec![
        json!({"id": "co2", "name": "Carbon dioxide, fossil", "kind": "emission", "unit": "kg", "category": "air"}),
    ];
    let mut exchanges = vec![json!({"id": "e", "flow": "co2", "direction": "output", "amount": total})];
    for (at, (mass, price)) in products.iter().enumerate() {
        flows.push(json!({"id": format!("p{at}"), "name": format!("product {at}"), "kind": "product", "unit": "kg"}));
        exchanges.push(json!({"flow": format!("p{at}"), "direction": "output", "amount": mass, "reference": at == 0,
            "price": {"amount": price, "currency": "CNY"}}));
    }
    read(json!(flows), json!([{"id": "joint", "name": "joint", "exchanges": exchanges}])).0
}

fn assemble(inventory: &Inventory, rule: Option<AllocationRule>) -> Assembly {
    let decisions =
        LinkingDocument { allocation: AllocationChoice { rule, processes: Vec::new() }, ..LinkingDocument::default() };
    inventory.assemble(&UnitTable::standard(), &decisions)
}

/// The emission that each product's column carries.
fn parts(assembly: &Assembly) -> Vec<f64> {
    let mut parts = vec![0.0; assembly.system.activities.len()];
    assembly.system.b.iter().for_each(|(_, column, value)| parts[column as usize] += value);
    parts
}

fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }
}

#[test]
fn by_mass_and_by_revenue() {
    let by = |rule, total, products: &[(f64, f64)]| parts(&assemble(&joint(total, products), Some(rule)));
    let (physical, economic) = (AllocationRule::Physical, AllocationRule::Economic);
    // PACT-ALLOC-MASS, ALLOC-ECON-REVENUE, ALLOC-ECON-OPENLCA-FORUM of the field's worked numbers.
    near(&by(physical, 10.0, &[(0.5, 0.0), (1.0, 0.0)]), &[3.333_333_3, 6.666_666_7], 1e-6);
    let revenue: Vec<(f64, f64)> =
        [(500.0, 1.5), (10.0, 30.0), (400.0, 0.5)].map(|(price, mass)| (mass, price * mass)).into();
    near(&by(economic, 10_000.0, &revenue), &[6000.0, 2400.0, 1600.0], 1e-9);
    near(&by(economic, 1.0, &[(1.0, 0.25), (5.0, 5.0 * 0.66)]), &[0.070_422_5, 0.929_577_5], 1e-6);
    near(&by(AllocationRule::Equal, 1.0, &[(7.0, 1.0), (1.0, 1.0)]), &[0.5, 0.5], 1e-15);
    near(&by(AllocationRule::CutOff, 1.0, &[(7.0, 1.0), (1.0, 1.0)]), &[1.0, 0.0], 0.0);
}

#[test]
fn parts_sum_to_the_whole() {
    for count in [2usize, 3, 7, 50, 1000] {
        let products: Vec<(f64, f64)> =
            (0..count).map(|at| (0.1 + (at * at) as f64 / 3.0, 1.0 / (at + 1) as f64)).collect();
        for rule in [AllocationRule::Physical, AllocationRule::Economic, AllocationRule::Equal, AllocationRule::CutOff]
        {
            let assembly = assemble(&joint(1.0, &products), Some(rule));
            let division = &assembly.divisions[0];
            assert_eq!(division.rule, Some(rule));
            let sum: f64 = division.shares.iter().sum();
            assert!((sum - 1.0).abs() <= 1e-12, "{rule:?} {count}: {sum}");
            assert!((parts(&assembly).iter().sum::<f64>() - 1.0).abs() <= 1e-12);
        }
    }
}

#[test]
fn a_negative_price_is_refused_with_the_way_out() {
    let inventory = joint(9.0, &[(10.0, 10.0), (3.0, -2.0)]);
    let assembly = assemble(&inventory, Some(AllocationRule::Economic));
    let finding = assembly.findings.iter().find(|finding| finding.code() == "I502").unwrap();
    assert_eq!(finding.argument("value"), Some("-2"));
    assert!(finding.fix(zuji_core::diagnostic::Language::En).contains("substitution"));
    // Whole, not 1.25 and −0.25: the product carries all, the slag is provided by nobody.
    assert_eq!(parts(&assembly), [9.0]);
    assert!(assembly.divisions[0].undecided);
    assert!(assembly.report.open.iter().any(|one| one.why == "not-divided" && one.flow.id == "p1"));
}

#[test]
fn what_has_no_key_is_asked_for() {
    let flows = json!([{"id": "a", "name": "a", "kind": "product", "unit": "kg"}, {"id": "b", "name": "heat", "kind": "product", "unit": "MJ"}]);
    let process = |allocation: Value| {
        json!([{"id": "p", "name": "p", "allocation": allocation, "exchanges": [
            {"flow": "a", "direction": "output", "amount": 1, "reference": true},
            {"flow": "b", "direction": "output", "amount": 5}]}])
    };
    let code = |allocation: Value, rule| {
        let (inventory, _) = read(flows.clone(), process(allocation));
        let assembly = assemble(&inventory, rule);
        let code = assembly.findings.iter().map(|finding| finding.code()).find(|code| code.starts_with("I50"));
        (code, assembly.divisions[0].clone())
    };
    assert_eq!(code(Value::Null, None).0, Some("I503"));
    assert_eq!(code(Value::Null, Some(AllocationRule::Economic)).0, Some("I503"));
    assert_eq!(code(Value::Null, Some(AllocationRule::Manual)).0, Some("I505"));
    let share = |rule: &str, a: f64, b: f64| json!({"rule": rule, "shares": [{"rule": rule, "product": "a", "share": a}, {"rule": rule, "product": "b", "share": b}]});
    assert_eq!(code(share("physical", 0.5, 0.4), None).0, Some("I504"));
    assert_eq!(code(share("manual", 1.25, -0.25), None).0, Some("I502"));
    let (found, division) = code(share("manual", 0.75, 0.25), None);
    assert_eq!((found, division.rule, division.shares), (None, Some(AllocationRule::Manual), vec![0.75, 0.25]));
    // Zeros are no shares: the keys are computed, and there is none in common.
    assert_eq!(code(share("physical", 0.0, 0.0), None).0, Some("I503"));
}

#[test]
fn causal_shares_divide_each_exchange_by_its_own() {
    let mut inventory = json!([{"id": "p", "name": "p", "exchanges": [
        {"flow": "a", "direction": "output", "amount": 1, "reference": true},
        {"flow": "b", "direction": "output", "amount": 2},
        {"flow": "co2", "id": "1", "direction": "output", "amount": 10},
        {"flow": "ch4", "id": "2", "direction": "output", "amount": 4}]}]);
    let flows = json!([
        {"id": "a", "name": "a", "kind": "product", "unit": "kg"}, {"id": "b", "name": "b", "kind": "product", "unit": "kg"},
        {"id": "co2", "name": "co2", "kind": "emission", "unit": "kg"}, {"id": "ch4", "name": "ch4", "kind": "emission", "unit": "kg"}]);
    let share = |product: &str, exchange: &str, share: f64| json!({"rule": "causal", "product": product, "exchange": exchange, "share": share});
    let mut shares = vec![share("a", "1", 0.9), share("b", "1", 0.1), share("a", "2", 0.25)];
    inventory[0]["allocation"] = json!({"rule": "causal", "shares": shares});
    // 0.25 alone does not sum to 1: refused, not scaled up.
    assert!(assemble(&read(flows.clone(), inventory.clone()).0, None).findings.has("I504"));
    shares.push(share("b", "2", 0.75));
    inventory[0]["allocation"] = json!({"rule": "causal", "shares": shares});
    let assembly = assemble(&read(flows, inventory).0, None);
    assert_eq!(parts(&assembly), [9.0 + 1.0, 1.0 + 3.0]);
}

#[test]
fn an_avoided_product_is_divided_too() {
    // ALLOC-AVOIDED (openLCA): 0.75·2.0 − 0.75·0.5·1.5 = 0.9375.
    let (inventory, _) = read(
        json!([{"id": "p1", "name": "p1", "kind": "product", "unit": "kg"}, {"id": "p2", "name": "p2", "kind": "product", "unit": "kg"},
            {"id": "q", "name": "q", "kind": "product", "unit": "kg"}, {"id": "e", "name": "e", "kind": "emission", "unit": "kg"}]),
        json!([{"id": "p", "name": "p", "allocation": {"rule": "manual", "shares": [
                {"rule": "manual", "product": "p1", "share": 0.75}, {"rule": "manual", "product": "p2", "share": 0.25}]},
            "exchanges": [
                {"flow": "p1", "direction": "output", "amount": 1, "reference": true}, {"flow": "p2", "direction": "output", "amount": 1},
                {"flow": "q", "direction": "input", "avoided": true, "amount": 0.5}, {"flow": "e", "direction": "output", "amount": 2}]},
            {"id": "q", "name": "q", "exchanges": [
                {"flow": "q", "direction": "output", "amount": 1, "reference": true}, {"flow": "e", "direction": "output", "amount": 1.5}]}]),
    );
    let assembly = assemble(&inventory, None);
    let a: Vec<(u32, u32, f64)> = assembly.system.a.iter().collect();
    // Columns p/p1, p/p2, q. The credit stands as an output, +.
    assert!(a.contains(&(2, 0, 0.375)) && a.contains(&(2, 1, 0.125)), "{a:?}");
    let own = parts(&assembly);
    let score = own[0] - 0.375 * own[2];
    assert!((score - 0.9375).abs() < 1e-12);
}

#[test]
fn substitution_credits_what_others_make() {
    let (inventory, _) = read(
        json!([{"id": "power", "name": "power", "kind": "product", "unit": "kWh"}, {"id": "heat", "name": "heat", "kind": "product", "unit": "MJ"}]),
        json!([{"id": "chp", "name": "chp", "exchanges": [
                {"flow": "power", "direction": "output", "amount": 1, "reference": true}, {"flow": "heat", "direction": "output", "amount": 4}]},
            {"id": "boiler", "name": "boiler", "exchanges": [{"flow": "heat", "direction": "output", "amount": 1, "unit": "kWh", "reference": true}]}]),
    );
    let assembly = assemble(&inventory, Some(AllocationRule::Substitution));
    let a: Vec<(u32, u32, f64)> = assembly.system.a.iter().collect();
    assert_eq!(a, [(0, 0, 1.0), (1, 0, 4.0), (1, 1, 3.6)]);
    // Nobody else makes it: then there is no credit, and it is listed.
    let (alone, _) = read(
        json!([{"id": "power", "name": "power", "kind": "product", "unit": "kWh"}, {"id": "heat", "name": "heat", "kind": "product", "unit": "MJ"}]),
        json!([{"id": "chp", "name": "chp", "exchanges": [
                {"flow": "power", "direction": "output", "amount": 1, "reference": true}, {"flow": "heat", "direction": "output", "amount": 4}]}]),
    );
    let assembly = assemble(&alone, Some(AllocationRule::Substitution));
    assert_eq!(assembly.report.open.len(), 1);
    assert!(assembly.findings.has("I402"));
}

#[test]
fn the_circular_footprint_formula_keeps_its_terms_apart() {
    let of = |value: f64| Finite::new(value).unwrap();
    let pet = CircularFootprint {
        recycled_in: of(0.5),
        recycled_out: of(0.6),
        supplier_share: of(0.5),
        quality_in: of(0.9),
        quality_out: of(0.9),
        primary: of(2.2),
        recycling_in: of(0.5),
        recycling_out: of(0.5),
        replaced: of(2.2),
        energy: Some(EnergyRecovery {
            share: of(0.3),
            to_user: of(0.0),
            process: of(2.3),
            heating_value: of(23.0),
            heat: of(0.3),
            electricity: of(0.1),
            replaced_heat: of(0.07),
            replaced_electricity: of(0.1),
        }),
        disposal: of(0.05),
    };
    let terms = pet.terms().unwrap();
    let found = [terms.primary, terms.recycled_in, terms.recycling_out, terms.energy, terms.disposal, terms.total()];
    near(&found, &[1.1, 0.62, -0.444, 0.4761, 0.005, 1.7571], 1e-9);
    let aluminium = |share: f64| CircularFootprint {
        recycled_in: of(0.3),
        recycled_out: of(0.9),
        supplier_share: of(share),
        quality_in: of(1.0),
        quality_out: of(1.0),
        primary: of(8.0),
        recycling_in: of(0.5),
        recycling_out: of(0.6),
        replaced: of(8.0),
        energy: None,
        disposal: of(0.02),
    };
    let totals = [0.2, 1.0, 0.0].map(|share| aluminium(share).terms().unwrap().total());
    near(&totals, &[2.224, 5.752, 1.342], 1e-9);
    for step in 0..=10 {
        let closed = CircularFootprint {
            recycled_in: of(0.7),
            recycled_out: of(0.7),
            recycling_out: of(0.5),
            ..aluminium(f64::from(step) / 10.0)
        };
        near(&[closed.terms().unwrap().total()], &[2.756], 1e-9);
    }
    assert!(CircularFootprint { recycled_out: of(0.8), ..pet }.terms().is_err());
    assert!(CircularFootprint { recycled_in: of(1.1), ..pet }.terms().is_err());
}
