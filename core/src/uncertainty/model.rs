//! A footprint as a polynomial of what is uncertain in it: every figure is a known number times the relative values of a
//! few parameters (its quantity, the numbers of the assemblies it is in, its factor).

use super::draw::ParameterId;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::distribution::{Fault, Pedigree, Shape, Stated};
use crate::footprint::{Footprint, Standing};
use crate::math::Sum;
use crate::method::Module;
use std::collections::BTreeMap;

/// The most terms that a polynomial may have; assemblies used in many places multiply them.
const MOST_TERMS: usize = 2_000_000;

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The quantity of a line.
    Quantity,
    /// An amount of energy.
    Energy,
    /// A factor.
    Factor,
    /// A supplier's footprint.
    Supplier,
    /// Several that share one draw.
    Shared,
}

impl Subject {
    /// Its name in results.
    pub fn id(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Energy => "energy",
            Self::Factor => "factor",
            Self::Supplier => "supplier",
            Self::Shared => "shared",
        }
    }
}

/// Something that is drawn once per sample.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// What its draws go by.
    pub id: ParameterId,
    /// What it is.
    pub subject: Subject,
    /// Its name in English.
    pub name_en: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Where it is stated.
    pub place: Option<Place>,
    /// The group it correlates with: the id of the group's draw, and how strongly.
    pub group: Option<(ParameterId, f64)>,
    /// The table of pedigree factors its spread comes from.
    pub pedigree: Option<Pedigree>,
}

/// A relative value, 1 where the amount is as stated: a parameter's draw through one distribution.
#[derive(Clone, Debug)]
pub struct Column {
    /// The parameter that draws it.
    pub parameter: u32,
    /// The distribution of the amount.
    pub shape: Shape,
    /// 1 ÷ the amount.
    pub per: f64,
}

/// The polynomial.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What is drawn.
    pub parameters: Vec<Parameter>,
    /// The relative values.
    pub columns: Vec<Column>,
    /// What does not depend on them, kg CO2e.
    pub constant: f64,
    /// kg CO2e of every term at the stated amounts.
    pub values: Vec<f64>,
    /// Where the columns of every term begin; one longer than `values`.
    pub starts: Vec<u32>,
    /// The columns of all terms.
    pub of_terms: Vec<u32>,
    /// The share of the sum of magnitudes that has any uncertainty stated, 0 to 1.
    pub stated: f64,
}

impl Model {
    /// The columns of a term.
    pub fn term(&self, term: usize) -> &[u32] {
        &self.of_terms[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// The total at the stated amounts, kg CO2e.
    pub fn nominal(&self) -> f64 {
        let mut sum = Sum::default();
        sum.add(self.constant);
        self.values.iter().for_each(|value| sum.add(*value));
        sum.value()
    }

    /// Whether a column stands twice in a term, so that the polynomial is not linear in it.
    pub fn repeats(&self, column: u32) -> bool {
        (0..self.values.len()).any(|term| self.term(term).iter().filter(|one| **one == column).count() > 1)
    }

    /// The polynomial of a footprint. `Ok(None)` where nothing says how uncertain it is.
    ///
    /// # Errors
    /// What was stated and is no distribution; then there is no range, for it would leave something out.
    pub fn of(footprint: &Footprint) -> Result<Option<Self>, Diagnostics> {
        let mut reading = Reading {
            footprint,
            model: Self::default(),
            by_line: BTreeMap::new(),
            by_factor: BTreeMap::new(),
            by_recipe: BTreeMap::new(),
            known: BTreeMap::new(),
            lines_seen: BTreeMap::new(),
            found: Diagnostics::default(),
        };
        reading.name_lines();
        let terms = reading.terms();
        if !reading.found.is_empty() {
            return Err(reading.found);
        }
        let Some(terms) = terms else {
            return Err(Diagnostic::new(&catalogue::M205).with("limit", MOST_TERMS).into());
        };
        let mut model = reading.model;
        if model.columns.is_empty() {
            return Ok(None);
        }
        model.starts.push(0);
        for (columns, value) in terms {
            if columns.is_empty() {
                model.constant = value.value();
                continue;
            }
            model.values.push(value.value());
            model.of_terms.extend(columns);
            model.starts.push(model.of_terms.len() as u32);
        }
        Ok(Some(model))
    }
}

/// Shares of a number, each with the columns it multiplies.
type Shares = Vec<(f64, Vec<u32>)>;

/// Terms by the columns they multiply.
type Terms = BTreeMap<Vec<u32>, Sum>;

struct Reading<'a, 'b> {
    footprint: &'a Footprint<'b>,
    model: Model,
    /// The column of a line or of what is not a line.
    by_line: BTreeMap<u32, Option<u32>>,
    /// The column of a factor and its figure, kg CO2e per unit.
    by_factor: BTreeMap<crate::factor::FactorIndex, Option<(u32, f64)>>,
    by_recipe: BTreeMap<u32, Vec<(f64, Option<u32>)>>,
    /// Parameters and columns by what they are, so that one thing has one draw.
    known: BTreeMap<ParameterId, Vec<u32>>,
    /// The names of lines with a number for those that are otherwise the same.
    lines_seen: BTreeMap<u32, u32>,
    found: Diagnostics,
}

impl Reading<'_, '_> {
    /// Lines that say the same are told apart by how many came before.
    fn name_lines(&mut self) {
        let bill = self.footprint.bill;
        let mut seen: BTreeMap<[&str; 3], u32> = BTreeMap::new();
        for (at, line) in bill.lines().iter().enumerate() {
            if bill.details(line).is_some_and(|details| details.uncertainty.is_some()) {
                let name = [bill.node_name(line.node()), bill.name(line), bill.code(line).unwrap_or("")];
                let count = seen.entry(name).or_default();
                self.lines_seen.insert(at as u32, *count);
                *count += 1;
            }
        }
    }

    fn terms(&mut self) -> Option<Terms> {
        let footprint = self.footprint;
        let nodes = self.nodes()?;
        let cells = &footprint.cells;
        let mut quanta: Vec<i64> = cells
            .by_activity
            .iter()
            .zip(&cells.standing)
            .map(|(quanta, standing)| if *standing == Standing::Counted { *quanta } else { 0 })
            .collect();
        if footprint.study.boundary.modules.contains(&Module::B4) {
            for &(activity, again) in &cells.replaced {
                quanta[activity as usize] += again;
            }
        }
        let mut terms = Terms::new();
        let (mut stated, mut all) = (Sum::default(), Sum::default());
        for (entry, quanta) in footprint.activities.entries.iter().zip(quanta) {
            if quanta == 0 {
                continue;
            }
            let value = cells.quantum.exact(quanta).to_f64();
            let quantity = self.line(entry.origin);
            let parts = match self.by_recipe.get(&entry.recipe) {
                Some(parts) => parts.clone(),
                None => {
                    let parts = self.factors(entry.recipe as usize);
                    self.by_recipe.insert(entry.recipe, parts.clone());
                    parts
                }
            };
            for (share, factor) in parts {
                for (weight, above) in &nodes[entry.node as usize] {
                    let mut columns = above.clone();
                    columns.extend(quantity);
                    columns.extend(factor);
                    columns.sort_unstable();
                    let part = value * share * weight;
                    all.add(part.abs());
                    stated.add(if columns.is_empty() { 0.0 } else { part.abs() });
                    terms.entry(columns).or_default().add(part);
                }
            }
            if terms.len() > MOST_TERMS {
                return None;
            }
        }
        self.model.stated = if all.value() > 0.0 { stated.value() / all.value() } else { 0.0 };
        Some(terms)
    }

    /// What the number of every process depends on: shares of it with the columns they multiply.
    fn nodes(&mut self) -> Option<Vec<Shares>> {
        let footprint = self.footprint;
        let units = &footprint.scaling.units;
        let mut above: Vec<BTreeMap<Vec<u32>, f64>> = vec![BTreeMap::new(); footprint.system.len()];
        if let Some(product) = above.first_mut() {
            product.insert(Vec::new(), 1.0);
        }
        let mut count = 0;
        for edge in footprint.system.edges() {
            let (parent, child) = (edge.parent as usize, edge.child as usize);
            let share = units[parent] * edge.amount / units[child];
            if !share.is_finite() || share == 0.0 {
                continue;
            }
            let own = self.line(edge.line);
            let from: Vec<(Vec<u32>, f64)> = above[parent].iter().map(|(columns, w)| (columns.clone(), *w)).collect();
            for (mut columns, weight) in from {
                columns.extend(own);
                columns.sort_unstable();
                *above[child].entry(columns).or_default() += weight * share;
                count += 1;
            }
            if count > MOST_TERMS {
                return None;
            }
        }
        Some(
            above
                .into_iter()
                .map(|node| node.into_iter().map(|(columns, weight)| (weight, columns)).collect())
                .collect(),
        )
    }

    /// The column of a line's quantity, or of an amount of energy.
    fn line(&mut self, origin: u32) -> Option<u32> {
        if let Some(known) = self.by_line.get(&origin) {
            return *known;
        }
        let column = self.read_line(origin);
        self.by_line.insert(origin, column);
        column
    }

    fn read_line(&mut self, origin: u32) -> Option<u32> {
        let footprint = self.footprint;
        let bill = footprint.bill;
        let product =
            [footprint.document.product.name.as_str(), footprint.document.product.id.as_deref().unwrap_or("")];
        let name = footprint.activities.name(bill, origin);
        let lines = bill.lines().len();
        let (stated, amount, id, subject) = match bill.lines().get(origin as usize) {
            Some(line) => {
                let stated = &bill.details(line)?.uncertainty.as_ref()?.0;
                let code = bill.code(line).unwrap_or("");
                let number = self.lines_seen.get(&origin).copied().unwrap_or(0).to_string();
                let node = bill.node_name(line.node());
                let id = ParameterId::of(&["quantity", product[0], product[1], node, name, code, &number]);
                (stated.as_str(), line.quantity, id, Subject::Quantity)
            }
            None => {
                let at = (origin as usize).checked_sub(lines)?;
                let others = &footprint.activities.others;
                let (stated, amount) = others.get(at)?.uncertainty.as_ref()?;
                let before = others[..at].iter().filter(|other| other.uncertainty.is_some() && other.name == name);
                let number = before.count().to_string();
                let id = ParameterId::of(&["energy", product[0], product[1], name, &number]);
                (stated.as_str(), *amount, id, Subject::Energy)
            }
        };
        let place = footprint.activities.place(bill, origin);
        let (name_en, name_zh) = (name.to_string(), name.to_string());
        let parameter = Parameter { id, subject, name_en, name_zh, place: Some(place), group: None, pedigree: None };
        self.column(parameter, stated, amount)
    }

    /// How a recipe's figure divides among its factors, each with its column. One part where nothing is stated.
    fn factors(&mut self, recipe: usize) -> Vec<(f64, Option<u32>)> {
        let footprint = self.footprint;
        let total = footprint.columns.columns[recipe].total;
        let recipe = &footprint.activities.recipes[recipe];
        if let Some(supplied) = &recipe.supplied {
            let column = supplied.uncertainty.as_ref().and_then(|(stated, amount)| {
                let id = ParameterId::of(&["supplier", &supplied.source, &supplied.figure]);
                let name = format!("{}: {}", supplied.source, supplied.figure);
                let (name_en, name_zh) = (name.clone(), name);
                let subject = Subject::Supplier;
                let parameter = Parameter { id, subject, name_en, name_zh, place: None, group: None, pedigree: None };
                self.column(parameter, stated, *amount)
            });
            return vec![(1.0, column)];
        }
        let mut parts = Vec::new();
        let mut rest = 1.0;
        for input in &recipe.inputs {
            let Some((column, figure)) = self.factor(input.factor) else { continue };
            let share = input.coefficient * figure / total;
            if share.is_finite() && share != 0.0 {
                parts.push((share, Some(column)));
                rest -= share;
            }
        }
        // What is left to rounding is nothing.
        if parts.is_empty() || rest.abs() > 1e-12 {
            parts.push((rest, None));
        }
        parts
    }

    fn factor(&mut self, index: crate::factor::FactorIndex) -> Option<(u32, f64)> {
        if let Some(known) = self.by_factor.get(&index) {
            return *known;
        }
        let row = &self.footprint.library.factors.get(index).row;
        let column = row.uncertainty.as_ref().and_then(|stated| {
            let figure = self.footprint.characterised(index)?;
            let parameter = Parameter {
                id: ParameterId::of(&["factor", &row.id]),
                subject: Subject::Factor,
                name_en: row.name_en.clone(),
                name_zh: row.name_zh.clone(),
                place: None,
                group: None,
                pedigree: None,
            };
            Some((self.column(parameter, stated, figure)?, figure))
        });
        self.by_factor.insert(index, column);
        column
    }

    /// The column of a parameter; the same one for what has the same draw and the same relative distribution.
    fn column(&mut self, mut parameter: Parameter, stated: &str, amount: f64) -> Option<u32> {
        if amount.is_nan() {
            // An amount that is not known has its own finding.
            return None;
        }
        match Stated::read(stated).and_then(|stated| stated.shape(amount).map(|shape| (stated, shape))) {
            Ok((_, shape)) if shape.is_certain() && amount != 0.0 => None,
            // What is nothing as stated has no part in the total to scale.
            Ok(_) if amount == 0.0 => {
                self.fault(&Fault::AboutZero, &parameter);
                None
            }
            Ok((stated, shape)) => {
                if let Some(shared) = &stated.shared {
                    parameter.id = ParameterId::of(&["shared", shared]);
                    parameter.subject = Subject::Shared;
                    (parameter.name_en, parameter.name_zh) = (shared.clone(), shared.clone());
                }
                parameter.group =
                    stated.group.as_ref().map(|group| (ParameterId::of(&["group", &group.name]), group.correlation));
                parameter.pedigree = stated.pedigree();
                Some(self.add(parameter, shape, 1.0 / amount))
            }
            Err(fault) => {
                self.fault(&fault, &parameter);
                None
            }
        }
    }

    fn fault(&mut self, fault: &Fault, parameter: &Parameter) {
        self.found.push(fault.finding(&parameter.name_en).at_all(parameter.place.clone()));
    }

    fn add(&mut self, parameter: Parameter, shape: Shape, per: f64) -> u32 {
        let model = &mut self.model;
        let known = self.known.entry(parameter.id).or_default();
        let same = |at: &&u32| {
            let column = &model.columns[**at as usize];
            column.shape.scaled_alike(column.per, &shape, per)
        };
        if let Some(at) = known.iter().find(same) {
            return *at;
        }
        let of = match known.first() {
            Some(first) => model.columns[*first as usize].parameter,
            None => {
                model.parameters.push(parameter);
                (model.parameters.len() - 1) as u32
            }
        };
        model.columns.push(Column { parameter: of, shape, per });
        let at = (model.columns.len() - 1) as u32;
        known.push(at);
        at
    }
}
