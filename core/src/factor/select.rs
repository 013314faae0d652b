//! Which of several rows with the right name is used: kind first, then whether it is whole, then geography, then year.
//! The order is fixed and printed, never silent.

use super::{FactorIndex, FactorKind, Factors, Period};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Preference<'a> {
    /// The kinds that may be used at all.
    pub kinds: &'a [FactorKind],
    /// The place: ISO 3166-1 or -2 code.
    pub geography: &'a str,
    /// The year, where the product has a date.
    pub year: Option<u16>,
}

/// One candidate with the reasons for its rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The factor.
    pub index: FactorIndex,
    /// Step of the geography's fallback: 0 exact, 1 country of a subdivision, 2 region, 3 world, 4 elsewhere.
    pub geography_step: u8,
    /// Years between the wanted and the factor's period; `None` where either is not known.
    pub year_distance: Option<u16>,
}

/// The outcome of a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Usable candidates, best first.
    pub usable: Vec<Ranked>,
    /// Candidates whose kind is barred.
    pub barred: Vec<FactorIndex>,
    /// The fallback order that was walked, such as `CN-SX → CN → GLO → elsewhere`.
    pub order: String,
}

/// European countries that `RER` stands for.
const EUROPE: &[&str] = &[
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT",
    "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Countries that `RNA` stands for (Northern America of UN M49, without its islands).
const NORTH_AMERICA: &[&str] = &["CA", "US"];

/// Ranks candidates: what can be counted before a half without its other half, a figure of the material itself before a
/// declared proxy, then geography, then year; ties go to the newer period, then to the id.
pub fn select(factors: &Factors, candidates: &[FactorIndex], preference: &Preference) -> Choice {
    let mut choice = Choice { order: fallback_order(preference.geography), ..Choice::default() };
    for &index in candidates {
        let row = factors.head(index);
        if !preference.kinds.contains(&row.kind) {
            choice.barred.push(index);
            continue;
        }
        let year_distance = match (row.period, preference.year) {
            (Period::Years(from, to), Some(year)) => {
                Some(if year < from { from - year } else { year.saturating_sub(to) })
            }
            _ => None,
        };
        choice.usable.push(Ranked {
            index,
            geography_step: geography_step(row.geography, preference.geography),
            year_distance,
        });
    }
    let rank = |ranked: &Ranked| {
        let row = factors.head(ranked.index);
        let newest = match row.period {
            Period::Years(_, to) => to,
            Period::NotStated => 0,
        };
        let year_distance = ranked.year_distance.unwrap_or(u16::MAX);
        (row.lacks_its_half, row.proxy, ranked.geography_step, year_distance, std::cmp::Reverse(newest), row.id)
    };
    choice.usable.sort_by(|a, b| rank(a).cmp(&rank(b)));
    choice
}

/// How far a factor's geography is from the wanted one, in steps of the fallback.
pub fn geography_step(have: &str, want: &str) -> u8 {
    let country = |code: &str| code.split('-').next().unwrap_or("").to_string();
    if have == want {
        0
    } else if !have.contains('-') && have == country(want) {
        1
    } else if region(&country(want)) == Some(have) {
        2
    } else if have == "GLO" {
        3
    } else {
        4
    }
}

/// The region of a country that tables have rows of.
fn region(country: &str) -> Option<&'static str> {
    if EUROPE.contains(&country) {
        Some("RER")
    } else if NORTH_AMERICA.contains(&country) {
        Some("RNA")
    } else {
        None
    }
}

fn fallback_order(want: &str) -> String {
    let mut order = vec![want.to_string()];
    if let Some((country, _)) = want.split_once('-') {
        order.push(country.to_string());
    }
    order.extend(region(want.split('-').next().unwrap_or("")).map(str::to_string));
    if want != "GLO" {
        order.push("GLO".into());
    }
    order.push("elsewhere".into());
    order.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geography_falls_back_in_order() {
        let steps: Vec<u8> =
            ["CN-SX", "CN", "GLO", "GB", "CN-GD"].iter().map(|have| geography_step(have, "CN-SX")).collect();
        assert_eq!(steps, [0, 1, 3, 4, 4]);
        assert_eq!(
            (geography_step("RER", "DE"), geography_step("RNA", "US-CA"), geography_step("RNA", "CN")),
            (2, 2, 4)
        );
        assert_eq!(fallback_order("CN-SX"), "CN-SX → CN → GLO → elsewhere");
    }
}
