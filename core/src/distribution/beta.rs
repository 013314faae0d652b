//! The beta distribution on 0…1, for beta-PERT.

use crate::math::functions::{exp, lgamma, log, log1p};

/// A beta distribution with both shapes at least 1, so that its density is bounded.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// ln B(a, b).
    log_beta: f64,
    /// Cubics of the lower and of the upper tail, by octave and piece.
    lower: Vec<[f64; 4]>,
    upper: Vec<[f64; 4]>,
}

/// Octaves of a tail that cubics cover; beyond 2⁻¹³ the quantile is computed.
const OCTAVES: usize = 12;
/// Pieces per octave.
const PIECES: usize = 16;
/// How far a double's bits are shifted to name its piece.
const SHIFT: u32 = 52 - 4;
/// The bits of the first piece, 2⁻¹³.
const FIRST: u64 = (1023 - 13) << 4;

impl Beta {
    pub fn new(a: f64, b: f64) -> Self {
        let log_beta = lgamma(a) + lgamma(b) - lgamma(a + b);
        let mut beta = Self { a, b, log_beta, lower: Vec::new(), upper: Vec::new() };
        beta.lower = beta.cubics();
        // The upper tail of one is the lower tail of its mirror image.
        beta.upper = Self { a: b, b: a, log_beta, lower: Vec::new(), upper: Vec::new() }.cubics();
        beta
    }

    /// Cubics that meet the quantile and its slope, 1 ÷ density, at the ends of their pieces.
    fn cubics(&self) -> Vec<[f64; 4]> {
        let at = |piece: usize| f64::from_bits((FIRST + piece as u64) << SHIFT);
        let ends: Vec<(f64, f64)> = (0..=OCTAVES * PIECES)
            .map(|piece| {
                let value = self.solve(at(piece));
                (value, 1.0 / self.density(value))
            })
            .collect();
        let pieces = ends.windows(2).enumerate();
        pieces
            .map(|(piece, pair)| {
                let width = at(piece + 1) - at(piece);
                let [(from, first), (to, last)] = [pair[0], pair[1]];
                let (first, last, rise) = (first * width, last * width, to - from);
                [from, first, 3.0 * rise - 2.0 * first - last, first + last - 2.0 * rise]
            })
            .collect()
    }

    /// The quantile, within 10⁻⁶ of the range (far less in the middle).
    pub fn quantile(&self, p: f64) -> f64 {
        let upper = p > 0.5;
        let tail = if upper { 1.0 - p } else { p };
        let bits = tail.to_bits();
        let piece = (bits >> SHIFT).wrapping_sub(FIRST) as usize;
        let cubics = if upper { &self.upper } else { &self.lower };
        let Some([a, b, c, d]) = cubics.get(piece) else {
            return if tail < 0.25 { self.exact(p) } else { self.solve(p) };
        };
        let part = f64::from_bits((bits << 4) & 0x000f_ffff_ffff_ffff | 1.0_f64.to_bits()) - 1.0;
        let value = ((d * part + c) * part + b) * part + a;
        if upper { 1.0 - value } else { value }
    }

    /// The quantile by solving, the upper tail by the mirror image so that no digits are lost.
    pub fn exact(&self, p: f64) -> f64 {
        if p > 0.5 {
            let mirror = Self { a: self.b, b: self.a, log_beta: self.log_beta, lower: Vec::new(), upper: Vec::new() };
            return 1.0 - mirror.solve(1.0 - p);
        }
        self.solve(p)
    }

    fn density(&self, x: f64) -> f64 {
        exp((self.a - 1.0) * log(x) + (self.b - 1.0) * log1p(-x) - self.log_beta)
    }

    /// Newton's steps, kept inside the interval that the root was last seen in.
    fn solve(&self, p: f64) -> f64 {
        if p <= 0.0 {
            return 0.0;
        }
        if p >= 1.0 {
            return 1.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        // The tail goes as x^a ÷ (a B): a start that is good where halving would be slow.
        let start = exp((log(p) + log(self.a) + self.log_beta) / self.a);
        let mut x = if start < 0.5 { start } else { self.a / (self.a + self.b) };
        for _ in 0..100 {
            let gap = self.probability(x) - p;
            if gap > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let mut next = x - gap / self.density(x);
            if !(next > low && next < high) {
                next = 0.5 * (low + high);
            }
            if (next - x).abs() <= 1e-15 * x {
                return next;
            }
            x = next;
        }
        x
    }

    /// The regularised incomplete beta function by its continued fraction (NIST DLMF 8.17.22), summed by the modified
    /// method of Lentz (W. Press et al., Numerical Recipes, 3rd ed., §5.2 and §6.4).
    pub fn probability(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let front = exp(self.a * log(x) + self.b * log1p(-x) - self.log_beta);
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            front * fraction(self.a, self.b, x) / self.a
        } else {
            1.0 - front * fraction(self.b, self.a, 1.0 - x) / self.b
        }
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let safe = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / safe(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{Beta as Theirs, ContinuousCDF};

    proptest! {
        #[test]
        fn probabilities_and_quantiles_are_those_of_statrs(a in 1.0f64..5.0, p in 0.0001f64..0.9999) {
            let b = 6.0 - a;
            let (ours, theirs) = (Beta::new(a, b), Theirs::new(a, b).unwrap());
            let x = ours.exact(p);
            prop_assert!((theirs.cdf(x) - p).abs() < 1e-10, "a {a}, p {p}: x {x}");
            prop_assert!((ours.probability(x) - p).abs() < 1e-12);
            prop_assert!((ours.quantile(p) - x).abs() < 1e-6, "a {a}, p {p}: {x} {}", ours.quantile(p));
        }

        #[test]
        fn a_quantile_never_falls(a in 1.0f64..5.0, p in 1e-9f64..0.999_999, step in 1e-9f64..0.1) {
            let beta = Beta::new(a, 6.0 - a);
            prop_assert!(beta.quantile((p + step).min(1.0 - 1e-12)) >= beta.quantile(p) - 1e-12);
        }
    }
}
