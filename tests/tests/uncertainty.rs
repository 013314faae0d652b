//! The range of a footprint: closed forms, what must not change it, and what may be decided by it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; it reads pictures and compares with the system's functions"
)]

use serde_json::{Value, json};
use zuji_core::footprint::footprint;
use zuji_core::math::Finite;
use zuji_core::product::{Library, Options, SampleOptions, Sampling};
use zuji_core::record::{Replay, replay};
use zuji_core::uncertainty::{Comparison, Standing, Uncertainty};
use zuji_formats::{File, Limits, read_product};
use zuji_tests::program::{folder, write, zuji};
use zuji_tests::{Seen, compute_with, document, library};

const SAMPLES: SampleOptions = SampleOptions { count: 10_000, seed: 1, sampling: Sampling::Random, limit: None };

fn steel_and_glass() -> Library {
    library(json!([
        {"name": "steel", "co2e": "2"},
        {"name": "glass", "co2e": "1"},
        {"name": "power", "co2e": "0.5", "unit": "kWh", "kind": "electricity", "uncertainty": "normal sd=10%"},
        {"name": "alloy", "co2e": "1", "uncertainty": "lognormal gsd=1.3 mean"},
    ]))
}

fn sampled_with(library: &Library, given: Value, options: SampleOptions) -> (Uncertainty, Vec<&'static str>) {
    let file = File::new("product.json", document(given).to_string());
    let input = read_product(None, Some(&file), &library.units, &Limits::default(), &|_| ()).unwrap();
    let outcome = footprint(&input.bill, &input.document, library, &Options::default());
    let (uncertainty, found) = Uncertainty::of(outcome.footprint.as_ref().unwrap(), Some(options)).unwrap();
    (uncertainty, found.iter().map(|finding| finding.code()).collect())
}

fn sampled(library: &Library, given: Value) -> Uncertainty {
    sampled_with(library, given, SAMPLES).0
}

fn line(name: &str, quantity: f64, uncertainty: &str) -> Value {
    let mut line = json!({"name": name, "quantity": quantity, "unit": "kg"});
    if !uncertainty.is_empty() {
        line["uncertainty"] = uncertainty.into();
    }
    line
}

/// Mean and standard deviation, and that both lie within five standard errors of what they must be.
fn expect(uncertainty: &Uncertainty, mean: f64, sd: f64) {
    let range = uncertainty.range.as_ref().unwrap();
    let off = |found: f64, error: f64, expected: f64| (found - expected).abs() / error;
    assert!(off(range.mean.value.0, range.mean.standard_error.0, mean) < 5.0, "{:?} against {mean}", range.mean);
    assert!(off(range.sd.value.0, range.sd.standard_error.0, sd) < 5.0, "{:?} against {sd}", range.sd);
}

#[test]
fn moments_are_those_of_the_closed_form() {
    let library = steel_and_glass();
    // 10 kg normal with sd 1, at 2 kg CO2e/kg.
    let normal = sampled(&library, json!({"bom": [line("steel", 10.0, "normal sd=10%")]}));
    expect(&normal, 20.0, 2.0);
    let analytic = &normal.range.as_ref().unwrap().analytic;
    assert!((analytic.second_order_sd.0 - 2.0).abs() < 1e-9 && analytic.exact);
    // A lognormal whose amount is its mean, and one whose amount is its median: mean × exp(σ²/2).
    let sigma = 1.2f64.ln();
    let median = sampled(&library, json!({"bom": [line("steel", 10.0, "lognormal gsd=1.2 median")]}));
    let mean = 20.0 * (0.5 * sigma * sigma).exp();
    expect(&median, mean, mean * ((sigma * sigma).exp() - 1.0).sqrt());
    assert!((median.range.as_ref().unwrap().analytic.second_order_mean.0 - mean).abs() < 1e-9);
    assert!((median.range.as_ref().unwrap().analytic.first_order_mean.0 - 20.0).abs() < 1e-9);
    // An uncertain quantity of an uncertain factor: Var(XY) = μ²σ² + μ²σ² + σ²σ².
    let product = sampled(&library, json!({"bom": [line("alloy", 10.0, "normal sd=2")]}));
    let factor = (1.3f64.ln() * 1.3f64.ln()).exp() - 1.0;
    expect(&product, 10.0, (100.0 * factor + 4.0 + 4.0 * factor).sqrt());
}

#[test]
fn sobol_indices_are_those_of_a_product_of_two() {
    let library = steel_and_glass();
    let uncertainty = sampled(&library, json!({"bom": [line("alloy", 10.0, "normal sd=2")]}));
    let (a, b) = (0.04, (1.3f64.ln() * 1.3f64.ln()).exp() - 1.0);
    let whole = a + b + a * b;
    let parameters = &uncertainty.range.as_ref().unwrap().sensitivity.parameters;
    for (subject, alone, other) in [("quantity", a, b), ("factor", b, a)] {
        let one = parameters.iter().find(|one| one.subject == subject).unwrap();
        assert!((one.first_order.unwrap().0 - alone / whole).abs() < 1e-6, "{one:?}");
        // The total index is averaged over samples.
        assert!((one.total_order.unwrap().0 - alone * (1.0 + other) / whole).abs() < 0.01, "{one:?}");
        assert!((one.share_of_variance.0 - 100.0 * alone / (a + b)).abs() < 1e-6);
        assert!(one.delta.unwrap().0 > 3.0 * uncertainty.range.as_ref().unwrap().sensitivity.noise.unwrap().0);
        assert!(one.low.0 < 10.0 && one.high.0 > 10.0);
    }
}

#[test]
fn one_supplier_in_two_lines_is_drawn_once() {
    let library = steel_and_glass();
    let supplier = json!({"footprint": "10", "per": "1 kg", "boundary": "cradle-to-gate", "gwp": "AR6",
        "source": "EPD 7", "uncertainty": "normal sd=1"});
    let mut lines = [line("steel", 1.0, ""), line("glass", 1.0, "")];
    lines.iter_mut().for_each(|line| line["supplier"] = supplier.clone());
    // Fully correlated: 1 + 1, not √2.
    expect(&sampled(&library, json!({"bom": lines})), 20.0, 2.0);
    // The same figure of two suppliers is two figures.
    lines[1]["supplier"]["source"] = "EPD 8".into();
    expect(&sampled(&library, json!({"bom": lines})), 20.0, 2f64.sqrt());
    // And so it is with one factor in two lines.
    let power = |name: &str| json!({"name": name, "factor": "t/power", "quantity": 20, "unit": "kWh", "stage": "A3"});
    expect(&sampled(&library, json!({"bom": [power("a"), power("b")]})), 20.0, 2.0);
}

#[test]
fn correlated_groups_have_the_variance_of_their_correlation() {
    let library = steel_and_glass();
    let lines = |text: &str| json!({"bom": [line("steel", 10.0, text), line("glass", 20.0, text)]});
    expect(&sampled(&library, lines("normal sd=10%")), 40.0, 8f64.sqrt());
    expect(&sampled(&library, lines("normal sd=10% group=scale:0.5")), 40.0, 12f64.sqrt());
    expect(&sampled(&library, lines("normal sd=10% group=scale:1")), 40.0, 4.0);
    expect(&sampled(&library, lines("normal sd=10% shared=scale")), 40.0, 4.0);
    let half = sampled(&library, lines("normal sd=10% group=scale:0.5"));
    let range = half.range.unwrap();
    assert!((range.analytic.second_order_sd.0 - 12f64.sqrt()).abs() < 1e-9);
    // Indices of what is drawn together would not mean what they say.
    assert!(range.sensitivity.parameters.iter().all(|one| one.first_order.is_none()));
}

#[test]
fn scaling_and_splitting_change_nothing_and_a_further_parameter_moves_no_draw() {
    let library = steel_and_glass();
    for sampling in [Sampling::Random, Sampling::Lhs, Sampling::Sobol] {
        let totals = |lines: Value| {
            sampled_with(&library, json!({"bom": lines}), SampleOptions { sampling, ..SAMPLES }).0.totals
        };
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs();
        let one = totals(json!([line("steel", 10.0, "lognormal gsd=1.2 median shared=x")]));
        let ten = totals(json!([line("steel", 100.0, "lognormal gsd=1.2 median shared=x")]));
        assert!(one.iter().zip(&ten).all(|(one, ten)| near(10.0 * one, *ten)));
        let half = line("steel", 5.0, "lognormal gsd=1.2 median shared=x");
        let halves = totals(json!([half, half]));
        assert!(one.iter().zip(&halves).all(|(one, both)| near(*one, *both)));
        if sampling == Sampling::Sobol {
            continue; // Its dimensions go by weight, so that another parameter may take one.
        }
        let first = line("steel", 10.0, "normal sd=1");
        let further = line("glass", 3.0, "triangular 2..3..5");
        let (alone, added) = (totals(json!([first])), totals(json!([further])));
        let both = totals(json!([further, first]));
        assert!(alone.iter().zip(&added).zip(&both).all(|((a, b), both)| near(a + b, *both)));
    }
}

#[test]
fn stratified_samples_find_the_mean_sooner() {
    let library = steel_and_glass();
    let lines = json!({"bom": [line("steel", 10.0, "lognormal gsd=1.4 mean"), line("glass", 10.0, "normal sd=1")]});
    let off = |sampling| {
        let options = SampleOptions { count: 4096, sampling, ..SAMPLES };
        let off = |seed| {
            let range = sampled_with(&library, lines.clone(), SampleOptions { seed, ..options }).0.range.unwrap();
            (range.mean.value.0 - 30.0).abs()
        };
        (1..6).map(off).sum::<f64>()
    };
    let random = off(Sampling::Random);
    assert!(off(Sampling::Lhs) < 0.2 * random && off(Sampling::Sobol) < 0.2 * random, "{random}");
}

#[test]
fn an_assembly_carries_its_uncertainty_down() {
    let library = steel_and_glass();
    let parts = json!([line("steel", 2.0, ""), line("glass", 4.0, "normal sd=0.4")]);
    let assembly =
        json!({"name": "frame", "quantity": 5, "unit": "piece", "uncertainty": "normal sd=10%", "lines": parts});
    // 5 × (4 + 4): Var = 40² × 0.01 + (20 × 0.1)² × (1 + 0.01).
    expect(&sampled(&library, json!({"bom": [assembly]})), 40.0, (16.0f64 + 4.0 * 1.01).sqrt());
}

#[test]
fn without_stated_uncertainty_nothing_is_certain() {
    let library = steel_and_glass();
    let limited = SampleOptions { limit: Some(Finite::new(1000.0).unwrap()), ..SAMPLES };
    let (uncertainty, codes) = sampled_with(&library, json!({"bom": [line("steel", 10.0, "")]}), limited);
    assert_eq!((uncertainty.status, codes), (Standing::NotStated, vec!["M201"]));
    assert!(uncertainty.range.is_none() && uncertainty.totals.is_empty());
    // Beside a product with a range it is not compared: unknown, not 1.
    let other = sampled(&library, json!({"bom": [line("steel", 10.0, "normal sd=1")]}));
    assert!(Comparison::new(["a", "b"], &uncertainty.totals, &other.totals, true).is_none());
    // What is stated in part says how much.
    let lines = json!({"bom": [line("steel", 10.0, "normal sd=1"), line("glass", 20.0, "")]});
    let (part, codes) = sampled_with(&library, lines, SAMPLES);
    assert_eq!(codes, ["M202"]);
    assert!((part.range.unwrap().stated_share.0 - 50.0).abs() < 1e-9);
}

#[test]
fn a_limit_has_a_probability_a_guard_band_and_a_loss() {
    let library = steel_and_glass();
    let given = json!({"bom": [line("steel", 10.0, "normal sd=10%")]});
    let at = |limit: f64| {
        let options = SampleOptions { count: 100_000, limit: Some(Finite::new(limit).unwrap()), ..SAMPLES };
        sampled_with(&library, given.clone(), options)
    };
    // 20 ± 2 against 22: Φ(1), and E[max(X − L, 0)] = σ (φ(1) − (1 − Φ(1))).
    let (uncertainty, codes) = at(22.0);
    let limit = uncertainty.range.unwrap().limit.unwrap();
    let probability = limit.probability.unwrap();
    assert!((probability.value.0 - 0.841_345).abs() < 4.0 * probability.standard_error.0);
    assert!((limit.guard_band.0 - 2.0 * 1.644_854).abs() < 0.05 && limit.total_within && limit.accepted == Some(false));
    assert!((limit.loss_if_accepted.0 - 2.0 * (0.241_971 - 0.158_655)).abs() < 0.01);
    assert!((limit.loss_if_refused.0 - limit.loss_if_accepted.0 - 2.0).abs() < 0.05);
    assert!(codes.contains(&"M207"));
    // Far below: accepted, and even then no certainty.
    let (uncertainty, codes) = at(40.0);
    let limit = uncertainty.range.unwrap().limit.unwrap();
    let probability = limit.probability.unwrap();
    assert!(probability.value.0 == 1.0 && probability.interval[0].0 < 1.0 && limit.accepted == Some(true));
    assert!(codes.is_empty());
}

#[test]
fn an_incomplete_footprint_has_no_probability() {
    let library = steel_and_glass();
    let limited = SampleOptions { limit: Some(Finite::new(21.0).unwrap()), ..SAMPLES };
    let lines = json!({"bom": [line("steel", 10.0, "normal sd=10%"), line("unobtainium", 1.0, "")]});
    let limit = sampled_with(&library, lines, limited).0.range.unwrap().limit.unwrap();
    assert!(limit.probability.is_none() && limit.accepted.is_none() && limit.at_most.unwrap().0 < 1.0);
}

#[test]
fn what_two_products_share_cancels() {
    let library = steel_and_glass();
    let product = |name: &str, factor: &str, kwh: f64| json!({"product": {"name": name}, "bom": [{"name": "use", "factor": factor, "quantity": kwh, "unit": "kWh", "stage": "A3"}]});
    let a = sampled(&library, product("A", "t/power", 100.0));
    let b = sampled(&library, product("B", "t/power", 101.0));
    let comparison = Comparison::new(["A", "B"], &a.totals, &b.totals, true).unwrap();
    assert_eq!(comparison.a_lower.unwrap().value.0, 1.0);
    assert!(comparison.loss_if_a.0 == 0.0 && comparison.loss_if_b.0 > 0.49 && comparison.sd_difference.0 < 0.1);
    assert!(Comparison::new(["A", "B"], &a.totals, &b.totals, false).unwrap().a_lower.is_none());
}

#[test]
fn quantiles_rise_for_negative_totals_too() {
    let library = steel_and_glass();
    for text in ["normal sd=10%", "lognormal gsd=1.3 median", "uniform ±10%", "pert 80%..100%..150%"] {
        let mut back = line("steel", -10.0, text);
        back["treatment"] = "return".into();
        let uncertainty = sampled(&library, json!({"bom": [back, line("glass", 1.0, "normal sd=1%")]}));
        let values: Vec<f64> = uncertainty.range.unwrap().quantiles.iter().map(|quantile| quantile.value.0).collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]) && values[3] < 0.0, "{text}: {values:?}");
    }
}

#[test]
fn a_fault_names_its_line_and_leaves_the_range_unknown() {
    let library = steel_and_glass();
    for (text, code) in [
        ("about 5 %", "M101"),
        ("lognormal gsd=1.2", "M102"),
        ("lognormal gsd=0.9 median", "M103"),
        ("normal sd=-1", "M104"),
        ("triangular 9..12..10", "M105"),
        ("uniform 900..1100", "M106"),
        ("pedigree ecoinvent 2,4,1,3,9 basic=1.05", "M108"),
        ("empirical", "M109"),
    ] {
        let rows = format!("name,quantity,unit,uncertainty\nglass,1,kg,normal sd=1%\nsteel,10,kg,\"{text}\"\n");
        let table = File::new("bom.csv", rows);
        let beside = File::new("product.yaml", document(json!({})).to_string());
        let input = read_product(Some(table), Some(&beside), &library.units, &Limits::default(), &|_| ()).unwrap();
        let outcome = footprint(&input.bill, &input.document, &library, &Options::default());
        let (uncertainty, found) = Uncertainty::of(outcome.footprint.as_ref().unwrap(), Some(SAMPLES)).unwrap();
        assert_eq!(uncertainty.status, Standing::Faulty, "{text}");
        let finding = found.iter().next().unwrap();
        assert_eq!((finding.code(), finding.argument("name")), (code, Some("steel")), "{text}");
        assert_eq!(finding.places()[0].line, Some(3));
    }
    let (_, codes) =
        sampled_with(&library, json!({"bom": [line("steel", 1.0, "")]}), SampleOptions { count: 3, ..SAMPLES });
    assert_eq!(codes, ["M206"]);
}

#[test]
fn pedigree_scores_go_by_the_table_that_is_named() {
    let library = steel_and_glass();
    let gsd = |table: &str| {
        let text = format!("pedigree {table} 2,4,1,3,4 basic=1.05");
        let range = sampled(&library, json!({"bom": [line("steel", 10.0, &text)]})).range.unwrap();
        assert_eq!(range.pedigree, [table]);
        // First order of a lognormal: total × ln GSD.
        (2.0 * range.analytic.first_order_sd.0 / 20.0).exp()
    };
    assert!((gsd("ecoinvent") - 1.526_011).abs() < 1e-5);
    assert!((gsd("ciroth-2016") - 2.359_623).abs() < 1e-5);
}

fn recorded(library: &Library, sampling: Sampling) -> Seen {
    let lines = json!([
        line("steel", 10.0, "lognormal gsd=1.2 median"),
        line("alloy", 3.0, "pert 2..3..5"),
        line("glass", 3.0, "discrete 2:1 3:2 5:1"),
        line("steel", 1.0, "normal sd=5% group=g:0.4")
    ]);
    let samples = Some(SampleOptions { count: 3000, sampling, limit: Some(Finite::new(30.0).unwrap()), ..SAMPLES });
    compute_with(library, json!({"bom": lines}), &Options { samples, ..Options::default() })
}

#[test]
fn a_record_with_samples_has_the_same_bytes_for_any_threads_and_recomputes() {
    let library = steel_and_glass();
    for sampling in [Sampling::Random, Sampling::Lhs, Sampling::Sobol] {
        let records: Vec<Vec<u8>> = [1, 2, 7]
            .into_iter()
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| recorded(&library, sampling).record)
            })
            .collect();
        assert!(records.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(replay(&records[0]).unwrap(), Replay::Same);
        let mut changed: Value = serde_json::from_slice(&records[0]).unwrap();
        assert_eq!(changed["result"]["uncertainty"]["status"], "sampled");
        changed["options"]["samples"]["seed"] = 2.into();
        assert!(matches!(replay(&serde_json::to_vec(&changed).unwrap()).unwrap(), Replay::Different { .. }));
    }
    // Without samples a record has no word of them.
    let plain = compute_with(&library, json!({"bom": [line("steel", 1.0, "normal sd=5%")]}), &Options::default());
    let plain: Value = serde_json::from_slice(&plain.record).unwrap();
    assert!(plain["result"].get("uncertainty").is_none() && plain["options"].get("samples").is_none());
}

#[test]
fn the_program_shows_ranges_pictures_and_comparisons() {
    let home = folder("uncertainty");
    let head = "schema: zuji/product@1\nproduct: {name: NAME}\ndate: 2024-12-31\npackaging: none\nenergy: none\n";
    let table = "name,material,quantity,unit,uncertainty\nseat,steel-t,10,kg,normal sd=5%\n";
    let factors = "# id: t\n# version: 1\n# name_en: test\n# name_zh: 测试\n# source: test\n# licence: none\n\
        id,name_en,name_zh,class,kind,unit,co2e,gwp,geography,period,boundary,source,uncertainty\n\
        t/steel,steel-t,测试钢,test,material,kg,2,AR6-GWP100@2021,GLO,2024,cradle-to-gate,test,lognormal gsd=1.1 median\n";
    let factors = write(&home, "factors.csv", factors);
    let a = write(&home, "a.csv", table);
    let b = write(&home, "b.csv", table.replace("10,kg", "30,kg"));
    let product = write(&home, "product.yaml", head.replace("NAME", "chair"));
    let picture = |name: &str| home.join(name).to_str().unwrap().to_string();
    let (histogram, tornado) = (picture("histogram.svg"), picture("tornado.svg"));
    let run = |more: &[&str], files: &[&str]| {
        let fixed = ["--factors", &factors, "--product", &product];
        zuji(&[&["footprint"], files, &fixed, more].concat())
    };
    let pictures = ["--histogram", &histogram, "--tornado", &tornado];
    let one = run(&[&["--samples", "2000", "--lang", "en"][..], &pictures].concat(), &[&a]);
    assert!(one.out.contains("95 % range") && one.out.contains("what makes the range"), "{}{}", one.out, one.err);
    for picture in [histogram, tornado] {
        let picture = std::fs::read_to_string(picture).unwrap();
        assert!(picture.starts_with("<svg") && picture.contains("<rect") && picture.ends_with("</svg>\n"));
    }
    let two = run(&["--samples", "2000", "--lang", "zh"], &[&a, &b]);
    assert!(two.out.contains("95% 范围") && two.out.contains("的概率为 > "), "{}{}", two.out, two.err);
    let json = run(&["--samples", "2000", "--format", "json"], &[&a, &b]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json[2]["comparisons"][0]["a_lower"]["value"], "1.00000");
    assert!(json[0]["uncertainty"]["mean"]["value"].is_string());
    assert_eq!(run(&["--seed", "3"], &[&a]).status, 2, "a seed without samples is a slip");
}
