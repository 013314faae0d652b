//! The document of a life cycle inventory database, `zuji/inventory@1`: YAML or JSON.
//!
//! Signs: amounts stand as the source writes them, with their direction. In the matrices an output counts + and an
//! input −, an emission + and an extraction or uptake −.

use super::ProcessDocument;
use crate::impact::Kind;
use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// An inventory database, or a part of one.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InventoryDocument {
    /// Always `zuji/inventory@1`.
    pub schema: String,
    /// What the database is and where it comes from.
    pub database: DatabaseHead,
    /// Units that the table of units does not have, with their factors within a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitDocument>,
    /// Products, wastes, emissions and resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<FlowDocument>,
    /// The processes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub processes: Vec<ProcessDocument>,
    /// Parameters that all processes see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterDocument>,
    /// Impact categories with their characterisation factors, where the database brings its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub impacts: Vec<ImpactDocument>,
}

/// What a database is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DatabaseHead {
    /// Short id, such as `uslci`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version, or `not stated`.
    pub version: String,
    /// Who published it, where.
    pub source: String,
    /// Licence as it is stated, or `not stated`.
    pub licence: String,
    /// What must be said when it, or what was computed from it, is passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// What a user must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was left out on the way in, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// Whether it may not be passed on (a licensed or private one).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// A unit of the database's own.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitDocument {
    /// The symbol as exchanges write it.
    pub symbol: String,
    /// The group within which units convert, such as `Units of mass`.
    pub group: String,
    /// How many of the group's base unit one of it is. Positive.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub factor: Finite,
    /// Other ways of writing it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// What a flow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// A good or a service: what provides it has it as an output.
    Product,
    /// A waste: what treats it has it as an input, so a treatment provides it with a negative sign.
    Waste,
    /// An elementary flow into the environment.
    Emission,
    /// An elementary flow from the environment. A characterisation factor holds per unit extracted.
    Resource,
}

impl FlowKind {
    /// Whether it crosses the border to the environment (a row of B), else it is a row of A.
    pub fn is_elementary(self) -> bool {
        matches!(self, Self::Emission | Self::Resource)
    }
}

/// A flow.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowDocument {
    /// Unique; matching goes by it, never by the name alone.
    pub id: String,
    /// Its name. Blanks around it do not count.
    pub name: String,
    /// Chinese name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// What it is.
    pub kind: FlowKind,
    /// The reference unit: the matrices count in it.
    pub unit: String,
    /// Class of a product, or compartment of an elementary flow, outermost first: `air/urban`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// Where it is made or emitted, if the flow itself says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// CAS registry number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// What one reference unit is in units of another dimension (mass, energy …): how an amount in kg becomes m³.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<PropertyDocument>,
    /// Whether the source itself cuts it off: nothing provides it, and what looks like an output of it is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_off: bool,
    /// The greenhouse gas that it is, where that is settled: sets of GWP values are then applied to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gas: Option<GasDocument>,
}

/// What one reference unit of a flow is in another unit.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PropertyDocument {
    /// What is measured, such as `Net calorific value`.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// How many of it one reference unit is. Positive.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub amount: Finite,
}

/// The greenhouse gas that an elementary flow is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GasDocument {
    /// The gas, as the characterisation sets name it.
    pub gas: String,
    /// What it comes from.
    pub kind: Kind,
}

/// A parameter: a number, or a formula over others.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ParameterDocument {
    /// Its name, in any case: `Load` and `load` are one.
    pub name: String,
    /// Its value. Beside a formula it is what the source computed, kept for comparison and never used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub amount: Option<Finite>,
    /// Its formula, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// How uncertain it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<super::Uncertainty>,
    /// Anything a user must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// An impact category: a row of C.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImpactDocument {
    /// Unique id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The unit of its result, such as `kg CO2e`.
    pub unit: String,
    /// Method, version, publisher.
    pub source: String,
    /// The factors. A flow without one is listed as not characterised; 0 is a factor.
    pub factors: Vec<ImpactFactor>,
}

/// A characterisation factor.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImpactFactor {
    /// Id of an elementary flow.
    pub flow: String,
    /// Impact per unit emitted, or per unit extracted for a resource.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub amount: Finite,
    /// The unit of the flow that the factor counts in; the flow's own where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}
