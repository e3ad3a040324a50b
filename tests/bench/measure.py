"""What is measured: findings over a thousand reports, a cold start, a warm report, and how time grows."""

import cProfile
import io
import pstats
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fix_laws import broken_laws
from mutations import OPERATORS, mutate
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.prose import sentences as quantity
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft, compliant, official_forms
from nianbao.text.source import Source

ROOT = Path(__file__).parents[2]
TOWNSHIP = ROOT.parent / "shared" / "corpus" / "000_90093137e02060d7.txt"
LEVELS = ("township", "bureau", "county", "city", "province", "ministry")
THOUSAND = 1000
FIXED = 500
COLD_GOAL = 8  # times `python -c pass`
WARM_GOAL = 6  # milliseconds a report, the rules on its tables and structure
PROSE_GOAL = 2  # milliseconds that the rules on its sentences add
PROSE = (
    *("FEE", "NUM", "PRB", "PRV", "TXT", "HDR005", "HDR006", "PER004", "PER005"),
    *("TYP003", "TYP004", "TYP005", "TYP006", "TYP007", "TYP008", "TYP009"),
)


def _rules() -> list[Rule]:
    return [rule for rule in load().rules if rule.enabled]


def _spread(seed: int) -> Draft:
    form, level = ("2021", "2019")[seed % 2], LEVELS[seed // 2 % 6]
    return compliant(form, level, seed, ("tabs", "pipes", "bars")[seed // 12 % 3])  # type: ignore[arg-type]


def counts() -> Iterator[str]:
    """Lint a thousand compliant reports and a thousand mutated ones; the goal is no finding, no miss."""
    rules, forms = _rules(), official_forms()
    severities: Counter[str] = Counter()
    for seed in range(THOUSAND):
        verdict = lint(Report(Source(_spread(seed).render()), forms), rules)
        severities.update(found.severity.value for found in verdict.diagnostics)
    yield f"{THOUSAND} compliant: " + ", ".join(f"{severities[s]} {s}" for s in ("error", "warning", "info"))
    missed, surplus, done, seed = Counter[str](), Counter[str](), 0, 0
    names = sorted(OPERATORS)
    while done < THOUSAND:
        mutation = mutate(names[seed % len(names)], _spread(seed), seed)
        seed += 1
        if mutation is None:
            continue
        done += 1
        verdict = lint(Report(Source(mutation.text), forms), rules)
        found = Counter(d.code for d in verdict.diagnostics)
        missed.update(Counter(mutation.codes) - found)
        surplus.update(found - Counter(mutation.codes))
    yield f"{done} mutated by {len(names)} operators: {missed.total()} missed, {surplus.total()} not predicted"
    yield from (f"  missed {code} x{n}" for code, n in missed.most_common())
    yield from (f"  surplus {code} x{n}" for code, n in surplus.most_common())


def fixes() -> Iterator[str]:
    """Fix five hundred mutated reports, safely and unsafely, and say which laws of a fix do not hold: the goal is none."""
    judge = linter(Settings())
    names = sorted(OPERATORS)
    for unsafe in (False, True):
        done = seed = 0
        broken: list[str] = []
        while done < FIXED:
            mutation = mutate(names[seed % len(names)], _spread(seed), seed)
            seed += 1
            if mutation is not None:
                done += 1
                given = Input(f"{seed - 1}.txt", data=mutation.text.encode())
                broken += [f"  {seed - 1}: {law}" for law in broken_laws(judge, given, unsafe=unsafe)]
        yield f"{done} mutated, {'unsafe' if unsafe else 'safe'} fixes: {len(broken)} laws broken"
        yield from broken


def _run(command: Sequence[str], times: int = 30) -> float:
    """Return the median wall time of *command* in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def cold() -> Iterator[str]:
    """Time `nianbao check` of an example, as a new process, against Python doing nothing."""
    examples = sorted((ROOT / "docs" / "examples").glob("*.txt"))
    command = Path(sys.executable).with_name("nianbao")
    if not examples or not command.exists():
        yield "no example or no command to run"
        return
    nothing = _run([sys.executable, "-c", "pass"])
    check = _run([str(command), "check", str(examples[0])])
    yield f"python -c pass {nothing:.1f} ms, nianbao check {examples[0].name} {check:.1f} ms: {check / nothing:.1f} times (goal {COLD_GOAL})"


def _best(work: Callable[[], object], times: int) -> float:
    """Return the fastest of *times* runs in milliseconds: the one that nothing else disturbed."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return 1000 * best


def _township() -> str:
    if TOWNSHIP.exists():
        return TOWNSHIP.read_text(encoding="utf-8")
    return compliant("2019", "township").render()


def _texts() -> dict[str, str]:
    return {
        "township": _township(),
        "county": compliant().render(),
        "pipes": compliant(notation="pipes").render(),
    }


def warm() -> Iterator[str]:
    """Time one report in a process that has read others, in whole and in parts."""
    rules, forms = _rules(), official_forms()
    texts = _texts()
    for name, text in texts.items():
        whole = _best(lambda text=text: _fresh(text, forms, rules), 60)  # type: ignore[misc]
        read = _best(lambda text=text: Report(Source(text), forms), 60)  # type: ignore[misc]
        yield f"{name}: {whole:.2f} ms with {len(rules)} rules (goal {WARM_GOAL + PROSE_GOAL}), of which reading {read:.2f}"
    report = Report(Source(texts["township"]), forms)
    lint(report, rules)
    each = {rule.code: _best(lambda rule=rule: lint(report, [rule]), 20) for rule in rules}  # type: ignore[misc]
    slowest = sorted(each, key=lambda code: -each[code])[:8]
    yield "slowest rules: " + ", ".join(f"{code} {each[code]:.2f}" for code in slowest)


def prose() -> Iterator[str]:
    """Time what the rules on sentences add to a report that is read and judged by all the others."""
    rules, forms = _rules(), official_forms()
    others = [rule for rule in rules if not rule.code.startswith(PROSE)]
    for name, text in _texts().items():
        whole = _best(lambda text=text: _fresh(text, forms, rules), 60)  # type: ignore[misc]
        without = _best(lambda text=text: _fresh(text, forms, others), 60)  # type: ignore[misc]
        added = whole - without
        yield (
            f"{name}: {len(others)} rules {without:.2f} ms (goal {WARM_GOAL}), "
            f"{len(rules) - len(others)} on sentences add {added:.2f} (goal {PROSE_GOAL})"
        )


def _fresh(text: str, forms: Sequence[Form], rules: Sequence[Rule]) -> None:
    """Judge *text* as one that has not been read before: what is kept of its paragraphs is forgotten."""
    quantity._kept.cache_clear()
    lint(Report(Source(text), forms), rules)


_SIGNS = {
    "digits": "1",
    "one line": "全年主动公开政府信息，",
    "headings": "一、总体情况\n",
    "inner headings": "（一）主动公开方面。\n",
    "cells": "\t0\n",
    "closed rows": "\t规章\n\t0\n\n",
    "pipes": "| 0 ",
    "bars": "|\n0\n",
    "bars alone": "|\n",
    "pipe rows": "| 规章 | 0 | 0 | 0 |\n",
    "dates": "2021年1月1日至",
    "years": "2021年",
    "numerals": "一二三、",
    "openings": "（由",
    "listed parts": "由总体情况、",
    "brackets": "〔2019〕",
    "quotes": "“三安全",
    "spaces": " ",
    "blank lines": "\n",
    "sentences": "本年公开政府信息3条。",
    "typos": "政务信心，截止",
    "X": "X",
    "counts": "全年公开信息3条，其中动态1条、公告2条，",
    "answers": "收到政府信息公开申请3件，均已办结；",
    "denials": "未收到行政复议申请，没有诉讼，",
    "changes": "较上年增长12.5%，",
    "nested": "（其中1件",
    "including": "其中",
    "shares": "1件、",
    "respectively": "分别为",
}


def doubling() -> Iterator[str]:
    """Time texts of one sign over and over; twice the text may take about twice the time."""
    rules, forms = _rules(), official_forms()
    for name, sign in _SIGNS.items():
        taken = []
        for length in (20_000, 40_000):
            text = "青禾县人民政府2021年政府信息公开工作年度报告\n一、总体情况\n" + sign * (
                length // len(sign)
            )
            taken.append(_best(lambda text=text: _fresh(text, forms, rules), 3))  # type: ignore[misc]
        factor = taken[1] / taken[0]
        yield f"{name}: {taken[0]:.0f} ms, doubled {taken[1]:.0f} ms, {factor:.1f} times" + (
            "  <--" if factor > 2.6 else ""
        )


def profile() -> Iterator[str]:
    """Profile the township report, read and linted a hundred times."""
    rules, forms, text = _rules(), official_forms(), _township()
    lint(Report(Source(text), forms), rules)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(100):
        lint(Report(Source(text), forms), rules)
    profiler.disable()
    written = io.StringIO()
    pstats.Stats(profiler, stream=written).sort_stats("tottime").print_stats(35)
    yield written.getvalue()
