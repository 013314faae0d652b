//! The range of a product of 300 lines: 10,000 samples of 300 quantities and 40 factors, all lognormal, on two threads.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;
use zuji_core::factor::Pack;
use zuji_core::footprint::footprint;
use zuji_core::product::{Options, SampleOptions, Sampling};
use zuji_core::uncertainty::{Model, Sampler, Uncertainty};
use zuji_formats::{File, Limits, read_factors, read_product};

const FACTORS: usize = 40;

/// A table of factors and a product over it.
fn texts() -> (String, String) {
    let mut table = String::from(
        "schema: zuji/factors@1\ntable: {id: t, version: '1', name_en: bench, name_zh: 基准, source: bench, licence: none}\nrows:\n",
    );
    for at in 0..FACTORS {
        let _ = writeln!(
            table,
            "- {{id: t/m{at}, name_en: m{at}, name_zh: m{at}, class: test, kind: material, unit: kg, co2e: '{}', \
             gwp: AR6-GWP100@2021, geography: GLO, period: '2024', boundary: cradle-to-gate, source: bench, \
             uncertainty: lognormal gsd=1.{} median}}",
            1 + at % 7,
            10 + at
        );
    }
    let mut product = String::from(
        "schema: zuji/product@1\nproduct: {name: bench}\ndate: 2024-12-31\npackaging: none\nenergy: none\nbom:\n",
    );
    for at in 0..300 {
        let _ = writeln!(
            product,
            "- {{name: part {at}, factor: t/m{}, quantity: {} kg, uncertainty: lognormal gsd=1.1 median}}",
            at % FACTORS,
            1 + at % 5
        );
    }
    (table, product)
}

fn bench(criterion: &mut Criterion) {
    let (table, product) = texts();
    let Ok(table) = read_factors(table.as_bytes(), "t.yaml", &Limits::default()) else { return };
    let Ok((library, _)) = zuji_factors::library(vec![Pack::from(table)]) else { return };
    let document = File { name: "product.yaml".into(), bytes: product.into_bytes() };
    let Ok(input) = read_product(None, Some(&document), &library.units, &Limits::default(), &|_| ()) else { return };
    let outcome = footprint(&input.bill, &input.document, &library, &Options::default());
    let Some(result) = &outcome.footprint else { return };
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(2).build() else { return };
    let options = SampleOptions { count: 10_000, seed: 1, sampling: Sampling::Random, limit: None };
    let Ok(Some(model)) = Model::of(result) else { return };
    criterion.bench_function("300 lines, 340 lognormals: 10,000 totals", |bencher| {
        bencher.iter(|| pool.install(|| Sampler::new(black_box(&model), options, &[]).totals().len()));
    });
    for sampling in [Sampling::Random, Sampling::Lhs, Sampling::Sobol] {
        criterion.bench_function(&format!("the whole range with its sensitivities, {sampling:?}"), |bencher| {
            let options = SampleOptions { sampling, ..options };
            bencher.iter(|| {
                pool.install(|| Uncertainty::of(black_box(result), Some(options)).map(|found| found.0.samples))
            });
        });
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
