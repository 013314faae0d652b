//! What a standard says of evidence in a word, a number or a pair: written as people write it.

use crate::math::DecimalText;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;
use std::fmt;

/// What a declared footprint becomes at a level of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorRule {
    /// It is multiplied.
    Times(DecimalText),
    /// A parameter times a factor replaces it.
    Default {
        /// The parameter.
        parameter: String,
        /// The factor.
        factor: DecimalText,
    },
}

/// What a curve gives beyond its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamp {
    /// Whether the last points hold on.
    Ends(bool),
    /// The lowest and the highest points.
    Range(DecimalText, DecimalText),
}

impl<'de> Deserialize<'de> for FactorRule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Use {
            r#use: String,
            factor: DecimalText,
        }
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = FactorRule;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal in quotes such as \"1.10\", or {use: parameter, factor: \"1.20\"}")
            }
            fn visit_str<E>(self, text: &str) -> Result<FactorRule, E> {
                Ok(FactorRule::Times(text.into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<FactorRule, E> {
                Ok(FactorRule::Times(DecimalText(value.to_string())))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<FactorRule, A::Error> {
                let Use { r#use, factor } = Use::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(FactorRule::Default { parameter: r#use, factor })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for FactorRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Times(factor) => factor.serialize(serializer),
            Self::Default { parameter, factor } => {
                let map: BTreeMap<&str, &str> = [("use", parameter.as_str()), ("factor", factor.0.as_str())].into();
                map.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Clamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Clamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, or two decimals: [\"0\", \"60\"]")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Clamp, E> {
                Ok(Clamp::Ends(value))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Clamp, A::Error> {
                let [low, high] = <[DecimalText; 2]>::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(Clamp::Range(low, high))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for Clamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ends(value) => value.serialize(serializer),
            Self::Range(low, high) => [low, high].serialize(serializer),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FactorRule {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactorRule".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": ["string", "integer"] },
            {
                "type": "object",
                "properties": {
                    "use": { "type": "string", "description": "The parameter that replaces a declared value." },
                    "factor": { "type": ["string", "number"], "description": "What it is multiplied by." }
                },
                "required": ["use", "factor"],
                "additionalProperties": false
            }
        ] })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Clamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Clamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": "boolean" },
            { "type": "array", "items": { "type": ["string", "number"] }, "minItems": 2, "maxItems": 2 }
        ] })
    }
}
