//! The JSON of openLCA, schema versions 1.x and 2.x: only what an inventory needs. Where the two name a field
//! differently, both names are read.

use serde::Deserialize;
use std::borrow::Cow;

type Text<'a> = Option<Cow<'a, str>>;

#[derive(Deserialize)]
pub struct Reference<'a> {
    #[serde(rename = "@id", borrow, default)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
}

/// A category: a reference in 1.x, a path in 2.x.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Category<'a> {
    Reference(#[serde(borrow)] Reference<'a>),
    Path(#[serde(borrow)] Cow<'a, str>),
}

#[derive(Deserialize)]
pub struct CategoryFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub category: Option<Category<'a>>,
}

#[derive(Deserialize)]
pub struct LocationFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub code: Text<'a>,
}

#[derive(Deserialize)]
pub struct UnitGroupFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub units: Option<Vec<Unit<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(default)]
    pub conversion_factor: Option<f64>,
    #[serde(default, alias = "isRefUnit")]
    pub reference_unit: Option<bool>,
    #[serde(default)]
    pub synonyms: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowPropertyFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub unit_group: Option<Reference<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub category: Option<Category<'a>>,
    #[serde(borrow, default)]
    pub flow_type: Text<'a>,
    #[serde(borrow, default)]
    pub cas: Text<'a>,
    #[serde(borrow, default)]
    pub synonyms: Text<'a>,
    #[serde(borrow, default)]
    pub location: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub flow_properties: Option<Vec<FlowPropertyFactor<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowPropertyFactor<'a> {
    #[serde(default, alias = "isRefFlowProperty")]
    pub reference_flow_property: Option<bool>,
    #[serde(borrow, default)]
    pub flow_property: Option<Reference<'a>>,
    #[serde(default)]
    pub conversion_factor: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub description: Text<'a>,
    #[serde(borrow, default)]
    pub category: Option<Category<'a>>,
    #[serde(borrow, default)]
    pub location: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub process_documentation: Option<Documentation<'a>>,
    #[serde(borrow, default)]
    pub exchanges: Option<Vec<Exchange<'a>>>,
    #[serde(borrow, default)]
    pub parameters: Option<Vec<Parameter<'a>>>,
    #[serde(borrow, default)]
    pub default_allocation_method: Text<'a>,
    #[serde(borrow, default)]
    pub allocation_factors: Option<Vec<AllocationFactor<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Documentation<'a> {
    #[serde(borrow, default)]
    pub valid_from: Text<'a>,
    #[serde(borrow, default)]
    pub valid_until: Text<'a>,
    #[serde(borrow, default)]
    pub publication: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub sources: Option<Vec<Reference<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange<'a> {
    #[serde(rename = "@id", borrow, default)]
    pub id: Text<'a>,
    #[serde(default)]
    pub internal_id: Option<i64>,
    #[serde(default, alias = "isAvoidedProduct")]
    pub avoided_product: Option<bool>,
    #[serde(default, alias = "isInput")]
    pub input: Option<bool>,
    #[serde(default, alias = "isQuantitativeReference")]
    pub quantitative_reference: Option<bool>,
    #[serde(default)]
    pub amount: Option<f64>,
    #[serde(borrow, default)]
    pub amount_formula: Text<'a>,
    #[serde(borrow, default)]
    pub flow: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub unit: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub flow_property: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub default_provider: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub uncertainty: Option<Uncertainty<'a>>,
    #[serde(borrow, default, alias = "dqEntry")]
    pub pedigree_uncertainty: Text<'a>,
    #[serde(default)]
    pub base_uncertainty: Option<f64>,
    #[serde(default)]
    pub cost_value: Option<f64>,
    #[serde(borrow, default)]
    pub currency: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub description: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uncertainty<'a> {
    #[serde(borrow, default)]
    pub distribution_type: Text<'a>,
    #[serde(default)]
    pub geom_mean: Option<f64>,
    #[serde(default)]
    pub geom_sd: Option<f64>,
    #[serde(default)]
    pub mean: Option<f64>,
    #[serde(default)]
    pub sd: Option<f64>,
    #[serde(default)]
    pub minimum: Option<f64>,
    #[serde(default)]
    pub mode: Option<f64>,
    #[serde(default)]
    pub maximum: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter<'a> {
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub description: Text<'a>,
    #[serde(default, alias = "isInputParameter")]
    pub input_parameter: Option<bool>,
    #[serde(default)]
    pub value: Option<f64>,
    #[serde(borrow, default)]
    pub formula: Text<'a>,
    #[serde(borrow, default)]
    pub uncertainty: Option<Uncertainty<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AllocationFactor<'a> {
    #[serde(borrow, default)]
    pub allocation_type: Text<'a>,
    #[serde(borrow, default)]
    pub product: Option<Reference<'a>>,
    #[serde(default)]
    pub value: Option<f64>,
    #[serde(borrow, default)]
    pub exchange: Option<ExchangeReference<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeReference<'a> {
    #[serde(default)]
    pub internal_id: Option<i64>,
    #[serde(borrow, default)]
    pub flow: Option<Reference<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImpactFile<'a> {
    #[serde(rename = "@id", borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default, alias = "refUnit")]
    pub reference_unit_name: Text<'a>,
    #[serde(borrow, default)]
    pub category: Option<Category<'a>>,
    #[serde(borrow, default)]
    pub impact_factors: Option<Vec<ImpactFactor<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImpactFactor<'a> {
    #[serde(borrow, default)]
    pub flow: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub unit: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub flow_property: Option<Reference<'a>>,
    #[serde(borrow, default)]
    pub location: Option<Reference<'a>>,
    #[serde(default)]
    pub value: Option<f64>,
}
