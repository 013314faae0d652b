//! The rules that every factor row keeps.

use super::{FactorKind, FactorsDocument, Inclusion};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::impact::{GwpSets, UNSPLIT};
use crate::quantity::{Dimension, Lookup, UnitTable};
use std::collections::BTreeSet;

/// Checks a table: schema, provenance, units, gases, sets, kinds against boundaries, companions, signs. Each breach is
/// an `F401` that names the table and the row.
pub fn check_table(document: &FactorsDocument, units: &UnitTable, sets: &GwpSets) -> Diagnostics {
    let mut findings = Diagnostics::default();
    let mut say = |id: &str, cause: String| {
        findings.push(
            Diagnostic::new(&catalogue::F401)
                .with("table", &document.table.id)
                .with("id", id)
                .with("cause", cause)
                .at(Place::field(id)),
        );
    };
    if document.schema != "zuji/factors@1" {
        say("–", format!("schema is \"{}\", expected \"zuji/factors@1\"", document.schema));
    }
    for (field, text) in
        [("source", &document.table.source), ("licence", &document.table.licence), ("version", &document.table.version)]
    {
        if text.trim().is_empty() {
            say("–", format!("the table has no {field}"));
        }
    }
    let ids: BTreeSet<&str> = document.rows.iter().map(|row| row.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for row in &document.rows {
        let id = row.id.as_str();
        if !seen.insert(id) {
            say(id, "the id stands twice".into());
        }
        for (field, text) in [
            ("English name", &row.name_en),
            ("Chinese name", &row.name_zh),
            ("class", &row.class),
            ("geography", &row.geography),
            ("boundary", &row.boundary),
            ("source", &row.source),
        ] {
            if text.trim().is_empty() {
                say(id, format!("no {field}"));
            }
        }
        let unit = match units.find(&row.unit) {
            Lookup::Unit(unit) => Some(unit),
            Lookup::Ambiguous(_) => {
                say(id, format!("unit \"{}\" has several meanings", row.unit));
                None
            }
            Lookup::Unknown(_) => {
                say(id, format!("unit \"{}\" is not known", row.unit));
                None
            }
        };
        let split = !row.emissions.is_empty();
        if split && row.co2e.is_some() {
            say(id, "CO2e stands beside a split by gas: it would be counted twice".into());
        }
        if !split && row.co2e.is_none() {
            say(id, "no amount".into());
        }
        let needs_set = row.co2e.is_some() || row.emissions.iter().any(|emission| emission.co2e.is_some());
        match (&row.gwp, needs_set) {
            (None, true) => {
                say(id, "CO2e without its set of characterisation factors (write `not stated` if so)".into())
            }
            (Some(set), true) if set != "not stated" && sets.find(set).is_none() => {
                say(id, format!("set \"{set}\" is not known: {}", sets.ids()));
            }
            (Some(set), _) if set == "not stated" && split && row.emissions.iter().any(|e| e.co2e.is_some()) => {
                say(id, "gases given in CO2e need a known set, or their mass cannot be recovered".into());
            }
            _ => {}
        }
        for emission in &row.emissions {
            let rest = emission.gas == UNSPLIT;
            if rest && emission.co2e.is_none() {
                say(id, "CO2e is no gas: what the source does not split has `co2e`, not `kg`".into());
            } else if emission.kg.is_some() == emission.co2e.is_some() {
                say(id, format!("{}: give either kg or co2e", emission.gas));
            }
            if let Some(set) = row.gwp.as_deref().and_then(|set| sets.find(set))
                && !rest
                && set.factor_or_fossil(&emission.gas, emission.kind).is_none()
            {
                say(id, format!("{} does not know the gas {}", set.id(), emission.gas));
            }
            let amount = emission.kg.or(emission.co2e).map_or(0.0, |amount| amount.get());
            if amount < 0.0 {
                say(id, format!("{} is negative: uptake belongs into `carbon`", emission.gas));
            }
        }
        if row.co2e.is_some_and(|co2e| co2e.get() < 0.0) {
            say(id, "CO2e is negative: credits do not enter as factors".into());
        }
        let allowed: &[&str] = boundaries(row.kind);
        if !allowed.contains(&row.boundary.as_str()) {
            say(
                id,
                format!(
                    "boundary \"{}\" does not fit the kind {} (expected {})",
                    row.boundary,
                    row.kind.id(),
                    allowed.join(" or ")
                ),
            );
        }
        for companion in &row.companions {
            if !ids.contains(companion.as_str()) {
                say(id, format!("companion \"{companion}\" is not in the table"));
            }
        }
        if row.kind == FactorKind::Spend && unit.as_ref().is_some_and(|unit| unit.dimension() != Dimension::MONEY) {
            say(id, "a spend-based row has a unit that is not money".into());
        }
        if row.kind != FactorKind::Spend && unit.as_ref().is_some_and(|unit| unit.dimension() == Dimension::MONEY) {
            say(id, "a row per money must be of kind spend".into());
        }
        if let Some(carbon) = &row.carbon {
            for (name, content) in [("fossil", carbon.fossil), ("biogenic", carbon.biogenic)] {
                if content.is_some_and(|content| !(0.0..=1.0).contains(&content.get())) {
                    say(id, format!("{name} carbon is not between 0 and 1 kg per kg"));
                }
            }
        }
        if row.proxy.as_ref().is_some_and(|proxy| proxy.reason.trim().is_empty()) {
            say(id, "a proxy without a reason".into());
        }
        if row.transmission != Inclusion::NotStated
            && !matches!(
                row.kind,
                FactorKind::Electricity | FactorKind::ElectricitySource | FactorKind::ElectricityGeneration
            )
        {
            say(id, "transmission is said of something that is not electricity".into());
        }
        if row.stack_carbon != Inclusion::NotStated && row.kind != FactorKind::WasteTreatment {
            say(id, "stack carbon is said of something that is not the treatment of a waste".into());
        }
    }
    findings
}

/// The boundaries that a kind may have.
fn boundaries(kind: FactorKind) -> &'static [&'static str] {
    match kind {
        FactorKind::Material | FactorKind::Water => &["cradle-to-gate"],
        FactorKind::Electricity
        | FactorKind::ElectricitySource
        | FactorKind::FuelLifeCycle
        | FactorKind::FreightLifeCycle => &["life-cycle"],
        FactorKind::ElectricityDirect | FactorKind::ElectricityGeneration => &["generation"],
        FactorKind::Transmission => &["transmission"],
        FactorKind::FuelCombustion => &["combustion"],
        FactorKind::FuelUpstream
        | FactorKind::ElectricityUpstream
        | FactorKind::HeatUpstream
        | FactorKind::FreightUpstream => &["well-to-tank"],
        FactorKind::Heat => &["generation", "life-cycle"],
        FactorKind::Freight | FactorKind::FreightWithForcing => &["tank-to-wheel"],
        FactorKind::WasteTreatment => &["treatment"],
        FactorKind::Process => &["gate-to-gate"],
        FactorKind::Spend => &["cradle-to-gate", "cradle-to-purchaser"],
    }
}
