//! OFD as printer drivers and converters write it: every object scaled by a matrix, steps in short form, objects in any order,
//! rules as thin areas, one path or a composite object, text in templates, references of all kinds.

use super::{Part, escaped, mm, widths};
use crate::containers::paged::{HEIGHT, Mark, Page, WIDTH, width};
use crate::paper::Paper;
use crate::rng::Rng;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// Name spaces that programs have used: the standard's, an old one, none.
const SPACES: &[&str] = &[
    r#" xmlns="http://www.ofdspec.org/2016""#,
    r#" xmlns="http://www.ofdspec.org""#,
    "",
];

/// Both ends of a rule, in points.
type Line = ((f64, f64), (f64, f64));

/// How the rules of a page are drawn.
#[derive(Clone, Copy)]
enum Rules {
    /// Thin filled rectangles, each an object.
    Areas,
    /// All lines in one path.
    OnePath,
    /// Lines in a composite object that the page's own resources hold.
    Composite,
}

/// The parts of a file.
pub fn parts(paper: &Paper, pages: &[Page], rng: &mut Rng) -> Vec<Part> {
    let space = *rng.pick(SPACES);
    let rules = *rng.pick(&[Rules::Areas, Rules::OnePath, Rules::Composite]);
    // Folders have numbers in another order than the pages, and references are absolute, relative, or in another case.
    let folder = |at: usize| format!("Page_Insert_{}", pages.len() - at);
    let listed: String = (0..pages.len())
        .map(|at| {
            let folder = folder(at);
            let reference = match at % 3 {
                0 => format!("/Doc_0/Pages/{folder}/Content.xml"),
                1 => format!("./Pages/{folder}/content.xml"),
                _ => format!(r"Pages\{folder}\Content.xml"),
            };
            format!(r#"<Page ID="{}" BaseLoc="{reference}"/>"#, at + 100)
        })
        .collect();
    let mut parts = vec![
        ("OFD.xml".into(), entry(paper, space)),
        (
            "Doc_0/Document.xml".into(),
            format!(
                r#"{HEAD}<Document{space}><CommonData><PageArea><PhysicalBox>0 0 {} {}</PhysicalBox></PageArea><PublicRes>/Doc_0/PublicRes.xml</PublicRes><TemplatePage ID="9" ZOrder="Background" BaseLoc="Tpls/Tpl_0/Content.xml"/></CommonData><Pages>{listed}</Pages><Annotations>Annots/Annotations.xml</Annotations></Document>"#,
                mm(WIDTH),
                mm(HEIGHT)
            ),
        ),
        (
            "Doc_0/PublicRes.xml".into(),
            format!(
                r#"{HEAD}<Res{space} BaseLoc="Res"><Fonts><Font ID="1" FontName="FZXBSJW"/></Fonts><DrawParams><DrawParam ID="6"><FillColor Value="0 0 0"/><StrokeColor Value="255 255 255"/></DrawParam><DrawParam ID="7" Relative="6" LineWidth="0.2"/></DrawParams></Res>"#
            ),
        ),
        ("Doc_0/Tpls/Tpl_0/Content.xml".into(), template(space)),
        (
            "Doc_0/Annots/Annotations.xml".into(),
            format!(
                r#"{HEAD}<Annotations{space}><Page PageID="100"><FileLoc>Page_0/Annotation.xml</FileLoc></Page></Annotations>"#
            ),
        ),
        (
            "Doc_0/Annots/Page_0/Annotation.xml".into(),
            format!(
                r#"{HEAD}<PageAnnot{space}><Annot ID="1" Type="Stamp"><Appearance Boundary="50 50 60 60">{}</Appearance></Annot></PageAnnot>"#,
                plain_text("88", 20.0, 20.0, 6.0)
            ),
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        let folder = format!("Doc_0/Pages/{}", folder(at));
        let (content, resources) = content(page, space, rules, rng);
        parts.push((format!("{folder}/Content.xml"), content));
        parts.extend(resources.map(|resources| (format!("{folder}/PageRes.xml"), resources)));
    }
    let files = parts.len();
    rng.shuffle(&mut parts[1..files]);
    parts
}

fn entry(paper: &Paper, space: &str) -> String {
    format!(
        r#"{HEAD}<OFD{space} DocType="OFD" Version="1.0"><DocBody><DocInfo><DocID>0</DocID><Title>{}</Title><Creator>Printer</Creator></DocInfo><DocRoot>/Doc_0/Document.xml</DocRoot><Signatures>/Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>"#,
        escaped(&paper.title.concat())
    )
}

/// A white ground, text that is not shown, and a watermark: none of it is read.
fn template(space: &str) -> String {
    let hidden = plain_text("99", 200.0, 300.0, 9.0).replacen("<TextObject ", r#"<TextObject Visible="false" "#, 1);
    let clear = plain_text("55", 300.0, 300.0, 9.0).replacen("<TextObject ", r#"<TextObject Alpha="0" "#, 1);
    format!(
        r#"{HEAD}<Page{space}><Content><Layer ID="21" DrawParam="7"><PathObject ID="22" Boundary="0 0 {0} {1}" Fill="true"><FillColor Value="255 255 255"/><AbbreviatedData>M 0 0 L {0} 0 L {0} {1} L 0 {1} C</AbbreviatedData></PathObject><PathObject ID="23" Boundary="0 100 {0} 0"><AbbreviatedData>M 0 0 L {0} 0</AbbreviatedData></PathObject>{hidden}{clear}<TextObject ID="24" Boundary="20 100 150 150" Font="1" Size="12" CTM="0.7071 -0.7071 0.7071 0.7071 0 110"><FillColor Value="220 220 220"/><TextCode X="0" Y="12" DeltaX="g 3 12">77样本</TextCode></TextObject></Layer></Content></Page>"#,
        mm(WIDTH),
        mm(HEIGHT)
    )
}

fn plain_text(text: &str, x: f64, y: f64, size: f64) -> String {
    format!(
        r#"<TextObject ID="8" Boundary="{} {} {} {}" Font="1" Size="{}"><TextCode X="0" Y="{}">{text}</TextCode></TextObject>"#,
        mm(x),
        mm(y - size),
        mm(size * 4.0),
        mm(size * 1.5),
        mm(size),
        mm(size)
    )
}

/// A page, and its own resources where it has some.
fn content(page: &Page, space: &str, rules: Rules, rng: &mut Rng) -> (String, Option<String>) {
    let lines: Vec<_> = page
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rule { from, to } => Some((*from, *to)),
            Mark::Text { .. } => None,
        })
        .collect();
    let mut objects: Vec<String> = page
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { x, y, size, text } => Some(text_object(*x, *y, *size, text, rng)),
            Mark::Rule { .. } => None,
        })
        .collect();
    rng.shuffle(&mut objects);
    let mut resources = None;
    let whole = format!("0 0 {} {}", mm(WIDTH), mm(HEIGHT));
    match rules {
        Rules::Areas => objects.extend(lines.iter().map(|line| area(*line))),
        Rules::OnePath => objects.insert(0, one_path(&lines, &whole)),
        Rules::Composite => {
            objects.push(format!(
                r#"<CompositeObject ID="30" ResourceID="31" Boundary="{whole}" CTM="0.5 0 0 0.5 0 0"/>"#
            ));
            let inside = one_path(&lines, &format!("0 0 {} {}", mm(2.0 * WIDTH), mm(2.0 * HEIGHT)));
            let inside = inside.replacen("<PathObject ", r#"<PathObject CTM="2 0 0 2 0 0" "#, 1);
            resources = Some(format!(
                r#"{HEAD}<Res{space} BaseLoc="."><CompositeGraphicUnits><CompositeGraphicUnit ID="31" Width="{0}" Height="{0}"><Content><PageBlock ID="32">{inside}</PageBlock></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>"#,
                mm(2.0 * WIDTH)
            ));
        }
    }
    let half = objects.len() / 2;
    let (body, front) = (objects[..half].concat(), objects[half..].concat());
    let named = resources.as_ref().map_or("", |_| "<PageRes>PageRes.xml</PageRes>");
    let content = format!(
        r#"{HEAD}<Page{space}><Template TemplateID="9" ZOrder="Background"/>{named}<Area><PhysicalBox>{whole}</PhysicalBox></Area><Content><Layer ID="41" Type="Foreground"><PageBlock ID="42"><PageBlock ID="43">{front}</PageBlock></PageBlock></Layer><Layer ID="44" Type="Body">{body}</Layer></Content></Page>"#
    );
    (content, resources)
}

/// Text of size 1, scaled by the matrix of its object, in one piece of text or two, glyphs named beside it.
fn text_object(x: f64, y: f64, size: f64, text: &str, rng: &mut Rng) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = if rng.chance(30) { characters.len() / 2 } else { 0 };
    let pieces = [&characters[..at], &characters[at..]];
    let mut codes = String::new();
    let mut start = 0.0;
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        let text: String = piece.iter().collect();
        let glyphs: Vec<String> = (0..piece.len()).map(|glyph| (glyph + 1000).to_string()).collect();
        codes += &format!(
            r#"<CGTransform CodePosition="0" CodeCount="{0}" GlyphCount="{0}"><Glyphs>{1}</Glyphs></CGTransform><TextCode X="{start:.4}" Y="0.88"{2}>{3}</TextCode>"#,
            piece.len(),
            glyphs.join(" "),
            steps(&widths(&text, 1.0)),
            escaped(&text)
        );
        start += width(&text, 1.0);
    }
    format!(
        r#"<TextObject ID="5" CTM="{0} 0 0 {0} 0 0" Boundary="{1} {2} {3} {4}" Font="1" Size="1" Weight="400"><FillColor Value="0 0 0" Alpha="255"/>{codes}</TextObject>"#,
        mm(size),
        mm(x),
        mm(y - 0.88 * size),
        mm(width(text, size)),
        mm(1.1 * size)
    )
}

/// Steps in short form, where there are any.
fn steps(widths: &[f64]) -> String {
    let mut runs: Vec<(usize, f64)> = Vec::new();
    for width in &widths[..widths.len() - 1] {
        match runs.last_mut() {
            Some((count, same)) if (*same - width).abs() < 1e-9 => *count += 1,
            _ => runs.push((1, *width)),
        }
    }
    let words: Vec<String> = runs
        .iter()
        .map(|(count, width)| match count {
            1 => width.to_string(),
            count => format!("g {count} {width}"),
        })
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(r#" DeltaX="{}""#, words.join(" "))
    }
}

/// A rule as a thin filled rectangle.
fn area((from, to): Line) -> String {
    let (across, down) = ((to.0 - from.0).max(0.48), (to.1 - from.1).max(0.48));
    format!(
        r#"<PathObject ID="6" Boundary="{0} {1} {2} {3}" Stroke="false" Fill="true"><FillColor Value="0 0 0"/><AbbreviatedData>M 0 0 L {2} 0 L {2} {3} L 0 {3} C</AbbreviatedData></PathObject>"#,
        mm(from.0),
        mm(from.1),
        mm(across),
        mm(down)
    )
}

/// All rules of a page in one path.
fn one_path(lines: &[Line], whole: &str) -> String {
    let steps: String = lines
        .iter()
        .map(|(from, to)| format!("M {} {} L {} {} ", mm(from.0), mm(from.1), mm(to.0), mm(to.1)))
        .collect();
    format!(
        r#"<PathObject ID="7" Boundary="{whole}" LineWidth="0.2"><AbbreviatedData>{steps}</AbbreviatedData></PathObject>"#
    )
}
