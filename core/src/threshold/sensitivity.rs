//! What changes when footprints are counted otherwise: another GWP set, boundary, grid year, lifetime
//! (docs/threshold.md, 9).

use super::figure::Figure;
use super::plan::Plan;
use super::population::{Population, Product};
use crate::math::Finite;
use serde::Serialize;
use std::collections::BTreeSet;

/// A limit under another way of counting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// The other way of counting.
    pub alternative: String,
    /// Products for which it is known.
    pub products: u32,
    /// Share of them that passes as counted.
    pub pass_rate: Figure,
    /// Share that passes counted otherwise, at the same limit.
    pub pass_rate_otherwise: Figure,
    /// Share whose decision changes.
    pub flipped: Figure,
    /// The limit moved with the median ratio: T × median(x′/x).
    pub rebased_limit: Figure,
    /// Share whose decision still changes at that limit.
    pub flipped_rebased: Figure,
    /// Kendall's τ-b between both orders of the products.
    pub kendall_tau: Figure,
}

/// The footprint of a product under an alternative.
fn otherwise(product: &Product, name: &str, plan: &Plan) -> Option<f64> {
    if let Some(value) = product.alternatives.get(name) {
        return Some(value.get());
    }
    let alternative = plan.alternatives.iter().find(|alternative| alternative.name == name)?;
    let share = product.use_share.filter(|share| (0.0..=1.0).contains(share))?;
    let mut factor = alternative.use_factor.map_or(1.0, Finite::get);
    if let Some(years) = alternative.lifetime {
        factor *= years.get() / product.lifetime.filter(|years| *years > 0.0)?;
    }
    Some(product.footprint * (1.0 - share + share * factor))
}

/// All alternatives that products state or the plan derives.
pub fn alternatives(population: &Population, plan: &Plan) -> Vec<String> {
    let stated = population.products.iter().flat_map(|product| product.alternatives.keys());
    let names: BTreeSet<&String> =
        stated.chain(plan.alternatives.iter().map(|alternative| &alternative.name)).collect();
    names.into_iter().cloned().collect()
}

/// A limit under an alternative; `None` where no product has it.
pub fn sensitivity(population: &Population, limit: f64, name: &str, plan: &Plan) -> Option<Sensitivity> {
    let pairs: Vec<(f64, f64)> = population
        .products
        .iter()
        .filter_map(|product| Some((product.footprint, otherwise(product, name, plan)?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let share = |wanted: &dyn Fn(&(f64, f64)) -> bool| {
        Figure::ratio(pairs.iter().filter(|pair| wanted(pair)).count() as f64, pairs.len() as f64)
    };
    let mut ratios: Vec<f64> = pairs.iter().map(|(one, other)| other / one).collect();
    ratios.sort_by(f64::total_cmp);
    let rebased = limit * median(&ratios);
    Some(Sensitivity {
        alternative: name.to_string(),
        products: pairs.len() as u32,
        pass_rate: share(&|pair| pair.0 <= limit),
        pass_rate_otherwise: share(&|pair| pair.1 <= limit),
        flipped: share(&|pair| (pair.0 <= limit) != (pair.1 <= limit)),
        rebased_limit: Figure(rebased),
        flipped_rebased: share(&|pair| (pair.0 <= limit) != (pair.1 <= rebased)),
        kendall_tau: Figure(kendall(&pairs)),
    })
}

/// The median of sorted values; of an even number the mean of the middle two.
pub fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}

/// Kendall's τ-b in n log n (W. R. Knight, JASA 61 (1966) 436): sort by the first, count the exchanges of sorting by the
/// second.
fn kendall(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as u64;
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let tied = |same: &dyn Fn(&(f64, f64), &(f64, f64)) -> bool, sorted: &[(f64, f64)]| {
        let (mut sum, mut run) = (0u64, 1u64);
        for pair in sorted.windows(2) {
            if same(&pair[0], &pair[1]) {
                run += 1;
            } else {
                sum += run * (run - 1) / 2;
                run = 1;
            }
        }
        sum + run * (run - 1) / 2
    };
    let first_ties = tied(&|a, b| a.0 == b.0, &sorted);
    let both_ties = tied(&|a, b| a == b, &sorted);
    let mut values: Vec<f64> = sorted.iter().map(|pair| pair.1).collect();
    let mut room = values.clone();
    let exchanges = merge_sort(&mut values, &mut room);
    let second: Vec<(f64, f64)> = values.iter().map(|&value| (value, value)).collect();
    let second_ties = tied(&|a, b| a.0 == b.0, &second);
    let all = n * n.saturating_sub(1) / 2;
    let concordance = all as f64 - first_ties as f64 - second_ties as f64 + both_ties as f64 - 2.0 * exchanges as f64;
    let under = ((all - first_ties) as f64 * (all - second_ties) as f64).sqrt();
    if under > 0.0 { concordance / under } else { f64::NAN }
}

/// Sorts from the bottom up and counts the pairs that stood the wrong way round.
fn merge_sort(values: &mut [f64], room: &mut [f64]) -> u64 {
    let n = values.len();
    let mut exchanges = 0;
    let mut width = 1;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
            let (mut left, mut right) = (start, middle);
            for slot in &mut room[start..end] {
                if left < middle && (right >= end || values[left] <= values[right]) {
                    *slot = values[left];
                    left += 1;
                } else {
                    *slot = values[right];
                    right += 1;
                    exchanges += (middle - left) as u64;
                }
            }
        }
        values.copy_from_slice(room);
        width *= 2;
    }
    exchanges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kendall_of_known_orders() {
        let same: Vec<(f64, f64)> = (0..100).map(|at| (f64::from(at), f64::from(at) * 2.0)).collect();
        let turned: Vec<(f64, f64)> = same.iter().map(|(a, b)| (*a, -b)).collect();
        assert_eq!((kendall(&same), kendall(&turned)), (1.0, -1.0));
        // 12 of 15 pairs agree, 3 do not.
        let some = [(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0), (5.0, 6.0), (6.0, 5.0)];
        assert!((kendall(&some) - 0.6).abs() < 1e-15);
        assert!(kendall(&[(1.0, 1.0), (1.0, 2.0)]).is_nan());
    }
}
