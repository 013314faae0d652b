//! Diagnostics are data: code, severity, places and arguments; many at once, carried with results.
//!
//! A diagnostic holds no sentence. The sentences (what was found, why it matters, how to fix it, in Chinese and
//! English) stand in one registry, [`catalogue`]; a renderer fills in the arguments. So a record is the same bytes
//! whatever the language.

pub mod catalogue;
mod place;
mod untrusted;

pub use place::Place;
pub use untrusted::quoted;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Handled automatically and listed.
    Note,
    /// Counted, but flagged in the report.
    Warning,
    /// Needs a decision; until then the line is unknown and lowers coverage.
    Question,
    /// The line is not counted, or nothing can be computed.
    Error,
}

/// The languages in which diagnostics speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese (simplified).
    Zh,
}

/// The sentences of one entry in one language. `{name}` stands for an argument.
#[derive(Debug)]
pub struct Sentences {
    /// What was found.
    pub found: &'static str,
    /// Why it matters: the effect on the result.
    pub why: &'static str,
    /// How to fix it.
    pub fix: &'static str,
}

/// One entry of the registry: a code with its meaning in two languages.
#[derive(Debug)]
pub struct Entry {
    /// The stable code, such as `U201`.
    pub code: &'static str,
    /// The usual severity.
    pub severity: Severity,
    /// English sentences.
    pub en: Sentences,
    /// Chinese sentences.
    pub zh: Sentences,
}

impl Entry {
    /// The sentences in a language.
    pub fn sentences(&self, language: Language) -> &Sentences {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }
}

/// One finding about the input or the result.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    entry: &'static Entry,
    severity: Severity,
    arguments: Vec<(&'static str, Argument)>,
    places: Vec<Place>,
}

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Argument {
    /// The same in every language: a number, a name, a user's own text.
    Plain(String),
    /// Words of ours, in English and Chinese.
    Words(String, String),
}

impl Argument {
    fn text(&self, language: Language) -> &str {
        match (self, language) {
            (Self::Plain(text) | Self::Words(text, _), Language::En) => text,
            (Self::Plain(text) | Self::Words(_, text), Language::Zh) => text,
        }
    }
}

impl Diagnostic {
    /// A finding with the entry's usual severity and no place yet.
    pub fn new(entry: &'static Entry) -> Self {
        Self { entry, severity: entry.severity, arguments: Vec::new(), places: Vec::new() }
    }

    /// Adds an argument. Text from a user's file goes through [`quoted`] when it is rendered.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, Argument::Plain(quoted(&value.to_string()))));
        self
    }

    /// Adds words of ours as an argument, in English and Chinese.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, words: (impl ToString, impl ToString)) -> Self {
        self.arguments.push((name, Argument::Words(quoted(&words.0.to_string()), quoted(&words.1.to_string()))));
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds several places; a repeated finding is one diagnostic with all its places.
    #[must_use]
    pub fn at_all(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }

    /// Raises or lowers the severity, for instance when `--strict` asks for it.
    #[must_use]
    pub fn as_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.entry.code
    }

    /// The registry entry.
    pub fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// The severity.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it was found; empty when it concerns the whole result.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The places, to complete them (for instance with a file name).
    pub fn places_mut(&mut self) -> &mut [Place] {
        &mut self.places
    }

    /// An argument in English, by its name.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(known, _)| *known == name).map(|(_, value)| value.text(Language::En))
    }

    /// Whether another finding says the same of other places.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.code() == other.code() && self.severity == other.severity && self.arguments == other.arguments
    }

    /// What was found, in a language.
    pub fn found(&self, language: Language) -> String {
        self.fill(self.entry.sentences(language).found, language)
    }

    /// Why it matters, in a language.
    pub fn why(&self, language: Language) -> String {
        self.fill(self.entry.sentences(language).why, language)
    }

    /// How to fix it, in a language.
    pub fn fix(&self, language: Language) -> String {
        self.fill(self.entry.sentences(language).fix, language)
    }

    fn fill(&self, template: &str, language: Language) -> String {
        let mut text = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}') else { break };
            let name = &rest[open + 1..open + close];
            match self.arguments.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => text.push_str(value.text(language)),
                None => text.push('–'),
            }
            rest = &rest[open + close + 1..];
        }
        text.push_str(rest);
        text
    }
}

/// In a record and in JSON a diagnostic is its code, severity, places and arguments: the same in every language.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let arguments: std::collections::BTreeMap<&str, &str> =
            self.arguments.iter().map(|(name, value)| (*name, value.text(Language::En))).collect();
        let mut out = serializer.serialize_struct("Diagnostic", 4)?;
        out.serialize_field("code", self.code())?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("places", &self.places)?;
        out.serialize_field("arguments", &arguments)?;
        out.end()
    }
}

/// A list of findings that travels with a result.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// All, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// All, to complete their places.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.0.iter_mut()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether a code is among them.
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.code() == code)
    }
}

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self(vec![one])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_take_their_arguments() {
        let finding = Diagnostic::new(&catalogue::U201).with("unit", "公金").with("rows", 3).with("suggestion", "公斤");
        assert!(finding.found(Language::En).contains("公金"));
        assert!(finding.found(Language::Zh).contains("公金"));
        assert_eq!(finding.code(), "U201");
    }

    #[test]
    fn untrusted_text_cannot_forge_a_terminal_line() {
        let finding = Diagnostic::new(&catalogue::U201).with("unit", "kg\u{1b}[31m\n\u{202e}x");
        let text = finding.found(Language::En);
        assert!(!text.contains('\u{1b}') && !text.contains('\n') && !text.contains('\u{202e}'));
    }
}
