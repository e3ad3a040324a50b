"""The cases of tests/rules as reports in folders, with a manifest of what must be found in each.

What is expected is what people have written in the cases; no report is judged here. A case without `expect` judges
one rule on a piece of a report, which no command can be asked for, and is no part of the suite.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import nianbao
from nianbao.report.neighbour import Unread
from nianbao.testing import Case, Draft, Sample, load_cases
from nianbao.text.source import Span
from nianbao_rules import nianbao_add_rules

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULES = ROOT / "tests" / "rules"
ARCHIVE = ROOT / "docs" / "nianbao-conformance.tar.gz"  # where a source distribution has it
SCHEMA_VERSION = "1.0"
SETTINGS = "nianbao.yaml"
# What goes with the reports as it is, by its name in the suite.
COPIED = {
    "LICENSE": ROOT / "LICENSE",
    "conformance.md": ROOT / "docs" / "conformance.md",
    "conformance.zh-CN.md": ROOT / "docs" / "conformance.zh-CN.md",
    "reference/catalogue.json": ROOT / "docs" / "reference" / "catalogue.json",
    "manifest.schema.json": HERE / "manifest.schema.json",
    "runner.py": HERE / "runner.py",
}
# What a message names whatever its words are: figures, and what it quotes, quotes within it too.
_VALUE = re.compile(r"“((?:[^“”]|“[^“”]*”)+)”|\d+(?:\.\d+)?")
_WIDE_STAR = "＊", "*"  # for a sign that must not be shown, as wide as the sign
_UNREAD = "a report beside it cannot be read, and no file stands for that"


def whole_cases() -> list[Case]:
    """Return the cases that say what all rules find, by rule, in the order of their files."""
    read = (case for path in sorted(RULES.glob("*/*.yaml")) for case in load_cases(str(path)))
    return sorted((case for case in read if case.expect is not None), key=lambda case: case.rule)


def files(cases: Sequence[Case]) -> dict[str, bytes]:
    """Return every file of the suite of *cases*, which are sorted by rule, by its path in the suite.

    Raises CaseError for a case that cannot be written out, ValueError for one that expects words that its report
    does not have.
    """
    made = {SETTINGS: "{}\n"}  # ends the search for settings that have nothing to do with the suite
    entries, left_out = [], []
    for rule, its in groupby(cases, key=lambda case: case.rule):
        for number, case in enumerate(its, 1):
            if any(isinstance(other, Unread) for other in _others(case).values()):
                left_out.append({"rule": rule, "name": case.name, "reason": _UNREAD})
            else:
                entries.append(_entry(case, f"{rule}/{number:03}", made))
    made["manifest.json"] = _written(
        {
            "schema_version": SCHEMA_VERSION,
            "version": nianbao.__version__,
            "comparing": sorted(rule.code for rule in nianbao_add_rules() if rule.beside),
            "cases": entries,
            "left_out": left_out,
        }
    )
    whole = {name: path.read_bytes() for name, path in COPIED.items()}
    return dict(sorted({**whole, **{name: text.encode() for name, text in made.items()}}.items()))


def archived(suite: Mapping[str, bytes]) -> bytes:
    """Return the files of *suite* as a tar.gz, which has the same bytes whenever and by whomever it is made."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in suite.items():
            member = tarfile.TarInfo(f"nianbao-conformance/{name}")
            member.size = len(data)
            archive.addfile(member, BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


# -- one case ------------------------------------------------------------------------------------------------


def _others(case: Case) -> dict[str, Any]:
    """Return the reports that *case* is compared with, by the names of their files."""
    others = {} if case.previous is None else {"previous.txt": case.previous}
    others |= {f"member-{at}.txt": other for at, other in enumerate(case.members or (), 1)}
    return others | {f"sibling-{at}.txt": other for at, other in enumerate(case.siblings or (), 1)}


def _entry(case: Case, folder: str, made: dict[str, str]) -> dict[str, Any]:
    """Return what the manifest says of *case*, and put its files into *made*."""
    sample, others = case.sample(), _others(case)
    made[f"{folder}/report.txt"] = sample.source.text
    made |= {f"{folder}/{name}": _text(other) for name, other in others.items()}
    beside = {key: [name for name in others if name.startswith(key)] for key in ("previous", "member")}
    settings = {
        "year": case.year,
        "level": case.level,
        "region": case.region,
        "extend-select": list(case.select),
        "options": dict(case.options),
        "previous": beside["previous"],
        "members": beside["member"],
    }
    settings = {key: value for key, value in settings.items() if value}
    if settings:
        made[f"{folder}/{SETTINGS}"] = _written(settings)
    return {
        "rule": case.rule,
        "name": case.name,
        "kind": case.kind,
        "folder": folder,
        "files": ["report.txt", *(name for name in others if name.startswith("sibling"))],
        "settings": settings,
        "expect": [_finding(case, sample, wanted) for wanted in case.expect or ()],
        "undetermined": list(case.undetermined),
    }


def _text(other: Case | Draft | str) -> str:
    if isinstance(other, str):
        other = Case("", "", "pass", text=other)
    elif isinstance(other, Draft):
        other = Case("", "", "pass", base=other)
    return other.written()


# -- what must be found ----------------------------------------------------------------------------------------


def _finding(case: Case, sample: Sample, wanted: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: wanted[key] for key in ("code", "severity") if key in wanted}
    spans, source = _places(case, sample, wanted), sample.source
    if spans is not None:
        at = [source.position(span.start) for span in spans]
        words = source.text[slice(*spans[0])]
        hidden = str(wanted.get("at", "")).replace(*_WIDE_STAR)
        found["text"] = hidden if "*" in hidden else words
        found["at"] = [{"line": one.line, "column": one.column} for one in at]
    said = [*wanted.get("says", ()), *wanted.get("data", {}).values()]
    return {**found, "values": [value for phrase in said for value in values(phrase)]}


def values(phrase: str) -> list[str]:
    """Return the figures and the quoted words of *phrase*, in their order."""
    return [match[1] or match[0] for match in _VALUE.finditer(phrase)]


def _places(case: Case, sample: Sample, wanted: Mapping[str, Any]) -> list[Span] | None:
    """Return where a finding may be: in one place, or wherever its words are; None if the case does not say.

    Raises ValueError if they are nowhere.
    """
    text, marked = sample.source.text, sample.marked if wanted["code"] == case.rule else ()
    if "at" not in wanted:
        return [*marked] if len(marked) == 1 else None
    at = str(wanted["at"])
    cell = _cell(case, at)
    if cell is not None:
        return [cell]
    words = re.escape(at.replace(*_WIDE_STAR)).replace(r"\*", r"[^\n]")
    pattern = re.compile(rf"(?<![\d.]){words}(?![\d.])" if at.isdecimal() else words)
    spans = [span for span in marked if pattern.fullmatch(text[slice(*span)])]
    spans = spans or [Span(*match.span()) for match in pattern.finditer(text)]
    if not spans:
        raise ValueError(f"{case.rule}, {case.name}: the report does not say {at}")
    return spans


def _cell(case: Case, address: str) -> Span | None:
    """Return the place of the cell at *address*; None if it is none, or the report is written out by hand."""
    draft = case.draft() if "/" in address else None
    if draft is None or address not in draft.cells:
        return None
    case = case._replace(kind="fail", set={**case.set, address: f"«{draft.cells[address]}»"})
    (span,) = case.sample().marked
    return span


def exact(finding: Mapping[str, Any]) -> bool:
    """Return whether the one place of *finding* is known."""
    return len(finding.get("at", ())) == 1


def chosen(cases: Sequence[Case]) -> Iterator[Case]:
    """Yield for each rule the first of *cases* that passes and the first that fails in a certain place, else at all."""
    for _, its in groupby(cases, key=lambda case: case.rule):
        every = list(its)
        yield next(case for case in every if case.kind == "pass")
        failing = [case for case in every if case.kind == "fail"]
        yield next((case for case in failing if _certain(case)), failing[0])


def _certain(case: Case) -> bool:
    sample = case.sample()
    own = [wanted for wanted in case.expect or () if wanted["code"] == case.rule]
    return all(exact(_finding(case, sample, wanted)) for wanted in own)
