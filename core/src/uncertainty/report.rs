//! The uncertainty of a result as a document: what `--samples` adds to it, the same in records.

use super::analytic::Analytic;
use super::decision::Limit;
use super::model::Model;
use super::monte_carlo::Sampler;
use super::sensitivity::{Sensitivities, by_weight, sensitivities};
use super::summary::{Estimate, Histogram, Quantile, SHOWN, Six, Sorted, Step, convergence, spread};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::footprint::Footprint;
use crate::product::{SampleOptions, Sampling};
use serde::Serialize;

/// The least number of samples that says anything of a tail.
const FEWEST: u32 = 100;

/// What is known of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was sampled.
    Sampled,
    /// Nothing states an uncertainty: the range is unknown, and so is every probability.
    NotStated,
    /// Something that is stated is no distribution: the range is unknown.
    Faulty,
}

/// The uncertainty of a result.
#[derive(Clone, Debug, Serialize)]
pub struct Uncertainty {
    /// What is known.
    pub status: Standing,
    /// How many samples were asked for.
    pub samples: u32,
    /// With which seed.
    pub seed: u32,
    /// How they were spread.
    pub sampling: Sampling,
    /// The range, where it was sampled.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// The totals of all samples, in order: what a comparison needs. Not part of the document.
    #[serde(skip)]
    pub totals: Vec<f64>,
}

/// The range.
#[derive(Clone, Debug, Serialize)]
pub struct Range {
    /// Samples that gave no finite total. They are in no figure.
    pub failed: u32,
    /// Share of the total, by magnitude, that depends on anything with a stated uncertainty, percent. The rest is taken
    /// as exact, so the range is at least as wide as it says.
    pub stated_share: Six,
    /// The tables of pedigree factors that spreads come from.
    pub pedigree: Vec<&'static str>,
    /// The mean, kg CO2e.
    pub mean: Estimate,
    /// The standard deviation.
    pub sd: Estimate,
    /// Quantiles.
    pub quantiles: Vec<Quantile>,
    /// The same without samples.
    pub analytic: Propagated,
    /// How the figures settled.
    pub convergence: Vec<Step>,
    /// How the samples lie.
    pub histogram: Histogram,
    /// What makes the range.
    pub sensitivity: Sensitivities,
    /// The footprint against a limit, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// Propagation without samples, beside the samples.
#[derive(Clone, Debug, Serialize)]
pub struct Propagated {
    /// The total at the stated amounts.
    pub first_order_mean: Six,
    /// √Σ (slope × deviation)² there.
    pub first_order_sd: Six,
    /// The total at the means.
    pub second_order_mean: Six,
    /// The spread at the means with what pairs add.
    pub second_order_sd: Six,
    /// Whether the second order is exact for this product.
    pub exact: bool,
    /// (mean of the samples − second order) ÷ its standard error: beyond ± 4 one of the two is wrong.
    pub mean_apart: Six,
    /// Likewise of the standard deviation.
    pub sd_apart: Six,
}

impl Uncertainty {
    /// Samples a footprint as its options ask; `None` where they do not.
    pub fn of(footprint: &Footprint, options: Option<SampleOptions>) -> Option<(Self, Diagnostics)> {
        let options = options?;
        let mut found = Diagnostics::default();
        let (seed, sampling) = (options.seed, options.sampling);
        let mut out = Self {
            status: Standing::NotStated,
            samples: options.count,
            seed,
            sampling,
            range: None,
            totals: Vec::new(),
        };
        if !(FEWEST..=SampleOptions::MOST).contains(&options.count) {
            out.status = Standing::Faulty;
            found.push(
                Diagnostic::new(&catalogue::M206)
                    .with("count", options.count)
                    .with("least", FEWEST)
                    .with("most", SampleOptions::MOST),
            );
            return Some((out, found));
        }
        match Model::of(footprint) {
            Ok(Some(model)) => out.sample(&model, footprint, options, &mut found),
            Ok(None) => found.push(Diagnostic::new(&catalogue::M201)),
            Err(faults) => {
                out.status = Standing::Faulty;
                found.extend(faults);
            }
        }
        Some((out, found))
    }

    fn sample(&mut self, model: &Model, footprint: &Footprint, options: SampleOptions, found: &mut Diagnostics) {
        let analytic = model.analytic();
        let order = by_weight(&analytic);
        let sampler = Sampler::new(model, options, &order);
        self.totals = sampler.totals();
        let finite: Vec<f64> = self.totals.iter().copied().filter(|total| total.is_finite()).collect();
        let failed = (self.totals.len() - finite.len()) as u32;
        if failed > 0 {
            let first = self.totals.iter().position(|total| !total.is_finite()).unwrap_or(0);
            found.push(
                Diagnostic::new(&catalogue::M203)
                    .with("failed", failed)
                    .with("samples", options.count)
                    .with("first", first)
                    .with("names", sampler.not_finite(first).join(", ")),
            );
        }
        if finite.len() < FEWEST as usize {
            self.status = Standing::Faulty;
            return;
        }
        self.status = Standing::Sampled;
        if model.stated < 1.0 - 1e-9 {
            let share = crate::math::significant(100.0 * (1.0 - model.stated), 3);
            found.push(Diagnostic::new(&catalogue::M202).with("share", format!("{share} %")));
        }
        let sorted = Sorted::new(finite.clone());
        let (mean, sd) = spread(&finite);
        let propagated = propagated(&analytic, mean, sd);
        if analytic.exact && options.sampling == Sampling::Random && propagated.mean_apart.0.abs() > 6.0 {
            found.push(
                Diagnostic::new(&catalogue::M204)
                    .with("sampled", crate::math::significant(mean.value.0, 4))
                    .with("computed", crate::math::significant(analytic.mean, 4)),
            );
        }
        let complete = footprint.coverage.is_complete();
        let total = footprint.total().to_f64();
        let limit = options.limit.map(|limit| Limit::new(limit.get(), total, &sorted, complete));
        if let Some(limit) = limit.as_ref().filter(|limit| limit.accepted != Some(true)) {
            let shown = limit.probability.map_or("–".to_string(), |p| crate::math::significant(100.0 * p.value.0, 3));
            found.push(
                Diagnostic::new(&catalogue::M207)
                    .with("limit", crate::math::significant(limit.limit.0, 4))
                    .with("probability", format!("{shown} %")),
            );
        }
        let mut pedigree: Vec<&str> =
            model.parameters.iter().filter_map(|parameter| parameter.pedigree).map(|table| table.id()).collect();
        pedigree.sort_unstable();
        pedigree.dedup();
        // Shares of the variance need every sample's total; where some failed the ranks would not fit.
        let whole = if failed == 0 { &self.totals[..] } else { &[] };
        self.range = Some(Range {
            failed,
            stated_share: Six(100.0 * model.stated),
            pedigree,
            mean,
            sd,
            quantiles: SHOWN.iter().map(|p| sorted.with_error(*p)).collect(),
            analytic: propagated,
            convergence: convergence(&finite),
            histogram: sorted.histogram(),
            sensitivity: sensitivities(model, &analytic, &sampler, whole, &order),
            limit,
        });
    }

    /// The value that a share of the samples does not exceed, of those that are shown.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let range = self.range.as_ref()?;
        range.quantiles.iter().find(|quantile| quantile.p.0 == p).map(|quantile| quantile.value.0)
    }
}

fn propagated(analytic: &Analytic, mean: Estimate, sd: Estimate) -> Propagated {
    let apart = |estimate: Estimate, computed: f64| {
        let gap = estimate.value.0 - computed;
        Six(if estimate.standard_error.0 > 0.0 { gap / estimate.standard_error.0 } else { 0.0 })
    };
    Propagated {
        first_order_mean: Six(analytic.first_mean),
        first_order_sd: Six(analytic.first_sd),
        second_order_mean: Six(analytic.mean),
        second_order_sd: Six(analytic.sd),
        exact: analytic.exact,
        mean_apart: apart(mean, analytic.mean),
        sd_apart: apart(sd, analytic.sd),
    }
}
