//! From documents to a database, one flow and one process at a time, so that an importer need not hold the documents.

use super::database::{AVOIDED, Beside, INPUT, NONE, PROVIDER_UNKNOWN, REFERENCE};
use super::{
    DatabaseHead, Direction, Exchange, ExchangeDocument, Flow, FlowDocument, ImpactDocument, Inventory,
    InventoryDocument, ParameterDocument, Process, ProcessDocument, UnitDocument,
};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The most exchanges of a database; positions are 32 bit wide, and a hostile file must end somewhere.
const MOST_EXCHANGES: usize = 200_000_000;
/// The most unit symbols.
const MOST_SYMBOLS: usize = 60_000;

/// Collects a database. Flows may come after the processes that name them.
#[derive(Debug, Default)]
pub struct Builder {
    inventory: Inventory,
    found: Diagnostics,
    /// Ids of flows by the number under which exchanges know them until the end.
    names: Names,
    /// Ids of providers, likewise.
    providers: Names,
    /// Other ids under which a process may be named as a provider.
    aliases: FxHashMap<Arc<str>, Arc<str>>,
    symbol_by_text: FxHashMap<Arc<str>, u16>,
    texts: FxHashMap<Arc<str>, ()>,
    beside: Beside,
    full: bool,
}

/// Texts by number, each once.
#[derive(Debug, Default)]
struct Names {
    list: Vec<Arc<str>>,
    number: FxHashMap<Arc<str>, u32>,
}

impl Names {
    fn number(&mut self, text: &str) -> u32 {
        let text = text.trim();
        if let Some(&known) = self.number.get(text) {
            return known;
        }
        let number = self.list.len() as u32;
        let text: Arc<str> = text.into();
        self.list.push(text.clone());
        self.number.insert(text, number);
        number
    }
}

impl Builder {
    /// Begins a database.
    pub fn new(head: DatabaseHead) -> Self {
        Self { inventory: Inventory { head, ..Inventory::default() }, ..Self::default() }
    }

    /// A whole document.
    pub fn document(document: InventoryDocument) -> (Inventory, Diagnostics) {
        let mut builder = Self::new(document.database);
        if document.schema != "zuji/inventory@1" {
            let found = Diagnostic::new(&catalogue::I301).with("schema", &document.schema);
            builder.found.push(found.at(Place::field("schema")));
        }
        document.units.into_iter().for_each(|unit| builder.unit(unit));
        document.flows.into_iter().for_each(|flow| builder.flow(flow));
        document.parameters.into_iter().for_each(|parameter| builder.parameter(parameter));
        document.impacts.into_iter().for_each(|impact| builder.impact(impact));
        document.processes.into_iter().for_each(|process| builder.process(process));
        builder.finish()
    }

    /// Adds a unit of the database's own.
    pub fn unit(&mut self, unit: UnitDocument) {
        self.inventory.units.push(unit);
    }

    /// Adds a parameter that all processes see.
    pub fn parameter(&mut self, parameter: ParameterDocument) {
        self.inventory.parameters.push(parameter);
    }

    /// Adds an impact category.
    pub fn impact(&mut self, impact: ImpactDocument) {
        self.inventory.impacts.push(impact);
    }

    /// Says that exchanges may name a process, as their provider, by another id too.
    pub fn alias(&mut self, alias: &str, process: &str) {
        self.aliases.insert(alias.trim().into(), process.trim().into());
    }

    /// Adds a finding of the importer's own, so that all travel together.
    pub fn finding(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// Adds a flow. A second one of the same id is refused (`I302`).
    pub fn flow(&mut self, flow: FlowDocument) {
        let id: Arc<str> = flow.id.trim().into();
        let position = self.inventory.flows.len() as u32;
        if self.inventory.flow_by_id.contains_key(&id) {
            let found = Diagnostic::new(&catalogue::I302).with("id", &*id).with("name", flow.name.trim());
            self.found.push(found.at(Place::field(format!("flows[{id}]"))));
            return;
        }
        self.inventory.flow_by_id.insert(id.clone(), position);
        let flow = Flow {
            id,
            name: flow.name.trim().into(),
            name_zh: flow.name_zh.as_deref().map(|name| self.text(name)),
            kind: flow.kind,
            unit: self.text(&flow.unit),
            category: self.text(&flow.category),
            location: flow.location.as_deref().map(|location| self.text(location)),
            cas: flow.cas.as_deref().map(|cas| self.text(cas)),
            synonyms: flow.synonyms.into(),
            properties: flow.properties.into(),
            cut_off: flow.cut_off,
            gas: flow.gas,
        };
        self.inventory.flows.push(flow);
    }

    /// Adds a process. A second one of the same id is refused (`I303`).
    pub fn process(&mut self, process: ProcessDocument) {
        let id: Arc<str> = process.id.trim().into();
        let place =
            |field: &str| Place { file: process.file.clone(), ..Place::field(format!("processes[{id}]{field}")) };
        if self.inventory.process_by_id.contains_key(&id) {
            let found = Diagnostic::new(&catalogue::I303).with("id", &*id).with("name", process.name.trim());
            self.found.push(found.at(place("")));
            return;
        }
        let first = self.inventory.exchanges.len();
        if self.full || first + process.exchanges.len() > MOST_EXCHANGES {
            if !self.full {
                let found = Diagnostic::new(&catalogue::I304).with("limit", MOST_EXCHANGES);
                self.found.push(found.at(place("")));
            }
            self.full = true;
            return;
        }
        let flagged: Vec<usize> =
            process.exchanges.iter().enumerate().filter(|(_, one)| one.reference).map(|(at, _)| at).collect();
        let reference = match flagged[..] {
            [one] => (first + one) as u32,
            _ => {
                let found = Diagnostic::new(&catalogue::I305)
                    .with("process", process.name.trim())
                    .with("count", flagged.len())
                    .at(place(".exchanges"));
                self.found.push(found);
                NONE
            }
        };
        for exchange in process.exchanges {
            self.exchange(exchange);
        }
        let process = Process {
            name: process.name.trim().into(),
            name_zh: process.name_zh.as_deref().map(|name| self.text(name)),
            category: self.text(&process.category),
            location: process.location.as_deref().map(|location| self.text(location)),
            period: process.period,
            source: self.text(&process.source),
            licence: process.licence.as_deref().map(|licence| self.text(licence)),
            file: process.file.as_deref().map(Into::into),
            comment: process.comment.as_deref().map(|comment| self.text(comment)),
            parameters: process.parameters.into(),
            allocation: process.allocation.map(Box::new),
            exchanges: first as u32..self.inventory.exchanges.len() as u32,
            reference,
            id: id.clone(),
        };
        self.inventory.process_by_id.insert(id, self.inventory.processes.len() as u32);
        self.inventory.processes.push(process);
    }

    fn exchange(&mut self, exchange: ExchangeDocument) {
        let at = self.inventory.exchanges.len() as u32;
        let mut marks = 0;
        for (set, mark) in [
            (exchange.direction == Direction::Input, INPUT),
            (exchange.reference, REFERENCE),
            (exchange.avoided, AVOIDED),
        ] {
            marks |= if set { mark } else { 0 };
        }
        let mut amount = exchange.amount.get();
        if let Some(id) = exchange.id {
            self.beside.ids.push((at, id.trim().into()));
        }
        if let Some(formula) = exchange.formula {
            let formula = self.text(&formula);
            self.beside.formulas.push((at, formula));
            self.beside.stated.push((at, amount));
            // Until the formula has been evaluated there is no amount, above all not the old one.
            amount = f64::NAN;
        }
        if let Some(property) = exchange.property {
            let property = self.text(&property);
            self.beside.properties.push((at, property));
        }
        if let Some(uncertainty) = exchange.uncertainty {
            self.beside.uncertainties.push((at, uncertainty));
        }
        if let Some(price) = exchange.price {
            self.beside.prices.push((at, price));
        }
        if let Some(comment) = exchange.comment {
            let comment = self.text(&comment);
            self.beside.comments.push((at, comment));
        }
        let flow = self.names.number(&exchange.flow);
        let provider = exchange.provider.as_deref().map_or(NONE, |id| self.providers.number(id));
        let unit = self.symbol(exchange.unit.as_deref().unwrap_or(""));
        self.inventory.exchanges.push(Exchange { amount, flow, provider, unit, marks });
    }

    fn symbol(&mut self, text: &str) -> u16 {
        let text = text.trim();
        if let Some(&known) = self.symbol_by_text.get(text) {
            return known;
        }
        // Beyond any real database; the last symbol then says so itself, and does not convert.
        let full = self.inventory.symbols.len() >= MOST_SYMBOLS;
        let text: Arc<str> = if full { "(too many units)".into() } else { text.into() };
        if full && let Some(&known) = self.symbol_by_text.get(&text) {
            return known;
        }
        let number = self.inventory.symbols.len() as u16;
        self.inventory.symbols.push(text.clone());
        self.symbol_by_text.insert(text, number);
        number
    }

    /// A text that many share, held once.
    fn text(&mut self, text: &str) -> Arc<str> {
        let text = text.trim();
        if let Some((known, ())) = self.texts.get_key_value(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.texts.insert(text.clone(), ());
        text
    }

    /// Settles which flow and which provider every exchange means, and computes the formulas. An exchange whose flow is
    /// not in the database is listed (`I306`) as a flow of that id without a name, so that it stays in sight.
    pub fn finish(mut self) -> (Inventory, Diagnostics) {
        let unknown: Vec<bool> = self.names.list.iter().map(|id| !self.inventory.flow_by_id.contains_key(id)).collect();
        let mut first_use: FxHashMap<u32, u32> = FxHashMap::default();
        let mut uses = vec![0u32; self.names.list.len()];
        for (at, exchange) in self.inventory.exchanges.iter().enumerate() {
            if unknown[exchange.flow as usize] {
                uses[exchange.flow as usize] += 1;
                first_use.entry(exchange.flow).or_insert(at as u32);
            }
        }
        let mut position = Vec::with_capacity(self.names.list.len());
        for (number, &uses) in uses.iter().enumerate() {
            let id = self.names.list[number].clone();
            if let Some(&known) = self.inventory.flow_by_id.get(&id) {
                position.push(known);
                continue;
            }
            let exchange = first_use.get(&(number as u32)).map_or(0, |&at| at as usize);
            let place = self.inventory.place(self.inventory.owner(exchange), Some(exchange), "flow");
            let found = Diagnostic::new(&catalogue::I306).with("id", &*id).with("count", uses).at(place);
            self.found.push(found);
            let unit = self.inventory.unit(exchange).to_string();
            position.push(self.inventory.flows.len() as u32);
            self.inventory.flow_by_id.insert(id.clone(), self.inventory.flows.len() as u32);
            self.inventory.flows.push(Flow {
                name: id.clone(),
                id,
                name_zh: None,
                kind: super::FlowKind::Product,
                unit: unit.as_str().into(),
                category: "".into(),
                location: None,
                cas: None,
                synonyms: Box::default(),
                properties: Box::default(),
                cut_off: false,
                gas: None,
            });
        }
        let by_id = |id: &Arc<str>| self.inventory.process_by_id.get(id).copied();
        let provider: Vec<Option<u32>> =
            self.providers.list.iter().map(|id| by_id(id).or_else(|| by_id(self.aliases.get(id)?))).collect();
        for at in 0..self.inventory.exchanges.len() {
            let exchange = &mut self.inventory.exchanges[at];
            exchange.flow = position[exchange.flow as usize];
            if exchange.provider == NONE {
                continue;
            }
            let named = exchange.provider as usize;
            match provider[named] {
                Some(known) => exchange.provider = known,
                None => {
                    exchange.provider = NONE;
                    exchange.marks |= PROVIDER_UNKNOWN;
                    self.beside.unknown_providers.push((at as u32, self.providers.list[named].clone()));
                }
            }
        }
        self.inventory.beside = self.beside;
        self.found.extend(self.inventory.evaluate());
        (self.inventory, self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Inventory, Diagnostics) {
        Builder::document(serde_json::from_str(text).unwrap())
    }

    const HEAD: &str =
        r#""schema":"zuji/inventory@1","database":{"id":"d","name":"D","version":"1","source":"s","licence":"CC0"}"#;

    #[test]
    fn flows_may_follow_and_blanks_do_not_count() {
        let (inventory, found) = read(&format!(
            r#"{{{HEAD},"parameters":[{{"name":"a","amount":2}}],"processes":[{{"id":"p","name":" P ","exchanges":[
                {{"flow":"steel ","direction":"output","amount":"2","reference":true}},
                {{"flow":"co2","direction":"output","amount":"6","unit":"g","id":"7","formula":"a*3"}}]}}],
              "flows":[{{"id":"steel","name":"Steel","kind":"product","unit":"kg"}},{{"id":"co2","name":"CO2 ","kind":"emission","unit":"kg"}}]}}"#
        ));
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(&*inventory.flows()[1].name, "CO2");
        assert_eq!(inventory.processes()[0].reference(), Some(0));
        assert_eq!((inventory.unit(1), inventory.exchange_id(1), inventory.formula(1)), ("g", Some("7"), Some("a*3")));
        assert_eq!(inventory.exchanges()[1].amount, 6.0);
        assert_eq!(inventory.stated(1), Some(6.0));
        assert_eq!(inventory.owner(1), 0);
    }

    #[test]
    fn what_does_not_fit_is_found() {
        let (inventory, found) = read(&format!(
            r#"{{{HEAD},"flows":[{{"id":"a","name":"A","kind":"product","unit":"kg"}},{{"id":"a","name":"B","kind":"waste","unit":"kg"}}],
              "processes":[
                {{"id":"p","name":"P","file":"p.json","exchanges":[{{"flow":"a","direction":"output","amount":1}},{{"flow":"x","direction":"input","amount":1,"provider":"q"}}]}},
                {{"id":"p","name":"Q","exchanges":[]}}]}}"#
        ));
        for code in ["I302", "I303", "I305", "I306"] {
            assert!(found.has(code), "{code}");
        }
        let unknown = found.iter().find(|one| one.code() == "I306").unwrap();
        assert_eq!(unknown.places()[0].to_string(), "p.json processes[p].exchanges[1].flow");
        assert_eq!(inventory.unknown_provider(1), Some("q"));
        assert!(inventory.exchanges()[1].names_unknown_provider());
    }
}
