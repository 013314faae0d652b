//! From an assessed value to points or money.

use super::formula::Linear;
use crate::math::{Rational, whole_number};
use num_traits::Zero;

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub enum Curve {
    /// The value is the points, from zero to the weight.
    Itself {
        /// The most.
        weight: Rational,
    },
    /// Up to a value so many points, by rising value.
    UpTo {
        /// Values and points.
        steps: Vec<(Rational, Rational)>,
        /// Points beyond the last.
        otherwise: Rational,
    },
    /// From a value on so many points, by falling value.
    From {
        /// Values and points.
        steps: Vec<(Rational, Rational)>,
        /// Points below the last.
        otherwise: Rational,
    },
    /// Straight between corners, constant beyond them.
    Corners(Vec<(Rational, Rational)>),
    /// A straight line within bounds.
    Line {
        /// The formula of `x`.
        formula: Linear,
        /// Lowest and highest points.
        bounds: (Rational, Rational),
    },
    /// Money per unit of what lies above a baseline.
    Money {
        /// Money per unit.
        rate: Rational,
        /// Where it begins.
        baseline: Rational,
    },
}

/// What a curve changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It gives points.
    Points,
    /// It is taken from the evaluated price.
    Deduction,
    /// It is added to the evaluated price.
    Addition,
}

/// A stretch of a curve on which a unit is worth the same, or a step between two.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// From this value.
    pub from: Rational,
    /// To this one; the same for a step.
    pub to: Rational,
    /// Points lost: per unit on a stretch, all at once at a step.
    pub points: Rational,
    /// Whether it is a step.
    pub step: bool,
}

impl Curve {
    /// Points or money at a value.
    pub fn at(&self, x: &Rational) -> Rational {
        match self {
            Self::Itself { weight } => x.clone().clamp(Rational::zero(), weight.clone()),
            Self::UpTo { steps, otherwise } => {
                steps.iter().find(|(limit, _)| x <= limit).map_or(otherwise, |(_, points)| points).clone()
            }
            Self::From { steps, otherwise } => {
                steps.iter().find(|(limit, _)| x >= limit).map_or(otherwise, |(_, points)| points).clone()
            }
            Self::Corners(corners) => between(corners, x),
            Self::Line { formula, bounds } => formula.value(&|_| x.clone()).clamp(bounds.0.clone(), bounds.1.clone()),
            Self::Money { rate, baseline } => rate * (x - baseline),
        }
    }

    /// The fewest points that it gives: what a missing value gets.
    pub fn least(&self) -> Rational {
        match self {
            Self::Itself { .. } | Self::Money { .. } => Rational::zero(),
            Self::UpTo { steps, otherwise } | Self::From { steps, otherwise } => {
                steps.iter().map(|(_, points)| points).chain([otherwise]).min().cloned().unwrap_or_default()
            }
            Self::Corners(corners) => corners.iter().map(|(_, points)| points).min().cloned().unwrap_or_default(),
            Self::Line { bounds, .. } => bounds.0.clone(),
        }
    }

    /// The most points that it gives; `None` for money.
    pub fn most(&self) -> Option<Rational> {
        match self {
            Self::Itself { weight } => Some(weight.clone()),
            Self::UpTo { steps, otherwise } | Self::From { steps, otherwise } => {
                steps.iter().map(|(_, points)| points).chain([otherwise]).max().cloned()
            }
            Self::Corners(corners) => corners.iter().map(|(_, points)| points).max().cloned(),
            Self::Line { bounds, .. } => Some(bounds.1.clone()),
            Self::Money { .. } => None,
        }
    }

    /// Whether the result never rises with the value (`falling`) or never falls.
    pub fn is_monotone(&self, falling: bool) -> bool {
        let ordered = |points: &mut dyn Iterator<Item = &Rational>, falling: bool| {
            let points: Vec<&Rational> = points.collect();
            points.windows(2).all(|pair| if falling { pair[0] >= pair[1] } else { pair[0] <= pair[1] })
        };
        match self {
            Self::Itself { .. } => !falling,
            Self::UpTo { steps, otherwise } => {
                ordered(&mut steps.iter().map(|(_, points)| points).chain([otherwise]), falling)
            }
            Self::From { steps, otherwise } => {
                ordered(&mut steps.iter().map(|(_, points)| points).chain([otherwise]), !falling)
            }
            Self::Corners(corners) => ordered(&mut corners.iter().map(|(_, points)| points), falling),
            Self::Line { formula, .. } => {
                let slope = formula.factor("x");
                if falling { slope <= Rational::zero() } else { slope >= Rational::zero() }
            }
            Self::Money { rate, .. } => {
                if falling {
                    *rate <= Rational::zero()
                } else {
                    *rate >= Rational::zero()
                }
            }
        }
    }

    /// Stretches and steps where a lower value earns more, by rising value.
    pub fn stretches(&self) -> Vec<Stretch> {
        let stretch = |from: &Rational, to: &Rational, points: Rational, step| Stretch {
            from: from.clone(),
            to: to.clone(),
            points,
            step,
        };
        let mut all: Vec<Stretch> = match self {
            Self::Corners(corners) => corners
                .windows(2)
                .map(|pair| {
                    let ((x0, y0), (x1, y1)) = (&pair[0], &pair[1]);
                    stretch(x0, x1, (y0 - y1) / (x1 - x0), false)
                })
                .collect(),
            Self::UpTo { steps, otherwise } => steps
                .iter()
                .enumerate()
                .map(|(index, (limit, points))| {
                    let next = steps.get(index + 1).map_or(otherwise, |(_, next)| next);
                    stretch(limit, limit, points - next, true)
                })
                .collect(),
            Self::Line { formula, bounds } => {
                let slope = formula.factor("x");
                if slope.is_zero() {
                    return Vec::new();
                }
                let x = |points: &Rational| (points - &formula.constant) / &slope;
                vec![stretch(&x(&bounds.1), &x(&bounds.0), -slope.clone(), false)]
            }
            Self::Itself { .. } | Self::From { .. } | Self::Money { .. } => Vec::new(),
        };
        all.retain(|stretch| stretch.points > Rational::zero());
        all
    }
}

/// Straight between corners, constant beyond them.
fn between(corners: &[(Rational, Rational)], x: &Rational) -> Rational {
    let next = corners.partition_point(|(corner, _)| corner < x);
    match (next.checked_sub(1).and_then(|before| corners.get(before)), corners.get(next)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
        (None, Some((_, only))) | (Some((_, only)), None) => only.clone(),
        (None, None) => whole_number(0),
    }
}
