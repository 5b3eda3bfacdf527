//! The page of one report: its source on the left, on the right what was read.
//!
//! Invariant: every link between the two works without a script, by the fragment of the address; the script only makes it smoother.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::entry::draw as draw_entry;
use super::labels::both;
use super::places::Places;
use super::source::Source;
use super::tables::Sheet;
use crate::explain::explain;
use crate::overlay::{Entry, Finding, Subject};
use crate::report::{Basis, Check, NarrativeFigure, Report, Scope, Status, pointer};

/// The script of the page.
pub(super) const SCRIPT: &str = include_str!("review.js");
/// Its style sheet.
pub(super) const STYLE: &str = include_str!("review.css");

/// Where style sheet and script come from.
pub(super) enum Assets {
    /// From the server.
    Linked,
    /// They stand in the page, which says in a policy of its own what may run.
    Inside {
        /// `Content-Security-Policy`.
        policy: String,
    },
}

/// A whole page.
pub(super) fn layout(language: &str, title: &str, assets: &Assets, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                @if let Assets::Inside { policy } = assets { meta http-equiv="Content-Security-Policy" content=(policy); }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · nianbao" }
                @match assets {
                    Assets::Linked => { link rel="stylesheet" href="/review.css"; script src="/review.js" defer {} },
                    Assets::Inside { .. } => style { (PreEscaped(STYLE)) },
                }
            }
            body {
                (body)
                @if let Assets::Inside { .. } = assets { script { (PreEscaped(SCRIPT)) } }
            }
        }
    }
}

/// One report beside its source.
pub(super) struct ReportPage<'a> {
    pub(super) report: &'a Report,
    pub(super) places: &'a Places,
    /// The source, or why there is none to see.
    pub(super) source: Result<Source<'a>, &'a str>,
    /// Where the script asks which mark was clicked in the frame.
    pub(super) points: Option<&'a str>,
    /// Links to other pages.
    pub(super) links: Markup,
    /// What people have said, and how more is said; nothing where it is kept nowhere.
    pub(super) decisions: Option<Decisions<'a>>,
}

/// Verdicts and corrections of a report.
pub(super) struct Decisions<'a> {
    /// Those that hold, and those that no longer do.
    pub(super) entries: (Vec<Entry>, Vec<Entry>),
    /// The key of the report in addresses.
    pub(super) key: &'a str,
    /// What a form brings along.
    pub(super) secret: &'a str,
    /// Who decides.
    pub(super) who: &'a str,
}

impl Decisions<'_> {
    /// What holds of a check.
    fn on(&self, check: &Check) -> impl Iterator<Item = &Entry> {
        self.entries.0.iter().filter(|entry| entry.subject.is_on(check))
    }

    fn corrections(&self) -> impl Iterator<Item = &Entry> {
        let is = |entry: &&Entry| matches!(entry.subject, Subject::Correction { .. });
        self.entries.0.iter().filter(is)
    }

    /// The fields that every form has.
    fn common(&self) -> Markup {
        html! {
            input type="hidden" name="secret" value=(self.secret);
            label { (both("理由", "Why")) " " input name="why" maxlength="2000"; }
            label { (both("判定人", "Who")) " " input name="who" value=(self.who) required maxlength="200"; }
            button { (both("保存", "Save")) }
        }
    }

    fn verdict_form(&self, index: usize) -> Markup {
        html! {
            form.decide method="post" action=(format!("/r/{}/verdict", self.key)) {
                input type="hidden" name="check" value=(index);
                label { (both("判定", "Verdict")) " " select name="finding" {
                    @for (_, word, chinese, english) in Finding::ALL { option value=(word) { (chinese) " " (english) } }
                } }
                (self.common())
            }
        }
    }

    fn correction_form(&self, report: &Report) -> Markup {
        let figures = report
            .tables
            .present()
            .flat_map(|(table, values)| values.values.0.keys().map(move |key| pointer::figure(table, key)));
        html! {
            section #corrections {
                h2 { (both("更正", "Corrections")) }
                p.note { (both("更正另存一处，读取的数据不变。", "Corrections are kept apart; what was read stays as it is.")) }
                @for entry in self.corrections() { (draw_entry(entry)) }
                form.decide method="post" action=(format!("/r/{}/correction", self.key)) {
                    label { (both("数据", "Figure")) " " input #correction-key name="key" list="keys" required; }
                    label { (both("应为（空为无数字）", "Should be (empty: no number)")) " " input name="new" inputmode="decimal"; }
                    (self.common())
                }
                datalist #keys { @for figure in figures { option value=(figure) {} } }
                @if !self.entries.1.is_empty() {
                    h2 { (both("不再适用的判定", "Verdicts that no longer apply")) }
                    @for entry in &self.entries.1 { article.check.void { (draw_entry(entry)) } }
                }
            }
        }
    }
}

impl ReportPage<'_> {
    /// What the page is called.
    pub(super) fn title(&self) -> String {
        let report = &self.report.report;
        let name = report
            .agency
            .as_deref()
            .or(report.title.as_deref())
            .or(self.report.source.name.as_deref());
        let year = report.year.map_or(String::new(), |year| format!(" {year}"));
        format!("{}{year}", name.unwrap_or("—"))
    }

    /// The body of the page.
    pub(super) fn draw(&self) -> Markup {
        let sheet = Sheet::new(self.report, self.places);
        html! {
            header.top {
                a.skip href="#figures" { (both("跳到数据", "Skip to the figures")) }
                h1 { (self.title()) }
                nav { (self.links) }
            }
            main.split {
                section #source tabindex="-1" aria-label="源文件 Source" data-points=[self.points] {
                    @match &self.source {
                        Ok(source) => (source.draw()),
                        Err(why) => p.note { (both("源文件无法显示：", "The source cannot be shown: ")) (why) },
                    }
                }
                section #figures tabindex="-1" aria-label="数据 Figures" {
                    (self.identity(&sheet))
                    (self.checks())
                    (sheet.draw())
                    (self.sentences(&sheet))
                    @if let Some(decisions) = &self.decisions { (decisions.correction_form(self.report)) }
                    (self.diagnostics())
                }
            }
        }
    }

    fn identity(&self, sheet: &Sheet<'_>) -> Markup {
        let report = &self.report.report;
        let source = &self.report.source;
        let rows = [
            ("title", "标题", "Title", report.title.clone()),
            ("agency", "机关", "Agency", report.agency.clone()),
            ("year", "年度", "Year", report.year.map(|year| year.to_string())),
            ("published", "发布日期", "Published", report.published.clone()),
            ("index_number", "索引号", "Index number", report.index_number.clone()),
            (
                "document_number",
                "文号",
                "Document number",
                report.document_number.clone(),
            ),
        ];
        let others = self.report.evidence.iter().filter_map(|(pointer, evidence)| {
            let part = pointer.strip_prefix("/report/")?;
            let is_named = rows.iter().any(|(name, ..)| *name == part);
            Some((pointer, part, evidence.raw.as_deref()?)).filter(|_| !is_named)
        });
        let others: Vec<(&String, &str, &str)> = others.collect();
        html! {
            dl.identity {
                @for (part, chinese, english, value) in rows {
                    @if let Some(value) = value {
                        @let pointer = pointer::identity(part);
                        dt { (both(chinese, english)) }
                        dd { @match self.places.number(&pointer) {
                            Some(place) => a.fig #(sheet.anchor(&pointer, place)) href=(format!("#p{place}")) data-p=(place) { (value) },
                            None => (value),
                        } }
                    }
                }
                @for (pointer, part, raw) in others {
                    dt { code { (part) } }
                    dd { @match self.places.number(pointer) {
                        Some(place) => a.fig #(sheet.anchor(pointer, place)) href=(format!("#p{place}")) data-p=(place) { (raw) },
                        None => (raw),
                    } }
                }
                dt { (both("文件", "File")) }
                dd { (source.name.as_deref().unwrap_or("—")) " · " (source.media_type) " · SHA-256 " code { (source.sha256) } }
            }
        }
    }

    fn checks(&self) -> Markup {
        let count = |status| self.report.checks.iter().filter(|check| check.status == status).count();
        let (failed, passed, unknown) = (count(Status::Fail), count(Status::Pass), count(Status::Unknown));
        let failing = self
            .report
            .checks
            .iter()
            .enumerate()
            .filter(|(_, check)| check.status == Status::Fail);
        html! {
            section.checks aria-label="校验 Checks" {
                h2 { (both("校验", "Checks")) }
                p {
                    span.count.bad[failed > 0] { "▲ " (failed) " " (both("未通过", "failed")) } " · "
                    span.count { "✓ " (passed) " " (both("通过", "passed")) } " · "
                    span.count { "? " (unknown) " " (both("无法判断", "unknown")) }
                }
                @for (index, check) in failing { (self.check(index, check)) }
            }
        }
    }

    fn check(&self, index: usize, check: &Check) -> Markup {
        html! {
            article.check #(format!("check-{index}")) tabindex="-1" {
                h3 { "▲" (index + 1) " " code { (check.code) } }
                p { (check.message) }
                @if let Some(explanation) = explain(&check.code) {
                    p.why { (both(explanation.chinese, explanation.english)) }
                }
                ul.cells {
                    @for cell in &check.cells {
                        @if let Some(place) = self.places.number(cell) {
                            li { a href=(format!("#p{place}")) data-p=(place) { code { (short(cell)) } } }
                        }
                    }
                }
                @if let Some(decisions) = &self.decisions {
                    @for entry in decisions.on(check) { (draw_entry(entry)) }
                    (decisions.verdict_form(index))
                }
            }
        }
    }

    fn sentences(&self, sheet: &Sheet<'_>) -> Markup {
        html! {
            @if !self.report.narrative_figures.is_empty() {
                section.sentences {
                    h2 { (both("文字中的数据", "Figures of the text")) }
                    ol { @for (index, figure) in self.report.narrative_figures.iter().enumerate() {
                        @let pointer = pointer::narrative_figure(index);
                        li { (self.sentence(sheet, &pointer, figure)) }
                    } }
                }
            }
        }
    }

    fn sentence(&self, sheet: &Sheet<'_>, pointer: &str, figure: &NarrativeFigure) -> Markup {
        let value = figure.value.to_string();
        let (before, after) = figure.text.split_once(&value).unwrap_or(("", &figure.text));
        let printed = figure.text.len() > before.len() + after.len();
        let words = html! { (before) @if printed { mark { (value) } } (after) };
        html! {
            code { (figure.key) } " = " (value) (figure.unit.as_deref().unwrap_or("")) " "
            @if !figure.is_of_the_report() { small { (of_what(figure)) } " " }
            @match self.places.number(pointer) {
                Some(place) => a.fig #(sheet.anchor(pointer, place)) href=(format!("#p{place}")) data-p=(place) { (words) },
                None => (words),
            }
        }
    }

    fn diagnostics(&self) -> Markup {
        html! {
            @if !self.report.diagnostics.is_empty() {
                details.diagnostics {
                    summary { (both("读取提示", "Noticed while reading")) " (" (self.report.diagnostics.len()) ")" }
                    ul { @for diagnostic in &self.report.diagnostics {
                        li { code { (diagnostic.code) } " " (diagnostic.message) }
                    } }
                }
            }
        }
    }
}

/// Of whom and of what time a figure of a sentence is, where it is not an exact one of the body and the year.
fn of_what(figure: &NarrativeFigure) -> Markup {
    let whose = match figure.scope {
        Some(Scope::Whole) => None,
        Some(Scope::Part) => Some(both("其中一部分或其他机关", "of a part or another body")),
        Some(Scope::Several) => Some(both("多个机关", "of several bodies")),
        None => Some(both("所指机关不明", "not clear whose")),
    };
    let when = match figure.basis {
        Some(Basis::Year) => None,
        Some(Basis::Cumulative) => Some(both("历年累计", "of all years so far")),
        Some(Basis::PartOfYear) => Some(both("年内一段时间", "of a part of the year")),
        Some(Basis::Period) => Some(both("跨年一段时间", "of several years")),
        None => Some(both("所指时间不明", "not clear of what time")),
    };
    let rounded = figure.approximate.then(|| both("约数", "rounded"));
    html! { @for words in [whose, when, rounded].into_iter().flatten() { "（" (words) "）" } }
}

/// `/tables/applications/values/new/total` as `applications.new.total`.
fn short(pointer: &str) -> String {
    match pointer::figure_of(pointer) {
        Some((table, key)) => format!("{table}.{key}"),
        None => pointer.into(),
    }
}
