//! Many products over one list of factors, as compressed sparse rows: the demand vectors of a batch.

/// Demands of many products: for each, factors and amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Demands {
    start: Vec<u32>,
    factor: Vec<u32>,
    amount: Vec<f64>,
    factors: u32,
}

/// Arrays that are not compressed sparse rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemandsError {
    /// Row starts do not begin at 0, fall, or do not end at the number of lines.
    #[error("row starts are not ascending from 0 to the number of lines")]
    Starts,
    /// A factor is not in the list.
    #[error("line {0} names a factor that is not in the list")]
    Factor(u32),
    /// An amount is NaN or infinite.
    #[error("line {0} has an amount that is not finite")]
    Amount(u32),
}

impl Demands {
    /// Checks the arrays once, so that the kernels need not: `start[i]..start[i + 1]` are the lines of product i.
    ///
    /// # Errors
    /// See [`DemandsError`].
    pub fn new(start: Vec<u32>, factor: Vec<u32>, amount: Vec<f64>, factors: u32) -> Result<Self, DemandsError> {
        let ascending = start.windows(2).all(|pair| pair[0] <= pair[1]);
        let ends = start.first() == Some(&0) && start.last().copied() == u32::try_from(factor.len()).ok();
        if !ascending || !ends || factor.len() != amount.len() {
            return Err(DemandsError::Starts);
        }
        if let Some(line) = factor.iter().position(|&index| index >= factors) {
            return Err(DemandsError::Factor(line as u32));
        }
        if let Some(line) = amount.iter().position(|amount| !amount.is_finite()) {
            return Err(DemandsError::Amount(line as u32));
        }
        Ok(Self { start, factor, amount, factors })
    }

    /// How many products there are.
    pub fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many factors the lines may name.
    pub fn factors(&self) -> usize {
        self.factors as usize
    }

    /// The factors and amounts of a product.
    pub fn row(&self, product: usize) -> (&[u32], &[f64]) {
        let range = self.start[product] as usize..self.start[product + 1] as usize;
        (&self.factor[range.clone()], &self.amount[range])
    }
}
