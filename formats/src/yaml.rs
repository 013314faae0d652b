//! The one door for YAML and JSON. An event scan comes first: it refuses anchors, aliases, tags, duplicate keys and what
//! is too large, too deep or too long before anything is built, and keeps the place of every path, so that later
//! findings point at their place too.

use crate::Limits;
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScanError};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};

/// Line and column of every path of a document, such as `bom[3].quantity`.
#[derive(Clone, Debug, Default)]
pub struct Places {
    by_path: FxHashMap<String, (u32, u32)>,
}

impl Places {
    /// Says where a path stands.
    pub(crate) fn insert(&mut self, path: String, place: (u32, u32)) {
        self.by_path.insert(path, place);
    }

    /// Completes the places of findings whose field stands in this document.
    pub fn complete(&self, findings: &mut Diagnostics, file: &str) {
        for place in findings.iter_mut().flat_map(|finding| finding.places_mut()) {
            if let (None, None, Some(field)) = (&place.file, place.line, &place.field)
                && let Some((line, column)) = self.find(field)
            {
                place.file = Some(file.to_string());
                place.line = Some(line);
                place.column = Some(column);
            }
        }
    }

    /// The place of a path, or of the nearest path above it.
    pub fn find(&self, path: &str) -> Option<(u32, u32)> {
        let mut path = path;
        loop {
            if let Some(place) = self.by_path.get(path) {
                return Some(*place);
            }
            let cut = path.rfind(['.', '['])?;
            path = &path[..cut];
        }
    }
}

enum Level {
    Map { path: String, keys: BTreeSet<String>, key: Option<String> },
    List { path: String, index: usize },
}

/// Scans a document: refuses what is hostile, returns the places.
///
/// # Errors
/// `S601` for anchors, aliases, tags and several documents, `S602`/`S610` beyond the limits, `S603` for a key that
/// stands twice, `Y101` where the syntax breaks.
pub fn scan(text: &str, file: &str, limits: &Limits) -> Result<Places, Diagnostic> {
    if text.len() as u64 > limits.document_bytes {
        return Err(too_much(
            file,
            format!("{} bytes", text.len()),
            format!("{} bytes", limits.document_bytes),
            "--max-bytes",
        ));
    }
    let mut places = Places::default();
    let mut levels: Vec<Level> = Vec::new();
    let mut nodes = 0u64;
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| syntax(&error, file))?;
        let (line, column) = (span.start.line() as u32, span.start.col() as u32 + 1);
        let place = || Place { line: Some(line), column: Some(column), ..Place::default() }.in_file(file);
        let refuse = |en: &str, zh: &str| Diagnostic::new(&catalogue::S601).with_words("what", (en, zh)).at(place());
        match event {
            Event::Alias(_) => return Err(refuse("an alias (*)", "别名（*）")),
            Event::Scalar(_, _, anchor, ref tag)
            | Event::SequenceStart(anchor, ref tag)
            | Event::MappingStart(anchor, ref tag) => {
                if anchor != 0 {
                    return Err(refuse("an anchor (&)", "锚点（&）"));
                }
                if tag.is_some() {
                    return Err(refuse("a tag (!)", "标签（!）"));
                }
                nodes += 1;
                if nodes > limits.nodes {
                    return Err(too_much(
                        file,
                        format!("more than {} values", limits.nodes),
                        limits.nodes.to_string(),
                        "--max-nodes",
                    )
                    .at(place()));
                }
            }
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(refuse("a second document (---)", "第二个文档（---）"));
                }
            }
            _ => {}
        }
        match event {
            Event::Scalar(value, ..) => {
                if let Some(Level::Map { keys, key: key @ None, path }) = levels.last_mut() {
                    let name = value.into_owned();
                    if name == "<<" {
                        return Err(refuse("a merge key (<<)", "合并键（<<）"));
                    }
                    if !keys.insert(name.clone()) {
                        return Err(Diagnostic::new(&catalogue::S603).with("key", &name).at(place()));
                    }
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    places.by_path.insert(path, (line, column));
                    *key = Some(name);
                } else {
                    let path = child_path(&mut levels);
                    // The key's place is what a reader looks for; an item of a list has only its own.
                    if path.ends_with(']') {
                        places.by_path.insert(path, (line, column));
                    }
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if levels.len() as u32 >= limits.depth {
                    return Err(Diagnostic::new(&catalogue::S610)
                        .with("found", format!("> {}", limits.depth))
                        .with("limit", limits.depth)
                        .with("flag", "--max-depth")
                        .at(place()));
                }
                if matches!(levels.last(), Some(Level::Map { key: None, .. })) {
                    return Err(refuse("a list or map as a key", "以列表或映射作为键"));
                }
                let path = child_path(&mut levels);
                if path.ends_with(']') {
                    places.by_path.insert(path.clone(), (line, column));
                }
                levels.push(match event {
                    Event::SequenceStart(..) => Level::List { path, index: 0 },
                    _ => Level::Map { path, keys: BTreeSet::new(), key: None },
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                levels.pop();
            }
            _ => {}
        }
    }
    Ok(places)
}

/// The path of the value that comes next, and one step on in its container.
fn child_path(levels: &mut [Level]) -> String {
    match levels.last_mut() {
        None => String::new(),
        Some(Level::Map { path, key, .. }) => {
            let name = key.take().unwrap_or_default();
            if path.is_empty() { name } else { format!("{path}.{name}") }
        }
        Some(Level::List { path, index }) => {
            let own = format!("{path}[{index}]");
            *index += 1;
            own
        }
    }
}

/// Reads a document behind the gate.
///
/// # Errors
/// What [`scan`] refuses; `Y102` where the document does not fit its type, with the place and the field.
pub fn read<T: DeserializeOwned>(text: &str, file: &str, limits: &Limits) -> Result<(T, Places), Diagnostic> {
    let places = scan(text, file, limits)?;
    let document = serde_yaml::from_str(text).map_err(|error| {
        let mut place = Place::default().in_file(file);
        // Some locations of the deserialiser name the start of the document; a field's own place is better.
        if let Some(location) = error.location().filter(|location| location.index() > 0) {
            place.line = Some(location.line() as u32);
            place.column = Some(location.column() as u32);
        }
        let text = error.to_string();
        let cause = text.split(" at line ").next().unwrap_or("").to_string();
        Diagnostic::new(&catalogue::Y102).with("cause", cause).at(place)
    })?;
    Ok((document, places))
}

fn syntax(error: &ScanError, file: &str) -> Diagnostic {
    let marker = error.marker();
    let place = Place { line: Some(marker.line() as u32), column: Some(marker.col() as u32 + 1), ..Place::default() };
    let entry = if error.info().contains("recursion") { &catalogue::S610 } else { &catalogue::Y101 };
    Diagnostic::new(entry)
        .with("cause", error.info())
        .with("found", "> 255")
        .with("limit", 255)
        .with("flag", "–")
        .at(place.in_file(file))
}

fn too_much(file: &str, found: String, limit: String, flag: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::S602).with("file", file).with("found", found).with("limit", limit).with("flag", flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        scan(text, "x.yaml", &Limits::default()).map_or_else(|finding| finding.code(), |_| "ok")
    }

    #[test]
    fn hostile_documents_are_refused_before_they_are_built() {
        let laughs: String = std::iter::once("a: &a [x, x, x, x, x, x, x, x, x]\n".to_string())
            .chain((b'b'..=b'i').map(|c| {
                let (own, before) = (c as char, (c - 1) as char);
                format!("{own}: &{own} [{}]\n", vec![format!("*{before}"); 9].join(", "))
            }))
            .collect();
        assert_eq!(code(&laughs), "S601");
        assert_eq!(code("a: !!float 1"), "S601");
        assert_eq!(code("a: 1\na: 2"), "S603");
        assert_eq!(code("a: 1\n---\nb: 2"), "S601");
        assert_eq!(code(&"[".repeat(100_000)), "S610");
        assert_eq!(code(&"- ".repeat(100_000)), "S610");
        assert_eq!(code(&"{a: ".repeat(100_000)), "S610");
        assert_eq!(code("a: [1, 2"), "Y101");
        assert_eq!(code("a: 1"), "ok");
        assert_eq!(code("{\n\t\"a\": 1,\n\t\"b\": [1, 2]\n}"), "ok");
    }

    #[test]
    fn places_are_kept() {
        let places = scan(
            "product:\n  name: x\nbom:\n  - name: a\n    quantity: 1\n  - name: b\n",
            "x.yaml",
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(places.find("bom[0].quantity"), Some((5, 5)));
        assert_eq!(places.find("bom[1]"), Some((6, 5)));
        assert_eq!(places.find("bom[1].unit"), Some((6, 5)));
        assert_eq!(places.find("product.name"), Some((2, 3)));
    }
}
