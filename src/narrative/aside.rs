//! Brackets behind the name of a body: 各县（市、区）财政局, 全县（不含乡镇）.
//!
//! Invariant: such a bracket parts neither a name nor a clause; one that leaves bodies out makes what stands before it a part.

use super::lexicon::Bodies;

/// Longest words in such a bracket, in characters.
const LONGEST: usize = 30;
/// What leaves bodies out.
const LEAVING_OUT: &[&str] = &["不含", "不包括", "不包含", "除", "未含"];
/// What stands for a body without those that a bracket leaves out.
const SOME: &str = "部分单位";

/// A folded text without the brackets behind the names of bodies. What counts something is no aside.
pub(super) fn without_asides(folded: &str, bodies: &Bodies) -> String {
    let mut text = String::new();
    let mut rest = folded;
    while let Some((before, behind)) = rest.split_once('(') {
        text.push_str(before);
        let aside = behind
            .split_once(')')
            .filter(|(inside, _)| is_aside(&text, inside, bodies));
        rest = match aside {
            Some((inside, behind)) => {
                if LEAVING_OUT.iter().any(|word| inside.starts_with(word)) {
                    text.push_str(SOME);
                } else if is_of_territories(inside, bodies) {
                    text.extend(inside.chars().filter(|c| c.is_alphabetic()));
                }
                behind
            }
            None => {
                text.push('(');
                behind
            }
        };
    }
    text + rest
}

/// Whether words are nothing but kinds of territories, as which the name continues: 各县(市、区)财政局.
fn is_of_territories(inside: &str, bodies: &Bodies) -> bool {
    let is_territory = |word: &str| bodies.territories.iter().any(|territory| territory == word);
    inside.split(['、', ',', ';', '和']).all(is_territory)
}

fn is_aside(before: &str, inside: &str, bodies: &Bodies) -> bool {
    let mut names = bodies.nouns.iter().chain(&bodies.territories).chain(&bodies.groups);
    let is_plain = !inside.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '('));
    let is_body = before.ends_with("各地") || names.any(|name| before.ends_with(name.as_str()));
    is_plain && is_body && inside.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::*;

    #[test]
    fn a_bracket_behind_a_body_parts_no_name() {
        for (text, plain) in [
            ("各县(市、区)财政局主动公开", "各县市区财政局主动公开"),
            ("全县(不含乡镇)收到", "全县部分单位收到"),
            ("收到申请(含信函)3件", "收到申请(含信函)3件"),
            ("我镇(12个村)收到", "我镇(12个村)收到"),
        ] {
            assert_eq!(without_asides(text, lexicon().bodies), plain, "{text}");
        }
    }
}
