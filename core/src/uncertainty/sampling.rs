//! How the samples of a parameter are spread: independently, as a Latin hypercube, or by a scrambled Sobol' sequence.

use super::draw::{Draws, ParameterId};
use super::sobol::{DIMENSIONS, Scrambled};
use crate::product::{SampleOptions, Sampling};

/// The uniform draws of one parameter, for any samples, in any order.
#[derive(Clone, Debug)]
pub enum Spread {
    /// Independent draws.
    Random(ParameterId),
    /// Each of as many equal parts as there are samples has one sample (M. McKay, R. Beckman, W. Conover, "A comparison of
    /// three methods for selecting values of input variables", Technometrics 21 (1979) 239–245).
    Latin(ParameterId, Order),
    /// One dimension of a scrambled Sobol' sequence.
    Sobol(Box<Scrambled>),
}

impl Spread {
    /// How the parameter at a rank is drawn: Sobol' dimensions go to the first ranks, those that weigh most; the rest is
    /// padded by Latin hypercubes (A. Owen, "Latin supercube sampling for very high-dimensional simulations", ACM TOMACS
    /// 8 (1998) 71–102, shows why the heaviest come first).
    pub fn new(draws: &Draws, id: ParameterId, rank: usize, options: &SampleOptions) -> Self {
        let latin = || Self::Latin(id, Order::new(draws, id, options.count));
        match options.sampling {
            Sampling::Random => Self::Random(id),
            Sampling::Lhs => latin(),
            Sampling::Sobol if rank < DIMENSIONS => Self::Sobol(Box::new(Scrambled::new(draws, id, rank))),
            Sampling::Sobol => latin(),
        }
    }

    /// Fills in the uniform draws of the samples `first …`.
    pub fn fill(&self, draws: &Draws, first: u64, out: &mut [f64]) {
        match self {
            Self::Random(id) => draws.samples(*id, first, out),
            Self::Latin(id, order) => {
                draws.samples(*id, first, out);
                let part = 1.0 / f64::from(order.count);
                for (at, draw) in out.iter_mut().enumerate() {
                    let place = f64::from(order.of((first + at as u64) as u32));
                    *draw = inside((place + *draw) * part);
                }
            }
            Self::Sobol(sequence) => {
                for (at, draw) in out.iter_mut().enumerate() {
                    *draw = sequence.point((first + at as u64) as u32);
                }
            }
        }
    }
}

/// Rounding must not reach 1.
fn inside(value: f64) -> f64 {
    const LAST: f64 = 1.0 - f64::EPSILON / 2.0;
    if value < LAST { value } else { LAST }
}

/// A random order of the samples, one at a time: a Feistel network over the next power of four, walked until it falls
/// inside (J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002), with the finaliser of
/// MurmurHash3 (A. Appleby, public domain) as its round function.
#[derive(Clone, Debug)]
pub struct Order {
    count: u32,
    half: u32,
    keys: [u64; 6],
}

impl Order {
    fn new(draws: &Draws, id: ParameterId, count: u32) -> Self {
        let mut keys = [0; 6];
        // Far from the samples themselves.
        draws.words(id, 1 << 60, &mut keys);
        let bits = 32 - count.saturating_sub(1).leading_zeros();
        Self { count, half: bits.div_ceil(2).max(1), keys }
    }

    /// The place of a sample.
    fn of(&self, sample: u32) -> u32 {
        let mask = (1u32 << self.half) - 1;
        let mut at = sample;
        loop {
            let (mut left, mut right) = (at >> self.half & mask, at & mask);
            for key in self.keys {
                let mut mixed = u64::from(right) ^ key;
                mixed = (mixed ^ mixed >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
                mixed = (mixed ^ mixed >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
                mixed ^= mixed >> 33;
                (left, right) = (right, left ^ (mixed as u32 & mask));
            }
            at = left << self.half | right;
            if at < self.count || sample >= self.count {
                return at;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_order_has_every_place_once(seed in any::<u64>(), id in any::<u64>(), count in 1u32..3000) {
            let order = Order::new(&Draws::new(seed), ParameterId(id), count);
            let mut places: Vec<u32> = (0..count).map(|sample| order.of(sample)).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..count).collect::<Vec<_>>());
        }

        #[test]
        fn a_stratified_spread_has_one_sample_in_each_part(seed in any::<u64>(), rank in 0usize..100, latin in any::<bool>()) {
            // For a Sobol' sequence where the number of samples is a power of two.
            let (count, sampling) = if latin { (1000, Sampling::Lhs) } else { (1024, Sampling::Sobol) };
            let options = SampleOptions { count, seed: 0, sampling, limit: None };
            let draws = Draws::new(seed);
            let spread = Spread::new(&draws, ParameterId(7), rank, &options);
            let mut values = vec![0.0; count as usize];
            spread.fill(&draws, 0, &mut values);
            prop_assert!(values.iter().all(|value| *value > 0.0 && *value < 1.0));
            let mut parts: Vec<u32> = values.iter().map(|value| (value * f64::from(count)) as u32).collect();
            parts.sort_unstable();
            prop_assert_eq!(parts, (0..count).collect::<Vec<_>>());
            // The same from the middle.
            let mut later = vec![0.0; 100];
            spread.fill(&draws, 333, &mut later);
            prop_assert_eq!(&later[..], &values[333..433]);
        }
    }
}
