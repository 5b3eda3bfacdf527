//! Reads workbooks of Office Open XML (XLSX, XLSM) as they are shown: formulas by their results, numbers by their formats.
//!
//! Ours and not a library's: libraries give the stored number, 7.0000000000000009, and not the 7 of the sheet. Invariant: hidden
//! sheets, rows and columns are left out, and a cell keeps the address that the program shows.

use std::collections::HashMap;

use super::PART_UNREADABLE;
use super::body;
use super::format::{self, Format};
use super::ink::{Ink, is_tiny, is_white};
use super::sheet::{self, SheetCell};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::error::Error;
use crate::read::container::package::{Package, resolve};
use crate::read::container::xml::{Element, Space, Tree};
use crate::read::raised::Last;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Name spaces, transitional and strict, with the prefixes that their names get here.
const SPACES: &[Space] = &[
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "x"),
    ("http://purl.oclc.org/ooxml/spreadsheetml/main", "x"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "r",
    ),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
];

/// Most characters of all cells together: a shared text may be named by every cell.
const CHARACTERS: usize = 32 << 20;

/// Reads a package.
///
/// # Errors
/// Where the package or its list of sheets cannot be read.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let package = Package::open(bytes)?;
    let relations = relations(&package, "")?;
    let main = relations.iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or("xl/workbook.xml", |relation| relation.target.as_str());
    let workbook = tree(&package, main)?.ok_or_else(|| Error::Damaged(format!("{main}: the part is missing")))?;
    let mut book = Book::open(&package, main, &workbook)?;
    let mut items = Vec::new();
    let sheets = workbook.root().child("x:sheets");
    for sheet in sheets.into_iter().flat_map(Element::children) {
        let shown = !matches!(sheet.attribute("state"), Some("hidden" | "veryHidden"));
        let id = sheet.attribute("r:id").unwrap_or_default();
        let part = book
            .parts
            .iter()
            .find(|relation| relation.id == id && relation.kind == "worksheet");
        let Some(part) = part.filter(|_| shown).map(|relation| relation.target.clone()) else {
            continue;
        };
        let cells = match tree(&package, &part) {
            Ok(Some(tree)) => book.cells(tree.root()),
            Ok(None) => Vec::new(),
            Err(error) => {
                book.diagnostics.push(PART_UNREADABLE.at(None, error.to_string()));
                continue;
            }
        };
        items.extend(sheet::items(sheet.attribute("name").unwrap_or_default(), cells));
    }
    let mut document = Document {
        media_type: MEDIA_TYPE.into(),
        diagnostics: book.diagnostics,
        ..Document::default()
    };
    body::fill(&mut document, items);
    Ok(document)
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn tree(package: &Package, name: &str) -> Result<Option<Tree>, Error> {
    let part = package.part(name)?;
    part.map(|bytes| Tree::parse(&bytes, name, SPACES)).transpose()
}

fn relations(package: &Package, part: &str) -> Result<Vec<Relation>, Error> {
    let (folder, file) = part
        .rsplit_once('/')
        .map_or(("", part), |(folder, file)| (folder, file));
    let name = resolve(&format!("{folder}/"), &format!("_rels/{file}.rels"));
    let Some(tree) = tree(package, &name)? else {
        return Ok(Vec::new());
    };
    let relation = |element: Element| {
        Some(Relation {
            id: element.attribute("Id")?.into(),
            kind: element.attribute("Type")?.rsplit('/').next()?.into(),
            target: resolve(part, element.attribute("Target")?),
        })
    };
    Ok(tree.root().children().filter_map(relation).collect())
}

/// What all sheets of a workbook share.
struct Book {
    parts: Vec<Relation>,
    texts: Vec<Text>,
    styles: Vec<Style>,
    /// Characters that cells may still have.
    left: usize,
    diagnostics: Vec<Diagnostic>,
}

/// What holds for the cells of a sheet.
struct Laid {
    /// First and last column of each group of hidden ones.
    hidden: Vec<(usize, usize)>,
    /// Rows and columns of merged cells, by the first.
    merges: HashMap<(usize, usize), (usize, usize)>,
    /// Whether tables or conditions may give cells a ground of a colour: what they paint is not looked into.
    has_grounds: bool,
}

impl Book {
    fn open(package: &Package, main: &str, workbook: &Tree) -> Result<Self, Error> {
        let mut book = Book {
            parts: relations(package, main)?,
            texts: Vec::new(),
            styles: Vec::new(),
            left: CHARACTERS,
            diagnostics: Vec::new(),
        };
        let properties = workbook.root().child("x:workbookPr");
        let is_1904 = properties.is_some_and(|p| matches!(p.attribute("date1904"), Some("1" | "true")));
        if let Some(styles) = book.part(package, "styles") {
            book.styles = styles_of(styles.root(), is_1904);
        }
        // Without its texts a workbook says nothing right.
        if let Some(relation) = book.parts.iter().find(|relation| relation.kind == "sharedStrings")
            && let Some(texts) = tree(package, &relation.target)?
        {
            let items = texts.root().children().filter(|item| item.name() == "x:si");
            book.texts = items.map(Text::of).collect();
        }
        Ok(book)
    }

    fn part(&mut self, package: &Package, kind: &str) -> Option<Tree> {
        let relation = self.parts.iter().find(|relation| relation.kind == kind)?;
        tree(package, &relation.target)
            .map_err(|error| self.diagnostics.push(PART_UNREADABLE.at(None, error.to_string())))
            .ok()
            .flatten()
    }

    /// The cells of a sheet that are shown.
    fn cells(&mut self, sheet: Element) -> Vec<SheetCell> {
        let painted = ["x:tableParts", "x:conditionalFormatting"];
        let laid = Laid {
            hidden: hidden_columns(sheet),
            merges: merges(sheet),
            has_grounds: painted.iter().any(|name| sheet.child(name).is_some()),
        };
        let mut cells = Vec::new();
        let mut row = 0;
        let rows = sheet.child("x:sheetData").into_iter().flat_map(Element::children);
        for element in rows.filter(|element| element.name() == "x:row") {
            row = number(element, "r").map_or(row, |number: usize| number.saturating_sub(1));
            if !matches!(element.attribute("hidden"), Some("1" | "true")) {
                self.row(element, row, &laid, &mut cells);
            }
            row += 1;
        }
        cells
    }

    fn row(&mut self, element: Element, row: usize, laid: &Laid, cells: &mut Vec<SheetCell>) {
        let mut column = 0;
        for cell in element.children().filter(|cell| cell.name() == "x:c") {
            let address = cell.attribute("r").and_then(address);
            column = address.map_or(column, |(_, column)| column);
            let is_hidden = laid
                .hidden
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&column));
            let (rows, columns) = laid.merges.get(&(row, column)).copied().unwrap_or((1, 1));
            let style = number(cell, "s").and_then(|at: usize| self.styles.get(at));
            let strong = style.is_some_and(|style| style.strong);
            let is_unseen = style.is_some_and(|style| style.ink.is_unseen(laid.has_grounds));
            let text = if is_unseen {
                String::new()
            } else {
                self.shown(cell, style)
            };
            self.left = self.left.saturating_sub(text.len());
            if !is_hidden && self.left > 0 && (!text.is_empty() || rows > 1 || columns > 1) {
                cells.push(SheetCell {
                    row,
                    column,
                    rows,
                    columns,
                    text,
                    strong,
                });
            }
            column += 1;
        }
    }

    /// A cell as the program shows it; what is struck out is not read.
    fn shown(&self, cell: Element, style: Option<&Style>) -> String {
        let is_struck = style.is_some_and(|style| style.struck);
        let value = cell.child("x:v").map(Element::text).unwrap_or_default();
        match cell.attribute("t") {
            Some("s") => {
                let text = value.trim().parse().ok().and_then(|at: usize| self.texts.get(at));
                text.map_or_else(
                    || char::REPLACEMENT_CHARACTER.into(),
                    |text| text.shown(is_struck).to_owned(),
                )
            }
            Some("inlineStr") => {
                let text = cell.child("x:is").map(Text::of).unwrap_or_default();
                text.shown(is_struck).to_owned()
            }
            _ if is_struck => String::new(),
            Some("b") => if value.trim() == "1" { "TRUE" } else { "FALSE" }.into(),
            Some("str" | "e" | "d") => value,
            _ => match style {
                Some(style) => style.format.cell_text(value.trim()),
                None => Format::general().show(value.trim()),
            },
        }
    }
}

/// A text of a cell. Runs with a font of their own look as it says, the others as the cell does; what is struck out is left out, and
/// so is the reading of characters above them.
#[derive(Default)]
struct Text {
    /// What is shown in a cell that is not struck out.
    plain: String,
    /// What is shown in one that is.
    in_struck: String,
    last: Last,
    last_in_struck: Last,
}

impl Text {
    /// Reads `x:si` or `x:is`.
    fn of(item: Element) -> Text {
        let mut text = Text::default();
        for part in item.children() {
            match part.name() {
                "x:t" => text.plain += &letters(part),
                "x:r" => text.run(part),
                _ => {}
            }
        }
        text
    }

    fn run(&mut self, run: Element) {
        let Some(text) = run.child("x:t").map(letters) else {
            return;
        };
        let look = run.child("x:rPr");
        if look.is_some_and(|look| is_on(look, "x:strike")) {
            return;
        }
        let position = look.and_then(|look| look.child("x:vertAlign"));
        let is_raised = position.is_some_and(|position| position.attribute("val") == Some("superscript"));
        self.last.push(&mut self.plain, &text, is_raised);
        if look.is_some() {
            self.last_in_struck.push(&mut self.in_struck, &text, is_raised);
        }
    }

    fn shown(&self, in_struck: bool) -> &str {
        if in_struck { &self.in_struck } else { &self.plain }
    }
}

fn letters(text: Element) -> String {
    text.text().replace("_x000D_", "").replace('\r', "")
}

/// Whether a font has a property.
fn is_on(font: Element, name: &str) -> bool {
    let property = font.child(name);
    property.is_some_and(|property| !matches!(property.attribute("val"), Some("0" | "false")))
}

/// How cells of a style look.
struct Style {
    format: Format,
    strong: bool,
    struck: bool,
    ink: Ink,
}

/// What a font of the list of fonts says.
#[derive(Clone, Copy, Default)]
struct Font {
    strong: bool,
    struck: bool,
    ink: Ink,
}

impl Font {
    fn of(font: Element) -> Font {
        let size = font.child("x:sz").and_then(|size| number::<f32>(size, "val"));
        let ink = Ink {
            white: font.child("x:color").map(is_white_colour),
            tiny: size.map(|points| is_tiny(points * 2.0)),
            shaded: None,
        };
        Font {
            strong: is_on(font, "x:b"),
            struck: is_on(font, "x:strike"),
            ink,
        }
    }
}

/// Whether a colour is white: by its parts, as that of the paper in the theme, or by its number.
fn is_white_colour(colour: Element) -> bool {
    let is_plain = colour
        .attribute("tint")
        .is_none_or(|tint| tint.trim_start_matches(['0', '.']).is_empty());
    match (colour.attribute("rgb"), colour.attribute("theme")) {
        (Some(parts), _) => is_white(parts),
        (None, Some(theme)) => theme == "0" && is_plain,
        _ => matches!(colour.attribute("indexed"), Some("1" | "9")),
    }
}

/// Whether a fill makes a ground of a colour.
fn is_shade(fill: Element) -> bool {
    let pattern = fill.child("x:patternFill");
    let kind = pattern.and_then(|pattern| pattern.attribute("patternType"));
    let colour = pattern.and_then(|pattern| pattern.child("x:fgColor"));
    match kind {
        Some("none") => false,
        None => fill.child("x:gradientFill").is_some(),
        Some("solid") => !colour.is_some_and(is_white_colour),
        Some(_) => true,
    }
}

fn styles_of(styles: Element, is_1904: bool) -> Vec<Style> {
    let all = |name: &str| styles.child(name).into_iter().flat_map(Element::children);
    let mut codes: HashMap<u32, &str> = HashMap::new();
    for format in all("x:numFmts") {
        if let (Some(id), Some(code)) = (number(format, "numFmtId"), format.attribute("formatCode")) {
            codes.insert(id, code);
        }
    }
    let fonts: Vec<Font> = all("x:fonts").map(Font::of).collect();
    let shades: Vec<bool> = all("x:fills").map(is_shade).collect();
    let style = |element: Element| {
        let id = number(element, "numFmtId").unwrap_or(0);
        let code = codes.get(&id).copied().unwrap_or_else(|| format::built_in(id));
        let font = number(element, "fontId").and_then(|at: usize| fonts.get(at));
        let Font { strong, struck, ink } = font.copied().unwrap_or_default();
        let shaded = number(element, "fillId").and_then(|at: usize| shades.get(at).copied());
        Style {
            format: Format::new(code, is_1904),
            strong,
            struck,
            ink: Ink { shaded, ..ink },
        }
    };
    all("x:cellXfs")
        .filter(|element| element.name() == "x:xf")
        .map(style)
        .collect()
}

fn number<N: std::str::FromStr>(element: Element, name: &str) -> Option<N> {
    element.attribute(name)?.trim().parse().ok()
}

/// First and last column of each group of hidden ones, from 0.
fn hidden_columns(sheet: Element) -> Vec<(usize, usize)> {
    let columns = sheet.child("x:cols").into_iter().flat_map(Element::children);
    let hidden = columns.filter(|column| matches!(column.attribute("hidden"), Some("1" | "true")));
    hidden
        .filter_map(|column| {
            let place = |name: &str| number::<usize>(column, name)?.checked_sub(1);
            Some((place("min")?, place("max")?))
        })
        .take(1_000)
        .collect()
}

/// Rows and columns of merged cells, by the first.
fn merges(sheet: Element) -> HashMap<(usize, usize), (usize, usize)> {
    let merges = sheet.child("x:mergeCells").into_iter().flat_map(Element::children);
    let range = |merge: Element| {
        let (first, last) = merge.attribute("ref")?.split_once(':')?;
        let ((row, column), (last_row, last_column)) = (address(first)?, address(last)?);
        let size = (last_row.checked_sub(row)? + 1, last_column.checked_sub(column)? + 1);
        Some(((row, column), size))
    };
    merges.filter_map(range).collect()
}

/// Row and column, from 0, of an address such as `B7`.
fn address(text: &str) -> Option<(usize, usize)> {
    let digits = text.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let mut column: usize = 0;
    for letter in letters.bytes() {
        let value = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(usize::from(value) + 1)?;
    }
    let row: usize = row.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Origin};

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const SPACE: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

    /// The texts of the cells of a workbook of one sheet.
    fn texts(texts: &str, styles: &str, rows: &str) -> Vec<String> {
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/worksheet" Target="a.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="b.xml"/><Relationship Id="c" Type="x/styles" Target="c.xml"/></Relationships>"#;
        let sheets = r#"<sheets><sheet name="表" r:id="a"/></sheets>"#;
        let bytes = packed(&[
            ("xl/workbook.xml", &format!("<workbook {SPACE}>{sheets}</workbook>")),
            ("xl/_rels/workbook.xml.rels", relations),
            (
                "xl/a.xml",
                &format!("<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"),
            ),
            ("xl/b.xml", &format!("<sst {SPACE}>{texts}</sst>")),
            ("xl/c.xml", &format!("<styleSheet {SPACE}>{styles}</styleSheet>")),
        ]);
        let document = read(&bytes).unwrap();
        let [Block::Grid(grid)] = &document.blocks[..] else {
            panic!("{:?}", document.blocks);
        };
        grid.cells().iter().map(|cell| cell.text.clone()).collect()
    }

    #[test]
    fn what_is_struck_out_goes_by_the_font_of_its_run() {
        let corrected = "<r><t>12</t></r><r><rPr><b/></rPr><t>15</t></r><r><rPr><strike/></rPr><t>9</t></r>";
        let found = texts(
            &format!("<si>{corrected}</si>"),
            r#"<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>"#,
            &format!(
                r#"<row><c t="s"><v>0</v></c><c t="s" s="1"><v>0</v></c><c t="inlineStr" s="1"><is>{corrected}</is></c><c s="1"><v>8</v></c><c><v>7</v></c></row>"#
            ),
        );
        assert_eq!(found, ["1215", "15", "15", "7"]);
    }

    #[test]
    fn white_and_tiny_numbers_are_not_seen_on_paper() {
        let styles = r#"<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font><font><sz val="1"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill></fills><cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="2" fillId="0"/><xf fontId="3" fillId="1"/><xf fontId="1" fillId="1"/></cellXfs>"#;
        let row = r#"<row><c s="0"><v>1</v></c><c s="1"><v>2</v></c><c s="2"><v>3</v></c><c s="3"><v>4</v></c><c s="4"><v>5</v></c></row>"#;
        assert_eq!(texts("", styles, row), ["1", "5"]);
    }

    #[test]
    fn a_raised_digit_behind_a_number_does_not_join_it() {
        let marked = r#"<r><t>31</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>"#;
        let found = texts(
            &format!("<si>{marked}</si>"),
            "<fonts><font/></fonts><cellXfs><xf fontId=\"0\"/></cellXfs>",
            r#"<row><c t="s"><v>0</v></c><c><v>7</v></c></row>"#,
        );
        assert_eq!(found, ["31¹", "7"]);
    }

    #[test]
    fn a_sheet_is_read_as_it_is_shown() {
        let space = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
        let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/worksheet" Target="worksheets/one.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="/xl/texts.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>"#;
        let bytes = packed(&[
            (
                "xl/workbook.xml",
                &format!(
                    r#"<workbook {space}><sheets><sheet name="表" r:id="a"/><sheet name="藏" state="hidden" r:id="a"/></sheets></workbook>"#
                ),
            ),
            ("xl/_rels/workbook.xml.rels", relations),
            (
                "xl/texts.xml",
                &format!(
                    r#"<sst {space}><si><t>规章</t></si><si><r><t>发</t></r><r><rPr><strike/></rPr><t>9</t></r><rPh><t>fa</t></rPh><r><t>件</t></r></si></sst>"#
                ),
            ),
            (
                "xl/styles.xml",
                &format!(
                    r##"<styleSheet {space}><numFmts><numFmt numFmtId="164" formatCode="#,##0.0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"##
                ),
            ),
            (
                "xl/worksheets/one.xml",
                &format!(
                    r#"<worksheet {space}><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>8</v></c><c r="D2"><f>SUM(A1)</f><v>7.0000000000000009</v></c></row><row r="3" hidden="1"><c r="B3"><v>5</v></c></row><row r="4"><c r="B4" t="s"><v>1</v></c><c r="D4" s="1"><v>1234.56</v></c><c r="E4" t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="D2:E2"/></mergeCells></worksheet>"#
                ),
            ),
        ]);
        let document = read(&bytes).unwrap();
        let [Block::Grid(grid)] = &document.blocks[..] else {
            panic!("{:?}", document.blocks);
        };
        let cells: Vec<_> = grid
            .cells()
            .iter()
            .map(|cell| (cell.row, cell.column, cell.column_span, cell.text.as_str()))
            .collect();
        assert_eq!(
            cells,
            [
                (0, 0, 1, "规章"),
                (0, 1, 2, "7"),
                (1, 0, 1, "发件"),
                (1, 1, 1, "1,234.6"),
                (1, 2, 1, "x")
            ]
        );
        assert_eq!(grid.at(1, 1).unwrap().origin, Origin::sheet_cell("表", 3, 3));
    }
}
