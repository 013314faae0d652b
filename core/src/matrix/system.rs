//! The foreground of A: which process uses which, in topological order.

use crate::product::{Activities, Edge};

/// A cycle in what must not have one: the lines that close it, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Lines of the bill.
    pub lines: Vec<u32>,
}

/// The foreground processes in an order in which every user stands before what it uses.
#[derive(Clone, Debug)]
pub struct System {
    /// Edges sorted by the position of their user.
    edges: Vec<Edge>,
    /// Whether the declared product needs the process at all.
    reachable: Vec<bool>,
    depth: u32,
}

impl System {
    /// Orders the processes (Kahn's algorithm, no recursion).
    ///
    /// # Errors
    /// [`Cycle`] with the shortest cycle that there is.
    pub fn new(activities: &Activities) -> Result<Self, Cycle> {
        let count = activities.nodes;
        let mut users = vec![0u32; count];
        let mut start = vec![0u32; count + 1];
        for edge in &activities.edges {
            users[edge.child as usize] += 1;
            start[edge.parent as usize + 1] += 1;
        }
        for node in 0..count {
            start[node + 1] += start[node];
        }
        let mut by_user = vec![0u32; activities.edges.len()];
        let mut fill = start.clone();
        for (position, edge) in activities.edges.iter().enumerate() {
            by_user[fill[edge.parent as usize] as usize] = position as u32;
            fill[edge.parent as usize] += 1;
        }
        let mut level = vec![0u32; count];
        let mut reachable = vec![false; count];
        reachable[0] = true;
        let mut order: Vec<u32> = (0..count as u32).filter(|&node| users[node as usize] == 0).collect();
        let mut edges = Vec::with_capacity(activities.edges.len());
        let mut next = 0;
        while let Some(&node) = order.get(next) {
            next += 1;
            for &position in &by_user[start[node as usize] as usize..start[node as usize + 1] as usize] {
                let edge = activities.edges[position as usize];
                let child = edge.child as usize;
                level[child] = level[child].max(level[node as usize] + 1);
                reachable[child] |= reachable[node as usize];
                edges.push(edge);
                users[child] -= 1;
                if users[child] == 0 {
                    order.push(edge.child);
                }
            }
        }
        if order.len() < count {
            return Err(shortest_cycle(activities, &users, &start, &by_user));
        }
        // Level 1 is the production itself; an assembly of the product stands on level 2.
        let depth = level.iter().max().copied().unwrap_or(0).saturating_sub(1);
        Ok(Self { edges, reachable, depth })
    }

    /// The edges, users first.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Whether the declared product needs a process.
    pub fn reaches(&self, node: u32) -> bool {
        self.reachable[node as usize]
    }

    /// How many processes there are.
    pub fn len(&self) -> usize {
        self.reachable.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.reachable.is_empty()
    }

    /// How deep assemblies are nested; 0 is a flat list.
    pub fn depth(&self) -> u32 {
        self.depth
    }
}

/// The shortest cycle through any process that could not be ordered: breadth-first from each, at most the first
/// thousand of them.
fn shortest_cycle(activities: &Activities, left: &[u32], start: &[u32], by_user: &[u32]) -> Cycle {
    let mut best: Option<Vec<u32>> = None;
    for origin in (0..left.len()).filter(|&node| left[node] > 0).take(1000) {
        let mut from: Vec<Option<u32>> = vec![None; left.len()];
        let mut queue = std::collections::VecDeque::from([origin]);
        let mut closing = None;
        'search: while let Some(node) = queue.pop_front() {
            for &position in &by_user[start[node] as usize..start[node + 1] as usize] {
                let child = activities.edges[position as usize].child as usize;
                if child == origin {
                    closing = Some(position);
                    break 'search;
                }
                if left[child] > 0 && from[child].is_none() {
                    from[child] = Some(position);
                    queue.push_back(child);
                }
            }
        }
        let Some(closing) = closing else { continue };
        let mut cycle = vec![closing];
        let mut node = activities.edges[closing as usize].parent as usize;
        while node != origin {
            let Some(position) = from[node] else { break };
            cycle.push(position);
            node = activities.edges[position as usize].parent as usize;
        }
        cycle.reverse();
        if best.as_ref().is_none_or(|known| cycle.len() < known.len()) {
            best = Some(cycle);
        }
        if best.as_ref().is_some_and(|cycle| cycle.len() <= 2) {
            break;
        }
    }
    Cycle { lines: best.unwrap_or_default().iter().map(|&position| activities.edges[position as usize].line).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(u32, u32)]) -> Activities {
        let edges = edges
            .iter()
            .enumerate()
            .map(|(line, &(parent, child))| Edge { parent, child, amount: 1.0, replacements: 0.0, line: line as u32 })
            .collect();
        Activities { nodes, edges, ..Activities::default() }
    }

    #[test]
    fn users_stand_before_what_they_use() {
        let system = System::new(&graph(5, &[(0, 1), (3, 4), (1, 3), (1, 2), (2, 4)])).unwrap();
        let position = |parent: u32| system.edges().iter().position(|edge| edge.parent == parent).unwrap();
        assert!(position(0) < position(1) && position(1) < position(3));
        assert_eq!(system.depth(), 2);
    }

    #[test]
    fn the_shortest_cycle_is_named() {
        let cycle = System::new(&graph(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 2), (4, 5), (5, 4)])).unwrap_err();
        assert_eq!(cycle.lines.len(), 2);
        let itself = System::new(&graph(3, &[(0, 1), (1, 2), (2, 2)])).unwrap_err();
        assert_eq!(itself.lines, [2]);
    }

    #[test]
    fn a_deep_chain_needs_no_stack() {
        let edges: Vec<(u32, u32)> = (0..200_000).map(|node| (node, node + 1)).collect();
        assert_eq!(System::new(&graph(200_001, &edges)).unwrap().depth(), 199_999);
    }
}
