//! How well the answers of a prepared system are known, lane by lane: bounds where a positive vector proves them,
//! estimates by the factors elsewhere.

use super::bound::{Rest, estimate, larger, measure, positive, rounding, whole};
use super::certificate::{Basis, Step};
use super::ladder::How;
use super::prepared::{LIMIT, Prepared, TOLERANCE};

/// Errors below this need no further work.
const GOAL: f64 = 1e-11;
/// Nor do those that rounding explains, up to this factor.
const OF_ROUNDING: f64 = 8.0;
/// Where no bound is to be had, values below this share of the largest may be known less well.
const SHARE: f64 = 1e-6;

/// What is known of one lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub backward: f64,
    pub error: f64,
    /// What rounding alone would leave.
    pub floor: f64,
    /// The error relative to what a value is made of without credits: large where loops lose digits, small where a value
    /// merely cancels.
    pub loops: f64,
    pub basis: Option<Basis>,
}

impl Known {
    /// Nothing is to be gained by going on.
    pub fn enough(&self) -> bool {
        self.error <= GOAL || self.error <= OF_ROUNDING * self.floor
    }
}

impl Prepared {
    /// Bounds or estimates for all lanes.
    pub(super) fn known<const L: usize>(
        &self,
        adjoint: bool,
        c: &[[f64; L]],
        x: &[[f64; L]],
        left: &Rest<L>,
        many: usize,
    ) -> [Known; L] {
        let mut known = [Known { backward: 0.0, error: 0.0, floor: 0.0, loops: 0.0, basis: None }; L];
        let proof = if adjoint { None } else { self.proof() };
        match proof {
            // A demand's whole supply is bounded by the vector that is there; every footprint by one of its own.
            Some(proof) => {
                let found = whole(self.network.uses.rows(), proof, &self.network.cancellation, x, left);
                for (known, [backward, error, floor]) in known.iter_mut().zip(found) {
                    *known = Known { backward, error, floor, loops: error, basis: Some(Basis::Bound) };
                }
            }
            None => self.bounded(adjoint, c, x, left, &mut known),
        }
        for (lane, known) in known.iter_mut().enumerate().take(many) {
            if known.basis.is_none() {
                *known = self.estimated(adjoint, x, left, lane);
            }
        }
        known
    }

    fn bounded<const L: usize>(
        &self,
        adjoint: bool,
        c: &[[f64; L]],
        x: &[[f64; L]],
        left: &Rest<L>,
        known: &mut [Known; L],
    ) {
        let Some((ladder, uses)) = self.bounding() else { return };
        let (proofs, proven) = positive(ladder, uses, adjoint, &left.terms);
        let matrix = self.matrix(adjoint);
        let (mut backward, mut ratio, mut least, mut spread) = ([0.0f64; L], [0.0f64; L], [0.0f64; L], [0.0f64; L]);
        for position in 0..x.len() {
            let round = rounding(matrix, position, self.network.cancellation[position]);
            let (proof, terms, residual) = (&proofs[position], &left.terms[position], &left.residual[position]);
            for lane in 0..L {
                // Where there are no terms there is nothing to know, and w and u are zero.
                let some = f64::from(u8::from(terms[lane] > 0.0));
                let (size, u) = (terms[lane] + f64::MIN_POSITIVE, proof.u[lane] + f64::MIN_POSITIVE);
                let residual = residual[lane].abs();
                backward[lane] = larger(backward[lane], residual / size);
                ratio[lane] = larger(ratio[lane], some * (residual + round * size) / u);
                least[lane] = larger(least[lane], some * round * size / u);
                let size = measure(x[position][lane], terms[lane]) + f64::MIN_POSITIVE;
                spread[lane] = larger(spread[lane], some * proof.w[lane] / size);
            }
        }
        for lane in (0..L).filter(|&lane| proven[lane]) {
            known[lane] = Known {
                backward: backward[lane],
                error: spread[lane] * ratio[lane],
                floor: spread[lane] * least[lane],
                loops: spread[lane] * ratio[lane],
                basis: Some(Basis::Bound),
            };
        }
        // Rarely: is it the loops, or credits that cancel? Against the footprints of what is there without credits.
        if (0..L).any(|lane| proven[lane] && (known[lane].error > LIMIT || known[lane].error.is_nan())) {
            let gross: Vec<[f64; L]> = c.iter().map(|given| given.map(f64::abs)).collect();
            let how = How { adjoint, tolerance: 1e-2, from: Step::Sweep, to: Step::BiCgStab };
            let Ok((gross, _)) = ladder.solve(uses, &gross, how) else { return };
            let mut spread = [0.0f64; L];
            for (proof, gross) in proofs.iter().zip(&gross) {
                for lane in (0..L).filter(|&lane| gross[lane] != 0.0) {
                    spread[lane] = larger(spread[lane], proof.w[lane] / gross[lane].abs());
                }
            }
            for lane in (0..L).filter(|&lane| proven[lane]) {
                known[lane].loops = spread[lane] * ratio[lane];
            }
        }
    }

    pub(super) fn estimated<const L: usize>(
        &self,
        adjoint: bool,
        x: &[[f64; L]],
        left: &Rest<L>,
        lane: usize,
    ) -> Known {
        let matrix = self.matrix(adjoint);
        let mut backward = 0.0f64;
        let (mut v, mut least, mut w) = (Vec::new(), Vec::new(), Vec::new());
        for (position, value) in x.iter().enumerate() {
            let terms = left.terms[position][lane];
            let residual = left.residual[position][lane].abs();
            let round = rounding(matrix, position, self.network.cancellation[position]) * terms;
            if terms > 0.0 {
                backward = backward.max(residual / terms);
            }
            v.push(residual + round);
            least.push(round);
            w.push(measure(value[lane], terms));
        }
        let solve = |adjoint: bool, c: &[f64]| -> Option<Vec<f64>> {
            let how = How { adjoint, tolerance: TOLERANCE, from: Step::Factorisation, to: Step::Factorisation };
            let c: Vec<[f64; 1]> = c.iter().map(|&value| [value]).collect();
            let (x, _) = self.solve(&c, how).ok()?;
            Some(x.into_iter().map(|value| value[0]).collect())
        };
        let finite = x.iter().all(|value| value[lane].is_finite());
        let error = if finite { estimate(&solve, adjoint, &v, &w) } else { f64::INFINITY };
        let floor = if error <= GOAL { error } else { estimate(&solve, adjoint, &least, &w) };
        let loops = if error <= LIMIT || !finite {
            error
        } else {
            // Values that cancel are measured by the largest there are, in units of their size.
            let sizes = self.sizes_of_unknowns();
            let most = x
                .iter()
                .zip(sizes)
                .fold(0.0f64, |most, (x, size)| larger(most, x[lane].abs() * if adjoint { 1.0 / size } else { *size }));
            let wide = w.iter().zip(sizes).zip(&left.terms).map(|((w, size), terms)| {
                larger(larger(*w, terms[lane]), SHARE * most * if adjoint { *size } else { 1.0 / size })
            });
            estimate(&solve, adjoint, &v, &wide.collect::<Vec<_>>())
        };
        Known { backward, error, floor, loops, basis: Some(Basis::Estimate) }
    }
}
