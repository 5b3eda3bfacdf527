//! Paragraphs and runs with what Word leaves in them.

use super::lists::Lists;
use crate::rng::Rng;

/// Text for XML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Writes paragraphs; chance decides what stands around their text.
pub struct Writer<'a> {
    /// Chance.
    pub rng: Rng,
    /// Lists used so far.
    pub lists: &'a mut Lists,
    /// Whether numbers are counted by Word.
    pub counted: bool,
}

impl Writer<'_> {
    /// A paragraph; with `numbered`, its number may be one that Word counts.
    pub fn paragraph(&mut self, text: &str, properties: &str, numbered: bool) -> String {
        let list = if numbered && self.counted {
            self.lists.take(text)
        } else {
            None
        };
        let (number, text) = match list {
            Some((list, rest)) => (
                format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list}"/></w:numPr>"#),
                rest,
            ),
            None => (String::new(), text),
        };
        let runs = self.runs(text);
        let extra = self.box_of_text();
        format!("<w:p><w:pPr>{properties}{number}</w:pPr>{runs}{extra}</w:p>")
    }

    /// The paragraphs of a cell.
    pub fn cell(&mut self, text: &str, label: bool) -> String {
        if self.rng.chance(50) {
            let paragraphs = text.split('\n').enumerate();
            return paragraphs
                .map(|(at, line)| self.paragraph_of_cell(line, label && at == 0))
                .collect();
        }
        self.paragraph_of_cell(text, label)
    }

    fn paragraph_of_cell(&mut self, text: &str, numbered: bool) -> String {
        let list = if numbered && self.counted {
            self.lists.take(text)
        } else {
            None
        };
        let (number, text) = match list {
            Some((list, rest)) => (
                format!(r#"<w:pPr><w:numPr><w:numId w:val="{list}"/></w:numPr></w:pPr>"#),
                rest,
            ),
            None => (String::new(), text),
        };
        format!("<w:p>{number}{}</w:p>", self.runs(text))
    }

    /// A row or cell, sometimes in a content control.
    pub fn controlled(&mut self, element: String) -> String {
        if self.rng.chance(4) {
            format!(r#"<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{element}</w:sdtContent></w:sdt>"#)
        } else {
            element
        }
    }

    /// Sometimes a row that was deleted.
    pub fn deleted_row(&mut self, columns: usize) -> String {
        if !self.rng.chance(4) {
            return String::new();
        }
        let cell = "<w:tc><w:p><w:r><w:t>77</w:t></w:r></w:p></w:tc>".repeat(columns);
        format!(r#"<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>{cell}</w:tr>"#)
    }

    /// Text in runs, cut anywhere, with what is not shown between them.
    fn runs(&mut self, text: &str) -> String {
        let mut out = String::new();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                out += "<w:r><w:br/></w:r>";
            }
            let characters: Vec<char> = line.chars().collect();
            let cut = self.rng.below(characters.len() + 1);
            for half in [&characters[..cut], &characters[cut..]] {
                out += &self.run(&half.iter().collect::<String>());
                out += self.noise();
            }
        }
        out
    }

    fn run(&mut self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let run = format!(
            r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
            escape(text)
        );
        match self.rng.below(20) {
            0 => format!(r#"<w:ins w:id="2" w:author="a">{run}</w:ins>"#),
            1 => format!(r#"<w:fldSimple w:instr=" =SUM(ABOVE) ">{run}</w:fldSimple>"#),
            2 => format!(
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =SUM(B2:B9) </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
            ),
            3 => format!(r#"<w:smartTag w:uri="urn:x" w:element="chsdate">{run}</w:smartTag>"#),
            4 => format!(
                r#"<mc:AlternateContent><mc:Choice Requires="wps">{run}</mc:Choice><mc:Fallback><w:r><w:t>66</w:t></w:r></mc:Fallback></mc:AlternateContent>"#
            ),
            _ => run,
        }
    }

    /// What is not shown.
    fn noise(&mut self) -> &'static str {
        match self.rng.below(24) {
            0 => r#"<w:del w:id="3" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>"#,
            1 => r#"<w:moveFrom w:id="4" w:author="a"><w:r><w:t>88</w:t></w:r></w:moveFrom>"#,
            2 => r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>55</w:t></w:r>"#,
            3 => r#"<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>44</w:t></w:r>"#,
            4 => {
                r#"<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>"#
            }
            5 => r#"<w:r><w:rPr><w:strike/></w:rPr><w:t>33</w:t></w:r>"#,
            _ => "",
        }
    }

    /// Sometimes an empty box, as both generations of Word write it.
    fn box_of_text(&mut self) -> &'static str {
        if self.rng.chance(3) {
            r#"<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"#
        } else {
            ""
        }
    }
}
