//! How a limit moves over the years: announced steps, held or joined by lines, a share less every year, or a ratchet that
//! follows the population; and what an asset bought today meets in its life (docs/threshold.md, 10).

use super::figure::Figure;
use super::plan::{Asset, Decline, Ratchet, Step, Trajectory};
use crate::math::Finite;
use jiff::civil::Date;
use serde::Serialize;

/// The most years of a path.
const YEARS: i32 = 500;

/// Why a path cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// A text is no date.
    NoDate(String),
    /// Two values from one day on.
    Twice(String),
    /// No way, or several, of moving the limit are given.
    NotOne,
    /// A number outside its range, by its field.
    Range(&'static str),
}

/// A path of limits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// The limit of every year, on its first of January, or on the first day of the path.
    pub years: Vec<PathYear>,
    /// Announced values: day, limit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub announced: Vec<(String, Figure)>,
    /// Whether values between announced ones are joined by lines.
    pub linear: bool,
    /// Largest share less from one year to the next.
    pub largest_step: Figure,
    /// Fewest days between an announcement and its day; null where no announcement is dated.
    pub shortest_lead_days: Option<i32>,
    /// Years in which the limit rises.
    pub rises: Vec<i32>,
    #[serde(skip)]
    steps: Vec<(Date, f64)>,
}

/// A year of a path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathYear {
    /// The year.
    pub year: i32,
    /// The limit.
    pub limit: Figure,
    /// What settled it.
    pub why: Why,
}

/// What settled the limit of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// An announced value.
    Announced,
    /// The line between two announced values.
    Between,
    /// A share less every year.
    Decline,
    /// The first year of a ratchet.
    Start,
    /// The population's quantile.
    Population,
    /// The population is further, but a step may not be larger.
    LargestStep,
    /// The floor.
    Floor,
    /// The population's quantile lies above the limit, which does not rise.
    Held,
}

impl Path {
    /// Draws a path. `quantile` gives the population's quantile of a year for a ratchet, where the plan gives none.
    ///
    /// # Errors
    /// What makes a path impossible.
    pub fn of(trajectory: &Trajectory, quantile: impl Fn(i32) -> f64) -> Result<Self, PathError> {
        let ways = usize::from(!trajectory.steps.is_empty())
            + usize::from(trajectory.decline.is_some())
            + usize::from(trajectory.ratchet.is_some());
        if ways != 1 {
            return Err(PathError::NotOne);
        }
        let mut path = match (&trajectory.decline, &trajectory.ratchet) {
            (Some(decline), _) => Self::plain(declining(decline)?),
            (_, Some(ratchet)) => Self::plain(ratcheting(ratchet, quantile)?),
            _ => Self::announced(&trajectory.steps, trajectory.linear)?,
        };
        let mut largest: f64 = 0.0;
        for pair in path.years.windows(2) {
            let (one, next) = (pair[0].limit.get(), pair[1].limit.get());
            largest = largest.max(1.0 - next / one);
            if next > one {
                path.rises.push(pair[1].year);
            }
        }
        path.largest_step = Figure(largest);
        Ok(path)
    }

    fn plain(years: Vec<PathYear>) -> Self {
        Self {
            years,
            announced: Vec::new(),
            linear: false,
            largest_step: Figure(0.0),
            shortest_lead_days: None,
            rises: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn announced(steps: &[Step], linear: bool) -> Result<Self, PathError> {
        let mut values: Vec<(Date, f64)> = Vec::new();
        let mut lead: Option<i32> = None;
        for step in steps {
            let from = date(&step.from)?;
            if step.value.get() <= 0.0 {
                return Err(PathError::Range("trajectory.steps.value"));
            }
            if let Some(announced) = &step.announced {
                let days = days(date(announced)?, from);
                lead = Some(lead.map_or(days, |known| known.min(days)));
            }
            values.push((from, step.value.get()));
        }
        values.sort_by_key(|value| value.0);
        if let Some(pair) = values.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(PathError::Twice(pair[0].0.to_string()));
        }
        let (Some(first), Some(last)) = (values.first().map(|value| value.0), values.last().map(|value| value.0))
        else {
            return Err(PathError::NotOne);
        };
        let (from, to) = (i32::from(first.year()), i32::from(last.year()));
        if to - from > YEARS {
            return Err(PathError::Range("trajectory.steps.from"));
        }
        let mut path = Self::plain(Vec::new());
        path.linear = linear;
        path.steps = values;
        path.shortest_lead_days = lead;
        path.announced = path.steps.iter().map(|(day, value)| (day.to_string(), Figure(*value))).collect();
        for year in from..=to {
            let day = Date::new(year as i16, 1, 1).map_err(|_| PathError::Range("trajectory.steps.from"))?.max(first);
            let why =
                if path.steps.iter().any(|step| step.0 == day) || !linear { Why::Announced } else { Why::Between };
            if let Some(limit) = path.on(day) {
                path.years.push(PathYear { year, limit: Figure(limit), why });
            }
        }
        // A value from the middle of the last year on has no first of January yet.
        if path.steps.last().is_some_and(|step| step.0 > Date::new(to as i16, 1, 1).unwrap_or(step.0))
            && let Some(step) = path.steps.last()
            && path.years.last().is_some_and(|year| year.limit.get() != step.1)
        {
            path.years.push(PathYear { year: to + 1, limit: Figure(step.1), why: Why::Announced });
        }
        Ok(path)
    }

    /// The announced limit of a day, right-continuous; `None` before the first.
    fn on(&self, day: Date) -> Option<f64> {
        let next = self.steps.partition_point(|step| step.0 <= day);
        let (from, value) = *self.steps.get(next.checked_sub(1)?)?;
        match self.steps.get(next) {
            Some((to, target)) if self.linear => {
                let share = f64::from(days(from, day)) / f64::from(days(from, *to));
                Some(value + (target - value) * share)
            }
            _ => Some(value),
        }
    }

    /// The limit of a year; `None` before the first, the last one afterwards.
    pub fn in_year(&self, year: i32) -> Option<f64> {
        let next = self.years.partition_point(|known| known.year <= year);
        self.years.get(next.checked_sub(1)?).map(|known| known.limit.get())
    }
}

fn date(text: &str) -> Result<Date, PathError> {
    text.trim().parse().map_err(|_| PathError::NoDate(text.to_string()))
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn span(from: i32, until: i32) -> Result<(), PathError> {
    if until < from || until - from > YEARS { Err(PathError::Range("trajectory.until")) } else { Ok(()) }
}

fn share(value: Finite, field: &'static str) -> Result<f64, PathError> {
    let value = value.get();
    if (0.0..1.0).contains(&value) { Ok(value) } else { Err(PathError::Range(field)) }
}

/// T₀ (1 − r)^(t − t₀), multiplied year by year.
fn declining(decline: &Decline) -> Result<Vec<PathYear>, PathError> {
    span(decline.from, decline.until)?;
    let rate = share(decline.rate, "trajectory.decline.rate")?;
    let mut limit = positive(decline.value, "trajectory.decline.value")?;
    let mut years = Vec::new();
    for year in decline.from..=decline.until {
        years.push(PathYear { year, limit: Figure(limit), why: Why::Decline });
        limit *= 1.0 - rate;
    }
    Ok(years)
}

fn positive(value: Finite, field: &'static str) -> Result<f64, PathError> {
    if value.get() > 0.0 { Ok(value.get()) } else { Err(PathError::Range(field)) }
}

/// T(t+1) = min(T(t), max(T(t)(1 − s), Q(t + 1 − L), floor)): never up, never faster than the step, never below the floor.
fn ratcheting(ratchet: &Ratchet, quantile: impl Fn(i32) -> f64) -> Result<Vec<PathYear>, PathError> {
    span(ratchet.from, ratchet.until)?;
    let largest = share(ratchet.max_step, "trajectory.ratchet.max_step")?;
    let mut limit = positive(ratchet.value, "trajectory.ratchet.value")?;
    let floor = ratchet.floor.get();
    let known = |year: i32| ratchet.quantiles.range(..=year).next_back().map(|(_, value)| value.get());
    let mut years = vec![PathYear { year: ratchet.from, limit: Figure(limit), why: Why::Start }];
    for year in ratchet.from + 1..=ratchet.until {
        let seen = year.saturating_sub(ratchet.lead_time.min(10_000) as i32);
        let population = known(seen).unwrap_or_else(|| quantile(seen));
        let slowest = limit * (1.0 - largest);
        let target = population.max(slowest).max(floor);
        let why = if target >= limit {
            Why::Held
        } else if target == population {
            Why::Population
        } else if target == floor {
            Why::Floor
        } else {
            Why::LargestStep
        };
        // An unknown quantile moves nothing.
        if target.is_finite() {
            limit = limit.min(target);
        }
        years.push(PathYear { year, limit: Figure(limit), why });
    }
    Ok(years)
}

/// An asset against the path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LockIn {
    /// The asset.
    pub asset: String,
    /// The first year of its life in which it is above the limit.
    pub fails_from: Option<i32>,
    /// Years of its life in which it is above.
    pub years_above: u32,
    /// Years of its life for which there is a limit.
    pub years_known: u32,
    /// Years of its life.
    pub life: u32,
}

/// Holds an asset against the path, year by year of its life.
pub fn lock_in(path: &Path, asset: &Asset) -> LockIn {
    let life = asset.life.min(YEARS as u32);
    let mut out =
        LockIn { asset: asset.name.clone(), fails_from: None, years_above: 0, years_known: 0, life: asset.life };
    for year in (0..life).map(|age| asset.bought.saturating_add(age as i32)) {
        let Some(limit) = path.in_year(year) else { continue };
        out.years_known += 1;
        if asset.footprint.get() > limit {
            out.years_above += 1;
            out.fails_from = out.fails_from.or(Some(year));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn of(value: f64) -> Finite {
        Finite::new(value).unwrap()
    }

    fn steps(linear: bool) -> Trajectory {
        let step = |from: &str, value: f64| Step { from: from.into(), value: of(value), announced: None };
        Trajectory {
            steps: vec![step("2027-01-01", 480.0), step("2026-01-01", 520.0), step("2028-01-01", 440.0)],
            linear,
            ..Trajectory::default()
        }
    }

    #[test]
    fn held_or_joined_by_lines() {
        let held = Path::of(&steps(false), |_| f64::NAN).unwrap();
        assert_eq!(held.years.iter().map(|year| year.limit.get()).collect::<Vec<_>>(), [520.0, 480.0, 440.0]);
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(held.on(day("2027-06-30")), Some(480.0));
        assert_eq!(held.on(day("2025-12-31")), None);
        let joined = Path::of(&steps(true), |_| f64::NAN).unwrap();
        // 2026 has 365 days: half of them are 182.5.
        assert!((joined.on(day("2026-07-02")).unwrap() - (520.0 - 40.0 * 182.0 / 365.0)).abs() < 1e-12);
        assert_eq!(joined.in_year(2030), Some(440.0));
    }

    #[test]
    fn what_is_bought_today_meets_tomorrows_limit() {
        let path = Path::of(&steps(false), |_| f64::NAN).unwrap();
        let asset = Asset { name: "x".into(), footprint: of(450.0), bought: 2026, life: 5 };
        let found = lock_in(&path, &asset);
        assert_eq!((found.fails_from, found.years_above, found.years_known), (Some(2028), 3, 5));
    }

    #[test]
    fn paths_that_cannot_be_drawn() {
        let mut twice = steps(false);
        twice.steps[0].from = "2026-01-01".into();
        assert_eq!(Path::of(&twice, |_| 0.0), Err(PathError::Twice("2026-01-01".into())));
        assert_eq!(Path::of(&Trajectory::default(), |_| 0.0), Err(PathError::NotOne));
        let mut wrong = steps(false);
        wrong.steps[0].from = "soon".into();
        assert_eq!(Path::of(&wrong, |_| 0.0), Err(PathError::NoDate("soon".into())));
    }

    proptest! {
        #[test]
        fn a_ratchet_never_rises_never_leaps_and_keeps_its_floor(
            start in 100.0..1000.0f64,
            step in 0.0..0.5f64,
            floor in 0.0..600.0f64,
            lead in 0u32..4,
            quantiles in proptest::collection::vec(1.0..1500.0f64, 1..12),
        ) {
            let quantiles: BTreeMap<i32, Finite> =
                quantiles.iter().enumerate().map(|(at, value)| (2024 + at as i32, of(*value))).collect();
            let ratchet = Ratchet {
                from: 2026, value: of(start), quantile: of(0.4), max_step: of(step), floor: of(floor), lead_time: lead,
                until: 2040, quantiles,
            };
            let path = Path::of(&Trajectory { ratchet: Some(ratchet), ..Trajectory::default() }, |_| f64::NAN).unwrap();
            for pair in path.years.windows(2) {
                let (one, next) = (pair[0].limit.get(), pair[1].limit.get());
                prop_assert!(next <= one && next >= one * (1.0 - step) - 1e-9);
                prop_assert!(next >= floor.min(start));
            }
            prop_assert!(path.rises.is_empty());
        }
    }
}
