//! What buyers say of clauses, `zuji/feedback@1`: by clause id, so that it survives renumbering. Its canonical JSON is what
//! is signed.

use super::compile::clauses;
use super::document::StandardDocument;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::hash::{canonical, sha256_hex};
use crate::product::document;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

document! {
    /// Comments on a standard.
    FeedbackDocument {
        /// Always `zuji/feedback@1`.
        #[serde(default)]
        schema: String,
        /// Id of the standard.
        standard: String,
        /// The version that was read.
        version: String,
        /// SHA-256 of that version, as results name it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
        /// Who speaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// The comments.
        comments: Vec<Comment>,
    }
}

document! {
    /// A comment on a clause.
    Comment {
        /// The clause's id.
        clause: String,
        /// `support`, `object`, `question` or `suggest`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stance: Option<String>,
        /// What is said.
        text: String,
    }
}

impl FeedbackDocument {
    /// The hash of what is signed.
    pub fn sha256(&self) -> String {
        sha256_hex(&canonical(self))
    }

    /// The comments by the ids that clauses have now: `renamed` in the standard leads from old ids to new ones.
    pub fn by_clause<'a>(&'a self, standard: &StandardDocument) -> (BTreeMap<String, Vec<&'a Comment>>, Diagnostics) {
        let mut found = Diagnostics::default();
        let known: BTreeSet<String> = clauses(standard).into_iter().map(|(_, id)| id.to_string()).collect();
        let mut sorted: BTreeMap<String, Vec<&Comment>> = BTreeMap::new();
        for (index, comment) in self.comments.iter().enumerate() {
            let mut id = comment.clause.clone();
            // A clause may have been renamed more than once; a circle ends after as many steps as there are names.
            for _ in 0..=standard.renamed.len() {
                match standard.renamed.get(&id) {
                    Some(next) if !known.contains(&id) => id.clone_from(next),
                    _ => break,
                }
            }
            if known.contains(&id) {
                sorted.entry(id).or_default().push(comment);
            } else {
                let finding = Diagnostic::new(&catalogue::D213).with("clause", &comment.clause);
                let place = Place::field(format!("comments[{index}].clause"));
                found.push(finding.with("id", &standard.id).at(place));
            }
        }
        (sorted, found)
    }
}
