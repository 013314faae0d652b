//! A database as a factor pack: λ of every product by gas, with what its supply chain leaves open.

use super::background::with_background;
use super::open::Model;
use super::ready::unsolvable;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::matrix::Technosphere;
use zuji_core::quantity::UnitTable;
use zuji_core::solve::linked::Prepared;

/// The pack as YAML.
pub fn write(model: &Model, technosphere: &Technosphere, prepared: &Prepared) -> Result<String, Diagnostics> {
    with_background(model, technosphere, prepared, |background| {
        let document = background
            .table(&UnitTable::standard())
            .map_err(|error| Diagnostics::from(unsolvable(&model.system, &error)))?;
        zuji_formats::factor_text(&document)
            .map_err(|error| Diagnostic::new(&catalogue::E109).with("file", "zuji-factors").with("cause", error).into())
    })
}
