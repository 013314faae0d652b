//! The command line of `zuji lci`.

use crate::arguments::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `zuji lci`.
#[derive(Debug, Subcommand)]
pub enum LciCommand {
    /// Read a database and write it as one document, zuji/inventory@1 / 导入数据库.
    #[command(
        after_help = "Formats, told apart by their files: openLCA JSON-LD (folder or zip), EcoSpold 1 (.xml), EcoSpold 2 \
(.spold), ILCD (folder or zip), processes.csv with exchanges.csv. Matrices (USEEIO .json; A, B, C as .csv or .npz) are solved as they \
are and make no document.\n\nExample:\n  \
zuji lci import uslci.zip -o uslci.json"
    )]
    Import {
        #[command(flatten)]
        #[allow(missing_docs)]
        open: Open,
        /// The document to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Say what is linked, what is not and why, and whether the system can be solved / 检查链接与可解性.
    #[command(
        after_help = "Exit status: 0 ready; 1 ready, but exchanges are open or a question is unanswered; 2 cannot be solved \
or read.\nEvery exchange that is not counted stands in --report with its amount and a suggested decision; --suggest writes the \
suggestions as a file for --linking, to be read and corrected by a person."
    )]
    Check {
        #[command(flatten)]
        #[allow(missing_docs)]
        asked: Asked,
        /// Write everything that is not counted, in full, as JSON.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Write the suggested decisions as zuji/linking@1.
        #[arg(long, value_name = "FILE")]
        suggest: Option<PathBuf>,
    },
    /// Solve for a demand: impacts and the inventory behind them, with a certificate / 求解给定需求.
    #[command(
        after_help = "Exit status: 0 solved; 1 solved, but something of the database is open (`zuji lci check` lists it); 2 not \
solved.\n\nExample:\n  zuji lci solve uslci.zip --demand 66280f03-b26f-35c4-bda2-3d4a8652943a=3.6"
    )]
    Solve {
        #[command(flatten)]
        #[allow(missing_docs)]
        asked: Asked,
        #[command(flatten)]
        #[allow(missing_docs)]
        demand: Demands,
        /// How many elementary flows the screen shows; JSON has all.
        #[arg(long, default_value_t = 10)]
        limit: u32,
    },
    /// Score every product of the database at once / 一次求出所有产品的得分.
    #[command(
        after_help = "Examples:\n  zuji lci scores uslci.zip -o scores.csv\n  zuji lci scores uslci.zip -o my-factors.yaml     a \
factor pack, for: zuji footprint bom.csv --factors my-factors.yaml"
    )]
    Scores {
        #[command(flatten)]
        #[allow(missing_docs)]
        open: Open,
        #[command(flatten)]
        #[allow(missing_docs)]
        choices: Choices,
        /// Where to write: .csv or .json a table of scores, .yaml a factor pack (zuji/factors@1) [default: CSV on the screen].
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Say where the score of a demand comes from / 贡献分析.
    #[command(
        after_help = "By first tier, process, elementary flow, place and class; the upstream tree; the largest paths. \
docs/contributions.md says what each means. Shares are of the total.\n\nExample:\n  zuji lci contributions uslci.zip --demand \
66280f03-b26f-35c4-bda2-3d4a8652943a=3.6 --sankey coal.svg"
    )]
    Contributions {
        #[command(flatten)]
        #[allow(missing_docs)]
        asked: Asked,
        #[command(flatten)]
        #[allow(missing_docs)]
        demand: Demands,
        #[command(flatten)]
        #[allow(missing_docs)]
        views: Views,
    },
    /// Sample everything that is uncertain, through the whole system / 蒙特卡洛不确定度分析.
    #[command(
        after_help = "Every exchange that states an uncertainty is drawn in every sample; some samples are held against factors of \
their own systems, and that difference stands in the result. docs/uncertainty-linked.md says how.\n\nExit status: 0 sampled; 1 \
sampled, but something is open: samples without an answer, uncertainties that could not be drawn, none stated; 2 not \
sampled.\n\nExample:\n  zuji lci montecarlo DB --demand STEEL=1 --samples 10000 --seed 1"
    )]
    Montecarlo {
        #[command(flatten)]
        #[allow(missing_docs)]
        asked: Asked,
        #[command(flatten)]
        #[allow(missing_docs)]
        demand: Demands,
        #[command(flatten)]
        #[allow(missing_docs)]
        samples: Samples,
    },
    /// Score a demand with another supplier or another amount, without solving anew / 假设分析.
    #[command(
        after_help = "IDs are those of processes (`zuji lci scores`), or their names where a name is unique.\n\nExamples:\n  zuji lci \
whatif DB --demand STEEL=1 --swap STEEL:COAL-POWER=WIND-POWER\n  zuji lci whatif DB --demand STEEL=1 --set STEEL:COAL-POWER=0.4"
    )]
    Whatif {
        #[command(flatten)]
        #[allow(missing_docs)]
        asked: Asked,
        #[command(flatten)]
        #[allow(missing_docs)]
        demand: Demands,
        /// A process takes from another supplier what it takes from one now.
        #[arg(long, value_name = "PROCESS:FROM=TO", conflicts_with = "set")]
        swap: Option<String>,
        /// A process takes so much of a supplier's product, in the unit of that product, per amount of its reference flow.
        #[arg(long, value_name = "PROCESS:SUPPLIER=AMOUNT", required_unless_present = "swap")]
        set: Option<String>,
    },
}

/// What every command that solves is told: which database, how it becomes a system, how to print.
#[derive(Clone, Debug, Args)]
pub struct Asked {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub open: Open,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub choices: Choices,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// Which database.
#[derive(Clone, Debug, Args)]
pub struct Open {
    /// A folder, a .zip, a .tar.xz, or a document that `zuji lci import` wrote.
    #[arg(value_name = "DB")]
    pub database: PathBuf,
    /// Short id of the database, which ids of factors start with [default: the document's, else the file's name].
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Version of the source [default: the document's, else "not stated"].
    #[arg(long, value_name = "TEXT")]
    pub version: Option<String>,
    /// Publisher and address of the source [default: the document's, else "not stated"].
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    /// Licence as it is stated [default: the document's, else "not stated"].
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,
}

/// How the database becomes a system.
#[derive(Clone, Debug, Args)]
pub struct Choices {
    /// Decisions about providers and allocation, zuji/linking@1.
    #[arg(long, value_name = "FILE")]
    pub linking: Option<PathBuf>,
    /// How processes with several products are divided [default: as the database says]: physical, economic, causal, equal,
    /// manual, substitution, cut-off.
    #[arg(long, value_name = "RULE")]
    pub allocation: Option<String>,
    /// Impacts: a set of GWP values (AR6, AR5 …) or `own`, the categories of the database; of matrices, one of theirs by id or
    /// name; may be repeated [default: AR6; of matrices all of theirs].
    #[arg(long = "method", value_name = "SET|own|ID")]
    pub methods: Vec<String>,
    /// Reorder arithmetic where that is faster; results agree to 1e-12 but not to the last bit.
    #[arg(long)]
    pub fast: bool,
}

/// What is asked for.
#[derive(Clone, Debug, Args)]
pub struct Demands {
    /// A product by the id or unique name of its process, and how much of it in its own unit; may be repeated.
    #[arg(long = "demand", value_name = "ID=AMOUNT", required = true)]
    pub demands: Vec<String>,
}

/// Which samples.
#[derive(Clone, Debug, Args)]
pub struct Samples {
    /// How many samples.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(2..=10_000_000))]
    pub samples: u64,
    /// The seed: the same seed gives the same samples, whatever else there is.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The impact, by its id or name [default: the first].
    #[arg(long, value_name = "ID")]
    pub impact: Option<String>,
    /// By which table pedigree scores become spreads where a source states them alone: ecoinvent or ciroth-2016.
    #[arg(long, value_name = "TABLE", default_value = "ecoinvent", value_parser = ["ecoinvent", "ciroth-2016"])]
    pub pedigree: String,
    /// How many samples are held against factors of their own systems.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub checks: u32,
    /// How many contributions to the variance the screen shows; JSON has all.
    #[arg(long, default_value_t = 10)]
    pub limit: u32,
}

/// Which contributions.
#[derive(Clone, Debug, Args)]
pub struct Views {
    /// The impact, by its id or name; may be repeated [default: that of climate change, else the first].
    #[arg(long = "impact", value_name = "ID")]
    pub impacts: Vec<String>,
    /// How many rows of each table and how many paths; what is left is one row. JSON has all rows.
    #[arg(long, default_value_t = 10)]
    pub limit: u32,
    /// Do not follow the tree, nor draw a process, below this share of the sum of all direct contributions.
    #[arg(long, default_value_t = 0.01, value_parser = share)]
    pub min_share: f64,
    /// Most nodes of the tree.
    #[arg(long, default_value_t = 50)]
    pub max_nodes: u32,
    /// A process of your own, by id or unique name, for a table of what it emits and takes from others; may be repeated.
    #[arg(long, value_name = "ID")]
    pub own: Vec<String>,
    /// Write the Sankey diagram of the (first) impact: .svg a picture, .json its nodes and edges, .csv its edges, with
    /// the nodes beside it in .nodes.csv.
    #[arg(long, value_name = "FILE")]
    pub sankey: Option<PathBuf>,
}

/// A fraction, not a percentage.
fn share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "0..1".to_string())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("0..1".into()) }
}
