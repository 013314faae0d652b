//! Formulas of parameters and amounts.
//!
//! `token.rs` and `parse.rs` turn a text into a short program for a stack, without recursion; `evaluate.rs` runs those
//! of a database in the order in which they need each other. What two programs read differently (`-2^2`, `2^3^2`, `log`)
//! is refused with the two ways of writing it, never guessed.

mod evaluate;
mod parse;
mod program;
mod token;

pub use parse::{FormulaError, parse};
pub use program::Program;
