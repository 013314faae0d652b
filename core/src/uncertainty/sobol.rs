//! Scrambled Sobol' sequences: points that fill the unit cube more evenly than independent ones.

use super::draw::{Draws, ParameterId};

/// How many dimensions the table has.
pub const DIMENSIONS: usize = 32;

/// Bits of a point.
const BITS: usize = 32;

/// Degree and coefficients of the primitive polynomial, and the first direction numbers, of the dimensions from the second
/// on: S. Joe, F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30
/// (2008) 2635–2654, file `new-joe-kuo-6.21201` of the authors (BSD licence), its first 31 rows.
const JOE_KUO: [(usize, u32, [u32; 7]); DIMENSIONS - 1] = [
    (1, 0, [1, 0, 0, 0, 0, 0, 0]),
    (2, 1, [1, 3, 0, 0, 0, 0, 0]),
    (3, 1, [1, 3, 1, 0, 0, 0, 0]),
    (3, 2, [1, 1, 1, 0, 0, 0, 0]),
    (4, 1, [1, 1, 3, 3, 0, 0, 0]),
    (4, 4, [1, 3, 5, 13, 0, 0, 0]),
    (5, 2, [1, 1, 5, 5, 17, 0, 0]),
    (5, 4, [1, 1, 5, 5, 5, 0, 0]),
    (5, 7, [1, 1, 7, 11, 19, 0, 0]),
    (5, 11, [1, 1, 5, 1, 1, 0, 0]),
    (5, 13, [1, 1, 1, 3, 11, 0, 0]),
    (5, 14, [1, 3, 5, 5, 31, 0, 0]),
    (6, 1, [1, 3, 3, 9, 7, 49, 0]),
    (6, 13, [1, 1, 1, 15, 21, 21, 0]),
    (6, 16, [1, 3, 1, 13, 27, 49, 0]),
    (6, 19, [1, 1, 1, 15, 7, 5, 0]),
    (6, 22, [1, 3, 1, 15, 13, 25, 0]),
    (6, 25, [1, 1, 5, 5, 19, 61, 0]),
    (7, 1, [1, 3, 7, 11, 23, 15, 103]),
    (7, 4, [1, 3, 7, 13, 13, 15, 69]),
    (7, 7, [1, 1, 3, 13, 7, 35, 63]),
    (7, 8, [1, 3, 5, 9, 1, 25, 53]),
    (7, 14, [1, 3, 1, 13, 9, 35, 107]),
    (7, 19, [1, 3, 1, 5, 27, 61, 31]),
    (7, 21, [1, 1, 5, 11, 19, 41, 61]),
    (7, 28, [1, 3, 5, 3, 3, 13, 69]),
    (7, 31, [1, 1, 7, 13, 1, 19, 1]),
    (7, 32, [1, 3, 7, 5, 13, 19, 59]),
    (7, 37, [1, 1, 3, 9, 25, 29, 41]),
    (7, 41, [1, 3, 5, 13, 23, 1, 55]),
    (7, 42, [1, 3, 7, 3, 13, 59, 17]),
];

/// The direction numbers of a dimension (P. Bratley, B. Fox, "Algorithm 659", ACM TOMS 14 (1988) 88–100).
fn directions(dimension: usize) -> [u32; BITS] {
    let mut v = [0u32; BITS];
    let Some(&(degree, coefficients, first)) = dimension.checked_sub(1).and_then(|at| JOE_KUO.get(at)) else {
        for (bit, v) in v.iter_mut().enumerate() {
            *v = 1 << (31 - bit);
        }
        return v;
    };
    for bit in 0..BITS {
        v[bit] = if bit < degree {
            first[bit] << (31 - bit)
        } else {
            let mut next = v[bit - degree] ^ v[bit - degree] >> degree;
            for k in 1..degree {
                if coefficients >> (degree - 1 - k) & 1 == 1 {
                    next ^= v[bit - k];
                }
            }
            next
        };
    }
    v
}

/// One dimension, scrambled by a random lower triangular matrix of bits and a random shift (J. Matoušek, "On the
/// L2-discrepancy for anchored boxes", J. Complexity 14 (1998) 527–556): the points stay as even, each is uniform, and the
/// scrambling goes by the seed and the parameter alone.
#[derive(Clone, Debug)]
pub struct Scrambled {
    directions: [u32; BITS],
    shift: u32,
}

impl Scrambled {
    /// The sequence of a parameter in a dimension.
    pub fn new(draws: &Draws, id: ParameterId, dimension: usize) -> Self {
        let mut words = [0; BITS + 1];
        // Far from the samples, and from the order of a Latin hypercube.
        draws.words(id, 1 << 61, &mut words);
        let mut rows = [0u32; BITS];
        for (bit, (row, word)) in rows.iter_mut().zip(&words).enumerate() {
            let own = 1u32 << (31 - bit);
            let above = !(own | (own - 1));
            *row = (*word as u32 & above) | own;
        }
        let mut directions = directions(dimension);
        for direction in &mut directions {
            let mut out = 0;
            for row in rows {
                out = out << 1 | (*direction & row).count_ones() & 1;
            }
            *direction = out;
        }
        Self { directions, shift: words[BITS] as u32 }
    }

    /// The point of a sample, in (0, 1).
    pub fn point(&self, sample: u32) -> f64 {
        const PART: f64 = 1.0 / (1u64 << 32) as f64;
        let (mut point, mut left) = (self.shift, sample);
        while left != 0 {
            point ^= self.directions[left.trailing_zeros() as usize];
            left &= left - 1;
        }
        (f64::from(point) + 0.5) * PART
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(dimension: usize) -> Scrambled {
        Scrambled { directions: directions(dimension), shift: 0 }
    }

    #[test]
    fn the_first_points_are_those_of_joe_and_kuo() {
        // The authors' first ten points in three dimensions, which they list in the order of Gray's code.
        let listed = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        for (at, point) in listed.iter().enumerate() {
            let sample = at as u32 ^ (at as u32 >> 1);
            for (dimension, expected) in point.iter().enumerate() {
                assert!((plain(dimension).point(sample) - expected).abs() < 1e-9, "{at} {dimension}");
            }
        }
    }

    #[test]
    fn every_dimension_has_a_point_in_every_part() {
        let draws = Draws::new(5);
        for dimension in 0..DIMENSIONS {
            for sequence in [plain(dimension), Scrambled::new(&draws, ParameterId(9), dimension)] {
                let mut parts: Vec<u32> = (0..256).map(|sample| (sequence.point(sample) * 256.0) as u32).collect();
                parts.sort_unstable();
                assert_eq!(parts, (0..256).collect::<Vec<_>>(), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn two_dimensions_together_fill_every_square() {
        // The first two dimensions are a (0, m, 2)-net in base 2, and scrambling keeps it one.
        let draws = Draws::new(11);
        let first = Scrambled::new(&draws, ParameterId(1), 0);
        let second = Scrambled::new(&draws, ParameterId(2), 1);
        let mut squares: Vec<u32> =
            (0..256).map(|at| (first.point(at) * 16.0) as u32 * 16 + (second.point(at) * 16.0) as u32).collect();
        squares.sort_unstable();
        assert_eq!(squares, (0..256).collect::<Vec<_>>());
    }
}
