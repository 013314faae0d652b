//! From a document to a population of comparable products: what lacks a field, stands twice or is not comparable leaves
//! by name.

use super::document::{PopulationDocument, PopulationHead, PopulationProduct, Size};
use super::plan::{ErrorMeaning, Plan};
use super::probability::log_sd;
use super::synthetic::{Fit, fit};
use crate::factor::name_key;
use crate::math::Finite;
use crate::math::functions::log;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Fields that all products must state where some do, because footprints of different ones are not comparable.
const SHARED: [&str; 6] = ["maker", "weight", "lifetime", "use_country", "boundary", "gwp"];

/// Products made to percentiles at most.
const MOST_SYNTHETIC: u32 = 5_000_000;

/// One comparable product.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// Index of its maker.
    pub maker: Option<u32>,
    /// How large the maker is.
    pub size: Option<Size>,
    /// Where it is offered or made.
    pub region: Option<String>,
    /// Its sub-category.
    pub class: Option<String>,
    /// Its weight; 1 where none has one.
    pub weight: f64,
    /// Its footprint.
    pub footprint: f64,
    /// Standard deviation of the footprint's logarithm.
    pub log_sd: Option<f64>,
    /// Whether that was assumed for want of a stated one.
    pub assumed: bool,
    /// Years of service counted.
    pub lifetime: Option<f64>,
    /// Share of the use phase.
    pub use_share: Option<f64>,
    /// Price.
    pub price: Option<f64>,
    /// Year of publication.
    pub year: Option<i32>,
    /// Footprints under other assumptions.
    pub alternatives: BTreeMap<String, Finite>,
    /// What it consists of.
    pub inventory: BTreeMap<String, Finite>,
    /// Line of the file.
    pub line: Option<u32>,
}

/// Why a product is not among the statistics.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum Reason {
    /// It does not state what all must.
    Lacks {
        /// The fields.
        fields: Vec<&'static str>,
    },
    /// The same product stands in the population again.
    Duplicate,
    /// A total below or at zero is no footprint without uptake.
    NotPositive,
    /// A weight below zero.
    NegativeWeight,
    /// Another boundary than the population's.
    OtherBoundary {
        /// Its boundary.
        found: String,
    },
    /// Another GWP set than the population's.
    OtherGwp {
        /// Its set.
        found: String,
    },
}

/// A product that left the statistics.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftOut {
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// Its name.
    pub name: String,
    /// Its maker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// The line of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// A population of comparable products, sorted by footprint: the order of the input changes no digit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Population {
    /// What all have in common.
    pub head: PopulationHead,
    /// The products, by footprint.
    pub products: Vec<Product>,
    /// The makers, by name.
    pub makers: Vec<String>,
    /// What left the statistics, by reason and name.
    pub left_out: Vec<LeftOut>,
    /// Products of the document, of the class that was asked for.
    pub given: usize,
    /// Products of other classes.
    pub other_classes: usize,
    /// Whether the products have weights of their own.
    pub weighted: bool,
    /// Lifetimes and how many products have each, where they differ.
    pub lifetimes: Vec<(String, usize)>,
    /// Countries of use and how many products have each, where they differ.
    pub use_countries: Vec<(String, usize)>,
    /// Relative errors that were not used, because nobody says what they are.
    pub unexplained_errors: usize,
    /// The distribution that products were made to.
    pub synthetic: Option<Fit>,
    /// Whether products were asked for that cannot be made.
    pub synthetic_refused: bool,
}

impl Population {
    /// Takes a document in.
    pub fn of(document: PopulationDocument, plan: &Plan) -> Self {
        let PopulationDocument { population: head, products: mut all, synthetic, .. } = document;
        let made = synthetic.as_ref().filter(|wanted| wanted.products <= MOST_SYNTHETIC);
        let fitted = made.and_then(fit);
        let synthetic_refused = synthetic.is_some() && fitted.is_none();
        all.extend(made.map(super::synthetic::synthetic).unwrap_or_default());
        let total = all.len();
        let wanted = plan.class.as_deref().map(name_key);
        let in_class = |product: &PopulationProduct| match &wanted {
            Some(wanted) => product.class.as_deref().is_some_and(|class| name_key(class) == *wanted),
            None => true,
        };
        let all: Vec<PopulationProduct> = all.into_iter().filter(in_class).collect();
        let needed = needed(&all, &head, plan);
        let boundary = head.boundary.clone().or_else(|| commonest(all.iter().map(|product| product.boundary.as_ref())));
        let gwp = head.gwp.clone().or_else(|| commonest(all.iter().map(|product| product.gwp.as_ref())));
        let mut out = Self { given: all.len(), other_classes: total - all.len(), ..Self::default() };
        (out.synthetic, out.synthetic_refused) = (fitted, synthetic_refused);
        out.weighted = all.iter().any(|product| product.weight.is_some());
        let mut kept: Vec<PopulationProduct> = Vec::with_capacity(all.len());
        for product in all {
            match refusal(&product, &needed, boundary.as_deref(), gwp.as_deref()) {
                Some(reason) => out.leave(&product, reason),
                None => kept.push(product),
            }
        }
        out.without_duplicates(&mut kept);
        let names: BTreeSet<&String> = kept.iter().filter_map(|product| product.maker.as_ref()).collect();
        let makers: Vec<String> = names.into_iter().cloned().collect();
        out.lifetimes = counts(kept.iter().filter_map(|product| product.lifetime.map(|years| years.get().to_string())));
        out.use_countries = counts(kept.iter().filter_map(|product| product.use_country.clone()));
        out.head = PopulationHead { boundary, gwp, ..head };
        out.products.reserve(kept.len());
        for product in kept {
            let of = |maker: &String| makers.binary_search(maker).ok().map(|index| index as u32);
            let (spread, assumed) = spread(&product, plan);
            if spread.is_none() && product.error.is_some_and(|error| error.get() > 0.0) && plan.error_is.is_none() {
                out.unexplained_errors += 1;
            }
            out.products.push(Product {
                maker: product.maker.as_ref().and_then(of),
                name: product.name,
                size: product.size,
                region: product.region,
                class: product.class,
                weight: product.weight.map_or(1.0, Finite::get),
                footprint: product.footprint.map_or(0.0, Finite::get),
                log_sd: spread,
                assumed,
                lifetime: product.lifetime.map(Finite::get),
                use_share: product.use_share.map(Finite::get),
                price: product.price.map(Finite::get),
                year: product.date.as_deref().and_then(year),
                alternatives: product.alternatives,
                inventory: product.inventory,
                line: product.line,
            });
        }
        out.products.sort_by(order);
        out.makers = makers;
        out.left_out.sort();
        out
    }

    fn leave(&mut self, product: &PopulationProduct, reason: Reason) {
        let name = if product.name.is_empty() { product.id.clone().unwrap_or_default() } else { product.name.clone() };
        self.left_out.push(LeftOut { reason, name, maker: product.maker.clone(), line: product.line });
    }

    /// Of products that stand twice the one with the larger footprint stays: leaving one out must not pay.
    fn without_duplicates(&mut self, products: &mut Vec<PopulationProduct>) {
        let plain = |text: &str| {
            let words = crate::quantity::normalise(text).to_lowercase();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let key = |product: &PopulationProduct| {
            let id = product.id.as_deref().map(plain);
            (product.maker.as_deref().map(plain), id.unwrap_or_else(|| plain(&product.name)))
        };
        let mut keyed: Vec<_> = products.drain(..).map(|product| (key(&product), product)).collect();
        let footprint = |product: &PopulationProduct| product.footprint.map_or(0.0, Finite::get);
        keyed.sort_by(|a, b| {
            let larger = footprint(&b.1).total_cmp(&footprint(&a.1));
            a.0.cmp(&b.0).then(larger).then_with(|| same(&a.1, &b.1))
        });
        let mut last = None;
        for (key, product) in keyed {
            // A product without any name cannot be known to be another one's double.
            if last.as_ref() == Some(&key) && !key.1.is_empty() {
                self.leave(&product, Reason::Duplicate);
            } else {
                products.push(product);
                last = Some(key);
            }
        }
    }

    /// Sum of all weights.
    pub fn weight(&self) -> f64 {
        crate::math::blocked_sum(self.products.len(), |at| self.products[at].weight)
    }

    /// Weighted mean of the footprints.
    pub fn mean(&self) -> f64 {
        let sum =
            crate::math::blocked_sum(self.products.len(), |at| self.products[at].weight * self.products[at].footprint);
        sum / self.weight()
    }

    /// How many products are at or below a limit; they stand first.
    pub fn passing(&self, limit: f64) -> usize {
        self.products.partition_point(|product| product.footprint <= limit)
    }
}

/// Differences of two records of one product that matter to the statistics, so that the order of the input does not.
fn same(a: &PopulationProduct, b: &PopulationProduct) -> Ordering {
    let number = |value: Option<Finite>| value.map_or(f64::NEG_INFINITY, Finite::get);
    number(b.weight)
        .total_cmp(&number(a.weight))
        .then(number(b.rsd).total_cmp(&number(a.rsd)))
        .then(number(b.price).total_cmp(&number(a.price)))
        .then_with(|| a.class.cmp(&b.class))
        .then_with(|| a.size.cmp(&b.size))
        .then_with(|| a.date.cmp(&b.date))
        .then(a.line.cmp(&b.line))
}

fn order(a: &Product, b: &Product) -> Ordering {
    a.footprint
        .total_cmp(&b.footprint)
        .then(a.weight.total_cmp(&b.weight))
        .then(a.maker.cmp(&b.maker))
        .then_with(|| a.name.cmp(&b.name))
        .then(a.log_sd.unwrap_or(-1.0).total_cmp(&b.log_sd.unwrap_or(-1.0)))
        .then_with(|| a.size.cmp(&b.size))
        .then(a.line.cmp(&b.line))
}

/// Fields that every product must state: those asked for, and those that some state.
fn needed(products: &[PopulationProduct], head: &PopulationHead, plan: &Plan) -> Vec<&'static str> {
    let asked = |field: &&'static str| plan.require.iter().any(|wanted| wanted == field);
    let mut fields = vec!["footprint"];
    for field in SHARED {
        let common = match field {
            "boundary" => head.boundary.is_some(),
            "gwp" => head.gwp.is_some(),
            _ => false,
        };
        if !common && (asked(&field) || products.iter().any(|product| states(product, field))) {
            fields.push(field);
        }
    }
    fields.extend(["size", "region", "class", "rsd", "price", "date", "use_share"].into_iter().filter(|f| asked(f)));
    fields
}

/// Whether a name may stand in `require`.
pub fn is_field(name: &str) -> bool {
    SHARED.contains(&name)
        || ["footprint", "size", "region", "class", "rsd", "price", "date", "use_share"].contains(&name)
}

fn states(product: &PopulationProduct, field: &str) -> bool {
    match field {
        "footprint" => product.footprint.is_some(),
        "maker" => product.maker.is_some(),
        "weight" => product.weight.is_some(),
        "lifetime" => product.lifetime.is_some(),
        "use_country" => product.use_country.is_some(),
        "boundary" => product.boundary.is_some(),
        "gwp" => product.gwp.is_some(),
        "size" => product.size.is_some(),
        "region" => product.region.is_some(),
        "class" => product.class.is_some(),
        "rsd" => product.rsd.is_some() || product.p95.is_some(),
        "price" => product.price.is_some(),
        "date" => product.date.is_some(),
        "use_share" => product.use_share.is_some(),
        _ => true,
    }
}

fn refusal(
    product: &PopulationProduct,
    needed: &[&'static str],
    boundary: Option<&str>,
    gwp: Option<&str>,
) -> Option<Reason> {
    let fields: Vec<&'static str> = needed.iter().copied().filter(|field| !states(product, field)).collect();
    if !fields.is_empty() {
        return Some(Reason::Lacks { fields });
    }
    if product.footprint.is_some_and(|footprint| footprint.get() <= 0.0) {
        return Some(Reason::NotPositive);
    }
    if product.weight.is_some_and(|weight| weight.get() < 0.0) {
        return Some(Reason::NegativeWeight);
    }
    let other = |own: &Option<String>, common: Option<&str>| {
        own.as_ref().filter(|own| common.is_some_and(|common| name_key(own) != name_key(common))).cloned()
    };
    if let Some(found) = other(&product.boundary, boundary) {
        return Some(Reason::OtherBoundary { found });
    }
    other(&product.gwp, gwp).map(|found| Reason::OtherGwp { found })
}

/// The word that most products use; of equally common ones the first by name.
fn commonest<'a>(words: impl Iterator<Item = Option<&'a String>>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut best: Option<(&str, usize)> = None;
    for (word, count) in counts {
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((word, count));
        }
    }
    best.map(|(word, _)| word.to_string())
}

/// How often every word occurs, where there are several.
fn counts(words: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    if counts.len() < 2 { Vec::new() } else { counts.into_iter().collect() }
}

/// Standard deviation of the logarithm, and whether it was assumed. Zero is no statement of exactness: the sources write it
/// where they state none.
fn spread(product: &PopulationProduct, plan: &Plan) -> (Option<f64>, bool) {
    const Z90: f64 = 1.644_853_626_951_472_7;
    const Z95: f64 = 1.959_963_984_540_054;
    let positive = |value: Option<Finite>| value.map(Finite::get).filter(|value| *value > 0.0 && *value < 1e3);
    let range = match (product.p5.map(Finite::get), product.p95.map(Finite::get)) {
        (Some(low), Some(high)) if 0.0 < low && low < high => Some(log(high / low) / (2.0 * Z90)),
        _ => None,
    };
    let error = positive(product.error).zip(plan.error_is).map(|(error, meaning)| match meaning {
        ErrorMeaning::StandardDeviation => error,
        ErrorMeaning::HalfWidth90 => error / Z90,
        ErrorMeaning::HalfWidth95 => error / Z95,
    });
    let stated = positive(product.rsd).map(log_sd).or(range).or(error.map(log_sd));
    match (stated, positive(plan.rsd)) {
        (Some(stated), _) => (Some(stated), false),
        (None, Some(rsd)) => (Some(log_sd(rsd)), true),
        (None, None) => (None, false),
    }
}

/// The year in a date as people write them: 2020, 2022-2-6, November 2020.
fn year(text: &str) -> Option<i32> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.filter(|run| run.len() == 4).filter_map(|run| run.parse().ok()).find(|year| (1950..2200).contains(year))
}
