//! A database as a factor pack: λ of every product by gas, with what its supply chain leaves open.

use super::open::Model;
use super::ready::unsolvable;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::footprint::Background;
use zuji_core::matrix::Technosphere;
use zuji_core::quantity::UnitTable;
use zuji_core::solve::linked::Prepared;

/// The pack as YAML. Its gases are those of the set that was asked for; any set can characterise them later.
pub fn write(model: &Model, technosphere: &Technosphere, prepared: &Prepared) -> Result<String, Diagnostics> {
    let refuse = |finding: Diagnostic| Diagnostics::from(finding);
    let (Some(inventory), Some(assembly)) = (&model.inventory, &model.assembly) else {
        return Err(refuse(Diagnostic::new(&catalogue::I650).with("database", &model.head.id)));
    };
    let unreadable = |error: &dyn std::fmt::Display| {
        Diagnostics::from(Diagnostic::new(&catalogue::E109).with("file", "zuji-factors").with("cause", error))
    };
    let sets = zuji_factors::gwp_sets().map_err(|error| unreadable(&error))?;
    let Some(set) = model.system.impacts.iter().find_map(|impact| sets.find(&impact.id)) else {
        return Err(refuse(Diagnostic::new(&catalogue::I413).with("method", "own").with("known", sets.ids())));
    };
    let background = Background { inventory, assembly, system: &model.system, technosphere, prepared, set };
    let document = background
        .table(&UnitTable::standard())
        .map_err(|error| Diagnostics::from(unsolvable(&model.system, &error)))?;
    zuji_formats::factor_text(&document).map_err(|error| unreadable(&error))
}
