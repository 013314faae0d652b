//! A recipe: how one unit of a line meets factors. Lines of the same sort share one.

use crate::factor::FactorIndex;
use crate::impact::Kind;
use crate::method::Module;
use crate::quantity::{Conversion, Unit};

/// One factor in a recipe.
#[derive(Clone, Debug)]
pub struct Input {
    /// The factor.
    pub factor: FactorIndex,
    /// Units of the factor per unit of the line.
    pub coefficient: f64,
    /// How the units were converted.
    pub conversion: Conversion,
}

/// An emission that no factor row holds: it follows from a rule and the line's own data.
#[derive(Clone, Debug)]
pub struct Direct {
    /// The gas.
    pub gas: String,
    /// Its kind.
    pub kind: Kind,
    /// kg of the gas per unit of the line.
    pub kg: f64,
    /// The formula in words.
    pub rule: (&'static str, &'static str),
}

/// CO2e from a supplier's document.
#[derive(Clone, Debug)]
pub struct Supplied {
    /// kg CO2e per unit of the line.
    pub co2e: f64,
    /// The set it was made with.
    pub set: String,
    /// Who says so.
    pub source: String,
    /// The figure and what it is per, as they were written: with the source, what one figure of one supplier is.
    pub figure: String,
    /// How uncertain the figure is, as it was written, and the number of the figure.
    pub uncertainty: Option<(String, f64)>,
    /// What the average of the matched factor would be, kg CO2e per unit of the line, where one matched.
    pub average: Option<FactorIndex>,
    /// Units of that factor per unit of the line.
    pub average_coefficient: f64,
}

/// What is known of a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipeState {
    /// It counts.
    Counted,
    /// Something is missing or wrong: unknown, never zero.
    Missing,
    /// A question waits for its answer: unknown.
    Undecided,
    /// An assembly: its parts count, not it.
    Assembly,
}

/// How one unit of a line meets factors.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Whether it counts.
    pub state: RecipeState,
    /// The unit of the line.
    pub unit: Option<Unit>,
    /// Where the line stands in the life cycle.
    pub module: Module,
    /// The factors.
    pub inputs: Vec<Input>,
    /// Emissions by rule.
    pub direct: Vec<Direct>,
    /// The supplier's footprint, in place of factors.
    pub supplied: Option<Supplied>,
    /// kg per unit of the line.
    pub mass: Option<f64>,
    /// The class of the material.
    pub class: String,
    /// kg of fossil carbon per unit of the line.
    pub fossil_carbon: Option<f64>,
    /// kg of biogenic carbon per unit of the line; `None` is unknown, which matters for what is bio-based.
    pub biogenic_carbon: Option<f64>,
    /// Whether the material is made from living matter.
    pub bio_based: bool,
    /// Technology, geography and time scores, 1 best to 5 worst or unknown (PACT 3).
    pub scores: [u8; 3],
    /// Share of primary data, 0 to 1.
    pub primary: f64,
    /// Whether a declared proxy stands in.
    pub proxy: bool,
    /// Whether the line named no stage and was put where its factor belongs.
    pub assumed_stage: bool,
    /// The fallback order that selection walked.
    pub order: String,
    /// Whether it is air freight (an of-which figure of ISO 14067).
    pub aircraft: bool,
    /// A conservative estimate for what is missing, kg CO2e per unit of the line.
    pub bound: Option<f64>,
    /// The code of the finding that makes it missing or undecided.
    pub reason: Option<&'static str>,
}

impl Recipe {
    /// A recipe with nothing in it yet.
    pub fn empty(state: RecipeState, module: Module) -> Self {
        Self {
            state,
            unit: None,
            module,
            inputs: Vec::new(),
            direct: Vec::new(),
            supplied: None,
            mass: None,
            class: String::new(),
            fossil_carbon: None,
            biogenic_carbon: None,
            bio_based: false,
            scores: [5; 3],
            primary: 0.0,
            proxy: false,
            assumed_stage: false,
            order: String::new(),
            aircraft: false,
            bound: None,
            reason: None,
        }
    }
}
