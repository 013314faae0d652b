//! From the document to rules: every number, date and name is checked, and everything that is wrong is said at once.

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

fn indicators(document: &StandardDocument, reader: &mut Reader) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for (index, indicator) in document.indicators.iter().enumerate() {
        let path = format!("indicators[{index}]");
        let Some(weight) = reader.decimal(&indicator.weight, &format!("{path}.weight")) else { continue };
        if weight < Rational::zero() {
            reader.range(&format!("{path}.weight"), &indicator.weight, ("zero or more", "不小于零"));
        }
        let mut effect = Effect::Points;
        let mut rate = None;
        let curve = match &indicator.curve {
            None => Some(Curve::Itself { weight: weight.clone() }),
            Some(curve) => {
                let known =
                    [("points", Effect::Points), ("deduction", Effect::Deduction), ("addition", Effect::Addition)];
                let usual = if curve.kind == "monetised" { "addition" } else { "points" };
                let named = curve.effect.as_deref().unwrap_or(usual);
                effect = reader.one_of(named, &known, &format!("{path}.curve.effect")).unwrap_or(Effect::Points);
                rate = curve.param.clone();
                read_curve(curve, &weight, &format!("{path}.curve"), document, reader)
            }
        };
        let Some(curve) = curve else { continue };
        if effect == Effect::Points {
            match curve.most() {
                Some(most) if most > weight => {
                    let range = ("a curve of at most `weight` points", "曲线的最高分不超过 weight");
                    reader.range(&format!("{path}.weight"), &indicator.weight, range);
                }
                None => {
                    let range =
                        ("a monetised curve that is an addition or a deduction", "货币化曲线只能用于加价或扣减");
                    reader.range(&format!("{path}.curve.effect"), "points", range);
                }
                Some(_) => {}
            }
        }
        check_direction(document, indicator, &curve, effect, &path, reader);
        indicators.push(Indicator { id: indicator.id.clone(), input: indicator.input.clone(), curve, rate, effect });
    }
    indicators
}

/// A lower footprint never loses (design §8): a curve that rewards more of what should be less is refused.
fn check_direction(
    document: &StandardDocument,
    indicator: &IndicatorDocument,
    curve: &Curve,
    effect: Effect,
    path: &str,
    reader: &mut Reader,
) {
    let better = document.inputs.get(&indicator.input).and_then(|input| input.better.as_deref());
    let lower = match better {
        Some("lower") => true,
        Some("higher") if indicator.input != FOOTPRINT => false,
        None if indicator.input == FOOTPRINT => true,
        None => return,
        Some(other) => {
            return reader.unknown(other, &format!("inputs.{}.better", indicator.input), "lower, higher");
        }
    };
    // Points and deductions fall with the value where lower is better; an addition rises.
    let falling = lower == (effect != Effect::Addition);
    if !curve.is_monotone(falling) {
        let finding = Diagnostic::new(&catalogue::D107).with("clause", &indicator.id).with("input", &indicator.input);
        reader.found.push(finding.at(Place::field(format!("{path}.curve"))));
    }
}

fn read_curve(
    curve: &CurveDocument,
    weight: &Rational,
    path: &str,
    document: &StandardDocument,
    reader: &mut Reader,
) -> Option<Curve> {
    match curve.kind.as_str() {
        "step" => {
            let (steps, rising) = match (curve.le.is_empty(), curve.ge.is_empty()) {
                (false, true) => (&curve.le, true),
                (true, false) => (&curve.ge, false),
                _ => {
                    reader.range(path, "step", ("steps under `le` or under `ge`", "在 le 或 ge 之一中给出分档"));
                    return None;
                }
            };
            let name = if rising { "le" } else { "ge" };
            let steps = pairs(steps, &format!("{path}.{name}"), rising, reader)?;
            let otherwise = match &curve.otherwise {
                None => Rational::zero(),
                Some(text) => reader.decimal(text, &format!("{path}.else"))?,
            };
            Some(if rising { Curve::UpTo { steps, otherwise } } else { Curve::From { steps, otherwise } })
        }
        "piecewise-linear" => {
            if curve.clamp == Some(Clamp::Ends(false)) {
                let range = ("true: the last points hold beyond the corners", "true：端点以外保持端点分值");
                reader.range(&format!("{path}.clamp"), "false", range);
            }
            let corners = pairs(&curve.points, &format!("{path}.points"), true, reader)?;
            if corners.len() < 2 {
                reader.range(&format!("{path}.points"), corners.len(), ("at least two corners", "至少两个折点"));
                return None;
            }
            Some(Curve::Corners(corners))
        }
        "linear-formula" | "linear" => {
            let text = curve.expr.as_deref().unwrap_or("");
            let Some(formula) = Linear::read(text, &["x"]) else {
                reader.range(&format!("{path}.expr"), text, ("linear in x: 80 - 20*x", "x 的线性式：80 - 20*x"));
                return None;
            };
            let bounds = match &curve.clamp {
                Some(Clamp::Range(low, high)) => {
                    let low = reader.decimal(low, &format!("{path}.clamp[0]"))?;
                    let high = reader.decimal(high, &format!("{path}.clamp[1]"))?;
                    if low > high {
                        let range = ("the lower bound first", "先写下限");
                        reader.range(&format!("{path}.clamp"), crate::math::decimal_text(&low), range);
                        return None;
                    }
                    (low, high)
                }
                _ => (Rational::zero(), weight.clone()),
            };
            Some(Curve::Line { formula, bounds })
        }
        "monetised" => {
            let rate = match (&curve.rate, &curve.param) {
                (Some(rate), None) => reader.decimal(rate, &format!("{path}.rate"))?,
                (None, Some(name)) => {
                    known_parameter(document, name, &format!("{path}.param"), reader);
                    whole_number(1)
                }
                _ => {
                    reader.range(path, "monetised", ("one of `rate` and `param`", "rate 与 param 二者之一"));
                    return None;
                }
            };
            if rate < Rational::zero() {
                reader.range(&format!("{path}.rate"), crate::math::decimal_text(&rate), ("zero or more", "不小于零"));
            }
            let baseline = reader.optional(curve.baseline.as_ref(), &format!("{path}.baseline")).unwrap_or_default();
            Some(Curve::Money { rate, baseline })
        }
        other => {
            reader.unknown(other, &format!("{path}.type"), "step, piecewise-linear, linear-formula, monetised");
            None
        }
    }
}

/// Values with points, strictly rising or falling: two equal values would have two results.
fn pairs(
    list: &[[DecimalText; 2]],
    path: &str,
    rising: bool,
    reader: &mut Reader,
) -> Option<Vec<(Rational, Rational)>> {
    let mut pairs: Vec<(Rational, Rational)> = Vec::with_capacity(list.len().min(MOST));
    for (index, [x, y]) in list.iter().take(MOST).enumerate() {
        let x = reader.decimal(x, &format!("{path}[{index}][0]"))?;
        let y = reader.decimal(y, &format!("{path}[{index}][1]"))?;
        if pairs.last().is_some_and(|(before, _)| if rising { *before >= x } else { *before <= x }) {
            let finding = Diagnostic::new(&catalogue::D108).with("value", &list[index][0]).with("position", index + 1);
            let words = if rising { ("rise", "递增") } else { ("fall", "递减") };
            reader.found.push(finding.with_words("direction", words).at(Place::field(format!("{path}[{index}]"))));
            return None;
        }
        pairs.push((x, y));
    }
    Some(pairs)
}

fn terms(document: &StandardDocument, reader: &mut Reader) -> Vec<Term> {
    let Some(cost) = &document.cost else { return Vec::new() };
    let life = document.functional_unit.as_ref().and_then(|unit| unit.service_life.as_ref());
    let years = match (&cost.years, life) {
        (Some(years), _) => reader.decimal(years, "cost.years"),
        (None, Some(life)) => reader.decimal(&life.value, "functional_unit.service_life.value"),
        (None, None) => None,
    };
    let whole = years
        .as_ref()
        .filter(|years| years.is_integer() && **years >= whole_number(1) && **years <= whole_number(MOST_YEARS));
    let rate = if cost.discount_rate.0.is_empty() {
        Some(Rational::zero())
    } else {
        reader.decimal(&cost.discount_rate, "cost.discount_rate")
    };
    let rate = rate.filter(|rate| *rate > whole_number(-1));
    let (Some(years), Some(rate)) = (whole, rate) else {
        let range = ("1 to 100 whole years and a rate above -1", "1 至 100 的整数年数，折现率大于 -1");
        reader.range("cost", years.as_ref().map_or("–".into(), crate::math::decimal_text), range);
        return Vec::new();
    };
    let yearly = (Rational::one() + rate).recip();
    let (mut last, mut sum) = (Rational::one(), Rational::zero());
    for _ in 0..years.to_integer().try_into().unwrap_or(0u32) {
        last *= &yearly;
        sum += &last;
    }
    let timings = [("yearly", Timing::Yearly), ("start", Timing::Start), ("end", Timing::End)];
    let mut terms = Vec::new();
    for (index, term) in cost.terms.iter().enumerate() {
        let path = format!("cost.terms[{index}]");
        let timing = reader.one_of(&term.timing, &timings, &format!("{path}.timing"));
        let money = match (&term.rate, &term.param) {
            (Some(rate), None) => reader.decimal(rate, &format!("{path}.rate")),
            (None, Some(name)) => {
                known_parameter(document, name, &format!("{path}.param"), reader);
                Some(whole_number(1))
            }
            (None, None) => Some(whole_number(1)),
            (Some(_), Some(_)) => {
                reader.range(&path, &term.id, ("one of `rate` and `param`", "rate 与 param 二者之一"));
                None
            }
        };
        let (Some(timing), Some(rate)) = (timing, money) else { continue };
        if rate < Rational::zero() && term.input == FOOTPRINT {
            let finding = Diagnostic::new(&catalogue::D107).with("clause", &term.id).with("input", &term.input);
            reader.found.push(finding.at(Place::field(format!("{path}.rate"))));
        }
        let discount = match timing {
            Timing::Yearly => sum.clone(),
            Timing::Start => Rational::one(),
            Timing::End => last.clone(),
        };
        let parameter = term.param.clone();
        terms.push(Term { id: term.id.clone(), input: term.input.clone(), rate, parameter, discount });
    }
    terms
}

fn price(document: &StandardDocument, reader: &mut Reader) -> (Option<PriceRule>, Vec<Adjustment>) {
    let usual = vec![Adjustment::Preferences, Adjustment::Cost, Adjustment::Indicators];
    let Some(price) = &document.price else { return (Some(PriceRule::None), usual) };
    let weight = reader.optional(price.weight.as_ref(), "price.weight");
    if weight.as_ref().is_some_and(|weight| *weight < Rational::zero()) {
        reader.range("price.weight", price.weight.as_ref().map_or("", |text| &text.0), ("zero or more", "不小于零"));
    }
    let rule = match price.method.as_str() {
        "cn87-lowest" => weight.map(|weight| PriceRule::LowestRatio { weight }),
        "linear" => {
            let floor = reader.optional(price.floor.as_ref(), "price.floor");
            let ceiling = reader.optional(price.ceiling.as_ref(), "price.ceiling");
            match (weight, floor, ceiling) {
                (Some(weight), Some(floor), Some(ceiling)) if floor < ceiling => {
                    Some(PriceRule::Linear { weight, floor, ceiling })
                }
                _ => None,
            }
        }
        "lowest-evaluated" | "monetised-addition" => Some(PriceRule::LowestEvaluated),
        other => {
            reader.unknown(other, "price.method", "cn87-lowest, linear, lowest-evaluated, monetised-addition");
            return (None, usual);
        }
    };
    if rule.is_none() {
        let range =
            ("`weight`, and for `linear` a `floor` below the `ceiling`", "weight；对 linear 还需低于 ceiling 的 floor");
        reader.range("price", &price.method, range);
    }
    let known =
        [("preferences", Adjustment::Preferences), ("cost", Adjustment::Cost), ("indicators", Adjustment::Indicators)];
    let mut order = Vec::new();
    for (index, name) in price.order.iter().enumerate().take(10) {
        if let Some(one) = reader.one_of(name, &known, &format!("price.order[{index}]"))
            && !order.contains(&one)
        {
            order.push(one);
        }
    }
    if order.is_empty() {
        return (rule, usual);
    }
    // Nothing that a standard grants is dropped because the order does not name it.
    order.extend(usual.into_iter().filter(|one| !price.order.is_empty() && !known_in(&price.order, *one)));
    (rule, order)
}

fn known_in(order: &[String], one: Adjustment) -> bool {
    let name = match one {
        Adjustment::Preferences => "preferences",
        Adjustment::Cost => "cost",
        Adjustment::Indicators => "indicators",
    };
    order.iter().any(|known| known == name)
}

fn preferences(document: &StandardDocument, reader: &mut Reader) -> Vec<Preference> {
    let mut preferences = Vec::new();
    for (index, preference) in document.preferences.iter().enumerate() {
        let path = format!("preferences[{index}]");
        let rate = reader.optional(preference.rate.as_ref(), &format!("{path}.rate"));
        let amount = reader.optional(preference.amount.as_ref(), &format!("{path}.amount"));
        let bounds = preference.bounds.as_ref().and_then(|[low, high]| {
            let low = reader.decimal(low, &format!("{path}.bounds[0]"))?;
            Some((low, reader.decimal(high, &format!("{path}.bounds[1]"))?))
        });
        let mut levels = BTreeMap::new();
        for (level, rate) in &preference.levels {
            if let Some(rate) = reader.decimal(rate, &format!("{path}.levels.{level}")) {
                levels.insert(level.clone(), rate);
            }
        }
        for rate in rate.iter().chain(levels.values()) {
            if let Some((low, high)) = &bounds
                && (rate < low || rate > high)
            {
                let finding = Diagnostic::new(&catalogue::D109).with("clause", &preference.id);
                let finding = finding.with("rate", crate::math::decimal_text(rate));
                let finding = finding.with("low", crate::math::decimal_text(low));
                reader.found.push(
                    finding.with("high", crate::math::decimal_text(high)).at(Place::field(format!("{path}.rate"))),
                );
            }
        }
        let share = |rate: &Rational| *rate >= Rational::zero() && *rate < Rational::one();
        let grant = match (preference.kind.as_str(), rate, amount) {
            ("deduction", Some(rate), None) if share(&rate) => Some(Grant::Off(rate)),
            ("addition", Some(rate), None) if rate >= Rational::zero() => Some(Grant::On(rate)),
            ("deduction", None, Some(amount)) => Some(Grant::Money(amount)),
            ("addition", None, Some(amount)) => Some(Grant::Money(-amount)),
            ("points", Some(rate), None) => Some(Grant::Points(rate)),
            ("ladder", None, None) if !levels.is_empty() && levels.values().all(share) => {
                let input = preference.input.clone();
                if input.is_none() {
                    reader.range(&path, &preference.id, ("`input`: what names the level", "input：给出等级的字段"));
                }
                input.map(|input| Grant::Ladder { input, levels })
            }
            (kind, ..) => {
                let range = (
                    "deduction, addition (a rate from 0 to below 1, or an amount), points (a rate) or ladder (levels)",
                    "deduction、addition（0 至 1 之间的 rate，或 amount）、points（rate）或 ladder（levels）",
                );
                reader.range(&path, kind, range);
                None
            }
        };
        if let Some(group) = &preference.cap_group
            && !document.preference_caps.contains_key(group)
        {
            let known: Vec<&str> = document.preference_caps.keys().map(String::as_str).collect();
            reader.unknown(group, &format!("{path}.cap_group"), &known.join(", "));
        }
        let when = reader.condition(preference.when.as_ref(), &format!("{path}.when"));
        if let Some(grant) = grant {
            let cap_group = preference.cap_group.clone();
            preferences.push(Preference { id: preference.id.clone(), grant, when, cap_group });
        }
    }
    preferences
}

fn evidence(document: &StandardDocument, reader: &mut Reader) -> (Levels, BTreeMap<Level, Assess>, Vec<Requirement>) {
    let (mut levels, mut assess, mut requirements) = (Levels::new(), BTreeMap::new(), Vec::new());
    let Some(rules) = &document.evidence else { return (levels, assess, requirements) };
    let named = Level::ALL.map(|level| (["E0", "E1", "E2", "E3"][level as usize], level));
    for (kind, level) in &rules.levels {
        if let Some(level) = reader.one_of(level, &named, &format!("evidence.levels.{kind}")) {
            levels.insert(kind.clone(), level);
        }
    }
    for (name, rule) in &rules.factor {
        let path = format!("evidence.factor.{name}");
        let Some(level) = reader.one_of(name, &named, &path) else { continue };
        let rule = match rule {
            FactorRule::Times(factor) => reader.decimal(factor, &path).map(Assess::Times),
            FactorRule::Default { parameter, factor } => {
                known_parameter(document, parameter, &format!("{path}.use"), reader);
                reader.decimal(factor, &format!("{path}.factor")).map(|by| Assess::Default(parameter.clone(), by))
            }
        };
        match rule {
            Some(Assess::Times(by) | Assess::Default(_, by)) if by <= Rational::zero() => {
                reader.range(&path, crate::math::decimal_text(&by), ("above zero", "大于零"));
            }
            Some(rule) => {
                assess.insert(level, rule);
            }
            None => {}
        }
    }
    // Less evidence with a smaller factor would make proof a cost.
    let factors: Vec<(&Level, &Rational)> = assess
        .iter()
        .filter_map(|(level, rule)| match rule {
            Assess::Times(by) => Some((level, by)),
            Assess::Default(..) => None,
        })
        .collect();
    for pair in factors.windows(2) {
        if pair[0].1 < pair[1].1 {
            let finding = Diagnostic::new(&catalogue::D111).with("level", format!("{:?}", pair[1].0));
            let finding = finding.with("lower", format!("{:?}", pair[0].0));
            reader.found.push(finding.at(Place::field("evidence.factor")));
        }
    }
    let stages = [Stage::Bid, Stage::Award, Stage::Acceptance, Stage::Operation].map(|stage| (stage.words().0, stage));
    for (index, requirement) in rules.requirements.iter().enumerate() {
        let path = format!("evidence.requirements[{index}]");
        let stage = reader.one_of(&requirement.stage, &stages, &format!("{path}.stage"));
        for (position, kind) in requirement.any_of.iter().enumerate() {
            if !levels.contains_key(kind) && Level::usual(kind).is_none() {
                reader.unknown(kind, &format!("{path}.any_of[{position}]"), "evidence.levels");
            }
        }
        if let Some(stage) = stage {
            let id = requirement.clause.clone().unwrap_or_else(|| format!("evidence-{}", index + 1));
            requirements.push(Requirement {
                id,
                input: requirement.input.clone(),
                stage,
                any_of: requirement.any_of.clone(),
            });
        }
    }
    (levels, assess, requirements)
}

fn rounding(document: &StandardDocument, reader: &mut Reader) -> Rounding {
    let Some(rounding) = &document.rounding else { return Rounding::default() };
    let modes = [
        ("half-up", RoundingMode::HalfUp),
        ("half-even", RoundingMode::HalfEven),
        ("down", RoundingMode::Down),
        ("up", RoundingMode::Up),
    ];
    let mode = reader.one_of(&rounding.mode, &modes, "rounding.mode").unwrap_or_default();
    let places = [Some(rounding.dp), rounding.assessed_dp];
    if places.into_iter().flatten().any(|places| places > MOST_PLACES) {
        reader.range("rounding.dp", rounding.dp, ("at most 12", "至多 12"));
    }
    let known = ["assessed", "indicator", "price", "total", "evaluated_price"].map(|name| (name, ()));
    for (index, at) in rounding.at.iter().enumerate() {
        reader.one_of(at, &known, &format!("rounding.at[{index}]"));
    }
    let at = |name: &str| rounding.at.iter().any(|at| at == name);
    Rounding {
        mode,
        places: rounding.dp.min(MOST_PLACES),
        assessed: at("assessed").then(|| rounding.assessed_dp.unwrap_or(rounding.dp).min(MOST_PLACES)),
        indicator: at("indicator"),
        price: at("price"),
        total: at("total"),
        evaluated_price: at("evaluated_price"),
    }
}

fn tie_break(document: &StandardDocument, reader: &mut Reader) -> Vec<TieKey> {
    let mut keys = Vec::new();
    for (index, text) in document.tie_break.iter().enumerate() {
        let path = format!("tie_break[{index}]");
        let mut words = text.split_whitespace();
        let (Some(name), Some(direction @ ("asc" | "desc")), None) = (words.next(), words.next(), words.next()) else {
            reader.range(&path, text, ("a name with asc or desc: evaluated_price asc", "名称加 asc 或 desc"));
            continue;
        };
        let known = matches!(name, "evaluated_price" | "price" | "total" | FOOTPRINT)
            || document.indicators.iter().any(|indicator| indicator.id == name)
            || document.inputs.contains_key(name);
        if !known {
            reader.unknown(name, &path, "evaluated_price, price, total, pcf");
            continue;
        }
        keys.push(TieKey { name: name.to_string(), ascending: direction == "asc" });
    }
    keys
}

fn guards(document: &StandardDocument, reader: &mut Reader) -> Guards {
    let Some(guards) = &document.guards else { return Guards::default() };
    let max = guards.max_implied_carbon_price.as_ref();
    reader.optional(guards.max_step.as_ref(), "guards.max_step");
    Guards {
        min_independent_makers: guards.min_independent_makers,
        max_implied_carbon_price: reader.optional(max, "guards.max_implied_carbon_price"),
    }
}

/// The names that a penalty formula may use.
pub const PENALTY_NAMES: [&str; 4] = ["advantage", "points_lost", "shortfall", "price"];

fn acceptance(document: &StandardDocument, reader: &mut Reader) -> Option<Acceptance> {
    let acceptance = document.acceptance.as_ref()?;
    let tolerance = if acceptance.tolerance.0.is_empty() {
        Rational::zero()
    } else {
        reader.decimal(&acceptance.tolerance, "acceptance.tolerance")?
    };
    let penalty = acceptance.penalty.as_deref().and_then(|text| {
        let formula = Linear::read(text, &PENALTY_NAMES);
        if formula.is_none() {
            let range = (
                "linear in advantage, points_lost, shortfall, price: 1.5 * advantage",
                "advantage、points_lost、shortfall、price 的线性式：1.5 * advantage",
            );
            reader.range("acceptance.penalty", text, range);
        }
        formula
    });
    let cap = reader.optional(acceptance.cap.as_ref(), "acceptance.cap");
    Some(Acceptance { id: acceptance.id.clone(), tolerance, penalty, cap })
}

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
