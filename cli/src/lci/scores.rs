//! `zuji lci scores`: every product of a database, one adjoint solve per impact category.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::outcome;
use super::ready::solved;
use crate::findings;
use crate::words::Words;
use serde_json::{Value, json};
use std::path::Path;
use zuji_core::footprint::linked::Solved;
use zuji_core::inventory::Activity;
use zuji_core::math::plain;
use zuji_core::solve::linked::Solution;

/// Scores: 0 done, 1 done with something open in the database, 2 not.
pub fn run(source: &Open, choices: &Choices, output: Option<&Path>, words: Words) -> u8 {
    let model = match model(source, choices) {
        Ok(model) => model,
        Err(finding) => return findings::fail(finding, words),
    };
    let text = solved(&model, choices.fast).and_then(|solved| {
        let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("yaml" | "yml") => super::pack::write(&model, solved.technosphere(), solved.prepared()),
            Some("json") => Ok(json(&model, &solved, words)),
            _ => Ok(csv(&solved)),
        }
    });
    let text = match text {
        Ok(text) => text,
        Err(found) => {
            findings::print(&found, words);
            return 2;
        }
    };
    outcome::brief(&model.found, words);
    match output {
        None => say!("{}", text.trim_end()),
        Some(path) => {
            if let Err(finding) = outcome::write(path, text) {
                return findings::fail(finding, words);
            }
        }
    }
    outcome::status(&model.found)
}

/// Every process with the footprint of one unit of its product, per impact category; of a treatment, of one unit treated
/// (λ × sign of the reference flow).
fn products<'a>(solved: &'a Solved) -> impl Iterator<Item = (&'a Activity, Vec<String>)> {
    let system = solved.system();
    (0u32..).zip(&system.activities).zip(&system.reference).map(|((process, one), &product)| {
        let sign = if solved.technosphere().reference_amount(process) < 0.0 { -1.0 } else { 1.0 };
        let amount = |lambda: &Solution| plain(lambda.values[product as usize] * sign);
        (one, solved.lambda().iter().map(amount).collect())
    })
}

fn csv(solved: &Solved) -> String {
    let field = |text: &str| {
        // A spreadsheet takes what starts so for a formula.
        let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_string() };
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let mut out = String::from("id,name,product,unit,location");
    for impact in &solved.system().impacts {
        out += &format!(",{}", field(&format!("{} [{}]", impact.id, impact.unit)));
    }
    out.push('\n');
    for (one, amounts) in products(solved) {
        let texts = [&*one.id, &*one.name, &*one.product, &*one.unit, one.location.as_deref().unwrap_or("")];
        out += &texts.map(field).join(",");
        for amount in amounts {
            out += &format!(",{amount}");
        }
        out.push('\n');
    }
    out
}

fn json(model: &Model, solved: &Solved, words: Words) -> String {
    let products: Vec<Value> = products(solved)
        .map(|(one, amounts)| {
            json!({
                "id": one.id, "name": one.name, "product": one.product, "unit": one.unit, "location": one.location,
                "scores": amounts,
            })
        })
        .collect();
    let impacts: Vec<Value> = solved
        .system()
        .impacts
        .iter()
        .zip(solved.lambda())
        .map(|(impact, lambda)| {
            json!({ "id": impact.id, "name": impact.name, "unit": impact.unit, "certificate": lambda.certificate })
        })
        .collect();
    let diagnostics = zuji_formats::result::findings(model.found.iter(), words.language);
    let value = json!({
        "schema": "zuji/lci-scores@1", "database": model.head, "impacts": impacts, "products": products,
        "diagnostics": diagnostics,
    });
    format!("{value:#}\n")
}
