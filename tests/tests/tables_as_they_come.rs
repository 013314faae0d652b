//! Tables as spreadsheets and ERP systems write them, through the program: encodings, titles, sums, workbooks.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test fails by panicking and writes its files")]

use serde_json::Value;
use std::path::Path;
use zuji_tests::program::{folder, zuji};

const TITLED: &str =
    "产品碳足迹数据表,,,\n,,,\n部件,材料,数量,单位\n底盘,冷轧钢板,6.2,千克\n坐垫,海绵,1.1,公斤\n小计,,7.3,\n";

/// The result of a file with these bytes, and the codes of its findings.
fn footprint(home: &Path, name: &str, bytes: &[u8], more: &[&str]) -> (i32, Value, Vec<String>) {
    let path = home.join(name);
    std::fs::write(&path, bytes).unwrap();
    let run = zuji(&[&["footprint", path.to_str().unwrap(), "--format", "json"], more].concat());
    let result: Value = serde_json::from_str(&run.out).unwrap();
    let codes = result["diagnostics"].as_array().unwrap().iter();
    let codes = codes.map(|finding| finding["code"].as_str().unwrap().to_string()).collect();
    (run.status, result, codes)
}

#[test]
fn every_encoding_gives_the_same_footprint() {
    let home = folder("tables-encodings");
    let gb18030 = encoding_rs::GB18030.encode(TITLED).0;
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(TITLED.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (_, plain, codes) = footprint(&home, "utf8.csv", TITLED.as_bytes(), &[]);
    assert!(codes.contains(&"E115".into()) && codes.contains(&"B206".into()), "{codes:?}");
    assert!(!codes.contains(&"E104".into()), "{codes:?}");
    assert_eq!(plain["by_line"].as_array().unwrap().len(), 2);
    for (name, bytes) in [("gb.csv", gb18030.as_ref()), ("utf16.csv", &utf16)] {
        let (_, result, codes) = footprint(&home, name, bytes, &[]);
        assert!(codes.contains(&"E104".into()), "{codes:?}");
        assert_eq!(result["total"], plain["total"]);
        assert_eq!(result["by_line"], plain["by_line"]);
    }
    let (_, named, codes) = footprint(&home, "named.csv", &gb18030, &["--encoding", "gbk"]);
    assert!(!codes.contains(&"E104".into()), "{codes:?}");
    assert_eq!(named["total"], plain["total"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let home = folder("tables-refused");
    let joined = [TITLED.as_bytes(), &encoding_rs::GBK.encode("靠背,尼龙,1,千克\n").0].concat();
    for (name, bytes, more, code) in [
        ("joined.csv", joined.as_slice(), &[][..], "E103"),
        ("named.csv", TITLED.as_bytes(), &["--encoding", "klingon"], "E112"),
        ("broken.xlsx", b"PK\x03\x04", &[], "E113"),
    ] {
        let (status, _, codes) = footprint(&home, name, bytes, more);
        assert_eq!((status, codes), (2, vec![code.to_string()]), "{name}");
    }
}

#[test]
fn a_workbook_is_read_from_the_sheet_with_the_parts() {
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tables/chair.xlsx");
    let run = zuji(&["footprint", workbook.to_str().unwrap(), "--format", "json"]);
    let result: Value = serde_json::from_str(&run.out).unwrap();
    let lines: Vec<(&str, u64)> = result["by_line"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), line["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [("底盘", 4), ("坐垫 (两层)", 5)]);
    let codes: Vec<&str> =
        result["diagnostics"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"E114"), "{codes:?}");
}
