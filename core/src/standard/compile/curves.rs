//! Indicators and their curves, and the terms of life-cycle cost.

use super::*;

pub(super) fn indicators(document: &StandardDocument, reader: &mut Reader) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    for (index, indicator) in document.indicators.iter().enumerate() {
        let path = format!("indicators[{index}]");
        let Some(weight) = reader.decimal(&indicator.weight, &format!("{path}.weight")) else { continue };
        if weight < Rational::zero() {
            reader.range(&format!("{path}.weight"), &indicator.weight, ("zero or more", "不小于零"));
        }
        let mut effect = Effect::Points;
        let mut rate = None;
        let curve = match &indicator.curve {
            None => Some(Curve::Itself { weight: weight.clone() }),
            Some(curve) => {
                let known =
                    [("points", Effect::Points), ("deduction", Effect::Deduction), ("addition", Effect::Addition)];
                let usual = if curve.kind == "monetised" { "addition" } else { "points" };
                let named = curve.effect.as_deref().unwrap_or(usual);
                effect = reader.one_of(named, &known, &format!("{path}.curve.effect")).unwrap_or(Effect::Points);
                rate = curve.param.clone();
                read_curve(curve, &weight, &format!("{path}.curve"), document, reader)
            }
        };
        let Some(curve) = curve else { continue };
        if effect == Effect::Points {
            match curve.most() {
                Some(most) if most > weight => {
                    let range = ("a curve of at most `weight` points", "曲线的最高分不超过 weight");
                    reader.range(&format!("{path}.weight"), &indicator.weight, range);
                }
                None => {
                    let range =
                        ("a monetised curve that is an addition or a deduction", "货币化曲线只能用于加价或扣减");
                    reader.range(&format!("{path}.curve.effect"), "points", range);
                }
                Some(_) => {}
            }
        }
        check_direction(document, indicator, &curve, effect, &path, reader);
        indicators.push(Indicator { id: indicator.id.clone(), input: indicator.input.clone(), curve, rate, effect });
    }
    indicators
}

/// A lower footprint never loses (design §8): a curve that rewards more of what should be less is refused.
fn check_direction(
    document: &StandardDocument,
    indicator: &IndicatorDocument,
    curve: &Curve,
    effect: Effect,
    path: &str,
    reader: &mut Reader,
) {
    let better = document.inputs.get(&indicator.input).and_then(|input| input.better.as_deref());
    let lower = match better {
        Some("lower") => true,
        Some("higher") if indicator.input != FOOTPRINT => false,
        None if indicator.input == FOOTPRINT => true,
        None => return,
        Some(other) => {
            return reader.unknown(other, &format!("inputs.{}.better", indicator.input), "lower, higher");
        }
    };
    // Points and deductions fall with the value where lower is better; an addition rises.
    let falling = lower == (effect != Effect::Addition);
    if !curve.is_monotone(falling) {
        let finding = Diagnostic::new(&catalogue::D107).with("clause", &indicator.id).with("input", &indicator.input);
        reader.found.push(finding.at(Place::field(format!("{path}.curve"))));
    }
}

fn read_curve(
    curve: &CurveDocument,
    weight: &Rational,
    path: &str,
    document: &StandardDocument,
    reader: &mut Reader,
) -> Option<Curve> {
    match curve.kind.as_str() {
        "step" => {
            let (steps, rising) = match (curve.le.is_empty(), curve.ge.is_empty()) {
                (false, true) => (&curve.le, true),
                (true, false) => (&curve.ge, false),
                _ => {
                    reader.range(path, "step", ("steps under `le` or under `ge`", "在 le 或 ge 之一中给出分档"));
                    return None;
                }
            };
            let name = if rising { "le" } else { "ge" };
            let steps = pairs(steps, &format!("{path}.{name}"), rising, reader)?;
            let otherwise = match &curve.otherwise {
                None => Rational::zero(),
                Some(text) => reader.decimal(text, &format!("{path}.else"))?,
            };
            Some(if rising { Curve::UpTo { steps, otherwise } } else { Curve::From { steps, otherwise } })
        }
        "piecewise-linear" => {
            if curve.clamp == Some(Clamp::Ends(false)) {
                let range = ("true: the last points hold beyond the corners", "true：端点以外保持端点分值");
                reader.range(&format!("{path}.clamp"), "false", range);
            }
            let corners = pairs(&curve.points, &format!("{path}.points"), true, reader)?;
            if corners.len() < 2 {
                reader.range(&format!("{path}.points"), corners.len(), ("at least two corners", "至少两个折点"));
                return None;
            }
            Some(Curve::Corners(corners))
        }
        "linear-formula" | "linear" => {
            let text = curve.expr.as_deref().unwrap_or("");
            let Some(formula) = Linear::read(text, &["x"]) else {
                reader.range(&format!("{path}.expr"), text, ("linear in x: 80 - 20*x", "x 的线性式：80 - 20*x"));
                return None;
            };
            let bounds = match &curve.clamp {
                Some(Clamp::Range(low, high)) => {
                    let low = reader.decimal(low, &format!("{path}.clamp[0]"))?;
                    let high = reader.decimal(high, &format!("{path}.clamp[1]"))?;
                    if low > high {
                        let range = ("the lower bound first", "先写下限");
                        reader.range(&format!("{path}.clamp"), crate::math::decimal_text(&low), range);
                        return None;
                    }
                    (low, high)
                }
                _ => (Rational::zero(), weight.clone()),
            };
            Some(Curve::Line { formula, bounds })
        }
        "monetised" => {
            let rate = match (&curve.rate, &curve.param) {
                (Some(rate), None) => reader.decimal(rate, &format!("{path}.rate"))?,
                (None, Some(name)) => {
                    known_parameter(document, name, &format!("{path}.param"), reader);
                    whole_number(1)
                }
                _ => {
                    reader.range(path, "monetised", ("one of `rate` and `param`", "rate 与 param 二者之一"));
                    return None;
                }
            };
            if rate < Rational::zero() {
                reader.range(&format!("{path}.rate"), crate::math::decimal_text(&rate), ("zero or more", "不小于零"));
            }
            let baseline = reader.optional(curve.baseline.as_ref(), &format!("{path}.baseline")).unwrap_or_default();
            Some(Curve::Money { rate, baseline })
        }
        other => {
            reader.unknown(other, &format!("{path}.type"), "step, piecewise-linear, linear-formula, monetised");
            None
        }
    }
}

/// Values with points, strictly rising or falling: two equal values would have two results.
fn pairs(
    list: &[[DecimalText; 2]],
    path: &str,
    rising: bool,
    reader: &mut Reader,
) -> Option<Vec<(Rational, Rational)>> {
    let mut pairs: Vec<(Rational, Rational)> = Vec::with_capacity(list.len().min(MOST));
    for (index, [x, y]) in list.iter().take(MOST).enumerate() {
        let x = reader.decimal(x, &format!("{path}[{index}][0]"))?;
        let y = reader.decimal(y, &format!("{path}[{index}][1]"))?;
        if pairs.last().is_some_and(|(before, _)| if rising { *before >= x } else { *before <= x }) {
            let finding = Diagnostic::new(&catalogue::D108).with("value", &list[index][0]).with("position", index + 1);
            let words = if rising { ("rise", "递增") } else { ("fall", "递减") };
            reader.found.push(finding.with_words("direction", words).at(Place::field(format!("{path}[{index}]"))));
            return None;
        }
        pairs.push((x, y));
    }
    Some(pairs)
}

pub(super) fn terms(document: &StandardDocument, reader: &mut Reader) -> Vec<Term> {
    let Some(cost) = &document.cost else { return Vec::new() };
    let life = document.functional_unit.as_ref().and_then(|unit| unit.service_life.as_ref());
    let years = match (&cost.years, life) {
        (Some(years), _) => reader.decimal(years, "cost.years"),
        (None, Some(life)) => reader.decimal(&life.value, "functional_unit.service_life.value"),
        (None, None) => None,
    };
    let whole = years
        .as_ref()
        .filter(|years| years.is_integer() && **years >= whole_number(1) && **years <= whole_number(MOST_YEARS));
    let rate = if cost.discount_rate.0.is_empty() {
        Some(Rational::zero())
    } else {
        reader.decimal(&cost.discount_rate, "cost.discount_rate")
    };
    let rate = rate.filter(|rate| *rate > whole_number(-1));
    let (Some(years), Some(rate)) = (whole, rate) else {
        let range = ("1 to 100 whole years and a rate above -1", "1 至 100 的整数年数，折现率大于 -1");
        reader.range("cost", years.as_ref().map_or("–".into(), crate::math::decimal_text), range);
        return Vec::new();
    };
    let yearly = (Rational::one() + rate).recip();
    let (mut last, mut sum) = (Rational::one(), Rational::zero());
    for _ in 0..years.to_integer().try_into().unwrap_or(0u32) {
        last *= &yearly;
        sum += &last;
    }
    let timings = [("yearly", Timing::Yearly), ("start", Timing::Start), ("end", Timing::End)];
    let mut terms = Vec::new();
    for (index, term) in cost.terms.iter().enumerate() {
        let path = format!("cost.terms[{index}]");
        let timing = reader.one_of(&term.timing, &timings, &format!("{path}.timing"));
        let money = match (&term.rate, &term.param) {
            (Some(rate), None) => reader.decimal(rate, &format!("{path}.rate")),
            (None, Some(name)) => {
                known_parameter(document, name, &format!("{path}.param"), reader);
                Some(whole_number(1))
            }
            (None, None) => Some(whole_number(1)),
            (Some(_), Some(_)) => {
                reader.range(&path, &term.id, ("one of `rate` and `param`", "rate 与 param 二者之一"));
                None
            }
        };
        let (Some(timing), Some(rate)) = (timing, money) else { continue };
        if rate < Rational::zero() && term.input == FOOTPRINT {
            let finding = Diagnostic::new(&catalogue::D107).with("clause", &term.id).with("input", &term.input);
            reader.found.push(finding.at(Place::field(format!("{path}.rate"))));
        }
        let discount = match timing {
            Timing::Yearly => sum.clone(),
            Timing::Start => Rational::one(),
            Timing::End => last.clone(),
        };
        let parameter = term.param.clone();
        terms.push(Term { id: term.id.clone(), input: term.input.clone(), rate, parameter, discount });
    }
    terms
}
