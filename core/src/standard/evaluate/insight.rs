//! What comes beside a score: what a point is worth, whether the winner rests on a loser, and the guards.

use super::*;

impl Tender<'_> {
    /// Step 8, informative: what a point is worth, and whether the winner rests on a loser.
    pub(super) fn insight(
        &self,
        entrants: &[Entrant],
        places: &[Place],
        assessed: &[Assessed],
        outcomes: &mut [BidOutcome],
        found: &mut Diagnostics,
    ) -> Insight {
        let mut insight = Insight::default();
        let Some(benchmark) = entrants.iter().map(|entrant| &entrant.evaluated).min() else { return insight };
        let holders: Vec<usize> =
            (0..entrants.len()).filter(|&index| entrants[index].evaluated == *benchmark).collect();
        if self.standard.price != PriceRule::None {
            insight.benchmark = Some(decimal_text(benchmark));
            insight.benchmark_bids = holders.iter().map(|&index| entrants[index].id.clone()).collect();
        }
        for entrant in entrants {
            if let Some(value) = self.money_per_point(&entrant.evaluated, benchmark) {
                let own = assessed[entrant.index].values.get(FOOTPRINT);
                outcomes[entrant.index].implied_carbon_price = self.implied(&value, own);
            } else {
                outcomes[entrant.index].implied_carbon_price = self.monetised();
            }
        }
        let winner_now = winner(entrants, places);
        // Points of the others rest on one bid alone: the one that holds the benchmark by itself.
        if let (PriceRule::LowestRatio { .. }, [only]) = (&self.standard.price, holders.as_slice())
            && winner_now.as_ref().is_some_and(|winner| *winner != entrants[*only].id)
        {
            let others = self.rank(entrants, Some(*only), Carbon::Counts);
            if let Some(other) = winner(entrants, &others).filter(|other| Some(other) != winner_now.as_ref()) {
                let finding = Diagnostic::new(&catalogue::A112).with("bid", &entrants[*only].id);
                found.push(finding.with("winner", &other));
                insight.flips.push(Flip { bid: entrants[*only].id.clone(), winner_without: other });
            }
        }
        if self.standard.needs_footprint() {
            let without = self.rank(entrants, None, Carbon::LeftOut);
            insight.winner_without_carbon = winner(entrants, &without);
            insight.carbon_decides =
                insight.winner_without_carbon.is_some() && insight.winner_without_carbon != winner_now;
            if let (true, Some(first), Some(other)) = (insight.carbon_decides, places.first(), without.first()) {
                insight.cost_per_tonne_saved = self.cost_per_tonne(entrants, first, other, assessed);
            }
        }
        // Equal to the last key of the tie-break.
        let mut position = 0;
        while position < places.len() {
            let rank = places[position].rank;
            let equal: Vec<&str> = places[position..]
                .iter()
                .take_while(|place| place.rank == rank)
                .map(|place| entrants[place.entrant].id.as_str())
                .collect();
            if equal.len() > 1 {
                found.push(Diagnostic::new(&catalogue::A110).with("bids", equal.join(", ")));
            }
            position += equal.len().max(1);
        }
        insight
    }

    /// The price difference between two winners over the difference of their declared footprints.
    fn cost_per_tonne(
        &self,
        entrants: &[Entrant],
        first: &Place,
        other: &Place,
        assessed: &[Assessed],
    ) -> Option<String> {
        let (a, b) = (&entrants[first.entrant], &entrants[other.entrant]);
        let declared = |entrant: &Entrant| assessed[entrant.index].declared.clone();
        let saved = declared(b)? - declared(a)?;
        let tonnes = saved * self.standard.unit.as_ref()?.kilograms()? / whole_number(1000);
        (tonnes > Rational::zero()).then(|| fixed(&((&a.bid_price - &b.bid_price) / tonnes), 2))
    }

    /// Money that one point for the price is worth at a price: −1 ÷ (d points ÷ d price).
    pub fn money_per_point(&self, price: &Rational, benchmark: &Rational) -> Option<Rational> {
        match &self.standard.price {
            PriceRule::LowestRatio { weight } if !weight.is_zero() => Some(price * price / (weight * benchmark)),
            PriceRule::Linear { weight, floor, ceiling } if !weight.is_zero() => Some((ceiling - floor) / weight),
            _ => None,
        }
    }

    /// What carbon is worth along the curves of the footprint.
    fn implied(&self, money_per_point: &Rational, own: Option<&Rational>) -> Vec<ImpliedPrice> {
        let mut all = Vec::new();
        let Some(kilograms) = self.standard.unit.as_ref().and_then(|unit| unit.kilograms()) else { return all };
        let per_tonne = whole_number(1000) / kilograms;
        for indicator in &self.standard.indicators {
            if indicator.input != FOOTPRINT || indicator.effect != Effect::Points {
                continue;
            }
            for stretch in self.curve(indicator).stretches() {
                let worth = &stretch.points * money_per_point;
                let here = own.is_some_and(|own| *own >= stretch.from && *own <= stretch.to);
                all.push(ImpliedPrice {
                    indicator: indicator.id.clone(),
                    from: decimal_text(&stretch.from),
                    to: decimal_text(&stretch.to),
                    per_tonne: (!stretch.step).then(|| fixed(&(&worth * &per_tonne), 2)),
                    notch: stretch.step.then(|| fixed(&worth, 2)),
                    here,
                });
            }
        }
        all.extend(self.monetised());
        all
    }

    /// Where carbon is money already, its price is the rate.
    fn monetised(&self) -> Vec<ImpliedPrice> {
        let Some(kilograms) = self.standard.unit.as_ref().and_then(|unit| unit.kilograms()) else { return Vec::new() };
        let per_tonne = whole_number(1000) / kilograms;
        self.standard
            .indicators
            .iter()
            .filter(|indicator| indicator.input == FOOTPRINT)
            .filter_map(|indicator| match self.curve(indicator) {
                Curve::Money { rate, baseline } => Some(ImpliedPrice {
                    indicator: indicator.id.clone(),
                    from: decimal_text(&baseline),
                    to: "…".into(),
                    per_tonne: Some(fixed(&(rate * &per_tonne), 2)),
                    notch: None,
                    here: true,
                }),
                _ => None,
            })
            .collect()
    }

    pub(super) fn guards(&self, makers: usize, outcomes: &[BidOutcome], found: &mut Diagnostics) -> Vec<GuardOutcome> {
        let mut guards = Vec::new();
        if let Some(wanted) = self.standard.guards.min_independent_makers {
            let pass = makers as u64 >= u64::from(wanted);
            if !pass {
                found.push(Diagnostic::new(&catalogue::A108).with("found", makers).with("wanted", wanted));
            }
            guards.push(GuardOutcome {
                id: "min_independent_makers".into(),
                found: makers.to_string(),
                wanted: wanted.to_string(),
                pass,
            });
        }
        if let Some(max) = &self.standard.guards.max_implied_carbon_price {
            let all =
                outcomes.iter().flat_map(|outcome| outcome.implied_carbon_price.iter().map(move |one| (outcome, one)));
            let prices = all.filter_map(|(outcome, one)| {
                let price = crate::math::read_decimal(one.per_tonne.as_deref()?).ok()?;
                Some((price, &outcome.id, &one.indicator))
            });
            let highest = prices.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)));
            if let Some((price, bid, clause)) = highest {
                let pass = price <= *max;
                if !pass {
                    let finding = Diagnostic::new(&catalogue::A109).with("clause", clause).with("bid", bid);
                    found.push(finding.with("found", fixed(&price, 2)).with("max", decimal_text(max)));
                }
                guards.push(GuardOutcome {
                    id: "max_implied_carbon_price".into(),
                    found: fixed(&price, 2),
                    wanted: decimal_text(max),
                    pass,
                });
            }
        }
        guards
    }
}
