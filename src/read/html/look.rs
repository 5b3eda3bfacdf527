//! What of an element is not plainly shown, as a set of marks.

use std::borrow::Cow;

use crate::read::raised::raised;

/// What of an element is not plainly shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look(u32);

impl Look {
    /// Takes no room.
    pub(super) const GONE: Look = Look(1);
    /// Takes room and is not seen.
    pub(super) const UNSEEN: Look = Look(1 << 1);
    /// Struck out: no longer said.
    pub(super) const STRUCK: Look = Look(1 << 2);
    /// Above the line, as a mark that points to a footnote is.
    pub(super) const RAISED: Look = Look(1 << 3);
    /// Below the line.
    pub(super) const LOWERED: Look = Look(1 << 4);
    /// So faint that it cannot be seen.
    pub(super) const FAINT: Look = Look(1 << 5);
    /// Cut away.
    pub(super) const CUT: Look = Look(1 << 6);
    /// Out of the page.
    pub(super) const AWAY: Look = Look(1 << 7);
    /// Of no width.
    pub(super) const NARROW: Look = Look(1 << 8);
    /// Of no height.
    pub(super) const LOW: Look = Look(1 << 9);
    /// Its lines have no height, or begin outside of it.
    pub(super) const OUTSIDE: Look = Look(1 << 10);
    /// What is larger than it is cut off.
    pub(super) const CLIPPED: Look = Look(1 << 11);
    /// Shown otherwise than it is written: backwards, or with characters that a style sheet adds.
    pub(super) const ODD: Look = Look(1 << 12);
    /// The file does not tell whether it is seen, or where it stands in its line.
    pub(super) const UNSURE: Look = Look(1 << 13);
    /// Has a colour or a background of its own.
    pub(super) const INKED: Look = Look(1 << 14);
    /// Has a size of type of its own.
    pub(super) const SIZED: Look = Look(1 << 15);
    /// Turned, moved or scaled until nothing is left.
    pub(super) const BENT_AWAY: Look = Look(1 << 16);
    /// Zoomed until nothing is left.
    pub(super) const ZOOMED_AWAY: Look = Look(1 << 17);
    /// Blurred or made faint by a filter.
    pub(super) const BLURRED: Look = Look(1 << 18);
    /// Said to be left out of what is drawn.
    pub(super) const NOT_DRAWN: Look = Look(1 << 19);
    /// Hidden in the office program that the page was saved from.
    pub(super) const LEFT_OUT: Look = Look(1 << 20);

    /// Puts a mark on an element or takes it off.
    pub(super) fn set(&mut self, mark: Look, on: bool) {
        self.0 = if on { self.0 | mark.0 } else { self.0 & !mark.0 };
    }

    /// Whether it bears a mark.
    pub(super) fn has(self, mark: Look) -> bool {
        self.0 & mark.0 != 0
    }

    /// Whether nothing of the element is to be read.
    pub(super) fn hides(self) -> bool {
        let small = self.has(Look::NARROW) || self.has(Look::LOW) || self.has(Look::OUTSIDE);
        small && self.has(Look::CLIPPED) || HIDING.iter().any(|mark| self.has(*mark))
    }

    /// Whether the element stands above or below the line.
    pub(super) fn is_off_line(self) -> bool {
        self.has(Look::RAISED) || self.has(Look::LOWERED)
    }

    /// The text of such an element as it looks: digits above or below the line never join the number before them. Only marks, not
    /// words.
    pub(super) fn draw(self, text: &str) -> Cow<'_, str> {
        if !self.is_off_line() || text.trim().chars().count() > LONGEST_MARK {
            return Cow::Borrowed(text);
        }
        let drawn = if self.has(Look::RAISED) { raised } else { lowered };
        Cow::Owned(text.chars().map(drawn).collect())
    }
}

/// A character as it looks below the line; only digits look otherwise there.
fn lowered(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32('₀' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        c => c,
    }
}

/// Each of them alone hides.
const HIDING: [Look; 11] = [
    Look::GONE,
    Look::UNSEEN,
    Look::STRUCK,
    Look::FAINT,
    Look::CUT,
    Look::AWAY,
    Look::BENT_AWAY,
    Look::ZOOMED_AWAY,
    Look::BLURRED,
    Look::NOT_DRAWN,
    Look::LEFT_OUT,
];

/// A longer text above the line is no mark.
const LONGEST_MARK: usize = 5;
