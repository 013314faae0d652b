//! Units of suppliers through the whole path (users.md §2.3): aliases, traps, and conversions with their sentence.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::product::Library;
use zuji_tests::{Seen, compute, compute_table, library, near};

fn shop() -> Library {
    library(json!([
        {"name": "mass", "co2e": "1"},
        {"name": "heavy", "unit": "t", "co2e": "1000"},
        {"name": "dense", "co2e": "1", "properties": {"density": "800", "lower_heating_value": "40", "unit_mass": "0.25", "mass_per_area": "0.3", "source": "x"}},
        {"name": "count", "unit": "piece", "co2e": "1"},
        {"name": "length", "unit": "m", "co2e": "1"},
        {"name": "area", "unit": "m2", "co2e": "1"},
        {"name": "volume", "unit": "m3", "co2e": "1"},
        {"name": "gas", "kind": "fuel_life_cycle", "unit": "Sm3 (20 °C)", "co2e": "2"},
        {"name": "heat value", "kind": "fuel_life_cycle", "unit": "GJ (LHV)", "co2e": "50"},
        {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": "1", "transmission": "included"},
        {"name": "haul", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "1"},
    ]))
}

fn one(material: &str, quantity: &str, unit: &str, more: Value) -> Seen {
    let mut line = json!({"name": "x", "material": material, "quantity": quantity, "unit": unit});
    for (field, value) in more.as_object().unwrap() {
        line[field] = value.clone();
    }
    compute(&shop(), json!({"bom": [line]}))
}

fn is(material: &str, quantity: &str, unit: &str, expected: f64) {
    let seen = one(material, quantity, unit, json!({}));
    assert!(!seen.result.is_null(), "{quantity} {unit}: {:?}", seen.codes());
    assert!(near(seen.total(), expected), "{quantity} {unit} of {material}: {}, expected {expected}", seen.total());
    assert!(seen.complete());
}

#[test]
fn names_of_mass() {
    for (unit, kilograms) in [
        ("kg", 1.0),
        ("KG", 1.0),
        ("公斤", 1.0),
        ("千克", 1.0),
        ("KGM", 1.0),
        ("kgs", 1.0),
        ("ｋｇ", 1.0),
        (" kg ", 1.0),
        ("g", 0.001),
        ("克", 0.001),
        ("GRM", 0.001),
        ("mg", 1e-6),
        ("t", 1000.0),
        ("吨", 1000.0),
        ("TNE", 1000.0),
        ("MT", 1000.0),
        ("TO", 1000.0),
        ("斤", 0.5),
        ("市斤", 0.5),
        ("两", 0.05),
        ("lb", 0.453_592_37),
        ("磅", 0.453_592_37),
        ("oz", 0.028_349_523_125),
        ("万吨", 1e7),
        ("Tonnes", 1000.0),
    ] {
        is("mass", "3", unit, 3.0 * kilograms);
        is("heavy", "3", unit, 3.0 * kilograms);
    }
}

#[test]
fn names_of_pieces_length_area_and_volume() {
    for unit in ["个", "件", "只", "支", "把", "块", "台", "套", "PCS", "pc", "EA", "H87", "C62", "Stk"] {
        is("count", "7", unit, 7.0);
    }
    is("count", "2", "千件", 2000.0);
    is("count", "2", "打", 24.0);
    for (unit, metres) in
        [("m", 1.0), ("米", 1.0), ("MTR", 1.0), ("mm", 0.001), ("厘米", 0.01), ("公里", 1000.0), ("in", 0.0254)]
    {
        is("length", "4", unit, 4.0 * metres);
    }
    for (unit, square) in
        [("m2", 1.0), ("㎡", 1.0), ("平方", 1.0), ("平方米", 1.0), ("MTK", 1.0), ("cm2", 1e-4), ("亩", 2000.0 / 3.0)]
    {
        is("area", "5", unit, 5.0 * square);
    }
    for (unit, cubic) in
        [("m3", 1.0), ("方", 1.0), ("立方", 1.0), ("万方", 1e4), ("L", 1e-3), ("升", 1e-3), ("LTR", 1e-3), ("mL", 1e-6)]
    {
        is("volume", "6", unit, 6.0 * cubic);
    }
}

#[test]
fn names_of_energy_and_transport() {
    for (unit, kilowatt_hours) in [
        ("kWh", 1.0),
        ("度", 1.0),
        ("千瓦时", 1.0),
        ("KWH", 1.0),
        ("万度", 1e4),
        ("MWh", 1e3),
        ("MJ", 1.0 / 3.6),
        ("GJ", 1000.0 / 3.6),
    ] {
        is("power", "2", unit, 2.0 * kilowatt_hours);
    }
    for (unit, gigajoules) in [
        ("tce", 29.3076),
        ("吨标煤", 29.3076),
        ("kgce", 0.029_307_6),
        ("GJ (LHV)", 1.0),
        ("kWh (LHV)", 0.0036),
        ("千瓦时(低位)", 0.0036),
    ] {
        is("heat value", "2", unit, 100.0 * gigajoules);
    }
    for unit in ["t·km", "tkm", "吨公里", "吨·公里", "t*km"] {
        is("haul", "9", unit, 9.0);
    }
}

#[test]
fn traps_are_settled_by_context_or_asked() {
    // One reading fits the factor: a note.
    for (material, unit, expected) in [
        ("mass", "T", 3000.0),
        ("length", "M", 3.0),
        ("mass", "G", 0.003),
        ("count", "ST", 3.0),
        ("count", "T", 3000.0),
    ] {
        let seen = one(material, "3", unit, json!({}));
        assert!(seen.has("U206") && near(seen.total(), expected), "{unit} of {material}: {:?}", seen.codes());
    }
    // Several fit: a question, and the line is not counted.
    for (material, unit) in [("mass", "ton"), ("mass", "ST"), ("volume", "gal"), ("volume", "加仑"), ("mass", "st")] {
        let seen = one(material, "3", unit, json!({}));
        let asked = seen.has("U205") || seen.has("U206") && unit == "st";
        assert!(asked && (seen.result.is_null() || seen.status == 0), "{unit} of {material}: {:?}", seen.codes());
    }
    // An answer, once for the file.
    let seen = compute(
        &shop(),
        json!({"units": {"ton": "short ton", "托": "piece"}, "bom": [
        {"name": "mass", "quantity": 1, "unit": "ton"}, {"name": "count", "quantity": 2, "unit": "托"}]}),
    );
    assert!(seen.complete() && near(seen.total(), 907.184_74 + 2.0), "{:?}", seen.codes());
    let seen =
        compute(&shop(), json!({"units": {"ton": "nonsense"}, "bom": [{"name": "mass", "quantity": 1, "unit": "kg"}]}));
    assert!(seen.has("V106"));
}

#[test]
fn traps_inside_a_quantity_are_the_same_traps() {
    for (quantity, expected) in [
        ("3 T", 3000.0),
        ("1,234.5 T", 1_234_500.0),
        ("３ T", 3000.0),
        ("1e3 T", 1e6),
        ("6.2kg", 6.2),
        ("6.2 公斤", 6.2),
        ("1 000 g", 1.0),
    ] {
        let seen = one("mass", quantity, "", json!({}));
        assert!(seen.complete() && near(seen.total(), expected), "{quantity}: {:?}", seen.codes());
    }
    for (quantity, code) in [
        ("3 公金", "U201"),
        ("3 ton", "U205"),
        ("1e400 T", "N110"),
        ("13,0l5 kg", "N105"),
        ("1e300 T", "N111"),
        ("1,234 kg", "N102"),
    ] {
        let seen = one("mass", quantity, "", json!({}));
        assert!(seen.has(code) && seen.result.is_null(), "{quantity}: {:?}", seen.codes());
    }
}

#[test]
fn an_unknown_unit_gets_a_suggestion_and_is_never_guessed() {
    for (unit, suggestion) in [("公金", "公斤"), ("KG.", "KG"), ("kilogam", "kilogram"), ("千刻", "")] {
        let seen = one("mass", "1", unit, json!({}));
        assert!(seen.has("U201") && seen.result.is_null());
        assert!(
            seen.finding("U201").argument("suggestion").unwrap().contains(suggestion),
            "{unit}: {:?}",
            seen.finding("U201")
        );
    }
}

#[test]
fn repeated_findings_are_one_with_all_their_rows() {
    let rows: String = (0..200).map(|at| format!("p{at},mass,1,公金\n")).collect();
    let seen = compute_table(&shop(), &format!("名称,材料,数量,单位\n{rows}k,mass,1,kg\n"), json!({}));
    let found: Vec<_> = seen.findings.iter().filter(|finding| finding.code() == "U201").collect();
    let places: usize = found.iter().map(|finding| finding.places().len()).sum();
    assert_eq!((found.len() <= 200, places), (true, 200));
    assert_eq!(found[0].places()[0].cell.as_deref(), Some("D2"));
}

#[test]
fn a_set_hides_its_content_and_is_noted() {
    for unit in ["套", "set", "SET", "组", "双"] {
        let seen = one("count", "2", unit, json!({}));
        assert!(seen.has("U210") && near(seen.total(), 2.0) && seen.status == 0, "{unit}: {:?}", seen.codes());
    }
    assert!(!one("count", "2", "个", json!({})).has("U210"));
}

#[test]
fn gas_states_are_converted_and_said() {
    let seen = one("gas", "100", "Nm3", json!({"stage": "A3"}));
    assert!(near(seen.total(), 200.0 * 293.15 / 273.15) && seen.has("U208"), "{:?}", seen.codes());
    assert!(
        seen.finding("U208").argument("formula").unwrap().contains("293.15 K / 273.15 K"),
        "{:?}",
        seen.finding("U208")
    );
    let seen = one("gas", "100", "标方", json!({"stage": "A3"}));
    assert!(seen.has("U208"));
    let seen = one("gas", "100", "m3", json!({"stage": "A3"}));
    assert!(near(seen.total(), 200.0) && !seen.has("U208"), "a plain m3 is taken at the factor's state");
}

fn sentence(seen: &Seen) -> String {
    seen.lines()[0]["conversion"].as_str().unwrap_or("").to_string()
}

#[test]
fn conversions_keep_their_sentence() {
    for (material, quantity, unit, more, expected, words) in [
        (
            "mass",
            "1.3",
            "米",
            json!({"width": "1.5 m", "mass_per_area": "300 g/m2"}),
            0.585,
            &["1.5 m (width)", "0.3 kg/m2 (mass per area)"][..],
        ),
        (
            "mass",
            "2",
            "m2",
            json!({"thickness": "0.2 mm", "density": "1.38 g/cm3"}),
            0.552,
            &["0.0002 m (thickness)", "1380 kg/m3 (density)"],
        ),
        ("mass", "2", "m2", json!({"mass_per_area": "450 g/m2"}), 0.9, &["0.45 kg/m2 (mass per area)"]),
        ("mass", "2", "m", json!({"mass_per_length": "0.25 kg/m"}), 0.5, &["0.25 kg/m (mass per length)"]),
        ("mass", "500", "mm", json!({"mass_per_length": "0.25 kg/m"}), 0.125, &["1/1000 m/mm", "0.25 kg/m"]),
        ("mass", "5", "个", json!({"unit_mass": "62 g"}), 0.31, &["0.062 kg/piece (mass per piece)"]),
        ("mass", "5", "个", json!({"unit_mass": "62 g/个"}), 0.31, &["0.062 kg/piece"]),
        ("mass", "3", "L", json!({"density": "0.85 kg/L"}), 2.55, &["1/1000 m3/L", "850 kg/m3 (density)"]),
        ("heavy", "3", "L", json!({"density": "0.85 kg/L"}), 2.55, &["850 kg/m3 (density)", "1/1000 t/kg"]),
        ("volume", "1700", "kg", json!({"density": "850"}), 2.0, &["(density)"]),
        ("area", "6", "m", json!({"width": "0.5 m"}), 3.0, &["0.5 m (width)"]),
        ("area", "9", "kg", json!({"mass_per_area": "300 g/m2"}), 30.0, &["(mass per area)"]),
        ("volume", "4", "m2", json!({"thickness": "5 mm"}), 0.02, &["0.005 m (thickness)"]),
        ("count", "10", "kg", json!({"unit_mass": "0.5 kg"}), 20.0, &["(mass per piece)"]),
        ("mass", "8", "斤", json!({}), 4.0, &[][..]),
    ] {
        let seen = one(material, quantity, unit, more.clone());
        assert!(!seen.result.is_null(), "{quantity} {unit} {more}: {:?}", seen.codes());
        assert!(near(seen.total(), expected), "{quantity} {unit} {more}: {}", seen.total());
        let sentence = sentence(&seen);
        for word in words {
            assert!(sentence.contains(word), "{word} is not in \"{sentence}\"");
        }
        assert!(!seen.has("U211"), "the supplier's own figure is no default");
    }
}

#[test]
fn default_properties_are_flagged_and_give_way_to_the_suppliers() {
    for (quantity, unit, expected) in [("2", "L", 1.6), ("2", "个", 0.5), ("2", "m2", 0.6)] {
        let seen = one("dense", quantity, unit, json!({}));
        assert!(near(seen.total(), expected) && seen.has("U211"), "{unit}: {:?}", seen.codes());
        assert!(sentence(&seen).contains("default"));
    }
    let seen = one("dense", "2", "L", json!({"density": "900 kg/m3"}));
    assert!(near(seen.total(), 1.8) && !seen.has("U211"));
    let fuel = library(json!([{"name": "oil", "kind": "fuel_life_cycle", "unit": "GJ (LHV)", "co2e": "70",
        "properties": {"lower_heating_value": "40", "density": "800", "source": "x"}}]));
    let seen = compute(&fuel, json!({"bom": [{"name": "oil", "quantity": 100, "unit": "L", "stage": "A3"}]}));
    assert!(near(seen.total(), 100.0 * 0.8 * 0.040 * 70.0), "{} {:?}", seen.total(), seen.codes());
    assert!(sentence(&seen).contains("lower heating value"));
}

#[test]
fn a_property_of_another_dimension_is_refused() {
    for more in [
        json!({"unit_mass": "5 m"}),
        json!({"density": "3 kg/m2"}),
        json!({"density": "5 ton/m3"}),
        json!({"unit_mass": "0"}),
        json!({"unit_mass": "-1 g"}),
        json!({"density": "abc"}),
    ] {
        let seen = compute(
            &shop(),
            json!({"bom": [{"name": "count", "quantity": 1, "unit": "个"}, {"name": "x", "material": "mass", "quantity": 1, "unit": "kg",
            "unit_mass": more["unit_mass"], "density": more["density"]}]}),
        );
        assert!(
            (seen.has("V106") || seen.has("N105")) && !seen.complete() && seen.total() == 1.0,
            "{more}: {:?}",
            seen.codes()
        );
    }
}

#[test]
fn units_in_headers_and_in_cells() {
    let seen = compute_table(&shop(), "名称,材料,数量,单位,单重（g）\na,mass,5,个,62\nb,mass,2,个,0.1 kg\n", json!({}));
    assert!(near(seen.total(), 0.31 + 0.2), "{:?}", seen.codes());
    let seen = compute_table(&shop(), "名称,材料,数量(g)\na,mass,500\nb,mass,1.4kg\n", json!({}));
    assert!(near(seen.total(), 0.5 + 1.4), "the cell's own unit wins: {:?}", seen.codes());
}

#[test]
fn an_energy_in_an_odd_unit_is_asked_like_a_line() {
    for (amount, code) in [
        ("5 公金", "U201"),
        ("5 gal", "U205"),
        ("5", "U202"),
        ("5 元", "U204"),
        ("x kWh", "N105"),
        ("1e300 kWh", "N111"),
    ] {
        let seen = compute(
            &shop(),
            json!({"bom": [{"name": "mass", "quantity": 1, "unit": "kg"}], "energy": [{"carrier": "volume", "amount": amount, "per": "product"}]}),
        );
        assert!(seen.has(code) && !seen.complete() && seen.total() == 1.0, "{amount}: {:?}", seen.codes());
        assert_eq!(seen.missing()[0].1, code, "the reason is the finding's");
    }
}
