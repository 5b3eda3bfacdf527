use super::*;
use crate::report::BodyLevel;

fn read(agency: &str, around: &Surroundings) -> (Option<BodyLevel>, Option<String>, Option<String>) {
    let body = resolve(agency, around).body;
    (body.level, body.kind, body.region.map(|region| region.code))
}

fn alone(agency: &str) -> (Option<BodyLevel>, Option<String>, Option<String>) {
    read(
        agency,
        &Surroundings {
            year: Some(2022),
            ..Surroundings::default()
        },
    )
}

#[test]
fn a_name_says_its_level_its_kind_and_its_region() {
    use BodyLevel::{Central, City, County, Province, Township, Zone};
    for (agency, level, kind, region) in [
        ("江苏省人民政府", Some(Province), Some("government"), Some("320000")),
        ("海南省民政厅", Some(Province), Some("department"), Some("460000")),
        ("湖州市气象局", Some(City), Some("bureau"), Some("330500")),
        ("深圳市福田区住房和建设局", Some(County), Some("bureau"), Some("440304")),
        ("府谷县政府办", Some(County), Some("general_office"), Some("610822")),
        ("义乌市义亭镇", Some(Township), Some("town"), Some("330782")),
        ("桃江县鲊埠回族乡", Some(Township), Some("township"), Some("430922")),
        (
            "福田区香蜜湖街道办事处",
            Some(Township),
            Some("subdistrict"),
            Some("440304"),
        ),
        (
            "曲阜市鲁城街道办事处",
            Some(Township),
            Some("subdistrict"),
            Some("370881"),
        ),
        ("太和县太和镇人民政府", Some(Township), Some("town"), Some("341222")),
        (
            "府谷县城乡建设服务中心",
            Some(County),
            Some("institution"),
            Some("610822"),
        ),
        ("嘉峪关市人民政府", Some(City), Some("government"), Some("620200")),
        ("西咸新区底张街道办事处", Some(Township), Some("subdistrict"), None),
        ("平潭综合实验区管委会", Some(Zone), Some("zone_committee"), None),
        ("国家统计局", Some(Central), Some("bureau"), None),
        ("国家税务总局府谷县税务局", Some(County), Some("bureau"), Some("610822")),
        ("新疆自治区地方税务局", Some(Province), Some("bureau"), Some("650000")),
        ("府谷县住房和城乡建设局", Some(County), Some("bureau"), Some("610822")),
        ("府谷县市场监督管理局", Some(County), Some("bureau"), Some("610822")),
        ("府谷县人民法院", Some(County), Some("court"), Some("610822")),
        ("霁川县水利局", Some(County), Some("bureau"), None),
        (
            "湖北省恩施州巴东县人民政府",
            Some(County),
            Some("government"),
            Some("422823"),
        ),
        ("四川省凉山州财政局", Some(City), Some("bureau"), Some("513400")),
        (
            "青海省海西州格尔木市人民政府",
            Some(County),
            Some("government"),
            Some("632801"),
        ),
        ("湖北省霁川县人民政府", Some(County), Some("government"), None),
        ("湖南省霁川市财政局", None, Some("bureau"), None),
        ("湖北省市场监督管理局", Some(Province), Some("bureau"), Some("420000")),
        (
            "安徽省淠史杭灌区管理总局",
            Some(Province),
            Some("bureau"),
            Some("340000"),
        ),
        (
            "伊犁哈萨克自治州塔城地区行政公署",
            Some(City),
            Some("government"),
            Some("654200"),
        ),
        ("重庆市公安局九龙坡区分局", Some(County), Some("bureau"), Some("500107")),
        (
            "安庆市生态环境局潜山市分局",
            Some(County),
            Some("bureau"),
            Some("340882"),
        ),
        (
            "北京市规划和自然资源委员会通州分局",
            Some(County),
            Some("bureau"),
            Some("110112"),
        ),
        (
            "深圳市生态环境局龙岗管理局",
            Some(County),
            Some("bureau"),
            Some("440307"),
        ),
        ("安庆市生态环境局霁川分局", None, Some("bureau"), None),
        ("安庆市生态环境局直属分局", Some(City), Some("bureau"), Some("340800")),
        ("深圳市城市管理局", Some(City), Some("bureau"), Some("440300")),
        ("重庆两江新区管理委员会", Some(Zone), Some("zone_committee"), None),
        (
            "中国(上海)自由贸易试验区管理委员会",
            Some(Zone),
            Some("zone_committee"),
            None,
        ),
        ("审计署驻武汉特派员办事处", None, Some("office"), None),
        (
            "江苏省人民政府驻北京办事处",
            Some(Province),
            Some("office"),
            Some("320000"),
        ),
        ("中国气象局上海台风研究所", None, Some("institution"), None),
        ("国家移民管理局北京出入境边防检查总站", None, Some("institution"), None),
        ("县档案局", Some(County), Some("bureau"), None),
    ] {
        assert_eq!(
            alone(agency),
            (level, kind.map(Into::into), region.map(Into::into)),
            "{agency}"
        );
    }
}

#[test]
fn an_office_is_under_its_government_and_a_court_under_none() {
    let parent = |agency: &str| resolve(agency, &Surroundings::default()).body.parent;
    assert_eq!(parent("府谷县水利局").as_deref(), Some("府谷县人民政府"));
    assert_eq!(parent("府谷县人民政府").as_deref(), Some("榆林市人民政府"));
    assert_eq!(parent("府谷县人民法院"), None);
    assert_eq!(parent("昆山市人民检察院"), None);
    assert_eq!(parent("喀什地区疏附县人民政府").as_deref(), Some("喀什地区行政公署"));
    assert_eq!(parent("重庆市公安局九龙坡区分局").as_deref(), Some("重庆市公安局"));
    assert_eq!(parent("中国气象局上海台风研究所").as_deref(), Some("中国气象局"));
}

#[test]
fn spellings_of_one_body_share_their_key_and_bodies_of_one_name_do_not() {
    let key = |agency: &str| key(&resolve(agency, &Surroundings::default()).body);
    let office = key("府谷县人民政府办公室");
    assert_eq!(office, ("人民政府办公室".into(), Some("610822".into())));
    for spelling in [
        "府谷县政府办",
        "府谷县政府办公室",
        "榆林市府谷县人民政府办公室",
        "陕西省府谷县政府办",
    ] {
        assert_eq!(key(spelling), office, "{spelling}");
    }
    assert_eq!(key("府谷县卫健局"), key("府谷县卫生健康局"));
    assert_eq!(key("义乌市义亭镇"), key("义乌市义亭镇人民政府"));
    assert_ne!(key("南京市鼓楼区人民政府"), key("徐州市鼓楼区人民政府"));
    let year = |agency: &str, year| {
        super::key(
            &resolve(
                agency,
                &Surroundings {
                    year: Some(year),
                    ..Surroundings::default()
                },
            )
            .body,
        )
    };
    assert_eq!(year("沙县人民政府", 2019), year("沙县区人民政府", 2023));
}

#[test]
fn a_name_without_its_place_may_be_that_of_many_bodies() {
    let is_shared = |agency: &str| super::is_shared(&resolve(agency, &Surroundings::default()).body);
    for name in [
        "城关镇人民政府",
        "财政局",
        "市财政局",
        "县档案局",
        "鼓楼区财政局",
        "发改委",
        "东街街道办事处",
    ] {
        assert!(is_shared(name), "{name}");
    }
    for name in [
        "府谷县财政局",
        "霁川县财政局",
        "霁川县城关镇人民政府",
        "霁川大学",
        "国家统计局",
        "国家税务总局霁川县税务局",
        "平潭综合实验区管委会",
    ] {
        assert!(!is_shared(name), "{name}");
    }
}

#[test]
fn a_shared_name_is_decided_by_the_page_or_null_with_its_candidates() {
    let year = Some(2022);
    let none = resolve(
        "鼓楼区潮汐局",
        &Surroundings {
            year,
            ..Surroundings::default()
        },
    );
    assert_eq!(none.body.region, None);
    assert_eq!(none.body.level, Some(BodyLevel::County));
    assert!(
        none.diagnostics[0].message.contains("江苏省徐州市鼓楼区 (320302)"),
        "{:?}",
        none.diagnostics
    );
    let code = |around: Surroundings| read("鼓楼区潮汐局", &around).2;
    assert_eq!(
        code(Surroundings {
            year,
            site_code: Some("3203000012"),
            ..Surroundings::default()
        })
        .as_deref(),
        Some("320302")
    );
    assert_eq!(
        code(Surroundings {
            year,
            names: vec!["福州市鼓楼区人民政府"],
            ..Surroundings::default()
        })
        .as_deref(),
        Some("350102")
    );
    assert_eq!(
        code(Surroundings {
            year,
            text: vec!["地址：开封市北门大街"],
            ..Surroundings::default()
        })
        .as_deref(),
        Some("410204")
    );
    let by_line = |line| {
        code(Surroundings {
            year,
            text: vec![line],
            ..Surroundings::default()
        })
    };
    assert_eq!(
        by_line("联系地址：江苏省徐州市鼓楼区煤港路1号").as_deref(),
        Some("320302")
    );
    assert_eq!(by_line("我局与福州市鼓楼区潮汐局开展结对交流。"), None);
    assert_eq!(by_line("申请人户籍地为徐州市。"), None);
    assert_eq!(
        code(Surroundings {
            year,
            site_code: Some("3590000001"),
            ..Surroundings::default()
        }),
        None
    );
}

#[test]
fn the_domain_of_a_government_site_decides_last() {
    let code = |agency: &str, url: &str| {
        let around = Surroundings {
            year: Some(2022),
            url: Some(url),
            ..Surroundings::default()
        };
        read(agency, &around).2
    };
    let xuzhou = Some("320302".to_owned());
    assert_eq!(code("鼓楼区潮汐局", "https://gulou.xuzhou.gov.cn/zwgk/1.html"), xuzhou);
    assert_eq!(code("鼓楼区潮汐局", "http://www.gulou.gov.cn/zwgk/1.html"), None);
    assert_eq!(code("鼓楼区潮汐局", "http://xuzhou.example.com/gov.cn/1.html"), None);
    let fugu = Some("610822".to_owned());
    assert_eq!(code("清水镇人民政府", "http://www.fugu.gov.cn/qsz/1.html"), fugu);
    // A city's site says nothing of the county.
    assert_eq!(code("清水镇人民政府", "http://www.yulin.gov.cn/1.html"), None);
    assert_eq!(code("霁川县水利局", "http://www.fugu.gov.cn/1.html"), None);
}

#[test]
fn a_town_is_of_the_county_whose_site_it_is() {
    let around = Surroundings {
        year: Some(2022),
        site_code: Some("6108220003"),
        ..Surroundings::default()
    };
    let found = resolve("清水镇人民政府", &around);
    assert_eq!(found.body.name, "府谷县清水镇人民政府");
    assert_eq!(found.told, Some(Told::SiteCode("610822".into())));
    let city = Surroundings {
        site_code: Some("6108000003"),
        ..around.clone()
    };
    assert_eq!(resolve("清水镇人民政府", &city).body.region, None);
    assert_eq!(resolve("县档案局", &around).body.name, "府谷县档案局");
    let joint = resolve("平潭县、福清市", &around);
    assert_eq!(joint.body.region, None);
    assert_eq!(joint.diagnostics[0].code, "body.region_ambiguous");
    let other = Surroundings {
        site_code: Some("3201060001"),
        ..around
    };
    let contradicted = resolve("府谷县水利局", &other);
    assert_eq!(contradicted.body.region, None);
    assert_eq!(contradicted.diagnostics[0].code, "body.region_contradiction");
}
