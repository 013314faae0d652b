//! `zuji footprint`.

use crate::arguments::{FootprintCommand, Format};
use crate::words::Words;
use crate::{files, findings, human};
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::footprint::footprint;
use zuji_core::product::{Library, Options};
use zuji_core::record::record;
use zuji_formats::result as json;

/// What one product gave.
struct Rendered {
    output: Vec<u8>,
    findings: Diagnostics,
    status: u8,
}

/// Computes one or several products.
pub fn run(command: &FootprintCommand, words: Words) -> u8 {
    let (library, broken) = match files::library(command.computation.factors.as_deref()) {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    if !broken.is_empty() {
        findings::print(&broken, words);
    }
    let options = files::options(&command.computation);
    let format = match &command.output {
        Some(path) if path.extension().is_some_and(|ending| ending == "json") => Format::Json,
        _ => command.format,
    };
    let status = match command.files.as_slice() {
        [file] => one(file, command, &library, &options, format, words),
        several => many(several, command, &library, &options, format, words),
    };
    // A table with broken rows is not a clean run.
    if broken.is_empty() { status } else { status.max(1) }
}

/// One product: the result goes straight to its destination.
fn one(
    file: &Path,
    command: &FootprintCommand,
    library: &Library,
    options: &Options,
    format: Format,
    words: Words,
) -> u8 {
    let mut out = match destination(command.output.as_deref()) {
        Ok(out) => out,
        Err(finding) => return findings::fail(finding, words),
    };
    let (status, found) = match compute(file, command, library, options, format, words, &mut *out) {
        Ok(done) => done,
        Err(finding) => return findings::fail(finding, words),
    };
    if let Err(error) = out.flush() {
        return failed_write(&error, command, words);
    }
    // In JSON the findings are part of the result; on a terminal they follow it.
    if format == Format::Human {
        findings::print(&found, words);
    }
    status
}

/// Several products: independent, so in parallel; printed in the order of the arguments.
fn many(
    paths: &[std::path::PathBuf],
    command: &FootprintCommand,
    library: &Library,
    options: &Options,
    format: Format,
    words: Words,
) -> u8 {
    let rendered: Vec<Result<Rendered, Diagnostic>> =
        paths
            .par_iter()
            .map(|path| {
                let mut output = Vec::new();
                compute(path, command, library, options, format, words, &mut output)
                    .map(|(status, findings)| Rendered { output, findings, status })
            })
            .collect();
    let mut out = match destination(command.output.as_deref()) {
        Ok(out) => out,
        Err(finding) => return findings::fail(finding, words),
    };
    let mut status = 0;
    let mut write = || -> std::io::Result<()> {
        if format == Format::Json {
            out.write_all(b"[")?;
        }
        for (position, product) in rendered.iter().enumerate() {
            match (product, format) {
                (Ok(product), Format::Json) => {
                    if position > 0 {
                        out.write_all(b",")?;
                    }
                    out.write_all(product.output.trim_ascii_end())?;
                }
                (Ok(product), Format::Human) => {
                    out.write_all(&product.output)?;
                    out.write_all(b"\n")?;
                    out.flush()?;
                    findings::print(&product.findings, words);
                }
                (Err(finding), Format::Json) => {
                    if position > 0 {
                        out.write_all(b",")?;
                    }
                    json::nothing(&finding.clone().into(), words.language, &mut out)?;
                }
                (Err(finding), Format::Human) => findings::print(&finding.clone().into(), words),
            }
        }
        if format == Format::Json {
            out.write_all(b"]\n")?;
        }
        out.flush()
    };
    if let Err(error) = write() {
        return failed_write(&error, command, words);
    }
    for product in &rendered {
        status = status.max(product.as_ref().map_or(2, |product| product.status));
    }
    status
}

/// Reads, computes and renders one product.
fn compute(
    path: &Path,
    command: &FootprintCommand,
    library: &Library,
    options: &Options,
    format: Format,
    words: Words,
    out: &mut dyn Write,
) -> Result<(u8, Diagnostics), Diagnostic> {
    let mut input = match files::product(path, &command.computation, library) {
        Ok(input) => input,
        Err(finding) if format == Format::Json => {
            let found = Diagnostics::from(finding);
            json::nothing(&found, words.language, out).map_err(|error| write_finding(&error, command))?;
            return Ok((2, found));
        }
        Err(finding) => return Err(finding),
    };
    let reading = std::mem::take(&mut input.findings);
    let outcome = footprint(&input.bill, &input.document, library, options);
    let mut status = outcome.exit_status();
    if status == 0 && reading.count(Severity::Error) + reading.count(Severity::Question) > 0 {
        status = 1;
    }
    if let (Some(path), Some(result)) = (&command.record, &outcome.footprint) {
        std::fs::write(path, record(result, options, &outcome.diagnostics))
            .map_err(|error| Diagnostic::new(&catalogue::E109).with("file", path.display()).with("cause", error))?;
    }
    let mut found = reading;
    found.extend(outcome.diagnostics.clone());
    input.locate(&mut found);
    let written = match (&outcome.footprint, format) {
        (Some(result), Format::Json) => json::footprint(result, &found, words.language, out),
        (Some(result), Format::Human) => {
            out.write_all(human::footprint(result, &found, words, command.output.is_none()).as_bytes())
        }
        (None, Format::Json) => json::nothing(&found, words.language, out),
        (None, Format::Human) => Ok(()),
    };
    written.map_err(|error| write_finding(&error, command))?;
    Ok((status, found))
}

fn destination(path: Option<&Path>) -> Result<Box<dyn Write>, Diagnostic> {
    match path {
        None => Ok(Box::new(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout()))),
        Some(path) => match std::fs::File::create(path) {
            Ok(file) => Ok(Box::new(std::io::BufWriter::with_capacity(1 << 20, file))),
            Err(error) => Err(Diagnostic::new(&catalogue::E109).with("file", path.display()).with("cause", error)),
        },
    }
}

fn write_finding(error: &std::io::Error, command: &FootprintCommand) -> Diagnostic {
    let file = command.output.as_ref().map_or_else(|| "stdout".to_string(), |path| path.display().to_string());
    Diagnostic::new(&catalogue::E109).with("file", file).with("cause", error)
}

fn failed_write(error: &std::io::Error, command: &FootprintCommand, words: Words) -> u8 {
    // A reader that closes the pipe early (head, less) is no failure.
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        0
    } else {
        findings::fail(write_finding(error, command), words)
    }
}
