//! `zuji standard` and `zuji score`: one file per command; standards are opened in `open.rs`.

pub mod arguments;
mod check;
mod diff;
mod footprints;
mod human;
pub(crate) mod open;
mod plan;
pub mod score;
mod show;

use crate::words::Words;
use arguments::StandardCommand;

/// Runs one of the commands of `zuji standard`.
pub fn run(command: &StandardCommand, words: Words) -> u8 {
    match command {
        StandardCommand::Check { files, format } => check::run(files, check::Look::Check, *format, words),
        StandardCommand::Lint { files, format } => check::run(files, check::Look::Lint, *format, words),
        StandardCommand::Show { standard, overlays, feedback, as_of, format } => {
            show::run(standard, overlays, feedback, as_of.as_deref(), *format, words)
        }
        StandardCommand::Diff { from, to, format } => diff::run(from, to, *format, words),
        StandardCommand::Plan { standard, plan, format } => plan::run(standard, plan, *format, words),
    }
}
