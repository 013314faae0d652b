//! `zuji lci import|check|solve|scores|contributions|montecarlo|whatif`: one file each; `open.rs` reads a database, `ready.rs`
//! solves it, `outcome.rs` says how a command ended, `tables.rs` prints contributions.

mod arguments;
mod check;
mod contributions;
mod import;
mod montecarlo;
mod open;
pub(crate) mod outcome;
mod pack;
mod ready;
mod scores;
mod solve;
mod tables;
mod whatif;

pub use arguments::LciCommand;

use crate::words::Words;

/// Runs one of the commands.
pub fn run(command: &LciCommand, words: Words) -> u8 {
    match command {
        LciCommand::Import { open, output } => import::run(open, output, words),
        LciCommand::Check { open, choices, report, suggest, format } => {
            let files = check::Files { report: report.as_deref(), suggest: suggest.as_deref() };
            check::run(open, choices, &files, *format, words)
        }
        LciCommand::Solve { open, choices, demand, limit, format } => {
            solve::run(open, choices, &demand.demands, *limit, *format, words)
        }
        LciCommand::Scores { open, choices, output } => scores::run(open, choices, output.as_deref(), words),
        LciCommand::Contributions { open, choices, demand, views, format } => {
            contributions::run(open, choices, &demand.demands, views, *format, words)
        }
        LciCommand::Montecarlo { open, choices, demand, samples, format } => {
            montecarlo::run(open, choices, &demand.demands, samples, *format, words)
        }
        LciCommand::Whatif { open, choices, demand, swap, set, format } => {
            let change = whatif::Asked { swap: swap.as_deref(), set: set.as_deref() };
            whatif::run(open, choices, &demand.demands, &change, *format, words)
        }
    }
}
