//! OFD as office programs export it.

use super::{Part, escaped, mm, widths};
use crate::containers::paged::{HEIGHT, Mark, Page, WIDTH, width};
use crate::paper::Paper;

const SPACE: &str = r#"xmlns:ofd="http://www.ofdspec.org/2016""#;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// The parts of a file.
pub fn parts(paper: &Paper, pages: &[Page]) -> Vec<Part> {
    let listed: String = (0..pages.len())
        .map(|at| format!(r#"<ofd:Page ID="{}" BaseLoc="Pages/Page_{at}/Content.xml"/>"#, at + 10))
        .collect();
    let mut parts = vec![
        (
            "OFD.xml".into(),
            format!(
                r#"{HEAD}<ofd:OFD {SPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:Title>{}</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#,
                escaped(&paper.title.concat())
            ),
        ),
        (
            "Doc_0/Document.xml".into(),
            format!(
                r#"{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"#,
                mm(WIDTH),
                mm(HEIGHT)
            ),
        ),
        (
            "Doc_0/PublicRes.xml".into(),
            format!(
                r#"{HEAD}<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>"#
            ),
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        let objects: String = page.iter().map(object).collect();
        parts.push((
            format!("Doc_0/Pages/Page_{at}/Content.xml"),
            format!(
                r#"{HEAD}<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
            ),
        ));
    }
    parts
}

fn object(mark: &Mark) -> String {
    match mark {
        Mark::Text { x, y, size, text } => {
            let widths = widths(text, *size);
            let steps: Vec<String> = widths[..widths.len() - 1].iter().map(|width| mm(*width)).collect();
            format!(
                r#"<ofd:TextObject ID="3" Boundary="{} {} {} {}" Font="1" Size="{}"><ofd:TextCode X="0" Y="{}" DeltaX="{}">{}</ofd:TextCode></ofd:TextObject>"#,
                mm(*x),
                mm(y - 0.88 * size),
                mm(width(text, *size)),
                mm(*size),
                mm(*size),
                mm(0.88 * size),
                steps.join(" "),
                escaped(text)
            )
        }
        Mark::Rule { from, to } => {
            let (across, down) = (to.0 - from.0, to.1 - from.1);
            format!(
                r#"<ofd:PathObject ID="4" Boundary="{} {} {} {}" LineWidth="0.1764"><ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 L {} {}</ofd:AbbreviatedData></ofd:PathObject>"#,
                mm(from.0),
                mm(from.1),
                mm(across),
                mm(down),
                mm(across),
                mm(down)
            )
        }
    }
}
