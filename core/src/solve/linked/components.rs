//! Strongly connected components: which processes need each other, directly or not.
//!
//! R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972) 146–160, without recursion: a
//! chain of 15,000 processes must not need a stack of that depth.

/// The order in which a depth-first search along inputs leaves the nodes: suppliers before consumers, but for loops.
#[derive(Clone, Debug)]
pub(super) struct Components {
    /// Nodes, component by component; a component stands after those it needs. Inside one, in the order of leaving.
    pub order: Vec<u32>,
    /// Where the components start in `order`, and the end of the last.
    pub start: Vec<u32>,
}

const NEW: u32 = u32::MAX;

/// The components of a graph; `inputs(node)` are the nodes it needs.
pub(super) fn components<'a>(nodes: usize, inputs: impl Fn(u32) -> &'a [u32]) -> Components {
    let mut entered = vec![NEW; nodes];
    let mut lowest = vec![0u32; nodes];
    let mut left_at = vec![0u32; nodes];
    let mut open = Vec::new();
    let mut is_open = vec![false; nodes];
    let mut path: Vec<(u32, u32)> = Vec::new();
    let (mut clock, mut leaving) = (0u32, 0u32);
    let mut found = Components { order: Vec::with_capacity(nodes), start: vec![0] };
    for first in 0..nodes as u32 {
        if entered[first as usize] != NEW {
            continue;
        }
        path.push((first, 0));
        while let Some(top) = path.last_mut() {
            let node = top.0;
            let here = node as usize;
            if top.1 == 0 {
                entered[here] = clock;
                lowest[here] = clock;
                clock += 1;
                open.push(node);
                is_open[here] = true;
            }
            let list = inputs(node);
            let mut deeper = None;
            while (top.1 as usize) < list.len() {
                let next = list[top.1 as usize];
                top.1 += 1;
                if entered[next as usize] == NEW {
                    deeper = Some(next);
                    break;
                }
                if is_open[next as usize] {
                    lowest[here] = lowest[here].min(entered[next as usize]);
                }
            }
            if let Some(next) = deeper {
                path.push((next, 0));
                continue;
            }
            path.pop();
            left_at[here] = leaving;
            leaving += 1;
            if let Some(above) = path.last() {
                let above = above.0 as usize;
                lowest[above] = lowest[above].min(lowest[here]);
            }
            if lowest[here] == entered[here] {
                let from = found.order.len();
                while let Some(member) = open.pop() {
                    is_open[member as usize] = false;
                    found.order.push(member);
                    if member == node {
                        break;
                    }
                }
                found.order[from..].sort_unstable_by_key(|&member| left_at[member as usize]);
                found.start.push(found.order.len() as u32);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lists: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let found = components(lists.len(), |node| &lists[node as usize]);
        found.start.windows(2).map(|pair| found.order[pair[0] as usize..pair[1] as usize].to_vec()).collect()
    }

    #[test]
    fn components_stand_after_what_they_need() {
        // 0 needs 1, 1 ↔ 2, 2 needs 3, 4 alone needs itself.
        let lists = [vec![1], vec![2], vec![1, 3], vec![], vec![4]];
        assert_eq!(of(&lists), [vec![3], vec![2, 1], vec![0], vec![4]]);
    }

    #[test]
    fn a_node_without_inputs_between_others_is_entered_once() {
        assert_eq!(of(&[vec![], vec![0, 0], vec![1, 0]]), [[0], [1], [2]]);
    }

    #[test]
    fn a_long_chain_and_a_long_loop_need_no_stack() {
        let chain: Vec<Vec<u32>> =
            (0..200_000).map(|node| if node < 199_999 { vec![node + 1] } else { vec![] }).collect();
        assert_eq!(of(&chain).len(), 200_000);
        let ring: Vec<Vec<u32>> = (0..200_000).map(|node| vec![(node + 1) % 200_000]).collect();
        assert_eq!(of(&ring).len(), 1);
    }
}
