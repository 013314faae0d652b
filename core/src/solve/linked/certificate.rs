//! What is said with an answer: how it was found and how well it is known.

use serde::Serialize;

/// The steps of the ladder, in the order they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// No loops: one sweep in topological order.
    Sweep,
    /// Small loops: dense LU of each component, after exact elimination.
    SmallComponents,
    /// Exact elimination, then Gauss–Seidel.
    GaussSeidel,
    /// Exact elimination, then BiCGSTAB with Jacobi.
    BiCgStab,
    /// Exact elimination, then sparse LU.
    Factorisation,
}

/// Why a step was left for the next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Its changes or residuals grew, or were no numbers.
    Diverged,
    /// It would have taken too long.
    Slow,
    /// Its answer could not be shown to be right.
    NotProven,
}

/// A step that was left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Left {
    /// The step.
    pub step: Step,
    /// Why.
    pub reason: Reason,
}

/// What the forward error stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A bound: a positive vector proves that the inverse is no larger (see `docs/solvers.md`).
    Bound,
    /// An estimate: Hager's and Higham's, by solves with the factors.
    Estimate,
}

/// What the forward error is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Every value by itself: the largest relative error of any. Where a value cancels to nothing it is relative to what
    /// the value was summed from.
    EveryValue,
    /// The whole: the error of all values together relative to all of them, each with the size of its unit.
    Whole,
}

/// How well an answer is known. A small residual alone proves nothing: the forward error is what counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// The last step that was needed.
    pub step: Step,
    /// Sweeps or iterations of the iterative steps, over all components.
    pub iterations: u32,
    /// Steps of iterative refinement.
    pub refinements: u32,
    /// Componentwise backward error: max |residual| ÷ Σ|terms|.
    #[serde(serialize_with = "decimal")]
    pub residual: f64,
    /// The relative error, with what the amounts' own rounding to doubles does.
    #[serde(serialize_with = "decimal")]
    pub forward_error: f64,
    /// What that figure stands on.
    pub basis: Basis,
    /// What it is relative to.
    pub measure: Measure,
    /// The steps that were left, in order.
    pub left: Vec<Left>,
}

fn decimal<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::math::plain(*value))
}

/// An answer with its certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// One value per product (adjoint) or process (forward).
    pub values: Vec<f64>,
    /// How well they are known.
    pub certificate: Certificate,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unsolvable {
    /// The gate of the technosphere was not passed.
    #[error("the technosphere has {0} open problems")]
    NotReady(u32),
    /// A vector has another length than the matrix, or a demand names no product.
    #[error("vector {0} does not fit the matrix")]
    Shape(u32),
    /// A vector holds NaN or infinity.
    #[error("vector {0} holds a value that is not finite")]
    NotFinite(u32),
    /// A loop of processes gives back exactly what it takes: no amount of it makes anything.
    #[error("a closed loop of {} processes has no solution", loop_.len())]
    Singular {
        /// The processes of the loop, each followed by the one that supplies it.
        loop_: Vec<u32>,
    },
    /// The answer would not be known to six digits.
    #[error("a loop of {} processes is known too badly: relative error {error:e}", loop_.len())]
    IllConditioned {
        /// The processes of the loop, each followed by the one that supplies it.
        loop_: Vec<u32>,
        /// The estimated relative error.
        error: f64,
    },
    /// The loops are too large to factorise, and no iterative step answers.
    #[error("a component of {size} processes is too large to factorise, and no iterative step answers")]
    TooLarge {
        /// Processes in the component.
        size: u32,
    },
}
