//! How uncertain an amount is: kept as the source states it, for the sampler.

use crate::distribution::{self, Fault, Pedigree, Shape};
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

impl Uncertainty {
    /// The distribution of an amount, for a sampler. A source that gives a distribution has said all; one that gives a
    /// pedigree alone is read by the table that the caller names, with the basic uncertainty beside it.
    ///
    /// # Errors
    /// What is missing or does not fit; the caller adds which exchange it is.
    pub fn shape(&self, amount: f64, table: Pedigree) -> Result<Shape, Fault> {
        match &self.distribution {
            Some(Distribution::Lognormal { centre, gsd }) => {
                let centre = match centre {
                    Centre::Median => distribution::Centre::Median,
                    Centre::Mean => distribution::Centre::Mean,
                };
                Shape::lognormal(amount, gsd.get(), centre)
            }
            Some(Distribution::Normal { sd }) => Shape::normal(amount, sd.get()),
            Some(Distribution::Triangular { minimum, mode, maximum }) => {
                Shape::triangular(amount, minimum.get(), mode.get(), maximum.get())
            }
            Some(Distribution::Uniform { minimum, maximum }) => Shape::uniform(amount, minimum.get(), maximum.get()),
            Some(Distribution::Unknown { text }) => Err(Fault::Unknown(text.clone())),
            None => {
                let scores = self.pedigree.as_deref().unwrap_or("");
                let basic = self.basic.ok_or_else(|| Fault::Pedigree(scores.to_string()))?.get();
                // The tables speak of GSD², the source of GSD.
                Shape::pedigree(amount, table, Pedigree::scores(scores)?, basic * basic)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sources_state_becomes_a_distribution_or_a_named_fault() {
        let number = |value| Finite::new(value).unwrap();
        let stated = |distribution| Uncertainty { distribution: Some(distribution), pedigree: None, basic: None };
        let lognormal = stated(Distribution::Lognormal { centre: Centre::Mean, gsd: number(1.2) });
        let expected = Shape::lognormal(-2.0, 1.2, distribution::Centre::Mean);
        assert_eq!(lognormal.shape(-2.0, Pedigree::Ecoinvent), expected);
        let scores = Uncertainty {
            distribution: None,
            pedigree: Some("(2;4;1;3;4)".into()),
            basic: Some(number(1.05_f64.sqrt())),
        };
        let shape = scores.shape(1.0, Pedigree::Ciroth2016).unwrap();
        let (median, sigma) = shape.as_lognormal().unwrap();
        assert!(median == 1.0 && (libm::exp(2.0 * sigma) - 2.359_623).abs() < 1e-6);
        let silent = Uncertainty { basic: None, ..scores };
        assert_eq!(silent.shape(1.0, Pedigree::Ecoinvent), Err(Fault::Pedigree("(2;4;1;3;4)".into())));
        let unknown = stated(Distribution::Unknown { text: "gamma".into() });
        assert_eq!(unknown.shape(1.0, Pedigree::Ecoinvent), Err(Fault::Unknown("gamma".into())));
    }
}
