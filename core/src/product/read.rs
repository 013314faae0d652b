//! From the lines of a document, nested or flat with parents, to a bill.

use super::bill::{BillBuilder, Details, Key, NodeIndex, PlainLine};
use super::{Bill, LineDocument, Measure, MeasureError, ProductDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::method::Module;
use crate::quantity::{NumberError, UnitTable, read_number, within_ceiling};
use rustc_hash::FxHashMap;

/// Reads lines one by one; parents may come before or after their children.
#[derive(Debug)]
pub struct BillReader<'a> {
    units: &'a UnitTable,
    builder: BillBuilder,
    /// The node of every code that is somebody's parent.
    parents: FxHashMap<String, NodeIndex>,
    /// The lines that carry a code.
    codes: FxHashMap<String, Vec<u32>>,
    /// Lines without a parent, where others have one.
    roots: usize,
    /// The first row that names each parent.
    first_row: FxHashMap<NodeIndex, u32>,
    findings: Diagnostics,
    count: u32,
    /// Whether the lines that come now stand in the document.
    in_document: bool,
    /// How many processes the lines of a record may name.
    most_nodes: u32,
}

impl<'a> BillReader<'a> {
    /// A reader that continues a builder (which may hold plain lines already).
    pub fn new(builder: BillBuilder, units: &'a UnitTable) -> Self {
        Self {
            units,
            builder,
            parents: FxHashMap::default(),
            codes: FxHashMap::default(),
            roots: 0,
            first_row: FxHashMap::default(),
            findings: Diagnostics::default(),
            count: 0,
            in_document: false,
            most_nodes: 0,
        }
    }

    /// Adds a line with all its nested lines to a node; `module` holds for lines that name no stage.
    pub fn add(&mut self, line: LineDocument, node: NodeIndex, module: Option<Module>) {
        // Iterative: the depth of the input must not become the depth of the stack.
        let mut stack = vec![(line, node)];
        while let Some((mut line, node)) = stack.pop() {
            self.count += 1;
            let mut row = line.row.unwrap_or(self.count);
            if line.beside_table {
                row = self.builder.marked_row(row);
            } else if self.in_document {
                row = self.builder.document_row(row);
            }
            let nested = std::mem::take(&mut line.lines);
            let child =
                (!nested.is_empty()).then(|| self.builder.node(if line.name.is_empty() { "–" } else { &line.name }));
            self.add_one(line, row, node, child, module);
            if let Some(child) = child {
                // The stack is last in, first out: push in reverse to keep the order of the document.
                stack.extend(nested.into_iter().rev().map(|nested| (nested, child)));
            }
        }
    }

    fn add_one(
        &mut self,
        line: LineDocument,
        row: u32,
        node: NodeIndex,
        child: Option<NodeIndex>,
        module: Option<Module>,
    ) {
        let node = self.named_node(line.within, "within", row).unwrap_or(node);
        let child = self.named_node(line.assembly, "assembly", row).or(child);
        let (quantity, unit) = self.quantity(&line, row, child.is_some());
        let module = match &line.stage {
            None => module,
            Some(name) => Module::find(name).or_else(|| {
                let known: Vec<&str> = Module::ALL.iter().map(|module| module.id()).collect();
                self.findings.push(
                    Diagnostic::new(&catalogue::V106)
                        .with("field", "stage")
                        .with("text", name)
                        .with_words(
                            "range",
                            (format!("one of {}", known.join(", ")), format!("以下之一：{}", known.join(", "))),
                        )
                        .at(self.builder.place(row, "stage")),
                );
                module
            }),
        };
        // What a line is called: its name, or its part number, or the material it is of.
        let name = if line.name.is_empty() { line.id.as_deref().unwrap_or("") } else { &line.name };
        let material = line.material.as_deref().filter(|material| !material.trim().is_empty()).unwrap_or(name);
        let name = if name.is_empty() && child.is_none() { material } else { name };
        let (name, material) = (self.builder.text(name), material.to_string());
        let factor = line.factor.filter(|factor| !factor.trim().is_empty());
        let key = self.builder.key(Key { material, factor, unit, module, geography: line.geography });
        let code = self.builder.text(line.id.as_deref().unwrap_or(""));
        let details = Details {
            unreadable: line.quantity.filter(|text| quantity.is_nan() && !text.0.trim().is_empty()),
            uncertainty: line.uncertainty,
            position: line.position,
            properties: [
                line.unit_mass,
                line.density,
                line.mass_per_area,
                line.mass_per_length,
                line.width,
                line.thickness,
            ],
            loss: line.loss,
            yield_: line.yield_,
            treatment: line.treatment,
            replacements: line.replacements,
            fossil_carbon: line.fossil_carbon,
            biogenic_carbon: line.biogenic_carbon,
            transport: line.transport,
            supplier: line.supplier,
            end_of_life: line.end_of_life,
        };
        let position = self.builder.len() as u32;
        let mut home = node;
        match line.parent.filter(|parent| !parent.trim().is_empty()) {
            Some(parent) => {
                let parent = parent.trim().to_string();
                home = match self.parents.get(&parent) {
                    Some(node) => *node,
                    None => {
                        let node = self.builder.node(&parent);
                        self.parents.insert(parent, node);
                        self.first_row.insert(node, row);
                        node
                    }
                };
            }
            None => self.roots += usize::from(node == NodeIndex::PRODUCTION),
        }
        if let Some(code) = line.id.filter(|code| !code.trim().is_empty() && line.within.is_none()) {
            self.codes.entry(code.trim().to_string()).or_default().push(position);
        }
        self.builder.line(PlainLine { name, code, row, quantity, key }, home, child, Some(details));
    }

    /// The process that a line of a record names. There are at most as many as lines, so a hostile number makes no room.
    fn named_node(&mut self, position: Option<u32>, field: &'static str, row: u32) -> Option<NodeIndex> {
        let position = position?;
        if position < self.most_nodes {
            return Some(self.builder.node_at(position));
        }
        let range = format!("0…{}", self.most_nodes.saturating_sub(1));
        self.findings.push(
            Diagnostic::new(&catalogue::V106)
                .with("field", field)
                .with("text", position)
                .with("range", range)
                .at(self.builder.place(row, field)),
        );
        None
    }

    /// The quantity and the unit; a number that cannot be read becomes NaN, which is "unknown" from here on.
    fn quantity(&mut self, line: &LineDocument, row: u32, assembly: bool) -> (f64, String) {
        let own = line.unit.clone().unwrap_or_default();
        let Some(text) = line.quantity.as_ref().filter(|text| !text.0.trim().is_empty()) else {
            if assembly {
                return (1.0, own);
            }
            self.findings.push(
                Diagnostic::new(&catalogue::B503).with("name", &line.name).at(self.builder.place(row, "quantity")),
            );
            return (f64::NAN, own);
        };
        let place = self.builder.place(row, "quantity");
        let column = ("quantity", "数量");
        let finding = match Measure::read(&text.0, self.units) {
            Ok(measure) if !within_ceiling(measure.value) => Diagnostic::new(&catalogue::N111)
                .with("text", &text.0)
                .with_words("column", column)
                .with("limit", "1e15"),
            Ok(measure) => {
                let unit = measure.unit.map_or(own, |unit| unit.symbol().to_string());
                return (measure.value, unit);
            }
            // The unit inside the quantity is settled with all other units.
            Err(MeasureError::Unit(_) | MeasureError::Ambiguous(_) | MeasureError::Dimension(_)) => {
                let (number, unit) = super::measure::split(&text.0);
                match read_number(&number) {
                    Ok(value) if within_ceiling(value) => return (value, unit),
                    Ok(_) => Diagnostic::new(&catalogue::N111)
                        .with("text", &text.0)
                        .with_words("column", column)
                        .with("limit", "1e15"),
                    Err(error) => number_finding(&error, &text.0, column),
                }
            }
            Err(MeasureError::Number(error)) => number_finding(&error, &text.0, column),
        };
        self.findings.push(finding.at(place));
        (f64::NAN, own)
    }

    /// Ties parents to their lines and gives the bill. A code that nobody defines is the product itself if the product
    /// carries it, or if it is the only such code and no line stands at the top; else it is reported (`B402`).
    pub fn finish(mut self, product_id: Option<&str>) -> (Bill, Diagnostics) {
        let mut parents: Vec<(String, NodeIndex)> = self.parents.into_iter().collect();
        parents.sort_by_key(|(_, node)| *node);
        let undefined: Vec<&(String, NodeIndex)> =
            parents.iter().filter(|(code, _)| !self.codes.contains_key(code)).collect();
        let only = undefined.len() == 1 && self.roots == 0;
        let top: Option<NodeIndex> = undefined
            .iter()
            .find(|(code, _)| only || product_id.is_some_and(|id| id.trim() == code))
            .map(|(_, node)| *node);
        for (code, node) in undefined {
            if Some(*node) != top {
                let row = self.first_row.get(node).copied().unwrap_or(0);
                self.findings
                    .push(Diagnostic::new(&catalogue::B402).with("parent", code).at(self.builder.place(row, "parent")));
            }
        }
        for (code, node) in &parents {
            for &line in self.codes.get(code).map_or(&[][..], Vec::as_slice) {
                self.builder.set_child(line as usize, *node);
            }
        }
        if let Some(top) = top {
            self.builder.replace_node(top, NodeIndex::PRODUCTION);
        }
        (self.builder.finish(), self.findings)
    }
}

/// What to say of a number that cannot be read.
pub(crate) fn number_finding(error: &NumberError, text: &str, column: (&'static str, &'static str)) -> Diagnostic {
    match error {
        NumberError::Empty => Diagnostic::new(&catalogue::N105).with("text", text).with_words("column", column),
        NumberError::NoValue => Diagnostic::new(&catalogue::N110).with("text", text).with_words("column", column),
        NumberError::NotANumber => Diagnostic::new(&catalogue::N105).with("text", text).with_words("column", column),
        NumberError::Ambiguous(first, second) => Diagnostic::new(&catalogue::N102)
            .with("text", text)
            .with_words("column", column)
            .with("first", first)
            .with("second", second),
    }
}

/// Reads the lines of a document (parts, packaging, materials in use), after those a table may have given.
pub fn read_document(document: &mut ProductDocument, builder: BillBuilder, units: &UnitTable) -> (Bill, Diagnostics) {
    let mut reader = BillReader::new(builder, units);
    read_into(document, &mut reader);
    let id = document.product.id.clone();
    reader.finish(id.as_deref())
}

/// Adds a document's lines to a reader that has read a table already.
pub fn read_into(document: &mut ProductDocument, reader: &mut BillReader<'_>) {
    reader.most_nodes = u32::try_from(document.bom.len()).unwrap_or(u32::MAX).saturating_add(2);
    reader.in_document = true;
    for line in std::mem::take(&mut document.bom) {
        reader.add(line, NodeIndex::PRODUCTION, None);
    }
    if let super::Declared::Some(lines) = &mut document.packaging {
        for line in std::mem::take(lines) {
            reader.add(line, NodeIndex::PRODUCT, Some(Module::Packaging));
        }
    }
    if let super::Declared::Some(use_phase) = &mut document.use_phase {
        for line in std::mem::take(&mut use_phase.materials) {
            reader.add(line, NodeIndex::PRODUCT, Some(Module::B2));
        }
    }
}
