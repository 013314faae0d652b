//! Structural paths: the chains from the demand to a process whose own emissions count most.
//!
//! The score is a sum over all chains (Σ_k c E^k f: J. Defourny and E. Thorbecke, Econ. J. 94 (1984) 111–136;
//! G. Treloar, Econ. Syst. Res. 9 (1997) 375–391). Chains are lengthened best first by a bound of everything that can
//! still come, so the largest are known to be the largest when the bound falls below them.

use super::solved::Analysis;
use super::{decimal, decimal_if, of_absolute, of_total};
use crate::math::Sum;
use serde::Serialize;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Where to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLimits {
    /// How many paths are wanted.
    pub paths: u32,
    /// How many chains may be lengthened.
    pub opened: u32,
    /// How many processes a path may have.
    pub length: u32,
    /// No path whose contribution is a smaller share of the sum of absolute direct contributions.
    pub least: f64,
}

impl Default for PathLimits {
    /// What fits on a screen.
    fn default() -> Self {
        Self { paths: 20, opened: 100_000, length: 100, least: 0.0 }
    }
}

/// A chain from a demanded product to a process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// The processes, the demanded one first. A loop makes a process stand in it more than once.
    pub processes: Vec<u32>,
    /// Their ids.
    pub ids: Vec<Arc<str>>,
    /// Their names.
    pub names: Vec<Arc<str>>,
    /// How much of the last one's product, in its unit.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// That unit.
    pub unit: Arc<str>,
    /// What the last one emits itself for that amount.
    #[serde(serialize_with = "decimal")]
    pub contribution: f64,
    /// contribution ÷ total; none where the total is not positive.
    #[serde(serialize_with = "decimal_if")]
    pub share_of_total: Option<f64>,
}

/// The largest paths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paths {
    /// The score.
    #[serde(serialize_with = "decimal")]
    pub total: f64,
    /// The paths, the largest |contribution| first.
    pub paths: Vec<Path>,
    /// What they add up to.
    #[serde(serialize_with = "decimal")]
    pub sum: f64,
    /// total − sum: all other chains.
    #[serde(serialize_with = "decimal")]
    pub remainder: f64,
    /// sum ÷ total; none where the total is not positive.
    #[serde(serialize_with = "decimal_if")]
    pub coverage: Option<f64>,
    /// Chains that were lengthened.
    pub opened: u32,
    /// Whether no other path within the length allowed is larger. Unproven where a limit ended the search, or credits in
    /// loops have no bound.
    pub proven: bool,
}

/// A chain, linked to the one it lengthens.
struct Link {
    before: Option<u32>,
    process: u32,
    amount: f64,
    length: u32,
    contribution: f64,
}

/// A number that ranks, and a position that settles ties.
#[derive(PartialEq)]
struct Ranked(f64, Reverse<u32>);

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Chains in memory at once.
const MOST: usize = 5_000_000;
/// What rounding may do to a bound.
const ROUNDING: f64 = 1.0 + 1e-9;

struct Search<'a> {
    analysis: &'a Analysis<'a>,
    limits: PathLimits,
    bound: &'a [f64],
    links: Vec<Link>,
    /// Chains to lengthen, by what can still come.
    open: BinaryHeap<Ranked>,
    /// The best so far, the smallest on top.
    best: BinaryHeap<Reverse<Ranked>>,
    /// A chain was left out that could have held one of the best.
    lost: bool,
}

impl Analysis<'_> {
    /// The paths that contribute most by the emissions of their last process.
    pub fn paths(&self, limits: PathLimits) -> Paths {
        let gross = self.solved.gross(self.impact);
        let net: Vec<f64> = self.lambda.iter().map(|value| value.abs()).collect();
        let mut search = Search {
            analysis: self,
            limits,
            bound: gross.unwrap_or(&net),
            links: Vec::new(),
            open: BinaryHeap::new(),
            best: BinaryHeap::new(),
            lost: gross.is_none(),
        };
        for &(product, amount) in &self.supply.demand {
            search.offer(None, product, amount, 1);
        }
        let mut opened = 0;
        while let Some(Ranked(bound, Reverse(at))) = search.open.pop() {
            if bound * ROUNDING < search.least() {
                break;
            }
            if opened >= limits.opened {
                search.lost = true;
                break;
            }
            opened += 1;
            search.lengthen(at);
        }
        search.finish(opened)
    }
}

impl Search<'_> {
    /// What a path must contribute to be of interest.
    fn least(&self) -> f64 {
        let wanted = self.limits.least * self.analysis.score.absolute;
        match self.best.peek() {
            Some(Reverse(Ranked(smallest, _))) if self.best.len() as u64 >= u64::from(self.limits.paths) => {
                smallest.max(wanted)
            }
            _ if self.limits.paths == 0 => f64::INFINITY,
            _ => wanted,
        }
    }

    fn offer(&mut self, before: Option<u32>, product: u32, amount: f64, length: u32) {
        let analysis = self.analysis;
        let process = analysis.solved.maker(product);
        let contribution = amount / analysis.solved.reference_amount(process) * analysis.direct[process as usize];
        let bound = (amount * self.bound[product as usize]).abs();
        if !bound.is_finite() || !contribution.is_finite() || self.links.len() >= MOST {
            self.lost = true;
            return;
        }
        let least = self.least();
        if bound * ROUNDING < least || (bound == 0.0 && contribution == 0.0) {
            return;
        }
        let at = self.links.len() as u32;
        self.links.push(Link { before, process, amount, length, contribution });
        if contribution != 0.0 && contribution.abs() >= least {
            self.best.push(Reverse(Ranked(contribution.abs(), Reverse(at))));
            if self.best.len() as u64 > u64::from(self.limits.paths) {
                self.best.pop();
            }
        }
        if length < self.limits.length {
            self.open.push(Ranked(bound, Reverse(at)));
        }
    }

    fn lengthen(&mut self, at: u32) {
        let analysis = self.analysis;
        let Link { process, amount, length, .. } = self.links[at as usize];
        let units = amount / analysis.solved.reference_amount(process);
        for (product, input) in analysis.solved.inputs(process) {
            self.offer(Some(at), product, input * units, length + 1);
        }
    }

    fn finish(self, opened: u32) -> Paths {
        let total = self.analysis.score.amount;
        let activities = &self.analysis.solved.system().activities;
        // Ascending of the reversed: the largest first.
        let mut best = self.best.into_sorted_vec();
        best.retain(|Reverse(Ranked(size, _))| of_absolute(*size, self.analysis.score.absolute) >= self.limits.least);
        let mut sum = Sum::default();
        let paths: Vec<Path> = best
            .into_iter()
            .map(|Reverse(Ranked(_, Reverse(at)))| {
                let last = &self.links[at as usize];
                sum.add(last.contribution);
                let mut processes = Vec::with_capacity(last.length as usize);
                let mut next = Some(at);
                while let Some(link) = next.map(|at| &self.links[at as usize]) {
                    processes.push(link.process);
                    next = link.before;
                }
                processes.reverse();
                let activity = |process: &u32| &activities[*process as usize];
                Path {
                    ids: processes.iter().map(|process| activity(process).id.clone()).collect(),
                    names: processes.iter().map(|process| activity(process).name.clone()).collect(),
                    unit: activity(&last.process).unit.clone(),
                    processes,
                    amount: last.amount,
                    contribution: last.contribution,
                    share_of_total: of_total(last.contribution, total),
                }
            })
            .collect();
        let sum = sum.value();
        Paths { total, paths, sum, remainder: total - sum, coverage: of_total(sum, total), opened, proven: !self.lost }
    }
}
