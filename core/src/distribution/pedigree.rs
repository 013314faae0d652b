//! Pedigree scores to a geometric standard deviation, by a table that has a name. The tables differ by more than half of
//! the spread for the same scores, so a result says which one was used.

use super::Fault;
use crate::math::functions::{exp, log};

/// A table of uncertainty factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pedigree {
    /// The factors of the ecoinvent database: R. Frischknecht et al., "The ecoinvent Database: Overview and Methodological
    /// Framework", Int J LCA 10 (2005) 3–9, as openLCA carries them.
    Ecoinvent,
    /// The factors found by measurement: A. Ciroth, S. Muller, B. Weidema, P. Lesage, "Empirically based uncertainty factors
    /// for the pedigree matrix in ecoinvent", Int J LCA 21 (2016) 1338–1348, doi:10.1007/s11367-013-0670-5. Scores for
    /// which it gives no factor have that of the score before, as the Activity Browser reads it.
    Ciroth2016,
}

/// Reliability, completeness, temporal, geographical and further technological correlation, by score; as GSD².
const ECOINVENT: [[f64; 5]; 5] = [
    [1.0, 1.05, 1.1, 1.2, 1.5],
    [1.0, 1.02, 1.05, 1.1, 1.2],
    [1.0, 1.03, 1.1, 1.2, 1.5],
    [1.0, 1.01, 1.02, 1.05, 1.1],
    [1.0, 1.05, 1.2, 1.5, 2.0],
];

const CIROTH_2016: [[f64; 5]; 5] = [
    [1.0, 1.54, 1.61, 1.69, 1.69],
    [1.0, 1.03, 1.04, 1.08, 1.08],
    [1.0, 1.03, 1.1, 1.19, 1.29],
    [1.0, 1.04, 1.08, 1.11, 1.11],
    [1.0, 1.18, 1.65, 2.08, 2.8],
];

impl Pedigree {
    /// All tables.
    pub const ALL: [Pedigree; 2] = [Self::Ecoinvent, Self::Ciroth2016];

    /// Its name in documents and results.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ecoinvent => "ecoinvent",
            Self::Ciroth2016 => "ciroth-2016",
        }
    }

    /// The table of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.id() == name.trim().to_ascii_lowercase())
    }

    /// The geometric standard deviation of scores and a basic uncertainty, both factors as GSD²:
    /// GSD² = exp √(ln² basic + Σ ln² factor). All scores 1 give the basic uncertainty itself.
    ///
    /// # Errors
    /// [`Fault::Pedigree`] for scores other than 1 to 5 or a basic uncertainty below 1.
    pub fn gsd(self, scores: [u8; 5], basic_squared: f64) -> Result<f64, Fault> {
        if !(1.0..=1e6).contains(&basic_squared) {
            return Err(Fault::Pedigree(format!("{scores:?}, basic {basic_squared}")));
        }
        let factors = match self {
            Self::Ecoinvent => &ECOINVENT,
            Self::Ciroth2016 => &CIROTH_2016,
        };
        let mut sum = log(basic_squared) * log(basic_squared);
        for (factors, score) in factors.iter().zip(scores) {
            let factor = usize::from(score).checked_sub(1).and_then(|at| factors.get(at));
            let spread = log(*factor.ok_or_else(|| Fault::Pedigree(format!("{scores:?}")))?);
            sum += spread * spread;
        }
        Ok(exp(0.5 * sum.sqrt()))
    }

    /// Five scores as sources write them: `(2;4;1;3;4)`, `2,4,1,3,4`. Further numbers (a sixth score of old tables) are
    /// not read.
    ///
    /// # Errors
    /// [`Fault::Pedigree`] where there are no five.
    pub fn scores(text: &str) -> Result<[u8; 5], Fault> {
        let wrong = || Fault::Pedigree(text.to_string());
        let mut scores = [0; 5];
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        for score in &mut scores {
            let number = numbers.next().and_then(|part| part.parse().ok());
            *score = number.filter(|score| (1..=5).contains(score)).ok_or_else(wrong)?;
        }
        Ok(scores)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_give_what_their_publishers_compute() {
        let squared = |table: Pedigree, scores, basic| {
            let gsd: f64 = table.gsd(scores, basic).unwrap();
            gsd * gsd
        };
        // openLCA's and the Activity Browser's results for the same scores.
        assert!((squared(Pedigree::Ecoinvent, [2, 4, 1, 3, 4], 1.05) - 1.526_011).abs() < 1e-6);
        assert!((squared(Pedigree::Ecoinvent, [1; 5], 1.05) - 1.05).abs() < 1e-12);
        assert!((squared(Pedigree::Ecoinvent, [5; 5], 1.05) - 2.519_602).abs() < 1e-6);
        assert!((squared(Pedigree::Ciroth2016, [2, 4, 1, 3, 4], 1.05) - 2.359_623).abs() < 1e-6);
    }

    #[test]
    fn scores_are_read_as_they_are_written_and_refused_beyond_five() {
        assert_eq!(Pedigree::scores("(2;4;1;3;4)").unwrap(), [2, 4, 1, 3, 4]);
        assert_eq!(Pedigree::scores("2,4,1,3,4").unwrap(), [2, 4, 1, 3, 4]);
        for text in ["", "(2;4;1;3)", "(2;4;1;3;6)", "(0;4;1;3;5)", "(n.a.;4;1;3;4)"] {
            assert!(matches!(Pedigree::scores(text), Err(Fault::Pedigree(_))), "{text}");
        }
        assert!(Pedigree::Ecoinvent.gsd([1; 5], 0.9).is_err());
        assert!(Pedigree::Ecoinvent.gsd([1, 2, 3, 4, 6], 1.05).is_err());
        assert!(Pedigree::Ecoinvent.gsd([1; 5], f64::NAN).is_err());
    }
}
