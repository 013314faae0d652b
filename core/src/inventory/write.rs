//! A database as its document again: what the importers made of a source, for keeping.

use super::{
    Direction, Exchange, ExchangeDocument, Flow, FlowDocument, Inventory, InventoryDocument, Process, ProcessDocument,
};
use crate::math::Finite;
use std::sync::Arc;

impl Inventory {
    /// The whole database as `zuji/inventory@1`. An amount that nobody knows stands as a formula that says so, never as
    /// a number: reading the document again finds it.
    pub fn document(&self) -> InventoryDocument {
        InventoryDocument {
            schema: "zuji/inventory@1".into(),
            database: self.head.clone(),
            units: self.units.clone(),
            flows: self.flows.iter().map(flow).collect(),
            processes: self.processes.iter().map(|one| self.process_document(one)).collect(),
            parameters: self.parameters.clone(),
            impacts: self.impacts.clone(),
        }
    }

    fn process_document(&self, process: &Process) -> ProcessDocument {
        ProcessDocument {
            id: process.id.to_string(),
            name: process.name.to_string(),
            name_zh: optional(process.name_zh.as_ref()),
            category: process.category.to_string(),
            location: optional(process.location.as_ref()),
            period: process.period,
            exchanges: process.exchanges().map(|at| self.exchange_document(at)).collect(),
            parameters: process.parameters.to_vec(),
            allocation: process.allocation.as_deref().cloned(),
            source: process.source.to_string(),
            licence: optional(process.licence.as_ref()),
            file: optional(process.file.as_ref()),
            comment: optional(process.comment.as_ref()),
        }
    }

    fn exchange_document(&self, at: usize) -> ExchangeDocument {
        let one: &Exchange = &self.exchanges[at];
        let formula = self.formula(at).map(str::to_string);
        let stated = if formula.is_some() { self.stated(at) } else { Some(one.amount) };
        let known = stated.and_then(|amount| Finite::new(amount).ok());
        let provider = one.provider().map(|process| self.processes[process as usize].id.to_string());
        ExchangeDocument {
            id: self.exchange_id(at).map(str::to_string),
            flow: self.flows[one.flow as usize].id.to_string(),
            direction: if one.direction() == Direction::Input { Direction::Input } else { Direction::Output },
            amount: known.unwrap_or(Finite::ZERO),
            formula: formula.or_else(|| known.is_none().then(|| UNKNOWN.into())),
            unit: Some(self.unit(at).to_string()).filter(|unit| !unit.is_empty()),
            property: self.property(at).map(str::to_string),
            reference: one.is_reference(),
            avoided: one.is_avoided(),
            provider: provider.or_else(|| self.unknown_provider(at).map(str::to_string)),
            price: self.price(at).cloned(),
            uncertainty: self.uncertainty(at).cloned(),
            comment: self.comment(at).map(str::to_string),
        }
    }
}

/// A formula that has no value: stands for an amount that the source does not give.
const UNKNOWN: &str = "amount_not_stated";

fn optional(text: Option<&Arc<str>>) -> Option<String> {
    text.map(|text| text.to_string())
}

fn flow(flow: &Flow) -> FlowDocument {
    FlowDocument {
        id: flow.id.to_string(),
        name: flow.name.to_string(),
        name_zh: optional(flow.name_zh.as_ref()),
        kind: flow.kind,
        unit: flow.unit.to_string(),
        category: flow.category.to_string(),
        location: optional(flow.location.as_ref()),
        cas: optional(flow.cas.as_ref()),
        synonyms: flow.synonyms.to_vec(),
        properties: flow.properties.to_vec(),
        cut_off: flow.cut_off,
        gas: flow.gas.clone(),
    }
}
