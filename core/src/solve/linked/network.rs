//! A as `1 − E`: reference flows divided out, rows by process, components in order.
//!
//! Let process j make product p(j), |d_j| of it. Rows are put in the order of the processes that make them, the sign of
//! waste treatment is turned (row and amount), columns are divided by |d_j|: `E[i][j]` is then how much of what i makes
//! one unit of j uses. For most systems E ≥ 0, waste treatment included.

use super::compact::Compact;
use super::components::components;
use crate::matrix::Technosphere;

/// The system in its own order of positions.
#[derive(Clone, Debug)]
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
    /// E by column: what a process uses.
    pub inputs: Compact,
    /// E by row (as columns of its transpose): who uses a process.
    pub users: Compact,
    /// Where the components start, and the end of the last.
    pub components: Vec<u32>,
}

impl Network {
    /// Builds it. The technosphere has passed its gate.
    pub fn new(technosphere: &Technosphere) -> Self {
        let a = technosphere.a();
        let pattern = a.pattern();
        let size = technosphere.processes() as usize;
        // Product → the process that makes it.
        let mut maker = vec![0u32; size];
        for (process, &product) in (0u32..).zip(technosphere.reference()) {
            maker[product as usize] = process;
        }
        // What each process uses, by process; explicit zeros and the reference flow itself stay out.
        let mut start = vec![0u32; size + 1];
        let mut index = Vec::with_capacity(pattern.indices().len());
        let mut value = Vec::with_capacity(pattern.indices().len());
        let mut amount = vec![1.0; size];
        for process in 0..size {
            let (products, amounts) = a.column(process as u32);
            for (&product, &exchange) in products.iter().zip(amounts) {
                let other = maker[product as usize];
                if other as usize == process {
                    amount[process] = exchange;
                } else if exchange != 0.0 {
                    index.push(other);
                    value.push(exchange);
                }
            }
            start[process + 1] = index.len() as u32;
        }
        let inputs = |process: u32| &index[start[process as usize] as usize..start[process as usize + 1] as usize];
        let found = components(size, inputs);
        let mut place = vec![0u32; size];
        for (position, &process) in (0u32..).zip(&found.order) {
            place[process as usize] = position;
        }
        let mut columns = Compact::build(size, index.len());
        let mut column: Vec<(u32, f64)> = Vec::new();
        for &process in &found.order {
            let range = start[process as usize] as usize..start[process as usize + 1] as usize;
            let own = amount[process as usize].abs();
            column.clear();
            column.extend(index[range.clone()].iter().zip(&value[range]).map(|(&other, &exchange)| {
                let sign = if amount[other as usize] < 0.0 { 1.0 } else { -1.0 };
                (place[other as usize], sign * exchange / own)
            }));
            columns.push(&column);
        }
        // A transpose sorts.
        let users = columns.done().transpose();
        let by_position = |list: &dyn Fn(u32) -> f64| found.order.iter().map(|&process| list(process)).collect();
        Self {
            product: found.order.iter().map(|&process| technosphere.reference()[process as usize]).collect(),
            amount: by_position(&|process| amount[process as usize].abs()),
            sign: by_position(&|process| if amount[process as usize] < 0.0 { -1.0 } else { 1.0 }),
            cancellation: by_position(&|process| technosphere.cancellation(process)),
            inputs: users.transpose(),
            users,
            process: found.order,
            components: found.start,
        }
    }
}
