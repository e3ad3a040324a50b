"""`nianbao waive`: waive a finding, so that it no longer counts."""

import os
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from nianbao_grammar import patterns as re

from nianbao.cli.command import Command
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.verdicts import judged, reports_of
from nianbao.engine.finding import Diagnostic
from nianbao.engine.rule import Rule
from nianbao.engine.selection import named
from nianbao.engine.verdict import Verdict
from nianbao.files.lookup import WAIVERS
from nianbao.files.yaml_file import FileError
from nianbao.run.resolve import Requested, Resolver, linter_by
from nianbao.suppression.names import home
from nianbao.suppression.waivers import Waiver, add, is_at, place_key, read_waivers
from nianbao.text.folding import fold
from nianbao.text.language import Language, Text

_HELP = Text(
    "写明理由，把一个问题豁免：在 nianbao.waivers.yaml 末尾加一条，以后检查不再计入（JSON 中仍列出并注明）。\n"
    "写了文件，就先检查它，只豁免其中确有的问题；不写文件，就是这个文件夹下的全部报告。",
    "Waives a finding: adds an entry to nianbao.waivers.yaml, and the finding no longer counts (JSON still has it, as suppressed).\n"
    "With a file, it is checked first and must have the finding; without, the waiver holds for every report under the folder.",
)
_CODE, _CODES = Text("规则", "CODE"), Text("规则的编号，如 SUM004", "the code of the rule, such as SUM004")
_FILES = Text("文件…", "FILE…")
_FILES_HELP = Text("有这个问题的报告", "the reports that have the finding")
_AT_WORD = Text("位置", "ADDRESS")
_AT = Text(
    "位置，如 表三 · 总计 · 自然人；写了文件可以不写，有几个这样的问题时会列出来选",
    "the place, such as 表三 · 总计 · 自然人; with a file it may be left out, and if there are several they are listed",
)
_REASON_WORD = Text("理由", "REASON")
_REASON = Text("为什么可以不改；必写", "why it may stay as it is; required")
_UNTIL_WORD = Text("日期", "DATE")
_UNTIL = Text("有效的最后一天，如 2026-12-31", "the last day that it holds, such as 2026-12-31")
_WORDS_WORD = Text("原文", "WORDS")
_WORDS = Text("只豁免原文是这几个字的问题", "only the finding on these words of the report")

_NO_REASON = Text("写明理由：--reason", "give the reason: --reason")
_NO_PLACE = Text("没有写文件，就要用 --at 写明位置", "without a file the place has to be given: --at")
_NO_ADDRESS = Text("“{at}”不是位置", "{at!r} is no place")
_NO_DATE = Text("“{until}”不是日期；写作 2026-12-31", "{until!r} is no date: write it like 2026-12-31")
_PAST = Text(
    "{until} 已经过去（今天是 {today}），豁免不会起作用",
    "{until} is past (today is {today}): the waiver would do nothing",
)
_FAMILY = Text(
    "“{code}”是几条规则的总称，写明一条的编号：{codes}",
    "{code!r} means several rules, give the code of one: {codes}",
)
_NONE = Text("{path} 没有 {code} 的问题，不用豁免", "{path} has no {code} to waive")
_NOT_RUN = Text(
    "检查 {path} 时没有用 {code} 这条规则；先在配置中启用它",
    "rule {code} does not run on {path}: turn it on in the settings first",
)
_NOT_JUDGED = Text("{code} 对 {path} 没有结论：{reason}", "{code} came to no conclusion on {path}: {reason}")
_SUPPRESSED = Text(
    "{path} 的 {code} 已在 {origin} 写明理由", "the {code} of {path} is suppressed at {origin}"
)
_OTHER_PLACES = Text(
    "{path} 的 {code} 不在“{at}”，在：{places}", "{path} has no {code} at {at}; it is at: {places}"
)
_OTHER_WORDS = Text(
    "{path} 的 {code} 原文不是“{words}”，是：{places}",
    "the words of {code} in {path} are not {words}: {places}",
)
_SEVERAL = Text(
    "{path} 有 {count} 个 {code} 的问题，用 --at 写明哪一个：{places}",
    "{path} has {code} {count} times, say which with --at: {places}",
)
_TWICE = Text(
    "{origin} 已有同样的一条；要改理由或到期日，直接改那里",
    "{origin} has that waiver already: change its reason or its date there",
)
_ADDED = Text("{origin}：豁免 {code}，{at}（{report}）", "{origin}: {code} is waived, {at} ({report})")
_ALL = Text("这个文件夹下的全部报告", "every report under the folder")


def command(language: Language) -> Command:
    """Return the command in *language*."""

    def option(name: str, word: Text, words: Text) -> Option:
        return Option((name,), word=word.of(language), help=words.of(language))

    params: list[Option | Argument] = [
        Argument("code", _CODE.of(language), _CODES.of(language)),
        Argument("files", _FILES.of(language), _FILES_HELP.of(language), many=True, required=False),
        option("--at", _AT_WORD, _AT),
        option("--reason", _REASON_WORD, _REASON),
        option("--until", _UNTIL_WORD, _UNTIL),
        option("--words", _WORDS_WORD, _WORDS),
        *settings_params(language),
    ]
    return Command("waive", language, _HELP, params, partial(waive, language))


def waive(
    language: Language,
    *,
    code: str,
    files: tuple[str, ...],
    at: str | None,
    reason: str | None,
    until: str | None,
    words: str | None,
    **sought: Any,
) -> int:
    """Write the waivers and report their lines. Return the exit code, 3 for an unreadable file. Raises Misuse, Failure."""
    if not reason or not reason.strip():
        raise _misuse(_NO_REASON, language)
    if at is not None and not place_key(at):
        raise _misuse(_NO_ADDRESS.fill(at=at), language)
    last = _day(until, language)
    resolver = resolver_of(Requested(**sought), language)
    known = linter_by(resolver.settings(files[0] if files else "")).known
    waiver = Waiver(
        _rule(known, code, language).code, at or "", reason.strip(), words=words or "", until=last
    )
    if files:
        wanted = _waivers(waiver, files, resolver, language)
    elif at:
        wanted = [(home(".", WAIVERS), waiver)]
    else:
        raise _misuse(_NO_PLACE, language)
    if wanted is None:
        return 3
    try:
        for path, _ in wanted:
            resolver.refuse_link(path)
        _write(wanted, language)
    except FileError as error:
        raise Failure(error.text.of(language)) from None
    return 0


def _write(wanted: Sequence[tuple[str, Waiver]], language: Language) -> None:
    """Add each waiver to the file of its path, and say so. Raises FileError, Failure."""
    files: dict[str, list[Waiver]] = {}
    for path, waiver in wanted:
        waivers = files.setdefault(path, [])
        if waiver not in waivers:  # one report in two formats
            waivers.append(waiver)
    for path, waivers in files.items():
        for waiver in waivers:
            _refuse_twice(path, waiver, language)
    view = display(output(), language)
    for path, waivers in files.items():
        for waiver in add(path, waivers):
            report: Text | str = waiver.report or _ALL
            words = _ADDED.fill(origin=f"{path}:{waiver.line}", code=waiver.code, at=waiver.at, report=report)
            output().write(view.say(words) + "\n")


def _refuse_twice(path: str, waiver: Waiver, language: Language) -> None:
    for entry in read_waivers(path).entries if os.path.exists(path) else ():
        if entry.subject == waiver.subject:
            raise Failure(_TWICE.fill(origin=f"{path}:{entry.line}").of(language))


def _waivers(
    waiver: Waiver, files: Sequence[str], resolver: Resolver, language: Language
) -> list[tuple[str, Waiver]] | None:
    """Return the waiver of the finding in each of *files*, with the path of the file that it belongs in.

    None if one of the reports cannot be read.
    """
    wanted = []
    for path, verdict in list(judged(reports_of(files, resolver), language)):
        if verdict is None:
            return None
        file = home(os.path.dirname(path) or ".", WAIVERS)
        chosen = _chosen(waiver, path, verdict, language)
        wanted.append((file, waiver._replace(at=waiver.at or chosen.address).of(verdict.report, path, file)))
    return wanted


def _chosen(waiver: Waiver, path: str, verdict: Verdict, language: Language) -> Diagnostic:
    """Return the finding that *waiver* is about. Raises Failure if there is none, or several and no place."""

    def refused(said: Text, among: Sequence[Diagnostic] = (), **values: object) -> Failure:
        places = "".join(f"\n  {d.address}  “{d.text}”" for d in among)
        return Failure(said.fill(path=path, code=waiver.code, places=places, **values).of(language))

    of_rule = [d for d in verdict.diagnostics if d.code == waiver.code]
    left = [d for d in of_rule if d.suppressed is None or d.suppressed.by == "baseline"]
    if not of_rule:
        outcome = next((o for o in verdict.outcomes if o.code == waiver.code), None)
        if outcome is None:
            raise refused(_NOT_RUN)
        raise refused(_NOT_JUDGED, reason=outcome.reason) if outcome.reason else refused(_NONE)
    if not left:
        suppressed = of_rule[0].suppressed
        raise refused(_SUPPRESSED, origin=suppressed.origin if suppressed is not None else "")
    placed = [d for d in left if is_at(d, waiver.at)] if waiver.at else left
    if not placed:
        raise refused(_OTHER_PLACES, left, at=waiver.at)
    worded = [d for d in placed if fold(d.text) == fold(waiver.words)] if waiver.words else placed
    if not worded:
        raise refused(_OTHER_WORDS, placed, words=waiver.words)
    if len(worded) > 1 and not waiver.at:
        raise refused(_SEVERAL, worded, count=len(worded))
    return worded[0]


def _rule(known: Sequence[Rule], code: str, language: Language) -> Rule:
    """Return the one rule called *code*. Raises Misuse."""
    rules = named(known, code)
    if len(rules) > 1:
        codes = " ".join(rule.code for rule in rules)
        raise _misuse(_FAMILY.fill(code=code, codes=codes), language)
    return rules[0]


def _day(until: str | None, language: Language) -> date | None:
    """Return the day *until*. Raises Misuse for text that is no day, and for a day that is past."""
    if until is None:
        return None
    today = date.today()
    try:
        day = date.fromisoformat(until) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", until) else None
    except ValueError:
        day = None
    if day is None:
        raise _misuse(_NO_DATE.fill(until=until), language)
    if day < today:
        raise _misuse(_PAST.fill(until=until, today=today.isoformat()), language)
    return day


def _misuse(words: Text, language: Language) -> Misuse:
    return Misuse(words.of(language))
