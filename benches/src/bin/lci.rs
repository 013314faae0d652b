//! Linked inventories, for the comparison with peers in one run (`benches/peers/lci.py`): prints medians as JSON.
//! Usage: `lci SYSTEM.bin…`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it reads files, measures time and prints it"
)]

use std::hint::black_box;
use std::time::Instant;
use zuji_core::solve::linked::{Mode, Prepared, Solution, Unsolvable};

fn time<T>(runs: usize, mut work: impl FnMut() -> T) -> (f64, f64, T) {
    let mut times = Vec::new();
    let mut last = work();
    for _ in 0..runs {
        let start = Instant::now();
        last = black_box(work());
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[0], last)
}

/// The largest relative difference of any value.
fn apart(a: &[Solution], b: &[Solution]) -> f64 {
    let pairs = a.iter().zip(b).flat_map(|(a, b)| a.values.iter().zip(&b.values));
    pairs.fold(0.0, |most: f64, (a, b)| if a == b { most } else { most.max((a - b).abs() / a.abs().max(b.abs())) })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let system = zuji_benches::generated::read(&bytes).ok_or("not a system")?;
        measure(&path, &system)?;
    }
    Ok(())
}

fn measure(path: &str, system: &zuji_benches::generated::Generated) -> Result<(), Unsolvable> {
    let all: Vec<&[f64]> = system.characterised.iter().map(Vec::as_slice).collect();
    let size = system.technosphere.processes();
    let (prepare, prepare_least, prepared) = time(7, || Prepared::new(&system.technosphere, Mode::Reproducible));
    let prepared = prepared?;
    println!("{path}: {:?} prepare {prepare:.1} (least {prepare_least:.1}) ms", prepared.sizes());
    let (one, one_least, answer) = time(9, || prepared.adjoint(&all[..1]));
    println!("  one score {one:.2} (least {one_least:.2}) ms, {:?}", answer?[0].certificate);
    let (many, many_least, answer) = time(9, || prepared.adjoint(&all));
    let lambda = answer?;
    let worst = lambda.iter().map(|solution| solution.certificate.forward_error).fold(0.0, f64::max);
    println!("  {} categories {many:.1} (least {many_least:.1}) ms, error at most {worst:.1e}", all.len());
    let count = 1000.min(size);
    let demands: Vec<Vec<(u32, f64)>> =
        (0..count).map(|at| vec![((u64::from(at) * 7919 % u64::from(size)) as u32, 1.0)]).collect();
    let demands: Vec<&[(u32, f64)]> = demands.iter().map(Vec::as_slice).collect();
    let (forward, forward_least, scores) = time(2, || {
        prepared.forward_with(&demands, |_, solution| {
            let score = solution.values.iter().zip(all[0]).fold(0.0, |sum, (s, c)| sum + s * c);
            (score, solution.certificate)
        })
    });
    let scores = scores?;
    let gap = scores.iter().zip(&demands).fold(0.0f64, |most, ((score, _), demand)| {
        let expected = lambda[0].values[demand[0].0 as usize];
        most.max((score - expected).abs() / expected.abs())
    });
    let worst = scores.iter().map(|(_, certificate)| certificate.forward_error).fold(0.0, f64::max);
    println!("  {count} inventories {forward:.0} (least {forward_least:.0}) ms, error at most {worst:.1e}, against adjoint {gap:.1e}, {:?}", scores[0].1);
    for mode in [Mode::Fast, Mode::Reproducible] {
        let runs = if mode == Mode::Fast { 3 } else { 1 };
        let (both, both_least, factors) = time(runs, || {
            let prepared = Prepared::new(&system.technosphere, mode)?;
            let sizes = prepared.factorise()?;
            Ok::<_, Unsolvable>((prepared, sizes))
        });
        let (factored, sizes) = factors?;
        let (direct, _, answer) = time(3, || factored.adjoint_by_factors(&all[..1]));
        let answer = answer?;
        println!(
            "  {mode:?}: prepared and factorised {both:.0} (least {both_least:.0}) ms {sizes:?}; one score {direct:.1} ms, apart {:.1e} {:?}",
            apart(&answer, &lambda[..1]),
            answer[0].certificate
        );
    }
    Ok(())
}
