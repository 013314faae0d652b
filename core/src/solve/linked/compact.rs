//! The matrices the kernels run on: off-diagonal entries only, the diagonal is one.

use crate::math::both;
use std::sync::OnceLock;

/// Entries by column: for a column its rows, ascending, and values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Compact {
    pub start: Vec<u32>,
    pub index: Vec<u32>,
    pub value: Vec<f64>,
}

impl Compact {
    /// Number of columns (and rows: the matrices are square).
    pub fn size(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Number of entries.
    pub fn entries(&self) -> usize {
        self.index.len()
    }

    /// A column.
    #[inline(always)]
    pub fn column(&self, column: usize) -> (&[u32], &[f64]) {
        let range = self.start[column] as usize..self.start[column + 1] as usize;
        (&self.index[range.clone()], &self.value[range])
    }

    /// Builds a matrix column by column.
    pub fn build(size: usize, entries: usize) -> Builder {
        let mut start = Vec::with_capacity(size + 1);
        start.push(0);
        Builder(Compact { start, index: Vec::with_capacity(entries), value: Vec::with_capacity(entries) })
    }

    /// Puts the columns of another behind.
    pub fn append(&mut self, other: &Compact) {
        let before = self.index.len() as u32;
        self.index.extend_from_slice(&other.index);
        self.value.extend_from_slice(&other.value);
        self.start.extend(other.start.iter().skip(1).map(|start| start + before));
    }

    /// The transposed matrix.
    pub fn transpose(&self) -> Compact {
        let mut start = vec![0u32; self.start.len()];
        for &row in &self.index {
            start[row as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let mut next = start.clone();
        let mut index = vec![0u32; self.index.len()];
        let mut value = vec![0.0; self.index.len()];
        for column in 0..self.size() {
            let (rows, values) = self.column(column);
            for (&row, &entry) in rows.iter().zip(values) {
                let slot = &mut next[row as usize];
                index[*slot as usize] = column as u32;
                value[*slot as usize] = entry;
                *slot += 1;
            }
        }
        Compact { start, index, value }
    }

    /// Rows and columns in another order: `order[new] = old`. Rows are ascending again.
    pub fn reorder(&self, order: &[u32]) -> Compact {
        let mut place = vec![0u32; order.len()];
        for (new, &old) in (0u32..).zip(order) {
            place[old as usize] = new;
        }
        let keys = |old: u32, keys: &mut Vec<u64>| {
            let rows = self.column(old as usize).0;
            keys.extend((0u64..).zip(rows).map(|(at, &row)| u64::from(place[row as usize]) << 32 | at));
        };
        sorted_columns(order, self.entries(), keys, |old, at| self.column(old as usize).1[at as usize])
    }
}

/// A matrix from its columns, whose rows may come in any order; two halves are made side by side. `keys` is given the
/// name of a column and writes an entry as one word: its row above, below it what `value` is to find it by. Words sort
/// faster than pairs, and rows are not equal.
pub(super) fn sorted_columns(
    names: &[u32],
    entries: usize,
    keys: impl Fn(u32, &mut Vec<u64>) + Sync,
    value: impl Fn(u32, u32) -> f64 + Sync,
) -> Compact {
    let part = |names: &[u32], entries: usize| {
        let mut made = Compact::build(names.len(), entries);
        let mut column: Vec<u64> = Vec::new();
        for &name in names {
            column.clear();
            keys(name, &mut column);
            column.sort_unstable();
            made.push(column.iter().map(|&key| ((key >> 32) as u32, value(name, key as u32))));
        }
        made.done()
    };
    let (first, second) = names.split_at(names.len() / 2);
    let (mut all, rest) = both(|| part(first, entries), || part(second, entries / 2));
    all.append(&rest);
    all
}

/// Some consecutive positions of a matrix, those of a component, as a matrix of its own: nothing is copied.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    matrix: &'a Compact,
    from: usize,
    to: usize,
}

impl<'a> Part<'a> {
    /// Positions from … to. Columns must have no rows at or above `to`, as those of components in order.
    pub fn new(matrix: &'a Compact, from: usize, to: usize) -> Self {
        Self { matrix, from, to }
    }

    /// Number of columns (and rows).
    pub fn size(&self) -> usize {
        self.to - self.from
    }

    /// At most so many entries.
    pub fn entries(&self) -> usize {
        (self.matrix.start[self.to] - self.matrix.start[self.from]) as usize
    }

    /// A column: rows and values.
    #[inline(always)]
    pub fn column(&self, column: usize) -> impl ExactSizeIterator<Item = (u32, f64)> + use<'a> {
        let (mut rows, mut values) = self.matrix.column(self.from + column);
        let from = self.from as u32;
        if rows.first().is_some_and(|&first| first < from) {
            let outside = rows.partition_point(|&row| row < from);
            (rows, values) = (&rows[outside..], &values[outside..]);
        }
        rows.iter().zip(values).map(move |(&row, &value)| (row - from, value))
    }

    /// A matrix of its own.
    pub fn to_matrix(self) -> Compact {
        let mut made = Compact::build(self.size(), self.entries());
        (0..self.size()).for_each(|column| made.push(self.column(column)));
        made.done()
    }
}

/// A matrix by column and, once that is asked for, by row.
#[derive(Debug)]
pub(super) struct TwoWays {
    columns: Compact,
    rows: OnceLock<Compact>,
}

impl TwoWays {
    /// A matrix by column.
    pub fn new(columns: Compact) -> Self {
        Self { columns, rows: OnceLock::new() }
    }

    /// By column.
    pub fn columns(&self) -> &Compact {
        &self.columns
    }

    /// By row, as the columns of its transpose.
    pub fn rows(&self) -> &Compact {
        self.rows.get_or_init(|| self.columns.transpose())
    }

    /// What `y = c + Eᵀ y` goes along (`adjoint`), or `x = f + E x`.
    pub fn along(&self, adjoint: bool) -> &Compact {
        if adjoint { self.columns() } else { self.rows() }
    }
}

/// Takes columns one after the other.
pub(super) struct Builder(Compact);

impl Builder {
    /// The next column.
    #[inline]
    pub fn push(&mut self, column: impl IntoIterator<Item = (u32, f64)>) {
        for (row, value) in column {
            self.0.index.push(row);
            self.0.value.push(value);
        }
        self.0.start.push(self.0.index.len() as u32);
    }

    /// What there is so far.
    pub fn view(&self) -> &Compact {
        &self.0
    }

    /// The matrix.
    pub fn done(self) -> Compact {
        self.0
    }
}
