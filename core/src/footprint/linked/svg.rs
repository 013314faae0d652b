//! A Sankey diagram as SVG: suppliers on the left, the demand on the right; credits dashed, loops drawn below.
//!
//! No script, no style, no font, nothing fetched: it may stand in any page. The same data gives the same bytes.

use super::sankey::{Edge, Node, NodeKind, Sankey};
use crate::diagnostic::{Language, quoted};
use crate::math::significant;
use std::fmt::Write;

/// The words of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct SankeyWords {
    /// What it shows.
    pub title: String,
    /// The unit of the impact.
    pub unit: String,
    /// All processes without a node of their own.
    pub other: String,
    /// Who demands.
    pub demand: String,
    /// What a process emits itself.
    pub direct: String,
    /// An edge below zero.
    pub credit: String,
    /// An edge that closes a loop.
    pub closes_loop: String,
}

impl SankeyWords {
    /// The words in a language.
    pub fn new(language: Language, title: &str, unit: &str) -> Self {
        let [other, demand, direct, credit, closes_loop] = match language {
            Language::En => ["other processes", "demand", "direct", "credit", "closes a loop"],
            Language::Zh => ["其他过程", "需求", "直接排放", "抵扣", "形成循环"],
        };
        Self {
            title: title.into(),
            unit: unit.into(),
            other: other.into(),
            demand: demand.into(),
            direct: direct.into(),
            credit: credit.into(),
            closes_loop: closes_loop.into(),
        }
    }
}

/// Pixels.
const TALL: f64 = 520.0;
const PITCH: f64 = 220.0;
const WIDE: f64 = 14.0;
const GAP: f64 = 28.0;
const MARGIN: f64 = 40.0;
/// Characters of a label.
const LABEL: usize = 28;

const BURDEN: &str = "#5b8aa6";
const CREDIT: &str = "#3a8f5d";
const LOOP: &str = "#b9793a";
const DIRECT: &str = "#1f3b4d";

/// Where everything stands.
struct Layout {
    scale: f64,
    /// Left edge, top, height of every node.
    nodes: Vec<(f64, f64, f64)>,
    /// Middle of every edge at its supplier and at its user.
    ends: Vec<(f64, f64)>,
    width: f64,
    bottom: f64,
}

impl Sankey {
    /// Draws it.
    pub fn svg(&self, words: &SankeyWords) -> String {
        let layout = self.layout();
        let loops: f64 =
            self.edges.iter().filter(|edge| edge.closes_loop).map(|edge| thick(edge, layout.scale) + 8.0).sum();
        let height = layout.bottom + loops + 60.0;
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {:.1} {height:.1}\" width=\"{:.1}\" \
             height=\"{height:.1}\" font-family=\"sans-serif\" font-size=\"11\">\n<title>{}</title>\n<defs><pattern \
             id=\"zuji-credit\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#ffffff\"/><rect width=\"2.5\" \
             height=\"6\" fill=\"{CREDIT}\"/></pattern></defs>\n",
            layout.width,
            layout.width,
            escaped(&words.title),
        );
        let _ = writeln!(
            out,
            "<text x=\"{MARGIN:.1}\" y=\"18.0\" font-size=\"13\">{}: {} {}</text>",
            escaped(&words.title),
            significant(self.total, 3),
            escaped(&words.unit)
        );
        let mut lane = layout.bottom + 12.0;
        for (edge, &ends) in self.edges.iter().zip(&layout.ends) {
            self.edge(&mut out, edge, ends, &layout, &mut lane, words);
        }
        for (node, &place) in self.nodes.iter().zip(&layout.nodes) {
            draw_node(&mut out, node, place, layout.scale, words);
        }
        legend(&mut out, height - 22.0, words);
        out.push_str("</svg>\n");
        out
    }

    fn layout(&self) -> Layout {
        let depth = self.nodes.iter().map(|node| node.layer).max().unwrap_or(0);
        let mut sizes: Vec<(f64, f64)> = self.nodes.iter().map(|node| (node.direct.abs(), 0.0)).collect();
        for edge in &self.edges {
            sizes[edge.to as usize].0 += edge.amount.abs();
            sizes[edge.from as usize].1 += edge.amount.abs();
        }
        let size: Vec<f64> = sizes.iter().map(|(incoming, outgoing)| incoming.max(*outgoing)).collect();
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); depth as usize + 1];
        for (at, node) in self.nodes.iter().enumerate() {
            columns[node.layer as usize].push(at);
        }
        let tallest = columns.iter().map(|column| column.iter().map(|&at| size[at]).sum::<f64>()).fold(0.0, f64::max);
        let scale = if tallest > 0.0 && tallest.is_finite() { TALL / tallest } else { 0.0 };
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (at, edge) in self.edges.iter().enumerate().filter(|(_, edge)| !edge.closes_loop) {
            users[edge.from as usize].push(at);
        }
        // Loops turn round beside the outermost columns.
        let loops = self.edges.iter().filter(|edge| edge.closes_loop);
        let turn = loops.map(|edge| 0.75 * reach(thick(edge, scale)) + thick(edge, scale) / 2.0).fold(0.0, f64::max);
        let left = MARGIN + turn;
        let mut nodes = vec![(0.0, 0.0, 0.0); self.nodes.len()];
        let mut bottom = MARGIN + 20.0;
        for (layer, column) in columns.iter_mut().enumerate() {
            // Where its users stand on the mean; they have their places already.
            let middle = |at: usize| {
                let (sum, weight) = users[at].iter().fold((0.0, 0.0), |(sum, weight), &edge| {
                    let edge = &self.edges[edge];
                    let (_, top, height): (f64, f64, f64) = nodes[edge.to as usize];
                    (sum + (top + height / 2.0) * edge.amount.abs(), weight + edge.amount.abs())
                });
                if weight > 0.0 { sum / weight } else { f64::MAX }
            };
            let mut ranked: Vec<(f64, usize)> = column.iter().map(|&at| (middle(at), at)).collect();
            ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let x = left + f64::from(depth - layer as u32) * PITCH;
            let mut top = MARGIN + 20.0;
            for (_, at) in ranked {
                let height = (size[at] * scale).clamp(1.0, TALL);
                nodes[at] = (x, top, height);
                top += height + GAP;
            }
            bottom = f64::max(bottom, top);
        }
        let ends = self.ends(&nodes, scale);
        Layout { scale, nodes, ends, width: left + f64::from(depth) * PITCH + turn.max(180.0) + MARGIN, bottom }
    }

    /// Stacks the edges at their nodes, each side in the order of where they come from or go to; loops lowest.
    fn ends(&self, nodes: &[(f64, f64, f64)], scale: f64) -> Vec<(f64, f64)> {
        let mut ends = vec![(0.0, 0.0); self.edges.len()];
        for out in [true, false] {
            let side = |edge: &Edge| if out { (edge.from, edge.to) } else { (edge.to, edge.from) };
            let mut order: Vec<usize> = (0..self.edges.len()).collect();
            order.sort_by(|&a, &b| {
                let (one, two) = (&self.edges[a], &self.edges[b]);
                let top = |edge: &Edge| nodes[side(edge).1 as usize].1;
                let loops = one.closes_loop.cmp(&two.closes_loop);
                loops.then(top(one).total_cmp(&top(two))).then(a.cmp(&b))
            });
            let mut next: Vec<f64> = nodes.iter().map(|&(_, top, _)| top).collect();
            for at in order {
                let edge = &self.edges[at];
                let thick = edge.amount.abs() * scale;
                let slot = &mut next[side(edge).0 as usize];
                let middle = *slot + thick / 2.0;
                *slot += thick;
                if out {
                    ends[at].0 = middle;
                } else {
                    ends[at].1 = middle;
                }
            }
        }
        ends
    }

    fn edge(&self, out: &mut String, edge: &Edge, ends: (f64, f64), at: &Layout, lane: &mut f64, words: &SankeyWords) {
        let (from, to) = (at.nodes[edge.from as usize].0 + WIDE, at.nodes[edge.to as usize].0);
        let (start, end) = ends;
        let thick = thick(edge, at.scale);
        let way = if edge.closes_loop {
            let y = *lane + thick / 2.0;
            *lane += thick + 8.0;
            let (right, left) = (from + reach(thick), to - reach(thick));
            format!(
                "M{from:.1} {start:.1}C{right:.1} {start:.1} {right:.1} {y:.1} {from:.1} {y:.1}L{to:.1} {y:.1}C{left:.1} \
                 {y:.1} {left:.1} {end:.1} {to:.1} {end:.1}"
            )
        } else {
            let middle = (from + to) / 2.0;
            format!("M{from:.1} {start:.1}C{middle:.1} {start:.1} {middle:.1} {end:.1} {to:.1} {end:.1}")
        };
        let stroke = if edge.amount < 0.0 {
            // Not hatched: on a level line a pattern has no box to be drawn in.
            format!("stroke=\"{CREDIT}\" stroke-dasharray=\"4 3\"")
        } else if edge.closes_loop {
            format!("stroke=\"{LOOP}\"")
        } else {
            format!("stroke=\"{BURDEN}\"")
        };
        let mut note = format!(
            "{} → {}: {} {}",
            name(&self.nodes[edge.from as usize], words),
            name(&self.nodes[edge.to as usize], words),
            significant(edge.amount, 3),
            words.unit
        );
        for (said, word) in [(edge.amount < 0.0, &words.credit), (edge.closes_loop, &words.closes_loop)] {
            if said {
                let _ = write!(note, " ({word})");
            }
        }
        let _ = writeln!(
            out,
            "<path d=\"{way}\" fill=\"none\" {stroke} stroke-width=\"{thick:.1}\" stroke-opacity=\"0.45\"><title>{}\
             </title></path>",
            escaped(&note)
        );
    }
}

fn thick(edge: &Edge, scale: f64) -> f64 {
    (edge.amount.abs() * scale).clamp(0.5, TALL)
}

/// How far beside a node a loop of a thickness has its handle, so that its inner side still bends.
fn reach(thick: f64) -> f64 {
    30.0 + thick
}

fn name<'a>(node: &'a Node, words: &'a SankeyWords) -> &'a str {
    match node.kind {
        NodeKind::Process => &node.name,
        NodeKind::Other => &words.other,
        NodeKind::Demand => &words.demand,
    }
}

fn draw_node(out: &mut String, node: &Node, place: (f64, f64, f64), scale: f64, words: &SankeyWords) {
    let (x, top, height) = place;
    let full = name(node, words);
    let through = if node.kind == NodeKind::Demand { node.incoming } else { node.outgoing };
    let mut label: String = full.chars().take(LABEL).collect();
    if full.chars().count() > LABEL {
        label.push('…');
    }
    let place = node.location.as_deref().map(|place| format!(" ({place})")).unwrap_or_default();
    let note = format!(
        "{full}{place}: {} {}; {} {}",
        significant(through, 3),
        words.unit,
        words.direct,
        significant(node.direct, 3)
    );
    let _ = write!(
        out,
        "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{WIDE:.1}\" height=\"{height:.1}\" \
         fill=\"#b9c7cf\"/>",
        escaped(&note)
    );
    if node.direct != 0.0 {
        let direct = (node.direct.abs() * scale).clamp(0.5, height.max(0.5));
        let fill = if node.direct < 0.0 { "url(#zuji-credit)" } else { DIRECT };
        let y = top + height - direct;
        let _ =
            write!(out, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{WIDE:.1}\" height=\"{direct:.1}\" fill=\"{fill}\"/>");
    }
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\">{} {}</text></g>",
        top - 5.0,
        escaped(&label),
        significant(through, 3)
    );
}

fn legend(out: &mut String, y: f64, words: &SankeyWords) {
    let swatch = |out: &mut String, x: f64, fill: &str, word: &str| {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"12.0\" height=\"10.0\" fill=\"{fill}\"/><text x=\"{:.1}\" \
             y=\"{:.1}\">{}</text>",
            x + 18.0,
            y + 9.0,
            escaped(word)
        );
    };
    swatch(out, MARGIN, DIRECT, &words.direct);
    swatch(out, MARGIN + 130.0, "url(#zuji-credit)", &words.credit);
    swatch(out, MARGIN + 260.0, LOOP, &words.closes_loop);
}

/// A user's text in a document: nothing in it steers, nothing in it is markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in quoted(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No characters of XML.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
