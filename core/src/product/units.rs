//! The unit of a line, which may have several meanings, and the properties that lead from it to another.

use super::bill::Details;
use super::resolve::{Resolver, Wanted};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::Factor;
use crate::quantity::{Dimension, Lookup, Properties, Property, Unit};

impl Resolver<'_> {
    /// The unit of a line: one, or the readings of an ambiguous symbol.
    pub(super) fn line_units(&self, wanted: Wanted) -> Result<Vec<Unit>, Diagnostic> {
        let symbol = wanted.unit.trim();
        if symbol.is_empty() {
            return Err(Diagnostic::new(&catalogue::U202));
        }
        if let Some(answer) = self.units.get(&crate::quantity::normalise(symbol)) {
            return Ok(vec![answer.clone()]);
        }
        match self.library.units.find(symbol) {
            Lookup::Unit(unit) => Ok(vec![unit]),
            Lookup::Ambiguous(units) => Ok(units),
            Lookup::Unknown => {
                let suggestion = self.nearest_unit(symbol);
                let words = match &suggestion {
                    Some(near) => (near.clone(), near.clone()),
                    None => ("a known unit (zuji units)".to_string(), "已知单位（zuji units）".to_string()),
                };
                let example = format!("{{\"{symbol}\": {}}}", suggestion.as_deref().unwrap_or("kg"));
                Err(Diagnostic::new(&catalogue::U201)
                    .with("unit", symbol)
                    .with_words("suggestion", words)
                    .with("example", example))
            }
        }
    }

    pub(super) fn ambiguous(&self, wanted: Wanted, units: &[Unit]) -> Diagnostic {
        Diagnostic::new(&catalogue::U205)
            .with("unit", wanted.unit)
            .with("candidates", list(units))
            .with("example", format!("{{\"{}\": {}}}", wanted.unit, units[0]))
    }

    pub(super) fn reading(&self, wanted: Wanted, unit: &Unit, units: &[Unit], factor: &Factor) -> Diagnostic {
        Diagnostic::new(&catalogue::U206)
            .with("unit", wanted.unit)
            .with("meaning", unit)
            .with("target", &factor.unit)
            .with("candidates", list(units))
            .with("example", format!("{{\"{}\": {}}}", wanted.unit, units[0]))
    }

    /// Reads the properties a line gives for conversions.
    pub(super) fn read_properties(
        &self,
        details: &Details,
        properties: &mut Properties,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        const FIELDS: [(Property, &str, Option<&str>); 6] = [
            (Property::UnitMass, "unit_mass", Some("kg")),
            (Property::Density, "density", Some("kg/m3")),
            (Property::MassPerArea, "mass_per_area", Some("kg/m2")),
            (Property::MassPerLength, "mass_per_length", Some("kg/m")),
            (Property::Width, "width", Some("m")),
            (Property::Thickness, "thickness", Some("m")),
        ];
        let dimension = |property| match property {
            Property::UnitMass => Dimension::MASS,
            Property::Density => Dimension::MASS.per(Dimension::VOLUME),
            Property::MassPerArea => Dimension::MASS.per(Dimension::AREA),
            Property::MassPerLength => Dimension::MASS.per(Dimension::LENGTH),
            _ => Dimension::LENGTH,
        };
        let mut good = true;
        for ((property, field, assumed), text) in FIELDS.into_iter().zip(&details.properties) {
            let Some(text) = text.as_ref().filter(|text| !text.0.trim().is_empty()) else { continue };
            match self.coherent(text, dimension(property), assumed, field) {
                Ok(value) if value > 0.0 => properties.set(property, value, false),
                Ok(_) => {
                    good = false;
                    found.push(
                        Diagnostic::new(&catalogue::V106)
                            .with("field", field)
                            .with("text", &text.0)
                            .with_words("range", ("above zero", "大于零")),
                    );
                }
                Err(finding) => {
                    good = false;
                    found.push(finding);
                }
            }
        }
        good
    }
}

fn list(units: &[Unit]) -> String {
    units.iter().map(Unit::symbol).collect::<Vec<_>>().join(", ")
}
