//! The end of life: routes by share, treatment rows by class of material, and the carbon that burning releases.
//!
//! Incineration counts the fossil carbon in the material × 44/12 plus treatment (design §4, method rules). A treatment
//! row alone leaves out what comes out of the stack: 0.006 kg/kg against 3.1 kg/kg for polyethylene.

use super::EndOfLifeDocument;
use super::recipe::{Direct, Recipe, RecipeState};
use super::resolve::{Resolver, Wanted};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::Inclusion;
use crate::impact::{CO2_PER_CARBON, Kind};
use crate::method::Module;
use crate::quantity::{NumberError, Percent, read_number, read_percent};
use serde::{Deserialize, Serialize};

/// A way out of the product's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Collected and sorted for recycling; cut-off, so its benefit lies outside.
    Recycling,
    /// Burnt.
    Incineration,
    /// Put to landfill.
    Landfill,
    /// Used again as it is; no burden.
    Reuse,
}

impl Route {
    /// All routes.
    pub const ALL: [Route; 4] = [Route::Recycling, Route::Incineration, Route::Landfill, Route::Reuse];

    /// The identifier in documents.
    pub fn id(self) -> &'static str {
        match self {
            Self::Recycling => "recycling",
            Self::Incineration => "incineration",
            Self::Landfill => "landfill",
            Self::Reuse => "reuse",
        }
    }

    /// English and Chinese name.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Recycling => ("recycling", "回收"),
            Self::Incineration => ("incineration", "焚烧"),
            Self::Landfill => ("landfill", "填埋"),
            Self::Reuse => ("reuse", "再使用"),
        }
    }

    /// The module of EN 15804 in which the route stands; packaging is discarded at installation (A5).
    pub fn module(self, packaging: bool) -> Module {
        match self {
            _ if packaging => Module::A5,
            Self::Landfill => Module::C4,
            _ => Module::C3,
        }
    }
}

/// Which treatment row serves which class of material, `zuji/waste@1`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WasteRules {
    /// Always `zuji/waste@1`.
    #[serde(default)]
    pub schema: String,
    /// Why these rows.
    #[serde(default)]
    pub note: String,
    /// The rules; the longest class that fits wins.
    #[serde(default)]
    pub rules: Vec<WasteRule>,
}

/// The treatment rows of one class.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WasteRule {
    /// Start of the class path, such as `plastic`.
    pub class: String,
    /// Factor id for recycling.
    #[serde(default)]
    pub recycling: Option<String>,
    /// Factor id for incineration (without the carbon of the waste).
    #[serde(default)]
    pub incineration: Option<String>,
    /// Factor id for landfill.
    #[serde(default)]
    pub landfill: Option<String>,
}

impl WasteRules {
    fn factor(&self, class: &str, route: Route) -> Option<&str> {
        self.rules
            .iter()
            .filter(|rule| {
                class == rule.class || class.strip_prefix(rule.class.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
            .max_by_key(|rule| rule.class.len())
            .and_then(|rule| match route {
                Route::Recycling => rule.recycling.as_deref(),
                Route::Incineration => rule.incineration.as_deref(),
                Route::Landfill => rule.landfill.as_deref(),
                Route::Reuse => None,
            })
    }
}

/// The shares of the routes, which must sum to 1 ± 0.005.
pub(super) fn shares(document: &EndOfLifeDocument) -> Result<Vec<(Route, f64)>, Diagnostic> {
    let mut shares = Vec::new();
    if let Some(name) = document.factors.keys().find(|name| Route::ALL.iter().all(|route| route.id() != *name)) {
        let known = Route::ALL.map(Route::id).join(", ");
        return Err(Diagnostic::new(&catalogue::V106)
            .with("field", "end_of_life.factors")
            .with("text", name)
            .with_words("range", (format!("one of {known}"), format!("以下之一：{known}"))));
    }
    for (route, text) in
        Route::ALL.into_iter().zip([&document.recycling, &document.incineration, &document.landfill, &document.reuse])
    {
        let Some(text) = text else { continue };
        let field = format!("end_of_life.{}", route.id());
        let share = match read_percent(&text.0) {
            Ok(Percent::Fraction(_)) if text.0.trim() == "1" => 1.0,
            Ok(Percent::Fraction(share)) => share,
            // A share between 0 and 1 is a fraction: nobody sends 0.3 % to landfill and nothing elsewhere.
            Ok(Percent::Ambiguous(share)) => share,
            Err(NumberError::Empty) => continue,
            Err(error) => return Err(super::read::number_finding(&error, &text.0, ("end_of_life", "end_of_life"))),
        };
        if !(0.0..=1.0).contains(&share) {
            return Err(Diagnostic::new(&catalogue::V103)
                .with("field", field)
                .with("text", &text.0)
                .with("range", "0…100 %"));
        }
        shares.push((route, share));
    }
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    if (sum - 1.0).abs() > 0.005 {
        let percent = |value: f64| format!("{} %", crate::math::significant(value * 100.0, 4));
        return Err(Diagnostic::new(&catalogue::V105)
            .with("field", "end_of_life")
            .with("sum", percent(sum))
            .with("missing", percent((1.0 - sum).abs())));
    }
    // Shares that people rounded are a whole all the same: 66.7 % and 33 % leave nothing over.
    if (sum - 1.0).abs() > 1e-9 {
        shares.iter_mut().for_each(|(_, share)| *share /= sum);
    }
    Ok(shares)
}

/// The recipe of one route for a material, per unit of its line. `None` where nothing is emitted by rule (reuse).
pub(super) fn route(
    resolver: &mut Resolver<'_>,
    material: &Recipe,
    route: Route,
    document: &EndOfLifeDocument,
    name: &str,
    packaging: bool,
    found: &mut Vec<Diagnostic>,
) -> Option<Recipe> {
    if route == Route::Reuse {
        return None;
    }
    let module = route.module(packaging);
    let mut missing = Recipe::empty(RecipeState::Missing, module);
    missing.unit = material.unit.clone();
    let Some(mass) = material.mass else {
        missing.reason = Some("B311");
        return Some(missing);
    };
    let rules = &resolver.library.waste;
    let chosen = document.factors.get(route.id()).map(String::as_str).or_else(|| rules.factor(&material.class, route));
    let Some(id) = chosen.map(str::to_string) else {
        found.push(
            Diagnostic::new(&catalogue::F328)
                .with_words("route", route.name())
                .with("name", name)
                .with("class", if material.class.is_empty() { "–" } else { &material.class }),
        );
        missing.reason = Some("F328");
        return Some(missing);
    };
    let wanted = Wanted { name, material: &id, factor: Some(&id), unit: "kg", module: Some(module), geography: None };
    let (mut recipe, findings) = resolver.resolve(wanted, None);
    found.extend(findings);
    // The treatment row counts a kilogram; the line counts in its own unit.
    for input in &mut recipe.inputs {
        input.coefficient *= mass;
    }
    recipe.unit = material.unit.clone();
    recipe.mass = Some(mass);
    // A treatment row that holds what comes out of the stack is whole; the rule would count that carbon twice.
    let whole = recipe
        .inputs
        .iter()
        .any(|input| resolver.library.factors.get(input.factor).row.stack_carbon == Inclusion::Included);
    if route == Route::Incineration && recipe.state == RecipeState::Counted && !whole {
        let Some(carbon) = material.fossil_carbon else {
            found.push(Diagnostic::new(&catalogue::F327).with("name", name));
            missing.reason = Some("F327");
            missing.mass = Some(mass);
            return Some(missing);
        };
        if carbon > 0.0 {
            recipe.direct.push(Direct {
                gas: "CO2".into(),
                kind: Kind::Fossil,
                kg: carbon * CO2_PER_CARBON,
                rule: ("fossil carbon in the material × 44/12", "材料中的化石碳 × 44/12"),
            });
        }
    }
    Some(recipe)
}

/// Reads a carbon content given on a line, kg C per kg.
pub(super) fn carbon(text: &str, field: &'static str) -> Result<f64, Diagnostic> {
    match read_number(text.trim().trim_end_matches('%')) {
        Ok(value) => {
            let content = if text.trim().ends_with('%') { value / 100.0 } else { value };
            if (0.0..=1.0).contains(&content) {
                Ok(content)
            } else {
                Err(Diagnostic::new(&catalogue::V106)
                    .with("field", field)
                    .with("text", text)
                    .with("range", "0…1 kg C/kg"))
            }
        }
        Err(error) => Err(super::read::number_finding(&error, text, (field, field))),
    }
}
