//! What processes stand on: categories, locations, units with their groups, flow properties, flows.

use super::schema::{Category, CategoryFile, FlowFile, FlowPropertyFile, LocationFile, UnitGroupFile};
use rustc_hash::FxHashMap;
use zuji_core::inventory::{FlowDocument, FlowKind, PropertyDocument, UnitDocument};
use zuji_core::math::Finite;

/// What a unit id means.
#[derive(Clone, Debug)]
struct Unit {
    symbol: String,
    group: String,
}

/// A flow property: its name and unit group.
#[derive(Clone, Debug)]
struct Property {
    name: String,
    group: String,
}

/// The tables that references of processes and flows point into.
#[derive(Debug, Default)]
pub struct Ground {
    categories: FxHashMap<String, (String, Option<String>)>,
    locations: FxHashMap<String, String>,
    units: FxHashMap<String, Unit>,
    /// Reference unit symbol by group id.
    base: FxHashMap<String, String>,
    properties: FxHashMap<String, Property>,
    /// Flows with more than one property: which property ids each has, the reference first.
    flow_properties: FxHashMap<String, Vec<String>>,
}

/// A flow as its file says.
#[derive(Debug)]
pub struct FlowRead {
    pub document: FlowDocument,
    /// Whether it is known what the flow is and in which unit it counts.
    pub settled: bool,
    /// Ids of its properties, the reference first, where there are several.
    pub properties: Vec<String>,
}

/// Deepest path of categories; a parent that is its own child ends there.
const DEEPEST: usize = 30;

impl Ground {
    pub fn category(&mut self, file: &CategoryFile) {
        let parent = match &file.category {
            Some(Category::Reference(parent)) => Some(parent.id.to_string()),
            _ => None,
        };
        self.categories.insert(file.id.to_string(), (file.name.trim().to_string(), parent));
    }

    pub fn location(&mut self, file: &LocationFile) {
        let code = file.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        if let Some(name) = code.or(file.name.as_deref().map(str::trim)) {
            self.locations.insert(file.id.to_string(), name.to_string());
        }
    }

    /// Takes all unit groups. A symbol that two units share (`a` is an are and a year) is written with its group, and
    /// with its factor where one group has it twice, so that a symbol means one unit in the whole database.
    ///
    /// Returns the units and those that have no factor.
    pub fn unit_groups(&mut self, files: &[UnitGroupFile]) -> (Vec<UnitDocument>, Vec<String>) {
        let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
        let mut within: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        for file in files {
            for unit in file.units.iter().flatten() {
                *uses.entry(unit.name.trim()).or_default() += 1;
                *within.entry((&*file.id, unit.name.trim())).or_default() += 1;
            }
        }
        let (mut units, mut without) = (Vec::new(), Vec::new());
        for file in files {
            let group = file.name.trim();
            for unit in file.units.iter().flatten() {
                let name = unit.name.trim();
                let factor = unit.conversion_factor.or((unit.reference_unit == Some(true)).then_some(1.0));
                let factor = factor.filter(|factor| *factor > 0.0).and_then(|factor| Finite::new(factor).ok());
                let symbol = if within[&(&*file.id, name)] > 1 {
                    format!("{name} [{group}, {}]", factor.map_or("–".into(), |factor| factor.get().to_string()))
                } else if uses[name] > 1 {
                    format!("{name} [{group}]")
                } else {
                    name.to_string()
                };
                if unit.reference_unit == Some(true) {
                    self.base.insert(file.id.to_string(), symbol.clone());
                }
                self.units.insert(unit.id.to_string(), Unit { symbol: symbol.clone(), group: file.id.to_string() });
                let Some(factor) = factor else {
                    without.push(symbol);
                    continue;
                };
                units.push(UnitDocument {
                    symbol,
                    group: group.to_string(),
                    factor,
                    synonyms: unit.synonyms.clone().unwrap_or_default(),
                });
            }
        }
        (units, without)
    }

    pub fn property(&mut self, file: &FlowPropertyFile) {
        let group = file.unit_group.as_ref().map_or("", |group| &*group.id).to_string();
        self.properties.insert(file.id.to_string(), Property { name: file.name.trim().to_string(), group });
    }

    /// A flow, without blanks around its name.
    pub fn flow(&self, file: &FlowFile) -> FlowRead {
        let factors = file.flow_properties.as_deref().unwrap_or_default();
        let reference = factors
            .iter()
            .position(|one| one.reference_flow_property == Some(true))
            .or((factors.len() == 1).then_some(0));
        let property = |at: usize| factors[at].flow_property.as_ref().and_then(|one| self.properties.get(&*one.id));
        let unit = reference.and_then(property).and_then(|property| self.base.get(&property.group)).cloned();
        let mut properties = Vec::new();
        let mut ids = Vec::new();
        if let (Some(reference), true) = (reference, factors.len() > 1) {
            ids.extend(factors[reference].flow_property.iter().map(|one| one.id.to_string()));
            // What one unit of the reference property is in the others, whatever the reference's own factor.
            let own = factors[reference].conversion_factor.unwrap_or(1.0);
            for (at, factor) in factors.iter().enumerate().filter(|(at, _)| *at != reference) {
                let Some(known) = property(at) else { continue };
                let amount = factor.conversion_factor.unwrap_or(0.0) / own;
                let (Some(unit), Ok(amount)) = (self.base.get(&known.group), Finite::new(amount)) else { continue };
                if amount.get() > 0.0 {
                    properties.push(PropertyDocument { name: known.name.clone(), unit: unit.clone(), amount });
                    ids.extend(factor.flow_property.iter().map(|one| one.id.to_string()));
                }
            }
        }
        let category = self.path(file.category.as_ref());
        let kind = match file.flow_type.as_deref() {
            Some("ELEMENTARY_FLOW") if is_resource(&category) => FlowKind::Resource,
            Some("ELEMENTARY_FLOW") => FlowKind::Emission,
            Some("WASTE_FLOW") => FlowKind::Waste,
            _ => FlowKind::Product,
        };
        let settled = unit.is_some() && file.flow_type.is_some();
        let document = FlowDocument {
            name: file.name.as_deref().unwrap_or(&file.id).trim().to_string(),
            id: file.id.to_string(),
            name_zh: None,
            kind,
            unit: unit.unwrap_or_default(),
            category,
            location: self.place(file.location.as_ref().map(|one| &*one.id)),
            cas: file.cas.as_deref().map(|cas| cas.trim().to_string()).filter(|cas| !cas.is_empty()),
            synonyms: file
                .synonyms
                .iter()
                .flat_map(|all| all.split(';'))
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(str::to_string)
                .collect(),
            properties,
            // How the US LCI database marks flows that it does not follow.
            cut_off: file.name.as_deref().is_some_and(|name| name.trim_start().starts_with("CUTOFF")),
            gas: None,
        };
        FlowRead { document, settled, properties: ids }
    }

    /// Remembers which properties a flow has.
    pub fn has_properties(&mut self, flow: &str, ids: Vec<String>) {
        if ids.len() > 1 {
            self.flow_properties.insert(flow.to_string(), ids);
        }
    }

    /// Path of a category, outermost first.
    pub fn path(&self, category: Option<&Category>) -> String {
        let first = match category {
            None => return String::new(),
            Some(Category::Path(path)) => return path.trim().trim_matches('/').to_string(),
            Some(Category::Reference(first)) => first,
        };
        let Some(mut at) = self.categories.get(&*first.id) else {
            return first.name.as_deref().unwrap_or("").trim().to_string();
        };
        let mut names = vec![at.0.as_str()];
        while let Some(parent) = at.1.as_ref().and_then(|parent| self.categories.get(parent)) {
            names.push(&parent.0);
            at = parent;
            if names.len() >= DEEPEST {
                break;
            }
        }
        names.reverse();
        names.join("/")
    }

    /// Code of a location, by id.
    pub fn place(&self, id: Option<&str>) -> Option<String> {
        self.locations.get(id?).cloned()
    }

    /// Symbol of a unit, by id.
    pub fn symbol(&self, id: &str) -> Option<&str> {
        self.units.get(id).map(|unit| unit.symbol.as_str())
    }

    /// The property that an exchange names, where its flow has several in that unit's group and the unit alone does not
    /// tell which is meant (energy by lower and by higher heating value).
    pub fn ambiguous(&self, flow: &str, property: &str, unit: &str) -> Option<&str> {
        let ids = self.flow_properties.get(flow)?;
        let group = &self.units.get(unit)?.group;
        let of_group = |id: &&String| self.properties.get(*id).is_some_and(|one| one.group == *group);
        if ids.iter().filter(of_group).count() < 2 || ids.first().is_some_and(|first| first == property) {
            return None;
        }
        self.properties.get(property).map(|one| one.name.as_str())
    }
}

/// Whether the compartment of an elementary flow is the environment as a source.
fn is_resource(category: &str) -> bool {
    category.split('/').any(|part| {
        let part = part.trim().to_ascii_lowercase();
        ["resource", "natural resource", "raw", "in ground"].iter().any(|known| part.starts_with(known))
    })
}
