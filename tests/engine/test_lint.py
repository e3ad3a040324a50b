"""The engine: which reports a rule concerns, how it ends, and what becomes of one that misbehaves."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from nianbao.api import (
    Applies,
    Basis,
    Beside,
    Context,
    Finding,
    Neighbour,
    Neighbours,
    NotApplicable,
    Option,
    Report,
    Rule,
    Siblings,
    Source,
    Span,
    Strength,
    Text,
    Undetermined,
    Unread,
    rule,
)
from nianbao.engine import lint as engine
from nianbao.engine.finding import Outcome, OutcomeState
from nianbao.engine.lint import lint
from nianbao.engine.time_limit import Stopwatch, TimeUpError
from nianbao.report.form import Form
from nianbao.testing import compliant

SAYS = Text("有问题", "there is something")
Check = Any


def made(check: Check, code: str = "QH001", **more: Any) -> Rule:
    """Return *check* as a rule of any report."""
    check.__doc__ = "看一看。"
    basis = Basis("青禾县政务公开工作要点", "", Strength.NOTICE)
    return rule(code, f"looks-{code.lower()}", summary=SAYS, basis=basis, **{"forms": (), **more})(check)


def fires(report: Report, context: Context) -> Iterator[Finding]:
    yield Finding(report.anchor, SAYS, SAYS)


@pytest.fixture
def report(forms: Sequence[Form]) -> Report:
    return Report(Source(compliant("2021", "township", 1).render()), forms)


# -- which reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("applies", "given", "state"),
    [
        (Applies(levels=("township",)), {}, OutcomeState.FAILED),
        (Applies(levels=("county", "city")), {}, OutcomeState.NOT_APPLICABLE),
        (Applies(levels=("county",)), {"level": "county"}, OutcomeState.FAILED),
        (Applies(first=2024), {"year": 2024}, OutcomeState.FAILED),
        (Applies(first=2024), {"year": 2023}, OutcomeState.NOT_APPLICABLE),
        (Applies(last=2023), {"year": 2023}, OutcomeState.FAILED),
        (Applies(last=2023), {"year": 2024}, OutcomeState.NOT_APPLICABLE),
        (Applies(first=2023, last=2024), {"year": 2025}, OutcomeState.NOT_APPLICABLE),
        (Applies(regions=("云溪区",)), {"region": "临川市云溪区"}, OutcomeState.FAILED),
        (Applies(regions=("云溪区", "望川县")), {"region": "临川市望川县"}, OutcomeState.FAILED),
        (Applies(regions=("云溪区",)), {"region": "临川市望川县"}, OutcomeState.NOT_APPLICABLE),
        (Applies(regions=("云溪区",)), {}, OutcomeState.UNDETERMINED),
    ],
)
def test_a_rule_concerns_the_reports_that_it_names(
    applies: Applies, given: dict[str, Any], state: OutcomeState, forms: Sequence[Form]
) -> None:
    """By level, years and region; where the region is not stated no one can tell."""
    given = {**given}
    text = compliant("2021", "township", 1, year=given.pop("year", None)).render()
    report = Report(Source(text), forms, **given)
    (outcome,) = lint(report, [made(fires, applies=applies)]).outcomes

    assert outcome.state is state
    assert (outcome.reason is None) == (state is OutcomeState.FAILED)


def test_the_region_is_read_from_the_name_of_the_organ(forms: Sequence[Form]) -> None:
    """青禾县云岭镇人民政府 belongs to 青禾县, as its own title says."""
    text = "青禾县云岭镇人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n主动公开政府信息。\n"
    report = Report(Source(text), forms)

    assert report.within("青禾县") is True
    assert report.within("望川县") is None
    assert Report(Source(text), forms, region="望川县").within("青禾县") is False


@pytest.mark.parametrize(
    ("applies", "words"),
    [
        (Applies(levels=("township",)), "标题写上全称"),
        (Applies(first=2020), "在标题写明"),
        (Applies(regions=("青禾县",)), "标题写上所属的县、市"),
    ],
)
def test_what_a_report_does_not_state_is_asked_for(
    applies: Applies, words: str, forms: Sequence[Form]
) -> None:
    """A text that tells neither its organ nor its year: the rule is undetermined, with what to give."""
    report = Report(Source("一、总体情况\n主动公开政府信息若干。\n"), forms)
    (outcome,) = lint(report, [made(fires, applies=applies)]).outcomes

    assert outcome.state is OutcomeState.UNDETERMINED
    assert outcome.reason is not None
    assert words in outcome.reason.zh
    assert "in the title" in outcome.reason.en


# -- how it ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "state"),
    [
        ([], OutcomeState.PASSED),
        ([NotApplicable(Text("没有", "none"))], OutcomeState.NOT_APPLICABLE),
        ([Undetermined(Text("不明", "open"))], OutcomeState.UNDETERMINED),
        (
            [NotApplicable(Text("没有", "none")), Undetermined(Text("不明", "open"))],
            OutcomeState.UNDETERMINED,
        ),
        ([Undetermined(Text("不明", "open")), Finding(Span(0, 1), SAYS, SAYS)], OutcomeState.FAILED),
    ],
)
def test_how_a_rule_ends(results: list[Any], state: OutcomeState, report: Report) -> None:
    """A finding weighs more than a doubt, and a doubt more than nothing to look at."""

    def check(report: Report, context: Context) -> Iterator[Any]:
        yield from results

    (outcome,) = lint(report, [made(check)]).outcomes
    assert outcome.state is state


def test_options_are_those_given_and_else_the_defaults(report: Report) -> None:
    seen: list[dict[str, object]] = []

    def check(report: Report, context: Context) -> Iterator[Finding]:
        seen.append(dict(context.options))
        yield from ()

    options = (Option("most", 3, SAYS), Option("words", ("甲",), SAYS))
    one = made(check, options=options)
    lint(report, [one])
    lint(report, [one], {"QH001": {"most": 5}})
    assert seen == [{"most": 3, "words": ("甲",)}, {"most": 5, "words": ("甲",)}]


def test_an_option_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="option most is 'viele'"):
        Context({"most": "viele"}).whole("most")


# -- rules that misbehave --------------------------------------------------------------------------------


def raising(error: BaseException) -> Check:
    def check(report: Report, context: Context) -> Iterator[Finding]:
        raise error
        yield

    return check


def endless(report: Report, context: Context) -> Iterator[Finding]:
    while True:
        yield Finding(report.anchor, SAYS, SAYS)


def yielding(value: object) -> Check:
    def check(report: Report, context: Context) -> Iterator[Any]:
        yield value

    return check


BAD = {
    "raises": (raising(KeyError("甲")), "KeyError: '甲'"),
    "leaves": (raising(SystemExit(3)), "SystemExit: 3"),
    "recurses": (raising(RecursionError("deep")), "RecursionError: deep"),
    "never ends": (endless, "给出的问题超过 2000 个"),
    "yields a text": (yielding("有问题"), "TypeError: yielded str, not Finding"),
    "yields nothing": (yielding(None), "TypeError: yielded NoneType"),
    "points behind the end": (
        yielding(Finding(Span(0, 10**9), SAYS, SAYS)),
        "ValueError: the span 0-1000000000",
    ),
    "points before the beginning": (yielding(Finding(Span(-2, 1), SAYS, SAYS)), "ValueError: the span -2-1"),
    "points backwards": (yielding(Finding(Span(5, 2), SAYS, SAYS)), "ValueError: the span 5-2"),
    "is no generator": (lambda report, context: None, "TypeError: 'NoneType' object is not iterable"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_rule_that_misbehaves_costs_its_own_outcome_and_nothing_else(name: str, report: Report) -> None:
    """One DOC900 that says what happened; the rule before it and the rule after it are heard."""
    check, said = BAD[name]
    verdict = lint(report, [made(fires, "QH000"), made(check), made(fires, "QH002")])

    states = {outcome.code: outcome.state for outcome in verdict.outcomes}
    assert states == {
        "QH000": OutcomeState.FAILED,
        "QH001": OutcomeState.CRASHED,
        "QH002": OutcomeState.FAILED,
    }
    (crash,) = [d for d in verdict.diagnostics if d.code == "DOC900"]
    assert "QH001" in crash.finding.message.zh
    assert said in crash.finding.message.zh
    assert {d.code for d in verdict.diagnostics} >= {"QH000", "QH002"}
    assert sum(d.code == "QH001" for d in verdict.diagnostics) <= engine.MOST


def test_a_rule_that_takes_too_long_between_two_findings_is_stopped(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where there is no alarm."""
    monkeypatch.setattr(engine, "LONGEST", 0.5)

    def slow(report: Report, context: Context) -> Iterator[Finding]:
        while True:
            time.sleep(0.6)
            yield Finding(report.anchor, SAYS, SAYS)

    verdict = lint(report, [made(slow), made(fires, "QH002")])
    assert [outcome.state for outcome in verdict.outcomes] == [OutcomeState.CRASHED, OutcomeState.FAILED]
    assert verdict.outcomes[0].reason is not None
    assert "运行超过 0.5 秒" in verdict.outcomes[0].reason.zh


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm: see nianbao.engine.time_limit")
@pytest.mark.parametrize("guarded", [False, True], ids=["a loop", "a loop that swallows every Exception"])
def test_a_loop_without_end_is_stopped(
    guarded: bool, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it never yields, the alarm interrupts it."""
    monkeypatch.setattr(engine, "LONGEST", 0.5)

    def loops(report: Report, context: Context) -> Iterator[Finding]:
        while True:
            try:
                len("甲")
            except Exception:
                if not guarded:
                    raise
        yield

    verdict = lint(report, [made(loops), made(fires, "QH002")])
    assert [outcome.state for outcome in verdict.outcomes] == [OutcomeState.CRASHED, OutcomeState.FAILED]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm: see nianbao.engine.time_limit")
def test_the_alarm_is_given_back() -> None:
    """A program that uses the alarm itself keeps it, and after us no one's alarm is set."""
    import signal

    def theirs(*_: object) -> None:
        raise AssertionError("nobody has set it off")

    signal.signal(signal.SIGALRM, theirs)
    try:
        with Stopwatch(0.01) as watch:
            watch.start()
            time.sleep(0.03)
            with pytest.raises(TimeUpError):
                watch.check()
        assert signal.getsignal(signal.SIGALRM) is theirs
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with Stopwatch(60) as watch:
        watch.start()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


# -- the reports beside it -----------------------------------------------------------------------------------

OTHER = Neighbour("b.md", "云岭镇人民政府", (), "township", 2022, "2021", {}, b"", (), b"", b"")
LOST = Unread("c.pdf", Text("文件是扫描件", "a scan"), "石桥镇人民政府")


def ended(report: Report, beside: Beside) -> Outcome:
    return lint(report, [made(fires, beside=beside)]).outcomes[0]


@pytest.mark.parametrize("beside", ["previous", "members", "siblings"])
def test_a_rule_that_compares_does_not_apply_to_a_report_that_is_alone(
    report: Report, beside: Beside
) -> None:
    outcome = ended(report, beside)
    assert outcome.state is OutcomeState.NOT_APPLICABLE
    assert outcome.reason


def test_a_rule_runs_that_has_what_it_compares_with(report: Report) -> None:
    report.know(Neighbours(OTHER, OTHER, (OTHER,), Siblings((OTHER,), {}, {})))
    every: tuple[Beside, ...] = ("previous", "members", "siblings")
    for beside in every:
        assert ended(report, beside).state is OutcomeState.FAILED


def test_a_report_of_last_year_that_could_not_be_read_is_named(report: Report) -> None:
    report.know(Neighbours(OTHER, previous=LOST))
    outcome = ended(report, "previous")
    assert outcome.state is OutcomeState.UNDETERMINED
    assert outcome.reason is not None
    assert "c.pdf" in outcome.reason.zh
    assert "文件是扫描件" in outcome.reason.zh


def test_each_member_that_is_not_known_is_named_up_to_a_few(report: Report) -> None:
    report.know(Neighbours(OTHER, members=(OTHER, LOST)))
    outcome = ended(report, "members")
    assert outcome.state is OutcomeState.UNDETERMINED
    assert outcome.reason is not None
    assert "缺 1 份" in outcome.reason.zh
    assert "石桥镇人民政府（文件是扫描件）" in outcome.reason.zh
    report.know(Neighbours(OTHER, members=(OTHER, *[LOST] * 300)))
    outcome = ended(report, "members")
    assert outcome.reason is not None
    assert "缺 300 份" in outcome.reason.zh
    assert len(outcome.reason.zh) < 200


def test_a_report_without_members_has_nothing_to_sum_up(report: Report) -> None:
    report.know(Neighbours(OTHER, members=()))
    assert ended(report, "members").state is OutcomeState.NOT_APPLICABLE
