//! Solving, each answer with its certificate (design §4.6).
//!
//! A bill of materials is acyclic, so its block of A is solved by one sweep: forward it scales every process to the
//! demand, backward (the adjoint) it gives the footprint of one unit of every assembly. The two must agree: their gap
//! is the forward error estimate of the certificate.

mod certificate;
pub mod linked;
mod score;
mod sweep;

pub use certificate::Certificate;
pub use score::score;
pub use sweep::{Scaling, adjoint, roll_up, scale};
