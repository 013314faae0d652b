//! The report as one page: everything in one file, no script, no request, pictures with their data beside them, made to be
//! printed.

mod chart;
mod course;
mod decisions;

use super::figure::{Figure, Interval};
use super::laboratory::{LimitReport, Report};
use super::misclassify::Assumption;
use super::population::Reason;
use crate::diagnostic::{Diagnostic, Diagnostics, Language, Severity};
use crate::footprint::linked::escaped;
use crate::math::significant;
use chart::{Chart, Series};
use std::fmt::Write;

/// Rows of a table beside a picture, at most; JSON has all.
const ROWS: usize = 60;

const STYLE: &str = "body{font:15px/1.5 sans-serif;color:#1a1a1a;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:1px solid #ccc;margin-top:2rem}h3{font-size:1rem}\
table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0}th,td{border:1px solid #ccc;padding:.15rem .5rem;text-align:right}\
th{background:#f2f2f2}td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}\
.legend span{margin-right:1rem;white-space:nowrap}.note{color:#444;font-size:.85rem}summary{cursor:pointer}\
@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}figure,table,svg{break-inside:avoid}}";

struct Page<'a> {
    report: &'a Report,
    language: Language,
    out: String,
}

/// Writes the page in a language.
pub fn page(report: &Report, found: &Diagnostics, language: Language) -> String {
    let mut page = Page { report, language, out: String::new() };
    page.head();
    page.population();
    page.findings(found);
    page.distribution();
    for limit in &report.limits {
        page.limit(limit);
    }
    page.sweep();
    page.years();
    page.foot();
    page.out
}

impl Page<'_> {
    fn pick<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        if self.language == Language::Zh { zh } else { en }
    }

    fn add(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn title(&mut self, en: &str, zh: &str) {
        let text = format!("<h2>{}</h2>", self.pick(en, zh));
        self.add(&text);
    }

    fn unit(&self) -> String {
        self.report.population.unit.clone().unwrap_or_default()
    }

    fn head(&mut self) {
        let lang = self.pick("en", "zh-CN");
        let word = self.pick("Threshold report", "限值检验报告");
        let name = self.report.population.name.clone().unwrap_or_default();
        let title = if name.is_empty() { word.to_string() } else { format!("{word}: {}", escaped(&name)) };
        let text = format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>"
        );
        self.add(&text);
    }

    fn population(&mut self) {
        let population = &self.report.population;
        let mut rows = vec![
            (self.pick("products given", "产品总数"), population.given.to_string()),
            (self.pick("in the statistics", "计入统计"), population.used.to_string()),
            (self.pick("left out", "剔除"), population.left_out.len().to_string()),
            (self.pick("makers", "制造商"), population.makers.to_string()),
            (self.pick("unit", "单位"), escaped(&self.unit())),
            (
                self.pick("smallest, mean, largest", "最小、均值、最大"),
                format!("{} · {} · {}", short(population.minimum), short(population.mean), short(population.maximum)),
            ),
            (
                self.pick("independent products that they stand for", "相当于独立产品数"),
                short(population.independent_products),
            ),
        ];
        for (name, value) in [
            (self.pick("boundary", "系统边界"), &population.boundary),
            (self.pick("GWP set", "GWP 因子集"), &population.gwp),
            (self.pick("source", "来源"), &population.source),
            (self.pick("licence", "许可"), &population.licence),
        ] {
            rows.extend(value.as_ref().map(|value| (name, escaped(value))));
        }
        let rows: Vec<Vec<String>> = rows.into_iter().map(|(name, value)| vec![name.to_string(), value]).collect();
        self.title("Population", "产品总体");
        self.table(&[], rows);
        if population.left_out.is_empty() {
            return;
        }
        let header = [self.pick("left out", "剔除的产品"), self.pick("maker", "制造商"), self.pick("reason", "原因")];
        let rows = population
            .left_out
            .iter()
            .map(|one| vec![escaped(&one.name), escaped(one.maker.as_deref().unwrap_or("–")), self.reason(&one.reason)])
            .collect();
        self.folded(&header, rows);
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Lacks { fields } => format!("{} {}", self.pick("does not state", "未注明"), fields.join(", ")),
            Reason::Duplicate => self.pick("stands twice", "重复").to_string(),
            Reason::NotPositive => self.pick("not above zero", "碳足迹不为正").to_string(),
            Reason::NegativeWeight => self.pick("weight below zero", "权重为负").to_string(),
            Reason::OtherBoundary { found } => format!("{} {}", self.pick("boundary", "系统边界"), escaped(found)),
            Reason::OtherGwp { found } => format!("{} {}", self.pick("GWP set", "GWP 因子集"), escaped(found)),
        }
    }

    fn findings(&mut self, found: &Diagnostics) {
        let serious: Vec<&Diagnostic> = found.iter().filter(|one| one.severity() != Severity::Note).collect();
        if serious.is_empty() {
            return;
        }
        self.title("What to look at", "需要注意");
        self.add("<ul>");
        for one in serious {
            let text = format!(
                "<li><b>{}</b> {} <span class=\"note\">{} {}</span></li>",
                one.code(),
                escaped(&one.found(self.language)),
                escaped(&one.why(self.language)),
                escaped(&one.fix(self.language))
            );
            self.add(&text);
        }
        self.add("</ul>");
    }

    fn distribution(&mut self) {
        self.title("Distribution and limits", "分布与限值");
        let limits: Vec<f64> = self.report.limits.iter().map(|limit| limit.profile.limit.get()).collect();
        let unit = self.unit();
        let title =
            self.pick("Number of products by footprint, with the limits", "各碳足迹区间的产品数与限值").to_string();
        let bars = &self.report.population.histogram;
        let chart = Chart {
            title: &title,
            x: &unit,
            percent: false,
            series: Vec::new(),
            bars: bars.iter().map(|(from, to, count)| (from.get(), to.get(), f64::from(*count))).collect(),
            marks: &limits,
            years: false,
        };
        let header = [self.pick("from", "自"), self.pick("to", "至"), self.pick("products", "产品数")];
        let rows =
            bars.iter().map(|(from, to, count)| vec![short(*from), short(*to), count.to_string()]).collect::<Vec<_>>();
        self.figure(&chart.svg(), &header, rows);
        let header = [
            self.pick("quantile", "分位数"),
            self.pick("footprint", "碳足迹"),
            self.pick("by market share", "按市场份额"),
            self.pick("interval", "区间"),
            self.pick("ranks", "秩"),
            self.pick("coverage", "覆盖率"),
            self.pick("independent products needed", "所需独立产品数"),
        ];
        let rows = self
            .report
            .quantiles
            .iter()
            .map(|one| {
                vec![
                    percent(one.quantile),
                    short(one.value),
                    short(one.by_weight),
                    interval(one.interval, short),
                    one.ranks.map_or_else(|| "–".to_string(), |(r, s)| format!("{r}–{s}")),
                    percent(one.coverage),
                    one.products_needed.to_string(),
                ]
            })
            .collect();
        self.table(&header, rows);
    }

    fn limit(&mut self, limit: &LimitReport) {
        let profile = &limit.profile;
        let text = format!("<h2>{} {}</h2>", self.pick("Limit", "限值"), short(profile.limit));
        self.add(&text);
        let saving = |value: Figure, share: Figure| format!("{} ({})", short(value), percent(share));
        let (size, rivals) = (&profile.size_effect, &limit.rivalry);
        let mut rows: Vec<(&str, String)> = vec![
            (
                self.pick("pass", "通过"),
                format!("{}/{} = {}", profile.passed, profile.products, percent(profile.by_product.rate)),
            ),
            (self.pick("Wilson interval", "Wilson 区间"), interval(profile.by_product.wilson, percent)),
            (
                self.pick("interval, makers as clusters", "区间（按制造商聚类）"),
                interval(profile.by_product.cluster_robust, percent),
            ),
            (self.pick("pass, share of the market", "通过（市场份额）"), percent(profile.by_weight.rate)),
            (
                self.pick("mean: all → passing", "均值：全部 → 通过者"),
                format!("{} → {}", short(profile.mean), short(profile.mean_passing)),
            ),
            (
                self.pick("saved: buying what passes", "减排：改买通过者"),
                saving(profile.saving.selection, profile.saving.selection_share),
            ),
            (
                self.pick("saved: failing come down to the limit", "减排：未通过者降至限值"),
                saving(profile.saving.reduce_to_limit, profile.saving.reduce_to_limit_share),
            ),
            (
                self.pick("saved: nearest passing product", "减排：换成最接近的通过者"),
                saving(profile.saving.nearest_passing, profile.saving.nearest_passing_share),
            ),
            (
                self.pick("concentration (HHI)", "集中度（HHI）"),
                format!("{} → {}", fixed(profile.competition.hhi_before, 0), fixed(profile.competition.hhi_after, 0)),
            ),
            (
                self.pick("makers", "制造商"),
                format!("{} → {}", profile.competition.makers_before, profile.competition.makers_after),
            ),
            (
                self.pick("three bidders qualify", "至少三家投标人合格"),
                format!("{} ({})", percent(rivals.three_qualify), rivals.bidders),
            ),
            (
                self.pick("small firms ÷ large firms", "中小 ÷ 大型"),
                format!(
                    "{}/{} ÷ {}/{} = {}",
                    size.sme_passed,
                    size.sme,
                    size.large_passed,
                    size.large,
                    fixed(size.ratio, 2)
                ),
            ),
            (self.pick("Fisher's exact test", "Fisher 精确检验"), short(rivals.fisher_p)),
        ];
        if let Some(bounds) = limit.selection_bounds {
            rows.push((
                self.pick("bounds, undeclared products unknown", "界限（未申报产品未知）"),
                interval(bounds, percent),
            ));
        }
        let rows = rows.into_iter().map(|(name, value)| vec![name.to_string(), value]).collect();
        self.table(&[], rows);
        self.wrong_decisions(limit);
        if !limit.sensitivity.is_empty() {
            let header = [
                self.pick("counted otherwise", "改变算法"),
                self.pick("products", "产品数"),
                self.pick("pass", "通过"),
                self.pick("change sides", "结论改变"),
                self.pick("moved limit", "相应限值"),
                self.pick("still change", "仍改变"),
                "τ",
            ];
            let rows = limit
                .sensitivity
                .iter()
                .map(|one| {
                    vec![
                        escaped(&one.alternative),
                        one.products.to_string(),
                        format!("{} → {}", percent(one.pass_rate), percent(one.pass_rate_otherwise)),
                        percent(one.flipped),
                        short(one.rebased_limit),
                        percent(one.flipped_rebased),
                        fixed(one.kendall_tau, 3),
                    ]
                })
                .collect();
            self.table(&header, rows);
        }
        self.money(limit);
    }

    fn foot(&mut self) {
        let text = self.pick(
            "Formulas and sources of all statistics: docs/threshold.md of Zuji. The JSON of the same run has every figure.",
            "全部统计量的公式与出处见 Zuji 的 docs/threshold.md；同次运行的 JSON 含全部数值。",
        );
        let text = format!("<p class=\"note\">{text}</p>\n</body></html>");
        self.add(&text);
    }

    /// A picture with its data below it.
    fn figure(&mut self, picture: &str, header: &[&str], rows: Vec<Vec<String>>) {
        self.add("<figure>");
        self.add(picture.trim_end());
        self.folded(header, rows);
        self.add("</figure>");
    }

    /// A table that a screen folds away; paper shows it.
    fn folded(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        let text = format!("<details open><summary>{}</summary>", self.pick("data", "数据"));
        self.add(&text);
        self.table(header, rows);
        self.add("</details>");
    }

    /// A table; its cells are escaped already.
    fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        let mut out = String::from("<table>");
        if !header.is_empty() {
            out.push_str("<tr>");
            header.iter().for_each(|cell| {
                let _ = write!(out, "<th scope=\"col\">{cell}</th>");
            });
            out.push_str("</tr>");
        }
        for row in rows {
            out.push_str("<tr>");
            row.iter().for_each(|cell| {
                let _ = write!(out, "<td>{cell}</td>");
            });
            out.push_str("</tr>\n");
        }
        out.push_str("</table>");
        self.add(&out);
    }
}

/// Curves over all limits, those asked for marked.
fn plot(title: &str, x: &str, marks: &[f64], percent: bool, series: Vec<Series>) -> String {
    Chart { title, x, percent, series, bars: Vec::new(), marks, years: false }.svg()
}

fn short(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| significant(value, 4))
}

fn fixed(figure: Figure, places: usize) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| format!("{value:.places$}"))
}

fn percent(figure: Figure) -> String {
    figure.known().map_or_else(|| "–".to_string(), |value| format!("{:.1} %", value * 100.0))
}

fn interval(interval: Interval, show: fn(Figure) -> String) -> String {
    format!("[{}, {}]", show(interval.low), show(interval.high))
}
