//! A as `1 − E`: reference flows divided out, rows by process, components in order.
//!
//! Let process j make product p(j), |d_j| of it. Rows are put in the order of the processes that make them, the sign of
//! waste treatment is turned (row and amount), columns are divided by |d_j|: `E[i][j]` is then how much of what i makes
//! one unit of j uses. For most systems E ≥ 0, waste treatment included.

use super::compact::{TwoWays, sorted_columns};
use super::components::components;
use crate::matrix::Technosphere;

/// The system in its own order of positions.
#[derive(Debug)]
pub(super) struct Network {
    /// Position → process.
    pub process: Vec<u32>,
    /// Position → product.
    pub product: Vec<u32>,
    /// |reference amount|, by position.
    pub amount: Vec<f64>,
    /// The sign of the reference amount.
    pub sign: Vec<f64>,
    /// Σ|terms| ÷ |net| of the reference amount.
    pub cancellation: Vec<f64>,
    /// E: by column what a process uses, by row who uses it.
    pub uses: TwoWays,
    /// Where the components start, and the end of the last.
    pub components: Vec<u32>,
}

impl Network {
    /// Builds it from a square technosphere whose reference flows are products; what passes its gate besides is meaningful.
    pub fn new(technosphere: &Technosphere) -> Self {
        let a = technosphere.a();
        let pattern = a.pattern();
        let size = technosphere.processes() as usize;
        // Product → the process that makes it.
        let mut maker = vec![0u32; size];
        let mut plain = a.values().iter().all(|&exchange| exchange != 0.0);
        for (process, &product) in (0u32..).zip(technosphere.reference()) {
            maker[product as usize] = process;
            plain &= product == process;
        }
        let amount: Vec<f64> = (0..size as u32).map(|process| technosphere.reference_amount(process)).collect();
        let found = if plain {
            // Rows are processes already, and a process among its own inputs changes no component.
            components(size, |process| a.column(process).0)
        } else {
            // What each process uses, by process; explicit zeros and the reference flow itself stay out.
            let mut start = vec![0u32; size + 1];
            let mut index = Vec::with_capacity(pattern.indices().len());
            for process in 0..size {
                let (products, amounts) = a.column(process as u32);
                let used = products.iter().zip(amounts).filter(|(_, exchange)| **exchange != 0.0);
                let others = used.map(|(&product, _)| maker[product as usize]);
                index.extend(others.filter(|&other| other as usize != process));
                start[process + 1] = index.len() as u32;
            }
            components(size, |process| &index[start[process as usize] as usize..start[process as usize + 1] as usize])
        };
        // Where a product stands, and whether its maker takes it in.
        let mut place = vec![(0u32, false); size];
        for (position, &process) in (0u32..).zip(&found.order) {
            let product = technosphere.reference()[process as usize];
            place[product as usize] = (position, amount[process as usize] < 0.0);
        }
        let entries = |process: u32, list: &mut Vec<(u32, u32)>| {
            let own = technosphere.reference()[process as usize];
            let range = pattern.column(process);
            let products = (range.start as u32..).zip(&pattern.indices()[range]);
            let kept = products.filter(|&(at, &product)| product != own && a.values()[at as usize] != 0.0);
            list.extend(kept.map(|(at, &product)| (place[product as usize].0, at)));
        };
        let value = |process: u32, at: u32| {
            let turned = place[pattern.indices()[at as usize] as usize].1;
            let exchange = a.values()[at as usize];
            (if turned { exchange } else { -exchange }) / amount[process as usize].abs()
        };
        let inputs = sorted_columns(&found.order, pattern.indices().len() / 2, entries, value);
        let by_position = |list: &dyn Fn(u32) -> f64| found.order.iter().map(|&process| list(process)).collect();
        Self {
            product: found.order.iter().map(|&process| technosphere.reference()[process as usize]).collect(),
            amount: by_position(&|process| amount[process as usize].abs()),
            sign: by_position(&|process| if amount[process as usize] < 0.0 { -1.0 } else { 1.0 }),
            cancellation: by_position(&|process| technosphere.cancellation(process)),
            uses: TwoWays::new(inputs),
            process: found.order,
            components: found.start,
        }
    }
}
