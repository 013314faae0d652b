//! Units of footprints and limits: `kgCO2e/unit`, `kWh/a`, with exact scales.

use crate::math::Rational;
use crate::quantity::{Dimension, Lookup, Unit, UnitTable};
use num_bigint::BigInt;

/// A unit as a standard or a bid writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    numerator: Part,
    denominator: Part,
    /// kg CO2e rather than kg of something.
    carbon: bool,
}

/// One side of the stroke.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Known { scale: Rational, dimension: Dimension },
    Word(String),
}

impl Measured {
    /// Reads a unit. A word that the table does not know is compared as a word.
    pub fn read(text: &str, units: &UnitTable) -> Self {
        let text = text.trim().replace('₂', "2");
        let (above, below) = text.rsplit_once('/').unwrap_or((&text, "1"));
        let compact: String = above.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let lower = compact.to_ascii_lowercase();
        let mass = lower.strip_suffix("co2e").or_else(|| lower.strip_suffix("co2eq"));
        // The prefix is read as it was written: `t` is a tonne, `T` is not.
        let above = mass.map_or(above.trim(), |mass| &compact[..mass.len()]);
        Self { numerator: part(above, units), denominator: part(below.trim(), units), carbon: mass.is_some() }
    }

    /// How many of `other` one of these is; `None` where they do not measure the same.
    pub fn in_terms_of(&self, other: &Self) -> Option<Rational> {
        let same_gas = self.carbon == other.carbon;
        let above = self.numerator.per(&other.numerator)?;
        let below = self.denominator.per(&other.denominator)?;
        same_gas.then(|| above / below)
    }

    /// Kilograms of CO2e in the numerator, where it is CO2e.
    pub fn kilograms(&self) -> Option<Rational> {
        match &self.numerator {
            Part::Known { scale, dimension } if self.carbon && *dimension == Dimension::MASS => Some(scale.clone()),
            _ => None,
        }
    }
}

impl Part {
    fn per(&self, other: &Self) -> Option<Rational> {
        match (self, other) {
            (Self::Known { scale, dimension }, Self::Known { scale: by, dimension: wanted }) => {
                (dimension == wanted).then(|| scale / by)
            }
            (Self::Word(word), Self::Word(wanted)) => (word == wanted).then(|| Rational::from_integer(1.into())),
            _ => None,
        }
    }
}

fn part(text: &str, units: &UnitTable) -> Part {
    // The word `unit` is what a standard calls one of the thing itself.
    let symbol = if text.eq_ignore_ascii_case("unit") { "piece" } else { text };
    match units.find(symbol) {
        Lookup::Unit(unit) => Part::Known { scale: exact(&unit), dimension: unit.dimension() },
        _ => Part::Word(text.to_lowercase()),
    }
}

fn exact(unit: &Unit) -> Rational {
    let scale = unit.scale();
    Rational::new(BigInt::from(*scale.numer()), BigInt::from(*scale.denom()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::decimal_text;

    #[test]
    fn units_are_converted_exactly_or_not_at_all() {
        let units = UnitTable::standard();
        let ratio = |from: &str, to: &str| {
            Measured::read(from, &units).in_terms_of(&Measured::read(to, &units)).map(|ratio| decimal_text(&ratio))
        };
        assert_eq!(ratio("kgCO2e/unit", "kgCO2e/unit").as_deref(), Some("1"));
        assert_eq!(ratio("tCO2e/t", "kgCO2e/t").as_deref(), Some("1000"));
        assert_eq!(ratio("kg CO2e/kg", "kgCO2e/t").as_deref(), Some("1000"));
        assert_eq!(ratio("g CO₂e/台", "kgCO2e/unit").as_deref(), Some("0.001"));
        assert_eq!(ratio("kgCO2e/t", "kgCO2e/m3"), None);
        assert_eq!(ratio("kg/unit", "kgCO2e/unit"), None);
        assert_eq!(ratio("kgCO2e/m2 at RSI=1", "kgCO2e/m2 at rsi=1").as_deref(), Some("1"));
        assert_eq!(
            Measured::read("tCO2e/unit", &units).kilograms().map(|kg| decimal_text(&kg)).as_deref(),
            Some("1000")
        );
    }
}
