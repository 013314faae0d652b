//! The worked numbers of the field's rules (`data/rules.json`), through `read_product` and `footprint`.
//!
//! Each vector is taken by a test of its own name, or stands in [`LATER`] with the reason. A new vector fails
//! `every_vector_is_decided_on` until somebody decides.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::impact::{Characterisation, CharacterisationDocument, GwpSets};
use zuji_core::product::Library;
use zuji_tests::{compute, library, near, real_library, table};

/// Vectors that a test below takes.
const TAKEN: &[&str] = &[
    "PACT-MULT-1",
    "PACT-CHOC-1",
    "PACT-ALLOC-MASS",
    "PACT-ALLOC-ECON-PUBLISHED",
    "ALLOC-ECON-REVENUE",
    "ALLOC-ECON-OPENLCA-FORUM",
    "PACT-PDS-1",
    "PACT-DQR-1",
    "PACT-DQR-2",
    "PACT-BIO-1",
    "BIO-C",
    "ADR36",
    "GWP-SETS",
    "BIO-CH4",
    "VOLCA-STEEL",
];

/// Vectors that wait, with the reason.
const LATER: &[(&str, &str)] = &[
    ("PACT-PDS-2", "the vector holds the result only; the inputs of the guide's page 66 are not in the file"),
    ("PACT-PDS-3", "the vector holds the result only; the inputs of the guide's page 67 are not in the file"),
    ("ALLOC-OPENLCA-TEST", "allocation of a process in an inventory: comes with inventories"),
    ("ALLOC-AVOIDED", "avoided burden in an inventory: comes with inventories"),
    ("CFF-PET", "the Circular Footprint Formula is a method profile of its own (PEF), later"),
    ("CFF-AL", "the Circular Footprint Formula is a method profile of its own (PEF), later"),
    ("CFF-INV", "the Circular Footprint Formula is a method profile of its own (PEF), later"),
    ("PED-EI", "pedigree uncertainty comes with uncertainty"),
    ("PED-EI-BEST", "pedigree uncertainty comes with uncertainty"),
    ("PED-EI-WORST", "pedigree uncertainty comes with uncertainty"),
    ("PED-CIROTH", "pedigree uncertainty comes with uncertainty"),
    ("EPD-WOOD", "the −1/+1 balance of EN 15804 and the import of EPDs come later"),
    ("THRESH-ROUND", "limits and their rounding come with demand standards"),
];

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../data/rules.json")).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn vector(id: &str) -> Value {
    vectors().into_iter().find(|vector| vector["id"] == id).unwrap_or_else(|| panic!("no vector {id}"))
}

fn f(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(f).collect()
}

fn close(found: f64, vector: &Value, expected: &Value) {
    let tolerance = vector["tol"].as_f64().unwrap_or(1e-9);
    assert!((found - f(expected)).abs() <= tolerance, "{}: {found}, expected {expected}", vector["id"]);
}

/// One line of a material whose factor is 1 kg CO2e per kg.
fn unit_library() -> Library {
    library(json!([{"name": "x", "co2e": "1"}]))
}

#[test]
fn every_vector_is_decided_on() {
    for vector in vectors() {
        let id = vector["id"].as_str().unwrap();
        let later = LATER.iter().any(|(later, reason)| *later == id && !reason.is_empty());
        assert!(TAKEN.contains(&id) != later, "{id}: take it in a test here, or say in LATER why not yet");
    }
    let known = vectors();
    for id in TAKEN.iter().chain(LATER.iter().map(|(id, _)| id)) {
        assert!(known.iter().any(|vector| vector["id"] == **id), "{id} is not in the file");
    }
}

#[test]
fn pact_mult_1() {
    let vector = vector("PACT-MULT-1");
    let given = &vector["in"];
    let library = library(json!([
        {"name": "PET", "co2e": given["EF"].to_string()},
        {"name": "power", "kind": "electricity", "unit": "kWh", "geography": "CN", "co2e": given["EFe"].to_string(), "transmission": "included"},
    ]));
    let seen = compute(
        &library,
        json!({
            "bom": [{"name": "PET", "quantity": given["PET kg"], "unit": "kg"}],
            "energy": [{"carrier": "power", "amount": given["kWh"], "unit": "kWh", "per": "product"}],
        }),
    );
    close(seen.total(), &vector, &vector["expect"]);
    assert_eq!(seen.result["total"]["excluding_biogenic_uptake"], "0.205");
    assert!(seen.complete());
}

#[test]
fn pact_choc_1() {
    let vector = vector("PACT-CHOC-1");
    let lines = vector["lines"].as_array().unwrap();
    let rows: Vec<Value> = lines.iter().map(|line| json!({"name": line[0], "co2e": line[2].to_string()})).collect();
    let bom: Vec<Value> =
        lines.iter().map(|line| json!({"name": line[0], "quantity": line[1], "unit": "kg"})).collect();
    let seen = compute(&library(json!(rows)), json!({"bom": bom}));
    close(seen.total(), &vector, &vector["expect"]);
    // A factor of zero is zero, known and counted; it is not missing.
    assert_eq!(seen.line("roasting", "material"), 0.0);
    assert!(seen.complete());
}

/// The parts of a production that is divided: one computation per output, each of which is the product once.
fn divided(total: f64, key: &str, outputs: &[Value]) -> Vec<f64> {
    let library = unit_library();
    (0..outputs.len())
        .map(|this| {
            let mut outputs = outputs.to_vec();
            outputs[this]["this"] = json!(true);
            let seen = compute(
                &library,
                json!({
                    "bom": [{"name": "x", "quantity": total, "unit": "kg"}],
                    "co_products": {"key": key, "outputs": outputs},
                }),
            );
            assert!(seen.has("L604"), "the rule is recorded: {:?}", seen.codes());
            let shares = seen.result["allocation"][0]["shares"].as_object().unwrap();
            let sum: f64 = shares.values().map(|share| share.as_str().unwrap().parse::<f64>().unwrap()).sum();
            assert!((sum - 1.0).abs() < 1e-5);
            seen.total()
        })
        .collect()
}

fn outputs(fields: &[(&str, &Value)]) -> Vec<Value> {
    let count = fields[0].1.as_array().unwrap().len();
    (0..count)
        .map(|at| {
            let mut output = json!({"name": format!("output {at}")});
            for (field, values) in fields {
                output[*field] = values[at].clone();
            }
            output
        })
        .collect()
}

fn allocation(id: &str, total: f64, key: &str, fields: &[(&str, &str)]) {
    let vector = vector(id);
    let fields: Vec<(&str, &Value)> = fields.iter().map(|(field, source)| (*field, &vector[*source])).collect();
    let found = divided(total, key, &outputs(&fields));
    for (found, expected) in found.iter().zip(vector["expect"].as_array().unwrap()) {
        close(*found, &vector, expected);
    }
    assert!(near(found.iter().sum::<f64>(), total), "{id}: the parts make the whole");
}

#[test]
fn pact_alloc_mass() {
    allocation("PACT-ALLOC-MASS", f(&vector("PACT-ALLOC-MASS")["total"]), "mass", &[("mass", "mass")]);
}

#[test]
fn pact_alloc_econ_published() {
    let total = f(&vector("PACT-ALLOC-ECON-PUBLISHED")["total"]);
    allocation("PACT-ALLOC-ECON-PUBLISHED", total, "price", &[("price", "key")]);
}

#[test]
fn alloc_econ_revenue() {
    let total = f(&vector("ALLOC-ECON-REVENUE")["total"]);
    allocation("ALLOC-ECON-REVENUE", total, "revenue", &[("price", "price"), ("quantity", "mass")]);
}

#[test]
fn alloc_econ_openlca_forum() {
    allocation("ALLOC-ECON-OPENLCA-FORUM", 1.0, "revenue", &[("price", "price"), ("quantity", "items")]);
}

/// One bought part per contribution, with a supplier's footprint of that size.
fn suppliers(parts: &[(f64, Value)]) -> Value {
    let bom: Vec<Value> = parts
        .iter()
        .enumerate()
        .map(|(at, (amount, more))| {
            let mut supplier = json!({
                "footprint": amount, "per": "1 piece", "boundary": "cradle-to-gate", "gwp": "AR6", "source": "PCF",
            });
            for (field, value) in more.as_object().unwrap() {
                supplier[field] = value.clone();
            }
            json!({"name": format!("part {at}"), "quantity": 1, "unit": "piece", "supplier": supplier})
        })
        .collect();
    json!({"bom": bom})
}

#[test]
fn pact_pds_1() {
    let vector = vector("PACT-PDS-1");
    let parts: Vec<(f64, Value)> = vector["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (f(&part[0]), json!({"primary_data_share": format!("{}%", f(&part[1]) * 100.0)})))
        .collect();
    let seen = compute(&unit_library(), suppliers(&parts));
    let expected = format!("{:.1}", f(&vector["expect"]) * 100.0);
    assert_eq!(seen.result["data_quality"]["primary_data_share"], expected);
    assert!(near(seen.total(), parts.iter().map(|part| part.0).sum()));
}

fn scores(id: &str) {
    let vector = vector(id);
    let (weights, tec, geo, tim) =
        (list(&vector["w"]), list(&vector["tec"]), list(&vector["geo"]), list(&vector["tim"]));
    let parts: Vec<(f64, Value)> = (0..weights.len())
        .map(|at| (weights[at], json!({"scores": [tec[at] as u8, geo[at] as u8, tim[at] as u8]})))
        .collect();
    let seen = compute(&unit_library(), suppliers(&parts));
    for (field, score) in [("technology", "tec"), ("geography", "geo"), ("time", "tim")] {
        let expected = f(&vector["expect"][score]);
        let found = seen.number(&format!("/data_quality/{field}"));
        // Two decimals are published.
        assert!((found - expected).abs() <= 0.005 + 1e-9, "{id} {field}: {found}, expected {expected}");
    }
}

#[test]
fn pact_dqr_1() {
    scores("PACT-DQR-1");
}

#[test]
fn pact_dqr_2() {
    scores("PACT-DQR-2");
}

#[test]
fn pact_bio_1() {
    let vector = vector("PACT-BIO-1");
    let given = |field: &str| f(&vector[field]);
    let library = library(json!([{
        "name": "crop",
        "emissions": [
            {"gas": "CO2", "kind": "land_use_change", "kg": given("luc").to_string()},
            {"gas": "CO2", "kind": "land_management", "kg": given("fossil_land").to_string()},
            {"gas": "CO2", "kind": "fossil", "kg": given("fossil_other").to_string()},
            {"gas": "CH4", "kind": "biogenic", "co2e": given("bio_nonco2").to_string()},
            // What decays again was taken up before: 0/0 counts neither.
            {"gas": "CO2", "kind": "biogenic", "kg": "3"},
        ],
        "carbon": {"biogenic": (-given("uptake") * 12.0 / 44.0).to_string(), "bio_based": true, "source": "test"},
    }]));
    let seen = compute(&library, json!({"method": "pact-3", "bom": [{"name": "crop", "quantity": 1, "unit": "kg"}]}));
    close(seen.total(), &vector, &vector["expect"]["excl"]);
    close(seen.number("/total/including_biogenic_uptake"), &vector, &vector["expect"]["incl"]);
    close(seen.number("/biogenic/uptake"), &vector, &vector["uptake"]);
    let kinds: Vec<&str> =
        seen.result["by_kind"].as_array().unwrap().iter().map(|kind| kind["id"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}: uptake is not a kind of the total");
}

#[test]
fn bio_c() {
    let vector = vector("BIO-C");
    for (carbon, expected) in list(&vector["kgC"]).into_iter().zip(vector["expect_uptake"].as_array().unwrap()) {
        let line = json!({"name": "x", "quantity": 10, "unit": "kg", "biogenic_carbon": carbon / 10.0});
        let seen = compute(&unit_library(), json!({"bom": [line]}));
        close(seen.number("/biogenic/uptake"), &vector, expected);
        assert_eq!(seen.total(), 10.0, "the uptake is beside the total that excludes it");
        assert!((seen.number("/total/including_biogenic_uptake") - 10.0 - f(expected)).abs() < 1e-6);
    }
}

#[test]
fn adr36() {
    let vector = vector("ADR36");
    let (v2, v3) = (&vector["v2"], &vector["v3"]);
    let part = |litres: f64, footprint: &Value, per: String| {
        json!({
            "bom": [{
                "name": "x", "quantity": litres, "unit": "L", "density": format!("{} kg/L", v2["mass"]),
                "supplier": {"footprint": footprint, "per": per, "boundary": "cradle-to-gate", "gwp": "AR6", "source": "PCF"},
            }],
            "distribution": [{"mode": "road", "distance": 1000}],
        })
    };
    let library = library(json!([
        {"name": "x", "co2e": "1"},
        {"name": "road", "kind": "freight_life_cycle", "unit": "t·km", "co2e": "1"},
    ]));
    // Version 2: 1.5 kg per litre, 12 litres; version 3: 18 kg per 12 litres. The same bottle.
    let amount = f(&v3["amount"]);
    for (footprint, per) in [(&v2["pcf"], "1 L".to_string()), (&v3["pcf"], format!("{amount} L"))] {
        let seen = compute(&library, part(amount, footprint, per));
        assert_eq!(seen.total(), f(&v3["pcf"]));
        let outside = seen.result["lines_outside_total"].as_array().unwrap();
        let moved = seen.lines().iter().chain(outside).find(|line| line["role"] == "transport").unwrap();
        let tonne_kilometres: f64 = moved["activity"].as_str().unwrap().parse().unwrap();
        assert!(near(tonne_kilometres, f(&v3["mass"])), "{tonne_kilometres}");
    }
    // The trap: the footprint of the whole bottle entered per litre is twelve times too much; `per` has no default.
    let mut trap = part(1.0, &v3["pcf"], String::new());
    trap["bom"][0]["supplier"]["per"] = json!("12");
    let seen = compute(&library, trap);
    assert!(
        seen.has("V106") && !seen.complete() && seen.total() == 0.0,
        "an amount without its unit: {:?}",
        seen.codes()
    );
}

/// A set of its own: CO2 1 and the given CH4 (fossil), N2O and SF6.
fn set(id: &str, methane: f64, nitrous_oxide: f64, hexafluoride: f64) -> Characterisation {
    let gas = |gas: &str, gwp: f64| json!({"gas": gas, "gwp": gwp.to_string()});
    let document: CharacterisationDocument = serde_json::from_value(json!({
        "schema": "zuji/characterisation@1", "id": id, "report": "test", "horizon": 100, "name_en": id, "name_zh": id,
        "convention": "test", "source": "test", "licence": "none",
        "gases": [gas("CO2", 1.0), gas("CH4", methane), gas("N2O", nitrous_oxide), gas("SF6", hexafluoride)],
    }))
    .unwrap();
    Characterisation::new(document).unwrap()
}

fn inventory(vector: &Value) -> Value {
    let kg = |field: &str| vector["inv_kg"][field].to_string();
    json!([{"name": "mix", "gwp": null, "emissions": [
        {"gas": "CO2", "kind": "fossil", "kg": kg("CO2")},
        {"gas": "CH4", "kind": "fossil", "kg": kg("CH4_fossil")},
        {"gas": "N2O", "kind": "fossil", "kg": kg("N2O")},
        {"gas": "SF6", "kind": "fossil", "kg": format!("{:.5}", f(&vector["inv_kg"]["SF6"]))},
    ]}])
}

#[test]
fn gwp_sets() {
    let vector = vector("GWP-SETS");
    let sets = [
        ("AR4(25,298,22800)", set("a", 25.0, 298.0, 22_800.0)),
        ("AR5(30,265,23500)", set("b", 30.0, 265.0, 23_500.0)),
        ("AR5(28,265,23500)", set("c", 28.0, 265.0, 23_500.0)),
        ("AR6 T7.15 CH4 29.8,N2O 273,SF6 24300", set("d", 29.8, 273.0, 24_300.0)),
        ("AR6 7.SM.7 CH4 27.9,SF6 25200", set("e", 27.9, 273.0, 25_200.0)),
    ];
    assert_eq!(sets.len(), vector["expect"].as_object().unwrap().len(), "a set of the vector is not computed");
    let ids: Vec<(&str, String)> = sets.iter().map(|(name, set)| (*name, set.id().to_string())).collect();
    let real = real_library();
    let (library, _) = Library::new(
        [table(inventory(&vector))],
        GwpSets::new(sets.into_iter().map(|(_, set)| set).collect()),
        real.profiles.clone(),
        real.waste.clone(),
    );
    for (name, id) in ids {
        let seen = compute(&library, json!({"gwp": id, "bom": [{"name": "mix", "quantity": 1, "unit": "kg"}]}));
        close(seen.total(), &vector, &vector["expect"][name]);
        assert_eq!(seen.result["method"]["gwp"][0]["set"], id.as_str());
        assert!(!seen.has("G202"), "one set characterises everything");
    }
}

#[test]
fn gwp_sets_as_they_are_embedded() {
    let vector = vector("GWP-SETS");
    let library = library(inventory(&vector));
    // Of AR6 the vector quotes SF6 at 24,300; Table 7.SM.7 has 25,200, and the set names the other as a disagreement.
    let sulfur = f(&vector["inv_kg"]["SF6"]) * (25_200.0 - 24_300.0);
    for (set, name, apart) in [
        ("AR4-GWP100@2007", "AR4(25,298,22800)", 0.0),
        ("AR5-GWP100@2013", "AR5(30,265,23500)", 0.0),
        ("AR5-GWP100@unfccc", "AR5(28,265,23500)", 0.0),
        ("AR6-GWP100@2021", "AR6 T7.15 CH4 29.8,N2O 273,SF6 24300", sulfur),
        ("AR6-GWP100@7.SM.7", "AR6 7.SM.7 CH4 27.9,SF6 25200", 0.0),
    ] {
        let seen = compute(&library, json!({"gwp": set, "bom": [{"name": "mix", "quantity": 1, "unit": "kg"}]}));
        close(seen.total() - apart, &vector, &vector["expect"][name]);
    }
    let set = library.sets.find("AR6-GWP100@2021").unwrap();
    let row = set.document().gases.iter().find(|row| row.gas == "SF6").unwrap();
    assert!(row.disagreements.iter().any(|other| other.gwp.get() == 24_300.0));
}

#[test]
fn bio_ch4_under_zero_zero() {
    let vector = vector("BIO-CH4");
    let library = library(json!([{"name": "digester", "emissions": [{"gas": "CH4", "kind": "biogenic", "kg": "1"}]}]));
    let expected = f(&vector["per_kg_biogenic_CH4"]["0/0 CF27.0"]);
    for profile in ["gbt-24067-2024", "iso-14067-2018", "pact-3"] {
        let seen =
            compute(&library, json!({"method": profile, "bom": [{"name": "digester", "quantity": 1, "unit": "kg"}]}));
        assert_eq!(seen.result["method"]["biogenic"], "zero-zero");
        assert_eq!(seen.total(), expected, "{profile}: never 29.8, and never 24.25, which mixes the two approaches");
    }
}

#[test]
fn volca_steel() {
    let vector = vector("VOLCA-STEEL");
    let per_pound = f(&vector["expect"]["CO2"]) / 2.2;
    let library = library(json!([
        {"name": "steel", "unit": "lb", "gwp": null, "emissions": [{"gas": "CO2", "kind": "fossil", "kg": per_pound.to_string()}]},
    ]));
    let seen = compute(&library, json!({"bom": [{"name": "steel", "quantity": 1, "unit": "kg"}]}));
    assert!(near(seen.total(), f(&vector["expect_per_1kg_exact"]["CO2"])));
    let seen = compute(&library, json!({"bom": [{"name": "steel", "quantity": 2.2, "unit": "lb"}]}));
    assert!(near(seen.total(), 3.7));
}
