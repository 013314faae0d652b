//! The result: totals, by stage, line, gas and kind; coverage; data quality; the trace of any number.
//!
//! It adds up (design §4.3): cells (line × module × flow) are rounded once to one quantum, and every figure here is an
//! exact sum of cells.

mod background;
mod background_link;
mod background_table;
mod cells;
mod compute;
mod coverage;
mod examine;
mod fill;
pub mod linked;
mod provenance;
mod quality;
mod report;
mod subtotal;
mod trace;
mod usage;
mod write;

pub use background::{Background, Burden, Open};
pub use background_link::LinkedDatabase;
pub use cells::{Cells, Standing};
pub use compute::{Footprint, MAX_DEPTH, Outcome, footprint};
pub use coverage::{Coverage, CoverageStatus, Missing};
pub use provenance::{Engine, Provenance, UsedPack};
pub use quality::{Part, Quality};
pub use report::{Breakdown, Report, Total};
pub use trace::{LineTrace, TraceInput};
pub use usage::Use;
pub use write::LineSet;
