//! Two versions of a standard: what changed, as data and in words, and whether a limit tightened.

use super::document::StandardDocument;
use super::rules::Operator;
use crate::math::{Rational, read_decimal};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// Which way a limit went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Stricter.
    Tighter,
    /// Less strict.
    Looser,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Where: clauses by id, values by their first day.
    pub path: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// Before; null where it is new.
    pub from: Option<String>,
    /// After; null where it is gone.
    pub to: Option<String>,
    /// Which way, where it is the limit of a gate.
    pub direction: Option<Direction>,
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// The changes from one version to another, by path.
pub fn diff(from: &StandardDocument, to: &StandardDocument) -> Vec<Change> {
    let (old, new) = (leaves(from), leaves(to));
    let mut changes = Vec::new();
    let paths: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for path in paths {
        let (before, after) = (old.get(path), new.get(path));
        let kind = match (before, after) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => ChangeKind::Changed,
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
        };
        // 0.50 and 0.5 are one number written twice.
        let number = |text: Option<&String>| text.and_then(|text| read_decimal(text).ok());
        let (a, b) = (number(before), number(after));
        if kind == ChangeKind::Changed && a.is_some() && a == b {
            continue;
        }
        let direction = direction(from, to, path, a.as_ref(), b.as_ref());
        let (en, zh) = words(path, before, after, direction);
        changes.push(Change { path: path.clone(), kind, from: before.cloned(), to: after.cloned(), direction, en, zh });
    }
    changes
}

fn words(
    path: &str,
    before: Option<&String>,
    after: Option<&String>,
    direction: Option<Direction>,
) -> (String, String) {
    let (en, zh) = match (before, after) {
        (Some(before), Some(after)) => (format!("{path}: {before} → {after}"), format!("{path}：{before} → {after}")),
        (None, Some(after)) => (format!("{path}: new, {after}"), format!("{path}：新增，{after}")),
        (Some(before), None) => (format!("{path}: dropped, was {before}"), format!("{path}：删除，原为 {before}")),
        (None, None) => (path.to_string(), path.to_string()),
    };
    match direction {
        Some(Direction::Tighter) => (format!("{en} (tighter)"), format!("{zh}（收紧）")),
        Some(Direction::Looser) => (format!("{en} (looser)"), format!("{zh}（放宽）")),
        None => (en, zh),
    }
}

/// Which way the limit of a gate went: from what held on that day before.
fn direction(
    from: &StandardDocument,
    to: &StandardDocument,
    path: &str,
    before: Option<&Rational>,
    after: Option<&Rational>,
) -> Option<Direction> {
    let rest = path.strip_prefix("parameters.")?;
    let (name, day) = rest.split_once(".values[")?;
    let day = day.strip_suffix("].value")?;
    let gate = to.gates.iter().chain(&from.gates).find(|gate| gate.param.as_deref() == Some(name))?;
    // A day that is new is held against the value that was announced for it before.
    let held = |document: &StandardDocument| {
        let values = &document.parameters.get(name)?.values;
        values.iter().rfind(|value| value.from.as_str() <= day)?.value.value().ok()
    };
    let before = before.cloned().or_else(|| held(from))?;
    let after = after.cloned().or_else(|| held(to))?;
    let lower = match Operator::named(&gate.op)? {
        Operator::AtMost | Operator::Below => true,
        Operator::AtLeast | Operator::Above => false,
        Operator::Is | Operator::In => return None,
    };
    match (after < before, after > before) {
        (false, false) => None,
        (less, _) => Some(if less == lower { Direction::Tighter } else { Direction::Looser }),
    }
}

/// All values of a document by path; items of lists by their id, their first day or their position. Iterative.
fn leaves(document: &StandardDocument) -> BTreeMap<String, String> {
    let value = serde_json::to_value(document).unwrap_or(Value::Null);
    let mut found = BTreeMap::new();
    let mut stack: Vec<(String, &Value)> = vec![(String::new(), &value)];
    while let Some((path, value)) = stack.pop() {
        match value {
            Value::Object(map) => {
                let join = |name: &String| if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                stack.extend(map.iter().map(|(name, value)| (join(name), value)));
            }
            Value::Array(list) => {
                for (index, item) in list.iter().enumerate() {
                    let key = ["id", "from"].iter().find_map(|key| item.get(key)?.as_str());
                    let key = key.map_or_else(|| index.to_string(), str::to_string);
                    stack.push((format!("{path}[{key}]"), item));
                }
            }
            Value::Null => {}
            Value::String(text) => {
                found.insert(path, text.clone());
            }
            other => {
                found.insert(path, other.to_string());
            }
        }
    }
    found
}
