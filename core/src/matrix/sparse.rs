//! Compact sparse matrices: one pattern, many value vectors.
//!
//! Columns are compressed and their row indices sorted. A pattern is shared (`Arc`), so that what replaces values only
//! (samples, scenarios) copies no structure.

use std::sync::Arc;

/// Where a matrix has entries: compressed columns, row indices ascending in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    rows: u32,
    start: Vec<u32>,
    index: Vec<u32>,
}

/// Why a matrix could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SparseError {
    /// An entry lies outside the matrix.
    #[error("entry {entry} lies outside the matrix")]
    Outside {
        /// Which of the given entries.
        entry: u32,
    },
    /// A value is NaN or infinite, or a sum of duplicates overflows.
    #[error("entry {entry} is not a finite number")]
    NotFinite {
        /// Which of the given entries (of duplicates the last).
        entry: u32,
    },
    /// More rows, columns or entries than an index can count.
    #[error("too many entries")]
    TooLarge,
    /// The arrays do not describe compressed columns with ascending rows.
    #[error("the arrays are not compressed columns with ascending rows")]
    Malformed,
}

impl Pattern {
    /// Takes compressed columns.
    ///
    /// # Errors
    /// [`SparseError::Malformed`] unless `start` ascends from 0 to the number of indices, and every column's rows
    /// ascend and are below `rows`.
    pub fn new(rows: u32, start: Vec<u32>, index: Vec<u32>) -> Result<Self, SparseError> {
        let whole = start.first() == Some(&0) && start.last().map(|&end| end as usize) == Some(index.len());
        if !whole || start.windows(2).any(|pair| pair[0] > pair[1]) {
            return Err(SparseError::Malformed);
        }
        for pair in start.windows(2) {
            let column = &index[pair[0] as usize..pair[1] as usize];
            if column.windows(2).any(|rows| rows[0] >= rows[1]) || column.last().is_some_and(|&last| last >= rows) {
                return Err(SparseError::Malformed);
            }
        }
        Ok(Self { rows, start, index })
    }

    /// Number of rows.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> u32 {
        (self.start.len() - 1) as u32
    }

    /// Number of entries.
    pub fn entries(&self) -> u32 {
        self.index.len() as u32
    }

    /// Where the columns start, and the end of the last.
    pub fn starts(&self) -> &[u32] {
        &self.start
    }

    /// The row of every entry.
    pub fn indices(&self) -> &[u32] {
        &self.index
    }

    /// The positions of the entries of a column.
    pub fn column(&self, column: u32) -> std::ops::Range<usize> {
        let column = column as usize;
        self.start[column] as usize..self.start[column + 1] as usize
    }

    /// The position of an entry, if there is one.
    pub fn position(&self, row: u32, column: u32) -> Option<u32> {
        if column >= self.columns() {
            return None;
        }
        let range = self.column(column);
        self.index[range.clone()].binary_search(&row).ok().map(|at| (range.start + at) as u32)
    }

    /// The transposed pattern, and for each of its entries the position of the same entry here.
    pub fn transpose(&self) -> (Pattern, Vec<u32>) {
        let mut start = vec![0u32; self.rows as usize + 1];
        for &row in &self.index {
            start[row as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let mut next = start.clone();
        let mut index = vec![0u32; self.index.len()];
        let mut from = vec![0u32; self.index.len()];
        for column in 0..self.columns() {
            for entry in self.column(column) {
                let slot = &mut next[self.index[entry] as usize];
                index[*slot as usize] = column;
                from[*slot as usize] = entry as u32;
                *slot += 1;
            }
        }
        (Pattern { rows: self.columns(), start, index }, from)
    }
}

/// A sparse matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Sparse {
    pattern: Arc<Pattern>,
    values: Vec<f64>,
}

impl Sparse {
    /// A pattern with values, one per entry.
    ///
    /// # Errors
    /// [`SparseError::Malformed`] if the number of values is another, [`SparseError::NotFinite`] for NaN and infinity.
    pub fn new(pattern: Arc<Pattern>, values: Vec<f64>) -> Result<Self, SparseError> {
        if values.len() != pattern.index.len() {
            return Err(SparseError::Malformed);
        }
        match values.iter().position(|value| !value.is_finite()) {
            Some(entry) => Err(SparseError::NotFinite { entry: entry as u32 }),
            None => Ok(Self { pattern, values }),
        }
    }

    /// Builds a matrix from (row, column, value); duplicates are summed in the order given. An entry that sums to
    /// zero stays: it was stated.
    ///
    /// # Errors
    /// [`SparseError`] for an entry outside, a value that is not finite, or too many entries.
    pub fn from_triplets(rows: u32, columns: u32, triplets: &[(u32, u32, f64)]) -> Result<Self, SparseError> {
        Self::compress(rows, columns, triplets.len(), |entry| triplets[entry])
    }

    /// The same from rows, columns and values in parallel, without a copy of them.
    ///
    /// # Errors
    /// As [`Sparse::from_triplets`]; [`SparseError::Malformed`] where they are not equally many.
    pub fn from_parts(
        rows: u32,
        columns: u32,
        (row, column, value): (&[u32], &[u32], &[f64]),
    ) -> Result<Self, SparseError> {
        if row.len() != value.len() || column.len() != value.len() {
            return Err(SparseError::Malformed);
        }
        Self::compress(rows, columns, value.len(), |entry| (row[entry], column[entry], value[entry]))
    }

    fn compress(
        rows: u32,
        columns: u32,
        count: usize,
        of: impl Fn(usize) -> (u32, u32, f64),
    ) -> Result<Self, SparseError> {
        if u32::try_from(count).is_err() || rows == u32::MAX || columns == u32::MAX {
            return Err(SparseError::TooLarge);
        }
        for entry in 0..count {
            let (row, column, value) = of(entry);
            if row >= rows || column >= columns {
                return Err(SparseError::Outside { entry: entry as u32 });
            }
            if !value.is_finite() {
                return Err(SparseError::NotFinite { entry: entry as u32 });
            }
        }
        // Two stable counting sorts, by row and then by column: duplicates keep their order.
        let by_row = counting_sort(rows, count, |at| at as u32, |entry| of(entry as usize).0);
        let sorted = counting_sort(columns, count, |at| by_row[at], |entry| of(entry as usize).1);
        drop(by_row);
        let mut start = vec![0u32; columns as usize + 1];
        let mut index: Vec<u32> = Vec::with_capacity(sorted.len());
        let mut values: Vec<f64> = Vec::with_capacity(sorted.len());
        let mut last = None;
        for entry in sorted {
            let (row, column, value) = of(entry as usize);
            match values.last_mut() {
                Some(sum) if last == Some((row, column)) => {
                    *sum += value;
                    if !sum.is_finite() {
                        return Err(SparseError::NotFinite { entry });
                    }
                }
                _ => {
                    index.push(row);
                    values.push(value);
                    last = Some((row, column));
                }
            }
            start[column as usize + 1] = index.len() as u32;
        }
        // Columns without entries start where the one before ends.
        for at in 1..start.len() {
            start[at] = start[at].max(start[at - 1]);
        }
        Ok(Self { pattern: Arc::new(Pattern { rows, start, index }), values })
    }

    /// The pattern.
    pub fn pattern(&self) -> &Arc<Pattern> {
        &self.pattern
    }

    /// The values, in the order of the pattern.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The entries of a column: rows and values.
    pub fn column(&self, column: u32) -> (&[u32], &[f64]) {
        let range = self.pattern.column(column);
        (&self.pattern.index[range.clone()], &self.values[range])
    }

    /// The value at a place; zero where there is no entry.
    pub fn value(&self, row: u32, column: u32) -> f64 {
        self.pattern.position(row, column).map_or(0.0, |at| self.values[at as usize])
    }

    /// All entries: row, column, value.
    pub fn triplets(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.pattern.columns()).flat_map(move |column| {
            let (rows, values) = self.column(column);
            rows.iter().zip(values).map(move |(&row, &value)| (row, column, value))
        })
    }

    /// The transposed matrix.
    pub fn transpose(&self) -> Sparse {
        let (pattern, from) = self.pattern.transpose();
        Sparse { pattern: Arc::new(pattern), values: from.iter().map(|&entry| self.values[entry as usize]).collect() }
    }

    /// The matrix times a vector. Entries are added column by column, so the digits do not depend on anything else.
    ///
    /// # Errors
    /// [`SparseError::Malformed`] if the vector's length is not the number of columns.
    pub fn times(&self, vector: &[f64]) -> Result<Vec<f64>, SparseError> {
        if vector.len() != self.pattern.columns() as usize {
            return Err(SparseError::Malformed);
        }
        let mut product = vec![0.0; self.pattern.rows as usize];
        for (row, column, value) in self.triplets() {
            product[row as usize] += value * vector[column as usize];
        }
        Ok(product)
    }

    /// The transposed matrix times a vector.
    ///
    /// # Errors
    /// [`SparseError::Malformed`] if the vector's length is not the number of rows.
    pub fn transposed_times(&self, vector: &[f64]) -> Result<Vec<f64>, SparseError> {
        if vector.len() != self.pattern.rows as usize {
            return Err(SparseError::Malformed);
        }
        let dot = |column| {
            let (rows, values) = self.column(column);
            rows.iter().zip(values).fold(0.0, |sum, (&row, value)| sum + value * vector[row as usize])
        };
        Ok((0..self.pattern.columns()).map(dot).collect())
    }

    /// The matrix as `nalgebra-sparse` has it, for checks and other solvers.
    ///
    /// # Errors
    /// [`SparseError::Malformed`] should the two disagree on what compressed columns are.
    #[cfg(feature = "views")]
    pub fn to_nalgebra(&self) -> Result<nalgebra_sparse::CscMatrix<f64>, SparseError> {
        let wide = |indices: &[u32]| indices.iter().map(|&index| index as usize).collect();
        nalgebra_sparse::CscMatrix::try_from_csc_data(
            self.pattern.rows as usize,
            self.pattern.columns() as usize,
            wide(&self.pattern.start),
            wide(&self.pattern.index),
            self.values.clone(),
        )
        .map_err(|_| SparseError::Malformed)
    }
}

/// The items in ascending order of their keys; equal keys keep their order.
fn counting_sort(keys: u32, count: usize, item: impl Fn(usize) -> u32, key: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut next = vec![0u32; keys as usize + 1];
    for at in 0..count {
        next[key(item(at)) as usize + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![0u32; count];
    for at in 0..count {
        let slot = &mut next[key(item(at)) as usize];
        sorted[*slot as usize] = item(at);
        *slot += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_are_summed_in_order_and_columns_sorted() {
        let a = Sparse::from_triplets(3, 3, &[(2, 0, 1e16), (0, 0, 5.0), (2, 0, 1.0), (2, 0, -1e16), (1, 2, 7.0)]);
        let a = a.unwrap();
        assert_eq!(a.pattern().starts(), [0, 2, 2, 3]);
        assert_eq!(a.pattern().indices(), [0, 2, 1]);
        // (1e16 + 1) − 1e16 is 0 in this order.
        assert_eq!(a.values(), [5.0, 0.0, 7.0]);
        assert_eq!(a.value(1, 2), 7.0);
        assert_eq!(a.value(1, 1), 0.0);
        assert_eq!(a.transpose().transpose(), a);
        assert_eq!(a.times(&[1.0, 1.0, 2.0]).unwrap(), a.transpose().transposed_times(&[1.0, 1.0, 2.0]).unwrap());
    }

    #[test]
    fn what_is_outside_or_not_finite_is_refused() {
        assert_eq!(Sparse::from_triplets(1, 1, &[(0, 1, 1.0)]), Err(SparseError::Outside { entry: 0 }));
        assert_eq!(Sparse::from_triplets(1, 1, &[(0, 0, f64::NAN)]), Err(SparseError::NotFinite { entry: 0 }));
        let huge = [(0, 0, f64::MAX), (0, 0, f64::MAX)];
        assert_eq!(Sparse::from_triplets(1, 1, &huge), Err(SparseError::NotFinite { entry: 1 }));
        assert_eq!(Pattern::new(2, vec![0, 2], vec![1, 0]), Err(SparseError::Malformed));
        assert_eq!(Pattern::new(2, vec![0, 2], vec![0, 2]), Err(SparseError::Malformed));
        assert_eq!(Pattern::new(2, vec![], vec![]), Err(SparseError::Malformed));
        assert!(Sparse::from_triplets(0, 0, &[]).is_ok());
    }
}
