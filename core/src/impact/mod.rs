//! Greenhouse gases, their kinds, and what a kilogram of each weighs in CO2e (characterisation).
//!
//! Kinds partition the total (design §4.3): fossil, biogenic non-CO2, land-use change and so on. Excluding biogenic
//! uptake is the 0/0 approach: biogenic CO2 counts 0 and biogenic methane 27.0 (AR6). The −1/+1 balance of EN 15804
//! is another approach and never mixed with it (standards.md C2; ecoinvent/lcia#8).

mod characterisation;
mod document;
mod kind;

pub use characterisation::{Characterisation, GasFactor, GwpSets, SetError};
pub use document::{CharacterisationDocument, Disagreement, GasRow};
pub use kind::Kind;

/// The name of CO2e that its source does not split by gas; a bucket of its own, which no set characterises.
pub const UNSPLIT: &str = "CO2e";

/// kg CO2 per kg of carbon: 44/12, the rounded molar masses that ISO 14067 and PACT 3 use.
pub const CO2_PER_CARBON: f64 = 44.0 / 12.0;
