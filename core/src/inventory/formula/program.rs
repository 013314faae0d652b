//! A parsed formula: steps for a stack of numbers.

use super::token::Operator;
use crate::math::functions;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Number(f64),
    /// A variable, by its position among the names.
    Variable(u32),
    Operator(Operator),
    /// A function and how many arguments it takes from the stack.
    Call(Function, u32),
}

/// A formula that can be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) names: Vec<String>,
}

/// Functions that inventories use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    If,
    Not,
    And,
    Or,
    Xor,
    Min,
    Max,
    Sum,
    Average,
    Abs,
    Sqrt,
    Square,
    Power,
    Exp,
    Ln,
    Log10,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Ceil,
    Floor,
    Round,
    Truncate,
}

impl Function {
    /// A function by its name, with the fewest and the most arguments.
    pub(super) fn find(name: &str) -> Option<(Self, usize, usize)> {
        const MANY: usize = 1000;
        Some(match name {
            "if" => (Self::If, 3, 3),
            "not" => (Self::Not, 1, 1),
            "xor" => (Self::Xor, 2, 2),
            "min" => (Self::Min, 1, MANY),
            "max" => (Self::Max, 1, MANY),
            "sum" => (Self::Sum, 1, MANY),
            "avg" | "average" | "mean" => (Self::Average, 1, MANY),
            "abs" => (Self::Abs, 1, 1),
            "sqrt" => (Self::Sqrt, 1, 1),
            "sqr" => (Self::Square, 1, 1),
            "pow" | "power" => (Self::Power, 2, 2),
            "exp" => (Self::Exp, 1, 1),
            "ln" => (Self::Ln, 1, 1),
            "log10" | "lg" => (Self::Log10, 1, 1),
            "sin" => (Self::Sin, 1, 1),
            "cos" => (Self::Cos, 1, 1),
            "tan" => (Self::Tan, 1, 1),
            "asin" | "arcsin" => (Self::Asin, 1, 1),
            "acos" | "arccos" => (Self::Acos, 1, 1),
            "atan" | "arctan" => (Self::Atan, 1, 1),
            "sinh" => (Self::Sinh, 1, 1),
            "cosh" => (Self::Cosh, 1, 1),
            "tanh" => (Self::Tanh, 1, 1),
            "ceil" | "ceiling" => (Self::Ceil, 1, 1),
            "floor" => (Self::Floor, 1, 1),
            "round" => (Self::Round, 1, 1),
            "trunc" => (Self::Truncate, 1, 1),
            _ => return None,
        })
    }

    fn apply(self, arguments: &[f64]) -> f64 {
        let truth = |value: bool| f64::from(u8::from(value));
        let fold = |pick: fn(f64, f64) -> f64| arguments.iter().copied().reduce(pick).unwrap_or(f64::NAN);
        let sum = || arguments.iter().fold(0.0, |sum, one| sum + one);
        match (self, arguments) {
            (Self::If, [condition, then, otherwise]) => {
                if condition.is_nan() {
                    f64::NAN
                } else if *condition != 0.0 {
                    *then
                } else {
                    *otherwise
                }
            }
            (Self::And, [a, b]) => truth(*a != 0.0 && *b != 0.0),
            (Self::Or, [a, b]) => truth(*a != 0.0 || *b != 0.0),
            (Self::Xor, [a, b]) => truth((*a != 0.0) != (*b != 0.0)),
            (Self::Power, [base, exponent]) => functions::pow(*base, *exponent),
            // NaN must win: a minimum of something unknown is unknown.
            (Self::Min, _) => fold(|a, b| if b < a || b.is_nan() { b } else { a }),
            (Self::Max, _) => fold(|a, b| if b > a || b.is_nan() { b } else { a }),
            (Self::Sum, _) => sum(),
            (Self::Average, _) => sum() / arguments.len() as f64,
            (_, [value]) => self.of_one(*value),
            _ => f64::NAN,
        }
    }

    fn of_one(self, value: f64) -> f64 {
        match self {
            Self::Not => f64::from(u8::from(value == 0.0)),
            Self::Abs => value.abs(),
            Self::Sqrt => value.sqrt(),
            Self::Square => value * value,
            Self::Exp => functions::exp(value),
            Self::Ln => functions::log(value),
            Self::Log10 => functions::log10(value),
            Self::Sin => functions::sin(value),
            Self::Cos => functions::cos(value),
            Self::Tan => functions::tan(value),
            Self::Asin => functions::asin(value),
            Self::Acos => functions::acos(value),
            Self::Atan => functions::atan(value),
            Self::Sinh => functions::sinh(value),
            Self::Cosh => functions::cosh(value),
            Self::Tanh => functions::tanh(value),
            Self::Ceil => value.ceil(),
            Self::Floor => value.floor(),
            Self::Round => value.round(),
            Self::Truncate => value.trunc(),
            _ => f64::NAN,
        }
    }
}

impl Operator {
    fn apply(self, a: f64, b: f64) -> f64 {
        // A comparison with something unknown is unknown, not false.
        let truth = |value: bool| if a.is_nan() || b.is_nan() { f64::NAN } else { f64::from(u8::from(value)) };
        match self {
            Self::Or => truth(a != 0.0 || b != 0.0),
            Self::And => truth(a != 0.0 && b != 0.0),
            Self::Equal => truth(a == b),
            Self::Unequal => truth(a != b),
            Self::Less => truth(a < b),
            Self::LessOrEqual => truth(a <= b),
            Self::Greater => truth(a > b),
            Self::GreaterOrEqual => truth(a >= b),
            Self::Plus => a + b,
            Self::Minus => a - b,
            Self::Times => a * b,
            Self::Divide => a / b,
            Self::Modulo => a % b,
            Self::Power => functions::pow(a, b),
            Self::Negate => -a,
        }
    }
}

impl Program {
    /// The names that it needs, in lower case.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The value, given those of its names in their order. Not finite where something is undefined.
    pub fn run(&self, values: &[f64]) -> f64 {
        let mut stack: Vec<f64> = Vec::with_capacity(8);
        for step in &self.steps {
            match step {
                Step::Number(number) => stack.push(*number),
                Step::Variable(at) => stack.push(values.get(*at as usize).copied().unwrap_or(f64::NAN)),
                Step::Operator(Operator::Negate) => {
                    let value = stack.pop().unwrap_or(f64::NAN);
                    stack.push(-value);
                }
                Step::Operator(operator) => {
                    let (b, a) = (stack.pop(), stack.pop());
                    stack.push(operator.apply(a.unwrap_or(f64::NAN), b.unwrap_or(f64::NAN)));
                }
                Step::Call(function, count) => {
                    let from = stack.len().saturating_sub(*count as usize);
                    let value = function.apply(&stack[from..]);
                    stack.truncate(from);
                    stack.push(value);
                }
            }
        }
        stack.pop().unwrap_or(f64::NAN)
    }
}
