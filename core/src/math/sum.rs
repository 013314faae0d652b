//! Sums whose order is fixed by the index, so that threads cannot change a digit.

use super::blocks::{BLOCK, each_block};

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
