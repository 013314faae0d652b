//! `zuji lci scores`: every product of a database, one adjoint solve per impact category.

use super::arguments::{Choices, Open};
use super::open::model;
use super::outcome;
use super::ready::solved;
use crate::findings;
use crate::words::Words;
use std::path::Path;
use zuji_core::footprint::linked::Solved;
use zuji_core::math::plain;

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
            Some("json") => {
                let value = zuji_formats::result::scores(&model.head, &solved, &model.found, words.language);
                Ok(format!("{value:#}\n"))
            }
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
    for (one, amounts) in solved.products() {
        let texts = [&*one.id, &*one.name, &*one.product, &*one.unit, one.location.as_deref().unwrap_or("")];
        out += &texts.map(field).join(",");
        for amount in amounts {
            out += &format!(",{}", plain(amount));
        }
        out.push('\n');
    }
    out
}
