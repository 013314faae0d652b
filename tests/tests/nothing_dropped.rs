//! What an input says is used, or refused with a finding: a field, a unit, a word is never dropped in silence.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::diagnostic::Severity;
use zuji_core::product::Library;
use zuji_tests::{Seen, compute, compute_table, library_with_waste, near};

fn shop() -> Library {
    library_with_waste(
        json!([
            {"name": "steel", "class": "metal.steel", "co2e": "2"},
            {"name": "wood", "class": "wood", "co2e": "1", "carbon": {"biogenic": "0.5", "fossil": "0", "bio_based": true, "source": "test"}},
            {"name": "scrap", "kind": "waste_treatment", "co2e": "0.1"},
            {"name": "road", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "0.5"},
            {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": "0.5", "transmission": "included"},
            {"name": "gas", "kind": "fuel_life_cycle", "unit": "m3", "co2e": "3"},
        ]),
        json!({"schema": "zuji/waste@1", "rules": [{"class": "metal", "landfill": "t/scrap", "recycling": "t/scrap"}]}),
    )
}

fn steel(more: Value) -> Value {
    let mut line = json!({"name": "steel", "position": "1", "quantity": 1, "unit": "kg"});
    for (field, value) in more.as_object().unwrap() {
        line[field] = value.clone();
    }
    line
}

fn of(more: Value) -> Seen {
    let mut given = json!({"bom": [steel(json!({"position": "0", "quantity": 10}))]});
    for (field, value) in more.as_object().unwrap() {
        given[field] = value.clone();
    }
    compute(&shop(), given)
}

fn with(line: Value) -> Seen {
    of(json!({"bom": [steel(json!({"position": "0", "quantity": 10})), line]}))
}

fn assembly(more: Value) -> Seen {
    let mut line = json!({"name": "m", "quantity": 2, "lines": [steel(json!({}))]});
    for (field, value) in more.as_object().unwrap() {
        line[field] = value.clone();
    }
    with(line)
}

#[test]
fn assemblies_are_counted_in_pieces_of_their_unit() {
    for (unit, total) in [("个", 24.0), ("打", 68.0), ("千个", 4020.0), ("罗", 596.0), ("ＰＣＳ", 24.0)] {
        let seen = assembly(json!({"unit": unit}));
        assert!(near(seen.total(), total) && seen.complete(), "{unit}: {}", seen.total());
    }
    // T is tonnes or thousands; an assembly counts pieces.
    let thousands = assembly(json!({"unit": "T"}));
    assert!(near(thousands.total(), 4020.0) && thousands.has("U206"));
    let answered = of(json!({"units": {"ｋｉｔ": "dozen"},
        "bom": [{"name": "m", "quantity": 1, "unit": "kit", "lines": [steel(json!({}))]}]}));
    assert!(near(answered.total(), 24.0), "{:?}", answered.codes());
    let table = "编码,父项,名称,材料,数量,单位\nA,,m,,2,千个\nB,A,b,steel,1,kg\n";
    assert!(near(compute_table(&shop(), table, json!({})).total(), 4000.0));
}

#[test]
fn what_has_no_place_on_an_assembly_is_said() {
    assert!(!assembly(json!({})).has("B406"));
    for more in [
        json!({"transport": [{"mode": "road", "distance": "100 km"}]}),
        json!({"supplier": {"footprint": 5, "per": "1 个", "boundary": "cradle-to-gate", "gwp": "AR6", "source": "s"}}),
        json!({"end_of_life": {"landfill": "100%"}}),
        json!({"stage": "packaging"}),
        json!({"fossil_carbon": 0.5}),
    ] {
        let seen = assembly(more.clone());
        assert_eq!(seen.finding("B406").severity(), Severity::Error, "{more}");
        assert_eq!(seen.status, 1, "{more}");
        assert_eq!(seen.complete(), more.get("transport").is_none(), "{more}");
    }
    // The mass of an assembly stands in many exports; it changes nothing.
    let seen = assembly(json!({"unit_mass": "3 kg"}));
    assert_eq!((seen.finding("B406").severity(), seen.status), (Severity::Note, 0));
}

#[test]
fn what_is_below_a_refused_assembly_is_unknown_for_the_same_reason() {
    for (more, code) in
        [(json!({"unit": "kg"}), "B403"), (json!({"quantity": -1}), "B502"), (json!({"loss": "0.03"}), "V104")]
    {
        let seen = assembly(more);
        let deep: Vec<(String, String)> = seen.missing();
        assert_eq!(deep, [("m".to_string(), code.to_string()), ("steel".into(), code.into())]);
        let part = seen.lines().iter().find(|line| line["name"] == "steel" && line["amount"].is_null()).unwrap();
        assert!(part["activity"].is_null(), "unknown is not zero: {part}");
        let listed = &seen.result["assemblies"][0];
        assert!(listed["units"].is_null() && listed["amount"].is_null(), "{listed}");
        assert!(near(seen.total(), 20.0));
    }
    let orphan = "编码,父项,名称,材料,数量,单位\nA,,a,steel,1,kg\nB,Z,b,steel,1,kg\n";
    let seen = compute_table(&shop(), orphan, json!({}));
    assert_eq!(seen.missing(), [("b".to_string(), "B402".to_string())]);
    assert!(seen.result["coverage"]["missing"][0]["amount"].is_null());
}

#[test]
fn an_assembly_goes_back_into_stock_whole() {
    let seen = assembly(json!({"quantity": -2, "treatment": "return"}));
    assert!(near(seen.total(), 16.0) && seen.status == 0, "{} {:?}", seen.total(), seen.codes());
    assert!(assembly(json!({"quantity": -2, "treatment": "waste"})).has("B502"));
}

#[test]
fn a_treatment_without_effect_is_said() {
    assert!(with(steel(json!({"treatment": "waste"}))).has("B504"));
    assert!(assembly(json!({"treatment": "return"})).has("B504"));
    assert!(with(steel(json!({"treatment": "sell"}))).has("V106"));
    let unknown = with(steel(json!({"quantity": -1, "treatment": "sell"})));
    assert!(unknown.has("V106") && unknown.has("B502"));
    assert!(!with(steel(json!({"quantity": -1, "treatment": "return"}))).has("B504"));
}

#[test]
fn waste_is_treated_and_not_made() {
    let made = with(steel(json!({"quantity": -1, "treatment": "waste"})));
    assert!(made.has("F310") && near(made.total(), 20.0), "{} {:?}", made.total(), made.codes());
    let treated = with(json!({"name": "s", "material": "scrap", "quantity": -1, "unit": "kg", "treatment": "waste"}));
    assert!(near(treated.total(), 20.1) && treated.complete(), "{:?}", treated.codes());
    assert!(treated.lines().iter().any(|line| line["name"] == "s" && line["module"] == "A3"));
}

#[test]
fn replacements_that_cannot_be_read_are_missing() {
    for bad in ["x", "-1", "1001", "1,234"] {
        for seen in [with(steel(json!({"replacements": bad}))), assembly(json!({"replacements": bad}))] {
            assert!(seen.has("V103") && !seen.complete(), "{bad}");
            assert!(seen.missing().iter().any(|(_, reason)| reason == "V103"));
        }
    }
    assert!(with(steel(json!({"replacements": ""}))).complete());
    let packed = |times: u32| of(json!({"packaging": [steel(json!({"replacements": times}))]}));
    assert!(packed(3).has("V106") && !packed(0).has("V106"));
}

#[test]
fn a_replaced_part_comes_with_its_way_and_its_end() {
    let whole_life = |line: Value| {
        of(json!({"bom": [line], "boundary": "cradle-to-grave", "use": "none", "distribution": "none",
            "end_of_life": {"landfill": "100%"}}))
    };
    let legs = json!([{"mode": "road", "distance": "1000 km"}]);
    let part = whole_life(steel(json!({"replacements": 3, "transport": legs})));
    // (2 + 0.5 of transport + 0.1 of its end) × 4, whether the part is replaced or the assembly that is nothing else.
    assert!(near(part.total(), 10.4), "{}", part.total());
    let part = steel(json!({"transport": legs}));
    let same = whole_life(json!({"name": "m", "quantity": 1, "replacements": 3, "lines": [part]}));
    assert!(near(same.total(), 10.4), "{}", same.total());
}

#[test]
fn carbon_that_cannot_be_read_is_unknown() {
    let wood = |more: Value| {
        let mut line = json!({"name": "wood", "quantity": 1, "unit": "kg"});
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        with(line)
    };
    assert!(near(wood(json!({})).number("/total/including_biogenic_uptake"), 21.0 - 22.0 / 12.0));
    let bad = wood(json!({"biogenic_carbon": 50}));
    assert!(bad.has("V106") && bad.has("F326") && bad.result["total"]["including_biogenic_uptake"].is_null());
    let supplied = |carbon: &str| {
        with(steel(json!({"supplier": {"footprint": 5, "per": "1 kg", "boundary": "cradle-to-gate", "gwp": "AR6",
            "source": "s", "biogenic_carbon": carbon}})))
    };
    assert!(near(supplied("0.3 kg").number("/total/including_biogenic_uptake"), 25.0 - 1.1));
    let negative = supplied("-3 kg");
    assert!(negative.has("V106") && negative.result["total"]["including_biogenic_uptake"].is_null());
    // Packaging stands apart: the product's own total is known, and the finding says so.
    let packed = of(json!({"packaging": [{"name": "wood", "quantity": 1, "unit": "kg", "biogenic_carbon": "?"}]}));
    let why = packed.finding("F326").why(zuji_core::diagnostic::Language::En);
    assert!(why.contains("packaging") && !packed.result["total"]["including_biogenic_uptake"].is_null(), "{why}");
}

#[test]
fn a_year_of_the_plant_is_no_year_of_the_product() {
    let made = |more: Value| {
        let mut energy = json!({"carrier": "power", "amount": 100, "unit": "kWh"});
        energy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let plant = json!({"key": "pieces", "outputs": [{"name": "p", "pieces": 10}]});
        of(json!({"energy": [energy], "service_life": "15 year", "plant": plant}))
    };
    assert!(near(made(json!({"per": "plant"})).total(), 25.0));
    for per in ["year", "年", "life", "month"] {
        let seen = made(json!({"per": per}));
        assert!(seen.has("V106") && !seen.complete() && near(seen.total(), 20.0), "{per}: {:?}", seen.codes());
    }
    let used = |per: &str| {
        of(json!({"use": {"energy": [{"carrier": "power", "amount": "10 kWh", "per": per}]}, "service_life": 4,
            "boundary": "cradle-to-grave", "distribution": "none", "end_of_life": "none",
            "plant": {"key": "pieces", "outputs": [{"name": "p", "pieces": 10}]}}))
    };
    assert!(near(used("year").total(), 40.0) && near(used("life").total(), 25.0));
    assert!(used("plant").has("V106") && !used("plant").complete());
}

#[test]
fn estimates_of_energy_are_listed() {
    let energy = |measured: Value| {
        of(json!({"energy": [{"carrier": "power", "amount": "1 kWh", "per": "product", "measured": measured}]}))
    };
    assert!(energy(json!(false)).has("B605"));
    assert!(!energy(json!(true)).has("B605"));
    assert!(near(energy(json!(false)).total(), energy(json!(true)).total()));
}

#[test]
fn a_key_of_mixed_units_divides_nothing() {
    let divided = |key: &str, first: &str, second: &str| {
        let field = if key == "revenue" { "revenue" } else { key };
        of(
            json!({"co_products": {"key": key, "outputs": [{"name": "p", "this": true, field: first}, {"name": "q", field: second}]},
            "packaging": [steel(json!({}))]}),
        )
    };
    for (key, a, b) in [
        ("physical", "1 m2", "3 m2"),
        ("physical", "1", "3"),
        ("revenue", "1 万元", "30000 元"),
        ("price", "1 元", "3 CNY"),
    ] {
        let seen = divided(key, a, b);
        assert!(near(seen.total(), 7.0), "{key} {a} {b}: {:?}", seen.codes());
    }
    for (key, a, b) in [
        ("physical", "1 m2", "3 kg"),
        ("revenue", "1 元", "3 USD"),
        ("price", "1", "3 元"),
        ("revenue", "1 CNY2020", "3 CNY2024"),
    ] {
        let seen = divided(key, a, b);
        assert!(seen.has("L602") && !seen.complete(), "{key} {a} {b}");
        assert!(seen.missing().iter().any(|(_, reason)| reason == "L602"));
    }
}

#[test]
fn a_product_that_carries_nothing_is_no_result() {
    let seen = of(
        json!({"co_products": {"key": "mass", "outputs": [{"name": "p", "this": true, "mass": 0}, {"name": "q", "mass": 5}]}}),
    );
    assert!(seen.has("L602") && seen.status == 2);
}

#[test]
fn shares_of_the_end_are_whole() {
    let gone = |end: Value| {
        of(json!({"boundary": "cradle-to-grave", "use": "none", "distribution": "none", "end_of_life": end}))
    };
    // 66.7 % and 33 % are people's thirds: all ten kilograms are treated.
    assert!(near(gone(json!({"recycling": "66.7%", "landfill": "33%"})).total(), 21.0));
    assert!(gone(json!({"recycling": "66%", "landfill": "33%"})).has("V105"));
    let slip = gone(json!({"landfill": "100%", "factors": {"landfil": "t/scrap"}}));
    assert!(slip.has("V106") && !slip.complete());
}

#[test]
fn words_of_the_frame_are_known_or_said() {
    assert!(of(json!({"forming": "bought"})).status == 0);
    assert!(of(json!({"forming": "buoght"})).has("V106"));
    assert!(of(json!({"geography": "中国"})).has("V106"));
    assert!(with(steel(json!({"geography": "浙江"}))).has("V106"));
    assert!(!with(steel(json!({"geography": "CN-ZJ"}))).has("V106"));
    let two_units = of(json!({"declared_unit": {"amount": "1 t", "unit": "kg"}}));
    assert!(two_units.has("V106") && two_units.status == 2);
    assert!(of(json!({"reference_period": {"start": "2025-01-01", "end": "2025-01-01"}})).has("V106"));
}

#[test]
fn a_gas_state_that_the_factor_does_not_state_is_said() {
    let gas = |unit: &str| of(json!({"energy": [{"carrier": "gas", "amount": 1, "unit": unit, "per": "product"}]}));
    assert!(gas("Nm3").has("U212") && !gas("m3").has("U212"));
    assert!(near(gas("Nm3").total(), gas("m3").total()));
}

#[test]
fn a_question_about_a_number_is_a_question_about_its_line() {
    let seen = with(steel(json!({"loss": "0.03"})));
    let missing = &seen.result["coverage"]["missing"][0];
    assert_eq!((missing["reason"].as_str(), missing["undecided"].as_bool()), (Some("V104"), Some(true)));
    assert!(with(steel(json!({"quantity": "1 23"}))).has("N105"));
    let way = with(steel(json!({"transport": [{"mode": "road", "distance": "约180"}]})));
    assert_eq!(way.missing(), [("steel".to_string(), "N105".to_string())]);
}

/// A line that counts by area or by piece and has no mass: what hangs on its mass is missing, and says so.
#[test]
fn a_line_without_a_mass_says_that_its_transport_and_end_of_life_are_missing() {
    let shop = library_with_waste(
        json!([
            {"name": "steel", "class": "metal.steel", "co2e": "2"},
            {"name": "die", "class": "metal", "unit": "m2", "co2e": "3"},
            {"name": "scrap", "kind": "waste_treatment", "co2e": "0.1"},
            {"name": "road", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "0.5"},
        ]),
        json!({"schema": "zuji/waste@1", "rules": [{"class": "metal", "landfill": "t/scrap", "recycling": "t/scrap"}]}),
    );
    let die = |more: Value, inbound: Value, end: Value| {
        let mut line = json!({"name": "die", "quantity": 2, "unit": "m2"});
        for (field, value) in more.as_object().unwrap() {
            line[field] = value.clone();
        }
        compute(&shop, json!({"bom": [steel(json!({})), line], "inbound": inbound, "end_of_life": end}))
    };
    let road = json!([{"mode": "road", "distance": "100 km"}]);
    let end = json!({"recycling": "100%"});
    for (inbound, end) in [(road.clone(), json!("none")), (json!("none"), end.clone()), (road.clone(), end.clone())] {
        let seen = die(json!({}), inbound.clone(), end.clone());
        assert!(seen.has("B311"), "{inbound} {end}: {:?}", seen.codes());
        assert!(!seen.complete());
        let weighed = die(json!({"mass_per_area": "2.1 kg/m2"}), inbound, end);
        assert!(!weighed.has("B311") && weighed.complete(), "{:?}", weighed.codes());
    }
    // Nothing hangs on it, or the leg says what it moves: nothing is missing. An unknown material has its own finding.
    assert!(!die(json!({}), json!("none"), json!("none")).has("B311"));
    let own = json!([{"mode": "road", "distance": "100 km", "mass": "4 kg"}]);
    assert!(!die(json!({}), own, json!("none")).has("B311"));
    let unknown = die(json!({"name": "unobtainium"}), road, end);
    assert!(unknown.has("F301") && !unknown.has("B311"), "{:?}", unknown.codes());
}
