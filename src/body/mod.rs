//! Public bodies: what the name of an agency says of its level, its kind and its region.
//!
//! A name is a chain of regions, perhaps a town or a zone, and what the body is: 江苏省·南京市·鼓楼区·水务局. A small grammar takes it
//! apart; the register of regions ([`regions`]) knows the places. Invariant: a name that several regions share is decided by what
//! the page says of itself, or its region is null and the candidates stand in a diagnostic.

mod kinds;
mod name;
mod place;
pub mod regions;

pub(crate) use kinds::ended_in_full as in_full;
pub use kinds::keys;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::report::{Body, Region};
use crate::text::normalize::fold;
use name::Name;

/// A shared name.
pub const REGION_AMBIGUOUS: Code = Code {
    code: "body.region_ambiguous",
    severity: Severity::Warning,
    english: "Several regions have the name that the agency bears, and nothing on the page decides, or the agency is several bodies of different regions; the region is null.",
    chinese: "单位名称中的地名为多个行政区共有，页面信息无法判定，或单位为不同行政区的多个机关，行政区划置空。",
};
/// The site decided.
pub const REGION_FROM_PAGE: Code = Code {
    code: "body.region_from_page",
    severity: Severity::Info,
    english: "The name of the agency alone does not say its region; the site, its domain or the text of the page decided.",
    chinese: "仅凭单位名称无法确定行政区划，由网站标识码、网站名称、域名或正文判定。",
};
/// Name and site disagree.
pub const REGION_CONTRADICTION: Code = Code {
    code: "body.region_contradiction",
    severity: Severity::Warning,
    english: "The agency bears the name of one region and the site the code of another; the region is null.",
    chinese: "单位名称所示行政区与网站标识码所示行政区不一致，行政区划置空。",
};
/// A part of the name is no known place.
pub const REGION_UNKNOWN: Code = Code {
    code: "body.region_unknown",
    severity: Severity::Warning,
    english: "The name of the agency names a place inside its region that the register does not have there; the region is null.",
    chinese: "单位名称中含有区划表未收录的下级地名，行政区划置空。",
};
/// Nothing says the region.
pub const REGION_MISSING: Code = Code {
    code: "body.region_missing",
    severity: Severity::Info,
    english: "The name of the agency begins with no region of the register, and nothing on the page says its region; the region is null. Bodies of the whole country have none.",
    chinese: "单位名称开头没有区划表收录的地名，页面信息也未说明所属行政区，行政区划置空。全国性机关没有行政区划。",
};
/// What this module can notice.
pub const CODES: &[Code] = &[
    REGION_AMBIGUOUS,
    REGION_FROM_PAGE,
    REGION_CONTRADICTION,
    REGION_UNKNOWN,
    REGION_MISSING,
];

/// What a page says of the place that it belongs to.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// Year of the report.
    pub year: Option<i32>,
    /// Identification code of the site.
    pub site_code: Option<&'a str>,
    /// The name of the site and other names that the page gives the body, the most telling first.
    pub names: Vec<&'a str>,
    /// The text near the title and the end.
    pub text: Vec<&'a str>,
    /// Where the page was found.
    pub url: Option<&'a str>,
}

impl<'a> Surroundings<'a> {
    /// What the domain of a government site names, the site itself first: gulou, nanjing of www.gulou.nanjing.gov.cn.
    fn domain(&self) -> Vec<&'a str> {
        let host = self.url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        let host = host.and_then(|rest| rest.split(['/', ':', '?', '#']).next());
        let parts = host.and_then(|host| host.strip_suffix(".gov.cn"));
        parts.map(|parts| parts.split('.').collect()).unwrap_or_default()
    }
}

/// How a region was told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// By the name itself.
    Name,
    /// By the code of the site.
    SiteCode(String),
    /// By other words of the page, or by its address.
    Words(String),
}

/// A body and how its region was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The body.
    pub body: Body,
    /// How its region was told; none where it is null.
    pub told: Option<Told>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes the name of an agency apart.
pub fn resolve(agency: &str, around: &Surroundings) -> Resolved {
    let name = Name::read(&plain(agency), around.year);
    let mut diagnostics = Vec::new();
    let told = name.region(around, &mut diagnostics);
    let entry = told.as_ref().map(|(entry, _)| *entry);
    let body = Body {
        name: name.full(entry),
        level: name.level(entry),
        kind: name.kind().map(Into::into),
        region: entry.map(|entry| Region {
            code: entry.code.into(),
            name: entry.name.into(),
            code_today: entry.today.map(Into::into),
        }),
        parent: name.parent(entry, around.year),
    };
    Resolved {
        body,
        told: told.map(|(_, told)| told),
        diagnostics,
    }
}

/// What spellings of one body share: its name behind its region, and that region's code of today.
pub fn key(body: &Body) -> (String, Option<String>) {
    let Some(region) = &body.region else {
        return (body.name.clone(), None);
    };
    let own = body.name.strip_prefix(region.name.as_str()).unwrap_or(&body.name);
    let code = region.code_today.as_ref().unwrap_or(&region.code);
    (own.to_owned(), Some(code.clone()))
}

/// Whether the name of a body without a region may be that of many bodies: 城关镇人民政府, 财政局, 鼓楼区水务局.
pub fn is_shared(body: &Body) -> bool {
    if body.region.is_some() {
        return false;
    }
    let name = Name::read(&body.name, None);
    let has_place = name.place_word().is_some_and(|word| !name.rest.starts_with(word));
    let is_general = || {
        let of_government = matches!(name.kind(), Some("bureau" | "commission" | "department" | "office"));
        of_government && name.system.is_none() && (name.rest.chars().count() <= GENERAL || kinds::is_full(&name.rest))
    };
    match name.found.entries.len() {
        0 if name.is_central() => false,
        0 => name.is_relative() || !has_place && !name.zone && (name.township.is_some() || is_general()),
        1 => false,
        _ => true,
    }
}

/// Characters of the name of a bureau that says no place: 财政局, 市场监管局.
const GENERAL: usize = 5;

/// Whether a name is that of a government or of its office, on whose site the bodies below it publish too.
pub fn is_government(name: &str) -> bool {
    matches!(kinds::of(name), Some(("government" | "general_office", _)))
}

/// Whether a name is that of a body of the whole country: 财政部.
pub(crate) fn is_central(name: &str) -> bool {
    kinds::is_central(name)
}

/// Whether a text begins with the name of a body of the whole country and not with that of a branch: 财政部认真落实.
pub(crate) fn begins_central(text: &str) -> bool {
    kinds::begins_central(text)
}

/// The body of the whole country of which a name is that of a branch: 中国人民银行 of 中国人民银行荻浦中心支行.
pub(crate) fn system_of(name: &str) -> Option<&'static str> {
    kinds::branch(name).map(|(system, _)| system)
}

/// The six digits of a site's identification code, where they are a code of the register.
pub fn code_of_site(id_code: &str) -> Option<&str> {
    let code = id_code
        .get(..6)
        .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    regions::of_code(code).next().map(|entry| entry.code)
}

/// A name folded, without what stands in brackets at its end.
fn plain(agency: &str) -> String {
    let folded = fold(agency).replace('与', "和");
    match folded.find('(').filter(|at| *at > 0 && folded.ends_with(')')) {
        Some(at) => folded[..at].to_owned(),
        None => folded,
    }
}

#[cfg(test)]
mod tests;
