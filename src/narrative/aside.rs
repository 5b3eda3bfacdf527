//! Brackets behind the name of a body: 各县（市、区）财政局, 全县（不含乡镇）.
//!
//! Invariant: such a bracket parts neither a name nor a clause; one that leaves bodies out makes what stands before it a part.

use super::lexicon::Bodies;

/// Longest words in such a bracket, in characters.
const LONGEST: usize = 30;
/// What leaves bodies out.
const LEAVING_OUT: &[&str] = &["不含", "不包括", "不包含", "除", "未含"];
/// What adds bodies, and what the names of units of a body end with.
const INCLUDING: &[&str] = &["含", "包括", "包含"];
const UNITS: &[&str] = &["科", "股", "处", "室", "所", "站", "队", "中心", "窗口"];
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
                let is_own = ends_as_own(&text, bodies);
                if LEAVING_OUT.iter().any(|word| inside.starts_with(word)) {
                    text.push_str(SOME);
                } else if is_of_territories(inside, bodies) || is_own && is_unit(inside, bodies) {
                    text.extend(inside.chars().filter(|c| c.is_alphabetic()));
                } else if let Some(others) = INCLUDING
                    .iter()
                    .find_map(|word| inside.strip_prefix(word))
                    .filter(|_| is_own)
                {
                    text.push('及');
                    text.push_str(others);
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

/// Whether words are the name of a unit of the body that stands before them: 我局(综合科).
fn is_unit(inside: &str, bodies: &Bodies) -> bool {
    let is_same = bodies.same.iter().any(|same| same == inside) || bodies.desks.end(inside);
    UNITS.iter().any(|end| inside.ends_with(end)) && !is_same && !inside.starts_with('原')
}

/// Whether a text ends with what a body that is no territory calls itself: 我局.
fn ends_as_own(text: &str, bodies: &Bodies) -> bool {
    let own = |noun: &str| {
        text.strip_suffix(noun)
            .filter(|_| !bodies.territories.iter().any(|level| level == noun))
    };
    let mut before = bodies.nouns.iter().filter_map(|noun| own(noun));
    before.any(|before| bodies.own.end(before))
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
            ("我局(综合科)收到", "我局综合科收到"),
            ("我局(办公室)收到", "我局收到"),
            ("我局(含下属单位)主动公开", "我局及下属单位主动公开"),
            ("收到申请(含信函)3件", "收到申请(含信函)3件"),
            ("我镇(12个村)收到", "我镇(12个村)收到"),
        ] {
            assert_eq!(without_asides(text, lexicon().bodies), plain, "{text}");
        }
    }
}
