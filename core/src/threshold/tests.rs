//! The laboratory as a whole: figures worked out by hand, properties over random populations, hostile input.

use super::*;
use crate::math::Finite;
use proptest::prelude::*;

fn of(value: f64) -> Finite {
    Finite::new(value).unwrap()
}

/// Maker, small firm, share, footprint, relative standard deviation.
const GP12: [(&str, bool, f64, f64, f64); 12] = [
    ("F1", false, 0.16, 300.0, 0.10),
    ("F1", false, 0.12, 340.0, 0.10),
    ("F2", false, 0.14, 360.0, 0.12),
    ("F2", false, 0.10, 400.0, 0.12),
    ("F3", false, 0.10, 420.0, 0.15),
    ("F3", false, 0.08, 450.0, 0.15),
    ("F4", true, 0.06, 380.0, 0.20),
    ("F4", true, 0.05, 430.0, 0.20),
    ("F5", true, 0.05, 470.0, 0.20),
    ("F6", true, 0.05, 500.0, 0.25),
    ("F7", true, 0.05, 520.0, 0.25),
    ("F8", true, 0.04, 560.0, 0.25),
];

fn product(at: usize, row: &(&str, bool, f64, f64, f64)) -> PopulationProduct {
    PopulationProduct {
        name: format!("{} {at}", row.0),
        maker: Some(row.0.to_string()),
        size: Some(if row.1 { Size::Small } else { Size::Large }),
        weight: Some(of(row.2)),
        footprint: Some(of(row.3)),
        rsd: Some(of(row.4)),
        ..PopulationProduct::default()
    }
}

fn document(products: Vec<PopulationProduct>) -> PopulationDocument {
    PopulationDocument { schema: "zuji/population@1".into(), products, ..PopulationDocument::default() }
}

fn gp12() -> PopulationDocument {
    document(GP12.iter().enumerate().map(|(at, row)| product(at, row)).collect())
}

fn answer(document: PopulationDocument, plan: &Plan) -> (Report, crate::diagnostic::Diagnostics) {
    let population = Population::of(document, plan);
    laboratory(&population, plan).unwrap()
}

#[test]
fn the_row_at_430() {
    let plan = Plan { limits: vec![of(430.0)], ..Plan::default() };
    let (report, _) = answer(gp12(), &plan);
    let limit = &report.limits[0];
    let (profile, wrong) = (&limit.profile, limit.misclassification.as_ref().unwrap());
    assert_eq!((profile.passed, profile.products), (7, 12));
    let shown = |figure: Figure, places: usize| format!("{:.places$}", figure.get());
    assert_eq!(shown(profile.by_weight.rate, 2), "0.73");
    assert_eq!(shown(profile.mean, 2), "398.40");
    assert_eq!(shown(profile.mean_passing, 2), "363.70");
    assert_eq!(shown(profile.saving.selection, 2), "34.70");
    assert_eq!(shown(profile.saving.selection_share, 3), "0.087");
    assert_eq!(shown(profile.saving.reduce_to_limit, 2), "16.80");
    assert_eq!(shown(profile.saving.reduce_to_limit_share, 3), "0.042");
    assert_eq!(
        (shown(profile.competition.hhi_before, 0), shown(profile.competition.hhi_after, 0)),
        ("1896".into(), "2967".into())
    );
    assert_eq!(profile.competition.makers_after, 4);
    assert_eq!((profile.size_effect.sme_passed, profile.size_effect.large_passed), (2, 5));
    assert_eq!(shown(profile.size_effect.ratio, 2), "0.40");
    assert_eq!((shown(wrong.false_accept, 3), shown(wrong.false_reject, 3)), ("0.123".into(), "0.077".into()));
    assert_eq!(shown(limit.rivalry.three_qualify, 1), "0.5");
    let wilson = profile.by_product.wilson;
    assert_eq!((shown(wilson.low, 3), shown(wilson.high, 3)), ("0.320".into(), "0.807".into()));
    assert!(wrong.monte_carlo.agrees && wrong.process.monte_carlo.agrees, "{wrong:?}");
    // The next limit at which nothing more passes is the same limit.
    assert_eq!(profile.saving.nearest_passing, profile.saving.reduce_to_limit);
}

#[test]
fn guard_bands_and_specific_risks_of_a_product() {
    let one = PopulationProduct {
        name: "x".into(),
        footprint: Some(of(430.0)),
        rsd: Some(of(0.15)),
        ..PopulationProduct::default()
    };
    let prior = Prior { median: of(480.0), log_sd: of(0.2) };
    let plan = Plan { limits: vec![of(450.0)], prior: Some(prior), ..Plan::default() };
    let (report, found) = answer(document(vec![one]), &plan);
    let wrong = report.limits[0].misclassification.as_ref().unwrap();
    let first = &wrong.products_to_verify[0];
    assert_eq!(format!("{:.3}", first.conforms.get()), "0.620");
    assert_eq!(format!("{:.3}", first.conforms_with_prior.unwrap().get()), "0.520");
    assert_eq!(format!("{:.1}", first.median_with_prior.unwrap().get()), "447.2");
    let guards: Vec<String> =
        wrong.guard_bands.iter().map(|guard| format!("{:.1}", guard.accept_up_to.get())).collect();
    assert_eq!(guards, ["352.1", "371.7"]);
    assert!(wrong.process.monte_carlo.agrees);
    // One product has no interval and no rivals.
    assert!(found.has("T210"));
    assert!(report.limits[0].profile.by_product.cluster_robust.low.known().is_none());
}

#[test]
fn without_uncertainty_a_probability_is_unknown() {
    let products = (1..=30).map(|at| PopulationProduct {
        name: at.to_string(),
        footprint: Some(of(f64::from(at))),
        rsd: Some(Finite::ZERO),
        ..PopulationProduct::default()
    });
    let plan = Plan { limits: vec![of(10.0)], ..Plan::default() };
    let (report, found) = answer(document(products.collect()), &plan);
    assert!(report.limits[0].misclassification.is_none() && found.has("T108"));
}

#[test]
fn what_is_not_comparable_leaves_by_name() {
    let row = |name: &str| PopulationProduct {
        name: name.into(),
        footprint: Some(of(100.0)),
        lifetime: Some(of(4.0)),
        use_country: Some("CN".into()),
        boundary: Some("cradle-to-grave".into()),
        ..PopulationProduct::default()
    };
    let products = vec![
        row("good"),
        row("good too"),
        PopulationProduct { lifetime: None, ..row("no lifetime") },
        PopulationProduct { use_country: None, ..row("no country") },
        PopulationProduct { footprint: None, ..row("no footprint") },
        PopulationProduct { footprint: Some(of(-1.0)), ..row("negative") },
        PopulationProduct { boundary: Some("cradle-to-gate".into()), ..row("gate") },
        PopulationProduct { footprint: Some(of(90.0)), ..row(" Good  ") },
    ];
    let population = Population::of(document(products), &Plan::default());
    assert_eq!(population.products.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["good", "good too"]);
    let left: Vec<(&str, &Reason)> = population.left_out.iter().map(|one| (one.name.as_str(), &one.reason)).collect();
    assert_eq!(left.len(), 6, "{left:?}");
    assert!(left.contains(&(" Good  ", &Reason::Duplicate)) && left.contains(&("negative", &Reason::NotPositive)));
    assert!(left.contains(&("no lifetime", &Reason::Lacks { fields: vec!["lifetime"] })));
}

#[test]
fn nothing_left_and_questions_without_meaning() {
    let plan = Plan { limits: vec![of(1.0)], ..Plan::default() };
    let empty = Population::of(document(Vec::new()), &plan);
    assert!(laboratory(&empty, &plan).unwrap_err().has("T102"));
    let population = Population::of(gp12(), &plan);
    for plan in [
        Plan { limits: vec![of(-1.0)], ..Plan::default() },
        Plan { confidence: Some(of(1.0)), ..Plan::default() },
        Plan { quantiles: vec![of(0.0)], ..Plan::default() },
        Plan { require: vec!["colour".into()], ..Plan::default() },
        Plan { stale: Some(Stale { low: of(0.9), high: of(0.1) }), ..Plan::default() },
    ] {
        assert!(laboratory(&population, &plan).unwrap_err().has("T107"), "{plan:?}");
    }
}

#[test]
fn all_alike_and_weights_of_zero() {
    let products = |weight: Option<f64>| {
        let one = |at: i32| PopulationProduct {
            name: at.to_string(),
            footprint: Some(of(100.0)),
            weight: weight.map(of),
            rsd: Some(of(0.1)),
            ..PopulationProduct::default()
        };
        (0..50).map(one).collect::<Vec<_>>()
    };
    let plan = Plan { limits: vec![of(99.0), of(100.0)], sweep: Some(10), ..Plan::default() };
    let (report, _) = answer(document(products(None)), &plan);
    assert_eq!((report.limits[0].profile.passed, report.limits[1].profile.passed), (0, 50));
    assert!(report.mixture.is_none() && report.sweep.len() == 1);
    assert!(report.limits[0].profile.mean_passing.known().is_none());
    let (report, _) = answer(document(products(Some(0.0))), &plan);
    assert!(report.limits[1].profile.by_weight.rate.known().is_none());
    assert_eq!(report.limits[1].profile.by_product.rate.get(), 1.0);
}

#[test]
fn two_technologies_are_not_one_population() {
    // Steel by two routes: medians 0.70 and 2.32, deviation 10 %.
    let one = |at: u32| {
        let (median, rank) = if at < 40 { (0.70, at) } else { (2.32, at - 40) };
        let z = probability::normal_quantile((f64::from(rank) + 0.5) / 40.0).unwrap();
        PopulationProduct {
            name: at.to_string(),
            footprint: Some(of(median * crate::math::functions::exp(0.1 * z))),
            ..PopulationProduct::default()
        }
    };
    let (report, found) = answer(document((0..80).map(one).collect()), &Plan::default());
    let mixture = report.mixture.unwrap();
    assert!(mixture.two && found.has("T203"), "{mixture:?}");
    assert!((mixture.parts[0].median.get() - 0.70).abs() < 0.01 && (mixture.parts[1].median.get() - 2.32).abs() < 0.03);
    let (report, found) = answer(document((0..40).map(one).collect()), &Plan::default());
    assert!(!report.mixture.unwrap().two && !found.has("T203"));
}

#[test]
fn a_planted_copy_ranks_first() {
    let mut products: Vec<PopulationProduct> = gp12().products;
    for (at, product) in products.iter_mut().enumerate() {
        for (part, weight) in [("steel", 7), ("board", 3), ("plastic", 5), ("copper", 2)] {
            let amount = f64::from((at as u32 * weight + 3) % 11 + 1);
            product.inventory.insert(part.into(), of(amount));
        }
    }
    // The inventory of another maker, three times as large.
    let copied = products[0].inventory.iter().map(|(part, amount)| (part.clone(), of(amount.get() * 3.0))).collect();
    products[11].inventory = copied;
    let (report, found) = answer(document(products), &Plan::default());
    let first = &report.copies.pairs[0];
    assert!(first.first.0 == "F1 0" && first.second.0 == "F8 11" && found.has("T205"), "{:?}", report.copies);
    assert!(report.copies.complete);
}

#[test]
fn counted_otherwise() {
    let mut document = gp12();
    for product in &mut document.products {
        product.alternatives.insert("AR5".into(), of(product.footprint.unwrap().get() * 1.1));
        product.use_share = Some(of(0.5));
        product.lifetime = Some(of(4.0));
    }
    let alternative = Alternative { name: "5 years".into(), use_factor: None, lifetime: Some(of(5.0)) };
    let plan = Plan { limits: vec![of(430.0)], alternatives: vec![alternative], ..Plan::default() };
    let (report, found) = answer(document, &plan);
    let [five, ar5] = &report.limits[0].sensitivity[..] else { panic!("{:?}", report.limits[0].sensitivity) };
    assert_eq!((five.alternative.as_str(), ar5.alternative.as_str()), ("5 years", "AR5"));
    // All grow by the same factor: at the moved limit nothing changes sides, and the order is the same.
    assert!((ar5.rebased_limit.get() - 473.0).abs() < 1e-9);
    assert_eq!((ar5.flipped_rebased.get(), ar5.kendall_tau.get()), (0.0, 1.0));
    // 400, 420 and 430 rise above 430; of 12.
    assert!((ar5.flipped.get() - 3.0 / 12.0).abs() < 1e-12 && found.has("T209"));
    assert!((five.rebased_limit.get() - 430.0 * 1.125).abs() < 1e-9);
}

#[test]
fn three_scenarios_and_what_moved_the_limit() {
    let mut document = gp12();
    document.population.unit = Some("kg CO2e/unit".into());
    for product in &mut document.products {
        product.price = Some(of(5000.0 - product.footprint.unwrap().get()));
    }
    let plan = Plan {
        limits: vec![of(430.0)],
        demand: Some(of(10_000.0)),
        policy: Some(Policy { spend: Some(of(200.0)), spend_covered: Some(of(50.0)), best_share: Some(of(0.1)) }),
        before: Some(Before { limit: of(450.0), rule: Rule::Quantile(of(0.5)), new_rule: Rule::Mean(of(1.0)) }),
        ..Plan::default()
    };
    let (report, _) = answer(document, &plan);
    let impact = &report.limits[0].impact;
    assert_eq!(impact.spend_covered.get(), 0.25);
    assert!((impact.baseline.tonnes.get() - 3984.0).abs() < 1e-9);
    assert!((impact.standard.saved_tonnes.get() - 347.013_698_630_137).abs() < 1e-6);
    // A kilogram less costs one unit of money more: 1000 per tonne.
    assert!((impact.standard.cost_per_tonne.get() - 1000.0).abs() < 1e-6);
    assert!((impact.best_available.footprint.get() - (0.16 * 300.0 + 0.12 * 340.0) / 0.28).abs() < 1e-9);
    let change = report.change.unwrap();
    assert_eq!((change.before.get(), change.old_rule_now.get()), (450.0, 420.0));
    assert_eq!(change.population.get(), -30.0);
    assert!((change.method.get() + change.population.get() - (change.after.get() - 450.0)).abs() < 1e-9);
}

fn any_population() -> impl Strategy<Value = Vec<PopulationProduct>> {
    let one = (1.0..1000.0f64, 0.0..5.0f64, 0usize..6, proptest::option::of(0.01..0.5f64));
    proptest::collection::vec(one, 1..60).prop_map(|rows| {
        rows.into_iter()
            .enumerate()
            .map(|(at, (footprint, weight, maker, rsd))| PopulationProduct {
                name: format!("p{at}"),
                maker: Some(format!("m{maker}")),
                size: Some(if maker < 3 { Size::Large } else { Size::Micro }),
                // Whole footprints, so that some are equal.
                footprint: Some(of((footprint / 10.0).ceil() * 10.0)),
                weight: Some(of(weight)),
                rsd: rsd.map(of),
                ..PopulationProduct::default()
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_sweep_is_its_single_limits_and_what_the_definitions_say(
        products in any_population(),
        limits in proptest::collection::vec(1.0..1100.0f64, 1..8),
    ) {
        let population = Population::of(document(products.clone()), &Plan::default());
        let swept = sweep(&population, &limits, 0.95);
        for (profile, limit) in swept.iter().zip(&limits) {
            let single = &sweep(&population, &[*limit], 0.95)[0];
            prop_assert_eq!(format!("{profile:?}"), format!("{single:?}"));
            // By the definitions, one product at a time.
            let value = |product: &PopulationProduct| (product.weight.unwrap().get(), product.footprint.unwrap().get());
            let all: f64 = products.iter().map(|product| value(product).0).sum();
            let passing: f64 = products.iter().map(value).filter(|(_, x)| x <= limit).map(|(w, _)| w).sum();
            let above: f64 = products.iter().map(value).map(|(w, x)| w * (x - limit).max(0.0)).sum();
            let near = |figure: Figure, expected: f64| {
                if expected.is_finite() { (figure.get() - expected).abs() <= 1e-9 * (1.0 + expected.abs()) } else { figure.known().is_none() }
            };
            prop_assert!(near(profile.by_weight.rate, passing / all));
            prop_assert!(near(profile.saving.reduce_to_limit, above / all));
            let mut squares = 0.0;
            let mut makers = 0;
            for maker in 0..6 {
                let of_maker = products.iter().filter(|p| p.maker.as_deref() == Some(&format!("m{maker}")));
                let own: Vec<(f64, f64)> = of_maker.map(value).filter(|(_, x)| x <= limit).collect();
                makers += u32::from(!own.is_empty());
                let share: f64 = own.iter().map(|(w, _)| w).sum();
                squares += share * share;
            }
            prop_assert!(near(profile.competition.hhi_after, 1e4 * squares / (passing * passing)));
            prop_assert_eq!(profile.competition.makers_after, makers);
        }
    }

    #[test]
    fn the_order_of_the_input_changes_no_digit(products in any_population(), seed in 0u64..1000) {
        let plan = Plan { limits: vec![of(300.0)], samples: Some(500), sweep: Some(5), ..Plan::default() };
        let mut shuffled = products.clone();
        shuffled.sort_by_key(|product| {
            product.name.bytes().fold(seed, |key, byte| key.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(byte)))
        });
        let json = |products: Vec<PopulationProduct>| serde_json::to_string(&answer(document(products), &plan).0).unwrap();
        prop_assert_eq!(json(products), json(shuffled));
    }

    #[test]
    fn quadrature_and_samples_agree(products in any_population(), limit in 50.0..900.0f64) {
        let plan = Plan { limits: vec![of(limit)], rsd: Some(of(0.2)), samples: Some(20_000), ..Plan::default() };
        let (report, _) = answer(document(products), &plan);
        if let Some(wrong) = &report.limits[0].misclassification {
            prop_assert!(wrong.monte_carlo.agrees, "{:?}", wrong.monte_carlo);
            prop_assert!(wrong.process.monte_carlo.agrees, "{:?}", wrong.process);
        }
    }

    #[test]
    fn a_page_is_whole_and_asks_for_nothing(products in any_population(), text in "\\PC{0,12}") {
        let mut document = document(products);
        document.population.name = Some(format!("<script>{text}"));
        document.products[0].name = format!("<img src=x onerror={text}>");
        let step = Step { from: "2026-01-01".into(), value: of(300.0), announced: None };
        let trajectory = Trajectory { steps: vec![step], ..Trajectory::default() };
        let plan = Plan {
            limits: vec![of(300.0)], sweep: Some(20), samples: Some(200), trajectory: Some(trajectory), ..Plan::default()
        };
        let (report, found) = answer(document, &plan);
        for language in [crate::diagnostic::Language::En, crate::diagnostic::Language::Zh] {
            let page = page(&report, &found, language);
            prop_assert!(page.ends_with("</html>\n"));
            prop_assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("NaN") && !page.contains("inf"));
            // The only address is the name of SVG.
            prop_assert!(page.matches("http").count() == page.matches("http://www.w3.org/2000/svg").count());
        }
    }
}
