//! Life cycle inventories: processes that use each other's products, with loops.
//!
//! `document.rs` and `process.rs` are `zuji/inventory@1`; `builder.rs` turns documents, one at a time, into a
//! `database.rs`, compact enough for hundreds of thousands of exchanges.

mod builder;
mod database;
mod document;
mod process;
mod uncertainty;

pub use builder::Builder;
pub use database::{Exchange, Flow, Inventory, Process};
pub use document::{
    DatabaseHead, FlowDocument, FlowKind, GasDocument, ImpactDocument, ImpactFactor, InventoryDocument,
    ParameterDocument, PropertyDocument, UnitDocument,
};
pub use process::{
    AllocationDocument, AllocationRule, Direction, ExchangeDocument, PriceDocument, ProcessDocument, ShareDocument,
};
pub use uncertainty::{Centre, Distribution, Uncertainty};
