//! The kernels once more, for the comparison with peers in one run (`benches/peers/bom.py`): prints medians as JSON.
//! The comparison calls this program and the peers in turn.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures time and prints it")]

use rayon::prelude::*;
use std::hint::black_box;
use std::time::Instant;
use zuji_core::solve::{roll_up, score};

/// Medians over so many runs.
const RUNS: usize = 15;

fn median(mut work: impl FnMut()) -> f64 {
    work();
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    // Read bandwidth: eight sums per thread over far more than the caches hold.
    let words = vec![1u64; 1 << 27];
    let read = |data: &[u64]| {
        let mut sums = [0u64; 8];
        for chunk in data.as_chunks::<8>().0 {
            for (sum, word) in sums.iter_mut().zip(chunk) {
                *sum = sum.wrapping_add(*word);
            }
        }
        sums.iter().fold(0u64, |a, b| a.wrapping_add(*b))
    };
    let bytes = words.len() as f64 * 8.0;
    let one = median(|| {
        black_box(read(black_box(&words)));
    });
    let two = median(|| {
        black_box(words.par_chunks(words.len() / 2).map(read).reduce(|| 0, u64::wrapping_add));
    });
    drop(words);
    let (demands, footprints) = zuji_benches::demands(100_000, 50, 20_000, 1);
    let scored = median(|| {
        black_box(score(black_box(&demands), black_box(&footprints)));
    });
    let tree = zuji_benches::tree(1_000_000, 12, 1);
    let mut own = tree.own.clone();
    let rolled = median(|| {
        own.copy_from_slice(&tree.own);
        roll_up(black_box(&tree.parent), black_box(&tree.amount), black_box(&mut own));
    });
    let copied = median(|| {
        own.copy_from_slice(black_box(&tree.own));
        black_box(&own);
    });
    // A line is an index of four bytes and an amount of eight.
    let traffic = 5_000_000.0 * 12.0;
    println!(
        "{{\"read_gb_s_1\":{:.2},\"read_gb_s_2\":{:.2},\"score_ms\":{scored:.3},\"score_mlines_s\":{:.0},\"score_share_of_read\":{:.3},\"tree_ms\":{:.3},\"tree_mnodes_s\":{:.0},\"tree_depth\":{},\"threads\":{}}}",
        bytes / one / 1e6,
        bytes / two / 1e6,
        5e6 / scored / 1e3,
        (traffic / scored / 1e6) / (bytes / two / 1e6),
        rolled - copied,
        1e6 / (rolled - copied) / 1e3,
        tree.depth,
        rayon::current_num_threads(),
    );
}
