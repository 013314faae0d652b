//! From the document to rules: every number, date and name is checked, and everything that is wrong is said at once.

mod curves;
mod money;
mod proof;

use super::bids::BidsDocument;
use super::condition::Condition;
use super::curve::{Curve, Effect};
use super::dated::{Dated, Interpolation};
use super::document::*;
use super::evidence::{Level, Levels, Stage};
use super::formula::Linear;
use super::overlay;
use super::rules::*;
use super::unit::Measured;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::hash::{canonical, sha256_hex};
use crate::math::{DecimalText, Rational, RoundingMode, whole_number};
use crate::product::Date;
use crate::quantity::UnitTable;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

use curves::{indicators, terms};
use money::{preferences, price};
use proof::{acceptance, evidence, guards, quantile, rounding, tie_break};

/// The most years of a life-cycle cost.
const MOST_YEARS: i64 = 100;
/// The most decimal places of a rounding.
const MOST_PLACES: u32 = 12;
/// The most values, steps or clauses of one list.
const MOST: usize = 10_000;

/// Whatever can be said about a document while it is read.
pub(super) struct Reader {
    pub found: Diagnostics,
}

impl Reader {
    pub(super) fn decimal(&mut self, text: &DecimalText, path: &str) -> Option<Rational> {
        match text.value() {
            Ok(value) => Some(value),
            Err(cause) => {
                let finding = Diagnostic::new(&catalogue::D101).with("field", path).with("text", text);
                self.found.push(finding.with_words("cause", cause.words()).at(Place::field(path)));
                None
            }
        }
    }

    fn optional(&mut self, text: Option<&DecimalText>, path: &str) -> Option<Rational> {
        self.decimal(text?, path)
    }

    pub(super) fn date(&mut self, text: &str, path: &str) -> Option<Date> {
        match text.trim().parse::<Date>() {
            Ok(date) => Some(date),
            Err(_) => {
                let finding = Diagnostic::new(&catalogue::D102).with("field", path).with("text", text);
                self.found.push(finding.at(Place::field(path)));
                None
            }
        }
    }

    /// A word that must be one of a few.
    fn one_of<T: Copy>(&mut self, text: &str, known: &[(&str, T)], path: &str) -> Option<T> {
        let hit = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if hit.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.unknown(text, path, &names.join(", "));
        }
        hit
    }

    fn unknown(&mut self, text: &str, path: &str, known: &str) {
        let finding = Diagnostic::new(&catalogue::D103).with("field", path).with("text", text).with("known", known);
        self.found.push(finding.at(Place::field(path)));
    }

    fn range(&mut self, path: &str, text: impl ToString, range: (&str, &str)) {
        let finding = Diagnostic::new(&catalogue::D104).with("field", path).with("text", text);
        self.found.push(finding.with_words("range", range).at(Place::field(path)));
    }

    fn condition(&mut self, text: Option<&String>, path: &str) -> Option<Condition> {
        let text = text?;
        let read = Condition::read(text);
        if read.is_none() {
            self.range(
                path,
                text,
                (
                    "comparisons joined by `and`: bidder.size in [small, micro]",
                    "用 and 连接的比较：bidder.size in [small, micro]",
                ),
            );
        }
        read
    }
}

impl Standard {
    /// Checks a document and makes it ready for evaluation; `None` where it cannot be evaluated.
    pub fn new(document: StandardDocument) -> (Option<Self>, Diagnostics) {
        let mut reader = Reader { found: Diagnostics::default() };
        let sha256 = sha256_hex(&canonical(&document));
        let document = overlay::apply(document, &mut reader);
        let standard = document.and_then(|document| compile(document, sha256, &mut reader));
        let broken = reader.found.count(crate::diagnostic::Severity::Error) > 0;
        (standard.filter(|_| !broken), reader.found)
    }

    /// The same with values of parameters replaced on all days: what-if questions and vectors.
    #[must_use]
    pub fn with_parameters(&self, values: &BTreeMap<String, Rational>) -> Self {
        let mut other = self.clone();
        for (name, value) in values {
            if let Some(dated) = other.parameters.get_mut(name) {
                for (_, old) in &mut dated.values {
                    *old = value.clone();
                }
            }
        }
        other
    }
}

/// Names of statuses.
pub const STATUSES: [&str; 5] = ["draft", "consultation", "in-force", "superseded", "withdrawn"];

fn compile(document: StandardDocument, sha256: String, reader: &mut Reader) -> Option<Standard> {
    let units = UnitTable::standard();
    for (index, pin) in document.pcf.iter().flat_map(|rules| &rules.packs).enumerate() {
        if !pin.is_readable() {
            let range = ("an id and 8 to 64 hexadecimal digits", "编号与 8 至 64 位十六进制数字");
            reader.range(&format!("pcf.packs[{index}]"), pin, range);
        }
    }
    let status: Vec<(&str, ())> = STATUSES.iter().map(|name| (*name, ())).collect();
    reader.one_of(&document.status, &status, "status");
    if version_of(&document.version).is_none() {
        reader.range("version", &document.version, ("three numbers: 1.0.0", "三个数字：1.0.0"));
    }
    let rules = [("notice", ()), ("deadline", ()), ("award", ()), ("delivery", ())];
    reader.one_of(&document.effective.date_rule, &rules, "effective.date_rule");
    let from = reader.date(&document.effective.from, "effective.from");
    let to = document.effective.to.as_deref().map(|to| reader.date(to, "effective.to"));
    if let (Some(from), Some(Some(to))) = (from, to)
        && to <= from
    {
        reader.range("effective.to", to, ("a day after `from`", "晚于 from 的日期"));
    }
    if document.status == "in-force" && document.vectors.is_empty() {
        reader.found.push(Diagnostic::new(&catalogue::D110).with("id", &document.id).at(Place::field("vectors")));
    }
    let lists =
        [document.gates.len(), document.indicators.len(), document.preferences.len(), document.parameters.len()];
    if lists.iter().any(|&length| length > MOST) {
        reader.range("gates", MOST, ("at most 10,000 clauses of a kind", "每类条款至多 10000 条"));
        return None;
    }
    distinct_clauses(&document, reader);
    let parameters = parameters(&document.parameters, "parameters", reader);
    let unit = footprint_unit(&document, &units, reader);
    let gates = gates(&document, reader);
    check_units(&document, &units, reader);
    let indicators = indicators(&document, reader);
    let terms = terms(&document, reader);
    let (price, order) = price(&document, reader);
    let preferences = preferences(&document, reader);
    let mut caps = BTreeMap::new();
    for (group, cap) in &document.preference_caps {
        if let Some(cap) = reader.decimal(cap, &format!("preference_caps.{group}")) {
            caps.insert(group.clone(), cap);
        }
    }
    let (levels, assess, requirements) = evidence(&document, reader);
    let quantile = quantile(&document, reader);
    let rounding = rounding(&document, reader);
    let tie_break = tie_break(&document, reader);
    let guards = guards(&document, reader);
    let acceptance = acceptance(&document, reader);
    Some(Standard {
        sha256,
        period: (from?, to.flatten()),
        parameters,
        gates,
        indicators,
        terms,
        price: price?,
        order,
        preferences,
        caps,
        levels,
        assess,
        requirements,
        quantile,
        rounding,
        tie_break,
        guards,
        acceptance,
        unit,
        document,
    })
}

/// The three numbers of a version.
pub fn version_of(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().ok());
    let version = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(version)
}

/// A clause is cited by its id, so no two may share one.
fn distinct_clauses(document: &StandardDocument, reader: &mut Reader) {
    let mut seen = BTreeSet::new();
    for (path, id) in clauses(document) {
        if id.trim().is_empty() {
            reader.range(&path, id, ("an id", "一个编号"));
        } else if !seen.insert(id.to_string()) {
            let finding = Diagnostic::new(&catalogue::D105).with("id", id);
            reader.found.push(finding.at(Place::field(path)));
        }
    }
}

/// Path and id of every clause.
pub fn clauses(document: &StandardDocument) -> Vec<(String, &str)> {
    let mut found: Vec<(String, &str)> = Vec::new();
    for (index, clause) in document.gates.iter().enumerate() {
        found.push((format!("gates[{index}].id"), &clause.id));
    }
    for (index, clause) in document.indicators.iter().enumerate() {
        found.push((format!("indicators[{index}].id"), &clause.id));
    }
    for (index, clause) in document.preferences.iter().enumerate() {
        found.push((format!("preferences[{index}].id"), &clause.id));
    }
    for (index, clause) in document.shares.iter().enumerate() {
        found.push((format!("shares[{index}].id"), &clause.id));
    }
    if let Some(cost) = &document.cost {
        found.push(("cost.id".into(), &cost.id));
        for (index, term) in cost.terms.iter().enumerate() {
            found.push((format!("cost.terms[{index}].id"), &term.id));
        }
    }
    if let Some(id) = document.price.as_ref().and_then(|price| price.id.as_ref()) {
        found.push(("price.id".into(), id));
    }
    if let Some(lists) = &document.lists {
        for (name, entries) in [("mandatory", &lists.mandatory), ("preferred", &lists.preferred)] {
            for (index, entry) in entries.iter().enumerate() {
                found.push((format!("lists.{name}[{index}].id"), &entry.id));
            }
        }
        for (index, entry) in lists.phased_out.iter().enumerate() {
            found.push((format!("lists.phased_out[{index}].id"), &entry.id));
        }
    }
    if let Some(credit) = &document.credit {
        found.push(("credit.id".into(), &credit.id));
    }
    if let Some(acceptance) = &document.acceptance {
        found.push(("acceptance.id".into(), &acceptance.id));
    }
    found
}

pub(super) fn parameters(
    documents: &BTreeMap<String, ParameterDocument>,
    path: &str,
    reader: &mut Reader,
) -> BTreeMap<String, Dated> {
    let mut parameters = BTreeMap::new();
    for (name, document) in documents {
        let path = format!("{path}.{name}");
        let known = [("hold", Interpolation::Hold), ("linear", Interpolation::Linear)];
        let interpolation = match &document.interpolation {
            None => Some(Interpolation::Hold),
            Some(text) => reader.one_of(text, &known, &format!("{path}.interpolation")),
        };
        let mut values: Vec<(Date, Rational)> = Vec::new();
        for (index, dated) in document.values.iter().take(MOST).enumerate() {
            let from = reader.date(&dated.from, &format!("{path}.values[{index}].from"));
            let value = reader.decimal(&dated.value, &format!("{path}.values[{index}].value"));
            let (Some(from), Some(value)) = (from, value) else { continue };
            if values.last().is_some_and(|(before, _)| *before >= from) {
                let range = ("a day after the one before it", "晚于前一个日期");
                reader.range(&format!("{path}.values[{index}].from"), from, range);
                continue;
            }
            values.push((from, value));
        }
        if document.values.is_empty() {
            reader.range(&format!("{path}.values"), "[]", ("at least one value", "至少一个值"));
        }
        if let (Some(interpolation), false) = (interpolation, values.is_empty()) {
            parameters.insert(name.clone(), Dated { values, interpolation });
        }
    }
    parameters
}

fn footprint_unit(document: &StandardDocument, units: &UnitTable, reader: &mut Reader) -> Option<Measured> {
    let text = document.pcf.as_ref()?.unit.as_deref()?;
    let unit = Measured::read(text, units);
    if unit.kilograms().is_none() {
        reader.range("pcf.unit", text, ("mass of CO2e per unit: kgCO2e/unit", "二氧化碳当量质量／单位：kgCO2e/unit"));
    }
    Some(unit)
}

/// A limit is in the unit of what it limits.
fn check_units(document: &StandardDocument, units: &UnitTable, reader: &mut Reader) {
    for (index, gate) in document.gates.iter().enumerate() {
        let own = match gate.input.as_str() {
            FOOTPRINT => document.pcf.as_ref().and_then(|rules| rules.unit.as_deref()),
            input => document.inputs.get(input).and_then(|input| input.unit.as_deref()),
        };
        let limit = gate.param.as_ref().and_then(|name| document.parameters.get(name)).and_then(|p| p.unit.as_deref());
        let (Some(own), Some(limit)) = (own, limit) else { continue };
        let ratio = Measured::read(own, units).in_terms_of(&Measured::read(limit, units));
        if !ratio.is_some_and(|ratio| ratio.is_one()) {
            let finding = Diagnostic::new(&catalogue::D106).with("clause", &gate.id);
            let finding = finding.with("input", own).with("limit", limit);
            reader.found.push(finding.at(Place::field(format!("gates[{index}].param"))));
        }
    }
}

fn known_parameter(document: &StandardDocument, name: &str, path: &str, reader: &mut Reader) {
    if !document.parameters.contains_key(name) {
        let known: Vec<&str> = document.parameters.keys().map(String::as_str).take(20).collect();
        reader.unknown(name, path, &known.join(", "));
    }
}

fn gates(document: &StandardDocument, reader: &mut Reader) -> Vec<Gate> {
    let mut gates = Vec::new();
    for (index, gate) in document.gates.iter().enumerate() {
        let path = format!("gates[{index}]");
        let operator = Operator::named(&gate.op);
        if operator.is_none() {
            reader.unknown(&gate.op, &format!("{path}.op"), "<=, <, >=, >, =, in");
        }
        let limit = match (&gate.param, &gate.value, gate.any_of.is_empty()) {
            (Some(name), None, true) => {
                known_parameter(document, name, &format!("{path}.param"), reader);
                Some(Limit::Parameter(name.clone()))
            }
            (None, Some(text), true) => match (operator, text.value()) {
                (_, Ok(value)) => Some(Limit::Value(value)),
                (Some(Operator::Is), Err(_)) => Some(Limit::Words(vec![text.0.clone()])),
                (_, Err(_)) => reader.decimal(text, &format!("{path}.value")).map(Limit::Value),
            },
            (None, None, false) => Some(Limit::Words(gate.any_of.clone())),
            _ => {
                let range = ("one of `param`, `value`, `any_of`", "param、value、any_of 三者之一");
                reader.range(&path, &gate.id, range);
                None
            }
        };
        if matches!(limit, Some(Limit::Words(_))) && !matches!(operator, None | Some(Operator::Is | Operator::In)) {
            reader.range(&format!("{path}.op"), &gate.op, ("`=` or `in` with words", "文字只能用 = 或 in"));
        }
        let when = reader.condition(gate.when.as_ref(), &format!("{path}.when"));
        if let (Some(operator), Some(limit)) = (operator, limit) {
            gates.push(Gate { id: gate.id.clone(), input: gate.input.clone(), operator, limit, when });
        }
    }
    gates
}

/// The names that a penalty formula may use.
pub const PENALTY_NAMES: [&str; 4] = ["advantage", "points_lost", "shortfall", "price"];

/// The date of a tender that a rule names.
pub fn date_of<'a>(bids: &'a BidsDocument, rule: &str) -> Option<&'a str> {
    match rule {
        "notice" => bids.dates.notice.as_deref(),
        "deadline" => bids.dates.deadline.as_deref(),
        "award" => bids.dates.award.as_deref(),
        "delivery" => bids.dates.delivery.as_deref(),
        _ => None,
    }
}
