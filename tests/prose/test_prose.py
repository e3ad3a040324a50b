"""The grammar of prose: really many sentences, all of them used, and true to the tables they are beside."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from random import Random

import pytest
from nianbao.report.issuer import LEVELS
from nianbao.testing import Draft, compliant

from prose import SUBJECTS, all_patterns, facts_of, telling, told
from prose.grammar import divided, growth, han, parsed, patterns, percent, pick, split
from prose.slips import WAYS, wrong_figures, wrong_totals
from prose.told import outcomes

DIFFERENT = 40  # sentence patterns of each subject
ALIKE = 0.85  # two patterns that share more than this of their signs are one
SEEDS = 240


def _base(seed: int) -> Draft:
    return compliant(("2021", "2019")[seed % 2], LEVELS[seed // 2 % len(LEVELS)], seed)


@cache
def _used() -> Mapping[str, frozenset[str]]:
    """The patterns that a series of reports is written from, by subject."""
    found: dict[str, set[str]] = {subject: set() for subject in SUBJECTS}
    for seed in range(SEEDS):
        for subject, pattern in telling(_base(seed), seed).patterns:
            found[subject].add(pattern)
    return {subject: frozenset(texts) for subject, texts in found.items()}


def _different(texts: Iterator[str]) -> list[str]:
    """Return those of *texts* that are like none before them, up to the number that is asked for."""
    chosen: list[str] = []
    matcher = SequenceMatcher(None, autojunk=False)
    for text in texts:
        matcher.set_seq2(text)
        if not any(_alike(matcher, other) for other in chosen):
            chosen.append(text)
        if len(chosen) == DIFFERENT:
            break
    return chosen


def _alike(matcher: SequenceMatcher[str], other: str) -> bool:
    matcher.set_seq1(other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_told_in_forty_really_different_ways(subject: str) -> None:
    """Figures and names left out; a word more or another verb alone does not make another way."""
    assert len(_different(iter(sorted(all_patterns(subject), key=len)))) == DIFFERENT


@pytest.mark.parametrize("subject", SUBJECTS)
def test_reports_are_written_from_these_patterns(subject: str) -> None:
    used = _used()[subject]
    assert len(used) >= DIFFERENT
    assert used <= all_patterns(subject)


def test_a_choice_may_stand_in_a_choice_and_be_empty() -> None:
    assert set(patterns("全年[公开|发布[了|]]{n}条")) == {"全年公开{n}条", "全年发布了{n}条", "全年发布{n}条"}
    assert {pick("[甲|乙]丙", Random(seed)) for seed in range(20)} == {"甲丙", "乙丙"}


@pytest.mark.parametrize("rule", ["全年[公开|发布", "全年公开]信息", "[甲|[乙]丙"])
def test_a_bracket_without_its_other_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        parsed(rule)


def test_shares_are_rounded_or_cut_off() -> None:
    """6 of 32 is 18.75%."""
    said = {percent(6, 32, Random(seed)) for seed in range(200)}
    assert said == {"19%", "18%", "18.8%", "18.7%", "18.75%"}


def test_growth_has_the_direction_of_the_figures() -> None:
    """60 is a fifth more than 50; 40 a fifth less."""
    assert {re.sub("[^0-9.%]", "", growth(60, 50, Random(seed))) for seed in range(60)} == {
        "20%",
        "20.0%",
        "20.00%",
    }
    assert growth(60, 50, Random(1)).startswith(("增长", "上升", "提高"))
    assert growth(40, 50, Random(1)).startswith(("下降", "减少"))
    assert growth(50, 50, Random(1)) == "持平"


@pytest.mark.parametrize("seed", range(30))
def test_the_parts_of_a_division_are_written_out_whole(seed: int) -> None:
    division = divided(("甲", "乙", "丙", "丁", "戊"), "条", Random(seed))
    said = division.written(Random(seed))
    for way in ("dun", "comma", "semicolon", "he"):
        assert sum(map(int, re.findall(r"(\d+)条", str(said[way])))) == said["total"]
    whole = re.sub("（[^）]*）", "", str(said["nested"]))
    assert sum(map(int, re.findall(r"(\d+)条", whole))) == said["total"]
    for outer, inner in re.findall(r"(\d+)条（([^）]*)）", str(said["nested"])):
        assert sum(map(int, re.findall(r"(\d+)条", inner))) == int(outer)


@pytest.mark.parametrize("total", [0, 1, 7, 300])
def test_a_split_adds_up_to_what_was_split(total: int) -> None:
    assert split(total, ("甲", "乙", "丙"), "件", Random(total)).total == total


def test_chinese_numerals_before_a_measure_word() -> None:
    assert [han(number) for number in (0, 1, 2, 3, 10)] == ["零", "一", "两", "三", "十"]


@pytest.mark.parametrize("seed", range(60))
def test_prose_is_written_around_the_tables_and_changes_none(seed: int) -> None:
    base = _base(seed)
    other = told(base, seed)
    assert (other.cells, other.title, other.preamble) == (base.cells, base.title, base.preamble)
    assert other.render() == told(base, seed).render()
    assert other.render() != told(base, seed + 1).render()
    assert "{" not in "".join(text for _, text in other.section("overview").subsections)


@pytest.mark.parametrize("seed", range(60))
def test_the_six_groups_of_outcomes_are_all_there_is(seed: int) -> None:
    base = _base(seed)
    assert sum(outcomes(facts_of(base)).values()) == int(base.cells["applications/total/total"])


@pytest.mark.parametrize("seed", range(60))
def test_without_the_tables_no_sentence_counts_applications_or_cases(seed: int) -> None:
    other = told(_base(seed), seed, tables=False)
    words = "".join(text for _, text in other.section("overview").subsections)
    assert not re.search(r"申请\d|办结\d|行政许可|行政处罚|规范性文件\D{0,12}\d+件|行政复议", words)
    assert not other.section("review").paragraphs


def test_a_wrong_total_is_off_by_one_or_three_and_stands_in_the_report() -> None:
    made = [slip for seed in range(40) for slip in wrong_totals(_base(seed), seed)]
    assert {slip.way for slip in made} == set(WAYS)
    for slip in made:
        assert slip.sentence in slip.draft.render()
        if slip.way == "dun" and slip.subject == "management":
            total, *parts = map(int, re.findall(r"(\d+)处", slip.sentence))
            assert abs(total - sum(parts)) in (1, 3)


@pytest.mark.parametrize("seed", range(30))
def test_a_wrong_figure_changes_the_sentence_and_no_cell(seed: int) -> None:
    base = _base(seed)
    for slip in wrong_figures(base, seed):
        assert slip.draft.cells == base.cells
        assert slip.sentence in slip.draft.render()
