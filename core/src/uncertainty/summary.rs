//! What samples say: mean, spread and quantiles, each with how well it is known, and how that settled.

use crate::math::Sum;
use serde::{Serialize, Serializer};

/// A decimal in results: six significant digits, as a string.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Six(pub f64);

impl Serialize for Six {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&crate::math::significant(self.0, 6))
    }
}

/// A figure and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: Six,
    /// How far another seed would put it, as a standard deviation; for stratified samples an upper estimate.
    pub standard_error: Six,
}

impl Estimate {
    fn new(value: f64, error: f64) -> Self {
        Self { value: Six(value), standard_error: Six(error) }
    }
}

/// The value that is not exceeded in a share of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantile {
    /// The share, 0 to 1.
    pub p: Six,
    /// The value, kg CO2e.
    pub value: Six,
    /// Its standard error, from the order of the samples alone.
    pub standard_error: Six,
}

/// How the figures stood after fewer samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// How many samples.
    pub samples: u32,
    /// Their mean.
    pub mean: Six,
    /// Their standard deviation.
    pub sd: Six,
    /// The value that 95 % do not exceed.
    pub p95: Six,
}

/// Equal parts of the range with how many samples fell in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histogram {
    /// Where the first part begins.
    pub low: Six,
    /// Where the last ends.
    pub high: Six,
    /// Samples in each part.
    pub counts: Vec<u32>,
}

/// Samples in order of size.
#[derive(Clone, Debug)]
pub struct Sorted(Vec<f64>);

/// The quantiles that a result shows; the outer ones make the 95 % and the 90 % range.
pub const SHOWN: [f64; 7] = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];

/// Mean and standard deviation (n − 1).
pub fn moments(samples: &[f64]) -> (f64, f64) {
    let count = samples.len().max(1) as f64;
    let mut sum = Sum::default();
    samples.iter().for_each(|sample| sum.add(*sample));
    let mean = sum.value() / count;
    let mut squares = Sum::default();
    samples.iter().for_each(|sample| squares.add((sample - mean) * (sample - mean)));
    (mean, (squares.value() / (count - 1.0).max(1.0)).sqrt())
}

/// The mean with its standard error, sd ÷ √n, and the standard deviation with its own: √((m₄ − sd⁴) ÷ n) ÷ (2 sd)
/// (M. Kendall, A. Stuart, The Advanced Theory of Statistics, vol. 1, ch. 10).
pub fn spread(samples: &[f64]) -> (Estimate, Estimate) {
    let (mean, sd) = moments(samples);
    let count = samples.len().max(1) as f64;
    let mut fourth = Sum::default();
    for sample in samples {
        let square = (sample - mean) * (sample - mean);
        fourth.add(square * square);
    }
    let excess = fourth.value() / count - sd * sd * sd * sd;
    let error = if sd > 0.0 { (if excess > 0.0 { excess } else { 0.0 } / count).sqrt() / (2.0 * sd) } else { 0.0 };
    (Estimate::new(mean, sd / count.sqrt()), Estimate::new(sd, error))
}

impl Sorted {
    /// Puts samples in order; what is not finite must have been taken out.
    pub fn new(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self(samples)
    }

    /// The samples, the least first.
    pub fn samples(&self) -> &[f64] {
        &self.0
    }

    /// A quantile, between the two nearest samples (R. Hyndman, Y. Fan, "Sample quantiles in statistical packages",
    /// American Statistician 50 (1996) 361–365, definition 7). It never falls as `p` rises.
    pub fn quantile(&self, p: f64) -> f64 {
        let Some(last) = self.0.len().checked_sub(1) else { return f64::NAN };
        let place = p * last as f64;
        let below = (place as usize).min(last);
        let above = (below + 1).min(last);
        let part = place - below as f64;
        let value = self.0[below] + part * (self.0[above] - self.0[below]);
        // Rounding must not carry it past its neighbour.
        value.clamp(self.0[below], self.0[above])
    }

    /// A quantile with its standard error: half the way between the samples one binomial standard deviation of the rank
    /// below and above, which needs no assumption on the distribution (H. David, H. Nagaraja, Order Statistics, §7.1).
    pub fn with_error(&self, p: f64) -> Quantile {
        let count = self.0.len() as f64;
        let step = (p * (1.0 - p) / count).sqrt();
        let (low, high) = ((p - step).clamp(0.0, 1.0), (p + step).clamp(0.0, 1.0));
        let error = 0.5 * (self.quantile(high) - self.quantile(low));
        Quantile { p: Six(p), value: Six(self.quantile(p)), standard_error: Six(error) }
    }

    /// The share of samples that do not exceed a value.
    pub fn share_up_to(&self, value: f64) -> f64 {
        self.0.partition_point(|sample| *sample <= value) as f64 / self.0.len().max(1) as f64
    }

    /// Forty parts from the 0.1 % to the 99.9 % quantile; what lies beyond is in the outer parts.
    pub fn histogram(&self) -> Histogram {
        const PARTS: usize = 40;
        let (low, high) = (self.quantile(0.001), self.quantile(0.999));
        let mut counts = vec![0; PARTS];
        let width = high - low;
        for sample in &self.0 {
            let part = if width > 0.0 { ((sample - low) / width * PARTS as f64) as usize } else { PARTS / 2 };
            counts[part.min(PARTS - 1)] += 1;
        }
        Histogram { low: Six(low), high: Six(high), counts }
    }
}

/// How the figures settled: after a sixteenth of the samples, an eighth and so on.
pub fn convergence(samples: &[f64]) -> Vec<Step> {
    let mut steps = Vec::new();
    for halvings in (0..5).rev() {
        let count = samples.len() >> halvings;
        if count < 20 {
            continue;
        }
        let (mean, sd) = moments(&samples[..count]);
        let sorted = Sorted::new(samples[..count].to_vec());
        steps.push(Step { samples: count as u32, mean: Six(mean), sd: Six(sd), p95: Six(sorted.quantile(0.95)) });
    }
    steps
}
