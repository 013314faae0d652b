//! Pass rates and their intervals (docs/threshold.md, 1).

use super::figure::{Figure, Interval};
use super::probability::{student_two_sided, two_sided};
use serde::Serialize;

/// Wilson's score interval of k successes of n; n may be an effective number (E. B. Wilson, JASA 22 (1927) 209).
pub fn wilson(rate: f64, n: f64, z: f64) -> Interval {
    if n <= 0.0 || !rate.is_finite() {
        return Interval::new(f64::NAN, f64::NAN);
    }
    let squared = z * z;
    let middle = (rate + squared / (2.0 * n)) / (1.0 + squared / n);
    let half = z / (1.0 + squared / n) * (rate * (1.0 - rate) / n + squared / (4.0 * n * n)).max(0.0).sqrt();
    Interval::new((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Sums over clusters (makers) from which the variance of a rate follows, whatever the limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClusterSums {
    /// Σ P², P what passes of a cluster.
    pub passed_squared: f64,
    /// Σ P·W.
    pub passed_all: f64,
    /// Σ W², W what a cluster has.
    pub all_squared: f64,
    /// Number of clusters.
    pub clusters: u32,
}

/// A rate with its intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The share that passes.
    pub rate: Figure,
    /// Wilson's interval as if products were independent.
    pub wilson: Interval,
    /// Standard error that allows for products of one maker being alike.
    pub cluster_standard_error: Figure,
    /// Variance against that of independent products.
    pub design_effect: Figure,
    /// Independent products that would tell as much.
    pub effective_n: Figure,
    /// Wilson's interval at that number, with Student's t for the number of makers.
    pub cluster_robust: Interval,
    /// Makers that it rests on.
    pub clusters: u32,
}

/// The quantiles of intervals, worked out once.
#[derive(Clone, Copy, Debug)]
pub struct Quantiles {
    /// Of the normal distribution.
    pub normal: f64,
    /// Of Student's t with one degree of freedom less than there are clusters; unknown for one cluster.
    pub student: f64,
}

impl Quantiles {
    /// For a confidence and a number of clusters.
    pub fn of(confidence: f64, clusters: u32) -> Self {
        let student = student_two_sided(confidence, f64::from(clusters.saturating_sub(1)));
        Self { normal: two_sided(confidence).unwrap_or(f64::NAN), student: student.unwrap_or(f64::NAN) }
    }
}

/// A rate from what passes: `passed` of `all`, `n` products. The variance is that of a ratio of cluster totals,
/// G/(G−1) Σ (P − rW)² / (ΣW)²; the effective number is r(1−r)/V, brought to the normal quantile by (z/t)² (E. L. Korn,
/// B. I. Graubard, Survey Methodology 24 (1998) 193). Where all or none pass V is 0 and says nothing: then every cluster
/// counts as one product.
pub fn rate(passed: f64, all: f64, n: f64, sums: &ClusterSums, quantiles: Quantiles) -> Rate {
    let rate = if all > 0.0 { passed / all } else { f64::NAN };
    let clusters = f64::from(sums.clusters);
    let residual = sums.passed_squared - 2.0 * rate * sums.passed_all + rate * rate * sums.all_squared;
    let variance = clusters / (clusters - 1.0) * residual.max(0.0) / (all * all);
    let (z, t) = (quantiles.normal, quantiles.student);
    let certain = rate <= 0.0 || rate >= 1.0;
    let independent = rate * (1.0 - rate) / n;
    let effective = if certain { clusters } else { (rate * (1.0 - rate) / variance).min(n) };
    let interval = if sums.clusters < 2 {
        Interval::new(f64::NAN, f64::NAN)
    } else {
        wilson(rate, effective * (z / t) * (z / t), z)
    };
    Rate {
        rate: Figure(rate),
        wilson: wilson(rate, n, z),
        cluster_standard_error: Figure(if certain || sums.clusters < 2 { f64::NAN } else { variance.sqrt() }),
        design_effect: Figure(if certain || sums.clusters < 2 { f64::NAN } else { variance / independent }),
        effective_n: Figure(if sums.clusters < 2 { f64::NAN } else { effective }),
        cluster_robust: interval,
        clusters: sums.clusters,
    }
}

/// Bounds of the pass rate of the whole market when only a share π of it is declared, whatever the rest is (C. F. Manski,
/// Partial Identification of Probability Distributions, 2003, ch. 1): [π r, π r + 1 − π].
pub fn selection_bounds(rate: f64, declared: f64) -> Interval {
    Interval::new(declared * rate, declared * rate + (1.0 - declared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_as_printed() {
        let interval = wilson(7.0 / 12.0, 12.0, two_sided(0.95).unwrap());
        assert_eq!(format!("{:.3} {:.3}", interval.low.get(), interval.high.get()), "0.320 0.807");
        let none = wilson(0.0, 10.0, 1.96);
        assert!(none.low.get() == 0.0 && none.high.get() > 0.2);
        assert!(wilson(0.5, 0.0, 1.96).low.known().is_none());
    }

    #[test]
    fn independent_products_have_the_variance_of_a_binomial() {
        // Every product its own cluster: G/(G−1) · r(1−r)/n.
        let (n, passed) = (40.0, 10.0);
        let sums = ClusterSums { passed_squared: passed, passed_all: passed, all_squared: n, clusters: 40 };
        let rate = rate(passed, n, n, &sums, Quantiles::of(0.95, 40));
        let expected: f64 = 0.25 * 0.75 / 40.0 * 40.0 / 39.0;
        assert!((rate.cluster_standard_error.get() - expected.sqrt()).abs() < 1e-15);
        assert_eq!(format!("{:.4}", rate.design_effect.get()), "1.0256");
    }
}
