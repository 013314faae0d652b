//! All limits at once, and limits over the years.

use super::*;

impl Page<'_> {
    pub(super) fn sweep(&mut self) {
        if self.report.sweep.is_empty() {
            return;
        }
        let report = self.report;
        let limits: Vec<f64> = report.limits.iter().map(|limit| limit.profile.limit.get()).collect();
        let unit = self.unit();
        let curve = |name: &str, of: &dyn Fn(&crate::threshold::Profile) -> Figure| Series {
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
            let line = |name: &str, of: &dyn Fn(&crate::threshold::Shares) -> Figure| Series {
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

    pub(super) fn years(&mut self) {
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
                let value = |one: &crate::threshold::Forecast| [one.median, one.low, one.high][of].get();
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
}
