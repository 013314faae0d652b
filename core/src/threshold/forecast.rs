//! Where a quantile of the population will be: four plain models on its logarithm, held against each other by forecasting
//! years that are already known (docs/threshold.md, 11).

use super::figure::Figure;
use super::plan::{ForecastPlan, Observed, Plan};
use super::population::Population;
use super::probability::normal_quantile;
use super::sensitivity::median;
use crate::math::Finite;
use crate::math::functions::{exp, log};
use serde::Serialize;
use std::collections::BTreeMap;

/// Years that a model must have seen before its first forecast counts.
pub(super) const LEARN: usize = 3;
/// Products of a year, where the plan does not say.
const PRODUCTS: u32 = 5;
/// Share that the interval of a forecast holds.
const HELD: f64 = 0.80;
/// Years ahead at most.
const AHEAD: u32 = 50;

/// A model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// The last value stays.
    Naive,
    /// The mean yearly change goes on.
    Drift,
    /// The median of all slopes goes on (H. Theil 1950, P. K. Sen 1968).
    TheilSen,
    /// A level that follows the values as far as they are not noise (A. C. Harvey 1989, ch. 2).
    LocalLevel,
}

const MODELS: [Model; 4] = [Model::Naive, Model::Drift, Model::TheilSen, Model::LocalLevel];

/// What the history says of the years to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastReport {
    /// Which quantile of the population.
    pub quantile: Figure,
    /// What is known of every year.
    pub history: Vec<(i32, Figure)>,
    /// How the models did on years that are known.
    pub back_test: Vec<Scored>,
    /// Forecasts of the years to come, of the chosen model.
    pub forecasts: Vec<Forecast>,
    /// The chosen model: the best one if it beats the naive one, else the naive one.
    pub model: Model,
    /// Whether a model beats the naive one.
    pub beats_naive: bool,
}

/// A model on years that are known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// The model.
    pub model: Model,
    /// Forecasts that were held against a known year.
    pub forecasts: u32,
    /// Mean pinball loss of its 10 %, 50 % and 90 % quantiles, in the unit of the footprints.
    pub pinball: Figure,
    /// The same ÷ that of the naive model.
    pub against_naive: Figure,
    /// Share of the known values inside the interval that should hold 80 %.
    pub coverage: Figure,
}

/// A forecast of one year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// The year.
    pub year: i32,
    /// Its 10 % quantile.
    pub low: Figure,
    /// Its median.
    pub median: Figure,
    /// Its 90 % quantile.
    pub high: Figure,
}

/// The quantile of every year: the plan's history, else the products by the year of their date.
pub fn history(population: &Population, plan: &Plan, wanted: &ForecastPlan) -> Vec<(i32, f64)> {
    let fewest = wanted.min_products.unwrap_or(PRODUCTS).max(1);
    if !plan.history.is_empty() {
        let enough = |one: &&Observed| one.products.is_none_or(|products| products >= fewest) && one.value.get() > 0.0;
        let known: BTreeMap<i32, f64> =
            plan.history.iter().filter(enough).map(|one| (one.year, one.value.get())).collect();
        return known.into_iter().collect();
    }
    // Products stand by footprint, so each year's do too.
    let mut years: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    for product in &population.products {
        if let Some(year) = product.year {
            years.entry(year).or_default().push(product.footprint);
        }
    }
    let share = wanted.quantile.get();
    years
        .into_iter()
        .filter(|(_, values)| values.len() as u32 >= fewest)
        .map(|(year, values)| {
            let rank = ((values.len() as f64 * share - 1e-9).ceil().max(1.0) as usize).min(values.len());
            (year, values[rank - 1])
        })
        .collect()
}

/// Mean and standard deviation of the logarithm `ahead` years after the last.
fn predict(model: Model, known: &[(f64, f64)], ahead: f64) -> (f64, f64) {
    let n = known.len();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return (f64::NAN, f64::NAN) };
    // Changes per year, so that a missing year is not a leap.
    let changes: Vec<f64> =
        known.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0).sqrt()).collect();
    let rms = |values: &[f64], lost: usize| {
        let free = values.len().saturating_sub(lost).max(1) as f64;
        (values.iter().map(|value| value * value).sum::<f64>() / free).sqrt()
    };
    match model {
        Model::Naive => (last.1, rms(&changes, 0) * ahead.sqrt()),
        Model::Drift => {
            let span = last.0 - first.0;
            let slope = if span > 0.0 { (last.1 - first.1) / span } else { 0.0 };
            let rest: Vec<f64> = known
                .windows(2)
                .map(|pair| {
                    let years = pair[1].0 - pair[0].0;
                    (pair[1].1 - pair[0].1 - slope * years) / years.sqrt()
                })
                .collect();
            let widening = if span > 0.0 { 1.0 + ahead / span } else { 1.0 };
            (last.1 + slope * ahead, rms(&rest, 1) * (ahead * widening).sqrt())
        }
        Model::TheilSen => {
            let mut slopes = Vec::new();
            for (at, one) in known.iter().enumerate() {
                slopes.extend(known[at + 1..].iter().map(|other| (other.1 - one.1) / (other.0 - one.0)));
            }
            slopes.sort_by(f64::total_cmp);
            let slope = if slopes.is_empty() { 0.0 } else { median(&slopes) };
            let mut levels: Vec<f64> = known.iter().map(|point| point.1 - slope * point.0).collect();
            levels.sort_by(f64::total_cmp);
            let level = median(&levels);
            let rest: Vec<f64> = known.iter().map(|point| point.1 - level - slope * point.0).collect();
            let middle = known.iter().map(|point| point.0).sum::<f64>() / n as f64;
            let squares: f64 = known.iter().map(|point| (point.0 - middle) * (point.0 - middle)).sum();
            let at = last.0 + ahead;
            let lever = if squares > 0.0 { (at - middle) * (at - middle) / squares } else { 0.0 };
            (level + slope * at, rms(&rest, 2) * (1.0 + 1.0 / n as f64 + lever).sqrt())
        }
        Model::LocalLevel => local_level(known, ahead),
    }
}

/// The Kalman filter of a level that walks and is seen with noise; the ratio of the two variances is the likeliest of a fixed
/// grid, the scale follows from the one-step errors.
fn local_level(known: &[(f64, f64)], ahead: f64) -> (f64, f64) {
    const RATIOS: [f64; 12] = [0.0, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0];
    let mut best: Option<(f64, f64, f64)> = None;
    for ratio in RATIOS {
        let (mut level, mut variance) = (known[0].1, 1.0);
        let (mut squares, mut logs) = (0.0, 0.0);
        for pair in known.windows(2) {
            let before = variance + ratio * (pair[1].0 - pair[0].0);
            let error = pair[1].1 - level;
            let total = before + 1.0;
            squares += error * error / total;
            logs += log(total);
            let gain = before / total;
            level += gain * error;
            variance = before * (1.0 - gain);
        }
        let n = (known.len() - 1).max(1) as f64;
        let scale = squares / n;
        let likelihood = -0.5 * (n * log(scale.max(1e-300)) + logs);
        if best.is_none_or(|(known, _, _)| likelihood > known) {
            best = Some((likelihood, level, (scale * (variance + ratio * ahead + 1.0)).sqrt()));
        }
    }
    best.map_or((f64::NAN, f64::NAN), |(_, level, spread)| (level, spread))
}

/// Forecasts with a back-test; `None` for fewer years than a model must see and one to hold it against.
pub fn forecast(history: &[(i32, f64)], wanted: &ForecastPlan) -> Option<ForecastReport> {
    if history.len() < LEARN + 1 {
        return None;
    }
    let known: Vec<(f64, f64)> = history.iter().map(|(year, value)| (f64::from(*year), log(*value))).collect();
    let back_test: Vec<(Model, u32, f64, f64)> =
        MODELS.iter().map(|&model| back_test(model, &known, wanted.years)).collect();
    let naive = back_test[0].2;
    let best = back_test.iter().skip(1).min_by(|a, b| a.2.total_cmp(&b.2))?;
    let beats = best.2 < naive;
    let model = if beats { best.0 } else { Model::Naive };
    let last = history.last()?.0;
    let z = normal_quantile(0.5 + 0.5 * HELD)?;
    let forecasts = (1..=wanted.years.clamp(1, AHEAD))
        .map(|ahead| {
            let (mean, spread) = predict(model, &known, f64::from(ahead));
            Forecast {
                year: last + ahead as i32,
                low: Figure(exp(mean - z * spread)),
                median: Figure(exp(mean)),
                high: Figure(exp(mean + z * spread)),
            }
        })
        .collect();
    Some(ForecastReport {
        quantile: Figure(Finite::get(wanted.quantile)),
        history: history.iter().map(|(year, value)| (*year, Figure(*value))).collect(),
        back_test: back_test
            .into_iter()
            .map(|(model, forecasts, pinball, coverage)| Scored {
                model,
                forecasts,
                pinball: Figure(pinball),
                against_naive: Figure::ratio(pinball, naive),
                coverage: Figure(coverage),
            })
            .collect(),
        forecasts,
        model,
        beats_naive: beats,
    })
}

/// Rolling origin: a model sees the years up to an origin and forecasts those after it, as far as is asked.
fn back_test(model: Model, known: &[(f64, f64)], years: u32) -> (Model, u32, f64, f64) {
    let z = normal_quantile(0.5 + 0.5 * HELD).unwrap_or(f64::NAN);
    let (mut count, mut loss, mut inside) = (0u32, 0.0, 0u32);
    for origin in LEARN..known.len() {
        let (seen, coming) = known.split_at(origin);
        let now = seen[seen.len() - 1].0;
        for (year, truly) in coming {
            let ahead = year - now;
            if ahead > f64::from(years.max(1)) {
                break;
            }
            let (mean, spread) = predict(model, seen, ahead);
            let value = exp(*truly);
            for (share, quantile) in [(0.1, mean - z * spread), (0.5, mean), (0.9, mean + z * spread)] {
                let gap = value - exp(quantile);
                loss += if gap >= 0.0 { share * gap } else { (share - 1.0) * gap };
            }
            count += 1;
            inside += u32::from((truly - mean).abs() <= z * spread);
        }
    }
    let of = f64::from(count);
    (model, count, loss / (3.0 * of), f64::from(inside) / of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> ForecastPlan {
        ForecastPlan { quantile: Finite::new(0.4).unwrap(), years: 2, min_products: None }
    }

    #[test]
    fn a_steady_decline_is_seen_and_chance_is_not() {
        let falling: Vec<(i32, f64)> = (0..10).map(|at| (2015 + at, 500.0 * exp(-0.05 * f64::from(at)))).collect();
        let report = forecast(&falling, &wanted()).unwrap();
        assert!(report.beats_naive && report.model != Model::Naive, "{report:?}");
        assert!((report.forecasts[0].median.get() - 500.0 * exp(-0.5)).abs() < 1e-6);
        // Up and down: the last change says nothing of the next one.
        let level = [400.0, 400.0, 400.0, 400.0, 400.0, 400.0, 400.0, 400.0];
        let level: Vec<(i32, f64)> = level.iter().enumerate().map(|(at, value)| (2015 + at as i32, *value)).collect();
        let report = forecast(&level, &wanted()).unwrap();
        assert!(!report.beats_naive && report.model == Model::Naive, "{report:?}");
        assert!(forecast(&level[..3], &wanted()).is_none());
    }
}
