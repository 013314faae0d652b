//! Workloads: the same for the criterion benches and for the comparison with peers.

pub mod extended;
pub mod generated;

use zuji_core::math::Finite;
use zuji_core::matrix::Demands;
use zuji_core::threshold::{PopulationDocument, PopulationProduct, Size};

/// A small deterministic generator (SplitMix64, Steele, Lea and Flood 2014): benches need no more.
#[derive(Clone, Copy, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A double in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Products with lines over factors; a few factors are asked for most, as in real bills of materials.
pub fn demands(products: usize, lines: usize, factors: usize, seed: u64) -> (Demands, Vec<f64>) {
    let mut random = Random::new(seed);
    let start = (0..=products).map(|product| (product * lines) as u32).collect();
    // The cube of a uniform number prefers small indices, much as a power of the count does.
    let factor = (0..products * lines)
        .map(|_| {
            let unit = random.unit();
            ((unit * unit * unit * factors as f64) as u32).min(factors as u32 - 1)
        })
        .collect();
    let amount = (0..products * lines).map(|_| random.unit()).collect();
    let footprints = (0..factors).map(|_| random.unit() * 10.0).collect();
    match Demands::new(start, factor, amount, factors as u32) {
        Ok(demands) => (demands, footprints),
        Err(error) => unreachable!("the workload is well formed: {error}"),
    }
}

/// Products of makers with footprints about 400 and weights, a third of the makers small.
pub fn products(count: usize, makers: usize, seed: u64) -> PopulationDocument {
    let mut random = Random::new(seed);
    let number = |value: f64| Finite::new(value).ok();
    let products = (0..count)
        .map(|at| {
            // The sum of four uniform numbers is near enough to normal.
            let about: f64 = (0..4).map(|_| random.unit() - 0.5).sum();
            let maker = (random.bits() % makers.max(1) as u64) as usize;
            PopulationProduct {
                name: format!("p{at}"),
                maker: Some(format!("m{maker}")),
                size: Some(if maker.is_multiple_of(3) { Size::Small } else { Size::Large }),
                footprint: number(400.0 * (1.0 + 0.4 * about)),
                weight: number(random.unit()),
                ..PopulationProduct::default()
            }
        })
        .collect();
    PopulationDocument { schema: "zuji/population@1".into(), products, ..PopulationDocument::default() }
}

/// A tree in depth-first order: for node i + 1 its parent and its units per parent; own footprints for all nodes.
pub struct Tree {
    /// Parents.
    pub parent: Vec<u32>,
    /// Units per parent.
    pub amount: Vec<f64>,
    /// Own footprint of every node.
    pub own: Vec<f64>,
    /// The deepest level.
    pub depth: u32,
}

/// A random tree of so many nodes, no deeper than a limit, in depth-first order.
pub fn tree(nodes: usize, deepest: u32, seed: u64) -> Tree {
    let mut random = Random::new(seed);
    let mut path = vec![0u32];
    let (mut parent, mut depth) = (Vec::with_capacity(nodes - 1), 0);
    for node in 1..nodes as u32 {
        // Go up some levels, then hang the next node there: depth-first by construction.
        let up = (random.bits() % 4) as usize;
        let keep = path.len().saturating_sub(up).max(1).min(deepest as usize);
        path.truncate(keep);
        parent.push(path[path.len() - 1]);
        path.push(node);
        depth = depth.max(path.len() as u32 - 1);
    }
    let amount = (1..nodes).map(|_| 0.5 + random.unit()).collect();
    let own = (0..nodes).map(|_| random.unit()).collect();
    Tree { parent, amount, own, depth }
}
