//! The sentence that announces a report: who reports, and on which year.

use std::sync::LazyLock;

use regex::Regex;

use super::date::squeeze;
use super::name::{self, is_organisation};
use super::regex;

static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(concat!(
        r"(?:公布|发布|發布|编制|編制|编写|制定|现将|現將|撰写|形成)(?:了|的|完成)?([^，。；：,;:]*?)",
        r"((?:19|20)[0-9]{2})([-—－～~/至](?:19|20)?[0-9]{2,4})?(学?年)?[度份]?([^，。；：,;:]*?)(?:政府信息|政务|信息)公[开開](?:工作)?(?:年度报告|年度報告|年报|年報|情况|工作报告|报告)"
    ))
});
static AUTHOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    regex(
        r"(?:^|[，。；,;]|报告|報告|年报)由([^，。；：,;:]{3,40}?)(?:负责|按照|根据|依据|依照|遵照|编制|編制|制作|撰写)",
    )
});
static SUBJECT: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(r"^([^，。；：、,;:]{3,40}?)(?:根据|依据|按照|依照|编制|现将|特)"));
static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| regex(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉"));

/// What a sentence says of its own report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Announcement {
    /// Who reports.
    pub agency: Option<String>,
    /// On which year.
    pub year: Option<i32>,
    /// Whether the sentence itself is the act of reporting (现公布…), and does not tell of one.
    pub performs: bool,
}

/// Agency and year from a sentence such as 现公布青禾县水务局2022年政府信息公开工作年度报告.
pub(super) fn stated(sentence: &str) -> Option<Announcement> {
    let own = without_citations(sentence);
    let squeezed = squeeze(&own);
    let announced = STATED.as_ref()?.captures(&squeezed);
    let announced = announced.filter(|found| found[1].chars().count() <= 30 && found[5].chars().count() <= 20);
    let author = AUTHOR.as_ref()?.captures(&squeezed);
    let subject = || SUBJECT.as_ref()?.captures(&squeezed);
    let body = |words: &str| Some(words.to_owned()).filter(|name| is_organisation(name));
    let named = announced.as_ref().and_then(|found| {
        let inner = found[1].trim_start_matches('的');
        let name = name::agency(inner).or_else(|| name::agency(&found[5]));
        name.filter(|name| is_organisation(name))
    });
    let agency = author
        .and_then(|found| body(&found[1]))
        .or(named)
        .or_else(|| body(subject()?.get(1)?.as_str()));
    let of_school =
        |found: &regex::Captures| found.get(3).is_some() || found.get(4).is_some_and(|unit| unit.as_str() == "学年");
    let year = announced
        .as_ref()
        .filter(|found| !of_school(found))
        .and_then(|found| found[2].parse().ok());
    let performs = [
        "现公布",
        "现将",
        "特向",
        "向社会",
        "现就",
        "现予",
        "由",
        "现发布",
        "本报告",
        "本年",
    ]
    .iter()
    .any(|word| squeezed.contains(word));
    (agency.is_some() || year.is_some()).then_some(Announcement { agency, year, performs })
}

/// A text without the papers that it cites.
pub(super) fn without_citations(text: &str) -> String {
    match CITED.as_ref() {
        Some(cited) if text.contains(['《', '〈']) => cited.replace_all(text, "").into_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_of_its_own_report_and_not_of_one_that_it_cites() {
        let says = |sentence: &str| {
            let said = stated(sentence).unwrap_or_default();
            (said.agency, said.year)
        };
        let water = || Some("青禾县水务局".to_owned());
        assert_eq!(
            says("现公布青禾县水务局2022年政府信息公开工作年度报告。"),
            (water(), Some(2022))
        );
        assert_eq!(
            says("青禾县水务局根据《条例》，编制发布2022年政府信息公开工作年度报告。"),
            (water(), Some(2022))
        );
        assert_eq!(
            says("本报告是根据《条例》要求，由青禾县水务局编制的2022年政府信息公开年度报告。"),
            (water(), Some(2022))
        );
        for school_year in ["2014-2015学年", "2014/2015学年", "2014～2015学年度", "2014学年"] {
            let sentence = format!("现将学院{school_year}信息公开工作年度报告如下：");
            assert_eq!(says(&sentence), (None, None), "{sentence}");
        }
        assert_eq!(
            says("公开发布《青禾县水务局2021年政府信息公开工作年度报告》。"),
            (None, None)
        );
        let notice = "根据《青禾县人民政府办公室关于编制公布2021年政府信息公开工作年度报告有关事项的通知》要求，我区编制完成了本报告。";
        assert_eq!(says(notice), (None, None));
    }
}
