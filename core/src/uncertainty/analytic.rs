//! Mean and spread without samples: the first order at the stated amounts, and the second order at the means, which a
//! product of independent factors follows exactly (A. Ang, W. Tang, Probability Concepts in Engineering, §4.3; for
//! lognormals the mean is median × exp(σ²/2) and the variance mean² × (exp(σ²) − 1)).

use super::model::Model;
use crate::math::Sum;
use std::collections::BTreeMap;

/// Moments of the total by propagation.
#[derive(Clone, Debug)]
pub struct Analytic {
    /// First order: the total at the stated amounts.
    pub first_mean: f64,
    /// First order: √Σ (slope × deviation)², the deviation of a lognormal being that of its logarithm.
    pub first_sd: f64,
    /// Second order: the total at the means.
    pub mean: f64,
    /// Second order: the spread at the means, with what pairs of parameters add together.
    pub sd: f64,
    /// Per parameter: slope × standard deviation at the means. Its square is the variance that it brings alone.
    pub alone: Vec<f64>,
    /// Whether the second order is exact: all draws independent, no term with more than two of them or one of them twice.
    pub exact: bool,
}

impl Model {
    /// The slope of the polynomial in every column, at given relative values.
    fn slopes(&self, at: &[f64]) -> Vec<f64> {
        let mut slopes = vec![Sum::default(); self.columns.len()];
        for (term, value) in self.values.iter().enumerate() {
            let columns = self.term(term);
            for position in 0..columns.len() {
                let others = columns.iter().enumerate().filter(|(other, _)| *other != position);
                let product = others.fold(*value, |product, (_, column)| product * at[*column as usize]);
                slopes[columns[position] as usize].add(product);
            }
        }
        slopes.into_iter().map(Sum::value).collect()
    }

    /// The polynomial at given relative values.
    pub fn at(&self, at: &[f64]) -> f64 {
        let mut sum = Sum::default();
        sum.add(self.constant);
        for (term, value) in self.values.iter().enumerate() {
            sum.add(self.term(term).iter().fold(*value, |product, column| product * at[*column as usize]));
        }
        sum.value()
    }

    /// Slope × deviation by parameter. Columns of one draw move together.
    fn by_parameter(&self, slopes: &[f64], deviation: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.parameters.len()];
        for ((column, slope), deviation) in self.columns.iter().zip(slopes).zip(deviation) {
            sums[column.parameter as usize] += slope * deviation;
        }
        sums
    }

    /// Σ dₚ², with 2 √(r s) dₚ d_q for two of one group.
    fn variance_of(&self, by_parameter: &[f64]) -> f64 {
        let mut sum = Sum::default();
        let mut groups: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
        for (parameter, d) in self.parameters.iter().zip(by_parameter) {
            sum.add(d * d);
            if let Some((group, correlation)) = parameter.group {
                let entry = groups.entry(group.0).or_default();
                entry.0 += correlation.sqrt() * d;
                entry.1 += correlation * d * d;
            }
        }
        for (together, own) in groups.into_values() {
            sum.add(together * together - own);
        }
        sum.value()
    }

    /// The moments by propagation.
    pub fn analytic(&self) -> Analytic {
        let stated = vec![1.0; self.columns.len()];
        let means: Vec<f64> = self.columns.iter().map(|column| column.shape.mean() * column.per).collect();
        let sds: Vec<f64> =
            self.columns.iter().map(|column| column.shape.variance().sqrt() * column.per.abs()).collect();
        let log_sds: Vec<f64> = self
            .columns
            .iter()
            .zip(&sds)
            .map(|(column, sd)| column.shape.as_lognormal().map_or(*sd, |(_, sigma)| sigma))
            .collect();
        let first = self.variance_of(&self.by_parameter(&self.slopes(&stated), &log_sds));
        let alone = self.by_parameter(&self.slopes(&means), &sds);
        let mut second = Sum::default();
        second.add(self.variance_of(&alone));
        let mut pairs: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        let mut exact = self.parameters.iter().all(|parameter| parameter.group.is_none())
            && self.columns.len() == self.parameters.len();
        for (term, value) in self.values.iter().enumerate() {
            let columns = self.term(term);
            exact &= columns.len() <= 2 && !(columns.len() == 2 && columns[0] == columns[1]);
            for (at, a) in columns.iter().enumerate() {
                for (beside, b) in columns.iter().enumerate().skip(at + 1) {
                    let others = columns.iter().enumerate().filter(|(other, _)| *other != at && *other != beside);
                    let product = others.fold(*value, |product, (_, column)| product * means[*column as usize]);
                    *pairs.entry((*a, *b)).or_default() += product;
                }
            }
        }
        for ((a, b), slope) in pairs {
            if self.columns[a as usize].parameter != self.columns[b as usize].parameter {
                let together = slope * sds[a as usize] * sds[b as usize];
                second.add(together * together);
            }
        }
        Analytic {
            first_mean: self.nominal(),
            first_sd: first.max(0.0).sqrt(),
            mean: self.at(&means),
            sd: second.value().max(0.0).sqrt(),
            alone,
            exact,
        }
    }
}
