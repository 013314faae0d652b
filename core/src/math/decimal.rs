//! Exact decimals for what is published (design §4.3): a cell is rounded once to a quantum of ten, and every
//! published figure is an exact sum of such cells.

use super::Out;
use serde::{Serialize, Serializer};
use std::fmt;

/// Powers of ten that a double holds exactly, 10⁰ … 10²².
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// 10ⁿ, the nearest double. Exact for 0 ≤ n ≤ 22.
pub fn power_of_ten(exponent: i32) -> f64 {
    match usize::try_from(exponent).ok().and_then(|index| POWERS.get(index)) {
        Some(power) => *power,
        // Parsing is correctly rounded on every platform; a power function is not.
        None => format!("1e{exponent}").parse().unwrap_or(f64::INFINITY),
    }
}

/// ⌊log₁₀|x|⌋ without a logarithm: exact, also at powers of ten. 0 for zero.
pub fn decimal_exponent(value: f64) -> i32 {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    let text = format!("{:e}", value.abs());
    text.split('e').nth(1).and_then(|exponent| exponent.parse().ok()).unwrap_or(0)
}

/// A double as a plain decimal: shortest digits that read back to the same double, no exponent, no negative zero.
pub fn plain(value: f64) -> String {
    format!("{}", value + 0.0)
}

/// Appends what [`plain`] gives. Decimals of up to six places and fifteen digits, which is what people write, take a
/// short way: such a decimal is the only one that short that reads back to the double, so the digits are the same.
#[inline(always)]
pub fn write_plain(value: f64, out: &mut impl Out) {
    match short(value) {
        Some(exact) => exact.write(out),
        None => out.put(plain(value).as_bytes()),
    }
}

/// A computed amount as it is shown: what people write comes out as they wrote it; a product of factors is rounded to twelve
/// digits, where the last ones of a double say nothing (0.8049999999999999).
pub fn twelve_digits(value: f64) -> f64 {
    if short(value).is_some() { value } else { format!("{value:.11e}").parse().unwrap_or(value) }
}

/// Appends what [`plain`] gives of [`twelve_digits`].
#[inline(always)]
pub fn write_twelve_digits(value: f64, out: &mut impl Out) {
    match short(value) {
        Some(exact) => exact.write(out),
        None => write_plain(twelve_digits(value), out),
    }
}

/// A double that is a decimal of up to six places and fifteen digits.
fn short(value: f64) -> Option<Exact> {
    let scaled = value * 1e6;
    if scaled.abs() < 1e15 {
        let quanta = whole(scaled);
        if quanta as f64 / 1e6 == value {
            return Some(Exact { quanta, exponent: -6 });
        }
    }
    None
}

/// A double rounded to a number of significant digits, for the screen.
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_string();
    }
    let rounded: f64 = format!("{:.*e}", digits.saturating_sub(1), value).parse().unwrap_or(value);
    let decimals = (digits as i32 - 1 - decimal_exponent(rounded)).max(0) as usize;
    format!("{rounded:.decimals$}")
}

/// The nearest whole number, halves away from zero: `f64::round` without its call. The fraction is exact, because a
/// double above 2⁵² has none.
#[inline]
fn whole(value: f64) -> i64 {
    let cut = value as i64;
    let rest = value - cut as f64;
    cut.saturating_add(i64::from(rest >= 0.5) - i64::from(rest <= -0.5))
}

/// The unit in which a result is published: 10 to an exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantum {
    exponent: i32,
}

impl Quantum {
    /// The quantum for a result whose cells have this sum of absolute values: 10^(⌊log₁₀ Σ|cells|⌋ − 12).
    pub fn for_magnitude(absolute_sum: f64) -> Self {
        // Below 10⁻³⁰⁰ the power of ten would leave the doubles; such sums round to zero.
        Self { exponent: (decimal_exponent(absolute_sum) - 12).max(-300) }
    }

    /// The same quantum, or a coarser one in which a sum of this size stays below 10¹⁷ quanta: what stands beside a
    /// total may be larger than it by any factor, and must be neither cut off nor overflow.
    #[must_use]
    pub fn holding(self, absolute_sum: f64) -> Self {
        Self { exponent: self.exponent.max(decimal_exponent(absolute_sum) - 16) }
    }

    /// The exponent of ten.
    pub fn exponent(self) -> i32 {
        self.exponent
    }

    /// A function that rounds cells to whole quanta, half away from zero. Each cell is below 10¹³ quanta, so an `i64`
    /// holds sums of up to 900,000 cells of the largest size, and the sum of all cells by definition of the quantum.
    pub fn rounder(self) -> impl Fn(f64) -> i64 + Copy + Send + Sync {
        let (multiply, factor) = if self.exponent <= 0 {
            (true, power_of_ten(-self.exponent))
        } else {
            (false, power_of_ten(self.exponent))
        };
        move |cell| whole(if multiply { cell * factor } else { cell / factor })
    }

    /// So many quanta as an exact decimal.
    pub fn exact(self, quanta: i64) -> Exact {
        Exact { quanta, exponent: self.exponent }
    }
}

/// An exact decimal number: so many quanta of 10^exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    quanta: i64,
    exponent: i32,
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact { quanta: 0, exponent: 0 };

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        format!("{}e{}", self.quanta, self.exponent).parse().unwrap_or(0.0)
    }

    /// The number of quanta.
    pub fn quanta(self) -> i64 {
        self.quanta
    }

    /// Appends the plain decimal to a buffer: no exponent, no trailing zeros. Faster than formatting.
    #[inline(always)]
    pub fn write(self, out: &mut impl Out) {
        let quanta = self.quanta.unsigned_abs();
        if quanta == 0 {
            return out.put(b"0");
        }
        if self.quanta < 0 {
            out.put(b"-");
        }
        if self.exponent >= 0 {
            write_digits(quanta, out);
            return (0..self.exponent).for_each(|_| out.put(b"0"));
        }
        let places = (-self.exponent) as usize;
        let (whole, fraction) = match WHOLE_POWERS.get(places) {
            Some(power) => (quanta / power, quanta % power),
            None => (0, quanta),
        };
        write_digits(whole, out);
        if fraction == 0 {
            return;
        }
        out.put(b".");
        write_places(fraction, places, out);
    }
}

/// Powers of ten that an unsigned word holds.
const WHOLE_POWERS: [u64; 20] = {
    let mut powers = [1u64; 20];
    let mut index = 1;
    while index < 20 {
        powers[index] = powers[index - 1] * 10;
        index += 1;
    }
    powers
};

/// Eight zeros as text.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Eight digits as text in one word, the first lowest: halves, then pairs, then single digits are divided at once. The
/// multiplications stand for divisions by 100 and by 10 and are exact in the range that occurs
/// (x / 100 = x · 5243 >> 19 below 10⁴, x / 10 = x · 103 >> 10 below 100).
#[inline]
fn eight_digits(value: u32) -> u64 {
    let fours = u64::from(value / 10_000) | u64::from(value % 10_000) << 32;
    let hundreds = ((fours * 5243) >> 19) & 0x0000_007f_0000_007f;
    let pairs = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    let single = tens | (pairs - tens * 10) << 8;
    single | ZEROS
}

/// How many zeros such a word starts with.
#[inline]
fn leading(word: u64) -> usize {
    (word ^ ZEROS).trailing_zeros() as usize / 8
}

/// Appends the digits of a number.
#[inline(always)]
pub fn write_digits(value: u64, out: &mut impl Out) {
    if value >= CHUNK {
        return write_many_digits(value, out);
    }
    let word = eight_digits(value as u32);
    let zeros = leading(word).min(7);
    out.put_word((word >> (8 * zeros)).to_le_bytes(), 8 - zeros);
}

#[cold]
fn write_many_digits(value: u64, out: &mut impl Out) {
    let (high, low) = (value / CHUNK, value % CHUNK);
    // A word has up to twenty digits.
    if high >= CHUNK {
        out.put(high.to_string().as_bytes())
    } else {
        write_digits(high, out)
    }
    out.put(&eight_digits(low as u32).to_le_bytes());
}

/// Appends the decimal places of a fraction below 10^`places` that is not zero, without zeros at the end.
#[inline(always)]
fn write_places(fraction: u64, places: usize, out: &mut impl Out) {
    let zeros = |word: u64| (word ^ ZEROS).leading_zeros() as usize / 8;
    if places <= 8 {
        let word = eight_digits((fraction * WHOLE_POWERS[8 - places]) as u32);
        out.put_word(word.to_le_bytes(), 8 - zeros(word));
    } else if places <= 16 {
        let fraction = fraction * WHOLE_POWERS[16 - places];
        let (first, last) = (eight_digits((fraction / CHUNK) as u32), eight_digits((fraction % CHUNK) as u32));
        let end = zeros(last);
        if end == 8 {
            out.put_word(first.to_le_bytes(), 8 - zeros(first));
        } else {
            out.put(&first.to_le_bytes());
            out.put_word(last.to_le_bytes(), 8 - end);
        }
    } else {
        let digits = fraction.to_string();
        (digits.len()..places).for_each(|_| out.put(b"0"));
        out.put(digits.trim_end_matches('0').as_bytes());
    }
}

/// What eight digits hold.
const CHUNK: u64 = 100_000_000;

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(24);
        self.write(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_is_round() {
        let near = [0.49999999999999994, 0.5, 1.5, 2.5, 4503599627370495.5, 4503599627370497.0, 1e15 + 0.5, 1e300, 0.0];
        for value in near.into_iter().flat_map(|value| [value, -value]).chain([f64::NAN, f64::INFINITY]) {
            assert_eq!(whole(value), value.round() as i64, "{value}");
        }
    }

    #[test]
    fn exponents_are_exact_at_powers_of_ten() {
        for exponent in -300..300 {
            let power = power_of_ten(exponent);
            assert_eq!(decimal_exponent(power), exponent);
        }
        assert_eq!(decimal_exponent(999.999_999_999_999_9), 2);
    }

    #[test]
    fn decimals_are_plain() {
        let quantum = Quantum::for_magnitude(47.1);
        assert_eq!(quantum.exponent(), -11);
        assert_eq!(quantum.holding(1e3), quantum);
        assert_eq!(quantum.holding(2e20).exponent(), 4);
        assert_eq!(Quantum::for_magnitude(1e-305).rounder()(1e-305), 0);
        assert_eq!(quantum.exact(4_711_600_000_000).to_string(), "47.116");
        assert_eq!(quantum.exact(-1).to_string(), "-0.00000000001");
        assert_eq!(quantum.exact(0).to_string(), "0");
        assert_eq!(Exact { quanta: 12, exponent: 3 }.to_string(), "12000");
        assert_eq!(plain(1e-9), "0.000000001");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(significant(1234.5, 3), "1230");
        assert_eq!(significant(0.012_345, 3), "0.0123");
        assert_eq!(significant(9.999, 3), "10.0");
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_formatter(value in prop_oneof![any::<u64>(), 0u64..100_000, (0u32..20, any::<u64>()).prop_map(|(power, part)| part / 10u64.pow(power))]) {
            let mut out = Vec::new();
            write_digits(value, &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }

        #[test]
        fn the_short_way_gives_the_same_digits(value in prop_oneof![any::<f64>().prop_filter("finite", |v| v.is_finite()), (-1_000_000_000i64..1_000_000_000).prop_map(|v| v as f64 / 1000.0)]) {
            let mut out = Vec::new();
            write_plain(value, &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), plain(value));
        }

        #[test]
        fn exact_decimals_read_back(quanta in any::<i64>(), exponent in -30i32..10) {
            let exact = Exact { quanta, exponent };
            let back: f64 = exact.to_string().parse().unwrap();
            prop_assert_eq!(back, exact.to_f64());
        }
    }
}
