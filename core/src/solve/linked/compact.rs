//! The matrices the kernels run on: off-diagonal entries only, the diagonal is one.

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

    /// Rows and columns in another order: `order[new] = old`. Rows are not sorted; a transpose sorts them.
    pub fn reorder(&self, order: &[u32]) -> Compact {
        let mut place = vec![0u32; order.len()];
        for (new, &old) in (0u32..).zip(order) {
            place[old as usize] = new;
        }
        let mut builder = Compact::build(order.len(), self.entries());
        let mut column: Vec<(u32, f64)> = Vec::new();
        for &old in order {
            let (rows, values) = self.column(old as usize);
            column.clear();
            column.extend(rows.iter().zip(values).map(|(&row, &value)| (place[row as usize], value)));
            builder.push(&column);
        }
        builder.done()
    }
}

/// Takes columns one after the other.
pub(super) struct Builder(Compact);

impl Builder {
    /// The next column.
    pub fn push(&mut self, column: &[(u32, f64)]) {
        for &(row, value) in column {
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
