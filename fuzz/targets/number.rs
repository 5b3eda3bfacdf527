//! The text of one cell: what is read of it as a number has the digits of the text and reads the same when printed again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::report::State;
use nianbao::text::numeral::Reading;

/// Digits and points of a text up to its bracketed remark.
fn digits(text: &str) -> String {
    let fold = |c| match c {
        '０'..='９' | '．' => char::from_u32(c as u32 - 0xfee0),
        '0'..='9' | '.' => Some(c),
        _ => None,
    };
    text.chars()
        .take_while(|c| !"(（".contains(*c))
        .filter_map(fold)
        .collect()
}

fuzz_target!(|text: &str| {
    let reading = Reading::of(text);
    let Some(value) = reading.value else {
        assert!(!matches!(reading.state, State::Number | State::Zero));
        return;
    };
    let printed = value.to_string();
    assert_eq!(
        reading.state == State::Zero,
        printed.trim_matches(['0', '.']).is_empty()
    );
    assert_eq!(
        Reading::of(&printed).value.map(|value| value.to_string()),
        Some(printed.clone())
    );
    if !text.contains('零') {
        assert_eq!(digits(text), printed.trim_start_matches('-'));
    }
});
