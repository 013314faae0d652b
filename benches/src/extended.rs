//! A reference in about 32 digits: refinement with residuals and answers in double-double.

use zuji_core::matrix::Technosphere;
use zuji_core::solve::linked::{Prepared, Unsolvable};

/// A number as the sum of two doubles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Double(pub f64, pub f64);

fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

fn two_product(a: f64, b: f64) -> (f64, f64) {
    let split = |value: f64| {
        let large = value * 134_217_729.0;
        let high = large - (large - value);
        (high, value - high)
    };
    let product = a * b;
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    (product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2)
}

impl Double {
    /// Adds a number.
    pub fn plus(self, other: Double) -> Double {
        let (high, low) = two_sum(self.0, other.0);
        let (high, low) = two_sum(high, low + self.1 + other.1);
        Double(high, low)
    }

    /// Times a double.
    pub fn times(self, factor: f64) -> Double {
        let (high, low) = two_product(self.0, factor);
        let (high, low) = two_sum(high, low + self.1 * factor);
        Double(high, low)
    }
}

/// λ of `Aᵀ λ = c`, refined by factors until nothing moves in the second double; and how far the last step moved it.
///
/// # Errors
/// As the solves by factors.
pub fn adjoint(system: &Technosphere, prepared: &Prepared, c: &[f64]) -> Result<(Vec<Double>, f64), Unsolvable> {
    let mut x: Vec<Double> = vec![Double::default(); c.len()];
    let mut moved = f64::INFINITY;
    for _ in 0..8 {
        let residual: Vec<f64> = (0..system.processes())
            .map(|process| {
                let (products, amounts) = system.a().column(process);
                let start = Double(c[process as usize], 0.0);
                let left = products
                    .iter()
                    .zip(amounts)
                    .fold(start, |sum, (&product, &amount)| sum.plus(x[product as usize].times(-amount)));
                left.0 + left.1
            })
            .collect();
        let change = prepared.adjoint_by_factors(&[&residual])?;
        let Some(change) = change.first() else { break };
        let mut now = 0.0f64;
        for (x, &change) in x.iter_mut().zip(&change.values) {
            *x = x.plus(Double(change, 0.0));
            if x.0 != 0.0 {
                now = now.max((change / x.0).abs());
            }
        }
        if now >= moved * 0.5 {
            break;
        }
        moved = now;
    }
    Ok((x, moved))
}
