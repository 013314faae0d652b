//! A supplier's footprint in place of an average: checked for what it covers, the difference shown.

use super::measure::Measure;
use super::recipe::{Recipe, RecipeState, Supplied};
use super::resolve::{Resolver, Wanted, time_score};
use super::{Date, SupplierDocument};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::{FactorIndex, name_key};
use crate::method::Module;
use crate::quantity::{Dimension, Percent, Properties, Unit, convert, read_percent};

/// The recipe of a supplier's footprint. It is per the amount it names, not per 1 unit unless it says so (PACT ADR 36).
#[expect(clippy::too_many_arguments, reason = "the parts of one resolution, passed on once")]
pub(super) fn resolve(
    resolver: &Resolver<'_>,
    wanted: Wanted,
    document: &SupplierDocument,
    line_units: &[Unit],
    properties: &Properties,
    average: Option<(FactorIndex, f64)>,
    mut missing: Recipe,
    found: &mut Vec<Diagnostic>,
) -> Recipe {
    let boundary = name_key(&document.boundary);
    if !matches!(boundary.as_str(), "cradletogate" | "从摇篮到大门" | "摇篮到大门") {
        found.push(
            Diagnostic::new(&catalogue::C410)
                .with("name", wanted.name)
                .with("found", &document.boundary)
                .with_words("expected", ("cradle-to-gate", "从摇篮到大门")),
        );
        return missing;
    }
    let Some(set) = resolver.library.sets.find(&document.gwp) else {
        found.push(
            Diagnostic::new(&catalogue::G201).with("set", &document.gwp).with("known", resolver.library.sets.ids()),
        );
        return missing;
    };
    let footprint = match resolver.coherent(&document.footprint, Dimension::MASS, Some("kg"), "supplier.footprint") {
        Ok(footprint) if (0.0..=1e15).contains(&footprint) => footprint,
        // A footprint that excludes biogenic uptake is not negative; a credit does not enter this way.
        Ok(_) => {
            found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", "supplier.footprint")
                    .with("text", &document.footprint.0)
                    .with_words("range", ("zero or above", "不小于零")),
            );
            return missing;
        }
        Err(finding) => {
            found.push(finding);
            return missing;
        }
    };
    let per = match Measure::read(&document.per.0, &resolver.library.units) {
        Ok(Measure { value, unit: Some(unit) }) if value > 0.0 => (value, unit),
        _ => {
            found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", "supplier.per")
                    .with("text", &document.per.0)
                    .with_words(
                        "range",
                        ("an amount above zero with its unit, such as 1 piece", "大于零且带单位的数量，例如 1 个"),
                    ),
            );
            return missing;
        }
    };
    let Some((unit, conversion)) =
        line_units.iter().find_map(|unit| convert(unit, &per.1, properties).ok().map(|conversion| (unit, conversion)))
    else {
        found.push(
            Diagnostic::new(&catalogue::U203)
                .with("name", wanted.name)
                .with("amount", "")
                .with("from", wanted.unit)
                .with("to", &per.1)
                .with_words(
                    "needed",
                    ("the quantity in the unit of the supplier's footprint", "与供应商碳足迹相同单位的数量"),
                ),
        );
        return missing;
    };
    let mut wrong = |field: &'static str, text: &str, range: (&str, &str)| {
        found
            .push(Diagnostic::new(&catalogue::V106).with("field", field).with("text", text).with_words("range", range));
    };
    if let Some(text) = document.valid_until.as_deref().filter(|text| text.parse::<Date>().is_err()) {
        wrong("supplier.valid_until", text, ("a date such as 2026-05-31", "形如 2026-05-31 的日期"));
    }
    if let Some(text) = document.primary_data_share.as_ref().filter(|text| share_of(&text.0).is_none()) {
        wrong("supplier.primary_data_share", &text.0, ("0…100 %", "0…100%"));
    }
    if let Some(scores) = document.scores.filter(|scores| scores.iter().any(|score| !(1..=5).contains(score))) {
        wrong("supplier.scores", &format!("{scores:?}"), ("three scores from 1 to 5", "三个 1 至 5 的分数"));
    }
    let carbon = document
        .biogenic_carbon
        .as_ref()
        .map(|text| (text, resolver.coherent(text, Dimension::MASS, Some("kg"), "supplier.biogenic_carbon")));
    if let Some((text, Ok(content))) = &carbon
        && !(0.0..=1e15).contains(content)
    {
        wrong("supplier.biogenic_carbon", &text.0, ("zero or above", "不小于零"));
    }
    if let Some((_, Err(finding))) = &carbon {
        found.push(finding.clone());
    }
    let valid_until = document.valid_until.as_deref().and_then(|text| text.parse::<Date>().ok());
    if let (Some(until), Some(date)) = (valid_until, resolver.date)
        && until < date
    {
        found.push(Diagnostic::new(&catalogue::C411).with("name", wanted.name).with("until", until).with("date", date));
    }
    let share = conversion.factor / per.0;
    missing.unit = Some(unit.clone());
    let mut recipe = Recipe::empty(RecipeState::Counted, wanted.module.unwrap_or(Module::A1));
    recipe.mass = missing.mass.or_else(|| {
        let kilogram = Unit::new("kg", Dimension::MASS, crate::quantity::Ratio::from_integer(1));
        convert(unit, &kilogram, properties).ok().map(|conversion| conversion.factor)
    });
    recipe.unit = Some(unit.clone());
    if let Some((index, _)) = average {
        let row = &resolver.library.factors.get(index).row;
        recipe.class = row.class.clone();
        if let (Some(carbon), Some(mass)) = (&row.carbon, recipe.mass) {
            recipe.fossil_carbon = carbon.fossil.map(|content| content.get() * mass);
            recipe.bio_based = carbon.bio_based;
        }
    }
    // A content that cannot be read is unknown, whatever the material is made of.
    recipe.bio_based |= carbon.is_some();
    recipe.biogenic_carbon = carbon
        .and_then(|(_, content)| content.ok())
        .filter(|content| (0.0..=1e15).contains(content))
        .map(|content| content * share);
    recipe.primary = document.primary_data_share.as_ref().and_then(|text| share_of(&text.0)).unwrap_or(0.0);
    // A score outside the scale is unknown, which is the worst.
    let stated = |score: u8| if (1..=5).contains(&score) { score } else { 5 };
    recipe.scores = document.scores.map(|scores| scores.map(stated)).unwrap_or_else(|| {
        let time = time_score(document.year.and_then(|year| Date::new(year as i16, 12, 31).ok()), resolver.date);
        let geography = document.geography.as_deref().map_or(5, |place| {
            crate::factor::geography_step(place, wanted.geography.unwrap_or(&resolver.geography)) + 1
        });
        [2, geography.min(5), time]
    });
    recipe.supplied = Some(Supplied {
        co2e: footprint * share,
        set: set.id().to_string(),
        source: document.source.clone(),
        figure: format!("{} / {}", document.footprint.0.trim(), document.per.0.trim()),
        uncertainty: document.uncertainty.as_ref().and_then(|stated| {
            let written = Measure::read(&document.footprint.0, &resolver.library.units).ok()?;
            Some((stated.0.clone(), written.value))
        }),
        average: average.map(|(index, _)| index),
        average_coefficient: average.map_or(0.0, |(_, coefficient)| coefficient),
    });
    recipe
}

/// A share in percent as a fraction; `None` where it is none.
fn share_of(text: &str) -> Option<f64> {
    match read_percent(text) {
        Ok(Percent::Fraction(fraction)) if (0.0..=1.0).contains(&fraction) => Some(fraction),
        Ok(Percent::Ambiguous(value)) if value > 0.0 => Some(value / 100.0),
        _ => None,
    }
}
