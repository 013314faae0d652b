//! What a standard does to emissions and money, and what moved a limit: the method or the population
//! (docs/threshold.md, 11 and 13).

use super::figure::Figure;
use super::order::quantile;
use super::plan::{Before, Plan, Rule};
use super::population::{Population, Product};
use crate::math::{Finite, Sum};
use serde::Serialize;

/// What moved a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The old limit: old rule, old population.
    pub before: Figure,
    /// Old rule, this population.
    pub old_rule_now: Figure,
    /// New rule, this population.
    pub after: Figure,
    /// What products did: old rule now − before.
    pub population: Figure,
    /// What the rule did: after − old rule now.
    pub method: Figure,
}

fn derived(population: &Population, rule: &Rule) -> f64 {
    match rule {
        Rule::Quantile(share) => quantile(population, share.get()),
        Rule::Mean(factor) => population.mean() * factor.get(),
    }
}

/// Splits a change of limit into method and population.
pub fn change(population: &Population, before: &Before) -> Change {
    let (old, new) = (derived(population, &before.rule), derived(population, &before.new_rule));
    Change {
        before: Figure(before.limit.get()),
        old_rule_now: Figure(old),
        after: Figure(new),
        population: Figure(old - before.limit.get()),
        method: Figure(new - old),
    }
}

/// A year under one scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scenario {
    /// Mean footprint of a unit bought.
    pub footprint: Figure,
    /// Mean price of a unit bought.
    pub price: Figure,
    /// Emissions of a year's demand, in tonnes; null where demand or unit is not known.
    pub tonnes: Figure,
    /// Spending of a year's demand.
    pub spending: Figure,
    /// Tonnes less than under the baseline, leakage taken off.
    pub saved_tonnes: Figure,
    /// Extra cost of a tonne saved against the baseline; null where nothing is saved or prices are not known.
    pub cost_per_tonne: Figure,
}

/// Three scenarios.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Impact {
    /// Share of the spending that the standard covers.
    pub spend_covered: Figure,
    /// What is bought without a standard: the market.
    pub baseline: Scenario,
    /// What passes, in its market shares.
    pub standard: Scenario,
    /// The best of the market.
    pub best_available: Scenario,
    /// Share of the products that the last one means.
    pub best_share: Figure,
    /// Products that pass and have a price.
    pub priced: u32,
}

/// Tonnes in one of the unit in which footprints are given.
pub fn tonnes_of(unit: Option<&str>) -> Option<f64> {
    let unit = unit?.trim().to_lowercase();
    let first = unit.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match first {
        "kg" | "kgco2e" | "kgco2" | "千克" | "公斤" => Some(1e-3),
        "t" | "tco2e" | "tco2" | "吨" => Some(1.0),
        "g" | "gco2e" | "gco2" | "克" => Some(1e-6),
        _ => None,
    }
}

/// Weighted means over some products.
fn means<'a>(products: impl Iterator<Item = &'a Product>) -> (f64, f64, u32) {
    let (mut weight, mut footprint, mut priced, mut price) =
        (Sum::default(), Sum::default(), Sum::default(), Sum::default());
    let (mut count, mut all) = (0, 0);
    for product in products {
        weight.add(product.weight);
        footprint.add(product.weight * product.footprint);
        all += 1;
        if let Some(own) = product.price {
            priced.add(product.weight);
            price.add(product.weight * own);
            count += 1;
        }
    }
    // A mean price of some is not that of all.
    let price = if count == all { Figure::ratio(price.value(), priced.value()).get() } else { f64::NAN };
    (Figure::ratio(footprint.value(), weight.value()).get(), price, count)
}

/// The impact of a limit over a year.
pub fn impact(population: &Population, limit: f64, plan: &Plan) -> Impact {
    let policy = plan.policy.clone().unwrap_or_default();
    let share = policy.best_share.map_or(0.10, Finite::get).clamp(0.0, 1.0);
    let products = &population.products;
    let best = ((products.len() as f64 * share).ceil().max(1.0) as usize).min(products.len());
    let passing = population.passing(limit);
    let demand = plan.demand.map_or(f64::NAN, Finite::get);
    let tonnes = tonnes_of(population.head.unit.as_deref()).unwrap_or(f64::NAN);
    let kept = 1.0 - plan.leakage.map_or(0.0, Finite::get);
    let (base, base_price, _) = means(products.iter());
    let scenario = |(footprint, price): (f64, f64)| {
        let saved = kept * demand * (base - footprint) * tonnes;
        let cost = demand * (price - base_price);
        Scenario {
            footprint: Figure(footprint),
            price: Figure(price),
            tonnes: Figure(demand * footprint * tonnes),
            spending: Figure(demand * price),
            saved_tonnes: Figure(saved),
            cost_per_tonne: if saved > 0.0 { Figure(cost / saved) } else { Figure(f64::NAN) },
        }
    };
    let (passing_mean, passing_price, priced) = means(products[..passing].iter());
    let (best_mean, best_price, _) = means(products[..best].iter());
    let covered = match (policy.spend, policy.spend_covered) {
        (Some(all), Some(covered)) => Figure::ratio(covered.get(), all.get()),
        _ => Figure(f64::NAN),
    };
    Impact {
        spend_covered: covered,
        baseline: scenario((base, base_price)),
        standard: scenario((passing_mean, passing_price)),
        best_available: scenario((best_mean, best_price)),
        best_share: Figure(share),
        priced,
    }
}
