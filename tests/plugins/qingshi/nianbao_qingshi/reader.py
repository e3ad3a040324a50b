"""县里系统导出的 *.qsx：JSON，一份报告的标题、各部分的段落和表。"""

import json
from collections.abc import Iterator
from typing import Any

from nianbao.api import Reader, Source, Text, UnreadableError

_NUMERALS = "一二三四五六七八九十"
_NOT_WHOLE = Text(
    "qsx 文件不完整：第 {line} 行第 {column} 列读不下去；请从系统重新导出",
    "the qsx file is damaged at line {line}, column {column}: export it again",
)
_NOT_UTF8 = Text("qsx 文件不是 UTF-8 编码；请从系统重新导出", "the qsx file is not UTF-8: export it again")
_WITHOUT = Text("qsx 文件缺少“{key}”；请从系统重新导出", "the qsx file has no {key}: export it again")
_NAMES = {"title": "标题", "sections": "部分"}


def _recognises(data: bytes, name: str) -> bool:
    return name.lower().endswith(".qsx") or data.lstrip().startswith(b'{"qsx"')


def _read(data: bytes, name: str) -> Source:
    """Return the report as text with headings and tables in pipes. Raises UnreadableError."""
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError(_NOT_UTF8) from None
    except json.JSONDecodeError as error:
        raise UnreadableError(_NOT_WHOLE.fill(line=error.lineno, column=error.colno)) from None
    title, sections = _part(whole, "title", str), _part(whole, "sections", list)
    lines = [title, "", *map(_line, whole.get("preamble", ())), ""]
    for numeral, section in zip(_NUMERALS, sections, strict=False):
        lines += [f"{numeral}、{_line(_part(section, 'title', str))}", *_body(section), ""]
    return Source("\n".join(lines), name)


def _part(whole: Any, key: str, kind: type) -> Any:
    """Return what is under *key*. Raises UnreadableError where it is missing or of another kind."""
    found = whole.get(key) if isinstance(whole, dict) else None
    if not isinstance(found, kind) or not found:
        raise UnreadableError(_WITHOUT.fill(key=_NAMES[key]))
    return found


def _body(section: dict[str, Any]) -> Iterator[str]:
    yield from map(_line, section.get("paragraphs", ()))
    for table in section.get("tables", ()):
        head, *rows = ([_line(cell) for cell in row] for row in table)
        yield from ("", _row(head), _row(["---"] * len(head)), *map(_row, rows))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(words: object) -> str:
    """Return *words* on one line, without the sign that parts the cells of a table."""
    return " ".join(str(words).replace("|", "｜").split())


QSX = Reader("qsx", (".qsx",), _recognises, _read)
