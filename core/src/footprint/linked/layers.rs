//! In which column of a diagram a node stands, and which edges close loops.

use super::sankey::Sankey;

/// A depth-first search from the demand along supplies, the largest first, without recursion: an edge that leads to a
/// node on the way just walked closes a loop. Without those the graph has no cycle; a node's layer is the longest way
/// from the demand.
pub(super) fn layers(sankey: &mut Sankey) {
    let count = sankey.nodes.len();
    let mut supplies: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (at, edge) in (0u32..).zip(&sankey.edges) {
        supplies[edge.to as usize].push(at);
    }
    for list in &mut supplies {
        list.sort_by(|&a, &b| {
            let size = |edge: u32| sankey.edges[edge as usize].amount.abs();
            size(b).total_cmp(&size(a)).then(a.cmp(&b))
        });
    }
    let mut left = Vec::with_capacity(count);
    let mut state = vec![State::New; count];
    // The demand stands last and is the first to start from.
    for start in (0..count).rev() {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::OnTheWay;
        let mut way = vec![(start, 0usize)];
        while let Some((node, next)) = way.last_mut() {
            let node = *node;
            let Some(&edge) = supplies[node].get(*next) else {
                state[node] = State::Left;
                left.push(node);
                way.pop();
                continue;
            };
            *next += 1;
            let supplier = sankey.edges[edge as usize].from as usize;
            match state[supplier] {
                State::New => {
                    state[supplier] = State::OnTheWay;
                    way.push((supplier, 0));
                }
                State::OnTheWay => sankey.edges[edge as usize].closes_loop = true,
                State::Left => {}
            }
        }
    }
    let demand = count.saturating_sub(1);
    for (at, node) in sankey.nodes.iter_mut().enumerate() {
        node.layer = u32::from(at != demand);
    }
    // Users are left after their suppliers.
    for &user in left.iter().rev() {
        for &edge in &supplies[user] {
            let edge = &sankey.edges[edge as usize];
            if !edge.closes_loop {
                let layer = sankey.nodes[user].layer + 1;
                let supplier = &mut sankey.nodes[edge.from as usize];
                supplier.layer = supplier.layer.max(layer);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    OnTheWay,
    Left,
}
