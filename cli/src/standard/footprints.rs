//! Footprints of bids that come as records or products: files are opened here, everything else is the core's.

use crate::files;
use std::collections::BTreeMap;
use std::path::Path;
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use zuji_core::product::Library;
use zuji_core::standard::{
    BidFootprint, BidsDocument, Computations, Computed, Refusal, StandardDocument, of_product, of_record,
};

use crate::arguments::Computation;

/// What computing needs beside the bids.
pub struct Bench<'a> {
    /// The folder that paths in the bids are relative to.
    pub folder: &'a Path,
    /// The standard.
    pub standard: &'a StandardDocument,
    /// Flags of the computation.
    pub computation: &'a Computation,
}

impl Bench<'_> {
    /// Computes what is to be computed; a file that cannot serve breaks its bid and no other.
    pub fn compute(&self, bids: &BidsDocument, found: &mut Diagnostics) -> Result<Computations, Diagnostic> {
        let mut library: Option<Library> = None;
        let mut out = Computations::default();
        for (index, bid) in bids.bids.iter().enumerate() {
            let delivered = bid.delivered.as_ref().and_then(|delivered| delivered.footprint.as_ref());
            for (footprint, own) in [(bid.footprint.as_ref(), true), (delivered, false)] {
                let Some(footprint) = footprint else { continue };
                let Some(name) = footprint.record.as_ref().or(footprint.product.as_ref()) else { continue };
                match self.one(footprint, &mut library)? {
                    Ok(computed) => {
                        let into: &mut BTreeMap<usize, Computed> = if own { &mut out.bid } else { &mut out.delivered };
                        into.insert(index, computed);
                    }
                    Err(cause) => {
                        let finding = Diagnostic::new(&catalogue::A118).with("bid", &bid.id).with("file", name);
                        let place = Place::field(format!("bids[{index}].footprint"));
                        found.push(finding.with_words("cause", cause).at(place));
                        if own {
                            out.broken.insert(index);
                        }
                    }
                }
            }
        }
        Ok(out)
    }

    fn one(
        &self,
        footprint: &BidFootprint,
        library: &mut Option<Library>,
    ) -> Result<Result<Computed, Refusal>, Diagnostic> {
        let said = |finding: Diagnostic| {
            use zuji_core::diagnostic::Language;
            (finding.found(Language::En), finding.found(Language::Zh))
        };
        if let Some(record) = &footprint.record {
            return Ok(match files::read(&self.folder.join(record)) {
                Ok(file) => of_record(&file.bytes, footprint.sha256.as_deref(), self.standard),
                Err(finding) => Err(said(finding)),
            });
        }
        let path = self.folder.join(footprint.product.as_deref().unwrap_or_default());
        if library.is_none() {
            *library = Some(files::library(self.computation.factors.as_deref())?.0);
        }
        let Some(library) = library.as_ref() else { return Ok(Err(Refusal::default())) };
        Ok(match files::product(&path, self.computation, library) {
            Ok(input) => {
                let options = files::options(self.computation);
                let as_of = zuji_core::product::Options { as_of: None, ..options };
                of_product(&input.bill, &input.document, library, &as_of, self.standard)
            }
            Err(finding) => Err(said(finding)),
        })
    }
}
