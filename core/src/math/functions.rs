//! Transcendental functions with the same digits on every platform: `libm`, never the system's library.

pub use libm::{acos, asin, atan, cos, cosh, erfc, exp, expm1, lgamma, log, log1p, log10, pow, sin, sinh, tan, tanh};

/// 1 ÷ ln 2.
const PER_LN_2: f64 = std::f64::consts::LOG2_E;
/// ln 2 in two parts: the first has its last 11 bits zero, so that a whole number times it is exact.
const LN_2_HIGH: f64 = f64::from_bits(std::f64::consts::LN_2.to_bits() & !0x7ff);
/// What [`LN_2_HIGH`] lacks: ln 2 − that, to more digits than one double has (its first 20 decimals after the double's).
const LN_2_LOW: f64 = (std::f64::consts::LN_2 - LN_2_HIGH) + 2.319_046_813_846_299_6e-17;
/// Added and taken away again, it leaves a number rounded to a whole one.
const ROUNDER: f64 = 6_755_399_441_055_744.0; // 1.5 · 2^52

/// 1 ÷ n!, the series of the exponential function.
const SERIES: [f64; 14] = {
    let mut terms = [1.0; 14];
    let mut n = 1;
    while n < 14 {
        terms[n] = terms[n - 1] / n as f64;
        n += 1;
    }
    terms
};

/// eˣ of eight numbers at once, for samplers: only + − × and bits, so that a compiler may work on several and the digits
/// stay. Within 4 units in the last place of `libm::exp`. Beyond ±700 the argument is cut there.
#[inline(always)]
pub fn exp_of_eight(x: &mut [f64; 8]) {
    let (mut rest, mut square, mut power) = ([0.0; 8], [0.0; 8], [0.0; 8]);
    for lane in 0..8 {
        let clamped = if x[lane] > 700.0 { 700.0 } else { x[lane] };
        let clamped = if clamped < -700.0 { -700.0 } else { clamped };
        let shifted = clamped * PER_LN_2 + ROUNDER;
        let whole = shifted - ROUNDER;
        rest[lane] = (clamped - whole * LN_2_HIGH) - whole * LN_2_LOW;
        square[lane] = rest[lane] * rest[lane];
        // The whole number stands in the last bits of the shifted one.
        power[lane] = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    }
    // Even and odd powers are two chains that do not wait for each other.
    let (mut even, mut odd) = ([SERIES[12]; 8], [SERIES[13]; 8]);
    for pair in (0..6).rev() {
        for lane in 0..8 {
            even[lane] = even[lane] * square[lane] + SERIES[2 * pair];
            odd[lane] = odd[lane] * square[lane] + SERIES[2 * pair + 1];
        }
    }
    for lane in 0..8 {
        x[lane] = (odd[lane] * rest[lane] + even[lane]) * power[lane];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_exponentials_are_those_of_libm(x in proptest::array::uniform8(-690.0f64..690.0)) {
            let mut eight = x;
            exp_of_eight(&mut eight);
            for (value, x) in eight.into_iter().zip(x) {
                let exact = exp(x);
                prop_assert!((value - exact).abs() <= 4.0 * f64::EPSILON * exact, "e^{x}: {value} {exact}");
            }
        }
    }

    #[test]
    fn an_exponential_of_anything_is_finite_and_of_zero_is_one() {
        let mut eight = [0.0, -0.0, 1e300, -1e300, 700.0, -700.0, f64::MIN_POSITIVE, 1.0];
        exp_of_eight(&mut eight);
        assert_eq!(eight[..2], [1.0, 1.0]);
        assert!(eight.iter().all(|value| value.is_finite() && *value > 0.0));
        assert!((eight[7] - std::f64::consts::E).abs() < 1e-15);
    }
}
