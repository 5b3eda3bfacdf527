//! Ruling lines from what a page draws: strokes, and rectangles filled so thin that they are lines.
//!
//! Invariant: only what can be seen counts: clipped to the visible part, white paint left out.

use kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// Thickest filled rectangle that is a line.
const THICK: f64 = 3.0;
/// Most that a line may lean, in points over its whole length.
const LEAN: f64 = 0.6;

/// A horizontal or vertical line on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// y of a horizontal line, x of a vertical one.
    pub at: f64,
    /// Where it begins, left or top.
    pub from: f64,
    /// Where it ends, right or bottom.
    pub to: f64,
}

impl Segment {
    /// A horizontal line.
    pub(crate) fn horizontal(y: f64, from: f64, to: f64) -> Self {
        Segment {
            horizontal: true,
            at: y,
            from,
            to,
        }
    }

    /// A vertical line.
    pub(crate) fn vertical(x: f64, from: f64, to: f64) -> Self {
        Segment {
            horizontal: false,
            at: x,
            from,
            to,
        }
    }

    /// Length along its direction.
    pub(super) fn length(&self) -> f64 {
        self.to - self.from
    }
}

/// The line between two points, if it is horizontal or vertical and inside the visible part.
fn between(a: Point, b: Point, visible: Rect) -> Option<Segment> {
    let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    if dy <= LEAN && dx > dy {
        let y = (a.y + b.y) / 2.0;
        let line = Segment::horizontal(y, a.x.min(b.x).max(visible.x0), a.x.max(b.x).min(visible.x1));
        (line.length() > 0.0 && y > visible.y0 - 1.0 && y < visible.y1 + 1.0).then_some(line)
    } else if dx <= LEAN && dy > dx {
        let x = (a.x + b.x) / 2.0;
        let line = Segment::vertical(x, a.y.min(b.y).max(visible.y0), a.y.max(b.y).min(visible.y1));
        (line.length() > 0.0 && x > visible.x0 - 1.0 && x < visible.x1 + 1.0).then_some(line)
    } else {
        None
    }
}

/// A rectangle as a line, if it is thin enough.
fn thin(rect: Rect, visible: Rect) -> Option<Segment> {
    let center = rect.center();
    if rect.height() <= THICK && rect.width() >= rect.height() {
        between(Point::new(rect.x0, center.y), Point::new(rect.x1, center.y), visible)
    } else if rect.width() <= THICK && rect.height() > rect.width() {
        between(Point::new(center.x, rect.y0), Point::new(center.x, rect.y1), visible)
    } else {
        None
    }
}

/// How a path is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Painted {
    /// Whether its inside is filled.
    pub filled: bool,
    /// Whether its outline is stroked.
    pub stroked: bool,
}

/// Appends the lines that a painted path shows within the visible part of the page.
pub(crate) fn from_path(path: &BezPath, transform: Affine, painted: Painted, visible: Rect, lines: &mut Vec<Segment>) {
    let Painted { filled, stroked } = painted;
    let mut shape = Subpath::default();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(point) => {
                shape.finish(filled, visible, lines);
                shape = Subpath::begin(transform * point);
            }
            PathEl::LineTo(point) => shape.line_to(transform * point, stroked, visible, lines),
            PathEl::ClosePath => {
                if let Some(start) = shape.start {
                    shape.line_to(start, stroked, visible, lines);
                }
            }
            PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                shape.curved = true;
                shape.here = transform * point;
            }
        }
    }
    shape.finish(filled, visible, lines);
}

/// One connected part of a path while it is walked.
#[derive(Default)]
struct Subpath {
    start: Option<Point>,
    here: Point,
    extent: Option<Rect>,
    corners: usize,
    curved: bool,
}

impl Subpath {
    fn begin(point: Point) -> Self {
        Subpath {
            start: Some(point),
            here: point,
            extent: Some(Rect::from_points(point, point)),
            ..Subpath::default()
        }
    }

    fn line_to(&mut self, point: Point, stroked: bool, visible: Rect, lines: &mut Vec<Segment>) {
        if stroked {
            lines.extend(between(self.here, point, visible));
        }
        self.corners += 1;
        self.here = point;
        self.extent = self.extent.map(|extent| extent.union_pt(point));
    }

    fn finish(&self, filled: bool, visible: Rect, lines: &mut Vec<Segment>) {
        if let Some(extent) = self.extent
            && filled
            && !self.curved
            && self.corners >= 3
        {
            lines.extend(thin(extent, visible));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Shape;

    const PAGE: Rect = Rect::new(0.0, 0.0, 600.0, 800.0);
    const STROKED: Painted = Painted {
        filled: false,
        stroked: true,
    };
    const FILLED: Painted = Painted {
        filled: true,
        stroked: false,
    };

    fn lines(path: &BezPath, painted: Painted) -> Vec<Segment> {
        let mut found = Vec::new();
        from_path(path, Affine::IDENTITY, painted, PAGE, &mut found);
        found
    }

    #[test]
    fn a_stroked_rectangle_is_four_lines() {
        let path = Rect::new(10.0, 20.0, 110.0, 60.0).to_path(0.1);
        let found = lines(&path, STROKED);
        assert_eq!(found.len(), 4);
        assert!(found.contains(&Segment::horizontal(20.0, 10.0, 110.0)));
        assert!(found.contains(&Segment::vertical(110.0, 20.0, 60.0)));
    }

    #[test]
    fn a_thin_filled_rectangle_is_one_line_and_a_thick_one_is_none() {
        let thin = Rect::new(10.0, 20.0, 110.0, 20.5).to_path(0.1);
        assert_eq!(lines(&thin, FILLED), [Segment::horizontal(20.25, 10.0, 110.0)]);
        let thick = Rect::new(10.0, 20.0, 110.0, 40.0).to_path(0.1);
        assert_eq!(lines(&thick, FILLED), []);
    }

    #[test]
    fn a_line_ends_where_the_visible_part_ends() {
        let mut path = BezPath::new();
        path.move_to((-50.0, 30.0));
        path.line_to((900.0, 30.0));
        let found = lines(&path, STROKED);
        assert_eq!(found, [Segment::horizontal(30.0, 0.0, 600.0)]);
    }

    #[test]
    fn a_slanted_line_is_no_ruling_line() {
        let mut path = BezPath::new();
        path.move_to((0.0, 0.0));
        path.line_to((100.0, 100.0));
        assert_eq!(lines(&path, STROKED), []);
    }
}
