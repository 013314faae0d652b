//! One linear system `1 − E`, component by component, each by the step its evidence calls for.

use super::bicgstab::bicgstab;
use super::certificate::{Left, Reason, Step};
use super::compact::{Compact, Part, TwoWays};
use super::components::components;
use super::condense::{Condensed, add, condense};
use super::dense::Dense;
use super::factor::{Factor, Mode, NoFactor, balance};
use super::gauss_seidel::{End, sweep};
use std::sync::OnceLock;

/// Up to this size a component, or what is left of one, is factorised as a dense matrix.
const SMALL: usize = 128;

/// A system with what is prepared for it.
#[derive(Debug)]
pub(super) struct Ladder {
    blocks: Vec<Block>,
    mode: Mode,
}

#[derive(Debug)]
struct Block {
    from: usize,
    to: usize,
    kernel: Kernel,
}

#[derive(Debug)]
enum Kernel {
    /// A process that is in no loop.
    Single,
    Loops(Box<Loops>),
}

#[derive(Debug)]
struct Loops {
    condensed: Condensed,
    /// Order of the core: new → old.
    order: Vec<u32>,
    /// Sizes of the unknowns (powers of two): footprints are near them, numbers of units near their inverse.
    size: Vec<f64>,
    core: Core,
}

#[derive(Debug)]
enum Core {
    Small(Dense),
    Large { start: Step, reason: Option<Reason>, factor: OnceLock<Result<Factor, NoFactor>> },
}

/// What happened to one lane.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Course {
    pub step: Step,
    pub iterations: u32,
    pub left: Vec<Left>,
}

impl Default for Course {
    fn default() -> Self {
        Self { step: Step::Sweep, iterations: 0, left: Vec::new() }
    }
}

impl Course {
    fn leave(&mut self, step: Step, reason: Reason) {
        let left = Left { step, reason };
        if !self.left.contains(&left) {
            self.left.push(left);
        }
    }

    fn took(&mut self, step: Step) {
        self.step = self.step.max(step);
    }

    /// What a further solve for the same answer did.
    pub fn join(&mut self, other: Course) {
        self.step = self.step.max(other.step);
        self.iterations += other.iterations;
        for left in other.left {
            self.leave(left.step, left.reason);
        }
    }
}

/// A component that cannot be solved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stuck {
    /// No pivot: positions from … to.
    Singular(usize, usize),
    /// Too large to factorise.
    TooLarge(usize),
}

/// How a solve is to be done.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    /// `y = c + Eᵀ y`, else `x = f + E x`.
    pub adjoint: bool,
    /// Largest relative change of the last sweep.
    pub tolerance: f64,
    /// No step before this one.
    pub from: Step,
    /// No step after this one: what it leaves open is not a number.
    pub to: Step,
}

impl Ladder {
    /// Prepares `1 − E`; `inputs` holds E by column, components are ranges of positions in order.
    pub fn new(inputs: &Compact, component_starts: &[u32], mode: Mode) -> Result<Self, Stuck> {
        let mut blocks = Vec::with_capacity(component_starts.len().saturating_sub(1));
        for pair in component_starts.windows(2) {
            let (from, to) = (pair[0] as usize, pair[1] as usize);
            let kernel = if to - from == 1 {
                Kernel::Single
            } else {
                let loops = Loops::new(Part::new(inputs, from, to)).map_err(|()| Stuck::Singular(from, to))?;
                Kernel::Loops(Box::new(loops))
            };
            blocks.push(Block { from, to, kernel });
        }
        Ok(Self { blocks, mode })
    }

    /// Solves for a chunk of right-hand sides in lanes.
    pub fn solve<const L: usize>(
        &self,
        uses: &TwoWays,
        given: &[[f64; L]],
        how: How,
    ) -> Result<(Vec<[f64; L]>, [Course; L]), Stuck> {
        let mut values = vec![[0.0f64; L]; given.len()];
        let mut courses: [Course; L] = std::array::from_fn(|_| Course::default());
        let matrix = uses.along(how.adjoint);
        let mut one = |block: &Block| {
            let (from, to) = (block.from, block.to);
            // What comes from outside the component is known already.
            let outside = |position: usize, values: &[[f64; L]]| {
                let mut sum = given[position];
                let (others, amounts) = matrix.column(position);
                for (&other, &amount) in others.iter().zip(amounts) {
                    let other = other as usize;
                    if how.adjoint && other >= from {
                        break;
                    }
                    if how.adjoint || other >= to {
                        add(&mut sum, amount, &values[other]);
                    }
                }
                sum
            };
            match &block.kernel {
                Kernel::Single => values[from] = outside(from, &values),
                Kernel::Loops(loops) => {
                    let own: Vec<[f64; L]> = (from..to).map(|position| outside(position, &values)).collect();
                    let solved = loops.solve(&own, how, self.mode, &mut courses).map_err(|stuck| match stuck {
                        NoFactor::Singular(_) => Stuck::Singular(from, to),
                        NoFactor::TooLarge => Stuck::TooLarge(to - from),
                    })?;
                    values[from..to].copy_from_slice(&solved);
                }
            }
            Ok(())
        };
        if how.adjoint {
            self.blocks.iter().try_for_each(&mut one)?;
        } else {
            self.blocks.iter().rev().try_for_each(&mut one)?;
        }
        Ok((values, courses))
    }

    /// How factors are made.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The components that have more than one process: positions from … to.
    pub fn with_loops(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.blocks.iter().filter(|block| block.to - block.from > 1).map(|block| (block.from, block.to))
    }

    /// The trials showed nothing that Gauss–Seidel could not do.
    pub fn mild(&self) -> bool {
        self.blocks.iter().all(|block| match &block.kernel {
            Kernel::Single => true,
            Kernel::Loops(loops) => match loops.core {
                Core::Small(_) => true,
                Core::Large { start, .. } => start == Step::GaussSeidel,
            },
        })
    }

    /// What the preparation found: unknowns, unknowns left in cores, entries left in cores.
    pub fn sizes(&self) -> (usize, usize, usize) {
        self.blocks.iter().fold((0, 0, 0), |(all, core, entries), block| match &block.kernel {
            Kernel::Single => (all + 1, core, entries),
            Kernel::Loops(loops) => {
                (all + block.to - block.from, core + loops.order.len(), entries + loops.condensed.core.entries())
            }
        })
    }

    /// Factorises every large core now. Returns the sizes of the dense ends and the entries of the factors.
    pub fn factorise(&self) -> Result<Vec<(usize, usize)>, Stuck> {
        let mut sizes = Vec::new();
        for block in &self.blocks {
            if let Kernel::Loops(loops) = &block.kernel
                && let Core::Large { factor, .. } = &loops.core
            {
                let made = factor.get_or_init(|| {
                    Factor::new(&loops.condensed.core, &loops.condensed.core_rows, &loops.size, self.mode)
                });
                match made {
                    Ok(factor) => sizes.push((factor.tail(), factor.entries())),
                    Err(NoFactor::Singular(_)) => return Err(Stuck::Singular(block.from, block.to)),
                    Err(NoFactor::TooLarge) => return Err(Stuck::TooLarge(block.to - block.from)),
                }
            }
        }
        Ok(sizes)
    }
}

impl Loops {
    fn new(columns: Part) -> Result<Self, ()> {
        let mut condensed = condense(columns);
        let core_size = condensed.core.size();
        let found = components(core_size, |node| condensed.core.column(node as usize).0);
        condensed.core = condensed.core.reorder(&found.order);
        condensed.core_rows = condensed.core.transpose();
        let size = balance(&condensed.core, &condensed.core_rows);
        let core = if core_size <= SMALL {
            Core::Small(small(&condensed.core, &size)?)
        } else {
            // A trial shows whether Gauss–Seidel will do.
            let unit: Vec<[f64; 1]> = size.iter().map(|&size| [size]).collect();
            let trial = sweep(&condensed.core, &unit, false, 1e-4);
            let (start, reason) = match trial.ends[0] {
                End::Converged => (Step::GaussSeidel, None),
                End::Slow(_) => (Step::BiCgStab, Some(Reason::Slow)),
                End::Diverged => (Step::Factorisation, Some(Reason::Diverged)),
            };
            Core::Large { start, reason, factor: OnceLock::new() }
        };
        Ok(Self { condensed, order: found.order, size, core })
    }

    fn solve<const L: usize>(
        &self,
        given: &[[f64; L]],
        how: How,
        mode: Mode,
        courses: &mut [Course; L],
    ) -> Result<Vec<[f64; L]>, NoFactor> {
        let mut levels: Vec<Vec<[f64; L]>> = vec![given.to_vec()];
        for round in &self.condensed.rounds {
            let next = round.restrict(how.adjoint, &levels[levels.len() - 1]);
            levels.push(next);
        }
        let last = levels.pop().unwrap_or_default();
        let ordered: Vec<[f64; L]> = self.order.iter().map(|&old| last[old as usize]).collect();
        let solved = self.core(&ordered, how, mode, courses)?;
        let mut values = last;
        for (value, &old) in solved.iter().zip(&self.order) {
            values[old as usize] = *value;
        }
        for (round, given) in self.condensed.rounds.iter().zip(&levels).rev() {
            values = round.prolong(how.adjoint, given, &values);
        }
        Ok(values)
    }

    fn core<const L: usize>(
        &self,
        given: &[[f64; L]],
        how: How,
        mode: Mode,
        courses: &mut [Course; L],
    ) -> Result<Vec<[f64; L]>, NoFactor> {
        let (start, reason, factor) = match &self.core {
            Core::Small(dense) => {
                courses.iter_mut().for_each(|course| course.took(Step::SmallComponents));
                return Ok(solve_small(dense, &self.size, how.adjoint, given));
            }
            Core::Large { start, reason, factor } => (*start, *reason, factor),
        };
        let matrix = if how.adjoint { &self.condensed.core } else { &self.condensed.core_rows };
        let mut values = vec![[0.0; L]; given.len()];
        let mut open = [true; L];
        if let Some(reason) = reason {
            courses.iter_mut().for_each(|course| course.leave(Step::GaussSeidel, reason));
        }
        if start <= Step::GaussSeidel && how.from <= Step::GaussSeidel {
            let swept = sweep(matrix, given, !how.adjoint, how.tolerance);
            values = swept.values;
            for lane in 0..L {
                courses[lane].iterations += swept.sweeps[lane];
                match swept.ends[lane] {
                    End::Converged => {
                        courses[lane].took(Step::GaussSeidel);
                        open[lane] = false;
                    }
                    End::Slow(_) => courses[lane].leave(Step::GaussSeidel, Reason::Slow),
                    End::Diverged => courses[lane].leave(Step::GaussSeidel, Reason::Diverged),
                }
            }
        }
        if start <= Step::BiCgStab && how.from <= Step::BiCgStab && open.iter().any(|&open| open) {
            let scale: Vec<f64> = self.size.iter().map(|&size| if how.adjoint { size } else { 1.0 / size }).collect();
            for lane in (0..L).filter(|&lane| open[lane]).collect::<Vec<_>>() {
                let single: Vec<f64> = given.iter().map(|value| value[lane]).collect();
                let krylov = bicgstab(matrix, &single, &scale, how.tolerance.max(1e-15));
                courses[lane].iterations += krylov.iterations;
                if krylov.converged {
                    courses[lane].took(Step::BiCgStab);
                    open[lane] = false;
                    values.iter_mut().zip(&krylov.values).for_each(|(value, &found)| value[lane] = found);
                } else {
                    courses[lane].leave(Step::BiCgStab, Reason::Slow);
                }
            }
        }
        if how.to < Step::Factorisation {
            for lane in (0..L).filter(|&lane| open[lane]) {
                values.iter_mut().for_each(|value| value[lane] = f64::NAN);
            }
        } else if open.iter().any(|&open| open) {
            let factor = factor
                .get_or_init(|| Factor::new(&self.condensed.core, &self.condensed.core_rows, &self.size, mode))
                .as_ref()
                .map_err(|reason| *reason)?;
            let solved = factor.solve(how.adjoint, given);
            for lane in (0..L).filter(|&lane| open[lane]) {
                courses[lane].took(Step::Factorisation);
                values.iter_mut().zip(&solved).for_each(|(value, found)| value[lane] = found[lane]);
            }
        }
        Ok(values)
    }
}

/// Dense factors of a balanced core.
fn small(core: &Compact, size: &[f64]) -> Result<Dense, ()> {
    let n = core.size();
    let mut a = vec![0.0; n * n];
    for column in 0..n {
        let (rows, values) = core.column(column);
        for (&row, &value) in rows.iter().zip(values) {
            a[row as usize * n + column] = -value * size[row as usize] / size[column];
        }
        a[column * n + column] = 1.0;
    }
    Dense::new(n, a).map_err(|_| ())
}

fn solve_small<const L: usize>(dense: &Dense, size: &[f64], adjoint: bool, given: &[[f64; L]]) -> Vec<[f64; L]> {
    let scale = |values: &mut [[f64; L]], divide: bool| {
        for (value, &size) in values.iter_mut().zip(size) {
            value.iter_mut().for_each(|lane| *lane = if divide { *lane / size } else { *lane * size });
        }
    };
    let mut values = given.to_vec();
    scale(&mut values, adjoint);
    if adjoint {
        dense.solve_transposed(&mut values)
    } else {
        dense.solve(&mut values)
    }
    scale(&mut values, !adjoint);
    values
}
