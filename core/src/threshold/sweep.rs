//! All limits in one pass: products stand sorted by footprint, so what passes is a prefix, and every statistic is a sum over
//! it that only grows (docs/threshold.md, 2).

use super::figure::Figure;
use super::pass::{ClusterSums, Quantiles, Rate, rate};
use super::population::{Population, Product};
use crate::math::Sum;
use serde::Serialize;

/// What a limit does to a population.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// The limit; a product passes at or below it.
    pub limit: Figure,
    /// Products that pass.
    pub passed: u32,
    /// Of so many.
    pub products: u32,
    /// Share of the products.
    pub by_product: Rate,
    /// Share of the market, by weight.
    pub by_weight: Rate,
    /// Mean footprint of the whole market.
    pub mean: Figure,
    /// Mean footprint of what passes.
    pub mean_passing: Figure,
    /// Savings per unit.
    pub saving: Saving,
    /// Concentration and makers.
    pub competition: Competition,
    /// Small firms against large ones.
    pub size_effect: SizeEffect,
}

/// Emissions saved per unit, by three definitions that answer three questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saving {
    /// The market buys what passes, in its shares: E\[x\] − E\[x | x ≤ T\].
    pub selection: Figure,
    /// The same as a share of the mean.
    pub selection_share: Figure,
    /// What fails comes down to the limit and no further: E\[(x − T)⁺\].
    pub reduce_to_limit: Figure,
    /// The same as a share of the mean.
    pub reduce_to_limit_share: Figure,
    /// What fails is replaced by the passing product with the largest footprint.
    pub nearest_passing: Figure,
    /// The same as a share of the mean.
    pub nearest_passing_share: Figure,
}

/// Concentration of a market.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Competition {
    /// Herfindahl–Hirschman index of all products, 0 to 10,000.
    pub hhi_before: Figure,
    /// Of what passes.
    pub hhi_after: Figure,
    /// Makers of all products.
    pub makers_before: u32,
    /// Makers with a product that passes.
    pub makers_after: u32,
}

/// Pass rates of small and large firms.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SizeEffect {
    /// Products of small and medium-sized firms.
    pub sme: u32,
    /// Those that pass.
    pub sme_passed: u32,
    /// Products of large firms.
    pub large: u32,
    /// Those that pass.
    pub large_passed: u32,
    /// Pass rate of the small ÷ that of the large.
    pub ratio: Figure,
    /// Share of small firms in the market.
    pub sme_share_before: Figure,
    /// Their share in what passes.
    pub sme_share_after: Figure,
}

/// Sums over what passes so far.
#[derive(Default)]
struct Running {
    weight: Sum,
    weighted: Sum,
    maker_squares: Sum,
    maker_passed_all: Sum,
    count_squares: Sum,
    count_passed_all: Sum,
    makers: u32,
    sme: u32,
    large: u32,
    sme_weight: Sum,
    largest: f64,
    passed: usize,
}

/// What is known of a maker: products and weight, in all and passing.
#[derive(Clone, Copy, Default)]
struct Maker {
    count: f64,
    weight: f64,
    passed_count: f64,
    passed_weight: f64,
}

/// The profiles of limits, in the order in which they are given.
pub fn sweep(population: &Population, limits: &[f64], confidence: f64) -> Vec<Profile> {
    let products = &population.products;
    // Without makers every product is its own.
    let alone = population.makers.is_empty();
    let maker_of = |at: usize, product: &Product| if alone { at } else { product.maker.unwrap_or(0) as usize };
    let mut makers = vec![Maker::default(); if alone { products.len() } else { population.makers.len() }];
    let mut all = Running::default();
    for (at, product) in products.iter().enumerate() {
        let maker = &mut makers[maker_of(at, product)];
        maker.count += 1.0;
        maker.weight += product.weight;
        all.weight.add(product.weight);
        all.weighted.add(product.weight * product.footprint);
        match product.size {
            Some(size) if size.is_sme() => {
                all.sme += 1;
                all.sme_weight.add(product.weight);
            }
            Some(_) => all.large += 1,
            None => {}
        }
    }
    let (mut count_all, mut weight_all) = (Sum::default(), Sum::default());
    for maker in &makers {
        count_all.add(maker.count * maker.count);
        weight_all.add(maker.weight * maker.weight);
    }
    all.count_squares = count_all;
    all.maker_squares = weight_all;
    all.makers = makers.len() as u32;
    all.passed = products.len();
    let quantiles = Quantiles::of(confidence, all.makers);
    let mut order: Vec<usize> = (0..limits.len()).collect();
    order.sort_by(|&a, &b| limits[a].total_cmp(&limits[b]));
    let mut run = Running::default();
    let mut profiles: Vec<Option<Profile>> = vec![None; limits.len()];
    for at in order {
        let limit = limits[at];
        while let Some(product) = products.get(run.passed).filter(|product| product.footprint <= limit) {
            let maker = &mut makers[maker_of(run.passed, product)];
            run.take(product, maker);
        }
        profiles[at] = Some(run.profile(limit, &all, quantiles, alone));
    }
    profiles.into_iter().flatten().collect()
}

impl Running {
    fn take(&mut self, product: &Product, maker: &mut Maker) {
        let weight = product.weight;
        self.weight.add(weight);
        self.weighted.add(weight * product.footprint);
        self.maker_squares.add(weight * (2.0 * maker.passed_weight + weight));
        self.maker_passed_all.add(weight * maker.weight);
        self.count_squares.add(2.0 * maker.passed_count + 1.0);
        self.count_passed_all.add(maker.count);
        if maker.passed_count == 0.0 {
            self.makers += 1;
        }
        maker.passed_count += 1.0;
        maker.passed_weight += weight;
        match product.size {
            Some(size) if size.is_sme() => {
                self.sme += 1;
                self.sme_weight.add(weight);
            }
            Some(_) => self.large += 1,
            None => {}
        }
        self.largest = product.footprint;
        self.passed += 1;
    }

    fn profile(&self, limit: f64, all: &Running, quantiles: Quantiles, alone: bool) -> Profile {
        let n = all.passed as f64;
        let (weight, total) = (self.weight.value(), all.weight.value());
        let (sum, total_sum) = (self.weighted.value(), all.weighted.value());
        let mean = Figure::ratio(total_sum, total);
        let passing = Figure::ratio(sum, weight);
        let above = |to: f64| Figure::ratio((total_sum - sum) - to * (total - weight), total);
        let share = |saving: Figure| Figure::ratio(saving.get(), mean.get());
        let selection = Figure(mean.get() - passing.get());
        let reduce = above(limit);
        // Nothing passes: there is nothing to buy instead.
        let nearest = if self.passed == 0 { Figure(f64::NAN) } else { above(self.largest) };
        let hhi = |squares: &Sum, weight: f64| {
            if alone { Figure(f64::NAN) } else { Figure::ratio(1e4 * squares.value(), weight * weight) }
        };
        let pass = |passed: f64, of: u32| Figure::ratio(passed, f64::from(of)).get();
        let (sme, large) = (pass(f64::from(self.sme), all.sme), pass(f64::from(self.large), all.large));
        let count = ClusterSums {
            passed_squared: self.count_squares.value(),
            passed_all: self.count_passed_all.value(),
            all_squared: all.count_squares.value(),
            clusters: all.makers,
        };
        let weights = ClusterSums {
            passed_squared: self.maker_squares.value(),
            passed_all: self.maker_passed_all.value(),
            all_squared: all.maker_squares.value(),
            clusters: all.makers,
        };
        let sized = all.sme + all.large > 0;
        let part = |part: &Sum, of: f64| if sized { Figure::ratio(part.value(), of) } else { Figure(f64::NAN) };
        Profile {
            limit: Figure(limit),
            passed: self.passed as u32,
            products: all.passed as u32,
            by_product: rate(self.passed as f64, n, n, &count, quantiles),
            by_weight: rate(weight, total, n, &weights, quantiles),
            mean,
            mean_passing: passing,
            saving: Saving {
                selection,
                selection_share: share(selection),
                reduce_to_limit: reduce,
                reduce_to_limit_share: share(reduce),
                nearest_passing: nearest,
                nearest_passing_share: share(nearest),
            },
            competition: Competition {
                hhi_before: hhi(&all.maker_squares, total),
                hhi_after: hhi(&self.maker_squares, weight),
                makers_before: if alone { 0 } else { all.makers },
                makers_after: if alone { 0 } else { self.makers },
            },
            size_effect: SizeEffect {
                sme: all.sme,
                sme_passed: self.sme,
                large: all.large,
                large_passed: self.large,
                ratio: Figure::ratio(sme, large),
                sme_share_before: part(&all.sme_weight, total),
                sme_share_after: part(&self.sme_weight, weight),
            },
        }
    }
}

/// Limits evenly spaced from the smallest to the largest footprint.
pub fn even_limits(population: &Population, count: u32) -> Vec<f64> {
    let (Some(first), Some(last)) = (population.products.first(), population.products.last()) else {
        return Vec::new();
    };
    let (low, high) = (first.footprint, last.footprint);
    let count = if low == high { 1 } else { count.max(1) };
    let at = |index: u32| {
        if index + 1 == count { high } else { low + (high - low) * f64::from(index) / f64::from(count - 1) }
    };
    (0..count).map(at).collect()
}
