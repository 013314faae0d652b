//! Lines with something rare: an assembly, properties of its own, losses, a quantity that is negative or unreadable.

use super::activity::{Activity, Edge, Layout, Role};
use super::bill::{Details, Line, NodeIndex};
use super::end_of_life;
use super::recipe::{Recipe, RecipeState};
use super::resolve::Wanted;
use super::{Measure, MeasureError};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::math::plain;
use crate::method::Module;
use crate::quantity::{Dimension, Lookup, NumberError, Percent, UnitTable, read_percent, within_ceiling};

impl Layout<'_, '_> {
    /// An assembly: an edge between processes. Its own material would count the mass twice.
    pub(super) fn assembly(&mut self, origin: u32, line: &Line, child: NodeIndex, details: Option<&Details>) {
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
    pub(super) fn detailed(&mut self, origin: u32, line: &Line, details: Option<&Details>) {
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

    pub(super) fn negative(&self, line: &Line) -> Diagnostic {
        Diagnostic::new(&catalogue::B502)
            .with("name", self.bill.name(line))
            .with("amount", plain(line.quantity))
            .with("unit", &self.bill.key(line.key()).unit)
            .at(self.bill.place(line.row, "quantity"))
    }

    /// An assembly that cannot be counted stands in the list as missing.
    pub(super) fn missing(&mut self, origin: u32, line: &Line, reason: &'static str) {
        let recipe = self.recipe(Recipe { reason: Some(reason), ..Recipe::empty(RecipeState::Missing, Module::A1) });
        self.push(Activity { amount: f64::NAN, node: line.node().0, recipe, origin, role: Role::Material });
    }

    /// The quantity with losses, and the part of it that ends in the product. Loss is an add-on (q × (1 + s)), yield a
    /// quotient (q ÷ y): two numbers, never one for the other (users.md §0.6).
    pub(super) fn amounts(&mut self, line: &Line, details: Option<&Details>) -> Option<(f64, f64)> {
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

    pub(super) fn out_of_range(
        &mut self,
        field: &'static str,
        text: &str,
        range: &str,
        line: &Line,
    ) -> Option<(f64, f64)> {
        let finding = Diagnostic::new(&catalogue::V103).with("field", field).with("text", text).with("range", range);
        self.found.push(finding.at(self.bill.place(line.row, field)));
        None
    }

    pub(super) fn replacements(&mut self, line: &Line, details: Option<&Details>) -> f64 {
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
    pub(super) fn own_carbon(&self, recipe: &mut Recipe, details: &Details, found: &mut Vec<Diagnostic>) {
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
