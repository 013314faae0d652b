//! Bids, `zuji/bids@1`: what a portal hands in for scoring, with what was delivered where that is known.

use super::document::FunctionalUnit;
use crate::factor::Pin;
use crate::math::DecimalText;
use crate::product::document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

document! {
    /// The bids of a tender.
    BidsDocument {
        /// Always `zuji/bids@1`.
        #[serde(default)]
        schema: String,
        /// Name or number of the tender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tender: Option<String>,
        /// The dates of the tender; the standard says which decides.
        #[serde(default)]
        dates: Dates,
        /// The currency of all prices.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// What holds for all footprints that do not say otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<Basis>,
        /// The bids.
        bids: Vec<Bid>,
    }
}
document! {
    /// Dates of a tender.
    Dates {
        /// The notice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<String>,
        /// The last day for bids.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<String>,
        /// The award.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        award: Option<String>,
        /// The delivery.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<String>,
    }
}
document! {
    /// How footprints were computed.
    Basis {
        /// Unit: `kgCO2e/unit`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// Modules, or a boundary of the method.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        boundary: Vec<String>,
        /// Set of characterisation factors.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gwp_set: Option<String>,
        /// Method profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// `location` or `market`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        electricity: Option<String>,
        /// What it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        functional_unit: Option<FunctionalUnit>,
        /// The factor packs that the figures come from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packs: Vec<Pin>,
    }
}
document! {
    /// A bid.
    Bid {
        /// Its id.
        id: String,
        /// Who makes the product; the bid's id where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maker: Option<String>,
        /// The model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// Catalogue code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// The price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<DecimalText>,
        /// The currency, where it is another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// What is known of the bidder: `size`, `domestic`, …
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        bidder: BTreeMap<String, DecimalText>,
        /// The footprint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        footprint: Option<BidFootprint>,
        /// Other inputs by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, DecimalText>,
        /// What proves them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<EvidenceItem>,
        /// Credit records.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        credit_records: Vec<CreditRecord>,
        /// What was delivered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivered: Option<Delivered>,
    }
}
document! {
    /// A footprint: a value, a record, or a product to compute.
    BidFootprint {
        /// The declared value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<DecimalText>,
        /// Unit: `kgCO2e/unit`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// Modules, or a boundary of the method.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        boundary: Vec<String>,
        /// Set of characterisation factors.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gwp_set: Option<String>,
        /// Method profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// `location` or `market`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        electricity: Option<String>,
        /// What it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        functional_unit: Option<FunctionalUnit>,
        /// The factor packs that the figures come from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packs: Vec<Pin>,
        /// File of a `zuji/record@1`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<String>,
        /// SHA-256 of that file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
        /// File of a `zuji/product@1`, or a table of parts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<String>,
    }
}
document! {
    /// A certificate, report or letter.
    EvidenceItem {
        /// The input it proves; all where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "for")]
        input: Option<String>,
        /// `commitment-letter`, `test-report`, `certificate`, `verified-pcf`, `metered-data`, `sampling`, …
        #[serde(rename = "type")]
        kind: String,
        /// Who issued it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issuer: Option<String>,
        /// Its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// The model it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// What it covers, as a catalogue code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scope: Option<String>,
        /// First day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_from: Option<String>,
        /// Last day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        valid_to: Option<String>,
    }
}
document! {
    /// A credit record.
    CreditRecord {
        /// Kind of record.
        kind: String,
        /// First day.
        from: String,
        /// First day after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// Day of its repair (信用修复).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repaired: Option<String>,
    }
}
document! {
    /// What was delivered.
    Delivered {
        /// The model.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// The footprint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        footprint: Option<BidFootprint>,
        /// Other inputs by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, DecimalText>,
        /// What proves them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<EvidenceItem>,
    }
}
