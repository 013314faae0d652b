//! A score by process, elementary flow, place, class, and exchange of the user's own processes.

use super::solved::Analysis;
use super::table::{Cut, Draft, Row, Table, What, named, table};
use crate::inventory::{Activity, NO_ORIGIN};
use crate::math::Sum;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What ranks processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What they emit themselves.
    Direct,
    /// What passes through them.
    Upstream,
}

/// A row of the user's own processes.
#[derive(Clone, Copy, Debug)]
enum Own {
    Direct(u32),
    /// An entry of A: product, process, origin, and the amount that is asked of the product.
    Exchange(What, u32, u32, u32, f64),
    Demand(u32, f64),
}

impl Analysis<'_> {
    /// What every process emits itself, `(C B)_j s_j`, with what passes through it, λ × its whole output. The rows add
    /// up to the score, whatever ranks them.
    pub fn by_process(&self, order: Order, cut: Cut) -> Table {
        let draft = |process: u32| {
            let amount = self.emits(process);
            let rank = if order == Order::Direct { amount } else { self.through(process) };
            Draft { key: process, amount, rank }
        };
        let drafts = (0..self.direct.len() as u32).map(draft).collect();
        table(self.score.amount, drafts, cut, |draft| Row {
            quantity: Some(self.supply.units.values[draft.key as usize]),
            upstream: Some(self.through(draft.key)),
            ..self.process(What::Process, draft.key)
        })
    }

    /// What every elementary flow adds, `C_k g_k`. Flows without a factor are counted, for theirs is unknown.
    pub fn by_flow(&self, cut: Cut) -> Table {
        let factors = self.solved.factors(self.impact);
        let mut drafts = Vec::new();
        let mut without = 0;
        for (flow, (factor, &amount)) in (0u32..).zip(factors.iter().zip(&self.supply.inventory)) {
            match factor {
                Some(factor) => drafts.push(Draft { key: flow, amount: factor * amount, rank: factor * amount }),
                None => without += u32::from(amount != 0.0),
            }
        }
        let mut made = table(self.score.amount, drafts, cut, |draft| {
            let flow = &self.solved.system().flows[draft.key as usize];
            Row {
                position: Some(draft.key),
                location: Some(flow.category.clone()),
                quantity: Some(self.supply.inventory[draft.key as usize]),
                unit: Some(flow.unit.clone()),
                ..named(What::Flow, Some(flow.id.clone()), flow.name.clone())
            }
        });
        made.without_factor = Some(without);
        made
    }

    /// What the processes of every place emit themselves.
    pub fn by_location(&self, cut: Cut) -> Table {
        self.by_group(What::Location, cut, |activity| activity.location.clone())
    }

    /// What the processes of every class emit themselves.
    pub fn by_class(&self, cut: Cut) -> Table {
        self.by_group(What::Class, cut, |activity| Some(activity.category.clone()).filter(|class| !class.is_empty()))
    }

    fn by_group(&self, what: What, cut: Cut, group: impl Fn(&Activity) -> Option<Arc<str>>) -> Table {
        let mut sums: BTreeMap<Option<Arc<str>>, Sum> = BTreeMap::new();
        for (process, activity) in (0u32..).zip(&self.solved.system().activities) {
            let amount = self.emits(process);
            if amount != 0.0 {
                sums.entry(group(activity)).or_default().add(amount);
            }
        }
        let groups: Vec<(Option<Arc<str>>, f64)> = sums.into_iter().map(|(key, sum)| (key, sum.value())).collect();
        let drafts = groups.iter().enumerate().map(|(at, &(_, amount))| Draft { key: at, amount, rank: amount });
        table(self.score.amount, drafts.collect(), cut, |draft| {
            let id = groups[draft.key].0.clone();
            let name = id.clone().unwrap_or_else(|| Arc::from(""));
            named(what, id, name)
        })
    }

    /// What goes into the demanded products themselves: what their makers emit and each of their exchanges with all that
    /// stands behind it, λ × amount. In a loop an input may contain the product again; the rows add up all the same.
    pub fn first_tier(&self, cut: Cut) -> Table {
        let mut scale = vec![0.0; self.direct.len()];
        for &(product, amount) in &self.supply.demand {
            let process = self.solved.maker(product);
            scale[process as usize] += amount / self.solved.reference_amount(process);
        }
        self.rows(&scale, |_| false, Vec::new(), cut)
    }

    /// The score by the exchanges of the user's own processes (positions): what each of these emits itself, what it takes
    /// from others with all that stands behind it, and, negative, what it hands to others. A demand for others' products
    /// is a row of its own.
    pub fn by_own(&self, own: &[u32], cut: Cut) -> Table {
        let mut mine = vec![false; self.direct.len()];
        for &process in own {
            if let Some(flag) = mine.get_mut(process as usize) {
                *flag = true;
            }
        }
        let units = &self.supply.units.values;
        let scale: Vec<f64> = units.iter().zip(&mine).map(|(&s, &mine)| if mine { s } else { 0.0 }).collect();
        let is_mine = |process: u32| mine[process as usize];
        let mut drafts = Vec::new();
        for (row, column, value, origin) in self.exchanges() {
            let user = units[column as usize];
            if is_mine(self.solved.maker(row)) && !is_mine(column) && value * user != 0.0 {
                let amount = value * user * self.lambda[row as usize];
                let key = Own::Exchange(What::Handed, row, column, origin, -value * user);
                drafts.push(Draft { key, amount, rank: amount });
            }
        }
        for &(product, wanted) in &self.supply.demand {
            if !is_mine(self.solved.maker(product)) {
                let amount = wanted * self.lambda[product as usize];
                drafts.push(Draft { key: Own::Demand(product, wanted), amount, rank: amount });
            }
        }
        self.rows(&scale, is_mine, drafts, cut)
    }

    /// All entries of A that are no reference flow, each with its origin.
    fn exchanges(&self) -> impl Iterator<Item = (u32, u32, f64, u32)> + '_ {
        let system = self.solved.system();
        let all = system.a.iter().enumerate();
        let all = all.filter(|(_, (row, column, _))| system.reference[*column as usize] != *row);
        all.map(|(at, (row, column, value))| {
            (row, column, value, system.a.origins.get(at).copied().unwrap_or(NO_ORIGIN))
        })
    }

    /// What processes run so many times emit and take; what they take from `inside` is no row.
    fn rows(&self, scale: &[f64], inside: impl Fn(u32) -> bool, more: Vec<Draft<Own>>, cut: Cut) -> Table {
        let mut drafts = Vec::new();
        for (process, (&units, direct)) in (0u32..).zip(scale.iter().zip(self.direct)) {
            let amount = units * direct;
            if amount != 0.0 {
                drafts.push(Draft { key: Own::Direct(process), amount, rank: amount });
            }
        }
        for (row, column, value, origin) in self.exchanges() {
            let asked = -value * scale[column as usize];
            if asked != 0.0 && !inside(self.solved.maker(row)) {
                let amount = asked * self.lambda[row as usize];
                let key = Own::Exchange(What::Input, row, column, origin, asked);
                drafts.push(Draft { key, amount, rank: amount });
            }
        }
        drafts.extend(more);
        table(self.score.amount, drafts, cut, |draft| match draft.key {
            Own::Direct(process) => {
                Row { quantity: Some(scale[process as usize]), ..self.process(What::Direct, process) }
            }
            Own::Exchange(what, product, user, origin, asked) => Row {
                user: Some(user),
                origin: Some(origin).filter(|&origin| origin != NO_ORIGIN),
                ..self.product(what, product, asked)
            },
            Own::Demand(product, asked) => self.product(What::Demand, product, asked),
        })
    }

    fn process(&self, what: What, process: u32) -> Row {
        let activity = &self.solved.system().activities[process as usize];
        Row {
            position: Some(process),
            location: activity.location.clone(),
            ..named(what, Some(activity.id.clone()), activity.name.clone())
        }
    }

    fn product(&self, what: What, product: u32, asked: f64) -> Row {
        let maker = self.solved.maker(product);
        let activity = &self.solved.system().activities[maker as usize];
        Row { quantity: Some(asked), unit: Some(activity.unit.clone()), ..self.process(what, maker) }
    }
}
