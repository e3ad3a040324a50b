"""Counties and the organs below them: each figure that is changed is found, nothing in those that are compliant."""

import re
import tracemalloc
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache

import pytest
from effort import LINEAR, growths
from nianbao.engine.finding import OutcomeState, Severity
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.engine.verdict import Verdict
from nianbao.plugins.loading import load
from nianbao.report.neighbour import Neighbour, Neighbours, Unread, siblings_of
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.testing import County, Draft, compliant, compliant_county, official_forms
from nianbao.text.language import same
from nianbao.text.source import Source
from sizes import sized

RULES = [rule for rule in load().rules if rule.enabled]
SUMMING = [rule for rule in RULES if rule.beside == ("members",)]
BESIDE = [rule for rule in RULES if rule.beside == ("siblings",)]
MEMBERS = 20
SMALL = 4 << 20  # bytes that a report itself takes to be judged
MOST_BYTES = 8 << 10  # for each organ below: a reference for each of 200 cells, and what it is read from


def read(text: str) -> Report:
    return Report(Source(text), official_forms())


def seen(draft: Draft) -> Neighbour:
    return neighbour_of(read(draft.render()), f"{draft.organ}.md")


@cache
def county(seed: int, form: str) -> tuple[County, tuple[Neighbour, ...]]:
    made = compliant_county(MEMBERS, seed, form, 2023 if form == "2021" else 2020)
    return made, tuple(map(seen, made.members))


def judged(parent: Draft, members: Sequence[Neighbour | Unread], rules: Sequence[Rule]) -> Verdict:
    report = read(parent.render())
    report.know(Neighbours(neighbour_of(report, "parent.md"), None, tuple(members)))
    return lint(report, rules)


def places(verdict: Verdict) -> set[str]:
    """Return the addresses of the cells that the findings of *verdict* are about."""
    cells = (
        cell
        for each in verdict.diagnostics
        for cell in (each.finding.cell, *(other.cell for other in each.finding.related))
    )
    return {cell.address for cell in cells if cell is not None}


def changed(draft: Draft, address: str) -> Draft:
    """Return *draft* with ten more in the cell *address*."""
    other = draft.copy()
    other.set(address, str(Decimal(other.cells[address]) + 10))
    return other


# -- figures ----------------------------------------------------------------------------------------------------


@sized(counties=(4, 30))
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_nothing_is_found_in_a_county_that_is_the_sum_of_its_organs(form: str, counties: int) -> None:
    for seed in range(counties):
        made, members = county(seed, form)
        verdict = judged(made.parent, members, SUMMING)
        assert not verdict.diagnostics
        assert {outcome.state for outcome in verdict.outcomes} == {OutcomeState.PASSED}


@sized(step=(9, 1))
def test_each_cell_that_is_changed_in_the_county_is_found_and_named(step: int) -> None:
    made, members = county(1, "2021")
    assert len(made.parent.cells) == 200
    for address in list(made.parent.cells)[::step]:
        verdict = judged(changed(made.parent, address), members, RULES)
        if address.startswith(
            "regulations/rules/"
        ):  # a county can make no 规章, of which the whole row is said
            assert "规章" in verdict.diagnostics[0].finding.message.zh
        else:
            assert address in places(verdict), address


@sized(step=(9, 1))
def test_each_cell_that_is_changed_in_an_organ_below_is_found_and_named(step: int) -> None:
    made, members = county(1, "2021")
    for at, address in list(enumerate(made.parent.cells))[::step]:
        which = at % MEMBERS
        other = changed(made.members[which], address)
        verdict = judged(made.parent, [*members[:which], seen(other), *members[which + 1 :]], SUMMING)
        assert len(verdict.diagnostics) <= 1, address
        own = lint(read(other.render()), RULES)
        if address.startswith("regulations/rules/"):
            assert "规章" in own.diagnostics[0].finding.message.zh
        else:
            assert address in places(verdict) | places(own), address
        # One that does not add up in its own report is named in the county's, which is not to blame.
        if address.startswith(("applications/", "review/")):
            (found,) = verdict.diagnostics
            assert other.organ in found.finding.message.zh
            assert found.severity is Severity.INFO


def test_an_organ_that_is_missing_is_named_and_nothing_else_is_said() -> None:
    made, members = county(1, "2021")
    missing = Unread("", same("没有报送"), made.members[3].organ, 2023)
    verdict = judged(made.parent, [*members[:3], missing, *members[4:]], RULES)
    assert not verdict.diagnostics
    outcomes = {outcome.code: outcome for outcome in verdict.outcomes}
    for rule in SUMMING:
        reason = outcomes[rule.code].reason
        assert outcomes[rule.code].state is OutcomeState.UNDETERMINED
        assert reason is not None
        assert made.members[3].organ in reason.zh


@sized(step=(4, 1))
def test_an_organ_that_the_county_has_not_counted_is_one_finding_and_named(step: int) -> None:
    made, members = county(2, "2021")
    for at in range(0, MEMBERS, step):
        left = [member for member in made.members if member is not made.members[at]]
        cells = {
            address: str(sum(Decimal(member.cells[address]) for member in left)) for address in left[0].cells
        }
        parent = compliant("2021", "county", 2, year=2023, organ=made.parent.organ, cells=cells)
        (found,) = judged(parent, members, SUMMING).diagnostics
        assert found.code == "AGG006"
        assert made.members[at].organ in found.finding.message.zh


# -- words ------------------------------------------------------------------------------------------------------


def beside(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Return the codes and messages of what is found in reports that stand beside each other."""
    reports = list(map(read, texts))
    known = [neighbour_of(report, f"{at}.md") for at, report in enumerate(reports)]
    siblings = siblings_of(known)
    found = []
    for report, itself in zip(reports, known, strict=True):
        report.know(Neighbours(itself, None, None, siblings))
        found += [(each.code, each.finding.message.zh) for each in lint(report, BESIDE).diagnostics]
    return found


@sized(many=(60, 500))
def test_neighbours_with_the_usual_sentences_are_no_copies_and_one_under_another_name_is(many: int) -> None:
    drafts = compliant_county(many, seed=5).members
    texts = [draft.render() for draft in drafts]
    assert beside(texts) == []

    # All of the usual sentences have many; what is nobody else's shows whose the others are, too.
    source, organ = drafts[-1].copy(), "青禾县新洲镇人民政府"
    source.sections[0].paragraphs.append(
        "石塔老街的改造方案先在茶馆里讲了三回，再贴到祠堂门口，意见记在同一本簿子上。"
    )
    texts[-1] = source.render()
    copy = source.render().replace(source.organ, organ)
    copy = re.sub(r"(?<![\d.])\d{1,3}(?=[条篇次项期])", lambda figure: str(int(figure[0]) + 3), copy)
    found = beside([*texts, copy])
    assert [code for code, _ in found] == ["AGG004", "AGG004"]
    assert organ in found[0][1]
    assert source.organ in found[1][1]


def test_sentences_that_others_have_apart_are_no_copy_even_together() -> None:
    """Each of the two takes the same from what is usual; the others, a third of it each, show that it is."""
    drafts = compliant_county(16, seed=5).members
    source, organ = drafts[-1], "青禾县新洲镇人民政府"
    copy = source.render().replace(source.organ, organ)
    assert [code for code, _ in beside([source.render(), copy])] == ["AGG004", "AGG004"]

    others = []
    for at, draft in enumerate(drafts[:-1]):
        third = draft.copy()
        for section, its in zip(third.sections, source.sections, strict=True):
            texts = [*its.paragraphs, *(text for _, text in its.subsections)]
            section.paragraphs += [each for text in texts for each in re.findall("[^。]+。", text)][
                at % 3 :: 3
            ]
        others.append(third.render())
    assert beside([*others, source.render(), copy]) == []


# -- as large as they come ----------------------------------------------------------------------------------------


@cache
def drafted(size: int) -> tuple[Draft, tuple[Neighbour, ...]]:
    """Return a county with so many organs; read are a few of each kind, the others have their figures and words."""
    few = compliant_county(60, seed=3)
    known = [seen(draft) for draft in few.members]
    many = tuple(
        known[at % 60]._replace(path=f"{at}.md", organ=f"{known[at % 60].organ}{at}") for at in range(size)
    )
    return few.parent, many


def works(size: int) -> dict[str, Callable[[], object]]:
    parent, members = drafted(size)
    siblings = siblings_of(members)
    report = read(parent.render())
    report.know(Neighbours(neighbour_of(report, "parent.md"), None, members, siblings))
    town = read(compliant("2021", "township", 7, year=2023, organ="青禾县新洲镇人民政府").render())
    town.know(Neighbours(neighbour_of(town, "town.md"), None, None, siblings))
    return {
        "sums": lambda: judged(parent, members, SUMMING),
        "one that is left out": lambda: judged(parent, members[1:], SUMMING),
        "index": lambda: siblings_of(members),
        **{rule.code: lambda rule=rule: lint(town, [rule]) for rule in BESIDE},
    }


@sized(size=(100, 750))
def test_cost_is_in_proportion_to_the_organs(size: int) -> None:
    """The large size compares 3,000 organs with 750."""
    grown = {name: round(growth, 1) for name, growth in growths(works, size).items()}
    assert not {name: growth for name, growth in grown.items() if growth >= LINEAR}


@sized(size=(100, 750))
def test_memory_is_in_proportion_to_the_organs(size: int) -> None:
    peaks = []
    for organs in (size, 4 * size):
        work = works(organs)["sums"]
        tracemalloc.start()
        work()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < LINEAR * peaks[0]
    assert peaks[1] < MOST_BYTES * 4 * size + SMALL
