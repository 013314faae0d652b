//! Acceptance: what was delivered against what was bid, the first difference, and what the contract asks for.

use super::assess::{Assessed, Offer, Tender};
use super::bids::BidsDocument;
use super::contest::{Carbon, Entrant, Place};
use super::evaluate::Computations;
use super::outcome::{AcceptanceOutcome, Difference};
use super::rules::{FOOTPRINT, Operator};
use crate::diagnostic::{self, Diagnostic, Diagnostics, catalogue};
use crate::math::{Rational, decimal_text, fixed, whole_number};
use num_traits::{Signed, Zero};
use std::collections::BTreeSet;

impl Tender<'_> {
    /// Compares every bid that says what was delivered. `promised` are the bids as they were assessed for the award; the
    /// delivered product is assessed with its own evidence at this stage.
    pub(super) fn acceptance(
        &self,
        bids: &BidsDocument,
        computed: &Computations,
        promised: &[Assessed],
        entrants: &[Entrant],
        places: &[Place],
        found: &mut Diagnostics,
    ) -> Vec<AcceptanceOutcome> {
        let mut outcomes = Vec::new();
        for (index, bid) in bids.bids.iter().enumerate() {
            let Some(delivered) = &bid.delivered else { continue };
            let path = format!("bids[{index}].delivered");
            let offer = Offer {
                bid,
                path: &path,
                model: delivered.model.as_deref().or(bid.model.as_deref()),
                footprint: delivered.footprint.as_ref(),
                values: &delivered.values,
                evidence: &delivered.evidence,
                computed: computed.delivered.get(&index),
            };
            let own = self.assess(&offer, found);
            let differences = self.differences(bid, delivered.model.as_deref(), &promised[index], &own);
            let outcome = self.consequence(index, bid, differences, &promised[index], &own, entrants, places);
            if let Some(first) = &outcome.first_difference {
                let acceptance = self.standard.acceptance.as_ref();
                let clause = acceptance.map_or("–".to_string(), |rule| rule.id.clone());
                let words = match &outcome.consequence {
                    Some(money) => (format!("the contract asks for {money}"), format!("按合同应承担 {money}")),
                    None => ("the standard names no consequence".to_string(), "标准没有规定后果".to_string()),
                };
                let finding = Diagnostic::new(&catalogue::A113).with("bid", &bid.id).with("clause", &first.at);
                let finding = finding.with("given", &first.delivered).with("promised", &first.promised);
                let finding = finding.with("acceptance", clause).with_words("consequence", words);
                found.push(finding.at(diagnostic::Place::field(path.clone())));
            }
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Model first, then the inputs in the order in which the standard names them.
    fn differences(
        &self,
        bid: &super::bids::Bid,
        model: Option<&str>,
        promised: &Assessed,
        own: &Assessed,
    ) -> Vec<Difference> {
        let standard = self.standard;
        let mut all = Vec::new();
        if let (Some(wanted), Some(model)) = (bid.model.as_deref(), model)
            && !wanted.trim().eq_ignore_ascii_case(model.trim())
        {
            let (promised, delivered) = (wanted.to_string(), model.to_string());
            all.push(Difference { at: "model".into(), promised, delivered, worse: true });
        }
        if !own.incomparable.is_empty() {
            let reasons: Vec<&str> = own.incomparable.iter().map(|reason| reason.en.as_str()).collect();
            all.push(Difference {
                at: FOOTPRINT.into(),
                promised: promised.values.get(FOOTPRINT).map_or("–".into(), decimal_text),
                delivered: format!("incomparable: {}", reasons.join("; ")),
                worse: true,
            });
            return all;
        }
        let tolerance = standard.acceptance.as_ref().map_or_else(Rational::zero, |rule| rule.tolerance.clone());
        let mut seen = BTreeSet::new();
        let gates = standard.gates.iter().map(|gate| (&gate.id, &gate.input));
        let indicators = standard.indicators.iter().map(|indicator| (&indicator.id, &indicator.input));
        let terms = standard.terms.iter().map(|term| (&term.id, &term.input));
        for (clause, input) in gates.chain(indicators).chain(terms) {
            if !seen.insert(input) {
                continue;
            }
            let (before, now) = (promised.values.get(input), own.values.get(input));
            let (words, their) = (promised.words.get(input), own.words.get(input));
            let text = |value: Option<&Rational>, words: Option<&String>| {
                value.map(decimal_text).or_else(|| words.cloned()).unwrap_or_else(|| "–".into())
            };
            let worse = match (before, now) {
                (Some(before), Some(now)) if before != now => self.worse(input, before, now, &tolerance),
                (Some(_), None) => true,
                (None, None) if words != their => true,
                _ => continue,
            };
            all.push(Difference {
                at: clause.clone(),
                promised: text(before, words),
                delivered: text(now, their),
                worse,
            });
        }
        all
    }

    /// Whether a delivered value is worse than the one bid by more than the tolerance.
    fn worse(&self, input: &str, before: &Rational, now: &Rational, tolerance: &Rational) -> bool {
        let better = self.standard.document.inputs.get(input).and_then(|input| input.better.as_deref());
        let gate = self.standard.gates.iter().find(|gate| gate.input == *input).map(|gate| gate.operator);
        let higher = match (better, gate) {
            (Some(better), _) => better == "higher",
            (None, _) if input == FOOTPRINT => false,
            (None, Some(Operator::AtLeast | Operator::Above)) => true,
            (None, Some(_)) => false,
            // No gate and nothing said: the points decide.
            (None, None) => return self.points_at(input, now) < self.points_at(input, before),
        };
        let allowed = before.abs() * tolerance;
        if higher { *now < before - allowed } else { *now > before + allowed }
    }

    fn points_at(&self, input: &str, value: &Rational) -> Rational {
        self.standard.indicators.iter().filter(|one| one.input == *input).map(|one| one.curve.at(value)).sum()
    }

    #[allow(clippy::too_many_arguments, reason = "one award, one delivery")]
    fn consequence(
        &self,
        index: usize,
        bid: &super::bids::Bid,
        differences: Vec<Difference>,
        promised: &Assessed,
        own: &Assessed,
        entrants: &[Entrant],
        places: &[Place],
    ) -> AcceptanceOutcome {
        let worse = differences.iter().any(|difference| difference.worse);
        let first = differences.iter().find(|difference| difference.worse).or_else(|| differences.first()).cloned();
        let sum = |assessed: &Assessed| assessed.points.iter().flatten().cloned().sum::<Rational>();
        let lost = (sum(promised) - sum(own)).max(Rational::zero());
        let shortfall = match (promised.values.get(FOOTPRINT), own.values.get(FOOTPRINT)) {
            (Some(before), Some(now)) => (now - before).max(Rational::zero()),
            _ => Rational::zero(),
        };
        let entrant = places.iter().map(|place| &entrants[place.entrant]).find(|entrant| entrant.index == index);
        let benchmark = entrants.iter().map(|entrant| &entrant.evaluated).min();
        // What the better values were worth: the points lost in money at the bid's price, and the evaluated price that
        // the delivered values would have had above the one that was compared.
        let mut advantage = Rational::zero();
        let price = entrant.map(|entrant| entrant.bid_price.clone()).unwrap_or_default();
        if let (Some(entrant), Some(benchmark)) = (entrant, benchmark) {
            if let Some(worth) = self.money_per_point(&entrant.evaluated, benchmark) {
                advantage += &lost * worth;
            }
            let path = String::new();
            let offer = Offer::of(bid, &path, None);
            if let Ok(delivered) = self.evaluate_price(&offer, own, &entrant.bid_price, Carbon::Counts) {
                advantage += (delivered.price - &entrant.evaluated).max(Rational::zero());
            }
        }
        let rule = self.standard.acceptance.as_ref();
        let value = rule.and_then(|rule| rule.penalty.as_ref()).filter(|_| worse).map(|formula| {
            formula
                .value(&|name| match name {
                    "advantage" => advantage.clone(),
                    "points_lost" => lost.clone(),
                    "shortfall" => shortfall.clone(),
                    "price" => price.clone(),
                    _ => whole_number(0),
                })
                .max(Rational::zero())
        });
        let cap = rule.and_then(|rule| rule.cap.as_ref()).map(|cap| cap * &price);
        let capped = value.as_ref().zip(cap.as_ref()).is_some_and(|(value, cap)| value > cap);
        let value = if capped { cap } else { value };
        AcceptanceOutcome {
            bid: bid.id.clone(),
            pass: !worse,
            first_difference: first,
            differences,
            points_lost: decimal_text(&lost),
            advantage: fixed(&advantage, 2),
            shortfall: decimal_text(&shortfall),
            consequence: value.as_ref().map(|value| fixed(value, 2)),
            capped,
        }
    }
}
