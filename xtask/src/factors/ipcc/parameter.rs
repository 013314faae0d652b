//! The package's parameters: one file per parameter, one line per key and property (`def`, `min`, `max` and bounds).

use crate::Outcome;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// File without folder's `par_` and ending, region, key: the columns between region and property, joined by `/`.
type Place = (String, String, String);

/// A default with its range as the source writes them.
#[derive(Clone, Default)]
pub(super) struct Parameter {
    pub(super) value: String,
    min: String,
    max: String,
    pub(super) unit: String,
    /// Year of the guidelines' edition.
    pub(super) edition: String,
}

impl Parameter {
    /// `0.51 (0.459–0.561)`; without the range where the source gives none.
    pub(super) fn range(&self) -> String {
        let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
        let (value, min, max) = (number(&self.value), number(&self.min), number(&self.max));
        if min.is_nan() || max.is_nan() || (min == value && max == value) {
            return value.to_string();
        }
        format!("{value} ({min}–{max})")
    }
}

/// All parameters, and which of them were asked for.
pub(super) struct Parameters {
    known: BTreeMap<Place, Parameter>,
    used: RefCell<BTreeSet<Place>>,
}

impl Parameters {
    /// Reads files given as `industry/metal/ef_co2_steel`.
    pub(super) fn read(folder: &Path, files: &[&str]) -> Outcome<Self> {
        let mut known: BTreeMap<Place, Parameter> = BTreeMap::new();
        for file in files {
            let (part, name) = file.rsplit_once('/').unwrap_or(("", file));
            let path = folder.join(part).join(format!("par_{name}.csv"));
            let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            let mut reader = csv::Reader::from_reader(bytes);
            let header = reader.headers()?.clone();
            for record in reader.records() {
                let record = record?;
                let get = |wanted: &str| {
                    header.iter().position(|name| name == wanted).and_then(|at| record.get(at)).unwrap_or("")
                };
                let fixed = ["year", "region", "property", "value", "unit"];
                let key: Vec<&str> = header
                    .iter()
                    .zip(&record)
                    .filter(|(name, _)| !fixed.contains(name))
                    .map(|(_, text)| text)
                    .collect();
                let place = (name.to_string(), get("region").to_string(), key.join("/"));
                let parameter = known.entry(place).or_default();
                parameter.unit = get("unit").into();
                parameter.edition = get("year").into();
                match get("property") {
                    "def" => parameter.value = get("value").into(),
                    "min" => parameter.min = get("value").into(),
                    "max" => parameter.max = get("value").into(),
                    // Bounds that a value cannot leave (0, infinity).
                    _ => {}
                }
            }
        }
        known.retain(|_, parameter| !parameter.value.is_empty());
        Ok(Self { known, used: RefCell::default() })
    }

    /// A default of the world.
    pub(super) fn world(&self, file: &str, key: &str) -> Outcome<Parameter> {
        self.get(file, "World", key)
    }

    /// A default of a region.
    pub(super) fn get(&self, file: &str, region: &str, key: &str) -> Outcome<Parameter> {
        let place = (file.to_string(), region.to_string(), key.to_string());
        let found = self.known.get(&place).ok_or_else(|| format!("ipcc: no {key} for {region} in par_{file}.csv"))?;
        self.used.borrow_mut().insert(place);
        Ok(found.clone())
    }

    /// The keys of a file for the world, in order.
    pub(super) fn keys(&self, file: &str) -> Vec<String> {
        let of = |(name, region, _): &&Place| name == file && region == "World";
        self.known.keys().filter(of).map(|(_, _, key)| key.clone()).collect()
    }

    /// The defaults that no row asked for, as `file: region/key`.
    pub(super) fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        let rest = self.known.keys().filter(|place| !used.contains(place));
        rest.map(|(file, region, key)| format!("{file}: {region}/{key}")).collect()
    }
}
