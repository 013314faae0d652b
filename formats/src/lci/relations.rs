//! Formulas of EcoSpold 2: what they say beyond arithmetic.
//!
//! `Ref('id')` is the amount of the exchange or parameter with that id, `Ref('id', 'ProductionVolume')` what the activity
//! makes of it in a year, `Ref('id', 'property id')` a property of the exchange; `UnitConversion(x, 'from', 'to')` is x in
//! another unit. Both are written out: a reference becomes the variable's name, or one made for it, a conversion its exact
//! ratio. What names nothing of the dataset, or no unit, stays as it is, and the formula is refused with it.

use super::xml::Element;
use std::collections::BTreeMap;
use zuji_core::quantity::{Lookup, Unit, UnitTable};

/// What a reference names: an id, and `ProductionVolume`, the id of a property, or nothing.
type Reference = (String, String);

/// Names of units in this format that the table of units does not list.
const UNITS: [(&str, &str); 1] = [("pound avoirdupois", "lb")];

/// The numbers that formulas of one dataset refer to by id.
#[derive(Default)]
pub(super) struct Relations<'a> {
    /// The element and the attributes of amount and formula behind every reference.
    found: BTreeMap<Reference, Number<'a>>,
}

/// A number of a dataset.
#[derive(Clone)]
pub(super) struct Number<'a> {
    /// The variable's own name, or one made up.
    pub name: String,
    /// Whether the name was made up, so that no variable has it yet.
    pub made_up: bool,
    /// Where it stands.
    pub element: &'a Element,
    /// Which of the element's numbers: `""` or `productionVolume`.
    pub prefix: &'static str,
}

/// The attribute that holds a part of a number: `amount` and `productionVolumeAmount` are named alike.
pub(super) fn attribute(prefix: &str, part: &str) -> String {
    match (prefix, part.chars().next()) {
        ("", _) | (_, None) => part.to_string(),
        (prefix, Some(first)) => format!("{prefix}{}{}", first.to_ascii_uppercase(), &part[first.len_utf8()..]),
    }
}

impl<'a> Relations<'a> {
    /// Looks up everything that the formulas under `data` refer to.
    pub fn of(data: &'a Element) -> Self {
        let mut relations = Self::default();
        let mut open: Vec<&Element> = data.children.iter().collect();
        while let Some(one) = open.pop() {
            open.extend(&one.children);
            for (_, text) in one.attributes().filter(|(name, _)| name.to_ascii_lowercase().ends_with("relation")) {
                for reference in references(text) {
                    if !relations.found.contains_key(&reference)
                        && let Some((element, prefix)) = target(data, &reference)
                    {
                        let own = element.attribute(&attribute(prefix, "variableName")).map(str::to_string);
                        let made_up = own.is_none();
                        let name = own.unwrap_or_else(|| format!("_ref_{}", relations.found.len() + 1));
                        relations.found.insert(reference, Number { name, made_up, element, prefix });
                    }
                }
            }
        }
        relations
    }

    /// Numbers without a variable's name that formulas refer to.
    pub fn made_up(&self) -> impl Iterator<Item = &Number<'a>> {
        self.found.values().filter(|number| number.made_up)
    }

    /// A formula in plain arithmetic.
    pub fn plain(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, call)) = next_call(rest) {
            out.push_str(before);
            rest = &rest[before.len() + call.length..];
            let ratio = || conversion(call.arguments.get(1)?, call.arguments.get(2)?);
            match (call.kind, call.arguments.as_slice()) {
                (Kind::Reference, _) => match self.found.get(&call.reference()) {
                    Some(number) => out.push_str(&number.name),
                    None => out.push_str(call.text),
                },
                (Kind::Conversion, [value, ..]) if let Some((above, below)) = ratio() => {
                    out += &format!("(({})*{above}/{below})", self.plain(value));
                }
                _ => out.push_str(call.text),
            }
        }
        out + rest
    }
}

/// All references of a formula, those within conversions too.
fn references(text: &str) -> Vec<Reference> {
    let (mut found, mut open) = (Vec::new(), vec![text]);
    while let Some(mut rest) = open.pop() {
        while let Some((before, call)) = next_call(rest) {
            rest = &rest[before.len() + call.length..];
            match call.kind {
                Kind::Reference => found.push(call.reference()),
                Kind::Conversion => open.extend(call.arguments.first().copied()),
            }
        }
    }
    found
}

/// The element that a reference means, and which of its numbers.
fn target<'a>(data: &'a Element, (id, part): &Reference) -> Option<(&'a Element, &'static str)> {
    let same = |element: &Element, name: &str, id: &str| {
        element.attribute(name).is_some_and(|own| own.trim().eq_ignore_ascii_case(id))
    };
    let one = data.children.iter().find(|one| same(one, "id", id) || same(one, "parameterId", id))?;
    match part.as_str() {
        "" => Some((one, "")),
        part if part.eq_ignore_ascii_case("ProductionVolume") => Some((one, "productionVolume")),
        part => one.all("property").find(|property| same(property, "propertyId", part)).map(|property| (property, "")),
    }
}

/// Numerator and denominator of a conversion.
fn conversion(from: &str, to: &str) -> Option<(i128, i128)> {
    thread_local! {
        static TABLE: UnitTable = UnitTable::standard();
    }
    let unit = |text: &str| -> Option<Unit> {
        let name = unquoted(text)?;
        let name = UNITS.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or(name, |(_, known)| known);
        match TABLE.with(|table| table.find(name)) {
            Lookup::Unit(unit) => Some(unit),
            _ => None,
        }
    };
    let ratio = unit(from)?.ratio_to(&unit(to)?)?;
    Some((*ratio.numer(), *ratio.denom()))
}

#[derive(Clone, Copy)]
enum Kind {
    Reference,
    Conversion,
}

/// A call of one of the two functions.
struct Call<'t> {
    kind: Kind,
    text: &'t str,
    /// Bytes of the whole call.
    length: usize,
    arguments: Vec<&'t str>,
}

impl Call<'_> {
    fn reference(&self) -> Reference {
        let part =
            |at: usize| self.arguments.get(at).and_then(|text| unquoted(text)).unwrap_or("").to_ascii_lowercase();
        (part(0), part(1))
    }
}

fn unquoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text.strip_prefix(['\'', '"'])?.strip_suffix(['\'', '"'])?;
    Some(inner.trim())
}

/// The text before the next call, and the call. A call without its end is none.
fn next_call(text: &str) -> Option<(&str, Call<'_>)> {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let named = [("ref", Kind::Reference), ("unitconversion", Kind::Conversion)];
        let first = named.into_iter().filter_map(|(name, kind)| Some((from + lower[from..].find(name)?, name, kind)));
        let (at, name, kind) = first.min_by_key(|(at, ..)| *at)?;
        from = at + name.len();
        // A name that only contains the word is another name.
        let within = lower[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
        let blanks = lower[from..].len() - lower[from..].trim_start().len();
        if within || !lower[from + blanks..].starts_with('(') {
            continue;
        }
        let open = from + blanks + 1;
        let (length, arguments) = arguments(&text[open..])?;
        let end = open + length;
        return Some((&text[..at], Call { kind, text: &text[at..end], length: end - at, arguments }));
    }
}

/// Arguments up to the closing parenthesis, and how many bytes they take with it.
fn arguments(text: &str) -> Option<(usize, Vec<&str>)> {
    let (mut depth, mut quote, mut start) = (0usize, None, 0);
    let mut arguments = Vec::new();
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(sign),
            (None, '(') => depth += 1,
            (None, ')') if depth > 0 => depth -= 1,
            (None, ')') => {
                arguments.push(&text[start..at]);
                return Some((at + 1, arguments));
            }
            (None, ',' | ';') if depth == 0 => {
                arguments.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lci::LciLimits;
    use crate::lci::xml::each;

    const DATA: &str = r#"<flowData>
<intermediateExchange id="AAAAAAAA-1" amount="2" variableName="steel" productionVolumeAmount="9000" productionVolumeMathematicalRelation="Ref('cccccccc-3')*3">
  <property propertyId="bbbbbbbb-2" amount="7"/></intermediateExchange>
<parameter parameterId="cccccccc-3" amount="3000"/><other id="y" mathematicalRelation="2*Ref('AAAAAAAA-1')"/><other id="x" mathematicalRelation="UnitConversion(Ref('aaaaaaaa-1', 'bbbbbbbb-2'), 'pound avoirdupois', 'kg') + Ref('aaaaaaaa-1', 'ProductionVolume')"/></flowData>"#;

    fn with_data(check: impl Fn(&Relations)) {
        each(DATA.as_bytes(), &["flowData"], &LciLimits::default(), |data| {
            check(&Relations::of(&data));
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn references_become_names_and_conversions_ratios() {
        with_data(|relations| {
            let made_up: Vec<_> = relations.made_up().map(|one| (one.element.name.as_str(), one.prefix)).collect();
            assert_eq!(made_up.len(), 3, "{made_up:?}");
            for (text, want) in [
                ("2*Ref('AAAAAAAA-1')", "2*steel"),
                ("UnitConversion(152000000, 'pound avoirdupois', 'kg')", "((152000000)*45359237/100000000)"),
                ("1 * unitconversion( 3.6 ; \"MJ\" ; \"kWh\" )/2", "1 * (( 3.6 )*5/18)/2"),
                ("UnitConversion(max(1;2), 'kg', 'kg')", "((max(1;2))*1/1)"),
                // Nothing of the sort: left as it is, for the parser to refuse.
                ("Ref('nothing')", "Ref('nothing')"),
                ("UnitConversion(1, 'kg', 'm')", "UnitConversion(1, 'kg', 'm')"),
                ("UnitConversion(1, 'kg'", "UnitConversion(1, 'kg'"),
                ("prefer(1) + ref_2 + deref(3)", "prefer(1) + ref_2 + deref(3)"),
                ("钢ref('aaaaaaaa-1')", "钢ref('aaaaaaaa-1')"),
            ] {
                assert_eq!(relations.plain(text), want, "{text}");
            }
            let volume = relations.plain("Ref('aaaaaaaa-1','productionvolume')");
            assert!(volume.starts_with("_ref_"), "{volume}");
            assert_ne!(volume, relations.plain("Ref('aaaaaaaa-1', 'BBBBBBBB-2')"));
        });
    }
}
