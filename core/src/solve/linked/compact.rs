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
        let entries = |old: u32, list: &mut Vec<(u32, u32)>| {
            let first = self.start[old as usize];
            list.extend((first..).zip(self.column(old as usize).0).map(|(at, &row)| (place[row as usize], at)));
        };
        sorted_columns(order, self.entries() / 2, entries, |_, at| self.value[at as usize])
    }
}

/// A matrix from its columns, whose rows may come in any order; two halves are made side by side. `entries` is given the
/// name of a column and writes the row of each entry and what `value` is to find it by. Rows are sorted by counting, twice:
/// comparing them takes longer.
pub(super) fn sorted_columns(
    names: &[u32],
    count: usize,
    entries: impl Fn(u32, &mut Vec<(u32, u32)>) + Sync,
    value: impl Fn(u32, u32) -> f64 + Sync,
) -> Compact {
    let rows = names.len();
    let part = |names: &[u32], room: usize| {
        let mut flat: Vec<(u32, u32)> = Vec::with_capacity(room);
        let mut start = Vec::with_capacity(names.len() + 1);
        start.push(0u32);
        for &name in names {
            entries(name, &mut flat);
            start.push(flat.len() as u32);
        }
        let mut next = vec![0u32; rows + 1];
        for &(row, _) in &flat {
            next[row as usize + 1] += 1;
        }
        for at in 1..next.len() {
            next[at] += next[at - 1];
        }
        // By row: column and key; after it `next` holds where rows end.
        let mut turned = vec![(0u32, 0u32); flat.len()];
        for column in 0..names.len() {
            for &(row, key) in &flat[start[column] as usize..start[column + 1] as usize] {
                let slot = &mut next[row as usize];
                turned[*slot as usize] = (column as u32, key);
                *slot += 1;
            }
        }
        drop(flat);
        let mut index = vec![0u32; turned.len()];
        let mut values = vec![0.0f64; turned.len()];
        let mut slots = start.clone();
        let mut from = 0;
        for (row, &to) in (0u32..).zip(&next[..rows]) {
            for &(column, key) in &turned[from..to as usize] {
                let slot = &mut slots[column as usize];
                index[*slot as usize] = row;
                values[*slot as usize] = value(names[column as usize], key);
                *slot += 1;
            }
            from = to as usize;
        }
        Compact { start, index, value: values }
    };
    let (first, second) = names.split_at(rows / 2);
    let (mut all, rest) = both(|| part(first, count), || part(second, count));
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
