//! From the unit a supplier wrote to the unit a factor wants, keeping the sentence of the formula.
//!
//! Order: same dimension → mass per piece → what the row says (length × width × thickness × density, area × mass per
//! area, length × mass per length) → the material's default density → refuse.

use super::unit::scaled;
use super::{Dimension, GasState, Mark, Ratio, Unit};
use crate::math::plain;
use serde::Serialize;

/// A property through which dimensions convert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// kg per piece.
    UnitMass,
    /// kg/m³.
    Density,
    /// kg/m² (grammage).
    MassPerArea,
    /// kg/m.
    MassPerLength,
    /// m, of a web or sheet.
    Width,
    /// m, of a sheet or film.
    Thickness,
    /// MJ per kg, lower heating value.
    LowerHeatingValue,
    /// MJ per kg, higher heating value.
    HigherHeatingValue,
}

impl Property {
    /// English and Chinese name.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::UnitMass => ("mass per piece", "单重"),
            Self::Density => ("density", "密度"),
            Self::MassPerArea => ("mass per area", "克重"),
            Self::MassPerLength => ("mass per length", "每米质量"),
            Self::Width => ("width", "幅宽"),
            Self::Thickness => ("thickness", "厚度"),
            Self::LowerHeatingValue => ("lower heating value", "低位热值"),
            Self::HigherHeatingValue => ("higher heating value", "高位热值"),
        }
    }

    fn coherent_symbol(self) -> &'static str {
        match self {
            Self::UnitMass => "kg/piece",
            Self::Density => "kg/m3",
            Self::MassPerArea => "kg/m2",
            Self::MassPerLength => "kg/m",
            Self::Width | Self::Thickness => "m",
            Self::LowerHeatingValue | Self::HigherHeatingValue => "MJ/kg",
        }
    }
}

/// A property's value in coherent units, and who gave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provided {
    /// The value in the coherent unit of the property.
    pub value: f64,
    /// Whether it is the material's default, not the supplier's figure.
    pub default: bool,
}

/// The properties known of a line and its material.
#[derive(Clone, Copy, Debug, Default)]
pub struct Properties {
    values: [Option<Provided>; 8],
}

impl Properties {
    /// Sets a property; a supplier's figure wins over a default.
    pub fn set(&mut self, property: Property, value: f64, default: bool) {
        let slot = &mut self.values[property as usize];
        if slot.is_none_or(|known| known.default && !default) {
            *slot = Some(Provided { value, default });
        }
    }

    /// A property, if it is known.
    pub fn get(&self, property: Property) -> Option<Provided> {
        self.values[property as usize]
    }
}

/// One factor of a conversion's formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The exact scale between two units of one dimension.
    Scale {
        /// How many of the next unit.
        ratio: Ratio,
        /// Symbol of the next unit.
        unit: String,
    },
    /// The ideal gas law between two reference states.
    GasState(GasState, GasState),
    /// Multiplied by a property.
    Times(Property, Provided),
}

/// A conversion: what one unit of the source is in units of the target, and the formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// Target units per source unit.
    pub factor: f64,
    /// The formula, step by step. Empty when the units are the same.
    pub steps: Vec<Step>,
}

impl Conversion {
    /// The sentence of the formula for an amount: `0.585 kg = 1.3 m × 1.5 m (width) × 0.3 kg/m2 (mass per area)`.
    pub fn sentence(&self, amount: f64, from: &Unit, to: &Unit, chinese: bool) -> String {
        let mut text = format!("{} {} = {} {}", plain(amount * self.factor), to, plain(amount), from);
        for step in &self.steps {
            match step {
                Step::Scale { ratio, unit } if *ratio.denom() == 1 => text += &format!(" × {} {unit}", ratio.numer()),
                Step::Scale { ratio, unit } => text += &format!(" × {}/{} {unit}", ratio.numer(), ratio.denom()),
                Step::GasState(from, to) => {
                    text += &format!(
                        " × {} K / {} K",
                        plain(to.centikelvin() as f64 / 100.0),
                        plain(from.centikelvin() as f64 / 100.0)
                    );
                }
                Step::Times(property, provided) => {
                    let (en, zh) = property.name();
                    let name = if chinese { zh } else { en };
                    let default = match (provided.default, chinese) {
                        (false, _) => "",
                        (true, false) => ", default",
                        (true, true) => "，默认值",
                    };
                    text += &format!(" × {} {} ({name}{default})", plain(provided.value), property.coherent_symbol());
                }
            }
        }
        text
    }

    /// Whether a default property of the material took part.
    pub fn uses_default(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Times(_, provided) if provided.default))
    }
}

/// Why two units do not convert.
#[derive(Clone, Debug, PartialEq)]
pub enum Mismatch {
    /// Fuel energy without its heating value, or with the other one.
    HeatingValue,
    /// Money of another currency or year.
    Money,
    /// A property is missing; the ones that would help.
    Needs(Vec<Property>),
    /// Nothing leads from one to the other.
    Dimension,
}

/// Finds the way from one unit to another.
///
/// # Errors
/// [`Mismatch`] says what is missing.
pub fn convert(from: &Unit, to: &Unit, properties: &Properties) -> Result<Conversion, Mismatch> {
    if from.dimension() == to.dimension() {
        return same_dimension(from, to);
    }
    let steps_to_mass = |dimension: Dimension| -> Result<Vec<Step>, Vec<Property>> {
        let find = |property| properties.get(property).map(|provided| Step::Times(property, provided));
        match dimension {
            Dimension::MASS => Ok(vec![]),
            Dimension::PIECE => find(Property::UnitMass).map(|step| vec![step]).ok_or(vec![Property::UnitMass]),
            Dimension::VOLUME => find(Property::Density).map(|step| vec![step]).ok_or(vec![Property::Density]),
            Dimension::AREA => {
                match (find(Property::MassPerArea), find(Property::Thickness), find(Property::Density)) {
                    (Some(grammage), _, _) => Ok(vec![grammage]),
                    (None, Some(thickness), Some(density)) => Ok(vec![thickness, density]),
                    (None, Some(_), None) => Err(vec![Property::Density]),
                    (None, None, _) => Err(vec![Property::MassPerArea, Property::Thickness]),
                }
            }
            Dimension::LENGTH => match (find(Property::MassPerLength), find(Property::Width)) {
                (Some(line_mass), _) => Ok(vec![line_mass]),
                (None, Some(width)) => {
                    match (find(Property::MassPerArea), find(Property::Thickness), find(Property::Density)) {
                        (Some(grammage), _, _) => Ok(vec![width, grammage]),
                        (None, Some(thickness), Some(density)) => Ok(vec![width, thickness, density]),
                        _ => Err(vec![Property::MassPerArea]),
                    }
                }
                (None, None) => Err(vec![Property::MassPerLength, Property::Width]),
            },
            _ => Err(vec![]),
        }
    };
    let heating = |mark: &Mark| match mark {
        Mark::LowerHeating => Some(Property::LowerHeatingValue),
        Mark::HigherHeating => Some(Property::HigherHeatingValue),
        _ => None,
    };
    let mut steps = Vec::new();
    let mut factor = 1.0;
    let coherent = |unit: &Unit, steps: &mut Vec<Step>, factor: &mut f64, name: &str| {
        if unit.scale() != Ratio::from_integer(1) {
            *factor = scaled(*factor, unit.scale());
            steps.push(Step::Scale { ratio: unit.scale(), unit: format!("{name}/{unit}") });
        }
    };
    let way = match (from.dimension(), to.dimension()) {
        // A quantity of anything to mass.
        (dimension, Dimension::MASS) => steps_to_mass(dimension),
        // Area of a web from its length.
        (Dimension::LENGTH, Dimension::AREA) => properties
            .get(Property::Width)
            .map(|width| vec![Step::Times(Property::Width, width)])
            .ok_or(vec![Property::Width]),
        (Dimension::AREA, Dimension::VOLUME) => properties
            .get(Property::Thickness)
            .map(|thickness| vec![Step::Times(Property::Thickness, thickness)])
            .ok_or(vec![Property::Thickness]),
        // Mass (or what can be weighed) to fuel energy through its heating value.
        (dimension, Dimension::ENERGY) => match heating(to.mark()) {
            Some(property) => match (steps_to_mass(dimension), properties.get(property)) {
                (Ok(mut way), Some(provided)) => {
                    way.push(Step::Times(property, provided));
                    Ok(way)
                }
                (Err(needs), _) => Err(needs),
                (Ok(_), None) => Err(vec![property]),
            },
            None => Err(vec![]),
        },
        // Fuel energy to mass, mass to volume, pieces or area: divide by the property.
        (from_dimension, to_dimension) => {
            return inverse(from, to, from_dimension, to_dimension, properties);
        }
    };
    // Fuel energy to mass is a division too.
    if from.dimension() == Dimension::ENERGY {
        return inverse(from, to, from.dimension(), to.dimension(), properties);
    }
    let way = way.map_err(|needs| if needs.is_empty() { Mismatch::Dimension } else { Mismatch::Needs(needs) })?;
    coherent(from, &mut steps, &mut factor, coherent_name(from.dimension()));
    for step in way {
        if let Step::Times(_, provided) = &step {
            factor *= provided.value;
        }
        steps.push(step);
    }
    if to.scale() != Ratio::from_integer(1) {
        let back = to.scale().recip();
        factor = scaled(factor, back);
        steps.push(Step::Scale { ratio: back, unit: format!("{to}/{}", coherent_name(to.dimension())) });
    }
    Ok(Conversion { factor, steps })
}

/// Dividing by a property: kg → m³, pieces or m² for factors of such units, fuel energy → kg.
fn inverse(
    from: &Unit,
    to: &Unit,
    a: Dimension,
    b: Dimension,
    properties: &Properties,
) -> Result<Conversion, Mismatch> {
    let property = match (a, b) {
        (Dimension::MASS, Dimension::VOLUME) => Property::Density,
        (Dimension::MASS, Dimension::PIECE) => Property::UnitMass,
        (Dimension::MASS, Dimension::AREA) => Property::MassPerArea,
        (Dimension::MASS, Dimension::LENGTH) => Property::MassPerLength,
        (Dimension::ENERGY, Dimension::MASS) => match from.mark() {
            Mark::LowerHeating => Property::LowerHeatingValue,
            Mark::HigherHeating => Property::HigherHeatingValue,
            _ => return Err(Mismatch::HeatingValue),
        },
        (Dimension::MONEY, _) | (_, Dimension::MONEY) => return Err(Mismatch::Money),
        _ => return Err(Mismatch::Dimension),
    };
    let Some(provided) = properties.get(property).filter(|provided| provided.value > 0.0) else {
        return Err(Mismatch::Needs(vec![property]));
    };
    let inverted = Provided { value: 1.0 / provided.value, default: provided.default };
    let factor = scaled(scaled(1.0, from.scale()) / provided.value, to.scale().recip());
    Ok(Conversion { factor, steps: vec![Step::Times(property, inverted)] })
}

fn same_dimension(from: &Unit, to: &Unit) -> Result<Conversion, Mismatch> {
    let Some(ratio) = from.ratio_to(to) else {
        return Err(if from.dimension() == Dimension::MONEY { Mismatch::Money } else { Mismatch::HeatingValue });
    };
    let mut steps = Vec::new();
    if let (Mark::Gas(a), Mark::Gas(b)) = (from.mark(), to.mark())
        && a != b
    {
        steps.push(Step::GasState(*a, *b));
    }
    let scale = from.scale() / to.scale();
    if scale != Ratio::from_integer(1) {
        steps.push(Step::Scale { ratio: scale, unit: format!("{to}/{from}") });
    }
    Ok(Conversion { factor: scaled(1.0, ratio), steps })
}

fn coherent_name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::MASS => "kg",
        Dimension::LENGTH => "m",
        Dimension::AREA => "m2",
        Dimension::VOLUME => "m3",
        Dimension::PIECE => "piece",
        Dimension::ENERGY => "MJ",
        Dimension::TIME => "s",
        _ => "1",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lookup, UnitTable};
    use super::*;

    fn unit(symbol: &str) -> Unit {
        match UnitTable::standard().find(symbol) {
            Lookup::Unit(unit) => unit,
            other => panic!("{symbol}: {other:?}"),
        }
    }

    #[test]
    fn a_mesh_by_the_metre_is_weighed() {
        let mut properties = Properties::default();
        properties.set(Property::Width, 1.5, false);
        properties.set(Property::MassPerArea, 0.3, false);
        let way = convert(&unit("米"), &unit("kg"), &properties).unwrap();
        assert!((1.3 * way.factor - 0.585).abs() < 1e-15);
        let sentence = way.sentence(1.3, &unit("m"), &unit("kg"), false);
        assert!(sentence.contains("1.5 m (width)") && sentence.contains("0.3 kg/m2 (mass per area)"), "{sentence}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let none = Properties::default();
        assert_eq!(convert(&unit("个"), &unit("kg"), &none), Err(Mismatch::Needs(vec![Property::UnitMass])));
        assert_eq!(
            convert(&unit("m2"), &unit("kg"), &none),
            Err(Mismatch::Needs(vec![Property::MassPerArea, Property::Thickness]))
        );
        assert_eq!(convert(&unit("L"), &unit("t"), &none), Err(Mismatch::Needs(vec![Property::Density])));
        assert_eq!(convert(&unit("kWh"), &unit("kg"), &none), Err(Mismatch::HeatingValue));
        assert_eq!(convert(&unit("元"), &unit("kg"), &none), Err(Mismatch::Dimension));
    }

    #[test]
    fn volumes_and_fuels() {
        let mut properties = Properties::default();
        properties.set(Property::Density, 850.0, true);
        properties.set(Property::LowerHeatingValue, 42.652, false);
        let way = convert(&unit("L"), &unit("t"), &properties).unwrap();
        assert!((way.factor - 0.00085).abs() < 1e-18);
        assert!(way.uses_default());
        let way = convert(&unit("kg"), &unit("GJ (LHV)"), &properties).unwrap();
        assert!((way.factor - 0.042_652).abs() < 1e-15);
        let way = convert(&unit("tce"), &unit("kg"), &properties).unwrap();
        assert!((way.factor - 29_307.6 / 42.652).abs() < 1e-9);
        let way = convert(&unit("kg"), &unit("m3"), &properties).unwrap();
        assert!((way.factor - 1.0 / 850.0).abs() < 1e-18);
    }
}
