//! Demand standards: gates, curves, price rules, preferences, evidence, in exact arithmetic (design §8).
//!
//! A reader begins at `document.rs` and `bids.rs` (what is written), then `compile.rs` (every number, date and name
//! checked, into `rules.rs`), then `evaluate.rs`: the order of evaluation, whose steps stand in `compare.rs`, `assess.rs`
//! and `contest.rs`. No float touches a score.

mod acceptance;
mod assess;
mod bids;
mod compare;
mod compile;
mod condition;
mod contest;
mod curve;
mod dated;
mod diff;
mod document;
mod evaluate;
mod evidence;
mod evidence_rule;
mod feedback;
mod footprint;
mod formula;
mod lint;
mod outcome;
mod overlay;
mod plan;
mod prose;
mod rules;
mod unit;
mod vectors;
mod version;

pub use bids::*;
pub use compare::Computed;
pub use compile::{PENALTY_NAMES, STATUSES, clauses, date_of, version_of};
pub use curve::{Curve, Effect, Stretch};
pub use dated::{Dated, Interpolation};
pub use diff::{Change, ChangeKind, Direction, diff};
pub use document::*;
pub use evaluate::{Choice, Computations};
pub use evidence::{Flaw, Level, Stage};
pub use feedback::{Comment, FeedbackDocument};
pub use footprint::{Refusal, of_product, of_record};
pub use outcome::*;
pub use overlay::MOST_OVERLAYS;
pub use plan::{PlanDocument, PlanItem, ShareOutcome};
pub use prose::Beside;
pub use rules::{FOOTPRINT, Limit, Operator, PriceRule, Standard};
pub use vectors::VectorOutcome;
pub use version::select;
