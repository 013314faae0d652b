//! Draws of everything that is uncertain in a system, laid out as the solver asks for them.

use crate::distribution::Shape;
use crate::solve::linked::{Stream, Values};
use crate::uncertainty::draw::{Draws, LANES, Lanes, ParameterId};
use std::ops::Range;

/// Something uncertain in an entry: `factor × a draw` is a part of it.
#[derive(Clone, Debug)]
pub struct Term {
    /// The entry of A, or the process whose emissions it is among.
    pub at: u32,
    /// What its draws go by. Terms of one id have one draw.
    pub id: ParameterId,
    /// The distribution of the amount.
    pub shape: Shape,
    /// The amount as stated.
    pub amount: f64,
    /// What the amount counts.
    pub factor: f64,
    /// What it is, for whoever made the terms: the position of an exchange.
    pub source: u32,
}

/// What is certain in A and in what processes emit, and what is not.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The certain part of every entry of A, along its pattern.
    pub amounts: Vec<f64>,
    /// The uncertain parts of entries of A.
    pub of_amounts: Vec<Term>,
    /// The certain part of what every process emits, characterised.
    pub direct: Vec<f64>,
    /// The uncertain parts of it.
    pub of_direct: Vec<Term>,
}

/// The values of every sample of a seed.
#[derive(Debug)]
pub struct Sampler {
    draws: Draws,
    amounts: Side,
    direct: Side,
}

/// Parts by place.
#[derive(Debug, Default)]
struct Side {
    certain: Vec<f64>,
    /// Lognormal parts, by place ascending.
    place: Vec<u32>,
    id: Vec<ParameterId>,
    median: Vec<f64>,
    sigma: Vec<f64>,
    /// Parts of other forms, by place ascending.
    others: Vec<(u32, Term)>,
}

/// Draws made at once.
const DRAWN: usize = 64;

impl Sampler {
    /// Lays the parts out along the places of a stream.
    pub fn new(seed: u64, stream: &Stream, terms: &Terms) -> Self {
        Self {
            draws: Draws::new(seed),
            amounts: Side::new(stream.entries(), &terms.amounts, &terms.of_amounts),
            direct: Side::new(stream.processes(), &terms.direct, &terms.of_direct),
        }
    }
}

impl Values for Sampler {
    fn amounts(&self, places: Range<usize>, block: u64, out: &mut [Lanes]) {
        self.amounts.fill(&self.draws, places, block, out);
    }

    fn direct(&self, places: Range<usize>, block: u64, out: &mut [Lanes]) {
        self.direct.fill(&self.draws, places, block, out);
    }
}

impl Side {
    fn new(order: &[u32], certain: &[f64], terms: &[Term]) -> Self {
        let mut place = vec![0u32; order.len()];
        for (at, &one) in (0u32..).zip(order) {
            place[one as usize] = at;
        }
        let mut sorted: Vec<(u32, &Term)> = terms.iter().map(|term| (place[term.at as usize], term)).collect();
        // Parts of one entry stay in the order in which they are stated.
        sorted.sort_by_key(|(place, _)| *place);
        let mut side = Self { certain: order.iter().map(|&one| certain[one as usize]).collect(), ..Self::default() };
        for (place, term) in sorted {
            match term.shape.as_lognormal() {
                Some((median, sigma)) => {
                    side.place.push(place);
                    side.id.push(term.id);
                    side.median.push(median * term.factor);
                    side.sigma.push(sigma);
                }
                None => side.others.push((place, term.clone())),
            }
        }
        side
    }

    fn fill(&self, draws: &Draws, places: Range<usize>, block: u64, out: &mut [Lanes]) {
        for (out, &certain) in out.iter_mut().zip(&self.certain[places.clone()]) {
            *out = [certain; LANES];
        }
        let first = places.start;
        let mut from = self.place.partition_point(|&place| (place as usize) < places.start);
        let to = self.place.partition_point(|&place| (place as usize) < places.end);
        let mut drawn = [[0.0; LANES]; DRAWN];
        while from < to {
            let some = from..(from + DRAWN).min(to);
            let (id, median, sigma) = (&self.id[some.clone()], &self.median[some.clone()], &self.sigma[some.clone()]);
            draws.lognormal(id, median, sigma, block, &mut drawn[..some.len()]);
            for (drawn, &place) in drawn.iter().zip(&self.place[some.clone()]) {
                let out = &mut out[place as usize - first];
                (0..LANES).for_each(|lane| out[lane] += drawn[lane]);
            }
            from = some.end;
        }
        let from = self.others.partition_point(|(place, _)| (*place as usize) < places.start);
        for (place, term) in self.others[from..].iter().take_while(|(place, _)| (*place as usize) < places.end) {
            let mut lanes = [[0.0; LANES]];
            draws.uniform(&[term.id], block, &mut lanes);
            term.shape.fill(draws.normal(), &mut lanes[0]);
            let out = &mut out[*place as usize - first];
            (0..LANES).for_each(|lane| out[lane] += term.factor * lanes[0][lane]);
        }
    }
}
