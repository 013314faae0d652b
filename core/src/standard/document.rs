//! The demand standard, `zuji/standard@1`: what a standard setter writes (design §8).
//!
//! Every number is a [`DecimalText`]: its text is kept, so nothing passes through a binary fraction.

pub use super::evidence_rule::{Clamp, FactorRule};
use crate::factor::Pin;
use crate::math::DecimalText;
use crate::product::document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

document! {
    /// A demand standard.
    StandardDocument {
        /// Always `zuji/standard@1`.
        #[serde(default)]
        schema: String,
        /// Its id, the same for all versions.
        id: String,
        /// Its version, three numbers: `1.0.0`.
        version: String,
        /// `draft`, `consultation`, `in-force`, `superseded` or `withdrawn`.
        status: String,
        /// Its name in Chinese.
        #[serde(default)]
        name_zh: String,
        /// Its name in English.
        #[serde(default)]
        name_en: String,
        /// When it holds, and which date of a tender decides.
        effective: Effective,
        /// The law whose checks apply: `cn`, `cn-strict`, `us`, `eu`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        profile: Option<String>,
        /// What is bought: `goods`, `works` or `services`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<String>,
        /// The currency of prices: `CNY`, `EUR`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// The documents it rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        legal_basis: Vec<LegalBasis>,
        /// What a reader must know, in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_zh: Option<String>,
        /// What a reader must know, in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_en: Option<String>,
        /// What it applies to, by catalogue code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        applies_to: Option<Scope>,
        /// What a footprint is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        functional_unit: Option<FunctionalUnit>,
        /// How a footprint must have been computed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pcf: Option<FootprintRules>,
        /// What is measured: unit, method, which direction is better.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        inputs: BTreeMap<String, InputDocument>,
        /// Values with the dates from which they hold.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        parameters: BTreeMap<String, ParameterDocument>,
        /// What proves a value at which stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<EvidenceRules>,
        /// Lists of products (绿色清单): mandatory, preferred, phased out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lists: Option<Lists>,
        /// Credit records that exclude a bidder.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credit: Option<CreditRule>,
        /// Limits that every bid must keep (绿色标准).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gates: Vec<GateDocument>,
        /// What earns points (绿色权重).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<IndicatorDocument>,
        /// Life-cycle cost beside the price (绿色成本).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cost: Option<CostDocument>,
        /// How the price is scored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<PriceDocument>,
        /// Deductions, additions and points in their order (绿色优惠).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        preferences: Vec<PreferenceDocument>,
        /// The most that the rates of a group may sum to.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        preference_caps: BTreeMap<String, DecimalText>,
        /// Shares that a plan or a year's purchases must reach: reservations, portfolios.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        shares: Vec<ShareDocument>,
        /// The one declared rounding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rounding: Option<RoundingDocument>,
        /// What decides between equal totals: `evaluated_price asc`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tie_break: Vec<String>,
        /// What must hold for the competition as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guards: Option<GuardsDocument>,
        /// What follows when the delivered product is worse than the bid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acceptance: Option<AcceptanceDocument>,
        /// Where the limits come from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        derivation: Vec<DerivationDocument>,
        /// Announced changes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        trajectory: Vec<TrajectoryDocument>,
        /// Clause ids of earlier versions and what they are called now.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        renamed: BTreeMap<String, String>,
        /// What a buyer or a province tightens.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        overlays: Vec<OverlayDocument>,
        /// Bids with the outcome that they must have.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vectors: Vec<VectorDocument>,
    }
}
document! {
    /// The period in which a version holds, half-open.
    Effective {
        /// First day.
        from: String,
        /// First day after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// The date of a tender that decides: `notice`, `deadline`, `award` or `delivery`.
        date_rule: String,
    }
}
document! {
    /// A document that a standard rests on.
    LegalBasis {
        /// Its title and number.
        title: String,
        /// The clause.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<String>,
        /// Where it can be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// How it was seen: A official text, B press or law firm, C copy or third party, D not verified.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grade: Option<String>,
    }
}
document! {
    /// What a standard applies to.
    Scope {
        /// Any of these codes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        any: Vec<CatalogueCode>,
        /// None of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        exclude: Vec<CatalogueCode>,
    }
}
document! {
    /// A code of a catalogue in one of its versions.
    CatalogueCode {
        /// The catalogue.
        scheme: String,
        /// Its version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scheme_version: Option<String>,
        /// The code.
        code: String,
    }
}
document! {
    /// What a footprint is for.
    FunctionalUnit {
        /// How many units.
        #[serde(default)]
        quantity: DecimalText,
        /// The unit.
        #[serde(default)]
        unit: String,
        /// How long it serves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service_life: Option<Lifetime>,
        /// How it is used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duty_profile: Option<String>,
        /// What is not part of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        excludes: Vec<String>,
    }
}
document! {
    /// A time of service.
    Lifetime {
        /// The number.
        value: DecimalText,
        /// `a` for years.
        #[serde(default)]
        unit: String,
    }
}
document! {
    /// How a footprint must have been computed.
    FootprintRules {
        /// Modules (`A1-A3`, `B6`) or a boundary of the method (`cradle-to-grave`).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        boundary: Vec<String>,
        /// The set of characterisation factors.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gwp_set: Option<String>,
        /// Unit of the footprint: `kgCO2e/unit`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// The method profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// SHA-256 of the method profile, or its first digits, for footprints that are computed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method_sha256: Option<String>,
        /// `location` or `market`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        electricity: Option<String>,
        /// The factor packs that figures must come from.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packs: Vec<Pin>,
        /// The grid on which the product is used: `CN`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        use_geography: Option<String>,
        /// What else holds, in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_zh: Option<String>,
        /// What else holds, in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_en: Option<String>,
    }
}
document! {
    /// A quantity that bids state.
    InputDocument {
        /// Its name in Chinese.
        #[serde(default)]
        name_zh: String,
        /// Its name in English.
        #[serde(default)]
        name_en: String,
        /// Its unit; `1` for a ratio.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// How it is measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// Which direction is better: `lower` or `higher`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        better: Option<String>,
    }
}
document! {
    /// A value with the dates from which it holds.
    ParameterDocument {
        /// Its unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// Between two dates: `hold` the earlier value, or `linear`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interpolation: Option<String>,
        /// The values, the earliest first.
        values: Vec<DatedValue>,
        /// The day on which the values were made known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announced: Option<String>,
        /// Note in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_zh: Option<String>,
        /// Note in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note_en: Option<String>,
    }
}
document! {
    /// A value from a day on.
    DatedValue {
        /// The first day.
        from: String,
        /// The value.
        value: DecimalText,
    }
}
document! {
    /// What proves a value.
    EvidenceRules {
        /// Level of a kind of evidence: `{test-report: E2}`; kinds that are not named have their usual level.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        levels: BTreeMap<String, String>,
        /// What a declared footprint is multiplied by at a level, or which default replaces it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        factor: BTreeMap<String, FactorRule>,
        /// The quantile of an uncertain footprint that is compared and scored.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantile: Option<QuantileRule>,
        /// What must be there at which stage.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        requirements: Vec<RequirementDocument>,
    }
}
document! {
    /// The upper quantile of a lognormal footprint whose median is the declared value.
    QuantileRule {
        /// The probability, from 0.5 to below 1.
        p: DecimalText,
        /// Relative standard deviation where a bid states none; without it such a footprint has no value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        default_rsd: Option<DecimalText>,
    }
}

document! {
    /// Evidence that must be there.
    RequirementDocument {
        /// The input it is for; all inputs where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "for")]
        input: Option<String>,
        /// `bid`, `award`, `acceptance` or `operation`.
        stage: String,
        /// Kinds of evidence, one of which is enough.
        any_of: Vec<String>,
        /// Clause id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clause: Option<String>,
    }
}
document! {
    /// Lists of products.
    Lists {
        /// Products of these categories must have the certificate.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mandatory: Vec<ListEntry>,
        /// Products of these categories with the certificate may be preferred: `when: list.preferred = true`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        preferred: Vec<ListEntry>,
        /// Products that may not be bought any more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        phased_out: Vec<PhasedOut>,
    }
}
document! {
    /// A category of a list.
    ListEntry {
        /// Clause id.
        id: String,
        /// Catalogue code.
        code: String,
        /// Kind of evidence that proves it.
        certificate: String,
        /// The standard behind the certificate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standard: Option<String>,
        /// First day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// First day after it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    }
}
document! {
    /// A product that may not be bought any more.
    PhasedOut {
        /// Clause id.
        id: String,
        /// The model.
        model: String,
        /// From this day on.
        from: String,
        /// Until this day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    }
}
document! {
    /// Credit records that exclude.
    CreditRule {
        /// Clause id.
        id: String,
        /// Kinds of records.
        exclude: Vec<String>,
    }
}
document! {
    /// A limit.
    GateDocument {
        /// Clause id, stable over versions.
        id: String,
        /// Number of the clause in the text, which may change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Name in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_zh: Option<String>,
        /// Name in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
        /// What is compared.
        input: String,
        /// `<=`, `<`, `>=`, `>`, `=` or `in`.
        op: String,
        /// The parameter it is compared with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        param: Option<String>,
        /// The value, where it is no parameter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<DecimalText>,
        /// The accepted words, for `in`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        any_of: Vec<String>,
        /// `★` for a substantive requirement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mark: Option<String>,
        /// Only for bids of which this holds: `class = rebar`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<String>,
    }
}
document! {
    /// Something that earns points or changes the evaluated price.
    IndicatorDocument {
        /// Clause id, stable over versions.
        id: String,
        /// Number of the clause in the text, which may change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Name in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_zh: Option<String>,
        /// Name in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
        /// What is measured.
        input: String,
        /// The most points.
        weight: DecimalText,
        /// From the input to points; without a curve the input is the points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        curve: Option<CurveDocument>,
        /// Why the indicator favours no technology, in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        neutrality_zh: Option<String>,
        /// Why the indicator favours no technology, in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        neutrality_en: Option<String>,
    }
}
document! {
    /// From a value to points or money.
    CurveDocument {
        /// `step`, `piecewise-linear`, `linear-formula` or `monetised`.
        #[serde(rename = "type")]
        kind: String,
        /// Corners of a piecewise linear curve, by rising value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        points: Vec<[DecimalText; 2]>,
        /// Beyond the corners: `true` keeps the last points. For a formula: lowest and highest points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clamp: Option<Clamp>,
        /// Steps: up to this value, so many points; by rising value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        le: Vec<[DecimalText; 2]>,
        /// Steps: from this value on, so many points; by falling value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ge: Vec<[DecimalText; 2]>,
        /// Points where no step holds.
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "else")]
        otherwise: Option<DecimalText>,
        /// A linear formula of `x`: `80 - 20*x`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expr: Option<String>,
        /// Money per unit of the input.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<DecimalText>,
        /// The parameter that holds the rate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        param: Option<String>,
        /// Only what lies above it is charged; below it the price falls.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<DecimalText>,
        /// What the curve gives: `points`, a `deduction` from the evaluated price, or an `addition` to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effect: Option<String>,
    }
}
document! {
    /// Life-cycle cost beside the price.
    CostDocument {
        /// Clause id.
        id: String,
        /// Years; the service life where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        years: Option<DecimalText>,
        /// Yearly rate.
        #[serde(default)]
        discount_rate: DecimalText,
        /// What costs.
        terms: Vec<CostTerm>,
    }
}
document! {
    /// Something that costs.
    CostTerm {
        /// Clause id: energy, maintenance, disposal, carbon.
        id: String,
        /// The input.
        input: String,
        /// Money per unit of the input; 1 where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<DecimalText>,
        /// The parameter that holds the rate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        param: Option<String>,
        /// `yearly` at the end of every year, `start`, or `end` of the last year.
        timing: String,
    }
}
document! {
    /// How the price is scored.
    PriceDocument {
        /// Clause id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// `cn87-lowest`, `linear`, `lowest-evaluated` or `monetised-addition`.
        method: String,
        /// The most points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weight: Option<DecimalText>,
        /// For `linear`: the price with all points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        floor: Option<DecimalText>,
        /// For `linear`: the price with none; a higher price is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ceiling: Option<DecimalText>,
        /// What changes the price in which order: `preferences`, `cost`, `indicators`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        order: Vec<String>,
    }
}
document! {
    /// A preference.
    PreferenceDocument {
        /// Clause id, stable over versions.
        id: String,
        /// Number of the clause in the text, which may change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Name in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_zh: Option<String>,
        /// Name in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
        /// `deduction`, `addition`, `points` or `ladder`.
        #[serde(rename = "type")]
        kind: String,
        /// Share of the price; for `points` the points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<DecimalText>,
        /// Money, where it is no share.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<DecimalText>,
        /// The rate that law allows: lowest and highest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bounds: Option<[DecimalText; 2]>,
        /// For which bids: `bidder.size in [small, micro]`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<String>,
        /// Ladder: the rate by level.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        levels: BTreeMap<String, DecimalText>,
        /// Ladder: what names the level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        input: Option<String>,
        /// Group whose rates are capped together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap_group: Option<String>,
    }
}
document! {
    /// A share that a plan or a year's purchases must reach.
    ShareDocument {
        /// Clause id, stable over versions.
        id: String,
        /// Number of the clause in the text, which may change.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Name in Chinese.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_zh: Option<String>,
        /// Name in English.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_en: Option<String>,
        /// `value`, or `count` of items.
        measure: String,
        /// The items that make the whole: `lot.kind = works`; all where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        among: Option<String>,
        /// The items that count: `lot.reserved = true`.
        counted: String,
        /// Items with the same value of this field count once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        distinct: Option<String>,
        /// The least share: `0.40`.
        min: DecimalText,
    }
}
document! {
    /// The declared rounding.
    RoundingDocument {
        /// `half-up`, `half-even`, `down` or `up`.
        mode: String,
        /// Decimal places.
        dp: u32,
        /// Where: `assessed`, `indicator`, `price`, `total`.
        at: Vec<String>,
        /// Decimal places of an assessed value, where they are others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessed_dp: Option<u32>,
    }
}
document! {
    /// What must hold for the competition.
    GuardsDocument {
        /// Makers that must keep all gates.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_independent_makers: Option<u32>,
        /// Money per tonne that a point may be worth.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_implied_carbon_price: Option<DecimalText>,
        /// Largest share by which a limit may tighten from one date to the next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_step: Option<DecimalText>,
        /// Days between making a value known and its first day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead_time_days: Option<u32>,
    }
}
document! {
    /// What follows when the delivered product is worse.
    AcceptanceDocument {
        /// Clause id.
        id: String,
        /// Share by which a value may be worse without consequence.
        #[serde(default)]
        tolerance: DecimalText,
        /// A formula of `advantage`, `points_lost`, `shortfall` and `price`: `1.5 * advantage`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        penalty: Option<String>,
        /// The most, as a share of the price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<DecimalText>,
    }
}
document! {
    /// Where a limit comes from.
    DerivationDocument {
        /// The parameter.
        parameter: String,
        /// Document or population.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// Hash of the population.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        population_sha256: Option<String>,
        /// Products in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        n: Option<u32>,
        /// Statistic: `p20`, `mean`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statistic: Option<String>,
        /// The figure it starts from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<DecimalText>,
        /// What the figure was multiplied by.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        multiplier: Option<DecimalText>,
        /// Decimal places of the product.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dp: Option<u32>,
        /// Which of the parameter's values it is about; the first where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<String>,
    }
}
document! {
    /// An announced change.
    TrajectoryDocument {
        /// The parameter.
        parameter: String,
        /// The first day.
        from: String,
        /// The value.
        value: DecimalText,
        /// The day on which it was made known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announced: Option<String>,
    }
}
document! {
    /// What a buyer or a province tightens.
    OverlayDocument {
        /// `zuji/overlay@1` where it is a file of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        schema: Option<String>,
        /// The standard that it is for: `id@version`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
        /// Its id.
        id: String,
        /// Who sets it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        authority: Option<String>,
        /// Stricter values of parameters of gates.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        parameters: BTreeMap<String, ParameterDocument>,
        /// Further gates.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gates: Vec<GateDocument>,
        /// Further evidence.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        requirements: Vec<RequirementDocument>,
        /// Rates of preferences, within their bounds.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        preferences: BTreeMap<String, DecimalText>,
        /// More makers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min_independent_makers: Option<u32>,
        /// Overlays on this one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        overlays: Vec<OverlayDocument>,
    }
}
document! {
    /// Bids with the outcome that they must have.
    VectorDocument {
        /// Its id.
        id: String,
        /// The stage; `bid` where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<String>,
        /// The bids.
        bids: super::BidsDocument,
        /// Values that replace those of parameters, for what-if vectors.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        parameters: BTreeMap<String, DecimalText>,
        /// What must come out, by bid.
        expect: BTreeMap<String, Expectation>,
        /// The bid that must win.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        winner: Option<String>,
        /// The guards that must trip.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        guards: Vec<String>,
    }
}
document! {
    /// What must come out for a bid.
    Expectation {
        /// `ranked`, `excluded`, `incomparable` or `invalid`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<String>,
        /// The assessed footprint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessed: Option<DecimalText>,
        /// `pass` or `fail` by gate.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        gates: BTreeMap<String, String>,
        /// Points by indicator.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        points: BTreeMap<String, DecimalText>,
        /// Points of the price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price_points: Option<DecimalText>,
        /// The evaluated price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evaluated_price: Option<DecimalText>,
        /// The total.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<DecimalText>,
        /// The rank.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rank: Option<u32>,
    }
}
