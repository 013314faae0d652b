//! What is not in the system: every exchange, with its amount and a decision that could be taken.

use super::allocate::Division;
use super::link::{Links, OpenBecause, needs};
use super::measure::Measures;
use super::{AllocationRule, Inventory, LinkDecision};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::math::Finite;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why an exchange is not counted, or not as it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// Nobody provides it, or it is not known in which amount.
    Open(OpenBecause),
    /// It is a product of a process that could not be divided.
    NotDivided,
    /// Its process has no reference flow with a known amount, so nothing can use it.
    NoReference,
}

/// An exchange that is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub exchange: u32,
    pub kind: GapKind,
}

/// All that a database says and its system does not hold. Serialised, it is the report that `zuji lci check` writes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// How many exchanges there are, by what became of them.
    pub counts: BTreeMap<&'static str, u64>,
    /// Exchanges that are not counted, process by process.
    pub open: Vec<OpenExchange>,
    /// Exchanges that stand twice in one process with the same amount. Both are counted.
    pub duplicated: Vec<Duplicate>,
    /// Units whose factor in the database differs from the exact one. The database's own is used.
    pub units: Vec<UnitDifference>,
    /// Processes with several products, and how they were divided.
    pub divided: Vec<Divided>,
    /// Processes that nothing goes into and nothing comes out of but their product: they count zero.
    pub empty: Vec<Named>,
}

/// Something with an id and a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where, if that is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

/// How a process was divided.
#[derive(Clone, Debug, Serialize)]
pub struct Divided {
    /// The process.
    pub process: Named,
    /// The rule; left out where it could not be divided and stays whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<AllocationRule>,
    /// Its products, the reference first, with their shares of what is divided (causal rules: see the database).
    pub products: Vec<(Named, Finite)>,
}

/// An exchange that is not counted.
#[derive(Clone, Debug, Serialize)]
pub struct OpenExchange {
    /// The process that it belongs to.
    pub process: Named,
    /// Its position in the process, from 0.
    pub exchange: u32,
    /// The flow.
    pub flow: Named,
    /// How much, in the unit of the source; left out where it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Finite>,
    /// The unit.
    pub unit: String,
    /// `no-provider`, `several-providers`, `provider-missing`, `provider-unusable`, `decided`, `unit`, `amount`,
    /// `not-divided` or `no-reference`.
    pub why: &'static str,
    /// Whether the source itself says that the flow is cut off.
    pub cut_off_at_source: bool,
    /// Processes that could provide it, by id or, where nobody has the id, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Named>,
    /// A decision for `linking.yaml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<LinkDecision>,
}

impl OpenExchange {
    /// Whether something is used, or handed on for treatment, that nobody provides.
    pub fn is_unmet_need(&self) -> bool {
        ["no-provider", "several-providers", "provider-missing", "provider-unusable", "decided"].contains(&self.why)
    }
}

/// Two exchanges of one process that are the same.
#[derive(Clone, Debug, Serialize)]
pub struct Duplicate {
    /// The process.
    pub process: Named,
    /// The flow.
    pub flow: Named,
    /// The amount of each.
    pub amount: Finite,
    /// The unit.
    pub unit: String,
    /// Their positions in the process.
    pub exchanges: Vec<u32>,
}

/// A unit of the database that is not quite what its name says.
#[derive(Clone, Debug, Serialize)]
pub struct UnitDifference {
    /// Its symbol.
    pub unit: String,
    /// How many of `base` it is in the database.
    pub own: Finite,
    /// How many it is exactly.
    pub exact: Finite,
    /// The base unit.
    pub base: String,
    /// How many exchanges use it.
    pub exchanges: u64,
}

/// Differences of unit factors that are worth a word, relative.
const WORTH_A_WORD: f64 = 1e-3;
/// Candidates that are named; a flow that hundreds provide needs no list.
const CANDIDATES: usize = 20;

impl GapKind {
    fn id(self) -> &'static str {
        match self {
            Self::Open(OpenBecause::NoProvider) => "no-provider",
            Self::Open(OpenBecause::SeveralProviders) => "several-providers",
            Self::Open(OpenBecause::ProviderMissing) => "provider-missing",
            Self::Open(OpenBecause::ProviderUnusable) => "provider-unusable",
            Self::Open(OpenBecause::Decided) => "decided",
            Self::Open(OpenBecause::Unit) => "unit",
            Self::Open(OpenBecause::Amount) => "amount",
            Self::NotDivided => "not-divided",
            Self::NoReference => "no-reference",
        }
    }
}

impl Report {
    pub(super) fn new(
        inventory: &Inventory,
        measures: &Measures,
        divisions: &[Division],
        links: &Links,
        mut gaps: Vec<Gap>,
    ) -> Self {
        gaps.extend(links.open.iter().map(|&(exchange, why)| Gap { exchange, kind: GapKind::Open(why) }));
        gaps.sort_by_key(|gap| (gap.exchange, gap.kind));
        let listing = Listing::new(inventory, links);
        let open: Vec<OpenExchange> = gaps.iter().map(|gap| listing.open(gap)).collect();
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut count = |what: &'static str, how_many: usize| *counts.entry(what).or_default() += how_many as u64;
        count("processes", inventory.processes().len());
        count("columns", links.columns.len());
        count("flows", inventory.flows().len());
        count("exchanges", inventory.exchanges().len());
        for (at, exchange) in inventory.exchanges().iter().enumerate() {
            let elementary = inventory.flows()[exchange.flow as usize].kind.is_elementary();
            count(
                if elementary {
                    "elementary"
                } else if needs(inventory, at) {
                    "needs"
                } else {
                    "products"
                },
                1,
            );
        }
        for (_, how) in links.linked() {
            use super::link::LinkedBy;
            let what = match how {
                LinkedBy::Decision => "linked-by-decision",
                LinkedBy::Source => "linked-by-source",
                LinkedBy::OnlyProvider => "linked-by-only-provider",
                LinkedBy::SameLocation => "linked-by-same-location",
            };
            count(what, 1);
        }
        for one in &open {
            count(one.why, 1);
            count("cut-off-at-source", usize::from(one.cut_off_at_source));
        }
        let unmet = gaps.iter().filter(|gap| needs(inventory, gap.exchange as usize)).count();
        count("needs-unmet", unmet);
        count("divided", divisions.iter().filter(|one| one.rule.is_some()).count());
        count("not-divided-processes", divisions.iter().filter(|one| one.undecided).count());
        Self {
            counts,
            open,
            duplicated: duplicated(inventory),
            units: units(inventory, measures),
            divided: divided(inventory, divisions),
            empty: empty(inventory, divisions),
        }
    }

    /// One finding for each sort of gap; the report has them all.
    pub(super) fn findings(&self, inventory: &Inventory) -> Diagnostics {
        let mut found = Diagnostics::default();
        let of = |whys: &[&str]| self.open.iter().filter(|one| whys.contains(&one.why)).collect::<Vec<_>>();
        for (entry, whys) in [
            (&catalogue::I402, &["no-provider", "provider-missing", "provider-unusable"][..]),
            (&catalogue::I403, &["several-providers"]),
            (&catalogue::I407, &["unit"]),
            (&catalogue::I409, &["amount"]),
        ] {
            let open = of(whys);
            let Some(first) = open.first() else { continue };
            let mut flows: Vec<&str> = open.iter().map(|one| one.flow.id.as_str()).collect();
            flows.sort_unstable();
            flows.dedup();
            let cut = open.iter().filter(|one| one.cut_off_at_source).count();
            let place = inventory
                .process(&first.process.id)
                .map(|process| {
                    let exchange = inventory.processes()[process].exchanges().start + first.exchange as usize;
                    inventory.place(process, Some(exchange), "")
                })
                .unwrap_or_default();
            let finding = Diagnostic::new(entry).with("count", open.len()).with("flows", flows.len()).with("cut", cut);
            found.push(finding.with("example", &first.flow.name).at(place));
        }
        if let Some(first) = self.duplicated.first() {
            let finding = Diagnostic::new(&catalogue::I408).with("count", self.duplicated.len());
            found.push(finding.with("flow", &first.flow.name).with("process", &first.process.name));
        }
        for unit in self.units.iter().filter(|unit| unit.exchanges > 0) {
            let finding = Diagnostic::new(&catalogue::I411).with("unit", &unit.unit).with("base", &unit.base);
            let finding = finding.with("own", unit.own.get()).with("exact", unit.exact.get());
            found.push(finding.with("count", unit.exchanges));
        }
        if let Some(first) = self.empty.first() {
            let finding = Diagnostic::new(&catalogue::I602).with("count", self.empty.len());
            found.push(finding.with("process", &first.name));
        }
        found
    }

    /// The share of exchanges needing a provider that have one; `None` where none needs one.
    pub fn linked_share(&self) -> Option<f64> {
        let of = |what: &str| self.counts.get(what).copied().unwrap_or(0);
        let (needs, unmet) = (of("needs"), of("needs-unmet"));
        (needs > 0).then(|| needs.saturating_sub(unmet) as f64 / needs as f64)
    }
}

struct Listing<'a> {
    inventory: &'a Inventory,
    links: &'a Links,
    by_flow: FxHashMap<u32, Vec<u32>>,
    by_name: FxHashMap<String, Vec<u32>>,
}

impl<'a> Listing<'a> {
    fn new(inventory: &'a Inventory, links: &'a Links) -> Self {
        let mut by_flow: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut by_name: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (at, column) in links.columns.iter().enumerate() {
            by_flow.entry(column.flow).or_default().push(at as u32);
            let name = inventory.flows()[column.flow as usize].name.to_lowercase();
            by_name.entry(name).or_default().push(at as u32);
        }
        Self { inventory, links, by_flow, by_name }
    }

    fn process(&self, at: usize) -> Named {
        let process = &self.inventory.processes()[at];
        Named {
            id: process.id.to_string(),
            name: process.name.to_string(),
            location: process.location.as_deref().map(str::to_string),
        }
    }

    fn open(&self, gap: &Gap) -> OpenExchange {
        let at = gap.exchange as usize;
        let exchange = &self.inventory.exchanges()[at];
        let owner = self.inventory.owner(at);
        let flow = &self.inventory.flows()[exchange.flow as usize];
        let cut_off = flow.cut_off;
        let by_id = self.by_flow.get(&exchange.flow);
        let looked_for = matches!(
            gap.kind,
            GapKind::Open(OpenBecause::NoProvider | OpenBecause::ProviderMissing | OpenBecause::SeveralProviders)
        );
        let columns: &[u32] = match (looked_for, by_id) {
            (false, _) => &[],
            (true, Some(columns)) => columns,
            (true, None) => self.by_name.get(&flow.name.to_lowercase()).map_or(&[], Vec::as_slice),
        };
        let year = |column: u32| {
            let process = self.links.columns[column as usize].process as usize;
            match self.inventory.processes()[process].period {
                crate::factor::Period::Years(_, last) => last,
                crate::factor::Period::NotStated => 0,
            }
        };
        // The newest; of equals the first. A suggestion only: nothing is linked by it.
        let best = columns.iter().copied().reduce(|best, one| if year(one) > year(best) { one } else { best });
        let decision = |provider: Option<u32>, why: &str| LinkDecision {
            flow: flow.id.to_string(),
            name: Some(flow.name.to_string()),
            process: None,
            provider: provider.map(|column| {
                self.inventory.processes()[self.links.columns[column as usize].process as usize].id.to_string()
            }),
            product: provider
                .map(|column| self.links.columns[column as usize].flow)
                .filter(|product| *product != exchange.flow)
                .map(|product| self.inventory.flows()[product as usize].id.to_string()),
            why: Some(why.into()),
        };
        let suggestion = match (looked_for, best) {
            (false, _) => None,
            (true, Some(best)) => Some(decision(Some(best), if by_id.is_some() { "newest" } else { "only-by-name" })),
            (true, None) if cut_off => Some(decision(None, "cut-off-at-source")),
            (true, None) => None,
        };
        OpenExchange {
            process: self.process(owner),
            exchange: (at - self.inventory.processes()[owner].exchanges().start) as u32,
            flow: Named { id: flow.id.to_string(), name: flow.name.to_string(), location: None },
            amount: Finite::new(exchange.amount).ok(),
            unit: self.inventory.unit(at).to_string(),
            why: gap.kind.id(),
            cut_off_at_source: cut_off,
            candidates: columns
                .iter()
                .take(CANDIDATES)
                .map(|&column| self.process(self.links.columns[column as usize].process as usize))
                .collect(),
            suggestion,
        }
    }
}

fn divided(inventory: &Inventory, divisions: &[Division]) -> Vec<Divided> {
    let mut list = Vec::new();
    for (process, division) in inventory.processes().iter().zip(divisions) {
        if division.rule.is_none() && !division.undecided {
            continue;
        }
        let named = |&exchange: &u32| {
            let flow = &inventory.flows()[inventory.exchanges()[exchange as usize].flow as usize];
            Named { id: flow.id.to_string(), name: flow.name.to_string(), location: None }
        };
        let share = |share: &f64| Finite::new(*share).unwrap_or(Finite::ZERO);
        list.push(Divided {
            process: Named { id: process.id.to_string(), name: process.name.to_string(), location: None },
            rule: division.rule,
            products: division.products.iter().map(named).zip(division.shares.iter().map(share)).collect(),
        });
    }
    list
}

fn duplicated(inventory: &Inventory) -> Vec<Duplicate> {
    let mut list = Vec::new();
    for process in inventory.processes() {
        let range = process.exchanges();
        let key = |at: usize| {
            let one = &inventory.exchanges()[at];
            (one.flow, one.direction(), one.amount.to_bits(), one.unit, one.provider(), one.is_avoided())
        };
        let mut order: Vec<usize> = range.clone().filter(|&at| inventory.exchanges()[at].amount != 0.0).collect();
        order.sort_by_key(|&at| (key(at), at));
        for same in order.chunk_by(|&a, &b| key(a) == key(b)).filter(|same| same.len() > 1) {
            let Ok(amount) = Finite::new(inventory.exchanges()[same[0]].amount) else { continue };
            let flow = &inventory.flows()[inventory.exchanges()[same[0]].flow as usize];
            list.push(Duplicate {
                process: Named { id: process.id.to_string(), name: process.name.to_string(), location: None },
                flow: Named { id: flow.id.to_string(), name: flow.name.to_string(), location: None },
                amount,
                unit: inventory.unit(same[0]).to_string(),
                exchanges: same.iter().map(|&at| (at - range.start) as u32).collect(),
            });
        }
    }
    list
}

fn units(inventory: &Inventory, measures: &Measures) -> Vec<UnitDifference> {
    let mut uses: FxHashMap<&str, u64> = FxHashMap::default();
    for at in 0..inventory.exchanges().len() {
        *uses.entry(inventory.unit(at)).or_default() += 1;
    }
    let mut base: BTreeMap<&str, &str> = BTreeMap::new();
    for unit in inventory.units.iter().filter(|unit| unit.factor.get() == 1.0) {
        base.entry(unit.group.trim()).or_insert(unit.symbol.trim());
    }
    let mut list = Vec::new();
    for unit in &inventory.units {
        let Some(base) = base.get(unit.group.trim()) else { continue };
        let Some(exact) = measures.exact(unit.symbol.trim(), base).and_then(|exact| Finite::new(exact).ok()) else {
            continue;
        };
        if (exact.get() - unit.factor.get()).abs() > WORTH_A_WORD * exact.get() {
            list.push(UnitDifference {
                unit: unit.symbol.clone(),
                own: unit.factor,
                exact,
                base: base.to_string(),
                exchanges: uses.get(unit.symbol.trim()).copied().unwrap_or(0),
            });
        }
    }
    list
}

fn empty(inventory: &Inventory, divisions: &[Division]) -> Vec<Named> {
    let alone = |(process, division): (&super::Process, &Division)| {
        let only = |at: usize| division.products.contains(&(at as u32));
        (!division.products.is_empty() && process.exchanges().all(only)).then(|| Named {
            id: process.id.to_string(),
            name: process.name.to_string(),
            location: process.location.as_deref().map(str::to_string),
        })
    };
    inventory.processes().iter().zip(divisions).filter_map(alone).collect()
}
