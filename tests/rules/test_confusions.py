"""The dictionary of TYP001 checked against itself and against what is written correctly."""

from collections import Counter
from pathlib import Path

import pytest
from nianbao.api import Context, Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source
from nianbao_rules.shared.confusions import ADDED, CONFUSIONS, LOST, ORDER, PAIRS, SHAPE, SINGLE, SOUND, TERM
from nianbao_rules.typos.miswritten_word import miswritten_word

ROOT = Path(__file__).parents[2]
ENTRIES = [(sign, *entry) for sign, entries in CONFUSIONS.items() for entry in entries]
WRONG = [wrong for _, _, wrong, _, _, _ in ENTRIES]
AT_LEAST = 300
RARE = 6  # times in a report of four thousand characters


def test_there_are_three_hundred_entries_each_once() -> None:
    assert len(ENTRIES) >= AT_LEAST
    assert not [wrong for wrong, times in Counter(WRONG).items() if times > 1]


def test_every_entry_has_a_reason_and_another_word_in_its_place() -> None:
    reasons = {SOUND, SHAPE, LOST, ADDED, ORDER, TERM}
    assert not [wrong for _, _, wrong, right, reason, _ in ENTRIES if reason not in reasons or wrong == right]


def test_a_sign_stands_in_its_words_where_it_is_said_to() -> None:
    assert not [wrong for sign, at, wrong, _, _, _ in ENTRIES if not wrong.startswith(sign, at)]
    assert {*SINGLE[1:-1], *PAIRS} == set(CONFUSIONS)


def test_no_entry_is_found_within_another_or_within_a_right_word() -> None:
    """The first would make two findings of one mistake, the second a finding of what the rule asks for."""
    rights = "\n".join(right for _, _, _, right, _, _ in ENTRIES)
    assert not [wrong for wrong in WRONG if wrong in rights]
    assert not [(a, b) for a in WRONG for b in WRONG if a != b and a in b]


def test_longer_words_hold_the_wrong_one() -> None:
    assert not [
        (wrong, word) for _, _, wrong, _, _, longer in ENTRIES for word in longer if wrong not in word
    ]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_that_is_written_correctly_is_an_entry(form: str) -> None:
    reports = "\n".join(compliant(form, "county", seed).render() for seed in range(60))
    printed = (ROOT / "grammar" / "nianbao_grammar" / "forms" / f"{form}.yaml").read_text(encoding="utf-8")
    # One wording that the form file knows is a mistake seen in published reports.
    assert {wrong for wrong in WRONG if wrong in reports or wrong in printed} <= {"行政法复议"}


def test_signs_of_one_character_are_rare_in_reports() -> None:
    """Each of them costs a look at every place where it is."""
    reports = "".join(compliant(seed=seed).render() for seed in range(60))
    often = Counter(reports)
    assert not [sign for sign in CONFUSIONS if len(sign) == 1 and often[sign] * 4000 / len(reports) > RARE]


def test_every_entry_is_found_where_it_stands_and_not_in_a_longer_word() -> None:
    wrong = "".join(f"各村已知晓“{wrong}”。\n" for wrong in WRONG)
    right = "".join(f"各村已知晓“{word}”。\n" for *_, longer in ENTRIES for word in longer)
    for text, expected in ((wrong, WRONG), (right, [])):
        report = Report(Source(f"一、总体情况\n{text}"), official_forms())
        found = [verdict.data["wrong"] for verdict in miswritten_word.check(report, Context())]
        assert found == expected
