"""The set phrases of TYP001: what is found in them, and what is right although it is like them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest
from nianbao.testing import compliant
from nianbao_rules.shared import slips as module
from nianbao_rules.shared.alike import SHAPES, SOUNDS
from nianbao_rules.shared.confusions import Miswritten
from nianbao_rules.shared.set_phrases import AROUND, JOINTS, RIGHT, SET_PHRASES
from nianbao_rules.shared.slips import slips

ROOT = Path(__file__).parents[2]
ROWS = SOUNDS.split()[1::2] + SHAPES.split()
PHRASES = frozenset(SET_PHRASES)


@cache
def like(sign: str) -> list[str]:
    """Return the signs that are like *sign* by sound or shape."""
    return sorted({other for row in ROWS if sign in row for other in row} - {sign})


def right_there(text: str, at: int) -> bool:
    """Return whether a word that is right by itself has the sign *at*."""
    return any(
        text.startswith(word, start) for word in RIGHT for start in range(max(0, at - len(word) + 1), at + 1)
    )


def mended(text: str, found: Miswritten) -> str:
    return text[: found.start] + found.right + text[found.start + len(found.wrong) :]


def test_each_phrase_is_there_once_and_long_enough() -> None:
    assert len(set(SET_PHRASES)) == len(SET_PHRASES)
    assert all(len(phrase) >= 4 for phrase in SET_PHRASES)


def test_one_sign_wrong_anywhere_in_a_phrase_is_found_and_mended() -> None:
    chance = Random(0)
    missed = []
    for phrase in SET_PHRASES:
        for at, sign in enumerate(phrase):
            others = like(sign)
            for wrong in chance.sample(others, len(others)):
                written = f"（{phrase[:at]}{wrong}{phrase[at + 1 :]}）"
                if written[1:-1] not in PHRASES and not right_there(written, at + 1):
                    answers = {mended(written, found) for found in slips(written)}
                    if f"（{phrase}）" not in answers or not {answer[1:-1] for answer in answers} <= PHRASES:
                        missed.append((written, answers))
                    break
    assert not missed


def test_no_phrase_is_a_mistake_in_another_one_or_beside_it() -> None:
    chance = Random(1)
    for phrase in SET_PHRASES:
        beside = chance.choice(SET_PHRASES)
        for text in (phrase, phrase + beside, f"{beside}和{phrase}", f"{phrase}的{beside}"):
            assert not list(slips(text)), text


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_that_is_written_correctly_is_a_mistake(form: str) -> None:
    for seed in range(60):
        assert not list(slips(compliant(form, "county", seed).render()))


def test_nothing_in_the_forms_and_the_guides_is_a_mistake() -> None:
    files = [
        *ROOT.glob("grammar/nianbao_grammar/forms/*.yaml"),
        *ROOT.glob("docs/*.zh-CN.md"),
        ROOT / "README.zh-CN.md",
    ]
    assert len(files) > 5
    for file in files:
        assert not list(slips(file.read_text(encoding="utf-8"))), file


def places(word: str) -> Iterator[str]:
    """Yield phrases in which one sign was replaced so that *word* is there, with what of it stands beside."""
    for phrase in SET_PHRASES:
        for start in range(1 - len(word), len(phrase)):
            head, tail = word[: max(0, -start)], word[len(phrase) - start :]
            inside = word[len(head) : len(word) - len(tail)]
            there = phrase[max(0, start) : max(0, start) + len(inside)]
            differ = [at for at, (a, b) in enumerate(zip(inside, there, strict=True)) if a != b]
            if len(differ) == 1 and inside[differ[0]] in like(there[differ[0]]):
                at = max(0, start)
                yield head + phrase[:at] + inside + phrase[at + len(inside) :] + tail


@pytest.mark.parametrize("word", sorted(RIGHT))
def test_a_word_that_is_right_by_itself_is_no_mistake(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(places(word))
    assert not [text for text in texts if any(word in found.wrong for found in slips(text))]
    monkeypatch.setattr(module, "RIGHT", RIGHT - {word})
    assert any(list(slips(text)) for text in texts)  # or else it need not be listed


def test_a_phrase_ends_and_begins_at_a_joint() -> None:
    for joint in JOINTS:
        assert {found.right for found in slips(f"社会评义{joint}")} == {"社会评议"}, joint
        assert {found.right for found in slips(f"{joint}舍会评议")} == {"社会评议"}, joint


def test_a_phrase_ends_and_begins_at_a_usual_word() -> None:
    for word in AROUND:
        assert {found.right for found in slips(f"社会评义{word}")} == {"社会评议"}, word
        assert {found.right for found in slips(f"{word}舍会评议")} == {"社会评议"}, word


def test_a_usual_word_is_not_listed_if_set_phrases_begin_and_end_with_it() -> None:
    assert not AROUND & {phrase[:2] for phrase in SET_PHRASES} & {phrase[-2:] for phrase in SET_PHRASES}


def test_the_last_sign_may_belong_to_what_follows_and_the_first_to_what_stands_before() -> None:
    assert not list(slips("上年的信息发步骤不清"))
    assert not list(slips("受奖励行政复议"))
