"""The same report written in ways that must not matter to any rule."""

from collections.abc import Callable, Iterator

from nianbao.report.report import Report
from nianbao.testing.cases import Case, CaseError, Sample, unmarked
from nianbao.testing.compliant import official_forms
from nianbao.testing.draft import NUMERALS, Draft, noisy
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

WAYS = {
    "CRLF": Text("CRLF 换行", "CRLF line ends"),
    "BOM": Text("带 BOM 的 UTF-8", "UTF-8 with a byte order mark"),
    "GB18030": Text("GB18030 编码", "GB18030"),
    "full-width figures": Text("全角数字", "full-width figures"),
    "astral character": Text("前面有生僻字 𠮷", "the rare character 𠮷 before it"),
    "Markdown": Text("Markdown", "Markdown"),
    "label noise": Text("表中名称的空格、括号、引号不规范", "careless spaces, brackets and quotes in labels"),
}

_ASTRAL = "\U00020bb7"  # 𠮷: one character, two UTF-16 units, four bytes of UTF-8
_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def variations(case: Case) -> Iterator[tuple[str, Sample]]:
    """Yield the name of each way of writing that must not matter, and the report of *case* so written.

    The ways are line ends, encodings, full-width figures, a character beyond the first plane, Markdown and
    noise in labels, without those that a change of the case makes impossible. Raises CaseError.
    """
    marked = case.marked()
    plain = case.sample()
    text = plain.source.text
    for name, source in _encoded(text):
        if source.text == text:  # a few words in GB18030 may happen to be other words in UTF-8
            yield name, plain._replace(source=source)
    yield "CRLF", _sample(marked.replace("\n", "\r\n"))
    draft = case.draft()
    if draft is not None:
        yield from _of_draft(case, draft)
    elif text.strip():
        yield from _of_text(case, marked, plain)


def _sample(marked: str) -> Sample:
    text, spans = unmarked(marked)
    return Sample(Source(text), spans)


def _encoded(text: str) -> Iterator[tuple[str, Source]]:
    yield "BOM", Source.decode(b"\xef\xbb\xbf" + text.encode(), "<text>")
    yield "GB18030", Source.decode(text.encode("gb18030"), "<text>")


# -- of a report that can be changed before it is written out --------------------------------------------


def _of_draft(case: Case, draft: Draft) -> Iterator[tuple[str, Sample]]:
    # Words that a case puts in place of whole lines would come after the sign of a heading.
    lines = any("\n" in words for pair in case.replace for words in pair)
    for name, change in _OF_DRAFTS.items():
        if change is _markdown and (lines or draft.notation != "tabs"):
            continue
        try:
            yield name, _sample(case.finish(change(draft).render()))
        except CaseError:
            continue  # the words that the case replaces are among those varied


def _full_width(draft: Draft) -> Draft:
    other = draft.copy()
    for address, text in draft.cells.items():
        other.cells[address] = text.translate(_FULL_WIDTH)
    return other


def _astral(draft: Draft) -> Draft:
    other = draft.copy()
    for name, sentence in draft.preamble.items():
        other.preamble[name] = f"{_ASTRAL}{sentence}"
        break
    return other


def _markdown(draft: Draft) -> Draft:
    other = draft.copy()
    other.notation = "pipes"
    return other


_OF_DRAFTS: dict[str, Callable[[Draft], Draft]] = {
    "full-width figures": _full_width,
    "astral character": _astral,
    "Markdown": _markdown,
    "label noise": noisy,
}


# -- of a text ---------------------------------------------------------------------------------------------


def _of_text(case: Case, marked: str, plain: Sample) -> Iterator[tuple[str, Sample]]:
    yield "full-width figures", _sample(marked.translate(_FULL_WIDTH))
    yield "Markdown", _sample("\n".join(map(_headed, marked.split("\n"))))
    source = plain.source
    title = Report(source, official_forms()).title
    if not _finds_first_line(case, plain):  # the line that means the whole report would then be another
        below = 0 if title is None else source.position(title.span.end).line
        lines = marked.split("\n")
        yield "astral character", _sample("\n".join([*lines[:below], _ASTRAL, *lines[below:]]))


def _finds_first_line(case: Case, plain: Sample) -> bool:
    """Return whether the first line that is not empty is, as a whole, a finding of *case*."""
    text = plain.source.text
    start = len(text) - len(text.lstrip())
    first = text[start:].split("\n", 1)[0].rstrip()
    return Span(start, start + len(first)) in plain.marked or any(
        wanted.get("at") == first for wanted in case.expect or ()
    )


def _headed(line: str) -> str:
    """Return *line*, as a Markdown heading if it is one like 一、总体情况."""
    words = line.removeprefix("«")
    heading = words[:1] in NUMERALS and words.lstrip(NUMERALS).startswith("、")
    return f"## {line}" if heading else line
