//! ILCD process datasets: `processes/`, `flows/`, `flowproperties/` and `unitgroups/`, an XML file per dataset.
//! <https://eplca.jrc.ec.europa.eu/LCDN/developerILCDDataFormat.html>

use super::source::Reading;
use super::xml::{Element, each};
use super::{Imported, LciLimits, Progress, Source};
use rustc_hash::FxHashMap;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::Period;
use zuji_core::inventory::{
    AllocationDocument, AllocationRule, Builder, DatabaseHead, Direction, Distribution, ExchangeDocument, FlowDocument,
    FlowKind, ParameterDocument, ProcessDocument, PropertyDocument, ShareDocument, Uncertainty, UnitDocument,
};
use zuji_core::math::Finite;

/// Reads a database.
///
/// # Errors
/// The finding that leaves no database: too many files, no process among them.
pub fn read_ilcd(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let processes = reading.of(Some("processes"), ".xml");
    if processes.is_empty() {
        return Err(Diagnostic::new(&catalogue::I703).with("format", "ILCD").with("wanted", "processes/*.xml"));
    }
    let mut builder = Builder::new(head);
    let mut found = Diagnostics::default();
    let mut ground = Ground::default();
    for (folder, element) in [("unitgroups", "unitGroupDataSet"), ("flowproperties", "flowPropertyDataSet")] {
        for at in reading.of(Some(folder), ".xml") {
            let read = reading.bytes(at).and_then(|bytes| {
                each(&bytes, &[element], limits, |one| {
                    if folder == "unitgroups" {
                        ground.unit_group(&one, &mut builder);
                    } else {
                        ground.property(&one);
                    }
                    Ok(())
                })
                .map_err(|cause| unreadable(reading.name(at), &cause))
            });
            if let Err(finding) = read {
                found.push(finding);
            }
        }
    }
    let ground = &ground;
    reading.each(
        &reading.of(Some("flows"), ".xml"),
        |at, bytes| {
            let mut flows = Vec::new();
            each(bytes, &["flowDataSet"], limits, |one| ground.flow(&one).map(|flow| flows.push(flow)))
                .map(|()| flows)
                .map_err(|cause| unreadable(reading.name(at), &cause))
        },
        |at, flows| match flows {
            Ok(flows) => {
                for flow in flows {
                    if flow.unit.is_empty() {
                        let place = Place::default().in_file(reading.name(at));
                        found.push(Diagnostic::new(&catalogue::I707).with("flow", &flow.name).at(place));
                    }
                    builder.flow(flow);
                }
            }
            Err(finding) => found.push(finding),
        },
        &mut |_| (),
    );
    reading.each(
        &processes,
        |at, bytes| {
            let name = reading.name(at);
            let mut list = Vec::new();
            each(bytes, &["processDataSet"], limits, |one| process(&one, name).map(|one| list.push(one)))
                .map(|()| list)
                .map_err(|cause| unreadable(name, &cause))
        },
        |at, list| match list {
            Ok(list) => {
                for (process, dropped) in list {
                    if dropped > 0 {
                        let place = Place::default().in_file(reading.name(at));
                        found.push(Diagnostic::new(&catalogue::I704).with("count", dropped).at(place));
                    }
                    builder.process(process);
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

fn unreadable(file: &str, cause: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(Place::default().in_file(file))
}

#[derive(Default)]
struct Ground {
    /// Reference unit by unit group.
    base: FxHashMap<String, String>,
    /// Name and unit group by flow property.
    properties: FxHashMap<String, (String, String)>,
}

/// The id of a dataset, below its `…Information/dataSetInformation`.
fn id<'a>(one: &'a Element, information: &str) -> Option<&'a str> {
    one.at(&[information, "dataSetInformation"])?.text_of("UUID")
}

/// The English text of a name, else the first.
fn named(element: &Element, name: &str) -> Option<String> {
    element.text_in(name, "en").or_else(|| element.text_of(name)).map(str::to_string)
}

fn finite(number: Option<f64>) -> Option<Finite> {
    number.and_then(|number| Finite::new(number).ok())
}

impl Ground {
    fn unit_group(&mut self, one: &Element, builder: &mut Builder) {
        let Some(id) = id(one, "unitGroupInformation") else { return };
        let information = one.child("unitGroupInformation");
        let group = information.and_then(|one| one.child("dataSetInformation")).and_then(|one| named(one, "name"));
        let group = group.unwrap_or_else(|| id.to_string());
        let reference = information
            .and_then(|one| one.child("quantitativeReference"))
            .and_then(|one| one.text_of("referenceToReferenceUnit"));
        for unit in one.child("units").iter().flat_map(|units| units.all("unit")) {
            let (Some(symbol), Some(factor)) = (named(unit, "name"), finite(unit.number_of("meanValue"))) else {
                continue;
            };
            if unit.attribute("dataSetInternalID") == reference {
                self.base.insert(id.to_string(), symbol.clone());
            }
            if factor.get() > 0.0 {
                builder.unit(UnitDocument { symbol, group: group.clone(), factor, synonyms: Vec::new() });
            }
        }
    }

    fn property(&mut self, one: &Element) {
        let information = one.child("flowPropertiesInformation");
        let (Some(id), Some(information)) = (id(one, "flowPropertiesInformation"), information) else { return };
        let group = information
            .at(&["quantitativeReference", "referenceToReferenceUnitGroup"])
            .and_then(|one| one.attribute("refObjectId"));
        let name = information.child("dataSetInformation").and_then(|one| named(one, "name")).unwrap_or_default();
        if let Some(group) = group {
            self.properties.insert(id.to_string(), (name, group.to_string()));
        }
    }

    fn flow(&self, one: &Element) -> Result<FlowDocument, String> {
        let id = id(one, "flowInformation").ok_or("the flow has no UUID")?;
        let information = one.at(&["flowInformation", "dataSetInformation"]).ok_or("dataSetInformation is missing")?;
        let kind = one.at(&["modellingAndValidation", "LCIMethod"]).and_then(|method| method.text_of("typeOfDataSet"));
        let classes = information.child("classificationInformation");
        let category = classes.map(path).unwrap_or_default();
        let kind = match kind {
            Some("Elementary flow") if category.to_ascii_lowercase().starts_with("resource") => FlowKind::Resource,
            Some("Elementary flow") => FlowKind::Emission,
            Some("Waste flow") => FlowKind::Waste,
            _ => FlowKind::Product,
        };
        let reference = one
            .at(&["flowInformation", "quantitativeReference"])
            .and_then(|one| one.text_of("referenceToReferenceFlowProperty"));
        let (mut unit, mut properties, mut own) = (String::new(), Vec::new(), 1.0);
        for property in one.child("flowProperties").iter().flat_map(|all| all.all("flowProperty")) {
            let named = property.child("referenceToFlowPropertyDataSet").and_then(|one| one.attribute("refObjectId"));
            let Some((name, group)) = named.and_then(|id| self.properties.get(id)) else { continue };
            let Some(symbol) = self.base.get(group) else { continue };
            let amount = property.number_of("meanValue").filter(|amount| *amount > 0.0);
            if property.attribute("dataSetInternalID") == reference {
                unit = symbol.clone();
                own = amount.unwrap_or(1.0);
            } else if let Some(amount) = amount {
                properties.push((name.clone(), symbol.clone(), amount));
            }
        }
        let name = information.child("name");
        Ok(FlowDocument {
            id: id.to_string(),
            name: name.and_then(|name| named(name, "baseName")).unwrap_or_else(|| id.to_string()),
            name_zh: name.and_then(|name| name.text_in("baseName", "zh")).map(str::to_string),
            kind,
            unit,
            category,
            location: one
                .at(&["flowInformation", "geography"])
                .and_then(|one| one.text_of("locationOfSupply"))
                .map(str::to_string),
            cas: information.text_of("CASNumber").map(str::to_string),
            synonyms: information
                .text_of("synonyms")
                .iter()
                .flat_map(|all| all.split(';'))
                .map(|one| one.trim().to_string())
                .filter(|one| !one.is_empty())
                .collect(),
            properties: properties
                .into_iter()
                .filter_map(|(name, unit, amount)| {
                    Some(PropertyDocument { name, unit, amount: finite(Some(amount / own))? })
                })
                .collect(),
            cut_off: false,
            gas: None,
        })
    }
}

/// The classes of a flow or process, outermost first.
fn path(information: &Element) -> String {
    let lists = [("elementaryFlowCategorization", "category"), ("classification", "class")];
    for (list, item) in lists {
        if let Some(list) = information.child(list) {
            return list.all(item).filter_map(Element::text).collect::<Vec<_>>().join("/");
        }
    }
    String::new()
}

fn process(one: &Element, file: &str) -> Result<(ProcessDocument, usize), String> {
    let information = one.child("processInformation").ok_or("processInformation is missing")?;
    let id = id(one, "processInformation").ok_or("the process has no UUID")?;
    let set = information.child("dataSetInformation").ok_or("dataSetInformation is missing")?;
    let references: Vec<&str> = information
        .child("quantitativeReference")
        .iter()
        .flat_map(|one| one.all("referenceToReferenceFlow"))
        .filter_map(Element::text)
        .collect();
    let mut parameters = Vec::new();
    for variable in information.child("mathematicalRelations").iter().flat_map(|one| one.all("variableParameter")) {
        let Some(name) = variable.attribute("name") else { continue };
        parameters.push(ParameterDocument {
            name: name.to_string(),
            amount: finite(variable.number_of("meanValue")),
            formula: variable.text_of("formula").map(str::to_string),
            uncertainty: None,
            comment: named(variable, "comment"),
        });
    }
    let (mut exchanges, mut dropped) = (Vec::new(), 0);
    for one in one.child("exchanges").iter().flat_map(|all| all.all("exchange")) {
        match exchange(one, &references) {
            Some(exchange) => exchanges.push(exchange),
            None => dropped += 1,
        }
    }
    let allocation = allocation(one, &exchanges);
    let time = information.child("time");
    let year = time.and_then(|one| one.text_of("referenceYear")).and_then(|year| year.get(..4)).unwrap_or("");
    let last = time.and_then(|one| one.text_of("dataSetValidUntil")).and_then(|year| year.get(..4)).unwrap_or(year);
    let name = set.child("name");
    let source = one
        .at(&["modellingAndValidation", "dataSourcesTreatmentAndRepresentativeness", "referenceToDataSource"])
        .and_then(|one| named(one, "shortDescription"));
    let licence = one
        .at(&["administrativeInformation", "publicationAndOwnership"])
        .and_then(|one| one.text_of("licenseType"))
        .map(str::to_string);
    let document = ProcessDocument {
        id: id.to_string(),
        name: name.and_then(|name| named(name, "baseName")).unwrap_or_else(|| id.to_string()),
        name_zh: name.and_then(|name| name.text_in("baseName", "zh")).map(str::to_string),
        category: set.child("classificationInformation").map(path).unwrap_or_default(),
        location: information
            .at(&["geography", "locationOfOperationSupplyOrProduction"])
            .and_then(|one| one.attribute("location"))
            .map(str::to_string),
        period: format!("{year}-{last}").parse().or_else(|_| year.parse()).unwrap_or(Period::NotStated),
        exchanges,
        parameters,
        allocation,
        source: source.unwrap_or_default(),
        licence,
        file: Some(file.to_string()),
        comment: named(set, "generalComment"),
    };
    Ok((document, dropped))
}

fn exchange(one: &Element, references: &[&str]) -> Option<ExchangeDocument> {
    let number = one.attribute("dataSetInternalID")?;
    let flow = one.child("referenceToFlowDataSet")?.attribute("refObjectId")?;
    let direction = match one.text_of("exchangeDirection")? {
        "Input" => Direction::Input,
        "Output" => Direction::Output,
        _ => return None,
    };
    let mean = one.number_of("meanAmount");
    let amount = finite(one.number_of("resultingAmount").or(mean))?;
    // The resulting amount is the mean amount times the variable.
    let formula = match (one.text_of("referenceToVariable"), mean) {
        (Some(variable), Some(mean)) => Some(format!("({mean})*({variable})")),
        _ => None,
    };
    Some(ExchangeDocument {
        id: Some(number.to_string()),
        flow: flow.to_string(),
        direction,
        amount,
        formula,
        unit: None,
        property: None,
        // A process with several reference flows is scaled to the first; it is divided like any other.
        reference: references.first() == Some(&number),
        avoided: false,
        provider: None,
        price: None,
        uncertainty: uncertainty(one),
        comment: named(one, "generalComment"),
    })
}

/// The format gives half the width of the 95 % interval in per cent of the mean: kept in its words, for how a lognormal
/// follows from it is not said.
fn uncertainty(one: &Element) -> Option<Uncertainty> {
    let form = one.text_of("uncertaintyDistributionType")?;
    let finite = |name: &str| finite(one.number_of(name));
    let distribution = match (form, finite("minimumAmount"), finite("maximumAmount")) {
        ("undefined", ..) => return None,
        ("uniform", Some(minimum), Some(maximum)) => Distribution::Uniform { minimum, maximum },
        _ => {
            let spread = one.text_of("relativeStandardDeviation95In").unwrap_or("not stated");
            Distribution::Unknown { text: format!("{form}, relativeStandardDeviation95In {spread}") }
        }
    };
    Some(Uncertainty { distribution: Some(distribution), pedigree: None, basic: None })
}

/// Shares of exchanges for each product, in per cent.
fn allocation(process: &Element, exchanges: &[ExchangeDocument]) -> Option<AllocationDocument> {
    let flow_of: FxHashMap<&str, &str> =
        exchanges.iter().filter_map(|one| Some((one.id.as_deref()?, one.flow.as_str()))).collect();
    let mut shares = Vec::new();
    for one in process.child("exchanges")?.all("exchange") {
        for share in one.child("allocations").iter().flat_map(|all| all.all("allocation")) {
            let product = share.attribute("internalReferenceToCoProduct").and_then(|number| flow_of.get(number));
            let fraction = share.number("allocatedFraction").and_then(|share| Finite::new(share / 100.0).ok());
            let (Some(product), Some(fraction), Some(exchange)) =
                (product, fraction, one.attribute("dataSetInternalID"))
            else {
                continue;
            };
            shares.push(ShareDocument {
                rule: AllocationRule::Causal,
                product: product.to_string(),
                share: fraction,
                exchange: Some(exchange.to_string()),
            });
        }
    }
    (!shares.is_empty()).then_some(AllocationDocument { rule: Some(AllocationRule::Causal), shares })
}
