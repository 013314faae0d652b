//! The command line, defined once: parsing, help and completions come from here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 产品碳足迹：从物料清单到可核查的数字 / the carbon footprint of a product from its bill of materials.
#[derive(Debug, Parser)]
#[command(name = "zuji", version, about, max_term_width = 110)]
#[command(
    after_help = "Exit status: 0 computed and all checks pass; 1 computed, but a question, limit or verification is not \
satisfied; 2 cannot compute or bad usage.\n\nStart with: zuji footprint bom.csv"
)]
pub struct Arguments {
    /// Language of everything that is printed [default: from the locale].
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// Number of threads [default: all cores]. The result is the same for any number.
    #[arg(long, global = true, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1024))]
    pub threads: Option<usize>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compute the footprint of a product / 计算产品碳足迹.
    Footprint(FootprintCommand),
    /// Search, show and check emission factors / 查找、查看和检查排放因子.
    #[command(subcommand)]
    Factors(FactorsCommand),
    /// Import, check and solve life cycle inventory databases / 导入、检查和求解生命周期清单数据库.
    #[command(subcommand)]
    Lci(crate::lci::LciCommand),
    /// Test a limit on a population of products: pass rates, competition, misclassification / 在产品总体上检验限值.
    Threshold(crate::threshold::ThresholdCommand),
    /// Check, read and compare demand standards / 检查、审读和比较需求标准.
    #[command(subcommand)]
    Standard(crate::standard::arguments::StandardCommand),
    /// Score bids under a demand standard, exactly / 按需求标准精确评分.
    Score(crate::standard::arguments::ScoreCommand),
    /// Explain a code (U201) or trace a line (bom.csv:7) / 解释诊断代码或追溯某一行.
    Explain(ExplainCommand),
    /// Recompute a record and compare it byte by byte / 重新计算并逐字节核验记录.
    Verify(VerifyCommand),
    /// List the known units with all their names / 列出已知单位.
    Units,
    /// Print shell completions / 输出命令补全脚本.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: three significant digits, bars, hotspots.
    Human,
    /// For programs: stable keys, exact decimals as strings.
    Json,
}

/// What every computation may be told.
#[derive(Clone, Debug, Args)]
pub struct Computation {
    /// The product around a table of parts: unit, date, energy, transport, use [default: product.yaml beside it].
    #[arg(long, value_name = "FILE")]
    pub product: Option<PathBuf>,
    /// Encoding of the table [default: recognised and said]: gb18030, big5, utf-16le, windows-1252, …
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook [default: the first with a header of parts].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Method profile: gbt-24067-2024, iso-14067-2018, pact-3 [default: the document's, else gbt-24067-2024].
    #[arg(long, value_name = "ID")]
    pub method: Option<String>,
    /// Boundary: cradle-to-gate or cradle-to-grave [default: the document's, else the profile's first].
    #[arg(long, value_name = "ID")]
    pub boundary: Option<String>,
    /// Set of characterisation factors, such as AR6, AR5, AR4-GWP100@2007 [default: the profile's].
    #[arg(long, value_name = "SET")]
    pub gwp: Option<String>,
    /// Make it an error when part of the total was characterised with another set.
    #[arg(long)]
    pub strict: bool,
    /// Date for the age of data and validity, YYYY-MM-DD [default: the document's own; never the clock].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Further factor tables (zuji/factors@1 in YAML or JSON, or CSV): a file, or a folder of them.
    #[arg(long, value_name = "DIR|FILE")]
    pub factors: Option<PathBuf>,
    /// Use only this factor table, by id and the first digits of its hash (`zuji factors list`); may be repeated.
    #[arg(long = "pin", value_name = "ID@SHA256")]
    pub pins: Vec<zuji_core::factor::Pin>,
    /// Deepest nesting of assemblies.
    #[arg(long, value_name = "N", default_value_t = zuji_core::footprint::MAX_DEPTH)]
    pub max_depth: u32,
    /// Most rows of a table.
    #[arg(long, value_name = "N", default_value_t = zuji_formats::Limits::default().rows)]
    pub max_lines: u64,
    /// Most bytes of a table; a document may have a sixteenth of it.
    #[arg(long, value_name = "N", default_value_t = zuji_formats::Limits::default().table_bytes)]
    pub max_bytes: u64,
    /// Most values of a document.
    #[arg(long, value_name = "N", default_value_t = zuji_formats::Limits::default().nodes)]
    pub max_nodes: u64,
    /// Most columns of a table.
    #[arg(long, value_name = "N", default_value_t = zuji_formats::Limits::default().columns)]
    pub max_columns: usize,
    /// Most bytes of one field of a table.
    #[arg(long, value_name = "N", default_value_t = zuji_formats::Limits::default().field_bytes)]
    pub max_field: usize,
}

/// A database that lines may name.
#[derive(Clone, Debug, Args)]
pub struct Background {
    /// Link lines straight to a life cycle inventory database (folder, .zip, .tar.xz or document, as `zuji lci` reads it): a
    /// line names a process by id or exact name, in the factor column or as its material.
    #[arg(long, value_name = "DB")]
    pub database: Option<PathBuf>,
    /// Short id of the database [default: the document's, else the file's name].
    #[arg(long, value_name = "ID", requires = "database")]
    pub database_id: Option<String>,
    /// Decisions about providers and allocation within the database, zuji/linking@1.
    #[arg(long, value_name = "FILE", requires = "database")]
    pub linking: Option<PathBuf>,
    /// How processes of the database with several products are divided [default: as the database says].
    #[arg(long, value_name = "RULE", requires = "database")]
    pub allocation: Option<String>,
}

/// `zuji footprint`.
#[derive(Debug, Args)]
#[command(after_long_help = footprint_help())]
pub struct FootprintCommand {
    /// Tables of parts (.xlsx, .xls, CSV, TSV) or product documents (YAML, JSON; zuji/product@1); `-` reads one from stdin.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub computation: Computation,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub background: Background,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the result to a file instead of the screen (JSON where the name ends in .json).
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the record (canonical JSON with inputs and factor rows embedded), which `zuji verify` recomputes.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub range: RangeArguments,
}

/// What is asked of the uncertainty of a result.
#[derive(Clone, Debug, Args)]
pub struct RangeArguments {
    /// Sample the stated uncertainties so many times (10000 is a good number): range, probabilities, what makes them.
    /// Several products are compared, sample by sample.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=i64::from(zuji_core::product::SampleOptions::MOST)))]
    pub samples: Option<u32>,
    /// The seed of the samples: the same seed gives the same digits, on any machine.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "samples")]
    pub seed: u32,
    /// How the samples are spread: random, lhs (Latin hypercube) or sobol (scrambled Sobol' sequence).
    #[arg(long, value_enum, default_value_t = Spread::Random, requires = "samples")]
    pub sampling: Spread,
    /// A limit in kg CO2e per declared unit: how probable it is that the footprint keeps it.
    #[arg(long, value_name = "KG", requires = "samples", value_parser = limit)]
    pub limit: Option<zuji_core::math::Finite>,
    /// Draw how the samples lie as SVG.
    #[arg(long, value_name = "FILE", requires = "samples")]
    pub histogram: Option<PathBuf>,
    /// Draw what makes the range as SVG.
    #[arg(long, value_name = "FILE", requires = "samples")]
    pub tornado: Option<PathBuf>,
}

/// How samples are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Spread {
    /// Independently.
    Random,
    /// As a Latin hypercube.
    Lhs,
    /// By a scrambled Sobol' sequence.
    Sobol,
}

fn limit(text: &str) -> Result<zuji_core::math::Finite, String> {
    let value: f64 = text.parse().map_err(|_| format!("\"{text}\" is not a number"))?;
    zuji_core::math::Finite::new(value).map_err(|error| error.to_string())
}

impl RangeArguments {
    /// The options of a computation.
    pub fn options(&self) -> Option<zuji_core::product::SampleOptions> {
        use zuji_core::product::Sampling;
        Some(zuji_core::product::SampleOptions {
            count: self.samples?,
            seed: self.seed,
            sampling: match self.sampling {
                Spread::Random => Sampling::Random,
                Spread::Lhs => Sampling::Lhs,
                Spread::Sobol => Sampling::Sobol,
            },
            limit: self.limit,
        })
    }
}

fn footprint_help() -> String {
    format!(
        "Columns of a table (any order; English or Chinese headers):\n{}\nExamples:\n  zuji footprint bom.csv\n  \
zuji footprint bom.csv --format json -o result.json\n  zuji footprint laptop.yaml --boundary cradle-to-grave --gwp AR5\n  \
zuji footprint a.csv b.csv c.yaml        several products at once\n  zuji footprint bom.csv --database uslci.zip         lines name its processes\n  zuji footprint bom.csv --record bid.json && zuji verify bid.json\n  \
zuji footprint bom.csv --samples 10000 --limit 50       how probable it is that a limit is kept\n  \
zuji footprint a.csv b.csv --samples 10000              which of two products is lower, and how sure that is\n\n\
Tables are described in docs/bill-of-materials.md, the document beside them in docs/product-document.md, ranges in \
docs/uncertainty.md.",
        zuji_formats::columns_help(false)
    )
}

/// `zuji factors`.
#[derive(Debug, Subcommand)]
pub enum FactorsCommand {
    /// List the loaded tables with version, rows, licence and the hash that pins them / 列出因子表及其哈希值.
    List {
        /// Further factor tables: a file, or a folder of them.
        #[arg(long, value_name = "DIR|FILE")]
        factors: Option<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Find factors by name, grade, synonym, code or id / 按名称、牌号、同义词、编码或编号查找.
    #[command(
        after_help = "Best first: whole names before parts of names; a place in the words (Germany, 山西) says where; what \
no line can use comes last, figures per money behind all. A search matches no line of a bill by itself.\nWhat is known to be \
missing (motors, POM) is said. Exit status: 0 found; 1 nothing that fits; 2 bad usage."
    )]
    Search {
        /// What to look for, in Chinese or English: 冷轧板, Q235B, ADC12, \"grid electricity Vietnam\", HS 7209.
        #[arg(required = true)]
        words: Vec<String>,
        /// Only this kind, such as material, electricity, fuel_combustion, freight.
        #[arg(long)]
        kind: Option<String>,
        /// Only this geography, such as CN.
        #[arg(long)]
        geography: Option<String>,
        /// At most so many.
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// Further factor tables: a file, or a folder of them.
        #[arg(long, value_name = "DIR|FILE")]
        factors: Option<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Show a factor with its source, year, region, licence / 查看因子及其来源.
    Show {
        /// The id.
        #[arg(required = true)]
        ids: Vec<String>,
        /// Further factor tables: a file, or a folder of them.
        #[arg(long, value_name = "DIR|FILE")]
        factors: Option<PathBuf>,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Check factor tables: rules, sums of gases, plausibility, age / 检查因子表.
    #[command(
        after_help = "Exit status: 0 no rule is broken (warnings may be there); 1 a rule is broken, with table, row and \
line named; 2 a file cannot be read.\nThe rules stand in docs/factors.md; a finding is explained by: zuji explain F403"
    )]
    Check {
        /// Tables to check (YAML, JSON, CSV) [default: the embedded ones].
        files: Vec<PathBuf>,
        /// Day for the age and validity of rows, YYYY-MM-DD; without it nothing is old. Never the clock.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// Years after which a row is called old.
        #[arg(long, value_name = "YEARS", default_value_t = zuji_core::factor::OLD_AFTER, requires = "as_of")]
        max_age: u16,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Compare two editions of a table: rows added, removed, changed / 比较因子表的两个版本.
    #[command(after_help = "Exit status: 0 the same; 1 different; 2 one of them cannot be read.")]
    Diff {
        /// The first: a file (YAML, JSON, CSV), or the id of an embedded table.
        from: String,
        /// The second.
        to: String,
        /// How to print.
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Print a table of factors in CSV to fill in, in the language of --lang / 输出可填写的因子表模板.
    #[command(after_long_help = template_help())]
    Template,
}

fn template_help() -> String {
    format!(
        "Lines `# key: value` above the header say what the table is: id, version, name_zh, name_en, source, licence, \
attribution, note, closed.\nColumns (any order; English or Chinese headers; * must be there):\n{}\nAs a document the table \
is described in docs/factors.md. Check it with: zuji factors check my-plant.csv",
        zuji_formats::factor_columns_help(false)
    )
}

/// `zuji explain`.
#[derive(Debug, Args)]
pub struct ExplainCommand {
    /// A code such as U201, or a line such as bom.csv:7, or bom.csv:NAME for a part's name or number.
    pub what: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub computation: Computation,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub background: Background,
}

/// `zuji verify`.
#[derive(Debug, Args)]
pub struct VerifyCommand {
    /// A record that `zuji footprint --record` wrote.
    pub record: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}
