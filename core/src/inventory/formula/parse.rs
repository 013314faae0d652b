//! From words to a program: Dijkstra's shunting yard, so depth costs memory and no stack.

use super::Program;
use super::program::{Function, Step};
use super::token::{Operator, Token, tokens};

/// Why a formula cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// Nothing is there.
    #[error("it is empty")]
    Empty,
    /// Longer than any formula.
    #[error("it has more than 10,000 words")]
    TooLong,
    /// A sign that means nothing.
    #[error("the sign {0} means nothing in a formula")]
    Sign(char),
    /// Text in quotes, which nothing here has for an id or a unit.
    #[error("'{0}' is neither an id of its dataset nor a unit that is known")]
    Text(String),
    /// Not a number.
    #[error("{0} is not a number")]
    Number(String),
    /// Not a function.
    #[error("there is no function {0}")]
    Function(String),
    /// Too few or too many arguments.
    #[error("{0} takes another number of arguments")]
    Arguments(String),
    /// Parentheses do not match.
    #[error("the parentheses do not match")]
    Parentheses,
    /// Something is missing between, before or after operators.
    #[error("a number or name is missing, or stands where an operator belongs")]
    Misplaced,
    /// Programs read it in two ways.
    #[error("programs read this in two ways: {0}")]
    TwoWays(&'static str),
}

impl FormulaError {
    /// In English and Chinese.
    pub fn words(&self) -> (String, String) {
        let chinese = match self {
            Self::Empty => "公式为空".into(),
            Self::TooLong => "超过 10,000 个词".into(),
            Self::Sign(sign) => format!("符号 {sign} 在公式中没有含义"),
            Self::Text(text) => format!("“{text}”既不是其数据集中的编号，也不是已知单位"),
            Self::Number(text) => format!("{text} 不是数字"),
            Self::Function(name) => format!("没有函数 {name}"),
            Self::Arguments(name) => format!("{name} 的参数个数不对"),
            Self::Parentheses => "括号不匹配".into(),
            Self::Misplaced => "缺少数字或名称，或其位置应为运算符".into(),
            Self::TwoWays(which) => {
                format!("不同程序有两种理解：{}", which.replace("write", "请写").replace(" or ", " 或 "))
            }
        };
        (self.to_string(), chinese)
    }
}

/// What waits on the way to the program.
enum Waiting {
    Operator(Operator),
    Open,
    Call { name: String, arguments: usize },
}

/// Reads a formula.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Program, FormulaError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(FormulaError::Empty);
    }
    let mut program = Program { steps: Vec::with_capacity(tokens.len()), names: Vec::new() };
    let mut waiting: Vec<Waiting> = Vec::new();
    // Whether a value has just ended: then an operator may follow, else a value must.
    let mut after_value = false;
    let mut words = tokens.into_iter().peekable();
    while let Some(token) = words.next() {
        match token {
            Token::Number(_) | Token::Name(_) | Token::Open if after_value => return Err(FormulaError::Misplaced),
            Token::Number(number) => {
                program.steps.push(Step::Number(number));
                after_value = true;
            }
            Token::Name(name) if words.peek() == Some(&Token::Open) => {
                words.next();
                waiting.push(Waiting::Call { name, arguments: 1 });
            }
            Token::Name(name) => {
                program.name(name);
                after_value = true;
            }
            Token::Open => waiting.push(Waiting::Open),
            Token::Operator(Operator::And | Operator::Or) if !after_value && words.peek() == Some(&Token::Open) => {
                // and(a; b), or(a; b)
                words.next();
                let name = if token == Token::Operator(Operator::And) { "and" } else { "or" };
                waiting.push(Waiting::Call { name: name.into(), arguments: 1 });
            }
            Token::Operator(operator) => {
                after_value = program.operator(operator, after_value, &mut waiting)?;
            }
            Token::Next => {
                if !after_value {
                    return Err(FormulaError::Misplaced);
                }
                program.unwind(&mut waiting);
                match waiting.last_mut() {
                    Some(Waiting::Call { arguments, .. }) => *arguments += 1,
                    _ => return Err(FormulaError::Misplaced),
                }
                after_value = false;
            }
            Token::Close => {
                if !after_value {
                    return Err(FormulaError::Misplaced);
                }
                program.unwind(&mut waiting);
                match waiting.pop() {
                    Some(Waiting::Open) => {}
                    Some(Waiting::Call { name, arguments }) => program.call(&name, arguments)?,
                    _ => return Err(FormulaError::Parentheses),
                }
            }
        }
    }
    if !after_value {
        return Err(FormulaError::Misplaced);
    }
    program.unwind(&mut waiting);
    if waiting.is_empty() { Ok(program) } else { Err(FormulaError::Parentheses) }
}

impl Program {
    /// A name: a constant, or a variable.
    fn name(&mut self, name: String) {
        let at = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        self.steps.push(Step::Variable(at as u32));
    }

    /// Takes an operator in; those before it that bind as tightly come first. Returns whether a value has ended.
    fn operator(
        &mut self,
        operator: Operator,
        after_value: bool,
        waiting: &mut Vec<Waiting>,
    ) -> Result<bool, FormulaError> {
        let operator = match (operator, after_value) {
            (Operator::Minus, false) => Operator::Negate,
            (Operator::Plus, false) => return Ok(false),
            (_, false) => return Err(FormulaError::Misplaced),
            (operator, true) => operator,
        };
        if operator == Operator::Negate {
            waiting.push(Waiting::Operator(operator));
            return Ok(false);
        }
        while let Some(Waiting::Operator(before)) = waiting.last() {
            if operator == Operator::Power {
                match before {
                    Operator::Negate => return Err(FormulaError::TwoWays("-a^b; write (-a)^b or -(a^b)")),
                    Operator::Power => return Err(FormulaError::TwoWays("a^b^c; write (a^b)^c or a^(b^c)")),
                    _ => {}
                }
            }
            if before.binds() < operator.binds() {
                break;
            }
            self.steps.push(Step::Operator(*before));
            waiting.pop();
        }
        waiting.push(Waiting::Operator(operator));
        Ok(false)
    }

    /// Operators back to the last parenthesis.
    fn unwind(&mut self, waiting: &mut Vec<Waiting>) {
        while let Some(Waiting::Operator(operator)) = waiting.last() {
            self.steps.push(Step::Operator(*operator));
            waiting.pop();
        }
    }

    fn call(&mut self, name: &str, arguments: usize) -> Result<(), FormulaError> {
        if name == "log" {
            return Err(FormulaError::TwoWays("log; write ln or log10"));
        }
        let found = match name {
            "and" => Some((Function::And, 2, 2)),
            "or" => Some((Function::Or, 2, 2)),
            _ => Function::find(name),
        };
        let (function, least, most) = found.ok_or_else(|| FormulaError::Function(name.to_string()))?;
        if arguments < least || arguments > most {
            return Err(FormulaError::Arguments(name.to_string()));
        }
        self.steps.push(Step::Call(function, arguments as u32));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let program = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let values: Vec<f64> = program
            .names()
            .iter()
            .map(|name| match name.as_str() {
                "mine_life" => 20.0,
                "coaltype" => 2.0,
                "用量" => 3.0,
                other => panic!("{other}"),
            })
            .collect();
        program.run(&values)
    }

    #[test]
    fn formulas_mean_what_they_say() {
        for (text, expected) in [
            ("1/2", 0.5),
            ("7 - 2 - 1", 4.0),
            ("8/2/2", 2.0),
            ("2+3*4^2", 50.0),
            ("-(2)*3 + +1", -5.0),
            ("2*-3", -6.0),
            ("2^-1", 0.5),
            ("(1/1000)*1.5E+3", 1.5),
            (".5 + 1.", 1.5),
            ("Mine_Life/4", 5.0),
            ("if(Coaltype=1;10;if(Coaltype=2;20;if(Coaltype=3;30;0)))", 20.0),
            ("if(1 > 2, 1/0, 4)", 4.0),
            ("min(3; 1, 2) + max(1;2)", 3.0),
            ("1 < 2 and not(0)", 1.0),
            ("and(1; 0) + or(1; 0)", 1.0),
            ("sqrt(16) + sqr(3) + abs(-1) + pow(2; 3)", 22.0),
            ("7 mod 4 + 8 div 4", 5.0),
            ("exp(0) + ln(1) + lg(1000)", 4.0),
            ("用量 × 2", 6.0),
            ("avg(1;2;6)", 3.0),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "", "  ", "1 +", "* 2", "1 2", "(1", "1)", "foo(1)", "if(1;2)", "min()", "a b", "1..2", "1 # 2", "2;3",
            "()",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(matches!(parse("-2^2"), Err(FormulaError::TwoWays(_))));
        assert!(matches!(parse("2^3^2"), Err(FormulaError::TwoWays(_))));
        assert!(matches!(parse("log(5)"), Err(FormulaError::TwoWays(_))));
        assert_eq!(parse(&"(".repeat(1_000_000)), Err(FormulaError::TooLong));
        let deep = format!("{}1{}", "(".repeat(4000), ")".repeat(4000));
        assert_eq!(parse(&deep).unwrap().run(&[]), 1.0);
        assert_eq!(parse(&format!("1{}", "+1".repeat(4000))).unwrap().run(&[]), 4001.0);
    }

    #[test]
    fn the_unknown_stays_unknown() {
        for text in ["x > 1", "if(x; 1; 2)", "min(x; 1)", "max(1; x)", "x and 0"] {
            assert!(parse(text).unwrap().run(&[f64::NAN]).is_nan(), "{text}");
        }
        assert!(parse("0/0").unwrap().run(&[]).is_nan());
    }
}
