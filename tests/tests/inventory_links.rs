//! Providers, units and gaps: what is linked, what is asked, what is listed; every finding of an inventory.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use zuji_core::diagnostic::{Diagnostics, Language};
use zuji_core::inventory::{
    Assembly, Builder, Inventory, LinkDecision, LinkedBy, LinkingDocument, characterise_own, characterise_set,
};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{LciLimits, read_json_ld};
use zuji_formats::{Limits, read_inventory, read_linking};
use zuji_tests::databases::{files, head};

fn document(mut more: Value) -> (Inventory, Diagnostics) {
    let head = json!({"id": "t", "name": "t", "version": "1", "source": "test", "licence": "none"});
    more["database"] = head;
    if more["schema"].is_null() {
        more["schema"] = json!("zuji/inventory@1");
    }
    Builder::document(serde_json::from_value(more).unwrap())
}

fn flow(id: &str, kind: &str, unit: &str) -> Value {
    json!({"id": id, "name": id, "kind": kind, "unit": unit})
}

/// A process that makes one unit of a flow and uses others: flow, amount, provider.
fn process(id: &str, location: Option<&str>, makes: &str, uses: &[(&str, f64, Option<&str>)]) -> Value {
    let mut exchanges = vec![json!({"flow": makes, "direction": "output", "amount": 1, "reference": true})];
    exchanges.extend(uses.iter().map(
        |(flow, amount, provider)| json!({"flow": flow, "direction": "input", "amount": amount, "provider": provider}),
    ));
    json!({"id": id, "name": id, "location": location, "exchanges": exchanges})
}

fn assemble(inventory: &Inventory, links: Vec<LinkDecision>) -> Assembly {
    let document =
        LinkingDocument { schema: "zuji/linking@1".into(), database: "t".into(), links, ..Default::default() };
    inventory.assemble(&UnitTable::standard(), &document)
}

fn decision(flow: &str, process: Option<&str>, provider: Option<&str>) -> LinkDecision {
    LinkDecision {
        flow: flow.into(),
        name: None,
        process: process.map(str::to_string),
        provider: provider.map(str::to_string),
        product: None,
        why: None,
    }
}

/// Two makers of steel, in CN and DE, and users in several places.
fn steel() -> Inventory {
    document(json!({
        "flows": [flow("steel", "product", "kg"), flow("car", "product", "piece"), flow("Steel ", "product", "kg")],
        "processes": [
            process("steel-cn", Some("CN"), "steel", &[]),
            process("steel-de", Some("DE"), "steel", &[]),
            process("car-cn", Some("CN"), "car", &[("steel", 2.0, None)]),
            process("car-fr", Some("FR"), "car", &[("steel", 3.0, None)]),
            process("car-de", Some("DE"), "car", &[("steel", 4.0, Some("steel-cn"))]),
            process("car-none", None, "car", &[("steel", 5.0, Some("gone"))]),
        ],
    }))
    .0
}

#[test]
fn by_source_then_by_place_then_a_question() {
    let inventory = steel();
    let assembly = assemble(&inventory, Vec::new());
    let how: Vec<(u32, LinkedBy)> = assembly.links.linked().collect();
    assert_eq!(how, [(3, LinkedBy::SameLocation), (7, LinkedBy::Source)]);
    let provider = |exchange| {
        let column = assembly.links.provider(exchange)?;
        Some(&*inventory.processes()[assembly.links.columns[column as usize].process as usize].id)
    };
    assert_eq!((provider(3), provider(5), provider(7), provider(9)), (Some("steel-cn"), None, Some("steel-cn"), None));
    let open = &assembly.report.open;
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|one| one.why == "several-providers" && one.candidates.len() == 2));
    assert_eq!(open[0].suggestion.as_ref().unwrap().why.as_deref(), Some("newest"));
    assert_eq!(open[0].amount.unwrap().get(), 3.0);
    assert!(assembly.findings.has("I403"));
    assert_eq!(assembly.report.linked_share(), Some(0.5));
    // What the rule chose can be written down, and means the same then.
    let kept = assembly.links.decisions(&inventory);
    assert_eq!((kept.len(), kept[0].why.as_deref()), (1, Some("same-location")));
    assert_eq!(assemble(&inventory, kept).system, assembly.system);
}

#[test]
fn decisions_come_first_and_stale_ones_are_told() {
    let inventory = steel();
    let links = vec![
        decision("steel", None, Some("steel-de")),
        decision("steel", Some("car-fr"), None),
        decision("nothing", None, None),
        decision("steel", Some("nobody"), None),
        decision("steel", None, Some("car-cn")),
    ];
    let assembly = assemble(&inventory, links);
    let how: Vec<LinkedBy> = assembly.links.linked().map(|(_, how)| how).collect();
    assert_eq!(how, [LinkedBy::Decision; 3]);
    assert_eq!((assembly.report.open.len(), assembly.report.open[0].why), (1, "decided"));
    assert_eq!(assembly.findings.iter().filter(|finding| finding.code() == "I405").count(), 3);
    let other = LinkingDocument { database: "other".into(), ..Default::default() };
    assert!(inventory.assemble(&UnitTable::standard(), &other).findings.has("I404"));
    let allocation = serde_json::from_value(json!({"processes": [{"process": "nobody", "rule": "equal"}]})).unwrap();
    let choice = LinkingDocument { allocation, ..Default::default() };
    assert!(inventory.assemble(&UnitTable::standard(), &choice).findings.has("I406"));
}

#[test]
fn names_only_suggest() {
    let (inventory, _) = document(json!({
        "flows": [flow("a", "product", "kg"), {"id": "b", "name": "A ", "kind": "product", "unit": "kg"}, flow("c", "product", "kg")],
        "processes": [process("pa", None, "a", &[]), process("pc", None, "c", &[("b", 1.0, None)])],
    }));
    let assembly = assemble(&inventory, Vec::new());
    let open = &assembly.report.open[0];
    assert_eq!(open.why, "no-provider");
    let suggestion = open.suggestion.clone().unwrap();
    assert_eq!((suggestion.provider.as_deref(), suggestion.product.as_deref()), (Some("pa"), Some("a")));
    assert_eq!(suggestion.why.as_deref(), Some("only-by-name"));
    // Taken as it is, the suggestion links.
    let assembly = assemble(&inventory, vec![suggestion]);
    assert!(assembly.report.open.is_empty());
    assert!(assembly.system.a.iter().any(|entry| entry == (0, 1, -1.0)));
}

#[test]
fn loops_and_self_use_are_kept() {
    let (inventory, _) = document(json!({
        "flows": [flow("a", "product", "kg")],
        "processes": [process("p", None, "a", &[("a", 0.25, None)])],
    }));
    let assembly = assemble(&inventory, Vec::new());
    let a: Vec<_> = assembly.system.a.iter().collect();
    assert_eq!(a, [(0, 0, 1.0), (0, 0, -0.25)]);
    assert_eq!(assembly.system.a.origins, [0, 1]);
}

#[test]
fn amounts_are_converted_or_listed() {
    let (inventory, _) = document(json!({
        "units": [{"symbol": "in", "group": "length", "factor": 0.02}, {"symbol": "m", "group": "length", "factor": 1}],
        "flows": [flow("wire", "product", "m"), flow("power", "product", "MJ"), flow("co2", "emission", "kg"), flow("x", "product", "kg")],
        "processes": [process("wire", None, "wire", &[]), process("power", None, "power", &[]), {"id": "x", "name": "x", "exchanges": [
            {"flow": "x", "direction": "output", "amount": 1, "unit": "t", "reference": true},
            {"flow": "power", "direction": "input", "amount": 2, "unit": "kWh"},
            {"flow": "wire", "direction": "input", "amount": 100, "unit": "in"},
            {"flow": "wire", "direction": "input", "amount": 100, "unit": "kg"},
            {"flow": "co2", "direction": "output", "amount": 3, "unit": "lb"},
            {"flow": "co2", "direction": "output", "amount": 3, "unit": "lb"},
            {"flow": "co2", "direction": "output", "amount": 3, "unit": "m3"},
            {"flow": "co2", "direction": "output", "amount": 3, "formula": "1/0"}]}],
    }));
    let assembly = assemble(&inventory, Vec::new());
    let a: Vec<_> = assembly.system.a.iter().filter(|(_, column, _)| *column == 2).collect();
    assert_eq!(a, [(2, 2, 1000.0), (1, 2, -7.2), (0, 2, -2.0)]);
    let b: Vec<_> = assembly.system.b.iter().collect();
    let pounds = 3.0 * 0.453_592_37;
    assert_eq!(b, [(0, 2, pounds), (0, 2, pounds)]);
    let why: Vec<&str> = assembly.report.open.iter().map(|one| one.why).collect();
    assert_eq!(why, ["unit", "unit", "amount"]);
    for code in ["I407", "I408", "I409", "I411", "I602"] {
        assert!(assembly.findings.has(code), "{code}");
    }
    assert_eq!(assembly.report.duplicated[0].exchanges, [4, 5]);
    assert_eq!(assembly.report.units[0].exact.get(), 0.0254);
}

#[test]
fn a_provider_without_an_amount_provides_nothing() {
    let (inventory, _) = document(json!({
        "flows": [flow("a", "product", "kg"), flow("b", "product", "kg")],
        "processes": [
            {"id": "pa", "name": "pa", "exchanges": [{"flow": "a", "direction": "output", "amount": 0, "reference": true}]},
            process("pb", None, "b", &[("a", 1.0, Some("pb"))])],
    }));
    let assembly = assemble(&inventory, Vec::new());
    assert!(assembly.findings.has("I601") && assembly.findings.has("I402") && assembly.findings.has("I401"));
    assert_eq!(assembly.report.open[0].why, "provider-unusable");
    assert_eq!(assembly.system.activities.len(), 1);
}

#[test]
fn a_flow_without_a_factor_is_listed() {
    let (inventory, _) = document(json!({
        "flows": [flow("p", "product", "kg"),
            {"id": "co2", "name": "Carbon dioxide, fossil", "kind": "emission", "unit": "t", "category": "air/urban"},
            {"id": "ch4", "name": "Methane, biogenic", "kind": "emission", "unit": "kg", "category": "air"},
            {"id": "uptake", "name": "Carbon dioxide, in air", "kind": "resource", "unit": "kg", "category": "resource/air"},
            {"id": "r134", "name": "Ethane, 1,1,1,2-tetrafluoro-, HFC-134a", "cas": "000811-97-2", "kind": "emission", "unit": "kg", "category": "air"},
            {"id": "lead", "name": "Lead", "kind": "emission", "unit": "kg", "category": "water"},
            {"id": "odd", "name": "Methane, fossil", "kind": "emission", "unit": "m3", "category": "air"},
            {"id": "coal", "name": "Coal", "kind": "resource", "unit": "kg", "category": "resource/in ground"}],
        "impacts": [{"id": "use", "name": "resources", "unit": "MJ", "source": "test", "factors": [{"flow": "coal", "amount": 20, "unit": "g"}]}],
        "processes": [{"id": "p", "name": "p", "exchanges": [
            {"flow": "p", "direction": "output", "amount": 1, "reference": true},
            {"flow": "co2", "direction": "output", "amount": 1}, {"flow": "ch4", "direction": "output", "amount": 1},
            {"flow": "uptake", "direction": "input", "amount": 1}, {"flow": "r134", "direction": "output", "amount": 1},
            {"flow": "lead", "direction": "output", "amount": 7}, {"flow": "odd", "direction": "output", "amount": 1},
            {"flow": "coal", "direction": "input", "amount": 2}]}],
    }));
    let mut assembly = assemble(&inventory, Vec::new());
    let units = UnitTable::standard();
    let sets = zuji_factors::gwp_sets().unwrap();
    let (missing, found) = characterise_set(&mut assembly.system, &inventory, &units, sets.find("AR6").unwrap());
    let c: Vec<_> = assembly.system.c.iter().collect();
    assert_eq!(c, [(0, 0, 1000.0), (0, 1, 27.0), (0, 2, 0.0), (0, 3, 1530.0)]);
    let likely: Vec<(&str, bool)> = missing.iter().map(|one| (one.flow.as_str(), one.likely)).collect();
    assert_eq!(likely, [("lead", false), ("odd", true), ("coal", false)]);
    assert_eq!(missing[0].amount.get(), 7.0);
    assert!(found.has("I412"));
    characterise_own(&mut assembly.system, &inventory, &units);
    // 20 MJ per gram extracted: B has −2 kg, so C has −20,000 and h is +40,000.
    assert!(assembly.system.c.iter().any(|entry| entry == (1, 6, -20_000.0)));
}

#[test]
fn what_does_not_fit_is_a_finding_at_its_place() {
    let (_, found) = document(json!({
        "schema": "zuji/inventory@9",
        "flows": [flow("a", "product", "kg"), flow("a", "waste", "kg")],
        "parameters": [{"name": "x", "formula": "y"}, {"name": "y", "formula": "x"}, {"name": "z", "amount": 1}, {"name": "Z", "amount": 2}],
        "processes": [
            {"id": "p", "name": "p", "exchanges": [
                {"flow": "a", "direction": "output", "amount": 1},
                {"flow": "b", "direction": "input", "amount": 1, "formula": "2 +"},
                {"flow": "a", "direction": "input", "amount": 1, "formula": "x"},
                {"flow": "a", "direction": "input", "amount": 1, "formula": "1/0"},
                {"flow": "a", "direction": "input", "amount": 1, "formula": "1+1"}]},
            {"id": "p", "name": "q", "exchanges": []}],
    }));
    for code in ["I301", "I302", "I303", "I305", "I306", "I307", "I308", "I309", "I310", "I311", "I312"] {
        let finding =
            found.iter().find(|finding| finding.code() == code).unwrap_or_else(|| panic!("{code}: {found:?}"));
        assert!(!finding.places().is_empty(), "{code}");
        for language in [Language::En, Language::Zh] {
            assert!(!finding.found(language).contains('–'), "{}", finding.found(language));
        }
    }
}

#[test]
fn what_json_ld_cannot_say_is_a_finding() {
    let read = read_json_ld(
        &files(&[
            ("unit_groups/u.json", r#"{"@id":"u","name":"Units","units":[{"@id":"kg","name":"kg","isRefUnit":true,"conversionFactor":1},{"@id":"z","name":"zz","conversionFactor":0}]}"#),
            ("flow_properties/m.json", r#"{"@id":"m","name":"Mass","unitGroup":{"@id":"u"}}"#),
            ("flows/f.json", r#"{"@id":"f","name":"f"}"#),
            ("lcia_categories/i.json", r#"{"@id":"i","name":"i","impactFactors":[{"flow":{"@id":"f"},"value":1,"location":{"@id":"l"}}]}"#),
            ("processes/p.json", r#"{"@id":"p","name":"p","exchanges":[{"isQuantitativeReference":true,"amount":1,"flow":{"@id":"f"}}],
                "allocationFactors":[{"allocationType":"PHYSICAL_ALLOCATION","value":0.5}]}"#),
        ]),
        head("t"),
        &LciLimits::default(),
        &mut |_| (),
    )
    .unwrap();
    for code in ["I705", "I706", "I707", "I708"] {
        assert!(read.findings.has(code), "{code}");
    }
}

#[test]
fn an_inventory_and_its_decisions_are_documents() {
    let text = "
schema: zuji/inventory@1
database: {id: 玩具, name: toy, version: '1', source: test, licence: CC0}
flows:
  - {id: steel, name: 钢, kind: product, unit: kg}
processes:
  - id: mill
    name: 钢厂
    period: '2020'
    exchanges:
      - {flow: steel, direction: output, amount: 2, reference: true}
";
    let (inventory, found) = read_inventory(text.as_bytes(), "toy.yaml", &Limits::default()).unwrap();
    assert!(found.is_empty());
    assert_eq!((&*inventory.processes()[0].name, inventory.exchanges()[0].amount), ("钢厂", 2.0));
    let text = "schema: zuji/linking@1\ndatabase: 玩具\nlinks:\n  - {flow: steel, provider: mill, why: 唯一}\n";
    let linking = read_linking(text.as_bytes(), "linking.yaml", &Limits::default()).unwrap();
    assert_eq!(linking.links[0].provider.as_deref(), Some("mill"));
    let wrong = text.replace("linking@1", "linking@2");
    assert_eq!(read_linking(wrong.as_bytes(), "linking.yaml", &Limits::default()).unwrap_err().code(), "E120");
    assert_eq!(read_linking(b"schema: zuji/linking@1\nx: 1", "l", &Limits::default()).unwrap_err().code(), "Y102");
}
