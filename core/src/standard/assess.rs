//! One bid, steps 2 to 6 of the order of evaluation: comparable? proven? assessed, gated, scored.

use super::bids::{Basis, Bid, BidFootprint, EvidenceItem};
use super::compare::{Comparable, Computed, compare};
use super::curve::{Curve, Effect};
use super::evidence::{Level, Stage, examine};
use super::outcome::{EvidenceOutcome, FootprintOutcome, GateOutcome, IndicatorOutcome, Sentence};
use super::rules::{Assess, FOOTPRINT, Gate, Limit, Standard};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::{DecimalText, Rational, decimal_text, fixed, round_to, whole_number};
use crate::product::Date;
use crate::quantity::UnitTable;
use num_traits::{Signed, Zero};
use std::collections::BTreeMap;

/// What holds for all bids of a tender.
pub(super) struct Tender<'a> {
    pub standard: &'a Standard,
    pub units: &'a UnitTable,
    pub basis: Option<&'a Basis>,
    pub stage: Stage,
    /// The date of the standard's rule.
    pub date: Date,
    /// The date on which evidence must be valid.
    pub evidence_date: Date,
    /// Parameters on the date.
    pub parameters: BTreeMap<String, Rational>,
}

/// What is bid, or what was delivered.
#[derive(Clone, Copy)]
pub(super) struct Offer<'a> {
    pub bid: &'a Bid,
    pub path: &'a str,
    pub model: Option<&'a str>,
    pub footprint: Option<&'a BidFootprint>,
    pub values: &'a BTreeMap<String, DecimalText>,
    pub evidence: &'a [EvidenceItem],
    pub computed: Option<&'a Computed>,
}

/// A bid after step 6.
#[derive(Default)]
pub(super) struct Assessed {
    pub broken: bool,
    pub incomparable: Vec<Sentence>,
    pub footprint: Option<FootprintOutcome>,
    /// Values that are there and proven, assessed.
    pub values: BTreeMap<String, Rational>,
    /// Words that are there and proven.
    pub words: BTreeMap<String, String>,
    /// The declared footprint, before any factor.
    pub declared: Option<Rational>,
    pub evidence: Vec<EvidenceOutcome>,
    pub gates: Vec<GateOutcome>,
    pub excluded: bool,
    pub indicators: Vec<IndicatorOutcome>,
    /// Points by indicator, in the order of the standard; `None` for an indicator in money.
    pub points: Vec<Option<Rational>>,
    pub explanation: Vec<Sentence>,
}

impl Tender<'_> {
    /// What a name in a condition means for a bid.
    pub fn known(&self, offer: &Offer, name: &str) -> Option<String> {
        match name {
            "maker" => offer.bid.maker.clone(),
            "model" => offer.model.map(str::to_string),
            "code" => offer.bid.code.clone(),
            "list.preferred" => Some(self.preferred(offer).to_string()),
            _ => match name.strip_prefix("bidder.") {
                Some(name) => offer.bid.bidder.get(name).map(|text| text.0.clone()),
                None => offer.values.get(name).map(|text| text.0.clone()),
            },
        }
    }

    /// Whether the bid is in a preferred category and has its certificate.
    fn preferred(&self, offer: &Offer) -> bool {
        let lists = self.standard.document.lists.as_ref();
        lists.is_some_and(|lists| {
            lists.preferred.iter().any(|entry| {
                self.on_list(offer, &entry.code, entry.from.as_deref(), entry.to.as_deref())
                    && self.certified(offer, &entry.certificate)
            })
        })
    }

    fn on_list(&self, offer: &Offer, code: &str, from: Option<&str>, to: Option<&str>) -> bool {
        let day = |text: Option<&str>| text.and_then(|text| text.trim().parse::<Date>().ok());
        offer.bid.code.as_deref().is_some_and(|own| own.trim() == code.trim())
            && day(from).is_none_or(|from| from <= self.date)
            && day(to).is_none_or(|to| self.date < to)
    }

    fn certified(&self, offer: &Offer, kind: &str) -> bool {
        offer
            .evidence
            .iter()
            .filter(|item| item.kind == kind)
            .any(|item| examine(item, offer.bid, offer.model, self.evidence_date, &self.standard.levels).is_ok())
    }

    /// Steps 2 to 6.
    pub fn assess(&self, offer: &Offer, found: &mut Diagnostics) -> Assessed {
        let mut out = Assessed::default();
        let levels = self.judge_evidence(offer, &mut out, found);
        self.read_values(offer, &levels, &mut out, found);
        if self.standard.needs_footprint() {
            self.assess_footprint(offer, &levels, &mut out, found);
        }
        if out.broken || !out.incomparable.is_empty() {
            return out;
        }
        for gate in &self.standard.gates {
            self.gate(gate, offer, &mut out, found);
        }
        self.lists_and_credit(offer, &mut out, found);
        for indicator in &self.standard.indicators {
            self.indicator(indicator, &mut out);
        }
        out
    }

    /// Step 3: the items, and the best level for each input (`None` is for what every input shares).
    fn judge_evidence(
        &self,
        offer: &Offer,
        out: &mut Assessed,
        found: &mut Diagnostics,
    ) -> Vec<(Option<String>, String, Level)> {
        let mut valid = Vec::new();
        for item in offer.evidence {
            let judged = examine(item, offer.bid, offer.model, self.evidence_date, &self.standard.levels);
            if let Err(flaw) = judged {
                let finding = Diagnostic::new(&catalogue::A103).with("bid", &offer.bid.id).with("kind", &item.kind);
                let finding = finding.with("number", item.number.as_deref().unwrap_or("–"));
                let finding = finding.with("date", self.evidence_date).with_words("flaw", flaw.words());
                found.push(finding.at(Place::field(format!("{}.evidence", offer.path))));
            }
            out.evidence.push(EvidenceOutcome {
                kind: item.kind.clone(),
                number: item.number.clone(),
                input: item.input.clone(),
                level: judged.ok(),
                flaw: judged.err(),
            });
            if let Ok(level) = judged {
                valid.push((item.input.clone(), item.kind.clone(), level));
            }
        }
        valid
    }

    /// The level of an input, and whether what the stage asks for is there.
    fn level_of(
        &self,
        input: &str,
        valid: &[(Option<String>, String, Level)],
        offer: &Offer,
        found: &mut Diagnostics,
    ) -> (Level, bool) {
        let items: Vec<(&str, Level)> = valid
            .iter()
            .filter(|(own, ..)| own.as_deref().is_none_or(|own| own == input))
            .map(|(_, kind, level)| (kind.as_str(), *level))
            .collect();
        let mut best = items.iter().map(|(_, level)| *level).max().unwrap_or_default();
        let mut met = true;
        for requirement in &self.standard.requirements {
            let concerns = requirement.input.as_deref().is_none_or(|own| own == input);
            if requirement.stage != self.stage || !concerns {
                continue;
            }
            // A higher level than the lowest that is asked for is never less.
            let levels = &self.standard.levels;
            let level_of = |kind: &String| levels.get(kind).copied().or_else(|| Level::usual(kind));
            let lowest = requirement.any_of.iter().filter_map(level_of).min();
            let accepted = |(kind, level): &&(&str, Level)| {
                requirement.any_of.iter().any(|wanted| wanted == kind) || lowest.is_some_and(|lowest| *level > lowest)
            };
            match items.iter().filter(accepted).map(|(_, level)| *level).max() {
                Some(level) => best = best.min(level),
                None => {
                    met = false;
                    let (en, zh) = self.stage.words();
                    let finding = Diagnostic::new(&catalogue::A114).with("bid", &offer.bid.id).with("input", input);
                    let finding = finding.with("wanted", requirement.any_of.join(" / "));
                    let finding = finding.with("clause", &requirement.id).with_words("stage", (en, zh));
                    found.push(finding.at(Place::field(format!("{}.evidence", offer.path))));
                }
            }
        }
        (if met { best } else { Level::E0 }, met)
    }

    /// Step 2 for everything but the footprint: a number that cannot be read breaks the bid, an unproven one is missing.
    fn read_values(
        &self,
        offer: &Offer,
        valid: &[(Option<String>, String, Level)],
        out: &mut Assessed,
        found: &mut Diagnostics,
    ) {
        let standard = self.standard;
        let mut names: Vec<&str> = standard.gates.iter().map(|gate| gate.input.as_str()).collect();
        names.extend(standard.indicators.iter().map(|indicator| indicator.input.as_str()));
        names.extend(standard.terms.iter().map(|term| term.input.as_str()));
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().filter(|name| *name != FOOTPRINT) {
            let words = standard.gates.iter().any(|gate| gate.input == name && matches!(gate.limit, Limit::Words(_)));
            let Some(text) = offer.values.get(name) else { continue };
            let (_, met) = self.level_of(name, valid, offer, found);
            if met && words {
                out.words.insert(name.to_string(), text.0.trim().to_string());
            }
            match text.value() {
                Ok(_) if !met => {}
                Ok(value) => {
                    out.values.insert(name.to_string(), value);
                }
                Err(_) if words => {}
                Err(cause) => {
                    out.broken = true;
                    found.push(invalid(offer, &format!("values.{name}"), &text.0, cause.words()));
                }
            }
        }
    }

    /// Steps 2 and 4: the assessed footprint is the least of what the rules of its own and of lower levels give, so
    /// more evidence never loses (design §8).
    fn assess_footprint(
        &self,
        offer: &Offer,
        valid: &[(Option<String>, String, Level)],
        out: &mut Assessed,
        found: &mut Diagnostics,
    ) {
        let standard = self.standard;
        let (level, met) = self.level_of(FOOTPRINT, valid, offer, found);
        let stated = offer
            .footprint
            .filter(|footprint| footprint.value.is_some() || footprint.record.is_some() || footprint.product.is_some());
        let compared = match stated {
            None => Comparable { declared: None, computed: None },
            Some(footprint) => match compare(standard, footprint, offer.computed, self.basis, self.units) {
                Ok(compared) => compared,
                Err(reasons) => {
                    let list = |pick: fn(&Sentence) -> &String| {
                        reasons.iter().map(|reason| pick(reason).clone()).collect::<Vec<_>>().join("; ")
                    };
                    let words = (list(|reason| &reason.en), list(|reason| &reason.zh));
                    let finding = Diagnostic::new(&catalogue::A106).with("bid", &offer.bid.id);
                    let place = Place::field(format!("{}.footprint", offer.path));
                    found.push(finding.with_words("reasons", words).at(place));
                    out.incomparable = reasons;
                    return;
                }
            },
        };
        if let (Some(declared), Some(computed)) = (&compared.declared, &compared.computed)
            && declared != computed
        {
            let finding = Diagnostic::new(&catalogue::A115).with("bid", &offer.bid.id);
            let finding = finding.with("declared", decimal_text(declared)).with("computed", decimal_text(computed));
            found.push(finding.at(Place::field(format!("{}.footprint", offer.path))));
        }
        let scores = compared.computed.clone().or_else(|| compared.declared.clone());
        if scores.as_ref().is_some_and(|value| value.is_negative()) && standard.document.price.is_some() {
            // A negative footprint is a credit somewhere: it is listed as it is, nothing is cut off.
            out.explanation.push(Sentence {
                clause: FOOTPRINT.into(),
                en: "the footprint is negative".into(),
                zh: "碳足迹为负值".into(),
            });
        }
        let mut rule = String::from("× 1");
        let mut assessed: Option<Rational> = None;
        if standard.assess.is_empty() {
            assessed = scores.clone().filter(|_| met);
        }
        for (own, assess) in standard.assess.iter().filter(|(own, _)| **own <= level) {
            let (value, text) = match assess {
                Assess::Times(by) => {
                    (scores.as_ref().map(|value| value * by), format!("{own:?} × {}", decimal_text(by)))
                }
                Assess::Default(name, by) => (
                    self.parameters.get(name).map(|value| value * by),
                    format!("{own:?}: {name} × {}", decimal_text(by)),
                ),
            };
            if let Some(value) = value
                && assessed.as_ref().is_none_or(|least| value <= *least)
            {
                assessed = Some(value);
                rule = text;
            }
        }
        if let (Some(value), Some(places)) = (&assessed, standard.rounding.assessed) {
            assessed = Some(round_to(value, places, standard.rounding.mode));
        }
        out.footprint = Some(FootprintOutcome {
            declared: compared.declared.as_ref().map(decimal_text),
            computed: compared.computed.as_ref().map(decimal_text),
            unit: standard.footprint_rules().unit.unwrap_or_default(),
            level,
            rule,
            assessed: assessed.as_ref().map(decimal_text),
        });
        out.declared = scores;
        if let Some(value) = assessed {
            out.values.insert(FOOTPRINT.into(), value);
        }
    }

    /// Step 5.
    fn gate(&self, gate: &Gate, offer: &Offer, out: &mut Assessed, found: &mut Diagnostics) {
        if gate.when.as_ref().is_some_and(|when| !when.holds(&|name| self.known(offer, name))) {
            return;
        }
        let value = out.values.get(&gate.input);
        let limit = match &gate.limit {
            Limit::Parameter(name) => self.parameters.get(name).cloned(),
            Limit::Value(value) => Some(value.clone()),
            Limit::Words(_) => None,
        };
        let sign = gate.operator.sign();
        let outcome = match (&gate.limit, limit) {
            (Limit::Words(accepted), _) => {
                let own = out.words.get(&gate.input).cloned();
                let pass = own.as_ref().is_some_and(|own| accepted.iter().any(|word| word.trim() == own));
                GateOutcome {
                    id: gate.id.clone(),
                    input: gate.input.clone(),
                    value: own,
                    op: sign,
                    limit: accepted.join(" / "),
                    pass,
                    margin: None,
                    margin_percent: None,
                }
            }
            (_, limit) => {
                let limit = limit.unwrap_or_default();
                let margin = value.map(|value| match gate.operator {
                    super::rules::Operator::AtLeast | super::rules::Operator::Above => value - &limit,
                    _ => &limit - value,
                });
                let percent = margin.as_ref().filter(|_| !limit.is_zero());
                GateOutcome {
                    id: gate.id.clone(),
                    input: gate.input.clone(),
                    value: value.map(decimal_text),
                    op: sign,
                    limit: decimal_text(&limit),
                    pass: value.is_some_and(|value| gate.operator.holds(value, &limit)),
                    margin_percent: percent.map(|margin| fixed(&(margin * whole_number(100) / limit.abs()), 2)),
                    margin: margin.as_ref().map(decimal_text),
                }
            }
        };
        let value = outcome.value.clone();
        if outcome.pass {
            let value = value.unwrap_or_default();
            out.explanation.push(Sentence {
                clause: gate.id.clone(),
                en: format!("{value} {sign} {} holds", outcome.limit),
                zh: format!("{value} {sign} {} 成立", outcome.limit),
            });
        } else {
            out.excluded = true;
            let missing = ("missing or not proven", "缺失或未证明");
            let words = (value.clone().unwrap_or(missing.0.into()), value.unwrap_or(missing.1.into()));
            out.explanation.push(Sentence {
                clause: gate.id.clone(),
                en: format!("excluded: {} {sign} {} does not hold", words.0, outcome.limit),
                zh: format!("排除：{} {sign} {} 不成立", words.1, outcome.limit),
            });
            let finding = Diagnostic::new(&catalogue::A107).with("bid", &offer.bid.id).with("clause", &gate.id);
            let finding = finding.with_words("value", words).with("operator", sign).with("limit", &outcome.limit);
            found.push(finding.at(Place::field(offer.path)));
        }
        out.gates.push(outcome);
    }

    /// Lists and credit records exclude as gates do.
    fn lists_and_credit(&self, offer: &Offer, out: &mut Assessed, found: &mut Diagnostics) {
        let mut exclude = |clause: &str, en: String, zh: String| {
            out.excluded = true;
            out.explanation.push(Sentence { clause: clause.into(), en, zh });
        };
        if let Some(lists) = &self.standard.document.lists {
            for entry in &lists.mandatory {
                if self.on_list(offer, &entry.code, entry.from.as_deref(), entry.to.as_deref())
                    && !self.certified(offer, &entry.certificate)
                {
                    let kind = &entry.certificate;
                    exclude(&entry.id, format!("excluded: no valid {kind}"), format!("排除：没有有效的 {kind}"));
                    let finding =
                        Diagnostic::new(&catalogue::A107).with("bid", &offer.bid.id).with("clause", &entry.id);
                    let finding = finding.with("value", "–").with("operator", "=").with("limit", kind);
                    found.push(finding.at(Place::field(offer.path)));
                }
            }
            for entry in &lists.phased_out {
                let day = |text: &str| text.trim().parse::<Date>().ok();
                let listed = day(&entry.from).is_some_and(|from| from <= self.date)
                    && entry.to.as_deref().and_then(day).is_none_or(|to| self.date < to);
                let same = |model: &str| model.trim().eq_ignore_ascii_case(entry.model.trim());
                if listed && offer.model.is_some_and(same) {
                    let model = &entry.model;
                    exclude(&entry.id, format!("excluded: {model} is phased out"), format!("排除：{model} 已淘汰"));
                    let finding = Diagnostic::new(&catalogue::A116).with("bid", &offer.bid.id).with("model", model);
                    found.push(finding.with("clause", &entry.id).at(Place::field(offer.path)));
                }
            }
        }
        if let Some(credit) = &self.standard.document.credit {
            for (index, record) in offer.bid.credit_records.iter().enumerate() {
                let day = |text: Option<&str>| text.and_then(|text| text.trim().parse::<Date>().ok());
                // A date that cannot be read keeps the record open: leaving out never pays.
                let begun = day(Some(&record.from)).is_none_or(|from| from <= self.evidence_date);
                let ended = day(record.to.as_deref()).is_some_and(|to| to <= self.evidence_date)
                    || day(record.repaired.as_deref()).is_some_and(|repaired| repaired <= self.evidence_date);
                if begun && !ended && credit.exclude.contains(&record.kind) {
                    let kind = &record.kind;
                    exclude(&credit.id, format!("excluded: credit record {kind}"), format!("排除：信用记录 {kind}"));
                    let finding = Diagnostic::new(&catalogue::A105).with("bid", &offer.bid.id);
                    let finding = finding.with("date", self.evidence_date).with("kind", kind);
                    found.push(finding.at(Place::field(format!("{}.credit_records[{index}]", offer.path))));
                }
            }
        }
    }

    /// The curve of an indicator on the date: its rate may be a parameter.
    pub fn curve(&self, indicator: &super::rules::Indicator) -> Curve {
        match (&indicator.curve, indicator.rate.as_ref().and_then(|name| self.parameters.get(name))) {
            (Curve::Money { baseline, .. }, Some(rate)) => {
                Curve::Money { rate: rate.clone(), baseline: baseline.clone() }
            }
            (curve, _) => curve.clone(),
        }
    }

    /// Step 6: points, rounded once. A missing value gets the fewest.
    fn indicator(&self, indicator: &super::rules::Indicator, out: &mut Assessed) {
        let value = out.values.get(&indicator.input);
        if indicator.effect != Effect::Points {
            out.points.push(None);
            out.indicators.push(IndicatorOutcome {
                id: indicator.id.clone(),
                input: indicator.input.clone(),
                value: value.map(decimal_text),
                points: None,
                money: None,
            });
            return;
        }
        let rounding = &self.standard.rounding;
        let points = value.map_or_else(|| indicator.curve.least().min(Rational::zero()), |x| indicator.curve.at(x));
        let points = rounding.apply(points, rounding.indicator);
        let text = self.points_text(&points, rounding.indicator);
        let (en, zh) = match value {
            Some(value) => (
                format!("{} {} earns {text} points", indicator.input, decimal_text(value)),
                format!("{} {} 得 {text} 分", indicator.input, decimal_text(value)),
            ),
            None => (
                format!("{} is missing or not proven: {text} points", indicator.input),
                format!("{} 缺失或未证明：{text} 分", indicator.input),
            ),
        };
        out.explanation.push(Sentence { clause: indicator.id.clone(), en, zh });
        out.indicators.push(IndicatorOutcome {
            id: indicator.id.clone(),
            input: indicator.input.clone(),
            value: value.map(decimal_text),
            points: Some(text),
            money: None,
        });
        out.points.push(Some(points));
    }

    /// Points as they are printed: with the places of the rule where it rounds, else exact.
    pub fn points_text(&self, points: &Rational, rounded: bool) -> String {
        if rounded { fixed(points, self.standard.rounding.places) } else { decimal_text(points) }
    }
}

/// A field of a bid that cannot be used.
pub(super) fn invalid(offer: &Offer, field: &str, text: &str, cause: (&str, &str)) -> Diagnostic {
    let finding = Diagnostic::new(&catalogue::A101).with("bid", &offer.bid.id).with("field", field).with("text", text);
    finding.with_words("cause", cause).at(Place::field(format!("{}.{field}", offer.path)))
}
