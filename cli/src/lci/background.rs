//! A database behind a bill of materials: read, linked and solved once; its rows join the factor tables, and lines that name
//! its processes are linked to them.

use super::arguments::{Choices, Open};
use super::open::{Model, model};
use super::ready::{solved, unsolvable};
use crate::arguments::Background as Arguments;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, catalogue};
use zuji_core::factor::Pack;
use zuji_core::footprint::{Background, LinkedDatabase};
use zuji_core::impact::{Characterisation, GwpSets};
use zuji_core::matrix::Technosphere;
use zuji_core::quantity::UnitTable;
use zuji_core::solve::linked::Prepared;

/// Reads and solves the database that was asked for, if one was. `gwp` is the set whose gases count.
pub fn linked(arguments: &Arguments, gwp: Option<&str>) -> Result<Option<(Pack, LinkedDatabase)>, Diagnostics> {
    let Some(database) = &arguments.database else { return Ok(None) };
    let open = Open {
        database: database.clone(),
        id: arguments.database_id.clone(),
        version: None,
        source: None,
        licence: None,
    };
    let choices = Choices {
        linking: arguments.linking.clone(),
        allocation: arguments.allocation.clone(),
        methods: gwp.map(str::to_string).into_iter().collect(),
        fast: false,
    };
    let model = model(&open, &choices)?;
    let solved = solved(&model, choices.fast)?;
    with_background(&model, solved.technosphere(), solved.prepared(), |background| {
        let linked = background.linked(&UnitTable::standard());
        linked.map_err(|error| Diagnostics::from(unsolvable(&model.system, &error)))
    })
    .map(|(document, linked)| Some((Pack::from(document), linked)))
}

/// What factors are made of, handed to `make`. Its gases are those of the set that was asked for; any set can characterise
/// them later.
pub fn with_background<T>(
    model: &Model,
    technosphere: &Technosphere,
    prepared: &Prepared,
    make: impl FnOnce(&Background) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let (Some(inventory), Some(assembly)) = (&model.inventory, &model.assembly) else {
        return Err(Diagnostic::new(&catalogue::I650).with("database", &model.head.id).into());
    };
    let sets = sets()?;
    let asked: Option<&Characterisation> = model.system.impacts.iter().find_map(|impact| sets.find(&impact.id));
    let Some(set) = asked else {
        return Err(Diagnostic::new(&catalogue::I413).with("method", "own").with("known", sets.ids()).into());
    };
    make(&Background { inventory, assembly, system: &model.system, technosphere, prepared, set })
}

/// The sets of GWP values.
pub fn sets() -> Result<GwpSets, Diagnostic> {
    zuji_factors::gwp_sets()
        .map_err(|error| Diagnostic::new(&catalogue::E109).with("file", "zuji-factors").with("cause", error))
}
