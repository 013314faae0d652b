//! The report as one page: everything in one file, no script, no request, pictures with their data beside them, made to be
//! printed.

mod chart;

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

    fn wrong_decisions(&mut self, limit: &LimitReport) {
        let text = format!("<h3>{}</h3>", self.pick("Wrong decisions", "误判"));
        self.add(&text);
        let Some(wrong) = &limit.misclassification else {
            let text =
                self.pick("No uncertainty is known: the probabilities are unknown.", "没有不确定性数据：概率未知。");
            let text = format!("<p>{text}</p>");
            return self.add(&text);
        };
        let header = [
            self.pick("share of the market", "市场份额"),
            self.pick("falsely accepted", "误接受"),
            self.pick("falsely rejected", "误拒绝"),
        ];
        let sampled = self.pick("by Monte Carlo", "蒙特卡洛");
        let row = |name: &str, accept: Figure, reject: Figure| vec![name.to_string(), percent(accept), percent(reject)];
        let mut rows = vec![
            row(self.pick("these products", "现有产品"), wrong.false_accept, wrong.false_reject),
            row(sampled, wrong.monte_carlo.false_accept, wrong.monte_carlo.false_reject),
        ];
        if let Some(with) = wrong.with_prior {
            rows.push(row(self.pick("with prior knowledge", "含先验"), with.false_accept, with.false_reject));
        }
        let process = &wrong.process;
        rows.push(row(
            self.pick("a product yet unknown, by quadrature", "未知产品，数值积分"),
            process.consumer_risk,
            process.producer_risk,
        ));
        rows.push(row(sampled, process.monte_carlo.false_accept, process.monte_carlo.false_reject));
        self.table(&header, rows);
        let guards: Vec<String> = wrong
            .guard_bands
            .iter()
            .map(|guard| format!("{}: {}", percent(guard.risk), short(guard.accept_up_to)))
            .collect();
        let text = format!(
            "<p>{}: {} · {}: {}</p>",
            self.pick("cannot be called (5 % to 95 %)", "无法判定（5 % 至 95 %）"),
            percent(wrong.ambiguous),
            self.pick("guard bands, accept up to", "保护带，接受至"),
            guards.join(", ")
        );
        self.add(&text);
        let header = [
            self.pick("assumption", "假设"),
            self.pick("swing", "变幅"),
            self.pick("tried: falsely accepted, rejected", "取值：误接受、误拒绝"),
        ];
        let rows = wrong
            .drivers
            .iter()
            .map(|driver| {
                let tried: Vec<String> = driver
                    .tried
                    .iter()
                    .map(|one| {
                        format!("{}: {}, {}", short(one.value), percent(one.false_accept), percent(one.false_reject))
                    })
                    .collect();
                vec![self.assumption(driver.assumption).to_string(), percent(driver.swing), tried.join(" · ")]
            })
            .collect();
        self.table(&header, rows);
        let header = [
            self.pick("to verify first", "优先核查"),
            self.pick("footprint", "碳足迹"),
            self.pick("passes", "是否通过"),
            self.pick("conforms with probability", "达标概率"),
            self.pick("share at stake", "涉及份额"),
        ];
        let rows = wrong
            .products_to_verify
            .iter()
            .map(|one| {
                let passes = if one.passes { self.pick("yes", "是") } else { self.pick("no", "否") };
                let right = one.conforms_with_prior.unwrap_or(one.conforms);
                vec![
                    escaped(&one.name),
                    short(one.footprint),
                    passes.to_string(),
                    percent(right),
                    percent(one.share_at_stake),
                ]
            })
            .collect();
        self.folded(&header, rows);
    }

    fn assumption(&self, assumption: Assumption) -> &'static str {
        let (en, zh) = match assumption {
            Assumption::OneRsdForAll => ("one relative deviation for all", "全部取同一相对标准差"),
            Assumption::LargeFirms => ("deviation of large firms × 0.5, 1, 1.5", "大型企业标准差 ×0.5、1、1.5"),
            Assumption::SmallFirms => ("deviation of small firms × 0.5, 1, 1.5", "中小企业标准差 ×0.5、1、1.5"),
            Assumption::AssumedOnes => ("assumed deviation × 0.5, 1, 1.5", "假设的标准差 ×0.5、1、1.5"),
            Assumption::Others => ("stated deviation × 0.5, 1, 1.5", "申报的标准差 ×0.5、1、1.5"),
            Assumption::Prior => ("without and with prior knowledge", "不含与含先验"),
        };
        if self.language == Language::Zh { zh } else { en }
    }

    fn money(&mut self, limit: &LimitReport) {
        let impact = &limit.impact;
        if impact.baseline.tonnes.known().is_none() && impact.baseline.price.known().is_none() {
            return;
        }
        let text = format!("<h3>{}</h3>", self.pick("Emissions and money of a year", "年度排放与费用"));
        self.add(&text);
        let header = [
            self.pick("scenario", "情景"),
            self.pick("per unit", "单位产品"),
            "t CO2e",
            self.pick("saved t", "减排 t"),
            self.pick("price", "单价"),
            self.pick("cost per t", "每吨成本"),
        ];
        let rows = [
            (self.pick("baseline", "基线"), &impact.baseline),
            (self.pick("standard", "标准"), &impact.standard),
            (self.pick("best available", "最佳可得"), &impact.best_available),
        ]
        .into_iter()
        .map(|(name, one)| {
            vec![
                name.to_string(),
                short(one.footprint),
                short(one.tonnes),
                short(one.saved_tonnes),
                short(one.price),
                short(one.cost_per_tonne),
            ]
        })
        .collect();
        self.table(&header, rows);
    }

    fn sweep(&mut self) {
        if self.report.sweep.is_empty() {
            return;
        }
        let report = self.report;
        let limits: Vec<f64> = report.limits.iter().map(|limit| limit.profile.limit.get()).collect();
        let unit = self.unit();
        let curve = |name: &str, of: &dyn Fn(&super::Profile) -> Figure| Series {
            name: name.to_string(),
            points: report.sweep.iter().map(|profile| (profile.limit.get(), of(profile).get())).collect(),
            steps: false,
        };
        let step = report.sweep.len().div_ceil(ROWS).max(1);
        self.title("All limits", "全部限值");
        let title = self.pick("Pass rate and savings by limit", "各限值的通过率与减排").to_string();
        let names = [
            self.pick("products that pass", "通过的产品"),
            self.pick("market that passes", "通过的市场"),
            self.pick("saved by selection", "筛选减排"),
            self.pick("saved by coming down to the limit", "降至限值的减排"),
        ];
        let series = vec![
            curve(names[0], &|profile| profile.by_product.rate),
            curve(names[1], &|profile| profile.by_weight.rate),
            curve(names[2], &|profile| profile.saving.selection_share),
            curve(names[3], &|profile| profile.saving.reduce_to_limit_share),
        ];
        let header = [&[self.pick("limit", "限值")][..], &names[..]].concat();
        let rows = report
            .sweep
            .iter()
            .step_by(step)
            .map(|profile| {
                vec![
                    short(profile.limit),
                    percent(profile.by_product.rate),
                    percent(profile.by_weight.rate),
                    percent(profile.saving.selection_share),
                    percent(profile.saving.reduce_to_limit_share),
                ]
            })
            .collect();
        self.figure(&plot(&title, &unit, &limits, true, series), &header, rows);

        let title = self.pick("Makers and concentration by limit", "各限值的制造商数与集中度").to_string();
        let names = [self.pick("HHI ÷ 1000", "HHI ÷ 1000"), self.pick("makers left", "剩余制造商")];
        let series = vec![
            curve(names[0], &|profile| Figure(profile.competition.hhi_after.get() / 1000.0)),
            curve(names[1], &|profile| Figure(f64::from(profile.competition.makers_after))),
        ];
        let header = [self.pick("limit", "限值"), "HHI", names[1]];
        let rows = report
            .sweep
            .iter()
            .step_by(step)
            .map(|profile| {
                let competition = &profile.competition;
                vec![short(profile.limit), fixed(competition.hhi_after, 0), competition.makers_after.to_string()]
            })
            .collect();
        if report.population.makers > 0 {
            self.figure(&plot(&title, &unit, &limits, false, series), &header, rows);
        }

        if report.sweep.iter().any(|profile| profile.size_effect.sme + profile.size_effect.large > 0) {
            let title =
                self.pick("Pass rates of small and large firms by limit", "各限值的中小与大型企业通过率").to_string();
            let names = [self.pick("small firms", "中小企业"), self.pick("large firms", "大型企业")];
            let rate = |passed: u32, all: u32| Figure::ratio(f64::from(passed), f64::from(all));
            let series = vec![
                curve(names[0], &|profile| rate(profile.size_effect.sme_passed, profile.size_effect.sme)),
                curve(names[1], &|profile| rate(profile.size_effect.large_passed, profile.size_effect.large)),
            ];
            let header = [self.pick("limit", "限值"), names[0], names[1], self.pick("ratio", "比值")];
            let rows = report
                .sweep
                .iter()
                .step_by(step)
                .map(|profile| {
                    let size = &profile.size_effect;
                    vec![
                        short(profile.limit),
                        percent(rate(size.sme_passed, size.sme)),
                        percent(rate(size.large_passed, size.large)),
                        fixed(size.ratio, 2),
                    ]
                })
                .collect();
            self.figure(&plot(&title, &unit, &limits, true, series), &header, rows);
        }

        if !report.sweep_errors.is_empty() {
            let title = self.pick("Wrong decisions by limit", "各限值的误判").to_string();
            let names = [self.pick("falsely accepted", "误接受"), self.pick("falsely rejected", "误拒绝")];
            let line = |name: &str, of: &dyn Fn(&super::Shares) -> Figure| Series {
                name: name.to_string(),
                points: report.sweep_errors.iter().map(|(limit, shares)| (limit.get(), of(shares).get())).collect(),
                steps: false,
            };
            let series =
                vec![line(names[0], &|shares| shares.false_accept), line(names[1], &|shares| shares.false_reject)];
            let header = [self.pick("limit", "限值"), names[0], names[1]];
            let rows = report
                .sweep_errors
                .iter()
                .map(|(limit, shares)| vec![short(*limit), percent(shares.false_accept), percent(shares.false_reject)])
                .collect();
            self.figure(&plot(&title, &unit, &limits, true, series), &header, rows);
        }
    }

    fn years(&mut self) {
        let report = self.report;
        if report.path.is_none() && report.forecast.is_none() {
            return;
        }
        self.title("Over the years", "逐年路径");
        let mut series = Vec::new();
        let mut rows = Vec::new();
        if let Some(path) = &report.path {
            series.push(Series {
                name: self.pick("limit", "限值").to_string(),
                points: path.years.iter().map(|year| (f64::from(year.year), year.limit.get())).collect(),
                steps: !path.linear,
            });
            rows.extend(report.path_pass_rates.iter().map(|year| {
                vec![year.year.to_string(), short(year.limit), percent(year.today), percent(year.forecast[0])]
            }));
        }
        if let Some(forecast) = &report.forecast {
            series.push(Series {
                name: format!("{} {}", self.pick("population, quantile", "总体分位数"), percent(forecast.quantile)),
                points: forecast.history.iter().map(|(year, value)| (f64::from(*year), value.get())).collect(),
                steps: false,
            });
            for (name, of) in [
                (self.pick("forecast, median", "预测中位"), 0),
                (self.pick("forecast, 10 %", "预测 10 %"), 1),
                (self.pick("forecast, 90 %", "预测 90 %"), 2),
            ] {
                let value = |one: &super::Forecast| [one.median, one.low, one.high][of].get();
                let points = forecast.forecasts.iter().map(|one| (f64::from(one.year), value(one))).collect();
                series.push(Series { name: name.to_string(), points, steps: false });
            }
        }
        let unit = self.unit();
        let title = self.pick("The limit and the population over the years", "限值与总体的逐年变化").to_string();
        let chart =
            Chart { title: &title, x: &unit, percent: false, series, bars: Vec::new(), marks: &[], years: true };
        let header = [
            self.pick("year", "年份"),
            self.pick("limit", "限值"),
            self.pick("pass, today's products", "今日产品通过率"),
            self.pick("pass, as forecast", "预测通过率"),
        ];
        self.figure(&chart.svg(), &header, rows);
        if let Some(forecast) = &report.forecast {
            let header = [
                self.pick("model, held against known years", "模型（以已知年份检验）"),
                self.pick("forecasts", "次数"),
                self.pick("pinball loss", "分位损失"),
                self.pick("÷ naive", "÷ 保持不变"),
                self.pick("coverage of 80 %", "80 % 区间覆盖率"),
            ];
            let rows = forecast
                .back_test
                .iter()
                .map(|one| {
                    vec![
                        format!("{:?}", one.model),
                        one.forecasts.to_string(),
                        short(one.pinball),
                        fixed(one.against_naive, 3),
                        percent(one.coverage),
                    ]
                })
                .collect();
            self.table(&header, rows);
            let header = [self.pick("year", "年份"), "10 %", "50 %", "90 %"];
            let rows = forecast
                .forecasts
                .iter()
                .map(|one| vec![one.year.to_string(), short(one.low), short(one.median), short(one.high)])
                .collect();
            self.table(&header, rows);
        }
        if !report.lock_in.is_empty() {
            let header = [
                self.pick("asset", "资产"),
                self.pick("fails from", "不达标始于"),
                self.pick("years above", "超限年数"),
                self.pick("life", "寿命"),
            ];
            let rows = report
                .lock_in
                .iter()
                .map(|one| {
                    let from = one.fails_from.map_or_else(|| "–".to_string(), |year| year.to_string());
                    vec![escaped(&one.asset), from, one.years_above.to_string(), one.life.to_string()]
                })
                .collect();
            self.table(&header, rows);
        }
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
