//! `zuji lci import|check|solve|scores|contributions|montecarlo|whatif`: one file each; `open.rs` reads a database, `ready.rs`
//! solves it, `background.rs` puts it behind a bill of materials, `outcome.rs` says how a command ended, `tables.rs` prints contributions.

mod arguments;
mod background;
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
pub use background::linked;

use crate::words::Words;

/// Runs one of the commands.
pub fn run(command: &LciCommand, words: Words) -> u8 {
    match command {
        LciCommand::Import { open, output } => import::run(open, output, words),
        LciCommand::Check { asked, report, suggest } => {
            check::run(asked, &check::Files { report: report.as_deref(), suggest: suggest.as_deref() }, words)
        }
        LciCommand::Solve { asked, demand, limit } => solve::run(asked, &demand.demands, *limit, words),
        LciCommand::Scores { open, choices, output } => scores::run(open, choices, output.as_deref(), words),
        LciCommand::Contributions { asked, demand, views } => contributions::run(asked, &demand.demands, views, words),
        LciCommand::Montecarlo { asked, demand, samples } => montecarlo::run(asked, &demand.demands, samples, words),
        LciCommand::Whatif { asked, demand, swap, set } => {
            let change = whatif::Change { swap: swap.as_deref(), set: set.as_deref() };
            whatif::run(asked, &demand.demands, &change, words)
        }
    }
}
