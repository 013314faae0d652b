//! Ranked rows: the largest first, what is not shown as a remainder beside them, never dropped.

use super::{decimal, decimal_if, of_absolute, of_total};
use crate::math::Sum;
use serde::Serialize;
use std::sync::Arc;

/// How many rows to show. Shares are of the sum of absolute values, so that a large credit is as visible as a burden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// No more rows than this.
    pub rows: u32,
    /// No rows with a smaller share.
    pub least: f64,
    /// No further rows once those shown have this share together.
    pub coverage: Option<f64>,
}

impl Default for Cut {
    /// Everything.
    fn default() -> Self {
        Self { rows: u32::MAX, least: 0.0, coverage: None }
    }
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// What a process emits itself.
    Process,
    /// An elementary flow.
    Flow,
    /// All processes of one place.
    Location,
    /// All processes of one class.
    Class,
    /// What a process of the user's own emits itself.
    Direct,
    /// One exchange: an input, waste handed to treatment, or a product that is credited.
    Input,
    /// What a process of the user's own gives to others, who answer for it: negative.
    Handed,
    /// A product that is demanded as it is.
    Demand,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What it is of.
    pub what: What,
    /// Position of the process or flow in the system; of the supplier for an exchange.
    pub position: Option<u32>,
    /// The process that has the exchange.
    pub user: Option<u32>,
    /// Where the exchange came from, as the system has it.
    pub origin: Option<u32>,
    /// Id of process or flow, code of a place, name of a class; `None` where a place or class is not stated.
    pub id: Option<Arc<str>>,
    /// Its name.
    pub name: Arc<str>,
    /// Place of a process, compartment of a flow.
    pub location: Option<Arc<str>>,
    /// Physical amount: units of the product, of the process or of the flow.
    #[serde(serialize_with = "decimal_if")]
    pub quantity: Option<f64>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Contribution, in the unit of the impact.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// All that passes through a process, in the unit of the impact. Such amounts contain each other.
    #[serde(serialize_with = "decimal_if")]
    pub upstream: Option<f64>,
    /// amount ÷ Σ|amounts| of the table.
    #[serde(serialize_with = "decimal")]
    pub share_of_absolute: f64,
    /// amount ÷ total; none where the total is not positive.
    #[serde(serialize_with = "decimal_if")]
    pub share_of_total: Option<f64>,
}

/// What is not shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remainder {
    /// How many rows that are not zero.
    pub rows: u32,
    /// Their sum.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// The sum of their absolute values.
    #[serde(serialize_with = "decimal")]
    pub absolute: f64,
    /// absolute ÷ Σ|amounts| of the table.
    #[serde(serialize_with = "decimal")]
    pub share_of_absolute: f64,
}

/// Rows that add up: `sum` = Σ rows + remainder, and `sum` is `total` but for rounding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The score, h = λᵀ f.
    #[serde(serialize_with = "decimal")]
    pub total: f64,
    /// The sum of all rows, shown or not.
    #[serde(serialize_with = "decimal")]
    pub sum: f64,
    /// The sum of their absolute values.
    #[serde(serialize_with = "decimal")]
    pub absolute: f64,
    /// The rows shown, the largest |amount| first; equals by position.
    pub rows: Vec<Row>,
    /// The others.
    pub remainder: Remainder,
    /// Elementary flows that occur but have no factor in this impact: what they would add is unknown, not zero.
    pub without_factor: Option<u32>,
}

/// A row before it is known whether it is shown: its amount, and what ranks it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<K> {
    pub key: K,
    pub amount: f64,
    pub rank: f64,
}

/// Ranks drafts, names those that are shown, sums up the others.
pub(super) fn table<K: Copy>(total: f64, drafts: Vec<Draft<K>>, cut: Cut, name: impl Fn(&Draft<K>) -> Row) -> Table {
    let (mut sum, mut absolute) = (Sum::default(), Sum::default());
    for draft in &drafts {
        sum.add(draft.amount);
        absolute.add(draft.amount.abs());
    }
    let absolute = absolute.value();
    let mut drafts: Vec<Draft<K>> = drafts.into_iter().filter(|one| one.amount != 0.0 || one.rank != 0.0).collect();
    // Stable: equals stay in the order of their positions.
    drafts.sort_by(|a, b| b.rank.abs().total_cmp(&a.rank.abs()));
    let mut shown = 0;
    let mut covered = Sum::default();
    for draft in drafts.iter().take(cut.rows as usize) {
        let enough = cut.coverage.is_some_and(|goal| of_absolute(covered.value(), absolute) >= goal);
        if enough || of_absolute(draft.rank.abs(), absolute) < cut.least {
            break;
        }
        covered.add(draft.amount.abs());
        shown += 1;
    }
    let (mut rest, mut rest_absolute, mut rows) = (Sum::default(), Sum::default(), 0);
    for draft in drafts[shown..].iter().filter(|one| one.amount != 0.0) {
        rest.add(draft.amount);
        rest_absolute.add(draft.amount.abs());
        rows += 1;
    }
    let share = |draft: &Draft<K>| Row {
        amount: draft.amount,
        share_of_absolute: of_absolute(draft.amount, absolute),
        share_of_total: of_total(draft.amount, total),
        ..name(draft)
    };
    let rest_absolute = rest_absolute.value();
    Table {
        total,
        sum: sum.value(),
        absolute,
        rows: drafts[..shown].iter().map(share).collect(),
        remainder: Remainder {
            rows,
            amount: rest.value(),
            absolute: rest_absolute,
            share_of_absolute: of_absolute(rest_absolute, absolute),
        },
        without_factor: None,
    }
}

/// A row of which only the name is known yet.
pub(super) fn named(what: What, id: Option<Arc<str>>, name: Arc<str>) -> Row {
    Row {
        what,
        position: None,
        user: None,
        origin: None,
        id,
        name,
        location: None,
        quantity: None,
        unit: None,
        amount: 0.0,
        upstream: None,
        share_of_absolute: 0.0,
        share_of_total: None,
    }
}
