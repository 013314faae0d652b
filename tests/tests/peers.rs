//! The last comparison with another program, as it was kept (`cargo xtask peers`): it holds the bar, and it is not empty.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;

const BAR: f64 = 1e-9;

/// Shapes of systems that the comparison must have met: loops near one, waste, co-products among them.
const SHAPES: [&str; 9] =
    ["chain", "no loops", "loops", "strong loops", "own product", "waste", "recycling", "co-products", "units"];

#[test]
fn bw2calc_agrees_on_random_systems() {
    let kept: Value = serde_json::from_str(include_str!("../data/peers/bw2calc.json")).unwrap();
    assert!(kept["date"].as_str().unwrap().len() == 10 && kept["seeds"].as_array().unwrap().len() >= 8);
    for program in ["zuji", "bw2calc", "numpy", "scipy", "python"] {
        assert!(!kept["versions"][program].as_str().unwrap().is_empty(), "{program}");
    }
    assert!(kept["systems"].as_u64().unwrap() >= 72 && kept["processes"].as_u64().unwrap() >= 5_000);
    assert_eq!(kept["shapes"].as_object().unwrap().len(), SHAPES.len());
    let parts = SHAPES.iter().map(|shape| &kept["shapes"][*shape]).chain([&kept["all"]]);
    for part in parts {
        let quantities = part.as_object().unwrap();
        assert_eq!(quantities.len(), 4, "{quantities:?}");
        for (what, found) in quantities {
            let number = |name: &str| found[name].as_f64().unwrap_or_else(|| panic!("{what}: {found}"));
            assert!(number("values") >= 100.0, "{what}: {found}");
            assert!((0.0..=BAR).contains(&number("q99")), "{what}: {found}");
            assert!(number("q50") <= number("q90") && number("q90") <= number("q99"), "{what}: {found}");
            assert!(number("most") >= number("q99"), "{what}: {found}");
        }
    }
}
