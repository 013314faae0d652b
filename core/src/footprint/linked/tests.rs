//! Small systems with numbers worked out by hand, and what must hold of any system.

use super::*;
use crate::diagnostic::Language;
use crate::inventory::{Activity, ElementaryFlow, FlowKind, Impact, InventorySystem};
use crate::solve::linked::Mode;
use proptest::prelude::*;
use std::sync::Arc;

/// Processes with a place and a direct emission per unit, and the exchanges between them.
fn system(direct: &[f64], exchanges: &[(u32, u32, f64)], reference: Vec<u32>) -> InventorySystem {
    let mut system = InventorySystem { reference, ..InventorySystem::default() };
    for (at, &amount) in direct.iter().enumerate() {
        system.activities.push(Activity {
            id: format!("p{at}").into(),
            name: format!("process {at}").into(),
            product: format!("product {at}").into(),
            unit: "kg".into(),
            location: [Some(Arc::from("CN")), Some(Arc::from("CN")), None, Some(Arc::from("US"))][at % 4].clone(),
            category: if at % 2 == 0 { "made".into() } else { "".into() },
            process: Some(at as u32),
        });
        system.b.push(0, at as u32, amount / 2.0, 1000 + at as u32);
    }
    for &(product, process, amount) in exchanges {
        system.a.push(product, process, amount, system.a.len() as u32);
    }
    for name in ["methane", "noise"] {
        system.flows.push(ElementaryFlow {
            id: name.into(),
            name: name.into(),
            category: "air".into(),
            unit: "kg".into(),
            kind: FlowKind::Emission,
            flow: None,
        });
    }
    system.impacts.push(Impact { id: "gwp".into(), name: "GWP".into(), unit: "kg CO2e".into() });
    system.c.push(0, 0, 2.0, 0);
    system
}

fn plain_system(direct: &[f64], exchanges: &[(u32, u32, f64)]) -> InventorySystem {
    system(direct, exchanges, (0..direct.len() as u32).collect())
}

/// A product, its steel, its waste (put out, treated by 2), and electricity, of which the product also saves some.
fn steel() -> InventorySystem {
    let exchanges =
        [(0, 0, 1.0), (1, 0, -2.0), (2, 0, 0.5), (3, 0, 0.3), (1, 1, 1.0), (3, 1, -1.0), (2, 2, -1.0), (3, 3, 1.0)];
    let mut made = plain_system(&[1.0, 3.0, 4.0, 0.5], &exchanges);
    made.b.push(1, 1, 7.0, 0);
    made
}

fn with<T>(system: &InventorySystem, demand: &[(u32, f64)], look: impl Fn(&Analysis) -> T) -> T {
    let solved = Solved::new(system, Mode::Reproducible).unwrap();
    let supply = solved.supply(demand).unwrap();
    look(&solved.analyse(&supply, 0).unwrap())
}

fn near(got: f64, want: f64) -> bool {
    (got - want).abs() <= 1e-12 * want.abs().max(1e-3)
}

fn amounts(table: &Table) -> Vec<f64> {
    table.rows.iter().map(|row| (row.amount * 1e9).round() / 1e9).collect()
}

#[test]
fn every_table_of_the_steel_product_adds_up() {
    let made = steel();
    with(&made, &[(0, 4.0), (0, 6.0)], |analysis| {
        assert!(near(analysis.score().amount, 98.5) && near(analysis.score().forward, 98.5));
        assert!(analysis.score().gap < 1e-14);
        let process = analysis.by_process(Order::Direct, Cut::default());
        assert_eq!(amounts(&process), [60.0, 20.0, 10.0, 8.5]);
        let upstream: Vec<f64> = process.rows.iter().map(|row| row.upstream.unwrap()).collect();
        assert!(upstream.iter().zip([70.0, 20.0, 98.5, 8.5]).all(|(got, want)| near(*got, want)), "{upstream:?}");
        assert_eq!(process.rows[0].share_of_total, Some(process.rows[0].amount / analysis.score().amount));
        let through = analysis.by_process(Order::Upstream, Cut { rows: 2, ..Cut::default() });
        assert_eq!(through.rows.iter().map(|row| row.position.unwrap()).collect::<Vec<_>>(), [0, 1]);
        assert!(near(through.remainder.amount, 28.5) && through.remainder.rows == 2);
        let flow = analysis.by_flow(Cut::default());
        assert_eq!((amounts(&flow), flow.without_factor), (vec![98.5], Some(1)));
        let location = analysis.by_location(Cut::default());
        assert_eq!(amounts(&location), [70.0, 20.0, 8.5]);
        assert_eq!(location.rows[1].id, None);
        assert_eq!(amounts(&analysis.by_class(Cut::default())), [68.5, 30.0]);
        let tier = analysis.first_tier(Cut::default());
        assert_eq!(amounts(&tier), [70.0, 20.0, 10.0, -1.5]);
        assert_eq!(tier.rows[3].quantity, Some(-3.0));
        assert_eq!(tier.rows.iter().map(|row| row.origin).collect::<Vec<_>>(), [Some(1), Some(2), None, Some(3)]);
        let own = analysis.by_own(&[0, 1, 77], Cut::default());
        assert_eq!(amounts(&own), [60.0, 20.0, 10.0, 10.0, -1.5]);
        let other = analysis.by_own(&[1], Cut::default());
        assert_eq!(amounts(&other), [98.5, -70.0, 60.0, 10.0]);
        assert_eq!((other.rows[0].what, other.rows[1].what), (What::Demand, What::Handed));
        for table in [process, through, flow, location, tier, own, other] {
            assert!(near(table.sum, 98.5) && near(table.total, 98.5));
        }
    });
}

#[test]
fn cuts_are_by_absolute_shares_and_the_rest_is_shown() {
    let made = steel();
    with(&made, &[(0, 10.0)], |analysis| {
        // Σ|amounts| of the first tier is 101.5.
        let tier = analysis.first_tier(Cut { least: 0.05, ..Cut::default() });
        assert_eq!(amounts(&tier), [70.0, 20.0, 10.0]);
        assert!(near(tier.remainder.amount, -1.5) && near(tier.remainder.absolute, 1.5));
        let tier = analysis.first_tier(Cut { coverage: Some(0.8), ..Cut::default() });
        assert_eq!(amounts(&tier), [70.0, 20.0]);
        let shown: f64 = tier.rows.iter().map(|row| row.amount).sum();
        assert!(near(shown + tier.remainder.amount, tier.sum));
    });
}

#[test]
fn the_tree_opens_the_largest_and_keeps_the_rest() {
    let made = steel();
    let all = TreeLimits { least: 0.0, ..TreeLimits::default() };
    with(&made, &[(0, 10.0)], |analysis| {
        let tree = analysis.tree(all);
        let found: Vec<(u32, f64)> =
            tree.nodes.iter().map(|node| (node.process, (node.contribution * 1e9).round() / 1e9)).collect();
        assert_eq!(found, [(0, 98.5), (1, 70.0), (2, 20.0), (3, 10.0), (3, -1.5)]);
        assert_eq!(tree.printed(), [0, 1, 3, 2, 4]);
        assert!(tree.sized_gross && !tree.more && tree.nodes.iter().all(|node| node.remainder == 0.0));
        assert_eq!(tree.nodes[2].amount, -5.0);
        let short = analysis.tree(TreeLimits { nodes: 2, ..all });
        assert!(short.more && near(short.nodes[0].remainder, 18.5) && short.nodes[0].hidden == 2);
        assert!(near(short.nodes[1].remainder, 10.0));
        let flat = analysis.tree(TreeLimits { depth: 0, ..all });
        assert_eq!((flat.nodes.len(), flat.nodes[0].opened), (1, Opened::TooDeep));
        assert!(near(flat.nodes[0].remainder, 88.5));
        assert!(near(analysis.tree(TreeLimits { nodes: 0, ..all }).remainder, 98.5));
    });
}

/// openLCA's test of its diagram: s = 1, 1.25, 2.5; λ = 11, 10, 4.
fn cycle() -> InventorySystem {
    let exchanges = [(0, 0, 1.0), (1, 0, -1.0), (1, 1, 1.0), (2, 1, -2.0), (1, 2, -0.1), (2, 2, 1.0)];
    plain_system(&[1.0, 2.0, 3.0], &exchanges)
}

#[test]
fn a_loop_stands_once_in_the_tree_and_on_one_edge_of_the_diagram() {
    let made = cycle();
    with(&made, &[(0, 1.0)], |analysis| {
        let limits = TreeLimits { least: 0.0, ..TreeLimits::default() };
        let tree = analysis.tree(limits);
        assert_eq!(tree.nodes.iter().map(|node| node.process).collect::<Vec<_>>(), [0, 1, 2, 1]);
        let again = &tree.nodes[3];
        assert_eq!((again.opened, again.above), (Opened::Loop, Some(1)));
        assert!(near(again.contribution, 2.0) && near(again.remainder, 1.6));
        let through = analysis.tree(TreeLimits { through_loops: true, nodes: 9, ..limits });
        assert_eq!(through.nodes.len(), 9);
        assert_eq!(through.nodes[5].above, Some(3));
        let sankey = analysis.sankey(SankeyLimits { least: 0.0, ..SankeyLimits::default() });
        let flows: Vec<(u32, u32, f64, bool)> = sankey
            .edges
            .iter()
            .map(|edge| {
                let process = |node: u32| sankey.nodes[node as usize].process.unwrap_or(9);
                (process(edge.from), process(edge.to), (edge.amount * 1e9).round() / 1e9, edge.closes_loop)
            })
            .collect();
        assert_eq!(flows, [(1, 0, 10.0, false), (2, 1, 10.0, false), (1, 2, 2.5, true), (0, 9, 11.0, false)]);
        let paths = analysis.paths(PathLimits { paths: 4, ..PathLimits::default() });
        let found: Vec<(&[u32], f64)> =
            paths.paths.iter().map(|path| (&*path.processes, (path.contribution * 1e9).round() / 1e9)).collect();
        let want: [(&[u32], f64); 4] = [(&[0, 1, 2], 6.0), (&[0, 1], 2.0), (&[0, 1, 2, 1, 2], 1.2), (&[0], 1.0)];
        assert_eq!(found, want);
        assert!(paths.proven && near(paths.remainder, 0.8));
    });
}

#[test]
fn a_gain_of_nine_tenths_converges_path_by_path() {
    let made = plain_system(&[1.0, 0.0], &[(0, 0, 1.0), (1, 0, -1.0), (1, 1, 1.0), (0, 1, -0.9)]);
    with(&made, &[(0, 1.0)], |analysis| {
        assert!(near(analysis.score().amount, 10.0));
        let paths = analysis.paths(PathLimits { paths: 40, length: 1000, ..PathLimits::default() });
        let mut left = 10.0;
        for _ in 0..40 {
            left *= 0.9;
        }
        assert!(paths.proven && (paths.remainder - left).abs() < 1e-9);
        let short = analysis.paths(PathLimits { paths: 40, opened: 5, length: 1000, ..PathLimits::default() });
        assert!(!short.proven && short.opened == 5);
        let sankey = analysis.sankey(SankeyLimits::default());
        // Ten of the product are made for one that is handed over.
        assert!(near(sankey.nodes[0].outgoing, 100.0));
        balanced(&sankey, 1e-9);
        // The first tier is per unit demanded, so the loop does not count twice.
        assert_eq!(amounts(&analysis.first_tier(Cut::default())), [9.0, 1.0]);
    });
}

#[test]
fn what_cancels_is_not_lost() {
    let exchanges = [(0, 0, 1.0), (1, 0, -1.0), (1, 1, 1.0), (2, 1, -1.0), (3, 1, 1.0), (2, 2, 1.0), (3, 3, 1.0)];
    let made = plain_system(&[1.0, 0.0, 100.0, 100.0], &exchanges);
    with(&made, &[(0, 1.0)], |analysis| {
        assert!(near(analysis.score().amount, 1.0) && near(analysis.score().absolute, 201.0));
        let tree = analysis.tree(TreeLimits::default());
        assert_eq!(tree.nodes.iter().map(|node| node.process).collect::<Vec<_>>(), [0, 1, 2, 3]);
        let sankey = analysis.sankey(SankeyLimits { least: 0.2, ..SankeyLimits::default() });
        let kept: Vec<Option<u32>> = sankey.nodes.iter().map(|node| node.process).collect();
        assert_eq!(kept, [Some(1), Some(2), Some(3), None, None]);
        balanced(&sankey, 1e-12);
        let paths = analysis.paths(PathLimits { paths: 2, ..PathLimits::default() });
        assert_eq!(paths.paths.iter().map(|path| path.contribution).collect::<Vec<_>>(), [100.0, -100.0]);
    });
}

#[test]
fn small_processes_stand_together_with_credits_apart() {
    let made = steel();
    with(&made, &[(0, 10.0)], |analysis| {
        let sankey = analysis.sankey(SankeyLimits { nodes: 2, least: 0.0 });
        let edges: Vec<(u32, u32, f64)> =
            sankey.edges.iter().map(|edge| (edge.from, edge.to, (edge.amount * 1e9).round() / 1e9)).collect();
        assert_eq!(edges, [(1, 0, 70.0), (2, 0, 20.0), (2, 0, -1.5), (2, 1, 10.0), (0, 3, 98.5)]);
        assert_eq!((sankey.nodes[2].kind, sankey.nodes[2].processes), (NodeKind::Other, 2));
        balanced(&sankey, 1e-12);
        assert_eq!(sankey.edges_csv().lines().count(), 6);
        assert!(sankey.edges_csv().contains("\n2,0,,process 0,-1.5,,,false\n"));
        let nothing = analysis.sankey(SankeyLimits { nodes: 0, least: 0.0 });
        assert_eq!((nothing.nodes.len(), nothing.edges.len()), (2, 1));
        balanced(&nothing, 1e-12);
    });
}

/// In + direct = out at every node, relative to what passes through it.
fn balanced(sankey: &Sankey, tolerance: f64) {
    let mut sizes = vec![0.0; sankey.nodes.len()];
    for edge in &sankey.edges {
        sizes[edge.from as usize] += edge.amount.abs();
        sizes[edge.to as usize] += edge.amount.abs();
    }
    for (node, size) in sankey.nodes.iter().zip(sizes) {
        let out = if node.kind == NodeKind::Demand { sankey.total } else { node.outgoing };
        let gap = (node.incoming + node.direct - out).abs();
        assert!(gap <= tolerance * (size + node.direct.abs()), "{gap:e} {node:?}");
    }
}

#[test]
fn a_picture_is_the_same_bytes_and_holds_no_markup_of_names() {
    let mut made = steel();
    made.activities[1].name = "=1+1 </title><script>alert('钢')</script>\u{202e}\u{0}".into();
    let draw = || {
        with(&made, &[(0, 10.0)], |analysis| {
            let sankey = analysis.sankey(SankeyLimits::default());
            let words = SankeyWords::new(Language::Zh, "碳足迹 <1>", "kg CO2e");
            (sankey.svg(&words), sankey.nodes_csv(), serde_json::to_string(&sankey).unwrap())
        })
    };
    let (svg, csv, json) = draw();
    assert_eq!((svg.clone(), csv.clone(), json.clone()), draw());
    assert!(!svg.contains("<script") && svg.contains("&lt;/title&gt;") && !svg.contains('\u{202e}'));
    assert!(svg.contains("stroke-dasharray") && svg.contains("抵扣") && svg.contains("碳足迹 &lt;1&gt;"));
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    assert_eq!(svg.matches("<title>").count(), 1 + 5 + 5);
    assert_eq!(svg.matches("<title>").count(), svg.matches("</title>").count());
    assert!(csv.contains("'=1+1"));
    assert!(json.contains("\"amount\":\"-1.5\""));
    let looped = cycle();
    let svg = with(&looped, &[(0, 1.0)], |analysis| {
        analysis.sankey(SankeyLimits::default()).svg(&SankeyWords::new(Language::En, "t", "kg"))
    });
    assert!(svg.contains("(closes a loop)"));
}

#[test]
fn a_chain_of_fifteen_thousand_needs_no_stack() {
    const LONG: u32 = 15_000;
    let mut exchanges = Vec::new();
    for at in 0..LONG {
        exchanges.push((at, at, 1.0));
        if at + 1 < LONG {
            exchanges.push((at + 1, at, -1.0));
        }
    }
    let made = plain_system(&vec![1.0; LONG as usize], &exchanges);
    with(&made, &[(0, 1.0)], |analysis| {
        assert!(near(analysis.score().amount, f64::from(LONG)));
        let limits = TreeLimits { nodes: u32::MAX, least: 0.0, depth: u32::MAX, through_loops: false };
        let tree = analysis.tree(limits);
        assert_eq!(tree.nodes.len(), LONG as usize);
        assert_eq!(tree.printed().len(), LONG as usize);
        let paths = analysis.paths(PathLimits { paths: 3, length: u32::MAX, ..PathLimits::default() });
        assert_eq!(paths.paths.len(), 3);
        let sankey = analysis.sankey(SankeyLimits { nodes: u32::MAX, least: 0.0 });
        assert_eq!(sankey.nodes[LONG as usize - 1].layer, LONG);
        assert!(sankey.svg(&SankeyWords::new(Language::En, "t", "kg")).ends_with("</svg>\n"));
    });
}

#[test]
fn what_cannot_be_solved_says_why() {
    let open = plain_system(&[1.0], &[(0, 0, 0.0)]);
    assert!(matches!(Solved::new(&open, Mode::Reproducible), Err(NotSolved::NotReady(list)) if list.len() == 1));
    let made = steel();
    let solved = Solved::new(&made, Mode::Reproducible).unwrap();
    assert_eq!(solved.supply(&[(4, 1.0)]).unwrap_err(), NotSolved::NoProduct(4));
    assert_eq!(solved.supply(&[(0, f64::NAN)]).unwrap_err(), NotSolved::Overflow);
    assert_eq!(solved.supply(&[(0, f64::MAX)]).unwrap_err(), NotSolved::Overflow);
    assert!(near(solved.scores(&[(0, 10.0)]).unwrap()[0], 98.5));
    let nothing = solved.supply(&[]).unwrap();
    assert!(solved.analyse(&nothing, 1).is_none());
    let analysis = solved.analyse(&nothing, 0).unwrap();
    assert_eq!(analysis.by_process(Order::Direct, Cut::default()).rows, []);
    assert_eq!(analysis.tree(TreeLimits::default()).nodes, []);
    assert_eq!(analysis.paths(PathLimits::default()).paths, []);
    assert_eq!(analysis.sankey(SankeyLimits::default()).edges, []);
    let empty = InventorySystem::default();
    assert!(Solved::new(&empty, Mode::Reproducible).unwrap().supply(&[]).unwrap().scores.is_empty());
}

/// SplitMix64: the same systems everywhere.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Processes that use each other with a gain below one; some treat waste, some inputs are credits, some emissions uptake.
fn random(size: u32, seed: u64, loops: bool) -> InventorySystem {
    let mut random = Random(seed);
    let treats: Vec<bool> = (0..size).map(|_| random.unit() < 0.2).collect();
    let mut exchanges = Vec::new();
    for process in 0..size {
        exchanges.push((process, process, if treats[process as usize] { -2.0 } else { 2.0 }));
        for _ in 0..3 {
            let product = (random.unit() * f64::from(size)) as u32;
            if product == process || (!loops && product < process) {
                continue;
            }
            let sign = if treats[product as usize] { 1.0 } else { -1.0 };
            let credit = if random.unit() < 0.15 { -1.0 } else { 1.0 };
            exchanges.push((product, process, sign * credit * 0.6 * random.unit()));
        }
    }
    let direct: Vec<f64> = (0..size).map(|_| random.unit() - 0.1).collect();
    plain_system(&direct, &exchanges)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everything_adds_up_in_any_system(size in 1u32..40, seed in any::<u64>(), nodes in 0u32..50, least in 0.0f64..0.1, rows in 0u32..30) {
        let made = random(size, seed, true);
        let demand = [(0, 3.0), (seed as u32 % size, -1.5)];
        with(&made, &demand, |analysis| {
            let score = analysis.score();
            let room = 1e-9 * score.absolute;
            prop_assert!(score.gap < 1e-9);
            let cut = Cut { rows, least, coverage: None };
            let own: Vec<u32> = (0..size / 2).collect();
            let tables = [
                analysis.by_process(Order::Direct, cut),
                analysis.by_process(Order::Upstream, cut),
                analysis.by_flow(cut),
                analysis.by_location(cut),
                analysis.by_class(cut),
                analysis.first_tier(cut),
                analysis.by_own(&own, cut),
            ];
            for table in tables {
                prop_assert!((table.sum - score.amount).abs() <= room);
                let shown: f64 = table.rows.iter().map(|row| row.amount).sum();
                prop_assert!((shown + table.remainder.amount - table.sum).abs() <= 1e-12 * table.absolute);
            }
            let tree = analysis.tree(TreeLimits { nodes, least, ..TreeLimits::default() });
            let mut parts: Vec<f64> = tree.nodes.iter().map(|node| node.direct + node.remainder).collect();
            let mut top = tree.remainder;
            for node in &tree.nodes {
                match node.parent {
                    Some(parent) => parts[parent as usize] += node.contribution,
                    None => top += node.contribution,
                }
            }
            prop_assert!((top - score.amount).abs() <= room);
            for (node, parts) in tree.nodes.iter().zip(parts) {
                prop_assert!((node.contribution - parts).abs() <= room, "{node:?} {parts}");
            }
            let sankey = analysis.sankey(SankeyLimits { nodes, least });
            balanced(&sankey, 1e-9);
            // Without the edges that close loops, suppliers stand on layers beyond their users.
            for edge in sankey.edges.iter().filter(|edge| !edge.closes_loop) {
                prop_assert!(sankey.nodes[edge.from as usize].layer > sankey.nodes[edge.to as usize].layer);
            }
            Ok(())
        })?;
    }

    /// Without loops the whole tree lists every chain: the best paths are its largest direct contributions.
    #[test]
    fn proven_paths_are_the_largest(size in 1u32..14, seed in any::<u64>(), wanted in 1u32..12) {
        let made = random(size, seed, false);
        with(&made, &[(0, 1.0)], |analysis| {
            let all = TreeLimits { nodes: u32::MAX, least: 0.0, depth: u32::MAX, through_loops: true };
            let mut want: Vec<f64> = analysis.tree(all).nodes.iter().map(|node| node.direct.abs()).collect();
            want.sort_by(|a, b| b.total_cmp(a));
            want.retain(|&size| size != 0.0);
            want.truncate(wanted as usize);
            let paths = analysis.paths(PathLimits { paths: wanted, ..PathLimits::default() });
            let got: Vec<f64> = paths.paths.iter().map(|path| path.contribution.abs()).collect();
            prop_assert!(paths.proven);
            prop_assert_eq!(got.len(), want.len());
            for (got, want) in got.iter().zip(&want) {
                prop_assert!((got - want).abs() <= 1e-9 * want);
            }
            Ok(())
        })?;
    }
}
