//! The threshold laboratory: what a limit does to a population of products, and how a limit should move over the years.
//! Each statistic stands in docs/threshold.md with formula and source.

mod document;
mod figure;
mod laboratory;
mod pass;
mod plan;
mod population;
pub mod probability;
mod sweep;

pub use document::{PopulationDocument, PopulationHead, PopulationProduct, Size};
pub use figure::{Figure, Interval};
pub use laboratory::{LimitReport, PopulationSummary, Report, laboratory};
pub use pass::{ClusterSums, Quantiles, Rate, rate, selection_bounds, wilson};
pub use plan::*;
pub use population::{LeftOut, Population, Product, Reason, is_field};
pub use sweep::{Competition, Profile, Saving, SizeEffect, even_limits, sweep};
