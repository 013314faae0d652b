use super::call;
use serde_json::{Value, json};

fn ask(request: &Value) -> Value {
    serde_json::from_slice(&call(request.to_string().as_bytes())).unwrap()
}

fn chair() -> Value {
    json!({
        "command": "footprint",
        "table": { "name": "bom.csv", "text": include_str!("../tests/inputs/stool/bom.csv") },
        "document": { "name": "product.yaml", "text": include_str!("../tests/inputs/stool/product.yaml") },
    })
}

#[test]
fn a_footprint_has_a_record_that_verifies() {
    let answer = ask(&chair());
    assert_eq!(answer["result"]["schema"], "zuji/footprint@1", "{answer:#}");
    assert!(answer["result"]["by_line"].as_array().is_some_and(|lines| lines.len() >= 4), "{answer:#}");
    assert_eq!(answer["exit_status"], 0, "{:#}", answer["result"]["diagnostics"]);
    let record = answer["record"].as_str().unwrap();
    let verified = ask(&json!({ "command": "verify", "record": record }));
    assert_eq!(verified["status"], "recomputed", "{verified:#}");
    assert_eq!(verified["sha256"], answer["record_sha256"]);
}

#[test]
fn a_changed_record_is_different() {
    let answer = ask(&chair());
    let record = answer["record"].as_str().unwrap();
    let total = answer["result"]["total"]["excluding_biogenic_uptake"].as_str().unwrap();
    let verified = ask(&json!({ "command": "verify", "record": record.replace(total, "1.0"), "lang": "zh" }));
    assert_eq!(verified["status"], "different");
    assert_eq!(verified["diagnostics"][0]["code"], "R702", "{verified:#}");
}

#[test]
fn the_language_changes_sentences_and_not_the_record() {
    let mut request = chair();
    request["table"]["text"] = "name,material,quantity,unit\nseat,polypropylene,1,kg\nfoot,unobtainium,1,kg\n".into();
    let english = ask(&request);
    request["lang"] = "zh".into();
    let chinese = ask(&request);
    assert_eq!(english["exit_status"], 1);
    assert_ne!(english["result"]["diagnostics"][0]["found"], chinese["result"]["diagnostics"][0]["found"]);
    assert_eq!(english["record"], chinese["record"]);
}

#[test]
fn options_go_before_the_document() {
    let mut request = chair();
    request["options"] = json!({ "gwp": "AR5" });
    let answer = ask(&request);
    assert!(answer["record"].as_str().unwrap().contains("AR5-GWP100@2013"));
    request["options"] = json!({ "gwp": "AR9" });
    let answer = ask(&request);
    assert_eq!((&answer["exit_status"], &answer["record"]), (&json!(2), &Value::Null));
    assert_eq!(answer["result"]["diagnostics"][0]["code"], "G201");
}

#[test]
fn what_is_not_understood_is_said() {
    let error = |request: Value| ask(&request)["error"].as_str().unwrap_or_default().to_string();
    assert!(error(json!({ "command": "dance" })).contains("dance"));
    assert!(error(json!({ "command": "footprint" })).contains("table"));
    assert!(error(json!({ "command": "footprint", "tabel": null })).contains("tabel"));
    assert!(error(json!({ "command": "footprint", "options": { "speed": 1 } })).contains("speed"));
    assert!(!call(b"\xff{").is_empty());
    let verified = ask(&json!({ "command": "verify", "record": "{}" }));
    assert_eq!(verified["diagnostics"][0]["code"], "R703");
}

#[test]
fn the_engine_says_its_name() {
    let version = ask(&json!({ "command": "version" }));
    assert_eq!(version["engine"]["name"], "zuji");
    assert_eq!(version["engine"]["source_sha256"].as_str().map(str::len), Some(64));
}
