//! The result of an assessment, `zuji/assessment@1`: decimals as strings, clauses by their ids.

use super::evidence::{Flaw, Level, Stage};
use serde::Serialize;

/// A sentence in two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The clause it cites; empty for the whole.
    pub clause: String,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// What became of a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It has a rank.
    Ranked,
    /// It keeps everything that is asked for, and the standard ranks nobody.
    Conforming,
    /// A gate, a list or a credit record excludes it.
    Excluded,
    /// Its footprint cannot be compared.
    Incomparable,
    /// It cannot be read.
    Invalid,
}

impl Standing {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::Conforming => "conforming",
            Self::Excluded => "excluded",
            Self::Incomparable => "incomparable",
            Self::Invalid => "invalid",
        }
    }
}

/// The standard that decided.
#[derive(Clone, Debug, Serialize)]
pub struct StandardName {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Status.
    pub status: String,
    /// SHA-256 of the document.
    pub sha256: String,
    /// What the result is good for.
    pub effect: &'static str,
    /// The overlays that were laid over it.
    pub overlays: Vec<String>,
}

/// A piece of evidence as it was judged.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceOutcome {
    /// Kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// Number.
    pub number: Option<String>,
    /// The input it proves; null for all.
    #[serde(rename = "for")]
    pub input: Option<String>,
    /// Its level; null where it counts for nothing.
    pub level: Option<Level>,
    /// Why it counts for nothing.
    pub flaw: Option<Flaw>,
}

/// A footprint as it was assessed.
#[derive(Clone, Debug, Serialize)]
pub struct FootprintOutcome {
    /// As declared, in the standard's unit; null where nothing was declared.
    pub declared: Option<String>,
    /// As computed under the standard; null where it was not computed.
    pub computed: Option<String>,
    /// Unit.
    pub unit: String,
    /// Level of the evidence.
    pub level: Level,
    /// What was applied, such as `E1 × 1.10`.
    pub rule: String,
    /// What is compared and scored; null where there is no value.
    pub assessed: Option<String>,
}

/// A gate.
#[derive(Clone, Debug, Serialize)]
pub struct GateOutcome {
    /// Clause.
    pub id: String,
    /// Input.
    pub input: String,
    /// The value; null where it is missing or not proven.
    pub value: Option<String>,
    /// Comparison.
    pub op: &'static str,
    /// The limit.
    pub limit: String,
    /// Whether it holds.
    pub pass: bool,
    /// How far inside the limit, in its unit; negative outside; null for words.
    pub margin: Option<String>,
    /// The same as a percentage of the limit.
    pub margin_percent: Option<String>,
}

/// An indicator.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorOutcome {
    /// Clause.
    pub id: String,
    /// Input.
    pub input: String,
    /// The value; null where it is missing or not proven.
    pub value: Option<String>,
    /// Points; null for an indicator in money.
    pub points: Option<String>,
    /// Money added to the evaluated price; null for an indicator in points.
    pub money: Option<String>,
}

/// A change of the price.
#[derive(Clone, Debug, Serialize)]
pub struct PriceChange {
    /// Clause.
    pub id: String,
    /// Money added; negative for a deduction.
    pub change: String,
}

/// The price of a bid.
#[derive(Clone, Debug, Serialize)]
pub struct PriceOutcome {
    /// As bid.
    pub bid: String,
    /// What changed it, in order.
    pub changes: Vec<PriceChange>,
    /// What is compared.
    pub evaluated: String,
    /// Points; null where the lowest evaluated price wins.
    pub points: Option<String>,
}

/// What a point for carbon is worth in money.
#[derive(Clone, Debug, Serialize)]
pub struct ImpliedPrice {
    /// Clause.
    pub indicator: String,
    /// From this value.
    pub from: String,
    /// To this one; the same for a step.
    pub to: String,
    /// Money per tonne on a stretch; null at a step.
    pub per_tonne: Option<String>,
    /// Money that the step is worth; null on a stretch.
    pub notch: Option<String>,
    /// Whether the bid stands on this stretch.
    pub here: bool,
}

/// One bid.
#[derive(Clone, Debug, Serialize)]
pub struct BidOutcome {
    /// Id.
    pub id: String,
    /// Maker.
    pub maker: String,
    /// What became of it.
    pub outcome: Standing,
    /// Rank; null where it has none.
    pub rank: Option<u32>,
    /// Total points; null where there are none.
    pub total: Option<String>,
    /// Footprint; null where the standard asks for none.
    pub footprint: Option<FootprintOutcome>,
    /// Why the footprint cannot be compared.
    pub incomparable: Vec<Sentence>,
    /// Evidence.
    pub evidence: Vec<EvidenceOutcome>,
    /// Gates.
    pub gates: Vec<GateOutcome>,
    /// Indicators.
    pub indicators: Vec<IndicatorOutcome>,
    /// Points of preferences.
    pub preference_points: Vec<PriceChange>,
    /// Price; null where the bid is not ranked.
    pub price: Option<PriceOutcome>,
    /// What a point for carbon is worth at this bid's price.
    pub implied_carbon_price: Vec<ImpliedPrice>,
    /// Why the outcome is as it is.
    pub explanation: Vec<Sentence>,
}

/// A bid whose absence would change the winner.
#[derive(Clone, Debug, Serialize)]
pub struct Flip {
    /// The bid that loses.
    pub bid: String,
    /// Who would win without it.
    pub winner_without: String,
}

/// What the rules do in this tender.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Insight {
    /// The lowest evaluated price.
    pub benchmark: Option<String>,
    /// The bids that hold it.
    pub benchmark_bids: Vec<String>,
    /// Losing bids whose removal changes the winner.
    pub flips: Vec<Flip>,
    /// Who would win if carbon earned nothing.
    pub winner_without_carbon: Option<String>,
    /// Whether carbon decides the winner.
    pub carbon_decides: bool,
    /// What the winner costs more per tonne of declared footprint that it has less than the winner without carbon.
    pub cost_per_tonne_saved: Option<String>,
}

/// A guard.
#[derive(Clone, Debug, Serialize)]
pub struct GuardOutcome {
    /// Its name.
    pub id: String,
    /// What was found.
    pub found: String,
    /// What is wanted.
    pub wanted: String,
    /// Whether it holds.
    pub pass: bool,
}

/// What was delivered, against the bid.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptanceOutcome {
    /// The bid.
    pub bid: String,
    /// Whether nothing is worse.
    pub pass: bool,
    /// The first difference, by clause or field; null where there is none.
    pub first_difference: Option<Difference>,
    /// All differences.
    pub differences: Vec<Difference>,
    /// Points that the delivered product would have lost.
    pub points_lost: String,
    /// Money that the better values were worth in the award.
    pub advantage: String,
    /// How much the footprint is above the bid's, in its unit.
    pub shortfall: String,
    /// What the contract asks for; null where the standard has no formula or nothing is worse.
    pub consequence: Option<String>,
    /// Whether the cap holds it down.
    pub capped: bool,
}

/// A difference between bid and delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Clause or field.
    pub at: String,
    /// What was bid.
    pub promised: String,
    /// What was delivered.
    pub delivered: String,
    /// Whether it is worse, rather than only another.
    pub worse: bool,
}

/// The result.
#[derive(Clone, Debug, Serialize)]
pub struct Assessment {
    /// Always `zuji/assessment@1`.
    pub schema: &'static str,
    /// The standard.
    pub standard: StandardName,
    /// SHA-256 of the bids in canonical JSON.
    pub bids_sha256: String,
    /// The rule of the date.
    pub date_rule: String,
    /// The date that decides.
    pub date: String,
    /// Whether the date was given by the caller instead of the bids.
    pub date_given: bool,
    /// Stage.
    pub stage: Stage,
    /// Currency.
    pub currency: Option<String>,
    /// The bids in the order of the document.
    pub bids: Vec<BidOutcome>,
    /// Ids by rank.
    pub ranking: Vec<String>,
    /// The first; null where nobody is ranked or the first is a tie.
    pub winner: Option<String>,
    /// Guards.
    pub guards: Vec<GuardOutcome>,
    /// What the rules do here.
    pub insight: Insight,
    /// Delivery against bid, at acceptance.
    pub acceptance: Vec<AcceptanceOutcome>,
}
