//! Inventories as they stand in spreadsheets: `processes.csv` has a line per activity, `exchanges.csv` a line per
//! exchange. A product is its activity, its name and its place; an elementary flow is its name, compartment and unit.

use super::source::Reading;
use super::{Imported, LciLimits, Progress, Source};
use csv::{ReaderBuilder, StringRecord};
use rustc_hash::{FxHashMap, FxHashSet};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::factor::Period;
use zuji_core::inventory::{
    Builder, Centre, DatabaseHead, Direction, Distribution, ExchangeDocument, FlowDocument, FlowKind, ProcessDocument,
    Uncertainty,
};
use zuji_core::math::{Finite, functions};

/// Reads a database. docs/inventories.md has the columns.
///
/// # Errors
/// A file or column that must be there and is not, a line that cannot be read.
pub fn read_sheet(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let mut processes: Vec<ProcessDocument> = Vec::new();
    let mut own_product: Vec<String> = Vec::new();
    let mut number: FxHashMap<String, usize> = FxHashMap::default();
    let columns = ["pid", "activity", "location", "reference_product", "source", "file"];
    lines(&reading, "processes.csv", columns, 2, |line, [pid, activity, location, product, source, file]| {
        if number.insert(pid.to_string(), processes.len()).is_some() {
            return Err(unreadable("processes.csv", line, &format!("pid {pid} stands twice")));
        }
        own_product.push(product_id(activity, product, location));
        processes.push(ProcessDocument {
            id: pid.to_string(),
            name: activity.to_string(),
            name_zh: None,
            category: String::new(),
            location: Some(location.to_string()).filter(|text| !text.is_empty()),
            period: Period::NotStated,
            exchanges: Vec::new(),
            parameters: Vec::new(),
            allocation: None,
            source: source.to_string(),
            licence: None,
            file: Some(file.to_string()).filter(|text| !text.is_empty()),
            comment: None,
        });
        Ok(())
    })?;
    let mut outputs: Vec<Vec<usize>> = vec![Vec::new(); processes.len()];
    let mut builder = Builder::new(head);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Diagnostics::default();
    let columns = [
        "pid",
        "exchange",
        "amount",
        "type",
        "reference_product",
        "exc_location",
        "unit",
        "categories",
        "uncertainty_type",
        "loc",
        "scale",
    ];
    lines(&reading, "exchanges.csv", columns, 4, |line, fields| {
        let [pid, name, amount, kind, product, location, unit, categories, form, centre, scale] = fields;
        let Some(&at) = number.get(pid) else {
            return Err(unreadable("exchanges.csv", line, &format!("pid {pid} is not in processes.csv")));
        };
        let number = |text: &str| text.parse().ok().and_then(|number: f64| Finite::new(number).ok());
        let place = || Place::line(u32::try_from(line).unwrap_or(u32::MAX)).in_file("exchanges.csv");
        let (Some(amount), "production" | "technosphere" | "biosphere" | "substitution") = (number(amount), kind)
        else {
            found.push(Diagnostic::new(&catalogue::I704).with("count", 1).at(place()));
            return Ok(());
        };
        let category = categories.replace("::", "/");
        let (flow, flow_kind) = if kind == "biosphere" {
            let resource = category.starts_with("natural resource");
            let own = if resource { FlowKind::Resource } else { FlowKind::Emission };
            (format!("{name}|{category}|{unit}"), own)
        } else {
            (product_id(name, product, location), FlowKind::Product)
        };
        if seen.insert(flow.clone()) {
            builder.flow(FlowDocument {
                id: flow.clone(),
                name: if kind == "biosphere" || product.is_empty() { name } else { product }.to_string(),
                name_zh: None,
                kind: flow_kind,
                unit: unit.to_string(),
                category: if kind == "biosphere" { category } else { String::new() },
                location: Some(location.to_string()).filter(|text| !text.is_empty() && kind != "biosphere"),
                cas: None,
                synonyms: Vec::new(),
                properties: Vec::new(),
                cut_off: false,
                gas: None,
            });
        }
        let output = kind == "production" || (kind == "biosphere" && flow_kind == FlowKind::Emission);
        let reference = kind == "production" && flow == own_product[at];
        if kind == "production" {
            outputs[at].push(processes[at].exchanges.len());
        }
        processes[at].exchanges.push(ExchangeDocument {
            id: None,
            direction: if output { Direction::Output } else { Direction::Input },
            amount,
            formula: None,
            unit: Some(unit.to_string()),
            property: None,
            reference,
            avoided: kind == "substitution",
            provider: None,
            price: None,
            uncertainty: uncertainty(form, amount, number(centre), number(scale)),
            comment: None,
            flow,
        });
        Ok(())
    })?;
    progress(Progress { done: 2, of: 2 });
    for (mut process, outputs) in processes.into_iter().zip(outputs) {
        // A product whose name differs from the activity's line is still the product where it is the only one.
        if let ([only], false) = (&outputs[..], process.exchanges.iter().any(|one| one.reference)) {
            process.exchanges[*only].reference = true;
        }
        builder.process(process);
    }
    let (inventory, findings) = builder.finish();
    found.extend(findings);
    Ok(Imported { inventory, findings: found })
}

fn product_id(activity: &str, product: &str, location: &str) -> String {
    format!("{activity}|{product}|{location}")
}

/// Forms by number, as the `stats_arrays` package numbers them: 2 lognormal (ln of the median, σ of the logarithm),
/// 3 normal.
fn uncertainty(form: &str, amount: Finite, centre: Option<Finite>, scale: Option<Finite>) -> Option<Uncertainty> {
    let distribution = match form {
        "" | "0" | "1" => return None,
        "2" => {
            let median = centre.map(|centre| functions::exp(centre.get()));
            let is_median = median.is_some_and(|median| (median - amount.get().abs()).abs() <= 1e-6 * median);
            let gsd = scale
                .filter(|scale| scale.get() >= 0.0)
                .and_then(|scale| Finite::new(functions::exp(scale.get())).ok());
            gsd.filter(|_| is_median).map(|gsd| Distribution::Lognormal { centre: Centre::Median, gsd })
        }
        "3" => scale.filter(|scale| scale.get() >= 0.0 && centre == Some(amount)).map(|sd| Distribution::Normal { sd }),
        _ => None,
    };
    let text = |value: Option<Finite>| value.map_or("–".to_string(), |value| value.get().to_string());
    let words = || format!("uncertainty type {form}, loc {}, scale {}", text(centre), text(scale));
    let distribution = Some(distribution.unwrap_or_else(|| Distribution::Unknown { text: words() }));
    Some(Uncertainty { distribution, pedigree: None, basic: None })
}

/// The lines of a table: its columns by name, in this order, the first `needed` of which must be there.
fn lines<const N: usize>(
    reading: &Reading,
    file: &'static str,
    columns: [&str; N],
    needed: usize,
    mut take: impl FnMut(u64, [&str; N]) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let at = reading.named(file).ok_or_else(|| Diagnostic::new(&catalogue::I709).with("file", file))?;
    let bytes = reading.bytes(at)?;
    let mut reader = ReaderBuilder::new().from_reader(super::source::without_mark(&bytes));
    let wrong = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        unreadable(file, line, &error.to_string())
    };
    let header = reader.headers().map_err(wrong)?.clone();
    let positions = columns.map(|name| header.iter().position(|own| own.trim() == name));
    if let Some(missing) = positions[..needed].iter().position(Option::is_none) {
        return Err(unreadable(file, 1, &format!("column {} is missing", columns[missing])));
    }
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(wrong)? {
        let line = record.position().map_or(0, csv::Position::line);
        take(line, positions.map(|at| at.and_then(|at| record.get(at)).unwrap_or("").trim()))?;
    }
    Ok(())
}

fn unreadable(file: &str, line: u64, cause: &str) -> Diagnostic {
    let line = u32::try_from(line).ok().filter(|line| *line > 0);
    let place = Place { line, ..Place::default() }.in_file(file);
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(place)
}
