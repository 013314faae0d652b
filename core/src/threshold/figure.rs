//! A computed statistic as it is published: twelve significant digits, a decimal string.

use crate::math::{plain, twelve_digits};
use serde::{Serialize, Serializer};

/// A statistic. What is not a finite number is unknown, and written as null.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Figure(pub f64);

impl Figure {
    /// The double; NaN where it is unknown.
    pub fn get(self) -> f64 {
        self.0
    }

    /// The quotient, unknown where the divisor is zero.
    pub fn ratio(over: f64, under: f64) -> Self {
        Self(if under == 0.0 { f64::NAN } else { over / under })
    }

    /// Whether there is a value.
    pub fn known(self) -> Option<f64> {
        self.0.is_finite().then_some(self.0)
    }
}

impl From<f64> for Figure {
    fn from(value: f64) -> Self {
        Self(value)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.known() {
            Some(value) => serializer.serialize_str(&plain(twelve_digits(value))),
            None => serializer.serialize_none(),
        }
    }
}

/// An interval; either end may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: Figure,
    /// Upper end.
    pub high: Figure,
}

impl Interval {
    /// An interval between two values.
    pub fn new(low: f64, high: f64) -> Self {
        Self { low: Figure(low), high: Figure(high) }
    }
}
