"""What people are shown: the line, the caret, the piece of the table, the sum, the basis, what to do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import Run, wrong_total
from nianbao.engine.finding import Severity
from nianbao.reporters.display import Display
from nianbao.reporters.source_excerpt import Gutter, excerpt
from nianbao.reporters.terminal_width import Ruler
from nianbao.testing import compliant
from nianbao.text.source import Source, Span


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_a_finding_in_full(run: Run, wrong: Path) -> None:
    line = 1 + wrong_total().split("\n").index("\t2", wrong_total().split("\n").index("\t未经复议直接起诉"))
    ended = run("check", wrong, "--select", "SUM004", "-q")
    lines = ended.out.split("\n")
    assert lines[0] == f"{wrong}:{line}:2 错误 SUM004 review-total"
    assert lines[1:8] == [
        f" {line} |     2",
        "     |     ^",
        "     |",
        "     | 表四      结果维持   总计",
        "     | 行政复议      [1]   【2】",
        "     |",
        lines[7],
    ]
    assert "行政复议" in lines[7]
    assert "1 ≠ 2" in ended.out
    assert any(line.startswith("       依据：《政府信息公开工作年度报告格式》") for line in lines)
    assert any(line.startswith("       怎样改：") for line in lines)


def test_a_wrong_cell_is_shown_in_its_row_and_column(run: Run, tmp_path: Path) -> None:
    draft = compliant("2021", "county", 3)
    rows = [row.key for row in draft.form.tables[4].rows]
    columns = [column.key for column in draft.form.tables[4].columns]
    for row in rows:
        for column in columns:
            draft.set(f"applications/{row}/{column}", "0")
    for row, column, text in (
        ("received", "natural_person", "5"),
        ("received", "total", "5"),
        ("granted", "natural_person", "5"),
        ("granted", "total", "5"),
        ("total", "natural_person", "9"),  # 5 would satisfy the column, the row and the balance
        ("total", "total", "5"),
    ):
        draft.set(f"applications/{row}/{column}", text)
    path = tmp_path / "a.txt"
    path.write_bytes(draft.render().encode())
    ended = run("check", path, "--select", "SUM", "-q")
    table = [line.removeprefix("     | ") for line in ended.out.split("\n") if line.startswith("     | ")]
    assert ended.out.count("错误 SUM") == 1
    assert table[1:] == [
        "表三                              自然人   总计",
        "一、本年新收政府信息公开申请数量    [5]     5",
        "三（一）予以公开                    [5]     5",
        "三（七）总计                       【9】   [5]",
    ]


TABLE = Display(width=60)


def shown(text: str, start: int, end: int, width: int = 60, **how: object) -> list[str]:
    display = Display(width=width)._replace(**how)  # type: ignore[arg-type]
    return excerpt(Source(text), Span(start, end), Severity.ERROR, Gutter(display, 4))


@pytest.mark.parametrize(
    ("before", "words", "ambiguous"),
    [
        ("abc", "def", 1),
        ("政府信息", "公开", 1),
        ("１２，（）", "总计", 1),
        ("“三安全一隐患”", "x", 1),
        ("“三安全一隐患”", "…", 2),
        ("\t", "\t5", 1),
        ("𠮷👩\u200d👩\u200d👧e\u0301", "👨\u200d👩\u200d👧", 1),
        ("\x9b31m\u202e", "甲", 1),
    ],
)
def test_the_caret_stands_under_the_words(before: str, words: str, ambiguous: int) -> None:
    line, under = shown(f"{before}{words}后", len(before), len(before) + len(words), ambiguous=ambiguous)
    ruler = Ruler(ambiguous)
    display = Display()
    left = len("   1 | ") + ruler.columns(display.shown(before))
    assert line == f"   1 | {display.shown(before + words)}后"
    assert under == "     | ".ljust(left) + "^" * ruler.columns(display.shown(words))


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("start", [0, 3, 500, 50_000, 99_990])
def test_a_long_line_is_cut_around_the_words(width: int, start: int) -> None:
    text = "政府信息公开年度，" * 11_111
    line, under = shown(text, start, start + 6, width)
    assert Ruler().columns(line) <= width
    assert Ruler().columns(under) <= width
    first = under.index("^")
    assert under[first:] == "^" * 12
    columns = _cells(line)
    assert "".join(columns[first : first + 12]) == text[start : start + 6]
    assert ("…" in line[:8]) == (start >= 500)


def _cells(line: str) -> list[str]:
    """Return what is in each column of *line*; the second half of a wide character is ""."""
    return [cell for character in line for cell in (character, *[""] * (Ruler().columns(character) - 1))]


def test_words_longer_than_the_line_are_cut_too() -> None:
    line, under = shown("甲" * 3000, 0, 3000)
    assert line.endswith("…")
    assert Ruler().columns(line) <= 60
    assert Ruler().columns(under) <= 60


def test_a_finding_over_several_lines_says_where_it_ends() -> None:
    lines = shown("甲乙\n丙丁\n戊", 1, 6)
    assert lines == ["   1 | 甲乙", "     |   ^^ （至第 2 行）"]


def test_an_empty_place_has_one_caret() -> None:
    assert shown("", 0, 0) == ["   1 |", "     | ^"]
    assert shown("甲\r\n", 1, 1) == ["   1 | 甲", "     |   ^"]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(run: Run, tmp_path: Path, width: int, language: str) -> None:
    text = wrong_total().replace("一、总体情况\n", "一、总体情况\n" + "政务信心" * 400 + "。\n")
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    ended = run("check", path, "--lang", language, env={"COLUMNS": str(width)})
    wide = [line for line in _below_the_heads(ended.out, path) if Ruler().columns(line) > width]
    assert ended.code == 1
    assert wide == []


def _below_the_heads(out: str, path: Path) -> Iterator[str]:
    """Yield the lines that do not begin with the path, which may be of any length."""
    return (line for line in out.split("\n") if not line.startswith(str(path)))


def test_colour_changes_nothing_but_colour(run: Run, wrong: Path, doubtful: Path) -> None:
    bare = run("check", wrong, doubtful)
    coloured = run("check", wrong, doubtful, "--color", "always")
    assert "\x1b[1;31m【2】\x1b[0m" in coloured.out
    assert plain(coloured.out) == bare.out


@pytest.mark.parametrize(
    ("option", "env", "coloured"),
    [
        (None, {}, False),
        (None, {"FORCE_COLOR": "1"}, True),
        (None, {"FORCE_COLOR": "0"}, False),
        (None, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (None, {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides_on_colour(
    run: Run, wrong: Path, option: str | None, env: dict[str, str], coloured: bool
) -> None:
    options = ["--color", option] if option else []
    assert ("\x1b[" in run("check", wrong, *options, env=env).out) is coloured


def test_concise_is_one_line_a_finding(run: Run, wrong: Path, doubtful: Path) -> None:
    ended = run("check", wrong, doubtful, "--format", "concise", "--select", "SUM", "-q")
    found = [re.fullmatch(r"(.+):(\d+):(\d+): (\S+) (\w+) .+", line) for line in ended.out.splitlines()]
    assert [match and match.group(1, 4, 5) for match in found] == [
        (str(wrong), "错误", "SUM004"),
        (str(doubtful), "警告", "SUM007"),
    ]


def test_a_clause_of_the_same_document_does_not_name_it_twice(run: Run, doubtful: Path) -> None:
    said = "".join(line.strip() for line in run("check", doubtful, "--select", "SUM007").out.split("\n"))
    assert said.count("《政府信息公开工作年度报告格式》") == 1
    assert "附件第三部分表格；附件第四部分表格" in said


def test_ambiguous_width_moves_the_caret(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "清溪县2024年政府信息公开工作年度报告\n\n一、总体情况\n“主动公开”“政务信心”。\n"
    path.write_bytes(text.encode())

    def caret(*options: str, env: dict[str, str] | None = None) -> int:
        out = run("check", path, "--select", "TYP001", *options, env=env).out
        return next(line.index("^") for line in out.split("\n") if "^" in line)

    assert caret("--ambiguous-width", "2") == caret() + 3
    assert caret(env={"NIANBAO_AMBIGUOUS_WIDTH": "2"}) == caret() + 3
    assert caret("--ambiguous-width", "1", env={"NIANBAO_AMBIGUOUS_WIDTH": "2"}) == caret()
