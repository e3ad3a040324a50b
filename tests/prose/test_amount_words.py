"""Each word by which a figure is read: how exactly it is stated, of what time it is, what it counts."""

import pytest
from nianbao.prose.amount import based, direction
from nianbao.prose.sentences import Quantity, quantities


def only(text: str) -> Quantity:
    """Return the one figure of *text*."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(("sign", "value"), [*zip("二三四五六七八九十", range(2, 11), strict=True)])
def test_each_numeral(sign: str, value: int) -> None:
    assert only(f"设立专栏{sign}个").value == value


@pytest.mark.parametrize("text", ["20余万次", "20多万次", "20 余万次", "20万 余次", "20万余次", "20万多次"])
def test_over_so_many_times_ten_thousand(text: str) -> None:
    found = only(f"浏览量{text}")
    assert (found.kind, found.value, found.unit) == ("at_least", 200_000, "次")


def test_a_range_may_have_spaces() -> None:
    found = only("每批发布3 至 5条")
    assert (found.kind, found.low, found.high) == ("range", 3, 5)


# -- how exactly ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        *((f"发布信息{word}60条", (50, 70)) for word in ("大约", "约为", "约")),
        *((f"发布信息60条{word}", (50, 70)) for word in ("左右", "上下")),
        *((f"发布信息{word}60条", (50, 60)) for word in ("将近", "接近", "不足", "不到", "近")),
    ],
)
def test_about_so_many(text: str, bounds: tuple[int, int]) -> None:
    assert (only(text).kind, (only(text).low, only(text).high)) == ("about", bounds)


@pytest.mark.parametrize("word", ["大约", "约为", "将近", "接近"])
def test_how_exactly_is_no_part_of_what_is_counted(word: str) -> None:
    assert only(f"发布信息{word}60条").noun == "信息"


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"发布信息{word}60条"
            for word in ("超过", "不少于", "不低于", "至少", "突破", "多于", "大于", "超", "逾")
        ),
        "发布信息60条以上",
    ],
)
def test_more_than_so_many(text: str) -> None:
    assert (only(text).kind, only(text).low, only(text).high) == ("at_least", 60, None)


@pytest.mark.parametrize(
    "text",
    [
        *(f"发布信息{word}60条" for word in ("不超过", "不多于", "不高于", "最多", "至多")),
        *(f"发布信息60条{word}" for word in ("以内", "以下", "之内")),
    ],
)
def test_no_more_than_so_many(text: str) -> None:
    assert (only(text).kind, only(text).low, only(text).high) == ("at_most", 0, 60)


# -- of what time ---------------------------------------------------------------------------------------------

GROWN = (*("增长", "增加", "上升", "提高", "提升", "增多", "上涨", "攀升", "递增", "扩大", "增", "升", "多"),)
FALLEN = ("下降", "减少", "降低", "回落", "下滑", "递减", "压减", "缩短", "减", "降", "少")


@pytest.mark.parametrize("word", GROWN)
def test_each_word_for_growth(word: str) -> None:
    assert direction(f"比上年{word}") == 1


@pytest.mark.parametrize("word", FALLEN)
def test_each_word_for_a_fall(word: str) -> None:
    assert direction(f"比上年{word}") == -1


@pytest.mark.parametrize("word", ["新增", "不少", "至少", "最多", "最少", "至多"])
def test_words_that_end_as_these_do(word: str) -> None:
    assert direction(word) == 0


@pytest.mark.parametrize("end", ["了", "约", "近", "达", "为", "超", "超过", "幅度", "率", " "])
def test_what_may_stand_between_growth_and_figure(end: str) -> None:
    assert direction(f"同比增长{end}") == 1


@pytest.mark.parametrize(
    "text",
    [
        *("同比", "环比", "较去年", "相较上年", "比上一年", "与往年相比", "较于前年", "去年度", "上年同期"),
        *("较2020年", "比2020年度", "比2020年同期"),
        *("与前年相比", "与上一年相比", "相较于前年", "与2020年198件相比"),
    ],
)
def test_each_way_to_say_what_it_is_compared_with(text: str) -> None:
    assert based(f"受理申请，{text}") == text


def test_the_average_of_a_year_is_no_year_to_compare_with() -> None:
    assert based("受理申请比往年年均增加") == "比往年"


@pytest.mark.parametrize("word", ["每期", "平均每期", "平均", "人均"])
def test_of_one_of_several(word: str) -> None:
    assert only(f"培训{word}50人").role == "each"


@pytest.mark.parametrize(
    "word",
    [
        "去年",
        "上年",
        "上一年",
        "往年",
        "前年",
        "去年同期",
        "上年度",
        "上年，",
        "上年,",
        "上年度，",
        "上年同期，",
    ],
)
def test_of_another_year(word: str) -> None:
    assert only(f"{word}受理咨询50件").role == "earlier"


@pytest.mark.parametrize(
    "word", ["结转", "度结转", "末", "未办结", "遗留", "转入", "结余", "接转", "留存", "问题", "反馈"]
)
def test_what_another_year_has_left_is_of_this_one(word: str) -> None:
    assert only(f"上年{word}咨询5件").role == "count"


@pytest.mark.parametrize(
    "words",
    [
        *("计划在年内", "计划于年内", "计划再", "计划新", "计划今冬", "计划明春", "计划公开", "计划制定"),
        *("计划开展", "计划举办", "计划组织", "计划完成", "计划安排", "拟", "力争", "预计", "打算", "下一步"),
        *("明年", "将继续", "将进一步", "将再", "将新增", "2022年将", "2022年，将", "2022年我们将", "2022年我们局将", "2022年我县将"),
        *("2022年我市将", "2022年我区将", "2022年我镇将", "2022年我乡将", "2022年我局将", "2022年我委将"),
        *("2022年我办将", "2022年我街将", "2022年本级将", "2022年本机关将", "2022年本局将", "2022年全县将"),
        *("2022年全市将", "2022年全区将", "2022年全镇将", "2022年县政府将", "2022年市政府将", "2022年区政府将"),
        *("2022年镇政府将", "他们将", "目标是", "目标为"),
    ],
)  # fmt: skip
def test_of_a_time_to_come(words: str) -> None:
    assert quantities(f"{words}培训5场")[-1].role == "planned"


@pytest.mark.parametrize("words", ["拟定", "拟制", "将军镇", "计划生育"])
def test_what_only_sounds_like_a_plan(words: str) -> None:
    assert only(f"{words}培训5场").role == "count"


def test_a_count_compared_with_another_year_is_of_this_one() -> None:
    assert only("与去年相比收到申请12件").role == "count"


# -- what it counts -------------------------------------------------------------------------------------------

VERBS = (
    *("收到", "接到", "接收", "受理", "新收", "办理", "办结", "办复", "答复", "回复", "发布", "发放", "推送", "上传"),
    *("刊发", "编发", "转载", "转发", "公布", "公示", "印发", "制定", "制发", "出台", "废止", "修订", "开展", "举办"),
    *("召开", "组织", "参加", "开设", "设立", "设置", "建立", "梳理", "编制", "完成", "解决", "采纳", "整合", "关停"),
    *("注销", "收取", "作出", "做出", "明确", "提出", "提交", "产生", "发生", "引发", "提供", "提起"),
    *("被申请", "开通", "接待", "发出", "公开", "收到了", "收到过"),
)  # fmt: skip
WEAK = ("解读", "培训", "更新", "处理", "回应", "审理", "清理", "共有", "解读了", "解读过")
TIMES = (
    *("全年", "本年", "本年度", "年内", "今年", "去年", "上年", "上年度", "2021年", "2021年度", "２０２１年", "季度", "本季度", "上半年", "下半年", "期间"),
)  # fmt: skip
ENDS = (
    *("共计", "合计", "总计", "累计", "总共", "一共", "总数", "数量", "达到"),
    *("共", "均", "都", "各", "仅", "达", "为", "有", "是"),
)
CUTS = (
    *("均有记录", "已归档", "全部归档", "予以归档", "进行归档", "为档案", "是档案", "被归档", "按时归档", "正在归档"),
    *("现在归档", "在馆", "实现归档", "结转", "左右", "以上", "以下", "以内", "上下", "等", "占多数", "得到归档", "并归档", "和其他", "及其他", "与其他"),
    *("未归档", "无误", "尚缺"),
)  # fmt: skip


@pytest.mark.parametrize("word", [*VERBS, *WEAK, *TIMES])
def test_verbs_and_times_before_it_are_not_counted(word: str) -> None:
    assert quantities(f"{word}资料5份")[-1].noun == "资料"


@pytest.mark.parametrize("word", ENDS)
def test_what_leads_to_the_figure_is_not_counted(word: str) -> None:
    assert only(f"资料{word}5份").noun == "资料"


def test_a_space_is_not_counted() -> None:
    assert only("资料 共 5份").noun == "资料"


@pytest.mark.parametrize("words", CUTS)
def test_what_is_said_of_it_is_not_counted(words: str) -> None:
    assert only(f"5份资料{words}").noun == "资料"


@pytest.mark.parametrize("word", ["和", "以及", "及", "与", "并"])
def test_what_joins_it_to_another_is_not_counted(word: str) -> None:
    assert only(f"{word}资料5份").noun == "资料"


@pytest.mark.parametrize(
    "noun",
    [
        *("公开栏", "公开墙", "公开区", "公开点", "受理员", "办结率", "新闻发布会", "新闻发布厅"),
        *("信息公开", "政务公开", "申请公开", "予以公开", "部分公开", "不予公开", "无法提供"),
        *("解读信息", "解读情况", "解读类", "处理事项", "审理人员", "解读材料", "解读稿", "解读产品", "清理工作"),
        *("培训会", "培训班", "培训项目", "回应关切", "处理率", "和谐社区", "和平街区", "和睦家庭", "及时雨专栏"),
        *("上年结转", "上年度结转"),
    ],
)  # fmt: skip
def test_words_that_only_begin_as_a_verb_does(noun: str) -> None:
    assert only(f"{noun}5个").noun == noun


@pytest.mark.parametrize("word", ["已", "均", "共", "全部", "按时", "按期", "及时", "依法", "依规"])
def test_how_it_was_done_is_not_counted(word: str) -> None:
    assert only(f"来信{word}办结5件").noun == "来信"
