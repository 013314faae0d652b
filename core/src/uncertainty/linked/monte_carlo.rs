//! Samples of a demand's score, and of every product's, through the whole system.

use super::sampler::{Sampler, Terms};
use super::summary::Spread;
use crate::matrix::Technosphere;
use crate::solve::linked::{Answer, Block, LANES, Prepared, Stream, Unsolvable};
use serde::Serialize;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// How many samples.
    pub samples: u64,
    /// The seed of all draws.
    pub seed: u64,
    /// How many samples are held against factors of their own systems.
    pub checks: u32,
}

/// A system whose values are sampled, and what is known of it at the stated amounts.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// A with its reference flows.
    pub technosphere: &'a Technosphere,
    /// The same, prepared.
    pub prepared: &'a Prepared,
    /// λ of every product at the stated amounts: sweeps begin there.
    pub lambda: &'a [f64],
    /// What is uncertain.
    pub terms: &'a Terms,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MonteCarlo {
    /// The score of every sample, in order; NaN where there is no answer.
    pub scores: Vec<f64>,
    /// Moments and quantiles of those that have one.
    pub spread: Option<Spread>,
    /// Mean and standard deviation of what one unit of every product stands for.
    pub products: Vec<Moments>,
    /// How the samples were answered.
    pub course: Course,
    /// Samples without an answer, and why.
    pub failed: Vec<(u64, Unsolvable)>,
    /// Samples held against factors.
    pub check: Check,
}

/// Mean and standard deviation over the samples that have an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The standard deviation, over n − 1.
    pub sd: f64,
}

/// How the samples were answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Course {
    /// Samples.
    pub samples: u64,
    /// By sweeps over what is left after elimination.
    pub swept: u64,
    /// Each by itself, down the ladder, with a certificate.
    pub solved: u64,
    /// Not at all; they stand in no mean and no quantile.
    pub failed: u64,
    /// The most sweeps of any.
    pub most_sweeps: u32,
    /// The largest relative change that was left to come when sweeps ended, or error of a certificate.
    #[serde(serialize_with = "super::decimal")]
    pub error: f64,
}

/// Samples held against LU factors of their own systems.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Check {
    /// Which.
    pub samples: Vec<u64>,
    /// The largest relative difference of what any product stands for.
    #[serde(serialize_with = "super::decimal")]
    pub difference: f64,
    /// Those that could not be factorised.
    pub refused: Vec<u64>,
}

/// What a block hands on.
struct Part {
    scores: [f64; LANES],
    answers: [Answer; LANES],
    /// Σ deviation and Σ deviation² of every product from its stated value.
    sums: Vec<[f64; 2]>,
    /// λ of samples that are to be checked.
    kept: Vec<(u64, Vec<f64>)>,
}

/// Samples λ of every product for one impact category. `progress` is told how many samples are done. The digits depend on
/// the seed and the terms alone.
pub fn monte_carlo(
    setting: Setting,
    demand: &[(u32, f64)],
    asked: Asked,
    mut progress: impl FnMut(u64) + Send,
) -> MonteCarlo {
    let stream = Stream::new(setting.technosphere, setting.prepared);
    let sampler = Sampler::new(asked.seed, &stream, setting.terms);
    let products = setting.lambda.len() as u32;
    let checked = spread_out(asked.samples, asked.checks);
    let each = |block: &Block| {
        let mut scores = [0.0f64; LANES];
        for &(product, amount) in demand {
            let lambda = block.lambda(product);
            (0..LANES).for_each(|lane| scores[lane] += amount * lambda[lane]);
        }
        let mut counts = [0.0f64; LANES];
        for (lane, count) in (0u64..).zip(&mut counts) {
            let answered = !matches!(block.answers[lane as usize], Answer::Failed(_));
            *count = f64::from(u8::from(answered && block.first + lane < asked.samples));
        }
        let sums = (0..products)
            .map(|product| {
                let stated = setting.lambda[product as usize];
                let mut sums = [0.0f64; 2];
                for (lambda, count) in block.lambda(product).into_iter().zip(counts) {
                    // A lane without an answer is not a number: it is left out, not multiplied by nothing.
                    let gap = if count > 0.0 { lambda - stated } else { 0.0 };
                    sums[0] += gap;
                    sums[1] += gap * gap;
                }
                sums
            })
            .collect();
        let here = checked.iter().filter(|&&sample| (block.first..block.first + LANES as u64).contains(&sample));
        let kept = here.map(|&sample| {
            let lane = (sample - block.first) as usize;
            (sample, (0..products).map(|product| block.lambda(product)[lane]).collect())
        });
        Part { scores, answers: block.answers.clone(), sums, kept: kept.collect() }
    };
    let mut found = MonteCarlo {
        scores: Vec::new(),
        spread: None,
        products: Vec::new(),
        course: Course { samples: asked.samples, ..Course::default() },
        failed: Vec::new(),
        check: Check::default(),
    };
    let mut sums = vec![[0.0f64; 2]; products as usize];
    let mut kept = Vec::new();
    let sink = |part: Part| {
        for (score, answer) in part.scores.into_iter().zip(part.answers) {
            let sample = found.scores.len() as u64;
            if sample == asked.samples {
                break;
            }
            found.scores.push(score);
            let course = &mut found.course;
            match answer {
                Answer::Swept(sweeps, left) => {
                    course.swept += 1;
                    course.most_sweeps = course.most_sweeps.max(sweeps);
                    course.error = course.error.max(left);
                }
                Answer::Solved(certificate) => {
                    course.solved += 1;
                    course.error = course.error.max(certificate.forward_error);
                }
                Answer::Failed(error) => {
                    course.failed += 1;
                    found.failed.push((sample, error));
                }
            }
        }
        for (sum, part) in sums.iter_mut().zip(part.sums) {
            sum[0] += part[0];
            sum[1] += part[1];
        }
        kept.extend(part.kept);
        progress(found.scores.len() as u64);
        Ok::<(), std::convert::Infallible>(())
    };
    let Ok(()) = stream.run(&sampler, setting.lambda, asked.samples, each, sink);
    let n = (found.course.swept + found.course.solved) as f64;
    let moments = |(sum, stated): (&[f64; 2], &f64)| {
        let mean = sum[0] / n;
        let variance = ((sum[1] - n * mean * mean) / (n - 1.0)).max(0.0);
        Moments { mean: stated + mean, sd: variance.sqrt() }
    };
    if n > 1.0 {
        found.products = sums.iter().zip(setting.lambda).map(moments).collect();
    }
    found.spread = Spread::of(&found.scores);
    for (sample, lambda) in kept {
        // A sample without an answer by any step has none by factors either.
        match stream.by_factors(&sampler, sample) {
            Ok(exact) => {
                found.check.samples.push(sample);
                found.check.difference = found.check.difference.max(apart(&lambda, &exact.values));
            }
            Err(_) => found.check.refused.push(sample),
        }
    }
    found
}

/// The largest relative difference; a value of zero is measured by the largest.
fn apart(found: &[f64], exact: &[f64]) -> f64 {
    let largest = exact.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    found.iter().zip(exact).fold(0.0, |most, (found, exact)| {
        let gap = (found - exact).abs();
        let share = if gap == 0.0 { 0.0 } else { gap / if *exact == 0.0 { largest } else { exact.abs() } };
        // Not `max`: what is not a number must stay so.
        if share <= most { most } else { share }
    })
}

/// So many samples from the first to the last.
fn spread_out(samples: u64, checks: u32) -> Vec<u64> {
    let checks = u64::from(checks).min(samples);
    (0..checks).map(|at| if checks == 1 { 0 } else { at * (samples - 1) / (checks - 1) }).collect()
}
