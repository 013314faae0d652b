//! The words people search with, as data: other names of things, spellings, kinds, places, and what is known to be missing.

use crate::factor::FactorKind;
use serde::Deserialize;

/// `zuji/search-words@1`: what a search knows beside the names of the rows. It ranks and never matches a line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchWords {
    /// Always `zuji/search-words@1`.
    pub schema: String,
    /// Words that say nothing of the thing.
    pub stop: Vec<String>,
    /// Units of a dimension; with the number before them they say nothing of the thing.
    pub measures: Vec<String>,
    /// Spellings: the other one first, then the one that stands in the tables.
    pub spellings: Vec<(String, String)>,
    /// Groups of words for one thing, in both languages.
    pub synonyms: Vec<Vec<String>>,
    /// Words that say which kind of row is wanted.
    pub kinds: Vec<KindWords>,
    /// Places by their names.
    pub places: Vec<PlaceNames>,
    /// What no table has a row of its own for.
    #[serde(default)]
    pub gaps: Vec<Gap>,
}

/// Words that say which kinds of row are wanted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWords {
    /// The kinds.
    pub kinds: Vec<FactorKind>,
    /// The words.
    pub words: Vec<String>,
}

/// A place and its names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceNames {
    /// ISO 3166 code.
    pub code: String,
    /// Names in any language.
    pub names: Vec<String>,
}

/// Something that bills ask for and no table has a row of its own for.
#[derive(Clone, Debug, Deserialize)]
pub struct Gap {
    /// What it is, in Chinese.
    pub zh: String,
    /// What it is, in English.
    pub en: String,
    /// The names under which it is asked for.
    pub names: Vec<String>,
    /// Why there is none and what to do, in Chinese.
    pub why_zh: String,
    /// The same in English.
    pub why_en: String,
}
