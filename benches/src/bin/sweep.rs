//! The sweep of `benches/peers/threshold.py`: reads the products that the peers read, prints milliseconds and figures to
//! compare as JSON.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it reads a file, measures time and prints it")]

use std::hint::black_box;
use std::time::Instant;
use zuji_core::threshold::{Plan, Population, even_limits, sweep};
use zuji_formats::{Limits, read_population};

/// Runs whose median counts.
const RUNS: usize = 7;

fn main() {
    let Some(path) = std::env::args().nth(1) else { return println!("usage: sweep PRODUCTS.csv") };
    let Ok(bytes) = std::fs::read(&path) else { return println!("cannot read {path}") };
    let Ok(read) = read_population(&bytes, "products.csv", &Limits::default()) else {
        return println!("no population");
    };
    let (mut sorting, mut sweeping) = (Vec::new(), Vec::new());
    let mut last = None;
    for _ in 0..RUNS {
        let document = read.document.clone();
        let start = Instant::now();
        let population = black_box(Population::of(document, &Plan::default()));
        sorting.push(start.elapsed().as_secs_f64() * 1e3);
        let limits = even_limits(&population, 1000);
        let start = Instant::now();
        last = black_box(sweep(&population, &limits, 0.95)).into_iter().nth(500);
        sweeping.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let Some(profile) = last else { return println!("no limit") };
    println!(
        "{{\"population_ms\": {}, \"sweep_ms\": {}, \"limit\": {}, \"share\": {}, \"hhi\": {}, \"reduce\": {}}}",
        median(&mut sorting),
        median(&mut sweeping),
        profile.limit.get(),
        profile.by_weight.rate.get(),
        profile.competition.hhi_after.get(),
        profile.saving.reduce_to_limit.get()
    );
}
