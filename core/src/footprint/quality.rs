//! Data quality and primary data share, weighted by the absolute contribution (PACT 3 How-to Guide p. 61–69).

use super::usage::Use;
use crate::product::Activities;
use serde::Serialize;

/// Weighted scores, 1 best to 5 worst.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quality {
    /// The scheme.
    pub scheme: &'static str,
    /// Technology.
    pub technology: Option<String>,
    /// Geography.
    pub geography: Option<String>,
    /// Time.
    pub time: Option<String>,
    /// Share of primary data, percent.
    pub primary_data_share: Option<String>,
    /// Share of declared proxies, percent.
    pub proxy_share: Option<String>,
}

impl Quality {
    /// Weighs what counts.
    pub fn new(activities: &Activities, uses: &[Use]) -> Self {
        let parts: Vec<Part> = activities
            .recipes
            .iter()
            .zip(uses)
            .filter(|(_, usage)| usage.weight > 0)
            .map(|(recipe, usage)| Part {
                weight: usage.weight as f64,
                scores: recipe.scores.map(f64::from),
                primary: recipe.primary,
                proxy: f64::from(u8::from(recipe.proxy)),
            })
            .collect();
        Self::of(&parts)
    }

    /// The weighted means of parts.
    pub fn of(parts: &[Part]) -> Self {
        let whole = parts.iter().map(|part| part.weight.abs()).sum::<f64>();
        if whole == 0.0 {
            return Self { scheme: "PACT 3", ..Self::default() };
        }
        let mean = |value: &dyn Fn(&Part) -> f64| {
            let mut sum = crate::math::Sum::default();
            for part in parts {
                sum.add(part.weight.abs() * value(part));
            }
            sum.value() / whole
        };
        let score = |index: usize| Some(format!("{:.2}", mean(&|part| part.scores[index])));
        Self {
            scheme: "PACT 3",
            technology: score(0),
            geography: score(1),
            time: score(2),
            primary_data_share: Some(format!("{:.1}", mean(&|part| part.primary) * 100.0)),
            proxy_share: Some(format!("{:.1}", mean(&|part| part.proxy) * 100.0)),
        }
    }
}

/// One contribution with its scores.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// kg CO2e or any measure of it; its absolute value weighs.
    pub weight: f64,
    /// Technology, geography, time.
    pub scores: [f64; 3],
    /// Share of primary data, 0 to 1.
    pub primary: f64,
    /// Share of proxies, 0 to 1.
    pub proxy: f64,
}
