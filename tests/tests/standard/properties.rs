//! Properties over random standards and bids (design §8).

use crate::{DESKTOP, bid, bids, document, score, standard};
use proptest::prelude::*;
use zuji_core::math::{Rational, read_decimal};
use zuji_core::standard::{Bid, BidsDocument, DatedValue, OverlayDocument, ParameterDocument, Standard, Standing};

/// A standard with random limits, curve and weights, in whole numbers of tenths.
fn any_standard() -> impl Strategy<Value = Standard> {
    (200u32..900, 1u32..20, prop::collection::vec((1u32..500, 0u32..30), 1..5), any::<bool>(), 0u32..3).prop_map(
        |(limit, weight, steps, stepped, rule)| {
            let (mut x, mut points) = (limit / 4, u64::from(weight) * 10);
            let mut corners = vec![format!("[\"{x}\", \"{}\"]", tenths(points))];
            for (dx, drop) in steps {
                x += dx;
                points = points.saturating_sub(u64::from(drop));
                corners.push(format!("[\"{x}\", \"{}\"]", tenths(points)));
            }
            let list = corners.join(", ");
            let curve = if stepped {
                format!("{{type: step, le: [{list}], else: \"0\"}}")
            } else {
                format!("{{type: piecewise-linear, points: [{list}], clamp: true}}")
            };
            let price = ["cn87-lowest", "lowest-evaluated", "linear"][rule as usize];
            let text = DESKTOP
                .replace("{type: piecewise-linear, points: [[\"300\", \"10\"], [\"400\", \"6\"], [\"480\", \"0\"]], clamp: true}", &curve)
                .replace("weight: \"10\"", &format!("weight: \"{weight}\""))
                .replace("value: \"520\"", &format!("value: \"{limit}\""))
                .replace(
                    "method: cn87-lowest, weight: \"40\"",
                    &format!("method: {price}, weight: \"40\", floor: \"1\", ceiling: \"1000000\""),
                );
            standard(&text)
        },
    )
}

fn tenths(value: u64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn any_bid(id: usize) -> impl Strategy<Value = Bid> {
    let kind = prop::sample::select(vec!["none", "commitment-letter", "test-report", "verified-pcf"]);
    (1u64..1_000_000, 0u64..90_000, 0u32..120, 0u32..46, kind, any::<bool>()).prop_map(
        move |(price, pcf, tec, technical, kind, small)| {
            let evidence = evidence(id, kind);
            let size = if small { "small" } else { "large" };
            let text = format!(
                "schema: zuji/bids@1\nbids: [{{id: b{id}, price: \"{}\", model: M, bidder: {{size: {size}}}, \
                 footprint: {{value: \"{}\"}}, values: {{tec_kwh: \"{tec}\", panel_score: \"{technical}\"}}, \
                 evidence: [{evidence}]}}]",
                tenths(price),
                tenths(pcf)
            );
            bids(&text).bids.remove(0)
        },
    )
}

fn evidence(id: usize, kind: &str) -> String {
    match kind {
        "none" => String::new(),
        kind => format!("{{for: pcf, type: {kind}, issuer: I, number: N-{id}, model: M, valid_to: 2027-12-31}}"),
    }
}

fn tender(list: Vec<Bid>) -> BidsDocument {
    let mut document = bids(crate::FOUR_BIDS);
    document.bids = list;
    document
}

fn any_tender() -> impl Strategy<Value = BidsDocument> {
    (any_bid(0), any_bid(1), any_bid(2), any_bid(3)).prop_map(|(a, b, c, d)| tender(vec![a, b, c, d]))
}

fn number(text: Option<&String>) -> Option<Rational> {
    text.and_then(|text| read_decimal(text).ok())
}

/// What a bid's own values earn: points without the price, and its evaluated price.
fn own(standard: &Standard, bids: &BidsDocument, id: &str) -> Option<(Rational, Option<Rational>)> {
    let (result, _) = score(standard, bids);
    let bid = bid(&result, id);
    (bid.outcome == Standing::Ranked).then(|| {
        let points = bid.indicators.iter().filter_map(|one| number(one.points.as_ref())).sum();
        (points, number(bid.price.as_ref().map(|price| &price.evaluated)))
    })
}

/// Never worse: a bid that was ranked still is, with no fewer points and no higher evaluated price.
fn never_worse(before: Option<(Rational, Option<Rational>)>, after: Option<(Rational, Option<Rational>)>) -> bool {
    match (before, after) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((points, price)), Some((now, price_now))) => now >= points && price_now <= price,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_lower_footprint_never_loses(standard in any_standard(), list in any_tender(), less in 0u64..90_000) {
        let before = own(&standard, &list, "b0");
        let mut lower = list.clone();
        let footprint = lower.bids[0].footprint.as_mut().unwrap();
        let value = read_decimal(&footprint.value.as_ref().unwrap().0).unwrap();
        let other = read_decimal(&tenths(less)).unwrap();
        if other <= value {
            footprint.value = Some(tenths(less).as_str().into());
            prop_assert!(never_worse(before, own(&standard, &lower, "b0")));
        }
    }

    #[test]
    fn more_evidence_never_loses(standard in any_standard(), list in any_tender()) {
        let kinds = ["none", "commitment-letter", "test-report", "verified-pcf"];
        let with = |kind: &str| {
            let mut list = list.clone();
            let text = format!("schema: zuji/bids@1\nbids: [{{id: x, evidence: [{}]}}]", evidence(0, kind));
            list.bids[0].evidence = bids(&text).bids.remove(0).evidence;
            own(&standard, &list, "b0")
        };
        for pair in kinds.windows(2) {
            prop_assert!(never_worse(with(pair[0]), with(pair[1])), "{} to {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_failing_bid_changes_nothing(standard in any_standard(), list in any_tender(), fail in any_bid(9)) {
        let mut failing = fail;
        failing.footprint.as_mut().unwrap().value = Some("1000000".into());
        failing.evidence = bids(&format!("schema: zuji/bids@1\nbids: [{{id: x, evidence: [{}]}}]", evidence(9, "verified-pcf"))).bids.remove(0).evidence;
        // Even the default for missing evidence must not let it in.
        let mut more = list.clone();
        more.bids.insert(2, failing);
        let (before, _) = score(&standard, &list);
        let (after, _) = score(&standard, &more);
        prop_assume!(bid(&after, "b9").outcome != Standing::Ranked);
        prop_assert_eq!(&before.ranking, &after.ranking);
        for bid in &before.bids {
            let same = after.bids.iter().find(|other| other.id == bid.id).unwrap();
            prop_assert_eq!(serde_json::to_value(bid).unwrap(), serde_json::to_value(same).unwrap());
        }
        prop_assert_eq!(serde_json::to_value(&before.insight).unwrap(), serde_json::to_value(&after.insight).unwrap());
    }

    #[test]
    fn permuting_bids_changes_no_ranking(standard in any_standard(), list in any_tender(), turn in 0usize..4) {
        let mut other = list.clone();
        other.bids.rotate_left(turn);
        other.bids.swap(0, 1);
        let (a, b) = (score(&standard, &list).0, score(&standard, &other).0);
        prop_assert_eq!(&a.ranking, &b.ranking);
        prop_assert_eq!(&a.winner, &b.winner);
        for bid_ in &a.bids {
            prop_assert_eq!(&bid_.total, &bid(&b, &bid_.id).total);
        }
    }

    #[test]
    fn scaling_all_prices_changes_no_ranking(list in any_tender(), factor in 1u64..10_000) {
        let standard = standard(DESKTOP);
        let mut scaled = list.clone();
        for bid in &mut scaled.bids {
            let price = read_decimal(&bid.price.as_ref().unwrap().0).unwrap();
            let price = price * read_decimal(&tenths(factor)).unwrap();
            bid.price = Some(zuji_core::math::decimal_text(&price).as_str().into());
        }
        let (a, b) = (score(&standard, &list).0, score(&standard, &scaled).0);
        prop_assert_eq!(&a.ranking, &b.ranking);
        for bid_ in &a.bids {
            prop_assert_eq!(&bid_.total, &bid(&b, &bid_.id).total);
        }
    }

    #[test]
    fn an_overlay_only_tightens(list in any_tender(), values in prop::collection::vec(100u32..600, 1..4)) {
        let mut document = document(DESKTOP);
        let years = ["2026-01-01", "2027-01-01", "2028-01-01"];
        let values = values.iter().zip(years).map(|(value, from)| DatedValue {
            from: from.into(),
            value: value.to_string().as_str().into(),
        });
        let parameter = ParameterDocument { values: values.collect(), ..ParameterDocument::default() };
        let parameters = [("limit".to_string(), parameter)].into();
        document.overlays = vec![OverlayDocument { id: "o".into(), parameters, ..OverlayDocument::default() }];
        let (with, found) = Standard::new(document);
        match with {
            None => prop_assert!(found.has("D113")),
            Some(with) => {
                for date in ["2026-06-01", "2027-01-01", "2028-12-31"] {
                    let mut list = list.clone();
                    list.dates.notice = Some(date.into());
                    let (base, over) = (score(&standard(DESKTOP), &list).0, score(&with, &list).0);
                    for id in &over.ranking {
                        prop_assert!(base.ranking.contains(id), "{id} passes the overlay and not the base");
                    }
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let limits = zuji_formats::Limits::default();
        let _ = zuji_formats::read_standard(text.as_bytes(), "s.yaml", &limits);
        let changed = DESKTOP.replace("80", &text).replace("advantage", &text);
        if let Ok((document, _)) = zuji_formats::read_standard(changed.as_bytes(), "s.yaml", &limits) {
            let (standard, _) = Standard::new(document);
            if let Some(standard) = standard {
                let _ = standard.lint();
                let _ = standard.run_vectors();
            }
        }
    }
}
