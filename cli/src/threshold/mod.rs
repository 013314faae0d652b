//! `zuji threshold`: what a limit does to a population of products.

mod arguments;
mod human;
mod standard;

pub use arguments::ThresholdCommand;

use crate::arguments::Format;
use crate::words::Words;
use crate::{files, findings};
use std::io::Write;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::threshold::{Plan, Population, PopulationDocument, Report, laboratory, page};
use zuji_formats::{Limits, read_population, read_threshold_plan};

/// Schema of the answer.
const SCHEMA: &str = "zuji/threshold-result@1";

/// Answers what is asked of a population.
pub fn run(command: &ThresholdCommand, words: Words) -> u8 {
    let format = match command.output.as_deref().and_then(|path| path.extension()) {
        Some(ending) if ending == "json" => Format::Json,
        _ => command.format,
    };
    let mut found = Diagnostics::default();
    let read = read(command, &mut found);
    let answer = match read {
        Ok((document, mut plan)) => {
            if let Some(path) = &command.standard
                && let Err(more) = standard::limits(path, command.as_of.as_deref(), &mut plan)
            {
                found.extend(more);
                return crate::lci::outcome::refuse(SCHEMA, &found, format, words);
            }
            let population = Population::of(document, &plan);
            laboratory(&population, &plan)
        }
        Err(finding) => Err(finding.into()),
    };
    let report = match answer {
        Ok((report, more)) => {
            found.extend(more);
            report
        }
        Err(more) => {
            found.extend(more);
            return crate::lci::outcome::refuse(SCHEMA, &found, format, words);
        }
    };
    let status = u8::from(found.count(Severity::Error) + found.count(Severity::Question) > 0);
    match write(command, &report, &found, format, words) {
        Ok(()) => status,
        Err(finding) => findings::fail(finding, words),
    }
}

/// The population of all files, and the plan: a file's own, the population's, and the flags over it.
fn read(command: &ThresholdCommand, found: &mut Diagnostics) -> Result<(PopulationDocument, Plan), Diagnostic> {
    let limits = Limits::default();
    let mut all: Option<PopulationDocument> = None;
    for path in &command.files {
        let file = files::read(path)?;
        let read = read_population(&file.bytes, &file.name, &limits)?;
        found.extend(read.findings);
        match &mut all {
            None => all = Some(read.document),
            Some(all) => join(all, read.document)?,
        }
    }
    let mut document = all.unwrap_or_default();
    let unit = &mut document.population.unit;
    *unit = unit.take().or_else(|| command.unit.clone());
    let own = document.plan.take();
    let plan = match &command.plan {
        Some(path) => {
            let file = files::read(path)?;
            read_threshold_plan(&file.bytes, &file.name, &limits)?
        }
        None => own.unwrap_or_default(),
    };
    Ok((document, command.over(plan)))
}

/// Adds the products of another file: in the same unit, what its head says of them kept with each.
fn join(all: &mut PopulationDocument, other: PopulationDocument) -> Result<(), Diagnostic> {
    let head = other.population;
    if let (Some(unit), Some(own)) = (&all.population.unit, &head.unit)
        && unit != own
    {
        let range = (format!("all files in {unit}"), format!("所有文件须以 {unit} 为单位"));
        return Err(Diagnostic::new(&catalogue::T107)
            .with("option", "unit")
            .with("text", own)
            .with_words("range", range));
    }
    all.products.extend(other.products.into_iter().map(|mut product| {
        product.boundary = product.boundary.or_else(|| head.boundary.clone());
        product.gwp = product.gwp.or_else(|| head.gwp.clone());
        product
    }));
    Ok(())
}

fn write(
    command: &ThresholdCommand,
    report: &Report,
    found: &Diagnostics,
    format: Format,
    words: Words,
) -> Result<(), Diagnostic> {
    let ending = command.output.as_deref().and_then(|path| path.extension());
    let text = match format {
        _ if ending.is_some_and(|ending| ending == "html" || ending == "htm") => page(report, found, words.language),
        Format::Json => json(report, found, words),
        Format::Human => human::text(report, words, command.output.is_none()),
    };
    match &command.output {
        Some(path) => crate::lci::outcome::write(path, text)?,
        None => {
            // A reader that closes the pipe early is no failure.
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
    }
    if format == Format::Human {
        findings::print(found, words);
    }
    Ok(())
}

fn json(report: &Report, found: &Diagnostics, words: Words) -> String {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        let diagnostics = zuji_formats::result::findings(found.iter(), words.language);
        map.insert("diagnostics".into(), serde_json::to_value(diagnostics).unwrap_or_default());
    }
    format!("{value:#}\n")
}
