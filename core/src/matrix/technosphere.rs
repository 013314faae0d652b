//! A, products × processes, with the reference flow of every process: which product it stands for.
//!
//! Which product a process makes is stated, never guessed from the diagonal: the order of products and processes means
//! nothing, and a zero on the diagonal is legal.

use super::sparse::{Sparse, SparseError};

/// No reference flow is stated.
pub const NO_REFERENCE: u32 = u32::MAX;

/// The technosphere: A signed (output +, input −) and the product row that is each process's reference flow.
#[derive(Clone, Debug)]
pub struct Technosphere {
    a: Sparse,
    reference: Vec<u32>,
    /// The reference entries; zero where there is none.
    net: Vec<f64>,
    /// Σ|terms| of each reference entry: more than its absolute value where a process uses its own product.
    gross: Vec<f64>,
}

/// What stands in the way of solving, by index; the words are made where names are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The number of products and processes differs.
    NotSquare {
        /// Rows of A.
        products: u32,
        /// Columns of A.
        processes: u32,
    },
    /// A process states no reference flow, or one that is no product.
    NoReference {
        /// The process.
        process: u32,
    },
    /// The reference flow is not an exchange of the process, or its amount is zero.
    ZeroReference {
        /// The process.
        process: u32,
        /// Its reference product.
        product: u32,
    },
    /// Several processes have one product as their reference flow: choose a provider or a market.
    SeveralProducers {
        /// The product.
        product: u32,
        /// The processes, ascending.
        processes: Vec<u32>,
    },
    /// No process has this product as its reference flow, yet some use or make it.
    NoProducer {
        /// The product.
        product: u32,
    },
    /// The product's row is empty: nobody makes or uses it.
    EmptyProduct {
        /// The product.
        product: u32,
    },
    /// The process's column is empty.
    EmptyProcess {
        /// The process.
        process: u32,
    },
}

impl Technosphere {
    /// A with reference flows ([`NO_REFERENCE`] where none is stated; the gate will say so).
    ///
    /// # Errors
    /// [`SparseError::Malformed`] unless there is one reference per process.
    pub fn new(a: Sparse, reference: Vec<u32>) -> Result<Self, SparseError> {
        if reference.len() != a.pattern().columns() as usize {
            return Err(SparseError::Malformed);
        }
        let net: Vec<f64> = (0u32..).zip(&reference).map(|(process, &product)| a.value(product, process)).collect();
        let gross = net.iter().map(|net| net.abs()).collect();
        Ok(Self { a, reference, net, gross })
    }

    /// A from its exchanges (product, process, signed amount). Unlike [`Technosphere::new`] it remembers how much of a
    /// reference flow a process uses itself: a net output of 1 − 0.9999 is known to fewer digits than one of 0.0001.
    ///
    /// # Errors
    /// As [`Sparse::from_triplets`] and [`Technosphere::new`].
    pub fn from_exchanges(
        products: u32,
        processes: u32,
        exchanges: &[(u32, u32, f64)],
        reference: Vec<u32>,
    ) -> Result<Self, SparseError> {
        let mut technosphere = Self::new(Sparse::from_triplets(products, processes, exchanges)?, reference)?;
        let mut gross = vec![0.0; technosphere.reference.len()];
        for &(product, process, amount) in exchanges {
            if technosphere.reference[process as usize] == product {
                gross[process as usize] += amount.abs();
            }
        }
        technosphere.gross = gross;
        Ok(technosphere)
    }

    /// The matrix.
    pub fn a(&self) -> &Sparse {
        &self.a
    }

    /// The product row that is each process's reference flow.
    pub fn reference(&self) -> &[u32] {
        &self.reference
    }

    /// Number of processes.
    pub fn processes(&self) -> u32 {
        self.a.pattern().columns()
    }

    /// Number of products.
    pub fn products(&self) -> u32 {
        self.a.pattern().rows()
    }

    /// The amount of a process's reference flow: negative for waste treatment.
    pub fn reference_amount(&self, process: u32) -> f64 {
        self.net.get(process as usize).copied().unwrap_or(0.0)
    }

    /// Σ|terms| ÷ |net| of each reference entry: 1 without self-use, 19,999 for 1 − 0.9999.
    pub(crate) fn cancellation(&self, process: u32) -> f64 {
        let net = self.reference_amount(process).abs();
        if net > 0.0 { self.gross[process as usize] / net } else { 1.0 }
    }

    /// The same technosphere with other values of A (a sample, a scenario): the pattern is shared.
    ///
    /// # Errors
    /// As [`Sparse::new`].
    pub fn with_values(&self, values: Vec<f64>) -> Result<Self, SparseError> {
        Self::new(Sparse::new(self.a.pattern().clone(), values)?, self.reference.clone())
    }

    /// Everything that stands in the way of solving; empty means ready.
    pub fn gate(&self) -> Vec<Problem> {
        let (products, processes) = (self.products(), self.processes());
        let mut problems = Vec::new();
        if products != processes {
            problems.push(Problem::NotSquare { products, processes });
        }
        let mut producers = vec![0u32; products as usize];
        let mut used = vec![false; products as usize];
        for &product in self.a.pattern().indices() {
            used[product as usize] = true;
        }
        for (process, &product) in (0u32..).zip(&self.reference) {
            let empty = self.a.pattern().column(process).is_empty();
            if empty {
                problems.push(Problem::EmptyProcess { process });
            }
            match producers.get_mut(product as usize) {
                None => problems.push(Problem::NoReference { process }),
                Some(count) => {
                    *count += 1;
                    if !empty && self.reference_amount(process) == 0.0 {
                        problems.push(Problem::ZeroReference { process, product });
                    }
                }
            }
        }
        // Who they are is looked up only where there are several.
        let mut several: Vec<Vec<u32>> = Vec::new();
        if producers.iter().any(|&count| count > 1) {
            several = vec![Vec::new(); products as usize];
            for (process, &product) in (0u32..).zip(&self.reference) {
                if let Some(list) = several.get_mut(product as usize) {
                    list.push(process);
                }
            }
        }
        for (product, &count) in (0u32..).zip(&producers) {
            match count {
                1 => {}
                0 if used[product as usize] => problems.push(Problem::NoProducer { product }),
                0 => problems.push(Problem::EmptyProduct { product }),
                _ => {
                    let processes = std::mem::take(&mut several[product as usize]);
                    problems.push(Problem::SeveralProducers { product, processes });
                }
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_names_everything_that_is_wrong() {
        // Process 0 makes product 0; 1 also; 2 states nothing; 3 has an amount of zero; 4 is empty.
        let exchanges = [(0, 0, 1.0), (0, 1, 1.0), (1, 2, 1.0), (2, 3, 0.0), (3, 3, -1.0)];
        let technosphere =
            Technosphere::from_exchanges(6, 5, &exchanges, vec![0, 0, NO_REFERENCE, 2, 4]).unwrap().gate();
        assert_eq!(
            technosphere,
            [
                Problem::NotSquare { products: 6, processes: 5 },
                Problem::NoReference { process: 2 },
                Problem::ZeroReference { process: 3, product: 2 },
                Problem::EmptyProcess { process: 4 },
                Problem::SeveralProducers { product: 0, processes: vec![0, 1] },
                Problem::NoProducer { product: 1 },
                Problem::NoProducer { product: 3 },
                Problem::EmptyProduct { product: 5 },
            ]
        );
    }

    #[test]
    fn a_zero_on_the_diagonal_and_waste_pass() {
        let exchanges = [(0, 0, -2.0), (1, 0, 10.0), (0, 1, 100.0), (2, 2, -1.0)];
        let technosphere = Technosphere::from_exchanges(3, 3, &exchanges, vec![1, 0, 2]).unwrap();
        assert_eq!(technosphere.gate(), []);
        assert_eq!(technosphere.reference_amount(2), -1.0);
    }

    #[test]
    fn self_use_is_remembered() {
        let technosphere = Technosphere::from_exchanges(1, 1, &[(0, 0, 1.0), (0, 0, -0.9999)], vec![0]).unwrap();
        assert!((technosphere.cancellation(0) - 19_999.0).abs() < 1e-6);
    }
}
