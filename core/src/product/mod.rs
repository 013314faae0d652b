//! A product: its bill of materials and everything around it, from the document to activities that meet a factor.
//!
//! `document` is what a user writes, `bill` is the same as compact lines, `resolve` finds for every distinct kind of
//! line the recipe (factors, conversions, mass; `units` reads its unit, `refusal` says why there is none), `activity`
//! lays out all that counts: lines (`line`, `assembly`), what hangs on them (`derived`: transport, end of life), energy,
//! use. `normalise` writes the inputs in one form. Nothing here multiplies an emission; that is the matrix's.

mod activity;
mod allocation;
mod assembly;
mod bill;
mod derived;
mod document;
mod end_of_life;
mod energy;
mod library;
mod line;
mod measure;
mod normalise;
mod read;
mod recipe;
mod refusal;
mod resolve;
mod study;
mod supplier;
mod transport;
mod units;

pub use activity::{Activities, Activity, Edge, Other, Role};
pub use allocation::{AllocationError, AllocationKey, Output, Share, allocate};
pub use bill::{Bill, BillBuilder, Details, Key, KeyIndex, Line, NodeIndex, PlainLine, Text};
pub(crate) use document::document;
pub use document::{
    AllocationDocument, Declared, DeclaredUnit, EndOfLifeDocument, EnergyDocument, ExclusionDocument, LegDocument,
    LineDocument, OutputDocument, PlantDocument, ProductDocument, ProductHead, ReferencePeriod, Scalar, SourceFile,
    SupplierDocument, UseDocument,
};
pub use end_of_life::{Route, WasteRule, WasteRules};
pub use energy::AllocationApplied;
pub use library::{Library, Options, SampleOptions, Sampling};
pub use measure::{Date, Measure, MeasureError};
pub use normalise::normalised;
pub use read::{BillReader, read_document, read_into};
pub use recipe::{Direct, Input, Recipe, RecipeState, Supplied};
pub use resolve::{Resolver, Wanted, time_score};
pub use study::Study;
