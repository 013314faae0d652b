//! Files in: tables, documents, factor folders. Files out: results and records.

use crate::arguments::Computation;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::{Pack, SearchWords, admit};
use zuji_core::product::{Library, Options};
use zuji_core::quantity::UnitTable;
use zuji_formats::yaml::Places;
use zuji_formats::{FactorTable, File, Input, Limits, read_factor_file, read_product};

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<File, Diagnostic> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        read_bytes(path)
    };
    match bytes {
        Ok(bytes) if name == "-" => {
            // A document starts with its schema or a brace; anything else is a table.
            let start = bytes.trim_ascii_start();
            let document = start.starts_with(b"{") || start.starts_with(b"schema");
            Ok(File::new(if document { "stdin.yaml" } else { "stdin.csv" }, bytes))
        }
        Ok(bytes) => Ok(File::new(name, bytes)),
        Err(error) => {
            let place = Place::default().in_file(&name);
            Err(Diagnostic::new(&catalogue::E109).with("file", path.display()).with("cause", error).at(place))
        }
    }
}

/// Files from this size on are read in halves on two threads.
#[cfg(unix)]
const LARGE: u64 = 8 << 20;

/// All bytes of a file.
fn read_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileExt;
        let file = std::fs::File::open(path)?;
        let about = file.metadata()?;
        if about.is_file() && about.len() >= LARGE {
            let mut bytes = vec![0; about.len() as usize];
            let (first, second) = bytes.split_at_mut(about.len() as usize / 2);
            let at = first.len() as u64;
            let (a, b) = rayon::join(|| file.read_exact_at(first, 0), || file.read_exact_at(second, at));
            a.and(b)?;
            return Ok(bytes);
        }
    }
    std::fs::read(path)
}

/// The limits that were asked for.
pub fn limits(computation: &Computation) -> Limits {
    Limits {
        table_bytes: computation.max_bytes,
        rows: computation.max_lines,
        columns: computation.max_columns,
        field_bytes: computation.max_field,
        document_bytes: computation.max_bytes / 16,
        nodes: computation.max_nodes,
        depth: Limits::depth_for(computation.max_depth),
    }
}

/// The options of a computation.
pub fn options(computation: &Computation) -> Options {
    Options {
        as_of: computation.as_of.clone(),
        gwp: computation.gwp.clone(),
        strict: computation.strict,
        method: computation.method.clone(),
        boundary: computation.boundary.clone(),
        max_depth: Some(computation.max_depth),
        pins: computation.pins.clone(),
        samples: None,
    }
}

/// The embedded library, with further tables beside it: a file, or all of a folder. A row that breaks a rule stays out and
/// is reported with its place.
pub fn library(tables: Option<&Path>) -> Result<(Library, Diagnostics), Diagnostic> {
    library_with(tables, None)
}

/// The same with one more table, such as that of a linked database.
pub fn library_with(tables: Option<&Path>, pack: Option<Pack>) -> Result<(Library, Diagnostics), Diagnostic> {
    let (mut more, mut found) = (Vec::from_iter(pack), Diagnostics::default());
    if let Some(path) = tables {
        let sets = zuji_factors::gwp_sets().map_err(unreadable)?;
        let units = UnitTable::standard();
        for path in tables_of(path)? {
            let FactorTable { document, places, findings } = table(&path)?;
            found.extend(findings);
            let (document, mut broken) = admit(document, &units, &sets);
            locate(&mut broken, &path, &places);
            found.extend(broken);
            more.push(Pack::from(document));
        }
    }
    let (library, broken) = zuji_factors::library(more).map_err(unreadable)?;
    found.extend(broken);
    Ok((library, found))
}

/// The words that a search of factors knows beside their names.
pub fn search_words() -> Result<SearchWords, Diagnostic> {
    zuji_factors::search_words().map_err(unreadable)
}

/// Something embedded is not what this version reads.
fn unreadable(error: serde_json::Error) -> Diagnostic {
    Diagnostic::new(&catalogue::E109).with("file", "zuji-factors").with("cause", error)
}

/// One factor table.
pub fn table(path: &Path) -> Result<FactorTable, Diagnostic> {
    let file = read(path)?;
    read_factor_file(&file.bytes, &file.name, &Limits::default())
}

/// Gives findings on a factor table the file, line and column of the field they speak of.
pub fn locate(findings: &mut Diagnostics, path: &Path, places: &Places) {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    for place in findings.iter_mut().flat_map(Diagnostic::places_mut) {
        place.file = name.clone();
        if let Some((line, column)) = place.field.as_deref().and_then(|field| places.find(field)) {
            (place.line, place.column) = (Some(line), Some(column));
        }
    }
}

/// The tables of a folder, by name; a file is itself.
fn tables_of(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if folder.is_file() {
        return Ok(vec![folder.to_path_buf()]);
    }
    let unreadable =
        |error: std::io::Error| Diagnostic::new(&catalogue::E109).with("file", folder.display()).with("cause", error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if matches!(ending.as_deref(), Some("yaml" | "yml" | "json" | "csv" | "tsv")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a product: a document by itself, or a table with the document beside it.
pub fn product(path: &Path, computation: &Computation, library: &Library) -> Result<Input, Diagnostic> {
    product_of(read(path)?, path, computation, library)
}

/// The same for a file whose bytes are there already.
pub fn product_of(
    mut file: File,
    path: &Path,
    computation: &Computation,
    library: &Library,
) -> Result<Input, Diagnostic> {
    file.encoding.clone_from(&computation.encoding);
    file.sheet.clone_from(&computation.sheet);
    let limits = limits(computation);
    if file.is_document() {
        return read_product(None, Some(&file), &library.units, &limits, &|_| ());
    }
    let beside = match &computation.product {
        Some(path) => Some(path.clone()),
        None => path
            .parent()
            .map(|folder| folder.join("product.yaml"))
            .filter(|path| path.is_file() && file.name != "stdin.csv"),
    };
    let document = beside.as_deref().map(read).transpose()?;
    let bar = progress(file.bytes.len() as u64);
    let input = read_product(Some(file), document.as_ref(), &library.units, &limits, &|bytes| bar.inc(bytes));
    bar.finish_and_clear();
    input
}

/// A bar on standard error, only on a terminal, and only for what takes longer than a second.
pub fn progress(length: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() || length < 8 << 20 {
        return ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
