//! Wrong decisions: a product passes whose true footprint is above the limit, or fails whose true one is below it
//! (docs/threshold.md, 5). The true footprint is lognormal about the declared one; by quadrature and by Monte Carlo.

use super::figure::Figure;
use super::plan::{Plan, Prior};
use super::population::{Population, Product};
use super::probability::{integrate, normal_cdf, normal_density, normal_quantile};
use crate::math::functions::{exp, log};
use crate::math::{Finite, Sum, blocked_sum};
use crate::uncertainty::draw::{Draws, ParameterId};
use serde::Serialize;

/// Wrong decisions at a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Misclassification {
    /// Products whose uncertainty is known or assumed; the others are in none of these figures.
    pub products: u32,
    /// Products whose uncertainty is unknown.
    pub unknown: u32,
    /// Products for which it was assumed.
    pub assumed: u32,
    /// Share of the market that passes although it is truly above the limit.
    pub false_accept: Figure,
    /// Share that fails although it is truly at or below it.
    pub false_reject: Figure,
    /// The same two with what is known before measuring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_prior: Option<Shares>,
    /// Share of the market whose decision is not clear: a probability between 5 % and 95 %.
    pub ambiguous: Figure,
    /// The same two by Monte Carlo.
    pub monte_carlo: MonteCarlo,
    /// A product that is yet unknown, drawn from the market: risks by quadrature and by Monte Carlo.
    pub process: Process,
    /// Limits for declared values that leave a given risk.
    pub guard_bands: Vec<GuardBand>,
    /// The products nearest to a wrong decision, and what verifying them is worth.
    pub products_to_verify: Vec<Specific>,
    /// How the figures move with the assumptions; the first moves them most.
    pub drivers: Vec<Driver>,
}

/// Two shares of the market.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shares {
    /// Passes although truly above.
    pub false_accept: Figure,
    /// Fails although truly at or below.
    pub false_reject: Figure,
}

/// The shares by sampling.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonteCarlo {
    /// Samples.
    pub samples: u32,
    /// Seed.
    pub seed: u64,
    /// Passes although truly above.
    pub false_accept: Figure,
    /// Fails although truly at or below.
    pub false_reject: Figure,
    /// Standard error of the first.
    pub false_accept_error: Figure,
    /// Standard error of the second.
    pub false_reject_error: Figure,
    /// Whether both lie within five standard errors of the other way of computing.
    pub agrees: bool,
}

/// Risks of a product drawn from the market, before it is measured (JCGM 106:2012, 9.4–9.5).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Process {
    /// Median of true footprints.
    pub median: Figure,
    /// Standard deviation of their logarithm.
    pub log_sd: Figure,
    /// Standard deviation of a measurement's logarithm.
    pub measurement_log_sd: Figure,
    /// Consumer's risk: passes although truly above, by quadrature.
    pub consumer_risk: Figure,
    /// Producer's risk: fails although truly at or below, by quadrature.
    pub producer_risk: Figure,
    /// Both by Monte Carlo.
    pub monte_carlo: MonteCarlo,
}

/// A limit for declared values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuardBand {
    /// Probability, at most, that a product at this value is truly above the limit.
    pub risk: Figure,
    /// Standard deviation of the logarithm that it is for: the market's typical one.
    pub log_sd: Figure,
    /// The value up to which a product is accepted: T·exp(−z s).
    pub accept_up_to: Figure,
}

/// One product's decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Specific {
    /// Its name.
    pub name: String,
    /// Its footprint.
    pub footprint: Figure,
    /// Standard deviation of the logarithm.
    pub log_sd: Figure,
    /// Whether it passes.
    pub passes: bool,
    /// Probability that its true footprint is at or below the limit; all values alike before measuring.
    pub conforms: Figure,
    /// The same with what is known before measuring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conforms_with_prior: Option<Figure>,
    /// Median of the true footprint with what is known before measuring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_with_prior: Option<Figure>,
    /// Its part of the wrong decisions, as a share of the market: what verifying it would save.
    pub share_at_stake: Figure,
}

/// One assumption and what the figures are with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// Which assumption: every product's deviation set to one value, or that of a group halved and half again as large.
    pub assumption: Assumption,
    /// Wrong decisions with the values tried.
    pub tried: Vec<Tried>,
    /// Largest less smallest share of wrong decisions among the values tried.
    pub swing: Figure,
}

/// An assumption on uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// All products have one relative standard deviation.
    OneRsdForAll,
    /// That of large firms' products, × 0.5 and × 1.5.
    LargeFirms,
    /// That of small firms' products, × 0.5 and × 1.5.
    SmallFirms,
    /// That of products whose deviation was assumed, × 0.5 and × 1.5.
    AssumedOnes,
    /// That of products whose deviation is stated and whose firm's size is not, × 0.5 and × 1.5.
    Others,
    /// What is known before measuring: nothing, or the prior.
    Prior,
}

/// A value of an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tried {
    /// A relative standard deviation, or a factor on the stated one; 0 and 1 for without and with the prior.
    pub value: Figure,
    /// Share of the market.
    pub false_accept: Figure,
    /// Share of the market.
    pub false_reject: Figure,
}

/// Products listed for verification.
const LISTED: usize = 20;

/// What was measured, with what is known before: mean and standard deviation of the true logarithm.
fn posterior(footprint: f64, s: f64, prior: Option<&Prior>) -> (f64, f64) {
    let measured = log(footprint);
    let Some(prior) = prior else { return (measured, s) };
    let (known, spread) = (log(prior.median.get()), prior.log_sd.get());
    let (a, b) = (1.0 / (spread * spread), 1.0 / (s * s));
    ((known * a + measured * b) / (a + b), (1.0 / (a + b)).sqrt())
}

/// Probability that the true footprint is at or below a limit.
pub fn conforms(limit: f64, footprint: f64, s: f64, prior: Option<&Prior>) -> f64 {
    let (mean, spread) = posterior(footprint, s, prior);
    normal_cdf((log(limit) - mean) / spread)
}

/// Shares of wrong decisions, deviations as `spread` gives them.
pub fn shares(
    population: &Population,
    limit: f64,
    prior: Option<&Prior>,
    spread: impl Fn(&Product) -> Option<f64> + Sync,
) -> Shares {
    let products = &population.products;
    let known = blocked_sum(products.len(), |at| spread(&products[at]).map_or(0.0, |_| products[at].weight));
    let level = log(limit);
    let wrong = |accepted: bool| {
        let sum = blocked_sum(products.len(), |at| {
            let product = &products[at];
            let Some(s) = spread(product).filter(|_| (product.footprint <= limit) == accepted) else { return 0.0 };
            let (mean, spread) = posterior(product.footprint, s, prior);
            let z = (level - mean) / spread;
            product.weight * normal_cdf(if accepted { -z } else { z })
        });
        Figure::ratio(sum, known)
    };
    Shares { false_accept: wrong(true), false_reject: wrong(false) }
}

/// All about wrong decisions at a limit; `None` where no product's uncertainty is known: then a probability is unknown,
/// never 1.
pub fn misclassification(population: &Population, limit: f64, plan: &Plan) -> Option<Misclassification> {
    let products = &population.products;
    let known: Vec<&Product> = products.iter().filter(|product| product.log_sd.is_some()).collect();
    let total = known.iter().fold(Sum::default(), |mut sum, product| {
        sum.add(product.weight);
        sum
    });
    let total = total.value();
    if known.is_empty() || total <= 0.0 {
        return None;
    }
    let stated = |product: &Product| product.log_sd;
    let prior = plan.prior.as_ref();
    let flat = shares(population, limit, None, stated);
    let mut specific: Vec<Specific> = known.iter().map(|product| of_product(product, limit, prior, total)).collect();
    let mut ambiguous = Sum::default();
    for (one, product) in specific.iter().zip(&known) {
        if (0.05..=0.95).contains(&one.conforms.get()) {
            ambiguous.add(product.weight);
        }
    }
    // Sorted by footprint already: a stable sort keeps equal stakes in that order.
    specific.sort_by(|a, b| b.share_at_stake.get().total_cmp(&a.share_at_stake.get()));
    specific.truncate(LISTED);
    let typical = typical(&known, total);
    let risks: Vec<f64> =
        if plan.guard.is_empty() { vec![0.05, 0.10] } else { plan.guard.iter().map(|risk| risk.get()).collect() };
    let guard = |risk: f64| GuardBand {
        risk: Figure(risk),
        log_sd: Figure(typical),
        accept_up_to: Figure(limit * exp(normal_quantile(risk).unwrap_or(f64::NAN) * typical)),
    };
    Some(Misclassification {
        products: known.len() as u32,
        unknown: (products.len() - known.len()) as u32,
        assumed: known.iter().filter(|product| product.assumed).count() as u32,
        false_accept: flat.false_accept,
        false_reject: flat.false_reject,
        with_prior: prior.map(|prior| shares(population, limit, Some(prior), stated)),
        ambiguous: Figure::ratio(ambiguous.value(), total),
        monte_carlo: sampled(&known, total, limit, plan, &flat),
        process: process(&known, total, typical, limit, plan),
        guard_bands: risks.into_iter().map(guard).collect(),
        products_to_verify: specific,
        drivers: drivers(population, limit, plan, &flat),
    })
}

fn of_product(product: &Product, limit: f64, prior: Option<&Prior>, total: f64) -> Specific {
    let s = product.log_sd.unwrap_or(f64::NAN);
    let flat = conforms(limit, product.footprint, s, None);
    let with = prior.map(|prior| conforms(limit, product.footprint, s, Some(prior)));
    let passes = product.footprint <= limit;
    let right = with.unwrap_or(flat);
    let wrong = if passes { 1.0 - right } else { right };
    Specific {
        name: product.name.clone(),
        footprint: Figure(product.footprint),
        log_sd: Figure(s),
        passes,
        conforms: Figure(flat),
        conforms_with_prior: with.map(Figure),
        median_with_prior: prior.map(|prior| Figure(exp(posterior(product.footprint, s, Some(prior)).0))),
        share_at_stake: Figure(product.weight * wrong / total),
    }
}

/// The root of the weighted mean of the variances.
fn typical(known: &[&Product], total: f64) -> f64 {
    let sum = blocked_sum(known.len(), |at| {
        let s = known[at].log_sd.unwrap_or(0.0);
        known[at].weight * s * s
    });
    (sum / total).sqrt()
}

fn counted(count: (u32, u32), samples: u32, seed: u64, expected: &Shares) -> MonteCarlo {
    let share = |count: u32| f64::from(count) / f64::from(samples);
    // The error of the exact share: that of the sampled one would be zero where none was drawn.
    let error = |p: f64| (p * (1.0 - p) / f64::from(samples)).sqrt();
    let (accept, reject) = (expected.false_accept.get(), expected.false_reject.get());
    let near = |sampled: f64, exact: f64| (sampled - exact).abs() <= 5.0 * error(exact) + 2.0 / f64::from(samples);
    MonteCarlo {
        samples,
        seed,
        false_accept: Figure(share(count.0)),
        false_reject: Figure(share(count.1)),
        false_accept_error: Figure(error(accept)),
        false_reject_error: Figure(error(reject)),
        agrees: near(share(count.0), accept) && near(share(count.1), reject),
    }
}

/// Draws products by weight and their true footprints.
fn sampled(known: &[&Product], total: f64, limit: f64, plan: &Plan, exact: &Shares) -> MonteCarlo {
    let (samples, seed) = (plan.samples.unwrap_or(100_000).max(1), plan.seed.unwrap_or(1));
    let mut sum = Sum::default();
    let cumulative: Vec<f64> = known
        .iter()
        .map(|product| {
            sum.add(product.weight);
            sum.value()
        })
        .collect();
    let level = log(limit);
    let (picks, errors) = (drawn(seed, "product", samples, false), drawn(seed, "error", samples, true));
    let outcomes = crate::math::map_blocks(samples as usize, &|at| {
        let wanted = picks[at] * total;
        let index = cumulative.partition_point(|&sum| sum < wanted).min(known.len() - 1);
        let product = known[index];
        let truly = log(product.footprint) + product.log_sd.unwrap_or(0.0) * errors[at];
        (product.footprint <= limit, truly <= level)
    });
    counted(wrong(&outcomes), samples, seed, exact)
}

/// Draws of one parameter: uniform, or standard normal.
fn drawn(seed: u64, name: &str, samples: u32, normal: bool) -> Vec<f64> {
    let draws = Draws::new(seed);
    let mut values = vec![0.0; samples as usize];
    draws.samples(ParameterId::of(&["threshold", name]), 0, &mut values);
    if normal {
        for value in &mut values {
            *value = draws.normal().quantile(*value);
        }
    }
    values
}

/// How many pass and are truly above, and fail and are truly not.
fn wrong(outcomes: &[(bool, bool)]) -> (u32, u32) {
    let count = |wanted: (bool, bool)| outcomes.iter().filter(|outcome| **outcome == wanted).count() as u32;
    (count((true, false)), count((false, true)))
}

/// The risks of a product drawn from the market: true logarithms are normal, as the plan knows or as they fit the market
/// with the measurements' own variance taken off.
fn process(known: &[&Product], total: f64, typical: f64, limit: f64, plan: &Plan) -> Process {
    let mean = blocked_sum(known.len(), |at| known[at].weight * log(known[at].footprint)) / total;
    let variance = blocked_sum(known.len(), |at| {
        let gap = log(known[at].footprint) - mean;
        known[at].weight * gap * gap
    }) / total;
    let (mean, spread) = match &plan.prior {
        Some(prior) => (log(prior.median.get()), prior.log_sd.get()),
        None => (mean, (variance - typical * typical).max(1e-6).sqrt()),
    };
    let level = log(limit);
    let density = |truly: f64| normal_density((truly - mean) / spread) / spread;
    let accepted = |truly: f64| normal_cdf((level - truly) / typical);
    // The integrand lives within nine deviations of the prior; pieces as fine as the narrower of the two curves.
    let (low, high) = (mean - 9.0 * spread, mean + 9.0 * spread);
    let pieces = ((18.0 * spread / typical.min(spread)).ceil().clamp(8.0, 20_000.0)) as u32;
    let consumer = if level < high {
        integrate(level.max(low), high, pieces, |truly| density(truly) * accepted(truly))
    } else {
        0.0
    };
    let producer = if level > low {
        integrate(low, level.min(high), pieces, |truly| density(truly) * (1.0 - accepted(truly)))
    } else {
        0.0
    };
    let (samples, seed) = (plan.samples.unwrap_or(100_000).max(1), plan.seed.unwrap_or(1));
    let (truths, errors) = (drawn(seed, "truth", samples, true), drawn(seed, "measurement", samples, true));
    let outcomes = crate::math::map_blocks(samples as usize, &|at| {
        let truly = mean + spread * truths[at];
        let measured = truly + typical * errors[at];
        (measured <= level, truly <= level)
    });
    let exact = Shares { false_accept: Figure(consumer), false_reject: Figure(producer) };
    Process {
        median: Figure(exp(mean)),
        log_sd: Figure(spread),
        measurement_log_sd: Figure(typical),
        consumer_risk: exact.false_accept,
        producer_risk: exact.false_reject,
        monte_carlo: counted(wrong(&outcomes), samples, seed, &exact),
    }
}

/// Assumptions tried, the one that moves the share of wrong decisions most first. The values of a common deviation are
/// given, so it is listed last whatever its swing.
fn drivers(population: &Population, limit: f64, plan: &Plan, flat: &Shares) -> Vec<Driver> {
    let tried = |value: f64, shares: Shares| Tried {
        value: Figure(value),
        false_accept: shares.false_accept,
        false_reject: shares.false_reject,
    };
    let swing = |tried: &[Tried]| {
        let sums = tried.iter().map(|one| one.false_accept.get() + one.false_reject.get());
        let (low, high) = sums.fold((f64::MAX, f64::MIN), |(low, high), sum| (low.min(sum), high.max(sum)));
        Figure(high - low)
    };
    let mut drivers = Vec::new();
    let groups: [(Assumption, fn(&Product) -> bool); 4] = [
        (Assumption::AssumedOnes, |product| product.assumed),
        (Assumption::LargeFirms, |product| !product.assumed && product.size.is_some_and(|size| !size.is_sme())),
        (Assumption::SmallFirms, |product| !product.assumed && product.size.is_some_and(|size| size.is_sme())),
        (Assumption::Others, |product| !product.assumed && product.size.is_none()),
    ];
    for (assumption, member) in groups {
        if !population.products.iter().any(|product| product.log_sd.is_some() && member(product)) {
            continue;
        }
        let with = |factor: f64| {
            let spread = move |product: &Product| product.log_sd.map(|s| if member(product) { s * factor } else { s });
            tried(factor, shares(population, limit, None, spread))
        };
        let values = vec![with(0.5), tried(1.0, *flat), with(1.5)];
        drivers.push(Driver { assumption, swing: swing(&values), tried: values });
    }
    if let Some(prior) = &plan.prior {
        let values =
            vec![tried(0.0, *flat), tried(1.0, shares(population, limit, Some(prior), |product| product.log_sd))];
        drivers.push(Driver { assumption: Assumption::Prior, swing: swing(&values), tried: values });
    }
    drivers.sort_by(|a, b| b.swing.get().total_cmp(&a.swing.get()).then(a.assumption.cmp(&b.assumption)));
    let given: Vec<f64> = plan.rsd_trials.iter().copied().map(Finite::get).collect();
    let trials = if given.is_empty() { vec![0.05, 0.10, 0.20, 0.30] } else { given };
    let values: Vec<Tried> = trials
        .into_iter()
        .map(|rsd| {
            let s = super::probability::log_sd(rsd);
            tried(rsd, shares(population, limit, None, |product| product.log_sd.map(|_| s)))
        })
        .collect();
    drivers.push(Driver { assumption: Assumption::OneRsdForAll, swing: swing(&values), tried: values });
    drivers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::threshold::probability::log_sd;

    #[test]
    fn specific_risk_as_printed() {
        let s = log_sd(0.15);
        let prior = Prior { median: Finite::new(480.0).unwrap(), log_sd: Finite::new(0.2).unwrap() };
        assert_eq!(format!("{:.3}", conforms(450.0, 430.0, s, None)), "0.620");
        assert_eq!(format!("{:.3}", conforms(450.0, 430.0, s, Some(&prior))), "0.520");
        assert_eq!(format!("{:.1}", exp(posterior(430.0, s, Some(&prior)).0)), "447.2");
    }
}
