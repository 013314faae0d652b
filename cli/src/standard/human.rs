//! An assessment for people, fit for an evaluation report.

use crate::words::{Words, pad, pad_left, safe};
use zuji_core::standard::{AcceptanceOutcome, Assessment, BidOutcome, Standing};

/// Width of an id.
const ID: usize = 14;
/// Width of a figure.
const FIGURE: usize = 12;

/// The assessment as text.
pub fn assessment(result: &Assessment, words: Words) -> String {
    let mut out = String::new();
    let standard = &result.standard;
    out += &words.pick(
        format!("{} {} ({}, {} {})\n", standard.id, standard.version, standard.status, result.date_rule, result.date),
        format!("{} {}（{}，{} {}）\n", standard.id, standard.version, standard.status, result.date_rule, result.date),
    );
    let stage = result.stage.words();
    out += &words.pick(format!("stage: {}\n\n", stage.0), format!("阶段：{}\n\n", stage.1));
    let head = words.pick(
        ["rank", "bid", "price", "evaluated", "price pts", "total"],
        ["排名", "投标", "报价", "评审价格", "价格分", "总分"],
    );
    out += &row(&head.map(str::to_string));
    let mut bids: Vec<&BidOutcome> = result.bids.iter().collect();
    bids.sort_by_key(|bid| bid.rank.unwrap_or(u32::MAX));
    for bid in &bids {
        let price = bid.price.as_ref();
        let text = |text: Option<&String>| text.map_or_else(|| "–".to_string(), |text| safe(text));
        out += &row(&[
            bid.rank.map_or_else(|| standing(bid.outcome, words).to_string(), |rank| rank.to_string()),
            safe(&bid.id),
            text(price.map(|price| &price.bid)),
            text(price.map(|price| &price.evaluated)),
            text(price.and_then(|price| price.points.as_ref())),
            text(bid.total.as_ref()),
        ]);
    }
    out.push('\n');
    match &result.winner {
        Some(winner) => {
            out += &words.pick(format!("first: {}\n", safe(winner)), format!("排名第一：{}\n", safe(winner)))
        }
        None if result.bids.iter().any(|bid| bid.outcome == Standing::Conforming) => {}
        None => out += words.pick("first: nobody\n", "没有排名第一的投标\n"),
    }
    for bid in &bids {
        explained(bid, words, &mut out);
    }
    insight(result, words, &mut out);
    for one in &result.acceptance {
        acceptance(one, words, &mut out);
    }
    out
}

fn row(cells: &[String; 6]) -> String {
    let [rank, id, figures @ ..] = cells;
    let figures: String = figures.iter().map(|figure| format!(" {}", pad_left(figure, FIGURE))).collect();
    format!("  {} {}{figures}\n", pad(rank, 12), pad(id, ID))
}

fn standing(standing: Standing, words: Words) -> &'static str {
    match standing {
        Standing::Ranked => words.pick("ranked", "有效"),
        Standing::Conforming => words.pick("conforming", "符合"),
        Standing::Excluded => words.pick("excluded", "排除"),
        Standing::Incomparable => words.pick("incomparable", "不可比"),
        Standing::Invalid => words.pick("invalid", "无效"),
    }
}

/// Why the outcome is as it is, by clause.
fn explained(bid: &BidOutcome, words: Words, out: &mut String) {
    *out += &format!("\n{} · {}\n", safe(&bid.id), standing(bid.outcome, words));
    if let Some(footprint) = &bid.footprint {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
        let scores = footprint.computed.as_ref().map_or_else(String::new, |computed| {
            words.pick(format!(", computed {computed}"), format!("，按标准计算 {computed}"))
        });
        *out += &words.pick(
            format!(
                "  footprint: declared {}{scores}, evidence {:?} ({}), assessed {} {}\n",
                or_dash(&footprint.declared),
                footprint.level,
                footprint.rule,
                or_dash(&footprint.assessed),
                safe(&footprint.unit)
            ),
            format!(
                "  碳足迹：声明 {}{scores}，证明等级 {:?}（{}），评审值 {} {}\n",
                or_dash(&footprint.declared),
                footprint.level,
                footprint.rule,
                or_dash(&footprint.assessed),
                safe(&footprint.unit)
            ),
        );
    }
    for reason in bid.incomparable.iter().chain(&bid.explanation) {
        let clause = if reason.clause.is_empty() { String::new() } else { format!("[{}] ", safe(&reason.clause)) };
        *out += &format!("  {clause}{}\n", safe(words.pick(&reason.en, &reason.zh)));
    }
    for gate in &bid.gates {
        if let (Some(margin), Some(percent)) = (&gate.margin, &gate.margin_percent) {
            let id = safe(&gate.id);
            *out += &words.pick(
                format!("  margin to {id}: {margin} ({percent} %)\n"),
                format!("  距 {id} 的余量：{margin}（{percent} %）\n"),
            );
        }
    }
}

fn insight(result: &Assessment, words: Words, out: &mut String) {
    let insight = &result.insight;
    out.push('\n');
    if let Some(benchmark) = &insight.benchmark {
        let bids: Vec<String> = insight.benchmark_bids.iter().map(|id| safe(id)).collect();
        let bids = bids.join(", ");
        *out += &words.pick(
            format!("lowest evaluated price: {benchmark} ({bids})\n"),
            format!("最低评审价格：{benchmark}（{bids}）\n"),
        );
    }
    let currency = result.currency.as_deref().map(safe).unwrap_or_default();
    for bid in &result.bids {
        for one in &bid.implied_carbon_price {
            let (id, clause, from, to) = (safe(&bid.id), safe(&one.indicator), &one.from, &one.to);
            let here = if one.here { words.pick(" ← this bid", " ← 该投标") } else { "" };
            if let Some(price) = &one.per_tonne {
                *out += &words.pick(
                    format!(
                        "implied carbon price for {id}, {clause} {from}–{to}: {currency} {price} per t CO2e{here}\n"
                    ),
                    format!("{id} 的隐含碳价，{clause} {from}–{to}：每吨 CO2e {price} {currency}{here}\n"),
                );
            }
            if let Some(notch) = &one.notch {
                *out += &words.pick(
                    format!("value of the step for {id}, {clause} at {from}: {currency} {notch}{here}\n"),
                    format!("{id} 在 {clause} {from} 处的台阶价值：{notch} {currency}{here}\n"),
                );
            }
        }
    }
    if let Some(other) = &insight.winner_without_carbon {
        let other = safe(other);
        *out += &words.pick(
            format!("without carbon the first would be {other}\n"),
            format!("若不计碳，排名第一的将是 {other}\n"),
        );
    }
    if let Some(cost) = &insight.cost_per_tonne_saved {
        *out += &words.pick(
            format!("what carbon changed costs {currency} {cost} per t CO2e of declared footprint saved\n"),
            format!("碳因素改变结果的代价：声明足迹每减少 1 t CO2e 为 {cost} {currency}\n"),
        );
    }
    for flip in &insight.flips {
        let (bid, winner) = (safe(&flip.bid), safe(&flip.winner_without));
        *out += &words.pick(
            format!("without the losing bid {bid} the first would be {winner}\n"),
            format!("若没有未中标的 {bid}，排名第一的将是 {winner}\n"),
        );
    }
    for guard in &result.guards {
        let verdict = if guard.pass { words.pick("holds", "成立") } else { words.pick("TRIPS", "触发") };
        *out += &format!("{}: {} / {} {verdict}\n", guard.id, guard.found, guard.wanted);
    }
}

fn acceptance(one: &AcceptanceOutcome, words: Words, out: &mut String) {
    let id = safe(&one.bid);
    let verdict = if one.pass {
        words.pick("as bid or better", "不低于投标")
    } else {
        words.pick("worse than bid", "低于投标")
    };
    *out += &words.pick(format!("\nacceptance of {id}: {verdict}\n"), format!("\n{id} 的验收：{verdict}\n"));
    for difference in &one.differences {
        *out += &format!(
            "  [{}] {} → {}{}\n",
            safe(&difference.at),
            safe(&difference.promised),
            safe(&difference.delivered),
            if difference.worse { words.pick("  worse", "  变差") } else { "" }
        );
    }
    if let Some(money) = &one.consequence {
        let capped = if one.capped { words.pick(" (at its cap)", "（已达上限）") } else { "" };
        *out += &words.pick(
            format!("  points lost {}, advantage {}, consequence {money}{capped}\n", one.points_lost, one.advantage),
            format!("  失分 {}，所获优势 {}，应承担 {money}{capped}\n", one.points_lost, one.advantage),
        );
    }
}
