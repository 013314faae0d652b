//! Lines with something rare: properties of its own, losses, a quantity that is negative or unreadable.

use super::activity::{Activity, Layout, Role};
use super::bill::{Details, Line};
use super::end_of_life;
use super::recipe::{Recipe, RecipeState};
use super::resolve::Wanted;
use super::{Measure, MeasureError};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::math::{plain, twelve_digits};
use crate::method::Module;
use crate::quantity::{NumberError, Percent, UnitTable, read_percent, within_ceiling};

impl Layout<'_, '_> {
    /// A line with properties of its own.
    pub(super) fn detailed(&mut self, origin: u32, line: &Line, details: Option<&Details>) {
        let bill = self.bill;
        let empty = Details::default();
        let details = details.unwrap_or(&empty);
        let treatment = self.treatment(line, Some(details));
        if line.quantity < 0.0 && treatment.is_none() {
            self.found.push(self.negative(line));
            let recipe = Recipe {
                reason: Some("B502"),
                ..Recipe::empty(RecipeState::Undecided, bill.key(line.key()).module.unwrap_or(Module::A1))
            };
            let recipe = self.recipe(recipe);
            self.push(Activity { amount: f64::NAN, node: line.node().0, recipe, origin, role: Role::Material });
            return;
        }
        let waste = line.quantity < 0.0 && treatment == Some(Treatment::Waste);
        let mut wanted = Wanted::of_key(bill.key(line.key()), bill.name(line));
        if waste {
            // Scrap is treated, not made: only what treats waste may serve, and the amount is what leaves.
            wanted.module = Some(Module::C3);
        }
        let (mut recipe, mut found) = self.resolver.resolve(wanted, Some(details));
        if waste {
            // Waste of manufacture belongs to manufacture.
            recipe.module = Module::A3;
        }
        self.own_carbon(&mut recipe, details, &mut found);
        let amounts = self.amounts(line, Some(details));
        if let Err(reason) = amounts
            && recipe.state == RecipeState::Counted
        {
            recipe.state = unknown(reason);
            recipe.reason = Some(reason);
        }
        if line.quantity.is_nan() && recipe.state == RecipeState::Counted {
            let reason = unreadable(details, &self.resolver.library.units);
            recipe.state = unknown(reason);
            recipe.reason = Some(reason);
        }
        let (gross, net) = amounts.unwrap_or((f64::NAN, f64::NAN));
        let (gross, net) = if waste { (gross.abs(), 0.0) } else { (gross, net) };
        let node = line.node().0;
        let index = self.recipe(recipe);
        let entry = self.push(Activity { amount: gross, node, recipe: index, origin, role: Role::Material });
        let derived = self.derive(index, bill.name(line), Some(details), &mut found);
        let mut last = entry;
        for part in derived {
            let amount = if part.gross { gross } else { net } * part.per_unit;
            last = self.push(Activity { amount, node, recipe: part.recipe, origin, role: part.role });
        }
        // The part comes again with its way to the plant, and the one that was taken out has its end.
        let times = self.replacements(origin, line, Some(details));
        let part = matches!(self.out.recipes[index as usize].module, Module::A1 | Module::A2);
        if times > 0.0 && !part {
            let finding = Diagnostic::new(&catalogue::V106).with("field", "replacements").with("text", plain(times));
            found.push(
                finding.with_words("range", ("0 on what is no part (only parts are replaced)", "0（仅零部件可更换）")),
            );
        }
        if times > 0.0 && part {
            self.out.replaced.extend((entry..=last).map(|entry| (entry, times)));
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

    /// The quantity with losses, and the part of it that ends in the product. Loss is an add-on (q × (1 + s)), yield a
    /// quotient (q ÷ y): two numbers, never one for the other (users.md §0.6).
    ///
    /// # Errors
    /// The code of the finding that leaves the amount unknown.
    pub(super) fn amounts(&mut self, line: &Line, details: Option<&Details>) -> Result<(f64, f64), &'static str> {
        let Some(details) = details else { return Ok((line.quantity, line.quantity)) };
        let mut gross = line.quantity;
        if let Some(text) = details.loss.as_ref().filter(|text| !text.0.trim().is_empty()) {
            match read_percent(&text.0) {
                Ok(Percent::Fraction(loss)) if (0.0..=1.0).contains(&loss) => gross *= 1.0 + loss,
                Ok(Percent::Ambiguous(value)) => {
                    let finding = Diagnostic::new(&catalogue::V104)
                        .with("field", "loss")
                        .with("text", &text.0)
                        .with("first", format!("{}%", plain(value)))
                        .with("second", format!("{}%", plain(twelve_digits(value * 100.0))));
                    self.found.push(finding.at(self.bill.place(line.row, "loss")));
                    return Err("V104");
                }
                Ok(Percent::Fraction(_)) => return Err(self.out_of_range("loss", &text.0, "0…100 %", line)),
                Err(NumberError::Empty) => {}
                Err(error) => {
                    let finding = super::read::number_finding(&error, &text.0, ("loss", "损耗率"));
                    let code = finding.code();
                    self.found.push(finding.at(self.bill.place(line.row, "loss")));
                    return Err(code);
                }
            }
        }
        if let Some(text) = details.yield_.as_ref().filter(|text| !text.0.trim().is_empty()) {
            // 0.95 and 95 % are the same yield: nobody keeps one part in a hundred.
            let share = match read_percent(&text.0) {
                Ok(Percent::Fraction(share)) if text.0.trim() == "1" => share * 100.0,
                Ok(Percent::Fraction(share) | Percent::Ambiguous(share)) => share,
                Err(error) => {
                    let finding = super::read::number_finding(&error, &text.0, ("yield", "成品率"));
                    let code = finding.code();
                    self.found.push(finding.at(self.bill.place(line.row, "yield")));
                    return Err(code);
                }
            };
            if !(share > 0.0 && share <= 1.0) {
                return Err(self.out_of_range("yield", &text.0, "0…100 %", line));
            }
            gross /= share;
        }
        // A quantity that could not be read has its finding already.
        if !gross.is_nan() && !within_ceiling(gross) {
            return Err(self.out_of_range("quantity", &plain(gross), "1e15", line));
        }
        Ok((gross, line.quantity))
    }

    pub(super) fn out_of_range(&mut self, field: &'static str, text: &str, range: &str, line: &Line) -> &'static str {
        let finding = Diagnostic::new(&catalogue::V103).with("field", field).with("text", text).with("range", range);
        self.found.push(finding.at(self.bill.place(line.row, field)));
        "V103"
    }

    /// How often the line is replaced; a number that cannot be read leaves the replacements unknown, not none.
    pub(super) fn replacements(&mut self, origin: u32, line: &Line, details: Option<&Details>) -> f64 {
        let text = details.and_then(|details| details.replacements.as_ref()).filter(|text| !text.0.trim().is_empty());
        let Some(text) = text else { return 0.0 };
        match crate::quantity::read_number(&text.0) {
            Ok(times) if (0.0..=1000.0).contains(&times) => times,
            _ => {
                let reason = self.out_of_range("replacements", &text.0, "0…1000", line);
                let recipe = Recipe { reason: Some(reason), ..Recipe::empty(RecipeState::Missing, Module::B4) };
                let recipe = self.recipe(recipe);
                let node = line.node().0;
                self.push(Activity { amount: f64::NAN, node, recipe, origin, role: Role::Replacement });
                0.0
            }
        }
    }

    /// How a negative quantity is meant. A word that nobody knows, or one that has nothing to say, is reported.
    pub(super) fn treatment(&mut self, line: &Line, details: Option<&Details>) -> Option<Treatment> {
        let text = details.and_then(|details| details.treatment.as_deref()).map(str::trim)?;
        let treatment = match text {
            "" => return None,
            "waste" | "废物" => Some(Treatment::Waste),
            "return" | "返还" => Some(Treatment::Return),
            _ => None,
        };
        let place = self.bill.place(line.row, "treatment");
        if treatment.is_none() {
            let finding = Diagnostic::new(&catalogue::V106).with("field", "treatment").with("text", text);
            self.found.push(finding.with_words("range", ("waste or return", "waste 或 return")).at(place));
        } else if line.quantity >= 0.0 {
            let finding = Diagnostic::new(&catalogue::B504).with("name", self.bill.name(line)).with("text", text);
            self.found.push(finding.at(place));
        }
        treatment
    }

    /// Carbon contents that the line itself gives, kg C per kg. One that cannot be read is unknown: the material's own
    /// does not stand in for it.
    pub(super) fn own_carbon(&self, recipe: &mut Recipe, details: &Details, found: &mut Vec<Diagnostic>) {
        let Some(mass) = recipe.mass else { return };
        for (text, field, slot) in [
            (&details.fossil_carbon, "fossil_carbon", &mut recipe.fossil_carbon),
            (&details.biogenic_carbon, "biogenic_carbon", &mut recipe.biogenic_carbon),
        ] {
            match text.as_ref().map(|text| end_of_life::carbon(&text.0, field)) {
                Some(Ok(content)) => *slot = Some(content * mass),
                Some(Err(finding)) => {
                    found.push(finding);
                    *slot = None;
                    recipe.bio_based |= field == "biogenic_carbon";
                }
                None => {}
            }
        }
    }
}

/// How a negative quantity is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    /// It is waste that is treated.
    Waste,
    /// It goes back into stock.
    Return,
}

/// What a finding makes of its line: a question waits for an answer, an error for data.
pub(super) fn unknown(code: &str) -> RecipeState {
    match catalogue::find(code) {
        Some(entry) if entry.severity == Severity::Question => RecipeState::Undecided,
        _ => RecipeState::Missing,
    }
}

/// The code of the finding that reading made of a quantity without a number.
pub(super) fn unreadable(details: &Details, units: &UnitTable) -> &'static str {
    match details.unreadable.as_ref().map(|text| Measure::read(&text.0, units)) {
        None => "B503",
        Some(Ok(_)) => "N111",
        Some(Err(MeasureError::Number(NumberError::NoValue))) => "N110",
        Some(Err(MeasureError::Number(NumberError::Ambiguous(..)))) => "N102",
        Some(Err(_)) => "N105",
    }
}
