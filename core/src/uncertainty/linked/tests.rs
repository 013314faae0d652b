//! Sampling and propagation against closed forms, and what must not change a digit.

use super::*;
use crate::distribution::{Centre, Shape};
use crate::matrix::Technosphere;
use crate::solve::linked::{Mode, Prepared, Unsolvable};
use crate::uncertainty::draw::ParameterId;

/// A system with its terms: every exchange and every emission is stated with a distribution, or is certain.
struct System {
    technosphere: Technosphere,
    prepared: Prepared,
    lambda: Vec<f64>,
    terms: Terms,
}

/// An exchange: product, process, amount and how it is distributed.
type Exchange = (u32, u32, f64, Option<Shape>);

fn id(kind: u64, row: u32, column: u32) -> ParameterId {
    ParameterId(kind << 60 | u64::from(row) << 30 | u64::from(column))
}

fn system(size: u32, exchanges: &[Exchange], emissions: &[(u32, f64, Option<Shape>)]) -> System {
    let amounts: Vec<(u32, u32, f64)> = exchanges.iter().map(|one| (one.0, one.1, one.2)).collect();
    let technosphere = Technosphere::from_exchanges(size, size, &amounts, (0..size).collect()).unwrap();
    let prepared = Prepared::new(&technosphere, Mode::Reproducible).unwrap();
    let mut direct = vec![0.0; size as usize];
    emissions.iter().for_each(|one| direct[one.0 as usize] += one.1);
    let lambda = prepared.adjoint(&[&direct]).unwrap().remove(0).values;
    let mut terms = Terms { direct: vec![0.0; size as usize], ..Terms::default() };
    terms.amounts = vec![0.0; technosphere.a().values().len()];
    for (product, process, amount, shape) in exchanges {
        let at = technosphere.a().pattern().position(*product, *process).unwrap();
        match shape.clone().filter(|shape| !shape.is_certain()) {
            // A draw of an input is a draw of its magnitude: factor −1.
            Some(shape) => terms.of_amounts.push(Term {
                at,
                id: id(1, *product, *process),
                amount: amount.abs(),
                factor: amount.signum(),
                shape,
                source: at,
            }),
            None => terms.amounts[at as usize] += amount,
        }
    }
    for (process, amount, shape) in emissions {
        match shape.clone().filter(|shape| !shape.is_certain()) {
            Some(shape) => terms.of_direct.push(Term {
                at: *process,
                id: id(2, 0, *process),
                amount: *amount,
                factor: 1.0,
                shape,
                source: *process,
            }),
            None => terms.direct[*process as usize] += amount,
        }
    }
    System { technosphere, prepared, lambda, terms }
}

impl System {
    fn setting(&self) -> Setting<'_> {
        let Self { technosphere, prepared, lambda, terms } = self;
        Setting { technosphere, prepared, lambda, terms }
    }

    fn run(&self, demand: &[(u32, f64)], samples: u64, seed: u64) -> MonteCarlo {
        monte_carlo(self.setting(), demand, Asked { samples, seed, checks: 5 }, |_| ())
    }

    fn propagate(&self, demand: &[(u32, f64)]) -> Propagated {
        let units = self.prepared.forward(&[demand]).unwrap().remove(0).values;
        propagate(self.setting(), demand, &units).unwrap()
    }
}

fn lognormal(amount: f64, sigma: f64) -> Option<Shape> {
    Some(Shape::of_log_deviation(amount, sigma, Centre::Median).unwrap())
}

fn uniform(amount: f64, low: f64, high: f64) -> Option<Shape> {
    Some(Shape::uniform(amount, low, high).unwrap())
}

/// A database with hubs, loops, waste treatment, single consumers; every input and emission lognormal.
fn generated(size: u32, sigma: f64) -> System {
    let mut state = 7u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let (mut exchanges, mut emissions) = (Vec::new(), Vec::new());
    for process in 0..size {
        let waste = process % 13 == 5;
        exchanges.push((process, process, if waste { -1.0 } else { 0.5 + unit() }, None));
        let inputs = 1 + (unit() * 8.0) as u32;
        let mut used: Vec<u32> = Vec::new();
        for _ in 0..inputs {
            let hub = unit() < 0.4;
            used.push((unit() * if hub { 20.0 } else { f64::from(size) }) as u32);
        }
        used.sort_unstable();
        used.dedup();
        for product in used.into_iter().filter(|&product| product != process) {
            let amount = 0.4 / f64::from(inputs) * (0.2 + unit());
            let signed = if product % 13 == 5 { amount } else { -amount };
            exchanges.push((product, process, signed, lognormal(amount, sigma)));
        }
        let emission = unit();
        emissions.push((process, emission, lognormal(emission, sigma)));
    }
    system(size, &exchanges, &emissions)
}

/// The field's small case with uniform amounts, of bw2calc's tests; its factors stand as processes that emit. Mean 11/8
/// and variance 41261/120000 are exact (`tests/data/systems.json`).
#[test]
fn the_analytic_case() {
    let exchanges = [
        (0, 0, 1.0, None),
        (1, 1, 1.0, None),
        (2, 2, 1.0, None),
        (3, 3, 1.0, None),
        (1, 0, -0.5, uniform(0.5, 0.2, 0.8)),
        (2, 0, -1.0, uniform(1.0, 0.5, 1.5)),
        (3, 1, -0.1, uniform(0.1, 0.0, 0.2)),
    ];
    let emissions = [(2, 1.0, uniform(1.0, 0.5, 2.0)), (3, 2.0, uniform(2.0, 1.0, 4.0))];
    let system = system(4, &exchanges, &emissions);
    let found = system.run(&[(0, 1.0)], 40_000, 1);
    let spread = found.spread.unwrap();
    let sd = 0.586_380_138_363_047_5;
    assert!((spread.mean - 1.375).abs() < 4.0 * spread.mean_error, "{spread:?}");
    assert!((spread.mean_error - sd / 200.0).abs() < 1e-4);
    assert!((spread.sd - sd).abs() < 0.01, "{}", spread.sd);
    assert!(spread.quantiles.windows(2).all(|pair| pair[0].value <= pair[1].value));
    assert_eq!(found.course.swept, 40_000);
    assert!(found.check.difference < 1e-12 && found.check.samples == [0, 9_999, 19_999, 29_999, 39_999]);
    // Without samples: the mean is exact here, as no parameter meets itself.
    let propagated = system.propagate(&[(0, 1.0)]);
    assert!((propagated.stated - 1.1).abs() < 1e-15 && (propagated.mean - 1.375).abs() < 1e-12);
    let shares: f64 = propagated.contributions.iter().map(|one| one.share).sum();
    assert!((shares - 1.0).abs() < 1e-12 && propagated.contributions.len() == 5);
}

#[test]
fn moments_of_all_products_are_those_of_their_scores() {
    let system = generated(300, 0.2);
    for product in [3, 77] {
        let found = system.run(&[(product, 1.0)], 900, 5);
        let (moments, spread) = (found.products[product as usize], found.spread.unwrap());
        assert!((moments.mean - spread.mean).abs() < 1e-12 * spread.mean.abs());
        assert!((moments.sd - spread.sd).abs() < 1e-9 * spread.sd);
    }
}

#[test]
fn a_sample_does_not_depend_on_how_many_there_are() {
    let system = generated(300, 0.2);
    let (few, many) = (system.run(&[(1, 1.0)], 13, 9), system.run(&[(1, 1.0)], 200, 9));
    assert_eq!(few.scores[..], many.scores[..13]);
    assert_eq!((few.scores.len(), few.course.swept), (13, 13));
    assert_ne!(few.scores, system.run(&[(1, 1.0)], 13, 10).scores);
    assert!(many.check.difference < 1e-9, "{:?}", many.check);
    assert_eq!(system.run(&[(1, 1.0)], 0, 9).scores, [0.0; 0]);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_change_no_bit() {
    let system = generated(1_200, 0.3);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| system.run(&[(1, 2.0), (1_000, -0.5)], 150, 3))
    };
    let one = run(1);
    assert!(one.course.most_sweeps > 3);
    for threads in [2, 7] {
        assert!(one == run(threads), "{threads} threads");
    }
}

#[test]
fn two_correlated_halves_are_one_exchange() {
    let whole = [(0, 0, 1.0, None), (1, 1, 1.0, None), (1, 0, -2.0, lognormal(2.0, 0.4))];
    let emissions = [(1, 3.0, lognormal(3.0, 0.2))];
    let mut split = system(2, &whole, &emissions);
    let one = split.run(&[(0, 1.0)], 2_000, 4);
    let variance = split.propagate(&[(0, 1.0)]).sd;
    let half = Term { factor: -0.5, ..split.terms.of_amounts[0].clone() };
    split.terms.of_amounts = vec![half.clone(), half.clone()];
    let two = split.run(&[(0, 1.0)], 2_000, 4);
    for (one, two) in one.scores.iter().zip(&two.scores) {
        assert!((one - two).abs() <= 1e-14 * one);
    }
    assert!((split.propagate(&[(0, 1.0)]).sd - variance).abs() < 1e-12 * variance);
    // Of their own, halves level each other out.
    split.terms.of_amounts[1].id = ParameterId(99);
    assert!(split.propagate(&[(0, 1.0)]).sd < 0.9 * variance);
    assert!(split.run(&[(0, 1.0)], 2_000, 4).spread.unwrap().sd < 0.9 * one.spread.unwrap().sd);
}

#[test]
fn an_unused_parameter_changes_nothing() {
    let exchanges = [(0, 0, 1.0, None), (1, 1, 1.0, None), (2, 2, 1.0, None), (1, 0, -2.0, lognormal(2.0, 0.4))];
    let emissions = |unused| [(1, 3.0, lognormal(3.0, 0.2)), (2, 1.0, unused)];
    let without = system(3, &exchanges, &emissions(None)).run(&[(0, 1.0)], 500, 4);
    let with = system(3, &exchanges, &emissions(lognormal(1.0, 0.9))).run(&[(0, 1.0)], 500, 4);
    assert_eq!(without.scores, with.scores);
}

#[test]
fn samples_that_do_not_settle_go_down_the_ladder_and_come_out_right() {
    // Three processes that need each other: with wide draws many a sample has a spectral radius above one.
    let mut exchanges: Vec<Exchange> = (0..3).map(|at| (at, at, 1.0, None)).collect();
    for process in 0..3 {
        for product in (0..3).filter(|&product| product != process) {
            exchanges.push((product, process, -0.3, lognormal(0.3, 1.0)));
        }
    }
    let system = system(3, &exchanges, &[(0, 1.0, lognormal(1.0, 0.1)), (1, 0.5, None), (2, 0.25, None)]);
    let asked = Asked { samples: 200, seed: 11, checks: 200 };
    let found = monte_carlo(system.setting(), &[(0, 1.0)], asked, |_| ());
    assert!(found.course.solved > 5 && found.course.swept > 50, "{:?}", found.course);
    assert_eq!(found.course.swept + found.course.solved + found.course.failed, 200);
    assert!(found.check.difference < 1e-8, "{:?}", found.check);
    assert!(found.course.error < 1e-6);
}

#[test]
fn a_sample_without_an_answer_is_counted_and_named() {
    // A loop that in one of four samples gives back exactly what it takes.
    let closing = Shape::discrete(&[(0.5, 3.0), (1.0, 1.0)]).unwrap();
    let exchanges = [(0, 0, 1.0, None), (1, 1, 1.0, None), (1, 0, -1.0, None), (0, 1, -0.5, Some(closing))];
    let system = system(2, &exchanges, &[(0, 1.0, None)]);
    let found = system.run(&[(0, 1.0)], 400, 2);
    assert!((60..140).contains(&found.course.failed), "{:?}", found.course);
    assert_eq!(found.failed.len() as u64, found.course.failed);
    assert_eq!(found.scores.len(), 400);
    for (sample, score) in (0u64..).zip(&found.scores) {
        let failed = found.failed.iter().find(|(at, _)| *at == sample);
        match failed {
            Some((_, error)) => assert!(score.is_nan() && matches!(error, Unsolvable::Singular { .. }), "{error:?}"),
            None => assert_eq!(*score, 2.0),
        }
    }
    let spread = found.spread.unwrap();
    assert_eq!((spread.mean, spread.sd), (2.0, 0.0));
    assert_eq!(found.products[0], Moments { mean: 2.0, sd: 0.0 });
}

#[test]
fn without_spread_every_sample_is_the_stated_score() {
    // A credit and a waste among them.
    let exchanges = [
        (0, 0, 1.0, None),
        (1, 1, -1.0, None),
        (2, 2, 2.0, None),
        (1, 0, 0.5, lognormal(0.5, 0.0)),
        (2, 0, 0.25, lognormal(0.25, 0.0)),
        (2, 1, -0.5, None),
        (0, 2, -0.1, None),
    ];
    let system = system(3, &exchanges, &[(0, 1.0, None), (2, 4.0, lognormal(4.0, 0.0))]);
    let found = system.run(&[(0, 1.0)], 20, 1);
    let stated = system.lambda[0];
    assert!(found.scores.iter().all(|score| (score - stated).abs() <= 1e-12 * stated.abs()), "{:?}", found.scores);
    let propagated = system.propagate(&[(0, 1.0)]);
    assert_eq!((propagated.sd, propagated.contributions.len()), (0.0, 0));
}

#[test]
fn negative_amounts_spread_by_their_magnitude() {
    // An uptake: −5 per unit, gsd e^0.3 about the median.
    let system = system(1, &[(0, 0, 1.0, None)], &[(0, -5.0, lognormal(-5.0, 0.3))]);
    let found = system.run(&[(0, 1.0)], 20_000, 6).spread.unwrap();
    let mean = -5.0 * libm::exp(0.045);
    assert!((found.mean - mean).abs() < 4.0 * found.mean_error);
    assert!(found.quantiles.iter().all(|one| one.value < 0.0));
    let propagated = system.propagate(&[(0, 1.0)]);
    assert!((propagated.mean - mean).abs() < 1e-12);
    assert!((propagated.sd - mean.abs() * libm::sqrt(libm::expm1(0.09))).abs() < 1e-12);
}

#[test]
fn second_derivatives_come_nearer() {
    // A loop of gain 0.6 whose gain is uncertain: 1 ÷ (1 − g) bends.
    let exchanges = [(0, 0, 1.0, None), (1, 1, 1.0, None), (1, 0, -1.0, None), (0, 1, -0.6, lognormal(0.6, 0.08))];
    let system = system(2, &exchanges, &[(0, 1.0, None)]);
    let propagated = system.propagate(&[(0, 1.0)]);
    // By quadrature over the normal score.
    let (mut mean, mut square, mut weight) = (0.0, 0.0, 0.0);
    for at in -6_000..=6_000 {
        let z = f64::from(at) * 1e-3;
        let w = libm::exp(-0.5 * z * z);
        let h = 1.0 / (1.0 - 0.6 * libm::exp(0.08 * z));
        (mean, square, weight) = (mean + w * h, square + w * h * h, weight + w);
    }
    let (mean, square) = (mean / weight, square / weight);
    let sd = libm::sqrt(square - mean * mean);
    assert!((propagated.mean_second - mean).abs() < 0.1 * (propagated.mean - mean).abs(), "{mean} {propagated:?}");
    assert!((propagated.sd_second - sd).abs() < 0.6 * (propagated.sd - sd).abs(), "{sd} {propagated:?}");
}

#[test]
fn first_order_agrees_with_samples_where_spreads_are_small() {
    let system = generated(400, 0.03);
    let found = system.run(&[(2, 1.0)], 4_000, 8).spread.unwrap();
    let propagated = system.propagate(&[(2, 1.0)]);
    assert!((propagated.sd / found.sd - 1.0).abs() < 0.06, "{} {}", propagated.sd, found.sd);
    assert!((propagated.mean - found.mean).abs() < 4.0 * found.mean_error + 1e-3 * found.mean);
}
