//! The flags of `zuji threshold`.

use crate::arguments::Format;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use zuji_core::math::Finite;
use zuji_core::threshold::{ErrorMeaning, Plan, Prior};

/// `zuji threshold`.
#[derive(Debug, Args)]
#[command(after_long_help = help())]
pub struct ThresholdCommand {
    /// Products with footprints: a table (CSV, TSV), zuji/population@1 (YAML, JSON), or records of single products.
    #[arg(required = true, value_name = "POPULATION")]
    pub files: Vec<PathBuf>,
    /// A limit; a product passes at or below it. May be repeated.
    #[arg(long = "limit", value_name = "X", value_parser = number, allow_negative_numbers = true)]
    pub limits: Vec<Finite>,
    /// Sweep so many limits from the smallest to the largest footprint.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "100", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub sweep: Option<u32>,
    /// Take the limits from the footprint gates of a demand standard (zuji/standard@1): all dated ones, or those of --as-of.
    #[arg(long, value_name = "FILE")]
    pub standard: Option<PathBuf>,
    /// The day whose limits of the standard hold, YYYY-MM-DD; never the clock.
    #[arg(long, value_name = "DATE", requires = "standard")]
    pub as_of: Option<String>,
    /// The questions as a file, zuji/threshold@1: assumptions, path over the years, prices. Flags come before it.
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Estimate this quantile (0.2) with an interval. May be repeated.
    #[arg(long = "quantile", value_name = "P", value_parser = number)]
    pub quantiles: Vec<Finite>,
    /// Confidence of intervals [default: 0.95].
    #[arg(long, value_name = "P", value_parser = number)]
    pub confidence: Option<Finite>,
    /// Only products of this class.
    #[arg(long, value_name = "NAME")]
    pub class: Option<String>,
    /// A field that a product must state, such as lifetime. May be repeated.
    #[arg(long, value_name = "FIELD")]
    pub require: Vec<String>,
    /// Bidders of one tender, for the probability that three qualify [default: 5].
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub bidders: Option<u32>,
    /// Share of the market whose footprints are declared at all.
    #[arg(long, value_name = "SHARE", value_parser = number)]
    pub declared_share: Option<Finite>,
    /// Relative standard deviation of products that state none.
    #[arg(long, value_name = "RSD", value_parser = number)]
    pub rsd: Option<Finite>,
    /// What a relative error of unstated meaning is taken for.
    #[arg(long, value_name = "MEANING", value_enum)]
    pub error_is: Option<ErrorIs>,
    /// What is known before measuring: MEDIAN:LOG_SD.
    #[arg(long, value_name = "MEDIAN:SD", value_parser = prior)]
    pub prior: Option<Prior>,
    /// Units bought in a year.
    #[arg(long, value_name = "N", value_parser = number)]
    pub demand: Option<Finite>,
    /// Monte Carlo samples.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub samples: Option<u32>,
    /// Seed of the samples [default: 1].
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Unit of the footprints, such as "kg CO2e", where the population states none.
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Risk of a guard band, such as 0.05. May be repeated.
    #[arg(long, value_name = "RISK", value_parser = number)]
    pub guard: Vec<Finite>,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Write the result to a file: JSON where the name ends in .json, a page with pictures where it ends in .html.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a relative error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrorIs {
    /// One standard deviation.
    StandardDeviation,
    /// Half of an interval that holds 90 %.
    #[value(name = "half-width-90")]
    HalfWidth90,
    /// Half of an interval that holds 95 %.
    #[value(name = "half-width-95")]
    HalfWidth95,
}

impl ThresholdCommand {
    /// The plan with what the flags say over it.
    pub fn over(&self, mut plan: Plan) -> Plan {
        let replace = |list: &mut Vec<Finite>, flags: &[Finite]| {
            if !flags.is_empty() {
                *list = flags.to_vec();
            }
        };
        replace(&mut plan.limits, &self.limits);
        replace(&mut plan.quantiles, &self.quantiles);
        replace(&mut plan.guard, &self.guard);
        plan.require.extend(self.require.iter().cloned());
        plan.sweep = self.sweep.or(plan.sweep);
        plan.confidence = self.confidence.or(plan.confidence);
        plan.class = self.class.clone().or(plan.class);
        plan.bidders = self.bidders.or(plan.bidders);
        plan.declared_share = self.declared_share.or(plan.declared_share);
        plan.rsd = self.rsd.or(plan.rsd);
        plan.prior = self.prior.or(plan.prior);
        plan.demand = self.demand.or(plan.demand);
        plan.samples = self.samples.or(plan.samples);
        plan.seed = self.seed.or(plan.seed);
        plan.error_is = self.error_is.map(ErrorMeaning::from).or(plan.error_is);
        plan
    }
}

impl From<ErrorIs> for ErrorMeaning {
    fn from(meaning: ErrorIs) -> Self {
        match meaning {
            ErrorIs::StandardDeviation => Self::StandardDeviation,
            ErrorIs::HalfWidth90 => Self::HalfWidth90,
            ErrorIs::HalfWidth95 => Self::HalfWidth95,
        }
    }
}

fn number(text: &str) -> Result<Finite, String> {
    let value = zuji_core::quantity::read_number(text).map_err(|_| format!("\"{text}\" is not a number"))?;
    Finite::new(value).map_err(|error| error.to_string())
}

fn prior(text: &str) -> Result<Prior, String> {
    let (median, log_sd) = text.split_once(':').ok_or("write MEDIAN:SD, such as 480:0.2")?;
    Ok(Prior { median: number(median)?, log_sd: number(log_sd)? })
}

fn help() -> String {
    format!(
        "Columns of a table (any order; English or Chinese headers):\n{}\nExamples:\n  zuji threshold laptops.csv --limit 300\n  \
zuji threshold laptops.csv --limit 300 --sweep 200 -o report.html\n  zuji threshold desktops.yaml --plan plan.yaml --format json\n\n\
Exit status: 0 computed; 1 computed, but a finding needs a decision; 2 nothing could be computed.\n\
Formulas and sources of all statistics, and the plan's fields, are in docs/threshold.md.",
        zuji_formats::population_columns_help(false)
    )
}
