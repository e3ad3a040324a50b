"""How much of what is wrong is found, and how much of what is right is left alone: `python -m tests.bench.detection`.

With `--write` the tables go to docs/reference/detection.md. The same reports are made every time.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # where mutations, prose and labels are

from labels import ENTRIES, Comparison, compared  # noqa: E402
from mutations import OPERATORS, Mutation  # noqa: E402
from nianbao.engine.finding import OutcomeState  # noqa: E402
from nianbao.engine.lint import lint  # noqa: E402
from nianbao.engine.rule import Rule  # noqa: E402
from nianbao.engine.verdict import Verdict  # noqa: E402
from nianbao.plugins.loading import load  # noqa: E402
from nianbao.report.issuer import LEVELS  # noqa: E402
from nianbao.report.report import Report  # noqa: E402
from nianbao.testing import Draft, compliant, official_forms  # noqa: E402
from nianbao.text.source import Source  # noqa: E402
from prose import SUBJECTS, all_patterns, told  # noqa: E402
from prose.slips import WAYS, Slip, wrong_figures, wrong_totals  # noqa: E402
from quiet import FORMS, NOTATIONS, TRAPS, quiet  # noqa: E402

from tests.bench.real import section  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "detection.md"
APPLICATIONS = 24  # times each operator is applied
ATTEMPTS = 4  # times as many reports are tried, where an operator finds no occasion in one
SLIPS = 120  # reports from which sentences with a wrong figure are made
QUIET = 2000
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
SHOWN = 12  # lines of what went wrong that are printed


def check(text: str, rules: Sequence[Rule]) -> Verdict:
    """Return what *rules* say of *text*."""
    return lint(Report(Source(text), official_forms()), rules)


# -- mutations ---------------------------------------------------------------------------------------------


class Trial(NamedTuple):
    """One report made wrong by *operator*: the codes predicted, and those found."""

    operator: str
    seed: int
    predicted: Counter[str]
    found: Counter[str]


class Score(NamedTuple):
    """Of so many findings *predicted* so many were *found*, and *surplus* others."""

    predicted: int
    found: int
    surplus: int

    @property
    def recall(self) -> float:
        """The share of what was predicted that was found; 1 where nothing was."""
        return self.found / self.predicted if self.predicted else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that was predicted; 1 where nothing was found."""
        whole = self.found + self.surplus
        return self.found / whole if whole else 1.0


def mutated(name: str, seed: int) -> Mutation | None:
    """Return operator *name* applied to the *seed*-th report, None where that gives no occasion.

    Where it changes a figure of a table, the sentences around it name none: they would be wrong as well.
    """
    base = compliant(FORMS[seed % 2], LEVELS[seed // 2 % len(LEVELS)], seed, NOTATIONS[seed // 12 % 3])
    for tables in (True, False):
        draft = told(base, seed, tables=tables)
        mutation = OPERATORS[name](draft, Random(f"{name}/{seed}"))
        if mutation is None or draft.cells == base.cells or _of_text(mutation):
            return mutation
    return mutation


def _of_text(mutation: Mutation) -> bool:
    """Return whether what is wrong is that sentences and tables disagree."""
    return any(code.startswith("TXT") for code in mutation.codes)


def trials(rules: Sequence[Rule]) -> Iterator[Trial]:
    """Yield each operator applied to reports of every form, level and notation."""
    for name in OPERATORS:
        done = 0
        for seed in range(APPLICATIONS * ATTEMPTS):
            mutation = mutated(name, seed)
            if mutation is not None:
                found = Counter(found.code for found in check(mutation.text, rules).diagnostics)
                yield Trial(name, seed, Counter(mutation.codes), found)
                done += 1
            if done == APPLICATIONS:
                break


def score(trials: Iterable[Trial], start: str = "") -> Score:
    """Return the score of *trials* in the codes that begin with *start*."""
    predicted = found = surplus = 0
    for trial in trials:
        for code in trial.predicted.keys() | trial.found.keys():
            if code.startswith(start):
                both = min(trial.predicted[code], trial.found[code])
                predicted += trial.predicted[code]
                found += both
                surplus += trial.found[code] - both
    return Score(predicted, found, surplus)


def _share(value: float) -> str:
    """Return *value* to three places, cut off: what is not all is not written 1.000."""
    return f"{int(value * 1000) / 1000:.3f}"


def _line(name: str, *cells: object) -> str:
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _scored(name: str, one: Score, *cells: object) -> str:
    counts = (one.predicted, one.found, one.predicted - one.found, one.surplus)
    return _line(name, *cells, *counts, _share(one.recall), _share(one.precision))


_HEAD = "应有 predicted | 查出 found | 漏报 missed | 误报 false | recall | precision |"


def of_mutations(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the tables on mutations."""
    done = list(trials(rules))
    applied = Counter(trial.operator for trial in done)
    codes = sorted({code for trial in done for code in (*trial.predicted, *trial.found)})
    families = sorted({code.rstrip("0123456789") for code in codes})
    yield f"{len(applied)} 种改错，每种最多用于 {APPLICATIONS} 份报告，共 {len(done)} 份。"
    yield f"*{len(applied)} operators, each on {APPLICATIONS} reports at the most, {len(done)} reports in all.*"
    few = [name for name in OPERATORS if applied[name] < APPLICATIONS]
    if few:
        yield ""
        yield "用得少的：" + "、".join(f"`{name}` {applied[name]}" for name in few) + "。"
    yield from ("", f"| 类 family | 改错 operators | {_HEAD}", "| --- |" + " --- |" * 7)
    for family in families:
        operators = {
            trial.operator for trial in done if any(code.startswith(family) for code in trial.predicted)
        }
        yield _scored(family, score(done, family), len(operators))
    yield _scored("**合计 all**", score(done), len(applied))
    yield from ("", f"| 规则 rule | {_HEAD}", "| --- |" + " --- |" * 6)
    yield from (_scored(code, score(done, code)) for code in codes)
    yield from _amiss(done)


def _amiss(done: Sequence[Trial]) -> Iterator[str]:
    """Yield what was missed and what was not predicted, by operator."""
    missed, surplus = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    where: dict[tuple[str, str], int] = {}
    for trial in done:
        for counter, codes in (
            (missed, trial.predicted - trial.found),
            (surplus, trial.found - trial.predicted),
        ):
            for code, count in codes.items():
                counter[trial.operator, code] += count
                where.setdefault((trial.operator, code), trial.seed)
    for title, counter in (("漏报 Missed", missed), ("误报 False", surplus)):
        if counter:
            yield from ("", f"{title}:", "")
            for (operator, code), count in counter.most_common(SHOWN * 4):
                yield f"- {code} ×{count}, `{operator}` (seed {where[operator, code]})"


# -- sentences of the grammar with a wrong figure ----------------------------------------------------------

Slips = Callable[[Draft, int], Iterator[Slip]]
FOUND, UNDETERMINED, SILENT = "found", "undetermined", "silent"


def of_slips(rules: Sequence[Rule], slips: Slips, families: tuple[str, ...]) -> Iterator[str]:
    """Yield what comes of sentences with a wrong figure: found by one of *families*, left open, or unseen."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    silent: dict[tuple[str, str], str] = {}
    for seed in range(SLIPS):
        base = compliant(FORMS[seed % 2], LEVELS[seed // 2 % len(LEVELS)], seed)
        for slip in slips(base, seed):
            key, ending = (slip.subject, slip.way), _ending(check(slip.draft.render(), rules), families)
            counts.setdefault(key, Counter())[ending] += 1
            if ending == SILENT:
                silent.setdefault(key, slip.sentence)
    yield "| 主题 subject | 哪个数 figure | 写错 wrong | 查出 found | 不作判断 undetermined | 没有说 silent |"
    yield "| --- |" + " --- |" * 5
    for (subject, way), ended in sorted(counts.items()):
        figure = f"`{way}`" + (f" {WAYS[way]}" if way in WAYS else "")
        yield _line(subject, figure, ended.total(), ended[FOUND], ended[UNDETERMINED], ended[SILENT])
    whole = sum(counts.values(), Counter[str]())
    yield _line("**合计 all**", "", whole.total(), whole[FOUND], whole[UNDETERMINED], whole[SILENT])
    if silent:
        yield from ("", "没有说的，各举一例 *one of each that was silent*:", "")
        yield from (f"- {subject} `{way}`: {sentence}" for (subject, way), sentence in sorted(silent.items()))


def _ending(verdict: Verdict, families: tuple[str, ...]) -> str:
    """Return what came of a wrong figure."""
    if any(found.code.startswith(families) for found in verdict.diagnostics):
        return FOUND
    open_ends = [outcome.code for outcome in verdict.outcomes if outcome.state is OutcomeState.UNDETERMINED]
    return UNDETERMINED if any(code.startswith(families) for code in open_ends) else SILENT


# -- labels ------------------------------------------------------------------------------------------------


def of_labels() -> Iterator[str]:
    """Yield a line for each published report, and one for each label that was missed or left undecided."""
    if not ENTRIES:
        yield "没有附带已公布的报告。*The collection of published reports is not at hand.*"
        return
    files = [compared(entry) for entry in ENTRIES]
    yield "| 报告 report | 应查出 must | 查出 found | 漏报 missed | 未定 undecided | 误报 false | 其他已核 others judged | 没有判断的规则 undetermined |"
    yield "| --- |" + " --- |" * 7
    yield from map(_compared, files)
    for file in files:
        for word, labels in (("漏报 missed", file.missed), ("未定 undecided", file.undecided)):
            for label in labels:
                yield f"\n- {word}: {file.file}, {'/'.join(label['rules'])} “{_quoted(label['at'])}”"
        for found in file.false:
            yield f"\n- 误报或未核 false or not looked at: {file.file}, {found.code} “{_quoted(found.text)}”"


def _compared(file: Comparison) -> str:
    counts = (len(file.found), len(file.missed), len(file.undecided), len(file.false))
    return _line(f"`{file.file}`", sum(counts[:3]), *counts, file.judged, _families(file.open) or "—")


def _families(codes: Iterable[str]) -> str:
    """Return *codes* by their families, ART×11; one alone is named."""
    rules: dict[str, list[str]] = {}
    for code in codes:
        rules.setdefault(code.rstrip("0123456789"), []).append(code)
    return " ".join(
        named[0] if len(named) == 1 else f"{family}×{len(named)}" for family, named in rules.items()
    )


def _quoted(text: str) -> str:
    return "".join(text.split())[:30]


# -- quiet reports -----------------------------------------------------------------------------------------


def of_quiet(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield what is found in compliant reports, of which there is nothing to find."""
    severities, undetermined, codes = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    told_of = Counter[str]()
    surplus = Counter[str]()
    first: dict[str, tuple[int, str]] = {}
    for seed in range(QUIET):
        report = quiet(seed)
        verdict = check(report.draft.render(), rules)
        told_of.update(report.traps)
        undetermined.update(o.code for o in verdict.outcomes if o.state is OutcomeState.UNDETERMINED)
        for found in verdict.diagnostics:
            severities[found.severity.value] += 1
            codes[found.code, found.severity.value] += 1
            first.setdefault(found.code, (seed, _quoted(found.text)))
            surplus.update(report.traps if found.severity.value != "info" else ())
    yield f"{QUIET} 份合规报告，{len(TRAPS)} 种陷阱，共 {told_of.total()} 处。"
    yield f"*{QUIET} compliant reports with {len(TRAPS)} kinds of traps, {told_of.total()} of them in all.*"
    yield from ("", "| 程度 severity | 发现 findings |", "| --- | --- |")
    yield from (_line(f"{zh} {key}", severities[key]) for key, zh in SEVERITIES.items())
    for (code, severity), count in codes.most_common():
        seed, text = first[code]
        yield f"\n- {code} {severity} ×{count}: “{text}” (seed {seed})"
    if undetermined:
        said = "、".join(f"{code} {count}" for code, count in sorted(undetermined.items()))
        yield from (
            "",
            f"看不出唯一的意思、没有判断的（份） *left undetermined, in so many reports*: {said}。",
        )
    yield from ("", "| 陷阱 trap | 为什么是对的 why it is right | 处 times |", "| --- | --- | --- |")
    for name, trap in TRAPS.items():
        yield _line(f"`{name}`", " ".join((trap.__doc__ or "").split()), told_of[name])


# -- the page ----------------------------------------------------------------------------------------------

_INTRO = """<!-- 由 python -m tests.bench.detection --write 生成，不要直接改这里。 -->
# 查出多少，误报多少 Detection

这一页说明程序查得出多少错误、会不会把对的说成错的，以及这个数能说明什么、不能说明什么。

- 重做：安装测试所需（`pip install -e '.[test]'`）后运行 `python -m tests.bench.detection`；加 `--write` 重写这一页。
  报告由固定的种子生成，每次相同。
- 查全率（recall）：预先写明应有的发现里，查出的占多少。查准率（precision）：查出的发现里，预先写明的占多少。
- 应有哪些发现，写在每种改错的旁边，来自法规、格式和算术，不来自程序的输出。

*What the program finds, and what it wrongly finds. Run `python -m tests.bench.detection` with the test
requirements installed; `--write` writes this page anew. All reports come from fixed seeds. Recall is the share
of the predicted findings that are found, precision the share of the findings that were predicted. What is
predicted stands beside each operator and comes from law, form and arithmetic, never from the program.*

## 局限 Limits

- 改错是合成的：每份报告只有一个已知的错误，真实的报告往往几个错误混在一起。
- 句子由一部小语法生成（`tests/prose`，各主题的句式数见下表）。写语法、写改错和写规则的是同一批人：
  这些数说明规则做到了写规则的人想到的，不说明没有想到的说法也查得出。
- 改动表格数字的，正文就不写表里的数：否则正文也跟着错，应有的发现就不止一个。
- 已公布的报告有人逐份读过，但份数少，也不是随机抽取的；报告不随项目发布，没有它们时第二节为空。
- 合规报告里的陷阱是想得到的陷阱。一处误报没有，不等于别的报告上不会有。

*The mutations are synthetic: one known fault in each report. The sentences come from a small grammar, written
by those who wrote operators and rules, so the figures show that the rules do what their authors thought of,
and nothing about sentences nobody thought of. Where a figure of a table is changed, the sentences name no
figure of the tables, for they would be wrong as well. The published reports are few, were not drawn at random
and are not distributed. The traps are those that came to mind.*
"""


_ABOUT_TOTALS = (
    "语法里凡是写合计和分项的句式，把合计改错1件或3件，看查出多少。看不出分项是不是互相重叠、属于哪个合计的，",
    "规则不作判断：宁可不报，不可错报。这一节和下一节不计入上面的查全率。",
    "*Each pattern of the grammar that divides a total, with the total off by 1 or 3. Where parts may overlap, or may",
    "belong to another total, the rules leave it undetermined rather than guess. Neither this nor the next part counts",
    "in the recall above.*",
)
_ABOUT_FIGURES = (
    "语法里凡是写表中数字的句式，把其中一个数改大，报告别处不提，看查出多少。没有说的，有的是规则不管的数",
    "（例如自然人、法人各几件），有的是碰巧等于另一个对的数（收到数改成了收到与结转之和），有的是确实没有看出来。",
    "*Each pattern that tells a figure of a table, with one figure larger than it is and nothing else in the report to",
    "speak of it. Of those that are silent some are figures no rule compares (how many applicants were natural persons),",
    "some happen to be another right figure, and some were not understood.*",
)


def page(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from _INTRO.splitlines()
    yield from ("", "| 主题 subject | 句式 sentence patterns |", "| --- | --- |")
    yield from (_line(subject, len(all_patterns(subject))) for subject in SUBJECTS)
    yield from ("", "## 改错 Mutations", "", *of_mutations(rules))
    yield from ("", "## 合计写错的句子 Wrong totals in the sentences", "", *_ABOUT_TOTALS, "")
    yield from of_slips(rules, wrong_totals, ("NUM001", "NUM002"))
    yield from ("", "## 与表格不符的句子 Sentences that disagree with the tables", "", *_ABOUT_FIGURES, "")
    yield from of_slips(rules, wrong_figures, ("TXT", "NUM"))
    yield from ("", "## 已公布的报告 Labels", "", *of_labels())
    yield from ("", "## 合规报告 Quiet reports", "", *of_quiet(rules))
    yield from ("", *section())


def main(arguments: Sequence[str]) -> None:
    """Print the page, or write it. Raises SystemExit where there is nothing to write all of it from."""
    rules = [rule for rule in load().rules if rule.enabled]
    if "--write" not in arguments:
        for line in page(rules):
            print(line, flush=True)  # noqa: T201
        return
    if not ENTRIES:
        raise SystemExit(
            "the collection of published reports is not at hand: a page without it is not written"
        )
    PAGE.write_text("\n".join(page(rules)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
