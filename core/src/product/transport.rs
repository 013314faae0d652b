//! Transport legs: mass × distance, and a freight factor for the mode.

use super::LegDocument;
use super::recipe::Recipe;
use super::resolve::{Resolver, Wanted};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::method::Module;
use crate::quantity::Dimension;

/// A leg with its recipe, which counts in t·km.
pub(super) struct Leg {
    /// Freight per t·km.
    pub recipe: Recipe,
    /// Distance in km.
    pub kilometres: f64,
    /// The mass moved in kg, where the leg names it.
    pub mass: Option<f64>,
}

/// Finds the freight factor of a leg and reads its distance.
pub(super) fn resolve_leg(
    resolver: &mut Resolver<'_>,
    leg: &LegDocument,
    module: Module,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<Leg> {
    let mode = if leg.mode.trim().is_empty() { "road" } else { leg.mode.trim() };
    let metres = match resolver.coherent(&leg.distance, Dimension::LENGTH, Some("km"), "transport.distance") {
        Ok(metres) => metres,
        Err(finding) => {
            found.push(finding);
            return None;
        }
    };
    let mass =
        match leg.mass.as_ref().map(|mass| resolver.coherent(mass, Dimension::MASS, Some("kg"), "transport.mass")) {
            None => None,
            Some(Ok(mass)) => Some(mass),
            Some(Err(finding)) => {
                found.push(finding);
                return None;
            }
        };
    // A negative way or load would be a credit.
    for (value, text, field) in
        [(Some(metres), Some(&leg.distance), "transport.distance"), (mass, leg.mass.as_ref(), "transport.mass")]
    {
        if let (Some(value), Some(text)) = (value, text)
            && !((0.0..=1e15).contains(&value))
        {
            found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", field)
                    .with("text", &text.0)
                    .with_words("range", ("zero or above", "不小于零")),
            );
            return None;
        }
    }
    let wanted = Wanted {
        name,
        material: mode,
        factor: leg.factor.as_deref(),
        unit: "t·km",
        module: Some(module),
        geography: None,
    };
    let (recipe, findings) = resolver.resolve(wanted, None);
    found.extend(findings);
    Some(Leg { recipe, kilometres: metres / 1000.0, mass })
}
