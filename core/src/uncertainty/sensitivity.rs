//! Which of the uncertain amounts make the range: shares of the variance, Sobol' indices, Borgonovo's δ, one at a time.

use super::analytic::Analytic;
use super::model::{Model, Subject};
use super::monte_carlo::Sampler;
use super::summary::Six;
use crate::diagnostic::Place;
use serde::Serialize;

/// How many parameters are shown: those that bring most of the variance.
const SHOWN: usize = 20;
/// For how many of them δ is computed: each needs all its draws in order.
const WITH_DELTA: usize = 10;
/// Samples over which the slopes of total indices are averaged.
const SLOPES: usize = 4096;

/// One uncertain amount and its part in the range.
#[derive(Clone, Debug, Serialize)]
pub struct Sensitivity {
    /// What it is: `quantity`, `energy`, `factor`, `supplier`, `shared`.
    pub subject: &'static str,
    /// Its name in English.
    pub name_en: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Where it is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The form of its distribution.
    pub form: &'static str,
    /// Its share of the variance that the parameters bring each alone, percent.
    pub share_of_variance: Six,
    /// Sobol' index of first order: the share of the variance that goes when it is known. `null` where its draw is
    /// correlated with others, shared by several distributions, or multiplied with itself.
    pub first_order: Option<Six>,
    /// Total Sobol' index: the share that stays when all others are known.
    pub total_order: Option<Six>,
    /// Borgonovo's δ: half the mean distance between the total's distribution and that with it known. Compare `noise`.
    pub delta: Option<Six>,
    /// The total where only it is at its 5 % quantile, kg CO2e.
    pub low: Six,
    /// The total where only it is at its 95 % quantile.
    pub high: Six,
}

/// All of it.
#[derive(Clone, Debug, Serialize)]
pub struct Sensitivities {
    /// The parameters, the heaviest first.
    pub parameters: Vec<Sensitivity>,
    /// How many more there are.
    pub others: u32,
    /// What δ would be of a parameter that does not matter: below about twice this it says nothing.
    pub noise: Option<Six>,
}

/// The parameters by what they bring alone, the heaviest first; equal ones in their own order.
pub fn by_weight(analytic: &Analytic) -> Vec<u32> {
    let mut order: Vec<u32> = (0..analytic.alone.len() as u32).collect();
    order.sort_by(|a, b| {
        let weight = |at: &u32| analytic.alone[*at as usize].abs();
        weight(b).total_cmp(&weight(a)).then(a.cmp(b))
    });
    order
}

/// Takes the range apart. `totals` are the samples in their own order, all finite.
pub fn sensitivities(
    model: &Model,
    analytic: &Analytic,
    sampler: &Sampler,
    totals: &[f64],
    order: &[u32],
) -> Sensitivities {
    let brought: f64 = analytic.alone.iter().map(|d| d * d).sum();
    let sampled = super::summary::moments(totals).1;
    let variance = if analytic.exact { analytic.sd * analytic.sd } else { sampled * sampled };
    let slopes = sampler.square_slopes(SLOPES);
    let bins = Bins::new(totals);
    let parameters: Vec<Sensitivity> = order
        .iter()
        .take(SHOWN)
        .enumerate()
        .map(|(rank, &at)| {
            let parameter = &model.parameters[at as usize];
            let columns: Vec<u32> =
                (0..model.columns.len() as u32).filter(|c| model.columns[*c as usize].parameter == at).collect();
            let alone = analytic.alone[at as usize] * analytic.alone[at as usize];
            let single = match columns[..] {
                [column] if parameter.group.is_none() && !model.repeats(column) && variance > 0.0 => Some(column),
                _ => None,
            };
            let total = |column: u32| {
                let column = &model.columns[column as usize];
                column.shape.variance() * column.per * column.per * slopes[at as usize] / variance
            };
            let held = |p: f64| {
                let mut values = vec![1.0; model.columns.len()];
                for column in &columns {
                    let one = &model.columns[*column as usize];
                    values[*column as usize] = one.shape.quantile(p) * one.per;
                }
                model.at(&values)
            };
            let (a, b) = (held(0.05), held(0.95));
            let delta = (rank < WITH_DELTA).then(|| bins.delta(&sampler.uniform(at as usize))).flatten();
            Sensitivity {
                subject: parameter.subject.id(),
                name_en: parameter.name_en.clone(),
                name_zh: parameter.name_zh.clone(),
                place: parameter.place.clone(),
                form: columns.first().map_or("certain", |column| model.columns[*column as usize].shape.form()),
                share_of_variance: Six(if brought > 0.0 { 100.0 * alone / brought } else { 0.0 }),
                first_order: single.map(|_| Six(alone / variance)),
                total_order: single.map(|column| Six(total(column))),
                delta: delta.map(Six),
                low: Six(if a <= b { a } else { b }),
                high: Six(if a <= b { b } else { a }),
            }
        })
        .collect();
    let others = order.len().saturating_sub(parameters.len()) as u32;
    Sensitivities { parameters, others, noise: bins.delta(&sampler.of_no_parameter()).map(Six) }
}

impl Subject {
    /// What it is, in English and Chinese.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Quantity => ("quantity", "用量"),
            Self::Energy => ("energy", "能源"),
            Self::Factor => ("factor", "因子"),
            Self::Supplier => ("supplier", "供应商"),
            Self::Shared => ("shared", "共用"),
        }
    }
}

/// The samples' totals in classes of equal number, for δ from the samples at hand (E. Plischke, E. Borgonovo, C. Smith,
/// "Global sensitivity measures from given data", EJOR 226 (2013) 536–550).
struct Bins {
    of_sample: Vec<u8>,
}

/// Classes of the total and of the parameter.
const CLASSES: usize = 20;

impl Bins {
    fn new(totals: &[f64]) -> Self {
        let mut of_sample = vec![0; totals.len()];
        for (place, at) in ranked(totals).into_iter().enumerate() {
            of_sample[at as usize] = (place * CLASSES / totals.len()) as u8;
        }
        Self { of_sample }
    }

    /// ½ × the mean over classes of the parameter of Σ |share given the class − share|.
    fn delta(&self, draws: &[f64]) -> Option<f64> {
        // With fewer the classes are too small to say anything.
        if self.of_sample.len() < 50 * CLASSES || draws.len() != self.of_sample.len() {
            return None;
        }
        let mut counts = [[0u32; CLASSES]; CLASSES];
        for (place, at) in ranked(draws).into_iter().enumerate() {
            counts[place * CLASSES / draws.len()][self.of_sample[at as usize] as usize] += 1;
        }
        let mut sum = 0.0;
        for row in counts {
            let size: u32 = row.iter().sum();
            let apart = |count: &u32| (f64::from(*count) / f64::from(size) - 1.0 / CLASSES as f64).abs();
            sum += f64::from(size) * row.iter().map(apart).sum::<f64>();
        }
        Some(0.5 * sum / draws.len() as f64)
    }
}

/// The positions of values in order of size; equal ones in their own order.
fn ranked(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]).then(a.cmp(b)));
    order
}
