//! What hangs on a line beside its material, per unit of it: transport in and out, and its end of life.

use super::activity::{Derived, Layout, Role};
use super::bill::Details;
use super::recipe::{Recipe, RecipeState};
use super::transport::resolve_leg;
use super::{EndOfLifeDocument, LegDocument, end_of_life};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::method::Module;

impl Layout<'_, '_> {
    /// Transport in, transport out and end of life of a line, per unit of it.
    pub(super) fn derive(
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
        // A line that does not count has said why; one that counts without a mass has not.
        let weightless = |part: &Derived| self.out.recipes[part.recipe as usize].reason == Some("B311");
        if recipe.state == RecipeState::Counted && derived.iter().any(weightless) {
            found.push(Diagnostic::new(&catalogue::B311).with("name", name));
        }
        derived
    }

    #[expect(clippy::too_many_arguments, reason = "one call site per kind of leg")]
    pub(super) fn legs(
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
                let reason = found.last().map(Diagnostic::code);
                let recipe = self.recipe(Recipe { reason, ..Recipe::empty(RecipeState::Missing, module) });
                derived.push(Derived { recipe, per_unit: f64::NAN, role: Role::Transport, gross });
                continue;
            };
            let mut recipe = leg.recipe;
            // A leg may name its own mass: then it is that of one unit of the line.
            let per_unit = match leg.mass.or(material.mass) {
                Some(mass) => mass / 1000.0 * leg.kilometres,
                None => {
                    recipe.state = RecipeState::Missing;
                    recipe.reason = Some("B311");
                    f64::NAN
                }
            };
            let recipe = self.recipe(recipe);
            derived.push(Derived { recipe, per_unit, role: Role::Transport, gross });
        }
    }

    pub(super) fn end_of_life(
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
                let reason = Some(finding.code());
                found.push(finding);
                let recipe = self.recipe(Recipe { reason, ..Recipe::empty(RecipeState::Missing, module) });
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
}
