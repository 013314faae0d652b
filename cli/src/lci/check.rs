//! `zuji lci check`: what is linked, what is not and why, whether it can be solved.

use super::arguments::Asked;
use super::open::{Model, model};
use super::outcome::{self, certificate};
use super::ready::{solved, unsolvable};
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::{Words, pad, pad_left};
use serde_json::{Value, json};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics};
use zuji_core::footprint::linked::Solved;
use zuji_core::inventory::{LinkDecision, LinkingDocument};
use zuji_core::solve::linked::Certificate;

/// What the report counts, in the order in which it is read: what there is, what became of it, what is open and why.
const COUNTS: [(&str, &str, &str); 24] = [
    ("processes", "processes", "过程"),
    ("columns", "columns: products that something makes", "列：有过程生产的产品"),
    ("flows", "flows", "流"),
    ("exchanges", "exchanges", "交换"),
    ("elementary", "· elementary flows", "· 基本流"),
    ("products", "· products made", "· 产出的产品"),
    ("needs", "· what must be provided", "· 需要供应的交换"),
    ("linked-by-decision", "  linked by a decision of linking.yaml", "  按 linking.yaml 的决定链接"),
    ("linked-by-source", "  linked as the source names the provider", "  按来源指定的供应过程链接"),
    ("linked-by-only-provider", "  linked to the only provider", "  链接到唯一供应过程"),
    ("linked-by-same-location", "  linked to the only provider at the same place", "  链接到同一地点的唯一供应过程"),
    ("needs-unmet", "  open", "  未链接"),
    ("no-provider", "why open: nobody provides it", "未计原因：无供应过程"),
    ("several-providers", "why open: several provide it", "未计原因：有多个供应过程"),
    ("provider-missing", "why open: the provider named is not there", "未计原因：指定的供应过程不存在"),
    ("provider-unusable", "why open: the provider named does not make it", "未计原因：指定的供应过程不产出该产品"),
    ("decided", "why open: left open on purpose", "未计原因：有意不链接"),
    ("unit", "why open: its unit does not convert", "未计原因：单位无法换算"),
    ("amount", "why open: its amount is unknown", "未计原因：数量未知"),
    ("no-reference", "why open: its process has no reference flow", "未计原因：所属过程没有基准流"),
    ("cut-off-at-source", "cut off by the source itself", "来源自行截断"),
    ("divided", "processes with several products, divided", "已分配的多产品过程"),
    ("not-divided-processes", "processes with several products, not divided", "未能分配的多产品过程"),
    ("not-divided", "· their other products, provided by nobody", "· 其他产品，无人供应"),
];

/// What to write beside the screen.
pub struct Files<'a> {
    /// The report.
    pub report: Option<&'a Path>,
    /// The suggestions.
    pub suggest: Option<&'a Path>,
}

const SCHEMA: &str = "zuji/lci-check@1";

/// Checks: 0 ready, 1 ready with something open, 2 not ready.
pub fn run(asked: &Asked, files: &Files, words: Words) -> u8 {
    let format = asked.format;
    let refuse = |finding: Diagnostic| outcome::refuse(SCHEMA, &finding.into(), format, words);
    let mut model = match model(&asked.open, &asked.choices) {
        Ok(model) => model,
        Err(finding) => return refuse(finding),
    };
    for (path, text) in [(files.report, report(&model)), (files.suggest, suggestions(&model))] {
        if let Some(Err(finding)) = path.map(|path| outcome::write(path, text)) {
            return refuse(finding);
        }
    }
    let answer = solved(&model, asked.choices.fast).and_then(|solved| ready(&solved));
    let (ready, status) = match answer {
        Ok(ready) => (Some(ready), outcome::status(&model.found)),
        Err(found) => {
            model.found.extend(found);
            (None, 2)
        }
    };
    if format == Format::Json {
        say!("{:#}", json(&model, ready.as_ref(), status, words));
    } else {
        findings::print(&model.found, words);
        print(&model, ready.as_ref(), words);
    }
    status
}

/// What can be said of a system that was solved.
struct Ready {
    /// Unknowns, and how many are left after exact elimination.
    unknowns: (u32, u32),
    /// That of the impact that is known worst.
    certificate: Certificate,
}

fn ready(solved: &Solved) -> Result<Ready, Diagnostics> {
    let (all, left, _) = solved.prepared().sizes();
    let worst =
        solved.lambda().iter().max_by(|a, b| a.certificate.forward_error.total_cmp(&b.certificate.forward_error));
    let certificate = match worst {
        Some(lambda) => lambda.certificate.clone(),
        // Without an impact nothing was solved for yet.
        None => {
            let ones = vec![1.0; all as usize];
            let solutions = solved.prepared().adjoint(&[&ones]).map_err(|error| unsolvable(solved.system(), &error))?;
            solutions.into_iter().next().map(|one| one.certificate).ok_or_else(Diagnostics::default)?
        }
    };
    Ok(Ready { unknowns: (all, left), certificate })
}

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
        "uncharacterised": model.inventory.as_ref().map(|_| model.uncharacterised.len()),
        "impacts": model.system.impacts.iter().map(|impact| &*impact.id).collect::<Vec<_>>(),
        "own_impacts": model.inventory.as_ref().map(|own| own.impacts.iter().map(|one| &*one.id).collect::<Vec<_>>()),
        "left_after_elimination": ready.map(|ready| ready.unknowns.1),
        "certificate": ready.map(|ready| &ready.certificate),
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
        let counts = &assembly.report.counts;
        let known = COUNTS.iter().filter_map(|&(key, en, zh)| Some((words.pick(en, zh), counts.get(key)?)));
        let others = counts.iter().filter(|(key, _)| COUNTS.iter().all(|(known, ..)| known != *key));
        for (what, count) in known.chain(others.map(|(key, count)| (*key, count))) {
            say!("  {} {}", pad(what, 58), pad_left(&count.to_string(), 9));
        }
    }
    // Matrices do not say what their flows are.
    if model.inventory.is_some() {
        let likely = model.uncharacterised.iter().filter(|one| one.likely).count();
        let missing = model.uncharacterised.len();
        say!(
            "{}",
            words.pick(
                format!("{missing} flows without a factor, {likely} of them likely to matter"),
                format!("{missing} 个流没有因子，其中 {likely} 个可能有影响")
            )
        );
    }
    match ready {
        Some(Ready { unknowns: (all, core), certificate: known }) => {
            let ready = paint.green(words.pick("can be solved", "可以求解"));
            let left = words.pick(
                format!("{core} of {all} unknowns left after exact elimination"),
                format!("精确消去后剩余 {core}/{all} 个未知数"),
            );
            say!("{ready}: {left} · {}", certificate(known, words));
        }
        None => say!("{}", paint.red(words.pick("cannot be solved, see the findings", "无法求解，见诊断"))),
    }
}
