//! The body behind the name of the agency, and its region, with what on the page decided.

use super::Identity;
use super::fields::Fields;
use super::name;
use super::page::Page;
use crate::body::{self, Surroundings, Told};
use crate::document::Origin;
use crate::report::{Evidence, State, pointer};

/// Lines at the end of a document whose words may tell where it comes from: address and signature.
const BACK: usize = 6;

/// Resolves the agency of an identity and puts its body, its region code and their evidence there.
pub(super) fn body(page: &Page, fields: &Fields, url: Option<&str>, identity: &mut Identity) {
    let site_code = identity.site.id_code.clone();
    let of_site = site_code.as_deref().and_then(body::code_of_site).map(str::to_owned);
    let Some(agency) = identity.metadata.agency.clone() else {
        identity.metadata.region_code = of_site;
        return;
    };
    let issuers = fields.all(&["发布机构", "发文机关", "发布单位", "ContentSource", "来源", "信息来源"]);
    let issuers: Vec<&str> = issuers.iter().map(|field| field.value.as_str()).collect();
    let site = identity.site.name.clone();
    // The longest spelling of the agency on the page, in its fields and in the signature, says most of where it is.
    let signed = page.back(BACK).iter().map(|line| line.text.trim());
    let named = issuers
        .iter()
        .copied()
        .chain(signed.filter(|line| name::is_organisation(line)));
    let spellings = named.filter(|other| name::may_be_one(other, &agency));
    let fullest = spellings
        .chain([agency.as_str()])
        .max_by_key(|name| name.chars().count());
    let lines = page.front().iter().chain(page.back(BACK));
    let around = Surroundings {
        year: identity.metadata.year,
        site_code: site_code.as_deref(),
        names: issuers.iter().copied().chain(site.as_deref()).collect(),
        text: lines
            .flat_map(|line| [Some(line.text), address_in(line.text)])
            .flatten()
            .collect(),
        url,
    };
    let spelt = fullest.unwrap_or(&agency);
    let resolved = body::resolve(spelt, &around);
    let told = match resolved.told {
        Some(Told::Name) if spelt != agency => Some(Told::Words(spelt.to_owned())),
        told => told,
    };
    let contradicts = resolved
        .diagnostics
        .iter()
        .any(|noticed| noticed.code == body::REGION_CONTRADICTION.code);
    identity.diagnostics.extend(resolved.diagnostics);
    prove(identity, told.as_ref(), page);
    let region = resolved.body.region.as_ref().map(|region| region.code.clone());
    identity.metadata.region_code = region.or(of_site.filter(|_| !contradicts));
    identity.metadata.body = Some(resolved.body);
}

/// The address within a sentence: 如有疑问，请与我办联系（地址：北京市朝阳区日坛北街33号，邮编：100020）。
fn address_in(sentence: &str) -> Option<&str> {
    let mut words = ["地址：", "地址:", "办公地点：", "办公地点:"].iter();
    let start = words.find_map(|word| sentence.find(word))?;
    let rest = &sentence[start..];
    let end = rest.find(['。', '）', ')', '；']).unwrap_or(rest.len());
    sentence.contains('。').then_some(&rest[..end])
}

/// The body is read from the agency; its region from there or from other words.
fn prove(identity: &mut Identity, told: Option<&Told>, page: &Page) {
    let Some(agency) = identity.evidence.get(&pointer::identity("agency")).cloned() else {
        return;
    };
    let region = match told {
        None => Evidence {
            raw: None,
            state: State::Absent,
            origin: None,
        },
        Some(Told::Name) => agency.clone(),
        Some(Told::SiteCode(words) | Told::Words(words)) => Evidence {
            raw: Some(words.clone()),
            state: State::Inferred,
            origin: place_of(words, page),
        },
    };
    identity.evidence.insert(pointer::identity("body"), agency);
    identity.evidence.insert(pointer::identity("body/region"), region);
}

/// Where words of the page stand: in its properties or its text.
fn place_of(words: &str, page: &Page) -> Option<Origin> {
    let property = page
        .document
        .properties
        .iter()
        .find(|property| property.value.starts_with(words));
    let line = || {
        page.lines
            .iter()
            .find(|line| line.text.contains(words))
            .map(|line| line.origin.clone())
    };
    property.map(|property| property.origin.clone()).or_else(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_in_a_sentence() {
        let sentence = "编制本报告。请与我办联系（地址：北京市朝阳区日坛北街33号，邮编：100020）。";
        assert_eq!(
            address_in(sentence),
            Some("地址：北京市朝阳区日坛北街33号，邮编：100020")
        );
        assert_eq!(address_in("申请人户籍地址为徐州市。"), None);
    }
}
