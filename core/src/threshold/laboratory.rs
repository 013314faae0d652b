//! All that is asked of a population, answered in one report (`zuji/threshold-result@1`).

use super::document::Size;
use super::figure::{Figure, Interval};
use super::forecast::{ForecastReport, LEARN, forecast, history};
use super::impact::{Change, Impact, change, impact, tonnes_of};
use super::integrity::{Bunching, Copies, Heaping, bunching, copies, heaping};
use super::misclassify::{Misclassification, Shares, misclassification, shares};
use super::mixture::{Between, Mixture, between_classes, mixture};
use super::order::{QuantileReport, independent, needed, quantile, quantile_report};
use super::pass::selection_bounds;
use super::plan::{ForecastPlan, Plan, Trajectory};
use super::population::{LeftOut, Population, Reason};
use super::rivalry::{Rivalry, rivalry};
use super::scoring::{PointsReport, points};
use super::sensitivity::{Sensitivity, alternatives, sensitivity};
use super::stale::{Staleness, staleness};
use super::sweep::{Profile, even_limits, sweep};
use super::synthetic::Fit;
use super::trajectory::{LockIn, Path, PathError, lock_in};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::{Finite, Sum};
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence of intervals where none is asked for.
const CONFIDENCE: f64 = 0.95;

/// Samples of one limit at most.
const MOST_SAMPLES: u32 = 10_000_000;

/// Bidders of one tender, where the plan does not say.
const BIDDERS: u32 = 5;

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
    /// Quantiles with their intervals.
    pub quantiles: Vec<QuantileReport>,
    /// One population or two.
    pub mixture: Option<Mixture>,
    /// How much lies between sub-categories.
    pub classes: Option<Between>,
    /// Round figures.
    pub heaping: Heaping,
    /// Inventories that are alike.
    pub copies: Copies,
    /// What points are worth.
    pub points: Option<PointsReport>,
    /// All limits of the sweep.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sweep: Vec<Profile>,
    /// Wrong decisions at some of the limits of the sweep: limit, share of the market.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sweep_errors: Vec<(Figure, Shares)>,
    /// The limit over the years.
    pub path: Option<Path>,
    /// Share of today's products that pass at the limit of every year of the path, and of those of the forecast's years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path_pass_rates: Vec<PathPass>,
    /// Assets against the path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lock_in: Vec<LockIn>,
    /// Forecasts of a quantile.
    pub forecast: Option<ForecastReport>,
    /// What moved the limit.
    pub change: Option<Change>,
    /// Checks needed to find one bad declaration: share of bad ones, checks.
    pub checks_needed: Vec<(Figure, u32)>,
}

/// Pass rates at a limit of the path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathPass {
    /// The year.
    pub year: i32,
    /// The limit.
    pub limit: Figure,
    /// Of today's products.
    pub today: Figure,
    /// Of today's products moved with the forecast's median, low and high quantile; null without a forecast for the year.
    pub forecast: [Figure; 3],
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
    /// How alike products of one maker are: intraclass correlation of the logarithms.
    pub intraclass_correlation: Figure,
    /// Independent products that they stand for.
    pub independent_products: Figure,
    /// The distribution that products were made to, where they are not real.
    pub synthetic: Option<Fit>,
    /// Counts of products between even steps of footprint: from, to, products.
    pub histogram: Vec<(Figure, Figure, u32)>,
}

/// What one limit does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitReport {
    /// The statistics of the sweep at this limit.
    #[serde(flatten)]
    pub profile: Profile,
    /// Bounds of the pass rate of the whole market, where only a share of it is declared.
    pub selection_bounds: Option<Interval>,
    /// Pass rate with products weighted by the inverse of their size's declared share.
    pub inverse_probability: Figure,
    /// Who can still bid.
    pub rivalry: Rivalry,
    /// Pass rates by region.
    pub regions: Vec<(String, u32, Figure)>,
    /// Wrong decisions; null where no uncertainty is known.
    pub misclassification: Option<Misclassification>,
    /// Too many just below?
    pub bunching: Bunching,
    /// Counted otherwise.
    pub sensitivity: Vec<Sensitivity>,
    /// Emissions and money.
    pub impact: Impact,
    /// Is it still where it was meant to be?
    pub staleness: Staleness,
}

/// Answers a plan for a population.
///
/// # Errors
/// `T102` where no product is left, `T107` where a question has no meaning.
pub fn laboratory(population: &Population, plan: &Plan) -> Result<(Report, Diagnostics), Diagnostics> {
    let mut found = Diagnostics::default();
    left_out(population, &mut found);
    check(population, plan, &mut found);
    if population.products.is_empty() {
        found.push(
            Diagnostic::new(&catalogue::T102)
                .with("given", population.given)
                .with("left_out", population.left_out.len()),
        );
    }
    if found.has("T102") || found.has("T107") {
        return Err(found);
    }
    let confidence = plan.confidence.map_or(CONFIDENCE, Finite::get);
    let limits: Vec<f64> = plan.limits.iter().map(|limit| limit.get()).collect();
    let profiles = sweep(population, &limits, confidence);
    let limits = profiles.into_iter().map(|profile| at_limit(population, profile, plan, confidence)).collect();
    let swept =
        plan.sweep.map_or_else(Vec::new, |count| sweep(population, &even_limits(population, count), confidence));
    let shares: Vec<f64> = if plan.quantiles.is_empty() {
        vec![0.2, 0.5, 0.8]
    } else {
        plan.quantiles.iter().map(|share| share.get()).collect()
    };
    let forecast = plan.forecast.as_ref().and_then(|wanted| forecasted(population, plan, wanted, &mut found));
    let path = plan.trajectory.as_ref().and_then(|wanted| drawn(population, wanted, forecast.as_ref(), &mut found));
    let tonnes = tonnes_of(population.head.unit.as_deref());
    let report = Report {
        schema: "zuji/threshold-result@1",
        population: summary(population),
        confidence: Figure(confidence),
        limits,
        quantiles: shares.into_iter().map(|share| quantile_report(population, share, confidence)).collect(),
        mixture: mixture(population),
        classes: between_classes(population),
        heaping: heaping(population),
        copies: copies(population, plan),
        points: plan.scoring.as_ref().and_then(|scoring| points(scoring, tonnes.unwrap_or(f64::NAN))),
        sweep_errors: errors(population, &swept),
        sweep: swept,
        path_pass_rates: path.as_ref().map_or_else(Vec::new, |path| pass_rates(population, path, forecast.as_ref())),
        lock_in: path
            .as_ref()
            .map_or_else(Vec::new, |path| plan.assets.iter().map(|asset| lock_in(path, asset)).collect()),
        path,
        forecast,
        change: plan.before.as_ref().map(|before| change(population, before)),
        checks_needed: [0.05, 0.10].into_iter().map(|share| (Figure(share), needed(confidence, share))).collect(),
    };
    super::warnings::warn(population, &report, &mut found);
    Ok((report, found))
}

fn at_limit(population: &Population, profile: Profile, plan: &Plan, confidence: f64) -> LimitReport {
    let limit = profile.limit.get();
    let rate = profile.by_product.rate.get();
    let known = |name: &String| sensitivity(population, limit, name, plan);
    LimitReport {
        selection_bounds: plan.declared_share.map(|declared| selection_bounds(rate, declared.get())),
        inverse_probability: Figure(weighted_by_size(population, limit, plan)),
        rivalry: rivalry(&profile, plan.bidders.unwrap_or(BIDDERS), confidence),
        regions: by_region(population, limit),
        misclassification: misclassification(population, limit, plan),
        bunching: bunching(population, limit, plan),
        sensitivity: alternatives(population, plan).iter().filter_map(known).collect(),
        impact: impact(population, limit, plan),
        staleness: staleness(population, limit, plan),
        profile,
    }
}

/// Σ w/π over what passes ÷ Σ w/π, π the declared share of the maker's size (D. G. Horvitz, D. J. Thompson, JASA 47 (1952)
/// 663, as a ratio); unknown where a size has no share.
fn weighted_by_size(population: &Population, limit: f64, plan: &Plan) -> f64 {
    if plan.declared_by_size.is_empty() {
        return f64::NAN;
    }
    let shares: Vec<(Size, f64)> =
        plan.declared_by_size.iter().filter_map(|(name, share)| Some((Size::read(name)?, share.get()))).collect();
    let (mut passed, mut all) = (Sum::default(), Sum::default());
    for product in &population.products {
        let Some(size) = product.size else { return f64::NAN };
        let own = shares.iter().find(|(known, _)| *known == size);
        let sme = || shares.iter().find(|(known, _)| *known == Size::Sme).filter(|_| size.is_sme());
        let Some((_, share)) = own.or_else(sme).filter(|(_, share)| *share > 0.0) else { return f64::NAN };
        let weight = product.weight / share;
        all.add(weight);
        if product.footprint <= limit {
            passed.add(weight);
        }
    }
    Figure::ratio(passed.value(), all.value()).get()
}

fn by_region(population: &Population, limit: f64) -> Vec<(String, u32, Figure)> {
    let mut regions: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for product in &population.products {
        if let Some(region) = &product.region {
            let counts = regions.entry(region).or_default();
            counts.0 += 1;
            counts.1 += u32::from(product.footprint <= limit);
        }
    }
    regions
        .into_iter()
        .map(|(region, (all, passed))| (region.to_string(), all, Figure::ratio(f64::from(passed), f64::from(all))))
        .collect()
}

/// Wrong decisions at some sixty limits of a sweep; none where that would take seconds.
fn errors(population: &Population, swept: &[Profile]) -> Vec<(Figure, Shares)> {
    let n = population.products.len();
    let any = population.products.iter().any(|product| product.log_sd.is_some());
    if !any || n > 1_000_000 {
        return Vec::new();
    }
    let most = (20_000_000 / n.max(1)).clamp(1, 60);
    let step = swept.len().div_ceil(most).max(1);
    let at =
        |profile: &Profile| (profile.limit, shares(population, profile.limit.get(), None, |product| product.log_sd));
    swept.iter().step_by(step).map(at).collect()
}

fn forecasted(
    population: &Population,
    plan: &Plan,
    wanted: &ForecastPlan,
    found: &mut Diagnostics,
) -> Option<ForecastReport> {
    let known = history(population, plan, wanted);
    let report = forecast(&known, wanted);
    if report.is_none() {
        found.push(Diagnostic::new(&catalogue::T302).with("years", known.len()).with("needed", LEARN + 1));
    }
    report
}

/// The path, a ratchet over the forecast's medians where there are some and over the population's quantile otherwise.
fn drawn(
    population: &Population,
    wanted: &Trajectory,
    forecast: Option<&ForecastReport>,
    found: &mut Diagnostics,
) -> Option<Path> {
    let share = wanted.ratchet.as_ref().map_or(0.5, |ratchet| ratchet.quantile.get());
    let now = quantile(population, share);
    let of_year = |year: i32| {
        let forecasts = forecast.filter(|report| report.quantile.get() == share).map(|report| &report.forecasts);
        let known = forecasts.and_then(|forecasts| forecasts.iter().rfind(|forecast| forecast.year <= year));
        known.map_or(now, |forecast| forecast.median.get())
    };
    match Path::of(wanted, of_year) {
        Ok(path) => Some(path),
        Err(error) => {
            let cause = match error {
                PathError::NoDate(text) => (format!("\"{text}\" is no date"), format!("“{text}”不是日期")),
                PathError::Twice(day) => (format!("two values from {day} on"), format!("{day} 起有两个取值")),
                PathError::NotOne => (
                    "give steps, a decline or a ratchet, one of them".to_string(),
                    "须在 steps、decline、ratchet 中给出且仅给出一种".to_string(),
                ),
                PathError::Range(field) => (format!("{field} is outside its range"), format!("{field} 超出范围")),
            };
            found.push(Diagnostic::new(&catalogue::T303).with_words("cause", cause));
            None
        }
    }
}

fn pass_rates(population: &Population, path: &Path, forecast: Option<&ForecastReport>) -> Vec<PathPass> {
    let n = population.products.len() as f64;
    let share = |limit: f64| population.passing(limit) as f64 / n;
    path.years
        .iter()
        .map(|year| {
            let limit = year.limit.get();
            let moved = forecast.and_then(|report| {
                let now = quantile(population, report.quantile.get());
                let coming = report.forecasts.iter().find(|forecast| forecast.year == year.year)?;
                // A population that moves as its quantile does passes at T as today's does at T ÷ the change.
                let at = |value: Figure| Figure(share(limit * now / value.get()));
                Some([at(coming.median), at(coming.low), at(coming.high)])
            });
            PathPass {
                year: year.year,
                limit: year.limit,
                today: Figure(share(limit)),
                forecast: moved.unwrap_or([Figure(f64::NAN); 3]),
            }
        })
        .collect()
}

/// Steps of the histogram.
const STEPS: u32 = 40;

fn histogram(population: &Population) -> Vec<(Figure, Figure, u32)> {
    let (Some(first), Some(last)) = (population.products.first(), population.products.last()) else {
        return Vec::new();
    };
    let (low, high) = (first.footprint, last.footprint);
    let steps = if low == high { 1 } else { STEPS };
    let edge = |step: u32| if step == steps { high } else { low + (high - low) * f64::from(step) / f64::from(steps) };
    let mut before = 0;
    (1..=steps)
        .map(|step| {
            let upto = population.passing(edge(step));
            let count = upto - before;
            before = upto;
            (Figure(edge(step - 1)), Figure(edge(step)), count as u32)
        })
        .collect()
}

fn summary(population: &Population) -> PopulationSummary {
    let head = &population.head;
    let alike = independent(population);
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
        intraclass_correlation: Figure(alike.map_or(f64::NAN, |(_, correlation)| correlation)),
        independent_products: Figure(alike.map_or(f64::NAN, |(count, _)| count)),
        synthetic: population.synthetic.clone(),
        histogram: histogram(population),
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
fn check(population: &Population, plan: &Plan, found: &mut Diagnostics) {
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
    for share in plan.declared_by_size.values().filter(|share| share.get() <= 0.0 || share.get() > 1.0) {
        refuse("declared_by_size", share.get().to_string(), ("above 0, at most 1", "须大于 0 且不超过 1"));
    }
    for name in plan.declared_by_size.keys().filter(|name| Size::read(name).is_none()) {
        let known = ("large, medium, small, micro or sme", "large、medium、small、micro 或 sme");
        refuse("declared_by_size", name.clone(), known);
    }
    if !super::stale::bounds_are_sound(plan) {
        refuse("stale", "low, high".into(), ("0 ≤ low < high ≤ 1", "0 ≤ low < high ≤ 1"));
    }
    if let Some(samples) = plan.samples.filter(|samples| !(1..=MOST_SAMPLES).contains(samples)) {
        refuse("samples", samples.to_string(), ("from 1 to 10,000,000", "须在 1 至 10000000 之间"));
    }
    if population.synthetic_refused {
        let range = (
            "two or more rising percentiles with shares inside 0 to 1, at most 5,000,000 products",
            "至少两个递增的百分位，份额在 0 与 1 之间，产品不超过 5000000 个",
        );
        refuse("synthetic", "percentiles".into(), range);
    }
    if let Some(scoring) = &plan.scoring
        && points(scoring, 1.0).is_none()
    {
        let range = (
            "two or more points of different footprints; prices and weight above 0",
            "至少两个碳足迹不同的点；价格和权重须大于 0",
        );
        refuse("scoring", "curve".into(), range);
    }
    for alternative in &plan.alternatives {
        let negative = |value: Option<Finite>| value.is_some_and(|value| value.get() < 0.0);
        if negative(alternative.use_factor) || negative(alternative.lifetime) {
            refuse("alternatives", alternative.name.clone(), ("not below 0", "不得为负"));
        }
    }
    for name in plan.require.iter().filter(|name| !super::is_field(name)) {
        let known = "footprint, maker, weight, lifetime, use_country, boundary, gwp, size, region, class, rsd, price, date, use_share";
        refuse("require", name.clone(), (known, known));
    }
}
