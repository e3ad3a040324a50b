"""What an organ's name tells: its level, and whether it is one of the 各级人民政府.

Places are invented, but where the level rests on a list of real ones (municipalities, county cities).
"""

import pytest
from nianbao.report.issuer import Level, infer

GOVERNMENTS: dict[Level, tuple[str, ...]] = {
    "township": (
        *("云岭镇", "云岭镇人民政府", "青禾县云岭镇人民政府", "云岭镇政府", "云岭镇党委政府", "柳溪乡"),
        *("柳溪苗族乡人民政府", "金沙旗白音苏木人民政府", "上海市浦东新区三林镇人民政府"),
    ),
    "county": (
        *("青禾县", "青禾县人民政府", "青禾县政府", "青禾县委县政府", "青禾县委、县人民政府", "青禾县人民政府（本级）"),
        *("青禾县人民政府门户网站", "望川苗族自治县人民政府", "金沙旗人民政府", "金沙达斡尔族自治旗", "云溪区"),
        *("临川市云溪区人民政府", "神农架林区人民政府", "六枝特区人民政府", "临川市矿区人民政府", "西安市新城区人民政府"),
        # districts and counties of a municipality are of the county's level
        *("上海市黄浦区", "上海市黄浦区人民政府", "北京市朝阳区", "重庆市云阳县", "天津市滨海新区人民政府", "浦东新区"),
        # county cities: on their own, in their province, in their prefecture
        *("昆山市人民政府", "昆山市", "江苏省昆山市人民政府", "江苏昆山市", "苏州市昆山市", "昆山市委市政府"),
        *("津市市人民政府", "芒市", "仙桃市人民政府", "石河子市人民政府", "临川市青禾市人民政府"),
        *("湘西州吉首市", "云朔自治州青禾市", "和田地区和田市人民政府"),
    ),
    "city": (
        *("临川市", "临川市人民政府", "海岚省临川市人民政府", "临川市委市政府", "中共临川市委临川市人民政府"),
        *("杭州市", "广州市", "郑州市人民政府", "景德镇市人民政府", "张家口市", "呼伦贝尔市", "防城港市人民政府"),
        *("云朔自治州", "云朔藏族自治州人民政府", "湘西州"),
        # a title that names its organ twice
        *("临川市人民政府临川市人民政府", "临川市临川市人民政府"),
    ),
    "province": (
        *("海岚省", "海岚省人民政府", "朔北自治区人民政府", "上海市", "上海市人民政府", "重庆市人民政府", "北京市"),
    ),
}  # fmt: skip

OTHERS: dict[Level, tuple[str, ...]] = {
    "township": (
        *("石桥街道", "石桥街道办事处", "石桥街道办", "云溪区石桥街道党工委", "临川市云溪区人民政府石桥街道办事处"),
        *("云溪区来营地区办事处", "云岭镇人民政府办公室"),
    ),
    "bureau": (
        *("青禾县发展和改革局", "省教育厅", "海岚省教育厅", "临川市卫生健康委员会", "北京市云溪区教育委员会"),
        *("临川市国资委", "临川市人民政府国有资产监督管理委员会", "临川市城市管理委员会", "青禾县乡镇企业局"),
        *("青禾县扶贫开发办公室", "青禾县人民防空办公室", "临川市住房公积金管理中心", "青禾县人民医院"),
        *("临川市公安局交通警察支队", "青禾县供销合作社", "青禾县总工会", "青禾县档案馆", "青禾县人民武装部"),
        *("云岭镇中心卫生院", "云岭镇财政所", "临川风景名胜区管理局", "中共青禾县委宣传部"),
        *("青禾县人民政府驻临川办事处", "第八师教育局", "临川市第一中学", "临川市供电公司"),
        # what ministries send out
        *("国家税务总局青禾县税务局", "国家统计局青禾调查队", "国家矿山安全监察局海岚局", "青岛海关"),
        *("海关总署广东分署", "中国人民银行青禾县支行", "海岚省气象局", "国家能源局海岚监管办公室"),
    ),
    "county": ("青禾县人民政府办公室", "青禾县政府办公室", "青禾县政府办", "青禾县府办", "云溪区人民政府办公室"),
    "city": ("临川市人民政府办公室", "临川市政府办公厅", "阿里地区行政公署", "锡林郭勒盟行政公署", "临川地区行署"),
    "province": ("海岚省人民政府办公厅", "上海市人民政府办公厅", "朔北自治区人民政府办公厅"),
    "ministry": (
        *("教育部", "中华人民共和国教育部", "住房和城乡建设部", "海关总署", "审计署", "国家税务总局"),
        *("国家发展和改革委员会", "国家发展改革委", "国家市场监督管理总局", "国家统计局", "国家林业和草原局"),
        *("国家典籍署", "中国人民银行", "中国气象局", "国务院办公厅", "国务院国有资产监督管理委员会"),
    ),
}  # fmt: skip

# Sent out by a government and governing like one: whether 条例第五十条第（四）项 binds them the name does not tell.
UNKNOWN: dict[Level | None, tuple[str, ...]] = {
    "county": (
        *("临川经济技术开发区管理委员会", "临川经济技术开发区", "临川高新区管委会", "云溪新区", "青禾工业园区管委会"),
        *("国家级临川高新技术产业开发区管理委员会", "临川生态城管理委员会", "临川开发区党工委、管委会"),
    ),
    "city": ("平潭综合实验区", "平潭综合实验区管委会", "新疆生产建设兵团第一师", "第八师石河子市"),
    "province": ("新疆生产建设兵团",),
    "township": ("一四七团", "第八师一四七团场"),
    None: ("", "某某", "两新组织", "人民政府"),
}  # fmt: skip


def _cases(table: dict[Level, tuple[str, ...]]) -> list[tuple[str, Level]]:
    return [(name, level) for level, names in table.items() for name in names]


@pytest.mark.parametrize(("name", "level"), _cases(GOVERNMENTS))
def test_people_s_government(name: str, level: Level) -> None:
    assert infer(name) == (name, level, True)


@pytest.mark.parametrize(("name", "level"), _cases(OTHERS))
def test_no_people_s_government(name: str, level: Level) -> None:
    assert infer(name) == (name, level, False)


@pytest.mark.parametrize(
    ("name", "level"), [(name, level) for level, names in UNKNOWN.items() for name in names]
)
def test_name_does_not_tell(name: str, level: Level | None) -> None:
    assert infer(name) == (name, level, None)


# -- each word by which a name is read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "end",
    [
        *("门户网站", "网站", "（本级）", "(本级)", "本级", "（办公室）", "(办公室)"),
        *("的", "、", "，", "：", ":", "-", "—", "_", "|", " "),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(end: str) -> None:
    assert infer(f"青禾县人民政府{end}")[1:] == ("county", True)


@pytest.mark.parametrize("office", ["党政综合办公室", "党政办公室", "综合办公室", "办公厅", "办公室", "办"])
@pytest.mark.parametrize("government", ["人民政府", "政府", "府"])
def test_the_office_of_a_government(office: str, government: str) -> None:
    assert infer(f"云岭镇{government}{office}")[1:] == ("township", False)


@pytest.mark.parametrize("end", ["办事处", "街道", "街道办", "街道党工委"])
def test_a_subdistrict(end: str) -> None:
    assert infer(f"云溪区石桥{end}")[1:] == ("township", False)


@pytest.mark.parametrize("end", ["行政公署", "行署", "地区", "盟"])
def test_what_a_province_sends_out(end: str) -> None:
    assert infer(f"朔北{end}")[1:] == ("city", False)


@pytest.mark.parametrize("end", ["联盟", "驻临川办事处"])
def test_what_only_sounds_like_it(end: str) -> None:
    assert infer(f"青禾县{end}")[1] in (None, "bureau")


@pytest.mark.parametrize(
    "zone",
    [
        *("新区", "开发区", "高新区", "经开区", "园区", "实验区", "试验区", "示范区", "度假区", "景区", "名胜区"),
        *("管理区", "保税区", "合作区", "工业区", "产业区", "集聚区", "集中区", "功能区", "经济区", "港区"),
        *("科技城", "生态城", "新城", "产业园", "工业园", "科技园"),
    ],
)  # fmt: skip
def test_a_zone(zone: str) -> None:
    assert infer(f"临川{zone}")[1:] == ("county", None)


@pytest.mark.parametrize("end", ["区", "城", "园", "港", "岛", "湖", "山", "带", "基地"])
@pytest.mark.parametrize("committee", ["管理委员会", "管委会", "党工委"])
def test_a_zone_by_its_committee(end: str, committee: str) -> None:
    assert infer(f"临川北{end}{committee}")[1:] == ("county", None)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        *(("柳溪镇", "township"), ("柳溪乡", "township"), ("白音苏木", "township"), ("海岚省", "province")),
        *(("朔北自治区", "province"), ("云朔州", "city"), ("临川市", "city"), ("青禾县", "county")),
        *(("云溪区", "county"), ("金沙旗", "county"), ("北京市", "province"), ("上海市", "province")),
        *(("天津市", "province"), ("重庆市", "province"), ("浦东新区", "county"), ("滨海新区", "county")),
    ],
)
def test_each_kind_of_place(name: str, level: Level) -> None:
    assert infer(name)[1:] == (level, True)


@pytest.mark.parametrize("seat", ["省", "自治区", "州", "市", "县", "区", "旗", "镇", "乡", "苏木"])
def test_the_party_named_beside_the_government(seat: str) -> None:
    assert infer(f"中共金沙{seat}委{seat}政府")[1] == infer(f"金沙{seat}")[1]


@pytest.mark.parametrize("within", ["市", "自治州", "地区", "盟"])
def test_a_city_within_another_is_of_the_county_s_level(within: str) -> None:
    assert infer(f"云朔{within}青禾市")[1] == "county"


@pytest.mark.parametrize(
    "ministry",
    [
        *("外交部", "国防部", "教育部", "科学技术部", "科技部", "工业和信息化部", "公安部", "民政部", "司法部"),
        *("财政部", "人力资源和社会保障部", "自然资源部", "生态环境部", "住房和城乡建设部", "交通运输部", "水利部"),
        *("农业农村部", "商务部", "文化和旅游部", "退役军人事务部", "应急管理部", "审计署", "海关总署"),
        *("中国人民银行", "中国证券监督管理委员会", "中国证监会", "中国银行保险监督管理委员会", "中国气象局"),
        *("中国地震局", "中国民用航空局", "中国科学院", "中国工程院", "中国社会科学院"),
        *("国家典籍局", "国家典籍署", "国家典籍委员会", "国家典籍委", "国务院典籍办公室"),
    ],
)  # fmt: skip
def test_each_ministry(ministry: str) -> None:
    assert infer(ministry)[1:] == ("ministry", False)


@pytest.mark.parametrize(
    "end",
    [
        *("局", "厅", "委", "署", "办", "室", "中心", "院", "站", "所", "队", "处", "科", "部", "馆", "社", "会"),
        *("台", "公司", "集团", "厂", "银行", "支行", "分行", "海关", "校", "大学", "中学", "小学", "幼儿园"),
    ],
)  # fmt: skip
def test_each_kind_of_department(end: str) -> None:
    assert infer(f"青禾典籍{end}")[1:] == ("bureau", False)
