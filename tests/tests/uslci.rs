//! The US LCI database, as it is published, through the importer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::OnceLock;
use zuji_core::diagnostic::Severity;
use zuji_core::inventory::{Assembly, Direction, FlowKind, Inventory, LinkingDocument};
use zuji_core::quantity::UnitTable;
use zuji_tests::databases::uslci;

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
    println!("{:#?}", report.counts);
    for finding in assembled().findings.iter() {
        println!("{} {}", finding.code(), finding.found(zuji_core::diagnostic::Language::En));
    }
    println!("{} {} {}", assembled().system.activities.len(), assembled().system.a.len(), assembled().system.b.len());
}
