//! A page that a spreadsheet program saved: classes `xl24`, `x:num`, `<col>` widths, and a row of no height that only sets them.

use super::html::{self, Line, Look, TableStyle};
use super::{Container, Family};
use crate::encode::Charset;
use crate::faults::Faults;
use crate::layout::{self, Role};
use crate::paper::Paper;
use crate::rng::Rng;

/// The container.
pub static CONTAINER: Container = Container {
    name: "html-excel",
    family: Family::Html,
    extension: "htm",
    lossy: false,
    counts: false,
    render,
};

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let charset = Charset::html(faults, rng);
    let body = html::blocks(
        paper,
        &Look {
            line: &|line, text| match line {
                Line::Title => format!("<h3 align=center>{text}</h3>"),
                Line::Heading(_) => format!("<p class=xlb><b>{text}</b></p>"),
                Line::Text | Line::Closing => format!("<p class=xlp>{text}</p>"),
            },
            run_in: &str::to_owned,
            table: &|sheet| {
                let grid = layout::whole(sheet, faults);
                let open = format!(
                    "<table x:str border=0 cellpadding=0 cellspacing=0 width={} style='border-collapse:collapse;table-layout:fixed'>\n{}",
                    72 * grid.columns,
                    "<col width=72 style='mso-width-source:userset;mso-width-alt:2304'>".repeat(grid.columns)
                );
                let style = TableStyle {
                    open: &open,
                    attributes: &|cell| {
                        let class = if cell.role == Role::Data { "xl25" } else { "xl24" };
                        let plain = cell.role == Role::Data && cell.text.parse::<f64>().is_ok();
                        format!(
                            " class={class} style='border-left:none'{}",
                            if plain { " x:num" } else { "" }
                        )
                    },
                    content: &|cell, lines| {
                        if cell.text.is_empty() {
                            "　".to_owned()
                        } else {
                            html::broken(lines)
                        }
                    },
                    thead: false,
                    closed: true,
                };
                let sizes = format!(
                    "<![if supportMisalignedColumns]>\n<tr height=0 style='display:none'>{}</tr>\n<![endif]>\n</tbody></table>",
                    "<td width=72 style='width:54pt'></td>".repeat(grid.columns)
                );
                html::table(&grid, &style).replace("</tbody></table>", &sizes)
            },
        },
    );
    let page = format!(
        r#"<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head>
{meta}
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 11">
<style><!--table {{mso-displayed-decimal-separator:"\."; mso-displayed-thousand-separator:"\,";}} .xl24 {{mso-style-parent:style0; border:.5pt solid windowtext;}}--></style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Sheet1</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->
</head>
<body link=blue vlink=purple>
{title}
{body}
</body>
</html>
"#,
        meta = charset.meta(true),
        title = paper
            .title
            .iter()
            .map(|line| format!("<h3 align=center>{}</h3>", html::escape(line)))
            .collect::<String>(),
    );
    Ok(charset.encode(&page))
}
