//! Contributions through the public doors: the field's small systems with exact answers, and the whole US LCI database.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use zuji_core::footprint::linked::{
    Analysis, Cut, NodeKind, Order, PathLimits, Sankey, SankeyLimits, Solved, TreeLimits,
};
use zuji_core::inventory::{
    Activity, ElementaryFlow, FlowKind, Impact, InventorySystem, LinkingDocument, NO_ORIGIN, characterise_set,
};
use zuji_core::quantity::UnitTable;
use zuji_core::solve::linked::Mode;
use zuji_tests::databases::uslci;

/// A system of that many processes, flows and impacts, without entries.
fn named(processes: usize, flows: usize, impacts: usize) -> InventorySystem {
    let activity = |at: usize| Activity {
        id: format!("p{at}").into(),
        name: format!("process {at}").into(),
        product: format!("product {at}").into(),
        unit: "kg".into(),
        location: at.is_multiple_of(2).then(|| "CN".into()),
        category: "".into(),
        process: None,
    };
    let flow = |at: usize| ElementaryFlow {
        id: format!("f{at}").into(),
        name: format!("flow {at}").into(),
        category: "air".into(),
        unit: "kg".into(),
        kind: FlowKind::Emission,
        flow: None,
    };
    let impact = |at: usize| Impact { id: format!("i{at}").into(), name: "".into(), unit: "kg".into() };
    InventorySystem {
        activities: (0..processes).map(activity).collect(),
        flows: (0..flows).map(flow).collect(),
        impacts: (0..impacts).map(impact).collect(),
        ..InventorySystem::default()
    }
}

/// In + direct = out at every node, relative to what passes through it.
fn balanced(sankey: &Sankey, tolerance: f64) {
    let mut sizes: Vec<f64> = sankey.nodes.iter().map(|node| node.direct.abs()).collect();
    for edge in &sankey.edges {
        sizes[edge.from as usize] += edge.amount.abs();
        sizes[edge.to as usize] += edge.amount.abs();
    }
    for (node, size) in sankey.nodes.iter().zip(sizes) {
        let out = if node.kind == NodeKind::Demand { sankey.total } else { node.outgoing };
        let gap = (node.incoming + node.direct - out).abs();
        assert!(gap <= tolerance * size, "{gap:e} of {size:e} {node:?}");
    }
}

/// The systems of the field with known answers: every table of every impact adds up to the oracle's score.
#[test]
fn oracles_add_up() {
    let file: serde_json::Value = serde_json::from_str(include_str!("../data/systems.json")).unwrap();
    let vector = |value: &serde_json::Value| -> Vec<f64> {
        value.as_array().map(|list| list.iter().map(|one| one.as_f64().unwrap()).collect()).unwrap_or_default()
    };
    let matrix = |value: &serde_json::Value| -> Vec<Vec<f64>> {
        value.as_array().map(|list| list.iter().map(vector).collect()).unwrap_or_default()
    };
    let mut checked = 0;
    for (name, oracle) in file.as_object().unwrap() {
        let (a, b, f) = (matrix(&oracle["A"]), matrix(&oracle["B"]), vector(&oracle["f"]));
        if b.is_empty() {
            continue;
        }
        let mut c = matrix(&oracle["C"]);
        let mut want = vector(&oracle["h_float"]);
        if c.is_empty() {
            c = (0..b.len()).map(|row| (0..b.len()).map(|at| f64::from(u8::from(at == row))).collect()).collect();
            want = vector(&oracle["g_float"]);
        }
        let entries: Vec<(u32, u32, f64)> = (0u32..)
            .zip(&a)
            .flat_map(|(row, values)| (0u32..).zip(values).map(move |(column, &value)| (row, column, value)))
            .filter(|entry| entry.2 != 0.0)
            .collect();
        let mut made = named(a.len(), b.len(), c.len());
        made.reference = matched(&a);
        for (row, column, value) in entries {
            made.a.push(row, column, value, NO_ORIGIN);
        }
        for (entries, values) in [(&mut made.b, &b), (&mut made.c, &c)] {
            for (row, list) in (0u32..).zip(values) {
                for (column, &value) in (0u32..).zip(list) {
                    entries.push(row, column, value, 0);
                }
            }
        }
        let solved = Solved::new(&made, Mode::Reproducible).unwrap();
        let demand: Vec<(u32, f64)> = (0u32..).zip(f).filter(|one| one.1 != 0.0).collect();
        let supply = solved.supply(&demand).unwrap();
        for (impact, want) in (0u32..).zip(want) {
            let analysis = solved.analyse(&supply, impact).unwrap();
            let size = analysis.score().absolute;
            let own: Vec<u32> = (0..a.len() as u32).step_by(2).collect();
            let tables = [
                analysis.by_process(Order::Direct, Cut::default()),
                analysis.by_flow(Cut::default()),
                analysis.by_location(Cut::default()),
                analysis.first_tier(Cut::default()),
                analysis.by_own(&own, Cut::default()),
            ];
            for table in tables {
                assert!((table.sum - want).abs() <= 1e-12 * size, "{name}: {} is not {want}", table.sum);
            }
            balanced(&analysis.sankey(SankeyLimits { nodes: 2, least: 0.0 }), 1e-12);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}

/// Reference flows: the first way in which every process has a product of its own.
fn matched(a: &[Vec<f64>]) -> Vec<u32> {
    fn place(a: &[Vec<f64>], process: usize, maker: &mut [Option<usize>], tried: &mut [bool]) -> bool {
        for product in 0..a.len() {
            if a[product][process] != 0.0 && !tried[product] {
                tried[product] = true;
                if maker[product].is_none_or(|other| place(a, other, maker, tried)) {
                    maker[product] = Some(process);
                    return true;
                }
            }
        }
        false
    }
    let mut maker = vec![None; a.len()];
    for process in 0..a.len() {
        assert!(place(a, process, &mut maker, &mut vec![false; a.len()]));
    }
    let mut reference = vec![0; a.len()];
    for (product, process) in maker.iter().enumerate() {
        reference[process.unwrap()] = product as u32;
    }
    reference
}

/// Every table adds up, every node of the tree and of the diagram balances.
fn whole(analysis: &Analysis, own: &[u32]) {
    let score = analysis.score();
    let room = 1e-9 * score.absolute;
    assert!(score.gap <= 1e-9, "{score:?}");
    let few = Cut { rows: 10, least: 0.001, coverage: Some(0.99) };
    let tables = [
        analysis.by_process(Order::Direct, few),
        analysis.by_flow(few),
        analysis.by_location(few),
        analysis.by_class(few),
        analysis.first_tier(few),
        analysis.by_own(own, few),
    ];
    for table in tables {
        assert!((table.sum - score.amount).abs() <= room);
        let shown: f64 = table.rows.iter().map(|row| row.amount).sum();
        assert!((shown + table.remainder.amount - table.sum).abs() <= 1e-12 * table.absolute);
    }
    let tree = analysis.tree(TreeLimits { least: 1e-4, nodes: 500, ..TreeLimits::default() });
    let mut parts: Vec<f64> = tree.nodes.iter().map(|node| node.direct + node.remainder).collect();
    for node in &tree.nodes {
        if let Some(parent) = node.parent {
            parts[parent as usize] += node.contribution;
        }
    }
    for (node, parts) in tree.nodes.iter().zip(parts) {
        assert!((node.contribution - parts).abs() <= room, "{node:?} {parts}");
    }
    balanced(&analysis.sankey(SankeyLimits::default()), 1e-9);
}

#[test]
fn the_us_lci_database_adds_up() {
    let inventory = &uslci().inventory;
    let units = UnitTable::standard();
    let mut system = inventory.assemble(&units, &LinkingDocument::default()).system;
    let sets = zuji_factors::gwp_sets().unwrap();
    characterise_set(&mut system, inventory, &units, sets.find("AR6-GWP100@2021").unwrap());
    let solved = Solved::new(&system, Mode::Reproducible).unwrap();
    let mut looked_at = 0;
    let mut looped = 0;
    for process in (0..system.activities.len() as u32).step_by(7) {
        let product = system.reference[process as usize];
        let amount = if solved.technosphere().reference_amount(process) < 0.0 { -1.0 } else { 1.0 };
        let supply = solved.supply(&[(product, amount)]).unwrap();
        let analysis = solved.analyse(&supply, 0).unwrap();
        let own: Vec<u32> = (process..(process + 20).min(system.activities.len() as u32)).collect();
        whole(&analysis, &own);
        let sankey = analysis.sankey(SankeyLimits { nodes: u32::MAX, least: 0.0 });
        balanced(&sankey, 1e-9);
        looped += u32::from(sankey.edges.iter().any(|edge| edge.closes_loop));
        let paths = analysis.paths(PathLimits { paths: 5, opened: 20_000, ..PathLimits::default() });
        assert!(paths.paths.windows(2).all(|two| two[0].contribution.abs() >= two[1].contribution.abs()));
        looked_at += 1;
    }
    assert!(looked_at > 100 && looped > 50, "{looked_at} {looped}");
}
