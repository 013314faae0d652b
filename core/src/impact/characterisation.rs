//! Sets of characterisation factors, ready to look up.

use super::{CharacterisationDocument, Kind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The value of a gas in a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GasFactor {
    /// kg CO2e per kg.
    pub gwp: f64,
    /// Whether the set knows another value from another source.
    pub disputed: bool,
}

/// One set of characterisation factors, named by report, horizon and table.
#[derive(Clone, Debug)]
pub struct Characterisation {
    document: Arc<CharacterisationDocument>,
    by_gas: FxHashMap<(String, Option<Kind>), GasFactor>,
}

/// A set's document breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// The schema name is not the expected one.
    #[error("schema is \"{0}\", expected \"zuji/characterisation@1\"")]
    Schema(String),
    /// One gas stands twice for one kind.
    #[error("{0} stands twice")]
    Duplicate(String),
}

impl Characterisation {
    /// Indexes a set.
    ///
    /// # Errors
    /// [`SetError`] where the document breaks a rule.
    pub fn new(document: CharacterisationDocument) -> Result<Self, SetError> {
        if document.schema != "zuji/characterisation@1" {
            return Err(SetError::Schema(document.schema));
        }
        let mut by_gas = FxHashMap::default();
        for row in &document.gases {
            let factor = GasFactor { gwp: row.gwp.get(), disputed: !row.disagreements.is_empty() };
            if by_gas.insert((row.gas.clone(), row.kind), factor).is_some() {
                return Err(SetError::Duplicate(row.gas.clone()));
            }
        }
        Ok(Self { document: Arc::new(document), by_gas })
    }

    /// The set's id.
    pub fn id(&self) -> &str {
        &self.document.id
    }

    /// The document the set was made from.
    pub fn document(&self) -> &CharacterisationDocument {
        &self.document
    }

    /// kg CO2e per kg of a gas of a kind; `None` where the set does not know the gas: never zero by silence.
    ///
    /// Under the 0/0 approach biogenic CO2 counts 0; that zero is a rule, not a gap.
    pub fn factor(&self, gas: &str, kind: Kind) -> Option<GasFactor> {
        if gas == "CO2" && kind == Kind::Biogenic {
            return Some(GasFactor { gwp: 0.0, disputed: false });
        }
        self.by_gas.get(&(gas.to_string(), Some(kind))).or_else(|| self.by_gas.get(&(gas.to_string(), None))).copied()
    }

    /// The factor of a gas whose source does not say the kind. Where the set has one value per kind, the fossil one
    /// stands for the unspecified: it is the higher.
    pub fn factor_or_fossil(&self, gas: &str, kind: Kind) -> Option<GasFactor> {
        self.factor(gas, kind).or_else(|| self.factor(gas, Kind::Fossil))
    }
}

/// All known sets.
#[derive(Clone, Debug, Default)]
pub struct GwpSets {
    sets: Vec<Characterisation>,
}

impl GwpSets {
    /// The sets in their order; the first of a report is the one its bare name means.
    pub fn new(sets: Vec<Characterisation>) -> Self {
        Self { sets }
    }

    /// A set by id or alias, in any case.
    pub fn find(&self, name: &str) -> Option<&Characterisation> {
        let name = name.trim();
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        self.sets
            .iter()
            .find(|set| is(set.id()))
            .or_else(|| self.sets.iter().find(|set| set.document.aliases.iter().any(|alias| is(alias))))
    }

    /// All sets.
    pub fn iter(&self) -> impl Iterator<Item = &Characterisation> {
        self.sets.iter()
    }

    /// Their ids, for messages.
    pub fn ids(&self) -> String {
        self.sets.iter().map(|set| set.id()).collect::<Vec<_>>().join(", ")
    }
}
