//! The document of a set of characterisation factors, `zuji/characterisation@1`.

use super::Kind;
use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// A set of characterisation factors with the source of every value.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CharacterisationDocument {
    /// Always `zuji/characterisation@1`.
    pub schema: String,
    /// The set's id: assessment report, horizon, table or convention, such as `AR6-GWP100@2021`.
    pub id: String,
    /// Other names under which sources cite this very set, such as `AR6`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The assessment report: `AR4`, `AR5`, `AR6`.
    pub report: String,
    /// The time horizon in years.
    pub horizon: u16,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// What tells this set from the others of its report, above all how methane is treated.
    pub convention: String,
    /// Where the values come from.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// The values.
    pub gases: Vec<GasRow>,
}

/// One gas of a set.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GasRow {
    /// The gas: formula of the common ones (`CO2`, `CH4`, `N2O`, `SF6`), else the acronym (`HFC-134a`), else the name.
    pub gas: String,
    /// Set where the value holds for one kind only (fossil or biogenic methane).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// kg CO2e per kg.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub gwp: Finite,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// CAS registry number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cas: Option<String>,
    /// Set where the value's source differs from the set's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What other sources give for the same report and horizon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
}

/// Another value for the same gas, report and horizon.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// kg CO2e per kg.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub gwp: Finite,
    /// Who gives it.
    pub source: String,
}
