//! Text from a user's file, made safe to print: length-capped, control and direction characters escaped.

/// The most characters of a user's text that a diagnostic shows.
const LONGEST: usize = 400;

/// The text as a diagnostic may show it. A terminal, a log or a page cannot be steered by it.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST * 4));
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        let steers = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if steers {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn long_and_steering_text_is_tamed() {
        assert_eq!(quoted("冷轧钢板"), "冷轧钢板");
        assert_eq!(quoted("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(quoted(&"x".repeat(900)).chars().count(), LONGEST_SHOWN);
    }

    const LONGEST_SHOWN: usize = 401;
}
