//! Nodes and edges of what flows from suppliers to users, characterised: every node balances, `in + direct = out`.
//!
//! With λ and s of one demand, process j takes `−A_ij s_j λ_i` from the maker of i and passes `λ_j (A_jj s_j)` on. Loops
//! and credits stay as they are: what goes round stands on the edges that close the loop, a credit is an edge below zero.
//! Processes that are too small stand together as one node, burdens and credits on edges of their own.

use super::layers::layers;
use super::solved::Analysis;
use super::{decimal, decimal_if, of_absolute};
use crate::math::{Sum, plain};
use serde::Serialize;
use std::sync::Arc;

/// Which processes get a node of their own. The size of a process is Σ|what comes in| + |direct| or Σ|what goes out|,
/// whichever is larger, so that one in which large parts cancel is not lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SankeyLimits {
    /// No more than this.
    pub nodes: u32,
    /// None whose size is a smaller share of the sum of absolute direct contributions.
    pub least: f64,
}

impl Default for SankeyLimits {
    /// What can be read on a page.
    fn default() -> Self {
        Self { nodes: 25, least: 0.01 }
    }
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A process.
    Process,
    /// All processes without a node of their own.
    Other,
    /// Who demands; its intake is the score.
    Demand,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// Position of the process.
    pub process: Option<u32>,
    /// Its id, name and place.
    pub id: Option<Arc<str>>,
    /// Its name; empty for others and demand, which have a word in every language.
    pub name: Arc<str>,
    /// Its place.
    pub location: Option<Arc<str>>,
    /// How many processes it stands for (of those that run).
    pub processes: u32,
    /// What they emit themselves.
    #[serde(serialize_with = "decimal")]
    pub direct: f64,
    /// The sum of the edges that come in.
    #[serde(serialize_with = "decimal")]
    pub incoming: f64,
    /// The sum of the edges that go out: all that flows through. In a loop it can exceed the score.
    #[serde(serialize_with = "decimal")]
    pub outgoing: f64,
    /// Steps from the demand on the longest way, without edges that close loops.
    pub layer: u32,
}

/// An edge, from supplier to user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Position of the supplier's node.
    pub from: u32,
    /// Position of the user's node.
    pub to: u32,
    /// What flows, in the unit of the impact; a credit is negative.
    #[serde(serialize_with = "decimal")]
    pub amount: f64,
    /// How much of the supplier's product; negative for waste to treat and for credits. None where several stand
    /// together.
    #[serde(serialize_with = "decimal_if")]
    pub quantity: Option<f64>,
    /// The unit of that.
    pub unit: Option<Arc<str>>,
    /// Whether it closes a loop: its user stands upstream of its supplier.
    pub closes_loop: bool,
}

/// Nodes, by size, then the others, then the demand; and edges, by user and supplier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sankey {
    /// The score.
    #[serde(serialize_with = "decimal")]
    pub total: f64,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// Sums of burdens and of credits, apart.
#[derive(Clone, Copy, Default)]
struct Apart {
    burdens: Sum,
    credits: Sum,
}

impl Apart {
    fn add(&mut self, amount: f64) {
        if amount > 0.0 { self.burdens.add(amount) } else { self.credits.add(amount) }
    }

    fn edges(self, from: u32, to: u32) -> impl Iterator<Item = Edge> {
        let edge = move |amount| Edge { from, to, amount, quantity: None, unit: None, closes_loop: false };
        [self.burdens.value(), self.credits.value()].into_iter().filter(|&amount| amount != 0.0).map(edge)
    }
}

impl Analysis<'_> {
    /// Makes the diagram's data.
    pub fn sankey(&self, limits: SankeyLimits) -> Sankey {
        let kept = self.kept(limits);
        let system = self.solved.system();
        let count = kept.len() as u32;
        let (other, demand) = (count, count + 1);
        let mut place = vec![other; self.direct.len()];
        let mut nodes = Vec::with_capacity(kept.len() + 2);
        for (at, &process) in (0u32..).zip(&kept) {
            place[process as usize] = at;
            let activity = &system.activities[process as usize];
            let node = bare(NodeKind::Process, activity.name.clone(), self.emits(process));
            let (id, location) = (Some(activity.id.clone()), activity.location.clone());
            nodes.push(Node { process: Some(process), id, location, processes: 1, ..node });
        }
        let mut rest = Sum::default();
        let mut merged = 0;
        let (mut to_other, mut from_other) = (vec![Apart::default(); kept.len()], vec![Apart::default(); kept.len()]);
        let mut edges = Vec::new();
        for user in 0..self.direct.len() as u32 {
            let to = place[user as usize];
            let units = self.supply.units.values[user as usize];
            if to == other {
                rest.add(self.emits(user));
                merged += u32::from(units != 0.0);
            }
            for (product, input) in self.solved.inputs(user) {
                let supplier = self.solved.maker(product);
                let (from, quantity) = (place[supplier as usize], input * units);
                let amount = quantity * self.lambda[product as usize];
                if amount == 0.0 {
                    continue;
                }
                match (from == other, to == other) {
                    (true, true) => {}
                    (true, false) => from_other[to as usize].add(amount),
                    (false, true) => to_other[from as usize].add(amount),
                    (false, false) => {
                        let unit = Some(system.activities[supplier as usize].unit.clone());
                        edges.push(Edge { from, to, amount, quantity: Some(quantity), unit, closes_loop: false });
                    }
                }
            }
        }
        let mut others_demanded = Apart::default();
        let mut demanded = Vec::new();
        for &(product, quantity) in &self.supply.demand {
            let supplier = self.solved.maker(product);
            let (from, amount) = (place[supplier as usize], quantity * self.lambda[product as usize]);
            if from == other {
                others_demanded.add(amount);
            } else if amount != 0.0 {
                let unit = Some(system.activities[supplier as usize].unit.clone());
                let quantity = Some(quantity);
                demanded.push(Edge { from, to: demand, amount, quantity, unit, closes_loop: false });
            }
        }
        edges.extend((0u32..).zip(from_other).flat_map(|(to, sums)| sums.edges(other, to)));
        edges.extend((0u32..).zip(to_other).flat_map(|(from, sums)| sums.edges(from, other)));
        edges.extend(others_demanded.edges(other, demand));
        edges.extend(demanded);
        nodes.push(Node { processes: merged, ..bare(NodeKind::Other, Arc::from(""), rest.value()) });
        nodes.push(bare(NodeKind::Demand, Arc::from(""), 0.0));
        let mut made = Sankey { total: self.score.amount, nodes, edges };
        if merged == 0 {
            made.without_other(other);
        }
        made.finish();
        made
    }

    /// The processes with nodes of their own, the largest first.
    fn kept(&self, limits: SankeyLimits) -> Vec<u32> {
        let count = self.direct.len();
        let mut incoming: Vec<f64> = (0..count as u32).map(|process| self.emits(process).abs()).collect();
        let mut outgoing = vec![0.0; count];
        for user in 0..count as u32 {
            let units = self.supply.units.values[user as usize];
            for (product, input) in self.solved.inputs(user) {
                let amount = (input * units * self.lambda[product as usize]).abs();
                incoming[user as usize] += amount;
                outgoing[self.solved.maker(product) as usize] += amount;
            }
        }
        for &(product, quantity) in &self.supply.demand {
            outgoing[self.solved.maker(product) as usize] += (quantity * self.lambda[product as usize]).abs();
        }
        let size = |process: u32| incoming[process as usize].max(outgoing[process as usize]);
        let large =
            |process: &u32| size(*process) > 0.0 && of_absolute(size(*process), self.score.absolute) >= limits.least;
        let mut kept: Vec<u32> = (0..count as u32).filter(large).collect();
        kept.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        kept.truncate(limits.nodes as usize);
        kept
    }
}

fn bare(kind: NodeKind, name: Arc<str>, direct: f64) -> Node {
    Node {
        kind,
        process: None,
        id: None,
        name,
        location: None,
        processes: 0,
        direct,
        incoming: 0.0,
        outgoing: 0.0,
        layer: 0,
    }
}

impl Sankey {
    /// No process stands for others: their node goes.
    fn without_other(&mut self, other: u32) {
        self.nodes.remove(other as usize);
        for edge in &mut self.edges {
            edge.from -= u32::from(edge.from > other);
            edge.to -= u32::from(edge.to > other);
        }
    }

    fn finish(&mut self) {
        let mut sums = vec![(Sum::default(), Sum::default()); self.nodes.len()];
        for edge in &self.edges {
            sums[edge.from as usize].1.add(edge.amount);
            sums[edge.to as usize].0.add(edge.amount);
        }
        for (node, (incoming, outgoing)) in self.nodes.iter_mut().zip(sums) {
            (node.incoming, node.outgoing) = (incoming.value(), outgoing.value());
        }
        layers(self);
    }

    /// The nodes as CSV. Text that a spreadsheet would take for a formula stands behind an apostrophe.
    pub fn nodes_csv(&self) -> String {
        let head = ["node", "kind", "id", "name", "location", "processes", "direct", "incoming", "outgoing", "layer"];
        let mut rows = vec![head.map(String::from).to_vec()];
        for (at, node) in self.nodes.iter().enumerate() {
            let kind = match node.kind {
                NodeKind::Process => "process",
                NodeKind::Other => "other",
                NodeKind::Demand => "demand",
            };
            rows.push(vec![
                at.to_string(),
                kind.into(),
                text(node.id.as_deref().unwrap_or("")),
                text(&node.name),
                text(node.location.as_deref().unwrap_or("")),
                node.processes.to_string(),
                plain(node.direct),
                plain(node.incoming),
                plain(node.outgoing),
                node.layer.to_string(),
            ]);
        }
        csv(&rows)
    }

    /// The edges as CSV, by the numbers of their nodes and by name.
    pub fn edges_csv(&self) -> String {
        let head = ["from", "to", "from_name", "to_name", "amount", "quantity", "unit", "closes_loop"];
        let mut rows = vec![head.map(String::from).to_vec()];
        for edge in &self.edges {
            rows.push(vec![
                edge.from.to_string(),
                edge.to.to_string(),
                text(&self.nodes[edge.from as usize].name),
                text(&self.nodes[edge.to as usize].name),
                plain(edge.amount),
                edge.quantity.map(plain).unwrap_or_default(),
                text(edge.unit.as_deref().unwrap_or("")),
                edge.closes_loop.to_string(),
            ]);
        }
        csv(&rows)
    }
}

/// A user's text in a cell.
fn text(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{words}") } else { words.to_string() }
}

fn csv(rows: &[Vec<String>]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Memory takes every row, and all are of one length.
        if writer.write_record(row).is_err() {
            break;
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
