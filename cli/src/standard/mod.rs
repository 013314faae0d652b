//! `zuji standard` and `zuji score`: one file per command; standards are opened in `open.rs`.

pub mod arguments;
mod footprints;
mod human;
mod open;
pub mod score;
