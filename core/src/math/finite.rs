//! The door through which numbers come in: no NaN, no infinity, no negative zero (design §4.5).

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A double that is finite. Negative zero becomes zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Finite(f64);

/// The value was NaN or infinite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a finite number")]
pub struct NotFinite;

impl Finite {
    /// Zero.
    pub const ZERO: Finite = Finite(0.0);
    /// One.
    pub const ONE: Finite = Finite(1.0);

    /// Takes a double in.
    ///
    /// # Errors
    /// [`NotFinite`] for NaN and the infinities.
    pub fn new(value: f64) -> Result<Self, NotFinite> {
        if value.is_finite() { Ok(Self(value + 0.0)) } else { Err(NotFinite) }
    }

    /// The double.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Finite {
    type Error = NotFinite;
    fn try_from(value: f64) -> Result<Self, NotFinite> {
        Self::new(value)
    }
}

/// Written as a plain decimal string: JSON numbers of other programs would lose digits.
impl Serialize for Finite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::plain(self.0))
    }
}

impl<'de> Deserialize<'de> for Finite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Finite;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a finite decimal number")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Finite, E> {
                let value: f64 = text.trim().parse().map_err(|_| E::custom(format!("\"{text}\" is not a number")))?;
                Finite::new(value).map_err(|_| E::custom(format!("\"{text}\" is not a finite number")))
            }
            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Finite, E> {
                Finite::new(value).map_err(E::custom)
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Finite, E> {
                Ok(Finite(value as f64))
            }
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Finite, E> {
                Ok(Finite(value as f64))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_non_finite_comes_in() {
        assert_eq!(Finite::new(f64::NAN), Err(NotFinite));
        assert_eq!(Finite::new(f64::INFINITY), Err(NotFinite));
        assert!(serde_json::from_str::<Finite>("\"1e400\"").is_err());
        assert!(serde_json::from_str::<Finite>("\"nan\"").is_err());
        assert_eq!(serde_json::from_str::<Finite>("\"0.5777\"").unwrap().get(), 0.5777);
    }

    #[test]
    fn negative_zero_is_zero() {
        assert!(Finite::new(-0.0).unwrap().get().is_sign_positive());
    }
}
