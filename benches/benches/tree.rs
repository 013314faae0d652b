//! One tree of 1,000,000 nodes, depth at most 12, subtotals for every node, one thread.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use zuji_core::solve::roll_up;

fn bench(criterion: &mut Criterion) {
    let tree = zuji_benches::tree(1_000_000, 12, 1);
    let mut group = criterion.benchmark_group("tree");
    group.throughput(Throughput::Elements(1_000_000)).sample_size(40);
    group.bench_function("1M nodes, subtotals", |bencher| {
        bencher.iter_batched_ref(
            || tree.own.clone(),
            |own| roll_up(black_box(&tree.parent), black_box(&tree.amount), own),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
