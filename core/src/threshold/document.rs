//! `zuji/population@1`: the footprints of many products of one kind, and what the laboratory is asked about them.

use super::plan::Plan;
use crate::math::Finite;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// A population of products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PopulationDocument {
    /// `zuji/population@1`.
    pub schema: String,
    /// What the products have in common.
    #[serde(default)]
    pub population: PopulationHead,
    /// What is asked; may also stand in a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// Products made to published percentiles, where the real ones are not published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<super::synthetic::Synthetic>,
    /// The products.
    #[serde(default)]
    pub products: Vec<PopulationProduct>,
}

/// What all products of a population have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PopulationHead {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unit of the footprints, such as `kg CO2e/unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Who published the figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Under which licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Boundary of all products that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<String>,
    /// GWP set of all products that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gwp: Option<String>,
}

/// How large a maker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// Large.
    Large,
    /// Medium, small or micro, not said which.
    Sme,
    /// Medium.
    Medium,
    /// Small.
    Small,
    /// Micro.
    Micro,
}

impl Size {
    /// The size that a word means, in English or Chinese.
    pub fn read(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().as_str() {
            "large" | "l" | "大型" | "大" | "大型企业" => Self::Large,
            "sme" | "s" | "中小企业" | "中小微" | "中小微企业" | "中小" => Self::Sme,
            "medium" | "m" | "中型" | "中" | "中型企业" => Self::Medium,
            "small" | "小型" | "小" | "小型企业" => Self::Small,
            "micro" | "微型" | "微" | "微型企业" => Self::Micro,
            _ => return None,
        })
    }

    /// Whether it counts among small and medium-sized firms.
    pub fn is_sme(self) -> bool {
        self != Self::Large
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("\"{text}\" is no size: large, medium, small, micro or sme"));
        Self::read(&text).ok_or_else(wrong)
    }
}

/// One product of a population.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PopulationProduct {
    /// Its name or model.
    #[serde(default)]
    pub name: String,
    /// Its number, where names repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// How large the maker is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Where it is offered or made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Sub-category, for one limit or several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Share of the market, units sold, or another weight; none: every product weighs the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub weight: Option<Finite>,
    /// The footprint, in the population's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub footprint: Option<Finite>,
    /// Relative standard deviation of the footprint: 0.15.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub rsd: Option<Finite>,
    /// A relative error whose meaning its source does not state; used only where the plan says what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub error: Option<Finite>,
    /// 5th percentile of the footprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub p5: Option<Finite>,
    /// 95th percentile of the footprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub p95: Option<Finite>,
    /// Service life that the footprint counts, in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub lifetime: Option<Finite>,
    /// Where its use is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub use_country: Option<String>,
    /// Share of the use phase in the footprint, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub use_share: Option<Finite>,
    /// Boundary of the footprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<String>,
    /// Set of characterisation factors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gwp: Option<String>,
    /// Price of one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub price: Option<Finite>,
    /// When the footprint was published: a year or a date; used by its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The footprint under other assumptions, by their name: another GWP set, boundary, grid year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Text>"))]
    pub alternatives: BTreeMap<String, Finite>,
    /// What it consists of, by name (shares of stages, masses of materials), to find copied inventories.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Text>"))]
    pub inventory: BTreeMap<String, Finite>,
    /// The line of the file on which it stands. A reader fills it in.
    #[serde(skip)]
    pub line: Option<u32>,
}

/// A number, or a number as text; for the schema.
#[cfg(feature = "schema")]
pub(super) type Text = crate::product::Scalar;
