//! All bids together, steps 7 and 8 of the order of evaluation: evaluated prices, points for the price, totals, ranks.

use super::assess::{Assessed, Offer, Tender};
use super::curve::Effect;
use super::outcome::PriceChange;
use super::rules::{Adjustment, FOOTPRINT, Grant, PriceRule, TieKey};
use crate::math::{Rational, decimal_text};
use num_traits::{One, Zero};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Whether what depends on the footprint counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Carbon {
    Counts,
    LeftOut,
}

/// An evaluated price and how it came about.
pub(super) struct Evaluated {
    pub price: Rational,
    pub changes: Vec<PriceChange>,
    /// Money by indicator, in the order of the standard.
    pub money: Vec<Option<Rational>>,
    pub points: Vec<(String, Rational)>,
}

/// A bid in the contest.
pub(super) struct Entrant {
    /// Position in the document.
    pub index: usize,
    pub id: String,
    pub bid_price: Rational,
    pub evaluated: Rational,
    /// The evaluated price if carbon did not count.
    pub without_carbon: Rational,
    /// Points without those of the price.
    pub points: Rational,
    /// Those of them that depend on the footprint.
    pub carbon_points: Rational,
    /// By name, for the tie-break.
    pub keys: BTreeMap<String, Rational>,
}

/// A rank.
pub(super) struct Place {
    pub entrant: usize,
    pub rank: u32,
    pub price_points: Option<Rational>,
    pub total: Option<Rational>,
}

impl Tender<'_> {
    /// Step 7 for one bid: adjustments in the declared order. `None` where a cost is not known or nothing is left.
    pub fn evaluate_price(
        &self,
        offer: &Offer,
        assessed: &Assessed,
        bid_price: &Rational,
        carbon: Carbon,
    ) -> Result<Evaluated, (String, (&'static str, &'static str))> {
        let standard = self.standard;
        let mut out = Evaluated {
            price: bid_price.clone(),
            changes: Vec::new(),
            money: vec![None; standard.indicators.len()],
            points: Vec::new(),
        };
        const MISSING: (&str, &str) =
            ("it is missing or not proven, and it is part of the price", "缺失或未证明，而它计入评审价格");
        let counts = |input: &str| carbon == Carbon::Counts || input != FOOTPRINT;
        for step in &standard.order {
            match step {
                Adjustment::Preferences => self.preferences(offer, &mut out),
                Adjustment::Cost => {
                    for term in standard.terms.iter().filter(|term| counts(&term.input)) {
                        let value = assessed.values.get(&term.input).ok_or((term.input.clone(), MISSING))?;
                        let rate = term.parameter.as_ref().and_then(|name| self.parameters.get(name));
                        let cost = value * rate.unwrap_or(&term.rate) * &term.discount;
                        out.price += &cost;
                        out.changes.push(PriceChange { id: term.id.clone(), change: decimal_text(&cost) });
                    }
                }
                Adjustment::Indicators => {
                    for (position, indicator) in standard.indicators.iter().enumerate() {
                        if indicator.effect == Effect::Points || !counts(&indicator.input) {
                            continue;
                        }
                        let curve = self.curve(indicator);
                        let change = match (assessed.values.get(&indicator.input), indicator.effect) {
                            (Some(value), Effect::Deduction) => -curve.at(value),
                            (Some(value), _) => curve.at(value),
                            (None, Effect::Deduction) => Rational::zero(),
                            (None, _) => return Err((indicator.input.clone(), MISSING)),
                        };
                        out.price += &change;
                        out.changes.push(PriceChange { id: indicator.id.clone(), change: decimal_text(&change) });
                        out.money[position] = Some(change);
                    }
                }
            }
        }
        out.price = standard.rounding.apply(out.price, standard.rounding.evaluated_price);
        if out.price > Rational::zero() {
            Ok(out)
        } else {
            Err(("price".into(), ("nothing is left of it after the adjustments", "调整之后不大于零")))
        }
    }

    /// Preferences in the order of the standard, each on what the one before left; groups have common caps.
    fn preferences(&self, offer: &Offer, out: &mut Evaluated) {
        let mut used: BTreeMap<&str, Rational> = BTreeMap::new();
        for preference in &self.standard.preferences {
            if preference.when.as_ref().is_some_and(|when| !when.holds(&|name| self.known(offer, name))) {
                continue;
            }
            let mut capped = |rate: Rational| {
                let Some(group) = preference.cap_group.as_deref() else { return rate };
                let cap = self.standard.caps.get(group).cloned().unwrap_or_else(Rational::one);
                let used = used.entry(group).or_insert_with(Rational::zero);
                let rate = rate.min((cap - &*used).max(Rational::zero()));
                *used += &rate;
                rate
            };
            let change = match &preference.grant {
                Grant::Off(rate) => -(&out.price * capped(rate.clone())),
                Grant::On(rate) => &out.price * capped(rate.clone()),
                Grant::Money(amount) => -amount.clone(),
                Grant::Ladder { input, levels } => {
                    let level = self.known(offer, input);
                    match level.and_then(|level| levels.get(level.trim()).cloned()) {
                        Some(rate) => -(&out.price * capped(rate)),
                        None => continue,
                    }
                }
                Grant::Points(points) => {
                    out.points.push((preference.id.clone(), capped(points.clone())));
                    continue;
                }
            };
            out.price += &change;
            out.changes.push(PriceChange { id: preference.id.clone(), change: decimal_text(&change) });
        }
    }

    /// Step 8: points for the price against the surviving bids, totals, ranks. Only the entrants named take part.
    pub fn rank(&self, entrants: &[Entrant], without: Option<usize>, carbon: Carbon) -> Vec<Place> {
        let price = |entrant: &'_ Entrant| match carbon {
            Carbon::Counts => entrant.evaluated.clone(),
            Carbon::LeftOut => entrant.without_carbon.clone(),
        };
        let taking = || entrants.iter().enumerate().filter(|(index, _)| Some(*index) != without);
        let benchmark = taking().map(|(_, entrant)| price(entrant)).min();
        let rounding = &self.standard.rounding;
        let mut places: Vec<(Place, Rational)> = taking()
            .map(|(index, entrant)| {
                let own = price(entrant);
                let price_points = match (&self.standard.price, &benchmark) {
                    // Prices are above zero: they were refused before otherwise.
                    (PriceRule::LowestRatio { weight }, Some(benchmark)) => Some(weight * benchmark / &own),
                    (PriceRule::Linear { weight, floor, ceiling }, _) => {
                        let share = (ceiling - &own) / (ceiling - floor);
                        Some(weight * share.clamp(Rational::zero(), Rational::one()))
                    }
                    _ => None,
                };
                let price_points = price_points.map(|points| rounding.apply(points, rounding.price));
                let points = match carbon {
                    Carbon::Counts => entrant.points.clone(),
                    Carbon::LeftOut => &entrant.points - &entrant.carbon_points,
                };
                let total = match (&price_points, &self.standard.price) {
                    (Some(price), _) => Some(points + price),
                    (None, PriceRule::None) => Some(points),
                    (None, _) => None,
                };
                let total = total.map(|total| rounding.apply(total, rounding.total));
                (Place { entrant: index, rank: 0, price_points, total }, own)
            })
            .collect();
        let compare = |(a, price_a): &(Place, Rational), (b, price_b): &(Place, Rational)| {
            // Most points first; where there are none, the lowest evaluated price.
            let first = match (&a.total, &b.total) {
                (Some(a), Some(b)) => b.cmp(a),
                _ => price_a.cmp(price_b),
            };
            first.then_with(|| {
                let (left, right) = (&entrants[a.entrant], &entrants[b.entrant]);
                self.standard
                    .tie_break
                    .iter()
                    .map(|key| tie(key, (left, price_a, &a.total), (right, price_b, &b.total)))
                    .find(|order| order.is_ne())
                    .unwrap_or(Ordering::Equal)
            })
        };
        // Bids that are equal to the last share a rank; the id only settles in which order they are listed.
        places.sort_by(|a, b| compare(a, b).then_with(|| entrants[a.0.entrant].id.cmp(&entrants[b.0.entrant].id)));
        let mut ranks: Vec<u32> = Vec::with_capacity(places.len());
        for position in 0..places.len() {
            let same = position > 0 && compare(&places[position - 1], &places[position]).is_eq();
            ranks.push(if same { ranks[position - 1] } else { position as u32 + 1 });
        }
        places.into_iter().zip(ranks).map(|((place, _), rank)| Place { rank, ..place }).collect()
    }
}

/// One key of the tie-break; what is not known comes last.
fn tie(
    key: &TieKey,
    (a, price_a, total_a): (&Entrant, &Rational, &Option<Rational>),
    (b, price_b, total_b): (&Entrant, &Rational, &Option<Rational>),
) -> Ordering {
    let value = |entrant: &Entrant, evaluated: &Rational, total: &Option<Rational>| match key.name.as_str() {
        "evaluated_price" => Some(evaluated.clone()),
        "price" => Some(entrant.bid_price.clone()),
        "total" => total.clone(),
        name => entrant.keys.get(name).cloned(),
    };
    match (value(a, price_a, total_a), value(b, price_b, total_b)) {
        (Some(a), Some(b)) if key.ascending => a.cmp(&b),
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
