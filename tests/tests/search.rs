//! `zuji factors search` finds what a buyer means: the queries of `data/search-queries.tsv` in both languages, what is
//! known to be missing, places, hostile words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use zuji_core::factor::{Found, Search, SearchWords};
use zuji_tests::real_library;

/// Of the queries that something must be found for.
const FIRST: f64 = 0.90;
const AMONG_THREE: f64 = 0.97;

fn words() -> SearchWords {
    zuji_factors::search_words().unwrap()
}

fn confident<'a>(found: &Found) -> Vec<&'a str> {
    let hits = found.hits.iter().filter(|hit| hit.confident);
    hits.map(|hit| real_library().factors.get(hit.index).row.id.as_str()).collect()
}

/// Whether an id fits a pattern in which `*` stands for anything.
fn fits(pattern: &str, id: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == id,
        Some((start, rest)) => id
            .strip_prefix(start)
            .is_some_and(|id| (0..=id.len()).filter(|at| id.is_char_boundary(*at)).any(|at| fits(rest, &id[at..]))),
    }
}

#[test]
fn queries_of_buyers_find_their_rows() {
    let words = words();
    let search = Search::new(&real_library().factors, &words);
    let (mut asked, mut first, mut among_three, mut failed) = (0, 0, 0, Vec::new());
    for line in include_str!("../data/search-queries.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (query, expected) = line.split_once('\t').unwrap();
        let found = search.find(query);
        let ids = confident(&found);
        if matches!(expected, "gap" | "none") {
            assert!(ids.is_empty(), "{query}: nothing may be called a hit, {ids:?}");
            assert!(expected == "none" || !found.gaps.is_empty(), "{query}: a known gap must be said");
            continue;
        }
        asked += 1;
        let patterns: Vec<&str> = expected.split(' ').collect();
        for pattern in &patterns {
            let exists = real_library().factors.iter().any(|(_, factor)| fits(pattern, &factor.row.id));
            assert!(exists, "{query}: no row {pattern}");
        }
        let at = ids.iter().take(3).position(|id| patterns.iter().any(|pattern| fits(pattern, id)));
        first += usize::from(at == Some(0));
        among_three += usize::from(at.is_some());
        if at != Some(0) {
            failed.push(format!("{query}: place {at:?} in {:?}", &ids[..ids.len().min(3)]));
        }
    }
    let share = |count: usize| count as f64 / asked as f64;
    let failed = failed.join("\n");
    assert!(asked >= 200, "{asked} queries");
    assert!(share(first) >= FIRST, "first: {first} of {asked}\n{failed}");
    assert!(share(among_three) >= AMONG_THREE, "among three: {among_three} of {asked}\n{failed}");
}

#[test]
fn both_languages_are_asked() {
    let queries: Vec<&str> = include_str!("../data/search-queries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t').map(|(query, _)| query))
        .collect();
    let chinese = queries.iter().filter(|query| !query.is_ascii()).count();
    assert!(chinese * 5 >= queries.len() * 2 && chinese * 5 <= queries.len() * 3, "{chinese} of {}", queries.len());
    let mut once = queries.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), queries.len(), "a query stands twice");
}

#[test]
fn a_place_says_where_and_need_not_be_in_the_name() {
    let words = words();
    let search = Search::new(&real_library().factors, &words);
    for (query, place) in [
        ("德国电网", Some("DE")),
        ("electricity in Germany", Some("DE")),
        ("DE electricity", Some("DE")),
        ("山西 用电", Some("CN-SX")),
        ("中国台湾电网", Some("TW")),
        ("UK waste glass", Some("GB")),
        // Plastics, not Peru and Panama; a place alone is a word.
        ("PE", None),
        ("PA", None),
        ("德国", None),
    ] {
        let found = search.find(query);
        assert_eq!(found.place.as_deref(), place, "{query}");
        let top = confident(&found)[0];
        let geography = &real_library().factors.get(found.hits[0].index).row.geography;
        if let Some(place) = place.filter(|place| *place != "CN-SX") {
            assert_eq!(geography, place, "{query}: {top}");
        }
    }
    assert_eq!(confident(&search.find("山西 用电"))[0], "cn-electricity/footprint/2024/national");
}

#[test]
fn what_no_line_uses_stands_behind_what_it_may_use() {
    let words = words();
    let search = Search::new(&real_library().factors, &words);
    for query in ["plastic", "steel", "furniture", "paper", "semiconductor", "battery", "电池", "水泥"] {
        let found = search.find(query);
        let factors = found.hits.iter().filter(|hit| hit.confident).map(|hit| real_library().factors.get(hit.index));
        let spend: Vec<bool> = factors.map(|factor| factor.row.kind.id() == "spend").collect();
        assert!(!spend.is_empty() && spend.is_sorted(), "{query}");
    }
    let halves = search.find("diesel upstream");
    assert!(confident(&halves)[0].contains("upstream/diesel"), "{:?}", &confident(&halves)[..3]);
}

#[test]
fn a_gap_with_a_proxy_shows_both() {
    let words = words();
    let search = Search::new(&real_library().factors, &words);
    let found = search.find("硅钢片 0.5mm");
    assert!(!found.gaps.is_empty() && confident(&found)[0].ends_with("/proxy"));
    // The alloy is known where its casting is not.
    let found = search.find("锌合金压铸件");
    assert!(!confident(&found).is_empty());
}

#[test]
fn the_same_query_has_the_same_answer_and_hostile_ones_none() {
    let words = words();
    let (one, other) = (Search::new(&real_library().factors, &words), Search::new(&real_library().factors, &words));
    let long = "钢板 steel ".repeat(2_000);
    for query in
        ["", " ", "\u{0}\u{202e}", "'; DROP TABLE", "%s%n", "９９９９９９９９９", "-1e308", "NaN", "*", "🦀🦀", &long]
    {
        let (first, second) = (one.find(query), other.find(query));
        assert_eq!(first.hits, second.hits, "{query}");
        if !query.starts_with('钢') {
            assert!(confident(&first).is_empty(), "{query}: {:?}", confident(&first));
        }
    }
}
