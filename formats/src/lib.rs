//! The world's files: YAML and JSON documents behind a gate that refuses hostile input, and tables of parts; results
//! as JSON.
//!
//! Nothing here opens a file: bytes come in, documents and findings go out.

mod columns;
mod document;
mod factor_columns;
mod factor_table;
#[cfg(feature = "databases")]
pub mod lci;
mod limits;
mod plain;
mod population;
mod population_columns;
mod product;
pub mod result;
mod table;
mod text;
#[cfg(feature = "sheets")]
mod workbook;
pub mod yaml;

pub use columns::{Column, columns_help};
pub use document::{
    factor_text, read_bids, read_factor_file, read_factors, read_feedback, read_inventory, read_linking, read_overlay,
    read_plan, read_product_document, read_standard,
};
pub use factor_columns::{factor_columns_help, factor_template};
pub use factor_table::FactorTable;
pub use limits::Limits;
pub use population::{PopulationFile, read_population, read_threshold_plan};
pub use population_columns::population_columns_help;
pub use product::{File, Input, read_product};
