//! A name or a query as words: Latin words with their plural put aside, Chinese characters, of which two neighbours
//! count as a word.

use crate::quantity::normalise;
use rustc_hash::FxHashMap;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Word {
    /// Letters and digits, lower case, singular: `steel`, `q235b`, `1.0037`.
    Latin(String),
    /// One Chinese character.
    Han(char),
    /// What parts two runs of Chinese characters.
    Break,
}

/// Reads text as words.
pub(super) fn words(text: &str, spellings: &FxHashMap<String, String>) -> Vec<Word> {
    let text: Vec<char> = normalise(text).chars().flat_map(char::to_lowercase).collect();
    let mut read = Vec::new();
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        if is_part(&text, at) {
            let from = at;
            while is_part(&text, at) {
                at += 1;
            }
            let word: String = text.get(from..at).unwrap_or_default().iter().collect();
            let word = singular(word);
            read.push(Word::Latin(spellings.get(&word).cloned().unwrap_or(word)));
        } else {
            if character.is_alphanumeric() {
                read.push(Word::Han(character));
            } else if matches!(read.last(), Some(Word::Han(_))) {
                read.push(Word::Break);
            }
            at += 1;
        }
    }
    if read.last() == Some(&Word::Break) {
        read.pop();
    }
    read
}

/// Whether the character belongs to a Latin word: a letter or digit, a `#` after one, a point between two of them.
fn is_part(text: &[char], at: usize) -> bool {
    let latin = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric() && (*c as u32) < 0x2e80);
    let before = at.checked_sub(1).is_some_and(latin);
    match text.get(at) {
        Some('#') => before,
        Some('.') => before && latin(at + 1),
        _ => latin(at),
    }
}

/// Light stemming: the plural alone.
fn singular(word: String) -> String {
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    if word.len() < 4 || !plain(&word) {
        return word;
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if let Some(stem) = word.strip_suffix(end) {
            return format!("{stem}{}", end.strip_suffix("es").unwrap_or(end));
        }
    }
    if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word;
    }
    word.strip_suffix('s').map_or(word.clone(), str::to_string)
}

/// The form in which two names are the same: all words without what parts them.
pub(super) fn key(words: &[Word]) -> String {
    let mut key = String::new();
    for word in words {
        match word {
            Word::Latin(word) => key.push_str(word),
            Word::Han(character) => key.push(*character),
            Word::Break => {}
        }
    }
    key
}

/// Where a phrase stands in a text, whatever parts its words.
pub(super) fn find(text: &[Word], phrase: &[Word]) -> Option<(usize, usize)> {
    if phrase.is_empty() {
        return None;
    }
    (0..text.len()).find_map(|from| {
        let mut at = from;
        for wanted in phrase.iter().filter(|word| **word != Word::Break) {
            if at > from && text.get(at) == Some(&Word::Break) {
                at += 1;
            }
            if text.get(at) != Some(wanted) {
                return None;
            }
            at += 1;
        }
        Some((from, at))
    })
}

/// A text without the words from one position to another.
pub(super) fn without(text: &[Word], (from, to): (usize, usize)) -> Vec<Word> {
    replaced(text, (from, to), &[Word::Break])
}

/// A text with other words in the place of some.
pub(super) fn replaced(text: &[Word], (from, to): (usize, usize), by: &[Word]) -> Vec<Word> {
    let mut all: Vec<Word> = text.get(..from).unwrap_or_default().to_vec();
    all.extend_from_slice(by);
    all.extend_from_slice(text.get(to..).unwrap_or_default());
    let edge = |word: Option<&Word>| word == Some(&Word::Break);
    while edge(all.first()) {
        all.remove(0);
    }
    while edge(all.last()) {
        all.pop();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        key(&words(text, &FxHashMap::default()))
    }

    #[test]
    fn names_are_read_whatever_their_dress() {
        for (one, other) in [
            ("ＰＡ６６－GF30", "pa66 gf30"),
            ("AISI304", "AISI 304"),
            ("batteries", "Battery"),
            ("glass boxes", "glass box"),
            ("P.O 42.5 水泥", "P.O 42.5水泥"),
        ] {
            assert_eq!(read(one), read(other), "{one}");
        }
        for (one, other) in [("PA6", "PA66"), ("1.0037", "10037"), ("gas", "ga"), ("45#", "45")] {
            assert_ne!(read(one), read(other), "{one}");
        }
        assert_eq!(words("45#钢，A.", &FxHashMap::default()).len(), 4);
        assert_eq!(read("？？？ \u{0} ……"), "");
    }

    #[test]
    fn a_phrase_is_found_over_what_parts_its_words() {
        let read = |text: &str| words(text, &FxHashMap::default());
        assert_eq!(find(&read("德国 电网"), &read("国电")), Some((1, 4)));
        assert_eq!(find(&read("power cords"), &read("power cord")), Some((0, 2)));
        assert_eq!(find(&read("powers"), &read("")), None);
    }
}
