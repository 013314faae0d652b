//! A checked distribution of one amount.

use super::beta::Beta;
use super::{Fault, Pedigree};
use crate::math::functions::{exp, exp_of_eight, expm1, log};
use crate::math::{NormalTable, Sum, normal_quantile, wide};
use std::sync::Arc;

/// The largest geometric standard deviation and the largest amount that are taken; beyond, a unit is wrong.
const LARGEST_GSD: f64 = 1e3;
const LARGEST: f64 = 1e30;

/// What the amount of a lognormal stands for. The two differ: with a geometric standard deviation of 2 the mean is
/// 1.27 times the median.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// The median, which is the geometric mean.
    Median,
    /// The arithmetic mean.
    Mean,
}

/// A distribution whose numbers were checked. Quantiles go up with the probability, for negative amounts too.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// Certain: σ = 0, or bounds that meet.
    Point(f64),
    /// `median × exp(σ z)`; the median carries the sign.
    Lognormal {
        median: f64,
        sigma: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    Uniform {
        minimum: f64,
        width: f64,
    },
    Triangular {
        minimum: f64,
        mode: f64,
        maximum: f64,
    },
    Pert {
        minimum: f64,
        mode: f64,
        maximum: f64,
        beta: Arc<Beta>,
    },
    /// Values from the least to the largest, with the probability up to each.
    Discrete(Arc<[(f64, f64)]>),
    /// Observed values in order, each as likely.
    Empirical(Arc<[f64]>),
}

impl Shape {
    /// Certain.
    pub fn point(amount: f64) -> Self {
        Self(Form::Point(amount))
    }

    /// The logarithm of the magnitude is normal; a negative amount is the mirror image of its magnitude.
    ///
    /// # Errors
    /// An amount of zero, a geometric standard deviation below 1.
    pub fn lognormal(amount: f64, gsd: f64, centre: Centre) -> Result<Self, Fault> {
        if !(1.0..=LARGEST_GSD).contains(&gsd) {
            return Err(Fault::Gsd(gsd));
        }
        Self::of_log_deviation(amount, log(gsd), centre)
    }

    /// The same by the standard deviation of the logarithm, ln GSD.
    ///
    /// # Errors
    /// An amount of zero, a deviation below zero.
    pub fn of_log_deviation(amount: f64, sigma: f64, centre: Centre) -> Result<Self, Fault> {
        if !(0.0..=log(LARGEST_GSD)).contains(&sigma) {
            return Err(Fault::Deviation(sigma));
        }
        if amount == 0.0 || !within(amount) {
            return Err(Fault::AboutZero);
        }
        if sigma == 0.0 {
            return Ok(Self::point(amount));
        }
        // The mean of a lognormal is its median × exp(σ²/2).
        let median = match centre {
            Centre::Median => amount,
            Centre::Mean => amount * exp(-0.5 * sigma * sigma),
        };
        Ok(Self(Form::Lognormal { median, sigma }))
    }

    /// A lognormal about its median whose spread a table of pedigree factors gives.
    ///
    /// # Errors
    /// Scores or a basic uncertainty that the table does not have; an amount of zero.
    pub fn pedigree(amount: f64, table: Pedigree, scores: [u8; 5], basic_squared: f64) -> Result<Self, Fault> {
        Self::lognormal(amount, table.gsd(scores, basic_squared)?, Centre::Median)
    }

    /// Normal about its mean.
    ///
    /// # Errors
    /// A standard deviation below zero.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, Fault> {
        if !(0.0..=LARGEST).contains(&sd) {
            return Err(Fault::Deviation(sd));
        }
        if !within(mean) {
            return Err(Fault::Deviation(mean));
        }
        Ok(if sd == 0.0 { Self::point(mean) } else { Self(Form::Normal { mean, sd }) })
    }

    /// Each value as likely.
    ///
    /// # Errors
    /// Bounds that are not in order, an amount that is not between them.
    pub fn uniform(amount: f64, minimum: f64, maximum: f64) -> Result<Self, Fault> {
        let shape = |minimum, maximum| Form::Uniform { minimum, width: maximum - minimum };
        ordered(minimum, amount, maximum, Fault::Outside)?;
        Ok(if minimum == maximum { Self::point(minimum) } else { Self(shape(minimum, maximum)) })
    }

    /// Triangular.
    ///
    /// # Errors
    /// Bounds that are not in order, an amount that is not between them.
    pub fn triangular(amount: f64, minimum: f64, mode: f64, maximum: f64) -> Result<Self, Fault> {
        ordered(minimum, mode, maximum, Fault::Bounds)?;
        ordered(minimum, amount, maximum, Fault::Outside)?;
        let form = Form::Triangular { minimum, mode, maximum };
        Ok(if minimum == maximum { Self::point(minimum) } else { Self(form) })
    }

    /// Beta-PERT: a beta distribution with mean (minimum + 4 mode + maximum) ÷ 6, that is with the shapes
    /// 1 + 4 (mode − minimum) ÷ (maximum − minimum) and 6 less it (D. Malcolm et al., "Application of a technique for
    /// research and development program evaluation", Operations Research 7 (1959) 646–669, for the mean).
    ///
    /// # Errors
    /// Bounds that are not in order, an amount that is not between them.
    pub fn pert(amount: f64, minimum: f64, mode: f64, maximum: f64) -> Result<Self, Fault> {
        ordered(minimum, mode, maximum, Fault::Bounds)?;
        ordered(minimum, amount, maximum, Fault::Outside)?;
        if minimum == maximum {
            return Ok(Self::point(minimum));
        }
        let first = 1.0 + 4.0 * ((mode - minimum) / (maximum - minimum));
        let beta = Arc::new(Beta::new(first, 6.0 - first));
        Ok(Self(Form::Pert { minimum, mode, maximum, beta }))
    }

    /// Values with weights.
    ///
    /// # Errors
    /// No values, weights below zero or without a sum.
    pub fn discrete(weighted: &[(f64, f64)]) -> Result<Self, Fault> {
        let fits = |&(value, weight): &(f64, f64)| within(value) && (0.0..=LARGEST).contains(&weight);
        let mut sum = Sum::default();
        weighted.iter().for_each(|(_, weight)| sum.add(*weight));
        let sum = sum.value();
        if weighted.is_empty() || !weighted.iter().all(fits) || sum <= 0.0 {
            return Err(Fault::Weights);
        }
        let mut sorted: Vec<(f64, f64)> = weighted.iter().copied().filter(|(_, weight)| *weight > 0.0).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut up_to = Sum::default();
        for (_, weight) in &mut sorted {
            up_to.add(*weight / sum);
            *weight = up_to.value();
        }
        if let Some((_, last)) = sorted.last_mut() {
            *last = 1.0;
        }
        Ok(Self(Form::Discrete(sorted.into())))
    }

    /// Observed values, each as likely.
    ///
    /// # Errors
    /// No values.
    pub fn empirical(values: &[f64]) -> Result<Self, Fault> {
        if values.is_empty() || !values.iter().copied().all(within) {
            return Err(Fault::Weights);
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Ok(Self(Form::Empirical(sorted.into())))
    }

    /// Its form, as documents write it.
    pub fn form(&self) -> &'static str {
        match self.0 {
            Form::Point(_) => "certain",
            Form::Lognormal { .. } => "lognormal",
            Form::Normal { .. } => "normal",
            Form::Uniform { .. } => "uniform",
            Form::Triangular { .. } => "triangular",
            Form::Pert { .. } => "pert",
            Form::Discrete(_) => "discrete",
            Form::Empirical(_) => "empirical",
        }
    }

    /// Whether two distributions are the same relative to their amounts, to the last digits of a double.
    pub fn scaled_alike(&self, per: f64, other: &Shape, other_per: f64) -> bool {
        self.form() == other.form()
            && [0.001, 0.03, 0.2, 0.5, 0.7, 0.95, 0.999].into_iter().all(|p| {
                let (a, b) = (self.quantile(p) * per, other.quantile(p) * other_per);
                (a - b).abs() <= 1e-12 * a.abs()
            })
    }

    /// Whether there is only one value.
    pub fn is_certain(&self) -> bool {
        matches!(self.0, Form::Point(_))
    }

    /// Median with its sign, and the standard deviation of the logarithm, of a lognormal: what the fast sampler needs.
    /// A certain value is a lognormal without spread.
    pub fn as_lognormal(&self) -> Option<(f64, f64)> {
        match self.0 {
            Form::Lognormal { median, sigma } => Some((median, sigma)),
            Form::Point(value) if value != 0.0 => Some((value, 0.0)),
            _ => None,
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Form::Point(value) => *value,
            Form::Lognormal { median, sigma } => median * exp(0.5 * sigma * sigma),
            Form::Normal { mean, .. } => *mean,
            Form::Uniform { minimum, width } => minimum + 0.5 * width,
            Form::Triangular { minimum, mode, maximum } => (minimum + mode + maximum) / 3.0,
            Form::Pert { minimum, mode, maximum, .. } => (minimum + 4.0 * mode + maximum) / 6.0,
            Form::Discrete(values) => moment(weights(values), 0.0, |gap| gap),
            Form::Empirical(values) => moment(equal(values), 0.0, |gap| gap),
        }
    }

    /// The variance.
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Form::Point(_) => 0.0,
            Form::Lognormal { median, sigma } => {
                let square = exp(sigma * sigma);
                median * median * square * expm1(sigma * sigma)
            }
            Form::Normal { sd, .. } => sd * sd,
            Form::Uniform { width, .. } => width * width / 12.0,
            Form::Triangular { minimum, mode, maximum } => {
                let (low, high) = (mode - minimum, maximum - mode);
                (low * low + high * high + low * high) / 18.0
            }
            Form::Pert { minimum, maximum, .. } => {
                let mean = self.mean();
                (mean - minimum) * (maximum - mean) / 7.0
            }
            Form::Discrete(values) => moment(weights(values), self.mean(), |gap| gap * gap),
            Form::Empirical(values) => moment(equal(values), self.mean(), |gap| gap * gap),
        }
    }

    /// The value that is not exceeded with a probability.
    pub fn quantile(&self, p: f64) -> f64 {
        match &self.0 {
            Form::Lognormal { median, sigma } => {
                let z = normal_quantile(p);
                median * exp(sigma * if *median < 0.0 { -z } else { z })
            }
            Form::Normal { mean, sd } => mean + sd * normal_quantile(p),
            Form::Pert { minimum, maximum, beta, .. } => minimum + (maximum - minimum) * beta.exact(p),
            _ => self.bounded(p),
        }
    }

    /// Turns uniform draws into draws of this distribution. A lognormal and a normal are drawn as the mirror image for a
    /// negative amount, so that one draw shared by amounts of both signs means the same relative deviation.
    pub fn fill(&self, normal: &NormalTable, draws: &mut [f64]) {
        match &self.0 {
            Form::Point(value) => draws.fill(*value),
            Form::Lognormal { median, sigma } => wide(|| {
                in_eights(draws, |eight| {
                    normal.quantile_of_eight(eight);
                    eight.iter_mut().for_each(|draw| *draw *= sigma);
                    exp_of_eight(eight);
                    eight.iter_mut().for_each(|draw| *draw *= median);
                });
            }),
            Form::Normal { mean, sd } => {
                let sd = if *mean < 0.0 { -sd } else { *sd };
                wide(|| {
                    in_eights(draws, |eight| {
                        normal.quantile_of_eight(eight);
                        eight.iter_mut().for_each(|draw| *draw = mean + sd * *draw);
                    });
                });
            }
            Form::Pert { minimum, maximum, beta, .. } => {
                let width = maximum - minimum;
                draws.iter_mut().for_each(|draw| *draw = minimum + width * beta.quantile(*draw));
            }
            _ => draws.iter_mut().for_each(|draw| *draw = self.bounded(*draw)),
        }
    }

    /// Quantiles that need no transcendental function.
    fn bounded(&self, p: f64) -> f64 {
        match &self.0 {
            Form::Uniform { minimum, width } => minimum + width * p,
            Form::Triangular { minimum, mode, maximum } => {
                let width = maximum - minimum;
                if p * width < mode - minimum {
                    minimum + (p * width * (mode - minimum)).sqrt()
                } else {
                    maximum - ((1.0 - p) * width * (maximum - mode)).sqrt()
                }
            }
            Form::Discrete(values) => {
                let at = values.partition_point(|(_, up_to)| *up_to < p);
                values.get(at).or(values.last()).map_or(0.0, |(value, _)| *value)
            }
            Form::Empirical(values) => {
                let at = (p * values.len() as f64) as usize;
                values.get(at).or(values.last()).copied().unwrap_or(0.0)
            }
            Form::Point(value) | Form::Lognormal { median: value, .. } | Form::Normal { mean: value, .. } => *value,
            Form::Pert { mode, .. } => *mode,
        }
    }
}

/// Works on eight draws at a time; what is left at the end is filled up with halves.
#[inline(always)]
fn in_eights(draws: &mut [f64], work: impl Fn(&mut [f64; 8])) {
    let (whole, rest) = draws.as_chunks_mut::<8>();
    whole.iter_mut().for_each(&work);
    let mut last = [0.5; 8];
    last[..rest.len()].copy_from_slice(rest);
    work(&mut last);
    rest.copy_from_slice(&last[..rest.len()]);
}

fn within(value: f64) -> bool {
    value.abs() <= LARGEST
}

fn ordered(minimum: f64, middle: f64, maximum: f64, fault: fn(f64, f64, f64) -> Fault) -> Result<(), Fault> {
    if !(within(minimum) && within(maximum) && minimum <= maximum) {
        return Err(Fault::Bounds(minimum, middle, maximum));
    }
    if minimum <= middle && middle <= maximum { Ok(()) } else { Err(fault(minimum, middle, maximum)) }
}

fn weights(values: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    let mut before = 0.0;
    values.iter().map(move |&(value, up_to)| {
        let weight = up_to - before;
        before = up_to;
        (value, weight)
    })
}

fn equal(values: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    values.iter().map(|value| (*value, 1.0 / values.len() as f64))
}

fn moment(values: impl Iterator<Item = (f64, f64)>, about: f64, power: impl Fn(f64) -> f64) -> f64 {
    let mut sum = Sum::default();
    values.for_each(|(value, weight)| sum.add(weight * power(value - about)));
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{Beta as TheirBeta, ContinuousCDF, LogNormal, Normal, Triangular, Uniform};

    /// Draws of a shape from evenly spread probabilities.
    fn drawn(shape: &Shape, count: usize) -> Vec<f64> {
        let mut draws: Vec<f64> = (0..count).map(|at| (at as f64 + 0.5) / count as f64).collect();
        shape.fill(&NormalTable::default(), &mut draws);
        draws
    }

    /// The distance of Kolmogorov and Smirnov between evenly spread draws and a distribution of another hand: half a step
    /// where the sampler is right.
    fn distance(shape: &Shape, cdf: impl Fn(f64) -> f64) -> f64 {
        let count = 10_000;
        let draws = drawn(shape, count);
        let gap = |(at, value): (usize, &f64)| {
            let p = cdf(*value);
            (p - at as f64 / count as f64).abs().max((p - (at + 1) as f64 / count as f64).abs())
        };
        draws.iter().enumerate().map(gap).fold(0.0, f64::max)
    }

    #[test]
    fn every_sampler_is_the_distribution_of_statrs() {
        let half = 0.5 / 10_000.0 + 1e-6;
        let lognormal = LogNormal::new(log(2.0), 0.3).unwrap();
        let shape = Shape::of_log_deviation(2.0, 0.3, Centre::Median).unwrap();
        assert!(distance(&shape, |x| lognormal.cdf(x)) <= half);
        let normal = Normal::new(-4.0, 1.5).unwrap();
        let mut draws = drawn(&Shape::normal(-4.0, 1.5).unwrap(), 10_000);
        // Mirrored: from the largest to the least.
        draws.reverse();
        for (at, value) in draws.iter().enumerate() {
            assert!((normal.cdf(*value) - (at as f64 + 0.5) / 10_000.0).abs() < 1e-6);
        }
        let uniform = Uniform::new(1.0, 3.0).unwrap();
        assert!(distance(&Shape::uniform(2.0, 1.0, 3.0).unwrap(), |x| uniform.cdf(x)) <= half);
        let triangular = Triangular::new(1.0, 5.0, 2.0).unwrap();
        assert!(distance(&Shape::triangular(2.0, 1.0, 2.0, 5.0).unwrap(), |x| triangular.cdf(x)) <= half);
        let beta = TheirBeta::new(2.0, 4.0).unwrap();
        assert!(distance(&Shape::pert(2.0, 1.0, 2.0, 5.0).unwrap(), |x| beta.cdf((x - 1.0) / 4.0)) <= half);
    }

    #[test]
    fn a_lognormal_says_whether_its_amount_is_median_or_mean() {
        // Closed form: mean = median × exp(ln²(gsd) / 2). The figures are those of the two programs' own conventions.
        let median = Shape::lognormal(5.0, 1.1, Centre::Median).unwrap();
        assert!((median.mean() - 5.022_761_728_863_919_5).abs() < 1e-12 && (median.quantile(0.5) - 5.0).abs() < 1e-12);
        let mean = Shape::lognormal(5.0, 1.1, Centre::Mean).unwrap();
        assert!((mean.mean() - 5.0).abs() < 1e-12 && (mean.quantile(0.5) - 4.977_341_420_823_214_5).abs() < 1e-12);
    }

    #[test]
    fn moments_are_those_of_the_draws() {
        let shapes = [
            Shape::lognormal(-3.0, 1.2, Centre::Mean),
            Shape::normal(-3.0, 0.4),
            Shape::uniform(2.0, 1.0, 4.0),
            Shape::triangular(2.0, 1.0, 2.0, 6.0),
            Shape::pert(2.0, 1.0, 2.0, 6.0),
            Shape::pert(1.0, 1.0, 1.0, 6.0),
            Shape::discrete(&[(11.0, 1.0), (9.0, 3.0), (7.0, 0.0)]),
            Shape::empirical(&[3.0, 1.0, 2.0, 2.0]),
        ];
        for shape in shapes.into_iter().map(Result::unwrap) {
            let draws = drawn(&shape, 100_000);
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|draw| (draw - mean) * (draw - mean)).sum::<f64>() / draws.len() as f64;
            assert!((mean - shape.mean()).abs() < 2e-4 * shape.mean().abs(), "{shape:?}: {mean}");
            assert!((variance / shape.variance() - 1.0).abs() < 2e-3, "{shape:?}: {variance} {}", shape.variance());
        }
    }

    #[test]
    fn without_spread_an_amount_is_certain() {
        for shape in [
            Shape::lognormal(3.0, 1.0, Centre::Mean),
            Shape::normal(3.0, 0.0),
            Shape::uniform(3.0, 3.0, 3.0),
            Shape::triangular(3.0, 3.0, 3.0, 3.0),
            Shape::pert(3.0, 3.0, 3.0, 3.0),
        ] {
            let shape = shape.unwrap();
            assert!(shape.is_certain() && shape.variance() == 0.0 && shape.mean() == 3.0 && shape.quantile(0.9) == 3.0);
            assert_eq!(drawn(&shape, 3), [3.0; 3]);
        }
    }

    #[test]
    fn what_is_no_distribution_is_refused() {
        assert_eq!(Shape::lognormal(3.0, 0.9, Centre::Mean), Err(Fault::Gsd(0.9)));
        assert!(matches!(Shape::lognormal(3.0, f64::NAN, Centre::Mean), Err(Fault::Gsd(_))));
        assert_eq!(Shape::lognormal(0.0, 1.1, Centre::Mean), Err(Fault::AboutZero));
        assert!(matches!(Shape::normal(1.0, f64::INFINITY), Err(Fault::Deviation(_))));
        assert!(matches!(Shape::normal(f64::NAN, 1.0), Err(Fault::Deviation(_))));
        assert!(matches!(Shape::uniform(1.0, f64::NEG_INFINITY, 2.0), Err(Fault::Bounds(..))));
        assert!(matches!(Shape::triangular(2.0, 1.0, 5.0, 3.0), Err(Fault::Bounds(..))));
        assert!(matches!(Shape::pert(9.0, 1.0, 2.0, 3.0), Err(Fault::Outside(..))));
        assert_eq!(Shape::discrete(&[]), Err(Fault::Weights));
        assert_eq!(Shape::empirical(&[f64::NAN]), Err(Fault::Weights));
    }

    proptest! {
        #[test]
        fn quantiles_never_cross(amount in prop_oneof![-1e6f64..-1e-6, 1e-6f64..1e6], spread in 0.0f64..0.8, p in 0.001f64..0.999, q in 0.001f64..0.999) {
            let (low, high) = (amount - spread * amount.abs(), amount + spread * amount.abs());
            for shape in [
                Shape::lognormal(amount, 1.0 + spread, Centre::Median),
                Shape::normal(amount, spread * amount.abs()),
                Shape::uniform(amount, low, high),
                Shape::triangular(amount, low, amount, high),
                Shape::pert(amount, low, amount, high),
            ] {
                let shape = shape.unwrap();
                let (a, b) = if p < q { (p, q) } else { (q, p) };
                prop_assert!(shape.quantile(a) <= shape.quantile(b) + 1e-12 * amount.abs(), "{:?}", shape);
            }
        }
    }
}
