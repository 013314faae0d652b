//! The document of a product, `zuji/product@1`: what a person writes in YAML or a portal sends as JSON.

use crate::factor::Pin;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A number or a short text, kept as it was written: `6.2`, `"6.2 kg"`, `3%`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scalar(pub String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a text such as \"6.2 kg\"")
            }
            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_string()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(crate::math::plain(value)))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Scalar {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NumberOrText".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string"] })
    }
}

/// A list that may be left out (unknown), be the word `none` (nothing there, said on purpose) or be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Declared<T> {
    /// Nothing is said: unknown.
    #[default]
    Unknown,
    /// `none`: known to be nothing.
    None,
    /// Given.
    Some(T),
}

impl<T> Declared<T> {
    /// What was given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Some(value) => Some(value),
            Self::Unknown | Self::None => None,
        }
    }

    /// Whether nothing is said.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Declared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
            type Value = Declared<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the word none, or the content")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                match text.trim() {
                    "none" | "无" | "没有" => Ok(Declared::None),
                    other => Err(E::custom(format!("\"{other}\": write `none`, or the content"))),
                }
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Declared::Unknown)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Declared::Some)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(Declared::Some)
            }
        }
        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Declared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::None => serializer.serialize_str("none"),
            Self::Some(value) => value.serialize(serializer),
        }
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Declared<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("NoneOr{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let given = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [{ "const": "none" }, given] })
    }
}

macro_rules! document {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
    };
}
pub(crate) use document;

document! {
    /// A product and how it is made, moved, used and discarded.
    ProductDocument {
        /// Always `zuji/product@1`.
        #[serde(default)]
        schema: String,
        /// What the product is.
        #[serde(default)]
        product: ProductHead,
        /// How much of the product the result is for: `{amount: 1, unit: 把}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        declared_unit: Option<DeclaredUnit>,
        /// What the product does, in words (cradle-to-grave studies).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        functional_unit: Option<String>,
        /// Net mass of one declared unit without packaging: `11.5 kg`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mass: Option<Scalar>,
        /// The date the result stands for; a period is better.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// The period of the activity data, half-open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference_period: Option<ReferencePeriod>,
        /// Where it is made: ISO 3166 code. `CN` where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        geography: Option<String>,
        /// `cradle-to-gate` or `cradle-to-grave`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        boundary: Option<String>,
        /// The method profile: `gbt-24067-2024`, `iso-14067-2018`, `pact-3`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// The set of characterisation factors, where it is not the profile's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gwp: Option<String>,
        /// How long the product serves: `8 year`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service_life: Option<Scalar>,
        /// Answers: what a unit symbol means in these files, `{ST: piece}`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        units: BTreeMap<String, String>,
        /// Answers: which factor a material's name means, `{PA6-GF30: <factor id>}`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        factors: BTreeMap<String, String>,
        /// The factor packs that it may draw on, and no others: `[{id: uk-desnz-2024, sha256: 0123abcd…}]`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packs: Vec<Pin>,
        /// Answer: whether formed parts are bought (`bought`) or formed in the plant whose energy is counted (`own`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        forming: Option<String>,
        /// The parts. Left out where a table of parts stands beside this document.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bom: Vec<LineDocument>,
        /// Packaging, or `none`.
        #[serde(default, skip_serializing_if = "Declared::is_unknown")]
        packaging: Declared<Vec<LineDocument>>,
        /// Energy and processes of manufacture, or `none`.
        #[serde(default, skip_serializing_if = "Declared::is_unknown")]
        energy: Declared<Vec<EnergyDocument>>,
        /// What the plant makes, to divide its energy.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plant: Option<PlantDocument>,
        /// Transport of the parts to the plant, for parts that name none.
        #[serde(default, skip_serializing_if = "Declared::is_unknown")]
        inbound: Declared<Vec<LegDocument>>,
        /// Transport of the product to the customer, or `none`.
        #[serde(default, skip_serializing_if = "Declared::is_unknown")]
        distribution: Declared<Vec<LegDocument>>,
        /// The use phase, or `none`.
        #[serde(default, skip_serializing_if = "Declared::is_unknown", rename = "use")]
        use_phase: Declared<UseDocument>,
        /// The end of life, or `none`.
        #[serde(default, skip_serializing_if = "Declared::is_unknown")]
        end_of_life: Declared<EndOfLifeDocument>,
        /// Products that leave the same production, and the rule that divides it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        co_products: Option<AllocationDocument>,
        /// What was left out under the cut-off criteria.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        excluded: Vec<ExclusionDocument>,
        /// The files this document was read from (filled in by the reader).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sources: Vec<SourceFile>,
    }
}

document! {
    /// What the product is.
    ProductHead {
        /// Its name.
        #[serde(default)]
        name: String,
        /// Article number or other id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Model or specification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// Who makes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maker: Option<String>,
        /// Classification code with its scheme, such as `un-cpc:38112`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        classification: Option<String>,
    }
}

document! {
    /// How much of the product a result is for.
    DeclaredUnit {
        /// The amount, above zero.
        amount: Scalar,
        /// The unit.
        unit: String,
    }
}

document! {
    /// A period, half-open: the end is the first day after it.
    ReferencePeriod {
        /// First day.
        start: String,
        /// First day after the period.
        end: String,
    }
}

document! {
    /// A file the inputs were read from.
    SourceFile {
        /// Its name without the folder.
        name: String,
        /// SHA-256 of its bytes.
        sha256: String,
    }
}

document! {
    /// One part, material or sub-assembly.
    LineDocument {
        /// The supplier's own name for it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
        /// Part number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The part number of the assembly it belongs to, where the list is flat.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<String>,
        /// Position in the assembly; tells apart rows that are otherwise the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<String>,
        /// The material, where the name is not one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        material: Option<String>,
        /// The id of the factor, where it is chosen by hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        factor: Option<String>,
        /// Quantity per one parent, with or without its unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantity: Option<Scalar>,
        /// Unit of the quantity.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// How uncertain the quantity is: `normal sd=5%`, `lognormal gsd=1.2 median`, `uniform 9..11`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uncertainty: Option<Scalar>,
        /// Stage or module, where it is not raw materials.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
        /// Where it is made: ISO 3166 code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        geography: Option<String>,
        /// Mass of one piece: `120 g`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_mass: Option<Scalar>,
        /// Density: `1.38 g/cm3`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        density: Option<Scalar>,
        /// Grammage: `300 g/m2`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mass_per_area: Option<Scalar>,
        /// Mass per length: `0.25 kg/m`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mass_per_length: Option<Scalar>,
        /// Width of a web: `1.5 m`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        width: Option<Scalar>,
        /// Thickness of a sheet: `0.2 mm`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thickness: Option<Scalar>,
        /// Loss added on top of the quantity: `3%` means × 1.03.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        loss: Option<Scalar>,
        /// Output per input: `95%` means ÷ 0.95. Another number than loss.
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "yield")]
        yield_: Option<Scalar>,
        /// How a negative quantity is meant: `waste` or `return`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        treatment: Option<String>,
        /// How often it is replaced during the service life of the product (B4).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replacements: Option<Scalar>,
        /// kg of fossil carbon per kg.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fossil_carbon: Option<Scalar>,
        /// kg of biogenic carbon per kg.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        biogenic_carbon: Option<Scalar>,
        /// Its way to the plant.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        transport: Vec<LegDocument>,
        /// A footprint from its supplier, which replaces the average.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supplier: Option<SupplierDocument>,
        /// Its end of life, where it differs from the product's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end_of_life: Option<EndOfLifeDocument>,
        /// Its own parts, per piece of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<LineDocument>,
        /// The row of the table it was read from (filled in by the reader).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<u32>,
        /// In records: whether the row is one of the document beside the table of parts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        beside_table: bool,
        /// In records, where lines stand flat: the process the line belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<u32>,
        /// In records: the process the line is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assembly: Option<u32>,
    }
}

document! {
    /// One leg of a transport.
    LegDocument {
        /// `road`, `rail`, `sea`, `air` (公路, 铁路, 海运, 空运) or any freight factor's name.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        mode: String,
        /// The distance: `1200 km`.
        distance: Scalar,
        /// The mass moved, where it is not that of the part or product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mass: Option<Scalar>,
        /// The id of the factor, where it is chosen by hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        factor: Option<String>,
    }
}

document! {
    /// A footprint that a supplier gives for a part.
    SupplierDocument {
        /// kg CO2e, excluding biogenic uptake.
        footprint: Scalar,
        /// For how much of the part: `1 piece`, `12 L`. Not per 1 unit unless it says so (PACT ADR 36).
        per: Scalar,
        /// How uncertain the footprint is: `normal sd=10%`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uncertainty: Option<Scalar>,
        /// What it covers; `cradle-to-gate` is needed.
        boundary: String,
        /// The set of characterisation factors, such as `AR6`.
        gwp: String,
        /// Who says so: the document's name or id.
        source: String,
        /// Biogenic carbon in the part, kg C for the same amount.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        biogenic_carbon: Option<Scalar>,
        /// Share of primary data, percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        primary_data_share: Option<Scalar>,
        /// Last day on which it is valid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_until: Option<String>,
        /// The year it stands for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        year: Option<u16>,
        /// Where the part is made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        geography: Option<String>,
        /// Technology, geography and time scores, 1 to 5.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scores: Option<[u8; 3]>,
    }
}

document! {
    /// Energy, water or a process of manufacture.
    EnergyDocument {
        /// What it is, by a factor's name: 电, 天然气, diesel.
        carrier: String,
        /// The user's name for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The amount.
        amount: Scalar,
        /// Unit of the amount.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// How uncertain the amount is: `normal sd=5%`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uncertainty: Option<Scalar>,
        /// `product` (one declared unit) or `plant` (divided by the plant's outputs).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per: Option<String>,
        /// The allocation key, where it is not the plant's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// Where it is used: ISO 3166 code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        geography: Option<String>,
        /// The id of the factor, where it is chosen by hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        factor: Option<String>,
        /// The certificate of green power.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instrument: Option<String>,
        /// The part of the life cycle, where it is not manufacturing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
        /// `false`: the amount is an estimate, which is listed. The figure is the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measured: Option<bool>,
    }
}

document! {
    /// What the plant makes in the period of its energy.
    PlantDocument {
        /// How its energy is divided: `pieces`, `mass`, `machine_hours`, `revenue`, `manual`.
        key: String,
        /// All its products; exactly one is this product.
        outputs: Vec<OutputDocument>,
    }
}

document! {
    /// One product of a plant or a production.
    OutputDocument {
        /// Its name.
        name: String,
        /// Whether it is the product of this document.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        this: bool,
        /// Number of pieces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pieces: Option<Scalar>,
        /// Declared units of this product, where it is not counted in pieces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        declared_units: Option<Scalar>,
        /// Total mass.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mass: Option<Scalar>,
        /// Total machine hours.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        machine_hours: Option<Scalar>,
        /// Price of one unit, with `quantity`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Scalar>,
        /// Quantity sold at that price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantity: Option<Scalar>,
        /// Total revenue, where price and quantity are not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        revenue: Option<Scalar>,
        /// The share itself, for the key `manual`: `40%`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        share: Option<Scalar>,
        /// Another physical quantity, for the key `physical`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        physical: Option<Scalar>,
    }
}

document! {
    /// Products that leave one production, and the rule that divides it.
    AllocationDocument {
        /// `mass`, `revenue`, `price`, `pieces`, `physical`, `machine_hours` or `manual`.
        key: String,
        /// All co-products; exactly one is this product.
        outputs: Vec<OutputDocument>,
    }
}

document! {
    /// The use phase.
    UseDocument {
        /// Energy and water in use.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        energy: Vec<EnergyDocument>,
        /// Materials in use: spare parts, consumables (B2 unless the line names another module).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        materials: Vec<LineDocument>,
    }
}

document! {
    /// What happens to the product, or to a part, at its end.
    EndOfLifeDocument {
        /// Way to the treatment.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        transport: Vec<LegDocument>,
        /// Share that is recycled: `60%`. Cut-off: its benefit lies outside the total.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recycling: Option<Scalar>,
        /// Share that is burnt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        incineration: Option<Scalar>,
        /// Share that goes to landfill.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        landfill: Option<Scalar>,
        /// Share that is used again as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reuse: Option<Scalar>,
        /// Treatment factors chosen by hand: `{landfill: <factor id>}`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        factors: BTreeMap<String, String>,
    }
}

document! {
    /// Something left out under the cut-off criteria.
    ExclusionDocument {
        /// What.
        what: String,
        /// Why.
        reason: String,
        /// A conservative estimate, kg CO2e per declared unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        estimate: Option<Scalar>,
    }
}
