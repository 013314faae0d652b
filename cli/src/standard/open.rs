//! From paths to standards and bids.

use crate::files;
use std::path::{Path, PathBuf};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::standard::{BidsDocument, StandardDocument, date_of, select};
use zuji_formats::yaml::Places;
use zuji_formats::{Limits, read_bids, read_overlay, read_standard};

/// A standard as it was read.
pub struct Opened {
    /// The document.
    pub document: StandardDocument,
    /// Where its fields stand.
    pub places: Places,
    /// Its file.
    pub file: String,
}

/// One standard.
pub fn standard(path: &Path) -> Result<Opened, Diagnostic> {
    let file = files::read(path)?;
    let (document, places) = read_standard(&file.bytes, &file.name, &Limits::default())?;
    Ok(Opened { document, places, file: file.name })
}

/// Bids, with their places.
pub fn bids(path: &Path) -> Result<(BidsDocument, Places, String), Diagnostic> {
    let file = files::read(path)?;
    let (document, places) = read_bids(&file.bytes, &file.name, &Limits::default())?;
    Ok((document, places, file.name))
}

/// The documents of a folder and, where `deep`, of the folders in it, by name; a file is itself.
pub fn documents_of(path: &Path, deep: bool) -> Result<Vec<PathBuf>, Diagnostic> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        let unreadable = |error: std::io::Error| {
            Diagnostic::new(&catalogue::E109).with("file", folder.display()).with("cause", error)
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
            // A link may lead round in a circle, so none is followed.
            if path.is_dir() && !path.is_symlink() {
                folders.extend(deep.then_some(path));
            } else if matches!(ending.as_deref(), Some("yaml" | "yml" | "json")) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The version of a standard that holds for a tender: a file is itself, of a folder the date decides.
pub fn for_tender(path: &Path, bids: &BidsDocument, as_of: Option<&str>) -> Result<Opened, Diagnostic> {
    if !path.is_dir() {
        return standard(path);
    }
    let mut versions = documents_of(path, false)?.iter().map(|path| standard(path)).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = versions.first() else {
        return Err(Diagnostic::new(&catalogue::E109).with("file", path.display()).with("cause", "no standard in it"));
    };
    if let Some(other) = versions.iter().find(|other| other.document.id != first.document.id) {
        let finding = Diagnostic::new(&catalogue::D103).with("field", "id").with("text", &other.document.id);
        return Err(finding.with("known", &first.document.id).at(Place::default().in_file(&other.file)));
    }
    let rule = first.document.effective.date_rule.clone();
    let text = as_of.or_else(|| date_of(bids, &rule));
    let Some(text) = text else { return Err(Diagnostic::new(&catalogue::D116).with("rule", rule)) };
    let date = text
        .trim()
        .parse()
        .map_err(|_| Diagnostic::new(&catalogue::D102).with("field", format!("dates.{rule}")).with("text", text))?;
    let documents: Vec<StandardDocument> = versions.iter().map(|version| version.document.clone()).collect();
    let index = select(&documents, date)?;
    Ok(versions.swap_remove(index))
}

/// Lays overlays over a standard; each is one of its own, in the order named.
pub fn lay_over(opened: &mut Opened, overlays: &[PathBuf]) -> Result<(), Diagnostic> {
    for path in overlays {
        let file = files::read(path)?;
        let (overlay, _) = read_overlay(&file.bytes, &file.name, &Limits::default())?;
        opened.document.overlays.push(overlay);
    }
    Ok(())
}

impl Opened {
    /// Completes the places of findings.
    pub fn locate(&self, findings: &mut Diagnostics) {
        self.places.complete(findings, &self.file);
    }
}
