//! Is a limit still where it was meant to be? Pass rates by year, and an alarm (docs/threshold.md, 11).

use super::figure::Figure;
use super::plan::Plan;
use super::population::Population;
use crate::math::Finite;
use serde::Serialize;
use std::collections::BTreeMap;

/// Allowance and decision value of the cumulative sum, in standard errors (E. S. Page, Biometrika 41 (1954) 100).
const ALLOWANCE: f64 = 0.5;
const DECISION: f64 = 4.0;
/// Products of a year that counts.
const FEWEST: u32 = 5;

/// Whether a limit is stale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Staleness {
    /// Bounds of the pass rate.
    pub low: Figure,
    /// The same.
    pub high: Figure,
    /// Whether the pass rate of the newest year, or of all products where no year is known, is outside.
    pub stale: bool,
    /// Pass rates by year, and the cumulative sums.
    pub years: Vec<Drift>,
    /// First year in which a cumulative sum exceeds its decision value: the pass rate has drifted from the first year's.
    pub drifted_in: Option<i32>,
}

/// A year's pass rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The year.
    pub year: i32,
    /// Its products.
    pub products: u32,
    /// Share that passes.
    pub pass_rate: Figure,
    /// Cumulative sum upwards, in standard errors.
    pub up: Figure,
    /// Downwards.
    pub down: Figure,
}

/// Looks at a limit year by year.
pub fn staleness(population: &Population, limit: f64, plan: &Plan) -> Staleness {
    let (low, high) = plan.stale.as_ref().map_or((0.10, 0.85), |stale| (stale.low.get(), stale.high.get()));
    let mut counts: BTreeMap<i32, (u32, u32)> = BTreeMap::new();
    for product in &population.products {
        if let Some(year) = product.year {
            let count = counts.entry(year).or_default();
            count.0 += 1;
            count.1 += u32::from(product.footprint <= limit);
        }
    }
    counts.retain(|_, count| count.0 >= FEWEST);
    let first = counts.values().next().map(|(n, passed)| (f64::from(*passed) + 0.5) / (f64::from(*n) + 1.0));
    let (mut up, mut down) = (0.0f64, 0.0f64);
    let mut drifted_in = None;
    let years: Vec<Drift> = counts
        .into_iter()
        .map(|(year, (n, passed))| {
            let rate = f64::from(passed) / f64::from(n);
            if let Some(first) = first {
                let z = (rate - first) / (first * (1.0 - first) / f64::from(n)).sqrt();
                up = (up + z - ALLOWANCE).max(0.0);
                down = (down - z - ALLOWANCE).max(0.0);
            }
            if up.max(down) > DECISION {
                drifted_in = drifted_in.or(Some(year));
            }
            Drift { year, products: n, pass_rate: Figure(rate), up: Figure(up), down: Figure(down) }
        })
        .collect();
    let all = Figure::ratio(population.passing(limit) as f64, population.products.len() as f64);
    let newest = years.last().map_or(all, |year| year.pass_rate);
    let stale = newest.get() < low || newest.get() > high;
    Staleness { low: Figure(low), high: Figure(high), stale, years, drifted_in }
}

/// The bounds make sense.
pub(super) fn bounds_are_sound(plan: &Plan) -> bool {
    plan.stale.as_ref().is_none_or(|stale| {
        let inside = |value: Finite| (0.0..=1.0).contains(&value.get());
        inside(stale.low) && inside(stale.high) && stale.low < stale.high
    })
}
