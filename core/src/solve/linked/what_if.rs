//! What if an exchange were another, or a supplier: one rank-one change of A, without solving anew.
//!
//! J. Sherman and W. Morrison, Ann. Math. Stat. 21 (1950) 124–127: with A′ = A + u vᵀ, y = A⁻¹ u and z = A⁻ᵀ v,
//! `λ′ = λ − z (u·λ) ÷ (1 + v·y)` and `s′ = s − y (v·s) ÷ (1 + v·y)`. The two vectors are solved for once; every
//! category, demand and score is then a few products.

use super::certificate::{Solution, Unsolvable};
use super::prepared::Prepared;

/// A change of A: `u vᵀ`, u over products, v over processes.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// u: products and amounts, signed as in A.
    pub products: Vec<(u32, f64)>,
    /// v: processes and factors.
    pub processes: Vec<(u32, f64)>,
}

impl Change {
    /// One exchange of one process changes by so much (signed as in A: output +, input −).
    pub fn exchange(process: u32, product: u32, by: f64) -> Self {
        Self { products: vec![(product, by)], processes: vec![(process, 1.0)] }
    }

    /// A process takes so much of what it took from one product from another instead; `amounts` are per unit of the
    /// process, positive for inputs.
    pub fn supplier(process: u32, from: (u32, f64), to: (u32, f64)) -> Self {
        Self { products: vec![(from.0, from.1), (to.0, -to.1)], processes: vec![(process, 1.0)] }
    }
}

/// Why a change was not computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused {
    /// The change names no product or process of the system, or a value that is not finite.
    #[error("the change does not fit the matrix")]
    Shape,
    /// With this change the system would be singular, or so near to it that digits are lost: solve it anew.
    #[error("the changed system is too near a singular one: {digits_lost:e} of the relative error would be due to it")]
    NearSingular {
        /// The relative error that the update would make.
        digits_lost: f64,
    },
    /// The system itself gave no answer.
    #[error(transparent)]
    Unsolvable(#[from] Unsolvable),
}

/// A changed system.
#[derive(Clone, Debug)]
pub struct WhatIf {
    change: Change,
    /// A⁻¹ u, over processes.
    y: Vec<f64>,
    /// A⁻ᵀ v, over products.
    z: Vec<f64>,
    /// 1 + v·y.
    divisor: f64,
}

/// An update may add no more than this to the relative error.
const MOST: f64 = 1e-11;

impl WhatIf {
    /// Prepares a change.
    ///
    /// # Errors
    /// [`Refused`] if it does not fit or leads too near a singular system.
    pub fn new(prepared: &Prepared, change: Change) -> Result<Self, Refused> {
        let size = prepared.sizes().0 as usize;
        let fits = |list: &[(u32, f64)]| list.iter().all(|&(at, value)| (at as usize) < size && value.is_finite());
        if !fits(&change.products) || !fits(&change.processes) {
            return Err(Refused::Shape);
        }
        let mut v = vec![0.0; size];
        for &(process, factor) in &change.processes {
            v[process as usize] += factor;
        }
        let mut forward = prepared.forward(&[&change.products])?;
        let mut adjoint = prepared.adjoint(&[&v])?;
        let (Some(y), Some(z)) = (forward.pop(), adjoint.pop()) else { return Err(Refused::Shape) };
        // v·y and z·u are the same number by two ways; their gap and the certificates say how well it is known.
        let along = dot(&change.processes, &y.values);
        let across = dot(&change.products, &z.values);
        let size = change.processes.iter().fold(1.0, |sum, &(at, factor)| sum + (factor * y.values[at as usize]).abs());
        let divisor = 1.0 + along;
        let error = (along - across).abs()
            + size * (f64::EPSILON + y.certificate.forward_error.min(z.certificate.forward_error));
        let digits_lost = error / divisor.abs();
        // Not a number is refused too.
        if digits_lost <= MOST {
            Ok(Self { change, y: y.values, z: z.values, divisor })
        } else {
            Err(Refused::NearSingular { digits_lost })
        }
    }

    /// λ of the changed system from that of the system as it was; for each category its own.
    pub fn adjoint(&self, before: &Solution) -> Vec<f64> {
        let share = dot(&self.change.products, &before.values) / self.divisor;
        before.values.iter().zip(&self.z).map(|(value, z)| value - z * share).collect()
    }

    /// s of the changed system from that of the system as it was.
    pub fn forward(&self, before: &Solution) -> Vec<f64> {
        let share = dot(&self.change.processes, &before.values) / self.divisor;
        before.values.iter().zip(&self.y).map(|(value, y)| value - y * share).collect()
    }

    /// By how much the score of a demand changes: no vector is touched. `lambda` and `units` are of the system as it
    /// was.
    pub fn difference(&self, lambda: &Solution, units: &Solution) -> f64 {
        let products = dot(&self.change.products, &lambda.values);
        let processes = dot(&self.change.processes, &units.values);
        -products * processes / self.divisor
    }
}

fn dot(list: &[(u32, f64)], values: &[f64]) -> f64 {
    list.iter().fold(0.0, |sum, &(at, factor)| sum + factor * values.get(at as usize).copied().unwrap_or(0.0))
}
