//! Hostile standards and bids: a clear error, no panic, no hang.

use crate::{DESKTOP, FOUR_BIDS, bid, bids, broken, codes, document, score, small, standard};
use zuji_core::standard::{Choice, Computations, OverlayDocument, Standard, Standing};
use zuji_formats::{Limits, read_bids, read_standard};

#[test]
fn ten_thousand_nested_overlays() {
    let mut text = small("") + "overlays: ";
    for _ in 0..10_000 {
        text += "[{id: o, overlays: ";
    }
    text += "[]";
    text += &"}]".repeat(10_000);
    let refused = read_standard(text.as_bytes(), "s.yaml", &Limits::default()).unwrap_err();
    assert_eq!(refused.code(), "S610");
    // As many beside each other, and nested within what the reader lets through.
    let list = format!("overlays:\n{}", "- {id: o}\n".repeat(10_000));
    assert_eq!(broken(&small(&list)), ["D112"]);
    let mut nested = OverlayDocument { id: "o".into(), ..OverlayDocument::default() };
    for _ in 0..20 {
        nested = OverlayDocument { id: "o".into(), overlays: vec![nested], ..OverlayDocument::default() };
    }
    let mut document = document(&small(""));
    document.overlays.push(nested);
    let (standard, found) = Standard::new(document);
    assert!(standard.is_none() && found.has("D112"));
}

#[test]
fn a_curve_with_two_equal_points() {
    for (from, to) in [("[\"400\", \"6\"]", "[\"300\", \"6\"]"), ("[\"70\", \"3\"]", "[\"50\", \"3\"]")] {
        assert_eq!(broken(&DESKTOP.replace(from, to)), ["D108"]);
    }
}

#[test]
fn a_price_of_zero_divides_nothing() {
    for price in ["0", "0.00", "-1", "零", "1e999999999", "NaN", "４０００", "1/0"] {
        let mut tender = bids(FOUR_BIDS);
        tender.bids[2].price = Some(price.into());
        let (result, found) = score(&standard(DESKTOP), &tender);
        assert_eq!(bid(&result, "C").outcome, Standing::Invalid, "{price}");
        assert!(codes(&found).contains(&"A101"));
        assert_eq!(result.ranking, ["A", "B"]);
        assert_eq!(bid(&result, "A").total.as_deref(), Some("87.20"));
    }
}

#[test]
fn a_date_before_the_first_value_and_outside_the_version() {
    let evaluate = |text: &str, date: Option<&str>| {
        let mut tender = bids(FOUR_BIDS);
        tender.dates.notice = date.map(str::to_string);
        let outcome = standard(text).evaluate(&tender, &Computations::default(), &Choice::default());
        codes(&outcome.unwrap_err())
    };
    let late = DESKTOP.replace("{from: 2026-01-01, value: \"520\"}", "{from: 2026-09-01, value: \"520\"}");
    assert_eq!(evaluate(&late, Some("2026-06-01")), ["D114"]);
    assert_eq!(evaluate(DESKTOP, Some("2025-12-31")), ["D115"]);
    assert_eq!(evaluate(DESKTOP, Some("2029-01-01")), ["D115"]);
    assert_eq!(evaluate(DESKTOP, Some("二〇二六年")), ["D102"]);
    assert_eq!(evaluate(DESKTOP, None), ["D116"]);
    assert_eq!(evaluate(&DESKTOP.replace("status: draft", "status: withdrawn"), Some("2026-06-01")), ["D115"]);
}

#[test]
fn numbers_that_are_none() {
    for text in ["1e999999999", "五百二十", "５２０", "0x208", "nan", ".inf", "520 kg", "''"] {
        let found = broken(&DESKTOP.replace("value: \"520\"", &format!("value: {text}")));
        assert_eq!(found, ["D101"], "{text}");
    }
    // A plain number keeps its text: no double stands between.
    let plain = DESKTOP.replace("value: \"520\"", "value: 520.0000000000000000000000001");
    let (result, _) = score(&standard(&plain), &bids(FOUR_BIDS));
    assert_eq!(bid(&result, "A").gates[0].limit, "520.0000000000000000000000001");
    // JSON numbers are read by their text as well.
    let json = r#"{"schema":"zuji/bids@1","dates":{"notice":"2026-06-01"},"bids":[{"id":"A","price":0.1000000000000000000001}]}"#;
    let (tender, _) = read_bids(json.as_bytes(), "b.json", &Limits::default()).unwrap();
    assert_eq!(tender.bids[0].price.as_ref().unwrap().0, "0.1000000000000000000001");
    // Where a number cannot be told from its double it must be quoted.
    let text = DESKTOP.replace("E1: \"1.10\"", "E1: 1.10");
    assert_eq!(read_standard(text.as_bytes(), "s.yaml", &Limits::default()).unwrap_err().code(), "Y102");
}

#[test]
fn broken_bids_break_no_other() {
    let mut tender = bids(FOUR_BIDS);
    tender.bids[3].id = "C".into();
    let (result, found) = score(&standard(DESKTOP), &tender);
    assert!(codes(&found).contains(&"A102"));
    assert_eq!(result.ranking, ["A", "B"]);
    let mut tender = bids(FOUR_BIDS);
    tender.bids[2].values.insert("tec_kwh".into(), "many".into());
    let (result, _) = score(&standard(DESKTOP), &tender);
    assert_eq!(bid(&result, "C").outcome, Standing::Invalid);
    let mut tender = bids(FOUR_BIDS);
    tender.bids[2].currency = Some("EUR".into());
    assert_eq!(bid(&score(&standard(DESKTOP), &tender).0, "C").outcome, Standing::Invalid);
    let empty = bids("schema: zuji/bids@1\ndates: {notice: 2026-06-01}\nbids: []\n");
    let (result, _) = score(&standard(DESKTOP), &empty);
    assert!(result.winner.is_none() && result.ranking.is_empty());
}

#[test]
fn text_of_a_bid_steers_no_terminal() {
    let mut tender = bids(FOUR_BIDS);
    tender.bids[3].id = "D\u{1b}[31m\u{202e}".into();
    let (_, found) = score(&standard(DESKTOP), &tender);
    for finding in found.iter() {
        let text = finding.found(zuji_core::diagnostic::Language::Zh);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
}
