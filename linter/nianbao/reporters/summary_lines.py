"""The closing lines of the output for people: how much was found, and how much could be judged at all."""

from collections import Counter
from collections.abc import Iterator

from nianbao.engine.checked import Checked, Roll, Summary
from nianbao.engine.finding import STATES, OutcomeState
from nianbao.files.folder import LeftOutReason
from nianbao.reporters.by_rule import ByRule, Found, found
from nianbao.reporters.display import Display
from nianbao.reporters.terminal_width import aligned
from nianbao.text.language import Text, joined

FOUND = Text(
    "{files} 个文件：错误 {error}，警告 {warning}，提示 {info}",
    "files {files}: errors {error}, warnings {warning}, notes {info}",
)
_RULES = Text("{rules} 条规则", "rules {rules}")
_TIMES = Text("{rules} 条规则 × {reports} 份报告", "rules {rules} x {reports} reports")
_ENDED = Text(
    "{rules}：通过 {passed}，不通过 {failed}，不适用 {not_applicable}，无法判断 {undetermined}",
    "{rules}: passed {passed}, failed {failed}, not applicable {not_applicable}, undetermined {undetermined}",
)
_CRASHED = Text("，规则出错 {crashed}", ", crashed {crashed}")
_STOPPED = Text(
    "已中断，结果不全：{asked} 个文件中检查了 {files} 个",
    "interrupted, so this is not whole: {files} of {asked} files were checked",
)
UNREAD = Text("{count} 个没有读成，没有结论", "not read, so without a verdict: {count}")
_UNJUDGED = Text("{count} 份没有结论或结论不全：{reasons}", "without a full verdict {count}: {reasons}")
_LEFT_OUT = Text(
    "文件夹里另有 {count} 个没有列为报告：{reasons}",
    "in the folders, left out as no reports: {count} ({reasons})",
)
_ROLL = Text(
    "名册 {path}：{units} 个机关，{year} 年度的报告{said}",
    "roster {path}, units {units}, reports on {year}: {said}",
)
_SAID = {
    "whole": Text("都已报送", "all are there"),
    "missing": Text("没有报送 {count}{names}", "not handed in {count}{names}"),
    "other_year": Text("报送的是别的年度 {count}{names}", "on another year {count}{names}"),
    "unfilled": Text("起了稿没有填写 {count}{names}", "begun and not filled in {count}{names}"),
    "twice": Text("报送了内容不同的两份以上 {count}{names}", "several that differ {count}{names}"),
    "strangers": Text("另有 {count} 份不是名册中机关的{names}", "of nobody in the roster {count}{names}"),
}
_NAMES = Text("（{names}）", " ({names})")
_UNKNOWN = Text("（年度不明）", "(an unknown year)")
_MOST_NAMED = 10  # units that are named without --verbose
_COUNTED = Text("{reason} {count}", "{reason} {count}")
_SUPPRESSED = {
    "waiver": Text("已豁免 {count}", "waived {count}"),
    "comment": Text("注释说明 {count}", "suppressed by comments {count}"),
    "baseline": Text("基线中原有 {count}", "in the baseline {count}"),
}
_SCORES = Text(
    "{count} 份有评分表，存进文件逐份看：-f score:评分.csv",
    "reports with a sheet {count}, to be had in a file: -f score:scores.csv",
)
_COMMA = Text("，", ", ")
_SEMICOLON = Text("；", "; ")
_MADE = Text("已改正 {count} 处", "fixed {count}")
_REFUSED = Text("没有改成 {count} 处，原因见上", "not fixed {count}, for the reasons given")
_SAFE = Text("可自动改 {count} 处：--fix", "fixable {count}: --fix")
_UNSAFE = Text(
    "改法需要确认 {count} 处：--fix --unsafe-fixes", "fixable once confirmed {count}: --fix --unsafe-fixes"
)
_IDLE = Text(
    "规则 {code} 在这次检查中一次也没有遇到要找的内容：{target}",
    "rule {code} has not met what it looks for in any report of this run: {target}",
)
_BY_RULE = Text(
    "按规则统计：{findings} 个问题，出自 {rules} 条规则",
    "by rule: findings {findings}, of rules {rules}",
)
_BY_RULE_OF = Text(
    "按规则统计：{files} 份报告共有 {findings} 个问题，出自 {rules} 条规则",
    "by rule: findings {findings} in files {files}, of rules {rules}",
)
_TIMES_FOUND = Text("{findings} 个", "{findings}")
_TIMES_IN = Text("{findings} 个，在 {files} 份报告中", "{findings} in files {files}")
_NARROWEST = 20  # columns that the name of a rule has in the statistics, however narrow the terminal
_MANY = 12  # rules with one reason that are only counted, and named with --verbose


# The codes of the rules by the reason for which they ended in a state, with the path of the file.
Reasons = tuple[str, str, dict[str, list[str]]]
# How many findings a file has of each rule, the reasons to be listed, and its score.
Counts = tuple[Found, list[Reasons], str]


class Closing:
    """Counts while the run goes on and closes it."""

    def __init__(self, display: Display, listed: tuple[OutcomeState, ...]) -> None:
        """Count from zero; rules that ended in one of the states *listed* are named with the reason."""
        self.display = display
        self.listed = listed
        self.reasons: list[Reasons] = []
        self.scores: list[str] = []
        self.rules = ByRule()

    def part(self, checked: Checked) -> Counts:
        """Return what the lines need of *checked*."""
        if checked.verdict is None:
            return {}, [], ""
        listed: list[Reasons] = []
        for state in self.listed:
            reasons: dict[str, list[str]] = {}
            for outcome in checked.verdict.outcomes:
                if outcome.state is state:
                    reason = self.display.say(outcome.reason) if outcome.reason else ""
                    reasons.setdefault(reason, []).append(outcome.code)
            if reasons:
                listed.append((checked.path, state.value, reasons))
        return found(checked.verdict.open), listed, self._score(checked)

    def _score(self, checked: Checked) -> str:
        """Return the line on the score of *checked*, "" if it is not scored."""
        if not checked.points:
            return ""
        from nianbao.reporters.scoring import line  # few runs have a sheet

        return line(checked, self.display)

    def _scores(self) -> list[str]:
        """Return the lines on scores: one for each report, of many reports where they are."""
        if len(self.scores) <= _MOST_NAMED or self.display.verbose:
            return self.scores
        return [self.display.say(_SCORES.fill(count=len(self.scores)))]

    def put(self, counts: Counts) -> None:
        """Count the next file."""
        rules, listed, score = counts
        self.scores += filter(None, (score,))
        self.rules.put(rules)
        self.reasons += listed

    def text(self, summary: Summary) -> str:
        """Return the closing lines, "" if the display is quiet."""
        display = self.display
        if display.quiet:
            return ""
        lines = [*self._statistics(summary), *self._unjudged(summary), self._found(summary)]
        if summary.rules:
            lines.extend(self._indented(self._ended(summary), "plain"))
        if summary.roll is not None:
            said = roll_call(summary.roll, summary.roll.units if display.verbose else _MOST_NAMED)
            lines.extend(self._indented(display.say(said), "warning" if summary.roll.owing else "plain"))
        for score in self._scores():
            lines.extend(self._indented(score, "plain"))
        if summary.left_out:
            lines.extend(self._indented(display.say(left_out(summary)), "dim"))
            lines.extend(self._named(summary) if display.verbose else ())
        repaired = [display.say(words.fill(count=count)) for words, count in _repaired(summary) if count]
        if repaired:
            lines.extend(self._indented(display.say(_SEMICOLON).join(repaired), "plain"))
        suppressed = [
            display.say(_SUPPRESSED[by].fill(count=count))
            for by, count in summary.suppressed.items()
            if count
        ]
        if suppressed:
            lines.extend(self._indented(display.say(_COMMA).join(suppressed), "dim"))
        for code, target in summary.idle:
            lines.extend(self._indented(display.say(_IDLE.fill(code=code, target=target)), "dim"))
        for line in self._listed(summary):
            lines.extend(self._indented(line, "dim"))
        return "\n".join(lines) + "\n"

    def _statistics(self, summary: Summary) -> Iterator[str]:
        """Yield what each rule has found, in words, the name of the rule on as many lines as it takes."""
        display = self.display
        rows = self.rules.rows(summary, display) if display.statistics else []
        if not rows:
            return
        several = summary.files > 1
        findings, most = sum(row.findings for row in rows), _BY_RULE_OF if several else _BY_RULE
        head = most.fill(rules=len(rows), findings=findings, files=summary.files)
        yield display.paint(display.say(head), "place")
        widths = [
            len(str(max(column))) for column in zip(*((row.findings, row.files) for row in rows), strict=True)
        ]
        counted = _TIMES_IN if several else _TIMES_FOUND
        cells = [
            [
                display.say(
                    counted.fill(findings=f"{row.findings:>{widths[0]}}", files=f"{row.files:>{widths[1]}}")
                ),
                display.say(row.severity.text),
                row.code,
            ]
            for row in rows
        ]
        lines = aligned(display.ruler, cells)
        indent = 2 + max(map(display.ruler.columns, lines)) + 2
        for line, row in zip(lines, rows, strict=True):
            first, *rest = display.ruler.wrap(row.name, max(_NARROWEST, display.width - indent))
            yield f"  {display.ruler.pad(line, indent - 2)}{first}"
            yield from (" " * indent + more for more in rest)
        yield ""

    def _unjudged(self, summary: Summary) -> Iterator[str]:
        """Yield the lines on what has no verdict, which come before all figures."""
        display = self.display
        sign = display.sign("！", "!")
        width = display.ruler.columns(sign) + 1
        for text in without_verdict(summary):
            first, *rest = display.ruler.wrap(display.say(text), display.width - width)
            yield display.paint(f"{sign} {first}", "warning")
            yield from (" " * width + display.paint(line, "warning") for line in rest)

    def _named(self, summary: Summary) -> Iterator[str]:
        """Yield a line for each file left out, in the order of the folders."""
        display = self.display
        for file in summary.left_out:
            words = f"{display.shown(file.name)} {display.say(file.reason.text)}"
            yield from self._indented(words, "dim")

    def _found(self, summary: Summary) -> str:
        display = self.display
        counts = {severity.value: count for severity, count in summary.findings.items()}
        if summary.exit_code in (1, 2):
            sign, style = display.sign("×", "x"), "error"
        elif summary.exit_code or any(counts.values()) or not _all_judged(summary):
            sign, style = display.sign("！", "!"), "warning"
        else:
            sign, style = display.sign("√", "*"), "place"
        words = display.say(FOUND.fill(files=summary.files, **counts))
        return f"{display.paint(sign, style)} {display.paint(words, 'place')}"

    def _ended(self, summary: Summary) -> str:
        reports = summary.files - summary.unread
        rules = (_RULES if reports == 1 else _TIMES).fill(rules=summary.rules, reports=reports)
        counts = {state.value: count for state, count in summary.outcomes.items()}
        words = _ENDED.fill(rules=rules, **counts)
        crashed = _CRASHED.fill(**counts) if counts["crashed"] else Text("", "")
        return self.display.say(words) + self.display.say(crashed)

    def _listed(self, summary: Summary) -> Iterator[str]:
        for path, state, reasons in self.reasons:
            head = self.display.say(STATES[OutcomeState(state)])
            where = f"{self.display.shown(path)} " if summary.files > 1 else ""
            for reason, codes in reasons.items():
                many = len(codes) > _MANY and not self.display.verbose
                rules = self.display.say(_RULES.fill(rules=len(codes))) if many else " ".join(codes)
                yield f"{where}{head} {rules}: {reason}"

    def _indented(self, words: str, style: str) -> list[str]:
        display = self.display
        return [f"  {display.paint(line, style)}" for line in display.ruler.wrap(words, display.width - 2)]


def without_verdict(summary: Summary) -> Iterator[Text]:
    """Yield the texts on the files that have no verdict or none in full, those that the run did not get to first."""
    yield from not_whole(summary)
    if summary.unread:
        yield UNREAD.fill(count=summary.unread)
    yield from not_in_full(summary)


def not_in_full(summary: Summary) -> Iterator[Text]:
    """Yield the text on reports without a full verdict, with the reasons, counted if there are several."""
    lacks = {lack.text: count for lack, count in summary.lacks.items() if count}
    if lacks:
        counted = (_COUNTED.fill(reason=reason, count=count) for reason, count in lacks.items())
        reasons = joined(lacks if len(lacks) == 1 else counted, _COMMA)
        yield _UNJUDGED.fill(count=summary.unjudged, reasons=reasons)


def not_whole(summary: Summary) -> Iterator[Text]:
    """Yield the text on a run that was ended before it was done."""
    if summary.stopped:
        yield _STOPPED.fill(asked=summary.asked, files=summary.files)


def left_out(summary: Summary) -> Text:
    """Return the count of the files left out, by reason."""
    counts = Counter(file.reason for file in summary.left_out)
    words = [
        _COUNTED.fill(reason=reason.text, count=counts[reason]) for reason in LeftOutReason if counts[reason]
    ]
    reasons = Text("，".join(text.zh for text in words), ", ".join(text.en for text in words))
    return _LEFT_OUT.fill(count=len(summary.left_out), reasons=reasons)


def roll_call(roll: Roll, most: int = _MOST_NAMED) -> Text:
    """Return who has not reported, who several times, who on another year; of each the first *most* names, 0 for none."""
    others = dict.fromkeys(f"{name}（{year}）" if year else name for name, _, year in roll.other_year)
    lists = {
        "missing": list(roll.missing),
        "other_year": list(others),
        "unfilled": list(dict.fromkeys(name for name, _ in roll.unfilled)),
        "twice": [f"{name}（{'、'.join(paths)}）" for name, paths in roll.twice],
        "strangers": list(roll.strangers),
    }
    said = [_named(key, names, most) for key, names in lists.items() if names]
    if not roll.owing:
        said.insert(0, _SAID["whole"])
    words = Text("，".join(text.zh for text in said), ", ".join(text.en for text in said))
    return _ROLL.fill(path=roll.path, units=roll.units, year=roll.year or _UNKNOWN, said=words)


def _named(key: str, names: list[str], most: int) -> Text:
    more = len(names) > most
    listed = Text(
        "、".join(names[:most]) + ("等" if more else ""), ", ".join(names[:most]) + (" …" if more else "")
    )
    return _SAID[key].fill(count=len(names), names=_NAMES.fill(names=listed) if most else Text("", ""))


def _repaired(summary: Summary) -> Iterator[tuple[Text, int]]:
    """Yield the texts on findings that were put right and that could be, each with its count."""
    repairs = summary.repairs
    if repairs is not None:
        yield _MADE, repairs.made
        yield _REFUSED, repairs.refused
    else:
        yield _SAFE, summary.fixable[True]
    if repairs is None or not repairs.unsafe:
        yield _UNSAFE, summary.fixable[False]


def _all_judged(summary: Summary) -> bool:
    return summary.outcomes[OutcomeState.PASSED] > 0 and not summary.outcomes[OutcomeState.UNDETERMINED]
