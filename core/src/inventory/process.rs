//! A process of an inventory: one flagged reference flow, exchanges, parameters, how it is divided among its products.

use super::{ParameterDocument, Uncertainty};
use crate::factor::Period;
use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// A process.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProcessDocument {
    /// Unique.
    pub id: String,
    /// Its name. Blanks around it do not count.
    pub name: String,
    /// Chinese name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// Class, outermost first: `Utilities/Electricity`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// ISO 3166 code or the source's own name of a region; left out where the source states none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The years it stands for, or `not stated`.
    #[serde(default = "not_stated")]
    pub period: Period,
    /// What goes in and out. Exactly one exchange is flagged as the reference flow.
    pub exchanges: Vec<ExchangeDocument>,
    /// Parameters that its formulas see, before those of the database.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterDocument>,
    /// How it is divided where it has several products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationDocument>,
    /// Document, table, page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Set where it differs from the database's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The file of the source that holds it: findings point there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Anything a user must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

fn not_stated() -> Period {
    Period::NotStated
}

/// Into a process, or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Used, treated or taken from the environment.
    Input,
    /// Made, handed on or emitted.
    Output,
}

/// One exchange of a process.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExchangeDocument {
    /// Its id within the process, where the source has one: causal allocation factors and links name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Id of the flow.
    pub flow: String,
    /// Which way.
    pub direction: Direction,
    /// How much, of any sign. Beside a formula it is what the source computed, kept for comparison and never used.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub amount: Finite,
    /// The amount as a formula over parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// The unit of the amount; the flow's reference unit where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Which property of the flow the unit measures, where its dimension alone does not tell (energy by net and by gross
    /// calorific value); the flow's own where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Whether it is the reference flow: the output that the process exists for, or the waste that it treats.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reference: bool,
    /// Whether it is a product that need not be made elsewhere (a credit).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub avoided: bool,
    /// Id of the process that provides it (or treats it), where the source names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What the whole amount costs or earns: the key of economic allocation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceDocument>,
    /// How uncertain the amount is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Uncertainty>,
    /// Anything a user must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What an amount costs or earns.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PriceDocument {
    /// For the whole amount of the exchange; negative where the product must be paid for to be taken away.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub amount: Finite,
    /// ISO 4217 code.
    pub currency: String,
}

/// By which rule a process with several products is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AllocationRule {
    /// By a physical quantity: the file's shares, else mass or whatever dimension all products have.
    Physical,
    /// By revenue: the file's shares, else the prices of the exchanges.
    Economic,
    /// By factors per exchange and product.
    Causal,
    /// The same share for each product.
    Equal,
    /// Shares given by hand.
    Manual,
    /// Not divided: the other products replace what would have been made elsewhere, which is a credit.
    Substitution,
    /// Not divided: the reference product carries everything, the others leave free of burden.
    CutOff,
}

/// How a process is divided.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationDocument {
    /// The rule that holds where the caller asks for no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<AllocationRule>,
    /// The file's shares, for one rule or several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<ShareDocument>,
}

/// The share of one product.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareDocument {
    /// The rule that it belongs to: `physical`, `economic`, `causal` or `manual`.
    pub rule: AllocationRule,
    /// Id of the product's (or treated waste's) flow.
    pub product: String,
    /// Its share, 0 to 1.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub share: Finite,
    /// Causal: the id of the one exchange that the share is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<String>,
}
