//! From the unit a supplier wrote to the unit a factor wants, keeping the sentence of the formula.
//!
//! Order: same dimension → mass per piece → what the row says (length × width × thickness × density, area × mass per
//! area, length × mass per length) → the material's default density → refuse.

use super::unit::scaled;
use super::{Dimension, GasState, Mark, Ratio, Unit};
use crate::math::{plain, twelve_digits};
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
    /// Divided by a property.
    Per(Property, Provided),
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
        let mut text =
            format!("{} {to} = {} {from}", plain(twelve_digits(amount * self.factor)), plain(twelve_digits(amount)));
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
                Step::Times(property, provided) | Step::Per(property, provided) => {
                    let (en, zh) = property.name();
                    let name = if chinese { zh } else { en };
                    let default = match (provided.default, chinese) {
                        (false, _) => "",
                        (true, false) => ", default",
                        (true, true) => "，默认值",
                    };
                    let sign = if matches!(step, Step::Per(..)) { '÷' } else { '×' };
                    let value = plain(provided.value);
                    text += &format!(" {sign} {value} {} ({name}{default})", property.coherent_symbol());
                }
            }
        }
        text
    }

    /// Whether a default property of the material took part.
    pub fn uses_default(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, Step::Times(_, provided) | Step::Per(_, provided) if provided.default))
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

/// Finds the way from one unit to another: within a dimension by scale, else through mass (or through width and
/// thickness between length, area and volume).
///
/// # Errors
/// [`Mismatch`] says what is missing.
pub fn convert(from: &Unit, to: &Unit, properties: &Properties) -> Result<Conversion, Mismatch> {
    if from.dimension() == to.dimension() {
        return same_dimension(from, to);
    }
    let way = match by_geometry(from.dimension(), to.dimension(), properties) {
        Some(way) => way,
        None => {
            let down = to_mass(from, properties)?;
            let up = from_mass(to, properties)?;
            match (down, up) {
                (Ok(mut way), Ok(up)) => {
                    way.extend(up);
                    Ok(way)
                }
                (Err(mut needs), Err(more)) => {
                    needs.extend(more);
                    Err(needs)
                }
                (Err(needs), Ok(_)) | (Ok(_), Err(needs)) => Err(needs),
            }
        }
    };
    let way = way.map_err(Mismatch::Needs)?;
    let mut steps = Vec::with_capacity(way.len() + 2);
    let mut factor = 1.0;
    if from.scale() != Ratio::from_integer(1) {
        factor = scaled(factor, from.scale());
        steps.push(Step::Scale { ratio: from.scale(), unit: format!("{}/{from}", coherent_name(from.dimension())) });
    }
    for step in way {
        match &step {
            Step::Times(_, provided) => factor *= provided.value,
            Step::Per(_, provided) => factor /= provided.value,
            Step::Scale { .. } | Step::GasState(..) => {}
        }
        steps.push(step);
    }
    if to.scale() != Ratio::from_integer(1) {
        let back = to.scale().recip();
        factor = scaled(factor, back);
        steps.push(Step::Scale { ratio: back, unit: format!("{to}/{}", coherent_name(to.dimension())) });
    }
    if !factor.is_finite() {
        return Err(Mismatch::Dimension);
    }
    Ok(Conversion { factor, steps })
}

/// Steps of a way, or the properties that would open it.
type Way = Result<Vec<Step>, Vec<Property>>;

fn times(properties: &Properties, property: Property) -> Option<Step> {
    properties.get(property).map(|provided| Step::Times(property, provided))
}

fn per(properties: &Properties, property: Property) -> Option<Step> {
    properties.get(property).filter(|provided| provided.value > 0.0).map(|provided| Step::Per(property, provided))
}

fn heating(mark: &Mark) -> Option<Property> {
    match mark {
        Mark::LowerHeating => Some(Property::LowerHeatingValue),
        Mark::HigherHeating => Some(Property::HigherHeatingValue),
        _ => None,
    }
}

/// Length of a web to its area, area of a sheet to its volume: no mass is needed.
fn by_geometry(from: Dimension, to: Dimension, properties: &Properties) -> Option<Way> {
    let need = |property| times(properties, property).map(|step| vec![step]).ok_or(vec![property]);
    match (from, to) {
        (Dimension::LENGTH, Dimension::AREA) => Some(need(Property::Width)),
        (Dimension::AREA, Dimension::VOLUME) => Some(need(Property::Thickness)),
        _ => None,
    }
}

/// From a quantity of anything to kilograms.
fn to_mass(from: &Unit, properties: &Properties) -> Result<Way, Mismatch> {
    let need = |property| times(properties, property).map(|step| vec![step]).ok_or(vec![property]);
    let find = |property| times(properties, property);
    Ok(match from.dimension() {
        Dimension::MASS => Ok(Vec::new()),
        Dimension::PIECE => need(Property::UnitMass),
        Dimension::VOLUME => need(Property::Density),
        Dimension::AREA => match (find(Property::MassPerArea), find(Property::Thickness), find(Property::Density)) {
            (Some(grammage), _, _) => Ok(vec![grammage]),
            (None, Some(thickness), Some(density)) => Ok(vec![thickness, density]),
            (None, Some(_), None) => Err(vec![Property::Density]),
            (None, None, _) => Err(vec![Property::MassPerArea, Property::Thickness]),
        },
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
        Dimension::ENERGY => match heating(from.mark()) {
            Some(property) => per(properties, property).map(|step| vec![step]).ok_or(vec![property]),
            None => return Err(Mismatch::HeatingValue),
        },
        _ => return Err(Mismatch::Dimension),
    })
}

/// From kilograms to what a factor counts.
fn from_mass(to: &Unit, properties: &Properties) -> Result<Way, Mismatch> {
    let need = |property| per(properties, property).map(|step| vec![step]).ok_or(vec![property]);
    Ok(match to.dimension() {
        Dimension::MASS => Ok(Vec::new()),
        Dimension::PIECE => need(Property::UnitMass),
        Dimension::VOLUME => need(Property::Density),
        Dimension::AREA => need(Property::MassPerArea),
        Dimension::LENGTH => need(Property::MassPerLength),
        Dimension::ENERGY => match heating(to.mark()) {
            Some(property) => times(properties, property).map(|step| vec![step]).ok_or(vec![property]),
            None => return Err(Mismatch::Dimension),
        },
        _ => return Err(Mismatch::Dimension),
    })
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
        assert!(way.sentence(1.0, &unit("kg"), &unit("m3"), false).contains("÷ 850 kg/m3 (density, default)"));
        properties.set(Property::UnitMass, 1.06, false);
        let way = convert(&unit("块"), &unit("m3"), &properties).unwrap();
        assert!((way.factor - 1.06 / 850.0).abs() < 1e-18);
    }
}
