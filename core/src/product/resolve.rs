//! From what a line says to a recipe: unit, properties, factor, conversion. Never a guess: what does not resolve is a
//! finding, and its line is unknown.

use super::bill::{Details, Key};
use super::read::number_finding;
use super::recipe::{Input, Recipe, RecipeState};
use super::refusal::no_place;
use super::{Date, Library, Measure, MeasureError, Scalar, supplier};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::factor::{
    Choice, Factor, FactorIndex, FactorKind, GRID, Inclusion, Period, Preference, Selection, geography_step, is_place,
    means_grid, name_key, select,
};
use crate::method::Module;
use crate::quantity::{Conversion, Dimension, Mark, Mismatch, Properties, Property, Step, Unit, convert};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// What a line wants.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The user's own name, for messages.
    pub name: &'a str,
    /// The name by which a factor is looked up.
    pub material: &'a str,
    /// The factor chosen by hand.
    pub factor: Option<&'a str>,
    /// The unit as it was written.
    pub unit: &'a str,
    /// The module, where it is fixed.
    pub module: Option<Module>,
    /// The place.
    pub geography: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// What a bill's key wants.
    pub fn of_key(key: &'a Key, name: &'a str) -> Self {
        Self {
            name,
            material: &key.material,
            factor: key.factor.as_deref(),
            unit: &key.unit,
            module: key.module,
            geography: key.geography.as_deref(),
        }
    }
}

/// Resolves lines of one product.
#[derive(Debug)]
pub struct Resolver<'a> {
    /// What it draws on.
    pub library: &'a Library,
    /// The packs that factors may come from.
    pub packs: Selection,
    /// The answers to unit questions.
    pub units: FxHashMap<String, Unit>,
    /// The answers to material questions: name key → factor id.
    pub factors: FxHashMap<String, String>,
    /// Where the product is made.
    pub geography: String,
    /// The last day of the reference period.
    pub date: Option<Date>,
    /// Conservative estimates by class, as they were needed.
    pub bounds: BTreeMap<String, Option<f64>>,
    /// Every row that was looked at.
    pub consulted: BTreeSet<FactorIndex>,
    /// Names without a factor, with the nearest ones.
    pub(super) suggested: RefCell<FxHashMap<String, Vec<FactorIndex>>>,
    /// How many unknown units were looked for.
    pub(super) units_suggested: Cell<usize>,
}

/// A recipe with what was found on the way.
pub type Resolved = (Recipe, Vec<Diagnostic>);

/// Words for several parts counted as one: the number inside stays hidden.
const SETS: [&str; 9] = ["套", "组", "副", "对", "双", "set", "sets", "SET", "pair"];

/// The farthest step of geography from which grid electricity may come: the place itself, its country, its region.
const FARTHEST_GRID: u8 = 2;

struct Candidate {
    unit: Unit,
    conversion: Conversion,
    directness: u8,
}

impl<'a> Resolver<'a> {
    /// A resolver without answers.
    pub fn new(library: &'a Library, packs: Selection, geography: &str, date: Option<Date>) -> Self {
        Self {
            library,
            packs,
            units: FxHashMap::default(),
            factors: FxHashMap::default(),
            geography: geography.to_string(),
            date,
            bounds: BTreeMap::new(),
            consulted: BTreeSet::new(),
            suggested: RefCell::default(),
            units_suggested: Cell::default(),
        }
    }

    /// Finds the recipe for what is wanted.
    pub fn resolve(&mut self, wanted: Wanted, details: Option<&Details>) -> Resolved {
        let mut found = Vec::new();
        let mut recipe = self.attempt(wanted, details, &mut found);
        if recipe.state != RecipeState::Counted {
            recipe.reason = recipe.reason.or_else(|| found.last().map(Diagnostic::code));
            recipe.bound = recipe.mass.and_then(|mass| Some(mass * self.bound(&recipe.class)?));
        }
        (recipe, found)
    }

    fn attempt(&mut self, mut wanted: Wanted, details: Option<&Details>, found: &mut Vec<Diagnostic>) -> Recipe {
        wanted.geography = wanted.geography.map(str::trim).filter(|place| !place.is_empty());
        if let Some(place) = wanted.geography.filter(|place| !is_place(place)) {
            found.push(no_place(place));
            wanted.geography = None;
        }
        let module = wanted.module.unwrap_or(Module::A1);
        let mut missing = Recipe::empty(RecipeState::Missing, module);
        let mut properties = Properties::default();
        if let Some(details) = details
            && !self.read_properties(details, &mut properties, found)
        {
            return missing;
        }
        let line_units = match self.line_units(wanted) {
            Ok(units) => units,
            Err(finding) => {
                if finding.severity() == Severity::Question {
                    missing.state = RecipeState::Undecided;
                }
                found.push(finding);
                return missing;
            }
        };
        if let [unit] = line_units.as_slice() {
            missing.unit = Some(unit.clone());
            missing.mass = mass_per(unit, &properties);
        }
        if let Some(unit) = line_units.iter().find(|unit| unit.dimension() == Dimension::MONEY) {
            found.push(Diagnostic::new(&catalogue::U204).with("name", wanted.name).with("unit", unit));
            return missing;
        }
        if let [unit] = line_units.as_slice()
            && unit.dimension() == Dimension::PIECE
            && SETS.contains(&&*crate::quantity::normalise(wanted.unit))
        {
            found.push(
                Diagnostic::new(&catalogue::U210)
                    .with("unit", wanted.unit.trim())
                    .with("name", wanted.name)
                    .with("pieces", 1),
            );
        }
        if let Some(document) = details.and_then(|details| details.supplier.as_ref()) {
            let average = self.quiet_average(wanted, &line_units, &properties);
            return supplier::resolve(self, wanted, document, &line_units, &properties, average, missing, found);
        }
        let (candidates, by_hand) = match self.candidates(wanted) {
            Ok(candidates) => candidates,
            Err(finding) => {
                found.push(finding);
                return missing;
            }
        };
        let kinds = self.kinds(wanted, &candidates);
        let year = self.date.map(|date| date.year() as u16);
        let geography = wanted.geography.unwrap_or(&self.geography).to_string();
        let choice =
            select(&self.library.factors, &candidates, &Preference { kinds: &kinds, geography: &geography, year });
        if choice.usable.is_empty() {
            found.push(self.barred(wanted, &choice));
            return missing;
        }
        missing.class = self.library.factors.get(choice.usable[0].index).row.class.clone();
        let (best, candidate) = match self.fit(&choice, &line_units, &properties) {
            Ok(best) => best,
            Err(mismatches) => {
                let (finding, undecided) = self.misfit(wanted, &line_units, &choice, &mismatches);
                found.push(finding);
                if undecided {
                    missing.state = RecipeState::Undecided;
                }
                return missing;
            }
        };
        let factor = self.library.factors.get(best.index);
        // Electricity of another country stands for nothing here: a gap, not a fallback (unless it was chosen by hand).
        // Nor does the average of the world, unless a bill names it.
        let power = factor.row.kind.is_grid() || factor.row.kind == FactorKind::ElectricitySource;
        let farthest = if means_grid(wanted.material) { FARTHEST_GRID } else { 3 };
        if power && best.geography_step > farthest && !by_hand {
            found.push(self.no_factor(&format!("{} ({geography})", wanted.material), &kinds));
            return missing;
        }
        if factor.lacks_its_half() {
            let half = ("well-to-tank", "上游");
            found.push(
                Diagnostic::new(&catalogue::F311)
                    .with("name", wanted.name)
                    .with("id", &factor.row.id)
                    .with_words("half", half),
            );
            return missing;
        }
        if line_units.len() > 1 {
            found.push(self.reading(wanted, &candidate.unit, &line_units, factor));
        }
        if candidate.conversion.steps.iter().any(|step| matches!(step, Step::GasState(..))) {
            let sentence = |chinese| candidate.conversion.sentence(1.0, &candidate.unit, &factor.unit, chinese);
            found.push(Diagnostic::new(&catalogue::U208).with_words("formula", (sentence(false), sentence(true))));
        }
        if matches!((candidate.unit.mark(), factor.unit.mark()), (Mark::Gas(_), Mark::None)) {
            found.push(
                Diagnostic::new(&catalogue::U212)
                    .with("from", &candidate.unit)
                    .with("name", wanted.name)
                    .with("to", &factor.unit)
                    .with("id", &factor.row.id),
            );
        }
        if !by_hand && factor.row.transmission == Inclusion::NotStated && factor.row.kind == FactorKind::Electricity {
            found.push(Diagnostic::new(&catalogue::F325).with("id", &factor.row.id));
        }
        self.recipe(wanted, best.index, best.geography_step, &choice.order, candidate, &mut properties)
    }

    /// The recipe of a chosen factor with its companions.
    fn recipe(
        &self,
        wanted: Wanted,
        index: FactorIndex,
        geography_step: u8,
        order: &str,
        candidate: Candidate,
        properties: &mut Properties,
    ) -> Recipe {
        let factor = self.library.factors.get(index);
        add_defaults(factor, properties);
        let module = wanted.module.unwrap_or_else(|| Module::of_kind(factor.row.kind));
        let mut recipe = Recipe::empty(RecipeState::Counted, module);
        recipe.mass = mass_per(&candidate.unit, properties);
        recipe.class = factor.row.class.clone();
        recipe.order = order.to_string();
        recipe.proxy = factor.row.proxy.is_some();
        recipe.assumed_stage = wanted.module.is_none() && module != Module::A1;
        recipe.aircraft = factor.row.class.starts_with("transport.air");
        recipe.scores = self.scores(factor, geography_step);
        if let (Some(carbon), Some(mass)) = (&factor.row.carbon, recipe.mass) {
            recipe.fossil_carbon = carbon.fossil.map(|content| content.get() * mass);
            recipe.biogenic_carbon = carbon.biogenic.map(|content| content.get() * mass);
        }
        recipe.bio_based = factor.row.carbon.as_ref().is_some_and(|carbon| carbon.bio_based);
        let coefficient = candidate.conversion.factor;
        let from = candidate.unit.clone();
        recipe.inputs.push(Input { factor: index, coefficient, conversion: candidate.conversion });
        for &companion in &factor.companions {
            let half = self.library.factors.get(companion);
            // A companion stands per the same unit; another unit of the same dimension is converted.
            let ratio =
                factor.unit.ratio_to(&half.unit).map_or(1.0, |ratio| *ratio.numer() as f64 / *ratio.denom() as f64);
            let conversion = Conversion { factor: coefficient * ratio, steps: Vec::new() };
            recipe.inputs.push(Input { factor: companion, coefficient: coefficient * ratio, conversion });
        }
        recipe.unit = Some(from);
        recipe
    }

    /// A factor by its id, of a pack that may serve.
    pub(super) fn by_id(&self, id: &str) -> Option<FactorIndex> {
        self.library.factors.by_id_among(id, &self.packs)
    }

    /// The factors of a name, of packs that may serve.
    pub(super) fn by_name(&self, name: &str) -> Vec<FactorIndex> {
        self.library.factors.by_name_among(name, &self.packs)
    }

    /// The candidates by hand, by answer, by id, by exact name or synonym.
    fn candidates(&mut self, wanted: Wanted) -> Result<(Vec<FactorIndex>, bool), Diagnostic> {
        let found = self.look_up(wanted)?;
        self.consulted.extend(&found.0);
        Ok(found)
    }

    fn look_up(&self, wanted: Wanted) -> Result<(Vec<FactorIndex>, bool), Diagnostic> {
        let answer = self.factors.get(&name_key(wanted.material)).map(String::as_str);
        if let Some(id) = wanted.factor.or(answer) {
            return self.by_id(id).map(|index| (vec![index], true)).ok_or_else(|| self.unknown_id(id));
        }
        if let Some(index) = self.by_id(wanted.material) {
            return Ok((vec![index], true));
        }
        let named = self.by_name(wanted.material);
        let named = if means_grid(wanted.material) {
            self.grid_here(&named, wanted.geography.unwrap_or(&self.geography))
        } else {
            named
        };
        if named.is_empty() {
            return Err(self.no_factor(wanted.material, &[]));
        }
        Ok((named, false))
    }

    /// The rows of grid electricity that may serve at a place, by the word itself, else by the word that all tables
    /// share. There are hundreds of places: none but these is a candidate, and none but these goes into a record.
    fn grid_here(&self, named: &[FactorIndex], place: &str) -> Vec<FactorIndex> {
        let factors = &self.library.factors;
        let shared = self.by_name(GRID);
        let is_grid = |index: &&FactorIndex| factors.head(**index).kind.is_grid();
        let serves = |index: &&FactorIndex| geography_step(factors.head(**index).geography, place) <= FARTHEST_GRID;
        for names in [named, shared.as_slice()] {
            let found: Vec<FactorIndex> = names.iter().filter(is_grid).filter(serves).copied().collect();
            if !found.is_empty() {
                return found;
            }
        }
        // One row of another place says what was looked for; the same row says it when a record is computed again.
        match named.iter().chain(&shared).find(is_grid) {
            Some(elsewhere) => vec![*elsewhere],
            None => named.to_vec(),
        }
    }

    /// The kinds that may serve. A row without a stage goes where its factor belongs: material first.
    fn kinds(&self, wanted: Wanted, candidates: &[FactorIndex]) -> Vec<FactorKind> {
        if let Some(module) = wanted.module {
            return module.accepts().to_vec();
        }
        let is = |kinds: &[FactorKind]| {
            candidates.iter().any(|&index| kinds.contains(&self.library.factors.head(index).kind))
        };
        for module in [Module::A1, Module::A3, Module::A2] {
            if is(module.accepts()) {
                return module.accepts().to_vec();
            }
        }
        Module::A1.accepts().to_vec()
    }

    /// The best candidate whose unit can be reached, ranked as [`select`] does, then by the directness of the unit.
    fn fit(
        &self,
        choice: &Choice,
        line_units: &[Unit],
        properties: &Properties,
    ) -> Result<(crate::factor::Ranked, Candidate), Vec<(FactorIndex, Mismatch)>> {
        // Halves without their other half last, then proxies, how far geography and year are off, the newest, the most
        // direct unit.
        type Rank = (bool, bool, u8, u16, u16, u8);
        let mut best: Option<(Rank, crate::factor::Ranked, Candidate)> = None;
        let mut mismatches = Vec::new();
        for ranked in &choice.usable {
            let factor = self.library.factors.get(ranked.index);
            let mut properties = *properties;
            add_defaults(factor, &mut properties);
            let mut reachable: Vec<Candidate> = Vec::new();
            for unit in line_units {
                match convert(unit, &factor.unit, &properties) {
                    Ok(conversion) => {
                        let directness =
                            u8::from(unit.dimension() != factor.unit.dimension()) + u8::from(conversion.uses_default());
                        reachable.push(Candidate { unit: unit.clone(), conversion, directness });
                    }
                    Err(mismatch) => mismatches.push((ranked.index, mismatch)),
                }
            }
            // An ambiguous symbol is settled only if one reading fits.
            if reachable.len() != 1 {
                continue;
            }
            let newest = match factor.row.period {
                Period::Years(_, to) => u16::MAX - to,
                Period::NotStated => u16::MAX,
            };
            if let Some(candidate) = reachable.pop() {
                let rank = (
                    factor.lacks_its_half(),
                    factor.row.proxy.is_some(),
                    ranked.geography_step,
                    ranked.year_distance.unwrap_or(u16::MAX),
                    newest,
                    candidate.directness,
                );
                if best.as_ref().is_none_or(|(known, _, _)| rank < *known) {
                    best = Some((rank, ranked.clone(), candidate));
                }
            }
        }
        best.map(|(_, ranked, candidate)| (ranked, candidate)).ok_or(mismatches)
    }

    /// A measure in coherent units, or what is wrong with it.
    pub fn coherent(
        &self,
        text: &Scalar,
        dimension: Dimension,
        assumed: Option<&str>,
        field: &'static str,
    ) -> Result<f64, Diagnostic> {
        Measure::coherent(&text.0, dimension, assumed, &self.library.units).map_err(|error| match error {
            MeasureError::Number(error) => number_finding(&error, &text.0, (field, field)),
            MeasureError::Unit(unit) | MeasureError::Ambiguous(unit) | MeasureError::Dimension(unit) => {
                let (en, zh) = dimension.name();
                Diagnostic::new(&catalogue::V106).with("field", field).with("text", &text.0).with_words(
                    "range",
                    (
                        format!("{en}, with a unit that says so (not \"{unit}\")"),
                        format!("{zh}，并带有相应单位（而不是“{unit}”）"),
                    ),
                )
            }
        })
    }

    /// The average that a supplier's footprint replaces, if a factor matches without a question.
    fn quiet_average(
        &mut self,
        wanted: Wanted,
        line_units: &[Unit],
        properties: &Properties,
    ) -> Option<(FactorIndex, f64)> {
        let (candidates, _) = self.candidates(wanted).ok()?;
        let kinds = self.kinds(wanted, &candidates);
        let year = self.date.map(|date| date.year() as u16);
        let geography = wanted.geography.unwrap_or(&self.geography).to_string();
        let choice =
            select(&self.library.factors, &candidates, &Preference { kinds: &kinds, geography: &geography, year });
        let (ranked, candidate) = self.fit(&choice, line_units, properties).ok()?;
        // Half a fuel is no average to compare with.
        if self.library.factors.get(ranked.index).lacks_its_half() {
            return None;
        }
        Some((ranked.index, candidate.conversion.factor))
    }

    /// PACT 3 scores (How-to Guide p. 61–69): technology 3 for an average, 4 for a proxy; geography by the step of the
    /// fallback; time by the days between the ends of the two periods.
    fn scores(&self, factor: &Factor, geography_step: u8) -> [u8; 3] {
        let technology = factor.row.quality.technology.unwrap_or(if factor.row.proxy.is_some() { 4 } else { 3 });
        let geography = (geography_step + 1).min(5);
        let time = match (factor.row.period, self.date) {
            (Period::Years(_, to), Some(date)) => time_score(Date::new(to as i16, 12, 31).ok(), Some(date)),
            _ => 5,
        };
        [technology, geography, time]
    }

    /// A conservative estimate for a kilogram of a class: the 95th percentile of its usable rows (nearest rank); of all
    /// materials where the class is not known. `None` with fewer than three rows.
    pub fn bound(&mut self, class: &str) -> Option<f64> {
        if let Some(bound) = self.bounds.get(class) {
            return *bound;
        }
        if let Some(bounds) = &self.library.bounds {
            let bound = bounds.get(class).copied().flatten();
            self.bounds.insert(class.to_string(), bound);
            return bound;
        }
        let top = class.split('.').next().unwrap_or("");
        let factors = &self.library.factors;
        let mut values: Vec<f64> = factors
            .of_kind(FactorKind::Material, &self.packs)
            .filter(|(_, factor)| factor.unit.dimension() == Dimension::MASS)
            .filter(|(_, factor)| top.is_empty() || factor.row.class.split('.').next() == Some(top))
            .filter_map(|(_, factor)| {
                let row = &factor.row;
                let co2e = row.co2e.map(crate::math::Finite::get).or_else(|| {
                    let mut sum = crate::math::Sum::default();
                    for emission in &row.emissions {
                        sum.add(emission.co2e?.get());
                    }
                    Some(sum.value())
                })?;
                let scale = factor.unit.scale();
                Some(co2e * (*scale.denom() as f64) / (*scale.numer() as f64))
            })
            .collect();
        values.sort_by(f64::total_cmp);
        let bound = (values.len() >= 3).then(|| values[(values.len() * 95).div_ceil(100) - 1]);
        self.bounds.insert(class.to_string(), bound);
        bound
    }
}

/// The time score of PACT 3: up to 366 days 1, 731 days 2, 1096 days 3, 1461 days 4, else or unknown 5.
pub fn time_score(data: Option<Date>, product: Option<Date>) -> u8 {
    let (Some(data), Some(product)) = (data, product) else { return 5 };
    let days = match product.since((jiff::Unit::Day, data)) {
        Ok(span) => span.get_days(),
        Err(_) => return 5,
    };
    match days {
        ..=366 => 1,
        367..=731 => 2,
        732..=1096 => 3,
        1097..=1461 => 4,
        _ => 5,
    }
}

/// kg per unit of a line.
fn mass_per(unit: &Unit, properties: &Properties) -> Option<f64> {
    let kilogram = Unit::new("kg", Dimension::MASS, crate::quantity::Ratio::from_integer(1));
    convert(unit, &kilogram, properties).ok().map(|conversion| conversion.factor)
}

/// The material's own properties, where the line gives none.
fn add_defaults(factor: &Factor, properties: &mut Properties) {
    let Some(row) = &factor.row.properties else { return };
    for (property, value) in [
        (Property::Density, row.density),
        (Property::LowerHeatingValue, row.lower_heating_value),
        (Property::HigherHeatingValue, row.higher_heating_value),
        (Property::UnitMass, row.unit_mass),
        (Property::MassPerArea, row.mass_per_area),
    ] {
        if let Some(value) = value {
            properties.set(property, value.get(), true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_scores_turn_at_the_published_days() {
        let start = Date::new(2020, 1, 1).unwrap();
        for (days, score) in [(366, 1), (367, 2), (731, 2), (732, 3), (1096, 3), (1461, 4), (1462, 5)] {
            let end = start.checked_add(jiff::Span::new().days(days)).unwrap();
            assert_eq!(time_score(Some(start), Some(end)), score, "{days}");
        }
        assert_eq!(time_score(None, Some(start)), 5);
    }
}
