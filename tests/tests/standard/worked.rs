//! The worked examples, to the printed digit.

use crate::{DESKTOP, FOUR_BIDS, bid, bids, score, standard};
use zuji_core::standard::{BidsDocument, Standing};

fn desktop_on(date: &str) -> BidsDocument {
    let mut tender = bids(FOUR_BIDS);
    tender.dates.notice = Some(date.into());
    tender
}

#[test]
fn example_a_to_the_printed_digit() {
    let (result, _) = score(&standard(DESKTOP), &desktop_on("2026-06-01"));
    let row = |id: &str| {
        let bid = bid(&result, id);
        let price = bid.price.as_ref().unwrap();
        let points: Vec<&str> = bid.indicators.iter().map(|one| one.points.as_deref().unwrap()).collect();
        let assessed = bid.footprint.as_ref().unwrap().assessed.clone().unwrap();
        let texts = [assessed, price.evaluated.clone(), price.points.clone().unwrap(), bid.total.clone().unwrap()];
        (texts.join(" "), points.join(" "))
    };
    assert_eq!(row("A"), ("300 4000 34.20 87.20".into(), "10.00 3.00 40.00".into()));
    assert_eq!(row("B"), ("440 3420 40.00 85.00".into(), "3.00 1.00 41.00".into()));
    assert_eq!(row("C"), ("500 3500 39.09 80.09".into(), "0.00 5.00 36.00".into()));
    let excluded = bid(&result, "D");
    assert_eq!(excluded.outcome, Standing::Excluded);
    assert_eq!(excluded.footprint.as_ref().unwrap().assessed.as_deref(), Some("540"));
    assert_eq!(result.insight.benchmark.as_deref(), Some("3420"));
    assert_eq!(result.ranking, ["A", "B", "C"]);
    assert!(result.guards.iter().all(|guard| guard.pass));
}

#[test]
fn example_a_diagnostics() {
    let (result, _) = score(&standard(DESKTOP), &desktop_on("2026-06-01"));
    let prices: Vec<&str> =
        bid(&result, "A").implied_carbon_price.iter().map(|one| one.per_tonne.as_deref().unwrap()).collect();
    assert_eq!(prices, ["4678.36", "8771.93"]);
    assert_eq!(result.insight.winner_without_carbon.as_deref(), Some("B"));
    assert!(result.insight.carbon_decides);
    assert_eq!(result.insight.cost_per_tonne_saved.as_deref(), Some("2000.00"));
    assert_eq!(bid(&result, "A").gates[0].margin.as_deref(), Some("220"));
}

#[test]
fn example_a_without_the_deduction() {
    let mut tender = desktop_on("2026-06-01");
    tender.bids[1].bidder.insert("size".into(), "large".into());
    let (result, _) = score(&standard(DESKTOP), &tender);
    let totals: Vec<_> = ["A", "B", "C"].map(|id| bid(&result, id).total.clone().unwrap()).into();
    assert_eq!(totals, ["88.00", "81.84", "81.00"]);
    let points: Vec<_> =
        ["A", "B", "C"].map(|id| bid(&result, id).price.as_ref().unwrap().points.clone().unwrap()).into();
    assert_eq!(points, ["35.00", "36.84", "40.00"]);
}

#[test]
fn example_a_without_carbon() {
    let text = DESKTOP
        .replace("weight: \"10\"", "weight: \"0\"")
        .replace("[[\"300\", \"10\"], [\"400\", \"6\"], [\"480\", \"0\"]]", "[[\"300\", \"0\"], [\"400\", \"0\"]]");
    let (result, _) = score(&standard(&text), &desktop_on("2026-06-01"));
    let totals: Vec<_> = ["B", "C", "A"].map(|id| bid(&result, id).total.clone().unwrap()).into();
    assert_eq!(totals, ["82.00", "80.09", "77.20"]);
    assert_eq!(result.winner.as_deref(), Some("B"));
}

#[test]
fn example_a_as_the_limit_tightens() {
    let standard = standard(DESKTOP);
    let ranked = |date: &str| {
        let (result, found) = score(&standard, &desktop_on(date));
        (result.ranking.join(" "), found.has("A108"))
    };
    assert_eq!(ranked("2026-12-31"), ("A B C".into(), false));
    // Right-continuous: the new limit holds on its first day. Two makers keep it, so the guard trips too.
    assert_eq!(ranked("2027-01-01"), ("A B".into(), true));
    assert_eq!(ranked("2028-01-01"), ("A B".into(), true));
    let values = [("limit".to_string(), zuji_core::math::read_decimal("400").unwrap())].into();
    let (result, found) = score(&standard.with_parameters(&values), &desktop_on("2026-06-01"));
    assert_eq!(result.ranking, ["A"]);
    assert_eq!(bid(&result, "A").total.as_deref(), Some("93.00"));
    assert!(found.has("A108"));
}

#[test]
fn the_strict_profile_scores_by_steps() {
    let text = DESKTOP.replace(
        "{type: piecewise-linear, points: [[\"300\", \"10\"], [\"400\", \"6\"], [\"480\", \"0\"]], clamp: true}",
        "{type: step, le: [[\"300\", \"10\"], [\"350\", \"8\"], [\"400\", \"6\"], [\"440\", \"3\"], [\"480\", \"1\"]], else: \"0\"}",
    );
    let (result, _) = score(&standard(&text), &desktop_on("2026-06-01"));
    let points: Vec<_> = ["A", "B", "C"].map(|id| bid(&result, id).indicators[0].points.clone().unwrap()).into();
    assert_eq!(points, ["10.00", "3.00", "0.00"]);
    // The step from 10 to 8 at A's price: 2 points × 4000² ÷ (40 × 3420).
    let first = &bid(&result, "A").implied_carbon_price[0];
    assert_eq!(first.notch.as_deref(), Some("233.92"));
}

fn data_centre(interpolation: &str, date: &str) -> zuji_core::standard::Assessment {
    let text = include_str!("../../../examples/tender-data-centre/standard.yaml")
        .replace("interpolation: hold # of the share", &format!("interpolation: {interpolation}"));
    let mut tender = bids(include_str!("../../../examples/tender-data-centre/bids.yaml"));
    tender.dates.notice = Some(date.into());
    score(&standard(&text), &tender).0
}

#[test]
fn example_c_hold_and_linear() {
    let pass = |interpolation: &str, date: &str| {
        let result = data_centre(interpolation, date);
        let offer = bid(&result, "offer");
        assert!(offer.gates.iter().all(|gate| gate.pass || gate.id == "G-re"), "{date}");
        offer.gates.iter().all(|gate| gate.pass)
    };
    let dates = ["2024-06-30", "2025-01-01", "2026-01-01", "2027-01-01"];
    assert_eq!(dates.map(|date| pass("hold", date)), [true, true, true, false]);
    assert_eq!(dates.map(|date| pass("linear", date)), [true, true, false, false]);
    let result = data_centre("linear", "2026-01-01");
    assert_eq!(bid(&result, "offer").gates[1].limit, "0.4");
    let result = data_centre("hold", "2024-06-30");
    assert_eq!(bid(&result, "offer").indicators[0].points.as_deref(), Some("54.40"));
}

#[test]
fn every_vector_of_the_library_passes() {
    let mut folders = vec![zuji_tests::program::root().join("standards")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let document = crate::document(&text);
                assert!(!document.vectors.is_empty() && !document.legal_basis.is_empty(), "{}", path.display());
                assert!(document.legal_basis.iter().all(|basis| basis.grade.as_deref() != Some("D")));
                let (outcomes, found) = standard(&text).run_vectors();
                let all: Vec<String> =
                    found.iter().map(|finding| finding.found(zuji_core::diagnostic::Language::En)).collect();
                assert!(outcomes.iter().all(|one| one.pass), "{}: {all:#?}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 15, "{seen}");
}
