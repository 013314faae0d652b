use super::*;
use zuji_core::factor::FactorsDocument;
use zuji_core::math::Finite;

fn packs() -> Vec<FactorsDocument> {
    let root = crate::repository();
    tree::sorted(&root.join("factors/packs"))
        .unwrap()
        .into_iter()
        .map(|path| serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect()
}

fn golden() -> FactorsDocument {
    let path = crate::repository().join("tests/golden/factors.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn side(packs: Vec<FactorsDocument>, golden: FactorsDocument) -> Factors {
    let root = crate::repository();
    let waste = serde_json::from_str(include_str!("../../../tests/golden/waste.json")).unwrap();
    Factors::of(&Tree::Working { root: &root }, packs, golden, &waste).unwrap()
}

#[test]
fn the_products_of_the_repository_are_found_and_stay_where_nothing_changes() {
    let products = products(&crate::repository()).unwrap();
    let names: Vec<&str> = products.iter().map(|product| product.name.as_str()).collect();
    for name in [
        "examples/carton/bom.csv",
        "examples/concrete/bom.csv",
        "examples/desktop/bom.csv",
        "examples/laptop/laptop.yaml",
        "examples/office-chair/bom.csv",
        "examples/television/television.yaml",
        "tests/golden/chair.csv",
        "tests/golden/gaps.yaml",
        "wasm/tests/inputs/stool/bom.csv",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(!names.contains(&"tests/golden/chair.yaml") && !names.contains(&"tests/golden/factors.yaml"));
    let (before, after) = (side(packs(), golden()), side(packs(), golden()));
    for product in &products {
        assert!(compute(product, if product.golden { &before.golden } else { &before.embedded }).is_ok());
        assert!(compare(product, &before, &after).unwrap().is_none(), "{}", product.name);
    }
}

/// A factor twice as high adds its lines once more; the rows say which one, and sum to the difference.
#[test]
fn a_changed_factor_is_named_with_what_it_adds() {
    let id = "cn-electricity/footprint/2024/national";
    let mut changed = packs();
    let row = changed.iter_mut().flat_map(|pack| &mut pack.rows).find(|row| row.id == id).unwrap();
    let old = row.co2e.unwrap().get();
    row.co2e = Some(Finite::new(old * 2.0).unwrap());
    let (before, after) = (side(packs(), golden()), side(changed, golden()));
    let products = products(&crate::repository()).unwrap();
    let mut moved = 0;
    for product in &products {
        let Some(change) = compare(product, &before, &after).unwrap() else { continue };
        assert!(!product.golden, "golden inputs bring their own factors");
        moved += 1;
        let total = change.total().unwrap();
        let rows: f64 = change.rows.iter().map(|row| row.contribution).sum();
        assert!(total > 0.0 && (total - rows).abs() < 1e-9 * total, "{}: {total} {rows}", product.name);
        for row in &change.rows {
            assert!(row.why.contains(id) && row.why.contains("0.5777 → 1.1554"), "{}", row.why);
            assert!(row.contribution > 0.0, "{}", row.line);
        }
        assert!(change.rows.windows(2).all(|pair| pair[0].contribution >= pair[1].contribution));
    }
    assert!(moved > 0);
}

#[test]
fn a_factor_that_goes_away_shows_where_it_is_missed() {
    let mut fewer = golden();
    let gone = fewer.rows.remove(0).id;
    let (before, after) = (side(packs(), golden()), side(packs(), fewer));
    let chair = products(&crate::repository()).unwrap();
    let chair = chair.iter().find(|product| product.name == "tests/golden/chair.csv").unwrap();
    let change = compare(chair, &before, &after).unwrap().unwrap();
    assert_ne!(change.before, change.after);
    let named = change.rows.iter().any(|row| row.why.contains(&gone) && row.why.contains("not counted any more"));
    assert!(named, "{gone}: {change:?}");
}
