//! What the laboratory is asked: limits, assumptions, a path over the years. Part of a population document, or a file of
//! its own (`zuji/threshold@1`); flags of the command line come before it.

use crate::math::Finite;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use super::document::Text;

/// The questions of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    /// `zuji/threshold@1` where the plan is a file of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Limits to look at; a product passes at or below one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Text>"))]
    pub limits: Vec<Finite>,
    /// Limits of the sweep, evenly spaced between the smallest and the largest footprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<u32>,
    /// Quantiles to estimate with an interval, 0 to 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Text>"))]
    pub quantiles: Vec<Finite>,
    /// Confidence of intervals [0.95].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub confidence: Option<Finite>,
    /// Fields that a product must state beyond the footprint, such as lifetime and use_country.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// Only products of this class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Bidders of one tender, for the probability that three qualify [5].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidders: Option<u32>,
    /// Share of the market whose footprints are declared at all, for the bounds of selection.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub declared_share: Option<Finite>,
    /// Share of makers of a size whose footprints are declared, by size; weights products by its inverse.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Text>"))]
    pub declared_by_size: BTreeMap<String, Finite>,
    /// Relative standard deviation of products that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub rsd: Option<Finite>,
    /// What a relative error of unstated meaning is taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_is: Option<ErrorMeaning>,
    /// What is known of a footprint before it is measured; none: all values alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
    /// Risks of the guard bands [0.05 and 0.10].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Text>"))]
    pub guard: Vec<Finite>,
    /// Relative standard deviations to try in place of the stated ones [0.05, 0.10, 0.20, 0.30].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Text>"))]
    pub rsd_trials: Vec<Finite>,
    /// Monte Carlo samples [100,000 draws over all products].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u32>,
    /// Seed of the Monte Carlo samples [1].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Units bought in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub demand: Option<Finite>,
    /// Share of savings that others undo (leakage, reshuffling), 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub leakage: Option<Finite>,
    /// Width on either side of a limit in which footprints are counted for bunching [5 % of it].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub bunching_width: Option<Finite>,
    /// Cosine from which two inventories count as one copied from the other [0.9999].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub copy_cosine: Option<Finite>,
    /// How carbon and price are scored, for the notch value and the implied carbon price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scoring: Option<Scoring>,
    /// Derived alternatives: the use phase with another grid, lifetime or left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// The limit over the years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trajectory: Option<Trajectory>,
    /// Long-lived assets to hold against the announced path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<Asset>,
    /// Quantiles of earlier years, for forecasts; without it products are grouped by the year of their date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Observed>,
    /// The forecast that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastPlan>,
    /// The limit of an earlier population under an earlier rule, for method and population apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// Spending and prices, for the impact of a standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// Bounds of the pass rate beyond which a limit is stale [0.10 and 0.85].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<Stale>,
}

/// What a relative error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorMeaning {
    /// One standard deviation.
    StandardDeviation,
    /// Half of an interval that holds 90 %.
    #[serde(rename = "half-width-90")]
    HalfWidth90,
    /// Half of an interval that holds 95 %.
    #[serde(rename = "half-width-95")]
    HalfWidth95,
}

/// What is known of a footprint before it is measured: lognormal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Its median.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub median: Finite,
    /// Standard deviation of its logarithm.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub log_sd: Finite,
}

/// How carbon and price are scored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Scoring {
    /// Points of the carbon indicator: footprint and points, piecewise linear or as steps.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(Text, Text)>"))]
    pub curve: Vec<(Finite, Finite)>,
    /// Whether the points are steps (at or below a footprint) and not joined by lines.
    pub steps: bool,
    /// Points of the price.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub price_weight: Finite,
    /// The price of the bid that is looked at.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub price: Finite,
    /// The lowest price; price points are weight × lowest ÷ price.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub lowest_price: Finite,
}

/// A footprint under another assumption, derived from the share of the use phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// Multiplies the use phase: electricity factor of another year ÷ that of the footprint; 0 leaves the use phase out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub use_factor: Option<Finite>,
    /// Counts the use phase over so many years in place of the product's own lifetime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub lifetime: Option<Finite>,
}

/// How a limit moves over the years.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Trajectory {
    /// Announced values.
    pub steps: Vec<Step>,
    /// Between announced values: held (default) or joined by a line.
    pub linear: bool,
    /// A fixed share less every year.
    pub decline: Option<Decline>,
    /// The limit follows the population.
    pub ratchet: Option<Ratchet>,
}

/// An announced value, from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A date, 2027-01-01.
    pub from: String,
    /// The limit.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub value: Finite,
    /// When it was announced; the lead time is counted from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<String>,
}

/// T₀ × (1 − r)^(t − t₀).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// First year.
    pub from: i32,
    /// Limit of the first year.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub value: Finite,
    /// Share less per year.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub rate: Finite,
    /// Last year.
    pub until: i32,
}

/// The limit of a year follows the population's quantile, never up, never faster than a step, never below a floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    /// First year.
    pub from: i32,
    /// Limit of the first year.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub value: Finite,
    /// Which quantile it follows.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub quantile: Finite,
    /// Largest share less per year.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub max_step: Finite,
    /// Never below.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub floor: Finite,
    /// Years between the population that is looked at and the limit that follows from it.
    #[serde(default)]
    pub lead_time: u32,
    /// Last year.
    pub until: i32,
    /// The quantile of every year, where it is known or assumed; else the forecast's, else that of the population.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Text>"))]
    pub quantiles: BTreeMap<i32, Finite>,
}

/// Something bought for years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Its name.
    pub name: String,
    /// Its footprint in the unit of the limit.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub footprint: Finite,
    /// The year it is bought.
    pub bought: i32,
    /// Years that it serves.
    pub life: u32,
}

/// The quantile of one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// The year.
    pub year: i32,
    /// The quantile.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub value: Finite,
    /// How many products it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub products: Option<u32>,
}

/// The forecast that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForecastPlan {
    /// Which quantile of the population.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub quantile: Finite,
    /// Years ahead.
    pub years: u32,
    /// Products that a year must have to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_products: Option<u32>,
}

/// An earlier limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// The old limit: the old rule on the old population.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub limit: Finite,
    /// The old rule on this population.
    pub rule: Rule,
    /// The new rule on this population.
    pub new_rule: Rule,
}

/// How a limit is derived from a population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Rule {
    /// A quantile, 0 to 1.
    Quantile(#[cfg_attr(feature = "schema", schemars(with = "Text"))] Finite),
    /// The weighted mean times a factor.
    Mean(#[cfg_attr(feature = "schema", schemars(with = "Text"))] Finite),
}

/// Spending and prices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// All spending of the category.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub spend: Option<Finite>,
    /// Spending under the standard.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub spend_covered: Option<Finite>,
    /// Share of products, the best first, that "best available" means [0.10].
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub best_share: Option<Finite>,
}

/// When a limit is stale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stale {
    /// Alarm below this pass rate.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub low: Finite,
    /// Alarm above this pass rate.
    #[cfg_attr(feature = "schema", schemars(with = "Text"))]
    pub high: Finite,
}
