"""What is looked at by hand: findings over a thousand reports, the laws of fixes, where the time of a report goes."""

import cProfile
import io
import pstats
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
        yield f"{name}: {whole:.2f} ms with {len(rules)} rules, of which reading {read:.2f}"
    report = Report(Source(texts["township"]), forms)
    lint(report, rules)
    each = {rule.code: _best(lambda rule=rule: lint(report, [rule]), 20) for rule in rules}  # type: ignore[misc]
    slowest = sorted(each, key=lambda code: -each[code])[:8]
    yield "slowest rules: " + ", ".join(f"{code} {each[code]:.2f}" for code in slowest)


def _fresh(text: str, forms: Sequence[Form], rules: Sequence[Rule]) -> None:
    """Judge *text* as one that has not been read before: what is kept of its paragraphs is forgotten."""
    quantity._read.cache_clear()
    lint(Report(Source(text), forms), rules)


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
