//! A split by gas against the CO2e that its source prints beside it. Both are rounded by the source, so they agree within
//! half a unit of the last digit of every figure; where they do not, another report may explain it.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::FactorRow;
use crate::impact::{Characterisation, GwpSets, UNSPLIT};
use crate::math::{Finite, plain, significant};

/// The sum of a row's gases under a set, and how far off it may be by the rounding of the printed figures.
struct SumOfGases {
    sum: f64,
    tolerance: f64,
}

/// What is wrong with a row's split; nothing where the source prints no CO2e beside it.
pub(super) fn check(row: &FactorRow, sets: &GwpSets) -> Option<Diagnostic> {
    let published = row.published.as_ref().filter(|_| !row.emissions.is_empty())?;
    let fits = |set: &&Characterisation| fits(row, published.co2e, set, sets);
    let finding = |entry| {
        Diagnostic::new(entry)
            .with("id", &row.id)
            .with("set", &published.gwp)
            .with("published", plain(published.co2e.get()))
    };
    let Some(stated) = sets.find(&published.gwp) else {
        // A source that names no set must at least agree with one.
        let silent = published.gwp == "not stated" && !sets.iter().any(|set| fits(&set));
        return silent.then(|| finding(&catalogue::F402).with("sum", "–").with("tolerance", "–"));
    };
    if fits(&stated) {
        return None;
    }
    let others: Vec<&str> = sets.iter().filter(fits).map(Characterisation::id).collect();
    let sum = sum(row, stated, sets)?;
    let (entry, others) =
        if others.is_empty() { (&catalogue::F402, String::new()) } else { (&catalogue::F403, others.join(", ")) };
    let tolerance = sum.tolerance + half_unit(published.co2e);
    Some(
        finding(entry)
            .with("sum", plain(crate::math::twelve_digits(sum.sum)))
            .with("tolerance", significant(tolerance, 2))
            .with("fits", others),
    )
}

/// Whether the gases sum to a figure under a set.
fn fits(row: &FactorRow, co2e: Finite, set: &Characterisation, sets: &GwpSets) -> bool {
    // A gas that the set does not know makes no sum; that gap has a rule of its own.
    let Some(SumOfGases { sum, tolerance }) = sum(row, set, sets) else { return false };
    let rounding = tolerance + half_unit(co2e);
    // Decimals are not exact as doubles: a figure that is off by just the rounding is not off.
    (sum - co2e.get()).abs() <= rounding + 1e-12 * co2e.get().abs()
}

/// The gases of a row under a set. A gas that the source gives in CO2e goes through its mass where the sets differ.
fn sum(row: &FactorRow, set: &Characterisation, sets: &GwpSets) -> Option<SumOfGases> {
    let own = row.gwp.as_deref().and_then(|name| sets.find(name));
    let (mut sum, mut tolerance) = (0.0, 0.0);
    for emission in &row.emissions {
        if let (UNSPLIT, Some(rest)) = (emission.gas.as_str(), emission.co2e) {
            sum += rest.get();
            tolerance += half_unit(rest);
            continue;
        }
        let gwp = |set: &Characterisation| set.factor_or_fossil(&emission.gas, emission.kind).map(|factor| factor.gwp);
        let (figure, weight) = match (emission.kg, emission.co2e) {
            (Some(kg), _) => (kg, gwp(set)?),
            (None, Some(co2e)) => match own {
                Some(own) if own.id() == set.id() => (co2e, 1.0),
                Some(own) => (co2e, gwp(set)? / gwp(own).filter(|own| *own != 0.0)?),
                None => return None,
            },
            (None, None) => continue,
        };
        sum += figure.get() * weight;
        tolerance += half_unit(figure) * weight.abs();
    }
    Some(SumOfGases { sum, tolerance })
}

/// Half a unit of the last digit of a printed figure. Zeros at its end are not kept, so the figure may have been printed
/// with more digits: the allowance is never too small.
fn half_unit(figure: Finite) -> f64 {
    let text = plain(figure.get());
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    0.5 * crate::math::power_of_ten(-(decimals as i32))
}
