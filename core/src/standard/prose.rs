//! A standard as text for a tender document, in Chinese or English. Every figure is the document's own text.

use super::curve::{Curve, Effect};
use super::document::*;
use super::feedback::Comment;
use super::rules::{FOOTPRINT, Standard};
use crate::diagnostic::Language;
use crate::math::decimal_text;
use crate::product::Date;
use std::collections::BTreeMap;

/// What is printed beside the clauses.
#[derive(Default)]
pub struct Beside<'a> {
    /// Comments by clause.
    pub comments: BTreeMap<String, Vec<&'a Comment>>,
    /// The day whose values are printed; all values where none is named.
    pub day: Option<Date>,
}

/// Text being written.
struct Writer<'a> {
    standard: &'a Standard,
    beside: &'a Beside<'a>,
    chinese: bool,
    section: u32,
    out: String,
}

impl Standard {
    /// The text in a language.
    pub fn prose(&self, language: Language, beside: &Beside) -> String {
        let chinese = language == Language::Zh;
        let mut writer = Writer { standard: self, beside, chinese, section: 0, out: String::new() };
        writer.head();
        writer.scope();
        writer.footprint();
        writer.gates();
        writer.lists();
        writer.indicators();
        writer.price();
        writer.preferences();
        writer.evidence();
        writer.award();
        writer.contract();
        writer.out
    }
}

impl Writer<'_> {
    fn pick<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        if self.chinese { zh } else { en }
    }

    fn line(&mut self, en: impl AsRef<str>, zh: impl AsRef<str>) {
        let text = if self.chinese { zh.as_ref().to_string() } else { en.as_ref().to_string() };
        self.out += &text;
        self.out.push('\n');
    }

    fn heading(&mut self, en: &str, zh: &str) {
        self.section += 1;
        let section = self.section;
        self.out.push('\n');
        self.line(format!("{section}. {en}"), format!("{section}. {zh}"));
    }

    fn name(&self, en: Option<&String>, zh: Option<&String>, id: &str) -> String {
        let (first, second) = if self.chinese { (zh, en) } else { (en, zh) };
        first.or(second).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| id.to_string())
    }

    fn clause(&mut self, id: &str, number: Option<&String>, mark: Option<&String>, text: (String, String)) {
        let number = number.map_or(String::new(), |number| format!("{number} "));
        let mark = mark.map_or(String::new(), |mark| format!("{mark} "));
        self.line(format!("{mark}{number}[{id}] {}", text.0), format!("{mark}{number}[{id}] {}", text.1));
        let comments: Vec<String> = self
            .beside
            .comments
            .get(id)
            .into_iter()
            .flatten()
            .map(|comment| {
                let stance = comment.stance.as_deref().unwrap_or("–");
                format!("    > ({}) {}", crate::diagnostic::quoted(stance), crate::diagnostic::quoted(&comment.text))
            })
            .collect();
        for comment in comments {
            self.line(&comment, &comment);
        }
    }

    fn input(&self, name: &str) -> String {
        if name == FOOTPRINT {
            return self.pick("carbon footprint", "碳足迹").to_string();
        }
        let input = self.standard.document.inputs.get(name);
        self.name(input.map(|input| &input.name_en), input.map(|input| &input.name_zh), name)
    }

    fn unit(&self, name: &str) -> String {
        let document = &self.standard.document;
        let unit = if name == FOOTPRINT {
            document.pcf.as_ref().and_then(|rules| rules.unit.as_deref())
        } else {
            document.inputs.get(name).and_then(|input| input.unit.as_deref())
        };
        unit.filter(|unit| *unit != "1").map_or(String::new(), |unit| format!(" {unit}"))
    }

    fn head(&mut self) {
        let document = &self.standard.document;
        let title = self.name(Some(&document.name_en), Some(&document.name_zh), &document.id);
        self.out += &format!("{title}\n{} {}\n", document.id, document.version);
        let (status, rule) = (&document.status, &document.effective.date_rule);
        let period = match &document.effective.to {
            Some(to) => format!("[{}, {to})", document.effective.from),
            None => format!("[{}, …)", document.effective.from),
        };
        let draft = status != "in-force";
        self.line(
            format!(
                "Status: {status}{}. Holds {period}, by the {rule} date.",
                if draft { " (no legal effect)" } else { "" }
            ),
            format!(
                "状态：{status}{}。有效期 {period}，以 {rule} 日期为准。",
                if draft { "（不具法律效力）" } else { "" }
            ),
        );
        for basis in &document.legal_basis {
            let clause = basis.clause.as_deref().unwrap_or("");
            let grade = basis.grade.as_deref().unwrap_or("–");
            self.line(
                format!("Basis: {} {clause} (source grade {grade})", basis.title),
                format!("依据：{} {clause}（来源等级 {grade}）", basis.title),
            );
        }
        let note = if self.chinese { &document.note_zh } else { &document.note_en };
        if let Some(note) = note {
            self.out += &format!("{note}\n");
        }
    }

    fn scope(&mut self) {
        let document = &self.standard.document;
        let Some(scope) = &document.applies_to else { return };
        let code = |code: &CatalogueCode| {
            format!("{} {} ({})", code.scheme, code.code, code.scheme_version.as_deref().unwrap_or("–"))
        };
        let list = |codes: &[CatalogueCode]| codes.iter().map(code).collect::<Vec<_>>().join(", ");
        let (any, without) = (list(&scope.any), list(&scope.exclude));
        self.heading("Scope", "适用范围");
        self.line(format!("Applies to: {any}."), format!("适用于：{any}。"));
        if !without.is_empty() {
            self.line(format!("Not to: {without}."), format!("不适用于：{without}。"));
        }
    }

    fn footprint(&mut self) {
        let document = &self.standard.document;
        let Some(rules) = document.pcf.clone().filter(|_| self.standard.needs_footprint()) else { return };
        self.heading("Carbon footprint", "碳足迹");
        if let Some(unit) = document.functional_unit.clone() {
            let life = unit.service_life.map_or((String::new(), String::new()), |life| {
                (format!(" over {} {}", life.value, life.unit), format!("，使用 {} {}", life.value, life.unit))
            });
            let (quantity, name) = (&unit.quantity, &unit.unit);
            let without = unit.excludes.join(", ");
            let without = if without.is_empty() {
                (String::new(), String::new())
            } else {
                (format!(", without {without}"), format!("，不含 {without}"))
            };
            self.line(
                format!("Functional unit: {quantity} {name}{}{}.", life.0, without.0),
                format!("功能单位：{quantity} {name}{}{}。", life.1, without.1),
            );
        }
        let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
        let boundary = rules.boundary.join(", ");
        self.line(
            format!(
                "Boundary: {boundary}. Characterisation: {}. Method: {}. Unit: {}.",
                dash(&rules.gwp_set),
                dash(&rules.method),
                dash(&rules.unit)
            ),
            format!(
                "边界：{boundary}。特征化因子集：{}。方法：{}。单位：{}。",
                dash(&rules.gwp_set),
                dash(&rules.method),
                dash(&rules.unit)
            ),
        );
        for pack in &rules.packs {
            self.line(
                format!("Factor pack: {} (SHA-256 {}).", pack.id, pack.sha256),
                format!("因子包：{}（SHA-256 {}）。", pack.id, pack.sha256),
            );
        }
        self.line(
            "A footprint of another boundary, set, unit, method or factor pack is not comparable and is not scored.",
            "边界、特征化因子集、单位、方法或因子包不同的碳足迹不可比，不予评分。",
        );
    }

    /// A parameter's values with their days, or the one of the day asked for.
    fn parameter(&self, name: &str) -> String {
        let document = &self.standard.document;
        let unit = document.parameters.get(name).and_then(|p| p.unit.clone()).filter(|unit| unit != "1");
        let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
        if let Some(day) = self.beside.day {
            let value = self.standard.parameters.get(name).and_then(|dated| dated.at(day));
            return value.map_or("–".into(), |value| format!("{}{unit}", decimal_text(&value)));
        }
        let Some(parameter) = document.parameters.get(name) else { return "–".into() };
        if let [only] = parameter.values.as_slice() {
            return format!("{}{unit}", only.value);
        }
        let linear = parameter.interpolation.as_deref() == Some("linear");
        let list: Vec<String> = parameter
            .values
            .iter()
            .map(|dated| {
                if self.chinese {
                    format!("{}{unit}（自 {} 起）", dated.value, dated.from)
                } else {
                    format!("{}{unit} (from {})", dated.value, dated.from)
                }
            })
            .collect();
        let list = list.join(self.pick(", ", "、"));
        if linear {
            format!("{list}{}", self.pick(", straight between the days", "，日期之间按线性内插"))
        } else {
            list
        }
    }

    fn gates(&mut self) {
        let gates = self.standard.document.gates.clone();
        if gates.is_empty() {
            return;
        }
        self.heading("Requirements", "门槛要求");
        for gate in gates {
            let name = self.name(gate.name_en.as_ref(), gate.name_zh.as_ref(), &gate.id);
            let input = self.input(&gate.input);
            let limit = match (&gate.param, &gate.value) {
                (Some(name), _) => self.parameter(name),
                (_, Some(value)) => format!("{value}{}", self.unit(&gate.input)),
                _ => gate.any_of.join(" / "),
            };
            let sign = super::rules::Operator::named(&gate.op).map_or("?", super::rules::Operator::sign);
            let when = gate.when.as_ref().map_or((String::new(), String::new()), |when| {
                (format!(" (where {when})"), format!("（适用于 {when}）"))
            });
            let text = (
                format!("{name}: {input} {sign} {limit}{}.", when.0),
                format!("{name}：{input} {sign} {limit}{}。", when.1),
            );
            self.clause(&gate.id, gate.number.as_ref(), gate.mark.as_ref(), text);
        }
        self.line(
            "A bid that does not keep one of them is excluded before prices are compared.",
            "不满足其中任何一项的投标，在价格比较之前予以排除。",
        );
    }

    fn lists(&mut self) {
        let Some(lists) = self.standard.document.lists.clone() else { return };
        self.heading("Lists", "清单");
        let days = |from: &Option<String>, to: &Option<String>| match (from, to) {
            (None, None) => String::new(),
            (from, to) => format!(" [{}, {})", from.as_deref().unwrap_or("…"), to.as_deref().unwrap_or("…")),
        };
        for (entries, en, zh) in
            [(&lists.mandatory, "mandatory", "强制采购"), (&lists.preferred, "preferred", "优先采购")]
        {
            for entry in entries {
                let standard = entry.standard.as_deref().unwrap_or("–");
                let days = days(&entry.from, &entry.to);
                let text = (
                    format!("{en}: {}, {} by {standard}{days}.", entry.code, entry.certificate),
                    format!("{zh}：{}，{}，依据 {standard}{days}。", entry.code, entry.certificate),
                );
                self.clause(&entry.id, None, None, text);
            }
        }
        for entry in &lists.phased_out {
            let days = days(&Some(entry.from.clone()), &entry.to);
            let text = (format!("phased out: {}{days}.", entry.model), format!("淘汰：{}{days}。", entry.model));
            self.clause(&entry.id, None, None, text);
        }
    }

    fn indicators(&mut self) {
        let indicators = self.standard.document.indicators.clone();
        if indicators.is_empty() {
            return;
        }
        self.heading("Scoring", "评分");
        for (indicator, rule) in indicators.iter().zip(&self.standard.indicators) {
            let name = self.name(indicator.name_en.as_ref(), indicator.name_zh.as_ref(), &indicator.id);
            let input = self.input(&indicator.input);
            let curve = self.curve(&rule.curve, indicator, &input);
            let text = match rule.effect {
                Effect::Points => (
                    format!("{name}: at most {} points. {curve}", indicator.weight),
                    format!("{name}：最高 {} 分。{curve}", indicator.weight),
                ),
                Effect::Addition => {
                    (format!("{name}: added to the evaluated price. {curve}"), format!("{name}：计入评审价格。{curve}"))
                }
                Effect::Deduction => (
                    format!("{name}: taken off the evaluated price. {curve}"),
                    format!("{name}：从评审价格中扣减。{curve}"),
                ),
            };
            self.clause(&indicator.id, indicator.number.as_ref(), None, text);
        }
    }

    fn curve(&self, curve: &Curve, indicator: &IndicatorDocument, input: &str) -> String {
        let text = decimal_text;
        let (chinese, unit) = (self.chinese, self.unit(&indicator.input));
        let join = self.pick("; ", "；");
        match curve {
            Curve::Itself { .. } => {
                if chinese {
                    format!("{input}即为得分。")
                } else {
                    format!("The {input} is the points.")
                }
            }
            Curve::UpTo { steps, otherwise } | Curve::From { steps, otherwise } => {
                let sign = if matches!(curve, Curve::UpTo { .. }) { "≤" } else { "≥" };
                let mut list: Vec<String> = steps
                    .iter()
                    .map(|(limit, points)| format!("{input} {sign} {}{unit}: {}", text(limit), text(points)))
                    .collect();
                list.push(format!("{}: {}", self.pick("otherwise", "其他"), text(otherwise)));
                format!("{}{}", list.join(join), self.pick(".", "。"))
            }
            Curve::Corners(corners) => {
                let list: Vec<String> =
                    corners.iter().map(|(x, points)| format!("{}{unit}: {}", text(x), text(points))).collect();
                let how = self.pick(
                    ", straight between these values, the same beyond them.",
                    "，其间按线性内插，两端以外保持不变。",
                );
                format!("{}{how}", list.join(join))
            }
            Curve::Line { bounds, .. } => {
                let expr = indicator.curve.as_ref().and_then(|curve| curve.expr.as_deref()).unwrap_or("");
                let (low, high) = (text(&bounds.0), text(&bounds.1));
                if chinese {
                    format!("得分 = {expr}（x 为{input}{unit}），不低于 {low}，不高于 {high}。")
                } else {
                    format!("Points = {expr} with x the {input}{unit}, from {low} to {high}.")
                }
            }
            Curve::Money { rate, baseline } => {
                let own = indicator.curve.as_ref().and_then(|curve| curve.param.as_ref());
                let rate = own.map_or_else(|| text(rate), |name| self.parameter(name));
                let currency = self.standard.document.currency.as_deref().unwrap_or("");
                let baseline = text(baseline);
                if chinese {
                    format!("{input}高于 {baseline} 的每一单位{unit}计 {rate} {currency}。")
                } else {
                    format!("{rate} {currency} for every{unit} of {input} above {baseline}.")
                }
            }
        }
    }

    fn price(&mut self) {
        let document = &self.standard.document;
        if let Some(cost) = document.cost.clone() {
            self.heading("Life-cycle cost", "全生命周期成本");
            let years = cost.years.as_ref().or_else(|| {
                let unit = document.functional_unit.as_ref()?;
                unit.service_life.as_ref().map(|life| &life.value)
            });
            let years = years.map_or("–".to_string(), |years| years.0.clone());
            let rate = if cost.discount_rate.0.is_empty() { "0" } else { &cost.discount_rate.0 };
            self.line(
                format!("Over {years} years at a discount rate of {rate}, added to the evaluated price:"),
                format!("按 {years} 年、折现率 {rate} 计算，计入评审价格："),
            );
            for term in &cost.terms {
                let rate = match (&term.rate, &term.param) {
                    (Some(rate), _) => rate.0.clone(),
                    (None, Some(name)) => self.parameter(name),
                    (None, None) => "1".into(),
                };
                let input = self.input(&term.input);
                let timing = match term.timing.as_str() {
                    "yearly" => ("every year", "每年"),
                    "start" => ("at once", "期初"),
                    _ => ("at the end", "期末"),
                };
                let text = (format!("{input} × {rate}, {}.", timing.0), format!("{input} × {rate}，{}。", timing.1));
                self.clause(&term.id, None, None, text);
            }
        }
        let Some(price) = document.price.clone() else { return };
        self.heading("Price", "价格");
        let weight = price.weight.as_ref().map_or("–".to_string(), |weight| weight.0.clone());
        let dash = |text: &Option<crate::math::DecimalText>| text.as_ref().map_or("–".into(), |text| text.0.clone());
        let (floor, ceiling) = (dash(&price.floor), dash(&price.ceiling));
        let text = match price.method.as_str() {
            "cn87-lowest" => (
                format!(
                    "Points = {weight} × lowest evaluated price ÷ evaluated price, among the bids that keep all requirements."
                ),
                format!(
                    "价格分 = {weight} × 最低评审价格 ÷ 评审价格，评标基准价取满足全部门槛要求的投标中的最低评审价格。"
                ),
            ),
            "linear" => (
                format!(
                    "Points = {weight} × ({ceiling} − evaluated price) ÷ ({ceiling} − {floor}), from 0 to {weight}."
                ),
                format!("价格分 = {weight} ×（{ceiling} − 评审价格）÷（{ceiling} − {floor}），0 至 {weight} 分。"),
            ),
            _ => ("The lowest evaluated price comes first.".to_string(), "评审价格最低者排名第一。".to_string()),
        };
        self.clause(price.id.as_deref().unwrap_or("price"), None, None, text);
    }

    fn preferences(&mut self) {
        let preferences = self.standard.document.preferences.clone();
        let shares = self.standard.document.shares.clone();
        if preferences.is_empty() && shares.is_empty() {
            return;
        }
        self.heading("Preferences and shares", "优惠与份额");
        for preference in preferences {
            let name = self.name(preference.name_en.as_ref(), preference.name_zh.as_ref(), &preference.id);
            let rate =
                preference.rate.as_ref().or(preference.amount.as_ref()).map_or("–".into(), |text| text.0.clone());
            let when = preference
                .when
                .as_ref()
                .map_or((String::new(), String::new()), |when| (format!(" where {when}"), format!("，适用于 {when}")));
            let levels: Vec<String> =
                preference.levels.iter().map(|(level, rate)| format!("{level}: {rate}")).collect();
            let levels = levels.join(", ");
            let text = match preference.kind.as_str() {
                "points" => (format!("{name}: {rate} points{}.", when.0), format!("{name}：加 {rate} 分{}。", when.1)),
                "addition" => (
                    format!("{name}: {rate} added to the evaluated price{}.", when.0),
                    format!("{name}：评审价格加 {rate}{}。", when.1),
                ),
                "ladder" => (
                    format!("{name}: taken off the evaluated price by level, {levels}{}.", when.0),
                    format!("{name}：按等级从评审价格中扣减，{levels}{}。", when.1),
                ),
                _ => (
                    format!("{name}: {rate} taken off the evaluated price{}.", when.0),
                    format!("{name}：评审价格扣除 {rate}{}。", when.1),
                ),
            };
            self.clause(&preference.id, preference.number.as_ref(), None, text);
        }
        for share in shares {
            let name = self.name(share.name_en.as_ref(), share.name_zh.as_ref(), &share.id);
            let among = share.among.clone().map_or((String::new(), String::new()), |among| {
                (format!(" among {among}"), format!("（范围 {among}）"))
            });
            let text = (
                format!(
                    "{name}: at least {} by {} of what has {}{}.",
                    share.min, share.measure, share.counted, among.0
                ),
                format!("{name}：{} 的占比（按 {}）不低于 {}{}。", share.counted, share.measure, share.min, among.1),
            );
            self.clause(&share.id, share.number.as_ref(), None, text);
        }
    }

    fn evidence(&mut self) {
        let Some(rules) = self.standard.document.evidence.clone() else { return };
        self.heading("Evidence", "证明材料");
        for (index, requirement) in rules.requirements.iter().enumerate() {
            let id = requirement.clause.clone().unwrap_or_else(|| format!("evidence-{}", index + 1));
            let input = match &requirement.input {
                Some(input) => self.input(input),
                None => self.pick("everything that is stated", "全部响应内容").to_string(),
            };
            let stage = super::evidence::Stage::named(&requirement.stage).map_or(("–", "–"), |stage| stage.words());
            let any = requirement.any_of.join(" / ");
            let text = (
                format!("At the stage {}: one of {any} for {input}.", stage.0),
                format!("{}阶段：{input}，提供 {any} 之一。", stage.1),
            );
            self.clause(&id, None, None, text);
        }
        for (level, rule) in &rules.factor {
            let (en, zh) = match rule {
                FactorRule::Times(by) => (format!("declared footprint × {by}"), format!("按声明的碳足迹 × {by}")),
                FactorRule::Default { parameter, factor } => {
                    let value = self.parameter(parameter);
                    (format!("{value} × {factor} at most"), format!("至多按 {value} × {factor}"))
                }
            };
            self.line(format!("Evidence level {level}: {en}."), format!("证明等级 {level}：{zh}。"));
        }
    }

    fn award(&mut self) {
        let document = &self.standard.document;
        if document.rounding.is_none() && document.tie_break.is_empty() && document.guards.is_none() {
            return;
        }
        let (rounding, keys) = (document.rounding.clone(), document.tie_break.join(", "));
        let makers = document.guards.as_ref().and_then(|guards| guards.min_independent_makers);
        self.heading("Award", "评定");
        if let Some(rounding) = rounding {
            let at = rounding.at.join(", ");
            self.line(
                format!("Rounded {} to {} places at: {at}.", rounding.mode, rounding.dp),
                format!("修约方式 {}，保留 {} 位小数，适用于：{at}。", rounding.mode, rounding.dp),
            );
        }
        if !keys.is_empty() {
            self.line(format!("Equal totals are decided by: {keys}."), format!("总分相同时依次比较：{keys}。"));
        }
        if let Some(makers) = makers {
            self.line(
                format!("At least {makers} independent makers must keep all requirements."),
                format!("至少 {makers} 家独立厂商满足全部门槛要求。"),
            );
        }
    }

    fn contract(&mut self) {
        let Some(acceptance) = self.standard.document.acceptance.clone() else { return };
        self.heading("Acceptance", "验收");
        let tolerance = if acceptance.tolerance.0.is_empty() { "0" } else { &acceptance.tolerance.0 };
        let penalty = acceptance.penalty.as_deref().unwrap_or("–");
        let cap = acceptance.cap.as_ref().map_or((String::new(), String::new()), |cap| {
            (format!(", at most {cap} of the price"), format!("，最高为合同价的 {cap}"))
        });
        let text = (
            format!("What is delivered worse than bid by more than {tolerance} costs the supplier {penalty}{}.", cap.0),
            format!("交付劣于投标且超出 {tolerance} 的，供应商承担 {penalty}{}。", cap.1),
        );
        self.clause(&acceptance.id, None, None, text);
    }
}
