"""What the fixes of the national rules make of a report, and which of them a person must confirm."""

from collections.abc import Callable

import pytest
from nianbao.run.linter import Input, linter
from nianbao.run.proof import Fixed, fixed
from nianbao.run.settings import Settings
from nianbao.testing import compliant

Change = Callable[[str], str]


def put_right(text: str, *, unsafe: bool = False) -> tuple[str, Fixed]:
    done = fixed(linter(Settings()), Input("青禾县.txt", data=text.encode()), unsafe=unsafe)
    return done.data.decode(), done


def swapped(old: str, new: str) -> Change:
    """Return what replaces the first *old*, which must be there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


SAFE = {
    "其它 in a heading": ("2021", swapped("六、其他需要报告", "六、其它需要报告")),
    "其它 in a row, 2021": ("2021", swapped("\t3.其他\n", "\t3.其它\n")),
    "其它 in a row, 2019": ("2019", swapped("（六）其他处理", "（六）其它处理")),
    "其它 in a column": ("2021", swapped("\t其他结果\n", "\t其它结果\n")),
    "其它 within a row": ("2021", swapped("2.其他法律行政法规禁止公开", "2.其它法律行政法规禁止公开")),
    "a numeral left behind": ("2021", swapped("五、存在的", "四、存在的")),
    "a column misnamed": ("2021", swapped("\t尚未审结\n", "\t尚未办结\n")),
}


@pytest.mark.parametrize("name", SAFE)
@pytest.mark.parametrize("seed", [3, 7])
def test_what_has_one_right_answer_is_put_right_unasked(name: str, seed: int) -> None:
    form, change = SAFE[name]
    right = compliant(form, "county", seed).render()  # type: ignore[arg-type]
    wrong = change(right)
    assert wrong != right

    assert put_right(wrong)[0] == right


UNSAFE: dict[str, Change] = {
    "a title in other words": swapped("五、存在的主要问题及改进情况", "五、存在的问题及改进措施"),
    "a figure beside a label": swapped("\t行政许可\n", "\t行政许可12\n"),
    "a confusable word": swapped("一、总体情况\n", "一、总体情况\n做好政务信心公开。\n"),
    "a year that is not named": swapped("一、总体情况\n", "一、总体情况\n今年的制度更加健全。\n"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_what_a_person_must_confirm_is_left_alone_until_then(name: str) -> None:
    right = compliant("2021", "county", 3).render()
    wrong = UNSAFE[name](right)

    assert put_right(wrong)[0] == wrong
    after, done = put_right(wrong, unsafe=True)
    assert after != wrong
    assert done.made
    assert done.verdict.open == ()


def test_a_total_is_recomputed_only_where_that_is_asked_for() -> None:
    """The total of all outcomes is in a row and in a column: only one figure makes both add up."""
    right = compliant("2021", "county", 3)
    wrong = right.copy()
    address = "applications/total/total"
    wrong.set(address, str(int(right.cells[address]) + 3))

    assert put_right(wrong.render())[0] == wrong.render()
    assert put_right(wrong.render(), unsafe=True)[0] == right.render()


def test_every_year_that_is_not_named_is_named_at_once() -> None:
    draft = compliant("2021", "county", 3)
    text = swapped("一、总体情况\n", "一、总体情况\n今年比去年好，今年的制度更加健全。\n")(draft.render())

    after, done = put_right(text, unsafe=True)

    year = draft.year
    assert f"\n{year}年比{year - 1}年好，{year}年的制度更加健全。\n" in after
    assert [d.code for d in done.made] == ["PER005"]


@pytest.mark.parametrize("notation", ["tabs", "pipes", "bars"])
@pytest.mark.parametrize("text", ["", "/"])
def test_a_cell_without_a_figure_is_filled_where_a_figure_would_stand(notation: str, text: str) -> None:
    """In each notation of a table, zero comes where it would have been written."""
    right = compliant("2021", "county", 3, notation)  # type: ignore[arg-type]
    address = next(a for a in right.cells if a.startswith("applications/") and right.cells[a] == "0")
    row = address.rsplit("/", 1)[0]
    wrong = right.copy()
    for cell in right.cells:
        if cell.startswith(f"{row}/") and right.cells[cell] == "0":
            wrong.set(cell, text)

    after, done = put_right(wrong.render(), unsafe=True)

    assert "".join(after.split()) == "".join(right.render().split())
    assert [d.code for d in done.made] == ["SUM005"]


def test_the_number_of_a_notice_is_not_changed_where_the_name_before_it_would_stay() -> None:
    """〔2021〕30号 is no 格式（试行）: only the notice of 2019 was."""
    said = (
        "一、总体情况\n本报告按照《政府信息公开工作年度报告格式{trial}》（国办公开办函〔2019〕60号）编制。\n"
    )
    named, bare = (
        swapped("一、总体情况\n", said.format(trial=trial))(compliant("2021", "county", 3).render())
        for trial in ("（试行）", "")
    )

    assert "〔2019〕60号" in put_right(named, unsafe=True)[0]
    assert "〔2019〕60号" not in put_right(bare, unsafe=True)[0]
