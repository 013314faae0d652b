//! A linked system, solved once: λ of every product per impact category, s for a demand.

use super::decimal;
use crate::inventory::{Activity, Entries, InventorySystem};
use crate::math::Sum;
use crate::matrix::{Problem, Sparse, SparseError, Technosphere};
use crate::solve::linked::{Mode, Prepared, Solution, Unsolvable};
use serde::Serialize;
use std::sync::OnceLock;

/// A system with λ of every product for every impact category.
#[derive(Debug)]
pub struct Solved<'a> {
    system: &'a InventorySystem,
    mode: Mode,
    technosphere: Technosphere,
    b: Sparse,
    /// C by impact: flows and factors.
    c: Sparse,
    /// C B: per impact, what one unit of every process emits, characterised.
    direct: Vec<Vec<f64>>,
    /// The process that makes each product.
    maker: Vec<u32>,
    prepared: Prepared,
    lambda: Vec<Solution>,
    /// The system with credits counted as burdens, made when it is first needed.
    gross_system: OnceLock<Option<Prepared>>,
    gross: Vec<OnceLock<Option<Vec<f64>>>>,
}

/// No demand is larger: its products with amounts and factors stay numbers, and a solver does not take what overflows
/// for a loop without an answer.
const LARGEST: f64 = 1e100;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotSolved {
    /// The gate was not passed.
    #[error("the system has {} open problems", .0.len())]
    NotReady(Vec<Problem>),
    /// The entries make no matrix.
    #[error(transparent)]
    Matrix(#[from] SparseError),
    /// The system has no answer, or none that is known well enough.
    #[error(transparent)]
    Unsolvable(#[from] Unsolvable),
    /// The demand names a product that the system does not have.
    #[error("product {0} of the demand is not in the system")]
    NoProduct(u32),
    /// A number of the demand or of this impact is beyond the range of numbers.
    #[error("an amount is beyond the range of numbers")]
    Overflow,
}

/// The score of a demand in one impact category.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// h = λᵀ f.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// The same forward: the sum of what every process emits, characterised.
    #[serde(serialize_with = "decimal")]
    pub forward: f64,
    /// The sum of the absolute values of these.
    #[serde(serialize_with = "decimal")]
    pub absolute: f64,
    /// |adjoint − forward| ÷ the larger of `absolute` and |adjoint|: two ways, one number.
    #[serde(serialize_with = "decimal")]
    pub gap: f64,
}

/// What a demand takes: units of every process, flows, scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// Products and amounts, each product once.
    pub demand: Vec<(u32, f64)>,
    /// s, over processes, with its certificate.
    pub units: Solution,
    /// g = B s, over elementary flows.
    pub inventory: Vec<f64>,
    /// One score per impact category.
    pub scores: Vec<Score>,
}

impl<'a> Solved<'a> {
    /// Compresses a system and solves it for every impact category at once.
    ///
    /// # Errors
    /// [`NotSolved`], with all problems of the gate.
    pub fn new(system: &'a InventorySystem, mode: Mode) -> Result<Self, NotSolved> {
        let size = |count: usize| u32::try_from(count).map_err(|_| SparseError::TooLarge);
        let (processes, flows) = (size(system.activities.len())?, size(system.flows.len())?);
        let impacts = size(system.impacts.len())?;
        let technosphere = {
            let exchanges: Vec<(u32, u32, f64)> = system.a.iter().collect();
            Technosphere::from_exchanges(processes, processes, &exchanges, system.reference.clone())?
        };
        let problems = technosphere.gate();
        if !problems.is_empty() {
            return Err(NotSolved::NotReady(problems));
        }
        let compress = |rows, columns, list: &Entries| {
            Sparse::from_parts(rows, columns, (&list.rows, &list.columns, &list.values))
        };
        let b = compress(flows, processes, &system.b)?;
        let c = compress(impacts, flows, &system.c)?.transpose();
        let mut direct = Vec::with_capacity(system.impacts.len());
        for impact in 0..impacts {
            let row = b.transposed_times(&spread(&c, impact, flows))?;
            if row.iter().any(|value| !value.is_finite()) {
                return Err(NotSolved::Overflow);
            }
            direct.push(row);
        }
        let mut maker = vec![0; processes as usize];
        for (process, &product) in (0u32..).zip(&system.reference) {
            maker[product as usize] = process;
        }
        let prepared = Prepared::new(&technosphere, mode)?;
        let lambda = prepared.adjoint(&direct.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
        let gross = (0..impacts).map(|_| OnceLock::new()).collect();
        let gross_system = OnceLock::new();
        Ok(Self { system, mode, technosphere, b, c, direct, maker, prepared, lambda, gross_system, gross })
    }

    /// The system.
    pub fn system(&self) -> &'a InventorySystem {
        self.system
    }

    /// A with its reference flows.
    pub fn technosphere(&self) -> &Technosphere {
        &self.technosphere
    }

    /// The system made ready, for what-if questions and further demands.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// λ of every product, per impact category, each with its certificate. Of a treatment it is negative where treating
    /// is a burden: per unit *put out*.
    pub fn lambda(&self) -> &[Solution] {
        &self.lambda
    }

    /// What one unit of every process emits itself, characterised, per impact category.
    pub fn direct(&self) -> &[Vec<f64>] {
        &self.direct
    }

    /// Every process with the footprint of one unit of its product per impact category; of a treatment, of one unit treated:
    /// λ × sign of the reference flow.
    pub fn products(&self) -> impl Iterator<Item = (&'a Activity, Vec<f64>)> + '_ {
        let system = self.system;
        (0u32..).zip(&system.activities).zip(&system.reference).map(|((process, one), &product)| {
            let sign = if self.technosphere.reference_amount(process) < 0.0 { -1.0 } else { 1.0 };
            (one, self.lambda.iter().map(|lambda| lambda.values[product as usize] * sign).collect())
        })
    }

    /// The score of a demand per impact category: one multiplication each, no solve.
    ///
    /// # Errors
    /// [`NotSolved::NoProduct`].
    pub fn scores(&self, demand: &[(u32, f64)]) -> Result<Vec<f64>, NotSolved> {
        self.known(demand)?;
        Ok(self.lambda.iter().map(|lambda| along(demand, &lambda.values)).collect())
    }

    /// One forward solve: units, flows, and the scores both ways.
    ///
    /// # Errors
    /// [`NotSolved`] for a product that is not there, or numbers beyond their range.
    pub fn supply(&self, demand: &[(u32, f64)]) -> Result<Supply, NotSolved> {
        self.known(demand)?;
        let mut whole: Vec<(u32, f64)> = Vec::with_capacity(demand.len());
        let mut sorted = demand.to_vec();
        sorted.sort_by_key(|&(product, _)| product);
        for (product, amount) in sorted {
            match whole.last_mut() {
                Some(last) if last.0 == product => last.1 += amount,
                _ => whole.push((product, amount)),
            }
        }
        let Some(units) = self.prepared.forward(&[&whole])?.pop() else { return Err(NotSolved::Overflow) };
        let inventory = self.b.times(&units.values)?;
        let scores: Vec<Score> = (0..self.lambda.len()).map(|impact| self.score(impact, &whole, &units)).collect();
        let finite = |score: &Score| score.amount.is_finite() && score.absolute.is_finite();
        let carried = |impact: usize| {
            let lambda = &self.lambda[impact].values;
            let entries = self.technosphere.a().triplets();
            entries.fold(0.0, |sum, (i, j, a)| sum + (a * units.values[j as usize] * lambda[i as usize]).abs())
        };
        let all = scores.iter().all(finite) && (0..scores.len()).all(|impact| carried(impact).is_finite());
        if !all || inventory.iter().any(|amount| !amount.is_finite()) {
            return Err(NotSolved::Overflow);
        }
        Ok(Supply { demand: whole, units, inventory, scores })
    }

    fn score(&self, impact: usize, demand: &[(u32, f64)], units: &Solution) -> Score {
        let (mut forward, mut absolute) = (Sum::default(), Sum::default());
        for (direct, units) in self.direct[impact].iter().zip(&units.values) {
            forward.add(direct * units);
            absolute.add((direct * units).abs());
        }
        let amount = along(demand, &self.lambda[impact].values);
        let (forward, absolute) = (forward.value(), absolute.value());
        let size = absolute.max(amount.abs());
        let gap = if size > 0.0 { (amount - forward).abs() / size } else { 0.0 };
        Score { amount, forward, absolute, gap }
    }

    fn known(&self, demand: &[(u32, f64)]) -> Result<(), NotSolved> {
        if let Some(&(product, _)) = demand.iter().find(|(product, _)| *product as usize >= self.maker.len()) {
            return Err(NotSolved::NoProduct(product));
        }
        // Not a number is refused too.
        if demand.iter().any(|(_, amount)| !matches!(amount.abs(), 0.0..=LARGEST)) {
            return Err(NotSolved::Overflow);
        }
        Ok(())
    }

    /// A supply in the light of one impact category; `None` if there is no such category or the supply is of another
    /// system.
    pub fn analyse<'b>(&'b self, supply: &'b Supply, impact: u32) -> Option<Analysis<'b>> {
        let score = supply.scores.get(impact as usize)?;
        let lambda = &self.lambda.get(impact as usize)?.values;
        let fits = supply.units.values.len() == lambda.len() && supply.inventory.len() == self.system.flows.len();
        let there = supply.demand.iter().all(|(product, _)| (*product as usize) < lambda.len());
        let direct = &self.direct[impact as usize];
        (fits && there).then_some(Analysis { solved: self, supply, impact, score, lambda, direct })
    }

    /// The process that makes a product.
    pub(super) fn maker(&self, product: u32) -> u32 {
        self.maker[product as usize]
    }

    /// The amount of a process's reference flow, negative for treatment.
    pub(super) fn reference_amount(&self, process: u32) -> f64 {
        self.technosphere.reference_amount(process)
    }

    /// What one unit of a process asks of others: product and amount; negative where it hands something out, be it
    /// waste to treat or a product that is credited.
    pub(super) fn inputs(&self, process: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let reference = self.system.reference[process as usize];
        let (products, amounts) = self.technosphere.a().column(process);
        let all = products.iter().zip(amounts).map(|(&product, &amount)| (product, -amount));
        all.filter(move |&(product, amount)| product != reference && amount != 0.0)
    }

    /// The factors of an impact, by flow; `None` where it has none.
    pub(super) fn factors(&self, impact: u32) -> Vec<Option<f64>> {
        let mut factors = vec![None; self.system.flows.len()];
        let (flows, values) = self.c.column(impact);
        for (&flow, &value) in flows.iter().zip(values) {
            factors[flow as usize] = Some(value);
        }
        factors
    }

    /// Upper bounds of what one unit of every product stands for, credits counted as burdens: no part of what lies above
    /// it exceeds this, though parts cancel. `None` where loops of credits have no such sum.
    pub(super) fn gross(&self, impact: u32) -> Option<&[f64]> {
        let found = self.gross.get(impact as usize)?.get_or_init(|| self.find_gross(impact as usize));
        found.as_deref()
    }

    fn find_gross(&self, impact: usize) -> Option<Vec<f64>> {
        let direct: Vec<f64> = self.direct[impact].iter().map(|value| value.abs()).collect();
        let solution = if self.has_credits() {
            let system = self.gross_system.get_or_init(|| self.without_credits());
            system.as_ref()?.adjoint(&[&direct]).ok()?.pop()?
        } else if direct == self.direct[impact] {
            self.lambda[impact].clone()
        } else {
            self.prepared.adjoint(&[&direct]).ok()?.pop()?
        };
        let values: Vec<f64> = solution.values.iter().map(|value| value.abs()).collect();
        values.iter().all(|value| value.is_finite()).then_some(values)
    }

    /// Whether anything is handed out that is no waste: once the signs of treatments are turned, no input is negative
    /// without.
    fn has_credits(&self) -> bool {
        let turned = |process: u32| if self.reference_amount(process) < 0.0 { -1.0 } else { 1.0 };
        (0..self.maker.len() as u32)
            .any(|user| self.inputs(user).any(|(product, amount)| amount * turned(self.maker(product)) < 0.0))
    }

    fn without_credits(&self) -> Option<Prepared> {
        let a = self.technosphere.a();
        let size = |(product, process, amount): (u32, u32, f64)| {
            let own = self.system.reference[process as usize] == product;
            (product, process, if own { amount.abs() } else { -amount.abs() })
        };
        let entries: Vec<(u32, u32, f64)> = a.triplets().map(size).collect();
        let count = a.pattern().columns();
        let technosphere = Technosphere::from_exchanges(count, count, &entries, self.system.reference.clone()).ok()?;
        let prepared = Prepared::new(&technosphere, self.mode).ok()?;
        // Only where everything is positive does the sum exist: a spectral radius above one gives negative answers.
        let proof = prepared.adjoint(&[&vec![1.0; count as usize]]).ok()?.pop()?;
        proof.values.iter().all(|&value| value > 0.0).then_some(prepared)
    }
}

/// A supply in the light of one impact category.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'b> {
    pub(super) solved: &'b Solved<'b>,
    pub(super) supply: &'b Supply,
    pub(super) impact: u32,
    pub(super) score: &'b Score,
    pub(super) lambda: &'b [f64],
    pub(super) direct: &'b [f64],
}

impl Analysis<'_> {
    /// The score that is taken apart.
    pub fn score(&self) -> &Score {
        self.score
    }

    /// What a process emits itself for the demand, characterised.
    pub(super) fn emits(&self, process: u32) -> f64 {
        self.direct[process as usize] * self.supply.units.values[process as usize]
    }

    /// All that passes through a process: its whole output × λ.
    pub(super) fn through(&self, process: u32) -> f64 {
        let product = self.solved.system.reference[process as usize];
        let made = self.solved.reference_amount(process) * self.supply.units.values[process as usize];
        made * self.lambda[product as usize]
    }
}

/// A column as a whole vector.
fn spread(matrix: &Sparse, column: u32, rows: u32) -> Vec<f64> {
    let mut whole = vec![0.0; rows as usize];
    let (indices, values) = matrix.column(column);
    for (&row, &value) in indices.iter().zip(values) {
        whole[row as usize] = value;
    }
    whole
}

fn along(demand: &[(u32, f64)], values: &[f64]) -> f64 {
    let mut sum = Sum::default();
    for &(product, amount) in demand {
        sum.add(amount * values[product as usize]);
    }
    sum.value()
}
