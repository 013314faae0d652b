//! What a buyer or a province lays over a standard. An overlay tightens or is refused.

use super::compile::{Reader, parameters};
use super::dated::Dated;
use super::document::{DatedValue, OverlayDocument, ParameterDocument, StandardDocument};
use super::rules::Operator;
use crate::diagnostic::{Diagnostic, Place, catalogue};
use crate::product::Date;

/// The most overlays on one standard, nested ones counted too: law has a national, a provincial and a buyer's layer.
pub const MOST_OVERLAYS: usize = 8;

/// Lays all overlays over a document, the outer ones first; `None` where there are too many.
pub(super) fn apply(mut document: StandardDocument, reader: &mut Reader) -> Option<StandardDocument> {
    let mut waiting: Vec<(String, OverlayDocument)> = Vec::new();
    let lay = |list: Vec<OverlayDocument>, path: &str, waiting: &mut Vec<(String, OverlayDocument)>| {
        for (index, overlay) in list.into_iter().enumerate().rev() {
            waiting.push((format!("{path}[{index}]"), overlay));
        }
    };
    let kept = document.overlays.clone();
    lay(std::mem::take(&mut document.overlays), "overlays", &mut waiting);
    let mut count = 0;
    while let Some((path, mut overlay)) = waiting.pop() {
        count += 1;
        if count + waiting.len() > MOST_OVERLAYS {
            let finding = Diagnostic::new(&catalogue::D112).with("limit", MOST_OVERLAYS);
            reader.found.push(finding.at(Place::field(path)));
            return None;
        }
        let base = format!("{}@{}", document.id, document.version);
        if overlay.base.as_ref().is_some_and(|named| *named != base) {
            let named = overlay.base.as_deref().unwrap_or("");
            let finding = Diagnostic::new(&catalogue::D103).with("field", format!("{path}.base"));
            reader
                .found
                .push(finding.with("text", named).with("known", &base).at(Place::field(format!("{path}.base"))));
            return None;
        }
        let nested = std::mem::take(&mut overlay.overlays);
        lay(nested, &format!("{path}.overlays"), &mut waiting);
        one(&mut document, overlay, &path, reader);
    }
    document.overlays = kept;
    Some(document)
}

fn one(document: &mut StandardDocument, overlay: OverlayDocument, path: &str, reader: &mut Reader) {
    let looser = |what: &str, base: String, over: String, field: String| {
        let finding = Diagnostic::new(&catalogue::D113).with("overlay", &overlay.id).with("what", what);
        finding.with("base", base).with("over", over).at(Place::field(field))
    };
    let base = parameters(&document.parameters, "parameters", reader);
    let over = parameters(&overlay.parameters, &format!("{path}.parameters"), reader);
    for (name, new) in &over {
        let field = format!("{path}.parameters.{name}");
        let Some(old) = base.get(name) else {
            let known: Vec<&str> = document.parameters.keys().map(String::as_str).take(20).collect();
            let finding = Diagnostic::new(&catalogue::D103).with("field", &field).with("text", name);
            reader.found.push(finding.with("known", known.join(", ")).at(Place::field(field)));
            continue;
        };
        match direction(document, name) {
            Some(lower) => match first_looser(old, new, lower) {
                Some((day, old, new)) => {
                    let at = |value: String| format!("{value} ({day})");
                    reader.found.push(looser(name, at(old), at(new), field));
                }
                None => lay_over(document, name, &overlay.parameters[name], new),
            },
            None => reader.found.push(looser(name, "–".into(), "–".into(), field)),
        }
    }
    for (id, rate) in &overlay.preferences {
        let field = format!("{path}.preferences.{id}");
        match document.preferences.iter_mut().find(|preference| preference.id == *id && preference.bounds.is_some()) {
            // The bounds themselves are checked with the whole.
            Some(preference) => preference.rate = Some(rate.clone()),
            None => reader.found.push(looser(id, "–".into(), rate.0.clone(), field)),
        }
    }
    if let Some(makers) = overlay.min_independent_makers {
        let guards = document.guards.get_or_insert_default();
        let before = guards.min_independent_makers.unwrap_or(0);
        if makers < before {
            let field = format!("{path}.min_independent_makers");
            let found = looser("min_independent_makers", before.to_string(), makers.to_string(), field);
            reader.found.push(found);
        } else {
            guards.min_independent_makers = Some(makers);
        }
    }
    document.gates.extend(overlay.gates);
    if !overlay.requirements.is_empty() {
        document.evidence.get_or_insert_default().requirements.extend(overlay.requirements);
    }
}

/// Whether a lower value is the stricter one; `None` where the parameter is no limit of gates alone.
fn direction(document: &StandardDocument, name: &str) -> Option<bool> {
    let named = |other: &Option<String>| other.as_deref() == Some(name);
    let elsewhere =
        document.indicators.iter().filter_map(|one| one.curve.as_ref()).any(|curve| named(&curve.param))
            || document.cost.iter().flat_map(|cost| &cost.terms).any(|term| named(&term.param))
            || document.evidence.iter().flat_map(|rules| rules.factor.values()).any(
                |rule| matches!(rule, super::document::FactorRule::Default { parameter, .. } if parameter == name),
            );
    if elsewhere {
        return None;
    }
    let mut directions =
        document.gates.iter().filter(|gate| named(&gate.param)).map(|gate| match Operator::named(&gate.op) {
            Some(Operator::AtMost | Operator::Below) => Some(true),
            Some(Operator::AtLeast | Operator::Above) => Some(false),
            _ => None,
        });
    let first = directions.next()??;
    directions.all(|other| other == Some(first)).then_some(first)
}

/// The first day on which the overlay is looser, with both values. Between two named days each is constant or straight,
/// so the days and the eves of them decide.
fn first_looser(old: &Dated, new: &Dated, lower: bool) -> Option<(Date, String, String)> {
    let mut days: Vec<Date> = old.values.iter().chain(&new.values).map(|(day, _)| *day).collect();
    let eves: Vec<Date> = days.iter().filter_map(|day| day.yesterday().ok()).collect();
    days.extend(eves);
    days.sort();
    days.into_iter().find_map(|day| {
        let (old, new) = (old.at(day)?, new.at(day)?);
        let looser = if lower { new > old } else { new < old };
        looser.then(|| (day, crate::math::decimal_text(&old), crate::math::decimal_text(&new)))
    })
}

/// Until the overlay's first day the base holds.
fn lay_over(document: &mut StandardDocument, name: &str, over: &ParameterDocument, new: &Dated) {
    let Some(parameter) = document.parameters.get_mut(name) else { return };
    let first = new.first();
    let before =
        |dated: &&DatedValue| dated.from.trim().parse::<Date>().ok().zip(first).is_some_and(|(day, first)| day < first);
    let mut values: Vec<DatedValue> = parameter.values.iter().filter(before).cloned().collect();
    values.extend(over.values.iter().cloned());
    parameter.values = values;
    parameter.interpolation.clone_from(&over.interpolation);
    if over.unit.is_some() {
        parameter.unit.clone_from(&over.unit);
    }
}
