//! Two editions of a factor table against each other: which rows came, went and changed, figure by figure and label by
//! label.

use super::{FactorRow, Pack};
use crate::math::significant;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is different between two packs.
#[derive(Clone, Debug, Serialize)]
pub struct PackDiff {
    /// The first.
    pub from: Edition,
    /// The second.
    pub to: Edition,
    /// What the tables say of themselves differently.
    pub head: Vec<Change>,
    /// Rows of the second that the first has not.
    pub added: Vec<RowName>,
    /// Rows of the first that the second has not.
    pub removed: Vec<RowName>,
    /// Rows of both that are not the same.
    pub changed: Vec<RowChange>,
    /// How many rows are the same in both.
    pub unchanged: usize,
}

/// A pack by name and content.
#[derive(Clone, Debug, Serialize)]
pub struct Edition {
    /// Id.
    pub id: String,
    /// Version of its source.
    pub version: String,
    /// SHA-256 of the table as canonical JSON.
    pub sha256: String,
    /// How many rows it has.
    pub rows: usize,
}

/// A row by its names.
#[derive(Clone, Debug, Serialize)]
pub struct RowName {
    /// Id.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
}

/// A row that changed.
#[derive(Clone, Debug, Serialize)]
pub struct RowChange {
    /// The row, as the second pack names it.
    #[serde(flatten)]
    pub row: RowName,
    /// Its fields that changed.
    pub changes: Vec<Change>,
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The field: `co2e`, `emissions.CH4.fossil.kg`, `geography` …
    pub field: String,
    /// The first's; null where it has none.
    pub from: Option<String>,
    /// The second's; null where it has none.
    pub to: Option<String>,
    /// Relative change in percent, with its sign, where both are figures and the first is not zero.
    pub percent: Option<String>,
}

impl PackDiff {
    /// Compares two packs row by row, by id.
    pub fn new(from: &Pack, to: &Pack) -> Self {
        let rows = |pack: &'_ Pack| -> BTreeMap<String, FactorRow> {
            pack.document.rows.iter().map(|row| (row.id.clone(), row.clone())).collect()
        };
        let (before, after) = (rows(from), rows(to));
        let only = |these: &BTreeMap<String, FactorRow>, those: &BTreeMap<String, FactorRow>| {
            these.values().filter(|row| !those.contains_key(&row.id)).map(RowName::of).collect()
        };
        let mut changed = Vec::new();
        let mut unchanged = 0;
        for (old, new) in after.values().filter_map(|new| Some((before.get(&new.id)?, new))) {
            let changes = compare(&fields(&row_value(old)), &fields(&row_value(new)));
            if changes.is_empty() {
                unchanged += 1;
            } else {
                changed.push(RowChange { row: RowName::of(new), changes });
            }
        }
        let head = |pack: &Pack| fields(&serde_json::to_value(&pack.document.table).unwrap_or_default());
        Self {
            from: Edition::of(from),
            to: Edition::of(to),
            head: compare(&head(from), &head(to)),
            added: only(&after, &before),
            removed: only(&before, &after),
            changed,
            unchanged,
        }
    }

    /// Whether nothing is different, the order of rows aside.
    pub fn is_same(&self) -> bool {
        self.head.is_empty() && self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl Edition {
    fn of(pack: &Pack) -> Self {
        let table = &pack.document.table;
        Self {
            id: table.id.clone(),
            version: table.version.clone(),
            sha256: pack.sha256.clone(),
            rows: pack.document.rows.len(),
        }
    }
}

impl RowName {
    fn of(row: &FactorRow) -> Self {
        Self { id: row.id.clone(), name_en: row.name_en.clone(), name_zh: row.name_zh.clone() }
    }
}

/// A row as JSON, its gases named by gas and kind instead of position.
fn row_value(row: &FactorRow) -> Value {
    let mut value = serde_json::to_value(row).unwrap_or_default();
    let mut gases = serde_json::Map::new();
    for emission in &row.emissions {
        let figures = serde_json::json!({ "kg": emission.kg, "co2e": emission.co2e });
        let name = format!("{}.{}", emission.gas, emission.kind.id());
        let twice = gases.len();
        let name = if gases.contains_key(&name) { format!("{name}#{twice}") } else { name };
        gases.insert(name, figures);
    }
    if let Some(map) = value.as_object_mut() {
        map.insert("emissions".into(), Value::Object(gases));
    }
    value
}

/// All that a document says, path by path; lists of words stand in one field, whatever their order. What is null is not
/// said.
fn fields(value: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    // No deeper than the types of rows and heads, which nest three levels.
    let mut stack = vec![(String::new(), value)];
    while let Some((path, value)) = stack.pop() {
        match value {
            Value::Object(map) => {
                let join = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                stack.extend(map.iter().map(|(name, value)| (join(name), value)));
            }
            Value::Array(items) => {
                let mut words: Vec<String> = items.iter().map(text).collect();
                words.sort();
                out.insert(path, words.join("; "));
            }
            Value::Null => {}
            other => {
                out.insert(path, text(other));
            }
        }
    }
    out.retain(|_, text| !text.is_empty());
    out
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn compare(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Change> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let different = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    different
        .map(|name| {
            let (from, to) = (before.get(name).cloned(), after.get(name).cloned());
            let percent = from.as_ref().zip(to.as_ref()).filter(|_| is_figure(name)).and_then(|(a, b)| percent(a, b));
            Change { field: name.clone(), from, to, percent }
        })
        .collect()
}

/// Whether a field holds an amount; a year or a version is a number too, and has no relative change.
fn is_figure(field: &str) -> bool {
    let last = field.rsplit('.').next().unwrap_or("");
    matches!(last, "co2e" | "kg")
        || (field.starts_with("properties.") || field.starts_with("carbon.")) && !matches!(last, "source" | "bio_based")
}

/// Relative change of a figure.
fn percent(from: &str, to: &str) -> Option<String> {
    let (from, to): (f64, f64) = (from.parse().ok()?, to.parse().ok()?);
    if from == 0.0 {
        return None;
    }
    let change = (to - from) / from.abs() * 100.0;
    Some(format!("{}{}", if change > 0.0 { "+" } else { "" }, significant(change, 3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_change_has_its_sign() {
        assert_eq!(percent("2", "2.5").as_deref(), Some("+25.0"));
        assert_eq!(percent("-2", "-1").as_deref(), Some("+50.0"));
        assert_eq!(percent("3", "1").as_deref(), Some("-66.7"));
        assert_eq!(percent("0", "1"), None);
    }

    #[test]
    fn the_order_of_words_is_no_change() {
        let (a, b) =
            (serde_json::json!({"synonyms": ["x", "y"], "n": null}), serde_json::json!({"synonyms": ["y", "x"]}));
        assert_eq!(compare(&fields(&a), &fields(&b)), []);
    }
}
