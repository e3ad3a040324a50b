"""Columns of a terminal: what each text takes, and texts cut and wrapped to them."""

import pytest
from nianbao.reporters.display import Display
from nianbao.reporters.terminal_width import Ruler, aligned, printable

FAMILY = "👩‍👩‍👧"  # three people joined by U+200D: one picture


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("", 0, 0),
        ("abc 12", 6, 6),
        ("总计", 4, 4),
        ("１２，（）", 10, 10),
        ("“三安全一稳定”", 14, 16),
        ("—…·", 3, 6),
        ("×√", 2, 4),
        ("𠮷", 2, 2),
        (FAMILY, 2, 2),
        (f"“{FAMILY}”", 4, 6),
        ("e\u0301", 1, 1),
        ("が", 2, 2),
        ("か\u3099", 2, 2),
        ("表三 · 总计", 11, 12),
    ],
)
def test_columns(text: str, narrow: int, wide: int) -> None:
    assert Ruler(1).columns(text) == narrow
    assert Ruler(2).columns(text) == wide


def test_what_would_steer_the_terminal_is_made_visible() -> None:
    assert printable("a\x1b[31mb\x9bc\u202ed\u2028e\tf\x00") == r"a\x1b[31mb\x9bc\u202ed\u2028e    f\x00"
    assert printable(FAMILY + "\ufe0f") == FAMILY + "\ufe0f"
    assert printable("一\u3000二") == "一\u3000二"


def test_clip_and_tail_keep_to_the_width() -> None:
    ruler = Ruler()
    assert ruler.clip("政府信息公开", 12, "…") == "政府信息公开"
    assert ruler.clip("政府信息公开", 11, "…") == "政府信息公…"
    assert ruler.clip("政府信息公开", 10, "…") == "政府信息…"
    assert ruler.tail("政府信息公开", 10, "…") == "…信息公开"
    assert ruler.tail("政府信息公开", 12, "…") == "政府信息公开"
    assert ruler.clip("政府", 0, "…") == "…"


def test_wrap_keeps_words_whole_and_signs_in_place() -> None:
    ruler = Ruler()
    assert ruler.wrap("共收到申请12345件，全部办结。", 12) == ["共收到申请", "12345件，全", "部办结。"]
    # Ten columns would end before the comma; it may not begin a line, so the character before it moves too.
    assert ruler.wrap("政府信息公，开", 10) == ["政府信息", "公，开"]
    # Nor may an opening bracket end one.
    assert ruler.wrap("政府信息（公开）", 10) == ["政府信息", "（公开）"]
    assert ruler.wrap("12 + 3 = 15 ≠ 16", 9) == ["12 + 3 =", "15 ≠ 16"]
    assert ruler.wrap("", 10) == [""]


@pytest.mark.parametrize("text", ["，" * 500, "a" * 500, "（" * 500, "政" * 500, f"{FAMILY}，" * 100])
def test_wrap_never_goes_beyond_the_width_and_loses_nothing(text: str) -> None:
    lines = Ruler().wrap(text, 20)
    assert max(map(Ruler().columns, lines)) <= 20
    assert "".join(lines) == text


def test_aligned_columns_begin_at_the_same_place() -> None:
    assert aligned(Ruler(), [["总计", "1"], ["a", "2"], ["“", "3"]]) == ["总计  1", "a     2", "“     3"]


def test_signs_are_those_that_the_console_holds() -> None:
    assert Display(encoding="gbk").sign("✓", "√", "*") == "√"
    assert Display(encoding="ascii").sign("✓", "√", "*") == "*"
    assert Display(encoding="utf-8").sign("✓", "√", "*") == "✓"
    assert Display(encoding="gbk").shown("甲𠮷乙") == "甲?乙"
    assert Display(encoding="gbk").ellipsis == "…"
    assert Display(encoding="ascii").ellipsis == "..."


def test_an_endless_message_is_cut_in_the_middle() -> None:
    from nianbao.text.language import same

    said = Display().say(same("头" + "长" * 100_000 + "尾"))
    assert len(said) < 2000
    assert said.startswith("头")
    assert said.endswith("尾")
