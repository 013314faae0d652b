//! Generated inventory databases in a flat binary form, as the peers' generator writes them.
//!
//! Little endian: `LCA1`, four zero bytes; six u64 (processes, flows, categories, entries of A, B, C); A by column with
//! its spreads, B by column with its spreads, C by row: starts and indices u32, values f64.

use std::sync::Arc;
use zuji_core::distribution::{Centre, Shape};
use zuji_core::matrix::{Pattern, Sparse, Technosphere};
use zuji_core::uncertainty::draw::ParameterId;
use zuji_core::uncertainty::linked::{Term, Terms};

/// A system in memory.
pub struct Generated {
    /// A with its reference flows: the diagonal, as the generator makes it.
    pub technosphere: Technosphere,
    /// C B, one row per category over processes.
    pub characterised: Vec<Vec<f64>>,
    /// The standard deviation of the logarithm of every entry of A, along its pattern.
    pub spreads: Vec<f64>,
    /// What processes emit: flow, amount, standard deviation of its logarithm; by process.
    pub emissions: Vec<Vec<(u32, f64, f64)>>,
    /// The factor of every flow in the first category.
    pub factors: Vec<f64>,
}

struct Words<'a>(&'a [u8]);

impl Words<'_> {
    fn take<const N: usize>(&mut self, count: usize) -> Option<Vec<[u8; N]>> {
        let (head, rest) = self.0.split_at_checked(count.checked_mul(N)?)?;
        self.0 = rest;
        Some(head.as_chunks::<N>().0.to_vec())
    }

    fn indices(&mut self, count: usize) -> Option<Vec<u32>> {
        Some(self.take::<4>(count)?.into_iter().map(u32::from_le_bytes).collect())
    }

    fn values(&mut self, count: usize) -> Option<Vec<f64>> {
        Some(self.take::<8>(count)?.into_iter().map(f64::from_le_bytes).collect())
    }
}

/// Reads a system; `None` if the bytes are not one.
pub fn read(bytes: &[u8]) -> Option<Generated> {
    let mut words = Words(bytes.strip_prefix(b"LCA1\0\0\0\0")?);
    let counts: Vec<usize> = words.take::<8>(6)?.into_iter().map(|word| u64::from_le_bytes(word) as usize).collect();
    let [processes, flows, categories, a_entries, b_entries, c_entries] = counts.try_into().ok()?;
    let (a_start, a_index) = (words.indices(processes + 1)?, words.indices(a_entries)?);
    let a_values = words.values(a_entries)?;
    let spreads = words.values(a_entries)?;
    let (b_start, b_index) = (words.indices(processes + 1)?, words.indices(b_entries)?);
    let b_values = words.values(b_entries)?;
    let b_spreads = words.values(b_entries)?;
    let (c_start, c_index) = (words.indices(categories + 1)?, words.indices(c_entries)?);
    let c_values = words.values(c_entries)?;
    let pattern = Pattern::new(processes as u32, a_start, a_index).ok()?;
    let a = Sparse::new(Arc::new(pattern), a_values).ok()?;
    let technosphere = Technosphere::new(a, (0..processes as u32).collect()).ok()?;
    let mut factors = Vec::new();
    let mut characterised = Vec::with_capacity(categories);
    for category in 0..categories {
        let mut factor = vec![0.0; flows];
        for entry in c_start[category] as usize..c_start[category + 1] as usize {
            *factor.get_mut(*c_index.get(entry)? as usize)? += c_values.get(entry)?;
        }
        let row = (0..processes).map(|process| {
            let range = b_start[process] as usize..b_start[process + 1] as usize;
            let entries = b_index[range.clone()].iter().zip(&b_values[range]);
            entries.fold(0.0, |sum, (&flow, amount)| sum + factor[flow as usize] * amount)
        });
        characterised.push(row.collect());
        if category == 0 {
            factors = factor;
        }
    }
    let emissions = (0..processes).map(|process| {
        let range = b_start[process] as usize..b_start[process + 1] as usize;
        range.map(|entry| (b_index[entry], b_values[entry], b_spreads[entry])).collect()
    });
    Some(Generated { technosphere, characterised, spreads, emissions: emissions.collect(), factors })
}

impl Generated {
    /// Everything that is uncertain in the first category: A but its reference flows, and what processes emit of flows
    /// that count. All lognormal about the median.
    pub fn terms(&self) -> Terms {
        let a = self.technosphere.a();
        let mut terms = Terms { direct: vec![0.0; self.emissions.len()], ..Terms::default() };
        let lognormal = |at: u32, name: [u64; 3], amount: f64, sigma: f64, factor: f64| {
            let shape = Shape::of_log_deviation(amount, sigma, Centre::Median).ok()?;
            let id = name.iter().fold(0u64, |id, word| (id ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29));
            Some(Term { at, id: ParameterId(id), shape, amount, factor, source: at })
        };
        for (at, ((product, process, amount), &sigma)) in (0u32..).zip(a.triplets().zip(&self.spreads)) {
            let name = [0, u64::from(product), u64::from(process)];
            let term = (sigma > 0.0).then(|| lognormal(at, name, amount, sigma, 1.0)).flatten();
            terms.amounts.push(if term.is_some() { 0.0 } else { amount });
            terms.of_amounts.extend(term);
        }
        for (process, list) in (0u32..).zip(&self.emissions) {
            for &(flow, amount, sigma) in list {
                let factor = self.factors[flow as usize];
                if factor != 0.0 {
                    let name = [1, u64::from(flow), u64::from(process)];
                    terms.of_direct.extend(lognormal(process, name, amount, sigma, factor));
                }
            }
        }
        terms
    }
}

/// The same system with heavy loops: pairs of processes that feed each other, and all inputs scaled so that the spectral
/// radius of what one unit needs is `radius`: near one, everything turns round many times.
pub fn heavy_loops(system: &Generated, radius: f64, pairs: u32) -> Option<Generated> {
    let a = system.technosphere.a();
    let size = a.pattern().columns();
    let own: Vec<f64> = (0..size).map(|process| a.value(process, process)).collect();
    let mut triplets: Vec<(u32, u32, f64)> = a.triplets().collect();
    // Every so many-th process gives half a loop back to its first supplier.
    let step = (size / pairs.max(1)).max(1);
    for process in (0..size).step_by(step as usize) {
        let (products, amounts) = a.column(process);
        let first = products.iter().zip(amounts).find(|(product, amount)| **product != process && **amount < 0.0);
        if let Some((&supplier, &amount)) = first
            && own[supplier as usize] > 0.0
            && own[process as usize] > 0.0
        {
            // amount × back ÷ (own × own) is the gain of the pair.
            let back = 0.5 * own[supplier as usize] * own[process as usize] / amount;
            triplets.push((process, supplier, back));
        }
    }
    // The spectral radius of |off-diagonal| ÷ |diagonal|, by powers of its transpose.
    let a = Sparse::from_triplets(size, size, &triplets).ok()?;
    let mut weight = vec![1.0; size as usize];
    let mut found = 1.0;
    for _ in 0..400 {
        let next: Vec<f64> = (0..size)
            .map(|process| {
                let (products, amounts) = a.column(process);
                let used = products.iter().zip(amounts).filter(|(product, _)| **product != process);
                used.fold(0.0, |sum, (&product, amount)| sum + amount.abs() * weight[product as usize])
                    / own[process as usize].abs()
            })
            .collect();
        let sums = next.iter().zip(&weight).fold((0.0, 0.0), |(a, b), (next, old)| (a + next, b + old));
        found = sums.0 / sums.1;
        weight = next.iter().zip(&weight).map(|(next, old)| 0.5 * (next / found + old)).collect();
    }
    let scaled: Vec<(u32, u32, f64)> = a
        .triplets()
        .map(|(product, process, amount)| {
            (product, process, if product == process { amount } else { amount * radius / found })
        })
        .collect();
    let a = Sparse::from_triplets(size, size, &scaled).ok()?;
    let technosphere = Technosphere::new(a, (0..size).collect()).ok()?;
    Some(Generated {
        technosphere,
        characterised: system.characterised.clone(),
        spreads: Vec::new(),
        emissions: system.emissions.clone(),
        factors: system.factors.clone(),
    })
}
