//! All activities of a product, laid out flat: parts, transport, energy, packaging, use, end of life. Each belongs to a
//! process of the foreground (a node), has an amount per unit of it and a recipe. The matrix is filled from this list.

use super::bill::{Details, KeyIndex, Line, NodeIndex};
use super::end_of_life;
use super::energy::{AllocationApplied, Setting, divide, price_ratio, resolve_energy};
use super::recipe::{Recipe, RecipeState};
use super::resolve::{Resolver, Wanted};
use super::study::Study;
use super::transport::resolve_leg;
use super::{Bill, Declared, EndOfLifeDocument, LegDocument, Library, Measure, MeasureError, Options, ProductDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::factor::{FactorIndex, name_key};
use crate::math::plain;
use crate::method::Module;
use crate::quantity::{Dimension, Lookup, NumberError, Percent, UnitTable, read_percent, within_ceiling};
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
}

/// What hangs on a line beside its material: per unit of the line.
#[derive(Clone, Copy)]
struct Derived {
    recipe: u32,
    per_unit: f64,
    role: Role,
    /// Whether losses of manufacture count too (transport in), or only what is in the product (end of life).
    gross: bool,
}

struct Layout<'a, 'b> {
    out: Activities,
    resolver: Resolver<'a>,
    bill: &'b Bill,
    document: &'b ProductDocument,
    mass_known: bool,
    found: Diagnostics,
    /// Findings that hold for all lines of a key.
    by_key: FxHashMap<u32, Vec<Diagnostic>>,
    keys: Vec<Option<u32>>,
    derived: Vec<Option<Vec<Derived>>>,
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
        let mut resolver = Resolver::new(library, &study.geography, study.date);
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
        };
        layout.production(study);
        layout.lines();
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

/// The code of the finding that reading made of a quantity without a number.
fn unreadable(details: &Details, units: &UnitTable) -> &'static str {
    match details.unreadable.as_ref().map(|text| Measure::read(&text.0, units)) {
        None => "B503",
        Some(Ok(_)) => "N111",
        Some(Err(MeasureError::Number(NumberError::NoValue))) => "N110",
        Some(Err(MeasureError::Number(NumberError::Ambiguous(..)))) => "N102",
        Some(Err(_)) => "N105",
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
            match (line.child(), details) {
                (None, None) if line.quantity >= 0.0 => self.plain(origin, line),
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
    fn plain(&mut self, origin: u32, line: &Line) {
        let recipe = self.key_recipe(line.key(), line);
        self.push(Activity { amount: line.quantity, node: line.node().0, recipe, origin, role: Role::Material });
        let key = line.key().0 as usize;
        if self.derived[key].is_none() {
            let mut found = Vec::new();
            let derived = self.derive(recipe, self.bill.name(line), None, &mut found);
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

    fn key_recipe(&mut self, key: KeyIndex, line: &Line) -> u32 {
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

    /// An assembly: an edge between processes. Its own material would count the mass twice.
    fn assembly(&mut self, origin: u32, line: &Line, child: NodeIndex, details: Option<&Details>) {
        let bill = self.bill;
        let key = bill.key(line.key());
        let name = bill.name(line);
        if !key.unit.trim().is_empty() {
            let pieces = match self
                .resolver
                .units
                .get(&key.unit)
                .cloned()
                .map_or_else(|| self.resolver.library.units.find(&key.unit), Lookup::Unit)
            {
                Lookup::Unit(unit) => unit.dimension() == Dimension::PIECE,
                Lookup::Ambiguous(units) => units.iter().any(|unit| unit.dimension() == Dimension::PIECE),
                Lookup::Unknown(_) => false,
            };
            if !pieces {
                self.found.push(
                    Diagnostic::new(&catalogue::B403)
                        .with("name", name)
                        .with("unit", &key.unit)
                        .at(bill.place(line.row, "unit")),
                );
                self.missing(origin, line, "B403");
                return;
            }
        }
        if key.factor.is_some() || (key.material != name && !key.material.is_empty()) {
            self.found.push(
                Diagnostic::new(&catalogue::B404)
                    .with("name", name)
                    .with("material", &key.material)
                    .at(bill.place(line.row, "material")),
            );
        }
        if line.quantity < 0.0 {
            self.found.push(self.negative(line));
            self.missing(origin, line, "B502");
            return;
        }
        let Some((gross, _)) = self.amounts(line, details) else {
            self.missing(origin, line, "V103");
            return;
        };
        let replacements = self.replacements(line, details);
        self.out.edges.push(Edge { parent: line.node().0, child: child.0, amount: gross, replacements, line: origin });
    }

    /// A line with properties of its own.
    fn detailed(&mut self, origin: u32, line: &Line, details: Option<&Details>) {
        let bill = self.bill;
        let empty = Details::default();
        let details = details.unwrap_or(&empty);
        let treatment = details.treatment.as_deref().map(str::trim).unwrap_or("");
        if line.quantity < 0.0 && !matches!(treatment, "waste" | "return" | "废物" | "返还") {
            self.found.push(self.negative(line));
            let recipe = Recipe {
                reason: Some("B502"),
                ..Recipe::empty(RecipeState::Undecided, bill.key(line.key()).module.unwrap_or(Module::A1))
            };
            let recipe = self.recipe(recipe);
            self.push(Activity { amount: f64::NAN, node: line.node().0, recipe, origin, role: Role::Material });
            return;
        }
        let waste = line.quantity < 0.0 && matches!(treatment, "waste" | "废物");
        let mut wanted = Wanted::of_key(bill.key(line.key()), bill.name(line));
        if waste {
            // Scrap of manufacture is treated there: the kinds of A3 hold, and the amount is what leaves.
            wanted.module = Some(Module::A3);
        }
        let (mut recipe, mut found) = self.resolver.resolve(wanted, Some(details));
        self.own_carbon(&mut recipe, details, &mut found);
        let amounts = self.amounts(line, Some(details));
        if amounts.is_none() && recipe.state == RecipeState::Counted {
            recipe.state = RecipeState::Missing;
            recipe.reason = Some("V103");
        }
        if line.quantity.is_nan() && recipe.state == RecipeState::Counted {
            let reason = unreadable(details, &self.resolver.library.units);
            recipe.state = if reason == "N102" { RecipeState::Undecided } else { RecipeState::Missing };
            recipe.reason = Some(reason);
        }
        let (gross, net) = amounts.unwrap_or((f64::NAN, f64::NAN));
        let (gross, net) = if waste { (gross.abs(), 0.0) } else { (gross, net) };
        let node = line.node().0;
        let index = self.recipe(recipe);
        let entry = self.push(Activity { amount: gross, node, recipe: index, origin, role: Role::Material });
        let derived = self.derive(index, bill.name(line), Some(details), &mut found);
        for part in derived {
            let amount = if part.gross { gross } else { net } * part.per_unit;
            self.push(Activity { amount, node, recipe: part.recipe, origin, role: part.role });
        }
        let times = self.replacements(line, Some(details));
        if times > 0.0 {
            self.out.replaced.push((entry, times));
        }
        for finding in found {
            let finding = finding.with("rows", 1).at(bill.place(line.row, "material"));
            self.found.push(finding);
        }
    }

    fn negative(&self, line: &Line) -> Diagnostic {
        Diagnostic::new(&catalogue::B502)
            .with("name", self.bill.name(line))
            .with("amount", plain(line.quantity))
            .with("unit", &self.bill.key(line.key()).unit)
            .at(self.bill.place(line.row, "quantity"))
    }

    /// An assembly that cannot be counted stands in the list as missing.
    fn missing(&mut self, origin: u32, line: &Line, reason: &'static str) {
        let recipe = self.recipe(Recipe { reason: Some(reason), ..Recipe::empty(RecipeState::Missing, Module::A1) });
        self.push(Activity { amount: f64::NAN, node: line.node().0, recipe, origin, role: Role::Material });
    }

    /// The quantity with losses, and the part of it that ends in the product. Loss is an add-on (q × (1 + s)), yield a
    /// quotient (q ÷ y): two numbers, never one for the other (users.md §0.6).
    fn amounts(&mut self, line: &Line, details: Option<&Details>) -> Option<(f64, f64)> {
        let Some(details) = details else { return Some((line.quantity, line.quantity)) };
        let mut gross = line.quantity;
        if let Some(text) = details.loss.as_ref().filter(|text| !text.0.trim().is_empty()) {
            match read_percent(&text.0) {
                Ok(Percent::Fraction(loss)) if (0.0..=1.0).contains(&loss) => gross *= 1.0 + loss,
                Ok(Percent::Ambiguous(value)) => {
                    let finding = Diagnostic::new(&catalogue::V104)
                        .with("field", "loss")
                        .with("text", &text.0)
                        .with("first", format!("{}%", plain(value)))
                        .with("second", format!("{}%", crate::math::significant(value * 100.0, 6)));
                    self.found.push(finding.at(self.bill.place(line.row, "loss")));
                    return None;
                }
                Ok(Percent::Fraction(_)) => return self.out_of_range("loss", &text.0, "0…100 %", line),
                Err(NumberError::Empty) => {}
                Err(error) => {
                    self.found.push(
                        super::read::number_finding(&error, &text.0, ("loss", "损耗率"))
                            .at(self.bill.place(line.row, "loss")),
                    );
                    return None;
                }
            }
        }
        if let Some(text) = details.yield_.as_ref().filter(|text| !text.0.trim().is_empty()) {
            // 0.95 and 95 % are the same yield: nobody keeps one part in a hundred.
            let share = match read_percent(&text.0) {
                Ok(Percent::Fraction(share)) if text.0.trim() == "1" => share * 100.0,
                Ok(Percent::Fraction(share) | Percent::Ambiguous(share)) => share,
                Err(error) => {
                    self.found.push(
                        super::read::number_finding(&error, &text.0, ("yield", "成品率"))
                            .at(self.bill.place(line.row, "yield")),
                    );
                    return None;
                }
            };
            if !(share > 0.0 && share <= 1.0) {
                return self.out_of_range("yield", &text.0, "0…100 %", line);
            }
            gross /= share;
        }
        // A quantity that could not be read has its finding already.
        if !gross.is_nan() && !within_ceiling(gross) {
            return self.out_of_range("quantity", &plain(gross), "1e15", line);
        }
        Some((gross, line.quantity))
    }

    fn out_of_range(&mut self, field: &'static str, text: &str, range: &str, line: &Line) -> Option<(f64, f64)> {
        let finding = Diagnostic::new(&catalogue::V103).with("field", field).with("text", text).with("range", range);
        self.found.push(finding.at(self.bill.place(line.row, field)));
        None
    }

    fn replacements(&mut self, line: &Line, details: Option<&Details>) -> f64 {
        let Some(text) = details.and_then(|details| details.replacements.as_ref()) else { return 0.0 };
        match crate::quantity::read_number(&text.0) {
            Ok(times) if (0.0..=1000.0).contains(&times) => times,
            _ => {
                self.out_of_range("replacements", &text.0, "0…1000", line);
                0.0
            }
        }
    }

    /// Carbon contents that the line itself gives, kg C per kg.
    fn own_carbon(&self, recipe: &mut Recipe, details: &Details, found: &mut Vec<Diagnostic>) {
        let Some(mass) = recipe.mass else { return };
        for (text, field, slot) in [
            (&details.fossil_carbon, "fossil_carbon", &mut recipe.fossil_carbon),
            (&details.biogenic_carbon, "biogenic_carbon", &mut recipe.biogenic_carbon),
        ] {
            match text.as_ref().map(|text| end_of_life::carbon(&text.0, field)) {
                Some(Ok(content)) => *slot = Some(content * mass),
                Some(Err(finding)) => found.push(finding),
                None => {}
            }
        }
    }

    /// Transport in, transport out and end of life of a line, per unit of it.
    fn derive(
        &mut self,
        index: u32,
        name: &str,
        details: Option<&Details>,
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Derived> {
        let recipe = self.out.recipes[index as usize].clone();
        let part = matches!(recipe.module, Module::A1 | Module::Packaging);
        if !part || recipe.state == RecipeState::Assembly {
            return Vec::new();
        }
        let mut derived = Vec::new();
        let own = details.map_or(&[][..], |details| &details.transport);
        let inbound = if own.is_empty() { self.document.inbound.given().map_or(&[][..], Vec::as_slice) } else { own };
        self.legs(inbound, Module::A2, &recipe, name, true, &mut derived, found);
        // Packaging is moved with the product; the parts are too where the product's own mass is not given.
        if let Some(legs) = self.document.distribution.given()
            && (recipe.module == Module::Packaging || !self.mass_known)
        {
            // A leg that names its load moves that load once, whatever the parts weigh.
            let legs: Vec<LegDocument> = legs.iter().filter(|leg| leg.mass.is_none()).cloned().collect();
            self.legs(&legs, Module::A4, &recipe, name, false, &mut derived, found);
        }
        let own = details.and_then(|details| details.end_of_life.as_ref());
        if let Some(document) = own.or(self.document.end_of_life.given()) {
            self.end_of_life(document, &recipe, name, &mut derived, found);
        }
        derived
    }

    #[expect(clippy::too_many_arguments, reason = "one call site per kind of leg")]
    fn legs(
        &mut self,
        legs: &[LegDocument],
        module: Module,
        material: &Recipe,
        name: &str,
        gross: bool,
        derived: &mut Vec<Derived>,
        found: &mut Vec<Diagnostic>,
    ) {
        for leg in legs {
            let Some(leg) = resolve_leg(&mut self.resolver, leg, module, name, found) else {
                let recipe =
                    self.recipe(Recipe { reason: Some("V106"), ..Recipe::empty(RecipeState::Missing, module) });
                derived.push(Derived { recipe, per_unit: f64::NAN, role: Role::Transport, gross });
                continue;
            };
            let mut recipe = leg.recipe;
            // A leg may name its own mass: then it is that of one unit of the line.
            let per_unit = match leg.mass.or(material.mass) {
                Some(mass) => mass / 1000.0 * leg.kilometres,
                None => {
                    recipe.state = RecipeState::Missing;
                    recipe.reason = Some("B310");
                    f64::NAN
                }
            };
            let recipe = self.recipe(recipe);
            derived.push(Derived { recipe, per_unit, role: Role::Transport, gross });
        }
    }

    fn end_of_life(
        &mut self,
        document: &EndOfLifeDocument,
        material: &Recipe,
        name: &str,
        derived: &mut Vec<Derived>,
        found: &mut Vec<Diagnostic>,
    ) {
        let packaging = material.module == Module::Packaging;
        let module = if packaging { Module::A5 } else { Module::C2 };
        let before = derived.len();
        self.legs(&document.transport, Module::C2, material, name, false, derived, found);
        for part in &mut derived[before..] {
            self.out.recipes[part.recipe as usize].module = module;
            part.role = Role::EndOfLife;
        }
        let shares = match end_of_life::shares(document) {
            Ok(shares) => shares,
            Err(finding) => {
                found.push(finding);
                let recipe =
                    self.recipe(Recipe { reason: Some("V105"), ..Recipe::empty(RecipeState::Missing, module) });
                derived.push(Derived { recipe, per_unit: f64::NAN, role: Role::EndOfLife, gross: false });
                return;
            }
        };
        for (route, share) in shares {
            if share == 0.0 {
                continue;
            }
            if let Some(recipe) =
                end_of_life::route(&mut self.resolver, material, route, document, name, packaging, found)
            {
                let recipe = self.recipe(recipe);
                derived.push(Derived { recipe, per_unit: share, role: Role::EndOfLife, gross: false });
            }
        }
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

    fn other(&mut self, name: String, place: Place) -> u32 {
        self.out.others.push(Other { name, place });
        (self.bill.lines().len() + self.out.others.len() - 1) as u32
    }

    fn recipe(&mut self, recipe: Recipe) -> u32 {
        self.out.recipes.push(recipe);
        (self.out.recipes.len() - 1) as u32
    }

    fn push(&mut self, activity: Activity) -> u32 {
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
        for line in self.bill.lines().iter().filter(|line| line.child().is_none()) {
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
