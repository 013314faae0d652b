//! Which loop it is that has no solution, or nearly none.

use super::compact::Compact;

/// The loop with the largest gain along the strongest links of a component, each position followed by its supplier.
///
/// Powers of |E|ᵀ lead to a vector that weighs every process by what goes round through it; with it the share of a
/// supplier in what a process uses no longer depends on units. Following the largest share from every process ends in
/// loops; the product of the amounts along a loop is its gain.
pub(super) fn strongest(inputs: &Compact, from: usize, to: usize) -> (f64, Vec<u32>) {
    let size = to - from;
    let inside = |position: usize| {
        let (others, amounts) = inputs.column(position);
        others
            .iter()
            .zip(amounts)
            .filter(move |(other, _)| (from..to).contains(&(**other as usize)))
            .map(move |(&other, &amount)| (other as usize - from, amount.abs()))
    };
    let mut weight = vec![1.0f64; size];
    for _ in 0..100 {
        let mut next: Vec<f64> = (0..size)
            .map(|at| inside(from + at).fold(0.0, |sum, (other, amount)| sum + amount * weight[other]))
            .collect();
        // Half of the old one: a loop of even length must not swing.
        let largest = next.iter().fold(0.0f64, |most, &value| most.max(value));
        if !(largest > 0.0 && largest.is_finite()) {
            break;
        }
        for (value, old) in next.iter_mut().zip(&weight) {
            *value = 0.5 * (*value / largest + old);
        }
        weight = next;
    }
    let follow: Vec<(usize, f64)> = (0..size)
        .map(|at| {
            let mut best = (at, 0.0);
            let mut most = 0.0;
            for (other, amount) in inside(from + at) {
                if amount * weight[other] > most {
                    most = amount * weight[other];
                    best = (other, amount);
                }
            }
            best
        })
        .collect();
    let mut seen = vec![0usize; size];
    let mut found: (f64, Vec<u32>) = (-1.0, Vec::new());
    for first in 0..size {
        let mut at = first;
        while seen[at] == 0 {
            seen[at] = first + 1;
            at = follow[at].0;
        }
        if seen[at] != first + 1 {
            continue;
        }
        let (mut gain, mut members) = (1.0, Vec::new());
        let end = at;
        loop {
            members.push((from + at) as u32);
            gain *= follow[at].1;
            at = follow[at].0;
            if at == end {
                break;
            }
        }
        if gain > found.0 {
            found = (gain, members);
        }
    }
    found
}
