//! Numbers as people write them.

/// The largest quantity a line may hold; a larger one is a slip of units (design §4.12).
const CEILING: f64 = 1e15;

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing there.
    Empty,
    /// `#N/A`, `NaN`, `inf` and the like, or beyond what a double holds.
    NoValue,
    /// `1,234`: thousands or decimals. The two readings.
    Ambiguous(String, String),
    /// Anything else.
    NotANumber,
}

/// Reads a plain decimal: optional sign, digits, point, exponent; full-width digits and a trailing minus (SAP) too.
/// Thousands separators are accepted where they can be nothing else (`1,234.5`, `1 234 567`); `1,234` is ambiguous.
///
/// # Errors
/// See [`NumberError`].
pub fn read_number(text: &str) -> Result<f64, NumberError> {
    // The common case first.
    let bytes = text.as_bytes();
    if let Some(value) = short_decimal(bytes) {
        return Ok(value);
    }
    if !bytes.is_empty() && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
        return match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) => Err(NumberError::NoValue),
            Err(_) => Err(NumberError::NotANumber),
        };
    }
    let text = super::normalise(text);
    if text.is_empty() || matches!(&*text, "-" | "–" | "—" | "/" | "无") {
        return Err(NumberError::Empty);
    }
    let lower = text.to_ascii_lowercase();
    if text.starts_with('#')
        || matches!(lower.trim_start_matches(['+', '-']), "nan" | "inf" | "infinity" | "null" | "none" | "n/a" | "na")
    {
        return Err(NumberError::NoValue);
    }
    let (negative, digits) = match (text.strip_suffix('-'), text.strip_prefix('-')) {
        (Some(digits), None) => (true, digits.trim_end()),
        (None, Some(digits)) => (true, digits),
        (None, None) => (false, text.strip_prefix('+').unwrap_or(&text)),
        (Some(_), Some(_)) => return Err(NumberError::NotANumber),
    };
    let plain = without_thousands(digits)?;
    if !plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
        || !plain.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    {
        return Err(NumberError::NotANumber);
    }
    let value: f64 = plain.parse().map_err(|_| NumberError::NotANumber)?;
    if !value.is_finite() {
        return Err(NumberError::NoValue);
    }
    Ok(if negative { 0.0 - value } else { value })
}

/// Up to fifteen digits with at most one point. Both the digits and the power of ten are exact doubles, so one division
/// rounds correctly (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990, §3): the same double as
/// a full parse.
fn short_decimal(bytes: &[u8]) -> Option<f64> {
    const TENS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    if bytes.len() > 16 {
        return None;
    }
    let (mut digits, mut value, mut point) = (0usize, 0u64, None);
    for &byte in bytes {
        if byte.is_ascii_digit() {
            value = value * 10 + u64::from(byte - b'0');
            digits += 1;
        } else if byte == b'.' && point.is_none() {
            point = Some(digits);
        } else {
            return None;
        }
    }
    if !(1..=15).contains(&digits) {
        return None;
    }
    Some(value as f64 / TENS[point.map_or(0, |point| digits - point)])
}

/// Whether a quantity is within what a product can hold.
pub fn within_ceiling(value: f64) -> bool {
    value.abs() <= CEILING
}

/// The digits without separators of thousands. Blanks and apostrophes separate groups of three and nothing else: `1 23`
/// may be two numbers in one cell.
fn without_thousands(digits: &str) -> Result<String, NumberError> {
    let separator = |c: char| matches!(c, ' ' | '\u{202f}' | '\'' | '’');
    let whole = digits.split(['.', 'e', 'E']).next().unwrap_or("");
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or("");
    let grouped =
        groups.all(|group| group.len() == 3) && (!whole.contains(separator) || (1..=3).contains(&first.len()));
    if !grouped || digits[whole.len()..].contains(separator) {
        return Err(NumberError::NotANumber);
    }
    let compact: String = digits.chars().filter(|c| !separator(*c)).collect();
    let groups: Vec<&str> = compact.split(',').collect();
    if groups.len() == 1 {
        return Ok(compact);
    }
    let whole = groups[groups.len() - 1].split('.').next().unwrap_or("");
    let grouped = groups[1..groups.len() - 1].iter().all(|group| group.len() == 3)
        && whole.len() == 3
        && (1..=3).contains(&groups[0].len())
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
        && groups[..groups.len() - 1].iter().all(|group| !group.contains('.'));
    if !grouped {
        return Err(NumberError::NotANumber);
    }
    let joined = groups.concat();
    // One comma and no point: 1,234 can be 1234 or, in German or French, 1.234. A leading zero leaves only the latter.
    if groups.len() == 2 && !compact.contains('.') {
        return Err(NumberError::Ambiguous(joined, compact.replace(',', ".")));
    }
    Ok(joined)
}

/// A percentage as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Percent {
    /// With a percent sign, or a number that can only be percent (`3` in a loss column): the fraction.
    Fraction(f64),
    /// A number between 0 and 1 without a sign (`0.03`): 3 % or 0.03 %?
    Ambiguous(f64),
}

/// Reads a percentage: `3%`, `3 %`, `3`, `0.03`.
///
/// # Errors
/// See [`NumberError`].
pub fn read_percent(text: &str) -> Result<Percent, NumberError> {
    let text = super::normalise(text);
    if let Some(number) = text.strip_suffix('%') {
        return Ok(Percent::Fraction(read_number(number.trim_end())? / 100.0));
    }
    let value = read_number(&text)?;
    Ok(if value != 0.0 && value.abs() < 1.0 { Percent::Ambiguous(value) } else { Percent::Fraction(value / 100.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers() {
        for (text, value) in [
            ("1", 1.0),
            ("0.9", 0.9),
            ("０．９", 0.9),
            ("1e-3", 0.001),
            ("-2.5", -2.5),
            ("0.310-", -0.31),
            ("+3", 3.0),
            ("1,234.5", 1234.5),
            ("1 234 567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("12'345.6", 12_345.6),
            ("1\u{202f}234", 1234.0),
            (" 12 ", 12.0),
        ] {
            assert_eq!(read_number(text), Ok(value), "{text}");
        }
        assert!(read_number("-0").unwrap().is_sign_positive());
    }

    #[test]
    fn short_decimals_are_parsed_correctly() {
        for text in ["0.1", "562", "2.4079", ".5", "5.", "999999999999999", "0.00000000000001", "123456.789012345"] {
            assert_eq!(short_decimal(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "1.2.3", "1e3", "-1", "1000000000000000", "0.0000000000000001"] {
            assert_eq!(short_decimal(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["#N/A", "#REF!", "NaN", "inf", "-inf", "1e400"] {
            assert_eq!(read_number(text), Err(NumberError::NoValue), "{text}");
        }
        assert_eq!(read_number(&"9".repeat(400)), Err(NumberError::NoValue));
        for text in ["1 23", "1 2 3", "12'34", "1234 567", "1 000.5 5", "1  000", "1 234,5", "1,234 567"] {
            assert_eq!(read_number(text), Err(NumberError::NotANumber), "{text}");
        }
        for text in ["13,0l5", "abc", "1.2.3", "0x10", "1_000", "--1", "1,23"] {
            assert_eq!(read_number(text), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(read_number("1,234"), Err(NumberError::Ambiguous("1234".into(), "1.234".into())));
        assert_eq!(read_number(" "), Err(NumberError::Empty));
    }

    #[test]
    fn percent_says_what_it_is() {
        assert_eq!(read_percent("3"), Ok(Percent::Fraction(0.03)));
        assert_eq!(read_percent("2%"), Ok(Percent::Fraction(0.02)));
        assert_eq!(read_percent("0.03"), Ok(Percent::Ambiguous(0.03)));
        assert_eq!(read_percent("0"), Ok(Percent::Fraction(0.0)));
    }
}
