//! The record: normalised inputs, the factor rows consulted, the method and the result in one canonical JSON (RFC 8785),
//! with hashes. It is enough to recompute from nothing else, and the same bytes on every machine and in every language.

mod replay;

pub(crate) use replay::open;
pub use replay::{Replay, ReplayError, replay};

use crate::diagnostic::Diagnostics;
use crate::factor::{FactorIndex, FactorRow, FactorsDocument, Pin};
use crate::footprint::{Footprint, LineSet};
use crate::hash::{canonical, sha256_hex};
use crate::impact::CharacterisationDocument;
use crate::product::{Options, normalised};
use crate::uncertainty::Uncertainty;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The arguments that speak of what else was loaded (near names, known sets); a record leaves them out.
const SURROUNDINGS: [&str; 3] = ["suggestion", "known", "others"];

/// The record of a result, as canonical JSON. Where samples are asked for, it takes them, and what is found by them stands
/// after `diagnostics`.
pub fn record(footprint: &Footprint, options: &Options, diagnostics: &Diagnostics) -> Vec<u8> {
    let inputs = normalised(footprint.document, footprint.bill);
    let (tables, packs) = consulted_tables(footprint);
    let sets = consulted_sets(footprint, &tables);
    let mut result = serde_json::to_value(footprint.report()).unwrap_or(Value::Null);
    if let Value::Object(result) = &mut result {
        result.insert("by_line".into(), lines(footprint, LineSet::Total));
        result.insert("lines_outside_total".into(), lines(footprint, LineSet::Outside));
    }
    let (uncertainty, more) = Uncertainty::of(footprint, options.samples).unzip();
    if let (Value::Object(result), Some(uncertainty)) = (&mut result, uncertainty) {
        result.insert("uncertainty".into(), serde_json::to_value(uncertainty).unwrap_or(Value::Null));
    }
    let more = more.unwrap_or_default();
    let bounds: serde_json::Map<String, Value> = footprint
        .activities
        .bounds
        .iter()
        .map(|(class, bound)| {
            (class.clone(), bound.map_or(Value::Null, |bound| Value::String(crate::math::plain(bound))))
        })
        .collect();
    let findings: Vec<Value> = diagnostics
        .iter()
        .chain(more.iter())
        .map(|finding| {
            let mut value = serde_json::to_value(finding).unwrap_or(Value::Null);
            if let Some(arguments) = value.get_mut("arguments").and_then(Value::as_object_mut) {
                arguments.retain(|name, _| !SURROUNDINGS.contains(&name.as_str()));
            }
            if let Some(places) = value.get_mut("places").and_then(Value::as_array_mut) {
                for place in places.iter_mut().filter_map(Value::as_object_mut) {
                    place.retain(|name, _| name == "line" || name == "field");
                }
            }
            value
        })
        .collect();
    // What is embedded beside inputs, method and result, so that no character of it can change unseen.
    let embedded = json!([options, tables, packs, sets, footprint.library.waste, bounds]);
    let hashes = json!({
        "embedded": sha256_hex(&canonical(&embedded)),
        "inputs": sha256_hex(&canonical(&inputs)),
        "factors": footprint.factors_sha256(),
        "method": footprint.study.profile.sha256(),
        "result": sha256_hex(&canonical(&result)),
    });
    canonical(&json!({
        "schema": "zuji/record@1",
        "engine": crate::footprint::Engine::THIS,
        "options": options,
        "inputs": inputs,
        "method": footprint.study.profile,
        "tables": tables,
        "packs": packs,
        "characterisation": sets,
        "waste": footprint.library.waste,
        "bounds": bounds,
        "result": result,
        "diagnostics": findings,
        "hashes": hashes,
    }))
}

fn lines(footprint: &Footprint, set: LineSet) -> Value {
    let mut bytes = Vec::new();
    let written: Result<(), std::convert::Infallible> = footprint.write_lines(set, |block| {
        bytes.extend_from_slice(block);
        Ok(())
    });
    match written {
        Ok(()) => serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    }
}

/// The rows that were looked at for any line, with their companions, in their tables: selection comes out the same. A
/// pinned pack is there even where no row of it was looked at. Beside them the hashes of the whole packs.
fn consulted_tables(footprint: &Footprint) -> (Vec<FactorsDocument>, Vec<Pin>) {
    let factors = &footprint.library.factors;
    let mut indices: BTreeSet<FactorIndex> = footprint.activities.consulted.clone();
    indices.extend(footprint.used());
    let companions: Vec<FactorIndex> =
        indices.iter().flat_map(|&index| factors.get(index).companions.clone()).collect();
    indices.extend(companions);
    let mut rows: BTreeMap<usize, Vec<FactorRow>> = BTreeMap::new();
    if footprint.study.packs.pinned {
        let pinned = (0..factors.packs().len()).filter(|&pack| footprint.study.packs.allows(pack));
        rows.extend(pinned.map(|pack| (pack, Vec::new())));
    }
    for index in indices {
        let factor = factors.get(index);
        rows.entry(factor.pack).or_default().push(factor.row.clone());
    }
    rows.into_iter()
        .map(|(position, rows)| {
            let pack = &factors.packs()[position];
            let table = (*pack.table).clone();
            let pin = Pin { id: table.id.clone(), sha256: pack.sha256.clone() };
            (FactorsDocument { schema: "zuji/factors@1".into(), table, rows }, pin)
        })
        .unzip()
}

/// The characterisation factors that were looked up, in their sets.
fn consulted_sets(footprint: &Footprint, tables: &[FactorsDocument]) -> Vec<CharacterisationDocument> {
    let stated = tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.gwp.as_deref());
    let supplied = footprint
        .activities
        .recipes
        .iter()
        .filter_map(|recipe| recipe.supplied.as_ref())
        .map(|supplied| supplied.set.as_str());
    let sets = &footprint.library.sets;
    let mut names: BTreeSet<&str> =
        stated.chain(supplied).filter_map(|name| sets.find(name)).map(|set| set.id()).collect();
    names.insert(footprint.study.set.id());
    // The profile's own set says over how many years it computes.
    names.extend(sets.find(&footprint.study.profile.gwp).map(|set| set.id()));
    sets.iter()
        .filter(|set| names.contains(set.id()))
        .map(|set| {
            let mut document = set.document().clone();
            document.gases.retain(|row| footprint.columns.looked_up.contains(&(document.id.clone(), row.gas.clone())));
            document
        })
        .collect()
}
