//! A number with its unit, as people write it: `6.2 kg`, `120 g/piece`, `1.38 g/cm3`.

use crate::quantity::{Dimension, Lookup, NumberError, Ratio, Unit, UnitTable, normalise, read_number};

/// A number with a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The number.
    pub value: f64,
    /// The unit; `None` where only a number stands.
    pub unit: Option<Unit>,
}

/// Why a text is not a measure.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasureError {
    /// The number.
    Number(NumberError),
    /// The unit is not known.
    Unit(String),
    /// The unit has several meanings.
    Ambiguous(String),
    /// The unit has another dimension than the one needed.
    Dimension(String),
}

impl Measure {
    /// Reads a number with an optional unit, which may be a quotient.
    ///
    /// # Errors
    /// See [`MeasureError`].
    pub fn read(text: &str, units: &UnitTable) -> Result<Self, MeasureError> {
        let (number, unit) = split(text);
        let value = read_number(&number).map_err(MeasureError::Number)?;
        if unit.is_empty() {
            return Ok(Self { value, unit: None });
        }
        Ok(Self { value, unit: Some(unit_of(&unit, units)?) })
    }

    /// Reads a measure and turns it into the coherent unit of a dimension (kg, m, kg/m³ …); a bare number is taken in
    /// `assumed`.
    ///
    /// # Errors
    /// See [`MeasureError`].
    pub fn coherent(
        text: &str,
        dimension: Dimension,
        assumed: Option<&str>,
        units: &UnitTable,
    ) -> Result<f64, MeasureError> {
        let measure = Self::read(text, units)?;
        let unit = match (measure.unit, assumed) {
            (Some(unit), _) => unit,
            (None, Some(symbol)) => unit_of(symbol, units)?,
            (None, None) => return Err(MeasureError::Unit(String::new())),
        };
        // "per piece" may be left out of a mass per piece, and a length may be given for a square metre's grammage.
        let fits = unit.dimension() == dimension
            || (dimension == Dimension::MASS && unit.dimension() == Dimension::MASS.per(Dimension::PIECE));
        if !fits {
            return Err(MeasureError::Dimension(unit.symbol().to_string()));
        }
        let scale: Ratio = unit.scale();
        Ok(measure.value * (*scale.numer() as f64) / (*scale.denom() as f64))
    }
}

/// The number and the rest of a text. An exponent belongs to the number.
pub(super) fn split(text: &str) -> (String, String) {
    let text = normalise(text);
    let mut end = 0;
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    for (position, &(at, character)) in bytes.iter().enumerate() {
        let next = bytes.get(position + 1).map(|&(_, next)| next);
        let previous = position.checked_sub(1).and_then(|before| bytes.get(before)).map(|&(_, previous)| previous);
        let part = character.is_ascii_digit()
            || matches!(character, '.' | ',' | '\'')
            || (matches!(character, '+' | '-') && (position == 0 || matches!(previous, Some('e' | 'E'))))
            || (matches!(character, 'e' | 'E')
                && position > 0
                && next.is_some_and(|next| next.is_ascii_digit() || matches!(next, '-' | '+')))
            || (character == ' ' && next.is_some_and(|next| next.is_ascii_digit()) && position > 0);
        if !part {
            break;
        }
        end = at + character.len_utf8();
    }
    if end == 0 {
        return (text, String::new());
    }
    (text[..end].trim().to_string(), text[end..].trim().to_string())
}

/// A unit or a quotient of two units.
fn unit_of(symbol: &str, units: &UnitTable) -> Result<Unit, MeasureError> {
    match units.find(symbol) {
        Lookup::Unit(unit) => return Ok(unit),
        Lookup::Ambiguous(_) if !symbol.contains('/') => return Err(MeasureError::Ambiguous(symbol.to_string())),
        Lookup::Ambiguous(_) | Lookup::Unknown => {}
    }
    let (above, below) = symbol.split_once('/').ok_or_else(|| MeasureError::Unit(symbol.to_string()))?;
    let find = |part: &str| match units.find(part) {
        Lookup::Unit(unit) => Ok(unit),
        Lookup::Ambiguous(_) => Err(MeasureError::Ambiguous(part.to_string())),
        Lookup::Unknown => Err(MeasureError::Unit(part.to_string())),
    };
    Ok(find(above)?.per(&find(below)?))
}

/// A civil date.
pub type Date = jiff::civil::Date;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_read_with_their_units() {
        let units = UnitTable::standard();
        let kg = |text: &str| Measure::coherent(text, Dimension::MASS, Some("kg"), &units);
        assert_eq!(kg("120 g"), Ok(0.12));
        assert_eq!(kg("120g/个"), Ok(0.12));
        assert_eq!(kg("1.1"), Ok(1.1));
        assert_eq!(kg("1e-3 t"), Ok(1.0));
        assert!(matches!(kg("3 m"), Err(MeasureError::Dimension(_))));
        assert!(matches!(kg("3 ton"), Err(MeasureError::Ambiguous(_))));
        assert!(matches!(kg("x"), Err(MeasureError::Number(NumberError::NotANumber))));
        let density = Dimension::MASS.per(Dimension::VOLUME);
        assert_eq!(Measure::coherent("1.25 g/cm3", density, None, &units), Ok(1250.0));
        assert_eq!(Measure::coherent("300 g/m2", Dimension::MASS.per(Dimension::AREA), None, &units), Ok(0.3));
        assert_eq!(Measure::coherent("8 年", Dimension::TIME, None, &units), Ok(8.0 * 31_557_600.0));
    }
}
