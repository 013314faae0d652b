//! A method profile: the document `zuji/method@1`.

use super::Module;
use crate::hash::{canonical, sha256_hex};
use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// A rule set for footprints of products.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MethodProfile {
    /// Always `zuji/method@1`.
    pub schema: String,
    /// The id, such as `gbt-24067-2024`.
    pub id: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Version of this profile (not of the standard).
    pub version: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// The standard, with the clauses that this profile follows.
    pub source: String,
    /// The set of characterisation factors unless another is chosen.
    pub gwp: String,
    /// How biogenic carbon is accounted: `zero-zero` (0/0). The −1/+1 balance is another profile.
    pub biogenic: String,
    /// The stages of the standard, as groups of modules, in order.
    pub stages: Vec<StageRule>,
    /// The boundaries that may be chosen; the first is the default.
    pub boundaries: Vec<BoundaryRule>,
    /// Modules that are reported beside the total, never in it (PACT: outbound logistics).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported_separately: Vec<Module>,
    /// The largest excluded share of the total, in percent, where the standard has a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub cut_off_percent: Option<Finite>,
    /// Above this ratio of highest to lowest economic value of co-products the allocation is economic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub economic_allocation_above: Option<Finite>,
    /// What the standard leaves out of a footprint and a report must list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded_activities: Vec<String>,
}

/// A stage of the standard.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StageRule {
    /// Identifier in results.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Its modules.
    pub modules: Vec<Module>,
}

/// A boundary that may be chosen.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BoundaryRule {
    /// `cradle-to-gate` or `cradle-to-grave`.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// The modules in the total.
    pub modules: Vec<Module>,
    /// Fields of the product document that must speak (each may be `none`) for the boundary to be described.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_describe: Vec<String>,
}

impl MethodProfile {
    /// A boundary by its id; the default where none is named.
    pub fn boundary(&self, id: Option<&str>) -> Option<&BoundaryRule> {
        match id {
            None => self.boundaries.first(),
            Some(id) => {
                let key = crate::factor::name_key(id);
                let is = |known: &str| crate::factor::name_key(known) == key;
                self.boundaries.iter().find(|rule| is(&rule.id) || is(&rule.name_en) || is(&rule.name_zh))
            }
        }
    }

    /// SHA-256 of the profile as canonical JSON.
    pub fn sha256(&self) -> String {
        sha256_hex(&canonical(self))
    }
}

/// All known profiles; the first is the default.
#[derive(Clone, Debug, Default)]
pub struct Profiles(Vec<MethodProfile>);

impl Profiles {
    /// The profiles in their order.
    pub fn new(profiles: Vec<MethodProfile>) -> Self {
        Self(profiles)
    }

    /// A profile by id or alias; the default where none is named.
    pub fn find(&self, id: Option<&str>) -> Option<&MethodProfile> {
        match id {
            None => self.0.first(),
            Some(id) => {
                let key = crate::factor::name_key(id);
                let is = |known: &str| crate::factor::name_key(known) == key;
                self.0.iter().find(|profile| is(&profile.id) || profile.aliases.iter().any(|alias| is(alias)))
            }
        }
    }

    /// All profiles.
    pub fn iter(&self) -> impl Iterator<Item = &MethodProfile> {
        self.0.iter()
    }

    /// Their ids, for messages.
    pub fn ids(&self) -> String {
        self.0.iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>().join(", ")
    }
}
