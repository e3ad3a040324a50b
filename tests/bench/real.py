"""How texts by other hands are judged, and tables in other shapes read: `python -m tests.bench.real [--prose] [--write]`.

With `--prose` the cases of sentences beside the project are run as well; with `--write` the tables, without those,
go to docs/reference/detection.md. What is beside the project may be absent: then its part says so.
"""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # where labels and rendering are

from labels import CORPUS, ENTRIES, compared  # noqa: E402
from nianbao.engine.finding import Diagnostic, OutcomeState, Severity  # noqa: E402
from nianbao.engine.verdict import Verdict  # noqa: E402
from nianbao.plugins.loading import load  # noqa: E402
from nianbao.run.linter import Input, Linter, linter  # noqa: E402
from nianbao.run.settings import Settings  # noqa: E402
from nianbao.testing import Draft, compliant  # noqa: E402
from rendering.grids import content  # noqa: E402
from rendering.outcome import outcome  # noqa: E402
from rendering.shapes import NOTATIONS, SHAPES  # noqa: E402
from rendering.variants import VARIANTS  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "detection.md"
HEADING = "## 别人写的报告 Texts by other hands"
LAYOUTS = CORPUS.parent / "layouts"
PAGES = CORPUS / "pages"
PROSE = CORPUS.parent / "prose" / "run.py"
RIGHT = Path(__file__).parent / "layouts.yaml"

FOUND, MISSED, FALSE, UNDECIDED, ARGUABLE, UNJUDGED = ENDS = (
    "found",
    "missed",
    "false",
    "undecided",
    "arguable",
    "unjudged",
)
ANY = "ANY"
CODE = re.compile(r"[A-Z]{3}\d{3}")
# What follows from the end of a page that is cut off, and from its half-width brackets: it counts for nothing.
OF_THE_CUT = frozenset(
    {"ART001", "DOC002", "HDR007", "SEC001", "SEC003", "SEC005", "SEC006", "SEC009", "TYP002"}
)
# A year that differs is reported where it is: in the title, the preamble or the period.
SAME: Mapping[str, frozenset[str]] = {"PER002": frozenset({"PER002", "HDR002"})}


class Item(NamedTuple):
    """One finding, due or made, and what became of it."""

    file: str
    code: str
    severity: str
    end: str
    words: str = ""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")


@cache
def _by() -> Linter:
    return linter(Settings())


@cache
def _severities() -> Mapping[str, str]:
    return {rule.code: rule.severity.value for rule in load().rules}


def judged(file: Path) -> Verdict:
    """Return what is found in *file* by default settings."""
    checked = _by().check(Input(str(file)))
    assert checked.verdict is not None, checked.error
    return checked.verdict


def _made(file: str, found: Diagnostic, end: str) -> Item:
    return Item(file, found.code, found.severity.value, end, "".join(found.text.split())[:30])


def _left(file: str, codes: Iterable[str], verdict: Verdict, words: str = "") -> Item:
    """Return what was due and is not found: missed, or undecided if a rule for it could not judge."""
    known = [code for code in sorted(codes) if CODE.fullmatch(code)] or [ANY]
    open_ends = {o.code for o in verdict.outcomes if o.state is OutcomeState.UNDETERMINED}
    severity = _severities().get(known[0], "")
    return Item(file, known[0], severity, UNDECIDED if open_ends & {*known} else MISSED, words)


# -- layouts -----------------------------------------------------------------------------------------------


def of_layouts() -> Iterator[Item]:
    """Yield what is found in the layouts, and what is not, by what is right of each of them."""
    for right in yaml.safe_load(RIGHT.read_text(encoding="utf-8")):
        for file in right["files"]:
            yield from _of_layout(LAYOUTS / file, right)


def _of_layout(path: Path, right: Mapping[str, Any]) -> Iterator[Item]:
    verdict = judged(path)
    left = list(verdict.diagnostics)
    for codes in right.get("must", ()):
        found = next((one for one in left if one.code in codes or ANY in codes), None)
        if found is None:
            yield _left(path.name, codes, verdict)
        else:
            left.remove(found)
            yield _made(path.name, found, FOUND)
    may = {*right.get("may", ()), *(_plainly(path) if right.get("plain") else ())}
    most = Severity(right["most"]) if "most" in right else None
    for found in left:
        harsh = most is not None and found.severity.rank > most.rank
        again = not right.get("once") and found.code in {c for codes in right.get("must", ()) for c in codes}
        fine = (found.code in may or again) and not harsh
        yield _made(path.name, found, ARGUABLE if fine else FALSE)
    yield from _known(path.name, right.get("knows", ()), verdict)
    if right.get("bound") and not verdict.judged:
        yield Item(path.name, "DOC002", "warning", FALSE, "left unread")


def _known(file: str, names: Iterable[str], verdict: Verdict) -> Iterator[Item]:
    """Yield whether the report knows what it must of itself."""
    report = verdict.report
    known = {
        "title": report.title is not None,
        "organ": bool(report.issuer.name),
        "level": bool(report.issuer.level),
        "year": report.year is not None,
    }
    for name in names:
        yield Item(file, "READ", "", FOUND if known[name] else MISSED, name)


def _plainly(path: Path) -> set[str]:
    """Return the codes found in the text of *path* with its compatibility characters replaced."""
    text = path.read_text(encoding="utf-8")
    plain = re.sub("[\u2e80-\u2fdf]", lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    checked = _by().check(Input(path.name, data=plain.encode()))
    assert checked.verdict is not None
    return {found.code for found in checked.verdict.diagnostics}


# -- the collection, and heads of pages ----------------------------------------------------------------------


def of_corpus() -> Iterator[Item]:
    """Yield what is found in the published reports, by their labels."""
    for entry in ENTRIES:
        done = compared(entry)
        for end, labels in ((FOUND, done.found), (MISSED, done.missed), (UNDECIDED, done.undecided)):
            for label in labels:
                code = label["rules"][0]
                words = "".join(label["at"].split())[:30]
                yield Item(done.file, code, _severities().get(code, ""), end, words)
        yield from (_made(done.file, found, FALSE) for found in done.false)


def of_pages() -> Iterator[Item]:
    """Yield what is found in the heads of published pages, by what a reader has said of each finding."""
    lines = (PAGES / "verdicts.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines)
    for row in rows:
        said = dict(zip(head, row, strict=False))
        yield from _of_page(PAGES / f"{said['name']}.txt", said)


def _of_page(path: Path, said: Mapping[str, str]) -> Iterator[Item]:
    verdict = judged(path)
    left = list(verdict.diagnostics)
    # What was missed comes after what was found, for a code may be in both: one more of it is due.
    for word in (*_codes(said["true"]), *_wanted(said["missed"])):
        found = next((one for one in left if _answers(one, word, verdict)), None)
        if found is None:
            yield _left(path.name, SAME.get(word, {word}), verdict, word)
        else:
            left.remove(found)
            yield _made(path.name, found, FOUND)
    false, arguable = {*_codes(said["false"])}, {*_codes(said["arguable"])}
    for found in left:
        if found.code in false:
            yield _made(path.name, found, FALSE)
        elif found.code in arguable:
            yield _made(path.name, found, ARGUABLE)
        elif found.code not in OF_THE_CUT:
            yield _made(path.name, found, UNJUDGED)


def _codes(said: str) -> list[str]:
    """Return the codes of `PER001 SEC005*3`, each as often as it is said; `!`, the mark of an error, is left out."""
    return [
        code
        for code, times in re.findall(r"([A-Z]{3}\d{3})!?(?:\*(\d))?", said)
        for _ in range(int(times or 1))
    ]


def _wanted(said: str) -> list[str]:
    """Return the codes of what was missed, or its words if no code is said."""
    return _codes(said) or ([said] if said else [])


def _answers(found: Diagnostic, word: str, verdict: Verdict) -> bool:
    """Return whether *found* is what *word*, a code or words of the page, asks for."""
    if CODE.fullmatch(word):
        return found.code in SAME.get(word, {word})
    at = _folded(verdict.report.source.text).find(_folded(word))
    span = found.finding.span
    return found.code not in OF_THE_CUT and at >= 0 and span.start < at + len(word) and at < span.end


def _folded(text: str) -> str:
    """Return *text* with brackets of one kind; places stay."""
    return re.sub("[〔【[［(（]", "[", re.sub("[〕】］)）]", "]", text))


SOURCES = {"layouts": of_layouts, "corpus": of_corpus, "corpus/pages": of_pages}


# -- shapes ------------------------------------------------------------------------------------------------

_FROM = {
    "a cell a line": 1,
    "pipes, led": 2,
    "grid": 3,
    "csv": 2,
    "row by row": 4,
    "notes behind figures": 5,
    "bold": 3,
}


def _kinds() -> dict[str, int]:
    """Return the kind of each notation: they are in the order of their kinds, from those named on."""
    kinds: dict[str, int] = {}
    kind = 1
    for name in NOTATIONS:
        kind = kinds[name] = _FROM.get(name, kind)
    return kinds


class Shaped(NamedTuple):
    """What became of the cells of a report in one shape."""

    name: str
    kind: int
    ends: Mapping[str, int]
    fine: bool


def _drafts() -> tuple[Draft, ...]:
    return compliant("2021", "county", 3), compliant("2019", "township", 4)


def of_shapes(every: int = 1) -> Iterator[Shaped]:
    """Yield what became of the cells of two reports in each shape, or in one of *every* so many."""
    kinds = _kinds()
    for shape in SHAPES[::every]:
        name = f"{shape.notation}, in {shape.file}"
        yield _shaped(name, kinds[shape.notation], shape, frozenset(), whole=True)
    for variant in VARIANTS[::every]:
        yield _shaped(variant.name, variant.kind, variant, variant.right, whole=variant.whole)


def _shaped(name: str, kind: int, shape: Any, right: frozenset[str], *, whole: bool) -> Shaped:
    ends = Counter[str]()
    fine = True
    for draft in _drafts():
        blocks = content(draft)
        assert blocks is not None
        verdict = _by().check(Input(f"report{shape.suffix}", data=shape.write(blocks))).verdict
        assert verdict is not None
        done = outcome(draft, verdict, right)
        ends.update({end: len(getattr(done, end)) for end in ("bound", "named", "wrong", "lost", "false")})
        fine &= done.whole if whole else done.lawful
    return Shaped(name, kind, ends, fine)


# -- the tables --------------------------------------------------------------------------------------------

_ABOUT = """别人写的报告里查出多少、漏报多少、误报多少，由人逐份读过后写明；报告不随项目发布。未定：有规则管，但没有判断。
可议：对错都说得通，不计。未核：没有人说过对错的发现。整份报告截去后半的，由截去引起的发现不计。
形状：同样的合规报告，表格写成别的样子（1 格子散成行；2 竖线和边框；3 Markdown；4 表格残缺或多出；5 数字旁有记号）。
每格要么读出填进去的数，要么说明没有读懂；写错、丢失都是错。

*What people have found in texts by others, and what the program finds; those texts are not distributed. Undecided is
what a rule is for that did not judge; arguable counts neither way; not judged are findings that nobody has spoken of.
Shapes are the same compliant reports with their tables written otherwise: 1 cells scattered over lines, 2 pipes and
frames, 3 Markdown, 4 parts of tables lost or added, 5 marks beside figures. Of each cell the figure is read, or it is
said to be unread.*
"""
_HEADS = "查出 found | 漏报 missed | 误报 false | 未定 undecided | 可议 arguable | 未核 not judged |"


def _row(name: str, *cells: object) -> str:
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _counted(name: str, items: Iterable[Item], *cells: object) -> str:
    counts = Counter(item.end for item in items)
    return _row(name, *cells, *(counts[end] for end in ENDS))


def of_texts() -> Iterator[str]:
    """Yield the tables of what is found in texts, by collection, and by family and severity."""
    if not (LAYOUTS.exists() and PAGES.exists() and ENTRIES):
        yield "没有附带这些报告。*The collections are not at hand.*"
        return
    by_source = {name: list(items()) for name, items in SOURCES.items()}
    every = [item for items in by_source.values() for item in items]
    yield from (f"| 来源 source | {_HEADS}", "| --- |" + " --- |" * len(ENDS))
    yield from (_counted(f"`{name}`", items) for name, items in by_source.items())
    yield _counted("**合计 all**", every)
    yield from ("", f"| 类 family | 程度 severity | {_HEADS}", "| --- |" + " --- |" * (1 + len(ENDS)))
    for family, severity in sorted({(item.family, item.severity) for item in every}):
        chosen = [item for item in every if (item.family, item.severity) == (family, severity)]
        yield _counted(family, chosen, severity or "—")
    yield from _amiss(by_source)


def _amiss(by_source: Mapping[str, Sequence[Item]]) -> Iterator[str]:
    """Yield by name what was missed, false or is not judged."""
    titles = {
        MISSED: "漏报 missed",
        FALSE: "误报 false",
        UNDECIDED: "未定 undecided",
        UNJUDGED: "未核 not judged",
    }
    for end, heading in titles.items():
        for source, items in by_source.items():
            chosen = Counter(f"{item.file} {item.code}" for item in items if item.end == end)
            if chosen:
                said = "，".join(f"{name}{f' ×{n}' if n > 1 else ''}" for name, n in sorted(chosen.items()))
                yield f"\n- {heading}, `{source}`: {said}"


def of_kinds() -> Iterator[str]:
    """Yield the table of shapes by kind, and those with a fault."""
    done = list(of_shapes())
    ends = ("bound", "named", "wrong", "lost", "false")
    yield "| 种类 kind | 形状 shapes | 无误 without fault | 格 cells | 读出 bound | 说明未读 named | 读错 wrong | 丢失 lost | 误报 false |"
    yield "| --- |" + " --- |" * 8
    for kind in (*sorted({shape.kind for shape in done}), None):
        chosen = [shape for shape in done if kind in (None, shape.kind)]
        counts = sum((Counter(shape.ends) for shape in chosen), Counter[str]())
        cells = counts.total() - counts["false"]
        fine = sum(shape.fine for shape in chosen)
        name = "**合计 all**" if kind is None else str(kind)
        yield _row(name, len(chosen), fine, cells, *(counts[end] for end in ends))
    for shape in done:
        if not shape.fine:
            said = "，".join(f"{end} {shape.ends[end]}" for end in ends if shape.ends[end])
            yield f"\n- {shape.kind} {shape.name}: {said}"


def of_prose() -> Iterator[str]:
    """Yield what the cases of sentences beside the project come to, as they count themselves."""
    if not PROSE.exists():
        yield "The cases of sentences are not at hand."
        return
    program = Path(sys.executable).with_name("nianbao")
    ran = subprocess.run(
        [sys.executable, str(PROSE), str(program)], capture_output=True, text=True, check=True
    )
    yield from ran.stdout.splitlines()


def section() -> Iterator[str]:
    """Yield the lines of the part of the page."""
    yield from (HEADING, "", *_ABOUT.splitlines(), "", *of_texts(), "", "### 形状 Shapes", "", *of_kinds())


def main(arguments: Sequence[str]) -> None:
    """Print the tables, or write them into the page in place of what it has."""
    lines = list(section())
    if "--write" in arguments:
        if not ENTRIES:
            raise SystemExit("the collections are not at hand: a page without them is not written")
        above = PAGE.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")[0].rstrip("\n")
        PAGE.write_text(above + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return
    print("\n".join(lines))  # noqa: T201
    if "--prose" in arguments:
        print("\n".join(of_prose()))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
