//! Samples of a footprint: the polynomial at the draws of every parameter, in blocks that are independent of each other.

use super::draw::Draws;
use super::model::Model;
use super::sampling::Spread;
use crate::math::each;
use crate::math::normal_probability;
use crate::product::SampleOptions;

/// Samples in a block: what one step of the generator gives, and small enough that all parameters stay near.
const BLOCK: usize = 64;

/// How a model is drawn.
#[derive(Debug)]
pub struct Sampler<'a> {
    model: &'a Model,
    draws: Draws,
    options: SampleOptions,
    spreads: Vec<Spread>,
    /// The draws of groups, by their own ids, and which each parameter takes with what weights.
    groups: Vec<Spread>,
    in_group: Vec<Option<(usize, f64, f64)>>,
}

impl<'a> Sampler<'a> {
    /// A sampler; `order` has the parameters by weight, the heaviest first.
    pub fn new(model: &'a Model, options: SampleOptions, order: &[u32]) -> Self {
        let draws = Draws::new(u64::from(options.seed));
        let mut rank = vec![usize::MAX; model.parameters.len()];
        for (at, parameter) in order.iter().enumerate() {
            rank[*parameter as usize] = at;
        }
        let spread =
            |(at, parameter): (usize, &super::model::Parameter)| Spread::new(&draws, parameter.id, rank[at], &options);
        let spreads = model.parameters.iter().enumerate().map(spread).collect();
        let mut ids = Vec::new();
        let in_group = model
            .parameters
            .iter()
            .map(|parameter| {
                let (id, correlation) = parameter.group?;
                let at = ids.iter().position(|known| *known == id).unwrap_or_else(|| {
                    ids.push(id);
                    ids.len() - 1
                });
                Some((at, correlation.sqrt(), (1.0 - correlation).sqrt()))
            })
            .collect();
        let groups = ids.into_iter().map(|id| Spread::new(&draws, id, usize::MAX, &options)).collect();
        Self { model, draws, options, spreads, groups, in_group }
    }

    /// How many samples there are.
    pub fn count(&self) -> usize {
        self.options.count as usize
    }

    /// The totals of all samples, in order. What is not finite is kept as it is: the caller counts it.
    pub fn totals(&self) -> Vec<f64> {
        let blocks = each(self.count().div_ceil(BLOCK), |block| {
            let values = self.columns(block);
            let count = self.length(block);
            let mut totals = [self.model.constant; BLOCK];
            for (term, value) in self.model.values.iter().enumerate() {
                let product = product(self.model.term(term), *value, &values, usize::MAX);
                for (total, product) in totals.iter_mut().zip(product) {
                    *total += product;
                }
            }
            totals[..count].to_vec()
        });
        blocks.concat()
    }

    /// For every parameter the mean square of the polynomial's slope in it, over the first `blocks` blocks: with its
    /// variance, the part of the total's variance that would be left if all others were known.
    pub fn square_slopes(&self, samples: usize) -> Vec<f64> {
        let blocks = samples.min(self.count()).div_ceil(BLOCK);
        let parts = each(blocks, |block| {
            let values = self.columns(block);
            let mut slopes = vec![[0.0; BLOCK]; self.model.parameters.len()];
            for (term, value) in self.model.values.iter().enumerate() {
                let columns = self.model.term(term);
                for (at, column) in columns.iter().enumerate() {
                    let parameter = self.model.columns[*column as usize].parameter as usize;
                    let product = product(columns, *value, &values, at);
                    for (slope, product) in slopes[parameter].iter_mut().zip(product) {
                        *slope += product;
                    }
                }
            }
            let count = self.length(block);
            slopes.iter().map(|slope| slope[..count].iter().map(|one| one * one).sum()).collect::<Vec<f64>>()
        });
        let seen: usize = (0..blocks).map(|block| self.length(block)).sum();
        let mut sums = vec![crate::math::Sum::default(); self.model.parameters.len()];
        for part in parts {
            part.into_iter().zip(&mut sums).for_each(|(square, sum)| sum.add(square));
        }
        sums.into_iter().map(|sum| sum.value() / seen.max(1) as f64).collect()
    }

    /// The uniform draws of one parameter for all samples.
    pub fn uniform(&self, parameter: usize) -> Vec<f64> {
        let mut out = vec![0.0; self.count()];
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            self.draw(parameter, (block * BLOCK) as u64, out);
        }
        out
    }

    /// The names of what is not finite, or largest, in a sample that failed.
    pub fn not_finite(&self, sample: usize) -> Vec<&str> {
        let values = self.columns(sample / BLOCK);
        let lane = sample % BLOCK;
        let name =
            |column: usize| self.model.parameters[self.model.columns[column].parameter as usize].name_en.as_str();
        let mut names: Vec<&str> =
            (0..values.len()).filter(|column| !values[*column][lane].is_finite()).map(name).collect();
        if names.is_empty() {
            let largest = (0..values.len()).max_by(|a, b| values[*a][lane].total_cmp(&values[*b][lane]));
            names.extend(largest.map(name));
        }
        names.truncate(5);
        names
    }

    /// Draws that nothing depends on, to see how large an index is by chance.
    pub fn of_no_parameter(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.count()];
        self.draws.samples(super::draw::ParameterId::of(&["no parameter"]), 0, &mut out);
        out
    }

    fn length(&self, block: usize) -> usize {
        BLOCK.min(self.count() - block * BLOCK)
    }

    /// The relative values of all columns in a block.
    fn columns(&self, block: usize) -> Vec<[f64; BLOCK]> {
        let first = (block * BLOCK) as u64;
        let mut drawn: Vec<[f64; BLOCK]> = vec![[0.5; BLOCK]; self.model.parameters.len()];
        let count = self.length(block);
        for (parameter, draws) in drawn.iter_mut().enumerate() {
            self.draw(parameter, first, &mut draws[..count]);
        }
        let mut values = Vec::with_capacity(self.model.columns.len());
        for column in &self.model.columns {
            let mut lanes = drawn[column.parameter as usize];
            column.shape.fill(self.draws.normal(), &mut lanes);
            lanes.iter_mut().for_each(|lane| *lane *= column.per);
            values.push(lanes);
        }
        values
    }

    /// Uniform draws of a parameter, with its group's where it has one.
    fn draw(&self, parameter: usize, first: u64, out: &mut [f64]) {
        self.spreads[parameter].fill(&self.draws, first, out);
        let Some((group, common, own)) = self.in_group[parameter] else { return };
        let mut shared = [0.0; BLOCK];
        let shared = &mut shared[..out.len()];
        self.groups[group].fill(&self.draws, first, shared);
        for (draw, shared) in out.iter_mut().zip(shared) {
            let z = common * self.draws.normal().quantile(*shared) + own * self.draws.normal().quantile(*draw);
            *draw = normal_probability(z);
        }
    }
}

/// The product of a term's columns and its value, in every sample, without the column at one position.
#[inline]
fn product(columns: &[u32], value: f64, values: &[[f64; BLOCK]], without: usize) -> [f64; BLOCK] {
    let mut product = [value; BLOCK];
    for (at, column) in columns.iter().enumerate() {
        if at != without {
            for (product, lane) in product.iter_mut().zip(&values[*column as usize]) {
                *product *= lane;
            }
        }
    }
    product
}
