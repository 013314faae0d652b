//! The program's own words in two languages, and the layout of Chinese in a terminal.

use crate::arguments::Lang;
use unicode_width::UnicodeWidthStr;
use zuji_core::diagnostic::Language;

/// The language in which everything is printed.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The language.
    pub language: Language,
}

impl Words {
    /// The chosen language, or the locale's.
    pub fn of(lang: Option<Lang>) -> Self {
        let language = match lang {
            Some(Lang::Zh) => Language::Zh,
            Some(Lang::En) => Language::En,
            None if sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("zh")) => {
                Language::Zh
            }
            None => Language::En,
        };
        Self { language }
    }

    /// Whether it is Chinese.
    pub fn chinese(self) -> bool {
        self.language == Language::Zh
    }

    /// The English or the Chinese text.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        if self.chinese() { zh } else { en }
    }
}

/// Pads to a width in terminal columns; longer text is cut with an ellipsis.
pub fn pad(text: &str, width: usize) -> String {
    let have = text.width();
    if have <= width {
        return format!("{text}{}", " ".repeat(width - have));
    }
    let mut cut = String::new();
    let mut used = 0;
    for character in text.chars() {
        let wide = character.to_string().width();
        if used + wide + 1 > width {
            break;
        }
        cut.push(character);
        used += wide;
    }
    format!("{cut}…{}", " ".repeat(width.saturating_sub(used + 1)))
}

/// Pads on the left.
pub fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// Text of a user's file as it may stand in a terminal.
pub fn safe(text: &str) -> String {
    zuji_core::diagnostic::quoted(text)
}
