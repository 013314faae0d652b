//! A product's inputs in one form, whatever file they came from: lines flat, each naming its process.

use super::{Bill, Declared, LineDocument, NodeIndex, ProductDocument, Scalar};
use crate::math::plain;

/// The document with its lines written out flat, as records hold it. Reading it back gives the same bill.
pub fn normalised(document: &ProductDocument, bill: &Bill) -> ProductDocument {
    let mut out = document.clone();
    out.schema = "zuji/product@1".into();
    // The lines of packaging and of use are in the bill already.
    if let Declared::Some(lines) = &mut out.packaging {
        lines.clear();
    }
    if let Declared::Some(use_phase) = &mut out.use_phase {
        use_phase.materials.clear();
    }
    out.bom = bill
        .lines()
        .iter()
        .map(|line| {
            let key = bill.key(line.key());
            let name = bill.name(line).to_string();
            let details = bill.details(line).cloned().unwrap_or_default();
            let [unit_mass, density, mass_per_area, mass_per_length, width, thickness] = details.properties;
            LineDocument {
                material: (key.material != name && !key.material.is_empty()).then(|| key.material.clone()),
                name,
                id: bill.code(line).map(str::to_string),
                factor: key.factor.clone(),
                quantity: if line.quantity.is_nan() { details.unreadable } else { Some(Scalar(plain(line.quantity))) },
                unit: (!key.unit.is_empty()).then(|| key.unit.clone()),
                stage: key.module.map(|module| module.id().to_string()),
                geography: key.geography.clone(),
                uncertainty: details.uncertainty,
                position: details.position,
                unit_mass,
                density,
                mass_per_area,
                mass_per_length,
                width,
                thickness,
                loss: details.loss,
                yield_: details.yield_,
                treatment: details.treatment,
                replacements: details.replacements,
                fossil_carbon: details.fossil_carbon,
                biogenic_carbon: details.biogenic_carbon,
                transport: details.transport,
                supplier: details.supplier,
                end_of_life: details.end_of_life,
                row: Some(line.number()),
                beside_table: line.in_document(),
                within: (line.node() != NodeIndex::PRODUCTION).then_some(line.node().0),
                assembly: bill.child(line).map(|child| child.0),
                parent: None,
                lines: Vec::new(),
            }
        })
        .collect();
    out
}
