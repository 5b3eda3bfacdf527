//! Text in an encoding that is said wrongly or not at all: naming the encoding that was found gives the same text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nianbao::read::{Hints, read};
use nianbao_fuzz::read_twice;

const SAID: [Option<&str>; 8] = [
    None,
    Some("utf-8"),
    Some("gb2312"),
    Some("gb18030"),
    Some("big5"),
    Some("utf-16"),
    Some("iso-8859-1"),
    Some("no such encoding"),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let hints = Hints {
        http_encoding: SAID[usize::from(first % 8)].map(Into::into),
        ..Hints::default()
    };
    let Some(document) = read_twice(bytes, &hints) else {
        return;
    };
    if document.encoding.is_some() {
        let hints = Hints {
            encoding: document.encoding.clone(),
            ..Hints::default()
        };
        let again = read(bytes, &hints).expect("the reader's own name of an encoding is known");
        assert_eq!(document.blocks, again.blocks);
    }
});
