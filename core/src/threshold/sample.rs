//! Random numbers addressed by seed, sample and parameter: the same for any order and number of threads. One function, so
//! that another generator can take its place.

use super::probability::normal_quantile;

/// A uniform number in (0, 1) for a seed, a sample and a parameter: three rounds of SplitMix64's finaliser (G. L. Steele, D.
/// Lea, C. H. Flood, OOPSLA 2014) over the address.
pub fn uniform(seed: u64, sample: u64, parameter: u64) -> f64 {
    let word = mix(mix(mix(seed).wrapping_add(sample)).wrapping_add(parameter));
    // 52 bits and a half: never 0, never 1.
    ((word >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

/// A standard normal number for an address.
pub fn normal(seed: u64, sample: u64, parameter: u64) -> f64 {
    normal_quantile(uniform(seed, sample, parameter)).unwrap_or(0.0)
}

fn mix(word: u64) -> u64 {
    let word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_distributions() {
        let n = 100_000u64;
        let values: Vec<f64> = (0..n).map(|at| normal(7, at, 1)).collect();
        let mean: f64 = values.iter().sum::<f64>() / n as f64;
        let square: f64 = values.iter().map(|value| value * value).sum::<f64>() / n as f64;
        assert!(mean.abs() < 0.015 && (square - 1.0).abs() < 0.02, "{mean} {square}");
        // Neighbours in either address are not alike.
        let product: f64 = (0..n).map(|at| normal(7, at, 1) * normal(7, at, 2)).sum::<f64>() / n as f64;
        let next: f64 = (1..n).map(|at| normal(7, at, 1) * normal(7, at - 1, 1)).sum::<f64>() / n as f64;
        assert!(product.abs() < 0.015 && next.abs() < 0.015, "{product} {next}");
    }
}
