//! `zuji lci check`: what is linked, what is not and why, whether it can be solved.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::ready::prepare;
use super::solve::certificate;
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::{Words, pad, pad_left};
use serde_json::{Value, json};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Severity, catalogue};
use zuji_core::inventory::{LinkDecision, LinkingDocument};
use zuji_core::solve::linked::Solution;

/// What to write beside the screen.
pub struct Files<'a> {
    /// The report.
    pub report: Option<&'a Path>,
    /// The suggestions.
    pub suggest: Option<&'a Path>,
}

/// Checks: 0 ready, 1 ready with something open, 2 not ready.
pub fn run(source: &Open, choices: &Choices, files: &Files, format: Format, words: Words) -> u8 {
    let mut model = match model(source, choices) {
        Ok(model) => model,
        Err(finding) => return findings::fail(finding, words),
    };
    for (path, text) in [(files.report, report(&model)), (files.suggest, suggestions(&model))] {
        let Some(path) = path else { continue };
        if let Err(error) = std::fs::write(path, text) {
            let finding = Diagnostic::new(&catalogue::E110).with("file", path.display()).with("cause", error);
            return findings::fail(finding, words);
        }
    }
    let mut ready = None;
    match prepare(&model, choices.fast) {
        Ok((_, prepared)) => {
            let direct = model.system.direct(0);
            match prepared.adjoint(&[&direct]) {
                Ok(mut solutions) => ready = solutions.pop().map(|solution| (prepared.sizes(), solution)),
                Err(error) => model.found.push(super::ready::unsolvable(&model.system, &error)),
            }
        }
        Err(found) => model.found.extend(found),
    }
    let open = model.found.count(Severity::Error) + model.found.count(Severity::Question);
    let status = if ready.is_none() { 2 } else { u8::from(open > 0) };
    if format == Format::Json {
        say!("{:#}", json(&model, ready.as_ref(), status, words));
    } else {
        findings::print(&model.found, words);
        print(&model, ready.as_ref(), words);
    }
    status
}

type Ready = ((u32, u32, u32), Solution);

/// Everything that is not counted, with the flows that have no factor.
fn report(model: &Model) -> String {
    let mut value = json!({
        "schema": "zuji/lci-report@1",
        "database": model.head.id,
        "uncharacterised": model.uncharacterised,
    });
    if let (Some(assembly), Some(object)) = (&model.assembly, value.as_object_mut())
        && let Ok(Value::Object(report)) = serde_json::to_value(&assembly.report)
    {
        object.extend(report);
    }
    format!("{value:#}\n")
}

/// The suggestions as a file of decisions, each once.
fn suggestions(model: &Model) -> String {
    let mut links: Vec<LinkDecision> = Vec::new();
    for open in model.assembly.iter().flat_map(|assembly| &assembly.report.open) {
        if let Some(decision) = &open.suggestion
            && !links.iter().rev().take(64).any(|known| known == decision)
        {
            links.push(decision.clone());
        }
    }
    links.sort_by(|a, b| (&a.flow, &a.process).cmp(&(&b.flow, &b.process)));
    links.dedup();
    let document = LinkingDocument {
        schema: "zuji/linking@1".into(),
        database: model.head.id.clone(),
        links,
        ..LinkingDocument::default()
    };
    // JSON is YAML too, and needs no second writer here.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn json(model: &Model, ready: Option<&Ready>, status: u8, words: Words) -> Value {
    json!({
        "schema": "zuji/lci-check@1",
        "database": model.head,
        "exit_status": status,
        "ready": ready.is_some(),
        "processes": model.system.activities.len(),
        "elementary_flows": model.system.flows.len(),
        "entries": { "a": model.system.a.len(), "b": model.system.b.len(), "c": model.system.c.len() },
        "counts": model.assembly.as_ref().map(|assembly| &assembly.report.counts),
        "uncharacterised": model.uncharacterised.len(),
        "left_after_elimination": ready.map(|((_, core, _), _)| core),
        "certificate": ready.map(|(_, solution)| &solution.certificate),
        "diagnostics": zuji_formats::result::findings(model.found.iter(), words.language),
    })
}

fn print(model: &Model, ready: Option<&Ready>, words: Words) {
    let paint = Paint::of_stdout();
    let system = &model.system;
    say!("{}  {}", paint.bold(&crate::words::safe(&model.head.name)), crate::words::safe(&model.head.version));
    let (processes, flows, a, b) = (system.activities.len(), system.flows.len(), system.a.len(), system.b.len());
    say!(
        "{}",
        words.pick(
            format!("{processes} processes, {flows} elementary flows; A {a} entries, B {b}"),
            format!("{processes} 个过程，{flows} 个基本流；A 有 {a} 项，B 有 {b} 项")
        )
    );
    if let Some(assembly) = &model.assembly {
        for (what, count) in &assembly.report.counts {
            say!("  {} {}", pad(what, 30), pad_left(&count.to_string(), 9));
        }
    }
    let likely = model.uncharacterised.iter().filter(|one| one.likely).count();
    let missing = model.uncharacterised.len();
    say!(
        "{}",
        words.pick(
            format!("{missing} flows without a factor, {likely} of them likely to matter"),
            format!("{missing} 个流没有因子，其中 {likely} 个可能有影响")
        )
    );
    match ready {
        Some(((all, core, _), solution)) => {
            let ready = paint.green(words.pick("can be solved", "可以求解"));
            let left = words.pick(
                format!("{core} of {all} unknowns left after exact elimination"),
                format!("精确消去后剩余 {core}/{all} 个未知数"),
            );
            say!("{ready}: {left} · {}", certificate(&solution.certificate, words));
        }
        None => say!("{}", paint.red(words.pick("cannot be solved, see the findings", "无法求解，见诊断"))),
    }
}
