//! 1,000 limits over 100,000 products of 500 makers: all statistics of a sweep.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use zuji_core::threshold::{Plan, Population, even_limits, sweep};

fn bench(criterion: &mut Criterion) {
    let document = zuji_benches::products(100_000, 500, 1);
    let plan = Plan::default();
    let population = Population::of(document.clone(), &plan);
    let limits = even_limits(&population, 1000);
    let mut group = criterion.benchmark_group("threshold");
    group.sample_size(20);
    group.bench_function("population of 100k products", |bencher| {
        bencher.iter_batched(
            || document.clone(),
            |document| black_box(Population::of(document, &plan)),
            criterion::BatchSize::LargeInput,
        );
    });
    group.bench_function("1,000 limits over 100k products", |bencher| {
        bencher.iter(|| sweep(black_box(&population), black_box(&limits), 0.95));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
