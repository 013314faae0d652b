//! `zuji lci solve`: impacts of a demand, the inventory behind them, how well they are known.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::ready::{demands, prepare, unsolvable};
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::{Words, pad, pad_left, safe};
use serde_json::{Value, json};
use zuji_core::diagnostic::{Diagnostics, Severity};
use zuji_core::math::{plain, significant};
use zuji_core::solve::linked::{Basis, Certificate, Prepared, Solution, Step};

/// Solves: 0 solved, 1 solved with something open in the database, 2 not.
pub fn run(source: &Open, choices: &Choices, texts: &[String], limit: usize, format: Format, words: Words) -> u8 {
    let mut model = match model(source, choices) {
        Ok(model) => model,
        Err(finding) => return findings::fail(finding, words),
    };
    let solved = match solve(&model, choices.fast, texts) {
        Ok(solved) => solved,
        Err(found) => {
            model.found.extend(found);
            findings::print(&model.found, words);
            return 2;
        }
    };
    let open = model.found.count(Severity::Error) + model.found.count(Severity::Question);
    if format == Format::Json {
        say!("{:#}", solved.json(&model, words));
    } else {
        findings::print(&model.found, words);
        solved.print(&model, limit, words);
    }
    u8::from(open > 0)
}

/// A demand, solved both ways.
pub struct Solved {
    /// The prepared system.
    pub prepared: Prepared,
    /// What was asked for: positions of products, and amounts.
    pub demand: Vec<(u32, f64)>,
    /// λ per impact category.
    pub lambda: Vec<Solution>,
    /// s.
    pub supply: Solution,
    /// h per impact category, by λ.
    pub scores: Vec<f64>,
}

/// Solves forward and adjoint.
pub fn solve(model: &Model, fast: bool, texts: &[String]) -> Result<Solved, Diagnostics> {
    let system = &model.system;
    let demand = demands(system, texts)?;
    let (_, prepared) = prepare(model, fast)?;
    let direct: Vec<Vec<f64>> = (0..system.impacts.len() as u32).map(|impact| system.direct(impact)).collect();
    let given: Vec<&[f64]> = direct.iter().map(Vec::as_slice).collect();
    let failed = |error| Diagnostics::from(unsolvable(system, &error));
    let lambda = prepared.adjoint(&given).map_err(failed)?;
    let supply = prepared.forward(&[&demand]).map_err(failed)?.pop().ok_or_else(Diagnostics::default)?;
    let score = |lambda: &Solution| {
        let mut sum = zuji_core::math::Sum::default();
        demand.iter().for_each(|&(product, amount)| sum.add(lambda.values[product as usize] * amount));
        sum.value()
    };
    let scores = lambda.iter().map(score).collect();
    Ok(Solved { prepared, demand, lambda, supply, scores })
}

impl Solved {
    /// The two ways of the same score: `C B s` beside `λᵀ f`, relative to what they are summed from.
    fn gap(&self, model: &Model, impact: usize) -> f64 {
        let direct = model.system.direct(impact as u32);
        let (mut sum, mut size) = (zuji_core::math::Sum::default(), 0.0f64);
        for (direct, units) in direct.iter().zip(&self.supply.values) {
            sum.add(direct * units);
            size += (direct * units).abs();
        }
        if size > 0.0 { (sum.value() - self.scores[impact]).abs() / size } else { 0.0 }
    }

    fn json(&self, model: &Model, words: Words) -> Value {
        let system = &model.system;
        let named = |at: u32| {
            let one = &system.activities[at as usize];
            json!({ "id": one.id, "name": one.name, "product": one.product, "unit": one.unit, "location": one.location })
        };
        let scores: Vec<Value> = system
            .impacts
            .iter()
            .enumerate()
            .map(|(at, impact)| {
                json!({
                    "impact": impact.id, "name": impact.name, "unit": impact.unit, "amount": plain(self.scores[at]),
                    "certificate": self.lambda[at].certificate, "forward_adjoint_gap": plain(self.gap(model, at)),
                })
            })
            .collect();
        let demand: Vec<Value> = self
            .demand
            .iter()
            .map(|&(product, amount)| json!({ "process": named(product), "amount": plain(amount) }))
            .collect();
        let supply: Vec<Value> = (0u32..)
            .zip(&self.supply.values)
            .filter(|(_, units)| **units != 0.0)
            .map(|(at, units)| json!({ "process": system.activities[at as usize].id, "units": plain(*units) }))
            .collect();
        let flows = system.inventory(&self.supply.values);
        let inventory: Vec<Value> = system
            .flows
            .iter()
            .zip(&flows)
            .filter(|(_, amount)| **amount != 0.0)
            .map(|(flow, amount)| {
                json!({ "flow": flow.id, "name": flow.name, "category": flow.category, "unit": flow.unit, "amount": plain(*amount) })
            })
            .collect();
        json!({
            "schema": "zuji/lci-solution@1",
            "database": model.head,
            "demand": demand,
            "scores": scores,
            "supply": supply,
            "supply_certificate": self.supply.certificate,
            "inventory": inventory,
            "counts": model.assembly.as_ref().map(|assembly| &assembly.report.counts),
            "diagnostics": zuji_formats::result::findings(model.found.iter(), words.language),
        })
    }

    fn print(&self, model: &Model, limit: usize, words: Words) {
        let paint = Paint::of_stdout();
        let system = &model.system;
        for &(product, amount) in &self.demand {
            let one = &system.activities[product as usize];
            let place = one.location.as_deref().map_or(String::new(), |place| format!(" · {}", safe(place)));
            say!(
                "{} {} {} · {}{place}",
                paint.bold(&safe(&one.product)),
                significant(amount, 6),
                safe(&one.unit),
                safe(&one.name)
            );
        }
        for (at, impact) in system.impacts.iter().enumerate() {
            let score = paint.bold(&significant(self.scores[at], 6));
            say!("  {score} {}  {}", safe(&impact.unit), safe(&impact.name));
            say!("    {}", paint.dim(&certificate(&self.lambda[at].certificate, words)));
        }
        let flows = system.inventory(&self.supply.values);
        let mut factor = vec![0.0; system.flows.len()];
        system.c.iter().filter(|(impact, ..)| *impact == 0).for_each(|(_, flow, value)| factor[flow as usize] += value);
        let mut ranked: Vec<usize> = (0..flows.len()).filter(|&at| flows[at] != 0.0).collect();
        ranked.sort_by(|&a, &b| (factor[b] * flows[b]).abs().total_cmp(&(factor[a] * flows[a]).abs()).then(a.cmp(&b)));
        say!("{}", paint.bold(words.pick("elementary flows, by their impact", "基本流（按影响排序）")));
        for &at in ranked.iter().take(limit) {
            let flow = &system.flows[at];
            let impact = match factor[at] {
                0.0 => "–".to_string(),
                value => significant(value * flows[at], 4),
            };
            say!(
                "  {} {} {} {}",
                pad(&format!("{} / {}", safe(&flow.name), safe(&flow.category)), 60),
                pad_left(&significant(flows[at], 4), 12),
                pad(&safe(&flow.unit), 8),
                pad_left(&impact, 12)
            );
        }
        if ranked.len() > limit {
            let more = ranked.len() - limit;
            say!(
                "{}",
                paint.dim(
                    &words.pick(format!("  {more} more: --format json"), format!("  另有 {more} 项：--format json"))
                )
            );
        }
    }
}

/// A certificate in one line.
pub fn certificate(certificate: &Certificate, words: Words) -> String {
    let step = match certificate.step {
        Step::Sweep => words.pick("one sweep, no loops", "单次遍历，无环"),
        Step::SmallComponents => words.pick("dense LU of small loops", "小环稠密 LU"),
        Step::GaussSeidel => words.pick("Gauss–Seidel", "高斯-赛德尔"),
        Step::BiCgStab => "BiCGSTAB",
        Step::Factorisation => words.pick("sparse LU", "稀疏 LU"),
    };
    let error = significant(certificate.forward_error, 2);
    let basis = match certificate.basis {
        Basis::Bound => words.pick("at most", "不超过"),
        Basis::Estimate => words.pick("about", "约"),
    };
    words.pick(format!("{step}; relative error {basis} {error}"), format!("{step}；相对误差{basis} {error}"))
}
