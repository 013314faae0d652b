//! Linear formulas, exactly: `80 - 20*x`, `1.5 * advantage`. Anything else is refused, so a curve has one slope.

use crate::math::{Rational, read_decimal, whole_number};
use num_traits::Zero;
use std::collections::BTreeMap;

/// The longest formula that is read.
const LONGEST: usize = 200;
/// The deepest brackets.
const DEEPEST: u32 = 20;

/// A constant and a factor for every name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// What remains where every name is zero.
    pub constant: Rational,
    /// The factors by name.
    pub factors: BTreeMap<String, Rational>,
}

impl Linear {
    /// Reads a formula over the names; `None` where it is not linear in them or cannot be read.
    pub fn read(text: &str, names: &[&str]) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut reader = Reader { rest: text.trim(), names, depth: 0 };
        let value = reader.sum()?;
        reader.rest.is_empty().then_some(value)
    }

    /// Its value.
    pub fn value(&self, of: &dyn Fn(&str) -> Rational) -> Rational {
        self.factors.iter().fold(self.constant.clone(), |sum, (name, factor)| sum + factor * of(name))
    }

    /// The factor of a name.
    pub fn factor(&self, name: &str) -> Rational {
        self.factors.get(name).cloned().unwrap_or_else(Rational::zero)
    }

    fn constant(value: Rational) -> Self {
        Self { constant: value, factors: BTreeMap::new() }
    }

    fn times(mut self, by: &Rational) -> Self {
        self.constant *= by;
        for factor in self.factors.values_mut() {
            *factor *= by;
        }
        self
    }

    fn plus(mut self, other: Self) -> Self {
        self.constant += other.constant;
        for (name, factor) in other.factors {
            *self.factors.entry(name).or_insert_with(Rational::zero) += factor;
        }
        self
    }

    fn known(&self) -> Option<&Rational> {
        self.factors.values().all(Zero::is_zero).then_some(&self.constant)
    }
}

struct Reader<'a> {
    rest: &'a str,
    names: &'a [&'a str],
    depth: u32,
}

impl Reader<'_> {
    fn take(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<Linear> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value = value.plus(self.product()?);
            } else if self.take('-') {
                value = value.plus(self.product()?.times(&whole_number(-1)));
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<Linear> {
        let mut value = self.part()?;
        loop {
            if self.take('*') {
                let by = self.part()?;
                value = match (value.known().cloned(), by.known().cloned()) {
                    (_, Some(by)) => value.times(&by),
                    (Some(known), None) => by.times(&known),
                    (None, None) => return None,
                };
            } else if self.take('/') {
                let by = self.part()?;
                let by = by.known().filter(|by| !by.is_zero())?;
                value = value.times(&by.recip());
            } else {
                return Some(value);
            }
        }
    }

    fn part(&mut self) -> Option<Linear> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let value = if self.take('-') {
            self.part()?.times(&whole_number(-1))
        } else if self.take('(') {
            let value = self.sum()?;
            if !self.take(')') {
                return None;
            }
            value
        } else {
            self.word()?
        };
        self.depth -= 1;
        Some(value)
    }

    fn word(&mut self) -> Option<Linear> {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        if self.names.contains(&word) {
            let factors = [(word.to_string(), whole_number(1))].into();
            return Some(Linear { constant: Rational::zero(), factors });
        }
        read_decimal(word).ok().map(Linear::constant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::decimal_text;

    #[test]
    fn linear_formulas_are_exact() {
        let value = |text: &str| {
            Linear::read(text, &["x"]).map(|formula| decimal_text(&formula.value(&|_| read_decimal("1.28").unwrap())))
        };
        assert_eq!(value("80 - 20*x").as_deref(), Some("54.4"));
        assert_eq!(value("-(x - 2) * 10 / 4").as_deref(), Some("1.8"));
        assert_eq!(value("(1+2)*(3)").as_deref(), Some("9"));
        for wrong in ["x*x", "1/x", "1/0", "y", "80 -", "(1", "1 2", "", "1,2", "exp(x)"] {
            assert_eq!(value(wrong), None, "{wrong}");
        }
        assert_eq!(value(&"(".repeat(150)), None);
        assert_eq!(value(&"-".repeat(150)), None);
    }
}
