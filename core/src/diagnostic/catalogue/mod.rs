//! The registry: every code once, with its sentences in English and Chinese. Docs, `zuji explain` and tests read it.
//!
//! The first letter says what is at fault: E file, Y document, S safety limit, N number, U unit, V value, B bill of
//! materials, Q plausibility, F factor, G characterisation, C supplier footprint, L allocation, I inventory, P method, R record,
//! M uncertainty, T threshold, D demand standard, A assessment of bids.

macro_rules! entries {
    ($($code:ident $severity:ident {
        en: $en_found:literal, $en_why:literal, $en_fix:literal;
        zh: $zh_found:literal, $zh_why:literal, $zh_fix:literal;
    })*) => {
        use crate::diagnostic::{Entry, Sentences, Severity};
        $(
            #[doc = $en_found]
            pub static $code: Entry = Entry {
                code: stringify!($code),
                severity: Severity::$severity,
                en: Sentences { found: $en_found, why: $en_why, fix: $en_fix },
                zh: Sentences { found: $zh_found, why: $zh_why, fix: $zh_fix },
            };
        )*
        pub(super) static ENTRIES: &[&Entry] = &[$(&$code),*];
    };
}

mod assessment;
mod bill;
mod demand;
mod factor;
mod inventory;
mod method;
mod pack;
mod quantity;
mod reading;
mod samples;
mod uncertainty;
mod threshold;

pub use assessment::*;
pub use bill::*;
pub use demand::*;
pub use factor::*;
pub use inventory::*;
pub use method::*;
pub use pack::*;
pub use quantity::*;
pub use reading::*;
pub use samples::*;
pub use threshold::*;
pub use uncertainty::*;

use super::Entry;

/// All entries, by area.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    [
        reading::ENTRIES,
        quantity::ENTRIES,
        bill::ENTRIES,
        factor::ENTRIES,
        inventory::ENTRIES,
        pack::ENTRIES,
        method::ENTRIES,
        uncertainty::ENTRIES,
        samples::ENTRIES,
        threshold::ENTRIES,
        demand::ENTRIES,
        assessment::ENTRIES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The entry of a code, in any case.
pub fn find(code: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.code.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn holes(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
    }

    #[test]
    fn each_code_stands_once_and_speaks_both_languages() {
        let mut seen = BTreeSet::new();
        for entry in all() {
            assert!(seen.insert(entry.code), "{} stands twice", entry.code);
            for (en, zh) in
                [(entry.en.found, entry.zh.found), (entry.en.why, entry.zh.why), (entry.en.fix, entry.zh.fix)]
            {
                assert!(!en.is_empty() && !zh.is_empty(), "{} lacks a sentence", entry.code);
                assert_eq!(holes(en), holes(zh), "{} has other arguments in Chinese", entry.code);
                assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{} is not in Chinese", entry.code);
            }
        }
    }
}
