//! The frame of a study: declared unit, method, boundary, date, place, as the document and the caller settle them.

use super::refusal::no_place;
use super::{Date, Declared, DeclaredUnit, Library, Measure, Options, ProductDocument, Scalar};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, catalogue};
use crate::factor::{Selection, is_place};
use crate::impact::Characterisation;
use crate::method::{BoundaryRule, MethodProfile};
use crate::quantity::{Dimension, Lookup};

/// The settled frame.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    /// The method profile.
    pub profile: &'a MethodProfile,
    /// Its boundary that was chosen.
    pub boundary: &'a BoundaryRule,
    /// The set of characterisation factors.
    pub set: &'a Characterisation,
    /// The declared amount.
    pub declared_amount: f64,
    /// The declared unit as it is written.
    pub declared_unit: String,
    /// Net mass of one declared unit, kg.
    pub mass: Option<f64>,
    /// The packs that factors may come from.
    pub packs: Selection,
    /// The last day of the reference period, or the date.
    pub date: Option<Date>,
    /// Where it is made.
    pub geography: String,
    /// Years of service.
    pub years: Option<f64>,
}

impl<'a> Study<'a> {
    /// Settles the frame: the caller's options go before the document, the document before the profile.
    ///
    /// # Errors
    /// Findings that leave nothing to compute.
    pub fn settle(
        document: &ProductDocument,
        library: &'a Library,
        options: &Options,
        found: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        let method = options.method.as_deref().or(document.method.as_deref());
        let profile = library.profiles.find(method).ok_or_else(|| {
            Diagnostic::new(&catalogue::P701)
                .with("id", method.unwrap_or("–"))
                .with("known", library.profiles.ids())
                .at(Place::field("method"))
        })?;
        let boundary_name = options.boundary.as_deref().or(document.boundary.as_deref());
        let boundary = profile.boundary(boundary_name).ok_or_else(|| {
            let known: Vec<&str> = profile.boundaries.iter().map(|rule| rule.id.as_str()).collect();
            Diagnostic::new(&catalogue::V106)
                .with("field", "boundary")
                .with("text", boundary_name.unwrap_or("–"))
                .with_words(
                    "range",
                    (format!("one of {}", known.join(", ")), format!("以下之一：{}", known.join(", "))),
                )
                .at(Place::field("boundary"))
        })?;
        let gwp = options.gwp.as_deref().or(document.gwp.as_deref()).unwrap_or(&profile.gwp);
        let set = library.sets.find(gwp).ok_or_else(|| {
            Diagnostic::new(&catalogue::G201).with("set", gwp).with("known", library.sets.ids()).at(Place::field("gwp"))
        })?;
        let packs = pinned(document, library, options, found)?;
        let default_unit = DeclaredUnit { amount: Scalar("1".into()), unit: "piece".into() };
        let declared = document.declared_unit.as_ref().unwrap_or(&default_unit);
        let declared_amount = match Measure::read(&declared.amount.0, &library.units) {
            Ok(Measure { value, unit: None }) if value > 0.0 => value,
            _ => {
                return Err(Diagnostic::new(&catalogue::V106)
                    .with("field", "declared_unit.amount")
                    .with("text", &declared.amount.0)
                    .with_words(
                        "range",
                        ("a number above zero; its unit stands in `unit`", "大于零的数；其单位写在 `unit`"),
                    )
                    .at(Place::field("declared_unit.amount")));
            }
        };
        if library.units.find(&declared.unit) == Lookup::Unknown {
            let near = library.units.nearest(&declared.unit).unwrap_or_else(|| "piece".into());
            found.push(
                Diagnostic::new(&catalogue::U201)
                    .with("unit", &declared.unit)
                    .with("rows", 1)
                    .with("suggestion", &near)
                    .with("example", format!("{{\"{}\": {near}}}", declared.unit))
                    .at(Place::field("declared_unit.unit")),
            );
        }
        let date = date_of(document, options, found);
        if date.is_none() {
            found.push(Diagnostic::new(&catalogue::P704));
        }
        let mut measured = |text: &Option<Scalar>, dimension, assumed, field: &'static str| {
            let text = text.as_ref()?;
            match Measure::coherent(&text.0, dimension, assumed, &library.units) {
                Ok(value) if value > 0.0 => Some(value),
                _ => {
                    found.push(
                        Diagnostic::new(&catalogue::V106)
                            .with("field", field)
                            .with("text", &text.0)
                            .with_words("range", ("a number above zero with its unit", "大于零且带单位的数"))
                            .at(Place::field(field)),
                    );
                    None
                }
            }
        };
        let mass = measured(&document.mass, Dimension::MASS, Some("kg"), "mass");
        let years = measured(&document.service_life, Dimension::TIME, Some("year"), "service_life")
            .map(|seconds| seconds / 31_557_600.0);
        if let Some(text) = document.forming.as_deref().filter(|text| !matches!(*text, "bought" | "own")) {
            let finding = Diagnostic::new(&catalogue::V106).with("field", "forming").with("text", text);
            found.push(finding.with_words("range", ("bought or own", "bought 或 own")).at(Place::field("forming")));
        }
        let geography = match document.geography.as_deref().map(str::trim) {
            Some(place) if is_place(place) => place.to_string(),
            None | Some("") => "CN".into(),
            Some(other) => {
                found.push(no_place(other).as_severity(Severity::Error).at(Place::field("geography")));
                "CN".into()
            }
        };
        describe(document, boundary, found);
        Ok(Self {
            profile,
            boundary,
            set,
            declared_amount,
            declared_unit: declared.unit.clone(),
            mass,
            packs,
            date,
            geography,
            years,
        })
    }
}

/// The packs that the caller pins, else those of the document, else all. A pin that cannot be met leaves nothing to
/// compute: another figure under the same name is what pins are there to keep out.
fn pinned(
    document: &ProductDocument,
    library: &Library,
    options: &Options,
    found: &mut Diagnostics,
) -> Result<Selection, Diagnostic> {
    let pins = if options.pins.is_empty() { &document.packs } else { &options.pins };
    library.factors.pinned(pins).map_err(|unmet| {
        let mut unmet: Vec<Diagnostic> = unmet.iter().cloned().collect();
        let last = unmet.pop();
        for finding in unmet {
            found.push(finding);
        }
        last.unwrap_or_else(|| Diagnostic::new(&catalogue::P707))
    })
}

/// The date: of the caller, of the period's last day, of the document. Never the clock.
fn date_of(document: &ProductDocument, options: &Options, found: &mut Diagnostics) -> Option<Date> {
    let mut parse = |text: &str, field: &'static str| match text.trim().parse::<Date>() {
        Ok(date) => Some(date),
        Err(_) => {
            found.push(Diagnostic::new(&catalogue::P703).with("text", text).at(Place::field(field)));
            None
        }
    };
    if let Some(text) = &options.as_of {
        return parse(text, "--as-of");
    }
    if let Some(period) = &document.reference_period {
        let start = parse(&period.start, "reference_period.start");
        let end = parse(&period.end, "reference_period.end");
        return match (start, end) {
            (Some(start), Some(end)) if start < end => end.yesterday().ok(),
            (Some(_), Some(_)) => {
                found.push(
                    Diagnostic::new(&catalogue::V106)
                        .with("field", "reference_period.end")
                        .with("text", &period.end)
                        .with_words("range", ("the first day after the period", "期间之后的第一天"))
                        .at(Place::field("reference_period.end")),
                );
                None
            }
            _ => None,
        };
    }
    document.date.as_deref().and_then(|text| parse(text, "date"))
}

/// What the boundary needs and the document does not speak of is unknown, never zero.
fn describe(document: &ProductDocument, boundary: &BoundaryRule, found: &mut Diagnostics) {
    for field in &boundary.must_describe {
        let (silent, stage) = match field.as_str() {
            "distribution" => (document.distribution.is_unknown(), ("distribution", "分销")),
            "use" => (document.use_phase.is_unknown(), ("the use phase", "使用阶段")),
            "end_of_life" => (document.end_of_life.is_unknown(), ("the end of life", "生命末期")),
            _ => continue,
        };
        if silent {
            found.push(
                Diagnostic::new(&catalogue::B604)
                    .with_words("boundary", (&boundary.name_en, &boundary.name_zh))
                    .with_words("stage", stage)
                    .with("field", field)
                    .at(Place::field(field.as_str())),
            );
        }
    }
    if document.packaging.is_unknown() {
        found.push(Diagnostic::new(&catalogue::B601));
    }
    if matches!(&document.energy, Declared::Unknown) {
        found.push(Diagnostic::new(&catalogue::B602));
    }
}
