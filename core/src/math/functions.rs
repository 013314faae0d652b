//! Transcendental functions with the same digits on every platform: `libm`, never the system's library.

pub use libm::{acos, asin, atan, cos, cosh, exp, log, log10, pow, sin, sinh, tan, tanh};
// Of probability: the complementary error function and the logarithm of the gamma function.
pub use libm::{erfc, lgamma};
