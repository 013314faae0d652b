//! `zuji`: a thin program. It reads files, hands bytes to the libraries and renders what they return.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "files, the locale and the terminal are this program's job"
)]

/// Prints a line to standard output. A reader that closes the pipe early (head, less) is no failure.
macro_rules! say {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}

mod arguments;
mod bars;
mod explain;
mod factors;
mod files;
mod findings;
mod footprint;
mod human;
mod lci;
mod range;
mod threshold;
mod standard;
mod units;
mod verify;
mod words;

use arguments::{Arguments, Command};

/// A table of a million lines is read, computed and written in blocks on several threads: this allocator hands them on
/// between threads without giving each back to the system first (docs/performance.md).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
use clap::{CommandFactory, Parser};
use std::process::ExitCode;
use words::Words;

fn main() -> ExitCode {
    // clap ends the program itself for --help (0) and for bad usage (2).
    let arguments = Arguments::parse();
    let words = Words::of(arguments.lang);
    if let Some(threads) = arguments.threads {
        // Fails only if the pool is already there, which it is not.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let status = match &arguments.command {
        Command::Footprint(command) => footprint::run(command, words),
        Command::Factors(command) => factors::run(command, words),
        Command::Lci(command) => lci::run(command, words),
        Command::Threshold(command) => threshold::run(command, words),
        Command::Standard(command) => standard::run(command, words),
        Command::Score(command) => standard::score::run(command, words),
        Command::Explain(command) => explain::run(command, words),
        Command::Verify(command) => verify::run(command, words),
        Command::Units => {
            units::run();
            0
        }
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "zuji", &mut std::io::stdout());
            0
        }
    };
    ExitCode::from(status)
}
