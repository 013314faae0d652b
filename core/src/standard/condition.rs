//! For which bids a clause holds: `bidder.size in [small, micro] and bidder.domestic = true`.

use crate::math::read_decimal;
use std::cmp::Ordering;

/// The longest condition that is read.
const LONGEST: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    Is,
    IsNot,
    AtMost,
    Below,
    AtLeast,
    Above,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Test {
    name: String,
    operator: Operator,
    values: Vec<String>,
}

/// Tests that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition(Vec<Test>);

impl Condition {
    /// Reads a condition; `None` where it cannot be read.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        text.split(" and ").map(test).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Whether all tests hold. What is not known fails every test but `!=`.
    pub fn holds(&self, known: &dyn Fn(&str) -> Option<String>) -> bool {
        self.0.iter().all(|test| {
            let found = known(&test.name);
            let compared = |wanted: &String| {
                let found = found.as_deref()?;
                let numbers = read_decimal(found).ok().zip(read_decimal(wanted).ok());
                Some(numbers.map_or_else(|| found.trim().cmp(wanted), |(found, wanted)| found.cmp(&wanted)))
            };
            let numeric = || {
                let found = read_decimal(found.as_deref()?).ok()?;
                Some(found.cmp(&read_decimal(test.values.first()?).ok()?))
            };
            let any = || test.values.iter().any(|wanted| compared(wanted) == Some(Ordering::Equal));
            match test.operator {
                Operator::In | Operator::Is => any(),
                Operator::IsNot => !any(),
                Operator::AtMost => numeric().is_some_and(Ordering::is_le),
                Operator::Below => numeric().is_some_and(Ordering::is_lt),
                Operator::AtLeast => numeric().is_some_and(Ordering::is_ge),
                Operator::Above => numeric().is_some_and(Ordering::is_gt),
            }
        })
    }
}

fn test(text: &str) -> Option<Test> {
    let text = text.trim();
    if let Some((name, list)) = text.split_once(" in ") {
        let list = list.trim().strip_prefix('[')?.strip_suffix(']')?;
        let values: Vec<String> = list.split(',').map(word).collect::<Option<_>>()?;
        return Some(Test { name: word(name)?, operator: Operator::In, values });
    }
    let operators = [
        ("!=", Operator::IsNot),
        ("<=", Operator::AtMost),
        (">=", Operator::AtLeast),
        ("<", Operator::Below),
        (">", Operator::Above),
        ("=", Operator::Is),
    ];
    let (sign, operator) = operators.into_iter().find(|(sign, _)| text.contains(sign))?;
    let (name, value) = text.split_once(sign)?;
    Some(Test { name: word(name)?, operator, values: vec![word(value)?] })
}

/// One name or value: not empty, without signs of the grammar.
fn word(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']);
    (!text.is_empty() && !text.contains(['<', '>', '=', '[', ']', '(', ')', ',', '!'])).then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_hold() {
        let known = |name: &str| match name {
            "bidder.size" => Some("small".to_string()),
            "rate" => Some("0.50".to_string()),
            "区域" => Some("西部".to_string()),
            _ => None,
        };
        let holds = |text: &str| Condition::read(text).map(|condition| condition.holds(&known));
        assert_eq!(holds("bidder.size in [small,micro]"), Some(true));
        assert_eq!(holds("bidder.size in [medium]"), Some(false));
        assert_eq!(holds("rate >= 0.5 and 区域 = 西部"), Some(true));
        assert_eq!(holds("rate = 0.5"), Some(true));
        assert_eq!(holds("other = 1"), Some(false));
        assert_eq!(holds("other != 1"), Some(true));
        assert_eq!(holds("other < 1"), Some(false));
        for wrong in ["", "a", "a in b", "a in []", "= 3", "a = ", "a <= = 3", "f(x) = 1"] {
            assert_eq!(holds(wrong), None, "{wrong}");
        }
    }
}
