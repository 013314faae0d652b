//! Shares of a plan or of a year's purchases: reservations (预留份额) and portfolios, exactly: 40.00 % passes a floor of
//! 40 %, 39.99 % does not.

use super::condition::Condition;
use super::rules::Standard;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::{DecimalText, Rational, decimal_text, whole_number};
use crate::product::document;
use num_traits::{Signed, Zero};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

document! {
    /// A procurement plan, or what was bought in a year: `zuji/plan@1`.
    PlanDocument {
        /// Always `zuji/plan@1`.
        #[serde(default)]
        schema: String,
        /// Its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The lots or purchases.
        items: Vec<PlanItem>,
    }
}

document! {
    /// A lot or a purchase.
    PlanItem {
        /// Its id.
        id: String,
        /// Its value in money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<DecimalText>,
        /// What is known of it: `reserved: true`, `kind: 防水卷材`, `class: optional`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        facts: BTreeMap<String, DecimalText>,
    }
}

/// A share as it was found.
#[derive(Clone, Debug, Serialize)]
pub struct ShareOutcome {
    /// Clause.
    pub id: String,
    /// `value` or `count`.
    pub measure: String,
    /// What counts.
    pub counted: String,
    /// The whole.
    pub whole: String,
    /// The share, exactly where it has an end; null where the whole is nothing.
    pub share: Option<String>,
    /// The least.
    pub min: String,
    /// Whether it is reached.
    pub pass: bool,
}

impl Standard {
    /// Checks the shares of a plan.
    pub fn check_plan(&self, plan: &PlanDocument) -> (Vec<ShareOutcome>, Diagnostics) {
        let mut found = Diagnostics::default();
        let mut outcomes = Vec::new();
        for (index, share) in self.document.shares.iter().enumerate() {
            let path = format!("shares[{index}]");
            let wrong = |field: &str, text: &str| {
                let path = format!("{path}.{field}");
                let finding = Diagnostic::new(&catalogue::D104).with("field", &path).with("text", text);
                let range = (
                    "value or count; conditions such as lot.reserved = true",
                    "value 或 count；条件如 reserved = true",
                );
                finding.with_words("range", range).at(Place::field(path))
            };
            let among = match share.among.as_deref().map(|text| (text, Condition::read(text))) {
                None => Condition::default(),
                Some((_, Some(condition))) => condition,
                Some((text, None)) => {
                    found.push(wrong("among", text));
                    continue;
                }
            };
            let Some(counted) = Condition::read(&share.counted) else {
                found.push(wrong("counted", &share.counted));
                continue;
            };
            let by_value = match share.measure.as_str() {
                "value" => true,
                "count" => false,
                other => {
                    found.push(wrong("measure", other));
                    continue;
                }
            };
            let min = match share.min.value() {
                Ok(min) => min,
                Err(_) => {
                    found.push(wrong("min", &share.min.0));
                    continue;
                }
            };
            let Some((part, whole)) = sum(plan, &among, &counted, share.distinct.as_deref(), by_value, &mut found)
            else {
                continue;
            };
            // Nothing to divide: nothing that had to be reserved was left out.
            let ratio = (!whole.is_zero()).then(|| &part / &whole);
            let pass = ratio.as_ref().is_none_or(|ratio| *ratio >= min);
            let text = ratio.as_ref().map(decimal_text);
            if !pass {
                let finding = Diagnostic::new(&catalogue::D118).with("id", &share.id);
                let finding = finding.with("found", text.as_deref().unwrap_or("–")).with("min", decimal_text(&min));
                let finding = finding.with("counted", decimal_text(&part)).with("whole", decimal_text(&whole));
                found.push(finding.at(Place::field(path)));
            }
            outcomes.push(ShareOutcome {
                id: share.id.clone(),
                measure: share.measure.clone(),
                counted: decimal_text(&part),
                whole: decimal_text(&whole),
                share: text,
                min: decimal_text(&min),
                pass,
            });
        }
        (outcomes, found)
    }
}

/// What counts and the whole; `None` where a value cannot be read.
fn sum(
    plan: &PlanDocument,
    among: &Condition,
    counted: &Condition,
    distinct: Option<&str>,
    by_value: bool,
    found: &mut Diagnostics,
) -> Option<(Rational, Rational)> {
    let (mut part, mut whole) = (Rational::zero(), Rational::zero());
    let (mut kinds, mut counted_kinds) = (BTreeSet::new(), BTreeSet::new());
    for (index, item) in plan.items.iter().enumerate() {
        let fact = |name: &str| {
            let name = name.strip_prefix("item.").or_else(|| name.strip_prefix("lot.")).unwrap_or(name);
            match name {
                "id" => Some(item.id.clone()),
                "value" => item.value.as_ref().map(|text| text.0.clone()),
                _ => item.facts.get(name).map(|text| text.0.clone()),
            }
        };
        if !among.holds(&fact) {
            continue;
        }
        let counts = counted.holds(&fact);
        if let Some(name) = distinct {
            // An item that does not say its kind is a kind of its own: leaving out never pays.
            let kind = fact(name).unwrap_or_else(|| format!("#{index}"));
            if counts {
                counted_kinds.insert(kind.clone());
            }
            kinds.insert(kind);
            continue;
        }
        let amount = if by_value {
            let field = format!("items[{index}].value");
            let value = item.value.as_ref().map(DecimalText::value);
            match value {
                Some(Ok(value)) if !value.is_negative() => value,
                _ => {
                    let text = item.value.as_ref().map_or("–", |text| &text.0);
                    let finding = Diagnostic::new(&catalogue::D101).with("field", &field).with("text", text);
                    let words = ("an amount of money, zero or more", "不小于零的金额");
                    found.push(finding.with_words("cause", words).at(Place::field(field)));
                    return None;
                }
            }
        } else {
            whole_number(1)
        };
        if counts {
            part += &amount;
        }
        whole += amount;
    }
    if distinct.is_some() {
        part = whole_number(counted_kinds.len() as i64);
        whole = whole_number(kinds.len() as i64);
    }
    Some((part, whole))
}
