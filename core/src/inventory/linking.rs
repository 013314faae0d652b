//! Decisions about providers, kept beside the database like a lock file: `zuji/linking@1`.

use super::AllocationChoice;
use serde::{Deserialize, Serialize};

/// What has been decided about a database: which process provides what where the database leaves it open, and how
/// processes are divided.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkingDocument {
    /// Always `zuji/linking@1`.
    pub schema: String,
    /// Id of the database.
    pub database: String,
    /// The decisions. One for a process comes before one for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDecision>,
    /// How processes with several products are divided.
    #[serde(default, skip_serializing_if = "is_default")]
    pub allocation: AllocationChoice,
}

fn is_default(choice: &AllocationChoice) -> bool {
    *choice == AllocationChoice::default()
}

/// Who provides a flow.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkDecision {
    /// Id of the flow that is needed.
    pub flow: String,
    /// Its name, for the reader; never compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Id of the process that needs it; left out: all that need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<String>,
    /// Id of the process that provides it; left out: it stays open on purpose, and is counted as missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Which product of the provider, by the id of its flow; left out: the flow that is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Why: words of whoever decided, or `same-location`, `only-by-name`, `newest`, `cut-off-at-source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
