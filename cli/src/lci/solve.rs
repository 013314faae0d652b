//! `zuji lci solve`: impacts of a demand, the inventory behind them, how well they are known.

use super::arguments::Asked;
use super::open::Model;
use super::outcome::{self, certificate, number};
use super::tables;
use crate::arguments::Format;
use crate::bars::Paint;
use crate::words::{Words, safe};
use serde_json::{Value, json};
use zuji_core::footprint::linked::{Cut, Solved, Supply};
use zuji_core::math::plain;

const SCHEMA: &str = "zuji/lci-solution@1";

/// Solves.
pub fn run(asked: &Asked, demand: &[String], limit: u32, words: Words) -> u8 {
    outcome::answer(SCHEMA, asked, demand, words, |model, solved, supply| {
        if asked.format == Format::Json {
            say!("{:#}", json(model, solved, supply, words));
        } else {
            outcome::brief(&model.found, words);
            print(solved, supply, limit, words);
        }
        Ok(())
    })
}

/// What was asked for, as JSON.
pub fn demand_json(solved: &Solved, supply: &Supply) -> Vec<Value> {
    let one = |&(product, amount): &(u32, f64)| {
        let one = &solved.system().activities[maker(solved, product)];
        let process = json!({ "id": one.id, "name": one.name, "product": one.product, "unit": one.unit, "location": one.location });
        json!({ "process": process, "amount": plain(amount) })
    };
    supply.demand.iter().map(one).collect()
}

/// What was asked for, on the screen.
pub fn demand_lines(solved: &Solved, supply: &Supply, paint: Paint) {
    for &(product, amount) in &supply.demand {
        let one = &solved.system().activities[maker(solved, product)];
        let place = one.location.as_deref().map_or(String::new(), |place| format!(" · {}", safe(place)));
        let product = paint.bold(&safe(&one.product));
        say!("{product} {} {} · {}{place}", number(amount, 6), safe(&one.unit), safe(&one.name));
    }
}

/// The process that makes a product.
fn maker(solved: &Solved, product: u32) -> usize {
    let reference = &solved.system().reference;
    reference.iter().position(|&own| own == product).unwrap_or(product as usize)
}

fn json(model: &Model, solved: &Solved, supply: &Supply, words: Words) -> Value {
    let system = solved.system();
    let rows = system.impacts.iter().zip(&supply.scores).zip(solved.lambda());
    let scores: Vec<Value> = rows
        .map(|((impact, score), lambda)| {
            json!({
                "impact": impact.id, "name": impact.name, "unit": impact.unit, "amount": plain(score.amount),
                "certificate": lambda.certificate, "forward": plain(score.forward),
                "forward_adjoint_gap": plain(score.gap),
            })
        })
        .collect();
    let units: Vec<Value> = system
        .activities
        .iter()
        .zip(&supply.units.values)
        .filter(|(_, units)| **units != 0.0)
        .map(|(one, units)| json!({ "process": one.id, "units": plain(*units) }))
        .collect();
    let inventory: Vec<Value> = system
        .flows
        .iter()
        .zip(&supply.inventory)
        .filter(|(_, amount)| **amount != 0.0)
        .map(|(flow, amount)| {
            json!({
                "flow": flow.id, "name": flow.name, "category": flow.category, "unit": flow.unit,
                "amount": plain(*amount),
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "database": model.head,
        "demand": demand_json(solved, supply),
        "scores": scores,
        "supply": units,
        "supply_certificate": supply.units.certificate,
        "inventory": inventory,
        "counts": model.assembly.as_ref().map(|assembly| &assembly.report.counts),
        "diagnostics": zuji_formats::result::findings(model.found.iter(), words.language),
    })
}

fn print(solved: &Solved, supply: &Supply, limit: u32, words: Words) {
    let paint = Paint::of_stdout();
    demand_lines(solved, supply, paint);
    let impacts = &solved.system().impacts;
    for ((impact, score), lambda) in impacts.iter().zip(&supply.scores).zip(solved.lambda()) {
        let amount = paint.bold(&number(score.amount, 6));
        say!("  {amount} {}  {}", safe(&impact.unit), safe(&impact.name));
        say!("    {}", paint.dim(&certificate(&lambda.certificate, words)));
    }
    let shown = outcome::climate(impacts);
    if let (Some(impact), Some(analysis)) = (impacts.get(shown as usize), solved.analyse(supply, shown)) {
        let by = if impacts.len() > 1 { format!(": {}", safe(&impact.name)) } else { String::new() };
        let title = words.pick(format!("elementary flows, by their impact{by}"), format!("基本流（按影响排序{by}）"));
        let table = analysis.by_flow(Cut { rows: limit, ..Cut::default() });
        tables::print(&title, &table, &impact.unit, words);
    }
}
