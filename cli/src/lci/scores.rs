//! `zuji lci scores`: every product of a database, one adjoint solve per impact category.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::ready::{prepare, unsolvable};
use crate::findings;
use crate::words::Words;
use serde_json::{Value, json};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::math::plain;
use zuji_core::solve::linked::{Prepared, Solution};

/// Scores: 0 done, 1 done with something open in the database, 2 not.
pub fn run(source: &Open, choices: &Choices, output: Option<&Path>, words: Words) -> u8 {
    let mut model = match model(source, choices) {
        Ok(model) => model,
        Err(finding) => return findings::fail(finding, words),
    };
    let text = prepare(&model, choices.fast).and_then(|(technosphere, prepared)| {
        let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("yaml" | "yml") => super::pack::write(&model, &technosphere, &prepared),
            Some("json") => scores(&model, &prepared).map(|scores| json(&model, &scores, words)),
            _ => scores(&model, &prepared).map(|scores| csv(&model, &scores)),
        }
    });
    let text = match text {
        Ok(text) => text,
        Err(found) => {
            model.found.extend(found);
            findings::print(&model.found, words);
            return 2;
        }
    };
    findings::print(&model.found, words);
    match output {
        None => say!("{}", text.trim_end()),
        Some(path) => {
            if let Err(error) = std::fs::write(path, text) {
                let finding = Diagnostic::new(&catalogue::E110).with("file", path.display()).with("cause", error);
                return findings::fail(finding, words);
            }
        }
    }
    u8::from(model.found.count(Severity::Error) + model.found.count(Severity::Question) > 0)
}

/// λ per impact category.
fn scores(model: &Model, prepared: &Prepared) -> Result<Vec<Solution>, Diagnostics> {
    let system = &model.system;
    let direct: Vec<Vec<f64>> = (0..system.impacts.len() as u32).map(|impact| system.direct(impact)).collect();
    let given: Vec<&[f64]> = direct.iter().map(Vec::as_slice).collect();
    prepared.adjoint(&given).map_err(|error| unsolvable(system, &error).into())
}

/// The footprint of one unit handed on: of a treatment, of one unit treated (design, conventions: λ × sign).
pub fn sign(model: &Model, at: usize) -> f64 {
    let row = model.system.reference[at];
    let own = model.system.a.iter().filter(|&(product, process, _)| product == row && process as usize == at);
    let net: f64 = own.map(|(.., value)| value).sum();
    if net < 0.0 { -1.0 } else { 1.0 }
}

/// Signs of all reference flows in one walk.
fn signs(model: &Model) -> Vec<f64> {
    let mut net = vec![0.0; model.system.activities.len()];
    for (row, column, value) in model.system.a.iter() {
        if model.system.reference[column as usize] == row {
            net[column as usize] += value;
        }
    }
    net.into_iter().map(|net| if net < 0.0 { -1.0 } else { 1.0 }).collect()
}

fn csv(model: &Model, scores: &[Solution]) -> String {
    let field = |text: &str| {
        // A spreadsheet takes what starts so for a formula.
        let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_string() };
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let system = &model.system;
    let mut out = String::from("id,name,product,unit,location");
    for impact in &system.impacts {
        out += &format!(",{}", field(&format!("{} [{}]", impact.id, impact.unit)));
    }
    out.push('\n');
    for ((at, one), sign) in system.activities.iter().enumerate().zip(signs(model)) {
        let texts = [&*one.id, &*one.name, &*one.product, &*one.unit, one.location.as_deref().unwrap_or("")];
        out += &texts.map(field).join(",");
        let product = system.reference[at] as usize;
        for score in scores {
            out += &format!(",{}", plain(score.values[product] * sign));
        }
        out.push('\n');
    }
    out
}

fn json(model: &Model, scores: &[Solution], words: Words) -> String {
    let system = &model.system;
    let products: Vec<Value> = system
        .activities
        .iter()
        .enumerate()
        .zip(signs(model))
        .map(|((at, one), sign)| {
            let product = system.reference[at] as usize;
            let amounts: Vec<String> = scores.iter().map(|score| plain(score.values[product] * sign)).collect();
            json!({ "id": one.id, "name": one.name, "product": one.product, "unit": one.unit, "location": one.location, "scores": amounts })
        })
        .collect();
    let impacts: Vec<Value> = system
        .impacts
        .iter()
        .zip(scores)
        .map(|(impact, score)| json!({ "id": impact.id, "name": impact.name, "unit": impact.unit, "certificate": score.certificate }))
        .collect();
    let diagnostics = zuji_formats::result::findings(model.found.iter(), words.language);
    let value = json!({
        "schema": "zuji/lci-scores@1", "database": model.head, "impacts": impacts, "products": products,
        "diagnostics": diagnostics,
    });
    format!("{value:#}\n")
}
