"""The signs of like sound are those that pypinyin gives; `python tests/rules/test_alike.py` writes them again."""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from nianbao_rules.shared import alike
from nianbao_rules.shared.set_phrases import SET_PHRASES
from pypinyin import lazy_pinyin

FIRST_LEVEL = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
]


def blurred(sound: str) -> str:
    """Return *sound* without what many do not tell apart."""
    sound = re.sub("^([zcs])h", r"\1", sound)
    sound = re.sub("^n(?=.)", "l", sound)
    return re.sub("(?<=[aei])ng$", "n", sound)


def sounds() -> str:
    rows: dict[str, set[str]] = defaultdict(set)
    read = [(sign, lazy_pinyin(sign)[0]) for sign in FIRST_LEVEL]
    for phrase in SET_PHRASES:
        for words in re.findall(r"[\u4e00-\u9fff]+", phrase):
            read += zip(words, lazy_pinyin(words), strict=True)
    for sign, sound in read:
        rows[blurred(sound)].add(sign)
    order = {sign: place for place, sign in enumerate(FIRST_LEVEL)}
    return "".join(
        f"{sound} {''.join(sorted(rows[sound], key=lambda sign: (order.get(sign, len(order)), sign)))}\n"
        for sound in sorted(rows)
        if len(rows[sound]) > 1
    )


def test_the_first_level_has_its_signs() -> None:
    assert len(FIRST_LEVEL) == 3755
    assert (FIRST_LEVEL[0], FIRST_LEVEL[-1]) == ("啊", "座")


def test_sounds_are_those_of_pypinyin() -> None:
    assert sounds() == alike.SOUNDS.lstrip("\n")


def test_what_many_do_not_tell_apart_is_one_sound() -> None:
    rows = alike.SOUNDS.split()[1::2]
    for pair in ("制字", "查擦", "审森", "难兰", "行新", "评频", "更根", "公工", "开凯", "管馆", "防翻"):
        assert any(set(pair) <= set(row) for row in rows), pair
    for pair in ("公空", "发花", "如路"):
        assert not any(set(pair) <= set(row) for row in rows), pair


def test_a_row_of_shapes_adds_to_the_sounds_and_touches_a_set_phrase() -> None:
    heard = alike.SOUNDS.split()[1::2]
    said = set("".join(SET_PHRASES))
    for row in alike.SHAPES.split():
        assert len(set(row)) == len(row) > 1, row
        assert said & set(row), row
        assert any(
            not any(set(pair) <= set(sounding) for sounding in heard) for pair in combinations(row, 2)
        ), row


if __name__ == "__main__":
    file = Path(alike.__file__)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(alike.SOUNDS, "\n" + sounds()), encoding="utf-8")
