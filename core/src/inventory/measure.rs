//! Amounts in other units: by the database's own units first, then by the table of units, then by the flow's properties.

use super::{Flow, Inventory};
use crate::quantity::{Lookup, Unit, UnitTable};
use rustc_hash::FxHashMap;

/// The units of a database, ready to convert.
#[derive(Debug)]
pub struct Measures<'a> {
    inventory: &'a Inventory,
    table: &'a UnitTable,
    /// Group and factor of the database's own symbols, and of their synonyms where these are no symbol of their own.
    own: FxHashMap<&'a str, (&'a str, f64)>,
    /// What the table of units knows of every symbol that exchanges, flows and properties write.
    known: FxHashMap<&'a str, Option<Unit>>,
}

impl<'a> Measures<'a> {
    /// Looks every symbol of a database up once.
    pub fn new(inventory: &'a Inventory, table: &'a UnitTable) -> Self {
        let mut own: FxHashMap<&str, (&str, f64)> = FxHashMap::default();
        for unit in &inventory.units {
            own.insert(unit.symbol.trim(), (unit.group.trim(), unit.factor.get()));
        }
        for unit in &inventory.units {
            for synonym in &unit.synonyms {
                own.entry(synonym.trim()).or_insert((unit.group.trim(), unit.factor.get()));
            }
        }
        let mut known = FxHashMap::default();
        let flows = inventory.flows();
        let symbols = inventory
            .symbols
            .iter()
            .map(|symbol| &**symbol)
            .chain(flows.iter().map(|flow| &*flow.unit))
            .chain(flows.iter().flat_map(|flow| flow.properties.iter().map(|property| property.unit.as_str())));
        for symbol in symbols {
            known.entry(symbol).or_insert_with(|| match table.find(symbol) {
                Lookup::Unit(unit) => Some(unit),
                Lookup::Ambiguous(_) | Lookup::Unknown => None,
            });
        }
        Self { inventory, table, own, known }
    }

    /// How many of `to` one of `from` is; `None` where nothing leads there.
    ///
    /// The database's own factors count before the table's: they are what its amounts were made with.
    pub fn ratio(&self, from: &str, to: &str) -> Option<f64> {
        let (from, to) = (from.trim(), to.trim());
        if from == to {
            return Some(1.0);
        }
        if let (Some((group, own)), Some((other, base))) = (self.own.get(from), self.own.get(to))
            && group == other
        {
            return Some(own / base);
        }
        self.exact(from, to)
    }

    /// The same by the table of units alone.
    pub fn exact(&self, from: &str, to: &str) -> Option<f64> {
        let ratio = self.unit(from)?.ratio_to(&self.unit(to)?)?;
        Some(*ratio.numer() as f64 / *ratio.denom() as f64)
    }

    fn unit(&self, symbol: &str) -> Option<Unit> {
        if let Some(known) = self.known.get(symbol) {
            return known.clone();
        }
        match self.table.find(symbol) {
            Lookup::Unit(unit) => Some(unit),
            Lookup::Ambiguous(_) | Lookup::Unknown => None,
        }
    }

    /// How many of a flow's reference unit one of `unit` is: directly, or through a property of the flow. `property`
    /// names the one that is meant where several would fit.
    pub fn of_flow(&self, flow: &Flow, unit: &str, property: Option<&str>) -> Option<f64> {
        let unit = if unit.is_empty() { &*flow.unit } else { unit };
        if property.is_none()
            && let Some(ratio) = self.ratio(unit, &flow.unit)
        {
            return Some(ratio);
        }
        let fits = |one: &&super::PropertyDocument| property.is_none_or(|name| name == one.name.trim());
        let mut ways = flow
            .properties
            .iter()
            .filter(fits)
            .filter_map(|one| Some(self.ratio(unit, &one.unit)? / one.amount.get()))
            .filter(|ratio| ratio.is_finite());
        let first = ways.next()?;
        // Two properties of one dimension and no word which is meant: not guessed.
        ways.all(|other| other == first).then_some(first)
    }

    /// How many of the flow's reference unit one of an exchange's unit is.
    pub fn of_exchange(&self, exchange: usize) -> Option<f64> {
        let flow = &self.inventory.flows()[self.inventory.exchanges()[exchange].flow as usize];
        self.of_flow(flow, self.inventory.unit(exchange), self.inventory.property(exchange))
    }

    /// What one reference unit of a flow is in `unit`.
    pub fn flow_in(&self, flow: &Flow, unit: &str) -> Option<f64> {
        self.of_flow(flow, unit, None).filter(|ratio| *ratio != 0.0).map(|ratio| 1.0 / ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Builder;

    fn database() -> Inventory {
        let text = r#"{"schema":"zuji/inventory@1","database":{"id":"d","name":"D","version":"1","source":"s","licence":"CC0"},
          "units":[{"symbol":"in","group":"length","factor":"0.02"},{"symbol":"m","group":"length","factor":"1"},
                   {"symbol":"h [length]","group":"length","factor":"0.1016"},{"symbol":"tkm","group":"transport","factor":1,"synonyms":["t*km"]},
                   {"symbol":"kgkm","group":"transport","factor":"0.001"}],
          "flows":[{"id":"gas","name":"gas","kind":"product","unit":"m3","properties":[
              {"name":"Mass","unit":"kg","amount":"0.8"},{"name":"NCV","unit":"MJ","amount":"36"},{"name":"GCV","unit":"MJ","amount":"40"}]},
            {"id":"power","name":"power","kind":"product","unit":"MJ"}]}"#;
        Builder::document(serde_json::from_str(text).unwrap()).0
    }

    #[test]
    fn the_databases_own_units_come_first() {
        let inventory = database();
        let table = UnitTable::standard();
        let measures = Measures::new(&inventory, &table);
        assert_eq!(measures.ratio("in", "m"), Some(0.02));
        assert_eq!(measures.ratio("kgkm", "t*km"), Some(0.001));
        assert_eq!(measures.ratio("kWh", "MJ"), Some(3.6));
        assert_eq!(measures.ratio("h [length]", "h"), None);
        assert_eq!(measures.ratio("h", "m"), None);
        assert_eq!(measures.ratio("Bq", "kBq"), None);
    }

    #[test]
    fn properties_lead_from_one_dimension_to_another() {
        let inventory = database();
        let table = UnitTable::standard();
        let measures = Measures::new(&inventory, &table);
        let gas = &inventory.flows()[0];
        assert_eq!(measures.of_flow(gas, "t", None), Some(1000.0 / 0.8));
        assert_eq!(measures.of_flow(gas, "MJ", Some("NCV")), Some(1.0 / 36.0));
        assert_eq!(measures.of_flow(gas, "MJ", Some("GCV")), Some(1.0 / 40.0));
        // Net or gross is not guessed.
        assert_eq!(measures.of_flow(gas, "MJ", None), None);
        assert_eq!(measures.of_flow(gas, "piece", None), None);
        assert_eq!(measures.flow_in(gas, "kg"), Some(0.8));
        assert_eq!(measures.of_flow(&inventory.flows()[1], "", None), Some(1.0));
    }
}
