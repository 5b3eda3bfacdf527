//! Folds text for comparison: compatibility forms, spaces, traditional characters.
//!
//! Invariant: folded text is only ever compared, never reported; what a report prints is kept as printed.

use std::sync::LazyLock;

use opencc_fmmseg::OpenCC;
use unicode_normalization::UnicodeNormalization;

use super::radical;
use super::set::CharSet;

static OPENCC: LazyLock<OpenCC> = LazyLock::new(OpenCC::new);

/// Characters that simplified Chinese does not use and that traditional print of the forms and of the names of public bodies has.
static TRADITIONAL: CharSet = CharSet::new(
    "熱點聞談絡郵頁錄場話駁錯閱輯電網時專職隱編訓諮領廢後採沒況獲現確穩納織萬製訪讀這題體亞佈佔來個們倫側偵偽備傳債傷傾儀億優儲內兩冊凍別剛創劃劇動務勞勢勵匯區協卻厲參吳員問喪單嗎嚴囑國圍園圓圖團執報壓實審寫對導屬廣強從復態應損據數於會條業構機權歲歷決\
    減濟無獎產異當發監稅節範糾紙組結絕給統經維線總繳繼續罰聯聽與舉處號補複見規訂計訊訟設許訴評詢該誌認語說課請議護財責費資購轉辦辭農進運過適選門開關際隨險雖雜項頒額類學廳鎮鄉縣館銀係種頭徑標欄為碼衆負輿閩",
);

/// Folds text: NFKC, no white space, no invisible characters, traditional to simplified, brackets of pinyin dropped.
pub fn fold(text: &str) -> String {
    // Most texts are folded already.
    if text.chars().all(is_folded) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    let mut traditional = false;
    for c in text.chars() {
        match c {
            c if is_plain(c) => {
                traditional |= is_traditional(c);
                folded.push(c);
            }
            '\u{ff01}'..='\u{ff5e}' => folded.extend(char::from_u32(c as u32 - 0xfee0)),
            '\u{2460}'..='\u{2473}' => {
                folded.push_str(&format!("({})", c as u32 - 0x245f));
            }
            c if is_ignorable(c) => {}
            c if radical::is_radical(c) => folded.push(radical::character(c)),
            c => folded.extend(std::iter::once(c).nfkc().filter(|c| !is_ignorable(*c))),
        }
    }
    if traditional { simplify(&folded) } else { folded }
}

/// Whether folding keeps a character, whatever stands beside it.
pub fn is_folded(c: char) -> bool {
    is_plain(c) && !is_traditional(c)
}

/// Characters that folding keeps, traditional ones apart.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}')
}

/// White space, controls and characters without width.
pub fn is_ignorable(c: char) -> bool {
    match c {
        '!'..='~' | '\u{4e00}'..='\u{9fff}' => false,
        c => {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        }
    }
}

fn is_traditional(c: char) -> bool {
    TRADITIONAL.has(c)
}

/// Traditional to simplified. Mirror sites also put pinyin in brackets behind converted characters (`數(shù)`): it is dropped.
fn simplify(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(open) = rest.find('(') {
        let (before, bracket) = rest.split_at(open);
        plain.push_str(before);
        match bracket.find(')') {
            Some(close) if close > 1 && bracket[1..close].chars().all(is_pinyin) => rest = &bracket[close + 1..],
            _ => {
                plain.push('(');
                rest = &bracket[1..];
            }
        }
    }
    plain.push_str(rest);
    OPENCC.convert(&plain, "t2s", false)
}

fn is_pinyin(c: char) -> bool {
    c.is_ascii_lowercase() || "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_traditional_character_of_the_forms_marks_a_text_as_traditional() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let forms = std::fs::read_dir(root.join("schema/forms")).unwrap();
        let files = forms.map(|entry| entry.unwrap().path());
        let texts = files.chain([root.join("schema/sections.toml")]);
        let texts: Vec<String> = texts.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let simplified: String = texts
            .concat()
            .chars()
            .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
            .collect();
        let traditional = OPENCC.convert(&simplified, "s2t", false);
        let missing: std::collections::BTreeSet<char> = simplified
            .chars()
            .zip(traditional.chars())
            .filter(|(a, b)| {
                a != b && !is_traditional(*b) && OPENCC.convert(&b.to_string(), "t2s", false) != b.to_string()
            })
            .map(|(_, b)| b)
            .collect();
        assert!(missing.is_empty(), "{}", missing.iter().collect::<String>());
    }

    #[test]
    fn width_space_and_script_do_not_matter() {
        for (text, folded) in [
            ("（一） 予以\n公开", "(一)予以公开"),
            ("本年新\u{a0}收１２３\u{200b}", "本年新收123"),
            ("⼀、总体情况", "一、总体情况"),
            ("⻓沙县⼈⺠政府", "长沙县人民政府"),
            ("第二十條第（一）項", "第二十条第(一)项"),
            ("制發(fā)件數(shù)", "制发件数"),
            ("①当面申请数", "(1)当面申请数"),
            ("行政復議", "行政复议"),
            ("結轉下年度繼續辦理", "结转下年度继续办理"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
