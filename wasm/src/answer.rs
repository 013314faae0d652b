//! What is answered.

use crate::library::{library, load};
use crate::request::{Request, Text};
use serde_json::{Value, json};
use zuji_core::diagnostic::{Diagnostic, Diagnostics, Language, Severity};
use zuji_core::footprint::{Engine, MAX_DEPTH, footprint};
use zuji_core::hash::sha256_hex;
use zuji_core::product::Options;
use zuji_core::record::record;
use zuji_core::uncertainty::Uncertainty;
use zuji_formats::result::{self, Verification};
use zuji_formats::{Limits, read_product};

/// Answers. The error is for the developer who asked.
pub fn answer(request: &Request) -> Result<Vec<u8>, String> {
    match request {
        Request::Footprint { table, document, options, lang } => {
            compute(table.as_ref(), document.as_ref(), options, lang.language())
        }
        Request::Verify { record, lang } => Ok(text(&Verification::of(record.as_bytes()).json(lang.language()))),
        Request::Load { parts } => Ok(text(&json!({ "factors": load(parts)? }))),
        #[cfg(feature = "linked")]
        Request::Scores { inventory, method, lang } => crate::linked::scores(inventory, method.as_deref(), *lang),
        Request::Version {} => Ok(text(&json!({
            "engine": Engine::THIS,
            "tables": zuji_factors::table_names().collect::<Vec<_>>(),
        }))),
    }
}

/// `{"exit_status", "result", "record", "record_sha256"}`: the result and the record are those of `zuji footprint`.
fn compute(
    table: Option<&Text>,
    document: Option<&Text>,
    options: &Options,
    language: Language,
) -> Result<Vec<u8>, String> {
    if table.is_none() && document.is_none() {
        return Err("neither `table` nor `document` is given".into());
    }
    let library = library()?;
    // A record holds what was asked for; the command line writes its default, so the same is written here.
    let depth = options.max_depth.unwrap_or(MAX_DEPTH);
    let options = Options { max_depth: Some(depth), ..options.clone() };
    let limits = Limits { depth: Limits::depth_for(depth), ..Limits::default() };
    let (table, document) = (table.map(Text::file), document.map(Text::file));
    let mut input = match read_product(table, document.as_ref(), &library.units, &limits, &|_| ()) {
        Ok(input) => input,
        Err(finding) => return nothing(finding, language),
    };
    let mut found = std::mem::take(&mut input.findings);
    let outcome = footprint(&input.bill, &input.document, &library, &options);
    let open = found.count(Severity::Error) + found.count(Severity::Question) > 0;
    let exit_status = outcome.exit_status().max(u8::from(open));
    found.extend(outcome.diagnostics.clone());
    let sampled = outcome.footprint.as_ref().and_then(|footprint| Uncertainty::of(footprint, options.samples));
    let (uncertainty, more) = sampled.unzip();
    found.extend(more.unwrap_or_default());
    let open = found.count(Severity::Error) + found.count(Severity::Question) > 0;
    let exit_status = exit_status.max(u8::from(open));
    input.locate(&mut found);
    let mut out = format!("{{\"exit_status\":{exit_status},\"result\":").into_bytes();
    match &outcome.footprint {
        Some(footprint) => {
            let record = record(footprint, &options, &outcome.diagnostics);
            result::footprint(footprint, uncertainty.as_ref(), &found, language, &mut out)
                .map_err(|error| error.to_string())?;
            out.extend_from_slice(b",\"record\":");
            let record_text = std::str::from_utf8(&record).map_err(|error| error.to_string())?;
            serde_json::to_writer(&mut out, record_text).map_err(|error| error.to_string())?;
            out.extend_from_slice(format!(",\"record_sha256\":\"{}\"}}", sha256_hex(&record)).as_bytes());
        }
        None => {
            result::nothing(&found, language, &mut out).map_err(|error| error.to_string())?;
            out.extend_from_slice(b",\"record\":null,\"record_sha256\":null}");
        }
    }
    Ok(out)
}

/// The answer where the input cannot even be read.
fn nothing(finding: Diagnostic, language: Language) -> Result<Vec<u8>, String> {
    let mut out = b"{\"exit_status\":2,\"result\":".to_vec();
    result::nothing(&Diagnostics::from(finding), language, &mut out).map_err(|error| error.to_string())?;
    out.extend_from_slice(b",\"record\":null,\"record_sha256\":null}");
    Ok(out)
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
