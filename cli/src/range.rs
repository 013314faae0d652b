//! The range of a result on the screen: one sentence under the number, what makes it, and which product is lower.

use crate::bars::{Paint, bar};
use crate::words::{Words, pad, pad_left, safe};
use zuji_core::math::significant;
use zuji_core::uncertainty::{Comparison, Probability, Standing, Uncertainty};

const NAME: usize = 38;
const BAR: usize = 20;

/// How many uncertain amounts are shown.
const SHOWN: usize = 6;

/// The range in one sentence, and the limit in another.
pub fn sentence(uncertainty: &Uncertainty, words: Words) -> String {
    let Some(range) = &uncertainty.range else {
        return match uncertainty.status {
            Standing::NotStated => words.pick(
                "range unknown: nothing states how uncertain it is\n".into(),
                "范围未知：没有任何数据说明其不确定度\n".into(),
            ),
            _ => words.pick(
                "range unknown: what states the uncertainty cannot be used (see below)\n".into(),
                "范围未知：所给的不确定度无法使用（见下文）\n".into(),
            ),
        };
    };
    let (low, high) = range.middle();
    let (low, high) = (significant(low.0, 3), significant(high.0, 3));
    let median = uncertainty.quantile(0.5).map_or("–".into(), |median| significant(median, 3));
    let samples = uncertainty.samples;
    let stated = significant(range.stated_share.0, 3);
    let mut out = words.pick(
        format!(
            "95 % range {low} … {high}, median {median} ({samples} samples; {stated} % of the total states an uncertainty)\n"
        ),
        format!("95% 范围 {low} … {high}，中位数 {median}（{samples} 个样本；总量的 {stated}% 说明了不确定度）\n"),
    );
    if let Some(limit) = &range.limit {
        let figure = significant(limit.limit.0, 3);
        let acceptance = significant(limit.acceptance_limit.0, 3);
        out += &match &limit.probability {
            Some(probability) => words.pick(
                format!(
                    "limit {figure}: kept with a probability of {}; with a guard band of 95 %, accepted up to {acceptance}\n",
                    shown(probability)
                ),
                format!("限值 {figure}：满足的概率为 {}；按 95% 保护带，接受上限 {acceptance}\n", shown(probability)),
            ),
            None => words.pick(
                format!("limit {figure}: the probability is unknown, for something is missing from the footprint\n"),
                format!("限值 {figure}：概率未知，因为碳足迹有缺失项\n"),
            ),
        };
    }
    out
}

/// A probability with what is known of it: never a bare 100 %.
fn shown(probability: &Probability) -> String {
    let percent = |p: f64| significant(100.0 * p, 3);
    let [low, high] = probability.interval;
    match probability.value.0 {
        1.0 => format!("> {} %", percent(low.0)),
        0.0 => format!("< {} %", percent(high.0)),
        p => format!("{} % ± {}", percent(p), percent(probability.standard_error.0)),
    }
}

/// What makes the range.
pub fn table(uncertainty: &Uncertainty, words: Words, paint: Paint, out: &mut String) {
    let Some(range) = &uncertainty.range else { return };
    let title = words.pick(
        "what makes the range (share of variance; total at 5 % … 95 %)",
        "范围的来源（方差占比；5% … 95% 时的总量）",
    );
    *out += &format!("{}\n", paint.bold(title));
    for row in range.sensitivity.parameters.iter().take(SHOWN) {
        let name = safe(words.pick(&row.name_en, &row.name_zh));
        let subject = match (row.subject, words.chinese()) {
            ("quantity", true) => "用量",
            ("energy", true) => "能源",
            ("factor", true) => "因子",
            ("supplier", true) => "供应商",
            ("shared", true) => "共用",
            (subject, _) => subject,
        };
        let share = row.share_of_variance.0;
        *out += &format!(
            "  {} {} {} {} … {}\n",
            pad(&format!("{subject}: {name}"), NAME),
            paint.green(&bar(share / 100.0, BAR)),
            pad_left(&format!("{} %", significant(share, 3)), 7),
            significant(row.low.0, 3),
            significant(row.high.0, 3)
        );
    }
    let more = (range.sensitivity.parameters.len() + range.sensitivity.others as usize).saturating_sub(SHOWN);
    if more > 0 {
        *out += &words.pick(
            format!("  and {more} more (--format json has the first 20)\n"),
            format!("  另有 {more} 项（--format json 给出前 20 项）\n"),
        );
    }
    out.push('\n');
}

/// Which of several products is lower, over the same samples.
pub fn comparisons(comparisons: &[Comparison], products: usize, words: Words) -> String {
    let mut out = String::new();
    for one in comparisons {
        let (a, b) = (safe(&one.a), safe(&one.b));
        let gap = format!("{} ± {}", significant(one.mean_difference.0, 3), significant(one.sd_difference.0, 3));
        out += &match &one.a_lower {
            Some(probability) => words.pick(
                format!(
                    "{a} is lower than {b} with a probability of {}; difference {gap} kg CO2e\n",
                    shown(probability)
                ),
                format!("{a} 低于 {b} 的概率为 {}；差值 {gap} kg CO2e\n", shown(probability)),
            ),
            None => words.pick(
                format!("{a} and {b}: which is lower is unknown, for something is missing from one of them\n"),
                format!("{a} 与 {b}：孰低未知，因为其中之一有缺失项\n"),
            ),
        };
    }
    if comparisons.len() < products * products.saturating_sub(1) / 2 {
        out += words.pick(
            "products without a range are not compared: which is lower is unknown, not certain\n",
            "没有范围的产品不作比较：孰低未知，而非确定\n",
        );
    }
    out
}
