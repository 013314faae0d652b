//! The main job in memory: the office chair from its bytes, and the start-up of the embedded library.
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the example it measures")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use zuji_core::footprint::footprint;
use zuji_core::product::Options;
use zuji_formats::{File, Limits, read_product};

fn bench(criterion: &mut Criterion) {
    criterion.bench_function("library: parse and index the embedded tables", |bencher| {
        bencher.iter(|| zuji_factors::library(Vec::new()).map(|(library, _)| library.factors.len()).ok());
    });
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/office-chair/");
    let read = |name: &str| std::fs::read(format!("{folder}{name}")).map(|bytes| File::new(name, bytes));
    let (Ok(table), Ok(document), Ok((library, _))) =
        (read("bom.csv"), read("product.yaml"), zuji_factors::library(Vec::new()))
    else {
        return;
    };
    criterion.bench_function("office chair: bytes to footprint", |bencher| {
        bencher.iter(|| {
            let input = read_product(
                Some(black_box(table.clone())),
                Some(&document),
                &library.units,
                &Limits::default(),
                &|_| (),
            )
            .ok()?;
            let outcome = footprint(&input.bill, &input.document, &library, &Options::default());
            outcome.footprint.map(|result| result.total().to_f64())
        });
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
