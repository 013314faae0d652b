//! Which places a factor may name: countries and their subdivisions by ISO 3166, Europe, the world.

use country_code_enum::CountryCode;
use std::str::FromStr;

/// Whether a code is a place that selection knows: `GLO`, `RER`, `RNA` (North America), a country of ISO 3166-1 (`CN`), or a subdivision in the
/// form of ISO 3166-2 (`CN-SX`). Of a subdivision only the country and the form are held against the standard.
pub fn is_place(code: &str) -> bool {
    if matches!(code, "GLO" | "RER" | "RNA") {
        return true;
    }
    let (country, part) = code.split_once('-').map_or((code, None), |(country, part)| (country, Some(part)));
    let upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    country.len() == 2
        && upper(country)
        && CountryCode::from_str(country).is_ok()
        && part.is_none_or(|part| (1..=3).contains(&part.len()) && upper(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_codes_not_names() {
        for code in ["CN", "GB", "CN-SX", "US-CA", "FR-971", "GLO", "RER", "RNA"] {
            assert!(is_place(code), "{code}");
        }
        for code in ["", "cn", "China", "XX", "UK", "CN-", "CN-SHANXI", "CN-SX-1", "EUR", "中国", "CNSX"] {
            assert!(!is_place(code), "{code}");
        }
    }
}
