//! Cells: every emission rounded once, and the exact sums of them.

use crate::impact::CO2_PER_CARBON;
use crate::math::{Quantum, Sum, blocked_sum, fill_blocks};
use crate::matrix::{Column, Columns, System};
use crate::method::Module;
use crate::product::{Activities, Recipe, RecipeState};
use crate::solve::Scaling;

/// The largest figure of one activity, kg CO2e; above it something is wrong (all of mankind emits 6·10¹³ a year), and a
/// million such figures still add up within the doubles.
pub(super) const LARGEST: f64 = 1e30;

/// How an activity stands to the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the total.
    Counted,
    /// Known, but outside the boundary: beside the total.
    Outside,
    /// Unknown.
    Unknown,
}

/// The exact sums.
#[derive(Clone, Debug)]
pub struct Cells {
    /// The unit of all figures.
    pub quantum: Quantum,
    /// Per activity, in quanta; activities outside the total are rounded too, unknown ones are 0 and not in any sum.
    pub by_activity: Vec<i64>,
    /// Per activity.
    pub standing: Vec<Standing>,
    /// How many are unknown.
    pub unknown: usize,
    /// What replacements of an activity's line add in module B4, in quanta: activity, quanta. Sparse.
    pub replaced: Vec<(u32, i64)>,
    /// Module × flow, in quanta, of what counts.
    pub by_module_flow: Vec<i64>,
    /// Module × flow, in quanta, of what lies outside.
    pub outside: Vec<i64>,
    /// Number of flows.
    pub flows: usize,
    /// The total in quanta.
    pub total: i64,
    /// The total before rounding, kg CO2e.
    pub unrounded: f64,
}

/// The scaled amount of each activity, and of its replacements.
pub(super) struct Amounts<'a> {
    pub activities: &'a Activities,
    pub scaling: &'a Scaling,
    /// Own replacements per activity (0 for nearly all).
    pub times: Vec<(u32, f64)>,
}

impl Amounts<'_> {
    /// Units of the recipe per declared unit.
    pub fn once(&self, index: usize) -> f64 {
        let entry = &self.activities.entries[index];
        entry.amount * self.scaling.units[entry.node as usize]
    }

    /// Units of the recipe that replacements need beside.
    pub fn again(&self, index: usize) -> f64 {
        let entry = &self.activities.entries[index];
        let node = entry.node as usize;
        let own = match self.times.binary_search_by_key(&(index as u32), |(activity, _)| *activity) {
            Ok(position) => self.times[position].1,
            Err(_) => 0.0,
        };
        entry.amount * (self.scaling.replaced[node] + own * self.scaling.units[node])
    }
}

/// What an activity needs to know of its recipe: compact, where recipes are large and activities come by the million.
struct Sort<'a> {
    /// Whether it counts as far as the recipe can tell.
    known: bool,
    /// Whether its module lies inside the boundary.
    inside: bool,
    /// The position of its module.
    module: usize,
    /// The column's sums.
    magnitude: f64,
    total: f64,
    /// Biogenic carbon, kg per unit; 0 where there is none or it is not known.
    carbon: f64,
    /// The column.
    cells: &'a [(u16, f64)],
}

impl<'a> Sort<'a> {
    fn of_all(activities: &Activities, columns: &'a Columns, modules: &[Module]) -> Vec<Self> {
        let sort = |(recipe, column): (&Recipe, &'a Column)| Sort {
            known: recipe.state == RecipeState::Counted && !column.incomplete,
            inside: modules.contains(&recipe.module),
            module: recipe.module.position(),
            magnitude: column.magnitude,
            total: column.total,
            carbon: recipe.biogenic_carbon.unwrap_or(0.0),
            cells: &column.cells,
        };
        activities.recipes.iter().zip(&columns.columns).map(sort).collect()
    }
}

/// What the first walk over one block of activities gives.
#[derive(Default)]
struct First {
    unknown: usize,
    magnitude: Sum,
    unrounded: Sum,
    beside: Sum,
    uptake: Sum,
}

/// What one block of activities adds.
struct Block {
    counted: Vec<i64>,
    outside: Vec<i64>,
}

impl Cells {
    pub(super) fn new(amounts: &Amounts, system: &System, columns: &Columns, modules: &[Module]) -> Self {
        let activities = amounts.activities;
        let count = activities.entries.len();
        let sorts = Sort::of_all(activities, columns, modules);
        let sort = |index: usize| &sorts[activities.entries[index].recipe as usize];
        // First walk: how every activity stands, and the sums that settle the quantum.
        let mut standing = vec![Standing::Unknown; count];
        let first = fill_blocks(&mut standing, |from, standing| {
            let mut out = First::default();
            for (index, standing) in (from..).zip(standing) {
                let sort = sort(index);
                let once = amounts.once(index);
                // A product of finite numbers may leave the doubles; what is beyond any product is unknown (B405).
                let size = once.abs() * sort.magnitude;
                let known =
                    sort.known && system.reaches(activities.entries[index].node) && once.is_finite() && size <= LARGEST;
                *standing = match (known, sort.inside) {
                    (false, _) => Standing::Unknown,
                    (true, true) => Standing::Counted,
                    (true, false) => Standing::Outside,
                };
                if !known {
                    out.unknown += 1;
                    continue;
                }
                if sort.inside {
                    out.magnitude.add(size);
                    out.unrounded.add(once * sort.total);
                } else {
                    out.beside.add(size);
                }
                if sort.carbon != 0.0 {
                    out.uptake.add((once * sort.carbon * CO2_PER_CARBON).abs());
                }
            }
            out
        });
        let mut sums = First::default();
        for block in first {
            sums.unknown += block.unknown;
            sums.magnitude.join(block.magnitude);
            sums.unrounded.join(block.unrounded);
            sums.beside.join(block.beside);
            sums.uptake.join(block.uptake);
        }
        let column = |index: usize| &columns.columns[activities.entries[index].recipe as usize];
        // Replacements are few: their own list. They stand in B4, whatever the module of their line.
        let any_replaced = !amounts.times.is_empty() || amounts.scaling.replaced.iter().any(|units| *units != 0.0);
        let again: Vec<(u32, f64)> = if any_replaced {
            (0..count)
                .filter(|&index| standing[index] != Standing::Unknown && replaceable(activities, index))
                .map(|index| (index as u32, amounts.again(index)))
                .filter(|(_, amount)| *amount != 0.0 && amount.is_finite())
                .filter(|(index, amount)| amount.abs() * column(*index as usize).magnitude <= LARGEST)
                .collect()
        } else {
            Vec::new()
        };
        let b4_inside = modules.contains(&Module::B4);
        let again_total = || blocked_sum(again.len(), |at| again[at].1 * column(again[at].0 as usize).total);
        let again_size = |inside: bool| {
            let size = |at: usize| again[at].1.abs() * column(again[at].0 as usize).magnitude;
            if inside { blocked_sum(again.len(), size) } else { 0.0 }
        };
        let magnitude = sums.magnitude.value() + again_size(b4_inside);
        let unrounded = sums.unrounded.value() + if b4_inside { again_total() } else { 0.0 };
        // What stands beside the total: outside the boundary, and the carbon taken up. Nearly always it fits the total's
        // own quantum.
        let beside = sums.beside.value() + again_size(!b4_inside);
        let uptake = sums.uptake.value();
        let quantum = Quantum::for_magnitude(magnitude).holding(beside).holding(uptake);
        let round = quantum.rounder();
        let flows = columns.flows.len();
        let work = |from: usize, by_activity: &mut [i64]| {
            let mut out =
                Block { counted: vec![0; Module::ALL.len() * flows], outside: vec![0; Module::ALL.len() * flows] };
            for (index, line) in (from..).zip(by_activity) {
                if standing[index] == Standing::Unknown {
                    continue;
                }
                let sort = sort(index);
                let module = sort.module;
                let sums = if standing[index] == Standing::Counted { &mut out.counted } else { &mut out.outside };
                let amount = amounts.once(index);
                for &(flow, per_unit) in sort.cells {
                    let cell = round(amount * per_unit);
                    sums[module * flows + flow as usize] += cell;
                    *line += cell;
                }
            }
            out
        };
        let mut cells = Self {
            quantum,
            by_activity: vec![0; count],
            standing: Vec::new(),
            unknown: sums.unknown,
            replaced: Vec::with_capacity(again.len()),
            by_module_flow: vec![0; Module::ALL.len() * flows],
            outside: vec![0; Module::ALL.len() * flows],
            flows,
            total: 0,
            unrounded,
        };
        // Integers: the order in which blocks join cannot change a digit.
        for block in fill_blocks(&mut cells.by_activity, work) {
            for (sum, more) in cells.by_module_flow.iter_mut().zip(block.counted) {
                *sum += more;
            }
            for (sum, more) in cells.outside.iter_mut().zip(block.outside) {
                *sum += more;
            }
        }
        for (index, amount) in again {
            let sums = if b4_inside { &mut cells.by_module_flow } else { &mut cells.outside };
            let mut line = 0;
            for &(flow, per_unit) in &column(index as usize).cells {
                let cell = round(amount * per_unit);
                sums[Module::B4.position() * flows + flow as usize] += cell;
                line += cell;
            }
            cells.replaced.push((index, line));
        }
        cells.total = cells.by_module_flow.iter().sum();
        cells.standing = standing;
        cells
    }

    /// The sum of a module, in quanta.
    pub fn module(&self, module: Module) -> i64 {
        self.by_module_flow[module.position() * self.flows..(module.position() + 1) * self.flows].iter().sum()
    }

    /// The sum of a module that lies outside the boundary, in quanta.
    pub fn module_outside(&self, module: Module) -> i64 {
        self.outside[module.position() * self.flows..(module.position() + 1) * self.flows].iter().sum()
    }

    /// The sum of a flow over all modules, in quanta.
    pub fn flow(&self, flow: usize) -> i64 {
        (0..Module::ALL.len()).map(|module| self.by_module_flow[module * self.flows + flow]).sum()
    }
}

/// What happens again when a part is replaced (EN 15804, B4): the part, its way to the plant and the end of the one
/// that was taken out; not the product's energy.
fn replaceable(activities: &Activities, index: usize) -> bool {
    let recipe = &activities.recipes[activities.entries[index].recipe as usize];
    matches!(recipe.module, Module::A1 | Module::A2 | Module::C2 | Module::C3 | Module::C4)
}
