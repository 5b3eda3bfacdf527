//! Where recognised text stands on the page as displayed, and how likely it was read right.
//!
//! Pages are set straight before they are read; this leads the places back. Invariant: the box of a piece of text on a page that
//! was turned lies around the same ink.

use kurbo::{Affine, Point, Rect};

use super::page::{Seen, Shown};
use crate::document::{Block, Origin};

/// One page: how it was turned, and what was read on it.
#[derive(Debug)]
pub(super) struct Sheet {
    back: Affine,
    seen: Vec<(Rect, f64)>,
    unread: usize,
}

impl Sheet {
    /// The sheet of a page of a size in points.
    pub(super) fn new(shown: &Shown, size: (f64, f64)) -> Self {
        let middle = Point::new(size.0 / 2.0, size.1 / 2.0);
        Sheet {
            back: Affine::rotate_about(shown.angle.to_radians(), middle),
            unread: shown.seen.iter().filter(|seen| seen.decision.text.is_empty()).count(),
            seen: shown.seen.iter().map(|seen| (seen.bbox, likely(seen))).collect(),
        }
    }

    /// Pieces of ink that gave no text.
    pub(super) fn unread(&self) -> usize {
        self.unread
    }

    /// Leads a box of the straight page back.
    pub(super) fn displayed(&self, bbox: Rect) -> [f64; 4] {
        let bbox = self.back.transform_rect_bbox(bbox);
        [bbox.x0, bbox.y0, bbox.x1, bbox.y1]
    }

    /// Confidence of what stands in a box of the straight page: that of the least likely piece.
    fn confidence(&self, bbox: Rect) -> Option<f64> {
        let inside = self.seen.iter().filter(|(piece, _)| bbox.contains(piece.center()));
        inside.map(|(_, likely)| *likely).reduce(f64::min)
    }
}

fn likely(seen: &Seen) -> f64 {
    f64::from(seen.decision.likely)
}

/// Leads the places of all blocks back to their pages, and says how likely their text is; `sheets` are the pages that were
/// recognised, by their numbers from 1.
pub(super) fn lead_back(blocks: &mut [Block], sheets: &[(u32, Sheet)]) {
    let place = |origin: &mut Origin| {
        let Origin::Page { page, bbox, .. } = origin else {
            return;
        };
        if let Some((_, sheet)) = sheets.iter().find(|(number, _)| number == page) {
            let [x0, y0, x1, y1] = *bbox;
            let straight = Rect::new(x0, y0, x1, y1);
            *origin = Origin::recognised(*page, sheet.displayed(straight), sheet.confidence(straight));
        }
    };
    for block in blocks {
        each(block, place);
    }
}

/// Changes each place of a block.
pub(super) fn each(block: &mut Block, change: impl Fn(&mut Origin)) {
    match block {
        Block::Paragraph(paragraph) => change(&mut paragraph.origin),
        Block::Grid(grid) => grid.origins_mut().for_each(change),
    }
}
