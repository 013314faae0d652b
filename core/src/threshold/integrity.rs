//! Signs that figures were made to fit: too many just below a limit, round numbers, inventories copied from one maker to
//! another (docs/threshold.md, 7). Signs, not proofs.

use super::figure::Figure;
use super::plan::Plan;
use super::population::{Population, Product};
use super::probability::beta_cdf;
use crate::math::Finite;
use serde::Serialize;

/// Footprints just below a limit against those just above it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bunching {
    /// How far from the limit products are counted.
    pub width: Figure,
    /// In (T − width, T].
    pub below: u32,
    /// In (T, T + width].
    pub above: u32,
    /// Probability of so many below or more by chance, where either side is as likely.
    pub p_value: Figure,
}

/// Counts on both sides of a limit (J. McCrary, J. Econometrics 142 (2008) 698, in its simplest form: a binomial test).
pub fn bunching(population: &Population, limit: f64, plan: &Plan) -> Bunching {
    let width = plan.bunching_width.map_or(0.05 * limit, Finite::get);
    let at = population.passing(limit);
    let (low, high) = (limit - width, limit + width);
    let below = at - population.products.partition_point(|product| product.footprint <= low).min(at);
    let above = population.passing(high).saturating_sub(at);
    Bunching {
        width: Figure(width),
        below: below as u32,
        above: above as u32,
        p_value: Figure(upper_half(below + above, below)),
    }
}

/// P(X ≥ k) of n fair coins; unknown for none.
fn upper_half(n: usize, k: usize) -> f64 {
    match (n, k) {
        (0, _) => f64::NAN,
        (_, 0) => 1.0,
        _ => beta_cdf(0.5, k as f64, (n - k) as f64 + 1.0),
    }
}

/// Round figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heaping {
    /// Footprints that are whole numbers.
    pub whole: u32,
    /// Of those, that end in 0 or 5.
    pub round: u32,
    /// Probability of so many or more by chance, where every last digit is as likely.
    pub p_value: Figure,
}

/// Last digits of whole footprints.
pub fn heaping(population: &Population) -> Heaping {
    let is_whole =
        |product: &&Product| product.footprint < 1e15 && product.footprint == (product.footprint as i64) as f64;
    let whole = population.products.iter().filter(is_whole);
    let (mut count, mut round) = (0u32, 0u32);
    for product in whole {
        count += 1;
        round += u32::from((product.footprint as i64) % 5 == 0);
    }
    let p = match (count, round) {
        (0, _) => f64::NAN,
        (_, 0) => 1.0,
        _ => beta_cdf(0.2, f64::from(round), f64::from(count - round) + 1.0),
    };
    Heaping { whole: count, round, p_value: Figure(p) }
}

/// Two inventories that are alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copied {
    /// Name and maker of the first.
    pub first: (String, String),
    /// Name and maker of the second.
    pub second: (String, String),
    /// Cosine between them; 1 is the same up to a factor.
    pub cosine: Figure,
    /// Parts that both have.
    pub parts: u32,
}

/// What was found and how far was looked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Copies {
    /// Products with an inventory of at least three parts.
    pub products: u32,
    /// Pairs of different makers at or above the cosine asked for.
    pub count: u32,
    /// The pairs most alike.
    pub pairs: Vec<Copied>,
    /// Whether every pair that could be alike was compared.
    pub complete: bool,
}

/// Fewer parts are alike by chance.
const PARTS: usize = 3;
/// Pairs that are compared at most.
const COMPARED: usize = 20_000_000;
/// Pairs that are listed.
const LISTED: usize = 50;

/// Pairs of inventories of different makers that are alike. Vectors of length one whose cosine is at least c lie at most
/// √(2 − 2c) apart, so only neighbours along one direction are compared.
pub fn copies(population: &Population, plan: &Plan) -> Copies {
    let least = plan.copy_cosine.map_or(0.9999, Finite::get);
    let mut vectors: Vec<(f64, usize, Vec<(&str, f64)>)> = Vec::new();
    for (at, product) in population.products.iter().enumerate() {
        let parts: Vec<(&str, f64)> = product
            .inventory
            .iter()
            .map(|(name, value)| (name.as_str(), value.get()))
            .filter(|part| part.1 != 0.0)
            .collect();
        let length = parts.iter().map(|part| part.1 * part.1).sum::<f64>().sqrt();
        if parts.len() >= PARTS && length > 0.0 && length.is_finite() && product.maker.is_some() {
            let unit: Vec<(&str, f64)> = parts.into_iter().map(|(name, value)| (name, value / length)).collect();
            // Any direction of length one serves: names in order, each a little heavier than the one before.
            let along = unit.iter().map(|(name, value)| value * direction(name)).sum::<f64>();
            vectors.push((along, at, unit));
        }
    }
    vectors.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let reach = (2.0 - 2.0 * least).max(0.0).sqrt() * DIRECTION_LENGTH + 1e-12;
    let mut out = Copies { products: vectors.len() as u32, complete: true, ..Copies::default() };
    let mut compared = 0;
    let mut found: Vec<(f64, usize, usize, u32)> = Vec::new();
    'all: for (at, (along, first, one)) in vectors.iter().enumerate() {
        for (there, second, other) in &vectors[at + 1..] {
            if there - along > reach {
                break;
            }
            compared += 1;
            if compared > COMPARED {
                out.complete = false;
                break 'all;
            }
            if population.products[*first].maker == population.products[*second].maker {
                continue;
            }
            let (cosine, parts) = dot(one, other);
            if cosine >= least - 1e-15 && parts as usize >= PARTS {
                found.push((cosine, *first.min(second), *first.max(second), parts));
            }
        }
    }
    out.count = found.len() as u32;
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.3.cmp(&a.3)).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let named = |at: usize| {
        let product = &population.products[at];
        let maker = product.maker.and_then(|maker| population.makers.get(maker as usize)).cloned().unwrap_or_default();
        (product.name.clone(), maker)
    };
    out.pairs = found
        .into_iter()
        .take(LISTED)
        .map(|(cosine, first, second, parts)| Copied {
            first: named(first),
            second: named(second),
            cosine: Figure(cosine.min(1.0)),
            parts,
        })
        .collect();
    out
}

/// At most √(number of names); a generous bound keeps every neighbour within reach.
const DIRECTION_LENGTH: f64 = 16.0;

/// A weight for a name, between 0.5 and 1: the same wherever the name stands.
fn direction(name: &str) -> f64 {
    let sum = name.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    0.5 + f64::from(sum % 1000) / 2000.0
}

/// Cosine of two vectors of length one, names in order, and the names that both have.
fn dot(one: &[(&str, f64)], other: &[(&str, f64)]) -> (f64, u32) {
    let (mut a, mut b, mut sum, mut common) = (0, 0, 0.0, 0);
    while let (Some(first), Some(second)) = (one.get(a), other.get(b)) {
        match first.0.cmp(second.0) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                sum += first.1 * second.1;
                common += 1;
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    (sum, common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins() {
        assert!((upper_half(4, 4) - 1.0 / 16.0).abs() < 1e-14);
        assert!((upper_half(4, 3) - 5.0 / 16.0).abs() < 1e-14);
        assert_eq!(upper_half(4, 0), 1.0);
        assert!(upper_half(0, 0).is_nan());
    }
}
