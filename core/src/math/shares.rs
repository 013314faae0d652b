//! Shares that sum to the whole.

/// Shares of a total in whole parts (1000 gives tenths of a percent) that sum to exactly `parts`, by largest
/// remainder (Hamilton's method); ties go to the first. `None` where the total is not positive: a share of zero or of
/// a net credit has no meaning.
pub fn largest_remainder(amounts: &[i64], parts: i64) -> Option<Vec<i64>> {
    let total: i128 = amounts.iter().map(|&amount| i128::from(amount)).sum();
    if total <= 0 {
        return None;
    }
    let mut shares = Vec::with_capacity(amounts.len());
    let mut remainders = Vec::with_capacity(amounts.len());
    for (index, &amount) in amounts.iter().enumerate() {
        let scaled = i128::from(amount) * i128::from(parts);
        shares.push(scaled.div_euclid(total) as i64);
        remainders.push((scaled.rem_euclid(total), index));
    }
    let missing = (parts - shares.iter().sum::<i64>()) as usize;
    remainders.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for &(_, index) in remainders.iter().take(missing) {
        shares[index] += 1;
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirds_sum_to_a_whole() {
        assert_eq!(largest_remainder(&[1, 1, 1], 1000), Some(vec![334, 333, 333]));
        assert_eq!(largest_remainder(&[0, 0], 1000), None);
        assert_eq!(largest_remainder(&[], 1000), None);
    }

    proptest! {
        #[test]
        fn shares_always_sum(amounts in proptest::collection::vec(-1_000_000i64..10_000_000, 1..50)) {
            if let Some(shares) = largest_remainder(&amounts, 1000) {
                prop_assert_eq!(shares.iter().sum::<i64>(), 1000);
            }
        }
    }
}
