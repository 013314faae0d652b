//! Energy of manufacture and use: per product, or a plant's divided by what it makes; green power beside the grid.

use super::allocation::{AllocationError, AllocationKey, Share, allocate, outputs_of};
use super::recipe::{Recipe, RecipeState};
use super::resolve::{Resolver, Wanted};
use super::{EnergyDocument, Measure, MeasureError, OutputDocument, PlantDocument, Scalar};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::factor::{FactorKind, GRID, means_grid};
use crate::method::Module;
use crate::quantity::{Dimension, Percent, Unit, UnitTable, read_percent, within_ceiling};

/// A rule of division as it was applied, for the result.
#[derive(Clone, Debug)]
pub struct AllocationApplied {
    /// What was divided.
    pub what: String,
    /// By what.
    pub key: AllocationKey,
    /// All shares.
    pub shares: Vec<Share>,
    /// Declared units that the product's share is spread over.
    pub declared_units: f64,
}

/// An energy with its recipe and its amount per declared unit.
pub(super) struct EnergyUse {
    pub recipe: Recipe,
    /// Units of the energy per declared unit.
    pub amount: f64,
    /// The market-based recipe that stands beside a location-based one.
    pub market: Option<Recipe>,
    pub allocation: Option<AllocationApplied>,
}

/// A number of an output: pieces, mass in kg, hours, money; shares in percent.
fn output_number(text: &Scalar, key: AllocationKey, units: &UnitTable) -> Option<f64> {
    if key == AllocationKey::Manual {
        return match read_percent(&text.0) {
            Ok(Percent::Fraction(share)) if text.0.trim() == "1" => Some(share * 100.0),
            Ok(Percent::Fraction(share) | Percent::Ambiguous(share)) => Some(share),
            Err(_) => None,
        };
    }
    let measure = Measure::read(&text.0, units).ok().filter(|measure| within_ceiling(measure.value))?;
    let Some(unit) = measure.unit else { return Some(measure.value) };
    // A bare number is in the unit that people mean: pieces, kg, hours. Another dimension is no key of this kind.
    let (dimension, assumed) = match key {
        AllocationKey::Pieces => (Some(Dimension::PIECE), 1.0),
        AllocationKey::Mass => (Some(Dimension::MASS), 1.0),
        AllocationKey::MachineHours => (Some(Dimension::TIME), 3600.0),
        _ => (None, 1.0),
    };
    if dimension.is_some_and(|dimension| dimension != unit.dimension()) {
        return None;
    }
    Some(measure.value * (*unit.scale().numer() as f64) / (*unit.scale().denom() as f64) / assumed)
}

/// Divides by the documented outputs.
pub(super) fn divide(
    outputs: &[OutputDocument],
    key_name: &str,
    units: &UnitTable,
    single: bool,
) -> Result<(AllocationKey, Vec<Share>), Diagnostic> {
    let failed = |key: (&'static str, &'static str), cause: (String, String)| {
        Diagnostic::new(&catalogue::L602).with_words("key", key).with_words("cause", cause)
    };
    let Some(key) = AllocationKey::find(key_name) else {
        return Err(Diagnostic::new(&catalogue::L602).with("key", key_name).with_words(
            "cause",
            (
                "the key is not one of pieces, mass, machine_hours, revenue, price, physical, manual",
                "分配键应为 pieces、mass、machine_hours、revenue、price、physical、manual 之一",
            ),
        ));
    };
    let mut documents = outputs.to_vec();
    if single && documents.len() == 1 {
        documents[0].this = true;
    }
    if documents.iter().filter(|output| output.this).count() != 1 {
        return Err(failed(
            key.name(),
            ("exactly one output must say `this: true`".into(), "必须有且只有一个产出标注 `this: true`".into()),
        ));
    }
    if let Some(finding) = mixed_units(&documents, key, units) {
        return Err(finding);
    }
    let shares =
        outputs_of(&documents, key, |text| output_number(text, key, units)).and_then(|outputs| allocate(&outputs, key));
    match shares {
        // What carries nothing would have no footprint at all: its key is not known, or it is no product.
        Ok(shares) if shares.iter().any(|share| share.this && share.share <= 0.0) => {
            Err(failed(key.name(), ("the value of this product is zero".into(), "本产品的值为零".into())))
        }
        Ok(shares) => Ok((key, shares)),
        Err(AllocationError::Negative(name, text)) => {
            Err(Diagnostic::new(&catalogue::L601).with("name", name).with_words("key", key.name()).with("text", text))
        }
        Err(AllocationError::Missing(name)) => {
            Err(failed(key.name(), (format!("output \"{name}\" does not give it"), format!("产出“{name}”未给出该值"))))
        }
        Err(AllocationError::Sum(sum)) => {
            let sum = crate::math::significant(sum * 100.0, 4);
            Err(failed(key.name(), (format!("the shares sum to {sum} %"), format!("份额合计为 {sum}%"))))
        }
        Err(AllocationError::Zero | AllocationError::Outputs) => {
            Err(failed(key.name(), ("all values are zero".into(), "所有数值均为零".into())))
        }
    }
}

/// Outputs in units that do not add up: yuan beside dollars, square metres beside kilograms. A bare number stands in the
/// unit of the others only where all are bare, or where the key says the unit (pieces, kg, hours).
fn mixed_units(outputs: &[OutputDocument], key: AllocationKey, units: &UnitTable) -> Option<Diagnostic> {
    let texts: Vec<&Scalar> = match key {
        AllocationKey::Pieces | AllocationKey::Mass | AllocationKey::MachineHours | AllocationKey::Manual => {
            return None;
        }
        AllocationKey::Physical => outputs.iter().filter_map(|output| output.physical.as_ref()).collect(),
        AllocationKey::Price => outputs.iter().filter_map(|output| output.price.as_ref()).collect(),
        // Revenue may be the product of price and quantity; the money must be one money.
        AllocationKey::Revenue => {
            outputs.iter().filter_map(|output| output.revenue.as_ref().or(output.price.as_ref())).collect()
        }
    };
    let unit = |text: &&Scalar| Measure::read(&text.0, units).ok().and_then(|measure| measure.unit);
    let found: Vec<Option<Unit>> = texts.iter().map(unit).collect();
    let first = found.first()?;
    let same = |other: &Option<Unit>| match (first, other) {
        (None, None) => true,
        (Some(a), Some(b)) => a.ratio_to(b).is_some(),
        _ => false,
    };
    let other = found.iter().position(|unit| !same(unit))?;
    let (a, b) = (&texts[0].0, &texts[other].0);
    Some(
        Diagnostic::new(&catalogue::L602).with_words("key", key.name()).with_words(
            "cause",
            (format!("\"{a}\" and \"{b}\" are in different units"), format!("“{a}”与“{b}”单位不同")),
        ),
    )
}

/// What a profile says of the key by the ratio of the highest to the lowest price: above its limit it asks for an
/// economic key, up to it for a physical one. Nothing can be said where a price is missing or zero.
pub(super) fn price_ratio(outputs: &[OutputDocument], key: AllocationKey, limit: f64) -> Option<Diagnostic> {
    let price = |output: &OutputDocument| crate::quantity::read_number(&output.price.as_ref()?.0).ok();
    let prices: Vec<f64> = outputs.iter().map(price).collect::<Option<_>>()?;
    let highest = prices.iter().copied().fold(0.0, f64::max);
    let lowest = prices.iter().copied().fold(f64::INFINITY, f64::min);
    if outputs.len() < 2 || lowest <= 0.0 {
        return None;
    }
    let ratio = highest / lowest;
    let economic = matches!(key, AllocationKey::Revenue | AllocationKey::Price);
    let asked = match (ratio > limit, economic) {
        (true, false) => ("economic", "经济"),
        (false, true) => ("physical", "物理"),
        _ => return None,
    };
    Some(
        Diagnostic::new(&catalogue::L603)
            .with_words("key", key.name())
            .with("ratio", crate::math::significant(ratio, 3))
            .with_words("asked", asked),
    )
}

/// How many declared units of this product the plant makes.
fn declared_units(plant: &PlantDocument, declared_amount: f64, units: &UnitTable) -> Option<f64> {
    let output = match plant.outputs.as_slice() {
        [one] => one,
        outputs => outputs.iter().find(|output| output.this)?,
    };
    let read = |text: &Scalar| output_number(text, AllocationKey::Pieces, units).filter(|count| *count > 0.0);
    output
        .declared_units
        .as_ref()
        .and_then(read)
        .or_else(|| output.pieces.as_ref().and_then(read).map(|pieces| pieces / declared_amount))
}

/// Everything that an energy needs to know about its surroundings.
pub(super) struct Setting<'a> {
    pub plant: Option<&'a PlantDocument>,
    pub declared_amount: f64,
    /// Years of service, for energy of use per year.
    pub years: Option<f64>,
    pub module: Module,
    /// Whether `per` may be left out without a note (use phase: per life).
    pub in_use: bool,
}

/// Resolves one energy.
pub(super) fn resolve_energy(
    resolver: &mut Resolver<'_>,
    document: &EnergyDocument,
    setting: &Setting,
    found: &mut Vec<Diagnostic>,
) -> EnergyUse {
    let name = document.name.as_deref().unwrap_or(&document.carrier);
    let module = document.stage.as_deref().map_or(Some(setting.module), Module::find).unwrap_or_else(|| {
        let known: Vec<&str> = Module::ALL.iter().map(|module| module.id()).collect();
        found.push(
            Diagnostic::new(&catalogue::V106)
                .with("field", "stage")
                .with("text", document.stage.as_deref().unwrap_or(""))
                .with_words(
                    "range",
                    (format!("one of {}", known.join(", ")), format!("以下之一：{}", known.join(", "))),
                ),
        );
        setting.module
    });
    let unknown = |reason: &'static str| EnergyUse {
        recipe: Recipe { reason: Some(reason), ..Recipe::empty(RecipeState::Missing, module) },
        amount: f64::NAN,
        market: None,
        allocation: None,
    };
    let (value, unit) = match Measure::read(&document.amount.0, &resolver.library.units) {
        Ok(Measure { value, unit: Some(unit) }) => (value, unit.symbol().to_string()),
        Ok(Measure { value, unit: None }) => (value, document.unit.clone().unwrap_or_default()),
        // An unknown or ambiguous unit is settled below, as on a line; the number must be readable.
        Err(MeasureError::Unit(_) | MeasureError::Ambiguous(_) | MeasureError::Dimension(_)) => {
            let (number, unit) = super::measure::split(&document.amount.0);
            match crate::quantity::read_number(&number) {
                Ok(value) => (value, unit),
                Err(error) => {
                    let finding =
                        super::read::number_finding(&error, &document.amount.0, ("energy.amount", "能耗数量"));
                    let code = finding.code();
                    found.push(finding);
                    return unknown(code);
                }
            }
        }
        Err(MeasureError::Number(error)) => {
            let finding = super::read::number_finding(&error, &document.amount.0, ("energy.amount", "能耗数量"));
            let code = finding.code();
            found.push(finding);
            return unknown(code);
        }
    };
    if !within_ceiling(value) {
        found.push(
            Diagnostic::new(&catalogue::N111)
                .with("text", &document.amount.0)
                .with_words("column", ("energy.amount", "能耗数量"))
                .with("limit", "1e15"),
        );
        return unknown("N111");
    }
    if value < 0.0 {
        found.push(
            Diagnostic::new(&catalogue::B502)
                .with("name", name)
                .with("amount", crate::math::plain(value))
                .with("unit", unit),
        );
        let mut undecided = unknown("B502");
        undecided.recipe.state = RecipeState::Undecided;
        return undecided;
    }
    let wanted = Wanted {
        name,
        material: &document.carrier,
        factor: document.factor.as_deref(),
        unit: &unit,
        module: Some(module),
        geography: document.geography.as_deref(),
    };
    let (recipe, market) = power(resolver, wanted, document, found);
    let mut energy = EnergyUse { recipe, amount: value, market, allocation: None };
    match document.per.as_deref().map(str::trim) {
        Some("plant" | "工厂" | "全厂") if !setting.in_use => {
            divide_plant(resolver, document, name, setting, &mut energy, found);
        }
        // A year of the plant is no year of the product: manufacture is per product or per plant, use per year or life.
        Some("year" | "年") if setting.in_use => match setting.years {
            Some(years) => energy.amount = value * years,
            None => {
                found.push(
                    Diagnostic::new(&catalogue::V107)
                        .with("field", "service_life")
                        .with_words("why", ("energy of use is given per year", "使用能耗按年给出")),
                );
                energy.amount = f64::NAN;
            }
        },
        Some("product" | "产品") => {}
        Some("life" | "寿命" | "全寿命") if setting.in_use => {}
        None if !setting.in_use && (document.key.is_some() || setting.plant.is_some()) => {
            divide_plant(resolver, document, name, setting, &mut energy, found);
        }
        None => {
            if !setting.in_use {
                found.push(Diagnostic::new(&catalogue::B603).with("name", name));
            }
        }
        Some(other) => {
            found.push(Diagnostic::new(&catalogue::V106).with("field", "per").with("text", other).with_words(
                "range",
                match setting.in_use {
                    true => ("product, year or life", "product、year 或 life"),
                    false => ("product or plant", "product 或 plant"),
                },
            ));
            energy.amount = f64::NAN;
        }
    }
    if energy.amount.is_nan() && energy.recipe.state == RecipeState::Counted {
        energy.recipe.state = RecipeState::Missing;
        energy.recipe.reason = found.last().map(Diagnostic::code);
    }
    energy
}

/// The plant's energy × this product's share ÷ its declared units.
fn divide_plant(
    resolver: &Resolver<'_>,
    document: &EnergyDocument,
    name: &str,
    setting: &Setting,
    energy: &mut EnergyUse,
    found: &mut Vec<Diagnostic>,
) {
    let Some(plant) = setting.plant else {
        found.push(
            Diagnostic::new(&catalogue::V107)
                .with("field", "plant")
                .with_words("why", ("energy of the plant is divided by its outputs", "全厂能耗需按产出分摊")),
        );
        energy.amount = f64::NAN;
        return;
    };
    let units = &resolver.library.units;
    let key = document.key.as_deref().unwrap_or(&plant.key);
    let shares = match divide(&plant.outputs, key, units, true) {
        Ok(shares) => shares,
        Err(finding) => {
            found.push(finding);
            energy.amount = f64::NAN;
            return;
        }
    };
    let Some(count) = declared_units(plant, setting.declared_amount, units) else {
        found.push(Diagnostic::new(&catalogue::V107).with("field", "plant.outputs.pieces").with_words(
            "why",
            ("the product's share is spread over its declared units", "本产品的份额需按声明单位数量摊分"),
        ));
        energy.amount = f64::NAN;
        return;
    };
    let (key, shares) = shares;
    let share = shares.iter().find(|share| share.this).map_or(0.0, |share| share.share);
    let percent = format!("{} %", crate::math::significant(share * 100.0, 4));
    found.push(
        Diagnostic::new(&catalogue::L604).with("what", name).with_words("key", key.name()).with("share", percent).with(
            "total",
            format!(
                "{} {}",
                crate::math::plain(energy.amount),
                energy.recipe.unit.as_ref().map_or("", |unit| unit.symbol())
            ),
        ),
    );
    energy.amount = energy.amount * share / count;
    energy.allocation = Some(AllocationApplied { what: name.to_string(), key, shares, declared_units: count });
}

/// Electricity of one source needs an instrument, and the location-based figure stands beside it and scores: no residual
/// mix is published for the grids in the tables (design §4, method rules).
fn power(
    resolver: &mut Resolver<'_>,
    wanted: Wanted,
    document: &EnergyDocument,
    found: &mut Vec<Diagnostic>,
) -> (Recipe, Option<Recipe>) {
    let factors = &resolver.library.factors;
    let by_id = resolver.by_id(wanted.factor.unwrap_or(wanted.material));
    let named: Vec<_> = resolver.by_name(wanted.material).into_iter().chain(by_id).collect();
    let kind = |index: &crate::factor::FactorIndex| factors.head(*index).kind;
    let sources: Vec<_> = named.iter().filter(|index| kind(index) == FactorKind::ElectricitySource).copied().collect();
    // An instrument makes no electricity of steam, nor of a name that nobody knows.
    let electric = means_grid(wanted.material) || named.iter().any(|index| kind(index).is_grid());
    if sources.is_empty() && (document.instrument.is_none() || !electric) {
        let (recipe, findings) = resolver.resolve(wanted, None);
        found.extend(findings);
        return (recipe, None);
    }
    resolver.consulted.extend(&sources);
    // Location-based: the grid of the place.
    let geography = wanted.geography.unwrap_or(&resolver.geography).to_string();
    let (recipe, findings) = resolver.resolve(Wanted { material: GRID, factor: None, ..wanted }, None);
    found.extend(findings);
    let instrument = document.instrument.as_deref().filter(|id| !id.trim().is_empty());
    if instrument.is_none() {
        found.push(Diagnostic::new(&catalogue::F323).with("name", wanted.name));
        return (recipe, None);
    }
    let year = resolver.date.map(|date| date.year() as u16);
    let preference = crate::factor::Preference { kinds: &[FactorKind::ElectricitySource], geography: &geography, year };
    let market = crate::factor::select(&resolver.library.factors, &sources, &preference).usable.first().map(|ranked| {
        let factor = resolver.library.factors.get(ranked.index);
        let ratio = recipe
            .unit
            .as_ref()
            .and_then(|unit| unit.ratio_to(&factor.unit))
            .map_or(1.0, |ratio| *ratio.numer() as f64 / *ratio.denom() as f64);
        let mut market = Recipe::empty(RecipeState::Counted, recipe.module);
        market.unit = recipe.unit.clone();
        let conversion = crate::quantity::Conversion { factor: ratio, steps: Vec::new() };
        market.inputs.push(super::recipe::Input { factor: ranked.index, coefficient: ratio, conversion });
        market
    });
    (recipe, market)
}
