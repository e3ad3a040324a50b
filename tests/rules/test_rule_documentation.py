"""A rule's docstring is its documentation, and its severity is no more than its basis bears."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from nianbao.engine.finding import Basis, Severity, Strength
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.reporters.json_ import clauses

RULES = load().rules
PARTS = ("为什么：", "反例：", "正例：", "怎样改：")
_LAW = (Strength.LAW, Strength.FORM)


def _by_code(rule: Rule) -> str:
    return rule.code


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_documentation_has_its_parts_in_order(rule: Rule) -> None:
    places = [rule.documentation.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)
    first = rule.documentation.strip().splitlines()[0]
    assert first.endswith("。"), "the first line says what is checked, in one sentence"
    pieces = re.split("|".join(PARTS), rule.documentation)[1:]
    assert all(len(piece.strip()) >= 4 for piece in pieces), "a part says something"


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_examples_differ(rule: Rule) -> None:
    bad, good = re.split("反例：|正例：|怎样改：", rule.documentation)[1:3]
    assert "".join(bad.split()) != "".join(good.split())


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_severity_rests_on_its_basis(rule: Rule) -> None:
    """Only law and the printed form bear an error: domain.md, what is marked [BG] may warn at most."""
    assert rule.basis
    if rule.severity is Severity.ERROR:
        assert any(basis.strength in _LAW for basis in rule.basis)
    assert all(basis.document for basis in rule.basis)
    assert all(basis.clause for basis in rule.basis if basis.strength is not Strength.HEURISTIC)


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_programs_get_clauses_that_begin_with_a_word(rule: Rule) -> None:
    """The sign between a document and what it says belongs to neither."""
    for record in clauses(rule.basis):
        assert not re.match(r"[\s:：,，;；。]", record["document"])
        assert not re.match(r"[\s:：,，;；。]", record["article"])


@pytest.mark.parametrize(
    ("article", "gist", "said"),
    [
        ("第三条", "每年公布", "《甲办法》第三条：每年公布"),
        ("第三条", "", "《甲办法》第三条"),
        ("", "每年公布", "《甲办法》：每年公布"),
        ("", "", "《甲办法》"),
    ],
)
def test_a_clause_is_said_in_one_line(article: str, gist: str, said: str) -> None:
    assert str(Basis("《甲办法》", article, Strength.NOTICE, gist)) == said


@pytest.mark.parametrize("rule", RULES, ids=_by_code)
def test_summary_speaks_both_languages(rule: Rule) -> None:
    assert re.search(r"[\u4e00-\u9fff]", rule.summary.zh)
    assert re.search(r"[a-z]{3}", rule.summary.en)
    assert rule.summary.zh != rule.summary.en


def test_names_and_codes_are_used_once() -> None:
    for values in ([rule.code for rule in RULES], [rule.name for rule in RULES]):
        assert not [value for value, count in Counter(values).items() if count > 1]


def test_rules_are_listed_by_code(all_rules: Sequence[Rule]) -> None:
    codes = [rule.code for rule in all_rules]
    assert codes == sorted(codes)
