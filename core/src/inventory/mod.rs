//! Life cycle inventories: processes that use each other's products, with loops.
//!
//! `document.rs` and `process.rs` are `zuji/inventory@1`; `builder.rs` turns documents, one at a time, into a
//! `database.rs`, compact enough for hundreds of thousands of exchanges; `formula/` computes its formulas.
//! `assemble.rs` turns a database into its `system.rs`: `allocate.rs` divides processes with several products, `link.rs`
//! finds providers with the decisions of `linking.rs`, `measure.rs` converts units, `characterise.rs` makes C with the
//! gases of `gas.rs`. What is not counted stands in `report.rs`. `write.rs` writes a
//! database down again. `cff.rs` is the Circular Footprint Formula.

mod allocate;
mod assemble;
mod builder;
mod cff;
mod characterise;
mod database;
mod document;
mod formula;
mod gas;
mod link;
mod linking;
mod measure;
mod process;
mod report;
mod system;
mod uncertainty;
mod write;

pub use allocate::{AllocationChoice, Division, ProcessChoice, rule_words};
pub use assemble::Assembly;
pub use builder::Builder;
pub use cff::{CircularFootprint, CircularTerms, EnergyRecovery};
pub use characterise::{Uncharacterised, characterise_own, characterise_set};
pub use database::{Exchange, Flow, Inventory, Process};
pub use document::{
    DatabaseHead, FlowDocument, FlowKind, GasDocument, ImpactDocument, ImpactFactor, InventoryDocument,
    ParameterDocument, PropertyDocument, UnitDocument,
};
pub use formula::{FormulaError, Program, parse};
pub use gas::gas_of;
pub use link::{Column, LinkedBy, Links, OpenBecause};
pub use linking::{LinkDecision, LinkingDocument};
pub use measure::Measures;
pub use process::{
    AllocationDocument, AllocationRule, Direction, ExchangeDocument, PriceDocument, ProcessDocument, ShareDocument,
};
pub use report::{Divided, Duplicate, Named, OpenExchange, Report, UnitDifference};
pub use system::{Activity, ElementaryFlow, Entries, Impact, InventorySystem, NO_ORIGIN};
pub use uncertainty::{Centre, Distribution, Uncertainty};
