//! Public bodies that do not exist.
//!
//! Invariant: no name here is the name of a real place or body; every character can be written in GBK, and in Big5 once it is
//! made traditional.

use crate::rng::Rng;

/// Invented place names without their level.
const PLACES: &[&str] = &[
    "霁川", "栖岚", "澜屏", "朔渚", "浣屏", "泠陵", "砚浦", "岑渚", "翎川", "昀泽", "汀岚", "槿川", "苇屏", "琅岫",
    "霁渚", "蓼川", "棠岫", "绛浦", "荻陵", "茗渚", "鹭岫", "枫渚", "檀屏", "桐岫", "煦川", "瑾陵", "葭浦", "砂岚",
    "橘渚", "麓屏",
];

/// Bureaus below a government.
const BUREAUS: &[&str] = &[
    "统计局",
    "水利局",
    "住房和城乡建设局",
    "教育局",
    "市场监督管理局",
    "文化和旅游局",
    "档案局",
    "自然资源局",
    "卫生健康委员会",
    "气象局",
];

/// Bodies of the whole country.
const NATIONAL: &[&str] = &[
    "国家湖沼保护局",
    "国家潮汐能源管理局",
    "国家古籍修复事务局",
    "国家山地交通局",
];

/// A body that reports.
#[derive(Clone, Debug)]
pub struct Agency {
    /// Full name, as in the title.
    pub name: String,
    /// What it calls itself: 我县, 我局.
    pub own: &'static str,
    /// About how many digits its large figures have.
    pub scale: u32,
    /// Name of the site that publishes for it.
    pub site: String,
    /// GB/T 2260 code of its region; none where its place is invented.
    pub region: Option<&'static str>,
    /// Its level of government, where its name says it.
    pub level: Option<&'static str>,
}

/// What kind of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A body of the whole country.
    National,
    /// The government of a province.
    Province,
    /// A bureau of a province.
    ProvinceBureau,
    /// The government of a city.
    City,
    /// A bureau of a city.
    CityBureau,
    /// The government of a county.
    County,
    /// The government of a district.
    District,
    /// The government of a town.
    Town,
    /// The office of a subdistrict.
    Subdistrict,
    /// The government of a township.
    Township,
    /// A university.
    University,
}

impl Level {
    /// The level of government, where a name of that kind says it. A city that does not exist may be one of a county.
    fn word(self) -> Option<&'static str> {
        match self {
            Level::National => Some("central"),
            Level::Province | Level::ProvinceBureau => Some("province"),
            Level::County | Level::District => Some("county"),
            Level::Town | Level::Subdistrict | Level::Township => Some("township"),
            Level::City | Level::CityBureau | Level::University => None,
        }
    }

    /// All of them.
    pub const ALL: [Level; 11] = [
        Level::National,
        Level::Province,
        Level::ProvinceBureau,
        Level::City,
        Level::CityBureau,
        Level::County,
        Level::District,
        Level::Town,
        Level::Subdistrict,
        Level::Township,
        Level::University,
    ];
}

/// Invents one, of a kind where that is given.
pub fn invent(level: Option<Level>, rng: &mut Rng) -> Agency {
    let mut places = PLACES.to_vec();
    rng.shuffle(&mut places);
    let [a, b, c] = [places[0], places[1], places[2]];
    let bureau = *rng.pick(BUREAUS);
    let any = *rng.pick(&Level::ALL);
    let kind = level.unwrap_or(any);
    let (name, own, scale, seat) = match kind {
        Level::National => ((*rng.pick(NATIONAL)).to_owned(), "我局", 5, "全国".to_owned()),
        Level::Province => (format!("{a}省人民政府"), "我省", 5, format!("{a}省")),
        Level::ProvinceBureau => (format!("{a}省{bureau}"), "我局", 4, format!("{a}省")),
        Level::City => (format!("{a}市人民政府"), "我市", 4, format!("{a}市")),
        Level::CityBureau => (format!("{a}市{bureau}"), "我局", 3, format!("{a}市")),
        Level::County => (format!("{a}县人民政府"), "我县", 3, format!("{a}县")),
        Level::District => (format!("{a}市{b}区人民政府"), "我区", 3, format!("{a}市{b}区")),
        Level::Town => (format!("{a}县{b}镇人民政府"), "我镇", 1, format!("{a}县")),
        Level::Subdistrict => (format!("{a}市{b}区{c}街道办事处"), "我街道", 1, format!("{a}市{b}区")),
        Level::Township => (format!("{a}乡人民政府"), "我乡", 1, format!("{b}县")),
        Level::University => (format!("{a}大学"), "我校", 2, format!("{a}市")),
    };
    Agency {
        name,
        own,
        scale,
        site: format!("{seat}人民政府门户网站"),
        region: None,
        level: kind.word(),
    }
}
