//! Without samples: the variance of a score from its derivatives, and what it comes from.
//!
//! With λ (what a unit stands for) and s (how much of every process is needed) all derivatives are there at once:
//! `∂h/∂a_ij = −λ_i s_j`, `∂h/∂c_j = s_j` (R. Heijungs, "Sensitivity coefficients for matrix-based LCA", Int. J. Life Cycle
//! Assess. 15 (2010) 511–520). Of an amount of A the second one is `2 λ_i s_j (A⁻¹)_ji`.

use super::monte_carlo::Setting;
use super::sampler::Term;
use crate::math::Sum;
use crate::math::functions::exp;
use crate::solve::linked::Unsolvable;
use crate::uncertainty::draw::ParameterId;
use serde::Serialize;
use std::collections::BTreeMap;

/// Second derivatives are looked at for so many parameters, those with the largest shares of the variance.
const SECOND: usize = 32;

/// Mean and standard deviation without samples.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Propagated {
    /// The score at the stated amounts.
    #[serde(serialize_with = "super::decimal")]
    pub stated: f64,
    /// The mean to first order: it differs from the score where amounts are no means.
    #[serde(serialize_with = "super::decimal")]
    pub mean: f64,
    /// The standard deviation to first order.
    #[serde(serialize_with = "super::decimal")]
    pub sd: f64,
    /// The mean with the second derivatives of the parameters that matter most.
    #[serde(serialize_with = "super::decimal")]
    pub mean_second: f64,
    /// The standard deviation with them.
    #[serde(serialize_with = "super::decimal")]
    pub sd_second: f64,
    /// What the variance to first order comes from, largest first. All parameters are there.
    #[serde(skip)]
    pub contributions: Vec<Contribution>,
}

/// One parameter's part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// What its draws go by.
    pub id: ParameterId,
    /// The source of (the first of) its terms.
    pub source: u32,
    /// Change of the score for a change of 1 % of the amount.
    pub per_percent: f64,
    /// Standard deviation that it alone gives the score.
    pub sd: f64,
    /// Its part of the variance, 0 to 1.
    pub share: f64,
}

/// A term with its derivative.
struct Sloped<'a> {
    term: &'a Term,
    /// ∂score/∂amount.
    slope: f64,
    /// Product and process, of an amount of A.
    place: Option<(u32, u32)>,
}

/// Propagates the terms of a setting to the score of a demand, whose units are `units` by process.
///
/// # Errors
/// [`Unsolvable`] if the solves for second derivatives fail.
pub fn propagate(setting: Setting, demand: &[(u32, f64)], units: &[f64]) -> Result<Propagated, Unsolvable> {
    let pattern = setting.technosphere.a().pattern();
    let lambda = setting.lambda;
    let of_a = setting.terms.of_amounts.iter().map(|term| {
        let process = pattern.starts().partition_point(|&start| start <= term.at) as u32 - 1;
        let product = pattern.indices()[term.at as usize];
        let slope = -lambda[product as usize] * units[process as usize] * term.factor;
        Sloped { term, slope, place: Some((product, process)) }
    });
    let of_direct = setting.terms.of_direct.iter().map(|term| {
        let slope = units[term.at as usize] * term.factor;
        Sloped { term, slope, place: None }
    });
    // Terms of one id move together.
    let mut parameters: BTreeMap<ParameterId, Vec<Sloped>> = BTreeMap::new();
    for sloped in of_a.chain(of_direct) {
        parameters.entry(sloped.term.id).or_default().push(sloped);
    }
    let mut stated = Sum::default();
    demand.iter().for_each(|&(product, amount)| stated.add(amount * lambda[product as usize]));
    let stated = stated.value();
    let (mut shift, mut variance) = (Sum::default(), Sum::default());
    let mut contributions = Vec::with_capacity(parameters.len());
    for (&id, terms) in &parameters {
        let (mut per_percent, mut sd) = (Sum::default(), Sum::default());
        for one in terms {
            let shape = &one.term.shape;
            // A draw moves the magnitude of an amount: of a negative one it moves the score the other way.
            let sign = if one.term.amount < 0.0 { -1.0 } else { 1.0 };
            sd.add(one.slope * sign * shape.variance().sqrt());
            per_percent.add(one.slope * one.term.amount * 0.01);
            shift.add(one.slope * (shape.mean() - one.term.amount));
        }
        let sd = sd.value().abs();
        variance.add(sd * sd);
        let source = terms.first().map_or(0, |one| one.term.source);
        contributions.push(Contribution { id, source, per_percent: per_percent.value(), sd, share: 0.0 });
    }
    let variance = variance.value();
    for one in &mut contributions {
        one.share = if variance > 0.0 { one.sd * one.sd / variance } else { 0.0 };
    }
    contributions.sort_by(|a, b| b.sd.total_cmp(&a.sd).then(a.id.cmp(&b.id)));
    let (more_mean, more_variance) = second(setting, &parameters, &contributions, units)?;
    let mean = stated + shift.value();
    Ok(Propagated {
        stated,
        mean,
        sd: variance.sqrt(),
        mean_second: mean + more_mean,
        sd_second: (variance + more_variance).max(0.0).sqrt(),
        contributions,
    })
}

/// What second derivatives add to mean and variance: of parameters with one amount of A, by themselves. How two of them
/// act together is left out.
fn second(
    setting: Setting,
    parameters: &BTreeMap<ParameterId, Vec<Sloped>>,
    contributions: &[Contribution],
    units: &[f64],
) -> Result<(f64, f64), Unsolvable> {
    let largest = contributions.iter().take(SECOND).filter(|one| one.sd > 0.0);
    let single = largest.filter_map(|one| match parameters.get(&one.id).map(Vec::as_slice) {
        Some([one]) => one.place.map(|place| (one, place)),
        _ => None,
    });
    let single: Vec<(&Sloped, (u32, u32))> = single.collect();
    let demands: Vec<[(u32, f64); 1]> = single.iter().map(|(_, (product, _))| [(*product, 1.0)]).collect();
    let demands: Vec<&[(u32, f64)]> = demands.iter().map(|demand| &demand[..]).collect();
    let supply = |at: u32, solution: crate::solve::linked::Solution| solution.values[single[at as usize].1.1 as usize];
    let inverse = setting.prepared.forward_with(&demands, supply)?;
    let (mut more_mean, mut more_variance) = (Sum::default(), Sum::default());
    for ((one, (product, process)), inverse) in single.iter().zip(inverse) {
        let Sloped { term, slope, .. } = one;
        let curve = 2.0 * setting.lambda[*product as usize] * units[*process as usize] * inverse;
        let curve = curve * term.factor * term.factor;
        let [m1, m2, m3, m4] = moments(term);
        more_mean.add(0.5 * curve * m2);
        more_variance.add(slope * curve * (m3 - m1 * m2) + 0.25 * curve * curve * (m4 - m2 * m2));
    }
    Ok((more_mean.value(), more_variance.value()))
}

/// The first moments of amount − stated amount. Of forms other than the lognormal, the third and fourth are taken as of
/// a normal.
fn moments(term: &Term) -> [f64; 4] {
    let shift = term.shape.mean() - term.amount;
    match term.shape.as_lognormal() {
        Some((median, sigma)) => {
            let raw = |k: f64| exp(0.5 * k * k * sigma * sigma);
            let (x1, x2, x3, x4) = (raw(1.0), raw(2.0), raw(3.0), raw(4.0));
            // In medians; a is the stated amount.
            let a = term.amount / median;
            let (a2, m) = (a * a, median);
            [
                m * (x1 - a),
                m * m * (x2 - 2.0 * a * x1 + a2),
                m * m * m * (x3 - 3.0 * a * x2 + 3.0 * a2 * x1 - a2 * a),
                m * m * m * m * (x4 - 4.0 * a * x3 + 6.0 * a2 * x2 - 4.0 * a2 * a * x1 + a2 * a2),
            ]
        }
        None => {
            let v = term.shape.variance();
            let s2 = shift * shift;
            [shift, v + s2, shift * (s2 + 3.0 * v), s2 * s2 + 6.0 * s2 * v + 3.0 * v * v]
        }
    }
}
