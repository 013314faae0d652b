//! What a file may at most be. Every limit is finite, is named in its message and can be raised by a flag.

/// Limits on input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a table.
    pub table_bytes: u64,
    /// Rows of a table.
    pub rows: u64,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of a field of a table.
    pub field_bytes: usize,
    /// Bytes of a YAML or JSON document.
    pub document_bytes: u64,
    /// Nodes (scalars, lists, maps) of a document.
    pub nodes: u64,
    /// Nesting of a document.
    pub depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            table_bytes: 1 << 30,
            rows: 5_000_000,
            columns: 2000,
            field_bytes: 64 << 10,
            document_bytes: 64 << 20,
            nodes: 4_000_000,
            depth: Self::depth_for(zuji_core::footprint::MAX_DEPTH),
        }
    }
}

impl Limits {
    /// How deep a document may be nested for assemblies of a depth: each takes two levels of the document (a list and
    /// its maps), and the document's own frame a few.
    pub fn depth_for(assemblies: u32) -> u32 {
        assemblies.saturating_mul(2).saturating_add(12)
    }
}
