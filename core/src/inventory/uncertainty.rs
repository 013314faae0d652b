//! How uncertain an amount is: kept as the source states it, for the sampler.

use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// The uncertainty of an amount.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Uncertainty {
    /// Its distribution; left out where the source gives a pedigree alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// The pedigree as it is written, such as `(2;3;1;3;3)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pedigree: Option<String>,
    /// The basic uncertainty that goes with the pedigree, as a geometric standard deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub basic: Option<Finite>,
}

/// What the amount of a lognormal stands for. The two differ: with a geometric standard deviation of 2 the mean is
/// 1.27 times the median.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Centre {
    /// The median, which is the geometric mean.
    Median,
    /// The arithmetic mean.
    Mean,
}

/// A distribution of an amount.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "form", rename_all = "lowercase", deny_unknown_fields)]
pub enum Distribution {
    /// The logarithm is normal.
    Lognormal {
        /// What the exchange's amount stands for.
        centre: Centre,
        /// Geometric standard deviation σ_g, at least 1 (95 % lie within σ_g² of the median).
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        gsd: Finite,
    },
    /// Normal about the amount.
    Normal {
        /// Standard deviation in the exchange's unit.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        sd: Finite,
    },
    /// Triangular.
    Triangular {
        /// The least value.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        minimum: Finite,
        /// The likeliest value.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        mode: Finite,
        /// The largest value.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        maximum: Finite,
    },
    /// Each value as likely.
    Uniform {
        /// The least value.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        minimum: Finite,
        /// The largest value.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        maximum: Finite,
    },
    /// Stated, but of a form that is not understood: kept in the source's words and never sampled as certain.
    Unknown {
        /// What the source says.
        text: String,
    },
}
