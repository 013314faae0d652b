//! The packs of other countries and trades hold what their raw files hold, under the licence that their files have.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too; it compares with the raw files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use zuji_core::factor::{FactorKind, FactorRow, FactorsDocument, GRID, GRID_WORDS, Period, name_key};

const SHARE_ALIKE: [&str; 3] = ["electricity-maps", "ember-grid", "textile-lca-carbonfact"];

fn tables() -> Vec<FactorsDocument> {
    zuji_factors::tables().unwrap()
}

fn table(id: &str) -> FactorsDocument {
    tables().into_iter().find(|document| document.table.id == id).unwrap()
}

fn raw(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("raw").join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(raw(path)).unwrap()
}

/// The records of a raw CSV file, each by column.
fn records(path: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(raw(path)).unwrap().deserialize().map(Result::unwrap).collect()
}

fn co2e(row: &FactorRow) -> f64 {
    row.co2e.unwrap().get()
}

#[test]
fn figures_are_those_of_the_sources() {
    for (id, kg) in [
        ("act-electronics/logic/gases-95/28nm", 0.175),
        ("act-electronics/logic/gases-99/3nm", 0.275),
        ("act-electronics/logic/materials/7nm", 0.5),
        ("act-electronics/logic/imec/5nm", 1.54),
        ("act-electronics/dram/ddr4-10nm", 0.065),
        ("act-electronics/flash/nand-30nm", 0.031),
        ("act-electronics/ssd/seagate-nytro-1551", 0.003948),
        ("act-electronics/hdd/enterprise/exos5e8", 0.0038556),
        ("ember-grid/de", 0.34206),
        ("ember-grid/us", 0.38355),
        ("ember-grid/vn", 0.48613),
        ("ember-grid/world", 0.47294),
        ("electricity-maps/2021/au-nsw", 0.652),
        ("electricity-maps/2021/al", 0.121),
        ("electricity-maps/2025/jp-tk", 0.535),
        ("electricity-maps/2023/us-tex-erco", 0.394),
        ("electricity-maps/2024/se-se1", 0.015),
        // 713.976 lb/MWh × 0.45359237 kg/lb.
        ("us-states-grid/2023/us-al", 0.323_854_065_963_12),
        ("us-states-grid/2023/us", 0.349_667_100_555_08),
        ("textile-lca-carbonfact/spinning/for-woven-ring/cotton/150-dtex", 3.6679530697247134),
        ("textile-lca-carbonfact/spinning/melt-poy/elastane", 1.1246922304127722),
        ("textile-lca-carbonfact/knitting/flat", 3.9714910686888563),
        ("textile-lca-carbonfact/weaving/water-jet", 3.6446779321329803),
        ("textile-lca-carbonfact/dyeing/yarn/indigo/continuous/rope/natural-fibers", 7.929408205287014),
        ("textile-lca-carbonfact/synthetic-pu-leather/dmf-based", 37.02240793262808),
        ("textile-lca-carbonfact/natural-rubber/str/id", 6.592969617731839),
        ("textile-lca-carbonfact/shoe-assembly/womens-boots/cn", 1.3768689430194472),
        ("textile-lca-carbonfact/use-phase/ironing", 0.0101986486344164),
    ] {
        let document = table(id.split('/').next().unwrap());
        let row = document.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("{id} is not there"));
        assert_eq!(co2e(row), kg, "{id}");
    }
}

#[test]
fn every_zone_and_year_of_electricity_maps_is_a_row() {
    let document = table("electricity-maps");
    let lines = records("electricity_maps/electricitymaps_yearly_2021_2025_odbl.csv");
    assert_eq!((lines.len(), document.rows.len(), document.table.left_out.len()), (1760, 1760, 0));
    let by_id: BTreeMap<&str, &FactorRow> = document.rows.iter().map(|row| (row.id.as_str(), row)).collect();
    for line in lines {
        let row = by_id[format!("electricity-maps/{}/{}", line["year"], line["zone"].to_lowercase()).as_str()];
        let grams: f64 = line["carbon_intensity_gco2eq_kwh"].parse().unwrap();
        assert!((co2e(row) * 1000.0 - grams).abs() < 1e-9, "{}", row.id);
        assert_eq!(row.period.to_string(), line["year"]);
        assert_eq!(row.geography.split('-').next(), line["zone"].split('-').next(), "{}", row.id);
        assert!(row.kind == FactorKind::Electricity && row.boundary == "life-cycle");
    }
}

#[test]
fn every_line_of_ember_is_a_row_or_left_out() {
    let document = table("ember-grid");
    let lines = records("ember_grid/ember_avg_intensity_co2js_0.19.0.csv");
    assert_eq!((lines.len(), document.rows.len(), document.table.left_out.len()), (222, 209, 13));
    for line in &lines {
        let code = &line["iso3_or_region"];
        let grams: f64 = line["gco2e_per_kwh"].parse().unwrap();
        let row = document.rows.iter().find(|row| row.source.ends_with(&format!(", {code}")));
        let out = document.table.left_out.iter().any(|entry| entry.starts_with(&format!("{code}:")));
        assert_eq!(row.is_some(), !out, "{code}");
        if let Some(row) = row {
            assert!((co2e(row) * 1000.0 - grams).abs() < 1e-9 && grams > 0.0, "{code}");
            assert_eq!(row.period, Period::NotStated);
        }
    }
}

#[test]
fn every_state_is_a_direct_row_and_canada_has_no_emissions() {
    let document = table("us-states-grid");
    let states = text("us_states_grid/codecarbon_usa_states.json");
    assert_eq!(states.matches("\"emissions\": ").count() - 1, document.rows.len(), "the unit says emissions, too");
    assert_eq!(document.rows.len(), 52);
    assert!(document.rows.iter().all(|row| row.kind == FactorKind::ElectricityDirect && row.synonyms.is_empty()));
    let canada = text("us_states_grid/codecarbon_canada.json");
    assert_eq!((canada.matches("\"total\"").count(), canada.contains("emission")), (13, false));
    assert!(document.table.left_out[0].contains("Canada, 13 provinces"));
}

/// Lines `name : figure` of ACT's model files; indented ones belong to a heading.
#[test]
fn every_line_of_act_is_a_row_or_left_out() {
    let document = table("act-electronics");
    let mut files = Vec::new();
    let mut folders = vec![raw("act_electronics/models")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|extension| extension.to_str()) {
                None => folders.push(path),
                Some("yaml") => files.push(path),
                Some(_) => {}
            }
        }
    }
    let mut total = 0;
    for path in files {
        let name = path.strip_prefix(raw("act_electronics")).unwrap().to_str().unwrap().replace('\\', "/");
        let text = std::fs::read_to_string(&path).unwrap();
        let figure = |line: &&str| {
            let line = line.split('#').next().unwrap();
            line.split_once(':')
                .is_some_and(|(_, figure)| figure.trim().starts_with(|first: char| first.is_ascii_digit()))
        };
        let lines = text.lines().filter(figure).count();
        let rows = document.rows.iter().filter(|row| row.source.contains(&format!("ACT, {name}, "))).count();
        let out = document.table.left_out.iter().any(|entry| entry.starts_with(&format!("{name}, {lines} rows:")));
        // `location.yaml` only names another file.
        assert!(
            lines == rows || (rows == 0 && out) || name.ends_with("location.yaml"),
            "{name}: {lines} lines, {rows} rows"
        );
        total += lines;
    }
    assert_eq!((total, document.rows.len(), document.table.left_out.len()), (117, 70, 7));
}

#[test]
fn every_dataset_of_textiles_is_a_row() {
    let document = table("textile-lca-carbonfact");
    let mut count = 0;
    for folder in [
        "spinning",
        "knitting",
        "weaving",
        "dyeing",
        "shoe-assembly/sneaker",
        "shoe-assembly/womens-boots",
        "synthetic-pu-leather",
        "natural-rubber",
        "use-phase",
    ] {
        for line in records(&format!("textile_carbonfact/datasets/{folder}/impact-scores.csv")) {
            let source = format!("datasets/{folder}, GHG of \"{}\"", line["Activity"]);
            let rows: Vec<&FactorRow> = document.rows.iter().filter(|row| row.source.ends_with(&source)).collect();
            assert_eq!(rows.len(), 1, "{source}");
            assert_eq!(co2e(rows[0]), line["GHG"].parse::<f64>().unwrap(), "{source}");
            for column in ["Input_required_kg", "Input required (kg)"] {
                let note = rows[0].note.as_deref().unwrap_or("");
                let needs = line.get(column).filter(|_| !rows[0].id.contains("/nonwoven/"));
                assert!(needs.is_none_or(|amount| note.contains(&format!("Takes {amount} kg"))), "{source}");
            }
            count += 1;
        }
    }
    assert_eq!((count, document.rows.len()), (255, 255));
    // What is made from the ground up is a material; all else lacks what goes through it.
    let materials: Vec<&str> =
        document.rows.iter().filter(|row| row.kind == FactorKind::Material).map(|row| row.class.as_str()).collect();
    assert_eq!(materials.iter().filter(|class| **class == "rubber.natural").count(), 4);
    assert_eq!(materials.iter().filter(|class| **class == "textile.coated").count(), 2);
    assert_eq!((materials.iter().filter(|class| **class == "chemical.detergent").count(), materials.len()), (2, 8));
}

#[test]
fn share_alike_is_said_in_the_head_and_beside_the_source() {
    for document in tables() {
        let head = &document.table;
        let share_alike = SHARE_ALIKE.contains(&head.id.as_str());
        assert_eq!(head.licence.contains("share-alike"), share_alike, "{}", head.id);
        assert!(!share_alike || document.rows.iter().all(|row| row.licence.is_none()), "{}: one licence", head.id);
    }
    for (id, licence, credit) in [
        ("ember-grid", "CC BY-SA 4.0", "Ember"),
        ("electricity-maps", "Open Database License (ODbL) 1.0", "Electricity Maps"),
        ("textile-lca-carbonfact", "CC BY-SA 4.0", "Carbonfact"),
        ("act-electronics", "MIT", "Meta"),
        ("us-states-grid", "Public domain", "EPA"),
    ] {
        let head = table(id).table;
        assert!(head.licence.starts_with(licence) && head.attribution.unwrap().contains(credit), "{id}");
    }
    for (file, words) in [
        ("ember_grid/LICENSE.md", "Attribution-ShareAlike 4.0"),
        ("electricity_maps/LICENSE.md", "Open Database License (ODbL) 1.0"),
        ("textile_carbonfact/LICENSE", "Attribution-ShareAlike 4.0 International"),
        ("act_electronics/LICENSE", "MIT License"),
        ("us_states_grid/codecarbon_LICENSE_MIT.txt", "MIT License"),
        ("cldr_names/LICENSE", "UNICODE LICENSE V3"),
    ] {
        assert!(text(file).contains(words), "{file}");
    }
}

/// One plain word, one row per place, kind and year: else two tables would compete in silence.
#[test]
fn plain_words_for_the_grid_stand_once_per_table_place_and_year() {
    let plain = |row: &FactorRow| row.synonyms.iter().any(|name| GRID_WORDS.contains(&name.as_str()));
    let mut official = BTreeSet::new();
    let mut collected = BTreeSet::new();
    for document in tables() {
        let mut seen = BTreeSet::new();
        for row in document.rows.iter().filter(|row| row.kind.is_grid() && plain(row)) {
            assert!(row.synonyms.iter().any(|name| name == GRID), "{}: the word that all tables share", row.id);
            assert!(seen.insert((row.geography.clone(), row.period.to_string())), "{}", row.id);
            let country = row.geography.split('-').next().unwrap().to_string();
            if ["electricity-maps", "ember-grid"].contains(&document.table.id.as_str()) {
                collected.insert(country);
            } else {
                official.insert(country);
            }
        }
    }
    // A country whose own official figure is here is left to it.
    assert_eq!(official.intersection(&collected).count(), 0, "{official:?}");
    assert_eq!(official.into_iter().collect::<Vec<_>>(), ["CN", "GB"]);
    assert!(collected.len() > 200, "{}", collected.len());
}

/// In one table a name means one activity, whatever its year.
#[test]
fn a_name_stands_on_one_activity() {
    for id in ["act-electronics", "electricity-maps", "ember-grid", "textile-lca-carbonfact", "us-states-grid"] {
        let mut owners: BTreeMap<(String, String), String> = BTreeMap::new();
        for row in &table(id).rows {
            let activity = ["2021", "2022", "2023", "2024", "2025"]
                .iter()
                .fold(row.id.clone(), |id, year| id.replace(&format!("/{year}/"), "/"));
            for name in [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms) {
                let owner = owners.entry((name_key(name), row.geography.clone())).or_insert_with(|| activity.clone());
                assert_eq!(*owner, activity, "{name}");
            }
        }
    }
}

/// A row of making is known by a word for the making. A line that names the thing wants a material from cradle to gate.
#[test]
fn processes_do_not_answer_to_the_names_of_things() {
    for id in ["act-electronics", "textile-lca-carbonfact"] {
        for row in table(id).rows.iter().filter(|row| row.kind == FactorKind::Process) {
            for name in [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms) {
                for thing in [
                    "芯片",
                    "晶圆",
                    "DRAM",
                    "内存",
                    "内存条",
                    "固态硬盘",
                    "机械硬盘",
                    "硬盘",
                    "闪存",
                    "SSD",
                    "HDD",
                    "棉纱",
                    "涤纶",
                    "涤纶丝",
                    "纱线",
                    "面料",
                    "布",
                    "无纺布",
                    "yarn",
                    "fabric",
                    "wafer",
                    "chip",
                ] {
                    assert_ne!(name_key(name), name_key(thing), "{}", row.id);
                }
            }
        }
    }
}
