//! Gauss–Seidel on production pivots, several right-hand sides in lanes.
//!
//! With the reference flows divided out the diagonal is one and a sweep is `y_j ← c_j + Σ F[i][j] y_i`. For a matrix
//! with F ≥ 0 and spectral radius below one it converges, faster than Jacobi (R. Varga, Matrix Iterative Analysis, 1962,
//! theorem 3.15). Every lane is summed in the same order and stops by itself, so that a right-hand side gives the
//! same bits alone and in company.

use super::compact::Compact;

/// How a lane ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    /// The largest relative change of a sweep fell below the tolerance.
    Converged,
    /// The changes shrink too slowly for the sweeps that are left; the factor over twelve sweeps.
    Slow(f64),
    /// The changes grow, or are no numbers.
    Diverged,
}

/// What the sweeps gave.
pub(super) struct Swept<const L: usize> {
    pub values: Vec<[f64; L]>,
    pub ends: [End; L],
    pub sweeps: [u32; L],
}

/// Sweeps that are granted. Beyond, a Krylov method or a factorisation is cheaper.
const MOST: u32 = 240;
/// Sweeps after which the speed is judged, and how often.
const WINDOW: u32 = 12;

/// Solves `y = c + Fᵀ y` for F by column; `backwards` sweeps from the last unknown to the first.
pub(super) fn sweep<const L: usize>(
    columns: &Compact,
    given: &[[f64; L]],
    backwards: bool,
    tolerance: f64,
) -> Swept<L> {
    let size = columns.size();
    let mut y = vec![[0.0f64; L]; size];
    let mut result = Swept { values: Vec::new(), ends: [End::Slow(1.0); L], sweeps: [0; L] };
    let mut open = [true; L];
    let mut before = [f64::INFINITY; L];
    for round in 1..=MOST {
        let mut worst = [0.0f64; L];
        let mut one = |column: usize| {
            let (rows, values) = columns.column(column);
            let mut sum = given[column];
            for (&row, &value) in rows.iter().zip(values) {
                let other = &y[row as usize];
                for lane in 0..L {
                    sum[lane] += value * other[lane];
                }
            }
            let old = &mut y[column];
            for lane in 0..L {
                let change = (sum[lane] - old[lane]).abs() / (sum[lane].abs() + f64::MIN_POSITIVE);
                // Not `max`: a NaN must stay.
                worst[lane] = if change <= worst[lane] { worst[lane] } else { change };
            }
            *old = sum;
        };
        if backwards {
            (0..size).rev().for_each(&mut one);
        } else {
            (0..size).for_each(&mut one);
        }
        let judged = round % WINDOW == 0;
        for lane in 0..L {
            if !open[lane] {
                continue;
            }
            let end = if worst[lane] <= tolerance {
                Some(End::Converged)
            } else if worst[lane].is_nan() {
                Some(End::Diverged)
            } else if judged {
                verdict(before[lane], worst[lane], tolerance, (MOST - round) / WINDOW)
            } else {
                None
            };
            if judged {
                before[lane] = worst[lane];
            }
            if let Some(end) = end {
                open[lane] = false;
                result.ends[lane] = end;
                result.sweeps[lane] = round;
                if open.iter().any(|&open| open) {
                    // The others go on: keep this lane as it is now.
                    if result.values.is_empty() {
                        result.values = vec![[0.0; L]; size];
                    }
                    for (kept, now) in result.values.iter_mut().zip(&y) {
                        kept[lane] = now[lane];
                    }
                } else {
                    if result.values.is_empty() {
                        result.values = y;
                    } else {
                        for (kept, now) in result.values.iter_mut().zip(&y) {
                            kept[lane] = now[lane];
                        }
                    }
                    return result;
                }
            }
        }
    }
    result
}

/// Whether it is worth going on: the change now against that of a window before.
fn verdict(before: f64, now: f64, tolerance: f64, windows: u32) -> Option<End> {
    if !before.is_finite() {
        return None;
    }
    let shrink = now / before;
    if shrink > 1.5 {
        return Some(End::Diverged);
    }
    let mut expected = now;
    for _ in 0..windows {
        expected *= shrink;
        if expected <= tolerance {
            return None;
        }
    }
    Some(End::Slow(shrink))
}
