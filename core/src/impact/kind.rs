//! What a greenhouse gas comes from.

use serde::{Deserialize, Serialize};

/// The kind of an emission. Kinds partition the total: each kilogram has exactly one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// From fossil carbon, and all gases without carbon that fossil processes emit (N2O, SF6 …).
    Fossil,
    /// From living matter: CO2 counts 0 (its uptake is reported apart), methane and N2O count in full.
    Biogenic,
    /// From a change of land use (deforestation, peat).
    LandUseChange,
    /// From managing land.
    LandManagement,
    /// Removed by technology and stored; negative.
    TechnologicalRemoval,
    /// The source does not say; CO2e that is not split.
    #[default]
    Unspecified,
}

impl Kind {
    /// All kinds, in the order in which they are reported.
    pub const ALL: [Kind; 6] = [
        Kind::Fossil,
        Kind::Biogenic,
        Kind::LandUseChange,
        Kind::LandManagement,
        Kind::TechnologicalRemoval,
        Kind::Unspecified,
    ];

    /// Whether the source does not say.
    pub fn is_unspecified(&self) -> bool {
        *self == Self::Unspecified
    }

    /// The identifier in documents.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Fossil => "fossil",
            Kind::Biogenic => "biogenic",
            Kind::LandUseChange => "land_use_change",
            Kind::LandManagement => "land_management",
            Kind::TechnologicalRemoval => "technological_removal",
            Kind::Unspecified => "unspecified",
        }
    }

    /// English and Chinese name.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Kind::Fossil => ("fossil", "化石"),
            Kind::Biogenic => ("biogenic non-CO2", "生物成因（非CO2）"),
            Kind::LandUseChange => ("land-use change", "土地利用变化"),
            Kind::LandManagement => ("land management", "土地管理"),
            Kind::TechnologicalRemoval => ("technological removal", "技术清除"),
            Kind::Unspecified => ("not specified by the source", "来源未区分"),
        }
    }
}
