//! Hard identities: documents in which other bodies, years and reports are named, whose title has words around it, or whose region shares
//! its name with others.
//!
//! Invariant: the truth is who reports and on which year, whatever else the document names. The bodies are invented, also where their
//! region is a real one.

use crate::agency::Agency;
use crate::paper::{Block, Paper};
use crate::rng::Rng;

/// One way to make it hard to tell who reports, and on which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hard {
    /// The text cites the report of another body of another year.
    CitedReport,
    /// The preface cites a notice about reports of another year.
    CitedNotice,
    /// Another body signs.
    OtherSignature,
    /// The title line begins with the name of its field.
    TitleLabel,
    /// The title breaks behind year and name.
    TwoLineTitle,
    /// The period is still that of the year before.
    StalePeriod,
    /// Several regions have the name of its region; the name of the site says which one it is.
    SharedRegion,
    /// Its region changed its name and its code.
    RenamedRegion,
}

impl Hard {
    /// All of them.
    pub const ALL: [Hard; 8] = [
        Hard::CitedReport,
        Hard::CitedNotice,
        Hard::OtherSignature,
        Hard::TitleLabel,
        Hard::TwoLineTitle,
        Hard::StalePeriod,
        Hard::SharedRegion,
        Hard::RenamedRegion,
    ];

    /// Its name in the table of the gate.
    pub fn name(self) -> &'static str {
        match self {
            Hard::CitedReport => "cited-report",
            Hard::CitedNotice => "cited-notice",
            Hard::OtherSignature => "other-signature",
            Hard::TitleLabel => "title-label",
            Hard::TwoLineTitle => "two-line-title",
            Hard::StalePeriod => "stale-period",
            Hard::SharedRegion => "shared-region",
            Hard::RenamedRegion => "renamed-region",
        }
    }

    /// Gives the body a region where that is what is hard.
    pub(crate) fn name_body(self, agency: &mut Agency, year: i32, rng: &mut Rng) {
        const SHARED: [(&str, &str, &str); 4] = [
            ("徐州市", "鼓楼区", "320302"),
            ("福州市", "鼓楼区", "350102"),
            ("长春市", "朝阳区", "220104"),
            ("太原市", "晋源区", "140110"),
        ];
        const BUREAUS: [&str; 3] = ["潮汐事务局", "湖沼保护局", "古籍修复局"];
        let bureau = *rng.pick(&BUREAUS);
        match self {
            Hard::SharedRegion => {
                let (city, region, code) = *rng.pick(&SHARED);
                agency.name = format!("{region}{bureau}");
                agency.site = format!("{city}{region}人民政府门户网站");
                (agency.region, agency.level) = (Some(code), Some("county"));
            }
            Hard::RenamedRegion => {
                let (region, code) = if year <= 2020 {
                    ("沙县", "350427")
                } else {
                    ("沙县区", "350405")
                };
                agency.name = format!("{region}{bureau}");
                agency.site = format!("{region}人民政府门户网站");
                (agency.region, agency.level) = (Some(code), Some("county"));
            }
            _ => {}
        }
    }

    /// Changes what is printed, as far as the truth is the same.
    pub(crate) fn write(self, paper: &mut Paper, other: &Agency) {
        let before = paper.year - 1;
        let heading = paper
            .blocks
            .iter()
            .position(|block| matches!(block, Block::Heading { level: 1, .. }));
        let behind_heading = heading.map_or(paper.blocks.len(), |at| at + 1);
        match self {
            Hard::CitedReport => {
                let cited = format!(
                    "按时发布《{}{before}年政府信息公开工作年度报告》，供公众查阅。",
                    other.name
                );
                paper.blocks.insert(behind_heading, Block::Paragraph(cited));
            }
            Hard::CitedNotice => {
                let notice = format!(
                    "根据《{}办公室关于编制公布{before}年政府信息公开工作年度报告有关事项的通知》要求，完成本报告。",
                    other.name
                );
                paper.blocks.insert(0, Block::Paragraph(notice));
            }
            Hard::OtherSignature => {
                paper.blocks.retain(|block| !matches!(block, Block::Closing(_)));
                paper.blocks.push(Block::Closing(format!("{}办公室", other.name)));
                paper.blocks.push(Block::Closing(paper.published.clone()));
            }
            Hard::TwoLineTitle => {
                paper.title = vec![
                    format!("{}年{}", paper.year, paper.agency),
                    "政府信息公开工作年度报告".to_owned(),
                ];
            }
            Hard::StalePeriod => {
                if let Some(Block::Paragraph(preface)) = paper.blocks.first_mut() {
                    *preface = preface.replace(&format!("{}年", paper.year), &format!("{before}年"));
                }
            }
            // The value of a field stands on one line.
            Hard::TitleLabel => paper.title = vec![paper.title_line()],
            Hard::SharedRegion | Hard::RenamedRegion => {}
        }
    }

    /// Puts words before the title, after the truth was taken.
    pub(crate) fn label(self, paper: &mut Paper, variant: usize) {
        const LABELS: [&str; 3] = ["信息名称：", "【字体：大 中 小】 ", "标题："];
        if self == Hard::TitleLabel
            && let Some(line) = paper.title.first_mut()
        {
            line.insert_str(0, LABELS[variant % LABELS.len()]);
        }
    }
}
