"""Which report belongs to which: by organ and year, and nothing taken for certain that is not."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from nianbao.report.form import Form
from nianbao.report.issuer import Level
from nianbao.report.neighbour import Neighbour, Neighbours, Unread
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.run.pairing import Party, acquainted, paired
from nianbao.run.roll_call import roll_of
from nianbao.run.roster import read_roster
from nianbao.run.units import Roster, Unit
from nianbao.testing import compliant, official_forms
from nianbao.text.language import Text
from nianbao.text.source import Source

SCAN = Text("是扫描件", "a scan")


def report(
    organ: str, year: int | None, path: str = "", words: str = "", level: Level | None = None
) -> Neighbour:
    """Return what others see of a report of *organ* on *year*; its *words* are all that it says."""
    on = f"{year}年" if year else ""
    text = f"{organ}{on}政府信息公开工作年度报告\n\n一、总体情况\n{words or '每季度向代表通报一次公开事项的落实情况。'}\n"
    seen = neighbour_of(Report(Source(text), official_forms(), level=level), path or f"{organ}/{year}.md")
    assert (seen.organ, seen.year) == (organ, year)
    return seen


def known(*parties: Party | Neighbour) -> dict[str, Neighbours]:
    return acquainted([each if isinstance(each, Party) else Party(each) for each in parties])


def previous(*parties: Party | Neighbour) -> Neighbour | Unread | None:
    """Return the report before the first of *parties*."""
    first = parties[0].seen if isinstance(parties[0], Party) else parties[0]
    return known(*parties)[first.path].previous


def reason(seen: object) -> str:
    assert isinstance(seen, Unread)
    return seen.reason.zh


# -- the year before ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("云岭镇人民政府", "云岭镇人民政府"),
        ("云岭镇人民政府", "云岭镇"),
        ("云岭镇", "云岭镇人民政府"),
        ("青禾县云岭镇人民政府", "云岭镇人民政府"),
        ("青禾县市场监督管理局", "青禾县市场监管局"),
        ("青禾县市监局", "青禾县市场监督管理局"),
        ("青禾县人民政府", "青禾县"),
        ("城东区石桥街道办事处", "石桥街道"),
    ],
)
def test_the_report_before_is_found_by_the_names_of_the_organ(now: str, before: str) -> None:
    last = report(before, 2022, "任意文件名.docx")
    assert previous(report(now, 2023, "2.docx"), last, report("柳河镇人民政府", 2022)) == last


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("云岭镇人民政府", "云岭乡人民政府"),
        ("青禾县人民政府", "青禾县人民政府办公室"),
        ("青禾县教育局", "平原县教育局"),
        ("青禾县教育局", "青禾县人民政府"),
        ("青禾县教育局", "青禾县教育体育局"),
    ],
)
def test_another_organ_is_not_taken_for_it(now: str, before: str) -> None:
    assert previous(report(now, 2023), report(before, 2022)) is None


@pytest.mark.parametrize("year", [2021, 2023, 2024, None])
def test_a_report_on_another_year_is_not_the_one_before(year: int | None) -> None:
    assert (
        previous(
            report("云岭镇人民政府", 2023), report("云岭镇人民政府", year, "b.md", "别的话在这里写了一句。")
        )
        is None
    )


def test_a_report_whose_year_is_not_known_has_none_before() -> None:
    assert previous(report("云岭镇人民政府", None), report("云岭镇人民政府", 2022)) is None


def test_a_report_on_the_older_form_is_the_one_before(forms: Sequence[Form]) -> None:
    def seen(form: str, year: int) -> Neighbour:
        draft = compliant(form, "township", 1, year=year)
        draft.title = f"云岭镇人民政府{year}年政府信息公开工作年度报告"
        return neighbour_of(Report(Source(draft.render()), forms), f"{year}.md")

    last = seen("2019", 2020)
    assert last.form == "2019"
    assert previous(seen("2021", 2021), last) == last


def test_the_full_name_goes_before_a_short_one() -> None:
    last = report("青禾县市场监督管理局", 2022)
    assert previous(report("青禾县市场监督管理局", 2023), report("市场监管局", 2022, "b.md"), last) == last


def test_a_short_name_that_two_organs_of_the_year_before_have_is_not_told_apart() -> None:
    found = previous(
        report("市场监管局", 2023), report("青禾县市场监督管理局", 2022), report("平原县市场监督管理局", 2022)
    )
    assert "平原县市场监督管理局、青禾县市场监督管理局" in reason(found)


def test_a_short_name_that_two_organs_of_this_year_have_is_not_told_apart() -> None:
    parties = [
        report("青禾县市场监督管理局", 2023),
        report("平原县市场监督管理局", 2023),
        report("市场监督管理局", 2022),
    ]
    for each in (parties, [parties[1], parties[0], parties[2]]):
        assert "平原县市场监督管理局、青禾县市场监督管理局" in reason(previous(*each))


def test_a_roster_tells_short_names_apart() -> None:
    units = [
        Unit("青禾县市场监督管理局", short=("青禾市监",)),
        Unit("平原县市场监督管理局", short=("市场监督管理局",)),
    ]
    roster = Roster("units.csv", {unit.name: unit for unit in units})
    now = [report("青禾县市场监督管理局", 2023), report("平原县市场监督管理局", 2023)]
    last = [report("青禾市监局", 2022), report("市场监督管理局", 2022)]
    found = known(*(Party(each, roster=roster) for each in [*now, *last]))
    assert found[now[0].path].previous == last[0]


def test_two_reports_that_differ_are_named_and_two_copies_are_one() -> None:
    now = report("云岭镇人民政府", 2023)
    one = report("云岭镇人民政府", 2022, "初稿.md", "初稿里写了这样一句很长的话。")
    other = report("云岭镇人民政府", 2022, "（修改稿）.md", "定稿里改成了另外一句很长的话。")
    copy = one._replace(path="副本.md")
    assert previous(now, one, copy) == one
    said = reason(previous(now, one, other))
    assert "有 2 份，内容不同" in said
    assert "初稿.md、（修改稿）.md" in said


def test_last_years_report_that_is_given_and_not_read_may_be_it() -> None:
    now = report("云岭镇人民政府", 2023)
    lost = Unread("去年.pdf", SCAN)
    found = previous(Party(now, previous=(lost,)))
    assert isinstance(found, Unread)
    assert (found.path, found.organ, found.year) == ("去年.pdf", "云岭镇人民政府", 2022)
    assert "是扫描件" in found.reason.zh
    last = report("云岭镇人民政府", 2022)
    assert previous(Party(now, previous=(lost, last))) == last


def test_the_one_report_that_is_given_and_is_another_organs_is_named() -> None:
    now, other = report("云岭镇人民政府", 2023), report("柳河镇人民政府", 2022)
    said = reason(previous(Party(now, previous=(other,))))
    assert "柳河镇人民政府的报告（2022 年度）" in said
    assert "2022 年度的" in said
    beside = Party(report("石桥镇人民政府", 2023), previous=(other,))
    assert previous(Party(now, previous=(other,)), beside) is None


# -- the organs below ----------------------------------------------------------------------------------------


def county(*towns: Unit) -> Roster:
    units = (Unit("青禾县人民政府", "county"), *towns)
    return Roster("units.csv", {unit.name: unit for unit in units})


TOWNS = tuple(Unit(f"{name}镇人民政府", "township", "青禾县人民政府") for name in ("云岭", "柳河", "石桥"))


def test_the_members_are_the_units_below_and_each_that_is_missing_is_named() -> None:
    roster = county(*TOWNS)
    parent = report("青禾县人民政府", 2023)
    there = report("云岭镇", 2023)
    late = report("柳河镇人民政府", 2022)
    found = known(*(Party(each, roster=roster) for each in (parent, there, late)))
    members = found[parent.path].members
    assert members is not None
    assert members[0] == there
    said = [(member.name, reason(member)) for member in members[1:]]
    assert said == [
        ("柳河镇人民政府", "没有它这一年度的报告，只有 2022 年度的"),
        ("石桥镇人民政府", "没有它的报告"),
    ]
    assert found[there.path].members is None
    alone = known(*(Party(each, roster=roster) for each in (parent, late)))
    assert alone[parent.path].members is None


def test_without_a_roster_nobody_is_taken_for_a_member() -> None:
    assert (
        known(report("青禾县人民政府", 2023), report("青禾县云岭镇人民政府", 2023))[
            "青禾县人民政府/2023.md"
        ].members
        is None
    )


def test_members_that_settings_name_belong_to_the_one_report_beside_them() -> None:
    parent, towns = report("青禾县人民政府", 2023), (report("云岭镇", 2023), report("柳河镇", 2023))
    parties = [Party(each, members=towns, group=1) for each in (parent, *towns)]
    found = known(*parties)
    assert found[parent.path].members == towns
    assert [found[town.path].members for town in towns] == [None, None]


@pytest.mark.parametrize(
    "organ", ["青禾县教育局", "云溪高新技术产业开发区管委会", "青禾县人民政府办公室", "石桥镇人民政府"]
)
def test_members_belong_to_the_one_government_above_them_and_to_no_department(organ: str) -> None:
    parent, towns = report("青禾县人民政府", 2023), (report("云岭镇", 2023), report("柳河镇", 2023))
    other = report(organ, 2023)
    found = known(*(Party(each, members=towns, group=1) for each in (other, parent)))
    assert [each.members for each in found.values()] == [None, towns]
    assert known(Party(other, members=towns))[other.path].members is None


@pytest.mark.parametrize("office", ["青禾县人民政府办公室", "青禾县政府办公厅", "青禾县人民政府（本级）"])
def test_the_office_of_a_government_may_be_among_its_members(office: str) -> None:
    """It stands on the level of the government and reports for itself."""
    parent, members = report("青禾县人民政府", 2023), (report("云岭镇", 2023), report(office, 2023))
    found = known(*(Party(each, members=members, group=1) for each in (parent, *members)))
    assert [each.members for each in found.values()] == [members, None, None]
    other = report("平原县人民政府", 2023)
    found = known(*(Party(each, members=members, group=1) for each in (parent, other)))
    assert [each.members for each in found.values()] == [None, None]


def test_of_two_governments_above_the_members_neither_is_taken() -> None:
    towns = (report("云岭镇", 2023), report("柳河镇", 2023))
    two = [report("青禾县人民政府", 2023), report("平原县人民政府", 2023)]
    found = known(*(Party(each, members=towns, group=1) for each in two))
    assert [each.members for each in found.values()] == [None, None]
    apart = known(*(Party(each, members=towns, group=at) for at, each in enumerate(two)))
    assert [each.members for each in apart.values()] == [towns, towns]


def test_a_member_of_no_known_level_is_a_member_too() -> None:
    parent, odd = report("青禾县人民政府", 2023), report("青禾县某某联合体", 2023)
    assert known(Party(parent, members=(odd,)))[parent.path].members == (odd,)


def test_a_parent_is_not_counted_among_its_members() -> None:
    parent, town = report("青禾县人民政府", 2023), report("云岭镇", 2023)
    copy = parent._replace(path="成员/县.md")
    assert known(Party(parent, members=(copy, town)))[parent.path].members == (town,)


def test_members_on_another_year_twice_or_unread_are_not_counted_and_are_named() -> None:
    parent = report("青禾县人民政府", 2023)
    good = report("云岭镇", 2023)
    again = good._replace(path="副本.md")
    late = report("柳河镇", 2022)
    undated = report("白塔镇", None)
    one, other = (
        report("石桥镇", 2023, "a.md"),
        report("石桥镇", 2023, "b.md", "另一份里写了不一样的一句话。"),
    )
    lost = Unread("c.pdf", SCAN)
    members = known(Party(parent, members=(good, again, late, undated, one, other, lost)))[
        parent.path
    ].members
    assert members is not None
    assert [each for each in members if isinstance(each, Neighbour)] == [good]
    said = {each.name: each.reason.zh for each in members if isinstance(each, Unread)}
    assert "2022 年度" in said["柳河镇"]
    assert "看不出" in said["白塔镇"]
    assert "2 份，内容不同" in said["石桥镇"]
    assert said["c.pdf"] == "是扫描件"
    assert len(members) == len(said) + 1


def test_a_member_whose_report_is_not_filled_in_is_named() -> None:
    parent = report("青禾县人民政府", 2023)
    good, begun = report("云岭镇", 2023), report("柳河镇", 2023)._replace(unfilled=True)
    draft, final = (report("石桥镇", 2023, f"{at}.md")._replace(unfilled=at == 1) for at in (1, 2))
    members = known(Party(parent, members=(good, begun, draft, final)))[parent.path].members
    assert members is not None
    assert (members[0], members[2]) == (good, final)
    assert reason(members[1]) == "报告起了稿，没有填写"


def test_three_thousand_members_are_paired() -> None:
    towns = [Unit(f"{at:04}镇人民政府", "township", "青禾县人民政府") for at in range(3000)]
    roster = county(*towns)
    parent = report("青禾县人民政府", 2023)
    model = report("云岭镇人民政府", 2023)
    members = [
        model._replace(
            path=f"{at}.md", organ=unit.name, names=(unit.name, unit.name.removesuffix("人民政府"))
        )
        for at, unit in enumerate(towns)
    ]
    found = known(*(Party(each, roster=roster) for each in (parent, *members)))
    assert found[parent.path].members == tuple(members)


# -- beside it -------------------------------------------------------------------------------------------------


def test_siblings_are_those_of_one_level_and_year_or_of_one_parent() -> None:
    towns = [report(f"{name}镇人民政府", 2023) for name in ("云岭", "柳河", "石桥")]
    bureau, late = report("青禾县教育局", 2023), report("白塔镇人民政府", 2022)
    found = known(*towns, bureau, late)
    siblings = found[towns[0].path].siblings
    assert siblings is not None
    assert siblings.reports == tuple(towns)
    assert siblings is found[towns[1].path].siblings
    assert (found[bureau.path].siblings, found[late.path].siblings) == (None, None)
    units = county(*TOWNS[:2])
    by_parent = known(*(Party(each, roster=units) for each in towns))[towns[0].path].siblings
    assert by_parent is not None
    assert by_parent.reports == tuple(towns[:2])


def test_two_reports_of_one_organ_do_not_copy_from_each_other() -> None:
    said, own = "镇里每季度向代表通报一次公开事项的落实情况。", "石桥镇的墙报每月换一次，内容由各村报来。"
    draft = report("青禾县云岭镇人民政府", 2023, "稿.md", said)
    final = report("云岭镇", 2023, "定稿.md", said)
    other = report("石桥镇人民政府", 2023, "石桥.md", own)
    siblings = known(draft, final, other)["稿.md"].siblings
    assert siblings is not None
    assert [siblings.count(digest) for digest in draft.digests] == [1]
    copied = report("柳河镇人民政府", 2023, "柳河.md", said)
    siblings = known(draft, final, other, copied)["稿.md"].siblings
    assert siblings is not None
    (digest,) = draft.digests
    assert siblings.count(digest) == 2
    assert siblings.having(digest) == (draft, copied)


# -- the roll -----------------------------------------------------------------------------------------------------


def test_the_roll_tells_who_has_not_reported_who_twice_and_who_on_another_year() -> None:
    roster = county(*TOWNS)
    seen = [
        report("青禾县人民政府", 2023),
        report("云岭镇", 2023, "a.md"),
        report("云岭镇", 2023, "b.md", "另一份里写了不一样的一句话。"),
        report("柳河镇人民政府", 2022),
        report("白塔镇人民政府", 2023),
    ]
    roll = roll_of(roster, seen)
    assert (roll.year, roll.units) == (2023, 4)
    assert roll.missing == ("石桥镇人民政府",)
    assert roll.twice == (("云岭镇人民政府", ("a.md", "b.md")),)
    assert roll.other_year == (("柳河镇人民政府", "柳河镇人民政府/2022.md", 2022),)
    assert roll.strangers == ("白塔镇人民政府/2023.md",)
    assert roll.owing == 2
    assert roll.unit_of["a.md"] == roll.unit_of["b.md"] == "云岭镇人民政府"
    assert "白塔镇人民政府/2023.md" not in roll.unit_of
    assert roll.above.keys() == roster.units.keys()
    assert roll_of(roster, seen, 2022).missing == ("石桥镇人民政府",)


def test_of_two_years_with_as_many_reports_the_later_is_that_of_the_round(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("机关\n云岭镇人民政府\n", encoding="utf-8")
    seen = [report("云岭镇人民政府", 2022), report("云岭镇人民政府", 2023)]
    roll = roll_of(read_roster(str(path)), seen)
    assert (roll.year, roll.owing) == (2023, 0)


# -- before and now --------------------------------------------------------------------------------------------


def nameless(path: str, *sentences: str) -> Neighbour:
    text = "2024年政府信息公开工作年度报告\n\n一、总体情况\n" + "\n".join(sentences) + "\n"
    seen = neighbour_of(Report(Source(text), official_forms()), path)
    assert seen.organ == ""
    return seen


FIRST = (
    "每季度向代表通报一次公开事项的落实情况。",
    "全年更新栏目十二个并公布清单。",
    "设立查阅点两处供群众使用。",
)
SECOND = (
    "组织业务培训三次并逐一考核。",
    "开展存量文件清理并公布结果。",
    "设立查阅点两处供群众使用。",
    "答复群众留言二十九条并抽查质量。",
)


def pairs(old: Sequence[Neighbour], new: Sequence[Neighbour]) -> list[tuple[str, str]]:
    """Return the paths of those that belong together, "-" for what has no counterpart."""
    return [
        (was.path if isinstance(was, Neighbour) else "-", now.path if isinstance(now, Neighbour) else "-")
        for was, now in paired(old, new)
    ]


def test_each_report_is_paired_and_what_is_left_stands_alone() -> None:
    old = [
        report("云岭镇", 2024, "1"),
        report("柳河镇人民政府", 2024, "2"),
        report("白石乡人民政府", 2023, "3"),
    ]
    new = [report("白石乡人民政府", 2024, "4"), report("云岭镇人民政府", 2024, "5")]
    assert pairs(old, new) == [("-", "4"), ("1", "5"), ("2", "-"), ("3", "-")]
    (was, _), *_ = paired(old, new)
    assert "2023" in reason(was)


def test_a_short_name_that_two_organs_have_is_neither() -> None:
    old = [report("云岭镇", 2024, "1")]
    new = [report("青禾县云岭镇人民政府", 2024, "2"), report("平原县云岭镇人民政府", 2024, "3")]
    assert pairs(old, new) == [("-", "2"), ("-", "3"), ("1", "-")]
    assert all("分不清" in reason(was if isinstance(was, Unread) else now) for was, now in paired(old, new))


def test_what_names_no_organ_is_known_by_its_sentences() -> None:
    old = [nameless("1", *FIRST), nameless("2", *SECOND)]
    corrected = nameless("3", SECOND[0], "开展存量文件清理，结果已经公布。", *SECOND[2:])
    assert pairs(old, [corrected, nameless("4", *FIRST)]) == [("2", "3"), ("1", "4")]
    named = report("云岭镇人民政府", 2024, "5", "\n".join(FIRST))
    assert pairs(old, [named]) == [("1", "5"), ("2", "-")]
    assert pairs([report("柳河镇人民政府", 2024, "6", "\n".join(FIRST)), old[1]], [named]) == [
        ("-", "5"),
        ("6", "-"),
        ("2", "-"),
    ]


def test_what_several_may_be_by_their_sentences_is_none() -> None:
    old = [nameless("1", *FIRST), nameless("2", *FIRST, "另有一句不同的话写在这里。")]
    assert pairs(old, [nameless("3", *FIRST)]) == [("-", "3"), ("1", "-"), ("2", "-")]
    assert pairs([old[0], nameless("2", *SECOND)], [nameless("3", *FIRST[:2]), nameless("4", *FIRST)]) == [
        ("-", "3"),
        ("-", "4"),
        ("1", "-"),
        ("2", "-"),
    ]


def test_of_one_on_each_side_the_organ_has_to_be_the_same() -> None:
    assert pairs([report("云岭镇", 2023, "1")], [report("云岭镇人民政府", 2024, "2")]) == [("1", "2")]
    assert pairs([nameless("1", *FIRST)], [report("云岭镇人民政府", 2023, "2")]) == [("1", "2")]
    assert pairs([report("柳河镇", 2024, "1")], [report("云岭镇", 2024, "2")]) == [("-", "2"), ("1", "-")]
