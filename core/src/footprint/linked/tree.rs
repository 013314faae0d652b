//! The upstream tree, largest first: what stands behind a demand, input by input, as far as one wants to look.

use super::solved::Analysis;
use super::{decimal, decimal_if, of_absolute, of_total};
use crate::math::Sum;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Where to stop. Every node is shown with what is left of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TreeLimits {
    /// No more nodes than this.
    pub nodes: u32,
    /// No node whose size is a smaller share of the sum of absolute direct contributions.
    pub least: f64,
    /// No inputs of a node that stands this deep; the demanded product stands at 0.
    pub depth: u32,
    /// Whether to go through a process again that stands above itself.
    pub through_loops: bool,
}

impl Default for TreeLimits {
    /// What fits on a screen.
    fn default() -> Self {
        Self { nodes: 50, least: 0.01, depth: 20, through_loops: false }
    }
}

/// What was done with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opened {
    /// Its inputs stand below it, or in its remainder.
    Yes,
    /// It stands as deep as was allowed.
    TooDeep,
    /// Its process stands above it: see `above`.
    Loop,
    /// The amounts of its inputs are beyond the range of numbers.
    Overflow,
}

/// A node: a product on one way from the demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeNode {
    /// The node that uses it; none for a demanded product.
    pub parent: Option<u32>,
    /// How many steps from the demand.
    pub depth: u32,
    /// The process that makes the product.
    pub process: u32,
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Its place.
    pub location: Option<Arc<str>>,
    /// The unit of the product.
    pub unit: Arc<str>,
    /// How much of the product, in its unit; negative for waste to treat and for credits.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// amount × λ: all that stands behind it. = direct + Σ children + remainder.
    #[serde(serialize_with = "decimal")]
    pub contribution: f64,
    /// What its process emits itself for this amount.
    #[serde(serialize_with = "decimal")]
    pub direct: f64,
    /// The contributions of those of its inputs that are no nodes.
    #[serde(serialize_with = "decimal")]
    pub remainder: f64,
    /// How many inputs these are.
    pub hidden: u32,
    /// contribution ÷ total; none where the total is not positive.
    #[serde(serialize_with = "decimal_if")]
    pub share_of_total: Option<f64>,
    /// What was done with it.
    pub opened: Opened,
    /// The nearest node above with the same process.
    pub above: Option<u32>,
}

/// The tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tree {
    /// The score.
    #[serde(serialize_with = "decimal")]
    pub total: f64,
    /// Nodes in the order in which they were found, the largest first; a parent stands before its children.
    pub nodes: Vec<TreeNode>,
    /// Whether there were more nodes than allowed.
    pub more: bool,
    /// Demanded products that are no nodes, as a node's remainder.
    #[serde(serialize_with = "decimal")]
    pub remainder: f64,
    /// Whether sizes count credits as burdens, so that nothing large hides behind what cancels. If not (credits in
    /// loops that have no such sum), a size is the net contribution.
    pub sized_gross: bool,
}

/// An input that waits. Ranked by size, then by age: the order is the same everywhere.
struct Waiting {
    size: f64,
    age: u32,
    parent: Option<u32>,
    product: u32,
    amount: f64,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.size.total_cmp(&other.size).then(other.age.cmp(&self.age))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

/// A tree that grows.
struct Growing<'a> {
    analysis: &'a Analysis<'a>,
    limits: TreeLimits,
    gross: Option<&'a [f64]>,
    nodes: Vec<TreeNode>,
    /// What is hidden of every node, and of the demand.
    hidden: Vec<Sum>,
    top: Sum,
    queue: BinaryHeap<Waiting>,
    age: u32,
    /// Processes that have a node: only these can stand above themselves.
    seen: Vec<bool>,
}

impl Analysis<'_> {
    /// Opens the tree of the demand. It is a queue: no recursion, no solves.
    pub fn tree(&self, limits: TreeLimits) -> Tree {
        let mut growing = Growing {
            analysis: self,
            limits,
            gross: self.solved.gross(self.impact),
            nodes: Vec::new(),
            hidden: Vec::new(),
            top: Sum::default(),
            queue: BinaryHeap::new(),
            age: 0,
            seen: vec![false; self.direct.len()],
        };
        for &(product, amount) in &self.supply.demand {
            growing.offer(None, product, amount);
        }
        let mut more = false;
        while let Some(next) = growing.queue.pop() {
            if growing.nodes.len() as u64 >= u64::from(limits.nodes) {
                more = true;
                growing.hide(next.parent, next.product, next.amount);
            } else {
                growing.open(&next);
            }
        }
        for (node, hidden) in growing.nodes.iter_mut().zip(&growing.hidden) {
            node.remainder = hidden.value();
        }
        let (total, remainder) = (self.score.amount, growing.top.value());
        Tree { total, nodes: growing.nodes, more, remainder, sized_gross: growing.gross.is_some() }
    }
}

impl Growing<'_> {
    fn size(&self, product: u32, amount: f64) -> f64 {
        let per_unit = self.gross.map_or(self.analysis.lambda[product as usize].abs(), |gross| gross[product as usize]);
        per_unit * amount.abs()
    }

    fn offer(&mut self, parent: Option<u32>, product: u32, amount: f64) {
        let size = self.size(product, amount);
        if of_absolute(size, self.analysis.score.absolute) < self.limits.least || size == 0.0 {
            self.hide(parent, product, amount);
        } else {
            self.queue.push(Waiting { size, age: self.age, parent, product, amount });
            self.age = self.age.saturating_add(1);
        }
    }

    fn hide(&mut self, parent: Option<u32>, product: u32, amount: f64) {
        let contribution = amount * self.analysis.lambda[product as usize];
        match parent {
            Some(parent) => {
                self.hidden[parent as usize].add(contribution);
                self.nodes[parent as usize].hidden += 1;
            }
            None => self.top.add(contribution),
        }
    }

    fn open(&mut self, next: &Waiting) {
        let analysis = self.analysis;
        let process = analysis.solved.maker(next.product);
        let units = next.amount / analysis.solved.reference_amount(process);
        let contribution = next.amount * analysis.lambda[next.product as usize];
        let direct = units * analysis.direct[process as usize];
        let depth = next.parent.map_or(0, |parent| self.nodes[parent as usize].depth + 1);
        let above = if self.seen[process as usize] { self.above(next.parent, process) } else { None };
        self.seen[process as usize] = true;
        let in_range = |(product, amount): (u32, f64)| {
            (amount * units * analysis.lambda[product as usize]).is_finite()
                && self.size(product, amount * units).is_finite()
        };
        let opened = if above.is_some() && !self.limits.through_loops {
            Opened::Loop
        } else if depth >= self.limits.depth {
            Opened::TooDeep
        } else if !analysis.solved.inputs(process).all(in_range) {
            Opened::Overflow
        } else {
            Opened::Yes
        };
        let at = self.nodes.len() as u32;
        let activity = &analysis.solved.system().activities[process as usize];
        self.nodes.push(TreeNode {
            parent: next.parent,
            depth,
            process,
            id: activity.id.clone(),
            name: activity.name.clone(),
            location: activity.location.clone(),
            unit: activity.unit.clone(),
            amount: next.amount,
            contribution,
            direct,
            remainder: 0.0,
            hidden: 0,
            share_of_total: of_total(contribution, analysis.score.amount),
            opened,
            above,
        });
        self.hidden.push(Sum::default());
        if opened == Opened::Yes {
            for (product, amount) in analysis.solved.inputs(process) {
                self.offer(Some(at), product, amount * units);
            }
        } else {
            self.hidden[at as usize].add(contribution - direct);
            self.nodes[at as usize].hidden = analysis.solved.inputs(process).count() as u32;
        }
    }

    fn above(&self, mut node: Option<u32>, process: u32) -> Option<u32> {
        while let Some(at) = node {
            let known = &self.nodes[at as usize];
            if known.process == process {
                return Some(at);
            }
            node = known.parent;
        }
        None
    }
}

impl Tree {
    /// The nodes as one prints them: each before its children, siblings the largest first.
    pub fn printed(&self) -> Vec<u32> {
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        let mut stack = Vec::new();
        for (at, node) in (0u32..).zip(&self.nodes) {
            match node.parent {
                Some(parent) => children[parent as usize].push(at),
                None => stack.push(at),
            }
        }
        stack.reverse();
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(at) = stack.pop() {
            order.push(at);
            stack.extend(children[at as usize].iter().rev());
        }
        order
    }
}
