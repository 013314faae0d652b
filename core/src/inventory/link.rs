//! Who provides what: by id first, then as the source names it, then by rule, then a question.
//!
//! An exchange is linked to a column: one product of one process. The order is
//! 1. a decision of `linking.yaml`, for this process, then for all;
//! 2. the provider that the source names;
//! 3. the only process that provides the flow;
//! 4. of several, the only one at the user's own location (a process does not provide itself where others do);
//! 5. none: the exchange stays open and is listed with what could be decided.
//!
//! Names never link by themselves; they only suggest.

use super::allocate::{Division, provides};
use super::database::NONE;
use super::{Direction, FlowKind, Inventory, LinkDecision, LinkingDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A column of the system: one product of one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Position of the process.
    pub process: u32,
    /// Which of the products of its division.
    pub product: u32,
    /// Position of the product's exchange.
    pub exchange: u32,
    /// Position of the product's flow.
    pub flow: u32,
}

/// How an exchange found its provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkedBy {
    /// `linking.yaml` says so.
    Decision,
    /// The source names it.
    Source,
    /// Nobody else provides it.
    OnlyProvider,
    /// Of several, the only one at the user's location.
    SameLocation,
}

/// Why an exchange has no provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenBecause {
    /// Nobody provides the flow.
    NoProvider,
    /// Several do, and nothing tells which.
    SeveralProviders,
    /// The source names a provider that is not in the database, and nobody else provides the flow.
    ProviderMissing,
    /// Who could provide it has no reference amount, or was not divided.
    ProviderUnusable,
    /// `linking.yaml` leaves it open on purpose.
    Decided,
    /// Its unit does not lead to that of the product.
    Unit,
    /// Its amount is unknown: the formula failed.
    Amount,
}

/// The links of a database.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The columns, by process and product.
    pub columns: Vec<Column>,
    provider: Vec<u32>,
    how: Vec<(u32, LinkedBy)>,
    pub(super) open: Vec<(u32, OpenBecause)>,
}

impl Links {
    /// The column that provides an exchange.
    pub fn provider(&self, exchange: usize) -> Option<u32> {
        self.provider.get(exchange).copied().filter(|&column| column != NONE)
    }

    /// Exchanges that found a provider, and how.
    pub fn linked(&self) -> impl Iterator<Item = (u32, LinkedBy)> {
        self.how.iter().copied()
    }

    /// The decisions that were made by rule, ready for `linking.yaml`: with them a later edition of the database cannot
    /// quietly link in another way.
    pub fn decisions(&self, inventory: &Inventory) -> Vec<LinkDecision> {
        let by_rule = self.how.iter().filter(|(_, how)| *how == LinkedBy::SameLocation);
        by_rule
            .filter_map(|&(at, _)| {
                let column = &self.columns[self.provider(at as usize)? as usize];
                let flow = &inventory.flows()[inventory.exchanges()[at as usize].flow as usize];
                Some(LinkDecision {
                    flow: flow.id.to_string(),
                    name: Some(flow.name.to_string()),
                    process: Some(inventory.processes()[inventory.owner(at as usize)].id.to_string()),
                    provider: Some(inventory.processes()[column.process as usize].id.to_string()),
                    product: None,
                    why: Some("same-location".into()),
                })
            })
            .collect()
    }
}

/// Whether an exchange needs a provider: a product that is used, a waste that is handed on, something avoided.
pub(super) fn needs(inventory: &Inventory, exchange: usize) -> bool {
    let one = &inventory.exchanges()[exchange];
    let kind = inventory.flows()[one.flow as usize].kind;
    let handed_out =
        matches!((kind, one.direction()), (FlowKind::Product, Direction::Output) | (FlowKind::Waste, Direction::Input));
    // A product of which nothing is handed out is no product, and needs nobody.
    let nothing = handed_out && !one.is_avoided() && one.amount == 0.0;
    !kind.is_elementary() && !nothing && !provides(inventory, exchange)
}

/// Links all exchanges that need a provider. `usable` says whether a column has a reference amount.
pub(super) fn link(
    inventory: &Inventory,
    divisions: &[Division],
    usable: impl Fn(&Column) -> bool,
    document: &LinkingDocument,
) -> (Links, Diagnostics) {
    let mut found = Diagnostics::default();
    let mut links = Links { provider: vec![NONE; inventory.exchanges().len()], ..Links::default() };
    let mut of_flow: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut unusable: FxHashMap<u32, ()> = FxHashMap::default();
    for (number, division) in divisions.iter().enumerate() {
        for (product, &exchange) in division.products.iter().enumerate() {
            let flow = inventory.exchanges()[exchange as usize].flow;
            let column = Column { process: number as u32, product: product as u32, exchange, flow };
            if usable(&column) {
                of_flow.entry(flow).or_default().push(links.columns.len() as u32);
                links.columns.push(column);
            } else {
                unusable.insert(flow, ());
            }
        }
        if division.undecided {
            for &exchange in &division.rest {
                unusable.insert(inventory.exchanges()[exchange as usize].flow, ());
            }
        }
    }
    let mut linker = Linker { inventory, links, of_flow, unusable, decisions: FxHashMap::default() };
    linker.decide(document, &mut found);
    let mut has_column = vec![false; divisions.len()];
    linker.links.columns.iter().for_each(|column| has_column[column.process as usize] = true);
    for (number, division) in divisions.iter().enumerate() {
        if !has_column[number] {
            continue;
        }
        for at in inventory.processes()[number].exchanges() {
            let credit = !division.undecided && division.rest.contains(&(at as u32));
            if needs(inventory, at) || credit {
                linker.one(number, at, credit, &mut found);
            }
        }
    }
    (linker.links, found)
}

/// A decision, in positions.
#[derive(Clone, Copy)]
enum Decided {
    Column(u32),
    Open,
}

struct Linker<'a> {
    inventory: &'a Inventory,
    links: Links,
    of_flow: FxHashMap<u32, Vec<u32>>,
    unusable: FxHashMap<u32, ()>,
    /// By flow, and process or all.
    decisions: FxHashMap<(u32, Option<u32>), Decided>,
}

impl Linker<'_> {
    /// Turns decisions into positions. One that names what is not there is a finding, not passed over.
    fn decide(&mut self, document: &LinkingDocument, found: &mut Diagnostics) {
        for (number, one) in document.links.iter().enumerate() {
            let place = || Place::field(format!("links[{number}]"));
            let stale = |what: &str| Diagnostic::new(&catalogue::I405).with("id", what).at(place());
            let Some(flow) = self.inventory.flow(one.flow.trim()) else {
                found.push(stale(&one.flow));
                continue;
            };
            let process = match &one.process {
                None => None,
                Some(id) => match self.inventory.process(id.trim()) {
                    Some(at) => Some(at as u32),
                    None => {
                        found.push(stale(id));
                        continue;
                    }
                },
            };
            let decided = match &one.provider {
                None => Decided::Open,
                Some(provider) => {
                    let product = one.product.as_deref().unwrap_or(&one.flow).trim();
                    let column = self.inventory.process(provider.trim()).zip(self.inventory.flow(product));
                    let column = column.and_then(|(process, flow)| self.column(process as u32, flow as u32));
                    match column {
                        Some(column) => Decided::Column(column),
                        None => {
                            found.push(stale(provider));
                            continue;
                        }
                    }
                }
            };
            self.decisions.insert((flow as u32, process), decided);
        }
    }

    fn column(&self, process: u32, flow: u32) -> Option<u32> {
        let candidates = self.of_flow.get(&flow)?;
        candidates.iter().copied().find(|&column| self.links.columns[column as usize].process == process)
    }

    fn one(&mut self, process: usize, at: usize, credit: bool, found: &mut Diagnostics) {
        let exchange = self.inventory.exchanges()[at];
        let all = self.of_flow.get(&exchange.flow).map_or(&[][..], Vec::as_slice);
        let own = |column: u32| self.links.columns[column as usize].process as usize == process;
        // A credit replaces what others make; a process cannot replace itself.
        let candidates: Vec<u32> = all.iter().copied().filter(|&column| !(credit && own(column))).collect();
        let decided = self
            .decisions
            .get(&(exchange.flow, Some(process as u32)))
            .or_else(|| self.decisions.get(&(exchange.flow, None)))
            .copied();
        let result = match decided {
            Some(Decided::Column(column)) => Ok((column, LinkedBy::Decision)),
            Some(Decided::Open) => Err(OpenBecause::Decided),
            None => self.by_source(process, at, found).map_or_else(
                || {
                    let others: Vec<u32> = candidates.iter().copied().filter(|&column| !own(column)).collect();
                    self.by_rule(process, at, if others.is_empty() { &candidates } else { &others })
                },
                |column| Ok((column, LinkedBy::Source)),
            ),
        };
        match result {
            Ok((column, how)) => {
                self.links.provider[at] = column;
                self.links.how.push((at as u32, how));
            }
            Err(why) => self.links.open.push((at as u32, why)),
        }
    }

    /// The provider that the source names, if it provides the flow.
    fn by_source(&self, process: usize, at: usize, found: &mut Diagnostics) -> Option<u32> {
        let exchange = self.inventory.exchanges()[at];
        let provider = exchange.provider()?;
        let column = self.column(provider, exchange.flow);
        if column.is_none() {
            let finding = Diagnostic::new(&catalogue::I401)
                .with("provider", &self.inventory.processes()[provider as usize].name)
                .with("flow", &self.inventory.flows()[exchange.flow as usize].name)
                .at(self.inventory.place(process, Some(at), "provider"));
            found.push(finding);
        }
        column
    }

    fn by_rule(&self, process: usize, at: usize, candidates: &[u32]) -> Result<(u32, LinkedBy), OpenBecause> {
        let exchange = &self.inventory.exchanges()[at];
        match candidates {
            [] if self.unusable.contains_key(&exchange.flow) => Err(OpenBecause::ProviderUnusable),
            [] if exchange.names_unknown_provider() => Err(OpenBecause::ProviderMissing),
            [] => Err(OpenBecause::NoProvider),
            [only] => Ok((*only, LinkedBy::OnlyProvider)),
            several => {
                let here = self.inventory.processes()[process].location.as_deref();
                let mut near = several.iter().filter(|&&column| {
                    let provider = self.links.columns[column as usize].process as usize;
                    here.is_some() && self.inventory.processes()[provider].location.as_deref() == here
                });
                match (near.next(), near.next()) {
                    (Some(only), None) => Ok((*only, LinkedBy::SameLocation)),
                    _ => Err(OpenBecause::SeveralProviders),
                }
            }
        }
    }
}

/// The sign of an exchange in A: what a process hands out +, what it takes in −.
///
/// A waste handed on for treatment is an output (+) against a treatment whose reference is an input (−); something
/// avoided is a credit (+ for a product), however the source writes its direction.
pub(super) fn sign(inventory: &Inventory, exchange: usize) -> f64 {
    let one = &inventory.exchanges()[exchange];
    let flow = &inventory.flows()[one.flow as usize];
    let kind = flow.kind;
    // Sources write a disposal that they cut off as an output; whoever links it buys a service.
    if flow.cut_off && kind == FlowKind::Product && !one.is_reference() {
        return -1.0;
    }
    let out = if one.is_avoided() { kind != FlowKind::Waste } else { one.direction() == Direction::Output };
    if out { 1.0 } else { -1.0 }
}
