//! A chart of one body's harmonised series as SVG: a panel for each indicator, one below the other.
//!
//! Readable without colour: each value is printed at its point, what is near an indicator and not the same (≈) has a hollow point, and
//! each break is a dashed line with its words. Invariant: a missing year and a break both end the line.

use std::fmt::Write;

use super::crosswalk::Indicator;
use super::harmonised::Point;

const WIDTH: f64 = 760.0;
/// Height of a panel, and of the title above all.
const PANEL: f64 = 190.0;
const TITLE: f64 = 44.0;
/// Room left and right of the years, and above and below the values.
const SIDE: f64 = 60.0;
const ABOVE: f64 = 58.0;
const BELOW: f64 = 26.0;

const STYLE: &str = "text{font:12px sans-serif;fill:#222;text-anchor:middle}.title{font-size:17px;text-anchor:start}\
.name{font-weight:bold;text-anchor:start}.year,.break{fill:#555}.break{font-size:10px}\
.line{fill:none;stroke:#0b5394;stroke-width:2}.axis{stroke:#888}.cut{stroke:#888;stroke-dasharray:4 3}\
circle{fill:#0b5394;stroke:#0b5394;stroke-width:2}.near{fill:#fff}";

/// The chart of all bodies that a report names so, from values in the order of their series; nothing where they have none of the indicators.
///
/// The years in which a report spells the name of its body otherwise are there, too. Of several bodies of one name each has panels of its
/// own, which say its region.
pub fn svg(body: &str, points: &[Point], indicators: &[&Indicator]) -> Option<String> {
    let named = |points: &&[Point]| points.iter().any(|point| point.body == body || point.agency == body);
    let bodies: Vec<&[Point]> = points
        .chunk_by(|one, next| one.is_of_the_body_of(next))
        .filter(named)
        .collect();
    let mut panels = Vec::new();
    for points in &bodies {
        let region = points[0].region_code.as_deref().filter(|_| bodies.len() > 1);
        for indicator in indicators {
            let points: Vec<&Point> = points.iter().filter(|point| point.indicator == indicator.key).collect();
            if !points.is_empty() {
                panels.push((name(indicator, region), points));
            }
        }
    }
    (!panels.is_empty()).then(|| drawn(body, &panels))
}

/// The title of a panel.
fn name(indicator: &Indicator, region: Option<&str>) -> String {
    let region = region.map(|code| format!("{code} ")).unwrap_or_default();
    format!(
        "{region}{}（{}） {}",
        indicator.chinese, indicator.unit, indicator.english
    )
}

fn drawn(body: &str, panels: &[(String, Vec<&Point>)]) -> String {
    let years = || panels.iter().flat_map(|(_, points)| points).map(|point| point.year);
    let (first, last) = (years().min().unwrap_or(0), years().max().unwrap_or(0));
    let height = TITLE + PANEL * panels.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\
         <title>{0}</title><style>{STYLE}</style><rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text class=\"title\" x=\"{SIDE}\" y=\"28\">{0}</text>\n",
        escaped(body)
    );
    for (index, (name, points)) in panels.iter().enumerate() {
        let panel = Panel {
            top: TITLE + PANEL * index as f64,
            first,
            last,
            most: points.iter().map(|point| height_of(point)).fold(1.0, f64::max),
        };
        panel.draw(name, points, &mut svg);
    }
    svg + "</svg>\n"
}

fn height_of(point: &Point) -> f64 {
    f64::try_from(point.value.0).unwrap_or(0.0)
}

/// One indicator over the years.
struct Panel {
    top: f64,
    first: i32,
    last: i32,
    most: f64,
}

impl Panel {
    fn x(&self, year: f64) -> f64 {
        let years = f64::from((self.last - self.first).max(1));
        SIDE + (year - f64::from(self.first)) / years * (WIDTH - 2.0 * SIDE)
    }

    fn y(&self, point: &Point) -> f64 {
        self.floor() - height_of(point) / self.most * (PANEL - ABOVE - BELOW)
    }

    fn floor(&self) -> f64 {
        self.top + PANEL - BELOW
    }

    fn draw(&self, name: &str, points: &[&Point], svg: &mut String) {
        let (top, floor) = (self.top, self.floor());
        let end = WIDTH - SIDE;
        put(
            svg,
            format_args!(
                "<text class=\"name\" x=\"{SIDE}\" y=\"{}\">{}</text>",
                top + 16.0,
                escaped(name)
            ),
        );
        put(svg, format_args!("<path class=\"axis\" d=\"M{SIDE} {floor}H{end}\"/>"));
        let mut line = String::new();
        for (index, point) in points.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| points[before]);
            let joined = point.broken.is_none() && before.is_some_and(|before| before.year + 1 == point.year);
            let _ = write!(
                line,
                "{}{:.1} {:.1}",
                if joined { 'L' } else { 'M' },
                self.x(point.year.into()),
                self.y(point)
            );
            if let (Some(words), Some(before)) = (&point.broken, before) {
                self.cut(f64::from(before.year + point.year) / 2.0, words, svg);
            }
        }
        put(svg, format_args!("<path class=\"line\" d=\"{line}\"/>"));
        for point in points {
            let (x, y) = (self.x(point.year.into()), self.y(point));
            let near = if point.link.contains('≈') {
                " class=\"near\""
            } else {
                ""
            };
            put(svg, format_args!("<circle{near} cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"));
            put(
                svg,
                format_args!("<text x=\"{x:.1}\" y=\"{:.1}\">{}</text>", y - 9.0, point.value),
            );
            put(
                svg,
                format_args!(
                    "<text class=\"year\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                    floor + 17.0,
                    point.year
                ),
            );
        }
    }

    /// A break between two years.
    fn cut(&self, year: f64, words: &str, svg: &mut String) {
        let (x, top, floor) = (self.x(year), self.top + 34.0, self.floor());
        put(
            svg,
            format_args!("<path class=\"cut\" d=\"M{x:.1} {top:.1}V{floor:.1}\"/>"),
        );
        put(
            svg,
            format_args!(
                "<text class=\"break\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                top - 3.0,
                escaped(words)
            ),
        );
    }
}

fn put(svg: &mut String, element: std::fmt::Arguments) {
    // A string takes everything.
    let _ = writeln!(svg, "{element}");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
