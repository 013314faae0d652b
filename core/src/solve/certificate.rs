//! How well an answer is known.

use serde::Serialize;

/// The certificate of a solve. A small residual alone proves nothing; the forward error estimate is what counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// The method that answered.
    pub method: &'static str,
    /// Number of sweeps or iterations.
    pub iterations: u32,
    /// max |A s − f| relative to the largest scaled amount.
    #[serde(serialize_with = "decimal")]
    pub residual: f64,
    /// |f·λ − h| ÷ |h|: forward and adjoint answers against each other.
    #[serde(serialize_with = "decimal")]
    pub forward_error: f64,
}

fn decimal<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::math::plain(*value))
}
