//! 100,000 products × 50 lines against 20,000 factors, ids resolved, in memory.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use zuji_core::solve::score;

fn bench(criterion: &mut Criterion) {
    let (demands, footprints) = zuji_benches::demands(100_000, 50, 20_000, 1);
    let mut group = criterion.benchmark_group("score");
    group.throughput(Throughput::Elements(5_000_000)).sample_size(40);
    for threads in [1, 2] {
        let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return };
        group.bench_function(format!("100k products x 50 lines, {threads} thread(s)"), |bencher| {
            pool.install(|| bencher.iter(|| score(black_box(&demands), black_box(&footprints))));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
