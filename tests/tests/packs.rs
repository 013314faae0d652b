//! Packs by their content: hashes in results, pins that hold, closed data that is named.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::{Value, json};
use zuji_core::factor::{FactorsDocument, Pack, Pin};
use zuji_core::product::{Library, Options, WasteRules};
use zuji_core::record::{Replay, replay};
use zuji_tests::program::{folder, root, write, zuji};
use zuji_tests::{Seen, compute, compute_with, real_library, table};

/// A table of one material.
fn pack(id: &str, name: &str, co2e: &str) -> FactorsDocument {
    let mut document = table(json!([{"id": format!("{id}/{name}"), "name": name, "co2e": co2e}]));
    document.table.id = id.into();
    document
}

fn library(packs: &[FactorsDocument]) -> Library {
    let real = real_library();
    Library::new(packs.to_vec(), real.sets.clone(), real.profiles.clone(), WasteRules::default()).0
}

fn hash(document: &FactorsDocument) -> String {
    Pack::from(document.clone()).sha256
}

fn bom(names: &[&str], packs: Value) -> Value {
    let bom: Vec<Value> = names.iter().map(|name| json!({"name": name, "quantity": 1, "unit": "kg"})).collect();
    json!({"bom": bom, "packs": packs})
}

fn replays(seen: &Seen) {
    assert_eq!(replay(&seen.record).unwrap(), Replay::Same);
}

#[test]
fn embedded_hashes_are_those_of_the_tables() {
    let packs = zuji_factors::packs().unwrap();
    assert_eq!(packs.len(), zuji_factors::table_names().count());
    for pack in packs {
        assert_eq!(pack.sha256, hash(&pack.document), "{}", pack.document.table.id);
    }
}

#[test]
fn a_result_names_the_packs_that_it_used() {
    let (one, other) = (pack("one", "steel", "2"), pack("other", "wood", "3"));
    let seen = compute(&library(&[one.clone(), other.clone()]), bom(&["wood"], json!([])));
    let packs = &seen.result["provenance"]["packs"];
    assert_eq!(*packs, json!([{"id": "other", "version": "1", "sha256": hash(&other)}]));
    replays(&seen);
    let record: Value = serde_json::from_slice(&seen.record).unwrap();
    assert_eq!(record["packs"], json!([{"id": "other", "sha256": hash(&other)}]));
    // The hash is of the whole pack, of which the record has the rows that were looked at: it must not be changed.
    let mut forged = record.clone();
    forged["packs"][0]["sha256"] = hash(&one).into();
    assert!(!matches!(replay(&zuji_core::hash::canonical(&forged)), Ok(Replay::Same)));
    forged["packs"] = json!([]);
    assert!(replay(&zuji_core::hash::canonical(&forged)).is_err());
}

#[test]
fn pins_keep_other_packs_out() {
    let (one, other) = (pack("one", "steel", "2"), pack("other", "wood", "3"));
    let library = library(&[one.clone(), other.clone()]);
    let pin = |document: &FactorsDocument| json!({"id": document.table.id, "sha256": &hash(document)[..12]});
    let both = compute(&library, bom(&["steel", "wood"], json!([pin(&one), pin(&other)])));
    assert!(both.complete() && both.has("F412"));
    assert_eq!(both.total(), 5.0);
    replays(&both);
    let half = compute(&library, bom(&["steel", "wood"], json!([pin(&one)])));
    assert_eq!((half.total(), half.missing()), (2.0, vec![("wood".to_string(), "F301".to_string())]));
    assert_eq!(half.result["provenance"]["packs"][0]["pinned"], true);
    replays(&half);
    // By its id a row of another pack is not to be had either, and the finding says where it stands.
    let mut by_id = bom(&["steel", "x"], json!([pin(&one)]));
    by_id["bom"][1]["factor"] = "other/wood".into();
    let seen = compute(&library, by_id);
    assert_eq!(seen.finding("F411").argument("pack"), Some("other"));
    // A pinned pack without a row that is used must be in the record, or it would not recompute.
    let unused = compute(&library, bom(&["wood"], json!([pin(&one), pin(&other)])));
    replays(&unused);
}

#[test]
fn a_pin_that_cannot_be_met_computes_nothing() {
    let one = pack("one", "steel", "2");
    let library = library(std::slice::from_ref(&one));
    let missing = compute(&library, bom(&["steel"], json!([{"id": "two", "sha256": "0123456789ab"}])));
    assert_eq!((missing.status, missing.codes()), (2, vec!["F408"]));
    assert_eq!(missing.finding("F408").argument("pin"), Some("two@0123456789ab"));
    let moved = compute(&library, bom(&["steel"], json!([{"id": "one", "sha256": "0123456789ab"}])));
    assert_eq!((moved.status, moved.codes()), (2, vec!["F409"]));
    let finding = moved.finding("F409");
    assert_eq!((finding.argument("pinned"), finding.argument("loaded")), (Some("0123456789ab"), Some(&*hash(&one))));
    for sha256 in ["", "0123", "not a hash", &"0".repeat(65)] {
        let seen = compute(&library, bom(&["steel"], json!([{"id": "one", "sha256": sha256}])));
        assert_eq!((seen.status, seen.codes()), (2, vec!["V106"]), "{sha256}");
    }
}

#[test]
fn of_two_editions_the_pinned_one_serves() {
    let (old, new) = (pack("one", "steel", "2"), pack("one", "steel", "2.5"));
    let real = real_library();
    let (library, findings) = Library::new(
        [old.clone(), new.clone(), new.clone()],
        real.sets.clone(),
        real.profiles.clone(),
        WasteRules::default(),
    );
    assert!(findings.has("F410"));
    let with = |document: &FactorsDocument| {
        let options = Options { pins: vec![format!("one@{}", hash(document)).parse().unwrap()], ..Options::default() };
        compute_with(&library, bom(&["steel"], json!([])), &options)
    };
    assert_eq!(compute(&library, bom(&["steel"], json!([]))).total(), 2.0, "without a pin the first");
    for (document, total) in [(&old, 2.0), (&new, 2.5)] {
        let seen = with(document);
        assert_eq!(seen.total(), total);
        replays(&seen);
    }
}

#[test]
fn the_command_line_goes_before_the_document() {
    let (one, other) = (pack("one", "steel", "2"), pack("other", "steel", "3"));
    let library = library(&[one.clone(), other.clone()]);
    let pin = |document: &FactorsDocument| Pin { id: document.table.id.clone(), sha256: hash(document) };
    let document = bom(&["steel"], json!([{"id": "one", "sha256": hash(&one)}]));
    assert_eq!(compute(&library, document.clone()).total(), 2.0);
    let options = Options { pins: vec![pin(&other)], ..Options::default() };
    assert_eq!(compute_with(&library, document, &options).total(), 3.0);
}

#[test]
fn closed_data_has_its_share_said() {
    let (mut secret, open) = (pack("secret", "steel", "3"), pack("open", "wood", "1"));
    secret.table.closed = true;
    let seen = compute(&library(&[secret.clone(), open.clone()]), bom(&["steel", "wood"], json!([])));
    assert_eq!(seen.result["provenance"]["closed_share"], "75");
    assert_eq!(seen.finding("F413").argument("share"), Some("75 %"));
    assert_eq!(seen.result["provenance"]["packs"][0]["closed"], true);
    replays(&seen);
    let clean = compute(&library(&[secret.clone(), open.clone()]), bom(&["wood"], json!([])));
    assert!(clean.result["provenance"]["closed_share"].is_null() && !clean.has("F413"));
    // A row may be closed in an open table.
    secret.table.closed = false;
    secret.rows[0].closed = true;
    let seen = compute(&library(&[secret, open]), bom(&["steel", "wood"], json!([])));
    assert_eq!(seen.result["provenance"]["closed_share"], "75");
}

#[test]
fn the_program_lists_packs_and_takes_pins() {
    let run = zuji(&["factors", "list", "--format", "json"]);
    let list: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    for key in ["id", "version", "name_en", "name_zh", "rows", "licences", "share_alike", "closed", "standby", "sha256"]
    {
        assert!(list[0].get(key).is_some(), "{key}");
    }
    let find = |id: &str| list.iter().find(|pack| pack["id"] == id).unwrap()["sha256"].as_str().unwrap().to_string();
    let folder = folder("pins");
    let product = write(
        &folder,
        "product.yaml",
        "schema: zuji/product@1\nproduct: {name: 椅}\ndate: '2024-12-31'\npackaging: none\nenergy: none\n",
    );
    let bom = write(&folder, "bom.csv", "名称,材料,数量,单位\n底盘,冷轧钢板,6.2,kg\n");
    let pin = |id: &str, digits: usize| format!("{id}@{}", &find(id)[..digits]);
    let run = |pin: &str| zuji(&["--lang", "en", "footprint", &bom, "--product", &product, "--pin", pin]);
    assert_eq!(run(&pin("cited-materials", 64)).status, 0);
    assert_eq!(run(&pin("uk-desnz-2024", 8)).status, 2, "no cold-rolled steel there, so nothing is counted");
    let wrong = run("cited-materials@0000000000");
    assert!(
        wrong.status == 2 && wrong.err.contains("F409") && wrong.err.contains(&find("cited-materials")),
        "{}",
        wrong.err
    );
    assert!(run("nowhere@0000000000").err.contains("F408"));
    assert_eq!(run("cited-materials").status, 2);
    // The embedded edition again is the same pack.
    let again = root().join("factors/packs");
    let run = zuji(&["factors", "list", "--format", "json", "--factors", again.to_str().unwrap()]);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&run.out).unwrap(), list, "{}", run.err);
}
