//! Why a line found no factor, or none that fits it: what stood near, what would make it fit.

use super::resolve::{Resolver, Wanted};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::factor::{Choice, FactorIndex, FactorKind};
use crate::method::Module;
use crate::quantity::{Mark, Mismatch, Property, Unit};

/// For how many names of a file the nearest factors are looked for.
const MOST_SUGGESTIONS: usize = 100;

/// A place that is no code is not used: everything would come from elsewhere.
pub(super) fn no_place(text: &str) -> Diagnostic {
    Diagnostic::new(&catalogue::V106)
        .with("field", "geography")
        .with("text", text)
        .with_words(
            "range",
            ("an ISO 3166 code in capitals, such as CN or CN-ZJ", "大写的 ISO 3166 代码，例如 CN 或 CN-ZJ"),
        )
        .as_severity(Severity::Warning)
}

impl Resolver<'_> {
    /// The nearest factors by name. Each search walks all names, so it is done once per name, and only for the first names
    /// of a file: nobody reads more suggestions, and a hostile file must not buy hours with them.
    pub(super) fn suggestions(&self, name: &str, kinds: &[FactorKind]) -> Vec<FactorIndex> {
        let mut known = self.suggested.borrow_mut();
        if let Some(near) = known.get(name) {
            return near.clone();
        }
        if known.len() >= MOST_SUGGESTIONS {
            return Vec::new();
        }
        let near = self.library.factors.nearest(name, kinds, 3, &self.packs);
        known.insert(name.to_string(), near.clone());
        near
    }

    /// The nearest known unit, for the first units of a file alone, for the same reason.
    pub(super) fn nearest_unit(&self, symbol: &str) -> Option<String> {
        let asked = self.units_suggested.get();
        self.units_suggested.set(asked + 1);
        if asked < MOST_SUGGESTIONS { self.library.units.nearest(symbol) } else { None }
    }

    pub(super) fn no_factor(&self, name: &str, kinds: &[FactorKind]) -> Diagnostic {
        let near = self.suggestions(name, kinds);
        let list: Vec<String> = near
            .iter()
            .map(|&index| {
                let row = &self.library.factors.get(index).row;
                format!("{} {} [{}]", row.name_zh, row.name_en, row.id)
            })
            .collect();
        let words = if list.is_empty() {
            (String::new(), String::new())
        } else {
            (format!(" (nearest: {})", list.join("; ")), format!("（相近：{}）", list.join("；")))
        };
        Diagnostic::new(&catalogue::F301).with("name", name).with_words("suggestion", words)
    }

    /// What to say of an id that no pack has, or none that may serve.
    pub(super) fn unknown_id(&self, id: &str) -> Diagnostic {
        match self.library.factors.by_id(id) {
            Some(index) => {
                let pack = &self.library.factors.get(index).table.id;
                Diagnostic::new(&catalogue::F411).with("id", id).with("pack", pack)
            }
            None => Diagnostic::new(&catalogue::F302).with("id", id),
        }
    }

    /// What to say when no candidate's unit can be reached, and whether it is a question.
    pub(super) fn misfit(
        &self,
        wanted: Wanted,
        line_units: &[Unit],
        choice: &Choice,
        mismatches: &[(FactorIndex, Mismatch)],
    ) -> (Diagnostic, bool) {
        if line_units.len() > 1 {
            return (self.ambiguous(wanted, line_units), true);
        }
        let unit = &line_units[0];
        // A unit of fuel energy (tce) against power or the other heating value is no question of what it says.
        let marked = matches!(unit.mark(), Mark::LowerHeating | Mark::HigherHeating);
        if !marked && mismatches.iter().any(|(_, mismatch)| *mismatch == Mismatch::HeatingValue) {
            let symbol = unit.symbol();
            let finding = Diagnostic::new(&catalogue::U207)
                .with("unit", symbol)
                .with("name", wanted.name)
                .with("lower", format!("{symbol} (LHV)"))
                .with("higher", format!("{symbol} (HHV)"));
            return (finding, true);
        }
        // The candidate that needs the least is the one to ask for.
        let nearest = mismatches
            .iter()
            .min_by_key(|(_, mismatch)| match mismatch {
                Mismatch::Needs(properties) => properties.len(),
                _ => usize::MAX,
            })
            .map_or((choice.usable[0].index, Mismatch::Dimension), |(index, mismatch)| (*index, mismatch.clone()));
        let target = &self.library.factors.get(nearest.0).unit;
        match nearest.1 {
            Mismatch::Needs(properties) if properties == [Property::UnitMass] => {
                let why = ("its factor counts by mass", "其因子按质量计");
                let finding = Diagnostic::new(&catalogue::B310)
                    .with("name", wanted.name)
                    .with("amount", "")
                    .with("unit", unit)
                    .with_words("why", why);
                (finding, false)
            }
            Mismatch::Needs(properties) => (self.needs(wanted, unit, target, &properties), false),
            _ => (self.needs(wanted, unit, target, &[]), false),
        }
    }

    pub(super) fn needs(&self, wanted: Wanted, from: &Unit, to: &Unit, properties: &[Property]) -> Diagnostic {
        let words = if properties.is_empty() {
            let (en, zh) = to.dimension().name();
            (format!("the quantity as {en} ({to})"), format!("以{zh}（{to}）表示的数量"))
        } else {
            let join = |pick: fn((&'static str, &'static str)) -> &'static str, or: &str| {
                properties.iter().map(|property| pick(property.name())).collect::<Vec<_>>().join(or)
            };
            (join(|name| name.0, " or "), join(|name| name.1, "或"))
        };
        Diagnostic::new(&catalogue::U203)
            .with("name", wanted.name)
            .with("amount", "")
            .with("from", from)
            .with("to", to)
            .with_words("needed", words)
    }

    /// Why none of the named factors may serve.
    pub(super) fn barred(&self, wanted: Wanted, choice: &Choice) -> Diagnostic {
        let Some(&index) = choice.barred.first() else {
            return self.no_factor(wanted.material, &[]);
        };
        let row = &self.library.factors.get(index).row;
        match row.kind {
            FactorKind::ElectricityDirect => Diagnostic::new(&catalogue::F322).with("id", &row.id),
            FactorKind::Spend => Diagnostic::new(&catalogue::F314).with("id", &row.id),
            FactorKind::FreightWithForcing => Diagnostic::new(&catalogue::F329).with("id", &row.id),
            kind => {
                let module = wanted.module.unwrap_or(Module::A1);
                let (en, zh) = module.name();
                let advice = match kind {
                    FactorKind::WasteTreatment => (
                        "describe it under end_of_life, or as waste of manufacture (stage: manufacturing)",
                        "写入 end_of_life，或作为生产废物（stage: manufacturing）",
                    ),
                    FactorKind::Material if module == Module::C3 => (
                        "name what treats the waste (zuji factors search --kind waste_treatment), not the material",
                        "请写处理废物的因子（zuji factors search --kind waste_treatment），而不是材料本身",
                    ),
                    FactorKind::Process => (
                        "add its material as a line of its own and put the process under manufacturing",
                        "将其材料单独写成一行，工艺写入生产阶段",
                    ),
                    kind if kind.is_half() => (
                        "name the fuel, transport or power itself; this half is added to it",
                        "请写燃料、运输或电力本身，这一部分会自动加入",
                    ),
                    _ => (
                        "set the stage to where it belongs (energy: manufacturing, freight: inbound or distribution)",
                        "请设置正确的阶段（能源：生产；运输：运入或分销）",
                    ),
                };
                Diagnostic::new(&catalogue::F310)
                    .with("id", &row.id)
                    .with_words("kind", kind.name())
                    .with("name", wanted.name)
                    .with_words("needed", (format!("a factor for {en}"), format!("用于{zh}的因子")))
                    .with_words("advice", advice)
            }
        }
    }
}
