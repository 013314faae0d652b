//! The factor table of a whole database: a row per product that a bill of materials can use, as it stands.

use super::background::{Background, Burden, rounded};
use crate::factor::{FactorKind, FactorRow, FactorsDocument, Inclusion, Period, TableHead, is_place};
use crate::inventory::{Activity, DatabaseHead, Measures};
use crate::quantity::{Dimension, Lookup, UnitTable};
use crate::solve::linked::Unsolvable;

/// Reasons that a table names with every product it leaves out; more than so many are counted.
const NAMED: usize = 200;

/// A product's row, or why it has none.
pub(super) type RowOrWhy = Result<FactorRow, NoRow>;

/// Why a product of a database is no factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRow {
    Unit,
    Place,
    Nothing,
    Credits,
}

impl NoRow {
    /// In English and Chinese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Unit => ("no unit that a bill can use", "单位不能用于物料清单"),
            Self::Place => ("its place is not stated as a code", "其地区未以代码给出"),
            Self::Nothing => ("nothing that counts is behind it", "其上游没有可计入的排放"),
            Self::Credits => ("credits exceed what is emitted", "抵扣超过排放"),
        }
    }
}

impl Background<'_> {
    /// The table: every product with a unit that bills use, a place and a footprint above zero.
    ///
    /// # Errors
    /// As [`Background::burdens`].
    pub fn table(&self, units: &UnitTable) -> Result<FactorsDocument, Unsolvable> {
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        for (activity, (_, row)) in self.system.activities.iter().zip(self.rows(units, rounded)?) {
            match row {
                Ok(row) => rows.push(row),
                Err(why) => left_out.push(format!("{} ({}): {}", activity.name, activity.id, why.words().0)),
            }
        }
        let more = left_out.len().saturating_sub(NAMED);
        left_out.truncate(NAMED);
        if more > 0 {
            left_out.push(format!("{more} more"));
        }
        Ok(FactorsDocument { schema: "zuji/factors@1".into(), table: head(&self.inventory.head, left_out), rows })
    }

    /// A row of every activity, or why there is none, beside its burden.
    pub(super) fn rows(
        &self,
        units: &UnitTable,
        digits: fn(f64) -> f64,
    ) -> Result<Vec<(Burden, RowOrWhy)>, Unsolvable> {
        let measures = Measures::new(self.inventory, units);
        let burdens = self.burdens_in(&measures, digits)?;
        let with_row = |(activity, burden): (&Activity, Burden)| {
            let row = self.row(activity, &burden, units);
            (burden, row)
        };
        Ok(self.system.activities.iter().zip(burdens).map(with_row).collect())
    }

    fn row(&self, activity: &Activity, burden: &Burden, units: &UnitTable) -> RowOrWhy {
        let Lookup::Unit(unit) = units.find(&activity.unit) else { return Err(NoRow::Unit) };
        let place = activity.location.as_deref().unwrap_or("");
        if !is_place(place) {
            return Err(NoRow::Place);
        }
        if burden.emissions.is_empty() {
            return Err(NoRow::Nothing);
        }
        if burden.co2e <= 0.0 || burden.emissions.iter().any(|one| one.kg.is_some_and(|kg| kg.get() < 0.0)) {
            return Err(NoRow::Credits);
        }
        let process = activity.process.and_then(|process| self.inventory.processes().get(process as usize));
        let kind = kind(activity, unit.dimension());
        let name = if activity.product.is_empty() { &activity.name } else { &activity.product };
        let note = burden.note(&activity.unit);
        Ok(FactorRow {
            id: format!("{}/{}", self.inventory.head.id.trim(), activity.id),
            name_en: name.to_string(),
            name_zh: process.and_then(|one| one.name_zh.as_deref()).unwrap_or(name).to_string(),
            synonyms: Vec::new(),
            codes: Vec::new(),
            class: class(&activity.category),
            kind,
            unit: activity.unit.to_string(),
            emissions: burden.emissions.clone(),
            co2e: None,
            co2e_kind: None,
            published: None,
            gwp: None,
            geography: place.into(),
            period: process.map_or(Period::NotStated, |one| one.period),
            valid_until: None,
            boundary: (*kind.boundaries().first().unwrap_or(&"cradle-to-gate")).into(),
            source: format!("{}, process {}", self.inventory.head.source.trim(), activity.name),
            licence: process.and_then(|one| one.licence.as_deref()).map(str::to_string),
            uncertainty: None,
            quality: burden.quality(),
            companions: Vec::new(),
            carbon: None,
            properties: None,
            forming: Inclusion::NotStated,
            transmission: Inclusion::NotStated,
            stack_carbon: Inclusion::NotStated,
            proxy: None,
            closed: false,
            note: (!note.is_empty()).then_some(note),
        })
    }
}

pub(super) fn head(database: &DatabaseHead, left_out: Vec<String>) -> TableHead {
    TableHead {
        id: database.id.trim().into(),
        version: database.version.clone(),
        name_en: format!("{}: computed factors", database.name),
        name_zh: format!("{}：计算所得因子", database.name),
        source: database.source.clone(),
        licence: database.licence.clone(),
        attribution: database.attribution.clone(),
        note: database.note.clone(),
        left_out,
        closed: database.closed,
    }
}

/// What a product can stand for in a bill, by what it is measured in. A database that says it better has its rows made
/// one by one.
fn kind(activity: &Activity, dimension: Dimension) -> FactorKind {
    let named = |word: &str| activity.name.to_lowercase().contains(word);
    match dimension {
        Dimension::TRANSPORT => FactorKind::FreightLifeCycle,
        Dimension::ENERGY if named("electric") => FactorKind::Electricity,
        Dimension::ENERGY => FactorKind::FuelLifeCycle,
        _ if named("combust") => FactorKind::FuelLifeCycle,
        _ if named("treatment") || named("landfill") || named("disposal") => FactorKind::WasteTreatment,
        _ => FactorKind::Material,
    }
}

/// A class path of the category's words; what has none is `database`.
fn class(category: &str) -> String {
    let word = |part: &str| {
        let parts: Vec<String> =
            part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        parts.join("-")
    };
    let parts: Vec<String> = category.split('/').map(word).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "database".into() } else { format!("database.{}", parts.join(".")) }
}
