//! Evidence, comparability, preferences, costs, overlays, versions, shares, feedback: one rule, one test.

use crate::{DESKTOP, FOUR_BIDS, bid, bids, codes, document, score, score_at, small, standard};
use zuji_core::standard::{
    Assessment, BidsDocument, Choice, Computations, Computed, FeedbackDocument, Level, PlanDocument, Stage, Standing,
    diff, select,
};

/// One bid with a footprint of 10 under the small standard with more fields.
fn one(more_standard: &str, bid_fields: &str) -> (Assessment, Vec<&'static str>) {
    one_of(&small(more_standard), bid_fields)
}

fn one_of(standard_text: &str, bid_fields: &str) -> (Assessment, Vec<&'static str>) {
    let tender = bids(&format!(
        "schema: zuji/bids@1\ndates: {{notice: 2026-06-01, deadline: 2026-06-30, delivery: 2026-12-01}}\n\
         basis: {{unit: kgCO2e/unit}}\nbids: [{{id: X, price: \"100\", {bid_fields}}}]\n"
    ));
    let (result, found) = score(&standard(standard_text), &tender);
    (result, codes(&found))
}

fn outcome(result: &Assessment) -> Standing {
    bid(result, "X").outcome
}

const NEEDS_REPORT: &str = "evidence: {requirements: [{for: pcf, stage: bid, any_of: [test-report]}]}\n";

fn report(fields: &str) -> String {
    format!(
        "model: M-1, footprint: {{value: \"10\"}}, evidence: [{{type: test-report, issuer: I, number: N-1, {fields}}}]"
    )
}

#[test]
fn a_report_that_expired_the_day_before_the_deadline_fails() {
    let (result, found) = one(NEEDS_REPORT, &report("model: M-1, valid_to: 2026-06-30"));
    assert_eq!(outcome(&result), Standing::Ranked, "{found:?}");
    let (result, found) = one(NEEDS_REPORT, &report("model: M-1, valid_to: 2026-06-29"));
    assert_eq!(outcome(&result), Standing::Excluded);
    assert!(found.contains(&"A103") && found.contains(&"A114") && found.contains(&"A107"), "{found:?}");
}

#[test]
fn evidence_for_something_else_counts_for_nothing() {
    for fields in [
        "model: M-2, valid_to: 2027-01-01",
        "model: M-1, valid_to: 2027-01-01, valid_from: 2026-07-01",
        "model: M-1, valid_to: 31.12.2027",
        "model: M-1",
        "valid_to: 2027-01-01",
    ] {
        let (result, found) = one(NEEDS_REPORT, &report(fields));
        assert_eq!(outcome(&result), Standing::Excluded, "{fields}");
        assert!(found.contains(&"A103"), "{fields}");
    }
    let scope = "code: A1, model: M-1, footprint: {value: \"10\"}, evidence: [{type: test-report, issuer: I, number: N, \
                 model: M-1, scope: A2, valid_to: 2027-01-01}]";
    assert_eq!(outcome(&one(NEEDS_REPORT, scope).0), Standing::Excluded);
    let kind = "footprint: {value: \"10\"}, evidence: [{type: a-good-word}]";
    assert_eq!(outcome(&one(NEEDS_REPORT, kind).0), Standing::Excluded);
}

#[test]
fn one_number_in_two_bids_is_flagged() {
    let mut tender = bids(FOUR_BIDS);
    tender.bids[2].evidence[0].number = tender.bids[0].evidence[0].number.clone();
    let (result, found) = score(&standard(DESKTOP), &tender);
    assert!(codes(&found).contains(&"A104"));
    assert_eq!(result.ranking, ["A", "B", "C"]);
}

#[test]
fn credit_records_count_until_they_are_repaired() {
    let rule = "credit: {id: K, exclude: [失信]}\n";
    let with =
        |record: &str| outcome(&one(rule, &format!("footprint: {{value: \"10\"}}, credit_records: [{record}]")).0);
    assert_eq!(with("{kind: 失信, from: 2025-01-01}"), Standing::Excluded);
    assert_eq!(with("{kind: 失信, from: 2025-01-01, repaired: 2026-06-30}"), Standing::Ranked);
    assert_eq!(with("{kind: 失信, from: 2025-01-01, repaired: 2026-07-01}"), Standing::Excluded);
    assert_eq!(with("{kind: 失信, from: 2025-01-01, to: 2026-01-01}"), Standing::Ranked);
    assert_eq!(with("{kind: 其他, from: 2025-01-01}"), Standing::Ranked);
    let (_, found) = one(rule, "footprint: {value: \"10\"}, credit_records: [{kind: 失信, from: 2025-01-01}]");
    assert!(found.contains(&"A105"));
}

#[test]
fn lists_exclude_from_their_day_on() {
    let phased = |from: &str| format!("lists: {{phased_out: [{{id: L1, model: M-1, from: {from}}}]}}\n");
    let fields = "model: m-1, footprint: {value: \"10\"}";
    assert_eq!(outcome(&one(&phased("2026-06-02"), fields).0), Standing::Ranked);
    let (result, found) = one(&phased("2026-06-01"), fields);
    assert_eq!(outcome(&result), Standing::Excluded);
    assert!(found.contains(&"A116"));
    let mandatory = "lists: {mandatory: [{id: L2, code: A1, certificate: certificate}]}\n";
    let certificate = "evidence: [{type: certificate, issuer: I, number: N, valid_to: 2027-01-01}]";
    let fields = format!("code: A1, footprint: {{value: \"10\"}}, {certificate}");
    assert_eq!(outcome(&one(mandatory, &fields).0), Standing::Ranked);
    assert_eq!(outcome(&one(mandatory, "code: A1, footprint: {value: \"10\"}").0), Standing::Excluded);
    assert_eq!(outcome(&one(mandatory, "code: A2, footprint: {value: \"10\"}").0), Standing::Ranked);
    let preferred = "lists: {preferred: [{id: L3, code: A1, certificate: certificate}]}\n\
                     preferences: [{id: P, type: deduction, rate: \"0.05\", when: list.preferred = true}]\n";
    let evaluated = |fields: &str| bid(&one(preferred, fields).0, "X").price.as_ref().unwrap().evaluated.clone();
    assert_eq!(evaluated(&fields), "95");
    assert_eq!(evaluated("code: A1, footprint: {value: \"10\"}"), "100");
}

#[test]
fn the_limit_is_inclusive_and_a_missing_footprint_never_passes() {
    assert_eq!(outcome(&one("", "footprint: {value: \"30\"}").0), Standing::Ranked);
    assert_eq!(outcome(&one("", "footprint: {value: \"30.000000000000000000001\"}").0), Standing::Excluded);
    assert_eq!(outcome(&one("", "footprint: {value: 30.000000000000000000001}").0), Standing::Excluded);
    assert_eq!(outcome(&one("", "values: {}").0), Standing::Excluded);
}

fn reasons(rules: &str, footprint: &str) -> Vec<String> {
    let text = small("").replace("pcf: {unit: kgCO2e/unit}", &format!("pcf: {{unit: kgCO2e/unit{rules}}}"));
    let (result, found) = one_of(&text, &format!("footprint: {{value: \"18.2\"{footprint}}}"));
    let bid = bid(&result, "X");
    assert_eq!(bid.outcome == Standing::Incomparable, found.contains(&"A106"));
    assert!(
        bid.outcome != Standing::Incomparable || (bid.total.is_none() && bid.rank.is_none() && bid.price.is_none())
    );
    bid.incomparable.iter().map(|reason| reason.clause.clone()).collect()
}

#[test]
fn what_cannot_be_compared_says_why_and_gets_no_points() {
    assert_eq!(reasons(", boundary: [A1-A3]", ", boundary: [A1, A2, A3]"), [""; 0]);
    assert_eq!(reasons(", boundary: [A1-A3]", ", boundary: [A1-A4]"), ["pcf.boundary"]);
    assert_eq!(reasons(", boundary: [A1-A3]", ""), ["pcf.boundary"]);
    assert_eq!(reasons(", gwp_set: AR6", ", gwp_set: IPCC-AR6-GWP100"), [""; 0]);
    assert_eq!(reasons(", gwp_set: AR6", ", gwp_set: AR5"), ["pcf.gwp_set"]);
    assert_eq!(reasons(", method: pact-3", ", method: PACT 3"), [""; 0]);
    assert_eq!(reasons(", method: pact-3", ", method: iso-14067-2018"), ["pcf.method"]);
    assert_eq!(reasons(", electricity: location", ", electricity: market"), ["pcf.electricity"]);
    assert_eq!(reasons("", ", unit: kgCO2e/kg"), ["pcf.unit"]);
    assert_eq!(reasons("", ", unit: kg/unit"), ["pcf.unit"]);
}

#[test]
fn a_figure_that_rests_on_factors_needs_a_standard_that_pins_them() {
    // The same aluminium part, 18.2 or 40.6 kg by factor pack, against a limit of 30.
    for value in ["18.2", "40.6"] {
        let (result, _) =
            one("", &format!("footprint: {{value: \"{value}\", packs: [{{id: al, sha256: 0123456789abcdef}}]}}"));
        assert_eq!(outcome(&result), Standing::Incomparable);
        assert_eq!(bid(&result, "X").incomparable[0].clause, "pcf.packs");
        assert!(bid(&result, "X").gates.is_empty());
    }
    let pins = ", packs: [{id: al, sha256: 0123456789abcdef}]";
    assert_eq!(reasons(pins, pins), [""; 0]);
    assert_eq!(reasons(pins, ", packs: [{id: al, sha256: fedcba9876543210}]"), ["pcf.packs"]);
    assert_eq!(reasons(pins, ""), ["pcf.packs"]);
    // Figures that were computed here say on which packs they rest.
    let mut computed = Computations::default();
    let packs = vec!["al@0123456789abcdef".parse().unwrap()];
    computed.bid.insert(0, Computed { value: "18.2".into(), unit: "kgCO2e/unit".into(), packs, ..Computed::default() });
    let tender = bids(
        "schema: zuji/bids@1\ndates: {notice: 2026-06-01}\nbids: [{id: X, price: \"1\", footprint: {product: x.yaml}}]\n",
    );
    let (result, _) = standard(&small("")).evaluate(&tender, &computed, &Choice::default()).unwrap();
    assert_eq!(outcome(&result), Standing::Incomparable);
}

#[test]
fn an_uncertain_footprint_enters_as_a_rounded_quantile() {
    let rule = |default: &str| {
        small(&format!(
            "evidence: {{quantile: {{p: \"0.95\"{default}}}}}\nrounding: {{mode: half-up, dp: 2, at: [assessed]}}\n"
        ))
    };
    let assessed = |text: &str, rsd: &str| {
        let (result, _) = one_of(text, &format!("footprint: {{value: \"20\"{rsd}}}"));
        (outcome(&result), bid(&result, "X").footprint.as_ref().and_then(|footprint| footprint.assessed.clone()))
    };
    // s = √ln(1 + 0.15²) = 0.14917, 20 × exp(1.644854 × 0.14917) = 25.56.
    let text = |text: &str| Some(text.to_string());
    assert_eq!(assessed(&rule(""), ", rsd: \"0.15\""), (Standing::Ranked, text("25.56")));
    assert_eq!(assessed(&rule(", default_rsd: \"0.30\""), ""), (Standing::Excluded, text("32.41")));
    assert_eq!(assessed(&rule(""), ""), (Standing::Excluded, None));
    assert_eq!(assessed(&rule(""), ", rsd: wide").0, Standing::Invalid);
    let unrounded = small("evidence: {quantile: {p: \"0.95\"}}\n");
    assert_eq!(crate::broken(&unrounded), ["D104"]);
}

#[test]
fn units_and_quantities_are_converted_exactly() {
    let assessed = |fields: &str| {
        let (result, _) = one("", &format!("footprint: {{{fields}}}"));
        bid(&result, "X").footprint.as_ref().and_then(|footprint| footprint.assessed.clone()).unwrap_or_default()
    };
    assert_eq!(assessed("value: \"0.0101\", unit: tCO2e/unit"), "10.1");
    assert_eq!(assessed("value: \"10100\", unit: g CO2e/台"), "10.1");
    let two = small("functional_unit: {quantity: \"1\", unit: unit}\n");
    let (result, _) = one_of(&two, "footprint: {value: \"20\", functional_unit: {quantity: \"2\", unit: unit}}");
    assert_eq!(bid(&result, "X").footprint.as_ref().unwrap().assessed.as_deref(), Some("10"));
}

#[test]
fn the_service_life_must_be_the_standards() {
    let five = small("functional_unit: {quantity: \"1\", unit: unit, service_life: {value: \"5\", unit: a}}\n");
    let with = |life: &str| {
        let unit = format!("functional_unit: {{quantity: \"1\", unit: unit, service_life: {life}}}");
        outcome(&one_of(&five, &format!("footprint: {{value: \"10\", {unit}}}")).0)
    };
    assert_eq!(with("{value: \"5\", unit: a}"), Standing::Ranked);
    assert_eq!(with("{value: \"60\", unit: month}"), Standing::Ranked);
    assert_eq!(with("{value: \"3\", unit: a}"), Standing::Incomparable);
    assert_eq!(outcome(&one_of(&five, "footprint: {value: \"10\"}").0), Standing::Incomparable);
}

#[test]
fn several_methods_are_refused_where_the_standard_names_none() {
    let tender = |second: &str| {
        bids(&format!(
            "schema: zuji/bids@1\ndates: {{notice: 2026-06-01}}\nbasis: {{unit: kgCO2e/unit}}\nbids:\n\
             - {{id: A, price: \"1\", footprint: {{value: \"1\", method: en-15804-a2}}}}\n\
             - {{id: B, price: \"1\", footprint: {{value: \"1\", method: {second}}}}}\n"
        ))
    };
    let standard = standard(&small(""));
    assert!(standard.evaluate(&tender("EN 15804 A2"), &Computations::default(), &Choice::default()).is_ok());
    let refused = standard.evaluate(&tender("pef"), &Computations::default(), &Choice::default()).unwrap_err();
    assert_eq!(codes(&refused), ["A117"]);
}

#[test]
fn preferences_go_in_order_within_caps() {
    let rules =
        |first: &str, second: &str| format!("preferences: [{first}, {second}]\npreference_caps: {{all: \"0.25\"}}\n");
    let share = "{id: S, type: deduction, rate: \"0.10\"}";
    let money = "{id: M, type: deduction, amount: \"20\"}";
    let evaluated =
        |text: &str| bid(&one(text, "footprint: {value: \"1\"}").0, "X").price.as_ref().unwrap().evaluated.clone();
    assert_eq!(evaluated(&rules(share, money)), "70");
    assert_eq!(evaluated(&rules(money, share)), "72");
    let capped = |id: &str| format!("{{id: {id}, type: deduction, rate: \"0.20\", cap_group: all}}");
    // 0.20, then what the cap leaves: 0.05 of 80.
    assert_eq!(evaluated(&rules(&capped("A"), &capped("B"))), "76");
    let ladder = "preferences: [{id: L, type: ladder, input: bidder.level, levels: {three: \"0.05\"}}]\n";
    let with = |level: &str| {
        let (result, _) = one(ladder, &format!("footprint: {{value: \"1\"}}, bidder: {{level: {level}}}"));
        bid(&result, "X").price.as_ref().unwrap().evaluated.clone()
    };
    assert_eq!((with("three"), with("nine")), ("95".into(), "100".into()));
}

#[test]
fn points_as_a_preference_and_conditions() {
    let text = DESKTOP.replace(
        "preferences:\n",
        "preferences:\n  - {id: green, type: points, rate: \"1.5\", bounds: [\"1\", \"5\"], when: bidder.size = large}\n",
    );
    let (result, _) = score(&standard(&text), &bids(FOUR_BIDS));
    assert_eq!(bid(&result, "A").total.as_deref(), Some("88.70"));
    assert_eq!(bid(&result, "B").total.as_deref(), Some("85.00"));
}

#[test]
fn life_cycle_cost_is_discounted_exactly() {
    let cost = "inputs: {kwh: {unit: kWh/a, method: metered}}\n\
                cost: {id: LCC, years: \"2\", discount_rate: \"0.25\", terms: [\
                {id: energy, input: kwh, rate: \"0.5\", timing: yearly}, {id: disposal, input: scrap, timing: end}, \
                {id: carbon, input: pcf, rate: \"0.1\", timing: start}]}\n";
    let (result, _) = one(cost, "footprint: {value: \"20\"}, values: {kwh: \"50\", scrap: \"25\"}");
    // 25 × (0.8 + 0.64) = 36, 25 × 0.64 = 16, 20 × 0.1 = 2.
    assert_eq!(bid(&result, "X").price.as_ref().unwrap().evaluated, "154");
    let (result, found) = one(cost, "footprint: {value: \"20\"}, values: {kwh: \"50\"}");
    assert_eq!(outcome(&result), Standing::Invalid);
    assert!(found.contains(&"A101"));
}

#[test]
fn more_overlays_only_tighten() {
    let with = |overlay: &str| DESKTOP.replace("vectors:\n", &format!("overlays:\n  - {overlay}\nvectors:\n"));
    let stricter = with(
        "{id: 省, parameters: {limit: {unit: kgCO2e/unit, values: [{from: 2026-03-01, value: \"450\"}, {from: 2028-01-01, value: \"430\"}]}}}",
    );
    let standard_ = standard(&stricter);
    let (result, _) = score(&standard_, &bids(FOUR_BIDS));
    assert_eq!(bid(&result, "A").gates[0].limit, "450");
    assert_eq!(bid(&result, "C").outcome, Standing::Excluded);
    assert_eq!(result.standard.overlays, ["省"]);
    // Before its first day the base holds.
    let mut tender = bids(FOUR_BIDS);
    tender.dates.notice = Some("2026-02-28".into());
    assert_eq!(bid(&score(&standard_, &tender).0, "A").gates[0].limit, "520");
    for loose in [
        "{id: o, parameters: {limit: {values: [{from: 2026-01-01, value: \"520.01\"}]}}}",
        // Stricter at first, looser from 2028 on.
        "{id: o, parameters: {limit: {values: [{from: 2026-01-01, value: \"450\"}]}}}",
        "{id: o, parameters: {category_default: {values: [{from: 2026-01-01, value: \"400\"}]}}}",
        "{id: o, min_independent_makers: 2}",
    ] {
        assert!(crate::broken(&with(loose)).contains(&"D113"), "{loose}");
    }
    assert!(crate::broken(&with("{id: o, preferences: {sme: \"0.21\"}}")).contains(&"D109"));
    assert!(crate::broken(&with("{id: o, base: other@1.0.0}")).contains(&"D103"));
    let rate = standard(&with("{id: o, preferences: {sme: \"0.20\"}, min_independent_makers: 4}"));
    let (result, found) = score(&rate, &bids(FOUR_BIDS));
    assert_eq!(bid(&result, "B").price.as_ref().unwrap().evaluated, "3040");
    assert!(found.has("A108"));
}

#[test]
fn the_version_of_the_tenders_date_decides() {
    let version = |version: &str, status: &str, from: &str, to: &str| {
        let mut document = document(&small(""));
        document.version = version.into();
        document.status = status.into();
        document.effective.from = from.into();
        document.effective.to = (!to.is_empty()).then(|| to.to_string());
        document
    };
    // A chain of 23 versions, one a year.
    let mut chain: Vec<_> = (0..23)
        .map(|year| {
            let (from, to) = (format!("{}-01-01", 2004 + year), format!("{}-01-01", 2005 + year));
            version(&format!("{}.0.0", year + 1), "superseded", &from, &to)
        })
        .collect();
    chain.push(version("30.0.0", "draft", "2010-01-01", ""));
    let on = |date: &str| select(&chain, date.parse().unwrap()).map(|index| chain[index].version.clone());
    assert_eq!(on("2004-01-01").unwrap(), "1.0.0");
    assert_eq!(on("2013-12-31").unwrap(), "10.0.0");
    assert_eq!(on("2014-01-01").unwrap(), "11.0.0");
    assert_eq!(on("2030-01-01").unwrap(), "30.0.0");
    assert_eq!(on("2003-12-31").unwrap_err().code(), "D115");
}

#[test]
fn shares_are_exact() {
    let text = small(
        "shares:\n- {id: R, measure: value, among: kind = works, counted: reserved = true, min: \"40 %\"}\n\
         - {id: O, measure: count, among: class = optional, counted: green = true, distinct: name, min: \"0.40\"}\n\
         - {id: M, measure: count, among: class = mandatory, counted: green = true, min: \"1\"}\n",
    );
    let plan = |reserved: &str, rest: &str, kinds: usize| {
        let mut items = format!(
            "- {{id: a, value: \"{reserved}\", facts: {{kind: works, reserved: true}}}}\n\
             - {{id: b, value: \"{rest}\", facts: {{kind: works}}}}\n\
             - {{id: c, facts: {{class: mandatory, green: true}}}}\n"
        );
        for kind in 0..10 {
            items +=
                &format!("- {{id: o{kind}, facts: {{class: optional, name: n{kind}, green: {}}}}}\n", kind < kinds);
        }
        zuji_formats::read_plan(
            format!("schema: zuji/plan@1\nitems:\n{items}").as_bytes(),
            "plan.yaml",
            &zuji_formats::Limits::default(),
        )
        .unwrap()
        .0
    };
    let pass = |plan: PlanDocument| {
        let (shares, found) = standard(&text).check_plan(&plan);
        assert_eq!(found.has("D118"), shares.iter().any(|share| !share.pass));
        shares.iter().map(|share| share.pass).collect::<Vec<_>>()
    };
    assert_eq!(pass(plan("40.00", "60.00", 4)), [true, true, true]);
    assert_eq!(pass(plan("39.99", "60.01", 3)), [false, false, true]);
    let (shares, _) = standard(&text).check_plan(&plan("39.99", "60.01", 3));
    assert_eq!(shares[0].share.as_deref(), Some("0.3999"));
    let (_, found) = standard(&text).check_plan(&plan("无", "1", 4));
    assert!(found.has("D101"));
}

#[test]
fn comments_survive_renumbering() {
    let mut document = document(DESKTOP);
    document.renamed = [("old".to_string(), "carbon".to_string()), ("older".to_string(), "old".to_string())].into();
    let comments: FeedbackDocument = zuji_formats::read_feedback(
        "schema: zuji/feedback@1\nstandard: example.cn/desktop\nversion: 0.9.0\ncomments:\n\
         - {clause: older, stance: object, text: 太严}\n- {clause: G-pcf, text: ok}\n- {clause: nowhere, text: x}\n"
            .as_bytes(),
        "f.yaml",
        &zuji_formats::Limits::default(),
    )
    .unwrap()
    .0;
    let (sorted, found) = comments.by_clause(&document);
    assert_eq!(sorted["carbon"][0].text, "太严");
    assert_eq!(sorted["G-pcf"].len(), 1);
    assert_eq!(codes(&found), ["D213"]);
    document.renamed.insert("nowhere".into(), "nowhere".into());
    assert_eq!(codes(&comments.by_clause(&document).1), ["D213"]);
    assert_eq!(comments.sha256().len(), 64);
}

#[test]
fn a_difference_says_whether_a_limit_tightened() {
    let before = document(DESKTOP);
    let mut after = before.clone();
    after.version = "1.1.0".into();
    after.parameters.get_mut("limit").unwrap().values[1].value = "460".into();
    after.parameters.get_mut("limit").unwrap().values[0].value = "520.0".into();
    after.gates[0].mark = None;
    let changes = diff(&before, &after);
    let lines: Vec<&str> = changes.iter().map(|change| change.en.as_str()).collect();
    assert_eq!(
        lines,
        [
            "gates[G-pcf].mark: dropped, was ★",
            "parameters.limit.values[2027-01-01].value: 480 → 460 (tighter)",
            "version: 1.0.0 → 1.1.0"
        ]
    );
    assert!(diff(&after, &before).iter().any(|change| change.zh.contains("放宽")));
    assert!(diff(&before, &before).is_empty());
}

#[test]
fn evidence_levels_are_those_of_the_stage() {
    let (result, found) = score_at(&standard(DESKTOP), &bids(FOUR_BIDS), Stage::Award);
    // Nothing is asked for at the award, so the bids' own evidence counts.
    assert_eq!(bid(&result, "B").footprint.as_ref().unwrap().level, Level::E1);
    assert!(!found.has("A114"));
    let tender: BidsDocument = bids(FOUR_BIDS);
    assert!(tender.bids.iter().all(|bid| bid.delivered.is_none()));
}

#[test]
fn the_order_of_adjustments_is_declared() {
    let text = |order: &str| {
        small(
            "inputs: {m: {unit: \"1\", method: x}}\npreferences: [{id: S, type: deduction, rate: \"0.5\"}]\n\
             indicators: [{id: I, input: m, weight: \"0\", curve: {type: monetised, rate: \"2\"}}]\n",
        )
        .replace("price: {method: lowest-evaluated}\n", &format!("price: {{method: lowest-evaluated{order}}}\n"))
    };
    let evaluated = |order: &str| {
        let (result, _) = one_of(&text(order), "footprint: {value: \"1\"}, values: {m: \"10\"}");
        bid(&result, "X").price.as_ref().unwrap().evaluated.clone()
    };
    assert_eq!(evaluated(", order: [preferences, indicators]"), "70");
    assert_eq!(evaluated(", order: [indicators, preferences]"), "60");
    assert_eq!(evaluated(", order: [indicators]"), "60");
}

#[test]
fn the_text_of_a_standard_speaks_both_languages() {
    use zuji_core::diagnostic::Language;
    let standard = standard(DESKTOP);
    let zh = standard.prose(Language::Zh, &zuji_core::standard::Beside::default());
    let en = standard.prose(Language::En, &zuji_core::standard::Beside::default());
    assert!(zh.contains("★ [G-pcf] 碳足迹限值：碳足迹 ≤ 520 kgCO2e/unit（自 2026-01-01 起）、480"), "{zh}");
    assert!(zh.contains("价格分 = 40 × 最低评审价格 ÷ 评审价格") && zh.contains("不具法律效力"), "{zh}");
    assert!(en.contains("[carbon] carbon footprint: at most 10 points. 300 kgCO2e/unit: 10;"), "{en}");
    let beside = zuji_core::standard::Beside { day: Some("2027-05-01".parse().unwrap()), ..Default::default() };
    assert!(standard.prose(Language::En, &beside).contains("carbon footprint ≤ 480 kgCO2e/unit."));
}
