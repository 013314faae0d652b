//! Contributions on the screen: ranked tables, the upstream tree, paths.

use super::outcome::{number, percent};
use crate::bars::Paint;
use crate::words::{Words, pad_left, safe};
use zuji_core::footprint::linked::{Opened, Paths, Row, Table, Tree, TreeNode, What};

/// A table: contribution, share of the total, what it is of; what is not shown as the last row.
pub fn print(title: &str, table: &Table, unit: &str, words: Words) {
    let paint = Paint::of_stdout();
    say!("{} {}", paint.bold(title), paint.dim(&safe(unit)));
    for row in &table.rows {
        say!("{} {}", figures(row.amount, row.share_of_total), name(row, words));
    }
    let rest = &table.remainder;
    if rest.rows > 0 {
        let share = (table.total > 0.0).then(|| rest.amount / table.total);
        let more = words.pick(format!("{} more", rest.rows), format!("另有 {} 项", rest.rows));
        say!("{} {}", figures(rest.amount, share), paint.dim(&more));
    }
    if let Some(without @ 1..) = table.without_factor {
        let more = words.pick(
            format!("{without} more flows have no factor here: what they cause is unknown, not zero"),
            format!("另有 {without} 个流在此没有因子：其影响未知，并非为零"),
        );
        say!("{:>13} {:>8}  {}", "–", "", paint.dim(&more));
    }
}

/// The tree, depth first. What is left of a node stands below it.
pub fn tree(tree: &Tree, limits: (f64, u32), unit: &str, words: Words) {
    let paint = Paint::of_stdout();
    say!("{} {}", paint.bold(words.pick("upstream tree", "上游树")), paint.dim(&safe(unit)));
    let share = |amount: f64| (tree.total > 0.0).then(|| amount / tree.total);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); tree.nodes.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.parent {
            Some(parent) => children[parent as usize].push(at),
            None => open.push(at),
        }
    }
    open.reverse();
    // A node, and after those below it what is left of it.
    let mut open: Vec<(usize, bool)> = open.into_iter().map(|at| (at, false)).collect();
    while let Some((at, left)) = open.pop() {
        let node = &tree.nodes[at];
        let indent = "  ".repeat(node.depth as usize);
        if left {
            let rest = words.pick(format!("{} inputs not shown", node.hidden), format!("{} 项输入未列出", node.hidden));
            say!("{}   {indent}{}", figures(node.remainder, share(node.remainder)), paint.dim(&rest));
            continue;
        }
        say!("{} {indent}{}{}", figures(node.contribution, node.share_of_total), named(node), mark(node, words));
        if node.hidden > 0 && node.opened == Opened::Yes {
            open.push((at, true));
        }
        open.extend(children[at].iter().rev().map(|&child| (child, false)));
    }
    if tree.remainder != 0.0 {
        let rest = words.pick("demanded products not shown", "未列出的所需产品");
        say!("{} {}", figures(tree.remainder, share(tree.remainder)), paint.dim(rest));
    }
    let (least, nodes) = (percent(limits.0), limits.1);
    let stop = if tree.more {
        words.pick(
            format!("stopped at {nodes} nodes (--max-nodes); inputs below {least} are not followed (--min-share)"),
            format!("已达 {nodes} 个节点（--max-nodes）；低于 {least} 的输入不再展开（--min-share）"),
        )
    } else {
        words.pick(format!("complete down to {least} (--min-share)"), format!("已展开至 {least}（--min-share）"))
    };
    say!("  {}", paint.dim(&stop));
}

/// The largest paths.
pub fn paths(paths: &Paths, unit: &str, words: Words) {
    let paint = Paint::of_stdout();
    say!("{} {}", paint.bold(words.pick("largest paths", "最大路径")), paint.dim(&safe(unit)));
    for path in &paths.paths {
        let names: Vec<String> = path.names.iter().map(|name| safe(name)).collect();
        say!("{} {}", figures(path.contribution, path.share_of_total), names.join(" ← "));
    }
    let share = (paths.total > 0.0).then(|| paths.remainder / paths.total);
    say!("{} {}", figures(paths.remainder, share), paint.dim(words.pick("all other paths", "其他所有路径")));
    if !paths.proven {
        let doubt =
            words.pick("a limit ended the search: a larger path may exist", "搜索因限制而终止：可能存在更大的路径");
        say!("  {}", paint.dim(doubt));
    }
}

fn figures(amount: f64, share: Option<f64>) -> String {
    let share = share.map_or_else(|| "–".to_string(), percent);
    format!("{} {} ", pad_left(&number(amount, 4), 13), pad_left(&share, 8))
}

fn name(row: &Row, words: Words) -> String {
    let mut text = match row.what {
        What::Location | What::Class if row.id.is_none() => words.pick("not stated", "未说明").to_string(),
        What::Direct => format!("{}: {}", words.pick("emits itself", "自身排放"), safe(&row.name)),
        What::Handed => format!("{}: {}", words.pick("handed to others", "供给他人"), safe(&row.name)),
        _ => safe(&row.name),
    };
    if row.what != What::Location
        && let Some(place) = row.location.as_deref().filter(|place| !place.is_empty())
    {
        text += &format!(" · {}", safe(place));
    }
    if let (Some(amount), Some(unit)) = (row.quantity, &row.unit) {
        text += &format!("  {} {}", number(amount, 4), safe(unit));
    }
    text
}

fn named(node: &TreeNode) -> String {
    let place = node.location.as_deref().map_or(String::new(), |place| format!(" · {}", safe(place)));
    format!("{}{place}  {} {}", safe(&node.name), number(node.amount, 4), safe(&node.unit))
}

fn mark(node: &TreeNode, words: Words) -> &'static str {
    match node.opened {
        Opened::Yes => "",
        Opened::Loop => words.pick("  ↺ stands above itself", "  ↺ 循环：上方已有"),
        Opened::TooDeep => words.pick("  … too deep", "  …… 层数已达上限"),
        Opened::Overflow => words.pick("  … beyond the range of numbers", "  …… 超出数值范围"),
    }
}
