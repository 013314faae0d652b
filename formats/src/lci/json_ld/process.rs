//! A process file as a process document.

use super::ground::Ground;
use super::schema::{AllocationFactor, Exchange, Parameter, ProcessFile, Uncertainty};
use std::borrow::Cow;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::Period;
use zuji_core::inventory::{
    AllocationDocument, AllocationRule, Centre, Direction, Distribution, ExchangeDocument, ParameterDocument,
    PriceDocument, ProcessDocument, ShareDocument,
};
use zuji_core::math::Finite;

/// A process as its file says, with what does not fit.
pub fn process(file: ProcessFile, name: &str, ground: &Ground) -> (ProcessDocument, Diagnostics) {
    let mut found = Diagnostics::default();
    let exchanges = file.exchanges.unwrap_or_default();
    let factors = file.allocation_factors.unwrap_or_default();
    let causal = factors.iter().any(|one| is_causal(one.allocation_type.as_deref()));
    let mut documents = Vec::with_capacity(exchanges.len());
    let mut dropped = 0usize;
    for (at, one) in exchanges.iter().enumerate() {
        match exchange(one, at, causal, ground) {
            Some(document) => documents.push(document),
            None => dropped += 1,
        }
    }
    let place = |field: &str| Place { field: Some(field.into()), ..Place::default() }.in_file(name);
    if dropped > 0 {
        found.push(Diagnostic::new(&catalogue::I704).with("count", dropped).at(place("exchanges")));
    }
    let (allocation, unused) = allocation(file.default_allocation_method.as_deref(), &factors, &exchanges);
    if unused > 0 {
        let finding = Diagnostic::new(&catalogue::I705).with("count", unused).with("of", factors.len());
        found.push(finding.at(place("allocationFactors")));
    }
    let documentation = file.process_documentation;
    let year = |text: Option<&Cow<str>>| text.and_then(|text| text.get(..4)?.parse::<u16>().ok());
    let (from, until) = documentation
        .as_ref()
        .map_or((None, None), |doc| (year(doc.valid_from.as_ref()), year(doc.valid_until.as_ref())));
    let period = match (from, until) {
        (Some(from), Some(until)) => format!("{from}-{until}").parse().unwrap_or(Period::NotStated),
        (Some(one), None) | (None, Some(one)) => one.to_string().parse().unwrap_or(Period::NotStated),
        (None, None) => Period::NotStated,
    };
    let source = documentation.as_ref().map_or_else(String::new, |doc| {
        let names = doc.publication.iter().chain(doc.sources.iter().flatten());
        names.filter_map(|one| one.name.as_deref()).map(str::trim).find(|one| !one.is_empty()).unwrap_or("").to_string()
    });
    let document = ProcessDocument {
        name: file.name.as_deref().unwrap_or(&file.id).trim().to_string(),
        id: file.id.to_string(),
        name_zh: None,
        category: ground.path(file.category.as_ref()),
        location: file.location.as_ref().and_then(|one| {
            ground.place(Some(&one.id)).or_else(|| one.name.as_deref().map(|name| name.trim().to_string()))
        }),
        period,
        exchanges: documents,
        parameters: file.parameters.iter().flatten().map(parameter).collect(),
        allocation,
        source,
        licence: None,
        file: Some(name.to_string()),
        comment: words(file.description.as_ref()),
    };
    (document, found)
}

fn words(text: Option<&Cow<str>>) -> Option<String> {
    text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
}

/// The id by which causal factors name an exchange.
fn exchange_id(one: &Exchange, at: usize) -> String {
    match (&one.internal_id, &one.id) {
        (Some(number), _) => number.to_string(),
        (None, Some(id)) => id.to_string(),
        (None, None) => format!("#{at}"),
    }
}

/// `None` where the exchange has no flow or no amount: it is counted as a finding.
fn exchange(one: &Exchange, at: usize, with_id: bool, ground: &Ground) -> Option<ExchangeDocument> {
    let flow = one.flow.as_ref().filter(|flow| !flow.id.is_empty())?;
    let formula = words(one.amount_formula.as_ref());
    let amount = match (one.amount, &formula) {
        (Some(amount), _) => Finite::new(amount).ok()?,
        (None, Some(_)) => Finite::ZERO,
        (None, None) => return None,
    };
    let unit = one.unit.as_ref().map(|unit| {
        ground
            .symbol(&unit.id)
            .map_or_else(|| unit.name.as_deref().unwrap_or(&unit.id).trim().to_string(), str::to_string)
    });
    let property = match (&one.flow_property, &one.unit) {
        (Some(property), Some(unit)) => ground.ambiguous(&flow.id, &property.id, &unit.id).map(str::to_string),
        _ => None,
    };
    let price = one.cost_value.and_then(|amount| Finite::new(amount).ok()).zip(one.currency.as_ref()).map(
        |(amount, currency)| PriceDocument {
            amount,
            currency: currency.name.as_deref().unwrap_or(&currency.id).trim().to_string(),
        },
    );
    Some(ExchangeDocument {
        id: with_id.then(|| exchange_id(one, at)),
        flow: flow.id.to_string(),
        direction: if one.input == Some(true) { Direction::Input } else { Direction::Output },
        amount,
        formula,
        unit,
        property,
        reference: one.quantitative_reference == Some(true),
        avoided: one.avoided_product == Some(true),
        provider: one.default_provider.as_ref().map(|one| one.id.to_string()).filter(|id| !id.is_empty()),
        price,
        uncertainty: uncertainty(one, amount.get()),
        comment: words(one.description.as_ref()),
    })
}

fn uncertainty(one: &Exchange, amount: f64) -> Option<zuji_core::inventory::Uncertainty> {
    let pedigree = words(one.pedigree_uncertainty.as_ref());
    let basic = one.base_uncertainty.and_then(|basic| Finite::new(basic).ok());
    let distribution = one.uncertainty.as_ref().and_then(|stated| distribution(stated, amount));
    (pedigree.is_some() || distribution.is_some()).then_some(zuji_core::inventory::Uncertainty {
        distribution,
        pedigree,
        basic,
    })
}

/// What is stated, as far as it is whole and in order; else the source's words.
fn distribution(stated: &Uncertainty, amount: f64) -> Option<Distribution> {
    let finite = |value: Option<f64>| value.and_then(|value| Finite::new(value).ok());
    let kind = stated.distribution_type.as_deref()?;
    let known = match kind {
        "NO_DISTRIBUTION" | "" => return None,
        "LOG_NORMAL_DISTRIBUTION" | "LOG_NORMAL" => finite(stated.geom_sd)
            .filter(|gsd| gsd.get() >= 1.0 && stated.geom_mean.is_some_and(|mean| near(mean, amount)))
            .map(|gsd| Distribution::Lognormal { centre: Centre::Median, gsd }),
        "NORMAL_DISTRIBUTION" | "NORMAL" => finite(stated.sd)
            .filter(|sd| sd.get() >= 0.0 && stated.mean.is_some_and(|mean| near(mean, amount)))
            .map(|sd| Distribution::Normal { sd }),
        "TRIANGLE_DISTRIBUTION" | "TRIANGLE" => {
            match (finite(stated.minimum), finite(stated.mode), finite(stated.maximum)) {
                (Some(minimum), Some(mode), Some(maximum)) if minimum <= mode && mode <= maximum => {
                    Some(Distribution::Triangular { minimum, mode, maximum })
                }
                _ => None,
            }
        }
        "UNIFORM_DISTRIBUTION" | "UNIFORM" => match (finite(stated.minimum), finite(stated.maximum)) {
            (Some(minimum), Some(maximum)) if minimum <= maximum => Some(Distribution::Uniform { minimum, maximum }),
            _ => None,
        },
        _ => None,
    };
    Some(known.unwrap_or_else(|| Distribution::Unknown {
        text: format!(
            "{kind} geomMean {:?} geomSd {:?} mean {:?} sd {:?} minimum {:?} mode {:?} maximum {:?}",
            stated.geom_mean, stated.geom_sd, stated.mean, stated.sd, stated.minimum, stated.mode, stated.maximum
        ),
    }))
}

/// Equal but for the rounding of a printed figure.
fn near(a: f64, b: f64) -> bool {
    (a.abs() - b.abs()).abs() <= 1e-6 * b.abs()
}

pub fn parameter(one: &Parameter) -> ParameterDocument {
    let formula = words(one.formula.as_ref()).filter(|_| one.input_parameter != Some(true));
    let amount = one.value.and_then(|value| Finite::new(value).ok());
    let stated = amount.map_or(0.0, Finite::get);
    let distribution = one.uncertainty.as_ref().and_then(|uncertainty| distribution(uncertainty, stated));
    ParameterDocument {
        name: one.name.trim().to_string(),
        amount,
        formula,
        uncertainty: distribution.map(|distribution| zuji_core::inventory::Uncertainty {
            distribution: Some(distribution),
            pedigree: None,
            basic: None,
        }),
        comment: words(one.description.as_ref()),
    }
}

fn is_causal(kind: Option<&str>) -> bool {
    kind == Some("CAUSAL_ALLOCATION")
}

fn rule(kind: Option<&str>) -> Option<AllocationRule> {
    match kind? {
        "PHYSICAL_ALLOCATION" => Some(AllocationRule::Physical),
        "ECONOMIC_ALLOCATION" => Some(AllocationRule::Economic),
        "CAUSAL_ALLOCATION" => Some(AllocationRule::Causal),
        _ => None,
    }
}

/// The factors of a process, and how many of them name no product, no exchange of the process, or no value.
fn allocation(
    method: Option<&str>,
    factors: &[AllocationFactor],
    exchanges: &[Exchange],
) -> (Option<AllocationDocument>, usize) {
    let mut shares = Vec::new();
    let mut unused = 0;
    for factor in factors {
        let product = factor.product.as_ref().map(|one| one.id.to_string());
        let share = factor.value.and_then(|value| Finite::new(value).ok());
        let (Some(rule), Some(product), Some(share)) = (rule(factor.allocation_type.as_deref()), product, share) else {
            unused += 1;
            continue;
        };
        if rule != AllocationRule::Causal {
            shares.push(ShareDocument { rule, product, share, exchange: None });
            continue;
        }
        let named = factor.exchange.as_ref();
        let before = shares.len();
        for (at, one) in exchanges.iter().enumerate() {
            let is_it = match named.and_then(|named| named.internal_id) {
                Some(number) => one.internal_id == Some(number),
                None => named
                    .and_then(|named| named.flow.as_ref())
                    .zip(one.flow.as_ref())
                    .is_some_and(|(named, own)| named.id == own.id),
            };
            if is_it {
                let exchange = Some(exchange_id(one, at));
                shares.push(ShareDocument { rule, product: product.clone(), share, exchange });
            }
        }
        unused += usize::from(shares.len() == before);
    }
    let rule = rule(method);
    ((rule.is_some() || !shares.is_empty()).then_some(AllocationDocument { rule, shares }), unused)
}
