//! Evidence, rounding, ties, guards and what acceptance costs.

use super::*;

pub(super) fn evidence(
    document: &StandardDocument,
    reader: &mut Reader,
) -> (Levels, BTreeMap<Level, Assess>, Vec<Requirement>) {
    let (mut levels, mut assess, mut requirements) = (Levels::new(), BTreeMap::new(), Vec::new());
    let Some(rules) = &document.evidence else { return (levels, assess, requirements) };
    let named = Level::ALL.map(|level| (["E0", "E1", "E2", "E3"][level as usize], level));
    for (kind, level) in &rules.levels {
        if let Some(level) = reader.one_of(level, &named, &format!("evidence.levels.{kind}")) {
            levels.insert(kind.clone(), level);
        }
    }
    for (name, rule) in &rules.factor {
        let path = format!("evidence.factor.{name}");
        let Some(level) = reader.one_of(name, &named, &path) else { continue };
        let rule = match rule {
            FactorRule::Times(factor) => reader.decimal(factor, &path).map(Assess::Times),
            FactorRule::Default { parameter, factor } => {
                known_parameter(document, parameter, &format!("{path}.use"), reader);
                reader.decimal(factor, &format!("{path}.factor")).map(|by| Assess::Default(parameter.clone(), by))
            }
        };
        match rule {
            Some(Assess::Times(by) | Assess::Default(_, by)) if by <= Rational::zero() => {
                reader.range(&path, crate::math::decimal_text(&by), ("above zero", "大于零"));
            }
            Some(rule) => {
                assess.insert(level, rule);
            }
            None => {}
        }
    }
    // Less evidence with a smaller factor would make proof a cost.
    let factors: Vec<(&Level, &Rational)> = assess
        .iter()
        .filter_map(|(level, rule)| match rule {
            Assess::Times(by) => Some((level, by)),
            Assess::Default(..) => None,
        })
        .collect();
    for pair in factors.windows(2) {
        if pair[0].1 < pair[1].1 {
            let finding = Diagnostic::new(&catalogue::D111).with("level", format!("{:?}", pair[1].0));
            let finding = finding.with("lower", format!("{:?}", pair[0].0));
            reader.found.push(finding.at(Place::field("evidence.factor")));
        }
    }
    let stages = [Stage::Bid, Stage::Award, Stage::Acceptance, Stage::Operation].map(|stage| (stage.words().0, stage));
    for (index, requirement) in rules.requirements.iter().enumerate() {
        let path = format!("evidence.requirements[{index}]");
        let stage = reader.one_of(&requirement.stage, &stages, &format!("{path}.stage"));
        for (position, kind) in requirement.any_of.iter().enumerate() {
            if !levels.contains_key(kind) && Level::usual(kind).is_none() {
                reader.unknown(kind, &format!("{path}.any_of[{position}]"), "evidence.levels");
            }
        }
        if let Some(stage) = stage {
            let id = requirement.clause.clone().unwrap_or_else(|| format!("evidence-{}", index + 1));
            requirements.push(Requirement {
                id,
                input: requirement.input.clone(),
                stage,
                any_of: requirement.any_of.clone(),
            });
        }
    }
    (levels, assess, requirements)
}

/// A quantile comes from transcendental functions, so it enters the score as a decimal rounded at `assessed`.
pub(super) fn quantile(document: &StandardDocument, reader: &mut Reader) -> Option<(Rational, Option<Rational>)> {
    let rule = document.evidence.as_ref()?.quantile.as_ref()?;
    let p = reader.decimal(&rule.p, "evidence.quantile.p")?;
    let half = whole_number(1) / whole_number(2);
    let rounds = document.rounding.as_ref().is_some_and(|rounding| rounding.at.iter().any(|at| at == "assessed"));
    if p < half || p >= Rational::one() || !rounds {
        let range = (
            "a probability from 0.5 to below 1, with `assessed` among rounding.at",
            "0.5 至 1 之间的概率，且 rounding.at 含 assessed",
        );
        reader.range("evidence.quantile.p", &rule.p, range);
    }
    let rsd = reader.optional(rule.default_rsd.as_ref(), "evidence.quantile.default_rsd");
    Some((p, rsd))
}

pub(super) fn rounding(document: &StandardDocument, reader: &mut Reader) -> Rounding {
    let Some(rounding) = &document.rounding else { return Rounding::default() };
    let modes = [
        ("half-up", RoundingMode::HalfUp),
        ("half-even", RoundingMode::HalfEven),
        ("down", RoundingMode::Down),
        ("up", RoundingMode::Up),
    ];
    let mode = reader.one_of(&rounding.mode, &modes, "rounding.mode").unwrap_or_default();
    let places = [Some(rounding.dp), rounding.assessed_dp];
    if places.into_iter().flatten().any(|places| places > MOST_PLACES) {
        reader.range("rounding.dp", rounding.dp, ("at most 12", "至多 12"));
    }
    let known = ["assessed", "indicator", "price", "total", "evaluated_price"].map(|name| (name, ()));
    for (index, at) in rounding.at.iter().enumerate() {
        reader.one_of(at, &known, &format!("rounding.at[{index}]"));
    }
    let at = |name: &str| rounding.at.iter().any(|at| at == name);
    Rounding {
        mode,
        places: rounding.dp.min(MOST_PLACES),
        assessed: at("assessed").then(|| rounding.assessed_dp.unwrap_or(rounding.dp).min(MOST_PLACES)),
        indicator: at("indicator"),
        price: at("price"),
        total: at("total"),
        evaluated_price: at("evaluated_price"),
    }
}

pub(super) fn tie_break(document: &StandardDocument, reader: &mut Reader) -> Vec<TieKey> {
    let mut keys = Vec::new();
    for (index, text) in document.tie_break.iter().enumerate() {
        let path = format!("tie_break[{index}]");
        let mut words = text.split_whitespace();
        let (Some(name), Some(direction @ ("asc" | "desc")), None) = (words.next(), words.next(), words.next()) else {
            reader.range(&path, text, ("a name with asc or desc: evaluated_price asc", "名称加 asc 或 desc"));
            continue;
        };
        let known = matches!(name, "evaluated_price" | "price" | "total" | FOOTPRINT)
            || document.indicators.iter().any(|indicator| indicator.id == name)
            || document.inputs.contains_key(name);
        if !known {
            reader.unknown(name, &path, "evaluated_price, price, total, pcf");
            continue;
        }
        keys.push(TieKey { name: name.to_string(), ascending: direction == "asc" });
    }
    keys
}

pub(super) fn guards(document: &StandardDocument, reader: &mut Reader) -> Guards {
    let Some(guards) = &document.guards else { return Guards::default() };
    let max = guards.max_implied_carbon_price.as_ref();
    reader.optional(guards.max_step.as_ref(), "guards.max_step");
    Guards {
        min_independent_makers: guards.min_independent_makers,
        max_implied_carbon_price: reader.optional(max, "guards.max_implied_carbon_price"),
    }
}

pub(super) fn acceptance(document: &StandardDocument, reader: &mut Reader) -> Option<Acceptance> {
    let acceptance = document.acceptance.as_ref()?;
    let tolerance = if acceptance.tolerance.0.is_empty() {
        Rational::zero()
    } else {
        reader.decimal(&acceptance.tolerance, "acceptance.tolerance")?
    };
    let penalty = acceptance.penalty.as_deref().and_then(|text| {
        let formula = Linear::read(text, &PENALTY_NAMES);
        if formula.is_none() {
            let range = (
                "linear in advantage, points_lost, shortfall, price: 1.5 * advantage",
                "advantage、points_lost、shortfall、price 的线性式：1.5 * advantage",
            );
            reader.range("acceptance.penalty", text, range);
        }
        formula
    });
    let cap = reader.optional(acceptance.cap.as_ref(), "acceptance.cap");
    Some(Acceptance { id: acceptance.id.clone(), tolerance, penalty, cap })
}
