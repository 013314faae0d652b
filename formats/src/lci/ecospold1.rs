//! EcoSpold 1: datasets in one file or many. The format has no ids; a product is its name, place, unit and whether it is
//! infrastructure, an elementary flow is its name, compartment and unit.

use super::source::Reading;
use super::xml::{Element, each};
use super::{Imported, LciLimits, Progress, Source};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::Period;
use zuji_core::inventory::{
    AllocationDocument, AllocationRule, Builder, Centre, DatabaseHead, Direction, Distribution, ExchangeDocument,
    FlowDocument, FlowKind, ProcessDocument, ShareDocument, Uncertainty,
};
use zuji_core::math::Finite;

/// Reads a database.
///
/// # Errors
/// The finding that leaves no database: too many files, no XML file among them.
pub fn read_ecospold1(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let files = reading.of(None, ".xml");
    if files.is_empty() {
        return Err(Diagnostic::new(&catalogue::I703).with("format", "EcoSpold 1").with("wanted", "*.xml"));
    }
    let mut builder = Builder::new(head);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Diagnostics::default();
    reading.each(
        &files,
        |at, bytes| {
            let name = reading.name(at);
            let mut datasets = Vec::new();
            let read =
                each(bytes, &["dataset"], limits, |element| dataset(&element, name).map(|one| datasets.push(one)));
            read.map(|()| datasets).map_err(|cause| {
                Diagnostic::new(&catalogue::I702).with("cause", cause).at(Place::default().in_file(name))
            })
        },
        |at, datasets| match datasets {
            Ok(datasets) => {
                for one in datasets {
                    if one.dropped > 0 {
                        let place = Place::default().in_file(reading.name(at));
                        found.push(Diagnostic::new(&catalogue::I704).with("count", one.dropped).at(place));
                    }
                    if one.fractions {
                        let place = Place::default().in_file(reading.name(at));
                        found.push(Diagnostic::new(&catalogue::I711).with("process", &one.process.name).at(place));
                    }
                    for flow in one.flows {
                        if seen.insert(flow.id.clone()) {
                            builder.flow(flow);
                        }
                    }
                    builder.process(one.process);
                }
            }
            Err(finding) => found.push(finding),
        },
        progress,
    );
    let (inventory, findings) = builder.finish();
    found.extend(findings);
    Ok(Imported { inventory, findings: found })
}

/// How near to one shares sum that are written with few digits.
const NEARLY: f64 = 1e-3;

struct Dataset {
    process: ProcessDocument,
    flows: Vec<FlowDocument>,
    dropped: usize,
    /// Whether its shares were written as fractions, not per cent.
    fractions: bool,
}

fn dataset(element: &Element, file: &str) -> Result<Dataset, String> {
    let number = element.attribute("number").unwrap_or("");
    let information = element
        .at(&["metaInformation", "processInformation"])
        .ok_or_else(|| format!("dataset {number} has no processInformation"))?;
    let function =
        information.child("referenceFunction").ok_or_else(|| format!("dataset {number} has no referenceFunction"))?;
    let name = function.attribute("name").ok_or_else(|| format!("dataset {number} has no name"))?;
    let location = information.child("geography").and_then(|one| one.attribute("location"));
    let (mut flows, mut exchanges) = (Vec::new(), Vec::new());
    let mut products: Vec<usize> = Vec::new();
    let mut dropped = 0;
    let all = element.child("flowData");
    for one in all.iter().flat_map(|data| data.all("exchange")) {
        let Some((flow, exchange)) = exchange(one, location) else {
            dropped += 1;
            continue;
        };
        if matches!(one.text_of("outputGroup"), Some("0" | "2")) {
            // The reference product comes before co-products wherever it stands.
            let at = if one.text_of("outputGroup") == Some("0") { 0 } else { products.len() };
            products.insert(at, exchanges.len());
        }
        flows.push(flow);
        exchanges.push(exchange);
    }
    if let Some(&first) = products.first() {
        exchanges[first].reference = true;
    } else {
        // Some programs leave the product to the reference function.
        let (flow, exchange) = function_as_product(function, location)
            .ok_or_else(|| format!("dataset {number} has neither a product nor an amount of its reference function"))?;
        flows.push(flow);
        exchanges.push(exchange);
    }
    let reference = exchanges.iter().find(|one| one.reference).map_or("", |one| &one.flow).to_string();
    let (allocation, fractions) = allocation(element, &exchanges);
    let year = |time: &Element, year: &str, date: &str| {
        time.text_of(year).or(time.text_of(date)).and_then(|text| text.get(..4)).map(str::to_string)
    };
    let period = information.child("timePeriod").and_then(|time| {
        let (from, to) = (year(time, "startYear", "startDate")?, year(time, "endYear", "endDate")?);
        format!("{from}-{to}").parse().ok()
    });
    let category = [function.attribute("category"), function.attribute("subCategory")];
    let source = element
        .at(&["metaInformation", "modellingAndValidation", "source"])
        .and_then(|source| Some(format!("{} ({})", source.attribute("firstAuthor")?, source.attribute("year")?)));
    let process = ProcessDocument {
        // The number of a dataset is unique in its file only.
        id: reference,
        name: name.to_string(),
        name_zh: function.attribute("localName").filter(|local| *local != name && has_han(local)).map(str::to_string),
        category: category.into_iter().flatten().collect::<Vec<_>>().join("/"),
        location: location.map(str::to_string),
        period: period.unwrap_or(Period::NotStated),
        exchanges,
        parameters: Vec::new(),
        allocation,
        source: source.unwrap_or_default(),
        licence: None,
        file: Some(file.to_string()),
        comment: function.attribute("generalComment").map(str::to_string),
    };
    Ok(Dataset { process, flows, dropped, fractions })
}

fn has_han(text: &str) -> bool {
    text.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
}

fn product_id(name: &str, location: Option<&str>, unit: &str, infrastructure: bool) -> String {
    let infrastructure = if infrastructure { "|infrastructure" } else { "" };
    format!("{name}|{}|{unit}{infrastructure}", location.unwrap_or(""))
}

fn flow(id: String, name: &str, kind: FlowKind, unit: &str, category: String, one: &Element) -> FlowDocument {
    FlowDocument {
        id,
        name: name.to_string(),
        name_zh: one.attribute("localName").filter(|local| has_han(local)).map(str::to_string),
        kind,
        unit: unit.to_string(),
        category,
        location: None,
        cas: one.attribute("CASNumber").map(str::to_string),
        synonyms: one.all("synonym").filter_map(Element::text).map(str::to_string).collect(),
        properties: Vec::new(),
        cut_off: false,
        gas: None,
    }
}

fn path(one: &Element) -> String {
    let parts = [one.attribute("category"), one.attribute("subCategory")];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

fn function_as_product(function: &Element, location: Option<&str>) -> Option<(FlowDocument, ExchangeDocument)> {
    let (name, unit) = (function.attribute("name")?, function.attribute("unit")?);
    let amount = Finite::new(function.number("amount")?).ok()?;
    let id = product_id(name, location, unit, function.attribute("infrastructureProcess") == Some("true"));
    let document = flow(id.clone(), name, FlowKind::Product, unit, path(function), function);
    Some((document, plain(None, id, Direction::Output, amount, unit, true)))
}

fn plain(
    id: Option<&str>,
    flow: String,
    direction: Direction,
    amount: Finite,
    unit: &str,
    reference: bool,
) -> ExchangeDocument {
    ExchangeDocument {
        id: id.map(str::to_string),
        flow,
        direction,
        amount,
        formula: None,
        unit: Some(unit.to_string()),
        property: None,
        reference,
        avoided: false,
        provider: None,
        price: None,
        uncertainty: None,
        comment: None,
    }
}

fn exchange(one: &Element, own_location: Option<&str>) -> Option<(FlowDocument, ExchangeDocument)> {
    let (name, unit) = (one.attribute("name")?, one.attribute("unit").unwrap_or(""));
    let amount = Finite::new(one.number("meanValue")?).ok()?;
    let (input, output) = (one.text_of("inputGroup"), one.text_of("outputGroup"));
    let elementary = input == Some("4") || output == Some("4");
    // Waste for treatment (group 3) is bought from its treatment in this format: its reference is a positive output, so
    // the amount stands on the side of the inputs.
    let direction = if output.is_some() && output != Some("3") { Direction::Output } else { Direction::Input };
    let category = path(one);
    let is_product = matches!(output, Some("0" | "1" | "2"));
    let (id, kind) = if elementary {
        let kind = if input.is_some() && category.to_ascii_lowercase().starts_with("resource") {
            FlowKind::Resource
        } else {
            FlowKind::Emission
        };
        (format!("{name}|{category}|{unit}"), kind)
    } else {
        let location = one.attribute("location").or(own_location.filter(|_| is_product));
        let infrastructure = one.attribute("infrastructureProcess") == Some("true");
        (product_id(name, location, unit, infrastructure), FlowKind::Product)
    };
    let document = flow(id.clone(), name, kind, unit, category, one);
    let mut exchange = plain(one.attribute("number"), id, direction, amount, unit, false);
    exchange.avoided = output == Some("1");
    exchange.uncertainty = uncertainty(one);
    exchange.comment = one.attribute("generalComment").map(str::to_string);
    Some((document, exchange))
}

fn uncertainty(one: &Element) -> Option<Uncertainty> {
    let finite = |number: Option<f64>| number.and_then(|number| Finite::new(number).ok());
    let spread = one.number("standardDeviation95");
    let bounds = || (finite(one.number("minValue")), finite(one.number("maxValue")));
    let distribution = match one.attribute("uncertaintyType")? {
        // The square of the geometric standard deviation.
        "1" => {
            let gsd = finite(spread.filter(|spread| *spread >= 1.0).map(f64::sqrt))?;
            Distribution::Lognormal { centre: Centre::Median, gsd }
        }
        // Twice the standard deviation.
        "2" => Distribution::Normal { sd: finite(spread.filter(|spread| *spread >= 0.0).map(|spread| spread / 2.0))? },
        "3" => match (bounds(), finite(one.number("mostLikelyValue"))) {
            ((Some(minimum), Some(maximum)), Some(mode)) => Distribution::Triangular { minimum, mode, maximum },
            _ => return None,
        },
        "4" => match bounds() {
            (Some(minimum), Some(maximum)) => Distribution::Uniform { minimum, maximum },
            _ => return None,
        },
        "0" => return None,
        other => Distribution::Unknown { text: format!("uncertaintyType {other}") },
    };
    Some(Uncertainty { distribution: Some(distribution), pedigree: None, basic: None })
}

/// Shares of exchanges for each product, and whether the file writes them as fractions. The format says per cent; files
/// of the US LCI database hold 1.0 for all. What an exchange's shares sum to tells which it is.
fn allocation(element: &Element, exchanges: &[ExchangeDocument]) -> (Option<AllocationDocument>, bool) {
    let flow_of: BTreeMap<&str, &str> =
        exchanges.iter().filter_map(|one| Some((one.id.as_deref()?, one.flow.as_str()))).collect();
    let mut stated: Vec<(&str, f64, &str)> = Vec::new();
    for one in element.child("flowData").into_iter().flat_map(|data| data.all("allocation")) {
        let product = one.attribute("referenceToCoProduct").and_then(|number| flow_of.get(number));
        let (Some(product), Some(fraction)) = (product, one.number("fraction")) else { continue };
        let all = one.all("referenceToInputOutput").filter_map(Element::text);
        stated.extend(all.map(|exchange| (*product, fraction, exchange)));
    }
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for &(_, fraction, exchange) in &stated {
        *sums.entry(exchange).or_default() += fraction;
    }
    let fractions = !sums.is_empty() && sums.values().all(|sum| (sum - 1.0).abs() <= NEARLY);
    let share = |&(product, fraction, exchange): &(&str, f64, &str)| {
        Some(ShareDocument {
            rule: AllocationRule::Causal,
            product: product.to_string(),
            share: Finite::new(if fractions { fraction } else { fraction / 100.0 }).ok()?,
            exchange: Some(exchange.to_string()),
        })
    };
    let shares: Vec<ShareDocument> = stated.iter().filter_map(share).collect();
    let document = (!shares.is_empty()).then_some(AllocationDocument { rule: Some(AllocationRule::Causal), shares });
    (document, fractions)
}
