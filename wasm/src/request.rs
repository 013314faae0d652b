//! What may be asked.

use serde::Deserialize;
use zuji_core::diagnostic::Language;
use zuji_core::factor::PartDocument;
use zuji_core::product::Options;
use zuji_formats::File;

/// A request.
#[derive(Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// The footprint of a product: a table of parts, a document, or both.
    Footprint {
        /// The table of parts.
        #[serde(default)]
        table: Option<Text>,
        /// The product document.
        #[serde(default)]
        document: Option<Text>,
        /// What goes before the document.
        #[serde(default)]
        options: Options,
        /// The language of the findings.
        #[serde(default)]
        lang: Lang,
    },
    /// Recomputes a record from what it embeds.
    Verify {
        /// The record, byte for byte.
        record: String,
        /// The language of the findings.
        #[serde(default)]
        lang: Lang,
    },
    /// Takes in factors, for a module that embeds none: parts of packs by class. They stay for all later requests.
    Load {
        /// The parts.
        parts: Vec<PartDocument>,
    },
    /// Scores every product of a linked inventory.
    #[cfg(feature = "linked")]
    Scores {
        /// The inventory, zuji/inventory@1 in YAML or JSON.
        inventory: Text,
        /// The set of GWP values.
        #[serde(default)]
        method: Option<String>,
        /// The language of the findings.
        #[serde(default)]
        lang: Lang,
    },
    /// Which engine this is, and what it embeds.
    Version {},
}

/// A file as text. Its name says what it is (`.csv`, `.tsv`, `.yaml`, `.json`) and appears in findings and records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    name: String,
    text: String,
}

impl Text {
    /// As the readers take it.
    pub fn file(&self) -> File {
        File::new(self.name.clone(), self.text.clone())
    }
}

/// A language by its short name.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    /// As the findings take it.
    pub fn language(self) -> Language {
        match self {
            Self::En => Language::En,
            Self::Zh => Language::Zh,
        }
    }
}
