//! Draws that depend on the seed, the parameter and the number of the sample, and on nothing else: not on threads, not
//! on how many are drawn together, not on which other parameters there are.
//!
//! A parameter has a stream of ChaCha (D. J. Bernstein, "ChaCha, a variant of Salsa20", 2008) with 8 rounds: the key is
//! made of the seed, the 64-bit nonce is the parameter's id, and the 64-bit counter is the number of the block of
//! [`LANES`] samples. One block of the cipher is 64 bytes: eight numbers for eight samples. Streams side by side are
//! computed in step, which the libraries do not offer; a test holds every bit to the `chacha20` crate.

use crate::math::{NormalTable, functions::exp_of_eight, wide};
use sha2::{Digest, Sha256};

/// Samples in a block.
pub const LANES: usize = 8;

/// One value for each sample of a block.
pub type Lanes = [f64; LANES];

/// Streams that are computed in step.
const STREAMS: usize = 8;

/// Streams that go through the cipher together.
const CIPHERED: usize = 2 * STREAMS;

/// What names a parameter, whatever else there is: 64 bits of the SHA-256 of its names. Two draws with one id are one
/// draw; among a million parameters two ids meet by chance with a probability of 3·10⁻⁸.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(pub u64);

impl ParameterId {
    /// The id of names, such as `["factor", "uk-desnz-2024/…"]` or `["exchange", process, flow, provider]`.
    pub fn of(names: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for name in names {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hash.finalize()[..8]);
        Self(u64::from_le_bytes(first))
    }
}

/// The draws of one seed.
#[derive(Clone, Debug)]
pub struct Draws {
    key: [u32; 8],
    normal: NormalTable,
}

impl Draws {
    /// The draws of a seed.
    pub fn new(seed: u64) -> Self {
        let digest = Sha256::new().chain_update(b"zuji/draw@1").chain_update(seed.to_le_bytes()).finalize();
        let mut key = [0; 8];
        for (word, bytes) in key.iter_mut().zip(digest.chunks_exact(4)) {
            *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        Self { key, normal: NormalTable::default() }
    }

    /// The table by which normal draws are made.
    pub fn normal(&self) -> &NormalTable {
        &self.normal
    }

    /// Uniform draws in (0, 1), never 0 or 1, of several parameters for the samples `8 × block …`, in the order of ids.
    /// The shorter of `ids` and `out` decides how many.
    pub fn uniform(&self, ids: &[ParameterId], block: u64, out: &mut [Lanes]) {
        wide(|| self.in_step(ids, block, out, |_, _| ()));
    }

    /// Standard normal draws; otherwise as [`Draws::uniform`].
    pub fn standard_normal(&self, ids: &[ParameterId], block: u64, out: &mut [Lanes]) {
        wide(|| self.in_step(ids, block, out, |row, _| self.normal.quantile_of_eight(row)));
    }

    /// Lognormal draws: `median[p] × exp(sigma[p] × z)`; otherwise as [`Draws::uniform`]. The fast way for a matrix in
    /// which every exchange is lognormal. σ = 0 gives the median itself.
    pub fn lognormal(&self, ids: &[ParameterId], median: &[f64], sigma: &[f64], block: u64, out: &mut [Lanes]) {
        let at = |values: &[f64], first: usize| {
            let mut eight = [0.0; STREAMS];
            eight.iter_mut().zip(values.iter().skip(first)).for_each(|(slot, value)| *slot = *value);
            eight
        };
        let count = ids.len().min(median.len()).min(sigma.len());
        wide(|| {
            self.in_step(&ids[..count], block, out, |row, first| {
                let (median, sigma) = (at(median, first), at(sigma, first));
                self.normal.quantile_of_eight(row);
                row.iter_mut().zip(sigma).for_each(|(z, sigma)| *z *= sigma);
                exp_of_eight(row);
                row.iter_mut().zip(median).for_each(|(factor, median)| *factor *= median);
            });
        });
    }

    /// Eight parameters in step: a row has one sample of each, and `shape` turns its uniform numbers into others, knowing
    /// which parameter is the first.
    #[inline(always)]
    fn in_step(&self, ids: &[ParameterId], block: u64, out: &mut [Lanes], shape: impl Fn(&mut [f64; STREAMS], usize)) {
        for (group, (ids, out)) in ids.chunks(CIPHERED).zip(out.chunks_mut(CIPHERED)).enumerate() {
            let mut at = [(0, block); CIPHERED];
            for (at, id) in at.iter_mut().zip(ids) {
                at.0 = id.0;
            }
            let words = blocks(&self.key, &at);
            for (eight, (ids, out)) in ids.chunks(STREAMS).zip(out.chunks_mut(STREAMS)).enumerate() {
                let first = eight * STREAMS;
                let mut rows = [[0.5; STREAMS]; LANES];
                for (lane, row) in rows.iter_mut().enumerate() {
                    for (stream, value) in row.iter_mut().enumerate() {
                        *value = open_unit(word(&words, lane, first + stream));
                    }
                    shape(row, group * CIPHERED + first);
                }
                for (stream, (lanes, _)) in out.iter_mut().zip(ids).enumerate() {
                    for lane in 0..LANES {
                        lanes[lane] = rows[lane][stream];
                    }
                }
            }
        }
    }

    /// Uniform draws of one parameter for the samples `first …`: the same numbers as [`Draws::uniform`] gives.
    pub fn samples(&self, id: ParameterId, first: u64, out: &mut [f64]) {
        wide(|| self.many(id, first, out, open_unit));
    }

    /// Random words of one parameter, for orders and scrambling; the same bits that the uniform draws are made of.
    pub fn words(&self, id: ParameterId, first: u64, out: &mut [u64]) {
        self.many(id, first, out, |word| word);
    }

    #[inline(always)]
    fn many<T: Copy + Default>(&self, id: ParameterId, first: u64, out: &mut [T], make: impl Fn(u64) -> T) {
        let mut skip = (first % LANES as u64) as usize;
        let mut block = first / LANES as u64;
        let mut rest = out;
        while !rest.is_empty() {
            let mut at = [(id.0, 0); STREAMS];
            for (step, at) in at.iter_mut().enumerate() {
                at.1 = block.wrapping_add(step as u64);
            }
            let words = blocks(&self.key, &at);
            let mut ready = [[T::default(); LANES]; STREAMS];
            for (stream, lanes) in ready.iter_mut().enumerate() {
                for (lane, value) in lanes.iter_mut().enumerate() {
                    *value = make(word(&words, lane, stream));
                }
            }
            let ready = &ready.as_flattened()[skip..];
            let count = ready.len().min(rest.len());
            let (now, later) = rest.split_at_mut(count);
            now.copy_from_slice(&ready[..count]);
            rest = later;
            block = block.wrapping_add(STREAMS as u64);
            skip = 0;
        }
    }
}

/// The word of a stream's sample.
#[inline(always)]
fn word<const N: usize>(words: &[[u32; N]; 16], lane: usize, stream: usize) -> u64 {
    u64::from(words[2 * lane][stream]) | u64::from(words[2 * lane + 1][stream]) << 32
}

/// A word as a number in (0, 1): the middle of one of 2⁵² equal parts. Its upper bits become the fraction of a number
/// from 1 to 2, and what follows is exact.
#[inline(always)]
fn open_unit(word: u64) -> f64 {
    const HALF_PART: f64 = 0.5 / (1u64 << 52) as f64;
    f64::from_bits(word >> 12 | 1.0_f64.to_bits()) - 1.0 + HALF_PART
}

/// A quarter round on every stream: one loop, long enough to be compiled to vector instructions rather than unrolled.
#[allow(clippy::needless_range_loop, reason = "four rows are walked in step")]
#[inline(always)]
fn quarter<const N: usize, const A: usize, const B: usize, const C: usize, const D: usize>(state: &mut [[u32; N]; 16]) {
    for stream in 0..N {
        let (mut a, mut b, mut c, mut d) = (state[A][stream], state[B][stream], state[C][stream], state[D][stream]);
        a = a.wrapping_add(b);
        d = (d ^ a).rotate_left(16);
        c = c.wrapping_add(d);
        b = (b ^ c).rotate_left(12);
        a = a.wrapping_add(b);
        d = (d ^ a).rotate_left(8);
        c = c.wrapping_add(d);
        b = (b ^ c).rotate_left(7);
        (state[A][stream], state[B][stream], state[C][stream], state[D][stream]) = (a, b, c, d);
    }
}

/// One block of ChaCha8 for every stream.
#[inline(always)]
fn blocks<const N: usize>(key: &[u32; 8], at: &[(u64, u64); N]) -> [[u32; N]; 16] {
    // "expand 32-byte k"
    const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
    let mut start = [[0; N]; 16];
    for (row, word) in start.iter_mut().zip(CONSTANTS.iter().chain(key)) {
        *row = [*word; N];
    }
    for (stream, &(nonce, counter)) in at.iter().enumerate() {
        start[12][stream] = counter as u32;
        start[13][stream] = (counter >> 32) as u32;
        start[14][stream] = nonce as u32;
        start[15][stream] = (nonce >> 32) as u32;
    }
    let mut state = start;
    for _ in 0..4 {
        // The columns, then the diagonals.
        quarter::<N, 0, 4, 8, 12>(&mut state);
        quarter::<N, 1, 5, 9, 13>(&mut state);
        quarter::<N, 2, 6, 10, 14>(&mut state);
        quarter::<N, 3, 7, 11, 15>(&mut state);
        quarter::<N, 0, 5, 10, 15>(&mut state);
        quarter::<N, 1, 6, 11, 12>(&mut state);
        quarter::<N, 2, 7, 8, 13>(&mut state);
        quarter::<N, 3, 4, 9, 14>(&mut state);
    }
    for (row, start) in state.iter_mut().zip(&start) {
        for (word, start) in row.iter_mut().zip(start) {
            *word = word.wrapping_add(*start);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use chacha20::ChaCha8Rng;
    use chacha20::rand_core::{Rng, SeedableRng};
    use proptest::prelude::*;

    fn of_the_library(draws: &Draws, id: ParameterId, first: u64, count: usize) -> Vec<u64> {
        let mut key = [0; 32];
        for (bytes, word) in key.chunks_exact_mut(4).zip(draws.key) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        let mut library = ChaCha8Rng::from_seed(key);
        library.set_stream(id.0);
        library.set_word_pos(u128::from(first) * 2);
        (0..count).map(|_| library.next_u64()).collect()
    }

    proptest! {
        #[test]
        fn every_bit_is_that_of_the_library(seed in any::<u64>(), id in any::<u64>(), first in 0u64..1 << 40, count in 1usize..200) {
            let draws = Draws::new(seed);
            let mut words = vec![0; count];
            draws.words(ParameterId(id), first, &mut words);
            prop_assert_eq!(words, of_the_library(&draws, ParameterId(id), first, count));
        }

        #[test]
        fn blocks_and_single_samples_agree(seed in any::<u64>(), ids in proptest::collection::vec(any::<u64>(), 1..40), block in 0u64..1 << 30) {
            let draws = Draws::new(seed);
            let ids: Vec<ParameterId> = ids.into_iter().map(ParameterId).collect();
            let mut together = vec![[0.0; LANES]; ids.len()];
            draws.uniform(&ids, block, &mut together);
            for (id, lanes) in ids.iter().zip(&together) {
                let mut alone = [0.0; LANES];
                draws.samples(*id, block * 8, &mut alone);
                prop_assert_eq!(&alone, lanes);
                // From the middle of a block.
                let mut last = [0.0];
                draws.samples(*id, block * 8 + 7, &mut last);
                prop_assert_eq!(last[0], lanes[7]);
            }
        }
    }

    #[test]
    fn uniform_numbers_are_never_zero_or_one() {
        assert!(open_unit(0) > 0.0 && open_unit(u64::MAX) < 1.0);
        let table = NormalTable::default();
        let far = table.quantile(open_unit(u64::MAX));
        assert!((8.0..9.0).contains(&far) && table.quantile(open_unit(0)) == -far, "{far}");
    }

    #[test]
    fn a_lognormal_is_its_median_times_the_exponential_of_its_normal() {
        let draws = Draws::new(7);
        let ids: Vec<ParameterId> = (0..20).map(ParameterId).collect();
        let (median, sigma) = (vec![-2.5; 20], [vec![0.3; 19], vec![0.0]].concat());
        let (mut normal, mut lognormal) = (vec![[0.0; LANES]; 20], vec![[0.0; LANES]; 20]);
        draws.standard_normal(&ids, 3, &mut normal);
        draws.lognormal(&ids, &median, &sigma, 3, &mut lognormal);
        for (at, (normal, lognormal)) in normal.iter().zip(&lognormal).enumerate() {
            for (z, value) in normal.iter().zip(lognormal) {
                let exact = -2.5 * libm::exp(sigma[at] * z);
                assert!((value - exact).abs() <= 1e-14 * exact.abs());
            }
        }
        assert_eq!(lognormal[19], [-2.5; LANES]);
    }

    #[test]
    fn ids_do_not_run_together() {
        assert_ne!(ParameterId::of(&["ab", "c"]), ParameterId::of(&["a", "bc"]));
        assert_ne!(ParameterId::of(&["a"]), ParameterId::of(&["a", ""]));
    }
}
