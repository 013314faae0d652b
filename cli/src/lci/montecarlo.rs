//! `zuji lci montecarlo`: the range of a demand's score, what it comes from, and how well the samples are known.

use super::arguments::{Asked, Samples};
use super::contributions::chosen;
use super::open::{Model, PATIENCE, bar};
use super::outcome::{self, number, percent};
use super::ready::unsolvable;
use super::solve::{demand_json, demand_lines};
use crate::arguments::Format;
use crate::bars::Paint;
use crate::findings;
use crate::words::{Words, pad, pad_left, safe};
use serde_json::{Value, json};
use std::time::Instant;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::distribution::Pedigree;
use zuji_core::footprint::linked::{Solved, Supply};
use zuji_core::math::{plain, significant};
use zuji_core::uncertainty::linked::{
    Asked as Sampling, Contribution, Gathered, MonteCarlo, Propagated, Setting, monte_carlo, propagate,
};

const SCHEMA: &str = "zuji/lci-montecarlo@1";
/// Samples that differ more than this from factors are told.
const LIMIT: f64 = 1e-8;

/// All that is printed.
struct Done<'a> {
    model: &'a Model,
    solved: &'a Solved<'a>,
    supply: &'a Supply,
    asked: &'a Samples,
    impact: u32,
    sampled: Option<MonteCarlo>,
    propagated: Option<Propagated>,
    found: Diagnostics,
}

/// Samples: 0 done, 1 done with something open, 2 not.
pub fn run(asked: &Asked, demand: &[String], samples: &Samples, words: Words) -> u8 {
    // What is open in the samples counts like what is open in the database.
    let mut open = 0;
    let status = outcome::answer(SCHEMA, asked, demand, words, |model, solved, supply| {
        let impact = chosen(&model.system, samples.impact.as_slice())?.first().copied().unwrap_or_default();
        let done = sample(model, solved, supply, samples, impact)?;
        if asked.format == Format::Json {
            say!("{:#}", json(&done, words));
        } else {
            outcome::brief(&model.found, words);
            findings::print(&done.found, words);
            print(&done, words);
        }
        open = outcome::status(&done.found);
        Ok(())
    });
    status.max(open)
}

fn sample<'a>(
    model: &'a Model,
    solved: &'a Solved<'a>,
    supply: &'a Supply,
    asked: &'a Samples,
    impact: u32,
) -> Result<Done<'a>, Diagnostics> {
    let table = Pedigree::find(&asked.pedigree).unwrap_or(Pedigree::Ecoinvent);
    let gathered = Gathered::new(solved, model.inventory.as_ref(), impact, table);
    let mut found = gathered.findings;
    let mut done =
        Done { model, solved, supply, asked, impact, sampled: None, propagated: None, found: Diagnostics::default() };
    let terms = gathered.terms;
    if terms.of_amounts.is_empty() && terms.of_direct.is_empty() {
        let name = &model.system.impacts[impact as usize].name;
        found.push(Diagnostic::new(&catalogue::M303).with("impact", name));
        done.found = found;
        return Ok(done);
    }
    let (stated, refused) = (gathered.stated, gathered.refused);
    found.push(Diagnostic::new(&catalogue::M304).with("stated", stated).with("refused", refused));
    let lambda = &solved.lambda()[impact as usize].values;
    let (technosphere, prepared) = (solved.technosphere(), solved.prepared());
    let setting = Setting { technosphere, prepared, lambda, terms: &terms };
    let refusal = |error| Diagnostics::from(unsolvable(&model.system, &error));
    let (bar, since) = (bar("samples"), Instant::now());
    bar.set_length(asked.samples);
    let progress = |samples| {
        if since.elapsed() > PATIENCE {
            bar.set_position(samples);
        }
    };
    let how = Sampling { samples: asked.samples, seed: asked.seed, checks: asked.checks };
    let sampled = monte_carlo(setting, &supply.demand, how, progress);
    bar.finish_and_clear();
    if let Some((sample, error)) = sampled.failed.first() {
        let finding = Diagnostic::new(&catalogue::M301).with("count", sampled.course.failed);
        let cause = unsolvable(&model.system, error);
        let causes = [zuji_core::diagnostic::Language::En, zuji_core::diagnostic::Language::Zh]
            .map(|language| cause.found(language));
        let [en, zh] = causes;
        found.push(finding.with("samples", asked.samples).with("sample", sample).with_words("cause", (en, zh)));
    }
    // What is not a number is beyond any limit.
    if sampled.check.difference.partial_cmp(&LIMIT) != Some(std::cmp::Ordering::Less) {
        let finding = Diagnostic::new(&catalogue::M302).with("difference", significant(sampled.check.difference, 2));
        found.push(finding.with("limit", significant(LIMIT, 1)));
    }
    done.propagated = Some(propagate(setting, &supply.demand, &supply.units.values).map_err(refusal)?);
    done.sampled = Some(sampled);
    done.found = found;
    Ok(done)
}

/// An exchange in words: process, flow.
fn names(model: &Model, exchange: u32) -> (&str, &str) {
    let Some(inventory) = &model.inventory else { return ("?", "?") };
    let process = &inventory.processes()[inventory.owner(exchange as usize)];
    let flow = &inventory.flows()[inventory.exchanges()[exchange as usize].flow as usize];
    (&process.name, &flow.name)
}

fn json(done: &Done, words: Words) -> Value {
    let system = done.solved.system();
    let impact = &system.impacts[done.impact as usize];
    let lambda = &done.solved.lambda()[done.impact as usize];
    let contribution = |one: &Contribution| {
        let (process, flow) = names(done.model, one.source);
        json!({
            "process": process, "flow": flow, "share_of_variance": plain(one.share), "sd": plain(one.sd),
            "score_per_percent": plain(one.per_percent),
        })
    };
    let sampled = done.sampled.as_ref().map(|sampled| {
        let failed = sampled.failed.iter().map(|(sample, error)| {
            let why = unsolvable(system, error);
            json!({ "sample": sample, "code": why.code(), "why": why.found(words.language) })
        });
        let products = system.activities.iter().zip(&system.reference).filter_map(|(one, &product)| {
            let moments = sampled.products.get(product as usize)?;
            Some(json!({ "process": one.id, "mean": plain(moments.mean), "sd": plain(moments.sd) }))
        });
        json!({
            "course": sampled.course, "score": sampled.spread, "failed": failed.collect::<Vec<_>>(),
            "check_against_factors": sampled.check,
            "scores": sampled.scores.iter().map(|score| score.is_finite().then(|| plain(*score))).collect::<Vec<_>>(),
            "products": products.collect::<Vec<_>>(),
        })
    });
    let contributions = done.propagated.iter().flat_map(|one| one.contributions.iter().map(contribution));
    json!({
        "schema": SCHEMA,
        "database": done.model.head,
        "demand": demand_json(done.solved, done.supply),
        "impact": json!({ "id": impact.id, "name": impact.name, "unit": impact.unit }),
        "samples": done.asked.samples, "seed": done.asked.seed.to_string(), "pedigree": done.asked.pedigree,
        "stated": plain(done.supply.scores[done.impact as usize].amount),
        "certificate": lambda.certificate,
        "monte_carlo": sampled,
        "analytic": done.propagated,
        "contributions_to_variance": contributions.collect::<Vec<_>>(),
        "diagnostics": zuji_formats::result::findings(done.model.found.iter().chain(done.found.iter()), words.language),
    })
}

fn print(done: &Done, words: Words) {
    let paint = Paint::of_stdout();
    demand_lines(done.solved, done.supply, paint);
    let impact = &done.solved.system().impacts[done.impact as usize];
    let unit = safe(&impact.unit);
    let stated = number(done.supply.scores[done.impact as usize].amount, 4);
    say!(
        "  {} {unit}  {}  ({})",
        paint.bold(&stated),
        safe(&impact.name),
        words.pick("at the stated amounts", "按所述数量")
    );
    let (Some(sampled), Some(propagated)) = (&done.sampled, &done.propagated) else { return };
    if let Some(spread) = &sampled.spread {
        let quantile = |p: f64| spread.quantiles.iter().find(|one| one.p == p).map_or(f64::NAN, |one| one.value);
        let (low, middle, high) = (number(quantile(0.025), 4), number(quantile(0.5), 4), number(quantile(0.975), 4));
        let range = paint.bold(&format!("{low} – {high}"));
        say!("  {range} {unit}  {}", words.pick("95 % of the samples", "95% 的样本"));
        let (mean, error, sd) = (number(spread.mean, 4), number(spread.mean_error, 2), number(spread.sd, 3));
        let (en, zh) = (
            format!("median {middle}, mean {mean} ± {error}, standard deviation {sd}"),
            format!("中位数 {middle}，均值 {mean} ± {error}，标准差 {sd}"),
        );
        say!("  {}", words.pick(en, zh));
    }
    let (mean, sd) = (number(propagated.mean_second, 4), number(propagated.sd_second, 3));
    let (en, zh) = (
        format!("without samples: mean {mean}, standard deviation {sd}"),
        format!("不抽样（解析传播）：均值 {mean}，标准差 {sd}"),
    );
    say!("  {}", words.pick(en, zh));
    let course = &sampled.course;
    let (swept, solved, failed) = (course.swept, course.solved, course.failed);
    let (difference, checks) = (number(sampled.check.difference, 2), sampled.check.samples.len());
    let (en, zh) = (
        format!(
            "{swept} samples by sweeps, {solved} down the ladder, {failed} without an answer; {checks} held against LU differ by at most {difference}"
        ),
        format!(
            "{swept} 个样本由迭代求得，{solved} 个由后续方法求得，{failed} 个无解；与 LU 对照 {checks} 个，相差不超过 {difference}"
        ),
    );
    say!("  {}", paint.dim(&words.pick(en, zh)));
    say!("{}", paint.bold(words.pick("what the variance comes from", "方差来源")));
    let shown = done.asked.limit as usize;
    for one in propagated.contributions.iter().take(shown) {
        let (process, flow) = names(done.model, one.source);
        let share = pad_left(&percent(one.share), 8);
        say!("  {share}  {}  {}", pad(&safe(flow), 32), safe(process));
    }
    let rest: f64 = propagated.contributions.iter().skip(shown).map(|one| one.share).sum();
    let count = propagated.contributions.len().saturating_sub(shown);
    if count > 0 {
        let (en, zh) = (format!("{count} others"), format!("其余 {count} 项"));
        say!("  {}  {}", pad_left(&percent(rest), 8), words.pick(en, zh));
    }
}
