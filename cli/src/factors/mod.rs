//! `zuji factors search|show|check`: one file each.

mod check;
mod search;
mod show;

use crate::arguments::FactorsCommand;
use crate::words::Words;
use crate::{files, findings};

/// Runs one of the commands.
pub fn run(command: &FactorsCommand, words: Words) -> u8 {
    match command {
        FactorsCommand::Search { words: wanted, kind, geography, limit, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            let filter = search::Filter { kind: kind.as_deref(), geography: geography.as_deref() };
            search::run(&library, &wanted.join(" "), &filter, *limit, *format, words)
        }
        FactorsCommand::Show { ids, factors, format } => {
            let library = match files::library(factors.as_deref()) {
                Ok((library, _)) => library,
                Err(finding) => return findings::fail(finding, words),
            };
            show::run(&library, ids, *format, words)
        }
        FactorsCommand::Check { files, format } => check::run(files, *format, words),
    }
}
