//! Numbers that are the same everywhere: finite doubles, fixed-order sums, exact decimals.
//!
//! Elsewhere only + − × ÷, square roots and comparisons are used on doubles; IEEE 754 defines them to the last bit.
//! Transcendental functions stand in `functions.rs`.

mod blocks;
mod decimal;
mod finite;
pub mod functions;
mod in_order;
mod normal;
mod rational;
mod row;
mod shares;
mod sum;
mod wide;

pub use blocks::{BLOCK, both, each, each_block, fill_blocks, map_blocks};
pub use decimal::{
    Exact, Quantum, decimal_exponent, plain, power_of_ten, significant, twelve_digits, write_digits, write_plain,
    write_twelve_digits,
};
pub use finite::{Finite, NotFinite};
pub use in_order::in_order;
pub use normal::{NormalTable, normal_density, normal_probability, normal_quantile};
pub use rational::{
    DecimalError, DecimalText, Rational, RoundingMode, decimal_text, fixed, read_decimal, round_to, whole_number,
};
pub use row::{Out, Row, append_row};
pub use shares::largest_remainder;
pub use sum::{Sum, blocked_sum};
pub use wide::wide;
