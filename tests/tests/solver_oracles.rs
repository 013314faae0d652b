//! Small systems with exact answers (`data/systems.json`), through the public doors of the solvers: forward, adjoint,
//! their agreement, and what must not change an answer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;
use zuji_core::matrix::Technosphere;
use zuji_core::solve::linked::{Mode, Prepared};

/// A system of the file.
struct System {
    name: String,
    a: Vec<Vec<f64>>,
    f: Vec<f64>,
    s: Vec<f64>,
    b: Vec<Vec<f64>>,
    g: Vec<f64>,
    c: Vec<Vec<f64>>,
    h: Vec<f64>,
    adjoint: Vec<Vec<f64>>,
}

fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) => match text.split_once('/') {
            Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
            None => text.parse().unwrap(),
        },
        other => other.as_f64().unwrap(),
    }
}

fn vector(value: &Value) -> Vec<f64> {
    value.as_array().map(|list| list.iter().map(number).collect()).unwrap_or_default()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().map(|list| list.iter().map(vector).collect()).unwrap_or_default()
}

fn systems() -> Vec<System> {
    let file: Value = serde_json::from_str(include_str!("../data/systems.json")).unwrap();
    let taken: Vec<System> = file
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, system)| system["A"].is_array())
        .map(|(name, system)| System {
            name: name.clone(),
            a: rows(&system["A"]),
            f: vector(&system["f"]),
            s: vector(&system["s"]),
            b: rows(&system["B"]),
            g: vector(&system["g"]),
            c: rows(&system["C"]),
            h: vector(&system["h"]),
            adjoint: rows(&system["adjoint"]),
        })
        .collect();
    // Three entries hold no system: two are of uncertainty, one of perturbation.
    assert_eq!(taken.len(), file.as_object().unwrap().len() - 3);
    taken
}

/// The file flags no reference flows; each of its systems has exactly one way to give every process a product that it
/// makes.
fn references(a: &[Vec<f64>]) -> Vec<u32> {
    fn all(a: &[Vec<f64>], chosen: &mut Vec<u32>, found: &mut Vec<Vec<u32>>) {
        let process = chosen.len();
        if process == a.len() {
            found.push(chosen.clone());
            return;
        }
        for product in 0..a.len() as u32 {
            if a[product as usize][process] > 0.0 && !chosen.contains(&product) {
                chosen.push(product);
                all(a, chosen, found);
                chosen.pop();
            }
        }
    }
    let mut found = Vec::new();
    all(a, &mut Vec::new(), &mut found);
    assert_eq!(found.len(), 1, "{a:?}");
    found.remove(0)
}

fn exchanges(a: &[Vec<f64>]) -> Vec<(u32, u32, f64)> {
    let mut list = Vec::new();
    for (product, row) in a.iter().enumerate() {
        for (process, &amount) in row.iter().enumerate() {
            if amount != 0.0 {
                list.push((product as u32, process as u32, amount));
            }
        }
    }
    list
}

fn technosphere(exchanges: &[(u32, u32, f64)], references: Vec<u32>) -> Technosphere {
    let size = references.len() as u32;
    let technosphere = Technosphere::from_exchanges(size, size, exchanges, references).unwrap();
    assert_eq!(technosphere.gate(), []);
    technosphere
}

fn prepare(exchanges: &[(u32, u32, f64)], references: Vec<u32>) -> Prepared {
    Prepared::new(&technosphere(exchanges, references), Mode::Reproducible).unwrap()
}

fn demand(f: &[f64]) -> Vec<(u32, f64)> {
    (0u32..).zip(f.iter().copied()).filter(|(_, amount)| *amount != 0.0).collect()
}

fn close(got: &[f64], want: &[f64], what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    let size = want.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    for (got, want) in got.iter().zip(want) {
        let gap = (got - want).abs();
        // A value that is exactly zero is measured by its neighbours.
        let size = if *want == 0.0 { size } else { want.abs() };
        assert!(gap <= 1e-12 * size, "{what}: {got} is not {want}");
    }
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

/// C B, or B where the system states no C.
fn characterised(system: &System) -> Vec<Vec<f64>> {
    let columns = system.a.len();
    let combine = |row: &Vec<f64>| {
        (0..columns).map(|process| row.iter().zip(&system.b).map(|(c, b)| c * b[process]).sum()).collect()
    };
    if system.c.is_empty() { system.b.clone() } else { system.c.iter().map(combine).collect() }
}

#[test]
fn every_system_forward_and_adjoint() {
    for system in systems() {
        for mode in [Mode::Reproducible, Mode::Fast] {
            let a = technosphere(&exchanges(&system.a), references(&system.a));
            let prepared = Prepared::new(&a, mode).unwrap();
            let f = demand(&system.f);
            let solution = prepared.forward(&[&f]).unwrap().remove(0);
            close(&solution.values, &system.s, &system.name);
            assert!(solution.certificate.forward_error < 1e-12, "{}: {:?}", system.name, solution.certificate);
            if system.b.is_empty() {
                continue;
            }
            let g = times(&system.b, &solution.values);
            close(&g, &system.g, &system.name);
            if !system.c.is_empty() {
                close(&times(&system.c, &g), &system.h, &system.name);
            }
            let rows = characterised(&system);
            let vectors: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let lambda = prepared.adjoint(&vectors).unwrap();
            for (category, solution) in lambda.iter().enumerate() {
                if let Some(want) = system.adjoint.get(category) {
                    close(&solution.values, want, &system.name);
                }
                // h = λ·f, the same number by the other way.
                let score: f64 = f.iter().map(|&(product, amount)| solution.values[product as usize] * amount).sum();
                let want = if system.c.is_empty() { system.g[category] } else { system.h[category] };
                close(&[score], &[want], &system.name);
            }
        }
    }
}

#[test]
fn order_scale_and_split_change_nothing() {
    for system in systems() {
        let size = system.a.len() as u32;
        let refs = references(&system.a);
        let list = exchanges(&system.a);
        // Products turned round by one, processes in reverse, columns run at other scales, exchanges in thirds.
        let product = |at: u32| (at + 1) % size;
        let process = |at: u32| size - 1 - at;
        let scale = |at: u32| [1.0, 7.0, 0.01, 1e6][at as usize % 4];
        let mut changed = Vec::new();
        for &(row, column, amount) in &list {
            for part in [0.25, 0.25, 0.5] {
                changed.push((product(row), process(column), amount * scale(column) * part));
            }
        }
        changed.reverse();
        let mut new_refs = vec![0; size as usize];
        for (column, &row) in (0u32..).zip(&refs) {
            new_refs[process(column) as usize] = product(row);
        }
        let prepared = prepare(&changed, new_refs);
        let f: Vec<(u32, f64)> = demand(&system.f).into_iter().map(|(row, amount)| (product(row), amount)).collect();
        let s = prepared.forward(&[&f]).unwrap().remove(0).values;
        let back: Vec<f64> = (0..size).map(|column| s[process(column) as usize] * scale(column)).collect();
        close(&back, &system.s, &system.name);
        // Twice the demand, and the demand in two parts.
        let double: Vec<(u32, f64)> = f.iter().flat_map(|&(row, amount)| [(row, amount), (row, amount)]).collect();
        let twice = prepared.forward(&[&double]).unwrap().remove(0).values;
        close(&twice, &s.iter().map(|value| 2.0 * value).collect::<Vec<_>>(), &system.name);
    }
}

/// A generated database: a chain of markets and producers with hubs that everybody uses, loops through them, waste
/// treatment, single consumers, and some processes outside all loops.
fn generated(size: u32) -> Vec<(u32, u32, f64)> {
    let mut state = 20_261_125u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut list = Vec::new();
    for process in 0..size {
        let waste = process % 13 == 5;
        list.push((process, process, if waste { -1.0 } else { 0.5 + unit() }));
        let inputs = 2 + (unit() * 9.0) as u32;
        for _ in 0..inputs {
            // Half of the inputs come from a few hubs, which use others in turn.
            let product =
                if unit() < 0.5 { (unit() * unit() * 40.0) as u32 } else { (unit() * f64::from(size)) as u32 };
            if product != process && (process < size - 30 || product > process) {
                let amount = 0.6 / f64::from(inputs) * unit();
                list.push((product, process, if product % 13 == 5 { amount } else { -amount }));
            }
        }
    }
    list
}

#[test]
fn threads_change_no_bit() {
    let size = 3_000;
    let list = generated(size);
    let rows: Vec<Vec<f64>> =
        (0..11).map(|row| (0..size).map(|at| f64::from((at * 7 + row) % 5) * 0.25).collect()).collect();
    let demands: Vec<Vec<(u32, f64)>> = (0..19).map(|at| vec![(at * 101, 1.5), (at, -0.5)]).collect();
    let all = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let prepared = prepare(&list, (0..size).collect());
            let (_, left, _) = prepared.sizes();
            assert!(left > 128 && left < size, "loops are left: {left}");
            let vectors: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let demands: Vec<&[(u32, f64)]> = demands.iter().map(Vec::as_slice).collect();
            let mut found = prepared.adjoint(&vectors).unwrap();
            found.extend(prepared.forward(&demands).unwrap());
            found.extend(prepared.adjoint_by_factors(&vectors[..2]).unwrap());
            let bits: Vec<u64> = found.iter().flat_map(|one| one.values.iter().map(|value| value.to_bits())).collect();
            (bits, found.into_iter().map(|one| one.certificate).collect::<Vec<_>>())
        })
    };
    let one = all(1);
    for threads in [2, 7] {
        assert!(one == all(threads), "{threads} threads");
    }
}
