"""Which texts are no reports of an organ, by their titles."""

import pytest
from effort import LINEAR, growth
from nianbao.report.kind import other_kind


def kind(head: str, rest: str = "一、总体情况\n推进公开。\n", *, headed: bool = False) -> str | None:
    other = other_kind(f"{head}\n\n{rest}", headed=headed)
    return other and other.kind


@pytest.mark.parametrize(
    "organ",
    [
        *("云岭师范大学", "云岭职业技术学院", "云岭县特殊教育学校", "云岭县第一中学", "云岭镇中心小学"),
        *("云岭县实验幼儿园", "云岭县人民医院", "望湖镇卫生院", "云岭县妇幼保健院", "望湖社区卫生服务中心"),
        *("云岭市公交集团", "云岭县自来水有限公司", "云岭县自来水有限公司（本部）"),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        *("2023年信息公开年报", "关于2023年度政府信息公开工作的报告", "2022—2023学年信息公开工作年度报告"),
        *("第2—3学期信息公开年度报告", "2022-2023学年度校务公开与信息公开报告", "院务和信息公开年报"),
        *("2022至2023学年信息公开年报", "2022–2023学年信息公开年报", "2022~2023学年校务公开、信息公开年报", "\n2023年公开及信息公开年报"),
    ],
)  # fmt: skip
def test_the_report_of_a_school_hospital_or_company(organ: str, name: str) -> None:
    assert kind(organ + name) == "public service"


@pytest.mark.parametrize("name", ["2022—2023学年信息公开报告", "2022—2023学年度信息公开工作年报"])
def test_a_report_on_a_school_year_is_that_of_a_school(name: str) -> None:
    assert kind(f"云岭教育园区{name}") == "public service"


@pytest.mark.parametrize(
    "title",
    [
        "云岭县教育局2023年政府信息公开工作年度报告",
        "云岭县学校后勤管理中心2023年政府信息公开工作年度报告",
        "云岭省农业科学院2023年政府信息公开工作年度报告",
        "云岭县烟草专卖局（公司）2023年政府信息公开工作年度报告",
        "云岭县卫生健康局2023年医院院务公开和政府信息公开工作年度报告",
        "**云岭县**2023年政府信息公开工作年度报告",
    ],
)
def test_the_report_of_an_organ(title: str) -> None:
    assert kind(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "关于报送2023年政府信息公开工作年度报告的函",
        "政府信息公开工作年度报告编写要求",
        "关于印发政府信息公开工作年度报告填报方案的通知",
        "规范政府信息公开年报填报提示",
        "政府信息公开年报填报说明",
        "撰写政府信息公开年报培训",
        "政府信息公开年报编制情况通报",
        "政府信息公开工作年度报告格式",
        "政府信息公开工作年度报告格式（试行）",
        *(f"云岭县2023年政府信息公开工作年度报告{word}" for word in ("模板", "样式", "范本", "编写提纲", "审核说明", "编写指引", "指南", "政策解读", "图解", "问答", "审核要点", "评分标准")),
        *(f"云岭县政府信息公开{word}" for word in ("条例", "指南", "保密审查办法", "制度", "规定")),
        "云岭县人民政府办公室\n关于做好2023年政府信息公开工作年度报告\n编制工作的通知",
        "通知公告\n关于印发\n云岭县政府信息公开工作年度报告\n编制方案的通知",
    ],
)  # fmt: skip
def test_a_text_on_reports(title: str) -> None:
    assert kind(title) == kind(title, headed=True) == "instruction"


@pytest.mark.parametrize("name", ["总结", "要点", "工作计划", "实施方案", "台账", "统计表"])
@pytest.mark.parametrize("work", ["政府信息公开", "政务公开"])
def test_a_text_on_other_work_is_none_unless_it_is_headed_as_a_report(work: str, name: str) -> None:
    assert kind(f"云岭县2023年{work}工作{name}") == "instruction"
    assert kind(f"云岭县2023年{work}工作{name}", headed=True) is None


@pytest.mark.parametrize(
    "title",
    ["云岭县2023年政府信息公开工作年度报告", "云岭县2023年政府信息公开年报", "《云岭县信息公开年度报告》"],
)
@pytest.mark.parametrize("menu", ["政府信息公开指南", "政府信息公开制度"])
def test_a_menu_above_a_report(menu: str, title: str) -> None:
    assert kind(f"{menu}\n{title}") is None


def test_a_sentence_is_no_title() -> None:
    assert kind("云岭县2023年总体情况。\n云岭县政府信息公开指南") is None


@pytest.mark.parametrize(
    "place",
    ["XX县", "××局", "某某县", "xx镇", "___局", "○○县", "△△县", "□□局", "（单位名称）", "（机关名称）"],
)
def test_a_template_has_a_place_for_the_name_and_no_count(place: str) -> None:
    title = f"{place}2023年政府信息公开工作年度报告"
    assert kind(title) == "template"
    assert kind(title, "一、总体情况\n公开0条，受理 件。") == "template"
    assert kind(title.replace(place, "云岭县")) is None


@pytest.mark.parametrize(
    "said", ["120条", "3件", "2次", "4期", "5篇", "6份", "7人", "8场", "9个", "120余条", "30多件"]
)
def test_what_has_counts_was_filled_in(said: str) -> None:
    assert kind("XX县2023年政府信息公开工作年度报告", f"一、总体情况\n共计{said}。") is None


def test_the_cost_does_not_grow_with_a_title() -> None:
    assert (
        growth(lambda size: other_kind("报送" * size + "\n" + "信息公开" * size, headed=False), 2_000)
        < LINEAR
    )
