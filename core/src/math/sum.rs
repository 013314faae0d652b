//! Sums whose order is fixed by the index, so that threads cannot change a digit.

/// How many terms a block holds. Part of the result's definition: a change moves last digits.
pub const BLOCK: usize = 4096;

/// A compensated sum: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
/// ZAMM 54 (1974) 39–51, algorithm IV. The error is about one rounding of the result, whatever the number of terms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let next = self.sum + term;
        self.lost += if self.sum.abs() >= term.abs() { (self.sum - next) + term } else { (term - next) + self.sum };
        self.sum = next;
    }

    /// Adds what another sum holds.
    pub fn join(&mut self, other: Sum) {
        self.add(other.sum);
        self.add(other.lost);
    }

    /// The value.
    pub fn value(self) -> f64 {
        self.sum + self.lost
    }
}

/// The sum of `count` terms: blocks of [`BLOCK`] terms are summed by themselves (on several threads where there are
/// any) and joined in index order, so the digits do not depend on the number of threads.
pub fn blocked_sum(count: usize, term: impl Fn(usize) -> f64 + Sync) -> f64 {
    let sums = each_block(count, |index| {
        let mut sum = Sum::default();
        for position in index * BLOCK..((index + 1) * BLOCK).min(count) {
            sum.add(term(position));
        }
        sum
    });
    let mut total = Sum::default();
    for sum in sums {
        total.join(sum);
    }
    total.value()
}

/// The work of every block of [`BLOCK`] items, in order; on several threads where there are any.
pub fn each_block<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    let blocks = count.div_ceil(BLOCK);
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..blocks).into_par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..blocks).map(work).collect()
}

/// A value for every item, in order, computed by blocks.
pub fn map_blocks<T: Send>(count: usize, value: &(impl Fn(usize) -> T + Sync)) -> Vec<T> {
    let blocks =
        each_block(count, |block| (block * BLOCK..((block + 1) * BLOCK).min(count)).map(value).collect::<Vec<T>>());
    let mut all = Vec::with_capacity(count);
    for block in blocks {
        all.extend(block);
    }
    all
}

/// Two pieces of independent work, side by side where there are threads.
pub fn both<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    {
        rayon::join(first, second)
    }
    #[cfg(not(feature = "parallel"))]
    (first(), second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_terms_are_not_lost_beside_a_large_one() {
        let mut sum = Sum::default();
        for term in [1.0, 1e100, 1.0, -1e100] {
            sum.add(term);
        }
        assert_eq!(sum.value(), 2.0);
        assert_eq!(blocked_sum(1_000_000, |_| 0.1), 100_000.0);
    }
}
