//! What points are worth: the notch at a limit or step, and the carbon price that a scoring rule implies
//! (docs/threshold.md, 6). Price points are weight × lowest price ÷ price.

use super::figure::Figure;
use super::plan::Scoring;
use serde::Serialize;

/// What the points of a scoring rule are worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointsReport {
    /// Points that one unit of money of a higher price costs, at the bid's price.
    pub points_per_money: Figure,
    /// Money that one point is worth.
    pub money_per_point: Figure,
    /// Every piece of the curve between two of its points.
    pub pieces: Vec<Piece>,
    /// Largest price per tonne of a piece.
    pub highest: Figure,
    /// Smallest of the pieces that are not level.
    pub lowest: Figure,
}

/// A piece of the curve of carbon points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Piece {
    /// From this footprint.
    pub from: Figure,
    /// To this one.
    pub to: Figure,
    /// Points lost over it.
    pub points: Figure,
    /// What these points are worth: the notch where the rule is a step.
    pub notch_value: Figure,
    /// Price of a tonne that the slope implies; unknown for a step, whose slope is none.
    pub carbon_price_per_tonne: Figure,
}

/// Works a scoring rule out; `None` where it cannot be used: no curve, prices not above zero. `tonnes` is the mass of one
/// unit of the footprint in tonnes.
pub fn points(scoring: &Scoring, tonnes: f64) -> Option<PointsReport> {
    let (price, lowest, weight) = (scoring.price.get(), scoring.lowest_price.get(), scoring.price_weight.get());
    let mut curve: Vec<(f64, f64)> = scoring.curve.iter().map(|(x, points)| (x.get(), points.get())).collect();
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    let distinct = curve.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if curve.len() < 2 || !distinct || price <= 0.0 || lowest <= 0.0 || weight <= 0.0 {
        return None;
    }
    let per_money = weight * lowest / (price * price);
    let pieces: Vec<Piece> = curve
        .windows(2)
        .map(|pair| {
            let ((from, high), (to, low)) = (pair[0], pair[1]);
            let lost = high - low;
            let slope = if scoring.steps { f64::NAN } else { lost / (to - from) };
            Piece {
                from: Figure(from),
                to: Figure(to),
                points: Figure(lost),
                notch_value: Figure(lost / per_money),
                carbon_price_per_tonne: Figure(slope / per_money / tonnes),
            }
        })
        .collect();
    let prices =
        || pieces.iter().filter_map(|piece| piece.carbon_price_per_tonne.known()).filter(|price| *price != 0.0);
    Some(PointsReport {
        points_per_money: Figure(per_money),
        money_per_point: Figure(1.0 / per_money),
        highest: Figure(prices().reduce(f64::max).unwrap_or(f64::NAN)),
        lowest: Figure(prices().reduce(f64::min).unwrap_or(f64::NAN)),
        pieces,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Finite;

    #[test]
    fn implied_carbon_price_as_printed() {
        let of = |value: f64| Finite::new(value).unwrap();
        let scoring = Scoring {
            curve: vec![(of(300.0), of(10.0)), (of(400.0), of(6.0)), (of(480.0), of(0.0))],
            steps: false,
            price_weight: of(40.0),
            price: of(4000.0),
            lowest_price: of(3420.0),
        };
        let report = points(&scoring, 1e-3).unwrap();
        assert_eq!(format!("{:.5}", report.points_per_money.get()), "0.00855");
        assert_eq!(format!("{:.0} {:.0}", report.lowest.get(), report.highest.get()), "4678 8772");
        let twice = Scoring { curve: vec![(of(300.0), of(10.0)), (of(300.0), of(6.0))], ..scoring };
        assert!(points(&twice, 1e-3).is_none());
    }
}
