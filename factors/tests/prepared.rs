//! What the build prepares of the tables is what reading and indexing them gives.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;
use zuji_core::factor::Factors;
use zuji_core::quantity::UnitTable;

fn both() -> (Factors, Factors) {
    let units = Arc::new(UnitTable::standard());
    let (read, findings) = Factors::new(zuji_factors::packs().unwrap(), &units);
    assert!(findings.is_empty(), "{findings:?}");
    (Factors::prepared(zuji_factors::PREPARED, &units).unwrap(), read)
}

#[test]
fn rows_heads_and_indexes_are_those_of_the_tables() {
    let (prepared, read) = both();
    assert_eq!(prepared.len(), read.len());
    let mut names = BTreeSet::new();
    for (index, factor) in read.iter() {
        let same = prepared.get(index);
        assert_eq!(serde_json::to_value(&same.row).unwrap(), serde_json::to_value(&factor.row).unwrap());
        assert_eq!((same.pack, &same.unit, &same.companions), (factor.pack, &factor.unit, &factor.companions));
        assert_eq!(same.table.id, factor.table.id);
        assert_eq!(prepared.head(index), read.head(index));
        assert_eq!(prepared.by_id(&factor.row.id), Some(index));
        names.extend([factor.row.name_en.clone(), factor.row.name_zh.clone()]);
        names.extend(factor.row.synonyms.iter().cloned());
    }
    assert!(names.len() > 5_000);
    for name in &names {
        assert_eq!(prepared.by_name(name), read.by_name(name), "{name}");
    }
    for (one, other) in prepared.packs().iter().zip(read.packs()) {
        assert_eq!((&one.sha256, one.rows, one.standby), (&other.sha256, other.rows, other.standby));
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let (prepared, _) = both();
    for name in ["", "\u{0}", "~", "zzzz", "钢\u{10ffff}", &"x".repeat(70_000)] {
        assert!(prepared.by_name(name).is_empty(), "{name}");
        assert_eq!(prepared.by_id(name), None);
    }
}

/// Tables of a user's own stand behind the prepared ones and know them: names, companions and second editions.
#[test]
fn more_tables_stand_beside_them() {
    let units = Arc::new(UnitTable::standard());
    let mut factors = Factors::prepared(zuji_factors::PREPARED, &units).unwrap();
    let mut own = zuji_factors::tables().unwrap().into_iter().find(|table| table.table.id == "cn-fuels").unwrap();
    let first = factors.by_id("cn-fuels/combustion/diesel").unwrap();
    let before = factors.len();
    // The very same table is one table; the same id with another content stands by.
    let findings = factors.add([own.clone()], &units);
    assert!(findings.is_empty() && factors.len() == before, "{findings:?}");
    own.rows.retain(|row| row.id != "cn-fuels/heat/default");
    let findings = factors.add([own.clone()], &units);
    assert!(findings.has("F410"), "{findings:?}");
    assert_eq!(factors.len(), before + own.rows.len());
    assert_eq!(factors.by_id("cn-fuels/combustion/diesel"), Some(first), "the first edition serves");
    // A table of another id with an id that is taken is refused row by row.
    own.table.id = "mine".into();
    let findings = factors.add([own], &units);
    assert!(findings.has("F401"), "{findings:?}");
}
