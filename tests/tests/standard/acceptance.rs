//! Acceptance: delivery against bid.

use crate::{DESKTOP, FOUR_BIDS, bids, score_at, standard};
use zuji_core::standard::{AcceptanceOutcome, BidsDocument, Stage};

fn deliver(fields: &str) -> BidsDocument {
    let text = FOUR_BIDS.replace("  - id: B\n", &format!("    delivered: {{{fields}}}\n  - id: B\n"));
    let mut tender = bids(&text);
    tender.dates.delivery = Some("2026-12-01".into());
    tender
}

const REPORT: &str =
    "evidence: [{for: pcf, type: test-report, issuer: I, number: T-9, model: T-100, valid_to: 2027-01-01}]";

fn accept(fields: &str) -> (AcceptanceOutcome, bool) {
    let (result, found) = score_at(&standard(DESKTOP), &deliver(fields), Stage::Acceptance);
    assert_eq!(result.ranking, ["A", "B", "C"], "the award stands as it was decided");
    assert_eq!(result.acceptance.len(), 1);
    (result.acceptance[0].clone(), found.has("A113"))
}

#[test]
fn as_bid_is_accepted() {
    let values = "values: {tec_kwh: \"60\", panel_score: \"40\"}";
    let (outcome, warned) = accept(&format!("footprint: {{value: \"272\"}}, {values}, {REPORT}"));
    // E2 has no factor of its own, so that of E1 holds: 272 × 1.10 = 299.2, better than the 300 bid.
    assert!(outcome.pass);
    assert_eq!(outcome.consequence, None);
    assert_eq!(outcome.differences.len(), 1);
    assert!(!outcome.differences[0].worse && warned);
}

#[test]
fn worse_than_bid_costs_what_the_advantage_was_worth() {
    let values = "values: {tec_kwh: \"60\", panel_score: \"40\"}";
    let (outcome, warned) = accept(&format!("footprint: {{value: \"320\"}}, {values}, {REPORT}"));
    // 320 × 1.10 = 352 earns 10 − 4 × 52/100 = 7.92 points: 2.08 lost × 4000² ÷ (40 × 3420) = 243.27, × 1.5 = 364.91.
    assert!(!outcome.pass && warned);
    let first = outcome.first_difference.unwrap();
    assert_eq!((first.at.as_str(), first.promised.as_str(), first.delivered.as_str()), ("G-pcf", "300", "352"));
    assert_eq!(outcome.points_lost, "2.08");
    assert_eq!(outcome.advantage, "243.27");
    assert_eq!(outcome.consequence.as_deref(), Some("364.91"));
    assert_eq!(outcome.shortfall, "52");
    assert!(!outcome.capped);
}

#[test]
fn the_cap_holds_it_down_and_another_model_is_the_first_difference() {
    let values = "values: {tec_kwh: \"95\", panel_score: \"40\"}";
    let (outcome, _) = accept(&format!("model: T-99, footprint: {{value: \"400\"}}, {values}, {REPORT}"));
    assert_eq!(outcome.first_difference.unwrap().at, "model");
    // The report is for T-100, so the footprint of T-99 is not proven and the default of 540 holds.
    assert_eq!(outcome.shortfall, "240");
    assert!(outcome.capped);
    assert_eq!(outcome.consequence.as_deref(), Some("400.00"));
}

#[test]
fn nothing_proven_and_nothing_comparable_are_worse() {
    let (outcome, _) = accept("values: {tec_kwh: \"60\", panel_score: \"40\"}");
    assert_eq!(outcome.first_difference.unwrap().delivered, "540");
    let other = "footprint: {value: \"1\", gwp_set: AR5}";
    let (outcome, _) = accept(other);
    assert!(!outcome.pass && outcome.first_difference.unwrap().delivered.contains("AR5"));
}
