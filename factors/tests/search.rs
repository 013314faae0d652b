//! The words of searches: every country by its names, groups that say something, gaps that coverage knows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeSet;
use zuji_core::factor::{SearchWords, is_place};

fn words() -> SearchWords {
    zuji_factors::search_words().unwrap()
}

/// `JE` stays out: jersey is a knit.
#[test]
fn every_country_has_the_names_of_the_cldr() {
    let words = words();
    let mut seen = 0;
    for row in csv::Reader::from_reader(include_str!("../raw/cldr_names/territories.csv").as_bytes()).records() {
        let row = row.unwrap();
        let (code, en, zh) = (&row[0], &row[2], &row[3]);
        let code = if code == "EU" { "RER" } else { code };
        let place = words.places.iter().find(|place| place.code == code);
        assert_eq!(place.is_none(), code == "JE", "{code}");
        if let Some(place) = place {
            assert!([en, zh].iter().all(|name| place.names.iter().any(|known| known == name)), "{code}");
            seen += 1;
        }
    }
    assert!(seen > 240, "{seen}");
}

#[test]
fn places_have_codes_and_a_name_means_one_place() {
    let mut names = BTreeSet::new();
    for place in &words().places {
        // Codes that ISO reserves for users are no places of a row, and may be named all the same.
        assert!(is_place(&place.code) || place.code.len() == 2, "{}", place.code);
        for name in &place.names {
            assert!(names.insert(name.to_lowercase()), "{name}");
        }
    }
}

#[test]
fn groups_and_kinds_say_something() {
    let words = words();
    assert_eq!(words.schema, "zuji/search-words@1");
    for group in &words.synonyms {
        let once: BTreeSet<String> = group.iter().map(|word| word.trim().to_lowercase()).collect();
        assert!(once.len() == group.len() && group.len() > 1 && !once.contains(""), "{group:?}");
    }
    assert!(words.kinds.iter().all(|kind| !kind.kinds.is_empty() && !kind.words.is_empty()));
    assert!(words.gaps.iter().any(|gap| gap.names.iter().any(|name| name == "POM")));
    for (other, ours) in &words.spellings {
        assert!(other != ours && other.is_ascii(), "{other}");
    }
}
