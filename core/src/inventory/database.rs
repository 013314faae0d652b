//! A database in memory: flows, processes and exchanges as flat arrays over positions. 20,000 processes with 700,000
//! exchanges take some 20 MB; what few exchanges have (formulas, uncertainties, prices, words) stands beside them.

use super::{
    AllocationDocument, DatabaseHead, Direction, FlowKind, GasDocument, ImpactDocument, ParameterDocument,
    PriceDocument, PropertyDocument, Uncertainty, UnitDocument,
};
use crate::diagnostic::Place;
use crate::factor::Period;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// No position.
pub(super) const NONE: u32 = u32::MAX;

/// A flow: a row of A or of B.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its id.
    pub id: Arc<str>,
    /// Its name, trimmed.
    pub name: Arc<str>,
    /// Chinese name.
    pub name_zh: Option<Arc<str>>,
    /// What it is.
    pub kind: FlowKind,
    /// Its reference unit.
    pub unit: Arc<str>,
    /// Class or compartment.
    pub category: Arc<str>,
    /// Where, if the flow says so.
    pub location: Option<Arc<str>>,
    /// CAS registry number.
    pub cas: Option<Arc<str>>,
    /// Other names.
    pub synonyms: Box<[String]>,
    /// What one reference unit is in other units.
    pub properties: Box<[PropertyDocument]>,
    /// Whether the source itself cuts it off.
    pub cut_off: bool,
    /// The greenhouse gas that it is.
    pub gas: Option<GasDocument>,
}

/// A process.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its id.
    pub id: Arc<str>,
    /// Its name, trimmed.
    pub name: Arc<str>,
    /// Chinese name.
    pub name_zh: Option<Arc<str>>,
    /// Class.
    pub category: Arc<str>,
    /// Where.
    pub location: Option<Arc<str>>,
    /// When.
    pub period: Period,
    /// Document, table, page.
    pub source: Arc<str>,
    /// Set where it differs from the database's.
    pub licence: Option<Arc<str>>,
    /// The file that holds it.
    pub file: Option<Arc<str>>,
    /// Anything a user must know.
    pub comment: Option<Arc<str>>,
    /// Parameters of its own.
    pub parameters: Box<[ParameterDocument]>,
    /// How it is divided.
    pub allocation: Option<Box<AllocationDocument>>,
    pub(super) exchanges: Range<u32>,
    pub(super) reference: u32,
}

impl Process {
    /// Positions of its exchanges.
    pub fn exchanges(&self) -> Range<usize> {
        self.exchanges.start as usize..self.exchanges.end as usize
    }

    /// Position of its reference exchange; `None` where it is not settled which that is.
    pub fn reference(&self) -> Option<usize> {
        (self.reference != NONE).then_some(self.reference as usize)
    }
}

/// An exchange, as written: in its own unit, unsigned by direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exchange {
    /// The amount. NaN where it is unknown: its formula failed.
    pub amount: f64,
    /// Position of the flow.
    pub flow: u32,
    pub(super) provider: u32,
    pub(super) unit: u16,
    pub(super) marks: u8,
}

pub(super) const INPUT: u8 = 1;
pub(super) const REFERENCE: u8 = 2;
pub(super) const AVOIDED: u8 = 4;
pub(super) const PROVIDER_UNKNOWN: u8 = 8;

impl Exchange {
    /// Which way.
    pub fn direction(&self) -> Direction {
        if self.marks & INPUT != 0 { Direction::Input } else { Direction::Output }
    }

    /// Whether it is the reference flow.
    pub fn is_reference(&self) -> bool {
        self.marks & REFERENCE != 0
    }

    /// Whether it is an avoided product.
    pub fn is_avoided(&self) -> bool {
        self.marks & AVOIDED != 0
    }

    /// Position of the process that the source names as its provider.
    pub fn provider(&self) -> Option<u32> {
        (self.provider != NONE).then_some(self.provider)
    }

    /// Whether the source names a provider that is not in the database.
    pub fn names_unknown_provider(&self) -> bool {
        self.marks & PROVIDER_UNKNOWN != 0
    }

    /// The amount with the sign of the matrices: an output +, an input −; an avoided product counts as an output where
    /// it stands among the inputs, which is how some sources write a credit.
    pub fn signed(&self) -> f64 {
        if self.marks & INPUT != 0 && !self.is_avoided() { 0.0 - self.amount } else { self.amount }
    }
}

/// A database.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// What it is.
    pub head: DatabaseHead,
    /// Its own units.
    pub units: Vec<UnitDocument>,
    /// Parameters that all processes see.
    pub parameters: Vec<ParameterDocument>,
    /// Impact categories that it brings.
    pub impacts: Vec<ImpactDocument>,
    pub(super) flows: Vec<Flow>,
    pub(super) processes: Vec<Process>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) symbols: Vec<Arc<str>>,
    pub(super) beside: Beside,
    pub(super) flow_by_id: FxHashMap<Arc<str>, u32>,
    pub(super) process_by_id: FxHashMap<Arc<str>, u32>,
}

/// What few exchanges have, by position of the exchange, ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    pub(super) ids: Vec<(u32, Arc<str>)>,
    pub(super) formulas: Vec<(u32, Arc<str>)>,
    pub(super) stated: Vec<(u32, f64)>,
    pub(super) uncertainties: Vec<(u32, Uncertainty)>,
    pub(super) properties: Vec<(u32, Arc<str>)>,
    pub(super) prices: Vec<(u32, PriceDocument)>,
    pub(super) comments: Vec<(u32, Arc<str>)>,
    pub(super) unknown_providers: Vec<(u32, Arc<str>)>,
}

pub(super) fn beside<T>(list: &[(u32, T)], exchange: usize) -> Option<&T> {
    let at = u32::try_from(exchange).ok()?;
    list.binary_search_by_key(&at, |(position, _)| *position).ok().map(|found| &list[found].1)
}

impl Inventory {
    /// All flows.
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// All processes.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// All exchanges, process by process.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// Position of a flow.
    pub fn flow(&self, id: &str) -> Option<usize> {
        self.flow_by_id.get(id).map(|&at| at as usize)
    }

    /// Position of a process.
    pub fn process(&self, id: &str) -> Option<usize> {
        self.process_by_id.get(id).map(|&at| at as usize)
    }

    /// The unit symbol of an exchange, as written.
    pub fn unit(&self, exchange: usize) -> &str {
        &self.symbols[usize::from(self.exchanges[exchange].unit)]
    }

    /// Which property of the flow its unit measures, where the source says so.
    pub fn property(&self, exchange: usize) -> Option<&str> {
        beside(&self.beside.properties, exchange).map(|name| &**name)
    }

    /// The id of an exchange within its process.
    pub fn exchange_id(&self, exchange: usize) -> Option<&str> {
        beside(&self.beside.ids, exchange).map(|id| &**id)
    }

    /// The formula of an exchange.
    pub fn formula(&self, exchange: usize) -> Option<&str> {
        beside(&self.beside.formulas, exchange).map(|text| &**text)
    }

    /// What the source computed beside a formula.
    pub fn stated(&self, exchange: usize) -> Option<f64> {
        beside(&self.beside.stated, exchange).copied()
    }

    /// The uncertainty of an exchange.
    pub fn uncertainty(&self, exchange: usize) -> Option<&Uncertainty> {
        beside(&self.beside.uncertainties, exchange)
    }

    /// The price of an exchange.
    pub fn price(&self, exchange: usize) -> Option<&PriceDocument> {
        beside(&self.beside.prices, exchange)
    }

    /// The words of an exchange.
    pub fn comment(&self, exchange: usize) -> Option<&str> {
        beside(&self.beside.comments, exchange).map(|text| &**text)
    }

    /// The id of a provider that an exchange names and the database does not hold.
    pub fn unknown_provider(&self, exchange: usize) -> Option<&str> {
        beside(&self.beside.unknown_providers, exchange).map(|id| &**id)
    }

    /// The process of an exchange.
    pub fn owner(&self, exchange: usize) -> usize {
        self.processes.partition_point(|process| process.exchanges.end as usize <= exchange)
    }

    /// Where an exchange (or a process as such) stands in the user's material.
    pub fn place(&self, process: usize, exchange: Option<usize>, field: &str) -> Place {
        let Some(owner) = self.processes.get(process) else { return Place::default() };
        let mut path = format!("processes[{}]", owner.id);
        if let Some(exchange) = exchange {
            path += &format!(".exchanges[{}]", exchange.saturating_sub(owner.exchanges.start as usize));
        }
        if !field.is_empty() {
            path += &format!(".{field}");
        }
        Place { file: owner.file.as_deref().map(str::to_string), ..Place::field(path) }
    }
}
