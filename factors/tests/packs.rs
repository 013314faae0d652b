//! The embedded tables keep the rules of the core, and say what their sources say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]
#![allow(clippy::disallowed_methods, reason = "a test reads the committed packs")]

use std::collections::{BTreeMap, BTreeSet};
use zuji_core::diagnostic::Language;
use zuji_core::factor::{FactorKind, FactorRow, Factors, FactorsDocument, Period, check_table, name_key};
use zuji_core::impact::{Characterisation, GwpSets};
use zuji_core::quantity::{Lookup, UnitTable};

fn sets() -> GwpSets {
    let documents = zuji_factors::characterisation_sets().unwrap();
    GwpSets::new(documents.into_iter().map(|document| Characterisation::new(document).unwrap()).collect())
}

fn table(id: &str) -> FactorsDocument {
    zuji_factors::tables().unwrap().into_iter().find(|document| document.table.id == id).unwrap()
}

fn row<'a>(document: &'a FactorsDocument, id: &str) -> &'a FactorRow {
    document.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id} is not there"))
}

fn amount(row: &FactorRow) -> f64 {
    let gases = row.emissions.iter().map(|gas| gas.co2e.or(gas.kg).unwrap().get());
    row.co2e.map_or_else(|| gases.sum(), |co2e| co2e.get())
}

#[test]
fn no_table_breaks_a_rule() {
    let (units, sets) = (UnitTable::standard(), sets());
    for document in zuji_factors::tables().unwrap() {
        let findings = check_table(&document, &units, &sets);
        let sentences: Vec<String> = findings.iter().map(|finding| finding.found(Language::En)).collect();
        assert_eq!(sentences, Vec::<String>::new(), "{}", document.table.id);
    }
    let (factors, findings) = Factors::new(zuji_factors::tables().unwrap(), &units);
    assert!(findings.is_empty());
    assert!(factors.len() > 1200);
}

#[test]
fn names_are_those_of_the_tables() {
    let ids: Vec<String> = zuji_factors::tables().unwrap().into_iter().map(|document| document.table.id).collect();
    assert_eq!(ids, zuji_factors::table_names().collect::<Vec<_>>());
    let expected = [
        "act-electronics",
        "cn-electricity",
        "cn-freight",
        "cn-fuels",
        "electricity-maps",
        "ember-grid",
        "ipcc-defaults",
        "cited-materials",
        "textile-lca-carbonfact",
        "uk-desnz-2024",
        "us-epa-hub-2024",
        "us-epa-supply-chain-1.3",
        "us-lci",
        "us-states-grid",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn every_row_says_where_it_comes_from() {
    for document in zuji_factors::tables().unwrap() {
        assert!(document.table.licence != "per row" || document.rows.iter().all(|row| row.licence.is_some()));
        for row in &document.rows {
            assert!(row.id.starts_with(&format!("{}/", document.table.id)), "{}", row.id);
            assert!(!row.source.is_empty() && !row.geography.is_empty(), "{}", row.id);
            assert!(row.quality.label.is_some() && row.quality.evidence.is_some(), "{}", row.id);
            assert!(row.licence.as_deref().unwrap_or(&document.table.licence).len() > 2, "{}", row.id);
            let without_years = [
                "act-electronics",
                "cited-materials",
                "cn-freight",
                "cn-fuels",
                "ember-grid",
                "ipcc-defaults",
                "textile-lca-carbonfact",
                "us-lci",
            ];
            if !without_years.contains(&document.table.id.as_str()) {
                assert_ne!(row.period, Period::NotStated, "{}", row.id);
            }
        }
    }
}

#[test]
fn ids_are_unique_across_tables() {
    let mut seen = BTreeSet::new();
    for row in zuji_factors::tables().unwrap().into_iter().flat_map(|document| document.rows) {
        assert!(seen.insert(row.id.clone()), "{}", row.id);
    }
}

#[test]
fn the_grid_table_is_whole_and_its_kinds_are_apart() {
    let document = table("cn-electricity");
    let count = |kind| document.rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!(document.rows.len(), 141);
    assert_eq!((count(FactorKind::Electricity), count(FactorKind::ElectricitySource)), (2, 16));
    assert_eq!((count(FactorKind::Transmission), count(FactorKind::ElectricityDirect)), (3, 120));
    assert_eq!(amount(row(&document, "cn-electricity/footprint/2024/national")), 0.5777);
    assert_eq!(amount(row(&document, "cn-electricity/direct/2023/cn-sx")), 0.6634);
    assert_eq!(row(&document, "cn-electricity/direct/2023/region-north-china").geography, "CN");
}

#[test]
fn a_plain_word_for_electricity_never_meets_a_direct_factor() {
    let (factors, _) = Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard());
    for name in
        ["电", "电力", "用电", "外购电力", "市电", "电网电力", "网电", "electricity", "grid electricity", "power"]
    {
        let found = factors.by_name(name);
        assert!(!found.is_empty(), "{name}");
        for index in found {
            let kind = factors.get(index).row.kind;
            assert!(
                matches!(kind, FactorKind::Electricity | FactorKind::ElectricityGeneration),
                "{name}: {}",
                kind.id()
            );
        }
    }
}

#[test]
fn the_two_halves_of_diesel_are_companions() {
    let document = table("uk-desnz-2024");
    let burnt = row(&document, "uk-desnz-2024/fuels/diesel-100-mineral-diesel/t");
    let upstream = row(&document, &burnt.companions[0]);
    assert!((amount(burnt) - 3203.91143).abs() < 1e-9);
    assert_eq!(amount(upstream), 752.0276);
    let properties = burnt.properties.as_ref().unwrap();
    assert_eq!(properties.density.unwrap().get(), 830.7);
    assert_eq!(properties.lower_heating_value.unwrap().get(), 43.02);
    // Three rows per litre have no upstream row per litre: a gap that the core reports.
    let alone: Vec<&str> = document
        .rows
        .iter()
        .filter(|row| row.kind == FactorKind::FuelCombustion && row.companions.is_empty())
        .map(|row| row.id.as_str())
        .collect();
    let expected = ["lubricants", "naphtha", "waste-oils"].map(|fuel| format!("uk-desnz-2024/fuels/{fuel}/l"));
    assert_eq!(alone, expected);
}

#[test]
fn halves_have_their_other_half_in_the_same_unit() {
    let document = table("uk-desnz-2024");
    for half in document.rows.iter().filter(|row| row.kind.needs_companion()) {
        assert!(!half.companions.is_empty() || half.id.ends_with("/l"), "{}", half.id);
        for companion in &half.companions {
            assert_eq!(row(&document, companion).unit, half.unit, "{}", half.id);
        }
    }
    let electricity = row(&document, "uk-desnz-2024/electricity/generation/kwh");
    let whole: f64 =
        electricity.companions.iter().map(|id| amount(row(&document, id))).sum::<f64>() + amount(electricity);
    assert!((whole - (0.20705 + 0.0459 + 0.0183 + 0.00397)).abs() < 1e-12);
}

#[test]
fn air_freight_with_forcing_is_known_only_by_its_full_name() {
    let document = table("uk-desnz-2024");
    let forcing: Vec<_> = document.rows.iter().filter(|row| row.kind == FactorKind::FreightWithForcing).collect();
    assert_eq!(forcing.len(), 4);
    assert!(forcing.iter().all(|row| row.synonyms.is_empty() && row.companions.is_empty()));
}

/// In one table, kind, place and dimension a name means one activity; another year of it is the same activity.
#[test]
fn a_name_does_not_stand_on_two_activities() {
    let units = UnitTable::standard();
    for id in ["cn-electricity", "uk-desnz-2024", "us-epa-hub-2024", "ipcc-defaults"] {
        let document = table(id);
        let mut owners: BTreeMap<(String, FactorKind, String, String), String> = BTreeMap::new();
        for row in &document.rows {
            let Lookup::Unit(unit) = units.find(&row.unit) else { panic!("{}", row.unit) };
            let activity = match row.kind {
                _ if id == "cn-electricity" => {
                    row.id.replace("/2021/", "/").replace("/2022/", "/").replace("/2023/", "/")
                }
                _ => row.id.rsplit_once('/').unwrap().0.to_string(),
            };
            let activity = activity.replace("/2024/", "/");
            for name in [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms) {
                let key = (name_key(name), row.kind, row.geography.clone(), unit.dimension().to_string());
                let owner = owners.entry(key).or_insert_with(|| activity.clone());
                assert_eq!(*owner, activity, "{name}");
            }
        }
    }
}

#[test]
fn names_of_a_bill_of_materials_find_something() {
    let (factors, _) = Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard());
    let kinds = |name: &str| -> BTreeSet<&str> {
        factors.by_name(name).iter().map(|index| factors.get(*index).row.kind.id()).collect()
    };
    for (kind, names) in [
        ("fuel_combustion", &["柴油", "diesel", "汽油", "天然气", "LPG", "液化石油气", "原煤", "燃料油"][..]),
        (
            "freight",
            &["公路", "汽运", "货车", "卡车", "truck", "铁路", "rail", "海运", "ship", "空运", "air freight", "van"],
        ),
        ("material", &["PP", "聚丙烯", "HDPE", "LDPE", "PET", "PS", "PVC", "玻璃", "纸板", "冷轧钢板", "SPCC"]),
        ("electricity_source", &["风电", "光伏", "水电", "核电", "生物质发电"]),
        ("heat", &["蒸汽", "热力"]),
        ("water", &["自来水", "污水处理"]),
        ("process", &["冲压", "电泳"]),
    ] {
        for name in names {
            assert!(kinds(name).contains(kind), "{name}: {:?}", kinds(name));
        }
    }
    assert_eq!(kinds("柴油"), BTreeSet::from(["fuel_combustion"]));
    let diesel = factors.by_name("柴油").into_iter().map(|index| &factors.get(index).row);
    let mut diesel = diesel.filter(|row| row.id.starts_with("uk-desnz-2024/"));
    assert!(diesel.all(|row| row.id.contains("100-mineral")));
}

#[test]
fn materials_have_the_boundary_of_materials() {
    for document in zuji_factors::tables().unwrap() {
        for row in document.rows.iter().filter(|row| row.kind == FactorKind::Material) {
            assert_eq!(row.boundary, "cradle-to-gate", "{}", row.id);
            assert!(!row.id.contains("/waste/"));
        }
    }
    let document = table("uk-desnz-2024");
    let primary = row(&document, "uk-desnz-2024/material/plastics-pp-incl-forming/primary/t");
    assert_eq!(primary.carbon.as_ref().unwrap().fossil.unwrap().get(), 0.8563);
    let burnt = document.rows.iter().filter(|row| row.class.starts_with("waste.combustion."));
    assert!(burnt.into_iter().all(|row| amount(row) == 6.41061 && row.note.is_some()));
}

#[test]
fn a_material_without_a_figure_of_its_own_is_a_declared_proxy() {
    let (factors, _) = Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard());
    for name in
        ["螺钉", "紧固件", "EPDM", "粉末涂料", "液晶面板", "LCD", "焊锡", "气弹簧", "gas spring", "充电器", "网布"]
    {
        let found = factors.by_name(name);
        assert!(!found.is_empty(), "{name}");
        for index in found {
            let row = &factors.get(index).row;
            assert!(row.proxy.is_some(), "{name}: {}", row.id);
            assert_eq!(row.quality.technology, Some(4), "{}", row.id);
        }
    }
    let polyamide = factors.by_name("PA6").into_iter().map(|index| &factors.get(index).row);
    assert!(polyamide.into_iter().all(|row| row.geography != "CN" || row.proxy.is_some()));
}

/// What is embedded is what is committed, row by row: the build leaves repeated lists of gases out and puts them back.
#[test]
fn embedded_tables_are_the_committed_ones() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut compared = 0;
    for document in zuji_factors::tables().unwrap() {
        let name = if document.table.id == "cited-materials" { "materials-cited" } else { document.table.id.as_str() };
        let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
        let committed: FactorsDocument = serde_yaml::from_str(&text).unwrap();
        assert_eq!(document.rows.len(), committed.rows.len(), "{name}");
        for (embedded, committed) in document.rows.iter().zip(&committed.rows) {
            let json = |row: &FactorRow| serde_json::to_string(row).unwrap();
            assert_eq!(json(embedded), json(committed));
            compared += 1;
        }
    }
    assert!(compared > 2700);
}
