"""The roster: what offices write it in, and one line on everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.files.yaml_file import FileError
from nianbao.run.roster import read_roster, written
from nianbao.run.units import Roster, Unit

COUNTY = "机关,级别,上级,简称\n青禾县人民政府,县,,县政府\n云岭镇人民政府,乡镇,青禾县人民政府,云岭镇\n"


def read(folder: Path, content: str | bytes) -> Roster:
    path = folder / "units.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(str(path))


def faults(folder: Path, content: str | bytes) -> list[tuple[int, str]]:
    """Return the line and the words of each fault."""
    with pytest.raises(FileError) as raised:
        read(folder, content)
    error = raised.value
    return [(error.source.position(each.offset).line, each.reason.zh) for each in error.fault.all]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_encodings_that_spreadsheets_write_are_read(tmp_path: Path, encoding: str, mark: str) -> None:
    roster = read(tmp_path, (mark + COUNTY).encode(encoding.removesuffix("-sig" if mark else "")))
    assert list(roster.units.values()) == [
        Unit("青禾县人民政府", "county", "", ("县政府",), 2),
        Unit("云岭镇人民政府", "township", "青禾县人民政府", ("云岭镇",), 3),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "机关,级别,上级,简称",
        "单位名称,层级,主管机关,别名",
        "Name,Level,Parent,Short names",
        " name , level,parent,short",
    ],
)
def test_the_heads_may_be_in_chinese_or_english(tmp_path: Path, head: str) -> None:
    body = COUNTY.partition("\n")[2]
    assert read(tmp_path, f"{head}\n{body}").units == read(tmp_path, COUNTY).units


def test_columns_may_be_parted_by_tabs_in_any_order_and_others_are_passed_over(tmp_path: Path) -> None:
    roster = read(
        tmp_path, "序号\t上级\t机关\t电话\n1\t\t青禾县人民政府\t12345\n2\t青禾县人民政府\t云岭镇人民政府\t\n"
    )
    assert [(unit.name, unit.parent) for unit in roster.units.values()] == [
        ("青禾县人民政府", ""),
        ("云岭镇人民政府", "青禾县人民政府"),
    ]


def test_blanks_empty_lines_and_quoted_line_ends_do_no_harm(tmp_path: Path) -> None:
    roster = read(
        tmp_path, '机关,简称\r\n\r\n,\r\n"青禾县\r\n人民政府"," 县政府、青禾县 ; 县府"\r\n云岭镇\r\n'
    )
    assert roster.units["青禾县人民政府"].short == ("县政府", "青禾县", "县府")
    assert roster.units["云岭镇"].line == 6


def test_a_parent_may_be_given_by_a_short_name_that_only_one_unit_has(tmp_path: Path) -> None:
    roster = read(tmp_path, "机关,上级,简称\n云岭镇人民政府,县政府,\n青禾县人民政府,,县政府\n")
    assert roster.units["云岭镇人民政府"].parent == "青禾县人民政府"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04rest of a workbook", {1: "Excel 文件；在 Excel 里另存为“CSV UTF-8"}),
        (b"\xd0\xcf\x11\xe0rest", {1: "Excel 文件"}),
        (b"\xff\x00\xff\x81\x00", {1: "UTF-8 或 GB18030"}),
        ("", {1: "至少有“机关”"}),
        ("甲,乙\n1,2\n", {1: "至少有“机关”"}),
        ("机关,单位\n甲,乙\n", {1: "“机关”这一列有两列"}),
        ("机关\n", {1: "一行写一个"}),
        ("机关,级别\n,县\n", {2: "没有写机关"}),
        ("机关\n甲镇\n乙镇\n甲镇\n", {4: "“甲镇”第 2 行已经有了"}),
        ("机关,级别\n甲镇,科级\n", {2: "没有级别“科级”"}),
        ("机关,上级\n甲镇,青禾县人民正府\n青禾县人民政府,\n", {2: "是不是“青禾县人民政府”"}),
        ("机关,上级\n甲镇,望川市\n", {2: "给它加一行"}),
        ("机关,上级\n甲县,甲县\n", {2: "上级是它自己"}),
        ("机关,上级\n甲,乙\n乙,丙\n丙,甲\n丁,甲\n", {2: "甲 → 乙 → 丙 → 甲"}),
        ('机关\n"甲\n', {2: "不是 CSV"}),
        ("机关,级别,上级\n甲镇,科级,\n甲镇,,\n,,\n乙镇,,丙县\n", {2: "科级", 3: "已经有了", 5: "丙县"}),
    ],
)
def test_each_fault_is_one_line_with_its_place(
    tmp_path: Path, content: str | bytes, found: Mapping[int, str]
) -> None:
    said = faults(tmp_path, content)
    assert [line for line, _ in said] == list(found)
    for line, words in said:
        assert found[line] in words
        assert "\n" not in words


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        read_roster(str(tmp_path / "units.csv"))
    assert "核对路径" in raised.value.text.zh


NAMES = st.text("甲乙丙丁县镇局", min_size=1, max_size=6)


@given(st.lists(NAMES, unique=True, min_size=1, max_size=12), st.data())
def test_what_is_written_is_read_again_and_every_circle_is_found(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    parents = [data.draw(st.sampled_from(["", *names])) for _ in names]
    units = [Unit(name, "township", parent, (name[0],)) for name, parent in zip(names, parents, strict=True)]
    path = tmp_path_factory.mktemp("roster") / "units.csv"
    path.write_bytes(written(units))
    above = dict(zip(names, parents, strict=True))

    def goes_in_a_circle(name: str) -> bool:
        steps = 0
        while name and steps <= len(names):
            name, steps = above[name], steps + 1
        return bool(name)

    if any(map(goes_in_a_circle, names)):
        with pytest.raises(FileError):
            read_roster(str(path))
    else:
        again = read_roster(str(path)).units.values()
        assert [unit._replace(line=0) for unit in again] == units
