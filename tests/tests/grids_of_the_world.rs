//! Electricity of any country, with all grid tables loaded: the place's own row, life cycle, nearest year; the official
//! national figure where there is one; a gap where there is no row. Never a direct factor, another country, the world.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::factor::{FactorKind, GRID_WORDS};
use zuji_core::record::{Replay, replay};
use zuji_tests::{Seen, compute, library, real_library};

const STEEL: &str = "冷轧钢板";

/// 1,000 kWh of a carrier at a place, in a product of a year.
fn power(carrier: &str, geography: &str, date: &str) -> Seen {
    let energy = json!([{"carrier": carrier, "amount": "1000 kWh", "geography": geography, "per": "product"}]);
    compute(
        real_library(),
        json!({"date": date, "energy": energy,
            "bom": [{"name": "steel", "material": STEEL, "quantity": 0, "unit": "kg"}]}),
    )
}

/// The ids of the electricity rows that took part.
fn rows(seen: &Seen) -> Vec<String> {
    let factors = seen.result["factors"].as_array().unwrap().iter();
    let ids = factors.filter(|factor| factor["kind"].as_str().unwrap().starts_with("electricity"));
    ids.map(|factor| factor["id"].as_str().unwrap().to_string()).collect()
}

#[test]
fn china_stays_with_its_official_footprint() {
    for geography in ["CN", "CN-SX", "CN-GD"] {
        for word in GRID_WORDS {
            let seen = power(word, geography, "2024-12-31");
            assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "577.7", "{word} in {geography}");
            assert_eq!(rows(&seen), ["cn-electricity/footprint/2024/national"], "{word} in {geography}");
            assert!(seen.complete());
        }
    }
    // Collections have nearer years; the official figure stands all the same.
    for date in ["2025-12-31", "2026-06-30"] {
        assert_eq!(rows(&power("电力", "CN-SX", date)), ["cn-electricity/footprint/2024/national"], "{date}");
    }
    for date in ["2023-12-31", "2021-12-31"] {
        assert_eq!(rows(&power("电力", "CN", date)), ["cn-electricity/footprint/2023/national"], "{date}");
    }
}

#[test]
fn the_united_kingdom_stays_with_its_official_factors() {
    for (geography, date) in [("GB", "2024-12-31"), ("GB-NIR", "2025-12-31"), ("GB", "2022-12-31")] {
        let used = rows(&power("electricity", geography, date));
        assert!(used.iter().all(|id| id.starts_with("uk-desnz-2024/electricity/")) && used.len() > 1, "{used:?}");
    }
}

#[test]
fn a_country_gets_its_own_row_of_the_products_year() {
    for (geography, zone) in [
        ("DE", "de"),
        ("US", "us"),
        ("VN", "vn"),
        ("JP", "jp"),
        ("AU-NSW", "au-nsw"),
        ("IT-82", "it-sic"),
        ("TW", "tw"),
    ] {
        for year in 2021..=2025 {
            for word in ["电力", "electricity", "外购电力", "市电"] {
                let seen = power(word, geography, &format!("{year}-12-31"));
                assert_eq!(rows(&seen), [format!("electricity-maps/{year}/{zone}")], "{word} in {geography}");
                assert!(seen.complete(), "{:?}", seen.codes());
            }
        }
    }
    let germany = power("electricity", "DE", "2024-12-31");
    let row = real_library().factors.by_id("electricity-maps/2024/de").unwrap();
    let figure = real_library().factors.get(row).row.co2e.unwrap().get();
    assert!((germany.total() - 1000.0 * figure).abs() < 1e-9 && figure > 0.2 && figure < 0.6, "{figure}");
    // The newest where the product is younger than all rows; the nearest where it is older than all.
    assert_eq!(rows(&power("电力", "DE", "2026-12-31")), ["electricity-maps/2025/de"]);
    assert_eq!(rows(&power("电力", "DE", "2019-12-31")), ["electricity-maps/2021/de"]);
}

#[test]
fn a_subdivision_without_a_row_has_its_country_and_a_part_never_serves_the_country() {
    // California has zones of its own without a code of ISO: the country serves. Novara is not the zone IT-NO.
    assert_eq!(rows(&power("电力", "US-CA", "2024-12-31")), ["electricity-maps/2024/us"]);
    assert_eq!(rows(&power("电力", "IT-NO", "2024-12-31")), ["electricity-maps/2024/it"]);
    assert_eq!(rows(&power("电力", "US-NE", "2024-12-31")), ["electricity-maps/2024/us"]);
    // Russia has no row of its own in Electricity Maps, only parts: Ember's serves, not a part.
    assert_eq!(rows(&power("电力", "RU", "2024-12-31")), ["ember-grid/ru"]);
    // By its own name a part serves in its country.
    let north = power("意大利北部电力（分区IT-NO）", "IT", "2024-12-31");
    assert_eq!(rows(&north), ["electricity-maps/2024/it-no"]);
}

#[test]
fn a_stated_year_comes_before_none_and_the_choice_does_not_depend_on_the_order() {
    let rows_of = |first: &str, second: &str| {
        let row = |id: &str| match id {
            "dated" => {
                json!({"name": "dated", "kind": "electricity", "unit": "kWh", "geography": "DE", "period": "2015",
                "co2e": "2", "synonyms": ["电力"]})
            }
            _ => {
                json!({"name": "undated", "kind": "electricity", "unit": "kWh", "geography": "DE", "period": "not stated",
                "co2e": "3", "synonyms": ["电力"]})
            }
        };
        let library = library(json!([{"name": "x", "co2e": "0"}, row(first), row(second)]));
        let seen = compute(
            &library,
            json!({"bom": [{"name": "x", "quantity": 1, "unit": "kg"}],
                "energy": [{"carrier": "electricity", "amount": "1 kWh", "geography": "DE", "per": "product"}]}),
        );
        seen.total()
    };
    assert_eq!((rows_of("dated", "undated"), rows_of("undated", "dated")), (2.0, 2.0));
    // Countries that only Ember has are served by it.
    for (geography, id) in [("FJ", "electricity-maps/2024/fj"), ("NR", "ember-grid/nr"), ("CK", "ember-grid/ck")] {
        assert_eq!(rows(&power("电力", geography, "2024-12-31")), [id]);
    }
}

#[test]
fn without_a_row_there_is_a_gap_and_no_world_average() {
    for geography in ["AQ", "BV", "HM"] {
        let seen = power("electricity", geography, "2024-12-31");
        assert!(seen.has("F301") && !seen.complete() && seen.total() == 0.0, "{geography}: {:?}", seen.codes());
    }
    // The world serves where the world is meant.
    assert_eq!(rows(&power("电力", "GLO", "2024-12-31")), ["ember-grid/world"]);
    assert_eq!(rows(&power("世界平均电力", "DE", "2024-12-31")), ["ember-grid/world"]);
    // A table that has nothing but the world's average does not serve a country by a plain word either.
    let library = library(json!([
        {"name": "x", "co2e": "1"}, {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "GLO", "co2e": "9"}]));
    let with = |geography: &str| {
        compute(
            &library,
            json!({"bom": [{"name": "x", "quantity": 1, "unit": "kg"}],
                "energy": [{"carrier": "power", "amount": "1 kWh", "geography": geography, "per": "product"}]}),
        )
    };
    assert!(with("DE").has("F301") && with("DE").total() == 1.0);
    assert_eq!(with("GLO").total(), 10.0);
}

#[test]
fn the_electricity_of_another_country_is_not_meant_by_its_name() {
    // A name that says the country, at another place, is a slip: no row of the place is taken for it.
    let seen = power("德国电力", "CN", "2024-12-31");
    assert!(seen.has("F301") && seen.total() == 0.0, "{:?}", seen.codes());
    assert_eq!(rows(&power("德国电力", "DE", "2024-12-31")), ["electricity-maps/2024/de"]);
}

#[test]
fn no_direct_rate_serves_anywhere() {
    let direct: Vec<&str> = real_library()
        .factors
        .iter()
        .filter(|(_, factor)| factor.row.kind == FactorKind::ElectricityDirect)
        .map(|(_, factor)| factor.row.id.as_str())
        .collect();
    assert!(direct.len() > 170 && direct.contains(&"us-states-grid/2023/us-ca"));
    let seen = power("us-states-grid/2023/us-ca", "US-CA", "2024-12-31");
    assert!(seen.has("F322") && seen.total() == 0.0);
    let seen = power("美国加利福尼亚州发电排放率（直接）", "US-CA", "2024-12-31");
    assert!(seen.has("F322") && seen.total() == 0.0 && rows(&seen).is_empty(), "{:?}", seen.codes());
}

/// A record holds the rows among which the choice was made, not those of two hundred other countries, and is recomputed
/// from them alone.
#[test]
fn a_record_holds_the_rows_of_the_place_and_replays() {
    for (carrier, geography, at_most) in [
        ("electricity", "DE", 6),
        ("市电", "VN", 6),
        ("电力", "CN-SX", 2),
        ("electricity", "GB", 4),
        ("electricity", "AQ", 1),
        ("power", "GLO", 1),
    ] {
        let seen = power(carrier, geography, "2024-12-31");
        let record: Value = serde_json::from_slice(&seen.record).unwrap();
        let grid: Vec<&str> = record["tables"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|table| table["rows"].as_array().unwrap())
            .filter_map(|row| row["id"].as_str().filter(|id| id.contains("electri") || id.contains("grid")))
            .collect();
        assert!(!grid.is_empty() && grid.len() <= at_most, "{carrier} in {geography}: {grid:?}");
        assert_eq!(replay(&seen.record).unwrap(), Replay::Same, "{carrier} in {geography}");
    }
    let green = json!([{"carrier": "electricity", "amount": "10 kWh", "geography": "DE", "per": "product", "instrument": "X-1"}]);
    let seen = compute(
        real_library(),
        json!({"energy": green, "bom": [{"name": "steel", "material": STEEL, "quantity": 0, "unit": "kg"}]}),
    );
    assert_eq!(replay(&seen.record).unwrap(), Replay::Same);
}
