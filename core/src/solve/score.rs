//! One footprint per product for many products: h = λᵀ f, the inner product of its demand with the factors' footprints.

use crate::matrix::Demands;

/// Products per task: enough to hide the hand-over, few enough to share the work evenly.
const CHUNK: usize = 1024;

/// The footprint of every product. Each is summed in the order of its own lines (four interleaved partial sums), so the
/// digits do not depend on threads or on what else is in the batch.
///
/// `footprints` has one value per factor; a shorter list counts nothing and gives NaN, which no caller can overlook.
pub fn score(demands: &Demands, footprints: &[f64]) -> Vec<f64> {
    if footprints.len() < demands.factors() {
        return vec![f64::NAN; demands.len()];
    }
    let mut scores = vec![0.0; demands.len()];
    let fill = |(chunk, out): (usize, &mut [f64])| {
        for (offset, slot) in out.iter_mut().enumerate() {
            let (factors, amounts) = demands.row(chunk * CHUNK + offset);
            *slot = dot(factors, amounts, footprints);
        }
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        scores.par_chunks_mut(CHUNK).enumerate().for_each(fill);
    }
    #[cfg(not(feature = "parallel"))]
    scores.chunks_mut(CHUNK).enumerate().for_each(fill);
    scores
}

#[inline]
fn dot(factors: &[u32], amounts: &[f64], footprints: &[f64]) -> f64 {
    let mut sums = [0.0f64; 4];
    let (factor_quads, factor_rest) = factors.as_chunks::<4>();
    let (amount_quads, amount_rest) = amounts.as_chunks::<4>();
    for (factors, amounts) in factor_quads.iter().zip(amount_quads) {
        for lane in 0..4 {
            sums[lane] += amounts[lane] * footprints[factors[lane] as usize];
        }
    }
    for (lane, (&factor, &amount)) in factor_rest.iter().zip(amount_rest).enumerate() {
        sums[lane] += amount * footprints[factor as usize];
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_inner_products() {
        let demands = Demands::new(
            vec![0, 3, 3, 8],
            vec![0, 1, 2, 2, 2, 1, 0, 1],
            vec![1.0, 2.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            3,
        )
        .unwrap();
        assert_eq!(score(&demands, &[1.0, 10.0, 100.0]), [321.0, 0.0, 221.0]);
        assert!(score(&demands, &[1.0])[0].is_nan());
        assert!(Demands::new(vec![0, 1], vec![3], vec![1.0], 3).is_err());
        assert!(Demands::new(vec![0, 1], vec![0], vec![f64::NAN], 3).is_err());
    }
}
