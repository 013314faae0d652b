//! One pattern, many value vectors: the samples of a Monte Carlo computation, eight side by side.
//!
//! What depends on the pattern alone (who absorbs whom, where every amount goes, the order of the sweeps) is found once.
//! A block of eight samples then takes its amounts as they are drawn, eliminates while they are in cache, and sweeps from
//! the answer at the stated amounts. A sample whose sweeps do not settle goes down the ladder by itself; one that has no
//! answer is handed on with the reason.

use super::certificate::{Certificate, Solution, Unsolvable};
use super::components::components;
use super::condense::{GONE, keep_one_of_each_loop};
use super::factor::Mode;
use super::prepared::Prepared;
use crate::math::{in_order, wide};
use crate::matrix::Technosphere;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Samples side by side. Which ones share a block depends on their number alone.
pub const LANES: usize = 8;

/// One value for each sample of a block.
pub type Lanes = [f64; LANES];

/// Where the values of samples come from. What is given out for a place must depend on the place and the sample alone.
pub trait Values: Sync {
    /// Amounts of A for the samples `8 × block …`; places count along [`Stream::entries`].
    fn amounts(&self, places: Range<usize>, block: u64, out: &mut [Lanes]);
    /// What one unit of a process emits itself, characterised; places count along [`Stream::processes`].
    fn direct(&self, places: Range<usize>, block: u64, out: &mut [Lanes]);
}

/// A change that the last sweeps leave to come may not exceed this, relative to every value.
const GOAL: f64 = 1e-10;
/// Sweeps before a sample is solved by itself.
const MOST: u32 = 60;
/// Entries drawn at once: what they take stays in the first cache levels.
const CHUNK: usize = 512;

/// What becomes of an amount; the index of an eliminated unknown or a place in the core stands in the lower bits.
const LINK: u32 = 1 << 31;
const OWN: u32 = u32::MAX;

/// A system whose values are replaced.
#[derive(Debug)]
pub struct Stream<'a> {
    technosphere: &'a Technosphere,
    mode: Mode,
    /// Column → process, in the order of elimination: an unknown that is kept, then those it absorbs.
    processes: Vec<u32>,
    /// Place → entry of A: of every column its reference flow, then the others.
    entries: Vec<u32>,
    /// Where columns start among the places.
    start: Vec<u32>,
    /// Place → what becomes of it.
    fate: Vec<u32>,
    /// Column → the unknown it is: kept ones come first, then the eliminated.
    unknown: Vec<u32>,
    /// Of the inputs of the eliminated, in order: the unknown.
    inputs: Vec<u32>,
    /// Kept unknown → its first column.
    group: Vec<u32>,
    /// Kept unknowns that are drawn together.
    chunks: Vec<Range<usize>>,
    core_start: Vec<u32>,
    core_index: Vec<u32>,
    /// Unknown → product.
    product: Vec<u32>,
}

/// How a sample was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// By sweeps: how many, and the relative change that was left to come.
    Swept(u32, f64),
    /// By the ladder.
    Solved(Box<Certificate>),
    /// Not at all.
    Failed(Unsolvable),
}

/// Eight samples with their answers.
#[derive(Debug)]
pub struct Block<'a> {
    /// The number of the first sample.
    pub first: u64,
    /// How each was answered. Lanes beyond the last sample are there too.
    pub answers: [Answer; LANES],
    lambda: &'a [Lanes],
    unknown: &'a [u32],
}

impl Block<'_> {
    /// What one unit of a product stands for in every sample. NaN where there is no answer.
    pub fn lambda(&self, product: u32) -> Lanes {
        self.lambda[self.unknown[product as usize] as usize]
    }
}

/// Memory of one block.
#[derive(Debug, Default)]
struct Work {
    amounts: Vec<Lanes>,
    direct: Vec<Lanes>,
    /// Of unknowns: c, of eliminated ones as they are, of kept ones with what they absorbed.
    given: Vec<Lanes>,
    weight: Vec<Lanes>,
    inputs: Vec<Lanes>,
    core: Vec<Lanes>,
    y: Vec<Lanes>,
}

impl<'a> Stream<'a> {
    /// Finds what the pattern of a prepared technosphere decides.
    pub fn new(technosphere: &'a Technosphere, prepared: &Prepared) -> Self {
        let (a, reference) = (technosphere.a(), technosphere.reference());
        let pattern = a.pattern();
        let order = &prepared.network.process;
        let size = order.len();
        let mut place = vec![0u32; size];
        for (position, &process) in (0u32..).zip(order) {
            place[reference[process as usize] as usize] = position;
        }
        // The entries of a column but its reference flow: entry and position. Zeros stay: a sample may be another.
        let used = |position: u32| {
            let process = order[position as usize];
            let range = pattern.column(process);
            let own = reference[process as usize];
            let all = (range.start as u32..).zip(&pattern.indices()[range]);
            all.filter(move |(_, product)| **product != own)
        };
        let mut consumers = vec![0u32; size];
        let mut parent = vec![GONE; size];
        for position in 0..size as u32 {
            for (_, &product) in used(position) {
                let row = place[product as usize] as usize;
                consumers[row] += 1;
                parent[row] = position;
            }
        }
        for (parent, &consumers) in parent.iter_mut().zip(&consumers) {
            if consumers != 1 {
                *parent = GONE;
            }
        }
        keep_one_of_each_loop(&mut parent);
        let kept: Vec<u32> = (0..size as u32).filter(|&position| parent[position as usize] == GONE).collect();
        // Who is absorbed in the end by whom, parents first.
        let mut root = vec![GONE; size];
        for (core, &position) in (0u32..).zip(&kept) {
            root[position as usize] = core;
        }
        let mut members: Vec<Vec<u32>> = kept.iter().map(|&position| vec![position]).collect();
        let mut path = Vec::new();
        for first in 0..size as u32 {
            let mut node = first;
            while root[node as usize] == GONE {
                path.push(node);
                node = parent[node as usize];
            }
            while let Some(below) = path.pop() {
                root[below as usize] = root[parent[below as usize] as usize];
                members[root[below as usize] as usize].push(below);
            }
        }
        // The pattern of what is left, then in the order in which sweeps carry furthest.
        let mut rows: Vec<Vec<u32>> = Vec::with_capacity(kept.len());
        for (core, members) in (0u32..).zip(&members) {
            let mut list: Vec<u32> = Vec::new();
            for &member in members {
                let others = used(member).map(|(_, &product)| place[product as usize] as usize);
                let others = others.filter(|&row| parent[row] == GONE).map(|row| root[row]);
                list.extend(others.filter(|&row| row != core));
            }
            list.sort_unstable();
            list.dedup();
            rows.push(list);
        }
        let found = components(kept.len(), |core| &rows[core as usize]);
        let mut renamed = vec![0u32; kept.len()];
        for (new, &old) in (0u32..).zip(&found.order) {
            renamed[old as usize] = new;
        }
        let mut stream = Self {
            technosphere,
            mode: prepared.mode(),
            processes: Vec::with_capacity(size),
            entries: Vec::with_capacity(pattern.indices().len()),
            start: vec![0],
            fate: Vec::with_capacity(pattern.indices().len()),
            unknown: Vec::with_capacity(size),
            inputs: Vec::new(),
            group: vec![0],
            chunks: Vec::new(),
            core_start: vec![0],
            core_index: Vec::new(),
            product: vec![0; size],
        };
        // Unknowns: kept ones in their order, then the eliminated as they are met.
        let mut unknown = vec![0u32; size];
        let mut next = kept.len() as u32;
        for &old in &found.order {
            for (at, &member) in members[old as usize].iter().enumerate() {
                unknown[member as usize] = if at == 0 { renamed[old as usize] } else { next };
                next += u32::from(at > 0);
            }
        }
        let mut first_of_chunk = 0;
        let mut entries_at_chunk = 0;
        for (core, &old) in found.order.iter().enumerate() {
            let from = stream.core_index.len();
            let mut list: Vec<u32> = rows[old as usize].iter().map(|&row| renamed[row as usize]).collect();
            list.sort_unstable();
            stream.core_index.extend_from_slice(&list);
            stream.core_start.push(stream.core_index.len() as u32);
            for &member in &members[old as usize] {
                let process = order[member as usize];
                let own = pattern.position(reference[process as usize], process).unwrap_or_default();
                stream.processes.push(process);
                stream.entries.push(own);
                stream.fate.push(OWN);
                for (entry, &product) in used(member) {
                    let row = place[product as usize] as usize;
                    stream.entries.push(entry);
                    stream.fate.push(if parent[row] != GONE {
                        LINK | unknown[row]
                    } else if unknown[row] as usize == core {
                        OWN
                    } else {
                        (from + list.partition_point(|&one| one < unknown[row])) as u32
                    });
                    if parent[member as usize] != GONE {
                        stream.inputs.push(unknown[row]);
                    }
                }
                stream.start.push(stream.entries.len() as u32);
                stream.unknown.push(unknown[member as usize]);
                stream.product[unknown[member as usize] as usize] = reference[process as usize];
            }
            stream.group.push(stream.processes.len() as u32);
            if stream.entries.len() - entries_at_chunk >= CHUNK || core + 1 == kept.len() {
                stream.chunks.push(first_of_chunk..core + 1);
                first_of_chunk = core + 1;
                entries_at_chunk = stream.entries.len();
            }
        }
        stream
    }

    /// Entries of A (positions in its pattern) in the order in which their amounts are asked for.
    pub fn entries(&self) -> &[u32] {
        &self.entries
    }

    /// Processes in the order in which their emissions are asked for.
    pub fn processes(&self) -> &[u32] {
        &self.processes
    }

    /// Unknowns, and those left after elimination.
    pub fn sizes(&self) -> (u32, u32) {
        (self.product.len() as u32, self.group.len() as u32 - 1)
    }

    /// λ of every product for so many samples, in blocks of eight on several threads; `each` looks at a block, `sink`
    /// gets what it made, in order. `start` is λ at the stated amounts. Memory does not grow with the samples.
    ///
    /// # Errors
    /// What the sink returns; nothing more is computed then.
    pub fn run<T: Send, E: Send>(
        &self,
        values: &impl Values,
        start: &[f64],
        samples: u64,
        each: impl Fn(&Block) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        let unknown = self.unknown_of_products();
        let pool: Mutex<Vec<Work>> = Mutex::new(Vec::new());
        let make = |at: usize| {
            let taken = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut work = taken.unwrap_or_default();
            let answers = self.block(values, start, at as u64, &mut work);
            let block = Block { first: at as u64 * LANES as u64, answers, lambda: &work.y, unknown: &unknown };
            let made = each(&block);
            pool.lock().unwrap_or_else(PoisonError::into_inner).push(work);
            made
        };
        in_order(samples.div_ceil(LANES as u64) as usize, make, sink)
    }

    /// One sample by the factors of its own system, whatever sweeps could do: for checks.
    ///
    /// # Errors
    /// As [`Prepared::new`] and [`Prepared::adjoint`].
    pub fn by_factors(&self, values: &impl Values, sample: u64) -> Result<Solution, Unsolvable> {
        self.alone(values, sample, true)
    }

    fn unknown_of_products(&self) -> Vec<u32> {
        let mut unknown = vec![0u32; self.product.len()];
        for (at, &product) in (0u32..).zip(&self.product) {
            unknown[product as usize] = at;
        }
        unknown
    }

    /// A sample by itself, down the ladder.
    fn alone(&self, values: &impl Values, sample: u64, factors: bool) -> Result<Solution, Unsolvable> {
        let (block, lane) = (sample / LANES as u64, (sample % LANES as u64) as usize);
        let mut amounts = vec![0.0; self.entries.len()];
        let mut direct = vec![0.0; self.processes.len()];
        let mut lanes = vec![[0.0; LANES]; CHUNK];
        for from in (0..amounts.len()).step_by(CHUNK) {
            let places = from..(from + CHUNK).min(amounts.len());
            values.amounts(places.clone(), block, &mut lanes[..places.len()]);
            for (lanes, &entry) in lanes.iter().zip(&self.entries[places]) {
                amounts[entry as usize] = lanes[lane];
            }
        }
        for from in (0..direct.len()).step_by(CHUNK) {
            let places = from..(from + CHUNK).min(direct.len());
            values.direct(places.clone(), block, &mut lanes[..places.len()]);
            for (lanes, &process) in lanes.iter().zip(&self.processes[places]) {
                direct[process as usize] = lanes[lane];
            }
        }
        let technosphere = self.technosphere.with_values(amounts).map_err(|_| Unsolvable::NotFinite(0))?;
        let prepared = Prepared::new(&technosphere, self.mode)?;
        let mut found = if factors { prepared.adjoint_by_factors(&[&direct]) } else { prepared.adjoint(&[&direct]) }?;
        found.pop().ok_or(Unsolvable::Shape(0))
    }

    fn block(&self, values: &impl Values, start: &[f64], block: u64, work: &mut Work) -> [Answer; LANES] {
        let kept = self.group.len() - 1;
        let zero = [0.0; LANES];
        wide(|| self.eliminate(values, block, work));
        work.y.resize(self.product.len(), zero);
        for (y, &product) in work.y.iter_mut().zip(&self.product[..kept]) {
            *y = [start[product as usize]; LANES];
        }
        let ends = wide(|| self.sweep(work));
        wide(|| self.prolong(work));
        let mut lane = 0;
        ends.map(|end| {
            let at = lane;
            lane += 1;
            let whole = work.y.iter().all(|y| y[at].is_finite());
            match end {
                Some((sweeps, left)) if whole => Answer::Swept(sweeps, left),
                _ => match self.alone(values, block * LANES as u64 + at as u64, false) {
                    Ok(solution) => {
                        for (y, &product) in work.y.iter_mut().zip(&self.product) {
                            y[at] = solution.values[product as usize];
                        }
                        Answer::Solved(Box::new(solution.certificate))
                    }
                    Err(error) => {
                        work.y.iter_mut().for_each(|y| y[at] = f64::NAN);
                        Answer::Failed(error)
                    }
                },
            }
        })
    }

    /// Takes the amounts of a block and makes the core of them. `y_j = c_j ÷ d_j − Σ a_ij ÷ d_j × y_i` with the signed
    /// reference amount d: no sign needs to be turned.
    #[inline(always)]
    fn eliminate(&self, values: &impl Values, block: u64, work: &mut Work) {
        let zero = [0.0; LANES];
        work.core.clear();
        work.core.resize(self.core_index.len(), zero);
        work.given.resize(self.product.len(), zero);
        work.weight.resize(self.product.len(), zero);
        work.inputs.resize(self.inputs.len(), zero);
        let kept = (self.group.len() - 1) as u32;
        let mut input = 0;
        for chunk in &self.chunks {
            let columns = self.group[chunk.start] as usize..self.group[chunk.end] as usize;
            let places = self.start[columns.start] as usize..self.start[columns.end] as usize;
            let (first_column, first_place) = (columns.start, places.start);
            work.amounts.resize(work.amounts.len().max(places.len()), zero);
            work.direct.resize(work.direct.len().max(columns.len()), zero);
            values.amounts(places.clone(), block, &mut work.amounts[..places.len()]);
            values.direct(columns.clone(), block, &mut work.direct[..columns.len()]);
            for core in chunk.clone() {
                let (mut own, mut sum) = (zero, zero);
                for column in self.group[core] as usize..self.group[core + 1] as usize {
                    let unknown = self.unknown[column];
                    let weight = if unknown < kept { [1.0; LANES] } else { work.weight[unknown as usize] };
                    let from = self.start[column] as usize - first_place;
                    let to = self.start[column + 1] as usize - first_place;
                    let per = work.amounts[from].map(|amount| 1.0 / amount);
                    let mut given = work.direct[column - first_column];
                    for lane in 0..LANES {
                        given[lane] *= per[lane];
                        sum[lane] += weight[lane] * given[lane];
                    }
                    work.given[unknown as usize] = given;
                    let places = self.start[column] as usize + 1..self.start[column + 1] as usize;
                    for (amount, &fate) in work.amounts[from + 1..to].iter().zip(&self.fate[places]) {
                        let (mut used, mut weighted) = (zero, zero);
                        for lane in 0..LANES {
                            used[lane] = -amount[lane] * per[lane];
                            weighted[lane] = used[lane] * weight[lane];
                        }
                        if unknown >= kept {
                            work.inputs[input] = used;
                            input += 1;
                        }
                        if fate == OWN {
                            (0..LANES).for_each(|lane| own[lane] += weighted[lane]);
                        } else if fate & LINK != 0 {
                            work.weight[(fate ^ LINK) as usize] = weighted;
                        } else {
                            let slot = &mut work.core[fate as usize];
                            (0..LANES).for_each(|lane| slot[lane] += weighted[lane]);
                        }
                    }
                }
                // What a process uses of itself in the end is divided out.
                let scale = own.map(|own| 1.0 / (1.0 - own));
                for slot in &mut work.core[self.core_start[core] as usize..self.core_start[core + 1] as usize] {
                    (0..LANES).for_each(|lane| slot[lane] *= scale[lane]);
                }
                (0..LANES).for_each(|lane| sum[lane] *= scale[lane]);
                // The eliminated keep what is their own; the kept have what they absorbed.
                work.given[core] = sum;
            }
        }
    }

    /// Gauss–Seidel over what is left. Of every lane the sweeps and the change left to come, if it settled.
    #[inline(always)]
    fn sweep(&self, work: &mut Work) -> [Option<(u32, f64)>; LANES] {
        let mut ends = [None; LANES];
        let mut before = [f64::INFINITY; LANES];
        let mut rates = [[1.0f64; 2]; LANES];
        let y = &mut work.y;
        for round in 1..=MOST {
            let mut worst = [0.0f64; LANES];
            for (core, given) in work.given[..self.group.len() - 1].iter().enumerate() {
                let range = self.core_start[core] as usize..self.core_start[core + 1] as usize;
                let mut sum = *given;
                for (&row, value) in self.core_index[range.clone()].iter().zip(&work.core[range]) {
                    let other = &y[row as usize];
                    for lane in 0..LANES {
                        sum[lane] += value[lane] * other[lane];
                    }
                }
                let old = &mut y[core];
                for lane in 0..LANES {
                    let change = (sum[lane] - old[lane]).abs() / (sum[lane].abs() + f64::MIN_POSITIVE);
                    // Not `max`: a NaN must stay.
                    worst[lane] = if change <= worst[lane] { worst[lane] } else { change };
                }
                *old = sum;
            }
            for lane in 0..LANES {
                // If every sweep shrinks the change by `rate`, so much of it is still to come.
                rates[lane] = [rates[lane][1], worst[lane] / before[lane]];
                let rate = if rates[lane][0] > rates[lane][1] { rates[lane][0] } else { rates[lane][1] };
                before[lane] = worst[lane];
                let left = if worst[lane] == 0.0 { 0.0 } else { worst[lane] * rate / (1.0 - rate) };
                let settled = (rate < 1.0 && left <= GOAL) || worst[lane] == 0.0;
                // A lane that settled goes on with the others; what is told is how it stands at the end.
                ends[lane] = if settled || (ends[lane].is_some() && worst[lane] <= GOAL) {
                    Some((round, if (0.0..=GOAL).contains(&left) { left } else { worst[lane] }))
                } else {
                    None
                };
            }
            let open = ends.iter().zip(&worst).any(|(end, worst)| end.is_none() && worst.is_finite());
            if !open {
                break;
            }
        }
        ends
    }

    /// The eliminated from the kept: those that were absorbed last come first.
    #[inline(always)]
    fn prolong(&self, work: &mut Work) {
        let kept = (self.group.len() - 1) as u32;
        let mut end = self.inputs.len();
        for column in (0..self.processes.len()).rev() {
            let unknown = self.unknown[column];
            if unknown < kept {
                continue;
            }
            let from = end - (self.start[column + 1] - self.start[column] - 1) as usize;
            let mut sum = work.given[unknown as usize];
            for (&row, value) in self.inputs[from..end].iter().zip(&work.inputs[from..end]) {
                let other = &work.y[row as usize];
                for lane in 0..LANES {
                    sum[lane] += value[lane] * other[lane];
                }
            }
            work.y[unknown as usize] = sum;
            end = from;
        }
    }
}
