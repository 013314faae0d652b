//! The distributions that the statistics need beside the normal one: Student's t, binomial, hypergeometric.

use crate::math::Sum;
use crate::math::functions::{exp, lgamma, log};
pub use crate::math::{normal_density, normal_probability as normal_cdf};

/// z with P(Z ≤ z) = p; `None` outside (0, 1).
pub fn normal_quantile(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| crate::math::normal_quantile(p))
}

/// The quantile of a two-sided interval: z with P(|Z| ≤ z) = confidence.
pub fn two_sided(confidence: f64) -> Option<f64> {
    normal_quantile(0.5 - 0.5 * confidence).map(|z| -z)
}

/// ln C(n, k).
pub fn ln_choose(n: u64, k: u64) -> f64 {
    if k == 0 || k >= n {
        return 0.0;
    }
    let of = |count: u64| lgamma(count as f64 + 1.0);
    of(n) - of(k) - of(n - k)
}

/// P(X = k) of the binomial distribution.
pub fn binomial(n: u64, k: u64, p: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    if p <= 0.0 || p >= 1.0 {
        return f64::from(u8::from(if p <= 0.0 { k == 0 } else { k == n }));
    }
    exp(ln_choose(n, k) + k as f64 * log(p) + (n - k) as f64 * log(1.0 - p))
}

/// P(X ≥ k) of the binomial distribution, k and n of the size of a count near a limit.
pub fn binomial_upper(n: u64, k: u64, p: f64) -> f64 {
    let mut sum = Sum::default();
    (k..=n).for_each(|k| sum.add(binomial(n, k, p)));
    sum.value().min(1.0)
}

/// P(X = k) of the hypergeometric distribution: k of `drawn` are among the `good` of `all`.
pub fn hypergeometric(all: u64, good: u64, drawn: u64, k: u64) -> f64 {
    if good > all || drawn > all || k > good || k > drawn || drawn - k > all - good {
        return 0.0;
    }
    exp(ln_choose(good, k) + ln_choose(all - good, drawn - k) - ln_choose(all, drawn))
}

/// P(X ≥ k) of the hypergeometric distribution.
pub fn hypergeometric_upper(all: u64, good: u64, drawn: u64, k: u64) -> f64 {
    let mut sum = Sum::default();
    (k..=drawn.min(good)).for_each(|k| sum.add(hypergeometric(all, good, drawn, k)));
    sum.value().min(1.0)
}

/// Regularised incomplete beta function, by its continued fraction (DLMF 8.17.22, Lentz's algorithm).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1.0 - x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..400 {
        let m = f64::from(m);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / guard(1.0 + term * d);
            c = guard(1.0 + term / c);
            h *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

/// P(T ≤ t) of Student's t distribution.
pub fn student_cdf(t: f64, freedom: f64) -> f64 {
    let tail = 0.5 * beta_cdf(freedom / (freedom + t * t), freedom / 2.0, 0.5);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The quantile of a two-sided interval of Student's t distribution, by bisection.
pub fn student_two_sided(confidence: f64, freedom: f64) -> Option<f64> {
    if !(confidence > 0.0 && confidence < 1.0) || freedom < 1.0 {
        return None;
    }
    let tail = 0.5 - 0.5 * confidence;
    let (mut low, mut high) = (0.0, 1.0);
    while student_cdf(-high, freedom) > tail {
        high *= 2.0;
        if high > 1e12 {
            return None;
        }
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if student_cdf(-middle, freedom) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// Standard deviation of the logarithm of a lognormal quantity with a relative standard deviation: √ln(1 + rsd²).
pub fn log_sd(rsd: f64) -> f64 {
    log(1.0 + rsd * rsd).sqrt()
}

/// The integral of a function by Gauss–Legendre rules of 16 points on `pieces` equal pieces.
pub fn integrate(low: f64, high: f64, pieces: u32, value: impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 8] = [
        (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
        (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
        (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
        (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
        (0.755_404_408_355_003, 0.124_628_971_255_533_87),
        (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
        (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
        (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
    ];
    let half = 0.5 * (high - low) / f64::from(pieces);
    let mut sum = Sum::default();
    for piece in 0..pieces {
        let middle = low + half * (2.0 * f64::from(piece) + 1.0);
        for (node, weight) in NODES {
            sum.add(half * weight * (value(middle - half * node) + value(middle + half * node)));
        }
    }
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_and_cdf_are_inverse() {
        for p in [1e-12, 1e-5, 0.02, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999_999] {
            let z = normal_quantile(p).unwrap();
            assert!((normal_cdf(z) - p).abs() < 1e-14 + 1e-12 * p, "{p} {z}");
        }
        assert!(
            normal_quantile(0.0).is_none() && normal_quantile(1.0).is_none() && normal_quantile(f64::NAN).is_none()
        );
        assert!((two_sided(0.95).unwrap() - 1.959_963_984_540_054).abs() < 1e-12);
        // Student's t with 1 degree of freedom is Cauchy's: tan(π·0.475).
        assert!((student_two_sided(0.95, 1.0).unwrap() - 12.706_204_736_174_7).abs() < 1e-8);
        assert!((student_two_sided(0.95, 7.0).unwrap() - 2.364_624_251_592_784).abs() < 1e-9);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let sum: f64 = (0..=60).map(|k| binomial(60, k, 0.2)).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((hypergeometric_upper(8, 4, 5, 3) - 0.5).abs() < 1e-12);
        let area = integrate(-9.0, 9.0, 8, normal_density);
        assert!((area - 1.0).abs() < 1e-13, "{area}");
    }
}
