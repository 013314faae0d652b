//! Emission factors: what one unit of a material, an energy or a service emits, with the provenance of every row.

mod check;
mod diff;
mod document;
mod geography;
mod kind;
mod name;
mod pack;
mod prepared;
mod select;
mod table;

pub use check::{Checking, OLD_AFTER, admit, check_table, check_tables};
pub use diff::{Change, Edition, PackDiff, RowChange, RowName};
pub use document::{
    Carbon, Emission, FactorRow, FactorsDocument, Inclusion, Period, Proxy, Published, Quality, RowProperties,
    TableHead,
};
pub use geography::is_place;
pub use kind::FactorKind;
pub use name::{GRID, GRID_WORDS, means_grid, name_key, near};
pub use pack::{LoadedPack, Pack, Pin, Selection, share_alike};
pub use prepared::{PreparedName, PreparedRow, PreparedTable, PreparedTables};
pub use select::{Choice, Preference, Ranked, geography_step, select};
pub use table::{Factor, FactorIndex, Factors, RowHead};
