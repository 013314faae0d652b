//! Bids under a standard in exact arithmetic: ten times the bids, ten times the time.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use zuji_core::standard::{Choice, Computations, Standard};
use zuji_formats::{Limits, read_bids, read_standard};

const STANDARD: &str = include_str!("../../examples/tender-desktop/standard.yaml");
const BIDS: &str = include_str!("../../examples/tender-desktop/bids.yaml");

fn bench(criterion: &mut Criterion) {
    let limits = Limits::default();
    let Ok((document, _)) = read_standard(STANDARD.as_bytes(), "standard.yaml", &limits) else { return };
    let (Some(standard), _) = Standard::new(document) else { return };
    let Ok((four, _)) = read_bids(BIDS.as_bytes(), "bids.yaml", &limits) else { return };
    let mut group = criterion.benchmark_group("tender");
    group.sample_size(10);
    for count in [100usize, 1_000, 10_000] {
        let mut tender = four.clone();
        tender.bids = (0..count)
            .map(|index| {
                let mut bid = four.bids[index % four.bids.len()].clone();
                bid.id = format!("bid {index}");
                bid.price = Some(format!("{}.{:02}", 3000 + index % 977, index % 100).as_str().into());
                for item in &mut bid.evidence {
                    item.number = Some(format!("N-{index}"));
                }
                bid
            })
            .collect();
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &tender, |bencher, tender| {
            bencher.iter(|| standard.evaluate(black_box(tender), &Computations::default(), &Choice::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
