//! Across the steps: each is forced, each answer is held against an independent one.

use super::*;
use crate::matrix::{Sparse, Technosphere};
use proptest::prelude::*;

/// SplitMix64: the same systems everywhere.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, count: u32) -> u32 {
        (self.unit() * f64::from(count)) as u32
    }
}

fn technosphere(size: u32, exchanges: &[(u32, u32, f64)]) -> Technosphere {
    Technosphere::from_exchanges(size, size, exchanges, (0..size).collect()).unwrap()
}

fn prepare(size: u32, exchanges: &[(u32, u32, f64)]) -> Result<Prepared, Unsolvable> {
    Prepared::new(&technosphere(size, exchanges), Mode::Reproducible)
}

/// A large component: every process uses `inputs` others; what it uses adds up to `gain` of it, in units that differ by
/// powers of ten.
fn web(size: u32, inputs: u32, gain: f64, seed: u64) -> Vec<(u32, u32, f64)> {
    let mut random = Random(seed);
    let unit: Vec<f64> = (0..size).map(|_| [1e-4, 0.1, 1.0, 30.0, 1e5][random.below(5) as usize]).collect();
    let mut exchanges = Vec::new();
    for process in 0..size {
        exchanges.push((process, process, 1.0));
        let mut used: Vec<u32> = (0..inputs).map(|_| random.below(size)).collect();
        used.push((process + 1) % size);
        used.push((process + 7) % size);
        used.sort_unstable();
        used.dedup();
        used.retain(|&product| product != process);
        for &product in &used {
            let share = gain / used.len() as f64;
            exchanges.push((product, process, -share * unit[process as usize] / unit[product as usize]));
        }
    }
    exchanges
}

#[cfg(feature = "views")]
fn dense(technosphere: &Technosphere, c: &[f64]) -> Vec<f64> {
    use nalgebra_sparse::na::{DMatrix, DVector};
    let size = technosphere.processes() as usize;
    let mut a = DMatrix::zeros(size, size);
    for (product, process, amount) in technosphere.a().triplets() {
        a[(process as usize, product as usize)] = amount;
    }
    let lu = a.clone().full_piv_lu();
    let c = DVector::from_row_slice(c);
    let mut x = lu.solve(&c).unwrap();
    let change = lu.solve(&(&c - &a * &x)).unwrap();
    x += change;
    x.as_slice().to_vec()
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |most: f64, (a, b)| if a == b { most } else { most.max((a - b).abs() / b.abs()) })
}

#[test]
fn a_chain_of_fifteen_thousand_is_one_sweep() {
    let size = 15_000;
    let mut exchanges: Vec<_> = (0..size).map(|at| (at, at, 1.0)).collect();
    exchanges.extend((0..size - 1).map(|at| (at + 1, at, -1.0)));
    let prepared = prepare(size, &exchanges).unwrap();
    let lambda = prepared.adjoint(&[&vec![1.0; size as usize]]).unwrap().remove(0);
    assert_eq!(lambda.values[0], 15_000.0);
    assert_eq!(lambda.certificate.step, Step::Sweep);
    assert_eq!(lambda.certificate.basis, Basis::Bound);
    assert!(lambda.certificate.forward_error < 1e-10, "{:?}", lambda.certificate);
    let units = prepared.forward(&[&[(0, 2.0)]]).unwrap().remove(0);
    assert!(units.values.iter().all(|&value| value == 2.0));
}

#[test]
fn a_self_loop_of_0_9999_is_ten_thousand_and_says_how_well_it_is_known() {
    let netted = prepare(1, &[(0, 0, 1.0), (0, 0, -0.9999)]).unwrap().adjoint(&[&[1.0]]).unwrap().remove(0);
    let through = prepare(2, &[(0, 0, 1.0), (1, 0, -1.0), (1, 1, 1.0), (0, 1, -0.9999)]).unwrap();
    let through = through.adjoint(&[&[1.0, 0.0]]).unwrap().remove(0);
    for solution in [netted, through] {
        assert!((solution.values[0] - 10_000.0).abs() < 1e-5, "{}", solution.values[0]);
        // Four of sixteen digits are lost, and it says so.
        let error = solution.certificate.forward_error;
        assert!((1e-13..1e-9).contains(&error), "{:?}", solution.certificate);
    }
}

#[test]
fn a_closed_loop_of_two_hundred_is_named() {
    let size = 203;
    let mut exchanges: Vec<_> = (0..size).map(|at| (at, at, 1.0)).collect();
    exchanges.extend((0..200).map(|at| ((at + 1) % 200, at, -1.0)));
    exchanges.extend([(0, 200, -1.0), (200, 201, -0.5), (202, 5, -0.1)]);
    let Err(Unsolvable::Singular { mut loop_ }) = prepare(size, &exchanges) else { panic!("it has no solution") };
    let first = loop_[0];
    assert_eq!(loop_[1], (first + 1) % 200, "each is followed by its supplier");
    loop_.sort_unstable();
    assert_eq!(loop_, (0..200).collect::<Vec<_>>());
}

#[test]
fn a_closed_loop_inside_a_large_component_is_named() {
    let mut exchanges = web(400, 6, 0.5, 3);
    // Three processes that feed each other alone, and others.
    exchanges.retain(|&(product, process, _)| process >= 3 || product == process);
    exchanges.extend([(1, 0, -2.0), (2, 1, -0.25), (0, 2, -2.0)]);
    match prepare(400, &exchanges) {
        Err(Unsolvable::Singular { mut loop_ }) => {
            loop_.sort_unstable();
            assert_eq!(loop_, [0, 1, 2]);
        }
        other => panic!("{:?}", other.map(|prepared| prepared.sizes())),
    }
}

#[cfg(feature = "views")]
#[test]
fn gauss_seidel_answers_for_mild_loops() {
    let technosphere = technosphere(600, &web(600, 8, 0.7, 1));
    let prepared = Prepared::new(&technosphere, Mode::Reproducible).unwrap();
    let c: Vec<f64> = (0..600).map(|at| 1.0 + f64::from(at % 7)).collect();
    let solution = prepared.adjoint(&[&c]).unwrap().remove(0);
    assert_eq!((solution.certificate.step, solution.certificate.basis), (Step::GaussSeidel, Basis::Bound));
    let error = apart(&solution.values, &dense(&technosphere, &c));
    assert!(error < 1e-12 && error <= solution.certificate.forward_error, "{error:e} {:?}", solution.certificate);
}

#[cfg(feature = "views")]
#[test]
fn loops_near_one_go_to_bicgstab_or_factors_and_come_out_right() {
    for gain in [0.99, 0.999, 0.9999] {
        let technosphere = technosphere(400, &web(400, 6, gain, 5));
        let prepared = Prepared::new(&technosphere, Mode::Reproducible).unwrap();
        let c: Vec<f64> = (0..400).map(|at| f64::from(u8::from(at % 50 == 0))).collect();
        let solution = prepared.adjoint(&[&c]).unwrap().remove(0);
        assert!(solution.certificate.step >= Step::BiCgStab, "{gain} {:?}", solution.certificate);
        assert_eq!(solution.certificate.left[0], Left { step: Step::GaussSeidel, reason: Reason::Slow });
        let want = dense(&technosphere, &c);
        let error = apart(&solution.values, &want);
        assert!(error < 1e-9 && error <= solution.certificate.forward_error, "{error:e} {:?}", solution.certificate);
        let factors = prepared.adjoint_by_factors(&[&c]).unwrap().remove(0);
        assert_eq!(factors.certificate.step, Step::Factorisation);
        assert!(apart(&factors.values, &want) < 1e-9);
    }
}

#[cfg(feature = "views")]
#[test]
fn a_spectral_radius_above_one_goes_to_factors() {
    let technosphere = technosphere(300, &web(300, 6, 1.5, 9));
    let prepared = Prepared::new(&technosphere, Mode::Reproducible).unwrap();
    let c: Vec<f64> = (0..300).map(|at| 1.0 + f64::from(at % 5)).collect();
    let solution = prepared.adjoint(&[&c]).unwrap().remove(0);
    assert_eq!((solution.certificate.step, solution.certificate.basis), (Step::Factorisation, Basis::Estimate));
    let error = apart(&solution.values, &dense(&technosphere, &c));
    assert!(error < 1e-9 && error <= 10.0 * solution.certificate.forward_error, "{error:e} {:?}", solution.certificate);
}

#[cfg(feature = "views")]
#[test]
fn waste_co_products_and_avoided_products_come_out_right() {
    let mut random = Random(11);
    let mut exchanges = web(300, 5, 0.6, 21);
    for exchange in &mut exchanges {
        let (product, process, amount) = *exchange;
        if product >= 250 {
            // Waste treatment: the reference flow is an input; others put the waste out.
            exchange.2 = -amount;
        } else if product != process && random.unit() < 0.1 {
            // A co-product, or an avoided one.
            exchange.2 = -amount;
        }
    }
    let technosphere = technosphere(300, &exchanges);
    let prepared = Prepared::new(&technosphere, Mode::Reproducible).unwrap();
    let c: Vec<f64> = (0..300).map(|at| 1.0 + f64::from(at % 3)).collect();
    let solution = prepared.adjoint(&[&c]).unwrap().remove(0);
    assert_eq!(solution.certificate.basis, Basis::Bound);
    let error = apart(&solution.values, &dense(&technosphere, &c));
    assert!(error < 1e-10 && error <= solution.certificate.forward_error, "{error:e} {:?}", solution.certificate);
    // Treating waste is no credit: λ × sign of the reference flow is positive where nothing is avoided upstream.
    let treatment = prepare(2, &[(0, 0, 1.0), (1, 0, 0.5), (1, 1, -1.0)]).unwrap();
    let lambda = treatment.adjoint(&[&[1.0, 4.0]]).unwrap().remove(0).values;
    assert_eq!(lambda, [3.0, -4.0]);
}

#[test]
fn a_value_that_cancels_is_told_and_refuses_nothing() {
    // Product 0 uses as much of 1 (+1) as of 2 (−1, but for the eleventh digit), and 1 and 2 stand in loops.
    let exchanges =
        [(0, 0, 1.0), (1, 0, -1.0), (2, 0, -1.0), (1, 1, 1.0), (3, 1, -0.5), (2, 2, 1.0), (3, 3, 1.0), (1, 3, -0.3)];
    let prepared = prepare(4, &exchanges).unwrap();
    let lambda = prepared.adjoint(&[&[0.0, 0.85, -1.0 + 1e-11, 0.0]]).unwrap().remove(0);
    assert!((lambda.values[0] / 1e-11 - 1.0).abs() < 1e-4, "{}", lambda.values[0]);
    assert!((1e-7..1e-3).contains(&lambda.certificate.forward_error), "{:?}", lambda.certificate);
}

#[test]
fn lanes_and_threads_do_not_touch_a_digit() {
    let prepared = prepare(500, &web(500, 7, 0.8, 2)).unwrap();
    let mut random = Random(4);
    let vectors: Vec<Vec<f64>> = (0..19).map(|_| (0..500).map(|_| random.unit()).collect()).collect();
    let slices: Vec<&[f64]> = vectors.iter().map(Vec::as_slice).collect();
    let together = prepared.adjoint(&slices).unwrap();
    for (vector, solution) in slices.iter().zip(&together) {
        assert_eq!(prepared.adjoint(&[vector]).unwrap()[0].values, solution.values);
    }
    let demands: Vec<Vec<(u32, f64)>> = (0..19).map(|at| vec![(at * 26, 1.0)]).collect();
    let demands: Vec<Demand> = demands.iter().map(Vec::as_slice).collect();
    let together = prepared.forward(&demands).unwrap();
    for (demand, solution) in demands.iter().zip(&together) {
        assert_eq!(prepared.forward(&[demand]).unwrap()[0].values, solution.values);
        assert_eq!(solution.values.len(), 500);
    }
}

#[cfg(feature = "direct")]
#[test]
fn fast_agrees_to_twelve_digits() {
    for (gain, seed) in [(0.8, 1), (0.999, 2), (1.5, 3)] {
        let technosphere = technosphere(500, &web(500, 7, gain, seed));
        let c = vec![1.0; 500];
        let solve = |mode| {
            let prepared = Prepared::new(&technosphere, mode).unwrap();
            [prepared.adjoint(&[&c]).unwrap().remove(0), prepared.adjoint_by_factors(&[&c]).unwrap().remove(0)]
        };
        for (slow, fast) in solve(Mode::Reproducible).iter().zip(&solve(Mode::Fast)) {
            let gap = apart(&fast.values, &slow.values);
            assert!(gap < 1e-12, "{gain} {gap:e} {:?}", fast.certificate);
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let prepared = prepare(2, &[(0, 0, 1.0), (1, 1, 1.0)]).unwrap();
    assert_eq!(prepared.adjoint(&[&[1.0]]), Err(Unsolvable::Shape(0)));
    assert_eq!(prepared.adjoint(&[&[1.0, 2.0], &[f64::NAN, 0.0]]), Err(Unsolvable::NotFinite(1)));
    assert_eq!(prepared.forward(&[&[(2, 1.0)]]), Err(Unsolvable::Shape(0)));
    assert_eq!(prepared.adjoint(&[]).unwrap(), []);
    let empty = Technosphere::new(Sparse::from_triplets(0, 0, &[]).unwrap(), vec![]).unwrap();
    assert!(Prepared::new(&empty, Mode::Fast).unwrap().adjoint(&[&[]]).unwrap()[0].values.is_empty());
    let open = Technosphere::from_exchanges(1, 1, &[(0, 0, 0.0)], vec![0]).unwrap();
    assert_eq!(Prepared::new(&open, Mode::Fast).unwrap_err(), Unsolvable::NotReady(1));
}

#[test]
fn amounts_of_any_size_end_in_an_answer_or_an_error() {
    let mut random = Random(77);
    for size in [2, 30, 300] {
        for _ in 0..20 {
            let mut exchanges = web(size, 4, 0.9, random.below(1000).into());
            for exchange in &mut exchanges {
                if random.unit() < 0.05 {
                    exchange.2 *= [1e290, 1e-300, 1e-320, -1.0, 1e150][random.below(5) as usize];
                }
            }
            let Ok(prepared) = prepare(size, &exchanges) else { continue };
            for solutions in [prepared.adjoint(&[&vec![1e10; size as usize]]), prepared.forward(&[&[(0, 1e-300)]])] {
                let finite = |solution: &Solution| solution.values.iter().all(|value| value.is_finite());
                assert!(solutions.is_err() || solutions.is_ok_and(|list| list.iter().all(finite)));
            }
        }
    }
}

#[test]
fn an_ill_conditioned_loop_is_named() {
    let mut exchanges = web(200, 4, 0.5, 8);
    exchanges.extend([
        (200, 200, 1.0),
        (201, 200, -2.0),
        (201, 201, 1.0),
        (200, 201, -0.5 * (1.0 - 1e-12)),
        (200, 0, -1e-3),
    ]);
    let refused = prepare(202, &exchanges).and_then(|prepared| prepared.adjoint(&[&vec![1.0; 202]]));
    match refused {
        Err(Unsolvable::IllConditioned { mut loop_, error }) => {
            loop_.sort_unstable();
            assert!(loop_ == [200, 201] && error > 1e-6, "{loop_:?} {error:e}");
        }
        other => panic!("{other:?}"),
    }
    let own = prepare(1, &[(0, 0, 1.0), (0, 0, -1.0 + 1e-12)]).and_then(|prepared| prepared.adjoint(&[&[1.0]]));
    assert!(matches!(own, Err(Unsolvable::IllConditioned { loop_, .. }) if loop_ == [0]));
}

#[test]
fn a_change_equals_a_new_solve() {
    let exchanges = web(300, 6, 0.8, 13);
    let prepared = prepare(300, &exchanges).unwrap();
    let c: Vec<f64> = (0..300).map(|at| 1.0 + f64::from(at % 4)).collect();
    let lambda = prepared.adjoint(&[&c]).unwrap().remove(0);
    let units = prepared.forward(&[&[(17, 3.0)]]).unwrap().remove(0);
    let (product, process, amount) = exchanges[exchanges.len() / 2];
    let other = (product + 40) % 300;
    let changes = [
        Change::exchange(process, product, 0.3 * amount),
        Change::supplier(process, (product, -amount), (other, 1e-3)),
    ];
    for change in changes {
        let mut changed = exchanges.clone();
        changed.extend(change.products.iter().map(|&(product, by)| (product, process, by)));
        let anew = prepare(300, &changed).unwrap();
        let what_if = WhatIf::new(&prepared, change).unwrap();
        assert!(apart(&what_if.adjoint(&lambda), &anew.adjoint(&[&c]).unwrap()[0].values) < 1e-10);
        let units_anew = anew.forward(&[&[(17, 3.0)]]).unwrap().remove(0);
        assert!(apart(&what_if.forward(&units), &units_anew.values) < 1e-10);
        let score = |values: &[f64]| values.iter().zip(&c).fold(0.0, |sum, (s, c)| sum + s * c);
        let gap = score(&units_anew.values) - score(&units.values) - what_if.difference(&lambda, &units);
        assert!(gap.abs() < 1e-10 * score(&units.values).abs(), "{gap:e}");
    }
}

#[test]
fn a_change_that_closes_a_loop_is_refused() {
    let prepared = prepare(2, &[(0, 0, 1.0), (1, 0, -1.0), (1, 1, 1.0), (0, 1, -0.5)]).unwrap();
    let closing = WhatIf::new(&prepared, Change::exchange(1, 0, -0.5));
    assert!(matches!(closing, Err(Refused::NearSingular { .. })), "{closing:?}");
    assert!(WhatIf::new(&prepared, Change::exchange(1, 0, 0.5)).is_ok());
    assert_eq!(WhatIf::new(&prepared, Change::exchange(2, 0, 1.0)).unwrap_err(), Refused::Shape);
}

#[cfg(feature = "views")]
proptest! {
    /// Random systems of any sign and scale against a dense solve; what is refused must be nearly singular.
    #[test]
    fn random_systems_against_a_dense_solve(size in 1u32..60, inputs in 0u32..5, gain in 0.0f64..1.4, seed in any::<u64>(), turned in 0.0f64..0.5) {
        let mut random = Random(seed);
        let mut exchanges = web(size, inputs, gain, seed);
        for exchange in &mut exchanges {
            if exchange.0 != exchange.1 && random.unit() < turned {
                exchange.2 = -exchange.2;
            }
        }
        let technosphere = technosphere(size, &exchanges);
        let c: Vec<f64> = (0..size).map(|_| random.unit()).collect();
        let f: Vec<(u32, f64)> = (0..size).map(|at| (at, random.unit())).collect();
        match Prepared::new(&technosphere, Mode::Reproducible) {
            Ok(prepared) => {
                let lambda = prepared.adjoint(&[&c]).unwrap().remove(0);
                let want = dense(&technosphere, &c);
                for (got, want) in lambda.values.iter().zip(&want) {
                    let bound = 10.0 * lambda.certificate.forward_error.max(1e-13);
                    prop_assert!((got - want).abs() <= bound * want.abs().max(1e-9), "{} {} {:?}", got, want, lambda.certificate);
                }
                let s = prepared.forward(&[&f]).unwrap().remove(0);
                let forward: f64 = s.values.iter().zip(&c).map(|(s, c)| s * c).sum();
                let adjoint: f64 = f.iter().map(|&(at, amount)| amount * lambda.values[at as usize]).sum();
                let size: f64 = s.values.iter().zip(&c).map(|(s, c)| (s * c).abs()).sum();
                prop_assert!((forward - adjoint).abs() <= 1e-9 * size);
            }
            Err(Unsolvable::Singular { loop_ } | Unsolvable::IllConditioned { loop_, .. }) => {
                prop_assert!(gain > 0.9 || turned > 0.0);
                prop_assert!(!loop_.is_empty());
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
