//! Values that hold from a day on: right-continuous, held or interpolated (design §8).

use crate::math::{Rational, whole_number};
use crate::product::Date;

/// Between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interpolation {
    /// The earlier value holds until the next day named.
    Hold,
    /// In proportion to the days.
    Linear,
}

/// A parameter over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// Days and values, the earliest first; not empty.
    pub values: Vec<(Date, Rational)>,
    /// What holds between them.
    pub interpolation: Interpolation,
}

impl Dated {
    /// The value on a day; `None` before the first.
    pub fn at(&self, day: Date) -> Option<Rational> {
        let next = self.values.partition_point(|(from, _)| *from <= day);
        let (from, value) = self.values.get(next.checked_sub(1)?)?;
        match (self.interpolation, self.values.get(next)) {
            (Interpolation::Linear, Some((to, later))) => {
                let span = whole_number(i64::from(days(*from, *to)));
                let gone = whole_number(i64::from(days(*from, day)));
                Some(value + (later - value) * gone / span)
            }
            _ => Some(value.clone()),
        }
    }

    /// The first day that has a value.
    pub fn first(&self) -> Option<Date> {
        self.values.first().map(|(from, _)| *from)
    }
}

/// Days from one date to another.
pub fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{decimal_text, read_decimal};

    #[test]
    fn values_hold_from_their_day_on() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let values: Vec<(Date, Rational)> = [("2023-06-01", "0.05"), ("2025-01-01", "0.30"), ("2027-01-01", "0.50")]
            .into_iter()
            .map(|(from, value)| (day(from), read_decimal(value).unwrap()))
            .collect();
        let mut dated = Dated { values, interpolation: Interpolation::Hold };
        let at = |dated: &Dated, date: &str| dated.at(day(date)).map(|value| decimal_text(&value));
        assert_eq!(at(&dated, "2023-05-31"), None);
        assert_eq!(at(&dated, "2024-12-31").as_deref(), Some("0.05"));
        assert_eq!(at(&dated, "2025-01-01").as_deref(), Some("0.3"));
        assert_eq!(at(&dated, "2099-01-01").as_deref(), Some("0.5"));
        dated.interpolation = Interpolation::Linear;
        assert_eq!(at(&dated, "2025-01-01").as_deref(), Some("0.3"));
        assert_eq!(at(&dated, "2026-01-01").as_deref(), Some("0.4"));
        assert_eq!(at(&dated, "2027-01-01").as_deref(), Some("0.5"));
    }
}
