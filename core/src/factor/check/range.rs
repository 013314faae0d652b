//! Figures among their like. A figure ten times above or below the median of its class is usually a slip (t for kg, g for
//! kg, MJ for kWh) and sometimes the truth, so it is a warning.

use super::Checking;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::{FactorKind, FactorRow, FactorsDocument};
use crate::impact::GwpSets;
use crate::math::{Sum, significant};
use crate::quantity::{Dimension, Lookup, UnitTable};
use std::collections::BTreeMap;

/// Fewer rows have no median worth the name.
const ENOUGH: usize = 5;
/// How far off the median is far.
const FAR: f64 = 10.0;

/// What is compared with each other: kind, measure, beginning of the class.
type Like<'a> = (FactorKind, Measure, &'a str);

/// The dimension of a unit. Volumes are told apart by their unit too: what comes by the cubic metre is a gas, what comes
/// by the litre a liquid, a thousand times as heavy.
type Measure = (Dimension, Option<String>);

/// The medians of the rows' like, kg CO2e per coherent unit.
pub(super) struct Ranges<'a> {
    by_like: BTreeMap<Like<'a>, (f64, usize)>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(tables: impl Iterator<Item = &'a FactorsDocument>, checking: &Checking) -> Self {
        let mut figures: BTreeMap<Like, Vec<f64>> = BTreeMap::new();
        for row in tables.flat_map(|table| &table.rows) {
            let Some((measure, figure)) = figure(row, checking.units, checking.sets) else { continue };
            for class in beginnings(&row.class) {
                figures.entry((row.kind, measure.clone(), class)).or_default().push(figure);
            }
        }
        figures.retain(|_, figures| figures.len() >= ENOUGH);
        let by_like = figures.into_iter().map(|(like, figures)| (like, (median(figures.clone()), figures.len())));
        Self { by_like: by_like.collect() }
    }

    /// Whether a row's figure is far off its nearest like: the longest beginning of its class that has enough rows.
    pub(super) fn check(&self, row: &FactorRow, checking: &Checking) -> Option<(&'static str, Diagnostic)> {
        let Lookup::Unit(unit) = checking.units.find(&row.unit) else { return None };
        let (measure, figure) = figure(row, checking.units, checking.sets)?;
        let (class, (median, count)) = beginnings(&row.class)
            .find_map(|class| Some((class, self.by_like.get(&(row.kind, measure.clone(), class))?)))?;
        if *median <= 0.0 || (figure >= median / FAR && figure <= median * FAR) {
            return None;
        }
        let per_unit = *unit.scale().numer() as f64 / *unit.scale().denom() as f64;
        let finding = Diagnostic::new(&catalogue::F405)
            .with("id", &row.id)
            .with("figure", significant(figure * per_unit, 3))
            .with("median", significant(median * per_unit, 3))
            .with("unit", &row.unit)
            .with("class", class)
            .with("count", count);
        Some((if row.co2e.is_some() { "co2e" } else { "emissions" }, finding))
    }
}

/// The beginnings of a class from the whole down to two parts; a class of one part is its own. `metal` alone would
/// compare gold with steel.
fn beginnings(class: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(class);
    std::iter::from_fn(move || {
        let this = next?;
        next = this.rsplit_once('.').map(|(shorter, _)| shorter).filter(|shorter| shorter.contains('.'));
        Some(this)
    })
}

/// kg CO2e per coherent unit of a row, gases under the set of the row or the default.
fn figure(row: &FactorRow, units: &UnitTable, sets: &GwpSets) -> Option<(Measure, f64)> {
    let Lookup::Unit(unit) = units.find(&row.unit) else { return None };
    let set = row.gwp.as_deref().and_then(|name| sets.find(name)).or_else(|| sets.iter().next());
    let mut sum = Sum::default();
    for emission in &row.emissions {
        match (emission.co2e, emission.kg) {
            (Some(co2e), _) => sum.add(co2e.get()),
            (None, Some(kg)) => sum.add(kg.get() * set?.factor_or_fossil(&emission.gas, emission.kind)?.gwp),
            (None, None) => return None,
        }
    }
    let amount = row.co2e.map_or(sum.value(), |co2e| co2e.get());
    let scale = unit.scale();
    let volume = (unit.dimension() == Dimension::VOLUME).then(|| unit.symbol().to_string());
    Some(((unit.dimension(), volume), amount * (*scale.denom() as f64) / (*scale.numer() as f64)))
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_begins_with_two_parts() {
        assert_eq!(beginnings("metal.steel.carbon").collect::<Vec<_>>(), ["metal.steel.carbon", "metal.steel"]);
        assert_eq!(beginnings("metal").collect::<Vec<_>>(), ["metal"]);
        assert_eq!(beginnings("").collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(vec![5.0, 1.0, 3.0]), 3.0);
        assert_eq!(median(vec![4.0, 1.0, 3.0, 100.0]), 3.5);
    }
}
