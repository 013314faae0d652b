//! What tables of halves, processes, direct emissions and figures per money do to a product: a declared gap, never a
//! silent half and never another thing's figure.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::diagnostic::Language;
use zuji_core::factor::check_table;
use zuji_tests::{Seen, compute, library, library_with_waste, near, real_library, table};

const STEEL: &str = "冷轧钢板";

fn real(given: Value) -> Seen {
    compute(real_library(), given)
}

fn energy(given: Value) -> Seen {
    real(json!({"bom": [{"name": "steel", "material": STEEL, "quantity": 0, "unit": "kg"}], "energy": [given]}))
}

/// A bill of nothing but one line, beside a line that weighs nothing.
fn line(given: Value) -> Seen {
    real(json!({"bom": [{"name": "steel", "material": STEEL, "quantity": 0, "unit": "kg"}, given]}))
}

/// The ids of the factors that took part.
fn used(seen: &Seen) -> Vec<String> {
    let factors = seen.result["factors"].as_array().map_or(&[][..], Vec::as_slice);
    factors.iter().map(|factor| factor["id"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_whole_fuel_goes_before_a_nearer_half() {
    // The world's default is nearer to China than the United Kingdom, and has no upstream row.
    for (carrier, amount) in [
        ("柴油", "1 t"),
        ("diesel", "1 t"),
        ("汽油", "1 t"),
        ("天然气", "100 m3"),
        ("天然气", "100 kWh (LHV)"),
        ("液化石油气", "1 t"),
        ("燃料油", "1 t"),
        ("烟煤", "1 t"),
        ("石油焦", "1 t"),
        ("炼焦煤", "1 t"),
    ] {
        for geography in ["CN", "CN-SX", "US", "US-CA"] {
            let seen = energy(json!({"carrier": carrier, "amount": amount, "geography": geography, "per": "product"}));
            assert!(seen.complete(), "{carrier} in {geography}: {:?} {:?}", seen.codes(), seen.missing());
            let used = used(&seen);
            let count = |half: &str| used.iter().filter(|id| id.starts_with(half)).count();
            let british = (count("uk-desnz-2024/fuels/"), count("uk-desnz-2024/wtt-fuels/"));
            let chinese = (count("cn-fuels/combustion/"), count("cn-fuels/upstream/"));
            assert!(
                [british, chinese] == [(1, 1), (0, 0)] || [british, chinese] == [(0, 0), (1, 1)],
                "{carrier}: {used:?}"
            );
            assert!(!used.iter().any(|id| id.starts_with("ipcc-defaults/")), "{carrier}: {used:?}");
        }
    }
}

#[test]
fn a_fuel_that_no_table_has_whole_is_a_gap() {
    for (carrier, amount) in
        [("无烟煤", "1 t"), ("焦炭", "1 t"), ("原油", "1 t"), ("褐煤", "1 GJ (LHV)"), ("anthracite", "1 t")]
    {
        let seen = energy(json!({"carrier": carrier, "amount": amount, "per": "product"}));
        assert!(seen.has("F311") && !seen.complete() && seen.total() == 0.0, "{carrier}: {:?}", seen.codes());
        assert_eq!(seen.status, 1, "{carrier}");
        assert_eq!(seen.missing(), [(carrier.to_string(), "F311".to_string())]);
    }
}

#[test]
fn a_half_is_a_gap_when_it_is_chosen_by_hand_too() {
    for (id, amount) in [
        ("ipcc-defaults/fuel/natural-gas", "10 GJ (LHV)"),
        ("ipcc-defaults/fuel/gas-diesel-oil", "1 t"),
        ("us-epa-hub-2024/stationary/natural-gas/mmbtu", "1 MMBtu (HHV)"),
        ("us-epa-hub-2024/stationary/natural-gas/ft3", "1 m3"),
        ("us-epa-hub-2024/mobile/locomotives/diesel/gal", "100 L"),
        ("us-epa-hub-2024/heat/steam-and-heat/mmbtu", "1 GJ"),
    ] {
        let seen = energy(json!({"carrier": "x", "factor": id, "amount": amount, "per": "product"}));
        assert!(seen.has("F311") && !seen.complete() && seen.total() == 0.0, "{id}: {:?}", seen.codes());
    }
    let seen = real(json!({"bom": [{"name": "steel", "material": STEEL, "quantity": 1, "unit": "kg",
        "transport": [{"mode": "truck", "distance": 1000, "factor": "us-epa-hub-2024/freight/rail/short-ton-mile"}]}]}));
    assert!(seen.has("F311") && !seen.complete(), "{:?}", seen.codes());
    let direct = "us-epa-hub-2024/electricity/camx/kwh";
    let seen = energy(json!({"carrier": "电", "factor": direct, "amount": "1000 kWh", "per": "product"}));
    assert!(seen.has("F322") && !seen.complete() && seen.total() == 0.0, "{:?}", seen.codes());
}

/// Naphtha per litre has no upstream row, per tonne and per kWh it has: a pair is taken, through its properties.
#[test]
fn a_whole_fuel_in_another_unit_goes_before_a_half_in_the_same() {
    let litre = energy(json!({"carrier": "石脑油", "amount": "1000 L", "per": "product"}));
    assert!(litre.complete(), "{:?} {:?}", litre.codes(), litre.missing());
    let upstream = used(&litre).iter().filter(|id| id.starts_with("uk-desnz-2024/wtt-fuels/naphtha/")).count();
    assert_eq!(upstream, 1, "{:?}", used(&litre));
    let tonne = energy(json!({"carrier": "石脑油", "amount": "1 t", "per": "product"}));
    // 674.3 kg/m3, by the table's own rows.
    assert!((litre.total() / tonne.total() - 0.6743).abs() < 0.001, "{} {}", litre.total(), tonne.total());
}

/// Aluminium 1.6 and basic-oxygen steel 1.58 t CO2 per tonne are what the process emits: a material line never takes them.
#[test]
fn a_material_line_never_takes_process_emissions() {
    for material in [
        "铝",
        "原铝",
        "电解铝",
        "铝锭",
        "aluminium",
        "primary aluminium",
        "钢",
        "粗钢",
        "转炉钢",
        "steel",
        "crude steel",
        "BOF steel",
        "生铁",
        "水泥",
        "石灰",
        "甲醇",
        "乙烯",
    ] {
        for stage in [Value::Null, json!("A1"), json!("原材料"), json!("包装")] {
            let mut one = json!({"name": "x", "material": material, "quantity": 1, "unit": "t"});
            if !stage.is_null() {
                one["stage"] = stage;
            }
            let seen = line(one);
            assert!(!used(&seen).iter().any(|id| id.starts_with("ipcc-defaults/")), "{material}: {:?}", used(&seen));
            // It has a figure of its own, or it is a gap.
            assert!(seen.complete() || seen.total() == 0.0, "{material}");
        }
    }
    for id in
        ["aluminium-cwpb", "aluminium-vss", "steel-bof", "steel-eaf", "cement-clinker", "lime-production", "pig-iron"]
    {
        let id = format!("ipcc-defaults/process/{id}");
        for stage in ["A1", "A3-packaging", "B4"] {
            let seen = line(json!({"name": "x", "factor": id, "quantity": 1, "unit": "t", "stage": stage}));
            assert!(seen.has("F310") && !seen.complete() && seen.total() == 0.0, "{id} in {stage}: {:?}", seen.codes());
        }
        // Under manufacturing, where a process belongs, it is what it says.
        let seen = line(json!({"name": "x", "factor": id, "quantity": 1, "unit": "t", "stage": "A3"}));
        assert!(seen.complete() && seen.total() > 100.0, "{id}: {:?}", seen.codes());
    }
    let bof = line(
        json!({"name": "x", "factor": "ipcc-defaults/process/steel-bof", "quantity": 1, "unit": "t", "stage": "A3"}),
    );
    assert!(near(bof.total(), 1580.0));
    // Without a stage it goes to manufacturing, in the open: it is no raw material.
    let seen = line(json!({"name": "x", "factor": "ipcc-defaults/process/aluminium-cwpb", "quantity": 1, "unit": "t"}));
    assert!(seen.has("F330"), "{:?}", seen.codes());
    assert!(seen.lines().iter().all(|line| line["name"] != "x" || line["stage"] != "materials"));
}

#[test]
fn a_figure_per_money_serves_no_line_by_name_id_or_unit() {
    let cement = "us-epa-supply-chain-1.3/327310";
    for (given, code) in [
        (json!({"name": "水泥制造", "quantity": 1, "unit": "kg"}), "F301"),
        (json!({"name": "Cement Manufacturing", "quantity": 1, "unit": "kg"}), "F301"),
        (json!({"name": "Cement Manufacturing", "quantity": 1, "unit": "USD2022"}), "U204"),
        (json!({"name": "x", "factor": cement, "quantity": 1, "unit": "USD2022"}), "U204"),
        (json!({"name": "x", "factor": cement, "quantity": 1, "unit": "kg"}), "F314"),
        (json!({"name": "x", "factor": cement, "quantity": 1, "unit": "kg", "stage": "A1"}), "F314"),
        (json!({"name": "x", "factor": cement, "quantity": 1, "unit": "kg", "stage": "A3"}), "F314"),
        (json!({"name": cement, "quantity": 1, "unit": "piece"}), "F314"),
    ] {
        let seen = line(given.clone());
        assert!(seen.has(code) && !seen.complete() && seen.total() == 0.0, "{given}: {:?}", seen.codes());
        assert!(used(&seen).iter().all(|id| !id.starts_with("us-epa-supply-chain")), "{given}");
    }
    let seen = energy(json!({"carrier": "x", "factor": cement, "amount": "1 kWh", "per": "product"}));
    assert!(seen.has("F314") && seen.total() == 0.0, "{:?}", seen.codes());
}

/// The US treatment row of polyethylene holds the carbon in it (2.8 t per short ton); the rule must not add it again.
#[test]
fn the_stack_is_counted_once() {
    let burnt = |factor: Option<&str>| {
        let mut end = json!({"incineration": "100%"});
        if let Some(id) = factor {
            end["factors"] = json!({ "incineration": id });
        }
        let seen = real(json!({
            "bom": [{"name": "HDPE", "material": "cited-materials/cn-pe-hdpe-gbt51366", "quantity": 1, "unit": "kg"}],
            "boundary": "cradle-to-grave", "distribution": "none", "use": "none", "end_of_life": end,
        }));
        assert!(seen.complete(), "{:?}", seen.missing());
        seen.line("HDPE", "end_of_life")
    };
    let whole = burnt(Some("us-epa-hub-2024/waste/hdpe/combusted/short-ton"));
    assert!(near(whole, 2800.0 / 907.184_74), "{whole}");
    // Handling alone, and the carbon × 44/12 by rule: the same within 3 %.
    let by_rule = burnt(None);
    assert!((by_rule / whole - 1.0).abs() < 0.03, "{by_rule} {whole}");

    let rows = |stack: &str| {
        json!([
            {"name": "plastic", "class": "plastic", "co2e": "2", "carbon": {"fossil": "0.6", "biogenic": "0", "source": "x"}},
            {"name": "mystery", "class": "plastic", "co2e": "2"},
            {"name": "burn", "kind": "waste_treatment", "co2e": "0.5", "stack_carbon": stack},
        ])
    };
    for (stack, end) in
        [("included", 0.5), ("excluded", 0.5 + 0.6 * 44.0 / 12.0), ("not-stated", 0.5 + 0.6 * 44.0 / 12.0)]
    {
        let library =
            library_with_waste(rows(stack), json!({"rules": [{"class": "plastic", "incineration": "t/burn"}]}));
        let grave = |name: &str| {
            compute(
                &library,
                json!({"bom": [{"name": name, "quantity": 1, "unit": "kg"}], "boundary": "cradle-to-grave",
                    "distribution": "none", "use": "none", "end_of_life": {"incineration": "100%"}}),
            )
        };
        assert!(near(grave("plastic").total(), 2.0 + end), "{stack}");
        // What is whole needs no carbon content.
        assert_eq!(grave("mystery").complete(), stack == "included", "{stack}");
    }
}

#[test]
fn co2e_among_the_gases_is_a_bucket_of_its_own() {
    let rows = json!([{"name": "x", "gwp": "AR5-GWP100@unfccc", "emissions": [
        {"gas": "CH4", "kind": "fossil", "kg": "0.1"}, {"gas": "CO2", "kg": "1"}, {"gas": "CO2e", "co2e": "0.25"},
    ]}]);
    let library = library(rows);
    let bill = |gwp: &str| compute(&library, json!({"bom": [{"name": "x", "quantity": 2, "unit": "kg"}], "gwp": gwp}));
    for (gwp, methane, warned) in [("AR6-GWP100@2021", 29.8, true), ("AR5-GWP100@unfccc", 28.0, false)] {
        let seen = bill(gwp);
        assert!(seen.complete() && near(seen.total(), 2.0 * (0.1 * methane + 1.0 + 0.25)), "{gwp}: {}", seen.total());
        let gases = seen.result["by_gas"].as_array().unwrap();
        let bucket = gases.iter().find(|gas| gas["id"] == "CO2e").unwrap_or_else(|| panic!("{gases:?}"));
        assert_eq!(bucket["amount"], "0.5", "{gwp}");
        // It stays with the set of its source.
        assert_eq!(seen.has("G202"), warned, "{gwp}: {:?}", seen.codes());
    }
    let real = real_library();
    for (emission, cause) in [
        (json!({"gas": "CO2e", "kind": "fossil", "kg": "1"}), "CO2e is no gas"),
        (json!({"gas": "CO2e", "kind": "fossil"}), "CO2e is no gas"),
        (json!({"gas": "CO2e", "co2e": "-1"}), "negative"),
    ] {
        let document = table(json!([{"name": "x", "gwp": "AR5-GWP100@unfccc", "emissions": [emission]}]));
        let findings = check_table(&document, &real.units, &real.sets);
        let said: Vec<String> = findings.iter().map(|finding| finding.found(Language::En)).collect();
        assert!(said.iter().any(|said| said.contains(cause)), "{cause}: {said:?}");
    }
    let document = table(json!([{"name": "x", "co2e": "1", "stack_carbon": "included"}]));
    let findings = check_table(&document, &real.units, &real.sets);
    assert_eq!(findings.iter().count(), 1);
}
