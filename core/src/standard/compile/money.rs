//! Price rules and preferences.

use super::*;

pub(super) fn price(document: &StandardDocument, reader: &mut Reader) -> (Option<PriceRule>, Vec<Adjustment>) {
    let usual = vec![Adjustment::Preferences, Adjustment::Cost, Adjustment::Indicators];
    let Some(price) = &document.price else { return (Some(PriceRule::None), usual) };
    let weight = reader.optional(price.weight.as_ref(), "price.weight");
    if weight.as_ref().is_some_and(|weight| *weight < Rational::zero()) {
        reader.range("price.weight", price.weight.as_ref().map_or("", |text| &text.0), ("zero or more", "不小于零"));
    }
    let rule = match price.method.as_str() {
        "cn87-lowest" => weight.map(|weight| PriceRule::LowestRatio { weight }),
        "linear" => {
            let floor = reader.optional(price.floor.as_ref(), "price.floor");
            let ceiling = reader.optional(price.ceiling.as_ref(), "price.ceiling");
            match (weight, floor, ceiling) {
                (Some(weight), Some(floor), Some(ceiling)) if floor < ceiling => {
                    Some(PriceRule::Linear { weight, floor, ceiling })
                }
                _ => None,
            }
        }
        "lowest-evaluated" | "monetised-addition" => Some(PriceRule::LowestEvaluated),
        other => {
            reader.unknown(other, "price.method", "cn87-lowest, linear, lowest-evaluated, monetised-addition");
            return (None, usual);
        }
    };
    if rule.is_none() {
        let range =
            ("`weight`, and for `linear` a `floor` below the `ceiling`", "weight；对 linear 还需低于 ceiling 的 floor");
        reader.range("price", &price.method, range);
    }
    let known =
        [("preferences", Adjustment::Preferences), ("cost", Adjustment::Cost), ("indicators", Adjustment::Indicators)];
    let mut order = Vec::new();
    for (index, name) in price.order.iter().enumerate().take(10) {
        if let Some(one) = reader.one_of(name, &known, &format!("price.order[{index}]"))
            && !order.contains(&one)
        {
            order.push(one);
        }
    }
    if order.is_empty() {
        return (rule, usual);
    }
    // Nothing that a standard grants is dropped because the order does not name it.
    order.extend(usual.into_iter().filter(|one| !price.order.is_empty() && !known_in(&price.order, *one)));
    (rule, order)
}

fn known_in(order: &[String], one: Adjustment) -> bool {
    let name = match one {
        Adjustment::Preferences => "preferences",
        Adjustment::Cost => "cost",
        Adjustment::Indicators => "indicators",
    };
    order.iter().any(|known| known == name)
}

pub(super) fn preferences(document: &StandardDocument, reader: &mut Reader) -> Vec<Preference> {
    let mut preferences = Vec::new();
    for (index, preference) in document.preferences.iter().enumerate() {
        let path = format!("preferences[{index}]");
        let rate = reader.optional(preference.rate.as_ref(), &format!("{path}.rate"));
        let amount = reader.optional(preference.amount.as_ref(), &format!("{path}.amount"));
        let bounds = preference.bounds.as_ref().and_then(|[low, high]| {
            let low = reader.decimal(low, &format!("{path}.bounds[0]"))?;
            Some((low, reader.decimal(high, &format!("{path}.bounds[1]"))?))
        });
        let mut levels = BTreeMap::new();
        for (level, rate) in &preference.levels {
            if let Some(rate) = reader.decimal(rate, &format!("{path}.levels.{level}")) {
                levels.insert(level.clone(), rate);
            }
        }
        for rate in rate.iter().chain(levels.values()) {
            if let Some((low, high)) = &bounds
                && (rate < low || rate > high)
            {
                let finding = Diagnostic::new(&catalogue::D109).with("clause", &preference.id);
                let finding = finding.with("rate", crate::math::decimal_text(rate));
                let finding = finding.with("low", crate::math::decimal_text(low));
                reader.found.push(
                    finding.with("high", crate::math::decimal_text(high)).at(Place::field(format!("{path}.rate"))),
                );
            }
        }
        let share = |rate: &Rational| *rate >= Rational::zero() && *rate < Rational::one();
        let grant = match (preference.kind.as_str(), rate, amount) {
            ("deduction", Some(rate), None) if share(&rate) => Some(Grant::Off(rate)),
            ("addition", Some(rate), None) if rate >= Rational::zero() => Some(Grant::On(rate)),
            ("deduction", None, Some(amount)) => Some(Grant::Money(amount)),
            ("addition", None, Some(amount)) => Some(Grant::Money(-amount)),
            ("points", Some(rate), None) => Some(Grant::Points(rate)),
            ("ladder", None, None) if !levels.is_empty() && levels.values().all(share) => {
                let input = preference.input.clone();
                if input.is_none() {
                    reader.range(&path, &preference.id, ("`input`: what names the level", "input：给出等级的字段"));
                }
                input.map(|input| Grant::Ladder { input, levels })
            }
            (kind, ..) => {
                let range = (
                    "deduction, addition (a rate from 0 to below 1, or an amount), points (a rate) or ladder (levels)",
                    "deduction、addition（0 至 1 之间的 rate，或 amount）、points（rate）或 ladder（levels）",
                );
                reader.range(&path, kind, range);
                None
            }
        };
        if let Some(group) = &preference.cap_group
            && !document.preference_caps.contains_key(group)
        {
            let known: Vec<&str> = document.preference_caps.keys().map(String::as_str).collect();
            reader.unknown(group, &format!("{path}.cap_group"), &known.join(", "));
        }
        let when = reader.condition(preference.when.as_ref(), &format!("{path}.when"));
        if let Some(grant) = grant {
            let cap_group = preference.cap_group.clone();
            preferences.push(Preference { id: preference.id.clone(), grant, when, cap_group });
        }
    }
    preferences
}
