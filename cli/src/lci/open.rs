//! From a path to a system that can be solved: files, linking, characterisation, readiness.

use super::arguments::{Choices, Open};
use super::background::sets;
use crate::files;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::borrow::Cow;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::inventory::{
    AllocationRule, Assembly, DatabaseHead, Entries, Impact, Inventory, InventorySystem, LinkingDocument, NO_ORIGIN,
    Uncharacterised, characterise_own, characterise_set,
};
use zuji_core::quantity::UnitTable;
use zuji_formats::lci::{Archive, Database, Imported, LciLimits, Progress, Source, read_database, unpack};
use zuji_formats::{Limits, read_inventory, read_linking};

/// A database as it was read.
pub enum Opened {
    /// Processes and exchanges.
    Inventory(Box<Imported>),
    /// Matrices.
    System(DatabaseHead, Box<InventorySystem>),
}

/// A database ready to be solved.
pub struct Model {
    /// What it is.
    pub head: DatabaseHead,
    /// Where there are processes behind the matrices.
    pub inventory: Option<Inventory>,
    /// A, B and C.
    pub system: InventorySystem,
    /// How it was put together, where there is an inventory.
    pub assembly: Option<Assembly>,
    /// Elementary flows without a factor.
    pub uncharacterised: Vec<Uncharacterised>,
    /// What was found on the way.
    pub found: Diagnostics,
}

/// How long a reader waits before a bar is of use.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// A folder of files. Nothing is read before it is asked for.
struct Folder {
    root: PathBuf,
    names: Vec<String>,
}

impl Folder {
    fn new(root: &Path, limits: &LciLimits) -> std::io::Result<Self> {
        let (mut names, mut open) = (Vec::new(), vec![PathBuf::new()]);
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                // A link may lead anywhere, also back.
                let kind = entry.file_type()?;
                let path = folder.join(entry.file_name());
                if kind.is_dir() {
                    open.push(path);
                } else if kind.is_file() {
                    names.push(path.to_string_lossy().replace('\\', "/"));
                }
            }
            // One more than the limit is enough to be refused by it.
            if names.len() > limits.files {
                break;
            }
        }
        Ok(Self { root: root.to_path_buf(), names })
    }
}

impl Source for Folder {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn read(&self, at: usize, limits: &LciLimits) -> Result<Cow<'_, [u8]>, Diagnostic> {
        let name = &self.names[at];
        let path = self.root.join(name);
        let place = || Place::default().in_file(name);
        let cause = |error: std::io::Error| Diagnostic::new(&catalogue::I702).with("cause", error).at(place());
        let size = std::fs::metadata(&path).map_err(cause)?.len();
        if size > limits.file_bytes {
            let found = Diagnostic::new(&catalogue::I701).with("found", size).with("limit", limits.file_bytes);
            return Err(found.with_words("what", ("bytes", "字节")).at(place()));
        }
        std::fs::read(path).map(Cow::Owned).map_err(cause)
    }
}

/// Reads a database.
pub fn open(open: &Open) -> Result<Opened, Diagnostic> {
    let path = &open.database;
    let limits = LciLimits::default();
    let name = path.file_name().map_or_else(|| "database".into(), |name| name.to_string_lossy().into_owned());
    let lower = name.to_ascii_lowercase();
    let (bar, since) = (bar("files"), Instant::now());
    let mut progress = |at: Progress| {
        if since.elapsed() < PATIENCE {
            return;
        }
        bar.set_length(at.of as u64);
        bar.set_position(at.done as u64);
    };
    let unreadable =
        |error: std::io::Error| Diagnostic::new(&catalogue::E109).with("file", path.display()).with("cause", error);
    let from = |source: &dyn Source, progress: &mut dyn FnMut(Progress)| {
        let read = read_database(source, head(open, &name, DatabaseHead::default()), &limits, progress)?;
        Ok(match read {
            Database::Inventory(imported) => Opened::Inventory(imported),
            Database::System(system) => Opened::System(head(open, &name, DatabaseHead::default()), system),
        })
    };
    let opened = if path.is_dir() {
        from(&Folder::new(path, &limits).map_err(unreadable)?, &mut progress)
    } else if lower.ends_with(".tar.xz") {
        from(&unpack(&files::read(path)?.bytes, &name, &limits)?, &mut progress)
    } else if [".zip", ".jsonld"].iter().any(|ending| lower.ends_with(ending)) {
        from(&Archive::new(files::read(path)?.bytes, &name)?, &mut progress)
    } else if [".json", ".yaml", ".yml"].iter().any(|ending| lower.ends_with(ending)) {
        // A database has as many values as it needs: the limits that protect are those of its bytes and depth.
        let limits = Limits { nodes: u64::MAX, document_bytes: limits.file_bytes, ..Limits::default() };
        let (mut inventory, findings) = read_inventory(&files::read(path)?.bytes, &name, &limits)?;
        inventory.head = head(open, &name, std::mem::take(&mut inventory.head));
        Ok(Opened::Inventory(Box::new(Imported { inventory, findings })))
    } else {
        let file = files::read(path)?;
        from(&zuji_formats::lci::Files::new([(name.clone(), file.bytes)]), &mut progress)
    };
    bar.finish_and_clear();
    opened
}

/// What the caller says of a database goes before what it says itself.
fn head(open: &Open, name: &str, mut known: DatabaseHead) -> DatabaseHead {
    let endings = [".tar.xz", ".zip", ".jsonld", ".json", ".yaml", ".yml", ".xml", ".spold"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let set = |field: &mut String, given: &Option<String>, default: &str| match given {
        Some(given) => field.clone_from(given),
        None if field.trim().is_empty() => *field = default.into(),
        None => {}
    };
    set(&mut known.id, &open.id, stem);
    set(&mut known.name, &None, stem);
    set(&mut known.version, &open.version, "not stated");
    set(&mut known.source, &open.source, "not stated");
    set(&mut known.licence, &open.licence, "not stated");
    known
}

/// A bar on standard error, only on a terminal; `what` is counted.
pub(super) fn bar(what: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(&format!("{{wide_bar}} {{pos}}/{{len}} {what} · {{elapsed}}"));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Reads, links, divides and characterises.
pub fn model(source: &Open, choices: &Choices) -> Result<Model, Diagnostic> {
    match open(source)? {
        Opened::System(head, mut system) => {
            let named: Vec<&String> = choices.methods.iter().filter(|method| !is_own(method)).collect();
            if !named.is_empty() {
                keep_impacts(&mut system, &named)?;
            }
            let (uncharacterised, found) = (Vec::new(), Diagnostics::default());
            Ok(Model { head, inventory: None, system: *system, assembly: None, uncharacterised, found })
        }
        Opened::Inventory(imported) => {
            let units = UnitTable::standard();
            let Imported { inventory, findings: mut found } = *imported;
            let mut assembly = inventory.assemble(&units, &decisions(choices, &inventory)?);
            found.extend(std::mem::take(&mut assembly.findings));
            let mut system = std::mem::take(&mut assembly.system);
            let mut uncharacterised = Vec::new();
            let sets = sets()?;
            let default = ["AR6-GWP100@2021".to_string()];
            let methods = if choices.methods.is_empty() { &default[..] } else { &choices.methods };
            for method in methods {
                let (missing, findings) = if is_own(method) {
                    characterise_own(&mut system, &inventory, &units)
                } else {
                    let Some(set) = sets.find(method) else {
                        let known = sets.iter().map(|set| set.id().to_string()).collect::<Vec<_>>().join(", ");
                        return Err(Diagnostic::new(&catalogue::I413).with("method", method).with("known", known));
                    };
                    characterise_set(&mut system, &inventory, &units, set)
                };
                uncharacterised.extend(missing);
                found.extend(findings);
            }
            let head = inventory.head.clone();
            Ok(Model { head, inventory: Some(inventory), system, assembly: Some(assembly), uncharacterised, found })
        }
    }
}

/// Leaves the impacts of matrices that are named, by id or name; the others need not be solved for.
fn keep_impacts(system: &mut InventorySystem, named: &[&String]) -> Result<(), Diagnostic> {
    let mut kept: Vec<u32> = Vec::new();
    for name in named {
        let same = |impact: &Impact| impact.id.eq_ignore_ascii_case(name) || *impact.name == ***name;
        let Some(at) = system.impacts.iter().position(same) else {
            let known = system.impacts.iter().map(|impact| impact.id.to_string()).collect::<Vec<_>>().join(", ");
            return Err(Diagnostic::new(&catalogue::I413).with("method", name).with("known", known));
        };
        kept.push(at as u32);
    }
    kept.sort_unstable();
    kept.dedup();
    let entries: Vec<(u32, u32, f64)> = system.c.iter().collect();
    system.c = Entries::default();
    for (impact, flow, value) in entries {
        if let Ok(at) = kept.binary_search(&impact) {
            system.c.push(at as u32, flow, value, NO_ORIGIN);
        }
    }
    system.impacts = kept.iter().map(|&at| system.impacts[at as usize].clone()).collect();
    Ok(())
}

fn is_own(method: &str) -> bool {
    method.eq_ignore_ascii_case("own")
}

/// The decisions of the file, with the rule of the command line.
fn decisions(choices: &Choices, inventory: &Inventory) -> Result<LinkingDocument, Diagnostic> {
    let mut document = match &choices.linking {
        Some(path) => {
            let file = files::read(path)?;
            read_linking(&file.bytes, &file.name, &Limits::default())?
        }
        None => LinkingDocument { schema: "zuji/linking@1".into(), ..LinkingDocument::default() },
    };
    if document.database.is_empty() {
        document.database.clone_from(&inventory.head.id);
    }
    if let Some(name) = &choices.allocation {
        let rule: Result<AllocationRule, _> = serde_json::from_value(serde_json::Value::from(name.as_str()));
        document.allocation.rule = Some(rule.map_err(|_| {
            let known = "physical, economic, causal, equal, manual, substitution, cut-off";
            Diagnostic::new(&catalogue::V106)
                .with("field", "--allocation")
                .with("text", name)
                .with_words("range", (format!("one of {known}"), format!("以下之一：{known}")))
        })?);
    }
    Ok(document)
}
