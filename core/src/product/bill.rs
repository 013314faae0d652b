//! A bill of materials as compact lines: names are ranges of one text, repeated text is interned once, rare properties
//! stand aside. A million lines take about 40 MB, and the hot loops see indices and doubles.

use crate::diagnostic::Place;

use super::{EndOfLifeDocument, LegDocument, Scalar, SupplierDocument};
use crate::method::Module;
use rustc_hash::FxHashMap;

/// A range of the bill's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub length: u32,
}

/// The position of a [`Key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyIndex(pub u32);

/// The position of a node: a process of the foreground. 0 is the declared product, 1 its production, others assemblies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeIndex(pub u32);

impl NodeIndex {
    /// The declared product: what final demand asks for; packaging, distribution, use and end of life hang here.
    pub const PRODUCT: NodeIndex = NodeIndex(0);
    /// Its production, which co-products may share; the parts and the plant's energy hang here.
    pub const PRODUCTION: NodeIndex = NodeIndex(1);
}

/// What lines of the same sort share: material, unit, stage, chosen factor, place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Key {
    /// The name by which a factor is looked up.
    pub material: String,
    /// The factor chosen by hand.
    pub factor: Option<String>,
    /// The unit as it was written.
    pub unit: String,
    /// The module, where the row names one.
    pub module: Option<Module>,
    /// The place of production.
    pub geography: Option<String>,
}

/// What only some lines have.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// A quantity that could not be read, as it was written.
    pub unreadable: Option<Scalar>,
    /// How uncertain the quantity is, as it was written.
    pub uncertainty: Option<Scalar>,
    /// Position in its assembly.
    pub position: Option<String>,
    /// Properties for conversion, as they were written: unit mass, density, mass per area, mass per length, width,
    /// thickness.
    pub properties: [Option<Scalar>; 6],
    /// Loss on top of the quantity.
    pub loss: Option<Scalar>,
    /// Output per input.
    pub yield_: Option<Scalar>,
    /// How a negative quantity is meant.
    pub treatment: Option<String>,
    /// Replacements during the service life.
    pub replacements: Option<Scalar>,
    /// kg of fossil carbon per kg.
    pub fossil_carbon: Option<Scalar>,
    /// kg of biogenic carbon per kg.
    pub biogenic_carbon: Option<Scalar>,
    /// Transport to the plant.
    pub transport: Vec<LegDocument>,
    /// The supplier's footprint.
    pub supplier: Option<SupplierDocument>,
    /// Its own end of life.
    pub end_of_life: Option<EndOfLifeDocument>,
}

impl Details {
    /// Whether there is anything in it.
    pub fn is_empty(&self) -> bool {
        self.unreadable.is_none()
            && self.uncertainty.is_none()
            && self.position.is_none()
            && self.properties.iter().all(Option::is_none)
            && self.loss.is_none()
            && self.yield_.is_none()
            && self.treatment.is_none()
            && self.replacements.is_none()
            && self.fossil_carbon.is_none()
            && self.biogenic_carbon.is_none()
            && self.transport.is_empty()
            && self.supplier.is_none()
            && self.end_of_life.is_none()
    }
}

const NONE: u32 = u32::MAX;

/// Marks the row of a line that stands in the document beside a table, not in the table.
const IN_DOCUMENT: u32 = 1 << 31;

/// A line without anything rare: a part of the product itself.
#[derive(Clone, Copy, Debug)]
pub struct PlainLine {
    /// The user's name, a range of the builder's text.
    pub name: Text,
    /// The part number, a range too; empty where there is none.
    pub code: Text,
    /// The row of the table, or the position in the document.
    pub row: u32,
    /// The quantity.
    pub quantity: f64,
    /// What it shares with lines of the same sort.
    pub key: KeyIndex,
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Quantity per one piece of its node. NaN stands for "unreadable"; such a line is never computed.
    pub quantity: f64,
    /// The user's name.
    pub name: Text,
    /// The part number; empty where there is none.
    pub code: Text,
    /// The row of its file, with a mark where that is the document beside a table; see [`Line::number`].
    pub row: u32,
    key: u32,
    node: u32,
    /// Position among the bill's rare lines: assemblies, and lines with details.
    rare: u32,
}

/// What few lines are or have; [`NONE`] where it is only one of both.
#[derive(Clone, Copy, Debug)]
struct Rare {
    /// The assembly that the line is.
    child: u32,
    /// Position of its details.
    details: u32,
}

impl Line {
    /// The row of its file, counted from 1.
    pub fn number(&self) -> u32 {
        self.row & !IN_DOCUMENT
    }

    /// Whether its file is the document beside the table of parts.
    pub fn in_document(&self) -> bool {
        self.row & IN_DOCUMENT != 0
    }

    /// Its place, as far as the bill knows it.
    pub fn place(&self) -> Place {
        Place { in_document: self.in_document(), ..Place::line(self.number()) }
    }

    /// What it shares with lines of the same sort.
    pub fn key(&self) -> KeyIndex {
        KeyIndex(self.key)
    }

    /// The assembly it belongs to.
    pub fn node(&self) -> NodeIndex {
        NodeIndex(self.node)
    }
}

/// A bill of materials.
#[derive(Clone, Debug, Default)]
pub struct Bill {
    /// UTF-8: the file itself, or names one after the other.
    text: Vec<u8>,
    lines: Vec<Line>,
    keys: Vec<Key>,
    rare: Vec<Rare>,
    details: Vec<Details>,
    /// The name of every node; those of the product and its production are empty.
    nodes: Vec<String>,
    /// The spreadsheet column of each field, where the lines came from a table.
    columns: Vec<(&'static str, u32)>,
}

impl Bill {
    /// Where a field of a row stands, down to the cell where the lines came from a table.
    pub fn place(&self, row: u32, field: &'static str) -> Place {
        if row & IN_DOCUMENT != 0 {
            let line = Place::line(row & !IN_DOCUMENT);
            return Place { field: Some(field.to_string()), in_document: true, ..line };
        }
        match self.columns.iter().find(|(name, _)| *name == field) {
            Some((_, column)) => Place { field: Some(field.to_string()), ..Place::cell(row, *column) },
            None => Place { field: Some(field.to_string()), ..Place::line(row) },
        }
    }

    /// The lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The distinct keys.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// A key.
    pub fn key(&self, index: KeyIndex) -> &Key {
        &self.keys[index.0 as usize]
    }

    /// Chooses the factor of all lines of a key, by the key's position.
    pub fn choose_factor(&mut self, key: usize, factor: String) {
        if let Some(key) = self.keys.get_mut(key) {
            key.factor = Some(factor);
        }
    }

    /// The user's name of a line.
    pub fn name(&self, line: &Line) -> &str {
        self.text(line.name)
    }

    /// The user's name of a line as UTF-8, for what writes it on by the million.
    pub fn name_bytes(&self, line: &Line) -> &[u8] {
        self.bytes(line.name)
    }

    /// The part number of a line, if it has one.
    pub fn code(&self, line: &Line) -> Option<&str> {
        (line.code.length > 0).then(|| self.text(line.code))
    }

    fn text(&self, text: Text) -> &str {
        std::str::from_utf8(self.bytes(text)).unwrap_or("")
    }

    fn bytes(&self, text: Text) -> &[u8] {
        let start = text.start as usize;
        self.text.get(start..start + text.length as usize).unwrap_or_default()
    }

    /// The assembly that a line is, if it has parts of its own.
    pub fn child(&self, line: &Line) -> Option<NodeIndex> {
        let rare = self.rare.get(line.rare as usize)?;
        (rare.child != NONE).then_some(NodeIndex(rare.child))
    }

    /// What only this line has.
    pub fn details(&self, line: &Line) -> Option<&Details> {
        self.details.get(self.rare.get(line.rare as usize)?.details as usize)
    }

    /// How many nodes there are, the product and its production among them.
    pub fn node_count(&self) -> usize {
        self.nodes.len().max(2)
    }

    /// The name or code of an assembly.
    pub fn node_name(&self, node: NodeIndex) -> &str {
        self.nodes.get(node.0 as usize).map_or("", String::as_str)
    }
}

/// Builds a bill line by line.
#[derive(Debug)]
pub struct BillBuilder {
    bill: Bill,
    known: FxHashMap<Key, u32>,
}

impl Default for BillBuilder {
    fn default() -> Self {
        let bill = Bill { nodes: vec![String::new(); 2], ..Bill::default() };
        Self { bill, known: FxHashMap::default() }
    }
}

impl BillBuilder {
    /// Says of what text the names that were added as ranges are ranges, such as the file itself; it is kept, not copied.
    pub fn ranges_of(&mut self, text: Vec<u8>) {
        self.bill.text = text;
    }

    /// Says in which spreadsheet column each field stands.
    pub fn columns(&mut self, columns: Vec<(&'static str, u32)>) {
        self.bill.columns = columns;
    }

    /// The row of a line of the document: marked, where a table was read before it.
    pub fn document_row(&self, row: u32) -> u32 {
        if self.bill.columns.is_empty() { row } else { row | IN_DOCUMENT }
    }

    /// The row of a record's line that stood in the document beside a table.
    pub fn marked_row(&self, row: u32) -> u32 {
        row | IN_DOCUMENT
    }

    /// Makes room for so many lines.
    pub fn reserve(&mut self, lines: usize) {
        self.bill.lines.reserve(lines);
    }

    /// Interns a key.
    pub fn key(&mut self, key: Key) -> KeyIndex {
        if let Some(&index) = self.known.get(&key) {
            return KeyIndex(index);
        }
        let index = self.bill.keys.len() as u32;
        self.bill.keys.push(key.clone());
        self.known.insert(key, index);
        KeyIndex(index)
    }

    /// Adds a name to the text.
    pub fn text(&mut self, name: &str) -> Text {
        let start = self.bill.text.len() as u32;
        self.bill.text.extend_from_slice(name.as_bytes());
        Text { start, length: name.len() as u32 }
    }

    /// Makes sure that a node exists, by its position (records name nodes so).
    pub fn node_at(&mut self, position: u32) -> NodeIndex {
        while self.bill.nodes.len() <= position as usize {
            self.bill.nodes.push(String::new());
        }
        NodeIndex(position)
    }

    /// Adds an assembly.
    pub fn node(&mut self, name: &str) -> NodeIndex {
        self.bill.nodes.push(name.to_string());
        NodeIndex((self.bill.nodes.len() - 1) as u32)
    }

    /// Adds a line to an assembly; `child` is the assembly it is.
    pub fn line(&mut self, plain: PlainLine, node: NodeIndex, child: Option<NodeIndex>, details: Option<Details>) {
        let PlainLine { name, code, row, quantity, key } = plain;
        let details = match details.filter(|details| !details.is_empty()) {
            Some(details) => {
                self.bill.details.push(details);
                (self.bill.details.len() - 1) as u32
            }
            None => NONE,
        };
        let child = child.map_or(NONE, |child| child.0);
        let rare = if child == NONE && details == NONE { NONE } else { self.rare(Rare { child, details }) };
        self.bill.lines.push(Line { quantity, name, code, row, key: key.0, node: node.0, rare });
    }

    /// Adds many plain lines at once.
    pub fn plain_lines(&mut self, lines: impl IntoIterator<Item = PlainLine>) {
        self.bill.lines.extend(lines.into_iter().map(|PlainLine { name, code, row, quantity, key }| Line {
            quantity,
            name,
            code,
            row,
            key: key.0,
            node: NodeIndex::PRODUCTION.0,
            rare: NONE,
        }));
    }

    fn rare(&mut self, rare: Rare) -> u32 {
        self.bill.rare.push(rare);
        (self.bill.rare.len() - 1) as u32
    }

    /// Marks a line as the assembly it turned out to be.
    pub fn set_child(&mut self, line: usize, child: NodeIndex) {
        match self.bill.rare.get_mut(self.bill.lines[line].rare as usize) {
            Some(rare) => rare.child = child.0,
            None => self.bill.lines[line].rare = self.rare(Rare { child: child.0, details: NONE }),
        }
    }

    /// Puts all lines of one node under another.
    pub fn replace_node(&mut self, from: NodeIndex, to: NodeIndex) {
        for line in self.bill.lines.iter_mut().filter(|line| line.node == from.0) {
            line.node = to.0;
        }
    }

    /// Where a field of a row stands.
    pub fn place(&self, row: u32, field: &'static str) -> Place {
        self.bill.place(row, field)
    }

    /// How many lines there are so far.
    pub fn len(&self) -> usize {
        self.bill.lines.len()
    }

    /// Whether there is no line yet.
    pub fn is_empty(&self) -> bool {
        self.bill.lines.is_empty()
    }

    /// The bill.
    pub fn finish(self) -> Bill {
        self.bill
    }
}
