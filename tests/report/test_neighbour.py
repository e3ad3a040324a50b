"""Reports as others see them: small, and the same sentence known again under other names, years and figures."""

import pickle
import random
import sys
from collections.abc import Sequence
from decimal import Decimal

import pytest
from nianbao.report.form import Form
from nianbao.report.neighbour import Neighbour, Neighbours, siblings_of
from nianbao.report.organ_names import organ_names
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.report.table import State
from nianbao.testing import compliant
from nianbao.text.source import Source

SMALL = 20 << 10


def seen(text: str, forms: Sequence[Form], path: str = "a.md") -> Neighbour:
    return neighbour_of(Report(Source(text), forms), path)


def titled(organ: str, year: int, *sentences: str) -> str:
    body = "\n".join(sentences)
    return f"{organ}{year}年政府信息公开工作年度报告\n\n一、总体情况\n{body}\n"


def held(value: object, known: set[int]) -> int:
    """Return the bytes that *value* takes in memory with all that it holds."""
    if id(value) in known:
        return 0
    known.add(id(value))
    parts: list[object] = []
    if isinstance(value, dict):
        parts += [*value, *value.values()]
    elif isinstance(value, tuple):
        parts += value
    return sys.getsizeof(value) + sum(held(part, known) for part in parts)


# -- what is kept ---------------------------------------------------------------------------------------------


def test_organ_year_level_and_form_are_kept(forms: Sequence[Form]) -> None:
    report = seen(compliant("2021", "township", 1, year=2023).render(), forms, "镇/2023.md")
    assert (report.path, report.level, report.year, report.form) == ("镇/2023.md", "township", 2023, "2021")
    assert report.organ in report.names


def test_a_cell_is_a_figure_blank_unread_or_absent(forms: Sequence[Form]) -> None:
    draft = compliant("2021", "county", 0)
    draft.set("applications/received/total", "1,024")
    draft.set("applications/received/natural_person", "")
    draft.set("applications/received/business", "一千")
    draft.drop("review")
    report = seen(draft.render(), forms)

    def state(address: str) -> State:
        figure = report.figure(address)
        assert figure is not None
        return figure.state

    total = report.figure("applications/received/total")
    assert total is not None
    assert (total.state, total.value) == (State.NUMBER, Decimal(1024))
    assert state("applications/received/natural_person") is State.BLANK
    assert state("applications/received/business") is State.UNREAD
    assert (
        state(next(address for address in report.addresses() if address.startswith("review/")))
        is State.ABSENT
    )


def test_a_cell_that_its_form_does_not_have_is_none(forms: Sequence[Form]) -> None:
    assert seen(compliant().render(), forms).figure("applications/received/nobody") is None
    assert seen(compliant().render(), forms).figure("nothing/received/total") is None


def test_the_cells_are_those_of_the_report(forms: Sequence[Form]) -> None:
    draft = compliant("2021", "city", 3)
    report = seen(draft.render(), forms)
    shown = {address: report.figure(address) for address in report.addresses()}
    assert len(shown) == sum(len(table.rows) * len(table.columns) for table in draft.form.tables)
    for address, text in draft.cells.items():
        figure = shown[address]
        assert figure is not None
        assert figure.value == Decimal(text)


def test_a_sentence_has_its_section_and_its_text(forms: Sequence[Form]) -> None:
    draft = compliant("2021", "county", 0)
    draft.section("problems").paragraphs.append("部分科室对公开时限的把握还不够准确。")
    sentences = seen(draft.render(), forms).sentences
    found = [each for each in sentences if each.text == "部分科室对公开时限的把握还不够准确"]
    assert [each.section for each in found] == ["problems"]


def test_the_number_of_a_person_is_not_kept(forms: Sequence[Form]) -> None:
    text = titled("云岭镇人民政府", 2023, "经办人的身份证号码是11010519491231002X，来信已经答复。")
    sentences = seen(text, forms).sentences
    assert sentences
    assert not any("0519491231" in each.text for each in sentences)


# -- small -------------------------------------------------------------------------------------------------------


def of_no_language(length: int) -> str:
    rng = random.Random(length)
    return "".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(length))


@pytest.mark.parametrize("length", [9, 60, 900])
def test_a_report_of_any_size_is_kept_in_twenty_kilobytes_and_says_that_it_was_cut(
    forms: Sequence[Form], length: int
) -> None:
    lines = [of_no_language(length) + f"甲{at}。" for at in range(60000 // length)]
    draft = compliant("2021", "county", 0)
    draft.cells.update(dict.fromkeys(draft.cells, "987654321098765"))
    draft.section("overview").paragraphs[:] = lines
    report = seen(draft.render(), forms)
    assert report.cut
    assert len(pickle.dumps(report)) <= SMALL
    assert held(report, set()) <= SMALL


def test_an_ordinary_report_is_not_cut_and_is_the_same_when_it_has_been_sent(forms: Sequence[Form]) -> None:
    report = seen(compliant("2021", "city", 2).render(), forms)
    assert not report.cut
    assert held(report, set()) <= SMALL
    assert pickle.loads(pickle.dumps(report)) == report


# -- known again -----------------------------------------------------------------------------------------------

SAID = (
    "2023年，我镇围绕乡村振兴主动公开信息128条，较上年增长12%。",
    "云岭镇党政办会同青禾县司法局举办了两期专题培训，参训人员六十余人次！",
    "2023年12月31日前，全镇21个村（社区）的公开栏全部更新完毕；",
)
COPIED = (
    "2024年，我局围绕 乡村振兴主动公开信息9条,较上年增长3.5%。",
    "市监局党政办会同平原县司法局举办了三期专题培训，参训人员九十余人次。",
    "2024年11月30日前，全局7个村(社区)的公开栏全部更新完毕。",
)


def test_a_copy_with_names_years_and_figures_changed_has_the_same_digests(forms: Sequence[Form]) -> None:
    one = seen(titled("云岭镇人民政府", 2023, *SAID), forms)
    other = seen(titled("平原县市场监督管理局", 2024, *COPIED), forms)
    assert len(one.digests) == len(SAID)
    assert one.digests == other.digests
    assert [each.text for each in one.sentences] != [each.text for each in other.sentences]


@pytest.mark.parametrize(
    "other",
    [
        "2023年，我镇围绕城市更新主动公开信息128条，较上年增长12%。",
        "2023年，我镇围绕乡村振兴主动公开信息128条，较上年减少12%。",
    ],
)
def test_another_word_is_another_sentence(forms: Sequence[Form], other: str) -> None:
    one = seen(titled("云岭镇人民政府", 2023, SAID[0]), forms)
    assert set(one.digests).isdisjoint(seen(titled("云岭镇人民政府", 2023, other), forms).digests)


def digests(sentence: str, forms: Sequence[Form]) -> tuple[int, ...]:
    return seen(titled("石桥镇人民政府", 2023, sentence), forms).digests


@pytest.mark.parametrize("whose", ["本", "我", "全"])
@pytest.mark.parametrize("kind", [*"镇乡县市区旗州盟省局委办厅院", "街道", "单位", "机关", "部门", "中心"])
def test_whatever_an_organ_calls_itself_is_the_same(whose: str, kind: str, forms: Sequence[Form]) -> None:
    assert digests(f"{whose}{kind}每季度向代表通报公开事项的落实情况。", forms) == digests(
        "石桥镇每季度向代表通报公开事项的落实情况。", forms
    )


@pytest.mark.parametrize(
    "place",
    [
        *("云岭省", "云岭市", "云岭州", "云岭县", "云岭区", "云岭旗", "云岭镇", "云岭乡", "云岭街道"),
        "青禾县云岭镇",
        "石桥镇云岭街道",
    ],
)
def test_any_place_is_the_same(place: str, forms: Sequence[Form]) -> None:
    assert digests(f"会同{place}每季度通报公开事项的落实情况。", forms) == digests(
        "会同白塔县每季度通报公开事项的落实情况。", forms
    )


@pytest.mark.parametrize(("one", "other"), [("镇务会", "乡务会"), ("街道务会", "镇务会")])
def test_what_goes_with_the_kind_of_town_is_the_same(one: str, other: str, forms: Sequence[Form]) -> None:
    first, second = (digests(f"重大事项提交{word}讨论后向社会公开。", forms) for word in (one, other))
    assert first == second


@pytest.mark.parametrize("figure", ["12", "1,204", "1，204", "1.5", "97.5", "一百二十", "十"])
def test_any_figure_is_the_same(figure: str, forms: Sequence[Form]) -> None:
    assert digests(f"全年召开公开工作调度会{figure}次并通报。", forms) == digests(
        "全年召开公开工作调度会8次并通报。", forms
    )


@pytest.mark.parametrize("end", ["。", "！", "？", "；", "!", "?", ";", "\n"])
def test_each_sentence_and_part_of_one_stands_alone(end: str, forms: Sequence[Form]) -> None:
    first, second = "每季度向代表通报公开事项的落实情况", "专人登记台账并按月核对发布的内容"
    assert len(digests(f"{first}{end}{second}。", forms)) == 2


def test_the_sentences_that_several_have_are_found_without_looking_through_all(forms: Sequence[Form]) -> None:
    shared, own = "镇里每季度向村（居）民代表通报一次公开事项的落实情况。", "{}利用赶集日上门讲解申请的办法。"
    names = ["云岭镇", "石桥镇", "柳河镇"]
    reports = [
        seen(titled(f"{name}人民政府", 2023, shared, own.format("甲乙丙"[at] * 3)), forms, f"{at}.md")
        for at, name in enumerate(names)
    ]
    siblings = siblings_of(reports)
    first, second = reports[0].digests
    assert siblings.count(first) == len(names)
    assert siblings.having(first) == tuple(reports)
    assert (siblings.count(second), siblings.having(second)) == (1, ())


def test_a_report_that_is_sent_does_not_take_the_others_along(forms: Sequence[Form]) -> None:
    report = Report(Source(titled("云岭镇人民政府", 2023, *SAID)), forms)
    itself = neighbour_of(report, "a.md")
    alone = len(pickle.dumps(report))
    many = [itself._replace(path=f"{at}.md") for at in range(500)]
    report.know(Neighbours(itself, itself, tuple(many), siblings_of(many)))
    assert len(pickle.dumps(report)) == alone
    assert report.siblings is not None


# -- the names by which an organ is known to others ------------------------------------------------------------


@pytest.mark.parametrize(
    ("organ", "known", "unknown"),
    [
        ("青禾县市场监督管理局", {"青禾县市监局", "市场监管局"}, {"我局", "县局", "局机关", "本机关"}),
        ("云岭镇人民政府", {"云岭镇", "云岭镇政府"}, {"镇政府", "我镇", "全镇"}),
        ("青禾县人民政府", {"青禾县"}, {"全县", "我县"}),
        ("城东区石桥街道办事处", {"石桥街道", "城东区石桥街道办"}, {"街道办", "办事处"}),
        ("云溪高新技术产业开发区管委会", {"云溪高新区"}, {"管委会", "高新区"}),
    ],
)
def test_a_proper_name_has_a_word_of_the_organs_own(organ: str, known: set[str], unknown: set[str]) -> None:
    names = organ_names(organ)
    assert {organ, *known} <= set(names.proper)
    assert unknown.isdisjoint(names.proper)
