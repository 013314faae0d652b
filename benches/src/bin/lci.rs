//! Linked inventories, for the comparison with peers in one run (`benches/peers/lci.py`): prints one JSON line per
//! system and question. Usage: `lci [--loops] [--write FILE] SYSTEM.bin…`; FILE gets the footprints of all products, one
//! category after the other, as doubles.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it reads files, measures time and prints it")]

use std::hint::black_box;
use std::time::Instant;
use zuji_benches::generated::{Generated, heavy_loops, read};
use zuji_core::solve::linked::{Answer, Block, LANES, Mode, Prepared, Solution, Stream, Unsolvable};
use zuji_core::uncertainty::linked::Sampler;

/// The program's memory, as in `zuji`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Median and least of so many runs in milliseconds, and the last answer.
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

fn worst<'a>(solutions: impl Iterator<Item = &'a Solution>) -> f64 {
    solutions.map(|solution| solution.certificate.forward_error).fold(0.0, f64::max)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut loops = false;
    let mut arguments = std::env::args().skip(1);
    let mut file = None;
    while let Some(argument) = arguments.next() {
        if argument == "--write" {
            file = arguments.next();
            continue;
        }
        if argument == "--loops" {
            loops = true;
            continue;
        }
        let system = read(&std::fs::read(&argument)?).ok_or("not a system")?;
        if loops {
            for radius in [0.99, 0.999, 0.9999, 0.999_999] {
                let heavy = heavy_loops(&system, radius, 400).ok_or("not a system")?;
                measure_loops(&argument, radius, &heavy)?;
            }
        } else {
            let lambda = measure(&argument, &system)?;
            if let Some(file) = &file {
                let values = lambda.iter().flat_map(|solution| &solution.values);
                std::fs::write(file, values.flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())?;
            }
        }
    }
    Ok(())
}

fn line(system: &str, what: &str, (median, least): (f64, f64), rest: &str) {
    println!(
        "{{\"system\":\"{system}\",\"what\":\"{what}\",\"median_ms\":{median:.3},\"least_ms\":{least:.3},{rest},\"threads\":{}}}",
        rayon::current_num_threads()
    );
}

fn measure(path: &str, system: &Generated) -> Result<Vec<Solution>, Unsolvable> {
    let all: Vec<&[f64]> = system.characterised.iter().map(Vec::as_slice).collect();
    let size = system.technosphere.processes();
    let (median, least, prepared) = time(7, || Prepared::new(&system.technosphere, Mode::Reproducible));
    let prepared = prepared?;
    let (_, core, entries) = prepared.sizes();
    line(path, "prepare", (median, least), &format!("\"n\":{size},\"core\":{core},\"core_entries\":{entries}"));
    let (median, least, answer) = time(15, || prepared.adjoint(&all[..1]));
    let answer = answer?;
    let certificate = &answer[0].certificate;
    let course = format!("\"step\":\"{:?}\",\"iterations\":{}", certificate.step, certificate.iterations);
    line(path, "all products, 1 category", (median, least), &format!("\"error\":{:e},{course}", worst(answer.iter())));
    let (median, least, answer) = time(15, || prepared.adjoint(&all));
    let lambda = answer?;
    let what = format!("all products, {} categories", all.len());
    line(path, &what, (median, least), &format!("\"error\":{:e}", worst(lambda.iter())));
    let (median, least, answer) = time(7, || Prepared::new(&system.technosphere, Mode::Reproducible)?.adjoint(&all));
    line(
        path,
        &format!("{what}, with preparation"),
        (median, least),
        &format!("\"error\":{:e}", worst(answer?.iter())),
    );
    measure_samples(path, system, &prepared, &lambda[0].values)?;
    let demands: Vec<Vec<(u32, f64)>> =
        (0..1000).map(|at: u64| vec![((at * 7919 % u64::from(size)) as u32, 1.0)]).collect();
    let demands: Vec<&[(u32, f64)]> = demands.iter().map(Vec::as_slice).collect();
    let (median, least, scores) = time(3, || {
        prepared.forward_with(&demands, |_, solution| {
            let score = solution.values.iter().zip(all[0]).fold(0.0, |sum, (s, c)| sum + s * c);
            (score, solution.certificate.forward_error)
        })
    });
    let scores = scores?;
    let gap = scores.iter().zip(&demands).fold(0.0f64, |most, ((score, _), demand)| {
        let expected = lambda[0].values[demand[0].0 as usize];
        most.max((score - expected).abs() / expected.abs())
    });
    let error = scores.iter().map(|(_, error)| *error).fold(0.0, f64::max);
    line(path, "1000 inventories", (median, least), &format!("\"error\":{error:e},\"against_adjoint\":{gap:e}"));
    for mode in [Mode::Fast, Mode::Reproducible] {
        let (median, least, factors) = time(3, || {
            let prepared = Prepared::new(&system.technosphere, mode)?;
            let sizes = prepared.factorise()?;
            Ok::<_, Unsolvable>((prepared, sizes))
        });
        let (factored, sizes) = match factors {
            Err(Unsolvable::TooLarge { size }) => {
                println!("{{\"system\":\"{path}\",\"what\":\"prepare and factorise, {mode:?}\",\"too_large\":{size}}}");
                continue;
            }
            other => other?,
        };
        let (tail, entries) = sizes.first().copied().unwrap_or_default();
        let rest = format!("\"dense_end\":{tail},\"entries\":{entries}");
        line(path, &format!("prepare and factorise, {mode:?}"), (median, least), &rest);
        let (median, least, answer) = time(5, || factored.adjoint_by_factors(&all[..1]));
        let answer = answer?;
        let gap = apart(&answer, &lambda[..1]);
        let rest = format!("\"error\":{:e},\"against_sweeps\":{gap:e}", worst(answer.iter()));
        line(path, &format!("one category by factors, {mode:?}"), (median, least), &rest);
    }
    Ok(lambda)
}

/// Samples of everything in A and B, all products of one category; some are held against LU of their own systems.
fn measure_samples(path: &str, system: &Generated, prepared: &Prepared, lambda: &[f64]) -> Result<(), Unsolvable> {
    const SAMPLES: u64 = 160;
    let start = Instant::now();
    let (stream, terms) = (Stream::new(&system.technosphere, prepared), system.terms());
    let sampler = Sampler::new(1, &stream, &terms);
    let prepared_in = start.elapsed().as_secs_f64() * 1e3;
    let products = lambda.len() as u32;
    let wanted = [0u64, SAMPLES / 2, SAMPLES - 1];
    let (median, least, kept) = time(3, || {
        let mut kept = Vec::new();
        // The sum of all products stands for whatever is done with a sample.
        let each = |block: &Block| {
            let mut sums = [0.0; LANES];
            for product in 0..products {
                for (sum, value) in sums.iter_mut().zip(block.lambda(product)) {
                    *sum += value;
                }
            }
            let here = wanted.iter().filter(|&&one| one / LANES as u64 == block.first / LANES as u64);
            let lane = |one: u64| (0..products).map(|at| block.lambda(at)[(one % LANES as u64) as usize]).collect();
            let swept = block.answers.iter().filter(|one| matches!(one, Answer::Swept(..))).count();
            (black_box(sums), swept, here.map(|&one| (one, lane(one))).collect::<Vec<(u64, Vec<f64>)>>())
        };
        let sink = |part: (_, usize, Vec<(u64, Vec<f64>)>)| {
            kept.push((part.1, part.2));
            Ok::<(), std::convert::Infallible>(())
        };
        let Ok(()) = stream.run(&sampler, lambda, SAMPLES, each, sink);
        kept
    });
    let swept: usize = kept.iter().map(|(swept, _)| swept).sum();
    let mut error = 0.0f64;
    for (sample, values) in kept.into_iter().flat_map(|(_, kept)| kept) {
        for (value, exact) in values.iter().zip(stream.by_factors(&sampler, sample)?.values) {
            error = if *value == exact { error } else { error.max((value - exact).abs() / exact.abs()) };
        }
    }
    let per = SAMPLES as f64;
    let drawn = terms.of_amounts.len() + terms.of_direct.len();
    let rest = format!("\"error\":{error:e},\"swept\":{swept},\"drawn\":{drawn},\"prepared_ms\":{prepared_in:.1}");
    line(path, "one Monte Carlo sample, all products, 1 category", (median / per, least / per), &rest);
    Ok(())
}

/// Loops near one: what answers, and how far it is from 32 digits.
fn measure_loops(path: &str, radius: f64, system: &Generated) -> Result<(), Unsolvable> {
    let all: Vec<&[f64]> = system.characterised.iter().map(Vec::as_slice).collect();
    let (median, least, prepared) = time(1, || Prepared::new(&system.technosphere, Mode::Reproducible));
    let prepared = prepared?;
    line(path, &format!("loops {radius}: prepare"), (median, least), "\"n\":0");
    let (median, least, answer) = time(3, || prepared.adjoint(&all[..2]));
    let answer = answer?;
    for (solution, c) in answer.iter().zip(&all) {
        let (exact, moved) = zuji_benches::extended::adjoint(&system.technosphere, &prepared, c)?;
        let error = solution.values.iter().zip(&exact).fold(0.0f64, |most, (value, exact)| {
            if exact.0 == 0.0 { most } else { most.max(((value - exact.0) - exact.1).abs() / exact.0.abs()) }
        });
        let certificate = &solution.certificate;
        let steps = format!(
            "\"step\":\"{:?}\",\"iterations\":{},\"refinements\":{}",
            certificate.step, certificate.iterations, certificate.refinements
        );
        let rest = format!(
            "\"error_told\":{:e},\"error_seen\":{error:e},\"reference_moved\":{moved:e},\"basis\":\"{:?}\",{steps}",
            certificate.forward_error, certificate.basis
        );
        line(path, &format!("loops {radius}: one of two categories"), (median, least), &rest);
    }
    Ok(())
}
