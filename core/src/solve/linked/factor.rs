//! Sparse LU of the core as the last word: a sparse head, a dense end.
//!
//! Elimination in the order of least fill (Markowitz, Management Science 3 (1957) 255–269) with pivots on the
//! reference flows, each held against the size of its column; what is left grows dense, and is factorised as a dense
//! matrix with partial pivoting. A reference flow that is no good pivot is left for that end. Unit scales are balanced
//! first by powers of two (Osborne, J. ACM 7 (1960) 338–345), which changes no digit.

use super::compact::Compact;
use super::dense::Dense;

/// Who multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// The same bits on every target and for any number of threads.
    #[default]
    Reproducible,
    /// May order and fuse operations as the machine likes best; agrees to 1e-12.
    Fast,
}

/// The dense end.
#[derive(Debug)]
enum End {
    Own(Dense),
    #[cfg(feature = "direct")]
    Fast(super::fast::Fast),
}

/// The factors of `1 − F`.
#[derive(Debug)]
pub(super) struct Factor {
    /// Elimination order: place → unknown. The head first.
    order: Vec<u32>,
    head: usize,
    /// Powers of two: the matrix factorised is `T (1 − F) T⁻¹`.
    balance: Vec<f64>,
    /// Columns of L below the diagonal, for the head.
    lower: Compact,
    /// Columns of U above the diagonal within the head, for all columns.
    upper: Compact,
    pivots: Vec<f64>,
    end: End,
}

/// Why there are no factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NoFactor {
    /// No pivot for this unknown.
    Singular(u32),
    /// The dense end would take too much memory.
    TooLarge,
}

/// The largest matrix: its elimination graph takes size² ÷ 4 bytes.
const LARGEST: usize = 50_000;
/// The largest dense end: 8,000² doubles are 512 MB.
const LARGEST_END: usize = 8_000;
/// A pivot must not be smaller than this share of the largest entry of its column.
const THRESHOLD: f64 = 0.01;

impl Factor {
    /// Factorises `1 − F`.
    pub fn new(f: &Compact, rows: &Compact, balance: &[f64], mode: Mode) -> Result<Self, NoFactor> {
        let size = f.size();
        if size > LARGEST {
            return Err(NoFactor::TooLarge);
        }
        let mut refused = vec![false; size];
        let mut attempts = 0;
        loop {
            let (order, head) = order(f, rows, &refused);
            if size - head > LARGEST_END {
                return Err(NoFactor::TooLarge);
            }
            match Self::numeric(f, balance, order, head, mode, attempts < 6) {
                Ok(factor) => return Ok(factor),
                Err(Failure::Refused(list)) => list.iter().for_each(|&unknown| refused[unknown as usize] = true),
                Err(Failure::No(reason)) => return Err(reason),
            }
            attempts += 1;
            if attempts == 6 {
                // Leave all to the dense end.
                refused.fill(true);
            }
        }
    }

    fn numeric(
        f: &Compact,
        balance: &[f64],
        order: Vec<u32>,
        head: usize,
        mode: Mode,
        strict: bool,
    ) -> Result<Self, Failure> {
        let size = f.size();
        let tail = size - head;
        let mut place = vec![0u32; size];
        for (new, &old) in (0u32..).zip(&order) {
            place[old as usize] = new;
        }
        let mut lower = Compact::build(head, 4 * f.entries());
        let mut upper = Compact::build(size, 4 * f.entries());
        let mut pivots = Vec::with_capacity(head);
        let mut dense = vec![0.0f64; tail * tail];
        let mut work = vec![0.0f64; size];
        let mut marked = vec![u32::MAX; size];
        let mut refused = Vec::new();
        // Columns of L as they grow (the builder's arrays are read back).
        let mut pattern: Vec<u32> = Vec::new();
        let mut stack: Vec<(u32, u32)> = Vec::new();
        let mut reach: Vec<u32> = Vec::new();
        let mut column: Vec<(u32, f64)> = Vec::new();
        for new in 0..size {
            let old = order[new] as usize;
            let (rows, values) = f.column(old);
            // Which head columns this one depends on: a depth-first search through L (Gilbert and Peierls, SIAM J.
            // Sci. Stat. Comput. 9 (1988) 862–874), without recursion.
            reach.clear();
            pattern.clear();
            let l = lower.view();
            let mut visit = |first: u32| {
                if marked[first as usize] == new as u32 {
                    return;
                }
                marked[first as usize] = new as u32;
                if first as usize >= head.min(new) {
                    pattern.push(first);
                    return;
                }
                stack.push((first, l.start[first as usize]));
                while let Some((node, at)) = stack.last_mut() {
                    let end = l.start[*node as usize + 1];
                    let mut deeper = None;
                    while *at < end {
                        let next = l.index[*at as usize];
                        *at += 1;
                        if marked[next as usize] != new as u32 {
                            marked[next as usize] = new as u32;
                            if (next as usize) < head.min(new) {
                                deeper = Some(next);
                                break;
                            }
                            pattern.push(next);
                        }
                    }
                    match deeper {
                        Some(next) => stack.push((next, l.start[next as usize])),
                        None => {
                            reach.push(*node);
                            stack.pop();
                        }
                    }
                }
            };
            for &row in rows {
                visit(place[row as usize]);
            }
            visit(new as u32);
            for (&row, &value) in rows.iter().zip(values) {
                work[place[row as usize] as usize] = -value * balance[row as usize] / balance[old];
            }
            work[new] = 1.0;
            column.clear();
            for &k in reach.iter().rev() {
                let factor = work[k as usize];
                work[k as usize] = 0.0;
                if factor == 0.0 {
                    continue;
                }
                column.push((k, factor));
                let range = l.start[k as usize] as usize..l.start[k as usize + 1] as usize;
                for (&row, &value) in l.index[range.clone()].iter().zip(&l.value[range]) {
                    work[row as usize] -= factor * value;
                }
            }
            upper.push(column.iter().copied());
            if new >= head {
                for &row in &pattern {
                    dense[(row as usize - head) * tail + new - head] = work[row as usize];
                    work[row as usize] = 0.0;
                }
                continue;
            }
            let pivot = work[new];
            let mut largest = 0.0f64;
            for &row in &pattern {
                largest = largest.max(work[row as usize].abs());
            }
            if strict && !(pivot.abs() >= THRESHOLD * largest && pivot.is_finite() && pivot != 0.0) {
                refused.push(order[new]);
                if refused.len() >= 64 {
                    return Err(Failure::Refused(refused));
                }
            }
            let pivot = if pivot == 0.0 { f64::MIN_POSITIVE } else { pivot };
            column.clear();
            for &row in &pattern {
                let value = work[row as usize];
                work[row as usize] = 0.0;
                if row as usize != new && value != 0.0 {
                    column.push((row, value / pivot));
                }
            }
            lower.push(column.iter().copied());
            pivots.push(pivot);
        }
        if !refused.is_empty() {
            return Err(Failure::Refused(refused));
        }
        if u32::try_from(lower.view().index.len()).is_err() || u32::try_from(upper.view().index.len()).is_err() {
            return Err(Failure::No(NoFactor::TooLarge));
        }
        let end = match mode {
            #[cfg(feature = "direct")]
            Mode::Fast if tail > 64 => super::fast::Fast::new(tail, &dense).map(End::Fast),
            _ => Dense::new(tail, dense).map(End::Own),
        };
        let end = end.map_err(|at| Failure::No(NoFactor::Singular(order[head + at.0 as usize])))?;
        Ok(Self { order, head, balance: balance.to_vec(), lower: lower.done(), upper: upper.done(), pivots, end })
    }

    /// How large the dense end is.
    pub fn tail(&self) -> usize {
        self.order.len() - self.head
    }

    /// Entries of L and U.
    pub fn entries(&self) -> usize {
        self.lower.entries() + self.upper.entries() + self.head + self.tail() * self.tail()
    }

    /// Solves `(1 − F) x = b`, or with `adjoint` `(1 − Fᵀ) x = b`.
    pub fn solve<const L: usize>(&self, adjoint: bool, b: &[[f64; L]]) -> Vec<[f64; L]> {
        let scaled = |value: [f64; L], factor: f64| value.map(|lane| lane * factor);
        let mut x: Vec<[f64; L]> = self
            .order
            .iter()
            .map(|&old| {
                let t = self.balance[old as usize];
                scaled(b[old as usize], if adjoint { 1.0 / t } else { t })
            })
            .collect();
        let (head, size) = (self.head, x.len());
        if adjoint {
            for k in 0..size {
                let (rows, values) = self.upper.column(k);
                let mut sum = x[k];
                for (&row, &value) in rows.iter().zip(values) {
                    let other = &x[row as usize];
                    for lane in 0..L {
                        sum[lane] -= value * other[lane];
                    }
                }
                x[k] = if k < head { sum.map(|lane| lane / self.pivots[k]) } else { sum };
            }
            self.end_solve(true, &mut x[head..]);
            for k in (0..head).rev() {
                let (rows, values) = self.lower.column(k);
                let mut sum = x[k];
                for (&row, &value) in rows.iter().zip(values) {
                    let other = &x[row as usize];
                    for lane in 0..L {
                        sum[lane] -= value * other[lane];
                    }
                }
                x[k] = sum;
            }
        } else {
            for k in 0..head {
                let factor = x[k];
                let (rows, values) = self.lower.column(k);
                for (&row, &value) in rows.iter().zip(values) {
                    let other = &mut x[row as usize];
                    for lane in 0..L {
                        other[lane] -= value * factor[lane];
                    }
                }
            }
            self.end_solve(false, &mut x[head..]);
            for k in (0..size).rev() {
                if k < head {
                    x[k] = x[k].map(|lane| lane / self.pivots[k]);
                }
                let factor = x[k];
                let (rows, values) = self.upper.column(k);
                for (&row, &value) in rows.iter().zip(values) {
                    let other = &mut x[row as usize];
                    for lane in 0..L {
                        other[lane] -= value * factor[lane];
                    }
                }
            }
        }
        let mut result = vec![[0.0; L]; size];
        for (value, &old) in x.into_iter().zip(&self.order) {
            let t = self.balance[old as usize];
            result[old as usize] = scaled(value, if adjoint { t } else { 1.0 / t });
        }
        result
    }

    fn end_solve<const L: usize>(&self, adjoint: bool, x: &mut [[f64; L]]) {
        match (&self.end, adjoint) {
            (End::Own(dense), false) => dense.solve(x),
            (End::Own(dense), true) => dense.solve_transposed(x),
            #[cfg(feature = "direct")]
            (End::Fast(fast), _) => fast.solve(adjoint, x),
        }
    }
}

enum Failure {
    /// These unknowns were no good pivots.
    Refused(Vec<u32>),
    No(NoFactor),
}

/// The elimination order and how long the sparse head is.
fn order(f: &Compact, rows: &Compact, refused: &[bool]) -> (Vec<u32>, usize) {
    let size = f.size();
    let words = size.div_ceil(64);
    let fill = |m: &Compact| {
        let mut bits = vec![0u64; size * words];
        for column in 0..size {
            for &row in m.column(column).0 {
                bits[column * words + row as usize / 64] |= 1 << (row % 64);
            }
        }
        bits
    };
    // Bits of the rows of every column, and of the columns of every row; the diagonal stays out.
    let mut down = fill(f);
    let mut across = fill(rows);
    let count = |bits: &[u64]| bits.iter().fold(0u32, |sum, word| sum + word.count_ones());
    let mut tall: Vec<u32> = (0..size).map(|at| count(&down[at * words..(at + 1) * words])).collect();
    let mut wide: Vec<u32> = (0..size).map(|at| count(&across[at * words..(at + 1) * words])).collect();
    let mut active: Vec<u32> = (0..size as u32).filter(|&unknown| !refused[unknown as usize]).collect();
    let mut order = Vec::with_capacity(size);
    let (mut rows_of, mut columns_of): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let list = |bits: &[u64], out: &mut Vec<u32>| {
        out.clear();
        for (at, &word) in bits.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                out.push(at as u32 * 64 + word.trailing_zeros());
                word &= word - 1;
            }
        }
    };
    let mut row_bits = vec![0u64; words];
    while !active.is_empty() {
        let cost = |unknown: u32| u64::from(tall[unknown as usize]) * u64::from(wide[unknown as usize]);
        let Some((at, least)) =
            active.iter().enumerate().map(|(at, &unknown)| (at, cost(unknown))).min_by_key(|pair| pair.1)
        else {
            break;
        };
        // Where the cheapest step touches more than this share of what is left, the dense end is cheaper.
        let left = (size - order.len()) as u64;
        if least * END_SHARE > left * left {
            break;
        }
        let pivot = active.remove(at) as usize;
        order.push(pivot as u32);
        list(&down[pivot * words..(pivot + 1) * words], &mut rows_of);
        list(&across[pivot * words..(pivot + 1) * words], &mut columns_of);
        row_bits.copy_from_slice(&across[pivot * words..(pivot + 1) * words]);
        let (word, bit) = (pivot / 64, 1u64 << (pivot % 64));
        for &row in &rows_of {
            let bits = &mut across[row as usize * words..(row as usize + 1) * words];
            let mut ones = 0;
            for (target, source) in bits.iter_mut().zip(&row_bits) {
                *target |= source;
            }
            bits[word] &= !bit;
            bits[row as usize / 64] &= !(1 << (row % 64));
            for target in bits.iter() {
                ones += target.count_ones();
            }
            wide[row as usize] = ones;
        }
        row_bits.copy_from_slice(&down[pivot * words..(pivot + 1) * words]);
        for &column in &columns_of {
            let bits = &mut down[column as usize * words..(column as usize + 1) * words];
            let mut ones = 0;
            for (target, source) in bits.iter_mut().zip(&row_bits) {
                *target |= source;
            }
            bits[word] &= !bit;
            bits[column as usize / 64] &= !(1 << (column % 64));
            for target in bits.iter() {
                ones += target.count_ones();
            }
            tall[column as usize] = ones;
        }
    }
    let head = order.len();
    order.extend(active);
    order.extend((0..size as u32).filter(|&unknown| refused[unknown as usize]));
    (order, head)
}

/// One part in so many of the square of what is left.
const END_SHARE: u64 = 24;

/// Powers of two that bring rows and columns of every unknown to one size.
pub(super) fn balance(f: &Compact, rows: &Compact) -> Vec<f64> {
    let size = f.size();
    // Powers of two, so their inverses are exact.
    let mut t = vec![1.0f64; size];
    let mut inverse = vec![1.0f64; size];
    for _ in 0..4 {
        for unknown in 0..size {
            let sum = |m: &Compact, sizes: &[f64]| {
                let (others, values) = m.column(unknown);
                others
                    .iter()
                    .zip(values)
                    .fold(0.0, |sum: f64, (&other, value)| sum + value.abs() * sizes[other as usize])
            };
            let (column, row) = (sum(f, &t), sum(rows, &inverse));
            // t_u makes row and column sums meet: t_u · row = column ÷ t_u.
            if column > 0.0 && row > 0.0 {
                let power = power_of_two((column / row).sqrt());
                if power.is_finite() && power > 1e-200 && power < 1e200 {
                    t[unknown] = power;
                    inverse[unknown] = 1.0 / power;
                }
            }
        }
    }
    t
}

/// The largest power of two that is not above a positive number.
fn power_of_two(value: f64) -> f64 {
    f64::from_bits(value.to_bits() & 0x7ff0_0000_0000_0000)
}
