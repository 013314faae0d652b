//! Exact elimination that makes no fill: a process whose product has one consumer is absorbed by that consumer.
//!
//! `y = c + Fᵀ y` (pull: what one unit stands for) and `z = f + F z` (push: how many units are needed) share F. If row i
//! of F has one entry, F[i][p], then y_i is used in the equation of p alone and may be substituted there: p takes over
//! the inputs of i, F[i][p] times each. Nothing but products of amounts; no pivot, so nothing can go wrong but a
//! loop of a process with itself, whose 1 − gain then stands on the diagonal and is divided out. Rounds alternate
//! between F and its transpose, where the same rule absorbs a process with a single supplier.

use super::compact::{Compact, Part};
use crate::math::both;

/// No place: eliminated; of a parent, that there is none.
pub(super) const GONE: u32 = u32::MAX;

/// One round: which unknowns went, and how they come back.
#[derive(Clone, Debug)]
pub(super) struct Round {
    /// The round worked on the transpose.
    pub flipped: bool,
    /// Kept unknowns: new → old.
    kept: Vec<u32>,
    /// Old → new, or [`GONE`].
    place: Vec<u32>,
    /// Eliminated unknowns, each after the one that absorbs it.
    gone: Vec<Gone>,
    /// What the eliminated used, in the order of `gone`, in old indices.
    inputs: Compact,
    /// 1 ÷ (1 − gain of the loop with itself) of the kept.
    scale: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Gone {
    node: u32,
    /// Who absorbs it (old index), and the amount.
    parent: u32,
    link: f64,
    /// The kept unknown at the end (new index), and the product of the amounts.
    root: u32,
    weight: f64,
}

/// A system after all rounds.
#[derive(Clone, Debug)]
pub(super) struct Condensed {
    pub rounds: Vec<Round>,
    /// What is left, by column: the diagonal is one.
    pub core: Compact,
    /// Its transpose.
    pub core_rows: Compact,
}

/// Rounds end here: what is left is solved directly.
const SMALL: usize = 32;
const ROUNDS: usize = 12;
/// A loop of a process with itself that leaves less than this is left to the solvers, which find out what it means.
const SMALLEST_DIAGONAL: f64 = 1e-13;

/// Condenses `(1 − F)`; `part` holds F by column.
pub(super) fn condense(part: Part) -> Condensed {
    let mut rounds: Vec<Round> = Vec::new();
    // F by column and by row, once it is a matrix of its own.
    let mut own: Option<(Compact, Compact)> = None;
    let mut idle = 0;
    let mut flipped = false;
    while rounds.len() < ROUNDS && idle < 2 {
        if flipped && own.is_none() {
            own = Some(two_ways(part.to_matrix()));
        }
        let f = match &own {
            Some((columns, rows)) => {
                let f = if flipped { rows } else { columns };
                Part::new(f, 0, f.size())
            }
            None => part,
        };
        if f.size() <= SMALL {
            break;
        }
        match round(f, flipped) {
            Some((made, next)) => {
                let turned = next.transpose();
                own = Some(if flipped { (turned, next) } else { (next, turned) });
                rounds.push(made);
                idle = 0;
            }
            None => idle += 1,
        }
        flipped = !flipped;
    }
    let (core, core_rows) = own.unwrap_or_else(|| two_ways(part.to_matrix()));
    Condensed { rounds, core, core_rows }
}

fn two_ways(columns: Compact) -> (Compact, Compact) {
    let rows = columns.transpose();
    (columns, rows)
}

/// One round on F by column; `None` if it would take less than a hundredth away, which costs more than it saves.
fn round(f: Part, flipped: bool) -> Option<(Round, Compact)> {
    let size = f.size();
    // Who absorbs whom: the only consumer, and how much it takes.
    let mut consumers = vec![0u32; size];
    let mut parent = vec![GONE; size];
    let mut link = vec![0.0f64; size];
    for column in 0..size {
        for (row, value) in f.column(column) {
            let row = row as usize;
            consumers[row] += 1;
            parent[row] = column as u32;
            link[row] = value;
        }
    }
    for (parent, consumers) in parent.iter_mut().zip(consumers) {
        if consumers != 1 {
            *parent = GONE;
        }
    }
    keep_one_of_each_loop(&mut parent);
    let kept: Vec<u32> = (0..size as u32).filter(|&node| parent[node as usize] == GONE).collect();
    if (size - kept.len()) * 100 <= size {
        return None;
    }
    let mut place = vec![GONE; size];
    for (new, &old) in (0u32..).zip(&kept) {
        place[old as usize] = new;
    }
    // From the kept down: a path of unknown nodes is unwound from its known end.
    let mut root = place.clone();
    let mut weight = vec![1.0f64; size];
    let mut gone = Vec::with_capacity(size - kept.len());
    let mut path = Vec::new();
    for first in 0..size {
        let mut node = first;
        while root[node] == GONE {
            path.push(node);
            node = parent[node] as usize;
        }
        while let Some(below) = path.pop() {
            let above = parent[below];
            let link = link[below];
            root[below] = root[above as usize];
            weight[below] = weight[above as usize] * link;
            gone.push(Gone { node: below as u32, parent: above, link, root: root[below], weight: weight[below] });
        }
    }
    // The members of each kept unknown.
    let mut start = vec![0u32; kept.len() + 1];
    for entry in &gone {
        start[entry.root as usize + 1] += 1;
    }
    for at in 1..start.len() {
        start[at] += start[at - 1];
    }
    let mut next = start.clone();
    let mut members = vec![0u32; gone.len()];
    for entry in &gone {
        let slot = &mut next[entry.root as usize];
        members[*slot as usize] = entry.node;
        *slot += 1;
    }
    let inputs = || {
        let entries = gone.iter().fold(0, |sum, entry| sum + f.column(entry.node as usize).len());
        let mut inputs = Compact::build(gone.len(), entries);
        gone.iter().for_each(|entry| inputs.push(f.column(entry.node as usize)));
        inputs.done()
    };
    // Two halves of what is kept, each with room of its own.
    let core = |range: std::ops::Range<usize>| {
        let mut sum = vec![0.0f64; kept.len()];
        let mut touched = vec![false; kept.len()];
        let mut list: Vec<u32> = Vec::new();
        let mut scale = Vec::with_capacity(kept.len());
        let mut core = Compact::build(kept.len(), f.entries() / 2);
        for new in range {
            let mut take = |node: u32| {
                let factor = weight[node as usize];
                for (row, value) in f.column(node as usize) {
                    let target = place[row as usize];
                    if target != GONE {
                        let target = target as usize;
                        if !touched[target] {
                            touched[target] = true;
                            list.push(target as u32);
                        }
                        sum[target] += factor * value;
                    }
                }
            };
            take(kept[new]);
            members[start[new] as usize..start[new + 1] as usize].iter().for_each(|&node| take(node));
            let diagonal = 1.0 - sum[new];
            if diagonal.abs() < SMALLEST_DIAGONAL || !diagonal.is_finite() {
                return None;
            }
            let own = 1.0 / diagonal;
            scale.push(own);
            list.sort_unstable();
            let others = list.iter().filter(|&&target| target as usize != new);
            core.push(others.map(|&target| (target, sum[target as usize] * own)));
            for target in list.drain(..) {
                sum[target as usize] = 0.0;
                touched[target as usize] = false;
            }
        }
        Some((core.done(), scale))
    };
    let half = kept.len() / 2;
    let (inputs, (first, second)) = both(inputs, || both(|| core(0..half), || core(half..kept.len())));
    let ((mut core, mut scale), (rest, more)) = (first?, second?);
    core.append(&rest);
    scale.extend(more);
    Some((Round { flipped, kept, place, gone, inputs, scale }, core))
}

/// A loop of unknowns that absorb each other keeps its first.
pub(super) fn keep_one_of_each_loop(parent: &mut [u32]) {
    let mut seen = vec![0u32; parent.len()];
    for first in 0..parent.len() {
        let mut node = first;
        while seen[node] == 0 && parent[node] != GONE {
            seen[node] = first as u32 + 1;
            node = parent[node] as usize;
        }
        if seen[node] == first as u32 + 1 && parent[node] != GONE {
            parent[node] = GONE;
        }
    }
}

impl Round {
    /// The right-hand side of the smaller system. `adjoint`: for `y = c + Eᵀ y`, else for `z = f + E z`.
    pub fn restrict<const L: usize>(&self, adjoint: bool, given: &[[f64; L]]) -> Vec<[f64; L]> {
        let mut small: Vec<[f64; L]> = self.kept.iter().map(|&old| given[old as usize]).collect();
        if adjoint != self.flipped {
            for entry in &self.gone {
                add(&mut small[entry.root as usize], entry.weight, &given[entry.node as usize]);
            }
            for (value, &scale) in small.iter_mut().zip(&self.scale) {
                value.iter_mut().for_each(|lane| *lane *= scale);
            }
            return small;
        }
        // What the eliminated need for themselves, before the kept ask them for more.
        let mut own = vec![[0.0; L]; given.len()];
        for (at, entry) in self.gone.iter().enumerate() {
            let mut units = given[entry.node as usize];
            add(&mut units, entry.link, &own[entry.parent as usize]);
            own[entry.node as usize] = units;
            if units.iter().any(|&lane| lane != 0.0) {
                let (rows, values) = self.inputs.column(at);
                for (&row, &value) in rows.iter().zip(values) {
                    let target = self.place[row as usize];
                    if target != GONE {
                        add(&mut small[target as usize], value, &units);
                    }
                }
            }
        }
        small
    }

    /// The solution of the larger system from that of the smaller one.
    pub fn prolong<const L: usize>(&self, adjoint: bool, given: &[[f64; L]], small: &[[f64; L]]) -> Vec<[f64; L]> {
        let mut all = vec![[0.0; L]; given.len()];
        if adjoint != self.flipped {
            for (&old, value) in self.kept.iter().zip(small) {
                all[old as usize] = *value;
            }
            for (at, entry) in self.gone.iter().enumerate().rev() {
                let mut value = given[entry.node as usize];
                let (rows, values) = self.inputs.column(at);
                for (&row, &amount) in rows.iter().zip(values) {
                    add(&mut value, amount, &all[row as usize]);
                }
                all[entry.node as usize] = value;
            }
            return all;
        }
        for ((&old, value), &scale) in self.kept.iter().zip(small).zip(&self.scale) {
            all[old as usize] = value.map(|lane| lane * scale);
        }
        for entry in &self.gone {
            let mut value = given[entry.node as usize];
            add(&mut value, entry.link, &all[entry.parent as usize]);
            all[entry.node as usize] = value;
        }
        all
    }
}

/// `sum += factor × term`, lane by lane.
#[inline(always)]
pub(super) fn add<const L: usize>(sum: &mut [f64; L], factor: f64, term: &[f64; L]) {
    for lane in 0..L {
        sum[lane] += factor * term[lane];
    }
}
