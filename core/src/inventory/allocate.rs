//! How a process with several products is divided among them.
//!
//! Every rule gives shares that sum to 1 within 1e-12 for each exchange, or no shares and a finding that says why. A
//! process that could not be divided stays whole: its reference product carries everything, which is the most it can be,
//! and its other products are provided by nobody, so whoever uses them is listed.

use super::measure::Measures;
use super::{AllocationRule, Direction, FlowKind, Inventory, ShareDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::math::Sum;
use serde::{Deserialize, Serialize};

/// What the caller decides about division, before what the database says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationChoice {
    /// One rule for all processes with several products; left out: each process's own, else physical.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<AllocationRule>,
    /// Processes that are divided in another way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub processes: Vec<ProcessChoice>,
}

/// How one process is divided.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProcessChoice {
    /// Its id.
    pub process: String,
    /// The rule.
    pub rule: AllocationRule,
    /// Shares for `manual`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<ShareDocument>,
}

/// A process, divided.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// The rule that was applied; `None` where there was nothing to divide, or nobody knows how.
    pub rule: Option<AllocationRule>,
    /// Exchanges of the products, the reference first. The columns of the process, in this order.
    pub products: Vec<u32>,
    /// The share of each product, in the order of the products.
    pub shares: Vec<f64>,
    /// Causal: shares of one exchange, by its position, ascending.
    pub causal: Vec<(u32, Vec<f64>)>,
    /// Other products that a substitution turns into credits, or that nobody could divide.
    pub rest: Vec<u32>,
    /// Whether `rest` could not be divided, against the wish of the rule.
    pub undecided: bool,
}

impl Division {
    /// The share of an exchange that a product carries.
    pub fn share(&self, exchange: u32, product: usize) -> f64 {
        match self.causal.binary_search_by_key(&exchange, |(at, _)| *at) {
            Ok(found) => self.causal[found].1[product],
            Err(_) => self.shares[product],
        }
    }
}

/// Sums of shares that count as 1: files print shares with few digits.
const NEARLY_ONE: f64 = 1e-4;

/// Divides every process.
pub fn allocate(inventory: &Inventory, measures: &Measures, choice: &AllocationChoice) -> (Vec<Division>, Diagnostics) {
    let mut found = Diagnostics::default();
    let chosen: std::collections::BTreeMap<&str, &ProcessChoice> =
        choice.processes.iter().map(|one| (one.process.trim(), one)).collect();
    for one in &choice.processes {
        if inventory.process(one.process.trim()).is_none() {
            found.push(Diagnostic::new(&catalogue::I406).with("process", &one.process));
        }
    }
    let divisions = (0..inventory.processes().len())
        .map(|number| {
            let own = chosen.get(&*inventory.processes()[number].id).copied();
            Work { inventory, measures, number }.divide(choice.rule, own, &mut found)
        })
        .collect();
    (divisions, found)
}

/// Whether an exchange provides something: an output that is a product, or a waste that is taken in and treated.
pub(super) fn provides(inventory: &Inventory, exchange: usize) -> bool {
    let one = &inventory.exchanges()[exchange];
    let flow = &inventory.flows()[one.flow as usize];
    let way = match one.direction() {
        Direction::Output => flow.kind == FlowKind::Product,
        Direction::Input => flow.kind == FlowKind::Waste,
    };
    one.is_reference() || (way && !flow.cut_off && !one.is_avoided() && one.amount > 0.0)
}

struct Work<'a> {
    inventory: &'a Inventory,
    measures: &'a Measures<'a>,
    number: usize,
}

/// Why a rule gives no shares.
enum Refusal {
    /// A product has no key: its exchange.
    NoKey(usize),
    /// A price or amount is negative.
    Negative(usize, f64),
    /// All keys are zero.
    AllZero,
    /// The file's shares do not sum to one.
    Sum(f64),
    /// No shares are given.
    NoShares,
}

/// Shares of everything, and of single exchanges that have their own.
type Shares = (Vec<f64>, Vec<(u32, Vec<f64>)>);

impl Work<'_> {
    fn divide(&self, rule: Option<AllocationRule>, own: Option<&ProcessChoice>, found: &mut Diagnostics) -> Division {
        let process = &self.inventory.processes()[self.number];
        let whole = |products: Vec<u32>, rest: Vec<u32>| {
            let shares = vec![1.0; products.len()];
            Division { rule: None, products, shares, causal: Vec::new(), rest, undecided: false }
        };
        let Some(reference) = process.reference() else { return whole(Vec::new(), Vec::new()) };
        let flow = self.inventory.exchanges()[reference].flow;
        // A second output of the reference flow is more of the same product, not another one.
        let others: Vec<u32> = process
            .exchanges()
            .filter(|&at| provides(self.inventory, at) && self.inventory.exchanges()[at].flow != flow)
            .map(|at| at as u32)
            .collect();
        if others.is_empty() {
            return whole(vec![reference as u32], Vec::new());
        }
        let rule = own
            .map(|own| own.rule)
            .or(rule)
            .or(process.allocation.as_ref().and_then(|own| own.rule))
            .unwrap_or(AllocationRule::Physical);
        if rule == AllocationRule::Substitution {
            return Division { rule: Some(rule), ..whole(vec![reference as u32], others) };
        }
        // Several outputs of one flow are one product.
        let mut products = vec![reference as u32];
        for other in others {
            let flow = self.inventory.exchanges()[other as usize].flow;
            if products.iter().all(|&known| self.inventory.exchanges()[known as usize].flow != flow) {
                products.push(other);
            }
        }
        match self.shares(rule, own, &products) {
            Ok((shares, causal)) => {
                Division { rule: Some(rule), products, shares, causal, rest: Vec::new(), undecided: false }
            }
            Err(refusal) => {
                found.push(self.refused(rule, &refusal, products.len()));
                let rest = products.split_off(1);
                Division { undecided: true, ..whole(products, rest) }
            }
        }
    }

    fn shares(&self, rule: AllocationRule, own: Option<&ProcessChoice>, products: &[u32]) -> Result<Shares, Refusal> {
        let stated: &[ShareDocument] = match own.map(|own| own.shares.as_slice()).filter(|shares| !shares.is_empty()) {
            Some(own) => own,
            None => {
                self.inventory.processes()[self.number].allocation.as_ref().map_or(&[], |own| own.shares.as_slice())
            }
        };
        match rule {
            AllocationRule::Equal => Ok((normal(&vec![1.0; products.len()])?, Vec::new())),
            AllocationRule::CutOff => {
                Ok((products.iter().enumerate().map(|(at, _)| f64::from(u8::from(at == 0))).collect(), Vec::new()))
            }
            AllocationRule::Causal => self.causal(stated, products),
            AllocationRule::Manual => Ok((self.stated(rule, stated, products).ok_or(Refusal::NoShares)??, Vec::new())),
            AllocationRule::Physical => match self.stated(rule, stated, products) {
                Some(shares) => Ok((shares?, Vec::new())),
                None => Ok((normal(&self.physical(products)?)?, Vec::new())),
            },
            AllocationRule::Economic => match self.stated(rule, stated, products) {
                Some(shares) => Ok((shares?, Vec::new())),
                None => Ok((normal(&self.revenue(products)?)?, Vec::new())),
            },
            // Handled before: nothing is divided.
            AllocationRule::Substitution => Err(Refusal::NoShares),
        }
    }

    fn flow_id(&self, exchange: u32) -> &str {
        let flow = self.inventory.exchanges()[exchange as usize].flow;
        &self.inventory.flows()[flow as usize].id
    }

    /// The file's shares of a rule; `None` where it has none.
    fn stated(
        &self,
        rule: AllocationRule,
        stated: &[ShareDocument],
        products: &[u32],
    ) -> Option<Result<Vec<f64>, Refusal>> {
        let of = |product: u32| {
            let is_it = |one: &&ShareDocument| one.rule == rule && one.exchange.is_none();
            stated
                .iter()
                .filter(is_it)
                .find(|one| one.product.trim() == self.flow_id(product))
                .map(|one| one.share.get())
        };
        let shares: Vec<Option<f64>> = products.iter().map(|&product| of(product)).collect();
        // Zeros for all are how openLCA writes that nobody has set them.
        if shares.iter().all(|share| share.unwrap_or(0.0) == 0.0) {
            return None;
        }
        // A product that the file forgot carries nothing only if the others already carry all.
        Some(self.checked(products, &shares.iter().map(|share| share.unwrap_or(0.0)).collect::<Vec<f64>>()))
    }

    fn checked(&self, products: &[u32], shares: &[f64]) -> Result<Vec<f64>, Refusal> {
        if let Some(at) = shares.iter().position(|share| *share < 0.0) {
            return Err(Refusal::Negative(products[at] as usize, shares[at]));
        }
        let sum = total(shares);
        if (sum - 1.0).abs() > NEARLY_ONE { Err(Refusal::Sum(sum)) } else { normal(shares) }
    }

    fn causal(&self, stated: &[ShareDocument], products: &[u32]) -> Result<Shares, Refusal> {
        let process = &self.inventory.processes()[self.number];
        let mut by_exchange: std::collections::BTreeMap<&str, Vec<f64>> = std::collections::BTreeMap::new();
        for one in stated.iter().filter(|one| one.rule == AllocationRule::Causal) {
            let (Some(exchange), Some(product)) = (
                one.exchange.as_deref(),
                products.iter().position(|&product| self.flow_id(product) == one.product.trim()),
            ) else {
                continue;
            };
            by_exchange.entry(exchange.trim()).or_insert_with(|| vec![0.0; products.len()])[product] += one.share.get();
        }
        let mut causal = Vec::new();
        for at in process.exchanges() {
            if provides(self.inventory, at) {
                continue;
            }
            let shares = self.inventory.exchange_id(at).and_then(|id| by_exchange.get(id));
            let shares = shares.ok_or(Refusal::NoKey(at))?;
            causal.push((at as u32, self.checked(products, shares)?));
        }
        // Every exchange has its own; these are for what has none, and nothing has none.
        let mut shares = vec![0.0; products.len()];
        shares[0] = 1.0;
        Ok((shares, causal))
    }

    /// Amounts of all outputs of each product's flow, in the product's reference unit.
    fn amount(&self, product: u32) -> Result<f64, Refusal> {
        let flow = self.inventory.exchanges()[product as usize].flow;
        let mut sum = Sum::default();
        for at in self.inventory.processes()[self.number].exchanges() {
            if self.inventory.exchanges()[at].flow == flow && provides(self.inventory, at) {
                let ratio = self.measures.of_exchange(at).ok_or(Refusal::NoKey(at))?;
                sum.add(self.inventory.exchanges()[at].amount * ratio);
            }
        }
        let amount = sum.value();
        if amount.is_finite() { Ok(amount) } else { Err(Refusal::NoKey(product as usize)) }
    }

    /// Masses, or amounts in whatever unit of the first product all have.
    fn physical(&self, products: &[u32]) -> Result<Vec<f64>, Refusal> {
        let flow = |product: u32| &self.inventory.flows()[self.inventory.exchanges()[product as usize].flow as usize];
        let first = flow(products[0]);
        let units = std::iter::once("kg")
            .chain(std::iter::once(&*first.unit))
            .chain(first.properties.iter().map(|property| property.unit.as_str()));
        let mut lacking = Refusal::NoKey(products[0] as usize);
        for unit in units {
            let keys: Result<Vec<f64>, Refusal> = products
                .iter()
                .map(|&product| {
                    let ratio = self.measures.flow_in(flow(product), unit).ok_or(Refusal::NoKey(product as usize))?;
                    let key = self.amount(product)? * ratio;
                    if key < 0.0 { Err(Refusal::Negative(product as usize, key)) } else { Ok(key) }
                })
                .collect();
            match keys {
                Ok(keys) => return Ok(keys),
                Err(refusal @ Refusal::Negative(..)) => return Err(refusal),
                Err(refusal) => lacking = refusal,
            }
        }
        Err(lacking)
    }

    /// What each product earns. A price is for the whole amount of its exchange.
    fn revenue(&self, products: &[u32]) -> Result<Vec<f64>, Refusal> {
        let currency = self.inventory.price(products[0] as usize).map(|price| price.currency.trim().to_string());
        products
            .iter()
            .map(|&product| {
                let price = self.inventory.price(product as usize).ok_or(Refusal::NoKey(product as usize))?;
                if Some(price.currency.trim()) != currency.as_deref() {
                    return Err(Refusal::NoKey(product as usize));
                }
                let amount = price.amount.get();
                if amount < 0.0 { Err(Refusal::Negative(product as usize, amount)) } else { Ok(amount) }
            })
            .collect()
    }

    fn refused(&self, rule: AllocationRule, refusal: &Refusal, count: usize) -> Diagnostic {
        let process = &self.inventory.processes()[self.number];
        let name = |exchange: usize| &*self.inventory.flows()[self.inventory.exchanges()[exchange].flow as usize].name;
        let (found, exchange) = match refusal {
            Refusal::Negative(at, value) => {
                (Diagnostic::new(&catalogue::I502).with("product", name(*at)).with("value", value), Some(*at))
            }
            Refusal::NoKey(at) => (Diagnostic::new(&catalogue::I503).with("product", name(*at)), Some(*at)),
            Refusal::AllZero => (Diagnostic::new(&catalogue::I504).with("sum", 0), None),
            Refusal::Sum(sum) => (Diagnostic::new(&catalogue::I504).with("sum", sum), None),
            Refusal::NoShares => (Diagnostic::new(&catalogue::I505), None),
        };
        found
            .with("process", &process.name)
            .with("count", count)
            .with_words("rule", rule_words(rule))
            .at(self.inventory.place(self.number, exchange, ""))
    }
}

/// The name of a rule in English and Chinese.
pub fn rule_words(rule: AllocationRule) -> (&'static str, &'static str) {
    match rule {
        AllocationRule::Physical => ("physical allocation", "物理分配"),
        AllocationRule::Economic => ("economic allocation", "经济分配"),
        AllocationRule::Causal => ("causal allocation", "因果分配"),
        AllocationRule::Equal => ("equal shares", "均分"),
        AllocationRule::Manual => ("shares given by hand", "手工分配"),
        AllocationRule::Substitution => ("substitution", "替代法"),
        AllocationRule::CutOff => ("cut-off", "截断法"),
    }
}

fn total(values: &[f64]) -> f64 {
    let mut sum = Sum::default();
    values.iter().for_each(|value| sum.add(*value));
    sum.value()
}

/// Keys as shares of their sum.
fn normal(keys: &[f64]) -> Result<Vec<f64>, Refusal> {
    let sum = total(keys);
    if sum > 0.0 && sum.is_finite() { Ok(keys.iter().map(|key| key / sum).collect()) } else { Err(Refusal::AllZero) }
}
