"""Lines that a converter has wrapped are one; lines ended by hand stay as they are."""

from collections.abc import Sequence

import pytest
from effort import LINEAR, growth
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.wrapped import unwrapped
from nianbao.run.linter import Input, linter
from nianbao.run.proof import fixed
from nianbao.run.settings import Settings
from nianbao.testing import compliant
from nianbao.text.source import Source
from rendering.wrapping import wrapped

HEAD = "云岭县水务局2023年政府信息公开工作年度报告\n\n"
LONG = "全局按照条例和上级部署，完善制度、明确责任，逐项更新公开目录，及时回应群众关切，公开的质量和时效都有提高，群众评价较好。\n"


def read(text: str, forms: Sequence[Form]) -> str:
    return unwrapped(Source(text), forms).text


@pytest.mark.parametrize("marked", [
    # a count, a list, a bracket, a quotation, a period over the end of a line: ¶ is one that goes
    "（一）主动公开。网站全年累计发布信息 2139 条，其中动态类信息¶发布 1744 条，政务信息发布 393 条，解读类信息发布 21 条，¶回应群众关注的热点信息 2 条。",
    "本报告所列数据的统计期限，自2023年1月1日起至 2023¶年 12 月 31 日。",
    "本报告由云岭县水务局编制，数据的统计期限自2023年1月1日¶起至12月31日止。",
    "本报告由云岭县水务局编制，数据的统计期限自2023年1月1日¶至12月31日止。",
    "本报告由云岭县水务局编制，统计时间为2023年1月1日¶—12月31日。",
    "本报告由云岭县水务局编制，统计时间为2023年1月1日¶～12月31日。",
    "本报告由云岭县水务局编制，统计时间为2023年1月1日¶-12月31日。",
    "全年受理群众提出的政府信息公开申请，共计¶12件，均已按期答复。",
    "全年受理群众提出的政府信息公开申请，共计1¶2件，均已按期答复。",
    "全年主动公开水利工程、供水、防汛等信息，¶公众查询方便。",
    "全年主动公开水利工程、河道治理、供水、¶防汛等信息。",
    "按照《中华人民共和国政府信息公开条例》（¶国务院令第711号）编制本报告。",
    "按照《中华人民共和国政府信息公开条例》，参照《云岭县政务¶公开工作办法》编制本报告。",
    "全年主动公开水利工程、河道治理、供水信息¶，公众查询方便。",
    "全年主动公开水利工程、河道治理、供水信息¶；依申请公开稳妥。",
    "全年主动公开水利工程、河道治理、供水信息¶。",
    "全年主动公开水利工程、河道治理、供水信息占比达到九成五¶％，公众查询方便。",
])  # fmt: skip
def test_a_sentence_goes_over_a_line_end_where_none_can_end(marked: str, forms: Sequence[Form]) -> None:
    """Although no other paragraph of the text is wrapped."""
    text = f"{HEAD}{marked}\n\n{LONG}"
    assert read(text.replace("¶", "\n"), forms) == text.replace("¶", "")


@pytest.mark.parametrize(
    "heading",
    [
        "二、主动公开政府\n信息情况",
        "## 二、主动公开政府\n信息情况",
        "三、收到和处理政府信息公开申\n请情况",
        "四、政府信息公开行政复议、\n行政诉讼情况",
        "五、存在的主要问题及\n改进情况",
        "五、政府信息公开工作存在的主要问题及\n改进情况",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_heading_of_the_form_on_two_lines_is_one(heading: str, end: str, forms: Sequence[Form]) -> None:
    text = f"{HEAD}{LONG}\n{heading}\n{LONG}".replace("\n", end)
    whole = f"{HEAD}{LONG}\n{heading.replace(chr(10), '')}\n{LONG}".replace("\n", end)
    assert read(text, forms) == whole


@pytest.mark.parametrize(
    "text",
    [
        # headings, and the words under them
        "一、总体情况\n（一）主动公开方面\n2023年公开信息12条，比上年增加\n",
        "三、收到和处理政府信息公开申请情况\n2023年收到申请12件，均已答复。\n",
        "（一）加强组织领导，明确各科室的公开责任\n局主要负责人多次部署，协调解决难点问题。\n",
        "六、其他需要报告的事项\n无\n",
        "二、主动公开\n政府信息情况良好，公众满意。\n",
        # lists, labels, signatures
        "存在的主要问题有以下几个方面：\n一是部分栏目更新不够及时，二是解读形式单一。\n",
        "主动公开的信息，分为以下各类，\n1.水利工程建设信息12条，供水信息3条。\n",
        "主动公开的信息，分为以下各类，\n（1）水利工程建设信息12条，供水信息3条。\n",
        "主动公开的信息，分为以下各类，\n①水利工程建设信息12条，供水信息3条。\n",
        "主动公开的信息，分为以下各类，\n- 水利工程建设信息12条，供水信息3条。\n",
        "联系地址：云岭县人民路12号，邮政编码100200\n联系电话：5550126，工作日接听。\n",
        "发布时间：2024-01-29 09:09，来源：办公室12\n本报告按照条例编制，公开全年情况。\n",
        "全年工作平稳有序，公开及时准确到位\n云岭县水务局\n2024年1月20日\n",
        "本报告的电子版在县政府网站公布，\n2024年1月20日\n",
        # two paragraphs, the first without its stop
        "全年主动公开政府信息，涉及水利工程和供水\n依申请公开的答复均按时作出，没有争议。\n",
        "全年主动公开政府信息12条，群众满意。\n依申请公开的答复均按时作出，没有争议。\n",
        "全年主动公开水利工程、河道治理、供水，\n　　依申请公开的答复均按时作出。\n",
        "全年主动公开水利工程、河道治理、供水，\n    依申请公开的答复均按时作出。\n",
        # tables
        "第二十条第（五）项，行政许可的决定，\n信息内容\t本年处理决定数量\n行政许可\t12\n",
        "第二十条第（五）项，行政许可的决定，\n| 信息内容 | 本年处理决定数量 |\n| 行政许可 | 12 |\n",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n申请人情况\n自然人\n",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理\n0\n0\n0\n",
        # a menu
        "首页 > 政务公开 > 政府信息公开年报，\n打印\n关闭\n",
    ],
)  # fmt: skip
def test_lines_ended_by_hand_stay(text: str, forms: Sequence[Form]) -> None:
    source = Source(f"{HEAD}{text}\n{LONG}")
    assert unwrapped(source, forms) is source


@pytest.mark.parametrize("notation", ["tabs", "pipes", "bars"])
@pytest.mark.parametrize("seed", range(30, 60))
def test_a_report_that_was_not_wrapped_is_what_it_was(
    notation: str, seed: int, forms: Sequence[Form]
) -> None:
    source = Source(compliant(seed=seed, notation=notation).render())  # type: ignore[arg-type]
    assert unwrapped(source, forms) is source


SIGNED = f"{HEAD}一、总体情况\n{LONG}（一）主动公开\n{LONG}{LONG}二、主动公开政府信息情况\n{LONG}云岭县水务局\n2024年1月20日\n"


@pytest.mark.parametrize("width", range(30, 81))
def test_headings_and_a_signature_stand_alone_in_a_wrapped_text(width: int, forms: Sequence[Form]) -> None:
    lines = read(wrapped(SIGNED, width, "columns"), forms).split("\n")
    # Two paragraphs may become one if the first ends at the very edge.
    assert [line for line in lines if LONG[:-1] not in line] == [
        line for line in SIGNED.split("\n") if LONG[:-1] not in line
    ]


def test_a_title_on_two_lines_is_read_whole(forms: Sequence[Form]) -> None:
    title = "云岭自治州水资源管理和防汛抗旱指挥部办公室2023年政府信息公开工作年度报告"
    report = Report(unwrapped(Source(wrapped(f"{title}\n\n{LONG}{LONG}", 40, "columns")), forms), forms)
    assert report.title is not None
    assert report.title.text == title


CUT = f"{HEAD}一、总体情况\n\n全局按照条例部署，落实上级要求，布\n署公开的各项工作，落实审查责任，\n按时布署检查，公众查询方便。\n\n{LONG}"


def test_a_fix_changes_the_words_on_both_sides_of_a_line_end() -> None:
    done = fixed(linter(Settings()), Input("云岭县.txt", data=CUT.encode()), unsafe=True, codes={"TYP001"})
    assert not done.refused
    assert done.data.decode() == CUT.replace("布\n署", "部\n署").replace("布署检查", "部署检查")


def test_a_finding_is_shown_at_its_line() -> None:
    verdict = linter(Settings()).check(Input("云岭县.txt", data=CUT.encode())).verdict
    assert verdict is not None
    source = verdict.report.source
    places = [source.position(d.finding.span.start) for d in verdict.diagnostics if d.code == "TYP001"]
    lines = CUT.split("\n")
    assert [lines[at.line - 1][at.column - 1 :][:1] for at in places] == ["布", "布"]
    assert [at.line for at in places] == [5, 7]


@pytest.mark.parametrize(
    "line", ["全年主动公开政府信息，涉及水利工程和供水\n", "公开，\n", "二、主动公开\n", "a b（ \n", "1\n"]
)
def test_a_text_made_to_hang_costs_in_proportion(line: str, forms: Sequence[Form]) -> None:
    assert growth(lambda many: read(HEAD + line * many, forms), 2_500) < LINEAR
