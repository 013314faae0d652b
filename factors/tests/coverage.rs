//! Coverage by class: every class of products' materials and energy has enough usable rows, or stands as a gap with its
//! reason. `factors/coverage.yaml` says which classes; docs/coverage.md shows the counts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]
#![allow(clippy::disallowed_methods, reason = "the page is read where it stands, and written when asked")]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use zuji_core::factor::{Factor, FactorKind, FactorRow, Factors};
use zuji_core::quantity::UnitTable;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coverage {
    schema: String,
    minimum: usize,
    groups: Vec<Group>,
    gaps: Vec<Gap>,
    #[serde(default)]
    missing: Vec<Missing>,
}

/// A group of classes that must be covered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    id: String,
    zh: String,
    en: String,
    classes: Vec<String>,
    kinds: Vec<FactorKind>,
    /// Countries the rows must be of; any where empty.
    #[serde(default)]
    geography: Vec<String>,
    /// Countries the rows must not be of.
    #[serde(default)]
    outside: Vec<String>,
}

/// A group with fewer rows than the minimum, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gap {
    group: String,
    zh: String,
    en: String,
}

/// Something that a bill of materials asks for and no public source gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Missing {
    zh: String,
    en: String,
    /// Names under which no row of its own (a declared proxy aside) may be found.
    names: Vec<String>,
    kind: FactorKind,
    /// Where a row of its own must be missing; anywhere where empty.
    #[serde(default)]
    geography: Vec<String>,
    why_zh: String,
    why_en: String,
}

/// What stands in the tables for a group.
#[derive(Default)]
struct Count {
    rows: usize,
    china: usize,
    proxies: usize,
}

fn coverage() -> Coverage {
    serde_yaml::from_str(include_str!("../coverage.yaml")).unwrap()
}

fn factors() -> Factors {
    Factors::new(zuji_factors::tables().unwrap(), &UnitTable::standard()).0
}

fn country(geography: &str) -> &str {
    geography.split('-').next().unwrap_or("")
}

fn chinese(row: &FactorRow) -> bool {
    let han = |text: &str| text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
    han(&row.name_zh) || row.synonyms.iter().any(|name| han(name))
}

fn belongs(group: &Group, factor: &Factor) -> bool {
    let row = &factor.row;
    let within = |class: &String| {
        row.class == *class || row.class.strip_prefix(class.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    let country = country(&row.geography).to_string();
    group.kinds.contains(&row.kind)
        && group.classes.iter().any(within)
        && (group.geography.is_empty() || group.geography.contains(&country))
        && !group.outside.contains(&country)
}

/// A half without its other half cannot be counted by a computation, so it covers nothing.
fn usable(factor: &Factor) -> bool {
    chinese(&factor.row) && (!factor.row.kind.needs_companion() || !factor.companions.is_empty())
}

/// Activities, not rows: the same name of the same table and place per another unit or of another year is one. Figures
/// of two publications under one name are two.
fn count(group: &Group, factors: &Factors) -> Count {
    let mut seen = BTreeSet::new();
    let mut count = Count::default();
    for (_, factor) in factors.iter().filter(|(_, factor)| belongs(group, factor) && usable(factor)) {
        let row = &factor.row;
        let source = if factor.table.licence == "per row" { row.source.as_str() } else { "" };
        if seen.insert((&factor.table.id, &row.name_zh, &row.geography, source)) {
            count.rows += 1;
            count.china += usize::from(country(&row.geography) == "CN");
            count.proxies += usize::from(row.proxy.is_some());
        }
    }
    count
}

#[test]
fn every_class_is_covered_or_a_gap_with_its_reason() {
    let (coverage, factors) = (coverage(), factors());
    assert_eq!((coverage.schema.as_str(), coverage.minimum), ("zuji/coverage@1", 3));
    let gaps: BTreeMap<&str, &Gap> = coverage.gaps.iter().map(|gap| (gap.group.as_str(), gap)).collect();
    assert_eq!(gaps.len(), coverage.gaps.len(), "a group stands twice among the gaps");
    let mut wrong = Vec::new();
    for group in &coverage.groups {
        let rows = count(group, &factors).rows;
        match gaps.get(group.id.as_str()) {
            None if rows < coverage.minimum => wrong.push(format!("{}: {rows} rows, and no gap says so", group.id)),
            Some(_) if rows >= coverage.minimum => wrong.push(format!("{}: {rows} rows are no gap", group.id)),
            _ => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_definition_is_sound() {
    let coverage = coverage();
    let ids: BTreeSet<&str> = coverage.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids.len(), coverage.groups.len(), "a group stands twice");
    let han = |text: &str| text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
    for group in &coverage.groups {
        assert!(!group.classes.is_empty() && !group.kinds.is_empty() && !group.en.is_empty(), "{}", group.id);
        assert!(!group.zh.is_empty() && group.kinds.iter().all(|kind| !kind.is_half()), "{}", group.id);
    }
    for gap in &coverage.gaps {
        assert!(ids.contains(gap.group.as_str()), "{} is no group", gap.group);
        assert!(han(&gap.zh) && gap.en.len() > 10, "{}: a reason in both languages", gap.group);
    }
    for missing in &coverage.missing {
        assert!(han(&missing.why_zh) && missing.why_en.len() > 10 && !missing.names.is_empty(), "{}", missing.en);
    }
}

#[test]
fn what_is_said_to_be_missing_is_missing() {
    let (coverage, factors) = (coverage(), factors());
    for missing in &coverage.missing {
        for name in &missing.names {
            for index in factors.by_name(name) {
                let row = &factors.get(index).row;
                let there = missing.geography.is_empty()
                    || missing.geography.iter().any(|place| place == country(&row.geography));
                assert!(row.kind != missing.kind || row.proxy.is_some() || !there, "{name}: {} is there", row.id);
            }
        }
    }
}

/// The table of docs/coverage.md, from the data.
fn page(coverage: &Coverage, factors: &Factors) -> String {
    let mut text = String::from("| class | rows | China | proxies | |\n|---|---:|---:|---:|---|\n");
    for group in &coverage.groups {
        let Count { rows, china, proxies } = count(group, factors);
        let gap = if coverage.gaps.iter().any(|gap| gap.group == group.id) { "gap" } else { "" };
        writeln!(text, "| {} · {} | {rows} | {china} | {proxies} | {gap} |", group.zh, group.en).unwrap();
    }
    text.push_str("\n## Gaps\n\n");
    for gap in &coverage.gaps {
        let group = coverage.groups.iter().find(|group| group.id == gap.group).unwrap();
        writeln!(text, "- **{} · {}** {} {}", group.zh, group.en, gap.zh, gap.en).unwrap();
    }
    text.push_str("\n## Not found in any public source\n\n");
    for missing in &coverage.missing {
        writeln!(text, "- **{} · {}** {} {}", missing.zh, missing.en, missing.why_zh, missing.why_en).unwrap();
    }
    text
}

/// Set ZUJI_UPDATE_COVERAGE=1 to write the page as the data are now.
#[test]
fn the_page_shows_what_the_tables_hold() {
    let mark = "<!-- from factors/coverage.yaml and the tables; a test holds it -->\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/coverage.md");
    let written = std::fs::read_to_string(path).unwrap();
    let (head, table) = written.split_once(mark).unwrap_or_else(|| panic!("{path} has lost its mark"));
    let now = page(&coverage(), &factors());
    if std::env::var_os("ZUJI_UPDATE_COVERAGE").is_some() {
        std::fs::write(path, format!("{head}{mark}{now}")).unwrap();
        return;
    }
    assert!(table == now, "docs/coverage.md is stale; ZUJI_UPDATE_COVERAGE=1 writes it:\n{now}");
}
