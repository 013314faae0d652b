//! Published decimals, added exactly. Nothing here goes through a double.

use serde_json::Value;

/// Decimal places that are kept: enough for a quantum of 10⁻²⁴.
const PLACES: usize = 24;

/// A plain decimal as a whole number of 10⁻²⁴.
///
/// # Panics
/// On anything that is not a plain decimal of at most 24 places and 14 digits before the point.
pub fn decimal(text: &str) -> i128 {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(!whole.is_empty() && part.len() <= PLACES && whole.len() <= 14, "not a plain decimal: {text}");
    assert!(whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()), "not a plain decimal: {text}");
    assert!(!part.ends_with('0') && (whole == "0" || !whole.starts_with('0')), "not the shortest form: {text}");
    let value: i128 = format!("{whole}{part:0<PLACES$}").parse().unwrap();
    assert!(!(negative && value == 0), "negative zero: {text}");
    if negative { -value } else { value }
}

/// The decimal of a field.
pub fn field(value: &Value, name: &str) -> i128 {
    decimal(value[name].as_str().unwrap_or_else(|| panic!("{name} is no string in {value}")))
}

/// The exact sum of a field over a list; a list that is left out is empty.
pub fn sum(list: &Value, name: &str) -> i128 {
    list.as_array().map_or(&[][..], Vec::as_slice).iter().map(|one| field(one, name)).sum()
}
