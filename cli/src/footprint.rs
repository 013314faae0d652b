//! `zuji footprint`.

use crate::arguments::{FootprintCommand, Format};
use crate::words::Words;
use crate::{files, findings, human, lci, range};
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use zuji_core::footprint::{LinkedDatabase, footprint};
use zuji_core::product::{Library, Options};
use zuji_core::record::record;
use zuji_core::uncertainty::{Comparison, Uncertainty};
use zuji_formats::{File, result as json};

/// What all products of one call share.
struct Job<'a> {
    command: &'a FootprintCommand,
    library: &'a Library,
    /// The database that lines may name.
    database: Option<LinkedDatabase>,
    options: Options,
    format: Format,
    words: Words,
}

/// What one product gave.
struct Rendered {
    output: Vec<u8>,
    findings: Diagnostics,
    status: u8,
    /// What a comparison needs, where samples were asked for.
    sampled: Option<Sampled>,
}

/// What computing one product gave beside its output.
struct Computed {
    status: u8,
    found: Diagnostics,
    sampled: Option<Sampled>,
}

/// The samples of one product.
struct Sampled {
    name: String,
    complete: bool,
    totals: Vec<f64>,
}

/// What comes after a product.
#[derive(PartialEq)]
enum Afterwards {
    /// Others.
    GoOn,
    /// The end of the program.
    End,
}

/// Why there is no result to show.
enum Failure {
    /// Nothing could be computed.
    Finding(Diagnostic),
    /// The result could not be written.
    Write(std::io::Error),
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self::Finding(finding)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error)
    }
}

/// Computes one or several products.
pub fn run(command: &FootprintCommand, words: Words) -> u8 {
    let range = &command.range;
    if (range.histogram.is_some() || range.tornado.is_some()) && command.files.len() > 1 {
        let one = ("a picture shows one product: name one FILE", "图只适用于一个产品：请只给出一个文件");
        eprintln!("{}", words.pick(one.0, one.1));
        return 2;
    }
    if command.record.is_some() && command.files.len() > 1 {
        eprintln!(
            "{}",
            words.pick("--record takes one product: name one FILE", "--record 只适用于一个产品：请只给出一个文件")
        );
        return 2;
    }
    let (pack, database) = match lci::linked(&command.background, command.computation.gwp.as_deref()) {
        Ok(linked) => linked.unzip(),
        Err(found) => {
            findings::print(&found, words);
            return 2;
        }
    };
    // The tables are read while the file is.
    let (library, first) = rayon::join(
        || files::library_with(command.computation.factors.as_deref(), pack),
        || match command.files.as_slice() {
            [path] => Some(files::read(path)),
            _ => None,
        },
    );
    let (library, broken) = match library {
        Ok(library) => library,
        Err(finding) => return findings::fail(finding, words),
    };
    if !broken.is_empty() {
        findings::print(&broken, words);
    }
    let format = match &command.output {
        Some(path) if path.extension().is_some_and(|ending| ending == "json") => Format::Json,
        _ => command.format,
    };
    let options = Options { samples: command.range.options(), ..files::options(&command.computation) };
    let job = Job { command, library: &library, database, options, format, words };
    let status = match (command.files.as_slice(), first) {
        ([path], Some(file)) => job.one(path, file),
        (several, _) => job.many(several),
    };
    // A table with broken rows is not a clean run.
    if broken.count(Severity::Error) == 0 { status } else { status.max(1) }
}

impl Job<'_> {
    /// One product: the result goes straight to its destination, which is not touched before there is one.
    fn one(&self, path: &Path, file: Result<File, Diagnostic>) -> u8 {
        let open = || destination(self.command.output.as_deref());
        match self.compute(path, file, open, Afterwards::End) {
            Ok(Computed { status, found, .. }) => {
                // In JSON the findings are part of the result; on a terminal they follow it.
                if self.format == Format::Human {
                    findings::print(&found, self.words);
                }
                status
            }
            Err(failure) => self.failed(failure),
        }
    }

    /// Several products: independent, so in parallel; printed in the order of the arguments.
    fn many(&self, paths: &[std::path::PathBuf]) -> u8 {
        let rendered: Vec<Result<Rendered, Diagnostic>> = paths
            .par_iter()
            .map(|path| {
                let mut output = Vec::new();
                match self.compute(path, files::read(path), || Ok(&mut output), Afterwards::GoOn) {
                    Ok(Computed { status, found, sampled }) => {
                        Ok(Rendered { output, findings: found, status, sampled })
                    }
                    Err(Failure::Finding(finding)) => Err(finding),
                    Err(Failure::Write(error)) => Err(self.unwritten(&error)),
                }
            })
            .collect();
        match self.print_all(&rendered) {
            Ok(()) => {
                rendered.iter().map(|product| product.as_ref().map_or(2, |product| product.status)).max().unwrap_or(0)
            }
            Err(failure) => self.failed(failure),
        }
    }

    /// Every product against every other, over the same samples.
    fn comparisons(&self, rendered: &[Result<Rendered, Diagnostic>]) -> Vec<Comparison> {
        let sampled: Vec<&Sampled> =
            rendered.iter().filter_map(|product| product.as_ref().ok()?.sampled.as_ref()).collect();
        let mut out = Vec::new();
        for (at, a) in sampled.iter().enumerate() {
            for b in &sampled[at + 1..] {
                out.extend(Comparison::new([&a.name, &b.name], &a.totals, &b.totals, a.complete && b.complete));
            }
        }
        out
    }

    fn print_all(&self, rendered: &[Result<Rendered, Diagnostic>]) -> Result<(), Failure> {
        let mut out = destination(self.command.output.as_deref())?;
        if self.format == Format::Human {
            for product in rendered {
                match product {
                    Ok(product) => {
                        out.write_all(&product.output)?;
                        out.write_all(b"\n")?;
                        out.flush()?;
                        findings::print(&product.findings, self.words);
                    }
                    Err(finding) => findings::print(&finding.clone().into(), self.words),
                }
            }
            if self.options.samples.is_some() {
                let products = rendered.len();
                out.write_all(range::comparisons(&self.comparisons(rendered), products, self.words).as_bytes())?;
            }
            return Ok(out.flush()?);
        }
        for (position, product) in rendered.iter().enumerate() {
            out.write_all(if position == 0 { b"[" } else { b"," })?;
            match product {
                Ok(product) => out.write_all(product.output.trim_ascii_end())?,
                Err(finding) => json::nothing(&finding.clone().into(), self.words.language, &mut out)?,
            }
        }
        if self.options.samples.is_some() {
            let comparison = serde_json::json!({
                "schema": "zuji/comparison@1",
                "comparisons": self.comparisons(rendered),
            });
            out.write_all(b",")?;
            out.write_all(comparison.to_string().as_bytes())?;
        }
        out.write_all(b"]\n")?;
        Ok(out.flush()?)
    }

    /// Computes and renders one product; `open` gives the place for the result when there is one.
    fn compute<W: Write + Send>(
        &self,
        path: &Path,
        file: Result<File, Diagnostic>,
        open: impl FnOnce() -> Result<W, Diagnostic>,
        afterwards: Afterwards,
    ) -> Result<Computed, Failure> {
        let computation = &self.command.computation;
        let language = self.words.language;
        let input = file.and_then(|file| files::product_of(file, path, computation, self.library));
        let mut input = match input {
            Ok(input) => input,
            Err(finding) if self.format == Format::Json => {
                let found = Diagnostics::from(finding);
                let mut out = open()?;
                json::nothing(&found, language, &mut out)?;
                out.flush()?;
                return Ok(Computed { status: 2, found, sampled: None });
            }
            Err(finding) => return Err(finding.into()),
        };
        let mut found = std::mem::take(&mut input.findings);
        if let Some(database) = &self.database {
            found.extend(database.link(&mut input.bill));
        }
        let outcome = footprint(&input.bill, &input.document, self.library, &self.options);
        let sampled = outcome.footprint.as_ref().and_then(|result| Uncertainty::of(result, self.options.samples));
        let (uncertainty, more) = sampled.unzip();
        if let (Some(path), Some(result)) = (&self.command.record, &outcome.footprint) {
            std::fs::write(path, record(result, &self.options, &outcome.diagnostics))
                .map_err(|error| unwritten_to(&path.display().to_string(), &error))?;
        }
        let own = outcome.exit_status();
        found.extend(outcome.diagnostics);
        found.extend(more.unwrap_or_default());
        let unsettled = found.count(Severity::Error) + found.count(Severity::Question) > 0;
        let status = own.max(u8::from(unsettled));
        if let Some(uncertainty) = &uncertainty {
            self.draw(uncertainty)?;
        }
        input.locate(&mut found);
        let mut out = open()?;
        match (&outcome.footprint, self.format) {
            (Some(result), Format::Json) => {
                json::footprint(result, uncertainty.as_ref(), &found, language, &mut out)?;
            }
            (Some(result), Format::Human) => {
                let screen = self.command.output.is_none();
                let text = human::footprint(result, uncertainty.as_ref(), &found, self.words, screen);
                out.write_all(text.as_bytes())?;
            }
            (None, Format::Json) => json::nothing(&found, language, &mut out)?,
            (None, Format::Human) => {}
        }
        out.flush()?;
        let sampled = match (afterwards == Afterwards::GoOn, uncertainty, &outcome.footprint) {
            (true, Some(uncertainty), Some(result)) => Some(Sampled {
                name: input.document.product.name.clone(),
                complete: result.coverage.is_complete(),
                totals: uncertainty.totals,
            }),
            _ => None,
        };
        if afterwards == Afterwards::End {
            // The system takes the memory back at once; giving it back piece by piece costs a large table 30 ms.
            std::mem::forget(outcome.footprint);
            std::mem::forget(input);
        }
        Ok(Computed { status, found, sampled })
    }

    /// Draws what was asked for.
    fn draw(&self, uncertainty: &Uncertainty) -> Result<(), Diagnostic> {
        let range = &self.command.range;
        let language = self.words.language;
        let pictures = [
            (&range.histogram, uncertainty.histogram_svg(language)),
            (&range.tornado, uncertainty.tornado_svg(language)),
        ];
        for (path, picture) in pictures {
            if let (Some(path), Some(picture)) = (path, picture) {
                std::fs::write(path, picture).map_err(|error| unwritten_to(&path.display().to_string(), &error))?;
            }
        }
        Ok(())
    }

    fn failed(&self, failure: Failure) -> u8 {
        match failure {
            Failure::Finding(finding) => findings::fail(finding, self.words),
            // A reader that closes the pipe early (head, less) is no failure.
            Failure::Write(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
            Failure::Write(error) => findings::fail(self.unwritten(&error), self.words),
        }
    }

    fn unwritten(&self, error: &std::io::Error) -> Diagnostic {
        let file = self.command.output.as_ref().map_or_else(|| "stdout".to_string(), |path| path.display().to_string());
        unwritten_to(&file, error)
    }
}

fn unwritten_to(file: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(&catalogue::E110).with("file", file).with("cause", error)
}

fn destination(path: Option<&Path>) -> Result<Box<dyn Write + Send>, Diagnostic> {
    match path {
        None => Ok(Box::new(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout()))),
        Some(path) => match std::fs::File::create(path) {
            Ok(file) => Ok(Box::new(std::io::BufWriter::with_capacity(1 << 20, file))),
            Err(error) => Err(unwritten_to(&path.display().to_string(), &error)),
        },
    }
}
