//! The document of a factor table, `zuji/factors@1`: YAML or JSON, provenance in every row.

use super::FactorKind;
use crate::impact::Kind;
use crate::math::Finite;
use serde::{Deserialize, Serialize};

/// A factor table.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactorsDocument {
    /// Always `zuji/factors@1`.
    pub schema: String,
    /// What the table is and where it comes from.
    pub table: TableHead,
    /// The rows.
    pub rows: Vec<FactorRow>,
}

/// What a table is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TableHead {
    /// Short id, such as `uk-desnz-2024`; row ids start with it.
    pub id: String,
    /// Version of the table's source.
    pub version: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Who published it, where.
    pub source: String,
    /// Licence of the source as it is stated.
    pub licence: String,
    /// What must be said when it is passed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// What a user of the table must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Rows of the source that were left out, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// Whether the table may not be passed on (a licensed or private one). Results say so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// One factor.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactorRow {
    /// Unique and stable, such as `uk-desnz-2024/fuels/natural-gas/kwh-net`.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Other names, in any language: trade names, grades, abbreviations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// Codes of public classifications, scheme first: `HS 7209`, `CAS 7439-89-6`. They are found by a search and shown;
    /// they are too broad to match a line by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Dot path of the class, such as `metal.steel.carbon`; statistics and end of life go by it.
    pub class: String,
    /// What part of the life cycle it covers.
    pub kind: FactorKind,
    /// The reference unit.
    pub unit: String,
    /// What one reference unit emits, by gas and kind, where the source splits it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emissions: Vec<Emission>,
    /// CO2e that the source does not split by gas, kg per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub co2e: Option<Finite>,
    /// The kind of the unsplit CO2e, where the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co2e_kind: Option<Kind>,
    /// The CO2e that the source prints beside its own split by gas. It is never computed with: a check compares the sum
    /// of the gases with it, and finds a split that was characterised with another report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// The set with which the source characterised: an id, or `not stated`. Required where a figure is CO2e.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gwp: Option<String>,
    /// ISO 3166-1 or -2 code (`CN`, `CN-SX`), `RER` for Europe, `GLO` for the world.
    pub geography: String,
    /// The years it stands for, or that the source states none.
    pub period: Period,
    /// Last day on which the figure may be used, where its publisher sets one (`2027-12-31`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The boundary in words of the field: `cradle-to-gate`, `combustion`, `well-to-tank` …
    pub boundary: String,
    /// Document, year, table or page.
    pub source: String,
    /// Set where it differs from the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// How uncertain the figure is, where its source says so: `lognormal gsd=1.2 median`. Percentages are of the figure,
    /// plain numbers kg CO2e per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<String>,
    /// How far the figure can be trusted.
    #[serde(default)]
    pub quality: Quality,
    /// Ids of rows that must be added to this one to make it whole (well-to-tank, transmission).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<String>,
    /// Carbon in the material: what burning releases and what growing took up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carbon: Option<Carbon>,
    /// Physical properties for conversions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<RowProperties>,
    /// Whether shaping the material is in the figure.
    #[serde(default, skip_serializing_if = "Inclusion::is_not_stated")]
    pub forming: Inclusion,
    /// Whether transmission and distribution is in the figure (electricity).
    #[serde(default, skip_serializing_if = "Inclusion::is_not_stated")]
    pub transmission: Inclusion,
    /// Whether the CO2 that a burning waste's own fossil carbon gives off is in the figure. Where it is not, or the source
    /// does not say, incineration adds it.
    #[serde(default, skip_serializing_if = "Inclusion::is_not_stated")]
    pub stack_carbon: Inclusion,
    /// Set where the row stands in for a material without a public figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
    /// Whether the row may not be passed on, where its table as a whole may.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Anything a user must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One gas.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Emission {
    /// The gas, as the characterisation sets name it; `CO2e` for what the source does not split (it has `co2e`, and stays
    /// with the set of its source).
    pub gas: String,
    /// Its kind, where the source says it.
    #[serde(default, skip_serializing_if = "Kind::is_unspecified")]
    pub kind: Kind,
    /// kg of the gas per unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub kg: Option<Finite>,
    /// kg CO2e per unit, where the source gives the gas in CO2e of the row's set; the mass is recovered from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub co2e: Option<Finite>,
}

/// A source's own CO2e beside its split by gas.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// kg CO2e per unit.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub co2e: Finite,
    /// The set with which the source says it characterised: an id, or `not stated`.
    pub gwp: String,
}

/// The years a figure stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The source states none. Guessing one is forbidden.
    NotStated,
    /// First and last year.
    Years(u16, u16),
}

/// Written as `not stated`, `2024` or `2020-2022`.
impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotStated => f.write_str("not stated"),
            Self::Years(from, to) if from == to => write!(f, "{from}"),
            Self::Years(from, to) => write!(f, "{from}-{to}"),
        }
    }
}

impl std::str::FromStr for Period {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text == "not stated" {
            return Ok(Self::NotStated);
        }
        let wrong = || format!("\"{text}\" is no period: write 2024, 2020-2022 or not stated");
        let year =
            |part: &str| part.trim().parse::<u16>().ok().filter(|year| (1900..2200).contains(year)).ok_or_else(wrong);
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let (from, to) = (year(from)?, year(to)?);
        if from <= to { Ok(Self::Years(from, to)) } else { Err(wrong()) }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Period {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Period".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(not stated|[0-9]{4}(-[0-9]{4})?)$" })
    }
}

/// Data quality as PACT 3 scores it: 1 best, 5 worst or unknown.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// `good`, `fair` or `screening`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How the figure reached this table: `primary` (read in the publication) or `secondary` (carried by another source).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Technology score where it is known better than the rule gives it (3 for an average, 4 for a proxy).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technology: Option<u8>,
}

/// Carbon contained in a material, kg C per kg.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Carbon {
    /// Fossil carbon; burning it releases × 44/12 of CO2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub fossil: Option<Finite>,
    /// Biogenic carbon; growing it took up × 44/12 of CO2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub biogenic: Option<Finite>,
    /// Whether the material is made from living matter, so that the biogenic content matters even if it is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bio_based: bool,
    /// Where the contents come from.
    pub source: String,
}

/// Physical properties of a material, in coherent units.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RowProperties {
    /// kg/m³.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub density: Option<Finite>,
    /// MJ/kg, lower heating value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub lower_heating_value: Option<Finite>,
    /// MJ/kg, higher heating value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub higher_heating_value: Option<Finite>,
    /// kg per piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub unit_mass: Option<Finite>,
    /// kg/m².
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub mass_per_area: Option<Finite>,
    /// Where they come from.
    pub source: String,
}

/// Whether something is in a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Inclusion {
    /// The source includes it.
    Included,
    /// The source excludes it.
    Excluded,
    /// The source does not say.
    #[default]
    NotStated,
}

impl Inclusion {
    fn is_not_stated(&self) -> bool {
        *self == Self::NotStated
    }
}

/// What a row stands in for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// The material without a public figure.
    pub stands_for: String,
    /// Why this figure may stand in.
    pub reason: String,
}
