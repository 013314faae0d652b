//! How far an answer can be from the true one.
//!
//! Let N = 1 − E and |N|′ = 1 − |E|. If a positive w makes u = |N|′ᵀ w positive, then |E| has a spectral radius below
//! one and |N⁻ᵀ| ≤ (1 − |E|ᵀ)⁻¹, so that a residual r moves no answer by more than w · max(|r_j| ÷ u_j) (Collatz 1942;
//! Varga 1962, chapter 3). The vector proves itself: however it was found, its u is computed and looked at.

use super::certificate::Step;
use super::compact::{Compact, TwoWays};
use super::condense::add;
use super::ladder::{How, Ladder};

/// Half the distance from 1 to the next double.
pub(super) const UNIT: f64 = f64::EPSILON / 2.0;

/// What is left of an equation, and what it was summed from.
pub(super) struct Rest<const L: usize> {
    pub residual: Vec<[f64; L]>,
    pub terms: Vec<[f64; L]>,
}

/// `c − x + E x` by columns of the matrix given.
pub(super) fn rest<const L: usize>(matrix: &Compact, x: &[[f64; L]], c: &[[f64; L]]) -> Rest<L> {
    let mut residual = Vec::with_capacity(x.len());
    let mut terms = Vec::with_capacity(x.len());
    for position in 0..x.len() {
        let (others, amounts) = matrix.column(position);
        let mut sum = c[position];
        let mut size = c[position].map(f64::abs);
        for (&other, &amount) in others.iter().zip(amounts) {
            let other = &x[other as usize];
            for lane in 0..L {
                let term = amount * other[lane];
                sum[lane] += term;
                size[lane] += term.abs();
            }
        }
        for lane in 0..L {
            sum[lane] -= x[position][lane];
            size[lane] += x[position][lane].abs();
        }
        residual.push(sum);
        terms.push(size);
    }
    Rest { residual, terms }
}

/// The residual `c − x + E x` as if summed in twice the digits, for refinement: with it a refined answer is known as well
/// as its amounts allow (J. Wilkinson 1963; products and sums without error: T. Dekker, Numer. Math. 18 (1971) 224–242).
pub(super) fn exact_residual<const L: usize>(matrix: &Compact, x: &[[f64; L]], c: &[[f64; L]]) -> Vec<[f64; L]> {
    let one = |position: usize| -> [f64; L] {
        let (others, amounts) = matrix.column(position);
        std::array::from_fn(|lane| {
            let (mut sum, mut lost) = two_sum(c[position][lane], -x[position][lane]);
            for (&other, &amount) in others.iter().zip(amounts) {
                let (product, low) = two_product(amount, x[other as usize][lane]);
                let (next, error) = two_sum(sum, product);
                sum = next;
                lost += error + low;
            }
            sum + lost
        })
    };
    (0..x.len()).map(one).collect()
}

/// a + b and what rounding took from it.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// a × b and what rounding took from it, without a fused operation.
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let split = |value: f64| {
        let large = value * 134_217_729.0;
        let high = large - (large - value);
        (high, value - high)
    };
    let product = a * b;
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    let low = ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
    // Splitting overflows beyond 1e300, where one rounding is not the trouble.
    (product, if low.is_finite() { low } else { 0.0 })
}

/// What rounding alone may leave in an equation, per unit of its terms: that of the residual's own sum, and that of the
/// amounts as doubles. `own` is the cancellation in the reference amount.
pub(super) fn rounding(matrix: &Compact, position: usize, own: f64) -> f64 {
    let count = matrix.start[position + 1] - matrix.start[position];
    (f64::from(count) + 3.0 + own) * UNIT
}

/// w and u of one position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proof<const L: usize> {
    pub w: [f64; L],
    pub u: [f64; L],
}

/// A positive w with a positive u = w − |E| w for every lane, near u = goal; and which lanes have it.
pub(super) fn positive<const L: usize>(
    ladder: &Ladder,
    uses: &TwoWays,
    adjoint: bool,
    goal: &[[f64; L]],
) -> (Vec<Proof<L>>, [bool; L]) {
    let matrix = uses.along(adjoint);
    let mut best = (vec![Proof { w: [0.0; L], u: [0.0; L] }; goal.len()], [false; L]);
    for tolerance in [1e-2, 1e-5, 1e-10] {
        let how = How { adjoint, tolerance, from: Step::Sweep, to: Step::BiCgStab };
        let Ok((w, _)) = ladder.solve(uses, goal, how) else { break };
        let mut proven = [true; L];
        let mut proofs = Vec::with_capacity(goal.len());
        for position in 0..goal.len() {
            let (others, amounts) = matrix.column(position);
            let mut used = [0.0; L];
            for (&other, &amount) in others.iter().zip(amounts) {
                add(&mut used, amount, &w[other as usize]);
            }
            let own = w[position];
            let round = rounding(matrix, position, 0.0);
            let mut u = [0.0; L];
            for lane in 0..L {
                u[lane] = own[lane] - used[lane] - round * (own[lane] + used[lane]);
                // NaN fails every comparison: the proof is asked for, not its contrary.
                proven[lane] &= own[lane] >= 0.0 && u[lane] >= goal[position][lane] * 0.25;
            }
            proofs.push(Proof { w: own, u });
        }
        best = (proofs, proven);
        if proven.iter().all(|&proven| proven) {
            break;
        }
    }
    best
}

/// For `x = f + E x` a bound on the whole: with w and u of the adjoint, `u · |error| ≤ w · |residual|`. The error is
/// relative to u · |x|, so that each process counts with its size and no unit outweighs the others. Returns the backward
/// error, the bound, and what rounding alone leaves of it.
pub(super) fn whole<const L: usize>(
    users: &Compact,
    proof: &[Proof<1>],
    cancellation: &[f64],
    x: &[[f64; L]],
    left: &Rest<L>,
) -> [[f64; 3]; L] {
    let (mut backward, mut moved, mut least, mut size) = ([0.0f64; L], [0.0f64; L], [0.0f64; L], [0.0f64; L]);
    for position in 0..x.len() {
        let round = rounding(users, position, cancellation[position]);
        let (w, u) = (proof[position].w[0], proof[position].u[0]);
        for lane in 0..L {
            let terms = left.terms[position][lane];
            let residual = left.residual[position][lane].abs();
            backward[lane] = larger(backward[lane], residual / (terms + f64::MIN_POSITIVE));
            moved[lane] += w * residual;
            least[lane] += w * round * terms;
            size[lane] += u * x[position][lane].abs();
        }
    }
    std::array::from_fn(|lane| {
        let size = size[lane] + f64::MIN_POSITIVE;
        [backward[lane], (moved[lane] + least[lane]) / size, least[lane] / size]
    })
}

/// The larger of two; not `max`: what is not a number must stay so.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if b <= a { a } else { b }
}

/// The size a value's error is measured by: its own, or of its terms where it cancels to nothing.
pub(super) fn measure(value: f64, terms: f64) -> f64 {
    if value.abs() > 1e-12 * terms { value.abs() } else { terms }
}

/// Hager's and Higham's estimate of the largest relative error: ‖W⁻¹ N⁻¹ diag(v)‖∞ for residuals up to v and values of
/// size W (W. Hager, SIAM J. Sci. Stat. Comput. 5 (1984) 311–316; N. Higham, ACM TOMS 14 (1988) 381–396).
pub(super) fn estimate(solve: &impl Fn(bool, &[f64]) -> Option<Vec<f64>>, adjoint: bool, v: &[f64], w: &[f64]) -> f64 {
    let count = v.len();
    let over = |value: f64, size: f64| if size > 0.0 { value / size } else { 0.0 };
    // B z = diag(v) N⁻ᵀ W⁻¹ z, whose 1-norm is wanted.
    let b = |z: &[f64]| -> Option<Vec<f64>> {
        let scaled: Vec<f64> = z.iter().zip(w).map(|(&z, &w)| over(z, w)).collect();
        Some(solve(!adjoint, &scaled)?.iter().zip(v).map(|(y, v)| y * v).collect())
    };
    let b_transposed = |z: &[f64]| -> Option<Vec<f64>> {
        let scaled: Vec<f64> = z.iter().zip(v).map(|(z, v)| z * v).collect();
        Some(solve(adjoint, &scaled)?.iter().zip(w).map(|(&y, &w)| over(y, w)).collect())
    };
    let norm = |y: &[f64]| y.iter().fold(0.0, |sum, value| sum + value.abs());
    let run = || -> Option<f64> {
        let mut z = vec![1.0 / count as f64; count];
        let mut best = 0.0f64;
        let mut last = usize::MAX;
        for _ in 0..5 {
            let y = b(&z)?;
            let size = norm(&y);
            if !size.is_finite() {
                return None;
            }
            best = best.max(size);
            let signs: Vec<f64> = y.iter().map(|&value| if value < 0.0 { -1.0 } else { 1.0 }).collect();
            let q = b_transposed(&signs)?;
            let (at, largest) = q.iter().enumerate().fold((0, 0.0f64), |(at, most), (here, value)| {
                if value.abs() > most { (here, value.abs()) } else { (at, most) }
            });
            let along = q.iter().zip(&z).fold(0.0, |sum, (q, z)| sum + q * z);
            if largest <= along || at == last {
                break;
            }
            z.fill(0.0);
            z[at] = 1.0;
            last = at;
        }
        let slope = 1.0 / (count.max(2) - 1) as f64;
        let alternating: Vec<f64> =
            (0..count).map(|at| (1.0 + at as f64 * slope) * if at % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let other = 2.0 * norm(&b(&alternating)?) / (3.0 * count as f64);
        Some(best.max(other))
    };
    run().filter(|value| value.is_finite()).unwrap_or(f64::INFINITY)
}
