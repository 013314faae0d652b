//! `zuji lci contributions`: where the score of a demand comes from.

use super::arguments::{Asked, Views};
use super::open::Model;
use super::outcome::{self, number};
use super::ready::activity;
use super::solve::{demand_json, demand_lines};
use super::tables;
use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, safe};
use serde_json::{Value, json};
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, catalogue};
use zuji_core::footprint::linked::{
    Analysis, Cut, Order, PathLimits, SankeyLimits, SankeyWords, Solved, Supply, TreeLimits,
};
use zuji_core::inventory::{Impact, InventorySystem};

const SCHEMA: &str = "zuji/lci-contributions@1";

/// Takes a score apart.
pub fn run(asked: &Asked, demand: &[String], views: &Views, words: Words) -> u8 {
    outcome::answer(SCHEMA, asked, demand, words, |model, solved, supply| {
        let impacts = chosen(&model.system, &views.impacts)?;
        let own = views.own.iter().map(|text| activity(&model.system, text)).collect::<Result<Vec<u32>, _>>()?;
        let each =
            impacts.iter().filter_map(|&at| Some((&model.system.impacts[at as usize], solved.analyse(supply, at)?)));
        let each: Vec<(&Impact, Analysis)> = each.collect();
        if let (Some(path), Some((impact, analysis))) = (&views.sankey, each.first()) {
            sankey(path, impact, analysis, views, &title(solved, supply), words)?;
        }
        if asked.format == Format::Json {
            let parts: Vec<Value> = each.iter().map(|(impact, analysis)| part(impact, analysis, views, &own)).collect();
            say!("{:#}", json(model, solved, supply, &parts, words));
            return Ok(());
        }
        outcome::brief(&model.found, words);
        demand_lines(solved, supply, Paint::of_stdout());
        for (impact, analysis) in &each {
            print(impact, analysis, views, &own, words);
        }
        let others = model.system.impacts.len() - each.len();
        if views.impacts.is_empty() && others > 0 {
            let (en, zh) = (
                format!("{others} more impacts of this database: --impact ID, or its name"),
                format!("该数据库另有 {others} 项影响：--impact 编号或名称"),
            );
            say!("{}", Paint::of_stdout().dim(&words.pick(en, zh)));
        }
        Ok(())
    })
}

/// Positions of the impacts that were asked for, else that of climate change, else the first.
pub(super) fn chosen(system: &InventorySystem, texts: &[String]) -> Result<Vec<u32>, Diagnostic> {
    let known = || system.impacts.iter().map(|impact| impact.id.to_string()).collect::<Vec<_>>().join(", ");
    let wrong = |text: &str| {
        Diagnostic::new(&catalogue::V106)
            .with("field", "--impact")
            .with("text", text)
            .with_words("range", (format!("one of the impacts {}", known()), format!("以下影响之一：{}", known())))
    };
    if system.impacts.is_empty() {
        return Err(wrong(""));
    }
    let at = |text: &String| {
        let same = |impact: &Impact| *impact.id == **text || *impact.name == **text;
        system.impacts.iter().position(same).map(|at| at as u32).ok_or_else(|| wrong(text))
    };
    if texts.is_empty() { Ok(vec![outcome::climate(&system.impacts)]) } else { texts.iter().map(at).collect() }
}

fn title(solved: &Solved, supply: &Supply) -> String {
    let reference = &solved.system().reference;
    let name = |&(product, _): &(u32, f64)| {
        let maker = reference.iter().position(|&own| own == product)?;
        Some(&*solved.system().activities[maker].name)
    };
    supply.demand.iter().filter_map(name).collect::<Vec<_>>().join(" + ")
}

fn sankey_limits(views: &Views) -> SankeyLimits {
    SankeyLimits { least: views.min_share, ..SankeyLimits::default() }
}

fn tree_limits(views: &Views) -> TreeLimits {
    TreeLimits { nodes: views.max_nodes, least: views.min_share, ..TreeLimits::default() }
}

fn path_limits(views: &Views) -> PathLimits {
    PathLimits { paths: views.limit, ..PathLimits::default() }
}

/// Writes the diagram as the ending of its file says.
fn sankey(
    path: &Path,
    impact: &Impact,
    analysis: &Analysis,
    views: &Views,
    title: &str,
    words: Words,
) -> Result<(), Diagnostic> {
    let made = analysis.sankey(sankey_limits(views));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("svg") => outcome::write(path, made.svg(&SankeyWords::new(words.language, title, &impact.unit))),
        Some("csv") => {
            outcome::write(path, made.edges_csv())?;
            outcome::write(&path.with_extension("nodes.csv"), made.nodes_csv())
        }
        Some("json") => outcome::write(path, format!("{:#}\n", json!(made))),
        _ => Err(Diagnostic::new(&catalogue::V106).with("field", "--sankey").with("text", path.display()).with_words(
            "range",
            ("a file that ends in .svg, .csv or .json".to_string(), "以 .svg、.csv 或 .json 结尾的文件".to_string()),
        )),
    }
}

/// One impact in full.
fn part(impact: &Impact, analysis: &Analysis, views: &Views, own: &[u32]) -> Value {
    let all = Cut::default();
    json!({
        "impact": impact.id, "name": impact.name, "unit": impact.unit,
        "score": analysis.score(),
        "first_tier": analysis.first_tier(all),
        "by_process": analysis.by_process(Order::Direct, all),
        "by_flow": analysis.by_flow(all),
        "by_location": analysis.by_location(all),
        "by_class": analysis.by_class(all),
        "own": (!own.is_empty()).then(|| analysis.by_own(own, all)),
        "tree": analysis.tree(tree_limits(views)),
        "paths": analysis.paths(path_limits(views)),
        "sankey": analysis.sankey(sankey_limits(views)),
    })
}

fn json(model: &Model, solved: &Solved, supply: &Supply, parts: &[Value], words: Words) -> Value {
    json!({
        "schema": SCHEMA,
        "database": model.head,
        "demand": demand_json(solved, supply),
        "impacts": parts,
        "counts": model.assembly.as_ref().map(|assembly| &assembly.report.counts),
        "diagnostics": zuji_formats::result::findings(model.found.iter(), words.language),
    })
}

fn print(impact: &Impact, analysis: &Analysis, views: &Views, own: &[u32], words: Words) {
    let paint = Paint::of_stdout();
    let cut = Cut { rows: views.limit, ..Cut::default() };
    let unit = &impact.unit;
    say!("  {} {}  {}", paint.bold(&number(analysis.score().amount, 6)), safe(unit), safe(&impact.name));
    tables::print(
        words.pick("first tier: inputs with all behind them", "第一层：各输入及其全部上游"),
        &analysis.first_tier(cut),
        unit,
        words,
    );
    if !own.is_empty() {
        tables::print(
            words.pick("own processes and what they take", "自有过程及其输入"),
            &analysis.by_own(own, cut),
            unit,
            words,
        );
    }
    tables::print(
        words.pick("by process, what each emits itself", "按过程（自身排放）"),
        &analysis.by_process(Order::Direct, cut),
        unit,
        words,
    );
    tables::print(words.pick("by elementary flow", "按基本流"), &analysis.by_flow(cut), unit, words);
    tables::print(words.pick("by place", "按地点"), &analysis.by_location(cut), unit, words);
    tables::print(words.pick("by class", "按类别"), &analysis.by_class(cut), unit, words);
    tables::tree(&analysis.tree(tree_limits(views)), (views.min_share, views.max_nodes), unit, words);
    tables::paths(&analysis.paths(path_limits(views)), unit, words);
}
