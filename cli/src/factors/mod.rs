//! `zuji factors list|search|show|check|diff|template`: one file each, but the last.

mod check;
mod diff;
mod list;
mod search;
mod show;

use crate::arguments::FactorsCommand;
use crate::words::Words;
use crate::{files, findings};

/// Runs one of the commands.
pub fn run(command: &FactorsCommand, words: Words) -> u8 {
    match command {
        FactorsCommand::List { factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, broken)) => {
                    findings::print(&broken, words);
                    library
                }
                Err(finding) => return findings::fail(finding, words),
            };
            list::run(&library, *format, words)
        }
        FactorsCommand::Search { words: wanted, kind, geography, limit, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            let known = match files::search_words() {
                Ok(known) => known,
                Err(finding) => return findings::fail(finding, words),
            };
            let filter = search::Filter { kind: kind.as_deref(), geography: geography.as_deref() };
            search::run(&library, &known, &wanted.join(" "), &filter, *limit, *format, words)
        }
        FactorsCommand::Show { ids, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            show::run(&library, ids, *format, words)
        }
        FactorsCommand::Diff { from, to, format } => diff::run(from, to, *format, words),
        FactorsCommand::Template => {
            say!("{}", zuji_formats::factor_template(words.chinese()).trim_end());
            0
        }
        FactorsCommand::Check { files, as_of, max_age, format } => {
            check::run(files, as_of.as_deref(), *max_age, *format, words)
        }
    }
}
