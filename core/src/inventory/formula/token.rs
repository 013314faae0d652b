//! The words of a formula.

use super::FormulaError;

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Name(String),
    Operator(Operator),
    Open,
    Close,
    /// `;` or `,` between arguments.
    Next,
}

/// Operators, with how tightly they bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Negate,
    Power,
}

impl Operator {
    pub(super) fn binds(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Unequal => 3,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Divide | Self::Modulo => 6,
            Self::Negate => 7,
            Self::Power => 8,
        }
    }
}

const SYMBOLS: [(&str, Operator); 18] = [
    ("<>", Operator::Unequal),
    ("!=", Operator::Unequal),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("==", Operator::Equal),
    ("&&", Operator::And),
    ("||", Operator::Or),
    ("**", Operator::Power),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("+", Operator::Plus),
    ("-", Operator::Minus),
    ("−", Operator::Minus),
    ("*", Operator::Times),
    ("×", Operator::Times),
    ("/", Operator::Divide),
    ("^", Operator::Power),
];

/// The most words of a formula.
const MOST: usize = 10_000;

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if tokens.len() >= MOST {
            return Err(FormulaError::TooLong);
        }
        let used = if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
            let length = number_length(rest);
            let number = rest[..length].parse().map_err(|_| FormulaError::Number(rest[..length].to_string()))?;
            tokens.push(Token::Number(number));
            length
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
            tokens.push(word(&rest[..length]));
            length
        } else if let Some((symbol, operator)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
            tokens.push(Token::Operator(*operator));
            symbol.len()
        } else {
            tokens.push(match first {
                '(' => Token::Open,
                ')' => Token::Close,
                ';' | ',' => Token::Next,
                '\'' | '"' => {
                    let text = rest[1..].split(first).next().unwrap_or_default();
                    return Err(FormulaError::Text(text.to_string()));
                }
                other => return Err(FormulaError::Sign(other)),
            });
            first.len_utf8()
        };
        rest = rest[used..].trim_start();
    }
    Ok(tokens)
}

fn word(text: &str) -> Token {
    match text.to_lowercase().as_str() {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "div" => Token::Operator(Operator::Divide),
        "mod" => Token::Operator(Operator::Modulo),
        other => Token::Name(other.to_string()),
    }
}

/// How many bytes of a text are a number: digits, one point, an exponent.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = digits(0);
    if bytes.get(length) == Some(&b'.') {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits((length + 1 + sign).min(bytes.len()));
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}
