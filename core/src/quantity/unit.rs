//! A unit: dimension, exact scale, mark.

use super::Dimension;
use std::fmt;
use std::sync::Arc;

/// An exact rational scale.
pub type Ratio = num_rational::Ratio<i128>;

/// The state to which a gas volume refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GasState {
    /// 0 °C, 101.325 kPa (DIN 1343; Nm³, 标方 in Chinese industry).
    Normal,
    /// 15 °C, 101.325 kPa (ISO 13443).
    Standard15,
    /// 20 °C, 101.325 kPa (the Chinese standard state for natural gas, GB/T 19205).
    Standard20,
}

impl GasState {
    /// Temperature in hundredths of a kelvin.
    pub fn centikelvin(self) -> i128 {
        match self {
            Self::Normal => 27315,
            Self::Standard15 => 28815,
            Self::Standard20 => 29315,
        }
    }
}

/// What tells apart two units of the same dimension that must not be mixed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Mark {
    /// Nothing to tell apart.
    #[default]
    None,
    /// Fuel energy by lower heating value (net calorific value, 低位).
    LowerHeating,
    /// Fuel energy by higher heating value (gross calorific value, 高位).
    HigherHeating,
    /// Gas volume at a reference state.
    Gas(GasState),
    /// Money of a currency (ISO 4217) in the prices of a year, if the year is known.
    Money {
        /// ISO 4217 code.
        currency: Arc<str>,
        /// The year of the prices.
        year: Option<u16>,
    },
}

/// A unit of measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    symbol: Arc<str>,
    dimension: Dimension,
    scale: Ratio,
    mark: Mark,
}

impl Unit {
    /// A unit by its symbol, dimension and exact scale to the coherent unit.
    pub fn new(symbol: &str, dimension: Dimension, scale: Ratio) -> Self {
        Self { symbol: symbol.into(), dimension, scale, mark: Mark::None }
    }

    /// The same unit with a mark.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    /// The same unit under another symbol and a multiple of its scale, such as 万度.
    #[must_use]
    pub fn multiple(&self, symbol: &str, factor: i128) -> Self {
        Self { symbol: symbol.into(), scale: self.scale * factor, ..self.clone() }
    }

    /// The same unit under another symbol.
    #[must_use]
    pub fn named(&self, symbol: &str) -> Self {
        Self { symbol: symbol.into(), ..self.clone() }
    }

    /// The symbol as it is printed.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// The dimension.
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// How many coherent units this unit is, exactly.
    pub fn scale(&self) -> Ratio {
        self.scale
    }

    /// The mark.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The unit of a quotient, such as kg/m².
    #[must_use]
    pub fn per(&self, other: &Unit) -> Self {
        Self {
            symbol: format!("{}/{}", self.symbol, other.symbol).into(),
            dimension: self.dimension.per(other.dimension),
            scale: self.scale / other.scale,
            mark: Mark::None,
        }
    }

    /// The exact number of `other` in one of this unit; `None` when the dimensions differ or the marks forbid it.
    ///
    /// Marks: heating values never mix, nor does fuel energy with unmarked energy; a plain m³ meets a gas state as it
    /// is; two gas states convert by the ideal gas law (V₁/V₂ = T₁/T₂ at equal pressure); money only within one
    /// currency and year.
    pub fn ratio_to(&self, other: &Unit) -> Option<Ratio> {
        if self.dimension != other.dimension {
            return None;
        }
        let scale = self.scale / other.scale;
        match (&self.mark, &other.mark) {
            (a, b) if a == b => Some(scale),
            (Mark::Gas(from), Mark::Gas(to)) => Some(scale * Ratio::new(to.centikelvin(), from.centikelvin())),
            (Mark::Gas(_), Mark::None) | (Mark::None, Mark::Gas(_)) => Some(scale),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.symbol)
    }
}

/// An exact ratio applied to a double: one multiplication and one division, the same on every platform.
pub(crate) fn scaled(value: f64, ratio: Ratio) -> f64 {
    value * (*ratio.numer() as f64) / (*ratio.denom() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heating_values_do_not_mix() {
        let kwh = Unit::new("kWh", Dimension::ENERGY, Ratio::new(18, 5));
        let net = kwh.clone().marked(Mark::LowerHeating);
        let gross = kwh.clone().marked(Mark::HigherHeating);
        assert!(net.ratio_to(&gross).is_none());
        assert!(kwh.ratio_to(&net).is_none());
        assert_eq!(net.ratio_to(&net), Some(Ratio::from_integer(1)));
    }

    #[test]
    fn gas_states_convert_by_temperature() {
        let normal = Unit::new("Nm3", Dimension::VOLUME, Ratio::from_integer(1)).marked(Mark::Gas(GasState::Normal));
        let standard =
            Unit::new("Sm3", Dimension::VOLUME, Ratio::from_integer(1)).marked(Mark::Gas(GasState::Standard20));
        assert_eq!(normal.ratio_to(&standard), Some(Ratio::new(29315, 27315)));
    }
}
