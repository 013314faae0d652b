//! What requests draw on: the factors that the module embeds, or those that a page has loaded into it.

use std::sync::{Arc, Mutex, PoisonError};
use zuji_core::factor::{PartDocument, join};
use zuji_core::product::Library;

/// What the module knows.
struct State {
    parts: Vec<PartDocument>,
    /// Built at the first request that needs it.
    library: Option<Arc<Library>>,
}

static STATE: Mutex<State> = Mutex::new(State { parts: Vec::new(), library: None });

/// The library.
pub fn library() -> Result<Arc<Library>, String> {
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = &state.library {
        return Ok(known.clone());
    }
    if state.parts.is_empty() && !cfg!(feature = "embedded") {
        return Err("no factors are loaded: `load` comes first".into());
    }
    let (library, _) = build(&state.parts)?;
    let library = Arc::new(library);
    state.library = Some(library.clone());
    Ok(library)
}

/// Takes in parts of packs; gives the number of factors there are now.
pub fn load(parts: &[PartDocument]) -> Result<usize, String> {
    if cfg!(feature = "embedded") {
        return Err("this module embeds all factors; `load` is for the one without".into());
    }
    let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
    let all: Vec<PartDocument> = state.parts.iter().chain(parts).cloned().collect();
    let (library, findings) = build(&all)?;
    if let Some(finding) = findings.iter().next() {
        return Err(finding.found(zuji_core::diagnostic::Language::En));
    }
    let count = library.factors.len();
    *state = State { parts: all, library: Some(Arc::new(library)) };
    Ok(count)
}

fn build(parts: &[PartDocument]) -> Result<(Library, zuji_core::diagnostic::Diagnostics), String> {
    let packs = join(parts).map_err(|error| error.to_string())?;
    zuji_factors::library(packs).map_err(|error| error.to_string())
}
