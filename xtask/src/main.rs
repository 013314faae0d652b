//! What a maintainer does, in one program: `cargo xtask` lists it.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a maintainer's program reads and writes the repository's files and talks to a terminal"
)]

mod factors;
mod impact;
mod machine;
mod parts;
mod peers;
mod schemas;
mod test;
mod wasm;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A step that can fail with a sentence for the maintainer.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Parser)]
#[command(name = "cargo xtask", about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate the factor packs and the sets of characterisation factors from factors/raw
    Factors {
        /// Write nothing; fail and name the file where a committed one differs from what the generator makes
        #[arg(long)]
        check: bool,
    },
    /// Say which results move with the factors of the working tree, by how much and by which rows; exit status 1 where
    /// one does, 2 where the two cannot be compared
    Impact {
        /// The revision to compare with: its packs, sets, profiles and rules, computed by the engine as it is now
        #[arg(long, value_name = "REV", default_value = "HEAD")]
        base: String,
    },
    /// Write the factor packs in parts by class, at most 60 kB each when compressed, for pages that load what they need
    Parts {
        /// The folder to write into; by default `factor-parts` in the target folder
        folder: Option<PathBuf>,
    },
    /// Compare random linked systems with bw2calc, which is installed from PyPI into a virtual environment, and keep the
    /// quantiles of the difference in tests/data/peers; fails where the 99th percentile exceeds 1e-9
    Peers,
    /// Regenerate the JSON Schemas of the documents from the types in core
    Schemas {
        /// Write nothing; fail and name the file where a committed one differs from what the types make
        #[arg(long)]
        check: bool,
    },
    /// Run everything that must pass before a change is merged; nothing is skipped for what a machine lacks
    Test {
        /// Leave out the release build and the WebAssembly module
        #[arg(long)]
        quick: bool,
    },
    /// Build the WebAssembly module with whichever toolchain is there
    Wasm,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Factors { check } => factors::run(&repository(), check),
        Command::Impact { base } => impact::run(&repository(), &base),
        Command::Parts { folder } => {
            let default = || machine::target_directory(&repository()).map(|target| target.join("factor-parts"));
            folder.map_or_else(default, Ok).and_then(|folder| parts::run(&repository(), &folder))
        }
        Command::Peers => peers::run(&repository()),
        Command::Schemas { check } => schemas::run(&repository(), check),
        Command::Test { quick } => test::run(&repository(), quick),
        Command::Wasm => wasm::run_command(&repository()),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}

/// The root of the repository, wherever the program is started.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
