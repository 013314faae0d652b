//! Zuji in a WebAssembly module: one function takes a request as JSON and gives an answer as JSON. The module imports
//! nothing, so it can reach no file, clock or network.
//!
//! What a browser computes convinces nobody by itself: a server takes the record and recomputes it (`verify`).

mod answer;
mod library;
#[cfg(feature = "linked")]
mod linked;
#[cfg(target_family = "wasm")]
mod memory;
mod request;

use request::Request;

/// Answers a request; both are JSON in UTF-8. A request that is not understood, or that leads nowhere, gets an answer
/// with `error`, a sentence for the developer; what is wrong with the user's material stands in `diagnostics`.
pub fn call(request: &[u8]) -> Vec<u8> {
    let answered = serde_json::from_slice::<Request>(request)
        .map_err(|error| error.to_string())
        .and_then(|request| answer::answer(&request));
    answered.unwrap_or_else(|error| serde_json::json!({ "error": error }).to_string().into_bytes())
}

#[cfg(test)]
mod tests;
