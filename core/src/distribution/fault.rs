//! What can be wrong with a stated uncertainty. A fault names itself; who meets it adds the line or the exchange.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::math::plain;

/// Why a stated uncertainty is no distribution of its amount. Nothing is sampled then, and nothing is taken as certain.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The words are not understood.
    Unreadable(String),
    /// A lognormal that says neither median nor mean.
    NoCentre,
    /// A geometric standard deviation below 1, or beyond any use.
    Gsd(f64),
    /// A standard deviation below zero, or beyond any use.
    Deviation(f64),
    /// Bounds that are not in order: minimum, mode, maximum.
    Bounds(f64, f64, f64),
    /// The amount lies outside its own distribution: minimum, amount, maximum.
    Outside(f64, f64, f64),
    /// A relative spread about zero.
    AboutZero,
    /// Scores that are no five numbers from 1 to 5, or a basic uncertainty that is missing or below 1.
    Pedigree(String),
    /// Weights that are negative or sum to nothing, or no values at all.
    Weights,
    /// The source states a form that is not known; its words.
    Unknown(String),
}

impl Fault {
    /// The finding, with the name of the line, factor or exchange.
    pub fn finding(&self, name: &str) -> Diagnostic {
        let entry = match self {
            Self::Unreadable(_) => &catalogue::M101,
            Self::NoCentre => &catalogue::M102,
            Self::Gsd(_) => &catalogue::M103,
            Self::Deviation(_) => &catalogue::M104,
            Self::Bounds(..) => &catalogue::M105,
            Self::Outside(..) => &catalogue::M106,
            Self::AboutZero => &catalogue::M107,
            Self::Pedigree(_) => &catalogue::M108,
            Self::Weights => &catalogue::M109,
            Self::Unknown(_) => &catalogue::M110,
        };
        let finding = Diagnostic::new(entry).with("name", name);
        let number = |value: f64| if value.is_finite() { plain(value) } else { "–".to_string() };
        match self {
            Self::Unreadable(text) | Self::Pedigree(text) | Self::Unknown(text) => finding.with("text", text),
            Self::Gsd(value) | Self::Deviation(value) => finding.with("value", number(*value)),
            Self::Bounds(minimum, middle, maximum) | Self::Outside(minimum, middle, maximum) => finding
                .with("minimum", number(*minimum))
                .with("middle", number(*middle))
                .with("maximum", number(*maximum)),
            Self::NoCentre | Self::AboutZero | Self::Weights => finding,
        }
    }
}
