//! The result as a document: everything but the lines, which are written by the million.

use super::Quality;
use super::coverage::Coverage;
use super::provenance::Provenance;
use crate::math::Exact;
use crate::solve::Certificate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The two totals.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// Excluding biogenic uptake (0/0).
    pub excluding_biogenic_uptake: Exact,
    /// Including it; null where a bio-based line does not know its carbon.
    pub including_biogenic_uptake: Option<Exact>,
    /// Always `kg CO2e`.
    pub unit: &'static str,
    /// Counted plus a conservative estimate of the missing; null where no estimate is possible.
    pub upper_bound: Option<Exact>,
    /// Published total minus unrounded total.
    pub rounding_gap: String,
}

/// One part of a breakdown.
#[derive(Clone, Debug, Serialize)]
pub struct Breakdown {
    /// Identifier.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// kg CO2e.
    pub amount: Exact,
    /// Percent of the total; the shares of a breakdown sum to 100. Null where the total is not positive.
    pub share: Option<String>,
    /// The parts of this part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<Breakdown>,
}

/// One assembly.
#[derive(Clone, Debug, Serialize)]
pub struct Assembly {
    /// Its name or code.
    pub name: String,
    /// Units per declared unit; null where unknown.
    pub units: Option<String>,
    /// kg CO2e of one unit; null where the number of units is unknown.
    pub per_unit: Option<String>,
    /// kg CO2e of all units: the exact sum of the lines below it; null likewise.
    pub amount: Option<Exact>,
}

/// One set of characterisation factors with what it characterised.
#[derive(Clone, Debug, Serialize)]
pub struct SetShare {
    /// The set.
    pub set: String,
    /// Its time horizon in years; null where the source states no set.
    pub horizon: Option<u16>,
    /// kg CO2e.
    pub amount: Exact,
    /// Percent of the total.
    pub share: Option<String>,
}

/// How the result was computed.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// The profile's id.
    pub profile: String,
    /// Its version.
    pub version: String,
    /// Its hash.
    pub sha256: String,
    /// Its name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// The boundary.
    pub boundary: String,
    /// The approach to biogenic carbon.
    pub biogenic: String,
    /// The sets of characterisation factors in the total; the chosen one first.
    pub gwp: Vec<SetShare>,
    /// What the profile leaves out of a footprint.
    pub excluded_activities: Vec<String>,
}

/// Figures that are part of the total and shown apart, never added.
#[derive(Clone, Debug, Serialize)]
pub struct OfWhich {
    /// Packaging.
    pub packaging: Exact,
    /// Air transport, without radiative forcing.
    pub aircraft: Exact,
}

/// Carbon from living matter in the product at the gate.
#[derive(Clone, Debug, Serialize)]
pub struct Biogenic {
    /// kg C; null where unknown.
    pub carbon_content: Option<String>,
    /// kg C in the packaging; null where unknown.
    pub packaging_carbon_content: Option<String>,
    /// −44/12 × carbon content, kg CO2.
    pub uptake: Option<Exact>,
}

/// A factor that took part.
#[derive(Clone, Debug, Serialize)]
pub struct UsedFactor {
    /// Id.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Its kind.
    pub kind: &'static str,
    /// kg CO2e per unit as characterised here.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// Geography.
    pub geography: String,
    /// Years, or `not stated`.
    pub period: String,
    /// Boundary.
    pub boundary: String,
    /// Set of the source, where it gives CO2e.
    pub gwp: Option<String>,
    /// Source.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Table and version.
    pub table: String,
    /// What it stands in for, where it is a declared proxy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_for: Option<String>,
    /// Whether the table may not be passed on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// Green power beside the grid.
#[derive(Clone, Debug, Serialize)]
pub struct DualPower {
    /// The user's name.
    pub name: String,
    /// Location-based, kg CO2e: what counts.
    pub location_based: String,
    /// Market-based, kg CO2e: beside it.
    pub market_based: String,
}

/// A division of one production.
#[derive(Clone, Debug, Serialize)]
pub struct Allocation {
    /// What was divided.
    pub what: String,
    /// By what.
    pub key: &'static str,
    /// The shares by output.
    pub shares: BTreeMap<String, String>,
}

/// The result without its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Always `zuji/footprint@1`.
    pub schema: &'static str,
    /// The product.
    pub product: crate::product::ProductHead,
    /// What the figures are for.
    pub declared_unit: crate::product::DeclaredUnit,
    /// What the product does.
    pub functional_unit: Option<String>,
    /// Net mass of a declared unit, kg.
    pub mass: Option<String>,
    /// The totals.
    pub total: Total,
    /// By stage of the profile, with its modules.
    pub by_stage: Vec<Breakdown>,
    /// By gas.
    pub by_gas: Vec<Breakdown>,
    /// By kind.
    pub by_kind: Vec<Breakdown>,
    /// Parts of the total that are shown apart.
    pub of_which: OfWhich,
    /// Known, but outside the boundary or reported separately.
    pub outside_total: Vec<Breakdown>,
    /// Subtotals of assemblies.
    pub assemblies: Vec<Assembly>,
    /// Biogenic carbon.
    pub biogenic: Biogenic,
    /// What is known and missing.
    pub coverage: Coverage,
    /// How it was computed.
    pub method: Method,
    /// Data quality.
    pub data_quality: Quality,
    /// Divisions of one production.
    pub allocation: Vec<Allocation>,
    /// Green power beside the grid.
    pub electricity: Vec<DualPower>,
    /// What was left out under the cut-off criteria.
    pub excluded: Vec<crate::product::ExclusionDocument>,
    /// The factors that took part.
    pub factors: Vec<UsedFactor>,
    /// How well it was solved.
    pub certificate: Certificate,
    /// Who computed what from what.
    pub provenance: Provenance,
}
