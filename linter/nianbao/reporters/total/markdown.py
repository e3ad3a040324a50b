"""A total in Markdown: the official tables, then each sum with its parts."""

from collections.abc import Iterator

from nianbao.files.own import TOTAL
from nianbao.report.printed import Slots, expanded, filled, printed_sections
from nianbao.report.total import Total
from nianbao.reporters.total.words import NUMERALS, counted, left_out, parts, remarks, title, written
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

_PARTS = Text("构成", "parts")
_CELL, _SUM = Text("格", "cell"), Text("合计", "sum")
_NOUGHT = Text("其他各格各单位都是 0。", "In all other cells every unit has 0.")


def markdown(total: Total, language: Language) -> bytes:
    """Return *total* in Markdown, its remarks in *language*."""
    return ("\n".join(_lines(total, language)) + "\n").encode("utf-8", "replace")


def _lines(total: Total, language: Language) -> Iterator[str]:
    yield from (f"# {_plain(title(total))}", "", counted(total).of(language), "", TOTAL.decode())
    sums = {address: written(each) for address, each in total.sums.items()}
    for number, section, slots in printed_sections(total.form):
        yield from ("", f"## {NUMERALS[number - 1]}、{section.title}", "", *grid(filled(slots, sums)))
    lines = [*remarks(total), *(left_out(left) for left in total.left if left.harmless)]
    if lines:
        yield ""
        yield from (f"- {_plain(line.of(language))}" for line in lines)
    yield from ("", f"## {_PARTS.of(language)}", "")
    yield f"| {_CELL.of(language)} | {_SUM.of(language)} | {_PARTS.of(language)} |"
    yield "| --- | ---: | --- |"
    for each in total.sums.values():
        if each.value or not each.whole:
            yield f"| {each.place} | {written(each)} | {_plain(parts(total, each).of(language))} |"
    yield from ("", _NOUGHT.of(language))


def grid(slots: Slots) -> Iterator[str]:
    """Yield the lines of a table of Markdown, merged cells blank but for their first place."""
    for number, row in enumerate(expanded(slots)):
        cells = ("" if down or right else _plain(slot.text) for slot, down, right in row)
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + " --- |" * len(row)


def _plain(text: str) -> str:
    r"""Return *text* in one line, without signs that Markdown or HTML acts on."""
    for sign in "\\`*_[]<>|#&":
        text = text.replace(sign, f"\\{sign}")
    return inert(" ".join(text.split()))
