//! USEEIO models as the USEEIO API serves them: `sectors.json`, `flows.json`, `indicators.json` and dense matrices under
//! `matrix/`. <https://github.com/USEPA/USEEIO_API>
//!
//! The model's A is what a sector uses; the system's is I − A. Its B and C write an extraction and its factor both +,
//! ours both −, so C·B is the same.

use super::source::Reading;
use super::{LciLimits, Source};
use serde::Deserialize;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use std::borrow::Cow;
use zuji_core::diagnostic::{Diagnostic, Place, catalogue};
use zuji_core::inventory::{Activity, ElementaryFlow, Entries, FlowKind, Impact, InventorySystem, NO_ORIGIN};

#[derive(Deserialize)]
struct Sector<'a> {
    index: usize,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    location: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flow<'a> {
    index: usize,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    // Later models say `context`.
    #[serde(borrow, default, alias = "context")]
    category: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    sub_category: Option<Cow<'a, str>>,
    #[serde(borrow)]
    unit: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Indicator<'a> {
    index: usize,
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    unit: Cow<'a, str>,
}

/// Reads a model. One unit of a sector's product is one dollar of it, in the prices of the model.
///
/// # Errors
/// A file that is missing or cannot be read, or matrices that do not fit the lists.
pub fn read_useeio(source: &dyn Source, limits: &LciLimits) -> Result<InventorySystem, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let model = Model { reading: &reading };
    let bytes = model.bytes("sectors.json")?;
    let sectors: Vec<Sector> = model.list("sectors.json", &bytes, |one: &Sector| one.index)?;
    let bytes = model.bytes("flows.json")?;
    let flows: Vec<Flow> = model.list("flows.json", &bytes, |one: &Flow| one.index)?;
    let bytes = model.bytes("indicators.json")?;
    let impacts: Vec<Indicator> = model.list("indicators.json", &bytes, |one: &Indicator| one.index)?;
    let is_resource = |one: &Flow| one.category.as_deref().is_some_and(|category| category.starts_with("resource"));
    let sign: Vec<f64> = flows.iter().map(|one| if is_resource(one) { -1.0 } else { 1.0 }).collect();
    let mut a = model.matrix("A.json", sectors.len(), sectors.len(), |_, _, value| -value)?;
    for at in 0..sectors.len() as u32 {
        a.push(at, at, 1.0, NO_ORIGIN);
    }
    let b = model.matrix("B.json", flows.len(), sectors.len(), |row, _, value| sign[row] * value)?;
    let c = model.matrix("C.json", impacts.len(), flows.len(), |_, column, value| sign[column] * value)?;
    Ok(InventorySystem {
        reference: (0..sectors.len() as u32).collect(),
        activities: sectors
            .iter()
            .map(|one| Activity {
                id: one.id.trim().into(),
                name: one.name.trim().into(),
                product: one.name.trim().into(),
                unit: "USD".into(),
                location: one.location.as_deref().map(Into::into),
                category: "".into(),
                process: None,
            })
            .collect(),
        flows: flows
            .iter()
            .map(|one| {
                let parts = [one.category.as_deref(), one.sub_category.as_deref()];
                ElementaryFlow {
                    id: one.id.trim().into(),
                    name: one.name.trim().into(),
                    category: parts.into_iter().flatten().collect::<Vec<_>>().join("/").into(),
                    unit: one.unit.trim().into(),
                    kind: if is_resource(one) { FlowKind::Resource } else { FlowKind::Emission },
                    flow: None,
                }
            })
            .collect(),
        impacts: impacts
            .iter()
            .map(|one| Impact {
                id: one.id.as_deref().unwrap_or(&one.code).trim().into(),
                name: one.name.trim().into(),
                unit: one.unit.trim().into(),
            })
            .collect(),
        a,
        b,
        c,
    })
}

struct Model<'a> {
    reading: &'a Reading<'a>,
}

impl<'a> Model<'a> {
    fn bytes(&self, file: &'static str) -> Result<Cow<'a, [u8]>, Diagnostic> {
        match self.reading.named(file) {
            Some(at) => self.reading.bytes(at),
            None => Err(Diagnostic::new(&catalogue::I709).with("file", file)),
        }
    }

    /// A list in the order of its indices, which must be 0, 1, 2 …
    fn list<'b, T: Deserialize<'b>>(
        &self,
        file: &str,
        bytes: &'b [u8],
        index: impl Fn(&T) -> usize,
    ) -> Result<Vec<T>, Diagnostic> {
        let mut list: Vec<T> = serde_json::from_slice(super::source::without_mark(bytes))
            .map_err(|error| unreadable(file, &error.to_string()))?;
        list.sort_by_key(&index);
        match list.iter().enumerate().find(|(at, one)| index(one) != *at) {
            Some((at, _)) => Err(unreadable(file, &format!("index {at} is missing or stands twice"))),
            None => Ok(list),
        }
    }

    fn matrix(
        &self,
        file: &'static str,
        rows: usize,
        columns: usize,
        value: impl Fn(usize, usize, f64) -> f64,
    ) -> Result<Entries, Diagnostic> {
        let bytes = self.bytes(file)?;
        let mut read = serde_json::Deserializer::from_slice(super::source::without_mark(&bytes));
        let dense = Dense { rows, columns, value };
        let entries = dense.deserialize(&mut read).map_err(|error| unreadable(file, &error.to_string()))?;
        read.end().map_err(|error| unreadable(file, &error.to_string()))?;
        Ok(entries)
    }
}

fn unreadable(file: &str, cause: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(Place::default().in_file(file))
}

/// A dense matrix, read number by number; only what is not zero is kept.
struct Dense<F> {
    rows: usize,
    columns: usize,
    value: F,
}

impl<'de, F: Fn(usize, usize, f64) -> f64> DeserializeSeed<'de> for Dense<F> {
    type Value = Entries;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Entries, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: Fn(usize, usize, f64) -> f64> Visitor<'de> for Dense<F> {
    type Value = Entries;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows of {} numbers", self.rows, self.columns)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entries, A::Error> {
        let mut entries = Entries::default();
        let mut rows = 0;
        while rows < self.rows {
            let row = Row { number: rows, columns: self.columns, value: &self.value, entries: &mut entries };
            if list.next_element_seed(row)?.is_none() {
                break;
            }
            rows += 1;
        }
        if rows < self.rows || list.next_element::<serde::de::IgnoredAny>()?.is_some() {
            return Err(serde::de::Error::invalid_length(rows, &self));
        }
        Ok(entries)
    }
}

struct Row<'a, F> {
    number: usize,
    columns: usize,
    value: &'a F,
    entries: &'a mut Entries,
}

impl<'de, F: Fn(usize, usize, f64) -> f64> DeserializeSeed<'de> for Row<'_, F> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: Fn(usize, usize, f64) -> f64> Visitor<'de> for Row<'_, F> {
    type Value = ();
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a row of {} numbers", self.columns)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut column = 0;
        while let Some(value) = list.next_element::<f64>()? {
            if column >= self.columns {
                return Err(serde::de::Error::invalid_length(column + 1, &self));
            }
            if value != 0.0 {
                let value = (self.value)(self.number, column, value);
                self.entries.push(self.number as u32, column as u32, value, NO_ORIGIN);
            }
            column += 1;
        }
        if column < self.columns { Err(serde::de::Error::invalid_length(column, &self)) } else { Ok(()) }
    }
}
