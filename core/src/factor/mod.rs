//! Emission factors: what one unit of a material, an energy or a service emits, with the provenance of every row.

mod check;
mod document;
mod kind;
mod name;
mod select;
mod table;

pub use check::check_table;
pub use document::{
    Carbon, Emission, FactorRow, FactorsDocument, Inclusion, Period, Proxy, Published, Quality, RowProperties,
    TableHead,
};
pub use kind::FactorKind;
pub use name::{GRID, GRID_WORDS, means_grid, name_key, near};
pub use select::{Choice, Preference, Ranked, geography_step, select};
pub use table::{Factor, FactorIndex, Factors};
