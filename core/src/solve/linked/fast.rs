//! The dense end by faer's kernels, for [`Mode::Fast`](super::Mode): they block and fuse as the machine likes best.

use super::dense::NoPivot;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::lu::partial_pivoting::factor::{lu_in_place, lu_in_place_scratch};
use faer::linalg::lu::partial_pivoting::solve::{
    solve_in_place, solve_in_place_scratch, solve_transpose_in_place, solve_transpose_in_place_scratch,
};
use faer::{Mat, MatRef, Par};

/// The factors of a dense matrix.
#[derive(Debug)]
pub(super) struct Fast {
    factors: Mat<f64>,
    forward: Vec<u32>,
    inverse: Vec<u32>,
}

/// One thread: factors are made when first asked for, perhaps by several threads at once, and a thread that waits inside
/// must not be handed work that asks for the same factors. Never faer's global setting.
const ONE: Par = Par::Seq;

impl Fast {
    /// Factorises a row-major matrix.
    pub fn new(size: usize, a: &[f64]) -> Result<Self, NoPivot> {
        let mut factors = MatRef::from_row_major_slice(a, size, size).to_owned();
        let (mut forward, mut inverse) = (vec![0u32; size], vec![0u32; size]);
        let mut memory = MemBuffer::new(lu_in_place_scratch::<u32, f64>(size, size, ONE, Default::default()));
        lu_in_place(factors.as_mut(), &mut forward, &mut inverse, ONE, MemStack::new(&mut memory), Default::default());
        // faer returns infinities and NaN where there is no pivot.
        for k in 0..size {
            let pivot = factors[(k, k)];
            if !pivot.is_finite() || pivot == 0.0 {
                return Err(NoPivot(k as u32));
            }
        }
        Ok(Self { factors, forward, inverse })
    }

    /// Solves in place, with the matrix or its transpose.
    pub fn solve<const L: usize>(&self, transposed: bool, b: &mut [[f64; L]]) {
        let size = self.factors.nrows();
        let rows = faer::perm::PermRef::new_checked(&self.forward, &self.inverse, size);
        let mut right = Mat::from_fn(size, L, |row, lane| b[row][lane]);
        let (factors, par) = (self.factors.as_ref(), ONE);
        if transposed {
            let mut memory = MemBuffer::new(solve_transpose_in_place_scratch::<u32, f64>(size, L, par));
            solve_transpose_in_place(factors, factors, rows, right.as_mut(), par, MemStack::new(&mut memory));
        } else {
            let mut memory = MemBuffer::new(solve_in_place_scratch::<u32, f64>(size, L, par));
            solve_in_place(factors, factors, rows, right.as_mut(), par, MemStack::new(&mut memory));
        }
        for (row, lanes) in b.iter_mut().enumerate() {
            for (lane, value) in lanes.iter_mut().enumerate() {
                *value = right[(row, lane)];
            }
        }
    }
}
