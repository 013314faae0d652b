//! What a careful reader would object to in a standard that can be evaluated.

use super::curve::{Curve, Effect};
use super::dated::{Dated, days};
use super::document::StandardDocument;
use super::rules::{Assess, FOOTPRINT, Limit, Operator, PriceRule, Standard};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::{Rational, RoundingMode, decimal_text, fixed, round_to, whole_number};
use crate::product::Date;
use num_traits::{Signed, Zero};
use std::collections::BTreeSet;

/// Words that sound like a requirement and ask for nothing.
const VAGUE: [&str; 18] = [
    "先进",
    "较高",
    "优良",
    "良好",
    "适当",
    "合理",
    "环保",
    "绿色",
    "节能",
    "领先",
    "good",
    "adequate",
    "high",
    "reasonable",
    "advanced",
    "green",
    "eco-friendly",
    "state-of-the-art",
];

/// What names a supplier rather than a performance.
const SUPPLIER: [&str; 12] =
    ["brand", "maker", "manufacturer", "model", "region", "origin", "patent", "品牌", "厂商", "产地", "型号", "注册地"];

impl Standard {
    /// Objections, in the order of the document.
    pub fn lint(&self) -> Diagnostics {
        let mut found = Diagnostics::default();
        self.inputs(&mut found);
        self.clauses(&mut found);
        self.steps(&mut found);
        self.derived(&mut found);
        self.defaults(&mut found);
        self.whole(&mut found);
        found
    }

    /// Every quantity has a unit and a way to measure it.
    fn inputs(&self, found: &mut Diagnostics) {
        let document = &self.document;
        let mut used: BTreeSet<&str> = self.gates.iter().map(|gate| gate.input.as_str()).collect();
        used.extend(self.indicators.iter().map(|indicator| indicator.input.as_str()));
        used.extend(self.terms.iter().map(|term| term.input.as_str()));
        for name in used {
            let (method, unit) = if name == FOOTPRINT {
                let rules = document.pcf.as_ref();
                (rules.and_then(|rules| rules.method.as_ref()), rules.and_then(|rules| rules.unit.as_ref()))
            } else {
                let input = document.inputs.get(name);
                (input.and_then(|input| input.method.as_ref()), input.and_then(|input| input.unit.as_ref()))
            };
            let place = if name == FOOTPRINT { "pcf".to_string() } else { format!("inputs.{name}") };
            let words = self.gates.iter().any(|gate| gate.input == name && matches!(gate.limit, Limit::Words(_)));
            if method.is_none() {
                let finding = Diagnostic::new(&catalogue::D201).with("input", name);
                found.push(finding.at(Place::field(place.clone())));
            }
            if unit.is_none() && !words {
                found.push(Diagnostic::new(&catalogue::D202).with("what", name).at(Place::field(place)));
            }
        }
        for (name, parameter) in &document.parameters {
            if parameter.unit.is_none() {
                let finding = Diagnostic::new(&catalogue::D202).with("what", name);
                found.push(finding.at(Place::field(format!("parameters.{name}"))));
            }
        }
    }

    fn clauses(&self, found: &mut Diagnostics) {
        for (index, gate) in self.document.gates.iter().enumerate() {
            let place = || Place::field(format!("gates[{index}]"));
            let accepted = gate.any_of.iter().chain(gate.value.iter().map(|text| &text.0));
            let accepted: Vec<&String> = accepted.collect();
            let vague = accepted.iter().find(|word| VAGUE.contains(&word.trim().to_lowercase().as_str()));
            if let Some(word) = vague {
                let finding = Diagnostic::new(&catalogue::D212).with("clause", &gate.id).with("what", word);
                found.push(finding.at(place()));
            }
            let names_supplier = SUPPLIER.contains(&gate.input.to_lowercase().as_str());
            if names_supplier && accepted.len() < 3 {
                let list: Vec<&str> = accepted.iter().map(|word| word.as_str()).collect();
                let what = format!("{} = {}", gate.input, list.join(" / "));
                let finding = Diagnostic::new(&catalogue::D203).with("clause", &gate.id).with("what", what);
                found.push(finding.at(place()));
            }
        }
        for (index, preference) in self.document.preferences.iter().enumerate() {
            let when = preference.when.as_deref().unwrap_or("");
            if ["maker =", "maker in", "model =", "model in", "brand"].iter().any(|word| when.contains(word)) {
                let finding = Diagnostic::new(&catalogue::D203).with("clause", &preference.id).with("what", when);
                found.push(finding.at(Place::field(format!("preferences[{index}].when"))));
            }
        }
        let chinese = self.document.profile.as_deref().is_some_and(|profile| profile.starts_with("cn"));
        for (index, indicator) in self.indicators.iter().enumerate() {
            let line = matches!(indicator.curve, Curve::Corners(_) | Curve::Line { .. });
            if chinese && line && indicator.effect == Effect::Points {
                let finding = Diagnostic::new(&catalogue::D204).with("clause", &indicator.id);
                found.push(finding.at(Place::field(format!("indicators[{index}].curve"))));
            }
        }
    }

    /// Lead time and size of every change of a limit.
    fn steps(&self, found: &mut Diagnostics) {
        let guards = self.document.guards.as_ref();
        let max = guards.and_then(|guards| guards.max_step.as_ref()).and_then(|text| text.value().ok());
        // Where nothing is said a change must at least be known the day before.
        let wanted = guards.and_then(|guards| guards.lead_time_days).unwrap_or(1);
        for (name, dated) in &self.parameters {
            let place = || Place::field(format!("parameters.{name}"));
            let announced = self.document.parameters.get(name).and_then(|parameter| parameter.announced.as_ref());
            // What a document holds was known on its own first day at the latest.
            let known = announced.and_then(|text| text.trim().parse::<Date>().ok()).unwrap_or(self.period.0);
            for pair in dated.values.windows(2) {
                let ((_, before), (from, now)) = (&pair[0], &pair[1]);
                if before == now {
                    continue;
                }
                let days = days(known, *from);
                if i64::from(days) < i64::from(wanted) {
                    let finding = Diagnostic::new(&catalogue::D206).with("parameter", name).with("date", from);
                    found.push(finding.with("days", days).with("wanted", wanted).at(place()));
                }
                if let (Some(max), false) = (&max, before.is_zero()) {
                    let step = ((now - before) / before).abs();
                    if step > *max {
                        let percent = |share: &Rational| format!("{} %", fixed(&(share * whole_number(100)), 2));
                        let finding = Diagnostic::new(&catalogue::D210).with("parameter", name).with("date", from);
                        found.push(finding.with("step", percent(&step)).with("max", percent(max)).at(place()));
                    }
                }
            }
        }
        for (index, entry) in self.document.trajectory.iter().enumerate() {
            let day = |text: &str| text.trim().parse::<Date>().ok();
            let known = entry.announced.as_deref().and_then(day).unwrap_or(self.period.0);
            if let Some(from) = day(&entry.from)
                && i64::from(days(known, from)) < i64::from(wanted)
            {
                let finding = Diagnostic::new(&catalogue::D206).with("parameter", &entry.parameter);
                let finding = finding.with("date", from).with("days", days(known, from)).with("wanted", wanted);
                found.push(finding.at(Place::field(format!("trajectory[{index}]"))));
            }
        }
    }

    /// A derived limit is what its derivation gives.
    fn derived(&self, found: &mut Diagnostics) {
        for (index, derivation) in self.document.derivation.iter().enumerate() {
            let number = |text: Option<&crate::math::DecimalText>| text.and_then(|text| text.value().ok());
            let (Some(base), Some(multiplier)) =
                (number(derivation.base.as_ref()), number(derivation.multiplier.as_ref()))
            else {
                continue;
            };
            let Some(dated) = self.parameters.get(&derivation.parameter) else { continue };
            let date = derivation.date.as_deref().and_then(|text| text.trim().parse::<Date>().ok());
            let Some(limit) = date.or(dated.first()).and_then(|date| dated.at(date)) else { continue };
            let product = &base * &multiplier;
            let computed = derivation
                .dp
                .map_or_else(|| product.clone(), |places| round_to(&product, places.min(12), RoundingMode::HalfUp));
            if computed != limit {
                let finding = Diagnostic::new(&catalogue::D205).with("parameter", &derivation.parameter);
                let finding = finding.with("base", decimal_text(&base)).with("multiplier", decimal_text(&multiplier));
                let finding = finding.with("computed", decimal_text(&computed)).with("limit", decimal_text(&limit));
                found.push(finding.at(Place::field(format!("derivation[{index}]"))));
            }
        }
    }

    /// A default for missing evidence that passes a gate makes silence a way in.
    fn defaults(&self, found: &mut Diagnostics) {
        for gate in self.gates.iter().filter(|gate| gate.input == FOOTPRINT) {
            if !matches!(gate.operator, Operator::AtMost | Operator::Below) {
                continue;
            }
            for assess in self.assess.values() {
                let Assess::Default(name, by) = assess else { continue };
                let Some(default) = self.parameters.get(name) else { continue };
                let limit_at = |day: Date| match &gate.limit {
                    Limit::Parameter(name) => self.parameters.get(name).and_then(|dated| dated.at(day)),
                    Limit::Value(value) => Some(value.clone()),
                    Limit::Words(_) => None,
                };
                let limits = match &gate.limit {
                    Limit::Parameter(name) => self.parameters.get(name).map(dates_of).unwrap_or_default(),
                    _ => Vec::new(),
                };
                let mut days = [dates_of(default), limits].concat();
                days.sort();
                let hit = days.into_iter().find_map(|day| {
                    let (value, limit) = (default.at(day)? * by, limit_at(day)?);
                    gate.operator.holds(&value, &limit).then_some((value, limit))
                });
                if let Some((value, limit)) = hit {
                    let finding = Diagnostic::new(&catalogue::D208).with("value", decimal_text(&value));
                    let finding = finding.with("gate", &gate.id).with("limit", decimal_text(&limit));
                    found.push(finding.at(Place::field("evidence.factor")));
                }
            }
        }
    }

    fn whole(&self, found: &mut Diagnostics) {
        let document = &self.document;
        if matches!(self.price, PriceRule::LowestRatio { .. }) {
            found.push(Diagnostic::new(&catalogue::D207).at(Place::field("price")));
        }
        if self.needs_footprint() && !self.pins_packs() {
            found.push(Diagnostic::new(&catalogue::D209).at(Place::field("pcf")));
        }
        let mut lacks = |field: &str, words: (&str, &str)| {
            let finding = Diagnostic::new(&catalogue::D211).with("field", field).with_words("what", words);
            found.push(finding.at(Place::field(field)));
        };
        if contest(document) && document.rounding.is_none() {
            lacks("rounding", ("declared rounding", "规定的修约"));
        }
        if contest(document) && document.tie_break.is_empty() {
            lacks("tie_break", ("tie-break", "平分规则"));
        }
    }
}

/// Whether bids are ranked at all.
fn contest(document: &StandardDocument) -> bool {
    document.price.is_some()
}

fn dates_of(dated: &Dated) -> Vec<Date> {
    dated.values.iter().map(|(day, _)| *day).collect()
}
