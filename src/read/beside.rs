//! Pictures that stand beside a saved page, in its folder or its archive.
//!
//! Who opens files hands them over with the page. Invariant: a link never leads out of the folder of its page.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Pictures by the links of the page, as [`name_of`] writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside(Arc<BTreeMap<String, Vec<u8>>>);

impl Beside {
    /// Pictures by their names below the folder of the page.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Beside(Arc::new(files.into_iter().collect()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bytes of all together.
    pub(crate) fn size(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Each name with its bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The picture that a link means.
    pub(crate) fn find(&self, link: &str) -> Option<Vec<u8>> {
        self.0.get(&name_of(link)?).cloned()
    }
}

impl Serialize for Beside {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, bytes)| (name, STANDARD.encode(bytes))))
    }
}

impl<'de> Deserialize<'de> for Beside {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = BTreeMap::<String, String>::deserialize(deserializer)?;
        let unpacked = packed
            .into_iter()
            .map(|(name, text)| Ok((name, STANDARD.decode(text)?)));
        let files: Result<BTreeMap<_, _>, base64::DecodeError> = unpacked.collect();
        Ok(Beside(Arc::new(files.map_err(serde::de::Error::custom)?)))
    }
}

/// The name below the folder of the page that a relative link means; `None` for another kind of link, and for one that leads out of it.
pub(crate) fn name_of(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next()?.trim().replace('\\', "/");
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let path = unescaped(&path)?;
    let steps = path.split('/').filter(|step| !matches!(*step, "" | "."));
    let steps: Vec<&str> = steps.collect();
    let stays = !steps.is_empty()
        && steps
            .iter()
            .all(|step| *step != ".." && !step.contains(['\\', ':', '\0']));
    stays.then(|| steps.join("/"))
}

/// A path with its `%E5` as characters.
pub(crate) fn unescaped(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_never_leads_out_of_the_folder_of_its_page() {
        for (link, name) in [
            ("./2023.files/表.png", Some("2023.files/表.png")),
            ("%E8%A1%A8.png?v=1#a", Some("表.png")),
            ("a\\b.png", Some("a/b.png")),
            ("../secret.png", None),
            ("%2e%2e/secret.png", None),
            ("/etc/a.png", None),
            ("C:\\a.png", None),
            ("https://a.cn/a.png", None),
            ("", None),
        ] {
            assert_eq!(name_of(link).as_deref(), name, "{link}");
        }
    }

    #[test]
    fn pictures_pass_through_json() {
        let beside = Beside::new([("a.png".to_owned(), vec![0, 255, 7])]);
        let json = serde_json::to_string(&beside).unwrap();
        assert_eq!(serde_json::from_str::<Beside>(&json).unwrap(), beside);
        assert_eq!(beside.find("./a.png"), Some(vec![0, 255, 7]));
    }
}
