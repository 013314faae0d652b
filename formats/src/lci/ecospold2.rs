//! EcoSpold 2: a `.spold` file per activity and product. <https://ecoinvent.org/the-ecoinvent-database/data-formats/ecospold2/>

use super::relations::{Relations, attribute};
use super::source::Reading;
use super::xml::{Element, each};
use super::{Imported, LciLimits, Progress, Source};
use rustc_hash::FxHashSet;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::Period;
use zuji_core::inventory::{
    Builder, Centre, DatabaseHead, Direction, Distribution, ExchangeDocument, FlowDocument, FlowKind,
    ParameterDocument, PriceDocument, ProcessDocument, PropertyDocument, Uncertainty,
};
use zuji_core::math::{Finite, functions};

/// Reads a database.
///
/// # Errors
/// The finding that leaves no database: too many files, no `.spold` among them.
pub fn read_ecospold2(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let files = reading.of(None, ".spold");
    if files.is_empty() {
        return Err(Diagnostic::new(&catalogue::I703).with("format", "EcoSpold 2").with("wanted", "*.spold"));
    }
    let mut builder = Builder::new(head);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Diagnostics::default();
    reading.each(
        &files,
        |at, bytes| {
            let name = reading.name(at);
            let mut datasets = Vec::new();
            let names = ["activityDataset", "childActivityDataset"];
            let read = each(bytes, &names, limits, |element| dataset(&element, name).map(|one| datasets.push(one)));
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
                    for flow in one.flows {
                        if seen.insert(flow.id.clone()) {
                            builder.flow(flow);
                        }
                    }
                    for alias in one.aliases {
                        builder.alias(&alias, &one.process.id);
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

/// An activity as its file says.
struct Dataset {
    process: ProcessDocument,
    flows: Vec<FlowDocument>,
    /// Under which ids others may name it as their provider.
    aliases: Vec<String>,
    /// Exchanges without a flow or an amount.
    dropped: usize,
}

fn dataset(element: &Element, file: &str) -> Result<Dataset, String> {
    let description = element.child("activityDescription").ok_or("activityDescription is missing")?;
    let activity = description.child("activity").ok_or("activity is missing")?;
    let id = activity.attribute("id").ok_or("the activity has no id")?;
    let data = element.child("flowData").ok_or("flowData is missing")?;
    let (mut flows, mut exchanges, mut parameters) = (Vec::new(), Vec::new(), Vec::new());
    let mut products = Vec::new();
    let mut dropped = 0;
    let relations = Relations::of(data);
    for number in relations.made_up() {
        parameters.extend(variable(&relations, number.element, number.prefix, Some(&number.name)));
    }
    for one in &data.children {
        let elementary = match one.name.as_str() {
            "intermediateExchange" => false,
            "elementaryExchange" => true,
            "parameter" => {
                parameters.extend(variable(&relations, one, "", None));
                continue;
            }
            _ => continue,
        };
        parameters.extend(variable(&relations, one, "", None));
        parameters.extend(variable(&relations, one, "productionVolume", None));
        one.all("property").for_each(|property| parameters.extend(variable(&relations, property, "", None)));
        let Some((flow, mut exchange)) = exchange(one, elementary, &relations) else {
            dropped += 1;
            continue;
        };
        // The products of an activity that were allocated elsewhere stand here with an amount of 0.
        if one.text_of("outputGroup") == Some("0") && exchange.amount != Finite::ZERO {
            exchange.reference = products.is_empty();
            products.push(flow.id.clone());
        }
        flows.push(flow);
        exchanges.push(exchange);
    }
    let first = products.first().ok_or("no reference product (outputGroup 0) with an amount")?;
    let years = description.child("timePeriod").and_then(|time| {
        let year = |name: &str| time.attribute(name).and_then(|date| date.get(..4)).map(str::to_string);
        format!("{}-{}", year("startDate")?, year("endDate")?).parse().ok()
    });
    let published = element.at(&["administrativeInformation", "dataGeneratorAndPublication"]);
    let process = ProcessDocument {
        id: format!("{id}_{first}"),
        name: named(activity, "activityName").unwrap_or_else(|| id.to_string()),
        name_zh: activity.text_in("activityName", "zh").map(str::to_string),
        category: description
            .all("classification")
            .find_map(|one| named(one, "classificationValue"))
            .unwrap_or_default(),
        location: description.child("geography").and_then(|one| named(one, "shortname")),
        period: years.unwrap_or(Period::NotStated),
        exchanges,
        parameters,
        allocation: None,
        source: published
            .and_then(|one| {
                Some(format!(
                    "{} ({})",
                    one.attribute("publishedSourceFirstAuthor")?,
                    one.attribute("publishedSourceYear")?
                ))
            })
            .unwrap_or_default(),
        licence: None,
        file: Some(file.to_string()),
        comment: activity.at(&["generalComment", "text"]).and_then(Element::text).map(str::to_string),
    };
    let aliases = products.iter().skip(1).map(|product| format!("{id}_{product}")).collect();
    Ok(Dataset { process, flows, aliases, dropped })
}

/// The English text of a name, else the first.
fn named(element: &Element, name: &str) -> Option<String> {
    element.text_in(name, "en").or_else(|| element.text_of(name)).map(str::to_string)
}

fn finite(number: Option<f64>) -> Option<Finite> {
    number.and_then(|number| Finite::new(number).ok())
}

/// A variable that formulas may name: an element's amount, or its production volume; `made_up` names one that has no name.
fn variable(
    relations: &Relations,
    element: &Element,
    prefix: &str,
    made_up: Option<&str>,
) -> Option<ParameterDocument> {
    let name = made_up.or_else(|| element.attribute(&attribute(prefix, "variableName")))?;
    Some(ParameterDocument {
        name: name.to_string(),
        amount: finite(element.number(&attribute(prefix, "amount"))),
        formula: formula(relations, element, prefix),
        uncertainty: if prefix.is_empty() { uncertainty(element) } else { None },
        comment: named(element, "name"),
    })
}

/// A relation in plain arithmetic, unless the file says that the amount was not computed by it.
fn formula(relations: &Relations, element: &Element, prefix: &str) -> Option<String> {
    let text = element.attribute(&attribute(prefix, "mathematicalRelation")).filter(|text| !text.trim().is_empty())?;
    let computed = !prefix.is_empty() || element.attribute("isCalculatedAmount") != Some("false");
    computed.then(|| relations.plain(text))
}

fn exchange(one: &Element, elementary: bool, relations: &Relations) -> Option<(FlowDocument, ExchangeDocument)> {
    let id = one.attribute(if elementary { "elementaryExchangeId" } else { "intermediateExchangeId" })?;
    let amount = finite(one.number("amount"))?;
    let unit = named(one, "unitName").unwrap_or_default();
    let output = one.text_of("outputGroup");
    // Material for treatment leaves, but nobody buys it: as in linked data, it is an input of a treatment that has a
    // negative reference flow, hence a negative input.
    let treated = !elementary && output == Some("3");
    let amount = if treated { Finite::new(0.0 - amount.get()).ok()? } else { amount };
    let formula = formula(relations, one, "").map(|formula| if treated { format!("-({formula})") } else { formula });
    let direction = if output.is_some() && !treated { Direction::Output } else { Direction::Input };
    let compartment = one.child("compartment");
    let part = |name: &str| compartment.and_then(|one| named(one, name)).unwrap_or_default();
    let category = match elementary {
        true => [part("compartment"), part("subcompartment")].join("/").trim_matches('/').to_string(),
        false => one.all("classification").find_map(|one| named(one, "classificationValue")).unwrap_or_default(),
    };
    let kind = match (elementary, output) {
        (true, _) if category.starts_with("natural resource") => FlowKind::Resource,
        (true, _) => FlowKind::Emission,
        (false, _) => FlowKind::Product,
    };
    let property = |names: &[&str]| {
        one.all("property").find(|one| named(one, "name").is_some_and(|own| names.contains(&own.as_str())))
    };
    let mass = property(&["dry mass"]).and_then(|mass| {
        let amount = finite(mass.number("amount")).filter(|amount| amount.get() > 0.0)?;
        Some(PropertyDocument { name: "dry mass".into(), unit: named(mass, "unitName")?, amount })
    });
    let price = property(&["price"]).and_then(|price| {
        let whole = Finite::new(price.number("amount")? * amount.get()).ok()?;
        Some(PriceDocument { amount: whole, currency: named(price, "unitName")? })
    });
    let flow = FlowDocument {
        id: id.to_string(),
        name: named(one, "name").unwrap_or_else(|| id.to_string()),
        name_zh: one.text_in("name", "zh").map(str::to_string),
        kind,
        properties: if unit == "kg" { Vec::new() } else { mass.into_iter().collect() },
        unit: unit.clone(),
        category,
        location: None,
        cas: one.attribute("casNumber").map(str::to_string),
        synonyms: one.all("synonym").filter_map(Element::text).map(str::to_string).collect(),
        cut_off: false,
        gas: None,
    };
    let exchange = ExchangeDocument {
        id: None,
        flow: id.to_string(),
        direction,
        amount,
        formula,
        unit: Some(unit).filter(|unit| !unit.is_empty()),
        property: None,
        reference: false,
        avoided: false,
        provider: one.attribute("activityLinkId").map(|provider| format!("{provider}_{id}")),
        price,
        uncertainty: uncertainty(one),
        comment: named(one, "comment"),
    };
    Some((flow, exchange))
}

fn uncertainty(one: &Element) -> Option<Uncertainty> {
    let stated = one.child("uncertainty")?;
    let pedigree = stated.child("pedigreeMatrix").map(|matrix| {
        let scores = [
            "reliability",
            "completeness",
            "temporalCorrelation",
            "geographicalCorrelation",
            "furtherTechnologyCorrelation",
        ];
        format!("({})", scores.map(|score| matrix.attribute(score).unwrap_or("n.a.")).join(";"))
    });
    let mut basic = None;
    let distribution = stated.children.iter().find_map(|own| match own.name.as_str() {
        "lognormal" => {
            let spread = |variance: f64| finite(Some(functions::exp(variance.sqrt())));
            basic = own.number("variance").and_then(spread);
            let variance = own.number("varianceWithPedigreeUncertainty").or(own.number("variance"))?;
            let gsd = (variance >= 0.0).then(|| spread(variance)).flatten()?;
            Some(Distribution::Lognormal { centre: Centre::Median, gsd })
        }
        "normal" => {
            let variance = own.number("varianceWithPedigreeUncertainty").or(own.number("variance"))?;
            Some(Distribution::Normal { sd: (variance >= 0.0).then(|| finite(Some(variance.sqrt()))).flatten()? })
        }
        "triangular" => Some(Distribution::Triangular {
            minimum: finite(own.number("minValue"))?,
            mode: finite(own.number("mostLikelyValue"))?,
            maximum: finite(own.number("maxValue"))?,
        }),
        "uniform" => Some(Distribution::Uniform {
            minimum: finite(own.number("minValue"))?,
            maximum: finite(own.number("maxValue"))?,
        }),
        "undefined" => Some(Distribution::Unknown {
            text: format!(
                "undefined, {} to {}",
                own.attribute("minValue").unwrap_or("?"),
                own.attribute("maxValue").unwrap_or("?")
            ),
        }),
        _ => None,
    });
    (distribution.is_some() || pedigree.is_some()).then_some(Uncertainty { distribution, pedigree, basic })
}
