//! Databases that mean harm, or that nobody thought of.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};
use zuji_core::diagnostic::Diagnostic;
use zuji_core::inventory::{DatabaseHead, LinkingDocument};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{
    Archive, Files, Imported, LciLimits, Progress, Source, read_ecospold1, read_ecospold2, read_ilcd, read_json_ld,
    read_matrices, read_useeio,
};
use zuji_tests::databases::{files, head};

type Reader = fn(&dyn Source, DatabaseHead, &LciLimits, &mut dyn FnMut(Progress)) -> Result<Imported, Diagnostic>;

fn zipped(list: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in list {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const PROCESS: &str =
    r#"{"@id":"p","name":"p","exchanges":[{"isQuantitativeReference":true,"amount":1,"flow":{"@id":"f"}}]}"#;

#[test]
fn an_archive_is_read_as_a_folder_is() {
    let bytes = zipped(&[
        ("processes/p.json", PROCESS.as_bytes()),
        ("flows\\f.json", br#"{"@id":"f","name":"f","flowType":"PRODUCT_FLOW"}"#),
    ]);
    let archive = Archive::new(bytes, "db.zip").unwrap();
    assert!(archive.names().contains(&"flows/f.json".to_string()));
    let read = read_json_ld(&archive, head("t"), &LciLimits::default(), &mut |_| ()).unwrap();
    assert_eq!((read.inventory.processes().len(), read.inventory.flows().len()), (1, 1));
}

#[test]
fn a_bomb_does_not_go_off() {
    let large = vec![b' '; 20 << 20];
    let bytes = zipped(&[("processes/a.json", &large), ("processes/p.json", PROCESS.as_bytes())]);
    assert!(bytes.len() < 200_000);
    let archive = Archive::new(bytes, "db.zip").unwrap();
    let limits = LciLimits { file_bytes: 1 << 20, ..LciLimits::default() };
    let read = read_json_ld(&archive, head("t"), &limits, &mut |_| ()).unwrap();
    // The file is named; the other one is there.
    let finding = read.findings.iter().find(|finding| finding.code() == "I701").unwrap();
    assert_eq!(finding.places()[0].file.as_deref(), Some("processes/a.json"));
    assert_eq!(read.inventory.processes().len(), 1);
    // The limit on all together counts what came out, not what the archive states.
    let many: Vec<(String, Vec<u8>)> =
        (0..50).map(|at| (format!("processes/{at}.json"), vec![b' '; 1 << 20])).collect();
    let limits = LciLimits { total_bytes: 10 << 20, ..LciLimits::default() };
    let read = read_json_ld(&Files::new(many), head("t"), &limits, &mut |_| ()).unwrap();
    assert_eq!(read.findings.iter().filter(|finding| finding.code() == "I701").count(), 40);
    let limits = LciLimits { files: 1, ..LciLimits::default() };
    let two = files(&[("processes/a.json", "{}"), ("processes/b.json", "{}")]);
    assert_eq!(read_json_ld(&two, head("t"), &limits, &mut |_| ()).unwrap_err().code(), "I701");
}

#[test]
fn names_that_climb_are_only_names() {
    let bytes = zipped(&[
        ("../../etc/processes/p.json", PROCESS.as_bytes()),
        ("/processes/q.json", PROCESS.replace("\"p\"", "\"q\"").as_bytes()),
    ]);
    let archive = Archive::new(bytes, "db.zip").unwrap();
    let read = read_json_ld(&archive, head("t"), &LciLimits::default(), &mut |_| ()).unwrap();
    // Nothing is unpacked to a disk, so nothing climbs; the contents are contents.
    assert_eq!(read.inventory.processes().len(), 2);
}

#[test]
fn what_is_no_database_says_so() {
    let none = files(&[("readme.txt", "hello")]);
    let code = |result: Result<Imported, Diagnostic>| result.unwrap_err().code();
    let limits = LciLimits::default();
    assert_eq!(code(read_json_ld(&none, head("t"), &limits, &mut |_| ())), "I703");
    assert_eq!(code(read_ecospold1(&none, head("t"), &limits, &mut |_| ())), "I703");
    assert_eq!(code(read_ecospold2(&none, head("t"), &limits, &mut |_| ())), "I703");
    assert_eq!(code(read_ilcd(&none, head("t"), &limits, &mut |_| ())), "I703");
    assert_eq!(read_matrices(&none, &limits).unwrap_err().code(), "I709");
    assert_eq!(read_useeio(&none, &limits).unwrap_err().code(), "I709");
    assert_eq!(Archive::new(b"PK nothing".to_vec(), "x.zip").unwrap_err().code(), "I702");
    assert_eq!(Archive::new(Vec::new(), "x.zip").unwrap_err().code(), "I702");
}

#[test]
fn broken_files_are_named_and_the_others_are_read() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let read = read_json_ld(
        &files(&[
            ("processes/a.json", "{"),
            ("processes/b.json", &deep),
            ("processes/c.json", r#"{"@id":"c","exchanges":[{"amount":1e999,"flow":{"@id":"f"}}]}"#),
            ("processes/d.json", r#"{"@id":"d","exchanges":[{"flow":{"@id":"f"}},{"amount":1}]}"#),
            ("processes/e.json", "\u{feff}{\"@id\":\"e\",\"exchanges\":null}"),
            ("processes/p.json", PROCESS),
        ]),
        head("t"),
        &LciLimits::default(),
        &mut |_| (),
    )
    .unwrap();
    assert_eq!(read.inventory.processes().len(), 3);
    let unreadable: Vec<_> = read
        .findings
        .iter()
        .filter(|finding| finding.code() == "I702")
        .map(|finding| finding.places()[0].file.clone().unwrap())
        .collect();
    assert_eq!(unreadable, ["processes/a.json", "processes/b.json", "processes/c.json"]);
    assert!(read.findings.has("I704") && read.findings.has("I305") && read.findings.has("I306"));
    let readers: [(Reader, &str); 3] =
        [(read_ecospold1, "a.xml"), (read_ecospold2, "a.spold"), (read_ilcd, "processes/a.xml")];
    for (reader, name) in readers {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><dataset>&a;</dataset>";
        let read = reader(&files(&[(name, bomb)]), head("t"), &LciLimits::default(), &mut |_| ()).unwrap();
        assert!(read.findings.has("I702"), "{name}");
    }
}

#[test]
fn a_chain_of_15_000_processes() {
    let count = 15_000;
    let list = (0..count).map(|at| {
        let own = format!(r#"{{"isQuantitativeReference":true,"isInput":false,"amount":1,"flow":{{"@id":"f{at}"}}}}"#);
        let next = format!(r#"{{"isInput":true,"amount":1,"flow":{{"@id":"f{}"}}}}"#, at + 1);
        (format!("processes/{at}.json"), format!(r#"{{"@id":"p{at}","exchanges":[{own},{next}]}}"#).into_bytes())
    });
    let flows = (0..=count).map(|at| {
        (
            format!("flows/{at}.json"),
            format!(r#"{{"@id":"f{at}","flowType":"PRODUCT_FLOW","flowProperties":[]}}"#).into_bytes(),
        )
    });
    let read = read_json_ld(&Files::new(list.chain(flows)), head("t"), &LciLimits::default(), &mut |_| ()).unwrap();
    let assembly = read.inventory.assemble(&UnitTable::standard(), &LinkingDocument::default());
    assert_eq!(assembly.system.activities.len(), count);
    assert_eq!(assembly.system.a.len(), 2 * count - 1);
    // The last one's input is provided by nobody, and is listed.
    assert_eq!(assembly.report.open.len(), 1);
    assert_eq!(assembly.report.linked_share(), Some((count - 1) as f64 / count as f64));
}
