//! Bids under a standard, in the order of evaluation that docs/scoring.md fixes.

mod insight;

use super::assess::{Assessed, Offer, Tender, invalid};
use super::bids::{Bid, BidsDocument};
use super::compare::Computed;
use super::compile::date_of;
use super::contest::{Carbon, Entrant, Place};
use super::curve::{Curve, Effect};
use super::evidence::Stage;
use super::outcome::*;
use super::rules::{FOOTPRINT, PriceRule, Standard};
use crate::diagnostic::{self, Diagnostic, Diagnostics, catalogue};
use crate::hash::{canonical, sha256_hex};
use crate::math::{DecimalText, Rational, decimal_text, fixed, whole_number};
use crate::product::Date;
use crate::quantity::UnitTable;
use num_traits::Zero;
use std::collections::{BTreeMap, BTreeSet};

/// What a caller chooses.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Stage.
    pub stage: Stage,
    /// A date in place of the one that the bids state; never today's by itself.
    pub as_of: Option<String>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { stage: Stage::Bid, as_of: None }
    }
}

/// Footprints that were computed from records and products, by position of the bid: as bid, as delivered.
#[derive(Clone, Debug, Default)]
pub struct Computations {
    /// As bid.
    pub bid: BTreeMap<usize, Computed>,
    /// As delivered.
    pub delivered: BTreeMap<usize, Computed>,
    /// Bids whose record or product cannot serve; they are not scored.
    pub broken: BTreeSet<usize>,
}

impl Standard {
    /// Evaluates bids.
    ///
    /// # Errors
    /// Findings that leave nothing to evaluate: no date, no value on it, the standard not in effect.
    pub fn evaluate(
        &self,
        bids: &BidsDocument,
        computed: &Computations,
        choice: &Choice,
    ) -> Result<(Assessment, Diagnostics), Diagnostics> {
        let mut found = Diagnostics::default();
        let units = UnitTable::standard();
        // On delivery the award stands as it was decided: the bids are judged by what was to be proven with them.
        let award = match choice.stage {
            Stage::Acceptance => Stage::Bid,
            stage => stage,
        };
        let Some(tender) = self.tender(bids, award, choice, &units, &mut found) else { return Err(found) };
        let broken = distinct(bids, &mut found);
        if !one_method(self, bids, computed, &mut found) {
            return Err(found);
        }
        if self.document.status != "in-force" {
            let document = &self.document;
            let finding = Diagnostic::new(&catalogue::A111).with("id", &document.id);
            found.push(finding.with("version", &document.version).with("status", &document.status));
        }
        shared_numbers(bids, &mut found);
        let paths: Vec<String> = (0..bids.bids.len()).map(|index| format!("bids[{index}]")).collect();
        let mut outcomes = Vec::with_capacity(bids.bids.len());
        let mut entrants = Vec::new();
        let mut assessed_bids = Vec::with_capacity(bids.bids.len());
        let mut makers = BTreeSet::new();
        for (index, bid) in bids.bids.iter().enumerate() {
            let offer = Offer::of(bid, &paths[index], computed.bid.get(&index));
            let mut assessed = if broken.contains(&index) || computed.broken.contains(&index) {
                Assessed { broken: true, ..Assessed::default() }
            } else {
                tender.assess(&offer, &mut found)
            };
            let mut outcome = BidOutcome::of(bid, &mut assessed);
            if outcome.outcome == Standing::Ranked {
                makers.insert(outcome.maker.clone());
                if !self.ranks() {
                    outcome.outcome = Standing::Conforming;
                    outcomes.push(outcome);
                    assessed_bids.push(assessed);
                    continue;
                }
                match tender.enter(index, &offer, &assessed, bids, &mut outcome) {
                    Ok(entrant) => entrants.push(entrant),
                    Err((field, cause)) => {
                        outcome.outcome = Standing::Invalid;
                        let text = bid.price.as_ref().filter(|_| field == "price").map_or("–", |text| &text.0);
                        found.push(invalid(&offer, &field, text, cause));
                    }
                }
            }
            outcomes.push(outcome);
            assessed_bids.push(assessed);
        }
        let places = tender.rank(&entrants, None, Carbon::Counts);
        tender.report(&entrants, &places, &mut outcomes);
        let insight = tender.insight(&entrants, &places, &assessed_bids, &mut outcomes, &mut found);
        let winner = winner(&entrants, &places);
        let guards = tender.guards(makers.len(), &outcomes, &mut found);
        let ranking = places.iter().map(|place| entrants[place.entrant].id.clone()).collect();
        let acceptance = if choice.stage == Stage::Acceptance {
            let Some(delivery) = self.tender(bids, choice.stage, choice, &units, &mut found) else { return Err(found) };
            delivery.acceptance(bids, computed, &assessed_bids, &entrants, &places, &mut found)
        } else {
            Vec::new()
        };
        let assessment = Assessment {
            schema: "zuji/assessment@1",
            standard: self.name(),
            bids_sha256: sha256_hex(&canonical(bids)),
            date_rule: self.document.effective.date_rule.clone(),
            date: tender.date.to_string(),
            date_given: choice.as_of.is_some(),
            stage: choice.stage,
            currency: bids.currency.clone().or_else(|| self.document.currency.clone()),
            bids: outcomes,
            ranking,
            winner,
            guards,
            insight,
            acceptance,
        };
        Ok((assessment, found))
    }

    /// The standard as a result names it.
    pub fn name(&self) -> StandardName {
        let document = &self.document;
        StandardName {
            id: document.id.clone(),
            version: document.version.clone(),
            status: document.status.clone(),
            sha256: self.sha256.clone(),
            effect: if document.status == "in-force" { "in force" } else { "draft, no legal effect" },
            overlays: document.overlays.iter().map(|overlay| overlay.id.clone()).collect(),
        }
    }

    /// Step 1: the date by the standard's rule, the version on it, the parameters on it.
    fn tender<'a>(
        &'a self,
        bids: &'a BidsDocument,
        stage: Stage,
        choice: &Choice,
        units: &'a UnitTable,
        found: &mut Diagnostics,
    ) -> Option<Tender<'a>> {
        let rule = self.document.effective.date_rule.as_str();
        let text = choice.as_of.as_deref().or_else(|| date_of(bids, rule));
        let Some(text) = text else {
            let place = diagnostic::Place::field("dates");
            found.push(Diagnostic::new(&catalogue::D116).with("rule", rule).at(place));
            return None;
        };
        let date = read_date(text, &format!("dates.{rule}"), found)?;
        let (from, to) = self.period;
        let withdrawn = self.document.status == "withdrawn";
        if date < from || to.is_some_and(|to| date >= to) || withdrawn {
            let document = &self.document;
            let to = to.map_or("…".to_string(), |to| to.to_string());
            let version = format!("{} [{from}, {to}) {}", document.version, document.status);
            let finding = Diagnostic::new(&catalogue::D115).with("id", &document.id).with("date", date);
            found.push(finding.with("rule", rule).with("versions", version));
            return None;
        }
        let mut parameters = BTreeMap::new();
        for (name, dated) in &self.parameters {
            match (dated.at(date), dated.first()) {
                (Some(value), _) => {
                    parameters.insert(name.clone(), value);
                }
                (None, first) => {
                    let finding = Diagnostic::new(&catalogue::D114).with("parameter", name).with("date", date);
                    let first = first.map_or(String::new(), |first| first.to_string());
                    let place = diagnostic::Place::field(format!("parameters.{name}"));
                    found.push(finding.with("first", first).at(place));
                }
            }
        }
        if parameters.len() < self.parameters.len() {
            return None;
        }
        // Evidence must be valid on the day of its stage; where the tender does not state it, on the deciding date.
        let stage_rule = match stage {
            Stage::Bid => "deadline",
            Stage::Award => "award",
            Stage::Acceptance | Stage::Operation => "delivery",
        };
        let evidence_date = match date_of(bids, stage_rule) {
            Some(text) => read_date(text, &format!("dates.{stage_rule}"), found)?,
            None => date,
        };
        Some(Tender { standard: self, units, basis: bids.basis.as_ref(), stage, date, evidence_date, parameters })
    }
}

fn read_date(text: &str, path: &str, found: &mut Diagnostics) -> Option<Date> {
    let date = text.trim().parse::<Date>().ok();
    if date.is_none() {
        let finding = Diagnostic::new(&catalogue::D102).with("field", path).with("text", text);
        found.push(finding.at(diagnostic::Place::field(path)));
    }
    date
}

/// Bids with an id that another has too.
fn distinct(bids: &BidsDocument, found: &mut Diagnostics) -> BTreeSet<usize> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, bid) in bids.bids.iter().enumerate() {
        by_id.entry(&bid.id).or_default().push(index);
    }
    let mut broken = BTreeSet::new();
    for (id, indices) in by_id.into_iter().filter(|(_, indices)| indices.len() > 1) {
        let places = indices.iter().map(|index| diagnostic::Place::field(format!("bids[{index}].id")));
        found.push(Diagnostic::new(&catalogue::A102).with("bid", id).at_all(places));
        broken.extend(indices);
    }
    broken
}

/// One certificate number in several bids.
fn shared_numbers(bids: &BidsDocument, found: &mut Diagnostics) {
    let mut by_number: BTreeMap<(&str, &str), (&str, BTreeSet<&str>)> = BTreeMap::new();
    for bid in &bids.bids {
        for item in bid.evidence.iter().filter(|item| item.kind != "commitment-letter") {
            if let Some(number) = item.number.as_deref().map(str::trim).filter(|number| !number.is_empty()) {
                let key = (item.issuer.as_deref().unwrap_or("").trim(), number);
                by_number.entry(key).or_insert((&item.kind, BTreeSet::new())).1.insert(&bid.id);
            }
        }
    }
    for ((_, number), (kind, ids)) in by_number.into_iter().filter(|(_, (_, ids))| ids.len() > 1) {
        let list = ids.into_iter().collect::<Vec<_>>().join(", ");
        let finding = Diagnostic::new(&catalogue::A104).with("kind", kind).with("number", number);
        found.push(finding.with("bids", list));
    }
}

/// Results of several method profiles are not comparable: where the standard names none, all must state the same.
fn one_method(standard: &Standard, bids: &BidsDocument, computed: &Computations, found: &mut Diagnostics) -> bool {
    if standard.footprint_rules().method.is_some() || !standard.needs_footprint() {
        return true;
    }
    let mut methods = BTreeSet::new();
    for (index, bid) in bids.bids.iter().enumerate() {
        let stated = bid.footprint.as_ref().and_then(|footprint| footprint.method.clone());
        let own = computed.bid.get(&index).and_then(|computed| computed.methods.first().cloned()).or(stated);
        let basis = || bids.basis.as_ref().and_then(|basis| basis.method.clone());
        if bid.footprint.is_some() {
            methods.extend(own.or_else(basis).map(|method| crate::factor::name_key(&method)));
        }
    }
    if methods.len() > 1 {
        let list = methods.into_iter().collect::<Vec<_>>().join(", ");
        found.push(Diagnostic::new(&catalogue::A117).with("methods", list));
        return false;
    }
    true
}

impl<'a> Offer<'a> {
    /// What is bid.
    pub fn of(bid: &'a Bid, path: &'a str, computed: Option<&'a Computed>) -> Self {
        Self {
            bid,
            path,
            model: bid.model.as_deref(),
            footprint: bid.footprint.as_ref(),
            values: &bid.values,
            evidence: &bid.evidence,
            computed,
        }
    }
}

impl BidOutcome {
    fn of(bid: &Bid, assessed: &mut Assessed) -> Self {
        let outcome = if assessed.broken {
            Standing::Invalid
        } else if !assessed.incomparable.is_empty() {
            Standing::Incomparable
        } else if assessed.excluded {
            Standing::Excluded
        } else {
            Standing::Ranked
        };
        Self {
            id: bid.id.clone(),
            maker: bid.maker.clone().unwrap_or_else(|| bid.id.clone()),
            outcome,
            rank: None,
            total: None,
            footprint: assessed.footprint.clone(),
            incomparable: std::mem::take(&mut assessed.incomparable),
            evidence: std::mem::take(&mut assessed.evidence),
            gates: std::mem::take(&mut assessed.gates),
            indicators: std::mem::take(&mut assessed.indicators),
            preference_points: Vec::new(),
            price: None,
            implied_carbon_price: Vec::new(),
            explanation: std::mem::take(&mut assessed.explanation),
        }
    }
}

fn winner(entrants: &[Entrant], places: &[Place]) -> Option<String> {
    match places {
        [first, second, ..] if second.rank == first.rank => None,
        [first, ..] => Some(entrants[first.entrant].id.clone()),
        [] => None,
    }
}

impl Tender<'_> {
    /// Step 7: the price of a bid that survived, or why it cannot be used.
    fn enter(
        &self,
        index: usize,
        offer: &Offer,
        assessed: &Assessed,
        bids: &BidsDocument,
        outcome: &mut BidOutcome,
    ) -> Result<Entrant, (String, (&'static str, &'static str))> {
        let bid = offer.bid;
        let priced = self.standard.price != PriceRule::None;
        let one = DecimalText("1".into());
        let text = match &bid.price {
            Some(text) => text,
            // Where the price decides nothing it may be left out.
            None if !priced => &one,
            None => return Err(("price".into(), ("no price", "没有报价"))),
        };
        let price = text.value().map_err(|cause| ("price".to_string(), cause.words()))?;
        if price <= Rational::zero() {
            return Err((
                "price".into(),
                ("a price is above zero: nothing can be divided by it", "报价必须大于零，否则无法作为除数"),
            ));
        }
        let currency = self.standard.document.currency.as_ref().or(bids.currency.as_ref());
        let own = bid.currency.as_ref().or(bids.currency.as_ref()).or(currency);
        if own != currency {
            return Err((
                "currency".into(),
                ("the standard compares prices in another currency", "标准以另一种货币比较报价"),
            ));
        }
        if let PriceRule::Linear { ceiling, .. } = &self.standard.price
            && price > *ceiling
        {
            return Err(("price".into(), ("it is above the ceiling", "高于最高限价")));
        }
        let evaluated = self.evaluate_price(offer, assessed, &price, Carbon::Counts)?;
        // Without carbon nothing can be missing that was there with it; should nothing be left, the price stands.
        let without_carbon = self.evaluate_price(offer, assessed, &price, Carbon::LeftOut).map(|other| other.price);
        let rounding = &self.standard.rounding;
        for (position, money) in evaluated.money.iter().enumerate() {
            if let Some(money) = money {
                outcome.indicators[position].money = Some(decimal_text(money));
            }
        }
        let mut points = Rational::zero();
        let mut carbon_points = Rational::zero();
        let mut keys = assessed.values.clone();
        for (indicator, own) in self.standard.indicators.iter().zip(&assessed.points) {
            if let Some(own) = own {
                points += own;
                if indicator.input == FOOTPRINT {
                    carbon_points += own;
                }
                keys.insert(indicator.id.clone(), own.clone());
            }
        }
        for (id, own) in &evaluated.points {
            points += own;
            let change = self.points_text(own, rounding.indicator);
            outcome.preference_points.push(PriceChange { id: id.clone(), change });
        }
        for change in evaluated.changes.iter().chain(&outcome.preference_points) {
            let preference = outcome.preference_points.iter().any(|own| own.id == change.id);
            let (en, zh) = if preference {
                (format!("{} points", change.change), format!("加 {} 分", change.change))
            } else {
                (format!("evaluated price {}", Plus(&change.change)), format!("评审价格 {}", Plus(&change.change)))
            };
            outcome.explanation.push(Sentence { clause: change.id.clone(), en, zh });
        }
        outcome.price = bid.price.as_ref().map(|text| PriceOutcome {
            bid: text.0.clone(),
            changes: evaluated.changes,
            evaluated: self.points_text(&evaluated.price, rounding.evaluated_price),
            points: None,
        });
        Ok(Entrant {
            index,
            id: bid.id.clone(),
            bid_price: price.clone(),
            without_carbon: without_carbon.unwrap_or_else(|_| price.clone()),
            evaluated: evaluated.price,
            points,
            carbon_points,
            keys,
        })
    }

    /// Points, totals and ranks into the outcomes.
    fn report(&self, entrants: &[Entrant], places: &[Place], outcomes: &mut [BidOutcome]) {
        let rounding = &self.standard.rounding;
        let places_of_total = rounding.total || (rounding.indicator && rounding.price);
        let clause = self.standard.document.price.as_ref().and_then(|price| price.id.clone());
        let clause = clause.unwrap_or_else(|| "price".into());
        let benchmark = entrants.iter().map(|entrant| &entrant.evaluated).min().map(decimal_text).unwrap_or_default();
        for place in places {
            let entrant = &entrants[place.entrant];
            let outcome = &mut outcomes[entrant.index];
            outcome.rank = Some(place.rank);
            // A total of figures that are all rounded has their places; any other is printed exactly.
            let exact = place.total.as_ref().is_none_or(|total| {
                rounding.total || *total == crate::math::round_to(total, rounding.places, rounding.mode)
            });
            outcome.total = place.total.as_ref().map(|total| self.points_text(total, places_of_total && exact));
            let points = place.price_points.as_ref().map(|points| self.points_text(points, rounding.price));
            if let Some(price) = outcome.price.as_mut().filter(|_| self.standard.price != PriceRule::None) {
                let (en, zh) = match &points {
                    Some(points) => (
                        format!("evaluated price {} against {benchmark} earns {points} points", price.evaluated),
                        format!("评审价格 {}，基准 {benchmark}，得 {points} 分", price.evaluated),
                    ),
                    None => (
                        format!("evaluated price {}, the lowest is {benchmark}", price.evaluated),
                        format!("评审价格 {}，最低为 {benchmark}", price.evaluated),
                    ),
                };
                price.points = points;
                outcome.explanation.push(Sentence { clause: clause.clone(), en, zh });
            }
            let (en, zh) = match &outcome.total {
                Some(total) => {
                    (format!("total {total}, rank {}", place.rank), format!("总分 {total}，排名第 {}", place.rank))
                }
                None => (format!("rank {}", place.rank), format!("排名第 {}", place.rank)),
            };
            outcome.explanation.push(Sentence { clause: String::new(), en, zh });
        }
    }
}

/// Writes a sign in front of what has none.
struct Plus<'a>(&'a str);

impl std::fmt::Display for Plus<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.starts_with('-') { f.write_str(self.0) } else { write!(f, "+{}", self.0) }
    }
}
