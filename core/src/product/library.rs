//! What a computation draws on, all of it data that is passed in.

use super::WasteRules;
use crate::diagnostic::Diagnostics;
use crate::factor::{Factors, Pack, Pin, PreparedTables};
use crate::impact::GwpSets;
use crate::method::Profiles;
use crate::quantity::UnitTable;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Units, factors, characterisation sets, method profiles and treatment rules. Built once, shared by all products.
#[derive(Clone, Debug)]
pub struct Library {
    /// Known units.
    pub units: Arc<UnitTable>,
    /// Emission factors.
    pub factors: Factors,
    /// Sets of characterisation factors.
    pub sets: GwpSets,
    /// Method profiles.
    pub profiles: Profiles,
    /// Which treatment row serves which class of material.
    pub waste: WasteRules,
    /// Conservative estimates by class that a record brings along, kg CO2e per kg; else they come from the factors.
    pub bounds: Option<BTreeMap<String, Option<f64>>>,
}

impl Library {
    /// Puts a library together; rows that break a rule are reported and left out.
    pub fn new(
        tables: impl IntoIterator<Item: Into<Pack>>,
        sets: GwpSets,
        profiles: Profiles,
        waste: WasteRules,
    ) -> (Self, Diagnostics) {
        let units = Arc::new(UnitTable::standard());
        let (factors, findings) = Factors::new(tables, &units);
        (Self { units, factors, sets, profiles, waste, bounds: None }, findings)
    }

    /// The same over tables that were prepared when the program was built, with further ones beside them.
    ///
    /// # Errors
    /// When a prepared table is not what this version of the core reads: the build was mixed up.
    pub fn prepared(
        tables: PreparedTables,
        more: impl IntoIterator<Item: Into<Pack>>,
        sets: GwpSets,
        profiles: Profiles,
        waste: WasteRules,
    ) -> Result<(Self, Diagnostics), serde_json::Error> {
        let units = Arc::new(UnitTable::standard());
        let mut factors = Factors::prepared(tables, &units)?;
        let findings = factors.add(more, &units);
        Ok((Self { units, factors, sets, profiles, waste, bounds: None }, findings))
    }
}

/// What a caller may choose beside the document. `None` leaves it to the document, then to the profile.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The date for ages and validity, as ISO 8601; never the clock.
    pub as_of: Option<String>,
    /// The set of characterisation factors.
    pub gwp: Option<String>,
    /// Whether any other set in the result is an error.
    pub strict: bool,
    /// The method profile.
    pub method: Option<String>,
    /// The boundary.
    pub boundary: Option<String>,
    /// The deepest nesting of assemblies.
    pub max_depth: Option<u32>,
    /// The factor packs that may be drawn on; without pins the document's, else all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// How the uncertainty is sampled; without it there is no range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<SampleOptions>,
}

/// How the uncertainty of a result is sampled.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SampleOptions {
    /// How many samples.
    pub count: u32,
    /// The seed: the same seed gives the same draws, whatever else changes.
    #[serde(default)]
    pub seed: u32,
    /// How the samples are spread.
    #[serde(default)]
    pub sampling: Sampling,
    /// The limit that the footprint is held to, kg CO2e per declared unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<crate::math::Finite>,
}

impl SampleOptions {
    /// The most samples of one result; their totals are kept.
    pub const MOST: u32 = 5_000_000;
}

/// How samples are spread over the probabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// Independently.
    #[default]
    Random,
    /// Latin hypercube: every parameter once in each of as many equal parts as there are samples.
    Lhs,
    /// Sobol' sequence, scrambled, for the parameters that weigh most; Latin hypercube for the rest.
    Sobol,
}
