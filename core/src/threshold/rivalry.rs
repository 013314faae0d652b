//! Who can still bid: the probability that enough bidders qualify, and whether small firms are hit harder
//! (docs/threshold.md, 4).

use super::figure::{Figure, Interval};
use super::probability::{hypergeometric, hypergeometric_upper, two_sided};
use super::sweep::Profile;
use crate::math::functions::log;
use serde::Serialize;

/// Bidders that a tender must have.
const ENOUGH: u64 = 3;

/// Who can still bid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rivalry {
    /// Bidders of one tender.
    pub bidders: u32,
    /// Probability that three or more of them qualify, where bidders are drawn from the makers.
    pub three_qualify: Figure,
    /// Natural logarithm of the odds ratio, small against large, half a product added to each count.
    pub log_odds_ratio: Figure,
    /// Its interval.
    pub log_odds_interval: Interval,
    /// Fisher's exact test, two-sided: probability of a difference as large by chance.
    pub fisher_p: Figure,
}

/// Who can still bid at a limit.
pub fn rivalry(profile: &Profile, bidders: u32, confidence: f64) -> Rivalry {
    let (all, good) = (u64::from(profile.competition.makers_before), u64::from(profile.competition.makers_after));
    let drawn = u64::from(bidders).min(all);
    let size = &profile.size_effect;
    let (sme, large) = (f64::from(size.sme), f64::from(size.large));
    let (sme_passed, large_passed) = (f64::from(size.sme_passed), f64::from(size.large_passed));
    let cells = [sme_passed + 0.5, sme - sme_passed + 0.5, large_passed + 0.5, large - large_passed + 0.5];
    let both = size.sme > 0 && size.large > 0;
    let odds = if both { log(cells[0] / cells[1]) - log(cells[2] / cells[3]) } else { f64::NAN };
    let half = two_sided(confidence).unwrap_or(f64::NAN) * cells.iter().map(|cell| 1.0 / cell).sum::<f64>().sqrt();
    Rivalry {
        bidders,
        three_qualify: Figure(if all == 0 { f64::NAN } else { hypergeometric_upper(all, good, drawn, ENOUGH) }),
        log_odds_ratio: Figure(odds),
        log_odds_interval: Interval::new(odds - half, odds + half),
        fisher_p: Figure(if both {
            fisher(size.sme, size.sme_passed, size.large, size.large_passed)
        } else {
            f64::NAN
        }),
    }
}

/// Two-sided: the sum of all tables that are no likelier than the one at hand. Past some thousands of products the sum
/// runs over what is not negligible.
fn fisher(sme: u32, sme_passed: u32, large: u32, large_passed: u32) -> f64 {
    let all = u64::from(sme) + u64::from(large);
    let passed = u64::from(sme_passed) + u64::from(large_passed);
    let (low, high) = (passed.saturating_sub(u64::from(large)), u64::from(sme).min(passed));
    let probability = |k: u64| hypergeometric(all, u64::from(sme), passed, k);
    let own = probability(u64::from(sme_passed));
    let mean = passed as f64 * f64::from(sme) / all.max(1) as f64;
    let spread = (mean * (1.0 - f64::from(sme) / all.max(1) as f64)).max(1.0).sqrt();
    let reach = (40.0 * spread) as u64 + 100;
    let (from, to) = (low.max((mean as u64).saturating_sub(reach)), high.min(mean as u64 + reach));
    let mut sum = crate::math::Sum::default();
    (from..=to).map(probability).filter(|p| *p <= own * (1.0 + 1e-7)).for_each(|p| sum.add(p));
    sum.value().clamp(own.min(1.0), 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fishers_tea() {
        // R. A. Fisher, The Design of Experiments (1935), ch. 2: 3 of 4 right, two-sided 0.4857.
        assert!((fisher(4, 3, 4, 1) - 0.485_714_285_714).abs() < 1e-10);
        assert!((fisher(4, 4, 4, 0) - 2.0 / 70.0).abs() < 1e-12);
        assert!((fisher(100_000, 50_000, 100_000, 50_000) - 1.0).abs() < 1e-6);
    }
}
