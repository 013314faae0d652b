//! Wrong decisions at a limit, and what a limit is worth in money.

use super::*;

impl Page<'_> {
    pub(super) fn wrong_decisions(&mut self, limit: &LimitReport) {
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

    pub(super) fn money(&mut self, limit: &LimitReport) {
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
}
