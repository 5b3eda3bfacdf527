//! The region of a body: by its name, or, where several regions bear that or the name says none, by what the page says of itself.

use super::name::Name;
use super::regions::{self, Entry, Tier};
use super::{
    REGION_AMBIGUOUS, REGION_CONTRADICTION, REGION_FROM_PAGE, REGION_MISSING, REGION_UNKNOWN, Surroundings, Told,
    code_of_site, kinds,
};
use crate::diagnostic::Diagnostic;
use crate::text::normalize::fold;

impl Name {
    pub(super) fn region(
        &self,
        around: &Surroundings,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Entry, Told)> {
        if self.is_central() {
            return None;
        }
        let site = around.site_code.and_then(code_of_site);
        match self.found.entries.as_slice() {
            [] => self.region_of_page(around, site, diagnostics),
            [outer] => {
                if let Some(other) = self.other_region(outer, around.year) {
                    let message = format!("{}: {} and {}", self.whole, outer.name, other.name);
                    diagnostics.push(REGION_AMBIGUOUS.at(None, message));
                    return None;
                }
                if let Some(place) = self.unknown_place() {
                    let message = format!("{}: {} has no {place}", self.whole, outer.name);
                    diagnostics.push(REGION_UNKNOWN.at(None, message));
                    return None;
                }
                let entry = self.branch.as_ref().and_then(|branch| branch.place).unwrap_or(outer);
                let on_one_chain =
                    |code: &str| regions::lies_in(entry.code, code) || regions::lies_in(code, entry.code);
                if let Some(code) = site.filter(|code| !on_one_chain(code)) {
                    let message = format!("{} is {}, the site is of {code}", entry.name, entry.code);
                    diagnostics.push(REGION_CONTRADICTION.at(None, message));
                    return None;
                }
                Some((entry, Told::Name))
            }
            shared => self.decide(shared, around, site, diagnostics),
        }
    }

    /// The region of another body that stands beside the first one in the name: 平潭县、福清市.
    fn other_region(&self, own: &Entry, year: Option<i32>) -> Option<&'static Entry> {
        let mut beside = self.rest.split('、').skip(1);
        beside.find_map(|name| match regions::at_start(name, year).entries[..] {
            [other] if !regions::lies_in(other.code, own.code) && !regions::lies_in(own.code, other.code) => {
                Some(other)
            }
            _ => None,
        })
    }

    /// Decides between regions of one name by the code of the site, then by the names and the text of the page.
    fn decide(
        &self,
        shared: &[&'static Entry],
        around: &Surroundings,
        site: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Entry, Told)> {
        let only = |fits: &dyn Fn(&Entry) -> bool| {
            let mut fitting = shared.iter().copied().filter(|entry| fits(entry));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let by_code = site.and_then(|code| {
            let entry = only(&|entry| regions::lies_in(entry.code, code) || regions::lies_in(code, entry.code))?;
            Some((entry, Told::SiteCode(code.to_owned())))
        });
        // 江苏省徐州市鼓楼区 is in the city that it names, and not in another of the province.
        let in_city = |text: &str| {
            only(&|entry| {
                regions::outers(entry, around.year)
                    .next()
                    .is_some_and(|outer| text.contains(outer.name))
            })
        };
        let in_any = |text: &str| {
            only(&|entry| {
                regions::outer_names(entry, around.year)
                    .iter()
                    .any(|outer| text.contains(outer))
            })
        };
        let fitting = |text: &str| in_city(text).or_else(|| in_any(text));
        let told = |entry, text: &str| Some((entry, Told::Words(text.to_owned())));
        let by_names = || around.names.iter().find_map(|name| told(fitting(name)?, name));
        // The text names places for many reasons: only what says where the body is is heard, and all of that must speak for one region.
        let by_text = || {
            let places = around.text.iter().filter(|text| says_where(text));
            let mut told = places.filter_map(|text| Some((fitting(text)?, text)));
            let (entry, text) = told.next()?;
            let agree = told.all(|(other, _)| other.code == entry.code);
            agree.then(|| (entry, Told::Words((*text).to_owned())))
        };
        let by_domain = || {
            let spelt =
                |part: &str| only(&|entry| regions::outers(entry, around.year).any(|outer| outer.domain == part));
            told(around.domain().into_iter().find_map(spelt)?, around.url?)
        };
        let decided = by_code.or_else(by_names).or_else(by_text).or_else(by_domain);
        diagnostics.push(match &decided {
            Some((entry, told)) => from_page(entry, told),
            None => {
                let candidates: Vec<String> = shared.iter().map(|entry| regions::path(entry, around.year)).collect();
                REGION_AMBIGUOUS.at(None, format!("{}: {}", self.whole, candidates.join(", ")))
            }
        });
        decided
    }

    /// The region of a name that has none: a town of the county whose site it is, 县档案局.
    fn region_of_page(
        &self,
        around: &Surroundings,
        site: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Entry, Told)> {
        let is_local = self.township.is_some() || self.is_relative();
        let fits = |entry: &Entry| match self.place_word().filter(|_| self.township.is_none()) {
            Some(word) => entry.name.ends_with(word),
            None => entry.tier() == Tier::County,
        };
        let by_code = || {
            let entry = site
                .and_then(|code| regions::in_year(code, around.year))
                .filter(|entry| fits(entry))?;
            Some((entry, Told::SiteCode(entry.code.to_owned())))
        };
        let by_name = || {
            let place = |name: &&str| {
                let found = regions::at_start(&fold(name), around.year);
                let [entry] = found.entries[..] else { return None };
                Some((entry, Told::Words((*name).to_owned()))).filter(|(entry, _)| fits(entry))
            };
            around.names.iter().find_map(place)
        };
        let by_domain = || {
            let named = around.domain().into_iter().find_map(regions::of_domain)?;
            let entry = regions::in_year(named.code, around.year).filter(|entry| fits(entry))?;
            Some((entry, Told::Words(around.url?.to_owned())))
        };
        let told = is_local
            .then(|| by_code().or_else(by_name).or_else(by_domain))
            .flatten();
        let Some((entry, told)) = told else {
            diagnostics.push(REGION_MISSING.at(None, self.whole.clone()));
            return None;
        };
        diagnostics.push(from_page(entry, &told));
        Some((entry, told))
    }
}

/// What decided the region of a name that does not say it.
fn from_page(entry: &Entry, told: &Told) -> Diagnostic {
    let by = match told {
        Told::Name => "by the name".to_owned(),
        Told::SiteCode(code) => format!("by the code of the site, {code}"),
        Told::Words(words) => format!("by {words:?}"),
    };
    REGION_FROM_PAGE.at(None, format!("{} {}: {by}", entry.code, entry.name))
}

/// Whether a line says where a body is: its address, who holds the site, or a name and nothing else.
fn says_where(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "地址",
        "邮编",
        "邮政编码",
        "主办",
        "承办",
        "版权",
        "备案",
        "来源",
        "发布机构",
    ];
    let is_name =
        || line.chars().count() <= 40 && !line.contains(['，', '。', '；', '、']) && kinds::of(line.trim()).is_some();
    WORDS.iter().any(|word| line.contains(word)) && !line.contains('。') || is_name()
}
