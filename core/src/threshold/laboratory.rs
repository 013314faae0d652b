//! All that is asked of a population, answered in one report (`zuji/threshold-result@1`).

use super::figure::Figure;
use super::plan::Plan;
use super::population::{LeftOut, Population, Reason};
use super::sweep::{Profile, even_limits, sweep};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::Finite;
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence of intervals where none is asked for.
const CONFIDENCE: f64 = 0.95;

/// How many names a finding shows; the report has them all.
const NAMES: usize = 12;

/// The answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// `zuji/threshold-result@1`.
    pub schema: &'static str,
    /// What the statistics rest on.
    pub population: PopulationSummary,
    /// Confidence of all intervals.
    pub confidence: Figure,
    /// What every limit does.
    pub limits: Vec<LimitReport>,
    /// All limits of the sweep.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sweep: Vec<Profile>,
}

/// What the statistics rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PopulationSummary {
    /// Its name.
    pub name: Option<String>,
    /// Unit of the footprints.
    pub unit: Option<String>,
    /// Who published the figures.
    pub source: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// Boundary of all products.
    pub boundary: Option<String>,
    /// GWP set of all products.
    pub gwp: Option<String>,
    /// Products given, of the class that was asked for.
    pub given: usize,
    /// Products of other classes.
    pub other_classes: usize,
    /// Products in the statistics.
    pub used: usize,
    /// What left them, by name.
    pub left_out: Vec<LeftOut>,
    /// Makers.
    pub makers: usize,
    /// Whether products have weights of their own.
    pub weighted: bool,
    /// Smallest footprint.
    pub minimum: Figure,
    /// Largest footprint.
    pub maximum: Figure,
    /// Weighted mean.
    pub mean: Figure,
}

/// What one limit does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitReport {
    /// The statistics of the sweep at this limit.
    #[serde(flatten)]
    pub profile: Profile,
}

/// Answers a plan for a population.
///
/// # Errors
/// `T102` where no product is left, `T107` where a question has no meaning.
pub fn laboratory(population: &Population, plan: &Plan) -> Result<(Report, Diagnostics), Diagnostics> {
    let mut found = Diagnostics::default();
    left_out(population, &mut found);
    check(plan, &mut found);
    if population.products.is_empty() {
        found.push(
            Diagnostic::new(&catalogue::T102)
                .with("given", population.given)
                .with("left_out", population.left_out.len()),
        );
        return Err(found);
    }
    if found.has("T107") {
        return Err(found);
    }
    let confidence = plan.confidence.map_or(CONFIDENCE, Finite::get);
    let limits: Vec<f64> = plan.limits.iter().map(|limit| limit.get()).collect();
    let profiles = sweep(population, &limits, confidence);
    let swept =
        plan.sweep.map_or_else(Vec::new, |count| sweep(population, &even_limits(population, count), confidence));
    let report = Report {
        schema: "zuji/threshold-result@1",
        population: summary(population),
        confidence: Figure(confidence),
        limits: profiles.into_iter().map(|profile| LimitReport { profile }).collect(),
        sweep: swept,
    };
    Ok((report, found))
}

fn summary(population: &Population) -> PopulationSummary {
    let head = &population.head;
    let footprint = |product: Option<&super::Product>| Figure(product.map_or(f64::NAN, |product| product.footprint));
    PopulationSummary {
        name: head.name.clone(),
        unit: head.unit.clone(),
        source: head.source.clone(),
        licence: head.licence.clone(),
        boundary: head.boundary.clone(),
        gwp: head.gwp.clone(),
        given: population.given,
        other_classes: population.other_classes,
        used: population.products.len(),
        left_out: population.left_out.clone(),
        makers: population.makers.len(),
        weighted: population.weighted,
        minimum: footprint(population.products.first()),
        maximum: footprint(population.products.last()),
        mean: Figure(population.mean()),
    }
}

/// What left the statistics, one finding per reason.
fn left_out(population: &Population, found: &mut Diagnostics) {
    let mut reasons: BTreeMap<&Reason, Vec<&LeftOut>> = BTreeMap::new();
    for one in &population.left_out {
        reasons.entry(&one.reason).or_default().push(one);
    }
    for (reason, products) in reasons {
        let not_comparable = |en: String, zh: String| Diagnostic::new(&catalogue::T105).with_words("why", (en, zh));
        let finding = match reason {
            Reason::Lacks { fields } => Diagnostic::new(&catalogue::T103).with("fields", fields.join(", ")),
            Reason::Duplicate => Diagnostic::new(&catalogue::T104),
            Reason::NotPositive => not_comparable("not above zero".into(), "碳足迹不为正".into()),
            Reason::NegativeWeight => not_comparable("weight below zero".into(), "权重为负".into()),
            Reason::OtherBoundary { found } => not_comparable(format!("boundary {found}"), format!("系统边界 {found}")),
            Reason::OtherGwp { found } => not_comparable(format!("GWP set {found}"), format!("GWP 因子集 {found}")),
        };
        let mut names: Vec<&str> = products.iter().take(NAMES).map(|product| product.name.as_str()).collect();
        if products.len() > NAMES {
            names.push("…");
        }
        let places = products.iter().filter_map(|product| product.line.map(Place::line));
        found.push(finding.with("count", products.len()).with("names", names.join("; ")).at_all(places));
    }
    for (values, words) in
        [(&population.lifetimes, ("lifetimes", "使用年限")), (&population.use_countries, ("places of use", "使用地"))]
    {
        if !values.is_empty() {
            let list: Vec<String> = values.iter().map(|(value, count)| format!("{value} ({count})")).collect();
            found.push(Diagnostic::new(&catalogue::T106).with_words("field", words).with("values", list.join(", ")));
        }
    }
}

/// Questions without a meaning.
fn check(plan: &Plan, found: &mut Diagnostics) {
    let mut refuse = |option: &str, text: String, range: (&str, &str)| {
        let finding = Diagnostic::new(&catalogue::T107).with("option", option).with("text", text);
        found.push(finding.with_words("range", range));
    };
    const SHARE: (&str, &str) = ("above 0 and below 1", "须大于 0 且小于 1");
    const CLOSED: (&str, &str) = ("from 0 to 1", "须在 0 到 1 之间");
    const POSITIVE: (&str, &str) = ("above 0", "须大于 0");
    let inside = |value: f64| value > 0.0 && value < 1.0;
    let closed = |value: f64| (0.0..=1.0).contains(&value);
    let open: [(&str, Vec<Finite>); 4] = [
        ("confidence", plan.confidence.into_iter().collect()),
        ("quantiles", plan.quantiles.clone()),
        ("guard", plan.guard.clone()),
        ("forecast.quantile", plan.forecast.iter().map(|forecast| forecast.quantile).collect()),
    ];
    for (option, values) in open {
        values.iter().filter(|value| !inside(value.get())).for_each(|v| refuse(option, v.get().to_string(), SHARE));
    }
    let shares: [(&str, Vec<Finite>); 3] = [
        ("declared_share", plan.declared_share.into_iter().collect()),
        ("leakage", plan.leakage.into_iter().collect()),
        ("copy_cosine", plan.copy_cosine.into_iter().collect()),
    ];
    for (option, values) in shares {
        values.iter().filter(|value| !closed(value.get())).for_each(|v| refuse(option, v.get().to_string(), CLOSED));
    }
    let mut positive: Vec<(&str, Finite)> = plan.limits.iter().map(|&limit| ("limits", limit)).collect();
    positive.extend(plan.rsd_trials.iter().map(|&rsd| ("rsd_trials", rsd)));
    positive.extend(plan.rsd.map(|rsd| ("rsd", rsd)));
    positive.extend(plan.demand.map(|demand| ("demand", demand)));
    positive.extend(plan.bunching_width.map(|width| ("bunching_width", width)));
    positive.extend(plan.prior.iter().flat_map(|prior| [("prior", prior.median), ("prior", prior.log_sd)]));
    positive.retain(|(_, value)| value.get() <= 0.0);
    positive.into_iter().for_each(|(option, value)| refuse(option, value.get().to_string(), POSITIVE));
    for name in plan.require.iter().filter(|name| !super::is_field(name)) {
        let known = "footprint, maker, weight, lifetime, use_country, boundary, gwp, size, region, class, rsd, price, date, use_share";
        refuse("require", name.clone(), (known, known));
    }
}
