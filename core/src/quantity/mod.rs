//! Quantities: a number with a unit, a unit with a dimension (design §4.2: no silent unit).
//!
//! Units come from data at run time, so they are values, not Rust types: a dimension vector, an exact rational scale
//! to the coherent unit (kg, m, s, piece, MJ, bit, money) and a mark where the same dimension hides two things
//! (heating value, gas state, currency and year).

mod convert;
mod dimension;
mod number;
mod unit;
mod unit_table;

pub use convert::{Conversion, Mismatch, Properties, Property, Provided, Step, convert};
pub use dimension::Dimension;
pub use number::{NumberError, Percent, read_number, read_percent, within_ceiling};
pub use unit::{GasState, Mark, Ratio, Unit};
pub use unit_table::{Lookup, UnitTable, normalise};
