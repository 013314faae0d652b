//! XML, element by element: a file of any size is never in memory as a tree, only the one element that is asked for.
//! No entity is expanded but the five of XML; a document type is refused.

use super::LciLimits;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// An element with what it holds. Names are without their prefix.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// An attribute, trimmed; `None` where it is missing or empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// All attributes, as they are written.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A number in an attribute.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> + use<'a> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element at the end of a path of first children.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |here, name| here.child(name))
    }

    /// Its text, trimmed; `None` where it is empty.
    pub fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The text of a child.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name)?.text()
    }

    /// The text of the child in a language; without one in that language, `None`.
    pub fn text_in(&self, name: &str, language: &str) -> Option<&str> {
        let is_it = |one: &&Element| {
            one.attribute("lang").is_some_and(|own| own.get(..2).is_some_and(|own| own.eq_ignore_ascii_case(language)))
        };
        self.children.iter().filter(|child| child.name == name).find(is_it).and_then(Element::text)
    }

    /// A number in the text of a child.
    pub fn number_of(&self, name: &str) -> Option<f64> {
        self.text_of(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

/// The most elements below one that is asked for.
const MOST: usize = 5_000_000;

/// Hands over every element of one of the names, wherever it stands; those within one are part of it.
pub(super) fn each(
    bytes: &[u8],
    names: &[&str],
    limits: &LciLimits,
    mut take: impl FnMut(Element) -> Result<(), String>,
) -> Result<(), String> {
    let text = decoded(bytes)?;
    let mut reader = Reader::from_str(&text);
    // The open elements from the one that is asked for on; how deep the others are.
    let mut open: Vec<Element> = Vec::new();
    let mut depth = 0usize;
    let mut count = 0usize;
    loop {
        let at = reader.buffer_position();
        let wrong = |error: &dyn std::fmt::Display| format!("{error} (byte {at})");
        match reader.read_event().map_err(|error| wrong(&error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > limits.depth {
                    return Err(format!("elements are nested deeper than {}", limits.depth));
                }
                if open.is_empty() && !names.contains(&start.local_name().as_ref()) {
                    continue;
                }
                count += 1;
                if count > MOST {
                    return Err(format!("one element holds more than {MOST} others"));
                }
                open.push(element(&start).map_err(|error| wrong(&error))?);
            }
            Event::Empty(start) => {
                if open.is_empty() && !names.contains(&start.local_name().as_ref()) {
                    continue;
                }
                count += 1;
                let own = element(&start).map_err(|error| wrong(&error))?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(own),
                    None => take(own)?,
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                let Some(own) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.children.push(own),
                    None => {
                        count = 0;
                        take(own)?;
                    }
                }
            }
            Event::Text(text) => {
                if let Some(own) = open.last_mut() {
                    own.text.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => {
                if let Some(own) = open.last_mut() {
                    own.text.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let Some(own) = open.last_mut() else { continue };
                let character = match reference.resolve_char_ref().map_err(|error| wrong(&error))? {
                    Some(character) => character,
                    None => predefined(&reference).ok_or_else(|| format!("entity &{}; is not known", &*reference))?,
                };
                own.text.push(character);
            }
            Event::DocType(_) => return Err("a document type (<!DOCTYPE) is not allowed".into()),
            Event::Eof => return if depth == 0 { Ok(()) } else { Err("the file ends within an element".into()) },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn element(start: &BytesStart) -> Result<Element, quick_xml::Error> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_string(), value));
    }
    Ok(Element { name: start.local_name().as_ref().to_string(), attributes, ..Element::default() })
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

/// UTF-8, or Latin-1 where the declaration says so. Other encodings are refused by name.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let bytes = super::source::without_mark(bytes);
    let head: String = bytes.iter().take(200).map(|&byte| byte.to_ascii_lowercase() as char).collect();
    let declared =
        head.split("encoding=").nth(1).and_then(|rest| rest.get(1..)).and_then(|rest| rest.split(['"', '\'']).next());
    match declared {
        Some("iso-8859-1" | "latin1" | "iso8859-1") if head.starts_with("<?xml") => {
            Ok(bytes.iter().map(|&byte| byte as char).collect::<String>().into())
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(format!("it is not UTF-8 at byte {}; save it as UTF-8", error.valid_up_to())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<Element>, String> {
        let mut list = Vec::new();
        each(text.as_bytes(), &["e"], &LciLimits::default(), |element| {
            list.push(element);
            Ok(())
        })?;
        Ok(list)
    }

    #[test]
    fn elements_are_handed_over_one_by_one() {
        let list = all("<?xml version='1.0'?><r xmlns:x='u'><x:e a='1 &amp; 2'><n xml:lang='zh-CN'>钢 &lt; 铁</n><n xml:lang='en'> steel </n></x:e><e/></r>").unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].attribute("a"), Some("1 & 2"));
        assert_eq!(list[0].text_in("n", "zh"), Some("钢 < 铁"));
        assert_eq!(list[0].text_in("n", "en"), Some("steel"));
        assert_eq!(list[0].text_in("n", "de"), None);
    }

    #[test]
    fn hostile_files_are_refused() {
        assert!(all("<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><r><e>&b;</e></r>").is_err());
        assert!(all("<r><e>&b;</e></r>").is_err());
        assert!(all(&format!("<r>{}", "<e>".repeat(100_000))).is_err());
        assert!(all("<r><e>").is_err());
        assert!(all("<r><e></r></e>").is_err());
        let mut none = 0;
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><e>\xe9</e>";
        each(latin, &["e"], &LciLimits::default(), |one| {
            assert_eq!(one.text(), Some("\u{e9}"));
            none += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(none, 1);
        assert!(each(b"<e>\xe9</e>", &["e"], &LciLimits::default(), |_| Ok(())).is_err());
    }
}
