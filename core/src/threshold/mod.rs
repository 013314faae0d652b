//! The threshold laboratory: what a limit does to a population of products, and how a limit should move over the years.
//! Each statistic stands in docs/threshold.md with formula and source.

mod document;
mod figure;
mod forecast;
mod impact;
mod integrity;
mod laboratory;
mod misclassify;
mod mixture;
mod order;
mod page;
mod pass;
mod plan;
mod population;
pub mod probability;
mod rivalry;
mod scoring;
mod sensitivity;
mod stale;
mod sweep;
mod synthetic;
mod trajectory;
mod warnings;

pub use document::{PopulationDocument, PopulationHead, PopulationProduct, Size};
pub use figure::{Figure, Interval};
pub use forecast::{Forecast, ForecastReport, Model, Scored, forecast, history};
pub use impact::{Change, Impact, Scenario, change, impact};
pub use integrity::{Bunching, Copied, Copies, Heaping, bunching, copies, heaping};
pub use laboratory::{LimitReport, PathPass, PopulationSummary, Report, laboratory};
pub use misclassify::{
    Assumption, Driver, GuardBand, Misclassification, MonteCarlo, Process, Shares, Specific, Tried, conforms,
    misclassification,
};
pub use mixture::{Between, Mixture, Part, between_classes, mixture};
pub use order::{QuantileReport, independent, needed, quantile, quantile_report, weighted_quantile};
pub use page::page;
pub use pass::{ClusterSums, Quantiles, Rate, rate, selection_bounds, wilson};
pub use plan::*;
pub use population::{LeftOut, Population, Product, Reason, is_field};
pub use rivalry::{Rivalry, rivalry};
pub use scoring::{Piece, PointsReport, points};
pub use sensitivity::{Sensitivity, alternatives, sensitivity};
pub use stale::{Drift, Staleness, staleness};
pub use sweep::{Competition, Profile, Saving, SizeEffect, even_limits, sweep};
pub use synthetic::{Fit, Synthetic, fit, synthetic};
pub use trajectory::{LockIn, Path, PathError, PathYear, Why, lock_in};

#[cfg(test)]
mod tests;
