//! Rule sets as data: which modules count, with which gases, under which standard.
//!
//! The choice of a rule set changes an answer by more than most thresholds (standards.md §0.3), so it is an explicit,
//! versioned, hashed input, and results of different profiles are not comparable.

mod module;
mod profile;

pub use module::Module;
pub use profile::{BoundaryRule, MethodProfile, Profiles, StageRule};
