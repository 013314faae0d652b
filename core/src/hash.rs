//! The one form in which a document is hashed: canonical JSON (RFC 8785), the same bytes for YAML, JSON and CSV, for every
//! platform and language.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Canonical JSON (RFC 8785) of anything that serialises.
pub fn canonical(value: &impl Serialize) -> Vec<u8> {
    // Every number in our documents is a small integer or a string, so canonicalisation cannot fail on them.
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_the_hash_is_sha_256() {
        assert_eq!(canonical(&serde_json::json!({"b": "1", "a": []})), br#"{"a":[],"b":"1"}"#);
        // FIPS 180-4, example of one block.
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
