//! Countries and subdivisions: ISO codes and names in two languages, read from the CLDR.

use super::row::read;
use crate::Outcome;
use serde::Deserialize;
use std::path::Path;

/// A country or territory.
#[derive(Clone, Deserialize)]
pub(super) struct Territory {
    pub(super) alpha2: String,
    alpha3: String,
    pub(super) name_en: String,
    pub(super) name_zh: String,
}

#[derive(Deserialize)]
struct Subdivision {
    code: String,
    name_en: String,
}

/// All places.
pub(super) struct Places {
    territories: Vec<Territory>,
    subdivisions: Vec<Subdivision>,
}

/// Where documents of China write another name than the CLDR.
const CHINESE_NAMES: &[(&str, &str)] = &[("TW", "中国台湾")];

/// Countries whose own official figure stands in another table. A plain word for electricity means that figure there, so
/// rows of international collections do not carry it.
pub(super) const OFFICIAL_ELSEWHERE: &[&str] = &["CN", "GB"];

impl Places {
    /// Reads `factors/raw/cldr_names`.
    pub(super) fn read(folder: &Path) -> Outcome<Self> {
        let mut territories: Vec<Territory> = read(&folder.join("territories.csv"))?;
        for territory in &mut territories {
            if let Some((_, name)) = CHINESE_NAMES.iter().find(|(code, _)| *code == territory.alpha2) {
                territory.name_zh = (*name).into();
            }
        }
        Ok(Self { territories, subdivisions: read(&folder.join("subdivisions.csv"))? })
    }

    /// A territory by its alpha-2 code, that of a subdivision or of a zone included (`AU-NSW`).
    pub(super) fn of(&self, code: &str) -> Outcome<&Territory> {
        let country = code.split('-').next().unwrap_or(code);
        let found = self.territories.iter().find(|territory| territory.alpha2 == country);
        Ok(found.ok_or_else(|| format!("\"{country}\" is no territory of ISO 3166-1"))?)
    }

    /// A territory by its alpha-3 code; `None` for groups of countries.
    pub(super) fn by_alpha3(&self, code: &str) -> Option<&Territory> {
        // Kosovo has no code of ISO; two codes reserved for users are in use.
        let code = if code == "XKX" { "XKK" } else { code };
        self.territories.iter().find(|territory| territory.alpha3 == code)
    }

    /// The English name of a subdivision of ISO 3166-2.
    pub(super) fn subdivision(&self, code: &str) -> Outcome<&str> {
        let found = self.subdivisions.iter().find(|subdivision| subdivision.code == code);
        Ok(found.map(|subdivision| subdivision.name_en.as_str()).ok_or_else(|| format!("{code} is no subdivision"))?)
    }
}

/// Whether a country's official figure stands in another table.
pub(super) fn is_official_elsewhere(code: &str) -> bool {
    OFFICIAL_ELSEWHERE.contains(&code.split('-').next().unwrap_or(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_found() {
        let places = Places::read(&crate::repository().join("factors/raw/cldr_names")).unwrap();
        let germany = places.by_alpha3("DEU").unwrap();
        assert_eq!((&*germany.alpha2, &*germany.name_en, &*germany.name_zh), ("DE", "Germany", "德国"));
        assert_eq!(places.of("AU-NSW").unwrap().name_zh, "澳大利亚");
        assert_eq!(places.by_alpha3("XKX").unwrap().alpha2, "XK");
        assert_eq!(places.of("TW").unwrap().name_zh, "中国台湾");
        assert_eq!(places.subdivision("IT-82").unwrap(), "Sicily");
        assert!(places.by_alpha3("WORLD").is_none() && places.of("ZZ-1").is_err());
        assert!(is_official_elsewhere("GB-NIR") && !is_official_elsewhere("DE"));
    }
}
