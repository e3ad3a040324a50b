"""Waivers: findings suppressed with a reason, in a file beside the reports.

A waiver names a rule and an address, so that it outlives new line numbers, new numerals and another format.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from glob import escape

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Finding, OutcomeState, Severity, Suppression
from nianbao.engine.notices import EXPIRED, NOTICES, UNKNOWN, UNUSED, Raised, near, signed
from nianbao.engine.rule import CODE
from nianbao.engine.verdict import Verdict
from nianbao.files.replace import replace
from nianbao.files.scalars import DAY, Plain, Words
from nianbao.files.shape import Key, Many, Record, check
from nianbao.files.values import members, text_under, value
from nianbao.files.yaml_file import FaultError, FileError, Item, read, read_file
from nianbao.report.report import Report
from nianbao.suppression.names import Subject, report_name, subject_of
from nianbao.text.folding import fold, split_numeral
from nianbao.text.inert import in_yaml
from nianbao.text.language import Text
from nianbao.text.radicals import as_meant
from nianbao.text.source import Source, Span, UnreadableError

_HEAD = """\
# 豁免：这里的问题有人说明了理由，nianbao 不再计入。每条写明规则编号、位置和理由，可以写到期日。
# Waivers: findings that do not count, for a reason. Each names a rule, a place and the reason, and may end.
waivers:
"""

_CODE = Words(
    CODE,
    Text(
        "“{written}”不是规则的编号；写作 SUM001 这样的编号，用 nianbao rules 查看",
        "{written} is no code of a rule: write one like SUM001, as nianbao rules lists them",
    ),
)
_REPORT = Words(
    r"(?!\.{0,2}/)(?!.*\.(txt|md|html?|docx?|wps|rtf|pdf|ofd)$)[^\\]*[^\\/]",
    Text(
        "“{written}”不能指明报告；写从本文件所在文件夹起的路径，用 / 分隔，不写后缀，如 2024/青禾县",
        "{written} names no report: write its path from the folder of this file, with / and without its suffix, such as 2024/qinghe",
    ),
)
_YEAR = Plain(
    r"20\d\d",
    Text("“{written}”不是年度；写作 2024", "{written} is no year: write it like 2024"),
)
_WAIVER = Record(
    (
        Key(
            "code",
            _CODE,
            Text("规则的编号，如 SUM004", "the code of the rule, such as SUM004"),
            required=True,
        ),
        Key(
            "at",
            Words(),
            Text(
                "位置，即 JSON 输出中的 address，如 表三 · 总计 · 自然人；部分的序号不比较；单元格也可以写 表/行/列 的键",
                "the place, which JSON output has as address, such as 表三 · 总计 · 自然人; the numeral of a section is not compared; a cell may also be written table/row/column in keys",
            ),
            required=True,
        ),
        Key(
            "report",
            _REPORT,
            Text(
                "哪份报告：从本文件所在文件夹起的路径，不写后缀，可用 * 和 ?（* 也代表 /）；不写就是这个文件夹下的全部报告",
                "which report: its path from the folder of this file without its suffix, * and ? allowed (* matches / too); left out, every report under the folder",
            ),
        ),
        Key(
            "organ",
            Words(),
            Text(
                "哪个机关的报告，不论文件叫什么名称；与 report 都写的，合其一即可",
                "the organ whose report it is, whatever its file is called; with report too, either will do",
            ),
        ),
        Key(
            "year",
            _YEAR,
            Text(
                "organ 的哪一年度的报告，如 2024；不写就是各年度的",
                "the year of the report of organ, such as 2024; left out, of any year",
            ),
        ),
        Key(
            "words",
            Words(),
            Text(
                "报告在那里的原文；写了就只豁免原文相同的问题",
                "what the report says there; with it only a finding on these words is waived",
            ),
        ),
        Key("reason", Words(), Text("为什么可以不改", "why it may stay as it is"), required=True),
        Key(
            "until",
            DAY,
            Text(
                "有效的最后一天，如 2026-12-31；不写就一直有效",
                "the last day that it holds, such as 2026-12-31; left out, it holds for good",
            ),
        ),
    )
)
WAIVERS_FILE = Record(
    (
        Key(
            "waivers",
            Many(_WAIVER, empty=True),
            Text("豁免，每条一项", "the waivers, an entry each"),
            required=True,
        ),
    )
)

_NOT_WAIVERS = Text(
    "豁免文件应有“waivers:”和其下的列表，这里是{kind}；照说明中的例子改写",
    "a file of waivers has the key waivers and a list under it, and this is {kind}: write it as the guide does",
)
_NO_PLACE = Text(
    "“{written}”不是位置；写作 表三 · 总计 · 自然人 这样的位置",
    "{written} is no place: write one like 表三 · 总计 · 自然人",
)
_YEAR_OF_NOBODY = Text(
    "写了 year 就要写 organ，指明哪个机关的报告", "year needs organ, the organ whose report it is"
)
_NOT_ADDED = Text(
    "新的一条接不到文件末尾（{why}）；请把 waivers 改成每条以“- ”起头的列表，放在文件最后，再试",
    "no entry can be added at the end of the file ({why}): make waivers a list of lines that begin with “- ”, last in the file, and try again",
)
_CHANGES = Text("加上以后读出来的和原来的不一致", "with it the file would not say what was intended")

_UNUSED = Text(
    "这条豁免没有用上：{at} 没有 {code} 的问题要它说明",
    "this waiver suppresses nothing: no {code} is left for it at {at}",
)
_UNUSED_HELP = Text(
    "删去这一条；位置改了名称的，改正 at", "delete it, or correct at if the place has another name"
)
_OVER = Text(
    "这条豁免 {until} 到期，{at} 也没有 {code} 的问题要它说明",
    "this waiver held until {until}, and no {code} is left for it at {at}",
)
_OVER_HELP = Text("删去这一条", "delete it")
_EXPIRED = Text(
    "这条豁免 {until} 到期，{at} 的 {code} 还在，重新计入",
    "this waiver held until {until}: the {code} at {at} is still there and counts again",
)
_EXPIRED_HELP = Text(
    "改正报告；确有理由的，写明理由并改 until",
    "correct the report, or give the reason again and change until",
)
_UNKNOWN = Text(
    "没有编号为 {code} 的规则，这条豁免不起作用", "no rule has the code {code}, so this waiver does nothing"
)


class Waiver(NamedTuple):
    """One entry of the file; *span* and *line* are the place of its code."""

    code: str
    at: str
    reason: str
    report: str = ""  # "" for every report under the folder of the file
    words: str = ""  # "" for any words
    until: date | None = None  # the last day that it holds
    organ: str = ""  # "" for any, if *report* names none either
    year: str = ""  # "" for any
    span: Span = Span(0, 0)
    line: int = 0

    @property
    def unplaced(self) -> "Waiver":
        """The same waiver without its place in the file."""
        return self._replace(span=Span(0, 0), line=0)

    @property
    def subject(self) -> tuple[str, str, str, str, Subject]:
        """The findings it is about: two waivers on one subject are one too many."""
        return self.code, place_key(self.at), self.report, fold(self.words), Subject(self.organ, self.year)

    @property
    def broad(self) -> bool:
        """Whether it may be about more than one report."""
        if self.organ and not self.report:
            return not self.year
        return not self.report or any(sign in self.report.replace("[[]", "") for sign in "*?[")

    def names(self, report: str) -> bool:
        """Return whether it is about the report called *report* (see `report_name`), by that name."""
        return bool(self.report) and (self.report == report or fnmatchcase(report, self.report))

    def means(self, subject: Subject) -> bool:
        """Return whether it is about the report of *subject* whatever its name: of its organ and year, or of any."""
        if not self.organ:
            return not self.report
        return "".join(self.organ.split()) == subject.organ and self.year in ("", subject.year)

    def of(self, report: Report, path: str, file: str) -> "Waiver":
        """Return the same waiver, in the *file* of waivers, for *report* at *path* under this and any other name."""
        subject = subject_of(report)
        known = subject if subject.known else Subject()
        return self._replace(report=escape(report_name(path, file)), **known._asdict())

    def fits(self, diagnostic: Diagnostic) -> bool:
        """Return whether it is about *diagnostic*, which is in a report it names."""
        if self.code != diagnostic.code or (self.words and fold(self.words) != fold(diagnostic.text)):
            return False
        return is_at(diagnostic, self.at)

    def over(self, today: date) -> bool:
        """Return whether it has expired."""
        return self.until is not None and today > self.until


class WaiverUse(NamedTuple):
    """The use of the waivers in one judged report, by their number in the file.

    *tried* are those whose rule has passed or failed there, *met* those among them that fit a finding which
    nothing else suppresses.
    """

    tried: frozenset[int]
    met: frozenset[int]


class Waivers(NamedTuple):
    """A file of waivers."""

    source: Source
    entries: tuple[Waiver, ...]

    @property
    def path(self) -> str:
        """The path of the file, as it was given."""
        return self.source.path

    def suppress(self, verdict: Verdict, path: str, today: date, here: str = "") -> Verdict:
        """Return *verdict* on the report at *path* with the findings suppressed that a waiver is about.

        Paths are from the folder *here*, "" for the current one.
        """
        codes = {d.code for d in verdict.diagnostics}
        valid = [w for _, w in self._about(path, verdict, codes, here) if not w.over(today)]
        if not valid:
            return verdict
        return verdict._replace(diagnostics=tuple(self._suppressed(d, valid) for d in verdict.diagnostics))

    def use(self, verdict: Verdict, path: str, today: date, here: str = "") -> WaiverUse:
        """Return the use of the waivers in *verdict*, already judged; for `notices` at the end of the run."""
        ran = {o.code for o in verdict.outcomes if o.state in (OutcomeState.PASSED, OutcomeState.FAILED)}
        about = tuple(self._about(path, verdict, ran, here))
        met = {number for d in verdict.diagnostics for number in _met(d, about, today)}
        return WaiverUse(frozenset(number for number, _ in about), frozenset(met))

    def notices(
        self, uses: Iterable[WaiverUse], known: Collection[str], today: date
    ) -> tuple[Diagnostic, ...]:
        """Return the findings on the waivers after a run, in their own file.

        *known* are the codes of all rules; *uses* those of the reports of the run, each once.
        """
        tried: set[int] = set()
        met: set[int] = set()
        for use in uses:
            tried |= use.tried
            met |= use.met
        raised = [
            notice
            for number, waiver in enumerate(self.entries)
            for notice in _raised(waiver, number in tried, number in met, known, today)
        ]
        return tuple(signed(raised, self.source))

    def origin(self, waiver: Waiver) -> str:
        """Return the place of *waiver* in its file, as path:line."""
        return f"{self.source.path}:{waiver.line}"

    def _about(
        self, path: str, verdict: Verdict, codes: Collection[str], here: str
    ) -> Iterator[tuple[int, Waiver]]:
        """Yield the waivers on rules of *codes* about the report at *path*, with their numbers, those by its name first."""
        report, subject = report_name(path, self.source.path, here), subject_of(verdict.report)
        others = []
        for number, waiver in enumerate(self.entries):
            if waiver.code not in codes or waiver.code in NOTICES:
                continue
            if waiver.names(report):
                yield number, waiver
            elif waiver.means(subject):
                others.append((number, waiver))
        yield from others

    def _suppressed(self, diagnostic: Diagnostic, valid: Sequence[Waiver]) -> Diagnostic:
        if diagnostic.suppressed is None:
            for waiver in valid:
                if waiver.fits(diagnostic):
                    suppression = Suppression("waiver", waiver.reason, self.origin(waiver))
                    return diagnostic._replace(suppressed=suppression)
        return diagnostic


def _met(diagnostic: Diagnostic, about: Sequence[tuple[int, Waiver]], today: date) -> list[int]:
    """Return the numbers of the waivers that suppress *diagnostic*, or would, had they not expired."""
    by = diagnostic.suppressed.by if diagnostic.suppressed is not None else None
    fitting = [(number, waiver.over(today)) for number, waiver in about if waiver.fits(diagnostic)]
    if by == "waiver":
        return [number for number, over in fitting if not over][:1]
    return [number for number, over in fitting if over and by != "comment"]


def place_key(place: str) -> str:
    """Return the key of an address, the same for two that are one: folded, without a numeral at its head."""
    folded = fold(place)
    return split_numeral(folded)[1] or folded


def is_at(diagnostic: Diagnostic, place: str) -> bool:
    """Return whether *diagnostic* is at *place*: by its address, or by the keys of its cell."""
    key, cell = place_key(place), diagnostic.finding.cell
    return key == place_key(diagnostic.address) or (cell is not None and key == place_key(cell.address))


def _raised(waiver: Waiver, tried: bool, met: bool, known: Collection[str], today: date) -> Iterator[Raised]:
    code = waiver.code

    def finding(message: Text, help_: Text) -> Finding:
        words = message.fill(code=code, at=waiver.at, until=waiver.until)
        return Finding(waiver.span, words, help_, place=waiver.at)

    if code not in known:
        yield Raised(UNKNOWN, finding(_UNKNOWN, near(code, known)))
    elif waiver.over(today) and met:
        yield Raised(EXPIRED, finding(_EXPIRED, _EXPIRED_HELP))
    elif tried and not met:
        over = waiver.over(today)
        unused = finding(_OVER, _OVER_HELP) if over else finding(_UNUSED, _UNUSED_HELP)
        yield Raised(UNUSED, unused, Severity.INFO if waiver.broad else None)


# -- the file ----------------------------------------------------------------------------------------------


def read_waivers(path: str, text: str | None = None) -> Waivers:
    """Return the waivers in the file at *path*. Raises FileError for a fault in it.

    *text* takes the place of its content, for a file that is being edited.
    """
    source, item = read_file(path, text)
    try:
        return Waivers(source, _waivers(source, item))
    except FaultError as fault:
        raise FileError(source, fault) from None


def add(path: str, wanted: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """Write *wanted* at the end of the file at *path*, which is made if need be; return them as they are read from it.

    The content it has stays as it is, byte for byte. Raises FileError if they cannot be added so, OSError if
    the file cannot be written.
    """
    old = read_waivers(path) if os.path.exists(path) else None
    data = b""
    if old is not None:
        with open(path, "rb") as file:
            data = file.read()
    source = old.source if old is not None else Source("", path)
    data += addition(old, wanted).encode(source.encoding)
    try:
        new = _decoded(data, path)
        intended = [*(old.entries if old is not None else ()), *wanted]
        if [w.unplaced for w in new] != [w.unplaced for w in intended]:
            raise FaultError(0, _CHANGES)
    except FaultError as fault:
        raise FileError(source, FaultError(0, _NOT_ADDED.fill(why=fault.reason))) from None
    replace(path, data)
    return new[len(new) - len(wanted) :]


def addition(old: Waivers | None, wanted: Iterable[Waiver]) -> str:
    """Return the text that adds *wanted* to the file *old*, or makes a new file, in the layout it has."""
    text = old.source.text if old is not None else ""
    newline = old.source.newline if old is not None else "\n"
    lines = [] if old is not None else _HEAD.splitlines()
    if old is not None and text and not text.endswith(("\n", "\r")):
        lines.append("")
    indent = _indent(old) if old is not None else "  "
    for waiver in wanted:
        pairs = [
            ("code", waiver.code),
            ("at", _quoted(waiver.at)),
            *([("report", _quoted(waiver.report))] if waiver.report else []),
            *([("organ", _quoted(waiver.organ))] if waiver.organ else []),
            *([("year", waiver.year)] if waiver.year else []),
            *([("words", _quoted(waiver.words))] if waiver.words else []),
            ("reason", _quoted(waiver.reason)),
            *([("until", waiver.until.isoformat())] if waiver.until else []),
        ]
        lines += [f"{indent}{'  ' if n else '- '}{key}: {words}" for n, (key, words) in enumerate(pairs)]
    return "".join(line + newline for line in lines)


def _decoded(data: bytes, path: str) -> tuple[Waiver, ...]:
    """Return the waivers in *data*. Raises FaultError."""
    try:
        source = Source.decode(data, path)
    except UnreadableError as error:
        raise FaultError(0, error.reason) from None
    return _waivers(source, read(source.text))


def _waivers(source: Source, item: Item) -> tuple[Waiver, ...]:
    """Return the waivers in *item*, the whole of *source*. Raises FaultError."""
    if _none_left(item):
        return ()
    check(WAIVERS_FILE, item, _NOT_WAIVERS)
    return tuple(_waiver(source, entry) for entry in members(item, "waivers"))


def _none_left(item: Item) -> bool:
    """Return whether nothing is under `waivers:`, as when the last of them has been deleted."""
    if not isinstance(item.content, dict) or list(item.content) != ["waivers"]:
        return False
    listed = item.content["waivers"].value
    return listed.content is None and not listed.written


def _waiver(source: Source, item: Item) -> Waiver:
    at, until = text_under(item, "at"), text_under(item, "until")
    if not place_key(at):
        raise FaultError(value(item, "at").offset, _NO_PLACE.fill(written=at))
    year = text_under(item, "year")
    if year and not text_under(item, "organ"):
        raise FaultError(value(item, "year").offset, _YEAR_OF_NOBODY)
    code = value(item, "code")
    start = code.offset + (source.text[code.offset] in "'\"")
    # Behind an alias or in a block the word is elsewhere: the place of its sign will do.
    plain = source.text.startswith(code.written, start)
    span = Span(start, start + len(code.written)) if plain else Span(code.offset, code.offset + 1)
    return Waiver(
        code.written,
        at,
        text_under(item, "reason").strip(),
        text_under(item, "report"),
        text_under(item, "words"),
        date.fromisoformat(until) if until else None,
        text_under(item, "organ"),
        year,
        span,
        source.position(span.start).line,
    )


def _indent(waivers: Waivers) -> str:
    """Return the indent of the last entry, two spaces if there is none."""
    if not waivers.entries:
        return "  "
    text, end = waivers.source.text, waivers.entries[-1].span.start
    dashes = re.findall(r"(?m)^( *)- ", text[:end])
    return dashes[-1] if dashes else "  "


def _quoted(words: str) -> str:
    """Return *words* in quotes, as YAML reads them; a sign that stands for another when it is read is escaped."""
    written = json.dumps(words, ensure_ascii=False)
    return in_yaml("".join(sign if as_meant(sign) == sign else f"\\u{ord(sign):04x}" for sign in written))
