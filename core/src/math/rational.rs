//! Exact decimals for statutory scores (design §4.10): decimals in, rationals inside, one declared rounding point out.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
pub use num_rational::BigRational as Rational;
use num_traits::{One, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// The most digits that a decimal of a document may have; no price, limit or weight needs more.
const DIGITS: usize = 60;
/// The largest exponent of ten either way.
const EXPONENT: i64 = 40;
/// Places to which a value is written that no decimal holds exactly and that no rule rounds (1/3).
const PLACES: u32 = 12;

/// Why a text is no exact decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Nothing is there.
    Empty,
    /// It has other characters than digits, a sign, a point, an exponent and a percent sign.
    NotADecimal,
    /// It has more digits or a larger exponent than any price or limit needs.
    TooLarge,
}

impl DecimalError {
    /// The cause in English and Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("nothing is there", "内容为空"),
            Self::NotADecimal => {
                ("write ASCII digits with at most one point, such as 12.5", "请只用半角数字和至多一个小数点，例如 12.5")
            }
            Self::TooLarge => ("more than 60 digits, or an exponent beyond ±40", "超过 60 位数字，或指数超出 ±40"),
        }
    }
}

/// A number of a document as it was written, never through a binary fraction: `0.1`, `"0.10"`, `12 %`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DecimalText(pub String);

impl DecimalText {
    /// Its value.
    ///
    /// # Errors
    /// See [`DecimalError`].
    pub fn value(&self) -> Result<Rational, DecimalError> {
        read_decimal(&self.0)
    }
}

impl From<&str> for DecimalText {
    fn from(text: &str) -> Self {
        Self(text.to_string())
    }
}

impl fmt::Display for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DecimalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = DecimalText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal (in JSON as a string, such as \"12.5\")")
            }
            fn visit_str<E>(self, text: &str) -> Result<DecimalText, E> {
                Ok(DecimalText(text.to_string()))
            }
        }
        // As text: a reader that has made a double of it already is refused.
        deserializer.deserialize_str(Visitor)
    }
}

impl Serialize for DecimalText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DecimalText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// Reads a decimal exactly.
///
/// # Errors
/// See [`DecimalError`].
pub fn read_decimal(text: &str) -> Result<Rational, DecimalError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    let (text, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotADecimal);
    }
    if digits.len() > DIGITS {
        return Err(DecimalError::TooLarge);
    }
    let shift = exponent - fraction.len() as i64 - if percent { 2 } else { 0 };
    let quanta: BigInt = digits.parse().map_err(|_| DecimalError::NotADecimal)?;
    let quanta = if negative { -quanta } else { quanta };
    let power = ten_to(shift.unsigned_abs() as u32);
    Ok(if shift < 0 { Rational::new(quanta, power) } else { Rational::from_integer(quanta * power) })
}

fn exponent_of(text: &str) -> Result<i64, DecimalError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotADecimal);
    }
    let value: i64 = text.parse().map_err(|_| DecimalError::TooLarge)?;
    if value.abs() > EXPONENT { Err(DecimalError::TooLarge) } else { Ok(value) }
}

fn ten_to(exponent: u32) -> BigInt {
    BigInt::from(10u8).pow(exponent)
}

/// A whole number as a rational.
pub fn whole_number(value: i64) -> Rational {
    Rational::from_integer(BigInt::from(value))
}

/// How a value between two steps is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundingMode {
    /// Halves away from zero (四舍五入).
    #[default]
    HalfUp,
    /// Halves to the even neighbour (GB/T 8170, 四舍六入五成双).
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

/// Rounds to a number of decimal places.
pub fn round_to(value: &Rational, places: u32, mode: RoundingMode) -> Rational {
    let scale = ten_to(places);
    let scaled = value.numer() * &scale;
    let (quotient, rest) = scaled.abs().div_rem(value.denom());
    let twice = (&rest * 2u8).cmp(value.denom());
    let up = match mode {
        RoundingMode::HalfUp => twice.is_ge(),
        RoundingMode::HalfEven => twice.is_gt() || (twice.is_eq() && quotient.is_odd()),
        RoundingMode::Down => false,
        RoundingMode::Up => !rest.is_zero(),
    };
    let quanta = if up { quotient + 1u8 } else { quotient };
    Rational::new(if scaled.sign() == Sign::Minus { -quanta } else { quanta }, scale)
}

/// A value with so many places, halves up: for figures of money and points that a rule has rounded already.
pub fn fixed(value: &Rational, places: u32) -> String {
    let rounded = round_to(value, places, RoundingMode::HalfUp);
    let quanta = (rounded * Rational::from_integer(ten_to(places))).to_integer();
    let digits = quanta.abs().to_string();
    let width = places as usize + 1;
    let digits = format!("{}{digits}", "0".repeat(width.saturating_sub(digits.len())));
    let (whole, fraction) = digits.split_at(digits.len() - places as usize);
    let sign = if quanta.is_negative() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A value as the shortest decimal that is exact; with twelve places where there is none.
pub fn decimal_text(value: &Rational) -> String {
    let mut rest = value.denom().clone();
    let (two, five) = (BigInt::from(2u8), BigInt::from(5u8));
    let (mut twos, mut fives) = (0u32, 0u32);
    while rest.is_even() && !rest.is_zero() {
        rest /= &two;
        twos += 1;
    }
    while (&rest % &five).is_zero() {
        rest /= &five;
        fives += 1;
    }
    if rest.is_one() { fixed(value, twos.max(fives)) } else { fixed(value, PLACES) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Rational {
        read_decimal(text).unwrap()
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(value("0.1") + value("0.2"), value("0.3"));
        assert_eq!(value("39.99 %"), value("0.3999"));
        assert_eq!(value("1.5e3"), value("1500"));
        assert_eq!(value("123456789012345678.9") - value("123456789012345678"), value("0.9"));
        assert_eq!(decimal_text(&value("-0.0050")), "-0.005");
        assert_eq!(decimal_text(&(value("1") / value("3"))), "0.333333333333");
        assert_eq!(decimal_text(&value("1200")), "1200");
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", " ", "四百", "４２０", "1,234", "1.2.3", "nan", "inf", "--1", "1e", "0x10", ".", "1/3", "+-2"]
        {
            assert!(read_decimal(text).is_err(), "{text}");
        }
        assert_eq!(read_decimal("1e999999999"), Err(DecimalError::TooLarge));
        assert_eq!(read_decimal("1e-99999999999999999999"), Err(DecimalError::TooLarge));
        assert_eq!(read_decimal(&"9".repeat(100_000)), Err(DecimalError::TooLarge));
    }

    #[test]
    fn rounding_is_the_declared_one() {
        let half = value("2.345");
        let to = |value: &Rational, mode| decimal_text(&round_to(value, 2, mode));
        assert_eq!(to(&half, RoundingMode::HalfUp), "2.35");
        assert_eq!(to(&half, RoundingMode::HalfEven), "2.34");
        assert_eq!(to(&half, RoundingMode::Down), "2.34");
        assert_eq!(to(&half, RoundingMode::Up), "2.35");
        assert_eq!(to(&-half, RoundingMode::HalfUp), "-2.35");
        assert_eq!(fixed(&value("0.004"), 2), "0.00");
        assert_eq!(fixed(&value("87.2"), 2), "87.20");
        assert_eq!(fixed(&value("7"), 0), "7");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(quanta in any::<i64>(), places in 0u32..12) {
            let value = Rational::new(BigInt::from(quanta), ten_to(places));
            prop_assert_eq!(read_decimal(&decimal_text(&value)).unwrap(), value);
        }
    }
}
