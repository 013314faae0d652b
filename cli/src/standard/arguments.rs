//! The command lines of `zuji standard` and `zuji score`.

use crate::arguments::{Computation, Format};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use zuji_core::standard::Stage;

/// A stage of a tender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    /// With the bid.
    Bid,
    /// Before the award.
    Award,
    /// On delivery: what was delivered against what was bid.
    Acceptance,
    /// In use.
    Operation,
}

impl StageName {
    /// As the core has it.
    pub fn stage(self) -> Stage {
        match self {
            Self::Bid => Stage::Bid,
            Self::Award => Stage::Award,
            Self::Acceptance => Stage::Acceptance,
            Self::Operation => Stage::Operation,
        }
    }
}

/// `zuji score`.
#[derive(Debug, Args)]
#[command(
    after_long_help = "STANDARD is a file, or a folder with the versions of one standard: the one that holds on the tender's \
date (notice, deadline, award or delivery, as the standard says) is taken, never today's.\nBids give footprints as values, as \
records (`zuji footprint --record`), or as products to compute; records and products are computed with the lifetime, use and \
factor packs of the standard.\n\nExit status: 0 every bid is ranked and every guard holds; 1 a bid is excluded, incomparable or \
invalid, a guard trips, or a delivery is worse than its bid; 2 nothing could be evaluated.\n\nExamples:\n  zuji score \
standards/draft-cn-desktop.yaml bids.yaml\n  zuji score standard.yaml bids.yaml --format json --lang zh\n  zuji score standard.yaml \
bids.yaml --stage acceptance\n\nThe order of evaluation is in docs/scoring.md, the documents in docs/standards.md."
)]
pub struct ScoreCommand {
    /// The standard (zuji/standard@1), or a folder with its versions.
    pub standard: PathBuf,
    /// The bids (zuji/bids@1).
    pub bids: PathBuf,
    /// Stage of the tender.
    #[arg(long, value_enum, default_value_t = StageName::Bid)]
    pub stage: StageName,
    /// What a buyer or a province lays over the standard (zuji/overlay@1); may be repeated. It can only tighten.
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the result to a file (JSON where the name ends in .json).
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub computation: Computation,
}

/// `zuji standard`.
#[derive(Debug, Subcommand)]
pub enum StandardCommand {
    /// Check a standard: schema, names, units, dates, vectors / 检查需求标准.
    #[command(
        after_help = "Exit status: 0 sound and every vector passes; 1 a vector fails; 2 the standard cannot be evaluated."
    )]
    Check {
        /// Standards (zuji/standard@1): files, or folders of them.
        #[arg(required = true, value_name = "STANDARD")]
        files: Vec<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Say what a careful reader would object to / 审读需求标准.
    #[command(after_help = "Exit status: 0 nothing to say; 1 warnings; 2 the standard cannot be evaluated.")]
    Lint {
        /// Standards (zuji/standard@1): files, or folders of them.
        #[arg(required = true, value_name = "STANDARD")]
        files: Vec<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Print a standard as text for a tender document / 输出可用于招标文件的文本.
    Show {
        /// The standard.
        standard: PathBuf,
        /// What is laid over it; may be repeated.
        #[arg(long = "overlay", value_name = "FILE")]
        overlays: Vec<PathBuf>,
        /// Comments on clauses (zuji/feedback@1), printed under the clauses they are about; may be repeated.
        #[arg(long = "feedback", value_name = "FILE")]
        feedback: Vec<PathBuf>,
        /// Print values as they are on this day, YYYY-MM-DD [default: all values with their days].
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Compare two versions in words and as data / 比较两个版本.
    #[command(after_help = "Exit status: 0 the same; 1 different; 2 one of them cannot be read.")]
    Diff {
        /// The first version.
        from: PathBuf,
        /// The second.
        to: PathBuf,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Check reserved and portfolio shares of a plan or a year's purchases / 检查预留份额与采购比例.
    #[command(after_help = "Exit status: 0 every share is reached; 1 one is not; 2 nothing could be checked.")]
    Plan {
        /// The standard.
        standard: PathBuf,
        /// The plan (zuji/plan@1).
        plan: PathBuf,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
}
