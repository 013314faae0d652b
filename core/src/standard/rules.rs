//! A standard whose every name, number and date has been checked: what evaluation works on.

use super::condition::Condition;
use super::curve::{Curve, Effect};
use super::dated::Dated;
use super::document::{FootprintRules, StandardDocument};
use super::evidence::{Level, Levels, Stage};
use super::formula::Linear;
use super::unit::Measured;
use crate::math::{Rational, RoundingMode, round_to};
use crate::product::Date;
use std::collections::BTreeMap;

/// The name of the input that is the footprint.
pub const FOOTPRINT: &str = "pcf";

/// A limit: a number over time, or words.
#[derive(Clone, Debug)]
pub enum Limit {
    /// A parameter by name.
    Parameter(String),
    /// A value.
    Value(Rational),
    /// Accepted words.
    Words(Vec<String>),
}

/// How a value is compared with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// ≤.
    AtMost,
    /// <.
    Below,
    /// ≥.
    AtLeast,
    /// >.
    Above,
    /// =.
    Is,
    /// One of several words.
    In,
}

impl Operator {
    /// By its sign.
    pub fn named(sign: &str) -> Option<Self> {
        match sign {
            "<=" | "≤" => Some(Self::AtMost),
            "<" => Some(Self::Below),
            ">=" | "≥" => Some(Self::AtLeast),
            ">" => Some(Self::Above),
            "=" | "==" => Some(Self::Is),
            "in" => Some(Self::In),
            _ => None,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "≤",
            Self::Below => "<",
            Self::AtLeast => "≥",
            Self::Above => ">",
            Self::Is => "=",
            Self::In => "∈",
        }
    }

    /// Whether a value keeps a limit.
    pub fn holds(self, value: &Rational, limit: &Rational) -> bool {
        match self {
            Self::AtMost => value <= limit,
            Self::Below => value < limit,
            Self::AtLeast => value >= limit,
            Self::Above => value > limit,
            Self::Is | Self::In => value == limit,
        }
    }
}

/// A gate.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Clause id.
    pub id: String,
    /// Input.
    pub input: String,
    /// Comparison.
    pub operator: Operator,
    /// Limit.
    pub limit: Limit,
    /// For which bids.
    pub when: Option<Condition>,
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Clause id.
    pub id: String,
    /// Input.
    pub input: String,
    /// From value to points or money.
    pub curve: Curve,
    /// The parameter that holds the rate of money, where one does.
    pub rate: Option<String>,
    /// What the curve changes.
    pub effect: Effect,
}

/// The rule of the price.
#[derive(Clone, Debug, PartialEq)]
pub enum PriceRule {
    /// weight × lowest evaluated price ÷ evaluated price (财政部令第87号).
    LowestRatio {
        /// The most points.
        weight: Rational,
    },
    /// weight × (ceiling − price) ÷ (ceiling − floor), within zero and the weight.
    Linear {
        /// The most points.
        weight: Rational,
        /// Price with all points.
        floor: Rational,
        /// Price with none.
        ceiling: Rational,
    },
    /// The lowest evaluated price wins; there are no points.
    LowestEvaluated,
    /// The standard says nothing of the price: bids are ranked by points, or only checked where there are none.
    None,
}

/// What changes the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Preferences, in their order.
    Preferences,
    /// Life-cycle cost.
    Cost,
    /// Indicators in money.
    Indicators,
}

/// A preference.
#[derive(Clone, Debug)]
pub struct Preference {
    /// Clause id.
    pub id: String,
    /// What it does.
    pub grant: Grant,
    /// For which bids.
    pub when: Option<Condition>,
    /// Group with a common cap.
    pub cap_group: Option<String>,
}

/// What a preference grants.
#[derive(Clone, Debug, PartialEq)]
pub enum Grant {
    /// A share of the price is taken off.
    Off(Rational),
    /// A share of the price is added.
    On(Rational),
    /// Money is taken off, or added where negative.
    Money(Rational),
    /// Points.
    Points(Rational),
    /// A share by the level that an input names.
    Ladder {
        /// The input.
        input: String,
        /// Shares.
        levels: BTreeMap<String, Rational>,
    },
}

/// When a cost arises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// At the end of every year.
    Yearly,
    /// At once.
    Start,
    /// At the end of the last year.
    End,
}

/// A term of the life-cycle cost.
#[derive(Clone, Debug)]
pub struct Term {
    /// Clause id.
    pub id: String,
    /// Input.
    pub input: String,
    /// Money per unit, already discounted.
    pub rate: Rational,
    /// The parameter that holds the money per unit.
    pub parameter: Option<String>,
    /// Sum of the discount factors of the years in which it arises.
    pub discount: Rational,
}

/// What a declared footprint becomes at a level.
#[derive(Clone, Debug)]
pub enum Assess {
    /// Times a factor.
    Times(Rational),
    /// A parameter times a factor.
    Default(String, Rational),
}

/// Evidence that must be there.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its clause, or its position.
    pub id: String,
    /// The input; all where none is named.
    pub input: Option<String>,
    /// Stage.
    pub stage: Stage,
    /// Kinds.
    pub any_of: Vec<String>,
}

/// The declared rounding.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rounding {
    /// Mode.
    pub mode: RoundingMode,
    /// Places.
    pub places: u32,
    /// Places of assessed values.
    pub assessed: Option<u32>,
    /// Whether indicators are rounded.
    pub indicator: bool,
    /// Whether price points are.
    pub price: bool,
    /// Whether totals are.
    pub total: bool,
    /// Whether evaluated prices are.
    pub evaluated_price: bool,
}

impl Rounding {
    /// Rounds where the rule says so.
    pub fn apply(&self, value: Rational, here: bool) -> Rational {
        if here { round_to(&value, self.places, self.mode) } else { value }
    }
}

/// What decides between equal totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieKey {
    /// `evaluated_price`, `price`, `total`, an indicator or an input.
    pub name: String,
    /// Whether the lower one wins.
    pub ascending: bool,
}

/// The competition's guards.
#[derive(Clone, Debug, Default)]
pub struct Guards {
    /// Makers.
    pub min_independent_makers: Option<u32>,
    /// Money per tonne.
    pub max_implied_carbon_price: Option<Rational>,
}

/// What follows when the delivered product is worse.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// Clause id.
    pub id: String,
    /// Share that may be worse.
    pub tolerance: Rational,
    /// Money.
    pub penalty: Option<Linear>,
    /// The most, as a share of the price.
    pub cap: Option<Rational>,
}

/// A standard that can be evaluated.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The document, overlays applied.
    pub document: StandardDocument,
    /// SHA-256 of the document as it was written, in canonical JSON.
    pub sha256: String,
    /// First day and first day after.
    pub period: (Date, Option<Date>),
    /// Parameters.
    pub parameters: BTreeMap<String, Dated>,
    /// Gates in their order.
    pub gates: Vec<Gate>,
    /// Indicators in their order.
    pub indicators: Vec<Indicator>,
    /// Terms of the life-cycle cost.
    pub terms: Vec<Term>,
    /// Price.
    pub price: PriceRule,
    /// What changes the price, in order.
    pub order: Vec<Adjustment>,
    /// Preferences in their order.
    pub preferences: Vec<Preference>,
    /// Caps of groups.
    pub caps: BTreeMap<String, Rational>,
    /// Levels of kinds of evidence.
    pub levels: Levels,
    /// What a declared footprint becomes, by level.
    pub assess: BTreeMap<Level, Assess>,
    /// Evidence.
    pub requirements: Vec<Requirement>,
    /// Rounding.
    pub rounding: Rounding,
    /// Tie-break.
    pub tie_break: Vec<TieKey>,
    /// Guards.
    pub guards: Guards,
    /// Acceptance.
    pub acceptance: Option<Acceptance>,
    /// Unit of the footprint.
    pub unit: Option<Measured>,
}

impl Standard {
    /// The rules for footprints; empty ones where the document has none.
    pub fn footprint_rules(&self) -> FootprintRules {
        self.document.pcf.clone().unwrap_or_default()
    }

    /// Whether a footprint decides anything.
    pub fn needs_footprint(&self) -> bool {
        let is = |input: &str| input == FOOTPRINT;
        self.gates.iter().any(|gate| is(&gate.input))
            || self.indicators.iter().any(|indicator| is(&indicator.input))
            || self.terms.iter().any(|term| is(&term.input))
    }

    /// Whether bids are ranked: by a price, or by points.
    pub fn ranks(&self) -> bool {
        self.price != PriceRule::None || !self.indicators.is_empty()
    }

    /// Whether any factor pack is pinned.
    pub fn pins_packs(&self) -> bool {
        self.document.pcf.as_ref().is_some_and(|rules| !rules.packs.is_empty())
    }
}
