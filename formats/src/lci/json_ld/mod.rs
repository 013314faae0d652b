//! JSON-LD as openLCA exports it, schema versions 1.x and 2.x: a file per process, flow, unit group, flow property,
//! location, category, parameter and impact category, in folders of those names. <https://greendelta.github.io/olca-schema/>

mod ground;
mod process;
mod schema;

use super::source::Reading;
use super::{Imported, LciLimits, Progress, Source};
use ground::Ground;
use serde::Deserialize;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::inventory::{Builder, DatabaseHead, ImpactDocument, ImpactFactor};
use zuji_core::math::Finite;

/// Reads a database. `head` says what it is and where it comes from, which the files themselves do not.
///
/// # Errors
/// The finding that leaves no database: too many files, no process among them.
pub fn read_json_ld(
    source: &dyn Source,
    head: DatabaseHead,
    limits: &LciLimits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Imported, Diagnostic> {
    let reading = Reading::new(source, *limits)?;
    let files = Files { reading: &reading };
    let processes = reading.of(Some("processes"), ".json");
    if processes.is_empty() {
        return Err(Diagnostic::new(&catalogue::I703)
            .with("format", "openLCA JSON-LD")
            .with("wanted", "processes/*.json"));
    }
    let mut builder = Builder::new(head);
    let mut ground = Ground::default();
    let mut found = Diagnostics::default();
    files.small("categories", &mut found, |bytes| parse(bytes).map(|file| ground.category(&file)));
    files.small("locations", &mut found, |bytes| parse(bytes).map(|file| ground.location(&file)));
    files.units(&mut ground, &mut builder, &mut found);
    files.small("flow_properties", &mut found, |bytes| parse(bytes).map(|file| ground.property(&file)));
    files
        .small("parameters", &mut found, |bytes| parse(bytes).map(|file| builder.parameter(process::parameter(&file))));
    files.flows(&mut ground, &mut builder, &mut found);
    files.impacts(&ground, &mut builder, &mut found);
    let ground = &ground;
    reading.each(
        &processes,
        |at, bytes| {
            let name = reading.name(at);
            parse(bytes).map(|file| process::process(file, name, ground)).map_err(|cause| unreadable(name, &cause))
        },
        |_, process| match process {
            Ok((process, findings)) => {
                found.extend(findings);
                builder.process(process);
            }
            Err(finding) => found.push(finding),
        },
        progress,
    );
    let (inventory, findings) = builder.finish();
    found.extend(findings);
    Ok(Imported { inventory, findings: found })
}

/// JSON as a type; the depth is limited by the parser (128 levels).
fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

fn unreadable(file: &str, cause: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::I702).with("cause", cause).at(Place::default().in_file(file))
}

struct Files<'a> {
    reading: &'a Reading<'a>,
}

impl Files<'_> {
    /// Reads all files of a folder one after the other.
    fn small(&self, folder: &str, found: &mut Diagnostics, mut take: impl FnMut(&[u8]) -> Result<(), String>) {
        for at in self.reading.of(Some(folder), ".json") {
            let name = self.reading.name(at);
            let taken = self
                .reading
                .bytes(at)
                .and_then(|bytes| take(super::source::without_mark(&bytes)).map_err(|cause| unreadable(name, &cause)));
            if let Err(finding) = taken {
                found.push(finding);
            }
        }
    }

    fn units(&self, ground: &mut Ground, builder: &mut Builder, found: &mut Diagnostics) {
        let mut texts = Vec::new();
        for at in self.reading.of(Some("unit_groups"), ".json") {
            match self.reading.bytes(at) {
                Ok(bytes) => texts.push((self.reading.name(at), bytes)),
                Err(finding) => found.push(finding),
            }
        }
        let mut groups = Vec::new();
        for (name, bytes) in &texts {
            match parse::<schema::UnitGroupFile>(super::source::without_mark(bytes)) {
                Ok(group) => groups.push(group),
                Err(cause) => found.push(unreadable(name, &cause)),
            }
        }
        let (units, without) = ground.unit_groups(&groups);
        units.into_iter().for_each(|unit| builder.unit(unit));
        for symbol in without {
            found.push(Diagnostic::new(&catalogue::I706).with("unit", symbol));
        }
    }

    fn flows(&self, ground: &mut Ground, builder: &mut Builder, found: &mut Diagnostics) {
        let files = self.reading.of(Some("flows"), ".json");
        let mut several = Vec::new();
        let known = &*ground;
        self.reading.each(
            &files,
            |at, bytes| match parse::<schema::FlowFile>(bytes) {
                Ok(file) => Ok(known.flow(&file)),
                Err(cause) => Err(unreadable(self.reading.name(at), &cause)),
            },
            |at, flow| match flow {
                Ok(flow) => {
                    if !flow.settled {
                        let place = Place::default().in_file(self.reading.name(at));
                        found.push(Diagnostic::new(&catalogue::I707).with("flow", &flow.document.name).at(place));
                    }
                    if !flow.properties.is_empty() {
                        several.push((flow.document.id.clone(), flow.properties));
                    }
                    builder.flow(flow.document);
                }
                Err(finding) => found.push(finding),
            },
            &mut |_| (),
        );
        for (flow, properties) in several {
            ground.has_properties(&flow, properties);
        }
    }

    fn impacts(&self, ground: &Ground, builder: &mut Builder, found: &mut Diagnostics) {
        let mut categories = Vec::new();
        for folder in ["lcia_categories", "impact_categories"] {
            for at in self.reading.of(Some(folder), ".json") {
                let name = self.reading.name(at);
                let read = self.reading.bytes(at).and_then(|bytes| {
                    let file = parse(super::source::without_mark(&bytes)).map_err(|cause| unreadable(name, &cause))?;
                    let (category, left) = impact(&file, ground);
                    if left > 0 {
                        let place = Place::default().in_file(name);
                        found.push(
                            Diagnostic::new(&catalogue::I708)
                                .with("count", left)
                                .with("name", &category.name)
                                .at(place),
                        );
                    }
                    categories.push(category);
                    Ok(())
                });
                if let Err(finding) = read {
                    found.push(finding);
                }
            }
        }
        categories.into_iter().for_each(|category| builder.impact(category));
    }
}

/// An impact category, and how many of its factors hold for one location only, name no flow or value, or count in a
/// property that is not the flow's own: these are counted, not used.
fn impact(file: &schema::ImpactFile, ground: &Ground) -> (ImpactDocument, usize) {
    let mut left = 0;
    let mut factors = Vec::new();
    for factor in file.impact_factors.iter().flatten() {
        let amount = factor.value.and_then(|value| Finite::new(value).ok());
        let (Some(flow), Some(amount), None) = (&factor.flow, amount, &factor.location) else {
            left += 1;
            continue;
        };
        let several = factor.unit.as_ref().zip(factor.flow_property.as_ref());
        if several.is_some_and(|(unit, property)| ground.ambiguous(&flow.id, &property.id, &unit.id).is_some()) {
            left += 1;
            continue;
        }
        let unit = factor.unit.as_ref().map(|unit| ground.symbol(&unit.id).unwrap_or(&unit.id).to_string());
        factors.push(ImpactFactor { flow: flow.id.to_string(), amount, unit });
    }
    let document = ImpactDocument {
        id: file.id.to_string(),
        name: file.name.trim().to_string(),
        unit: file.reference_unit_name.as_deref().unwrap_or("").trim().to_string(),
        source: ground.path(file.category.as_ref()),
        factors,
    };
    (document, left)
}
