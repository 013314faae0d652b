//! What part of a life cycle a factor covers. The kind is filtered before geography and time (design §4.7).

use serde::{Deserialize, Serialize};

/// The kind of a factor row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A material or part, cradle to gate.
    Material,
    /// Electricity, life-cycle footprint per kWh.
    Electricity,
    /// Electricity, direct CO2 of generation only: never a footprint.
    ElectricityDirect,
    /// Electricity, emissions at the power station; complete only together with its companions.
    ElectricityGeneration,
    /// Electricity from one named source (wind, coal …), life-cycle: needs an instrument.
    ElectricitySource,
    /// Transmission and distribution of electricity.
    Transmission,
    /// Upstream part of electricity or of its transmission (well-to-tank).
    ElectricityUpstream,
    /// Burning a fuel; complete only together with its upstream row.
    FuelCombustion,
    /// Bringing a fuel to the burner (well-to-tank); complete only together with its combustion row.
    FuelUpstream,
    /// A fuel, upstream and burning in one.
    FuelLifeCycle,
    /// Heat and steam, emissions where it is made; complete together with its companions.
    Heat,
    /// Upstream part of heat and steam.
    HeatUpstream,
    /// Moving goods, emissions of the vehicle; complete together with its upstream row.
    Freight,
    /// Upstream part of freight.
    FreightUpstream,
    /// Moving goods, upstream and vehicle in one.
    FreightLifeCycle,
    /// Air freight with radiative forcing: never in a total.
    FreightWithForcing,
    /// Treating a waste (without the carbon of the waste itself where it is burnt).
    WasteTreatment,
    /// A process by itself, gate to gate, without its materials.
    Process,
    /// Water supply and treatment.
    Water,
    /// Per money spent: never matched automatically, never scored.
    Spend,
}

impl FactorKind {
    /// All kinds.
    pub const ALL: [FactorKind; 20] = [
        Self::Material,
        Self::Electricity,
        Self::ElectricityDirect,
        Self::ElectricityGeneration,
        Self::ElectricitySource,
        Self::Transmission,
        Self::ElectricityUpstream,
        Self::FuelCombustion,
        Self::FuelUpstream,
        Self::FuelLifeCycle,
        Self::Heat,
        Self::HeatUpstream,
        Self::Freight,
        Self::FreightUpstream,
        Self::FreightLifeCycle,
        Self::FreightWithForcing,
        Self::WasteTreatment,
        Self::Process,
        Self::Water,
        Self::Spend,
    ];

    /// The identifier in documents.
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
            Self::Material => ("material", "a material, cradle to gate", "材料（从摇篮到大门）"),
            Self::Electricity => ("electricity", "electricity, life cycle", "电力碳足迹（全生命周期）"),
            Self::ElectricityDirect => ("electricity_direct", "direct CO2 of electricity", "电力直接CO2排放"),
            Self::ElectricityGeneration => ("electricity_generation", "electricity, generation only", "发电环节"),
            Self::ElectricitySource => {
                ("electricity_source", "electricity of one source, life cycle", "分类型电力碳足迹")
            }
            Self::Transmission => ("transmission", "transmission of electricity", "输配电"),
            Self::ElectricityUpstream => ("electricity_upstream", "upstream of electricity", "电力上游"),
            Self::FuelCombustion => ("fuel_combustion", "combustion only", "燃料燃烧"),
            Self::FuelUpstream => ("fuel_upstream", "well-to-tank", "燃料上游"),
            Self::FuelLifeCycle => ("fuel_life_cycle", "a fuel, life cycle", "燃料（全生命周期）"),
            Self::Heat => ("heat", "heat and steam", "热力"),
            Self::HeatUpstream => ("heat_upstream", "upstream of heat", "热力上游"),
            Self::Freight => ("freight", "freight, vehicle only", "货运（车辆环节）"),
            Self::FreightUpstream => ("freight_upstream", "upstream of freight", "货运上游"),
            Self::FreightLifeCycle => ("freight_life_cycle", "freight, life cycle", "货运（全生命周期）"),
            Self::FreightWithForcing => {
                ("freight_with_forcing", "air freight with radiative forcing", "含辐射强迫的航空货运")
            }
            Self::WasteTreatment => ("waste_treatment", "treatment of a waste", "废物处理"),
            Self::Process => ("process", "a process only, without its materials", "仅工艺过程"),
            Self::Water => ("water", "water", "水"),
            Self::Spend => ("spend", "spend-based", "基于支出"),
        }
    }

    /// Whether a row of this kind is the electricity of a grid that a bill may use.
    pub fn is_grid(self) -> bool {
        matches!(self, Self::Electricity | Self::ElectricityGeneration)
    }

    /// Whether a row of this kind is only one half and needs its companions to be counted.
    pub fn needs_companion(self) -> bool {
        matches!(self, Self::FuelCombustion | Self::ElectricityGeneration | Self::Heat | Self::Freight)
    }

    /// The boundaries that a row of this kind may state; the first is the usual one.
    pub fn boundaries(self) -> &'static [&'static str] {
        match self {
            Self::Material | Self::Water => &["cradle-to-gate"],
            Self::Electricity | Self::ElectricitySource | Self::FuelLifeCycle | Self::FreightLifeCycle => {
                &["life-cycle"]
            }
            Self::ElectricityDirect | Self::ElectricityGeneration => &["generation"],
            Self::Transmission => &["transmission"],
            Self::FuelCombustion => &["combustion"],
            Self::FuelUpstream | Self::ElectricityUpstream | Self::HeatUpstream | Self::FreightUpstream => {
                &["well-to-tank"]
            }
            Self::Heat => &["generation", "life-cycle"],
            Self::Freight | Self::FreightWithForcing => &["tank-to-wheel"],
            Self::WasteTreatment => &["treatment"],
            Self::Process => &["gate-to-gate"],
            Self::Spend => &["cradle-to-gate", "cradle-to-purchaser"],
        }
    }

    /// Whether a row of this kind is found by its names. A figure per money never is (design §4); its id finds it, to be
    /// refused.
    pub fn has_names(self) -> bool {
        self != Self::Spend
    }

    /// Whether no line may use a row of this kind by itself: it is part of another figure, or stands to be refused by name.
    pub fn serves_no_line(self) -> bool {
        self.is_half()
            || matches!(self, Self::Transmission | Self::ElectricityDirect | Self::FreightWithForcing | Self::Spend)
    }

    /// Whether a row of this kind is an upstream half that is never counted by itself.
    pub fn is_half(self) -> bool {
        matches!(self, Self::FuelUpstream | Self::ElectricityUpstream | Self::HeatUpstream | Self::FreightUpstream)
    }
}
