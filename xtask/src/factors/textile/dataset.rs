//! The descriptor of a dataset and what becomes of it.

use zuji_core::factor::{Carbon, FactorKind, RowProperties};

/// `FAMILY:PATH#SUBSTRATE?DTEX=150@PLACE`, in parts.
pub(super) struct Descriptor<'a> {
    /// The steps of the path, such as `TEXTILE_FORMATION`, `KNITTING`, `FLAT`.
    pub(super) path: Vec<&'a str>,
    /// What is worked on, the last part of `SYNTHETIC_FIBERS/ACRYLIC`.
    pub(super) substrate: &'a str,
    /// Fineness of the yarn.
    pub(super) dtex: Option<u32>,
    pub(super) place: &'a str,
}

impl<'a> Descriptor<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let wrong = || format!("textile: \"{text}\" is no descriptor");
        let (_, rest) = text.split_once(':').ok_or_else(wrong)?;
        let (rest, place) = rest.rsplit_once('@').ok_or_else(wrong)?;
        let (path, substrate) = rest.split_once('#').unwrap_or((rest, ""));
        let (substrate, dtex) = match substrate.split_once("?DTEX=") {
            Some((substrate, dtex)) => (substrate, Some(dtex.parse().map_err(|_| wrong())?)),
            None => (substrate, None),
        };
        Ok(Self { path: path.split('/').collect(), substrate, dtex, place })
    }

    /// The path from a step on.
    pub(super) fn after(&self, step: &str) -> Vec<&'a str> {
        self.path.iter().skip_while(|part| **part != step).skip(1).copied().collect()
    }

    /// The last part of the substrate.
    pub(super) fn fibre(&self) -> &'a str {
        self.substrate.rsplit('/').next().unwrap_or(self.substrate)
    }
}

/// What a row says besides its figure.
pub(super) struct Dataset {
    /// Parts of the id, with `/` between them.
    pub(super) id: String,
    pub(super) name_en: String,
    pub(super) name_zh: String,
    pub(super) synonyms: Vec<String>,
    pub(super) class: &'static str,
    pub(super) kind: FactorKind,
    pub(super) unit: &'static str,
    pub(super) geography: &'static str,
    /// What the column of required input counts.
    pub(super) input: Option<&'static str>,
    pub(super) screening: bool,
    pub(super) note: Option<&'static str>,
    pub(super) properties: Option<RowProperties>,
    pub(super) carbon: Option<Carbon>,
}

impl Dataset {
    /// A process per kg, for the world.
    pub(super) fn process(id: String, name_en: String, name_zh: String, class: &'static str) -> Self {
        Self {
            id,
            name_en,
            name_zh,
            synonyms: Vec::new(),
            class,
            kind: FactorKind::Process,
            unit: "kg",
            geography: "GLO",
            input: None,
            screening: false,
            note: None,
            properties: None,
            carbon: None,
        }
    }
}

/// A word of the source with its English and Chinese name.
pub(super) type Word = (&'static str, &'static str, &'static str);

/// The names of a word, or the word where none is known.
pub(super) fn say(words: &'static [Word], word: &str) -> Result<(&'static str, &'static str), String> {
    words.iter().find(|(known, ..)| *known == word).map(|(_, en, zh)| (*en, *zh)).ok_or_else(|| word.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_falls_into_its_parts() {
        let text = "MATERIAL_PROCESS_STEP:YARN_FORMATION/SPINNING/FOR_KNIT/RING#PLANT_FIBERS/COTTON?DTEX=150@WORLD";
        let descriptor = Descriptor::read(text).unwrap();
        assert_eq!(descriptor.after("SPINNING"), ["FOR_KNIT", "RING"]);
        assert_eq!((descriptor.fibre(), descriptor.dtex, descriptor.place), ("COTTON", Some(150), "WORLD"));
        assert_eq!(Descriptor::read("USE_PHASE:IRONING@GLO").unwrap().substrate, "");
        for text in ["", "A:B", "A#B@C", "A:B#C?DTEX=x@D"] {
            assert!(Descriptor::read(text).is_err(), "{text}");
        }
    }
}
