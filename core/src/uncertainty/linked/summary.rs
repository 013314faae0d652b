//! Many scores in a few numbers.

use crate::math::Sum;
use serde::Serialize;

/// The probabilities of the quantiles that are shown.
const SHOWN: [f64; 7] = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];

/// Moments and quantiles of what has an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    #[serde(serialize_with = "super::decimal")]
    pub mean: f64,
    /// The standard error of the mean.
    #[serde(serialize_with = "super::decimal")]
    pub mean_error: f64,
    /// The standard deviation, over n − 1.
    #[serde(serialize_with = "super::decimal")]
    pub sd: f64,
    /// Quantiles, from the least probability to the largest.
    pub quantiles: Vec<Quantile>,
}

/// A value that is not exceeded with a probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantile {
    /// The probability.
    #[serde(serialize_with = "super::decimal")]
    pub p: f64,
    /// The value: an order statistic, no interpolation.
    #[serde(serialize_with = "super::decimal")]
    pub value: f64,
    /// Order statistics between which the true quantile lies with about 95 % (binomial, normal approximation).
    #[serde(serialize_with = "super::decimal")]
    pub low: f64,
    /// The same, above.
    #[serde(serialize_with = "super::decimal")]
    pub high: f64,
}

impl Spread {
    /// Of the finite ones among the values; `None` below two.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let count = sorted.len();
        if count < 2 {
            return None;
        }
        let n = count as f64;
        let (mut sum, mut squares) = (Sum::default(), Sum::default());
        sorted.iter().for_each(|value| sum.add(*value));
        let mean = sum.value() / n;
        sorted.iter().for_each(|value| squares.add((value - mean) * (value - mean)));
        let sd = (squares.value() / (n - 1.0)).sqrt();
        sorted.sort_by(f64::total_cmp);
        let at = |rank: f64| sorted[(rank.max(0.0) as usize).min(count - 1)];
        let quantile = |&p: &f64| {
            let (rank, width) = (p * n, 1.96 * (n * p * (1.0 - p)).sqrt());
            // The rank rounds up: the first value that p of all do not exceed.
            let value = at(rank.ceil() - 1.0);
            Quantile { p, value, low: at((rank - width).floor() - 1.0), high: at((rank + width).ceil()) }
        };
        Some(Self { mean, mean_error: sd / n.sqrt(), sd, quantiles: SHOWN.iter().map(quantile).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_order_statistics_of_a_hundred() {
        let mut values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        values.push(f64::NAN);
        let spread = Spread::of(&values).unwrap();
        assert_eq!(spread.mean, 50.5);
        assert!((spread.sd - 29.011_491_975_882_016).abs() < 1e-12);
        let shown: Vec<f64> = spread.quantiles.iter().map(|one| one.value).collect();
        assert_eq!(shown, [3.0, 5.0, 25.0, 50.0, 75.0, 95.0, 98.0]);
        assert!(spread.quantiles.iter().all(|one| one.low <= one.value && one.value <= one.high));
        assert_eq!(Spread::of(&[1.0, f64::NAN]), None);
    }
}
