//! The standard normal distribution: its quantile by M. J. Wichura, "Algorithm AS 241: The Percentage Points of the
//! Normal Distribution", Applied Statistics 37 (1988) 477–484, and a table of it for samplers.

use super::functions::{erfc, exp, log};

/// |p − ½| ≤ 0.425, in 0.180625 − (p − ½)²: numerator and denominator, highest power first.
const CENTRE: [[f64; 8]; 2] = [
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_854,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
];
/// The tails in r − 1.6 with r = √(−ln p), for r ≤ 5.
const TAIL: [[f64; 8]; 2] = [
    [
        0.000_774_545_014_278_341_4,
        0.022_723_844_989_269_184,
        0.241_780_725_177_450_6,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        0.000_547_593_808_499_534_5,
        0.015_198_666_563_616_457,
        0.148_103_976_427_480_08,
        0.689_767_334_985_1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];
/// The far tails, in r − 5.
const FAR: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        0.001_242_660_947_388_078_4,
        0.026_532_189_526_576_124,
        0.296_560_571_828_504_87,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_7e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        0.000_786_869_131_145_613_3,
        0.014_875_361_290_850_615,
        0.136_929_880_922_735_8,
        0.599_832_206_555_888,
        1.0,
    ],
];

/// A polynomial by Horner.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

fn ratio(coefficients: &[[f64; 8]; 2], x: f64) -> f64 {
    polynomial(&coefficients[0], x) / polynomial(&coefficients[1], x)
}

/// Φ⁻¹(p) to 16 digits; −∞ and ∞ at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&CENTRE, 0.180_625 - q * q);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = (-log(tail)).sqrt();
    let z = if r <= 5.0 { ratio(&TAIL, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// Φ(z).
pub fn normal_probability(z: f64) -> f64 {
    0.5 * erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// φ(z), the density.
pub fn normal_density(z: f64) -> f64 {
    const PER_ROOT_TWO_PI: f64 = 0.5 * std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;
    PER_ROOT_TWO_PI * exp(-0.5 * z * z)
}

/// Octaves of the smaller tail that the table covers: from 2⁻⁵⁴ to ½.
const OCTAVES: usize = 53;
/// Pieces per octave: the 6 first bits of the fraction name one.
const PIECES: usize = 64;
/// How far a double's bits are shifted to name its piece.
const SHIFT: u32 = 52 - 6;
/// The bits of the first piece, 2⁻⁵⁴.
const FIRST: u64 = (1023 - 54) << 6;

/// Φ⁻¹ as cubics that meet [`normal_quantile`] and its slope at 3392 points of the tail, within 10⁻⁹ of it everywhere: a
/// draw costs a look-up and three multiplications, and the digits are the same on every machine.
#[derive(Clone, Debug)]
pub struct NormalTable(Box<[[f64; 4]]>);

impl Default for NormalTable {
    fn default() -> Self {
        let at = |piece: usize| f64::from_bits((FIRST + piece as u64) << SHIFT);
        let cubics = (0..OCTAVES * PIECES).map(|piece| {
            let (low, high) = (at(piece), at(piece + 1));
            let width = high - low;
            let (from, to) = (-normal_quantile(low), -normal_quantile(high));
            let slope = |z: f64| -width / normal_density(z);
            let (first, last) = (slope(from), slope(to));
            let rise = to - from;
            [from, first, 3.0 * rise - 2.0 * first - last, first + last - 2.0 * rise]
        });
        // ½ itself stands at the end.
        Self(cubics.chain([[0.0; 4]]).collect())
    }
}

impl NormalTable {
    /// Φ⁻¹(p) for 2⁻⁵³ ≤ p ≤ 1 − 2⁻⁵³, within 10⁻⁹; p beyond is taken as those.
    #[inline]
    pub fn quantile(&self, p: f64) -> f64 {
        let mut eight = [p; 8];
        self.quantile_of_eight(&mut eight);
        eight[0]
    }

    /// The same of eight numbers at once, in steps that a compiler may take together.
    #[inline(always)]
    pub fn quantile_of_eight(&self, p: &mut [f64; 8]) {
        let (mut bits, mut part, mut z) = ([0u64; 8], [0.0; 8], [0.0; 8]);
        for lane in 0..8 {
            let mirrored = 1.0 - p[lane];
            let tail = if p[lane] > 0.5 { mirrored } else { p[lane] };
            bits[lane] = tail.to_bits();
            part[lane] = f64::from_bits((bits[lane] << 6) & 0x000f_ffff_ffff_ffff | 1.0_f64.to_bits()) - 1.0;
        }
        for lane in 0..8 {
            let piece = ((bits[lane] >> SHIFT).saturating_sub(FIRST) as usize).min(OCTAVES * PIECES);
            let [a, b, c, d] = self.0[piece];
            z[lane] = ((d * part[lane] + c) * part[lane] + b) * part[lane] + a;
        }
        for lane in 0..8 {
            p[lane] = if p[lane] > 0.5 { z[lane] } else { -z[lane] };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_points() {
        // Tables of the normal distribution, e.g. NIST/SEMATECH e-Handbook of Statistical Methods §1.3.6.7.1.
        for (p, z) in
            [(0.5, 0.0), (0.975, 1.959_963_984_540_054), (0.841_344_746_068_543, 1.0), (0.05, -1.644_853_626_951_472_7)]
        {
            assert!((normal_quantile(p) - z).abs() < 1e-14, "{p}");
        }
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert_eq!(NormalTable::default().quantile(0.5).abs(), 0.0);
    }

    proptest! {
        #[test]
        fn the_quantile_undoes_the_probability(z in -8.0f64..8.0) {
            let p = normal_probability(-z.abs());
            prop_assert!((normal_quantile(p) + z.abs()).abs() < 4e-15 * z.abs().max(1.0), "{z}");
        }

        #[test]
        fn the_table_is_within_a_thousand_millionth(exponent in 0.0f64..52.0, upper in any::<bool>()) {
            let table = NormalTable::default();
            let tail = 0.5 * exp(-exponent * std::f64::consts::LN_2);
            let p = if upper { 1.0 - tail } else { tail };
            let (exact, read) = (normal_quantile(p), table.quantile(p));
            prop_assert!((exact - read).abs() < 1e-9, "{p}: {exact} {read}");
        }
    }
}
