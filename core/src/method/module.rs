//! The information modules of EN 15804, in which every line stands; a profile groups them into its stages.

use crate::factor::FactorKind;
use serde::{Deserialize, Serialize};

/// A module of the life cycle (EN 15804:2012+A2:2019, figure 1). Packaging of the product belongs to A3 there; it has a
/// module of its own here because PACT and buyers ask for it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "the names are the standard's; `Module::name` says them in words")]
pub enum Module {
    A1,
    #[serde(rename = "A3-packaging")]
    Packaging,
    A2,
    A3,
    A4,
    A5,
    B1,
    B2,
    B3,
    B4,
    B5,
    B6,
    B7,
    C1,
    C2,
    C3,
    C4,
    D,
}

const MATERIALS: &[FactorKind] = &[FactorKind::Material, FactorKind::Water];
const FREIGHT: &[FactorKind] = &[FactorKind::Freight, FactorKind::FreightLifeCycle];
const PROCESSES: &[FactorKind] = &[
    FactorKind::Electricity,
    FactorKind::ElectricityGeneration,
    FactorKind::FuelCombustion,
    FactorKind::FuelLifeCycle,
    FactorKind::Heat,
    FactorKind::Water,
    FactorKind::Process,
    FactorKind::WasteTreatment,
    FactorKind::Material,
];
const TREATMENT: &[FactorKind] = &[
    FactorKind::WasteTreatment,
    FactorKind::Freight,
    FactorKind::FreightLifeCycle,
    FactorKind::Electricity,
    FactorKind::ElectricityGeneration,
    FactorKind::FuelCombustion,
    FactorKind::FuelLifeCycle,
    FactorKind::Heat,
];

impl Module {
    /// All modules in the order of the life cycle.
    pub const ALL: [Module; 18] = [
        Module::A1,
        Module::Packaging,
        Module::A2,
        Module::A3,
        Module::A4,
        Module::A5,
        Module::B1,
        Module::B2,
        Module::B3,
        Module::B4,
        Module::B5,
        Module::B6,
        Module::B7,
        Module::C1,
        Module::C2,
        Module::C3,
        Module::C4,
        Module::D,
    ];

    /// The identifier, such as `A1`.
    pub fn id(self) -> &'static str {
        self.words().0
    }

    /// English and Chinese name.
    pub fn name(self) -> (&'static str, &'static str) {
        let (_, en, zh) = self.words();
        (en, zh)
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::A1 => ("A1", "raw materials", "原材料"),
            Self::Packaging => ("A3-packaging", "packaging", "包装"),
            Self::A2 => ("A2", "inbound transport", "原料运输"),
            Self::A3 => ("A3", "manufacturing", "生产制造"),
            Self::A4 => ("A4", "distribution", "分销运输"),
            Self::A5 => ("A5", "installation", "安装"),
            Self::B1 => ("B1", "use", "使用"),
            Self::B2 => ("B2", "maintenance", "维护"),
            Self::B3 => ("B3", "repair", "维修"),
            Self::B4 => ("B4", "replacement", "更换"),
            Self::B5 => ("B5", "refurbishment", "翻新"),
            Self::B6 => ("B6", "energy in use", "使用能耗"),
            Self::B7 => ("B7", "water in use", "使用水耗"),
            Self::C1 => ("C1", "dismantling", "拆解"),
            Self::C2 => ("C2", "transport to treatment", "废弃物运输"),
            Self::C3 => ("C3", "waste processing", "废弃物处理"),
            Self::C4 => ("C4", "disposal", "最终处置"),
            Self::D => ("D", "beyond the boundary", "边界外效益"),
        }
    }

    /// A module by its id or by a stage's name, in Chinese or English.
    pub fn find(name: &str) -> Option<Self> {
        let key = crate::factor::name_key(name);
        let is = |known: &str| crate::factor::name_key(known) == key;
        Self::ALL.into_iter().find(|module| is(module.id()) || is(module.name().0) || is(module.name().1)).or_else(
            || {
                Some(match key.as_str() {
                    "materials" | "material" | "rawmaterial" | "bom" | "原材料获取" | "材料" | "原料" | "物料" => {
                        Self::A1
                    }
                    "package" | "pack" | "包材" | "包装材料" => Self::Packaging,
                    "inbound" | "transport" | "运输" | "运入" | "采购运输" => Self::A2,
                    "production" | "manufacture" | "process" | "energy" | "生产" | "制造" | "加工" | "能源"
                    | "能耗" => Self::A3,
                    "outbound" | "delivery" | "分销" | "配送" | "销售运输" => Self::A4,
                    "useenergy" | "operation" | "运行" | "使用阶段" | "使用阶段能耗" => Self::B6,
                    "endoflife" | "eol" | "disposalstage" | "生命末期" | "废弃" | "处置" | "回收" => Self::C4,
                    "spareparts" | "备件" => Self::B4,
                    _ => return None,
                })
            },
        )
    }

    /// The kinds of factors that a line of this module may use (design §4, method rules).
    pub fn accepts(self) -> &'static [FactorKind] {
        match self {
            Self::A1 | Self::Packaging | Self::B4 => MATERIALS,
            Self::A2 | Self::A4 | Self::C2 => FREIGHT,
            Self::A3 | Self::A5 | Self::B1 | Self::B2 | Self::B3 | Self::B5 | Self::B6 | Self::B7 => PROCESSES,
            Self::C1 | Self::C3 | Self::C4 | Self::D => TREATMENT,
        }
    }

    /// Where a row without a stage belongs by the kind of its factor.
    pub fn of_kind(kind: FactorKind) -> Self {
        match kind {
            FactorKind::Material | FactorKind::Water | FactorKind::Spend => Self::A1,
            FactorKind::Freight
            | FactorKind::FreightLifeCycle
            | FactorKind::FreightUpstream
            | FactorKind::FreightWithForcing => Self::A2,
            _ => Self::A3,
        }
    }

    /// The position in [`Module::ALL`].
    pub fn position(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_found_in_both_languages() {
        assert_eq!(Module::find("包装"), Some(Module::Packaging));
        assert_eq!(Module::find("manufacturing"), Some(Module::A3));
        assert_eq!(Module::find("End of life"), Some(Module::C4));
        assert_eq!(Module::find("a3"), Some(Module::A3));
        assert_eq!(Module::find("nonsense"), None);
        for (position, module) in Module::ALL.into_iter().enumerate() {
            assert_eq!(module.position(), position);
        }
    }

    #[test]
    fn a_material_line_bars_everything_but_cradle_to_gate() {
        for kind in FactorKind::ALL {
            let may = matches!(kind, FactorKind::Material | FactorKind::Water);
            assert_eq!(Module::A1.accepts().contains(&kind), may, "{kind:?}");
        }
        for module in Module::ALL {
            for never in FactorKind::ALL.into_iter().filter(|kind| kind.serves_no_line()) {
                assert!(!module.accepts().contains(&never), "{module:?} accepts {never:?}");
            }
        }
    }
}
