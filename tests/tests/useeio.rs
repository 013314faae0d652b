//! USEEIO v1.2 through the solver: the model's own total requirements and multipliers, by its publisher's inverse.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use zuji_core::footprint::linked::Solved;
use zuji_core::solve::linked::Mode;
use zuji_formats::lci::{LciLimits, Source, read_useeio};
use zuji_tests::databases::useeio_files;

fn matrix(source: &dyn Source, name: &str) -> Vec<Vec<f64>> {
    let at = source.names().iter().position(|path| path.ends_with(name)).unwrap();
    serde_json::from_slice(&source.read(at, &LciLimits::default()).unwrap()).unwrap()
}

fn close(got: f64, want: f64, size: f64, what: &str) {
    assert!((got - want).abs() <= 1e-12 * size, "{what}: {got:e} is not {want:e}");
}

#[test]
fn the_publishers_inverse_and_multipliers() {
    let source = useeio_files();
    let system = read_useeio(&source, &LciLimits::default()).unwrap();
    let solved = Solved::new(&system, Mode::Reproducible).unwrap();
    let (inverse, totals) = (matrix(&source, "/L.json"), matrix(&source, "/U.json"));
    // U = D L: all 388 sectors in all 24 indicators, by one adjoint solve per indicator.
    assert_eq!((totals.len(), totals[0].len()), (24, 388));
    for (impact, row) in totals.iter().enumerate() {
        for (sector, &want) in row.iter().enumerate() {
            // A sum of parts of both signs is as exact as its parts.
            let parts: f64 = (0..388).map(|by| (solved.direct()[impact][by] * inverse[by][sector]).abs()).sum();
            close(solved.lambda()[impact].values[sector], want, parts.max(want.abs()), "U");
        }
    }
    // (I − A)⁻¹ = L: every seventh column, forward.
    for sector in (0..388u32).step_by(7) {
        let supply = solved.supply(&[(sector, 1.0)]).unwrap();
        let column: Vec<f64> = inverse.iter().map(|row| row[sector as usize]).collect();
        let size = column.iter().fold(0.0f64, |most, value| most.max(value.abs()));
        for (got, want) in supply.units.values.iter().zip(&column) {
            close(*got, *want, size, "L");
        }
        assert!(supply.scores.iter().all(|score| score.gap <= 1e-12));
    }
}
