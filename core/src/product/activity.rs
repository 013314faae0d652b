//! All activities of a product, laid out flat: parts, transport, energy, packaging, use, end of life. Each belongs to a
//! process of the foreground (a node), has an amount per unit of it and a recipe. The matrix is filled from this list.

use super::bill::{KeyIndex, Line, NodeIndex};
use super::energy::{AllocationApplied, Setting, divide, price_ratio, resolve_energy};
use super::recipe::{Recipe, RecipeState};
use super::resolve::{Resolver, Wanted};
use super::study::Study;
use super::transport::resolve_leg;
use super::{Bill, Declared, Library, Options, ProductDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::factor::{FactorIndex, name_key};
use crate::method::Module;
use crate::quantity::Lookup;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What an activity is to its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The part or material itself.
    Material,
    /// Moving it.
    Transport,
    /// Energy, water or a process.
    Energy,
    /// The same part again during the service life.
    Replacement,
    /// Treating it at the end.
    EndOfLife,
}

/// One activity: so much of a recipe per unit of a node.
#[derive(Clone, Copy, Debug)]
pub struct Activity {
    /// Units of the recipe per unit of the node; NaN is unknown.
    pub amount: f64,
    /// The foreground process it belongs to.
    pub node: u32,
    /// The recipe.
    pub recipe: u32,
    /// The line of the bill; beyond its end, one of [`Activities::others`].
    pub origin: u32,
    /// What it is.
    pub role: Role,
}

/// An assembly in another: so many per unit.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The using process.
    pub parent: u32,
    /// The used process.
    pub child: u32,
    /// Units per unit of the parent.
    pub amount: f64,
    /// How often it is replaced during the service life.
    pub replacements: f64,
    /// The line of the bill; `u32::MAX` for the product's own production.
    pub line: u32,
}

/// Something that is not a line of the bill.
#[derive(Clone, Debug)]
pub struct Other {
    /// Its name.
    pub name: String,
    /// Its place in the document.
    pub place: Place,
    /// How uncertain its amount is, as it was written, and the number of the amount.
    pub uncertainty: Option<(String, f64)>,
}

/// The layout of a product.
#[derive(Clone, Debug, Default)]
pub struct Activities {
    /// All activities.
    pub entries: Vec<Activity>,
    /// Assemblies in assemblies.
    pub edges: Vec<Edge>,
    /// Number of foreground processes.
    pub nodes: usize,
    /// The distinct recipes.
    pub recipes: Vec<Recipe>,
    /// Names of what is not a line.
    pub others: Vec<Other>,
    /// How often the lines of some activities are replaced: activity, times.
    pub replaced: Vec<(u32, f64)>,
    /// Market-based recipes beside location-based activities: activity, recipe.
    pub market: Vec<(u32, u32)>,
    /// Rules of division that were applied.
    pub allocations: Vec<AllocationApplied>,
    /// Every factor row that was looked at.
    pub consulted: BTreeSet<FactorIndex>,
    /// Conservative estimates by class that were needed, kg CO2e per kg.
    pub bounds: BTreeMap<String, Option<f64>>,
    /// Processes of which nobody knows how many are needed, with the code of the finding.
    pub refused: BTreeMap<u32, &'static str>,
}

/// What hangs on a line beside its material: per unit of the line.
#[derive(Clone, Copy)]
pub(super) struct Derived {
    pub recipe: u32,
    pub per_unit: f64,
    pub role: Role,
    /// Whether losses of manufacture count too (transport in), or only what is in the product (end of life).
    pub gross: bool,
}

/// The layout while it is made.
pub(super) struct Layout<'a, 'b> {
    pub out: Activities,
    pub resolver: Resolver<'a>,
    pub bill: &'b Bill,
    pub document: &'b ProductDocument,
    pub mass_known: bool,
    pub found: Diagnostics,
    /// Findings that hold for all lines of a key.
    by_key: FxHashMap<u32, Vec<Diagnostic>>,
    keys: Vec<Option<u32>>,
    derived: Vec<Option<Vec<Derived>>>,
    /// The recipes of keys whose plain lines have nothing hanging on them: the short way for lines by the million.
    alone: Vec<Option<u32>>,
}

impl Activities {
    /// Lays a product out. Findings travel along; nothing stops at the first.
    pub fn lay_out(
        bill: &Bill,
        document: &ProductDocument,
        study: &Study,
        library: &Library,
        _options: &Options,
    ) -> (Self, Diagnostics) {
        let mut resolver = Resolver::new(library, study.packs.clone(), &study.geography, study.date);
        let mut found = Diagnostics::default();
        for (symbol, meaning) in &document.units {
            match library.units.find(meaning) {
                Lookup::Unit(unit) => {
                    resolver.units.insert(crate::quantity::normalise(symbol), unit);
                }
                _ => found.push(
                    Diagnostic::new(&catalogue::V106)
                        .with("field", format!("units.{symbol}"))
                        .with("text", meaning)
                        .with_words("range", ("a known unit", "已知单位"))
                        .at(Place::field(format!("units.{symbol}"))),
                ),
            }
        }
        for (name, id) in &document.factors {
            resolver.factors.insert(name_key(name), id.clone());
        }
        let mut layout = Layout {
            out: Self { nodes: bill.node_count(), ..Self::default() },
            resolver,
            bill,
            document,
            mass_known: study.mass.is_some(),
            found,
            by_key: FxHashMap::default(),
            keys: vec![None; bill.keys().len()],
            derived: vec![None; bill.keys().len()],
            alone: vec![None; bill.keys().len()],
        };
        layout.production(study);
        layout.lines();
        layout.orphans();
        layout.energy(study);
        layout.distribution(study);
        layout.report_keys();
        layout.out.consulted = layout.resolver.consulted;
        layout.out.bounds = layout.resolver.bounds;
        (layout.out, layout.found)
    }

    /// The name of what an activity comes from.
    pub fn name<'b>(&'b self, bill: &'b Bill, origin: u32) -> &'b str {
        match bill.lines().get(origin as usize) {
            Some(line) => bill.name(line),
            None => self.others.get(origin as usize - bill.lines().len()).map_or("", |other| other.name.as_str()),
        }
    }

    /// The place of what an activity comes from.
    pub fn place(&self, bill: &Bill, origin: u32) -> Place {
        match bill.lines().get(origin as usize) {
            Some(line) => line.place(),
            None => self
                .others
                .get(origin as usize - bill.lines().len())
                .map(|other| other.place.clone())
                .unwrap_or_default(),
        }
    }
}

impl Layout<'_, '_> {
    /// The product needs its share of one production.
    fn production(&mut self, study: &Study) {
        let mut amount = 1.0;
        if let Some(document) = &self.document.co_products {
            match divide(&document.outputs, &document.key, &self.resolver.library.units, false) {
                Ok((key, shares)) => {
                    let limit = study.profile.economic_allocation_above.map(crate::math::Finite::get);
                    if let Some(finding) = limit.and_then(|limit| price_ratio(&document.outputs, key, limit)) {
                        self.found.push(finding.at(Place::field("co_products")));
                    }
                    amount = shares.iter().find(|share| share.this).map_or(f64::NAN, |share| share.share);
                    self.found.push(
                        Diagnostic::new(&catalogue::L604)
                            .with_words("what", ("the production", "生产过程"))
                            .with_words("key", key.name())
                            .with("share", format!("{} %", crate::math::significant(amount * 100.0, 4)))
                            .with("total", "100 %")
                            .at(Place::field("co_products")),
                    );
                    self.out.allocations.push(AllocationApplied {
                        what: "production".into(),
                        key,
                        shares,
                        declared_units: 1.0,
                    });
                }
                Err(finding) => {
                    self.out.refused.insert(NodeIndex::PRODUCTION.0, finding.code());
                    self.found.push(finding.at(Place::field("co_products")));
                    amount = f64::NAN;
                }
            }
        }
        let (parent, child) = (NodeIndex::PRODUCT.0, NodeIndex::PRODUCTION.0);
        self.out.edges.push(Edge { parent, child, amount, replacements: 0.0, line: u32::MAX });
    }

    fn lines(&mut self) {
        let bill = self.bill;
        self.out.entries.reserve(bill.lines().len());
        let mut zero = Vec::new();
        for (position, line) in bill.lines().iter().enumerate() {
            let origin = position as u32;
            let details = bill.details(line);
            if line.quantity == 0.0 {
                zero.push(line.row);
            }
            match (bill.child(line), details) {
                (None, None) if line.quantity >= 0.0 => match self.alone[line.key().0 as usize] {
                    Some(recipe) => {
                        let (amount, node) = (line.quantity, line.node().0);
                        self.push(Activity { amount, node, recipe, origin, role: Role::Material });
                    }
                    None => self.plain(origin, line),
                },
                (Some(child), _) => self.assembly(origin, line, child, details),
                _ => self.detailed(origin, line, details),
            }
        }
        if !zero.is_empty() {
            let places = zero.iter().map(|&row| bill.place(row, "quantity"));
            self.found.push(Diagnostic::new(&catalogue::B501).with("rows", zero.len()).at_all(places));
        }
    }

    /// A line with nothing rare about it: its recipe is that of its key.
    pub(super) fn plain(&mut self, origin: u32, line: &Line) {
        let recipe = self.key_recipe(line.key(), line);
        self.push(Activity { amount: line.quantity, node: line.node().0, recipe, origin, role: Role::Material });
        let key = line.key().0 as usize;
        if self.derived[key].is_none() {
            let mut found = Vec::new();
            let derived = self.derive(recipe, self.bill.name(line), None, &mut found);
            self.alone[key] = derived.is_empty().then_some(recipe);
            self.derived[key] = Some(derived);
            self.by_key.entry(line.key().0).or_default().extend(found);
        }
        let derived = self.derived[key].take().unwrap_or_default();
        for part in &derived {
            self.push(Activity {
                amount: line.quantity * part.per_unit,
                node: line.node().0,
                recipe: part.recipe,
                origin,
                role: part.role,
            });
        }
        self.derived[key] = Some(derived);
    }

    pub(super) fn key_recipe(&mut self, key: KeyIndex, line: &Line) -> u32 {
        if let Some(recipe) = self.keys[key.0 as usize] {
            return recipe;
        }
        let name = self.bill.name(line);
        let (recipe, found) = self.resolver.resolve(Wanted::of_key(self.bill.key(key), name), None);
        self.by_key.insert(key.0, found);
        let index = self.recipe(recipe);
        self.keys[key.0 as usize] = Some(index);
        index
    }

    /// Energy of manufacture and of use.
    fn energy(&mut self, study: &Study) {
        let document = self.document;
        let plant = document.plant.as_ref();
        let base = Setting {
            plant,
            declared_amount: study.declared_amount,
            years: study.years,
            module: Module::A3,
            in_use: false,
        };
        let in_use = Setting { module: Module::B6, in_use: true, ..base };
        let making = document.energy.given().map_or(&[][..], Vec::as_slice);
        let using = document.use_phase.given().map_or(&[][..], |use_phase| &use_phase.energy);
        let all = making.iter().map(|energy| (energy, &base, "energy", NodeIndex::PRODUCTION)).enumerate();
        let all = all.chain(using.iter().map(|energy| (energy, &in_use, "use.energy", NodeIndex::PRODUCT)).enumerate());
        for (position, (energy, setting, field, node)) in all {
            let place = Place::field(format!("{field}[{position}]"));
            let mut found = Vec::new();
            let energy_use = resolve_energy(&mut self.resolver, energy, setting, &mut found);
            for finding in found {
                self.found.push(finding.with("rows", 1).at(place.clone()));
            }
            let name = energy.name.clone().unwrap_or_else(|| energy.carrier.clone());
            let origin = self.other(name, place);
            let written = super::Measure::read(&energy.amount.0, &self.resolver.library.units).ok();
            if let (Some(stated), Some(written), Some(other)) =
                (&energy.uncertainty, written, self.out.others.last_mut())
            {
                other.uncertainty = Some((stated.0.clone(), written.value));
            }
            let recipe = self.recipe(energy_use.recipe);
            let entry =
                self.push(Activity { amount: energy_use.amount, node: node.0, recipe, origin, role: Role::Energy });
            if let Some(market) = energy_use.market {
                let market = self.recipe(market);
                self.out.market.push((entry, market));
            }
            self.out.allocations.extend(energy_use.allocation);
        }
    }

    /// The product's own way to the customer, where its mass is given (or that of the load).
    fn distribution(&mut self, study: &Study) {
        let document = self.document;
        if let Declared::Some(legs) = &document.distribution {
            for (position, leg) in legs.iter().enumerate() {
                if study.mass.is_none() && leg.mass.is_none() {
                    continue;
                }
                let mass = study.mass.unwrap_or(0.0);
                let place = Place::field(format!("distribution[{position}]"));
                let mut found = Vec::new();
                let resolved = resolve_leg(&mut self.resolver, leg, Module::A4, &leg.mode, &mut found);
                for finding in found {
                    self.found.push(finding.with("rows", 1).at(place.clone()));
                }
                let origin = self.other(leg.mode.clone(), place);
                let (recipe, amount) = match resolved {
                    Some(leg) => (leg.recipe, leg.mass.unwrap_or(mass) / 1000.0 * leg.kilometres),
                    None => {
                        (Recipe { reason: Some("V106"), ..Recipe::empty(RecipeState::Missing, Module::A4) }, f64::NAN)
                    }
                };
                let recipe = self.recipe(recipe);
                self.push(Activity { amount, node: NodeIndex::PRODUCT.0, recipe, origin, role: Role::Transport });
            }
        }
    }

    pub(super) fn other(&mut self, name: String, place: Place) -> u32 {
        self.out.others.push(Other { name, place, uncertainty: None });
        (self.bill.lines().len() + self.out.others.len() - 1) as u32
    }

    pub(super) fn recipe(&mut self, recipe: Recipe) -> u32 {
        self.out.recipes.push(recipe);
        (self.out.recipes.len() - 1) as u32
    }

    pub(super) fn push(&mut self, activity: Activity) -> u32 {
        self.out.entries.push(activity);
        (self.out.entries.len() - 1) as u32
    }

    /// Findings of a key hold for all its lines: one diagnostic, all places.
    fn report_keys(&mut self) {
        let mut with_findings: Vec<(u32, Vec<Diagnostic>)> =
            self.by_key.drain().filter(|(_, found)| !found.is_empty()).collect();
        if with_findings.is_empty() {
            return;
        }
        with_findings.sort_by_key(|(key, _)| *key);
        let mut rows: FxHashMap<u32, Vec<u32>> = with_findings.iter().map(|(key, _)| (*key, Vec::new())).collect();
        for line in self.bill.lines().iter().filter(|line| self.bill.child(line).is_none()) {
            if let Some(rows) = rows.get_mut(&line.key().0) {
                rows.push(line.row);
            }
        }
        for (key, findings) in with_findings {
            let rows = &rows[&key];
            for finding in findings {
                let field = if finding.code().starts_with('U') { "unit" } else { "material" };
                let places = rows.iter().map(|&row| self.bill.place(row, field));
                self.found.push(finding.with("rows", rows.len()).at_all(places));
            }
        }
    }
}
