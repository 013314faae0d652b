//! What may be decided: whether a limit is kept, and which of two products is lower, each with how sure that is.

use super::summary::{Six, Sorted};
use serde::Serialize;

/// A share of samples as a probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Probability {
    /// The share, 0 to 1.
    pub value: Six,
    /// √(p (1 − p) ÷ n).
    pub standard_error: Six,
    /// From where to where the probability is with 95 % confidence (E. Wilson, JASA 22 (1927) 209–212): not a point even
    /// where all samples agree.
    pub interval: [Six; 2],
}

impl Probability {
    /// The probability by samples of which `hits` did.
    pub fn of(hits: f64, count: f64) -> Self {
        const Z: f64 = 1.959_963_984_540_054;
        let p = hits / count;
        let square = Z * Z;
        let centre = (p + square / (2.0 * count)) / (1.0 + square / count);
        let half = Z / (1.0 + square / count) * (p * (1.0 - p) / count + square / (4.0 * count * count)).sqrt();
        let (low, high) = ((centre - half).clamp(0.0, 1.0), (centre + half).clamp(0.0, 1.0));
        Self {
            value: Six(p),
            standard_error: Six((p * (1.0 - p) / count).sqrt()),
            interval: [Six(if p == 0.0 { 0.0 } else { low }), Six(if p == 1.0 { 1.0 } else { high })],
        }
    }
}

/// The confidence at which a guard band is set.
pub const CONFIDENCE: f64 = 0.95;

/// A footprint against a limit.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    /// The limit, kg CO2e per declared unit.
    pub limit: Six,
    /// P(footprint ≤ limit). `null` where something is missing from the footprint: it would only be an upper bound.
    pub probability: Option<Probability>,
    /// Where something is missing: no more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Six>,
    /// How far below the limit the stated total must lie so that 95 % of samples do (JCGM 106:2012, §8.3: guarded
    /// acceptance): the 95 % quantile − the total.
    pub guard_band: Six,
    /// The limit less the guard band.
    pub acceptance_limit: Six,
    /// Whether the total, as stated, is at most the limit: what is decided without its uncertainty.
    pub total_within: bool,
    /// Whether it is at most the acceptance limit. `null` where something is missing.
    pub accepted: Option<bool>,
    /// kg CO2e above the limit that an acceptance lets through on average: E[max(footprint − limit, 0)].
    pub loss_if_accepted: Six,
    /// kg CO2e below the limit that a refusal turns away on average: E[max(limit − footprint, 0)].
    pub loss_if_refused: Six,
}

impl Limit {
    /// Holds samples to a limit. `complete` says whether nothing is missing from the footprint.
    pub fn new(limit: f64, total: f64, sorted: &Sorted, complete: bool) -> Self {
        let count = sorted.samples().len() as f64;
        let share = sorted.share_up_to(limit);
        let guard_band = sorted.quantile(CONFIDENCE) - total;
        let mean = |gap: fn(f64, f64) -> f64| {
            let mut sum = crate::math::Sum::default();
            sorted.samples().iter().for_each(|sample| sum.add(gap(*sample, limit)));
            sum.value() / count
        };
        let above = |sample: f64, limit: f64| if sample > limit { sample - limit } else { 0.0 };
        let below = |sample: f64, limit: f64| if sample < limit { limit - sample } else { 0.0 };
        Self {
            limit: Six(limit),
            probability: complete.then(|| Probability::of(share * count, count)),
            at_most: (!complete).then_some(Six(share)),
            guard_band: Six(guard_band),
            acceptance_limit: Six(limit - guard_band),
            total_within: total <= limit,
            accepted: complete.then_some(total <= limit - guard_band),
            loss_if_accepted: Six(mean(above)),
            loss_if_refused: Six(mean(below)),
        }
    }
}

/// Two products over the same samples.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The first product.
    pub a: String,
    /// The second.
    pub b: String,
    /// P(A < B): common random numbers, so what both share cancels. `null` where one of them is incomplete.
    pub a_lower: Option<Probability>,
    /// The mean of A − B, kg CO2e.
    pub mean_difference: Six,
    /// Its standard deviation.
    pub sd_difference: Six,
    /// kg CO2e by which B is lower on average where A is chosen: E[max(A − B, 0)].
    pub loss_if_a: Six,
    /// Likewise where B is chosen.
    pub loss_if_b: Six,
}

impl Comparison {
    /// Compares two products sample by sample; `None` where they have not the same number of samples. A product without
    /// stated uncertainty has no samples, and nothing is said of it.
    pub fn new(names: [&str; 2], a: &[f64], b: &[f64], complete: bool) -> Option<Self> {
        if a.len() != b.len() || a.is_empty() {
            return None;
        }
        let gaps: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).filter(|gap| gap.is_finite()).collect();
        let count = gaps.len() as f64;
        let lower = gaps.iter().filter(|gap| **gap < 0.0).count() as f64;
        let (mean, sd) = super::summary::moments(&gaps);
        let part = |sign: f64| {
            let mut sum = crate::math::Sum::default();
            gaps.iter().map(|gap| sign * gap).filter(|gap| *gap > 0.0).for_each(|gap| sum.add(gap));
            Six(sum.value() / count)
        };
        Some(Self {
            a: names[0].to_string(),
            b: names[1].to_string(),
            a_lower: complete.then(|| Probability::of(lower, count)),
            mean_difference: Six(mean),
            sd_difference: Six(sd),
            loss_if_a: part(1.0),
            loss_if_b: part(-1.0),
        })
    }
}
