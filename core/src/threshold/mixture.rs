//! One limit or several: are there two populations in one (docs/threshold.md, 8)?

use super::figure::Figure;
use super::population::Population;
use crate::math::Sum;
use crate::math::functions::{exp, log};
use serde::Serialize;
use std::collections::BTreeMap;

/// Products below which two populations cannot be told from one.
const FEWEST: usize = 20;
/// Products that are looked at, evenly over the ranks, where there are more.
const MOST: usize = 20_000;
/// A difference of BIC from which the evidence is called very strong (A. E. Raftery, Sociological Methodology 25 (1995) 111).
const VERY_STRONG: f64 = 10.0;

/// One lognormal distribution against two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mixture {
    /// Products that were looked at.
    pub products: u32,
    /// Bayesian information criterion of one lognormal distribution.
    pub bic_one: Figure,
    /// Of two.
    pub bic_two: Figure,
    /// Whether two describe the population so much better that one limit should not be offered for it.
    pub two: bool,
    /// The two: share, median, standard deviation of the logarithm.
    pub parts: Vec<Part>,
}

/// One of two distributions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Share of the products.
    pub share: Figure,
    /// Median footprint.
    pub median: Figure,
    /// Standard deviation of the logarithm.
    pub log_sd: Figure,
}

#[derive(Clone, Copy)]
struct Normal {
    share: f64,
    mean: f64,
    sd: f64,
}

impl Normal {
    fn log_density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        log(self.share) - log(self.sd) - 0.5 * z * z - 0.918_938_533_204_672_8
    }
}

/// The test; `None` for few products or footprints that are all alike.
pub fn mixture(population: &Population) -> Option<Mixture> {
    let all = population.products.len();
    if all < FEWEST {
        return None;
    }
    let n = all.min(MOST);
    let x: Vec<f64> = (0..n).map(|at| log(population.products[at * all / n].footprint)).collect();
    let one = fit(&x, |_| 1.0)?;
    let count = n as f64;
    let likelihood_one = sum(n, |at| one.log_density(x[at]));
    let bic_one = 2.0 * log(count) - 2.0 * likelihood_one;
    // The best of three starts; a part may not shrink to a point.
    let floor = 0.05 * one.sd;
    let mut best: Option<(f64, [Normal; 2])> = None;
    for cut in [n / 4, n / 2, 3 * n / 4] {
        if let Some((likelihood, parts)) = expectation_maximisation(&x, cut, floor)
            && best.as_ref().is_none_or(|(known, _)| likelihood > *known)
        {
            best = Some((likelihood, parts));
        }
    }
    let (likelihood, mut parts) = best?;
    parts.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    let bic_two = 5.0 * log(count) - 2.0 * likelihood;
    Some(Mixture {
        products: n as u32,
        bic_one: Figure(bic_one),
        bic_two: Figure(bic_two),
        two: bic_one - bic_two > VERY_STRONG,
        parts: parts
            .iter()
            .map(|part| Part { share: Figure(part.share), median: Figure(exp(part.mean)), log_sd: Figure(part.sd) })
            .collect(),
    })
}

fn sum(n: usize, term: impl Fn(usize) -> f64) -> f64 {
    let mut sum = Sum::default();
    (0..n).for_each(|at| sum.add(term(at)));
    sum.value()
}

fn fit(x: &[f64], weight: impl Fn(usize) -> f64) -> Option<Normal> {
    let total = sum(x.len(), &weight);
    if total <= 0.0 {
        return None;
    }
    let mean = sum(x.len(), |at| weight(at) * x[at]) / total;
    let variance = sum(x.len(), |at| weight(at) * (x[at] - mean) * (x[at] - mean)) / total;
    (variance > 0.0).then(|| Normal { share: total / x.len() as f64, mean, sd: variance.sqrt() })
}

fn expectation_maximisation(x: &[f64], cut: usize, floor: f64) -> Option<(f64, [Normal; 2])> {
    let n = x.len();
    let mut first: Vec<f64> = (0..n).map(|at| if at < cut { 1.0 } else { 0.0 }).collect();
    let mut last = f64::NEG_INFINITY;
    for _ in 0..500 {
        let mut parts = [fit(x, |at| first[at]), fit(x, |at| 1.0 - first[at])];
        for part in parts.iter_mut().flatten() {
            part.sd = part.sd.max(floor);
        }
        let [Some(a), Some(b)] = parts else { return None };
        let mut likelihood = Sum::default();
        for (responsibility, &value) in first.iter_mut().zip(x) {
            let (one, two) = (a.log_density(value), b.log_density(value));
            let top = one.max(two);
            let all = top + log(exp(one - top) + exp(two - top));
            *responsibility = exp(one - all);
            likelihood.add(all);
        }
        let likelihood = likelihood.value();
        if !likelihood.is_finite() {
            return None;
        }
        if (likelihood - last).abs() <= 1e-9 * likelihood.abs() {
            return Some((likelihood, [a, b]));
        }
        last = likelihood;
        if first.iter().sum::<f64>() < 1e-9 || first.iter().all(|share| *share > 1.0 - 1e-12) {
            return None;
        }
    }
    let parts = [fit(x, |at| first[at])?, fit(x, |at| 1.0 - first[at])?];
    Some((last, parts))
}

/// How much of the variance of the logarithms lies between sub-categories.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Sub-categories.
    pub classes: u32,
    /// Share of the variance between them (η²).
    pub share_between: Figure,
    /// Products and median of each.
    pub medians: Vec<(String, u32, Figure)>,
}

/// The share of variance between sub-categories; `None` for fewer than two.
pub fn between_classes(population: &Population) -> Option<Between> {
    let mut classes: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for product in &population.products {
        classes.entry(product.class.as_deref()?).or_default().push(log(product.footprint));
    }
    if classes.len() < 2 {
        return None;
    }
    let n = population.products.len();
    let all: Vec<f64> = classes.values().flatten().copied().collect();
    let mean = sum(n, |at| all[at]) / n as f64;
    let total = sum(n, |at| (all[at] - mean) * (all[at] - mean));
    let mut between = Sum::default();
    let mut medians = Vec::new();
    for (class, values) in &classes {
        let own = sum(values.len(), |at| values[at]) / values.len() as f64;
        between.add(values.len() as f64 * (own - mean) * (own - mean));
        // In order of footprint, as the products are.
        medians.push(((*class).to_string(), values.len() as u32, Figure(exp(values[(values.len() - 1) / 2]))));
    }
    Some(Between { classes: classes.len() as u32, share_between: Figure::ratio(between.value(), total), medians })
}
