//! BiCGSTAB with Jacobi: H. van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992) 631–644.
//!
//! The diagonal is one already, which is Jacobi's preconditioning. A few loops with a gain near one are a few isolated
//! eigenvalues, which stop Gauss–Seidel but not a Krylov method. Its own idea of convergence is never believed: the
//! caller bounds the error (a peer's answer was 20 % wrong at a residual of 1e-8).

use super::compact::Compact;

/// The answer and the iterations it took.
pub(super) struct Krylov {
    pub values: Vec<f64>,
    pub iterations: u32,
    /// The residual fell below the tolerance.
    pub converged: bool,
}

const MOST: u32 = 600;

/// `y − Fᵀ y`, F by column.
fn apply(columns: &Compact, y: &[f64]) -> Vec<f64> {
    (0..columns.size())
        .map(|column| {
            let (rows, values) = columns.column(column);
            rows.iter().zip(values).fold(y[column], |sum, (&row, value)| sum - value * y[row as usize])
        })
        .collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// Solves `(1 − Fᵀ) y = c` with columns measured in units of `scale` (a positive vector near the solution's size), so
/// that no unit outweighs the others.
pub(super) fn bicgstab(columns: &Compact, c: &[f64], scale: &[f64], tolerance: f64) -> Krylov {
    let size = c.len();
    // x = y ÷ scale; rows are divided by scale as well, so the diagonal stays one.
    let operator = |x: &[f64]| -> Vec<f64> {
        let y: Vec<f64> = x.iter().zip(scale).map(|(x, s)| x * s).collect();
        apply(columns, &y).iter().zip(scale).map(|(r, s)| r / s).collect()
    };
    let b: Vec<f64> = c.iter().zip(scale).map(|(c, s)| c / s).collect();
    let goal = dot(&b, &b).sqrt() * tolerance;
    let mut x = vec![0.0; size];
    let mut r = b.clone();
    let mut shadow = r.clone();
    let mut p = vec![0.0; size];
    let mut v = vec![0.0; size];
    let (mut rho, mut alpha, mut omega) = (1.0f64, 1.0f64, 1.0f64);
    let mut iterations = 0;
    let mut converged = dot(&r, &r).sqrt() <= goal;
    while !converged && iterations < MOST {
        iterations += 1;
        let next = dot(&shadow, &r);
        if next.abs() < 1e-30 * dot(&r, &r) || !next.is_finite() {
            // Breakdown: start anew from the residual.
            r = operator(&x).iter().zip(&b).map(|(ax, b)| b - ax).collect();
            if !dot(&r, &r).is_finite() {
                break;
            }
            shadow.clone_from(&r);
            p.fill(0.0);
            v.fill(0.0);
            (rho, alpha, omega) = (1.0, 1.0, 1.0);
            continue;
        }
        let beta = (next / rho) * (alpha / omega);
        rho = next;
        for at in 0..size {
            p[at] = r[at] + beta * (p[at] - omega * v[at]);
        }
        v = operator(&p);
        alpha = rho / dot(&shadow, &v);
        for at in 0..size {
            r[at] -= alpha * v[at];
        }
        let t = operator(&r);
        let tt = dot(&t, &t);
        omega = if tt > 0.0 { dot(&t, &r) / tt } else { 0.0 };
        for at in 0..size {
            x[at] += alpha * p[at] + omega * r[at];
            r[at] -= omega * t[at];
        }
        let norm = dot(&r, &r).sqrt();
        if !norm.is_finite() {
            break;
        }
        converged = norm <= goal;
        if omega == 0.0 {
            break;
        }
    }
    let values: Vec<f64> = x.iter().zip(scale).map(|(x, s)| x * s).collect();
    converged &= values.iter().all(|value| value.is_finite());
    Krylov { values, iterations, converged }
}
