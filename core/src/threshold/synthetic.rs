//! Populations fitted to published percentiles, where the products themselves are not published (docs/threshold.md, 12).

use super::document::PopulationProduct;
use super::figure::Figure;
use super::probability::normal_quantile;
use crate::math::Finite;
use crate::math::functions::{exp, log};
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use super::document::Text;

/// A population that is not given by its products: a lognormal distribution through two or more percentiles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Synthetic {
    /// Shares (0 to 1) and the values at them.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(Text, Text)>"))]
    pub percentiles: Vec<(Finite, Finite)>,
    /// How many products to make.
    pub products: u32,
    /// Published mean, to hold the fit against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Text>"))]
    pub published_mean: Option<Finite>,
}

/// A fitted lognormal distribution.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Its median.
    pub median: Figure,
    /// Standard deviation of the logarithm.
    pub log_sd: Figure,
    /// Its mean.
    pub mean: Figure,
    /// Mean ÷ published mean − 1, where one was given. A large gap says that the population is not one lognormal.
    pub against_published: Figure,
}

/// Fits a lognormal distribution: two percentiles exactly, more by least squares of their logarithms on normal quantiles.
/// `None` where they are not at least two different shares inside (0, 1) with values above zero that rise.
pub fn fit(wanted: &Synthetic) -> Option<Fit> {
    let mut points = Vec::new();
    for (share, value) in &wanted.percentiles {
        let z = normal_quantile(share.get())?;
        if value.get() <= 0.0 {
            return None;
        }
        points.push((z, log(value.get())));
    }
    let n = points.len() as f64;
    let (z, y) = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0 / n, sum.1 + point.1 / n));
    let (over, under) = points
        .iter()
        .fold((0.0, 0.0), |sum, point| (sum.0 + (point.0 - z) * (point.1 - y), sum.1 + (point.0 - z) * (point.0 - z)));
    if points.len() < 2 || under <= 0.0 || over < 0.0 {
        return None;
    }
    let spread = over / under;
    let middle = y - spread * z;
    let mean = exp(middle + 0.5 * spread * spread);
    let against = wanted.published_mean.map_or(f64::NAN, |published| mean / published.get() - 1.0);
    Some(Fit {
        median: Figure(exp(middle)),
        log_sd: Figure(spread),
        mean: Figure(mean),
        against_published: Figure(against),
    })
}

/// The products of a fitted distribution: its quantiles at (i − ½)/n, so no chance is in them.
pub fn synthetic(wanted: &Synthetic) -> Vec<PopulationProduct> {
    let Some(fit) = fit(wanted) else { return Vec::new() };
    let n = f64::from(wanted.products);
    (1..=wanted.products)
        .filter_map(|at| {
            let z = normal_quantile((f64::from(at) - 0.5) / n)?;
            let footprint = Finite::new(fit.median.get() * exp(fit.log_sd.get() * z)).ok()?;
            Some(PopulationProduct {
                name: format!("synthetic {at}"),
                footprint: Some(footprint),
                ..Default::default()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concrete_of_4000_psi() {
        let of = |value: f64| Finite::new(value).unwrap();
        let wanted = Synthetic {
            percentiles: vec![(of(0.2), of(284.0)), (of(0.4), of(326.0))],
            products: 999,
            published_mean: Some(of(352.0)),
        };
        let fit = fit(&wanted).unwrap();
        // σ = (ln p40 − ln p20)/0.5883; the mean lies within 5 % of the published one.
        assert!((fit.log_sd.get() - log(326.0 / 284.0) / 0.5883).abs() < 1e-4);
        assert!(fit.against_published.get().abs() < 0.05, "{fit:?}");
        let products = synthetic(&wanted);
        let below = products.iter().filter(|product| product.footprint.unwrap().get() <= 284.0).count();
        assert!((199..=200).contains(&below), "{below}");
        let falling = Synthetic { percentiles: vec![(of(0.2), of(326.0)), (of(0.4), of(284.0))], ..wanted };
        assert!(super::fit(&falling).is_none());
    }
}
