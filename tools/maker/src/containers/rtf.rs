//! RTF as Word writes it: Chinese as double bytes of GBK or by Unicode number, cells by their edges, numbers as text beside.
//!
//! Invariant: what is hidden, deleted or an instruction holds other figures than the report, so that reading it shows.

use super::{Container, Family};
use crate::faults::Faults;
use crate::layout;
use crate::paper::{Block, Paper, heading_lines};
use crate::rng::Rng;
use crate::sheet::Sheet;
use crate::slots::{self, Slot};

/// The container.
pub static CONTAINER: Container = Container {
    name: "rtf",
    family: Family::Word,
    extension: "rtf",
    lossy: false,
    counts: false,
    render,
};

/// Width of a column in twentieths of a point.
const WIDTH: usize = 700;

struct Writer {
    rng: Rng,
    /// Whether characters are written by their Unicode numbers.
    unicode: bool,
}

fn render(paper: &Paper, faults: &Faults, rng: &mut Rng) -> anyhow::Result<Vec<u8>> {
    let mut writer = Writer {
        rng: rng.fork(),
        unicode: faults.variant.is_multiple_of(2),
    };
    let mut out = String::from(
        r"{\rtf1\ansi\ansicpg936\uc2\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql \snext0 Normal;}}{\*\generator Riched20 5.40;}",
    );
    out += &format!("{{\\header \\pard {}\\par}}", writer.text(&paper.site));
    title(&paper.title, &mut writer, &mut out);
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => title(lines, &mut writer, &mut out),
            Block::Heading {
                level,
                number,
                text,
                broken_at,
            } => {
                let outline = format!("\\outlinelevel{}", level.saturating_sub(1));
                out += &match broken_at {
                    Some(at) => {
                        let lines = heading_lines(number, text, Some(*at));
                        let lines: Vec<String> = lines.iter().map(|line| writer.text(line)).collect();
                        format!("\\pard{outline} {}\\par\n", lines.join("\\line "))
                    }
                    None if number.is_empty() => format!("\\pard{outline} {}\\par\n", writer.text(text)),
                    None => format!(
                        "{{\\listtext\\pard\\plain {}}}\\pard{outline} {}\\par\n",
                        writer.text(number),
                        writer.text(text)
                    ),
                };
            }
            Block::RunIn { head, rest } => out += &writer.paragraph(&format!("{head}{rest}")),
            Block::Paragraph(text) | Block::Closing(text) => out += &writer.paragraph(text),
            Block::Table(sheet) => out += &table(sheet, faults, &mut writer),
        }
    }
    Ok((out + "}").into_bytes())
}

fn title(lines: &[String], writer: &mut Writer, out: &mut String) {
    for line in lines {
        *out += &format!("\\pard\\qc {}\\par\n", writer.text(line));
    }
}

fn table(sheet: &Sheet, faults: &Faults, writer: &mut Writer) -> String {
    let grid = layout::whole(sheet, faults);
    let mut out = String::new();
    for row in slots::rows(&grid) {
        // Programs round edges, and not each row alike.
        let shift = writer.rng.below(9);
        let mut edge = 0;
        let (mut definition, mut cells) = (String::from("\\trowd\\trgaph108\\trleft0"), String::new());
        for slot in row {
            let cell = slot.cell();
            if slot.is_tall() {
                definition += match slot {
                    Slot::Begins(_) => "\\clvmgf",
                    Slot::Continues(_) => "\\clvmrg",
                };
            }
            edge += cell.columns * WIDTH;
            definition += &format!("\\clbrdrt\\brdrs\\cellx{}", edge + shift);
            let lines: Vec<String> = match slot {
                Slot::Begins(cell) => cell.text.split('\n').map(|line| writer.text(line)).collect(),
                Slot::Continues(_) => Vec::new(),
            };
            let between = if writer.rng.chance(50) { "\\par " } else { "\\line " };
            cells += &format!("{}\\cell ", lines.join(between));
        }
        out += &if writer.rng.chance(50) {
            format!("{definition}\\pard\\intbl {cells}\\row\n")
        } else {
            format!("\\pard\\intbl {cells}{definition}\\row\n")
        };
    }
    out + "\\pard\\par\n"
}

impl Writer {
    fn paragraph(&mut self, text: &str) -> String {
        format!("\\pard\\plain\\fi480 {}\\par\n", self.text(text))
    }

    /// Text with what is not shown between its halves.
    fn text(&mut self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let cut = self.rng.below(characters.len() + 1);
        let noise = match self.rng.below(16) {
            0 => "{\\v 55}",
            1 => "{\\deleted 99}",
            2 => "{\\field{\\*\\fldinst SUM(ABOVE) 66}{\\fldrslt }}",
            3 => "{\\*\\bkmkstart b1}{\\*\\bkmkend b1}",
            4 => "{\\strike 33}",
            _ => "",
        };
        let half = |part: &[char]| part.iter().map(|c| self.character(*c)).collect::<String>();
        format!("{}{noise}{}", half(&characters[..cut]), half(&characters[cut..]))
    }

    fn character(&self, character: char) -> String {
        if matches!(character, '\\' | '{' | '}') {
            return format!("\\{character}");
        }
        if character.is_ascii() {
            return character.into();
        }
        let mut buffer = [0; 4];
        let (bytes, _, lost) = encoding_rs::GBK.encode(character.encode_utf8(&mut buffer));
        let bytes: String = bytes.iter().map(|byte| format!("\\'{byte:02x}")).collect();
        if !self.unicode && !lost {
            return format!("{{\\f1 {bytes}}}");
        }
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units);
        units
            .iter()
            .map(|unit| format!("{{\\uc1\\u{}?}}", *unit as i16))
            .collect()
    }
}
