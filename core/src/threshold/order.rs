//! Quantiles of a population, their intervals by order statistics, and how many independent products an answer needs
//! (docs/threshold.md, 3).

use super::figure::{Figure, Interval};
use super::population::Population;
use super::probability::binomial;
use crate::math::functions::log;
use serde::Serialize;

/// A quantile with its interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantileReport {
    /// Which quantile, 0 to 1.
    pub quantile: Figure,
    /// The smallest footprint at or below which this share of the products lies.
    pub value: Figure,
    /// The same by share of the market.
    pub by_weight: Figure,
    /// Ranks of the shortest interval with at least the confidence; none where the population is too small.
    pub ranks: Option<(u32, u32)>,
    /// Footprints at these ranks.
    pub interval: Interval,
    /// Probability that it holds the quantile.
    pub coverage: Figure,
    /// Ranks of the interval with equal tails.
    pub equal_tail_ranks: Option<(u32, u32)>,
    /// Footprints at these ranks.
    pub equal_tail: Interval,
    /// Probability that it holds the quantile.
    pub equal_tail_coverage: Figure,
    /// Independent products needed so that one of them lies below the quantile, at this confidence.
    pub products_needed: u32,
    /// Products that are independent, of those there are.
    pub independent_products: Figure,
}

/// The smallest n with 1 − (1 − p)ⁿ ≥ confidence: so many independent products have one below the p-quantile; so many
/// checks find a bad one of a share p.
pub fn needed(confidence: f64, share: f64) -> u32 {
    let n = log(1.0 - confidence) / log(1.0 - share);
    // A whole number of checks; a quotient that is one up to rounding stays.
    let whole = (n - 1e-9).ceil();
    if whole.is_finite() && whole < 4e9 { whole.max(1.0) as u32 } else { u32::MAX }
}

/// P(X₍ᵣ₎ ≤ q < X₍ₛ₎) for all ranks near n·p, as cumulative probabilities of the binomial distribution.
struct Ranks {
    first: u64,
    /// P(B ≤ first + i).
    cumulative: Vec<f64>,
}

impl Ranks {
    fn new(n: u64, p: f64) -> Self {
        let spread = (n as f64 * p * (1.0 - p)).sqrt();
        let reach = (12.0 * spread).ceil() as u64 + 30;
        let middle = (n as f64 * p) as u64;
        let first = middle.saturating_sub(reach);
        let mut sum = crate::math::Sum::default();
        let cumulative = (first..=(middle + reach).min(n))
            .map(|k| {
                sum.add(binomial(n, k, p));
                sum.value()
            })
            .collect();
        Self { first, cumulative }
    }

    /// P(B ≤ k).
    fn at_most(&self, k: i64) -> f64 {
        let index = k - self.first as i64;
        if index < 0 {
            return 0.0;
        }
        self.cumulative.get(index as usize).copied().unwrap_or(1.0)
    }

    /// The shortest r < s with at least the confidence; of those the one that is nearest to it.
    fn shortest(&self, n: u64, confidence: f64) -> Option<(u64, u64, f64)> {
        let mut best: Option<(u64, u64, f64)> = None;
        let last = self.first + self.cumulative.len() as u64;
        let mut s = self.first.max(1);
        for r in self.first.max(1)..=last.min(n) {
            let coverage = |s: u64| self.at_most(s as i64 - 1) - self.at_most(r as i64 - 1);
            s = s.max(r + 1);
            while s <= n && coverage(s) < confidence {
                if s > last + 1 {
                    return best;
                }
                s += 1;
            }
            if s > n {
                break;
            }
            let found = coverage(s);
            let better = match best {
                None => true,
                Some((low, high, known)) => s - r < high - low || (s - r == high - low && found < known),
            };
            if better {
                best = Some((r, s, found));
            }
        }
        best
    }

    /// The narrowest interval with at most half the doubt on either side.
    fn equal_tail(&self, n: u64, confidence: f64) -> Option<(u64, u64, f64)> {
        let half = 0.5 * (1.0 - confidence);
        let last = self.first + self.cumulative.len() as u64;
        let r = (self.first.max(1)..=last.min(n)).rev().find(|&r| self.at_most(r as i64 - 1) <= half)?;
        let s = (r + 1..=last.min(n)).find(|&s| 1.0 - self.at_most(s as i64 - 1) <= half)?;
        Some((r, s, self.at_most(s as i64 - 1) - self.at_most(r as i64 - 1)))
    }
}

/// The quantile of a population as the smallest footprint that the share reaches.
pub fn quantile(population: &Population, p: f64) -> f64 {
    let n = population.products.len();
    let rank = ((n as f64 * p - 1e-9).ceil().max(1.0) as usize).min(n);
    population.products.get(rank.wrapping_sub(1)).map_or(f64::NAN, |product| product.footprint)
}

/// The same by weight.
pub fn weighted_quantile(population: &Population, p: f64) -> f64 {
    let wanted = population.weight() * p;
    let mut sum = crate::math::Sum::default();
    for product in &population.products {
        sum.add(product.weight);
        if sum.value() >= wanted * (1.0 - 1e-12) && product.weight > 0.0 {
            return product.footprint;
        }
    }
    f64::NAN
}

/// A quantile with everything said about it.
pub fn quantile_report(population: &Population, p: f64, confidence: f64) -> QuantileReport {
    let n = population.products.len() as u64;
    let ranks = Ranks::new(n, p);
    let footprint =
        |rank: u64| population.products.get(rank as usize - 1).map_or(f64::NAN, |product| product.footprint);
    let shown = |found: Option<(u64, u64, f64)>| match found {
        Some((r, s, coverage)) => {
            (Some((r as u32, s as u32)), Interval::new(footprint(r), footprint(s)), Figure(coverage))
        }
        None => (None, Interval::new(f64::NAN, f64::NAN), Figure(f64::NAN)),
    };
    let (shortest, interval, coverage) = shown(ranks.shortest(n, confidence));
    let (equal_tail_ranks, equal_tail, equal_tail_coverage) = shown(ranks.equal_tail(n, confidence));
    QuantileReport {
        quantile: Figure(p),
        value: Figure(quantile(population, p)),
        by_weight: Figure(weighted_quantile(population, p)),
        ranks: shortest,
        interval,
        coverage,
        equal_tail_ranks,
        equal_tail,
        equal_tail_coverage,
        products_needed: needed(confidence, p),
        independent_products: Figure(independent(population).map_or(f64::NAN, |(count, _)| count)),
    }
}

/// n/(1 + (m̄ − 1)ρ) and ρ: how many independent products the makers' products stand for; ρ is the intraclass correlation
/// of the footprints' logarithms by one-way analysis of variance, 0 where it is negative. `None` for fewer than two makers
/// or as many makers as products.
pub fn independent(population: &Population) -> Option<(f64, f64)> {
    let groups = population.makers.len();
    let n = population.products.len();
    if groups < 2 || n <= groups {
        return None;
    }
    let mut sums = vec![(0.0, 0.0); groups];
    let logs: Vec<f64> = population.products.iter().map(|product| log(product.footprint)).collect();
    let mean = crate::math::blocked_sum(n, |at| logs[at]) / n as f64;
    for (product, value) in population.products.iter().zip(&logs) {
        let group = &mut sums[product.maker? as usize];
        group.0 += 1.0;
        group.1 += value - mean;
    }
    let (count, squares) = (n as f64, sums.iter().map(|(count, _)| count * count).sum::<f64>());
    let between: f64 = sums.iter().filter(|group| group.0 > 0.0).map(|(count, sum)| sum * sum / count).sum();
    let all = crate::math::blocked_sum(n, |at| (logs[at] - mean) * (logs[at] - mean));
    let (between, within) = (between / (groups as f64 - 1.0), (all - between).max(0.0) / (count - groups as f64));
    let typical = (count - squares / count) / (groups as f64 - 1.0);
    let under = between + (typical - 1.0) * within;
    let correlation = if under > 0.0 { ((between - within) / under).clamp(0.0, 1.0) } else { 0.0 };
    Some((count / (1.0 + (count / groups as f64 - 1.0) * correlation), correlation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_as_printed() {
        let ranks = Ranks::new(60, 0.2);
        let (r, s, coverage) = ranks.shortest(60, 0.95).unwrap();
        assert_eq!((r, s, format!("{coverage:.3}")), (5, 18, "0.953".to_string()));
        let (r, s, coverage) = ranks.equal_tail(60, 0.95).unwrap();
        assert_eq!((r, s, format!("{coverage:.3}")), (6, 19, "0.966".to_string()));
        assert!(Ranks::new(5, 0.2).shortest(5, 0.95).is_none());
        let (r, s, coverage) = Ranks::new(1_000_000, 0.5).shortest(1_000_000, 0.95).unwrap();
        assert!((499_000..500_000).contains(&r) && (500_000..501_000).contains(&s) && coverage < 0.951);
    }

    #[test]
    fn products_needed_as_printed() {
        assert_eq!((needed(0.95, 0.2), needed(0.95, 0.05), needed(0.95, 0.10)), (14, 59, 29));
        assert_eq!(needed(0.75, 0.5), 2);
    }
}
