//! A technosphere made ready to answer, forward and adjoint.

use super::bound::{Proof, exact_residual, positive, rest};
use super::certificate::{Basis, Certificate, Left, Measure, Reason, Solution, Step, Unsolvable};
use super::compact::{Compact, TwoWays};
use super::factor::{Mode, balance};
use super::ladder::{Course, How, Ladder, Stuck};
use super::loops::strongest;
use super::network::Network;
use crate::math::both;
use crate::matrix::Technosphere;
use std::sync::OnceLock;

/// A system with what was found out about it once: components, condensed cores, a proof or the need of factors.
#[derive(Debug)]
pub struct Prepared {
    pub(super) network: Network,
    pub(super) ladder: Ladder,
    pub(super) majorant: Majorant,
    /// Sizes of the unknowns (powers of two): footprints are near them, numbers of units near their inverse.
    sizes: OnceLock<Vec<f64>>,
    /// The vector that bounds a demand's supply, if there is one.
    proof: OnceLock<Option<Vec<Proof<1>>>>,
}

/// Where bounds come from.
#[derive(Debug)]
pub(super) enum Majorant {
    /// E ≥ 0 and nothing speaks against a spectral radius below one: the system bounds itself.
    Itself,
    /// Some entries are negative (avoided products, co-products), but |E| has a spectral radius below one.
    Absolute(Box<Absolute>),
    /// No bound: answers come from factors, with estimates.
    None,
}

#[derive(Debug)]
pub(super) struct Absolute {
    pub uses: TwoWays,
    pub ladder: Ladder,
}

/// Puts a value in a lane at a position.
type Put<'a> = &'a mut dyn FnMut(usize, usize, f64);

/// A demand: products and amounts.
pub type Demand<'a> = &'a [(u32, f64)];

/// The last sweep may change no value by more than this share.
pub(super) const TOLERANCE: f64 = 1e-13;
/// Nothing is gained below this.
const ROUNDED: f64 = 1e-15;
/// Errors above this are refused.
pub(super) const LIMIT: f64 = 1e-6;
/// Errors above this mean that there is no solution at all.
const HOPELESS: f64 = 1e-2;

/// What is asked: which direction, and no step before which.
#[derive(Clone, Copy, Debug)]
struct Way {
    adjoint: bool,
    from: Step,
}

impl Prepared {
    /// Prepares a technosphere.
    ///
    /// # Errors
    /// [`Unsolvable`] if the gate is not passed, or a loop has no solution.
    pub fn new(technosphere: &Technosphere, mode: Mode) -> Result<Self, Unsolvable> {
        // The gate is looked through while the network is made, which needs no more of it than indices that fit.
        let fits = technosphere.products() == technosphere.processes();
        let fits = fits && technosphere.reference().iter().all(|&product| product < technosphere.products());
        let make = || fits.then(|| Network::new(technosphere));
        let (problems, network) = both(|| technosphere.gate().len(), make);
        let Some(network) = network.filter(|_| problems == 0) else {
            return Err(Unsolvable::NotReady(problems as u32));
        };
        let ladder = match Ladder::new(network.uses.columns(), &network.components, mode) {
            Ok(ladder) => ladder,
            Err(stuck) => return Err(told(&network, stuck)),
        };
        let majorant = Majorant::Itself;
        let mut prepared = Self { network, ladder, majorant, sizes: OnceLock::new(), proof: OnceLock::new() };
        if prepared.network.uses.columns().value.iter().any(|&value| value < 0.0) {
            let inputs = prepared.network.uses.columns();
            let value = inputs.value.iter().map(|value| value.abs()).collect();
            let uses = Compact { start: inputs.start.clone(), index: inputs.index.clone(), value };
            prepared.majorant = match Ladder::new(&uses, &prepared.network.components, mode) {
                Ok(ladder) => Majorant::Absolute(Box::new(Absolute { uses: TwoWays::new(uses), ladder })),
                Err(_) => Majorant::None,
            };
            if prepared.proof().is_none() {
                prepared.majorant = Majorant::None;
            }
        } else if !prepared.ladder.mild() && prepared.proof().is_none() {
            prepared.majorant = Majorant::None;
        }
        if matches!(prepared.majorant, Majorant::None) {
            prepared.examine()?;
        }
        Ok(prepared)
    }

    /// The bounding system: how it is solved, and its entries.
    pub(super) fn bounding(&self) -> Option<(&Ladder, &TwoWays)> {
        match &self.majorant {
            Majorant::Itself => Some((&self.ladder, &self.network.uses)),
            Majorant::Absolute(absolute) => Some((&absolute.ladder, &absolute.uses)),
            Majorant::None => None,
        }
    }

    pub(super) fn sizes_of_unknowns(&self) -> &[f64] {
        self.sizes.get_or_init(|| balance(self.network.uses.columns(), self.network.uses.rows()))
    }

    /// A positive vector that shows that |E| has a spectral radius below one, looked for when first asked. Its goal is
    /// the size of every unknown: units may differ by many powers of ten.
    pub(super) fn proof(&self) -> Option<&[Proof<1>]> {
        let look = || {
            let (ladder, uses) = self.bounding()?;
            let goal: Vec<[f64; 1]> = self.sizes_of_unknowns().iter().map(|&size| [size]).collect();
            let (proof, [proven]) = positive(ladder, uses, true, &goal);
            proven.then_some(proof)
        };
        self.proof.get_or_init(look).as_deref()
    }

    /// Without a proof, factors must show that there is a solution at all.
    fn examine(&self) -> Result<(), Unsolvable> {
        let size = self.network.process.len();
        let ones = vec![[1.0]; size];
        for adjoint in [true, false] {
            let how = How { adjoint, tolerance: TOLERANCE, from: Step::Factorisation, to: Step::Factorisation };
            let (x, _) = self.solve(&ones, how)?;
            let left = rest(self.matrix(adjoint), &x, &ones);
            let known = self.estimated(adjoint, &x, &left, 0);
            self.judge(known.loops)?;
        }
        Ok(())
    }

    /// Solves `Aᵀ λ = c` for every c given over processes (for an impact category, its row of C B): what one unit of
    /// every product stands for.
    ///
    /// # Errors
    /// [`Unsolvable`] for a vector that does not fit, or an answer that would not be known to six digits.
    pub fn adjoint(&self, given: &[&[f64]]) -> Result<Vec<Solution>, Unsolvable> {
        self.adjoint_from(given, Step::Sweep)
    }

    fn adjoint_from(&self, given: &[&[f64]], from: Step) -> Result<Vec<Solution>, Unsolvable> {
        self.check(given.iter().map(|vector| (vector.len(), vector.iter().copied())))?;
        let network = &self.network;
        let take = |vector: usize, position: usize| {
            given[vector][network.process[position] as usize] / network.amount[position]
        };
        let give = |position: usize, value: f64| (network.product[position], value * network.sign[position]);
        self.all(Way { adjoint: true, from }, given.len(), &take, &give, &|_, solution| solution)
    }

    /// As [`Prepared::adjoint`], but by the factors, whatever the other steps could do: for checks.
    ///
    /// # Errors
    /// As [`Prepared::adjoint`].
    pub fn adjoint_by_factors(&self, given: &[&[f64]]) -> Result<Vec<Solution>, Unsolvable> {
        self.adjoint_from(given, Step::Factorisation)
    }

    /// Solves `A s = f` for every demand: how much of every process it needs.
    ///
    /// # Errors
    /// As [`Prepared::adjoint`].
    pub fn forward(&self, demands: &[Demand]) -> Result<Vec<Solution>, Unsolvable> {
        self.forward_with(demands, |_, solution| solution)
    }

    /// As [`Prepared::forward`], but hands every solution on as soon as it is there: thousands of inventories need not
    /// stay in memory. Results come in the order of the demands.
    ///
    /// # Errors
    /// As [`Prepared::adjoint`].
    pub fn forward_with<T: Send>(
        &self,
        demands: &[Demand],
        each: impl Fn(u32, Solution) -> T + Sync,
    ) -> Result<Vec<T>, Unsolvable> {
        let size = self.network.process.len();
        let mut place = vec![0u32; size];
        for (position, &product) in (0u32..).zip(&self.network.product) {
            place[product as usize] = position;
        }
        for (at, demand) in (0u32..).zip(demands) {
            if demand.iter().any(|&(product, _)| product as usize >= size) {
                return Err(Unsolvable::Shape(at));
            }
            if demand.iter().any(|&(_, amount)| !amount.is_finite()) {
                return Err(Unsolvable::NotFinite(at));
            }
        }
        let network = &self.network;
        let chunk = |first: usize, fill: Put| {
            for (lane, demand) in demands[first..].iter().enumerate().take(WIDE) {
                for &(product, amount) in *demand {
                    let position = place[product as usize] as usize;
                    fill(lane, position, amount * network.sign[position]);
                }
            }
        };
        let give = |position: usize, value: f64| (network.process[position], value / network.amount[position]);
        self.chunks(Way { adjoint: false, from: Step::Sweep }, demands.len(), &chunk, &give, &each)
    }

    /// How the system is to be solved.
    pub(super) fn mode(&self) -> Mode {
        self.ladder.mode()
    }

    /// How large the system is and how much of it is left after exact elimination: unknowns, unknowns left, entries
    /// left.
    pub fn sizes(&self) -> (u32, u32, u32) {
        let (all, core, entries) = self.ladder.sizes();
        (all as u32, core as u32, entries as u32)
    }

    /// Factorises what is left after exact elimination, whether it is needed or not; returns for each component the
    /// size of its dense end and the entries of its factors.
    ///
    /// # Errors
    /// [`Unsolvable`] if there are no factors.
    pub fn factorise(&self) -> Result<Vec<(u32, u64)>, Unsolvable> {
        match self.ladder.factorise() {
            Ok(sizes) => Ok(sizes.into_iter().map(|(tail, entries)| (tail as u32, entries as u64)).collect()),
            Err(stuck) => Err(told(&self.network, stuck)),
        }
    }

    fn check(&self, vectors: impl Iterator<Item = (usize, impl Iterator<Item = f64>)>) -> Result<(), Unsolvable> {
        for (at, (length, mut values)) in (0u32..).zip(vectors) {
            if length != self.network.process.len() {
                return Err(Unsolvable::Shape(at));
            }
            if values.any(|value| !value.is_finite()) {
                return Err(Unsolvable::NotFinite(at));
            }
        }
        Ok(())
    }

    fn all<T: Send>(
        &self,
        way: Way,
        count: usize,
        take: &(impl Fn(usize, usize) -> f64 + Sync),
        give: &(impl Fn(usize, f64) -> (u32, f64) + Sync),
        each: &(impl Fn(u32, Solution) -> T + Sync),
    ) -> Result<Vec<T>, Unsolvable> {
        let size = self.network.process.len();
        let chunk = |first: usize, fill: Put| {
            for lane in 0..WIDE.min(count - first) {
                for position in 0..size {
                    fill(lane, position, take(first + lane, position));
                }
            }
        };
        self.chunks(way, count, &chunk, give, each)
    }

    /// Chunks of right-hand sides, on several threads where there are any; which ones share a chunk depends on their
    /// index alone.
    fn chunks<T: Send>(
        &self,
        way: Way,
        count: usize,
        chunk: &(impl Fn(usize, Put) + Sync),
        give: &(impl Fn(usize, f64) -> (u32, f64) + Sync),
        each: &(impl Fn(u32, Solution) -> T + Sync),
    ) -> Result<Vec<T>, Unsolvable> {
        let work = |at: usize| {
            let first = at * WIDE;
            let fill = |put: Put| chunk(first, put);
            match count - first {
                1 => self.lanes::<1, T>(way, first, 1, &fill, give, each),
                many @ 2..=4 => self.lanes::<4, T>(way, first, many, &fill, give, each),
                many => self.lanes::<WIDE, T>(way, first, many.min(WIDE), &fill, give, each),
            }
        };
        let chunks = count.div_ceil(WIDE);
        #[cfg(feature = "parallel")]
        let done: Vec<Result<Vec<T>, Unsolvable>> = {
            use rayon::prelude::*;
            (0..chunks).into_par_iter().map(work).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let done: Vec<Result<Vec<T>, Unsolvable>> = (0..chunks).map(work).collect();
        let mut all = Vec::with_capacity(count);
        for part in done {
            all.extend(part?);
        }
        Ok(all)
    }

    fn lanes<const L: usize, T>(
        &self,
        way: Way,
        first: usize,
        many: usize,
        fill: &impl Fn(Put),
        give: &impl Fn(usize, f64) -> (u32, f64),
        each: &impl Fn(u32, Solution) -> T,
    ) -> Result<Vec<T>, Unsolvable> {
        let size = self.network.process.len();
        let mut c = vec![[0.0f64; L]; size];
        fill(&mut |lane, position, value| c[position][lane] += value);
        let (x, certificates) = self.answer(way, &c, many)?;
        let mut done = Vec::with_capacity(many);
        for (lane, certificate) in certificates.into_iter().enumerate() {
            let mut values = vec![0.0; size];
            for (position, value) in x.iter().enumerate() {
                let (slot, value) = give(position, value[lane]);
                // No negative zero.
                values[slot as usize] = value + 0.0;
            }
            done.push(each((first + lane) as u32, Solution { values, certificate }));
        }
        Ok(done)
    }

    pub(super) fn matrix(&self, adjoint: bool) -> &Compact {
        self.network.uses.along(adjoint)
    }

    pub(super) fn solve<const L: usize>(
        &self,
        c: &[[f64; L]],
        how: How,
    ) -> Result<(Vec<[f64; L]>, [Course; L]), Unsolvable> {
        let solved = self.ladder.solve(&self.network.uses, c, how);
        solved.map_err(|stuck| told(&self.network, stuck))
    }

    /// Solves, looks at the error, refines, goes down the ladder.
    fn answer<const L: usize>(
        &self,
        way: Way,
        c: &[[f64; L]],
        many: usize,
    ) -> Result<(Vec<[f64; L]>, Vec<Certificate>), Unsolvable> {
        let adjoint = way.adjoint;
        // Without a proof an iterative answer could not be told from a wrong one.
        let iterative = !matches!(self.majorant, Majorant::None);
        let from = if iterative { way.from } else { Step::Factorisation };
        let mut how = How { adjoint, tolerance: TOLERANCE, from, to: Step::Factorisation };
        let (mut x, mut courses) = self.solve(c, how)?;
        if !iterative {
            for course in courses.iter_mut().filter(|course| course.step == Step::Factorisation) {
                course.join(Course {
                    left: vec![Left { step: Step::GaussSeidel, reason: Reason::NotProven }],
                    ..Course::default()
                });
            }
        }
        let mut left = rest(self.matrix(adjoint), &x, c);
        let mut known = self.known(adjoint, c, &x, &left, many);
        let mut refinements = [0u32; L];
        loop {
            for round in 0..3 {
                // Answers by factors are refined in any case: they then agree whoever multiplied.
                let open: [bool; L] = std::array::from_fn(|lane| {
                    let factors = round < 2 && courses[lane].step == Step::Factorisation && known[lane].error > ROUNDED;
                    lane < many && (factors || !known[lane].enough())
                });
                if !open.iter().any(|&open| open) {
                    break;
                }
                let (change, more) = self.solve(&exact_residual(self.matrix(adjoint), &x, c), how)?;
                let mut better = x.clone();
                for (value, change) in better.iter_mut().zip(&change) {
                    for lane in (0..L).filter(|&lane| open[lane]) {
                        value[lane] += change[lane];
                    }
                }
                let next = rest(self.matrix(adjoint), &better, c);
                let now = self.known(adjoint, c, &better, &next, many);
                let mut gained = false;
                for (lane, more) in more.into_iter().enumerate() {
                    let factors = more.step == Step::Factorisation;
                    // Rounding hides the gain of a refined answer from its bound, so a little more is let pass.
                    let allowed = if factors { 1.5 } else { 1.0 } * known[lane].error;
                    if !(open[lane] && now[lane].error <= allowed) {
                        continue;
                    }
                    gained |= factors || now[lane].error < 0.5 * known[lane].error;
                    known[lane] = now[lane];
                    refinements[lane] += 1;
                    courses[lane].join(more);
                    for position in 0..x.len() {
                        x[position][lane] = better[position][lane];
                        left.residual[position][lane] = next.residual[position][lane];
                        left.terms[position][lane] = next.terms[position][lane];
                    }
                }
                if !gained {
                    break;
                }
            }
            let open: [bool; L] = std::array::from_fn(|lane| {
                let iterative = matches!(courses[lane].step, Step::GaussSeidel | Step::BiCgStab);
                lane < many && !known[lane].enough() && iterative
            });
            if how.from == Step::Factorisation || !open.iter().any(|&open| open) {
                break;
            }
            how.from = Step::Factorisation;
            let (direct, more) = match self.solve(c, how) {
                Ok(direct) => direct,
                // Too large to factorise: what there is, with its bound, unless that is no answer.
                Err(Unsolvable::TooLarge { .. }) if (0..L).all(|lane| !open[lane] || known[lane].error <= LIMIT) => {
                    break;
                }
                Err(error) => return Err(error),
            };
            for (lane, more) in more.into_iter().enumerate().filter(|(lane, _)| open[*lane]) {
                let before = courses[lane].step;
                courses[lane].join(Course { left: vec![Left { step: before, reason: Reason::NotProven }], ..more });
                x.iter_mut().zip(&direct).for_each(|(value, direct)| value[lane] = direct[lane]);
            }
            left = rest(self.matrix(adjoint), &x, c);
            known = self.known(adjoint, c, &x, &left, many);
        }
        let mut certificates = Vec::with_capacity(many);
        for (lane, course) in courses.into_iter().enumerate().take(many) {
            self.judge(known[lane].loops)?;
            certificates.push(Certificate {
                step: course.step,
                iterations: course.iterations,
                refinements: refinements[lane],
                residual: known[lane].backward,
                forward_error: known[lane].error,
                basis: known[lane].basis.unwrap_or(Basis::Estimate),
                measure: match known[lane].basis {
                    Some(Basis::Bound) if !adjoint => Measure::Whole,
                    _ => Measure::EveryValue,
                },
                left: course.left,
            });
        }
        Ok((x, certificates))
    }

    /// The loop with the largest gain: of several processes, or of one that uses its own product.
    fn heaviest(&self) -> Vec<u32> {
        let network = &self.network;
        let mut most = (0.0, Vec::new());
        for (position, cancellation) in (0u32..).zip(&network.cancellation) {
            // (1 + gain) ÷ (1 − gain) is what cancels.
            let gain = (cancellation - 1.0) / (cancellation + 1.0);
            if gain > most.0 {
                most = (gain, vec![position]);
            }
        }
        for (from, to) in self.ladder.with_loops() {
            let found = strongest(network.uses.columns(), from, to);
            if found.0 > most.0 {
                most = found;
            }
        }
        most.1.into_iter().map(|position| network.process[position as usize]).collect()
    }

    /// Refuses what is not known.
    fn judge(&self, error: f64) -> Result<(), Unsolvable> {
        if error <= LIMIT {
            return Ok(());
        }
        let loop_ = self.heaviest();
        // Not a number counts as hopeless.
        if error < HOPELESS {
            Err(Unsolvable::IllConditioned { loop_, error })
        } else {
            Err(Unsolvable::Singular { loop_ })
        }
    }
}

/// Right-hand sides in one chunk.
const WIDE: usize = 8;

fn told(network: &Network, stuck: Stuck) -> Unsolvable {
    match stuck {
        Stuck::Singular(from, to) => {
            let (_, positions) = strongest(network.uses.columns(), from, to);
            Unsolvable::Singular { loop_: positions.iter().map(|&at| network.process[at as usize]).collect() }
        }
        Stuck::TooLarge(size) => Unsolvable::TooLarge { size: size as u32 },
    }
}
