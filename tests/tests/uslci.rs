//! The US LCI database, as it is published, through the importer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::OnceLock;
use zuji_core::diagnostic::Severity;
use zuji_core::inventory::{Assembly, Direction, FlowKind, Inventory, LinkingDocument, characterise_set};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{Files, LciLimits, Source, read_json_ld};
use zuji_tests::databases::{head, uslci, uslci_files};

fn database() -> &'static Inventory {
    &uslci().inventory
}

#[test]
fn everything_arrives() {
    let inventory = database();
    assert_eq!(inventory.processes().len(), 766);
    assert_eq!(inventory.flows().len(), 4601);
    assert_eq!(inventory.exchanges().len(), 32_526);
    assert!(inventory.processes().iter().all(|process| process.reference().is_some()));
    assert_eq!(inventory.flows().iter().filter(|flow| flow.kind == FlowKind::Waste).count(), 24);
    assert_eq!(inventory.flows().iter().filter(|flow| flow.kind == FlowKind::Product).count(), 1659);
    assert!(inventory.flows().iter().all(|flow| !flow.unit.is_empty() && flow.name.trim() == &*flow.name));
    let counted = |field: fn(&Inventory, usize) -> bool| {
        (0..inventory.exchanges().len()).filter(|&at| field(inventory, at)).count()
    };
    assert_eq!(counted(|inventory, at| inventory.formula(at).is_some()), 259);
    assert_eq!(counted(|inventory, at| inventory.comment(at).is_some()), 6694); // 56 more are blank
    assert_eq!(counted(|inventory, at| inventory.uncertainty(at).is_some_and(|one| one.distribution.is_some())), 5539);
    assert_eq!(counted(|inventory, at| inventory.uncertainty(at).is_some_and(|one| one.pedigree.is_some())), 478);
    // 40 processes carry causal factors without a product; formulas of others give another amount than is stored.
    let found: Vec<_> = uslci().findings.iter().map(|finding| finding.code()).collect();
    assert_eq!(found.iter().filter(|code| **code == "I705").count(), 40);
    assert!(found.iter().all(|code| ["I705", "I311"].contains(code)), "{found:?}");
    assert_eq!(uslci().findings.count(Severity::Error), 0);
}

#[test]
fn the_blank_after_carbon_dioxide_costs_nothing() {
    let inventory = database();
    let named = |at: usize| &inventory.flows()[inventory.exchanges()[at].flow as usize];
    let all: Vec<usize> =
        (0..inventory.exchanges().len()).filter(|&at| &*named(at).name == "Carbon dioxide, fossil").collect();
    assert_eq!(all.len(), 294);
    let one = all.iter().filter(|&&at| &*named(at).id == "63af114b-afcb-3a82-801a-9c66208a673a").count();
    assert_eq!(one, 283);
    assert!(all.iter().all(|&at| inventory.exchanges()[at].direction() == Direction::Output));
}

#[test]
fn one_symbol_means_one_unit() {
    let inventory = database();
    let mut symbols: Vec<&str> = inventory.units.iter().map(|unit| unit.symbol.as_str()).collect();
    let count = symbols.len();
    symbols.sort_unstable();
    symbols.dedup();
    assert_eq!(symbols.len(), count);
    for (symbol, factor) in [
        ("a [Units of time]", 365.0),
        ("a [Units of area]", 100.0),
        ("h [Units of length]", 0.1016),
        ("t*mi [Units of mass*length, 1.45]", 1.45),
        ("t*mi [Units of mass*length, 1.6]", 1.6),
        ("t*km", 1.0),
    ] {
        assert_eq!(inventory.units.iter().find(|unit| unit.symbol == symbol).unwrap().factor.get(), factor, "{symbol}");
    }
}

#[test]
fn places_times_and_classes_are_kept() {
    let inventory = database();
    let at = inventory.process("0073ee84-5cb1-3e11-b647-95e2e9d36c5b").unwrap();
    let process = &inventory.processes()[at];
    assert_eq!(&*process.name, "Electricity, at eGrid, SRVC, 2010");
    assert_eq!(process.location.as_deref(), Some("RNA"));
    assert_eq!(process.period.to_string(), "2010");
    assert!(process.category.ends_with("Utilities"), "{}", process.category);
    assert!(process.file.as_deref().unwrap().ends_with("processes/0073ee84-5cb1-3e11-b647-95e2e9d36c5b.json"));
    let reference = process.reference().unwrap();
    assert_eq!((inventory.exchanges()[reference].amount, inventory.unit(reference)), (1.0, "kWh"));
}

/// The database, put together without any decision.
fn assembled() -> &'static Assembly {
    static DONE: OnceLock<Assembly> = OnceLock::new();
    DONE.get_or_init(|| database().assemble(&UnitTable::standard(), &LinkingDocument::default()))
}

#[test]
fn what_is_cut_off_is_listed_in_full() {
    let report = &assembled().report;
    let cut: Vec<_> = report.open.iter().filter(|one| one.cut_off_at_source).collect();
    assert_eq!(cut.len(), 2444);
    assert!(cut.iter().all(|one| one.why == "no-provider" && one.flow.name.starts_with("CUTOFF")));
    let suggestion = cut[0].suggestion.as_ref().unwrap();
    assert_eq!((suggestion.provider.as_deref(), suggestion.why.as_deref()), (None, Some("cut-off-at-source")));
    for (what, count) in [("exchanges", 32_526), ("needs", 6557), ("cut-off-at-source", 2444), ("elementary", 24_950)] {
        assert_eq!(report.counts[what], count, "{what}");
    }
    let linked: u64 = report.counts.iter().filter(|(what, _)| what.starts_with("linked-by")).map(|(_, n)| n).sum();
    assert_eq!(linked + report.counts["needs-unmet"], 6557);
    assert!(["I402", "I403", "I408", "I411", "I503"].iter().all(|code| assembled().findings.has(code)));
}

#[test]
fn every_process_with_several_products_has_its_rule_written_down() {
    let report = &assembled().report;
    let several = report.divided.iter().filter(|one| one.rule.is_some()).count();
    assert_eq!(several as u64, report.counts["divided"]);
    for one in &report.divided {
        let sum: f64 = one.products.iter().map(|(_, share)| share.get()).sum();
        assert!((sum - 1.0).abs() <= 1e-12, "{}", one.process.name);
    }
    for division in &assembled().divisions {
        let sum: f64 = division.shares.iter().sum();
        assert!((sum - 1.0).abs() <= 1e-12);
    }
}

#[test]
fn nothing_leaves_the_system_unlisted() {
    let (inventory, assembly) = (database(), assembled());
    let mut seen = vec![false; inventory.exchanges().len()];
    for &origin in assembly.system.a.origins.iter().chain(&assembly.system.b.origins) {
        seen[origin as usize] = true;
    }
    for one in &assembly.report.open {
        let process = &inventory.processes()[inventory.process(&one.process.id).unwrap()];
        seen[process.exchanges().start + one.exchange as usize] = true;
    }
    let lost: Vec<usize> = (0..seen.len()).filter(|&at| !seen[at]).collect();
    // Every exchange is an entry with its origin or an entry of the report.
    assert_eq!(lost, Vec::<usize>::new());
}

#[test]
fn carbon_dioxide_of_coal_power() {
    let inventory = database();
    let mut system = assembled().system.clone();
    let sets = zuji_factors::gwp_sets().unwrap();
    let (missing, _) =
        characterise_set(&mut system, inventory, &UnitTable::standard(), sets.find("AR6-GWP100@2021").unwrap());
    let factors: Vec<(&str, &str, f64)> = system
        .c
        .iter()
        .map(|(_, flow, value)| (&*system.flows[flow as usize].name, &*system.flows[flow as usize].category, value))
        .collect();
    let value = |name: &str| factors.iter().find(|(own, ..)| *own == name).map(|(.., value)| *value);
    for (name, expected) in [
        ("Carbon dioxide, fossil", 1.0),
        ("Carbon dioxide, biogenic", 0.0),
        ("Carbon dioxide, in air", 0.0),
        ("Methane, fossil", 29.8),
        ("Methane, biogenic", 27.0),
        ("Nitrous oxide", 273.0),
        ("Dinitrogen monoxide", 273.0),
        ("Sulfur hexafluoride", 25_200.0),
        ("Methane, tetrachloro-, CFC-10", 2200.0),
        ("Methane, chlorodifluoro-, HCFC-22", 1960.0),
        ("Nitrogen fluoride", 17_400.0),
    ] {
        assert_eq!(value(name), Some(expected), "{name}");
    }
    // No poison and no ozone precursor is taken for a greenhouse gas.
    for name in ["Carbon monoxide, fossil", "Nitrogen oxides", "Hydrocarbons (other than methane)", "Methanol"] {
        assert_eq!(value(name), None, "{name}");
        assert!(missing.iter().any(|one| one.name == name), "{name}");
    }
    assert!(missing.iter().all(|one| !one.likely));
    let mut by_flow = vec![0.0; system.flows.len()];
    system.c.iter().for_each(|(_, flow, value)| by_flow[flow as usize] = value);
    let direct = |id: &str| {
        let column = system.activity(id).unwrap();
        let output: f64 = system
            .a
            .iter()
            .filter(|(row, at, _)| *row as usize == column && *at as usize == column)
            .map(|(.., value)| value)
            .sum();
        let co2e: f64 = system
            .b
            .iter()
            .filter(|(_, at, _)| *at as usize == column)
            .map(|(flow, _, value)| by_flow[flow as usize] * value)
            .sum();
        // The row counts in MJ.
        co2e / output * 3.6
    };
    let bituminous = direct("66280f03-b26f-35c4-bda2-3d4a8652943a");
    let lignite = direct("5b26dd62-5ab0-3822-b39c-6aa187efc9e5");
    assert!((0.994..1.01).contains(&bituminous) && (1.088..1.11).contains(&lignite));
}

#[test]
fn threads_and_the_order_of_files_change_nothing() {
    let files = uslci_files();
    let limits = LciLimits::default();
    let backwards = Files::new(
        (0..files.names().len())
            .rev()
            .map(|at| (files.names()[at].clone(), files.read(at, &limits).unwrap().into_owned())),
    );
    for (threads, files) in [(1, &backwards), (3, &files)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let read = pool.install(|| read_json_ld(files, head("uslci"), &limits, &mut |_| ()).unwrap());
        let assembly = read.inventory.assemble(&UnitTable::standard(), &LinkingDocument::default());
        assert_eq!(assembly.system, assembled().system);
        let reports = [&assembly.report, &assembled().report].map(|report| serde_json::to_string(report).unwrap());
        assert_eq!(reports[0], reports[1]);
        let findings = [&read.findings, &uslci().findings].map(|found| serde_json::to_string(found).unwrap());
        assert_eq!(findings[0], findings[1]);
    }
}
