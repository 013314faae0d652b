//! Evidence: levels, stages, and what makes an item count for nothing.

use super::bids::{Bid, EvidenceItem};
use crate::product::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How much a value is proven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Level {
    /// Not at all.
    #[default]
    E0,
    /// Declared by the bidder.
    E1,
    /// Tested or metered.
    E2,
    /// Verified or certified by a third party.
    E3,
}

impl Level {
    /// All, the lowest first.
    pub const ALL: [Self; 4] = [Self::E0, Self::E1, Self::E2, Self::E3];

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "E0" => Some(Self::E0),
            "E1" => Some(Self::E1),
            "E2" => Some(Self::E2),
            "E3" => Some(Self::E3),
            _ => None,
        }
    }

    /// The usual level of a kind of evidence.
    pub fn usual(kind: &str) -> Option<Self> {
        match kind {
            "commitment-letter" | "self-declaration" => Some(Self::E1),
            "test-report" | "metered-data" | "sampling" => Some(Self::E2),
            "verified-pcf" | "certificate" | "epd" => Some(Self::E3),
            _ => None,
        }
    }
}

/// When something must be proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// With the bid.
    Bid,
    /// Before the award.
    Award,
    /// On delivery.
    Acceptance,
    /// In use.
    Operation,
}

impl Stage {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "bid" => Some(Self::Bid),
            "award" => Some(Self::Award),
            "acceptance" => Some(Self::Acceptance),
            "operation" => Some(Self::Operation),
            _ => None,
        }
    }

    /// Its name in English and Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Bid => ("bid", "投标"),
            Self::Award => ("award", "定标"),
            Self::Acceptance => ("acceptance", "验收"),
            Self::Operation => ("operation", "运行"),
        }
    }
}

/// Why an item counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Its validity ended before the day that counts.
    Expired,
    /// Its validity begins later.
    NotYetValid,
    /// It is for another model.
    WrongModel,
    /// It is for another category.
    WrongScope,
    /// A report or certificate without issuer, number, model or end of validity.
    Incomplete,
    /// The standard does not know the kind.
    UnknownKind,
    /// A date that is no date.
    BadDate,
}

impl Flaw {
    /// In English and Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Expired => ("expired", "已过期"),
            Self::NotYetValid => ("not valid yet", "尚未生效"),
            Self::WrongModel => ("for another model", "型号不符"),
            Self::WrongScope => ("for another category", "范围不符"),
            Self::Incomplete => {
                ("without issuer, number, model or end of validity", "缺少签发机构、编号、型号或有效期")
            }
            Self::UnknownKind => ("of a kind that is not recognised", "证明类型不被认可"),
            Self::BadDate => ("with a date that cannot be read", "日期无法识别"),
        }
    }
}

/// The levels that a standard gives to kinds.
pub type Levels = BTreeMap<String, Level>;

/// The level of an item, or why it counts for nothing. `model` is what is bid or delivered.
///
/// # Errors
/// The flaw.
pub fn examine(item: &EvidenceItem, bid: &Bid, model: Option<&str>, day: Date, levels: &Levels) -> Result<Level, Flaw> {
    let level = levels.get(&item.kind).copied().or_else(|| Level::usual(&item.kind)).ok_or(Flaw::UnknownKind)?;
    let date = |text: &Option<String>| match text.as_deref().map(|text| text.trim().parse::<Date>()) {
        None => Ok(None),
        Some(Ok(date)) => Ok(Some(date)),
        Some(Err(_)) => Err(Flaw::BadDate),
    };
    let (from, to) = (date(&item.valid_from)?, date(&item.valid_to)?);
    if to.is_some_and(|to| day > to) {
        return Err(Flaw::Expired);
    }
    if from.is_some_and(|from| day < from) {
        return Err(Flaw::NotYetValid);
    }
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    if let (Some(own), Some(model)) = (item.model.as_deref(), model)
        && !same(own, model)
    {
        return Err(Flaw::WrongModel);
    }
    if let (Some(scope), Some(code)) = (item.scope.as_deref(), bid.code.as_deref())
        && !same(scope, code)
    {
        return Err(Flaw::WrongScope);
    }
    // Leaving out what would be wrong must not pay (design §4.11).
    let third_party = matches!(item.kind.as_str(), "certificate" | "test-report" | "verified-pcf" | "epd");
    let complete = item.issuer.is_some() && item.number.is_some() && to.is_some();
    let names_model = model.is_none() || item.model.is_some();
    if third_party && !(complete && names_model) {
        return Err(Flaw::Incomplete);
    }
    Ok(level)
}
