//! A line with parts of its own: an edge between processes, and what of it has no place there.

use super::activity::{Activity, Edge, Layout, Role};
use super::bill::{Details, Line, NodeIndex};
use super::line::{Treatment, unknown, unreadable};
use super::recipe::{Recipe, RecipeState};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::method::Module;
use crate::quantity::{Dimension, Lookup, Unit, normalise};

impl Layout<'_, '_> {
    /// An assembly: an edge between processes. Its own material would count the mass twice.
    pub(super) fn assembly(&mut self, origin: u32, line: &Line, child: NodeIndex, details: Option<&Details>) {
        let bill = self.bill;
        let key = bill.key(line.key());
        let name = bill.name(line);
        if key.factor.is_some() || (key.material != name && !key.material.is_empty()) {
            self.found.push(
                Diagnostic::new(&catalogue::B404)
                    .with("name", name)
                    .with("material", &key.material)
                    .at(bill.place(line.row, "material")),
            );
        }
        self.without_place(origin, line, details);
        let Some(pieces) = self.pieces(line) else {
            self.found.push(
                Diagnostic::new(&catalogue::B403)
                    .with("name", name)
                    .with("unit", &key.unit)
                    .at(bill.place(line.row, "unit")),
            );
            return self.refuse(origin, line, child, "B403");
        };
        let treatment = self.treatment(line, details);
        // A whole assembly can go back into stock; as waste it has no factor of its own.
        if line.quantity < 0.0 && treatment != Some(Treatment::Return) {
            self.found.push(self.negative(line));
            return self.refuse(origin, line, child, "B502");
        }
        let gross = match self.amounts(line, details) {
            Ok((gross, _)) => gross * pieces,
            Err(reason) => return self.refuse(origin, line, child, reason),
        };
        if gross.is_nan() {
            let units = &self.resolver.library.units;
            let reason = details.map_or("B503", |details| unreadable(details, units));
            self.out.refused.insert(child.0, reason);
        }
        let replacements = self.replacements(origin, line, details);
        self.out.edges.push(Edge { parent: line.node().0, child: child.0, amount: gross, replacements, line: origin });
    }

    /// How many pieces one unit of an assembly is: a dozen has twelve. `None` where it counts no pieces.
    fn pieces(&mut self, line: &Line) -> Option<f64> {
        let symbol = normalise(&self.bill.key(line.key()).unit);
        if symbol.is_empty() {
            return Some(1.0);
        }
        let count = |unit: &Unit| *unit.scale().numer() as f64 / *unit.scale().denom() as f64;
        let answer = self.resolver.units.get(&symbol).cloned();
        match answer.map_or_else(|| self.resolver.library.units.find(&symbol), Lookup::Unit) {
            Lookup::Unit(unit) => (unit.dimension() == Dimension::PIECE).then(|| count(&unit)),
            Lookup::Ambiguous(units) => {
                let mut pieces = units.iter().filter(|unit| unit.dimension() == Dimension::PIECE);
                let (unit, None) = (pieces.next()?, pieces.next()) else { return None };
                let candidates: Vec<&str> = units.iter().map(Unit::symbol).collect();
                self.found.push(
                    Diagnostic::new(&catalogue::U206)
                        .with("unit", &symbol)
                        .with("meaning", unit)
                        .with_words("target", ("a number of assemblies", "组件数量"))
                        .with("candidates", candidates.join(", "))
                        .with("example", format!("{{\"{symbol}\": {unit}}}"))
                        .at(self.bill.place(line.row, "unit")),
                );
                Some(count(unit))
            }
            Lookup::Unknown => None,
        }
    }

    /// What an assembly says beside its number and losses belongs to its parts. What would change the total is an error,
    /// what only describes the assembly is listed.
    fn without_place(&mut self, origin: u32, line: &Line, details: Option<&Details>) {
        let key = self.bill.key(line.key());
        let given = |text: &Option<super::Scalar>| text.as_ref().is_some_and(|text| !text.0.trim().is_empty());
        let empty = Details::default();
        let details = details.unwrap_or(&empty);
        let changing = [
            ("transport", !details.transport.is_empty()),
            ("supplier", details.supplier.is_some()),
            ("end_of_life", details.end_of_life.is_some()),
            ("stage", key.module.is_some_and(|module| module != Module::A1)),
            ("fossil_carbon", given(&details.fossil_carbon)),
            ("biogenic_carbon", given(&details.biogenic_carbon)),
        ];
        let describing = [
            ("geography", key.geography.as_ref().is_some_and(|place| !place.trim().is_empty())),
            ("unit_mass, density …", details.properties.iter().any(given)),
        ];
        let fields: Vec<&str> =
            changing.iter().chain(&describing).filter(|(_, given)| *given).map(|(field, _)| *field).collect();
        if fields.is_empty() {
            return;
        }
        let serious = changing.iter().any(|(_, given)| *given);
        let severity = if serious { Severity::Error } else { Severity::Note };
        self.found.push(
            Diagnostic::new(&catalogue::B406)
                .with("name", self.bill.name(line))
                .with("fields", fields.join(", "))
                .as_severity(severity)
                .at(self.bill.place(line.row, "quantity")),
        );
        // Its way to the plant is part of the footprint, and nobody knows it now.
        if !details.transport.is_empty() {
            let recipe = Recipe { reason: Some("B406"), ..Recipe::empty(RecipeState::Missing, Module::A2) };
            let recipe = self.recipe(recipe);
            let node = line.node().0;
            self.push(Activity { amount: f64::NAN, node, recipe, origin, role: Role::Transport });
        }
    }

    /// An assembly that cannot be counted is listed as missing, and what is below it is unknown.
    fn refuse(&mut self, origin: u32, line: &Line, child: NodeIndex, reason: &'static str) {
        let recipe = self.recipe(Recipe { reason: Some(reason), ..Recipe::empty(unknown(reason), Module::A1) });
        let node = line.node().0;
        self.push(Activity { amount: f64::NAN, node, recipe, origin, role: Role::Material });
        self.out.refused.insert(child.0, reason);
        self.out.edges.push(Edge { parent: node, child: child.0, amount: f64::NAN, replacements: 0.0, line: origin });
    }

    /// Assemblies whose parent is not in the list hang in the air: how many the product needs is unknown, not zero.
    pub(super) fn orphans(&mut self) {
        if self.out.nodes <= 2 {
            return;
        }
        let mut used = vec![false; self.out.nodes];
        for edge in &self.out.edges {
            used[edge.child as usize] = true;
        }
        for line in self.bill.lines() {
            let node = line.node().0;
            if node > NodeIndex::PRODUCTION.0 && !std::mem::replace(&mut used[node as usize], true) {
                let (parent, amount) = (NodeIndex::PRODUCTION.0, f64::NAN);
                self.out.refused.insert(node, "B402");
                self.out.edges.push(Edge { parent, child: node, amount, replacements: 0.0, line: u32::MAX });
            }
        }
    }
}
