//! What is measured: an exponent per base dimension.

use std::fmt;

/// A dimension as exponents of the base dimensions. Area is length², transport work is mass × length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dimension([i8; 7]);

const NAMES: [(&str, &str); 7] = [
    ("mass", "质量"),
    ("length", "长度"),
    ("time", "时间"),
    ("pieces", "件数"),
    ("energy", "能量"),
    ("money", "金额"),
    ("information", "信息量"),
];

impl Dimension {
    /// A plain number.
    pub const NONE: Self = Self([0; 7]);
    /// Mass, coherent unit kg.
    pub const MASS: Self = Self([1, 0, 0, 0, 0, 0, 0]);
    /// Length, coherent unit m.
    pub const LENGTH: Self = Self([0, 1, 0, 0, 0, 0, 0]);
    /// Time, coherent unit s.
    pub const TIME: Self = Self([0, 0, 1, 0, 0, 0, 0]);
    /// Countable pieces.
    pub const PIECE: Self = Self([0, 0, 0, 1, 0, 0, 0]);
    /// Energy, coherent unit MJ. A base dimension of its own: nobody converts kg·m²/s² into it.
    pub const ENERGY: Self = Self([0, 0, 0, 0, 1, 0, 0]);
    /// Money, marked with currency and year.
    pub const MONEY: Self = Self([0, 0, 0, 0, 0, 1, 0]);
    /// Information, coherent unit bit.
    pub const INFORMATION: Self = Self([0, 0, 0, 0, 0, 0, 1]);
    /// Area, coherent unit m².
    pub const AREA: Self = Self([0, 2, 0, 0, 0, 0, 0]);
    /// Volume, coherent unit m³.
    pub const VOLUME: Self = Self([0, 3, 0, 0, 0, 0, 0]);
    /// Transport work, coherent unit kg·m.
    pub const TRANSPORT: Self = Self([1, 1, 0, 0, 0, 0, 0]);

    /// The dimension of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let mut exponents = self.0;
        for (exponent, more) in exponents.iter_mut().zip(other.0) {
            *exponent = exponent.saturating_add(more);
        }
        Self(exponents)
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn per(self, other: Self) -> Self {
        self.times(Self(other.0.map(|exponent| -exponent)))
    }

    /// The name in English and Chinese, as a user would say it.
    pub fn name(self) -> (String, String) {
        match self {
            Self::NONE => return ("plain number".into(), "纯数".into()),
            Self::AREA => return ("area".into(), "面积".into()),
            Self::VOLUME => return ("volume".into(), "体积".into()),
            Self::TRANSPORT => return ("transport work".into(), "运输周转量".into()),
            _ => {}
        }
        let part = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
            let parts: Vec<String> = NAMES
                .iter()
                .zip(self.0)
                .filter(|(_, exponent)| *exponent != 0)
                .map(
                    |(name, exponent)| {
                        if exponent == 1 { pick(name).into() } else { format!("{}^{exponent}", pick(name)) }
                    },
                )
                .collect();
            parts.join("·")
        };
        (part(|name| name.0), part(|name| name.1))
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_dimensions_come_from_base_ones() {
        assert_eq!(Dimension::LENGTH.times(Dimension::LENGTH), Dimension::AREA);
        assert_eq!(Dimension::MASS.per(Dimension::VOLUME).times(Dimension::VOLUME), Dimension::MASS);
        assert_eq!(Dimension::MASS.per(Dimension::AREA).to_string(), "mass·length^-2");
    }
}
