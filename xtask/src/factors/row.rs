//! The parts that every generated row has in common.

use crate::Outcome;
use std::path::Path;
use zuji_core::factor::{FactorKind, FactorRow, Inclusion, Period, Quality};
use zuji_core::math::Finite;

/// What a row must say in any case; everything else starts empty.
pub(crate) struct Essentials<'a> {
    pub(crate) id: String,
    pub(crate) name_en: String,
    pub(crate) name_zh: String,
    pub(crate) class: String,
    pub(crate) kind: FactorKind,
    pub(crate) unit: &'a str,
    pub(crate) geography: &'a str,
    pub(crate) period: Period,
    pub(crate) boundary: &'a str,
    pub(crate) source: String,
}

/// A row that has nothing but its essentials.
pub(crate) fn bare(essentials: Essentials) -> FactorRow {
    FactorRow {
        id: essentials.id,
        name_en: essentials.name_en,
        name_zh: essentials.name_zh,
        synonyms: Vec::new(),
        codes: Vec::new(),
        class: essentials.class,
        kind: essentials.kind,
        unit: essentials.unit.into(),
        emissions: Vec::new(),
        co2e: None,
        co2e_kind: None,
        published: None,
        gwp: None,
        geography: essentials.geography.into(),
        period: essentials.period,
        valid_until: None,
        boundary: essentials.boundary.into(),
        source: essentials.source,
        licence: None,
        uncertainty: None,
        quality: Quality::default(),
        companions: Vec::new(),
        carbon: None,
        properties: None,
        forming: Inclusion::NotStated,
        transmission: Inclusion::NotStated,
        stack_carbon: Inclusion::NotStated,
        proxy: None,
        closed: false,
        note: None,
    }
}

/// What all rows of a table have in common.
pub(crate) struct Origin<'a> {
    pub(crate) table: &'a str,
    pub(crate) geography: &'a str,
    pub(crate) period: Period,
    /// How the figures reached the table: `primary` or `secondary`.
    pub(crate) evidence: &'a str,
}

/// What a row says besides its table's place and time.
pub(crate) struct Say<'a> {
    /// Without the table's id.
    pub(crate) id: String,
    pub(crate) name_en: String,
    pub(crate) name_zh: String,
    pub(crate) class: String,
    pub(crate) kind: FactorKind,
    pub(crate) unit: &'a str,
    pub(crate) boundary: &'a str,
}

impl Origin<'_> {
    /// A row of this table that was read at `source`.
    pub(crate) fn row(&self, source: String, say: Say) -> FactorRow {
        let mut row = bare(Essentials {
            id: format!("{}/{}", self.table, say.id),
            name_en: say.name_en,
            name_zh: say.name_zh,
            class: say.class,
            kind: say.kind,
            unit: say.unit,
            geography: self.geography,
            period: self.period,
            boundary: say.boundary,
            source,
        });
        row.quality.evidence = Some(self.evidence.into());
        row
    }
}

/// A decimal of a raw table.
pub(crate) fn finite(text: &str) -> Outcome<Finite> {
    let value: f64 = text.trim().parse().map_err(|_| format!("\"{text}\" is not a number"))?;
    Ok(Finite::new(value)?)
}

/// A decimal of a raw table times a whole number and a power of ten, exact until the one rounding to a double: `0.066`
/// lb/MWh × 45359237 × 10⁻¹¹ is kg/kWh.
pub(crate) fn scaled(text: &str, factor: i128, power: i32) -> Outcome<Finite> {
    let wrong = || format!("\"{text}\" is not a decimal");
    let (mantissa, exponent) = text.trim().split_once(['e', 'E']).unwrap_or((text.trim(), "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
    let digits = digits.checked_mul(factor).ok_or_else(wrong)?;
    let exponent: i32 = exponent.parse().map_err(|_| wrong())?;
    finite(&format!("{digits}e{}", exponent + power - fraction.len() as i32))
}

/// A figure that the source gives in grams, in kilograms: the point moves, no digit changes.
pub(crate) fn from_grams(text: &str) -> Outcome<Finite> {
    finite(&format!("{}e-3", text.trim()))
}

/// Rows of a CSV file, each as its own type; lines that start with `#` are comments.
pub(crate) fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Outcome<Vec<T>> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(bytes);
    let rows: Result<Vec<T>, csv::Error> = reader.deserialize().collect();
    Ok(rows.map_err(|error| format!("{}: {error}", path.display()))?)
}

/// Owned copies of names.
pub(crate) fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// A name as part of an id: lower case, every run of other characters a hyphen; `+` and `>` keep their meaning.
pub(crate) fn slug(name: &str) -> String {
    let name = name.to_lowercase().replace(',', "").replace('+', "-plus").replace('>', "over-");
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_is_exact_in_decimals() {
        let scaled = |text, factor, power| scaled(text, factor, power).unwrap().get();
        assert_eq!(scaled("823.149", 45_359_237, -11), 0.373_374_105_773_13);
        assert_eq!(scaled("1.10e-08", 1, 3), 1.1e-5);
        assert_eq!(scaled("0.010920920486376627", 1, -3), 1.092_092_048_637_662_7e-5);
        assert_eq!(scaled("-2.5", 3, 0), -7.5);
        for text in ["", "1e", "1.2.3", "inf", "abc"] {
            assert!(super::scaled(text, 1, 0).is_err(), "{text}");
        }
    }

    #[test]
    fn grams_become_kilograms_without_a_changed_digit() {
        for (grams, kilograms) in [("123.71", 0.12371), ("447", 0.447), ("3.8556", 0.0038556), ("0", 0.0)] {
            assert_eq!(from_grams(grams).unwrap().get(), kilograms, "{grams}");
        }
        assert!(from_grams("5e3").is_err() && from_grams("").is_err());
    }

    #[test]
    fn slugs_are_plain_and_keep_what_tells_rows_apart() {
        assert_eq!(slug("Rigid (>3.5 - 7.5 tonnes)"), "rigid-over-3-5-7-5-tonnes");
        assert_eq!(slug("10,000+ dwt 100+ TEU"), "10000-plus-dwt-100-plus-teu");
        assert_ne!(slug("0% Laden"), slug("100% Laden"));
    }
}
