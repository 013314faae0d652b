//! The names of all rows by the words in them, built when somebody searches.

use super::text::{Word, key};
use rustc_hash::FxHashMap;

/// A word as names share it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Term {
    Word(String),
    Character(char),
    Pair(char, char),
}

/// No term: a word that stands in no name, or the end of a run of characters.
const NONE: u32 = u32::MAX;

/// A Latin word or one Chinese character of a text.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// The word or character.
    term: u32,
    /// The pair with the character after it.
    pair: u32,
    /// A character with no neighbour.
    alone: bool,
    /// The last character of its run: it says what the thing is (标签纸 is a paper).
    last: bool,
    latin: bool,
    weight: u32,
}

/// A text taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    units: Vec<Unit>,
    terms: Vec<u32>,
    pub(super) key: String,
    pub(super) weight: u32,
}

/// How much of a query a name has, and of a name a query, in thousandths, rare words weighing more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) of_query: u32,
    pub(super) of_name: u32,
    /// Which of the first 64 words of the query.
    pub(super) which: u64,
}

/// A name and the rows that carry it.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: Text,
    /// Rows by position, and whether it is only the beginning of their name.
    pub(super) rows: Vec<(u32, bool)>,
}

/// All names.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    terms: FxHashMap<Term, u32>,
    weights: Vec<u32>,
    pub(super) names: Vec<Name>,
    by_term: Vec<Vec<u32>>,
    by_key: FxHashMap<String, u32>,
    latin: Vec<String>,
}

impl Index {
    /// Puts a row under a name.
    pub(super) fn add(&mut self, words: &[Word], row: u32, beginning: bool) {
        let found = key(words);
        if found.is_empty() {
            return;
        }
        // The same words in another order or cut otherwise are another name; only the key is shared.
        let known = self.by_key.get(&found).copied();
        let at = known.unwrap_or_else(|| {
            let at = self.names.len() as u32;
            let text = self.learn(words, &found);
            for term in &text.terms {
                if let Some(names) = self.by_term.get_mut(*term as usize) {
                    names.push(at);
                }
            }
            self.by_key.insert(found, at);
            self.names.push(Name { text, rows: Vec::new() });
            at
        });
        if let Some(name) = self.names.get_mut(at as usize) {
            // Rows come in their order, each with all its names.
            match name.rows.last_mut().filter(|(known, _)| *known == row) {
                Some((_, only)) => *only &= beginning,
                None => name.rows.push((row, beginning)),
            }
        }
    }

    /// Weighs all words once every name is in: a word that few names have says more.
    pub(super) fn weigh(&mut self, silent: &[Word]) {
        let count = self.names.len().max(1) as u128;
        self.weights = self.by_term.iter().map(|names| rarity(count, names.len() as u128)).collect();
        for word in silent {
            let term = self.terms.get(&single(word));
            if let Some(weight) = term.and_then(|term| self.weights.get_mut(*term as usize)) {
                *weight = 0;
            }
        }
        let weights = &self.weights;
        for name in &mut self.names {
            name.text.weigh(weights, rarity(count, 1));
        }
    }

    /// A query as these names share its words.
    pub(super) fn read(&self, words: &[Word], silent: &[Word]) -> Text {
        let found = key(words);
        let mut text = take_apart(words, &found, |term| self.terms.get(&term).copied().unwrap_or(NONE));
        text.weigh(&self.weights, rarity(self.names.len().max(1) as u128, 1));
        for (unit, word) in text.units.iter_mut().zip(words.iter().filter(|word| **word != Word::Break)) {
            // A number that stands in no name is a dimension; a letter by itself says nothing.
            let says_nothing = match word {
                Word::Latin(word) if word.len() == 1 => true,
                Word::Latin(word) => unit.term == NONE && word.bytes().all(|b| b.is_ascii_digit() || b == b'.'),
                _ => false,
            };
            if silent.contains(word) || says_nothing {
                unit.weight = 0;
            }
        }
        text.sum();
        text
    }

    /// Whether a Latin word stands in a name.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.terms.contains_key(&Term::Word(word.to_string()))
    }

    /// Words of the names that an unknown one may be: begun, ended, or with one letter wrong.
    pub(super) fn like(&self, word: &str) -> Vec<String> {
        if word.len() < 4 {
            return Vec::new();
        }
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let near = |known: &&String| {
            if number {
                known.strip_suffix(word).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphabetic()))
            } else {
                (word.len() >= 5 && known.starts_with(word))
                    || (word.len() >= 6
                        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
                        && known.len().abs_diff(word.len()) < 2
                        && strsim::damerau_levenshtein(known, word) == 1)
            }
        };
        let mut like: Vec<String> = self.latin.iter().filter(near).cloned().collect();
        like.sort();
        like.truncate(4);
        like
    }

    /// The name with a key.
    pub(super) fn named(&self, key: &str) -> Option<&Name> {
        self.names.get(*self.by_key.get(key)? as usize)
    }

    /// Every name that shares a word with a text.
    pub(super) fn sharing(&self, text: &Text) -> Vec<(&Name, Overlap)> {
        let mut met = vec![false; self.names.len()];
        let mut shared = Vec::new();
        for (term, unit) in text.asked() {
            if unit.weight == 0 {
                continue;
            }
            for at in self.by_term.get(term as usize).into_iter().flatten() {
                if let (Some(met), Some(name)) = (met.get_mut(*at as usize), self.names.get(*at as usize))
                    && !*met
                {
                    *met = true;
                    shared.push((name, overlap(text, &name.text)));
                }
            }
        }
        shared.retain(|(_, overlap)| overlap.of_query > 0);
        shared
    }

    fn learn(&mut self, words: &[Word], key: &str) -> Text {
        take_apart(words, key, |term| {
            let next = self.by_term.len() as u32;
            let at = *self.terms.entry(term.clone()).or_insert(next);
            if at == next {
                self.by_term.push(Vec::new());
                if let Term::Word(word) = term {
                    self.latin.push(word);
                }
            }
            at
        })
    }
}

impl Text {
    fn weigh(&mut self, weights: &[u32], unknown: u32) {
        for unit in &mut self.units {
            let weight = weights.get(unit.term as usize).copied().unwrap_or(unknown);
            // Two characters make a word.
            unit.weight = if unit.latin { weight } else { weight.div_ceil(2) };
        }
        self.sum();
    }

    /// All words as [`Overlap::which`] marks them; nothing where there are too many to mark.
    pub(super) fn all(&self) -> u64 {
        let count = self.units.len() as u32;
        if count < 64 { (1_u64 << count) - 1 } else { 0 }
    }

    fn sum(&mut self) {
        self.weight = self.units.iter().map(|unit| unit.weight).sum();
    }

    fn has(&self, term: u32) -> bool {
        term != NONE && self.terms.binary_search(&term).is_ok()
    }

    /// The terms by which names are looked up: words and pairs, and the last character of a run.
    fn asked(&self) -> impl Iterator<Item = (u32, &Unit)> {
        self.units.iter().flat_map(|unit| {
            let own = (unit.latin || unit.last).then_some((unit.term, unit));
            own.into_iter().chain((unit.pair != NONE).then_some((unit.pair, unit)))
        })
    }

    /// Which units stand in another text; a character that stands alone counts wherever it is if `anywhere`.
    fn covered<'a>(&'a self, by: &'a Text, anywhere: bool) -> impl Iterator<Item = (u32, bool)> + 'a {
        self.units.iter().enumerate().map(move |(at, unit)| {
            let before = at.checked_sub(1).and_then(|at| self.units.get(at)).map_or(NONE, |unit| unit.pair);
            let found = if unit.latin {
                by.has(unit.term)
            } else if unit.alone {
                by.has(unit.term) && (anywhere || by.units.iter().any(|other| other.last && other.term == unit.term))
            } else {
                let alone = || by.units.iter().any(|other| other.alone && other.term == unit.term);
                by.has(unit.pair) || by.has(before) || (unit.last && by.has(unit.term) && alone())
            };
            (unit.weight, found)
        })
    }
}

fn overlap(query: &Text, name: &Text) -> Overlap {
    let (mut which, mut shared) = (0, 0);
    for (at, (weight, found)) in query.covered(name, true).enumerate() {
        if found {
            shared += weight;
            which |= 1_u64.checked_shl(at as u32).unwrap_or(0);
        } else if weight == 0 {
            which |= 1_u64.checked_shl(at as u32).unwrap_or(0);
        }
    }
    let own: u32 = name.covered(query, false).filter(|(_, found)| *found).map(|(weight, _)| weight).sum();
    Overlap { of_query: thousandths(shared, query.weight), of_name: thousandths(own, name.weight), which }
}

fn thousandths(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 1000).checked_div(u64::from(whole)).unwrap_or(0) as u32
}

/// Four times the binary logarithm of how rare something is, in whole numbers, and never nothing.
fn rarity(of: u128, have: u128) -> u32 {
    let ratio = (of * 16).checked_div(have.max(1)).unwrap_or(1).max(1);
    ratio.pow(4).ilog2()
}

fn single(word: &Word) -> Term {
    match word {
        Word::Latin(word) => Term::Word(word.clone()),
        Word::Han(character) => Term::Character(*character),
        Word::Break => Term::Word(String::new()),
    }
}

fn take_apart(words: &[Word], key: &str, mut number: impl FnMut(Term) -> u32) -> Text {
    let mut text = Text { key: key.to_string(), ..Text::default() };
    let han = |at: Option<usize>| match at.and_then(|at| words.get(at)) {
        Some(Word::Han(character)) => Some(*character),
        _ => None,
    };
    for (at, word) in words.iter().enumerate() {
        if *word != Word::Break {
            let (mut pair, mut alone, mut last, latin) = (NONE, false, false, matches!(word, Word::Latin(_)));
            if let Word::Han(character) = word {
                let next = han(Some(at + 1));
                last = next.is_none();
                alone = last && han(at.checked_sub(1)).is_none();
                pair = next.map_or(NONE, |next| number(Term::Pair(*character, next)));
            }
            text.units.push(Unit { term: number(single(word)), pair, alone, last, latin, weight: 0 });
        }
    }
    text.terms = text.units.iter().flat_map(|unit| [unit.term, unit.pair]).filter(|term| *term != NONE).collect();
    text.terms.sort_unstable();
    text.terms.dedup();
    text
}
