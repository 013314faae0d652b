//! Dense LU with partial pivoting, in blocks, in a fixed order of operations without fused ones.
//!
//! It answers for small components, and for the dense end of the factorisation of large ones.

/// The factors of a square matrix.
#[derive(Clone, Debug)]
pub(super) struct Dense {
    size: usize,
    /// Row-major: L below the diagonal (its diagonal is one), U from the diagonal on.
    factors: Vec<f64>,
    /// Row of the matrix that stands at each place.
    rows: Vec<u32>,
}

/// No pivot that is a number above zero: the column, in the order given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoPivot(pub u32);

/// Columns that are eliminated before the rest is updated.
const BLOCK: usize = 48;

impl Dense {
    /// Factorises a row-major matrix.
    pub fn new(size: usize, mut a: Vec<f64>) -> Result<Self, NoPivot> {
        let mut rows: Vec<u32> = (0..size as u32).collect();
        let mut panel: Vec<f64> = Vec::new();
        for from in (0..size).step_by(BLOCK) {
            let to = (from + BLOCK).min(size);
            for k in from..to {
                let mut pivot = k;
                let mut largest = a[k * size + k].abs();
                for row in k + 1..size {
                    let value = a[row * size + k].abs();
                    if value > largest {
                        (pivot, largest) = (row, value);
                    }
                }
                if !(largest > 0.0 && largest.is_finite()) {
                    return Err(NoPivot(k as u32));
                }
                if pivot != k {
                    rows.swap(pivot, k);
                    let (above, below) = a.split_at_mut(pivot * size);
                    above[k * size..(k + 1) * size].swap_with_slice(&mut below[..size]);
                }
                let (above, below) = a.split_at_mut((k + 1) * size);
                let top = &above[k * size..(k + 1) * size];
                for row in below.chunks_exact_mut(size) {
                    if row[k] != 0.0 {
                        let factor = row[k] / top[k];
                        row[k] = factor;
                        for (value, above) in row[k + 1..to].iter_mut().zip(&top[k + 1..to]) {
                            *value -= factor * above;
                        }
                    }
                }
            }
            if to == size {
                break;
            }
            // The rows of the block, right of it.
            for k in from + 1..to {
                let (above, below) = a.split_at_mut(k * size);
                let row = &mut below[..size];
                for i in from..k {
                    let factor = row[i];
                    if factor != 0.0 {
                        let top = &above[i * size + to..(i + 1) * size];
                        for (value, above) in row[to..].iter_mut().zip(top) {
                            *value -= factor * above;
                        }
                    }
                }
            }
            trailing(&mut a, size, from, to, &mut panel);
        }
        Ok(Self { size, factors: a, rows })
    }

    /// Solves `A x = b` in place.
    pub fn solve<const L: usize>(&self, b: &mut [[f64; L]]) {
        let size = self.size;
        let given: Vec<[f64; L]> = self.rows.iter().map(|&row| b[row as usize]).collect();
        b.copy_from_slice(&given);
        for k in 0..size {
            let (done, rest) = b.split_at_mut(k);
            subtract(&mut rest[0], &self.factors[k * size..k * size + k], done);
        }
        for k in (0..size).rev() {
            let (head, done) = b.split_at_mut(k + 1);
            subtract(&mut head[k], &self.factors[k * size + k + 1..(k + 1) * size], done);
            let pivot = self.factors[k * size + k];
            head[k].iter_mut().for_each(|lane| *lane /= pivot);
        }
    }

    /// Solves `Aᵀ x = b` in place.
    pub fn solve_transposed<const L: usize>(&self, b: &mut [[f64; L]]) {
        let size = self.size;
        for k in 0..size {
            let pivot = self.factors[k * size + k];
            b[k].iter_mut().for_each(|lane| *lane /= pivot);
            let (done, rest) = b.split_at_mut(k + 1);
            spread(rest, &self.factors[k * size + k + 1..(k + 1) * size], &done[k]);
        }
        for k in (0..size).rev() {
            let (rest, done) = b.split_at_mut(k);
            spread(rest, &self.factors[k * size..k * size + k], &done[0]);
        }
        let solved = b.to_vec();
        for (value, &row) in solved.into_iter().zip(&self.rows) {
            b[row as usize] = value;
        }
    }
}

fn subtract<const L: usize>(sum: &mut [f64; L], factors: &[f64], terms: &[[f64; L]]) {
    for (&factor, term) in factors.iter().zip(terms) {
        for lane in 0..L {
            sum[lane] -= factor * term[lane];
        }
    }
}

fn spread<const L: usize>(targets: &mut [[f64; L]], factors: &[f64], term: &[f64; L]) {
    for (target, &factor) in targets.iter_mut().zip(factors) {
        for lane in 0..L {
            target[lane] -= factor * term[lane];
        }
    }
}

/// The rows below the block, right of it: minus the product of what was just found, in tiles that stay in registers.
fn trailing(a: &mut [f64], size: usize, from: usize, to: usize, panel: &mut Vec<f64>) {
    const TALL: usize = 4;
    const WIDE: usize = 4;
    let width = size - to;
    let depth = to - from;
    let (above, below) = a.split_at_mut(to * size);
    // The block's rows, packed by strips of columns.
    let strips = width.div_ceil(WIDE);
    panel.clear();
    panel.resize(strips * depth * WIDE, 0.0);
    for k in 0..depth {
        let row = &above[(from + k) * size + to..(from + k + 1) * size];
        for (column, &value) in row.iter().enumerate() {
            panel[(column / WIDE) * depth * WIDE + k * WIDE + column % WIDE] = value;
        }
    }
    let mut left = vec![[0.0f64; TALL]; depth];
    for group in below.chunks_mut(TALL * size) {
        let tall = group.len() / size;
        for (k, factors) in left.iter_mut().enumerate() {
            *factors = [0.0; TALL];
            for (row, factor) in factors.iter_mut().enumerate().take(tall) {
                *factor = group[row * size + from + k];
            }
        }
        for (strip, block) in panel.chunks_exact(depth * WIDE).enumerate() {
            let mut sum = [[0.0f64; WIDE]; TALL];
            for (factors, right) in left.iter().zip(block.as_chunks::<WIDE>().0) {
                for row in 0..TALL {
                    for column in 0..WIDE {
                        sum[row][column] += factors[row] * right[column];
                    }
                }
            }
            let start = to + strip * WIDE;
            let wide = WIDE.min(size - start);
            for (row, sum) in sum.iter().enumerate().take(tall) {
                let target = &mut group[row * size + start..row * size + start + wide];
                for (value, sum) in target.iter_mut().zip(sum) {
                    *value -= sum;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(size: usize) -> Vec<f64> {
        let mut state = 7u64;
        (0..size * size)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
            })
            .collect()
    }

    #[test]
    fn blocks_solve_both_ways() {
        for size in [1, 2, 5, 47, 48, 49, 131] {
            let a = matrix(size);
            let lu = Dense::new(size, a.clone()).unwrap();
            let x: Vec<f64> = (0..size).map(|at| 1.0 + at as f64).collect();
            let dot = |row: usize, transposed: bool| -> f64 {
                (0..size).map(|k| x[k] * if transposed { a[k * size + row] } else { a[row * size + k] }).sum()
            };
            for transposed in [false, true] {
                let mut b: Vec<[f64; 2]> = (0..size).map(|row| [dot(row, transposed), 0.0]).collect();
                if transposed {
                    lu.solve_transposed(&mut b)
                } else {
                    lu.solve(&mut b)
                }
                for (got, want) in b.iter().zip(&x) {
                    assert!((got[0] - want).abs() < 1e-8 * size as f64 && got[1] == 0.0, "{size} {got:?} {want}");
                }
            }
        }
    }

    #[test]
    fn zero_on_the_diagonal_and_singular() {
        let mut b = [[1000.0], [50.0]];
        Dense::new(2, vec![0.0, 10.0, 5.0, 0.0]).unwrap().solve(&mut b);
        assert_eq!(b, [[10.0], [100.0]]);
        assert_eq!(Dense::new(2, vec![1.0, 2.0, 2.0, 4.0]).unwrap_err(), NoPivot(1));
        assert!(Dense::new(1, vec![f64::NAN]).is_err());
    }
}
