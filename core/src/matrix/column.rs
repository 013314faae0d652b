//! Background columns: what one unit of a recipe emits (B), and what that weighs (C B).

use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::factor::{Factor, Factors};
use crate::impact::{Characterisation, GwpSets, Kind, UNSPLIT};
use crate::math::Sum;
use crate::product::{Recipe, RecipeState};
use std::collections::{BTreeMap, BTreeSet};

/// A row of B as it is reported: gas, kind, and the set that characterised it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// The gas, or `CO2e` for what is not split.
    pub gas: String,
    /// Its kind.
    pub kind: Kind,
    /// The set of characterisation factors; `not stated` where the source is silent.
    pub set: String,
}

/// One recipe's column, characterised: kg CO2e per unit of the recipe, by flow.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Position of the flow, kg CO2e.
    pub cells: Vec<(u16, f64)>,
    /// Their sum.
    pub total: f64,
    /// The sum of their absolute values.
    pub magnitude: f64,
    /// Set where a gas has no characterisation factor: the column is incomplete, hence unknown.
    pub incomplete: bool,
}

/// All columns of a product over one index of flows.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The flows in the order in which they are reported.
    pub flows: Vec<Flow>,
    /// One column per recipe.
    pub columns: Vec<Column>,
    /// The gases that were looked up, by set: what a record must hold.
    pub looked_up: BTreeSet<(String, String)>,
}

/// The common gases come first in reports.
fn rank(gas: &str) -> u8 {
    match gas {
        "CO2" => 0,
        "CH4" => 1,
        "N2O" => 2,
        UNSPLIT => 9,
        _ => 5,
    }
}

impl Columns {
    /// Characterises every recipe. A gas without a factor is reported (`G203`), never zero.
    pub fn new(recipes: &[Recipe], factors: &Factors, set: &Characterisation, sets: &GwpSets) -> (Self, Diagnostics) {
        let mut work = Work { set, sets, missing: BTreeMap::new(), looked_up: BTreeSet::new() };
        let raw: Vec<(BTreeMap<Flow, Sum>, bool)> = recipes.iter().map(|recipe| work.recipe(recipe, factors)).collect();
        let mut flows: Vec<Flow> =
            raw.iter().flat_map(|(cells, _)| cells.keys().cloned()).collect::<BTreeSet<_>>().into_iter().collect();
        flows.sort_by(|a, b| rank(&a.gas).cmp(&rank(&b.gas)).then_with(|| a.cmp(b)));
        let position: BTreeMap<&Flow, u16> = flows.iter().enumerate().map(|(at, flow)| (flow, at as u16)).collect();
        let columns = raw
            .iter()
            .map(|(cells, incomplete)| {
                let (mut total, mut magnitude) = (Sum::default(), Sum::default());
                let mut cells: Vec<(u16, f64)> = cells
                    .iter()
                    .map(|(flow, sum)| {
                        total.add(sum.value());
                        magnitude.add(sum.value().abs());
                        (position[flow], sum.value())
                    })
                    .collect();
                cells.sort_by_key(|(flow, _)| *flow);
                Column { cells, total: total.value(), magnitude: magnitude.value(), incomplete: *incomplete }
            })
            .collect();
        let mut found = Diagnostics::default();
        for (gas, with) in work.missing {
            let others = if with.is_empty() { "–".to_string() } else { with };
            found.push(Diagnostic::new(&catalogue::G203).with("set", set.id()).with("gas", gas).with("others", others));
        }
        let looked_up = work.looked_up;
        (Self { flows, columns, looked_up }, found)
    }
}

struct Work<'a> {
    set: &'a Characterisation,
    sets: &'a GwpSets,
    /// Gases without a factor, with the sets that have one.
    missing: BTreeMap<String, String>,
    looked_up: BTreeSet<(String, String)>,
}

impl Work<'_> {
    fn recipe(&mut self, recipe: &Recipe, factors: &Factors) -> (BTreeMap<Flow, Sum>, bool) {
        let mut cells: BTreeMap<Flow, Sum> = BTreeMap::new();
        let mut incomplete = false;
        if recipe.state != RecipeState::Counted {
            return (cells, incomplete);
        }
        if let Some(supplied) = &recipe.supplied {
            let flow = Flow { gas: UNSPLIT.into(), kind: Kind::Unspecified, set: supplied.set.clone() };
            cells.entry(flow).or_default().add(supplied.co2e);
            return (cells, incomplete);
        }
        for input in &recipe.inputs {
            incomplete |= self.input(factors.get(input.factor), input.coefficient, &mut cells);
        }
        for direct in &recipe.direct {
            match self.characterise(&direct.gas, direct.kind) {
                Some(gwp) => self.add(&direct.gas, direct.kind, direct.kg * gwp, &mut cells),
                None => incomplete = true,
            }
        }
        (cells, incomplete)
    }

    fn input(&mut self, factor: &Factor, coefficient: f64, cells: &mut BTreeMap<Flow, Sum>) -> bool {
        let row = &factor.row;
        let stated = row.gwp.as_deref().and_then(|name| self.sets.find(name));
        let unsplit = |co2e: f64, kind: Kind, cells: &mut BTreeMap<Flow, Sum>| {
            let set = stated.map_or_else(|| "not stated".to_string(), |set| set.id().to_string());
            cells.entry(Flow { gas: UNSPLIT.into(), kind, set }).or_default().add(co2e);
        };
        if let Some(co2e) = row.co2e {
            unsplit(co2e.get() * coefficient, row.co2e_kind.unwrap_or(Kind::Unspecified), cells);
        }
        let mut incomplete = false;
        for emission in &row.emissions {
            if let (UNSPLIT, Some(co2e)) = (emission.gas.as_str(), emission.co2e) {
                unsplit(co2e.get() * coefficient, emission.kind, cells);
                continue;
            }
            let Some(gwp) = self.characterise(&emission.gas, emission.kind) else {
                incomplete = true;
                continue;
            };
            let per_unit = match (emission.kg, emission.co2e) {
                (Some(kg), _) => kg.get() * gwp,
                // The source gives CO2e of its own set: the same set returns the very figure, another one goes through
                // the mass of the gas.
                (None, Some(co2e)) => {
                    let own = stated
                        .and_then(|set| set.factor_or_fossil(&emission.gas, emission.kind))
                        .map(|factor| factor.gwp);
                    if let Some(stated) = stated {
                        self.looked_up.insert((stated.id().to_string(), emission.gas.clone()));
                    }
                    match own {
                        Some(own) if own == gwp => co2e.get(),
                        Some(own) if own != 0.0 => co2e.get() / own * gwp,
                        _ => {
                            incomplete = true;
                            continue;
                        }
                    }
                }
                (None, None) => continue,
            };
            self.add(&emission.gas, emission.kind, per_unit * coefficient, cells);
        }
        incomplete
    }

    fn add(&self, gas: &str, kind: Kind, amount: f64, cells: &mut BTreeMap<Flow, Sum>) {
        let flow = Flow { gas: gas.to_string(), kind, set: self.set.id().to_string() };
        cells.entry(flow).or_default().add(amount);
    }

    fn characterise(&mut self, gas: &str, kind: Kind) -> Option<f64> {
        self.looked_up.insert((self.set.id().to_string(), gas.to_string()));
        let found = self.set.factor_or_fossil(gas, kind).map(|factor| factor.gwp);
        if found.is_none() {
            let with: Vec<&str> =
                self.sets.iter().filter(|set| set.factor_or_fossil(gas, kind).is_some()).map(|set| set.id()).collect();
            self.missing.insert(gas.to_string(), with.join(", "));
        }
        found
    }
}
