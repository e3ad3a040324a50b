"""The numerals that Word counts by itself: the 一、 before a heading is in no run of the file."""

from collections.abc import Mapping

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.docx.events import NOTHING, Attributes, Walk, is_on, scope, value, whole
from nianbao.readers.docx.styles import Style, Styles
from nianbao.readers.numerals import numeral

_LEVELS = 9
_FIELD = re.compile(r"%([1-9])")
_BULLET = "bullet"


class _Level:
    """One level of a list: its way of counting and its text."""

    def __init__(self) -> None:
        self.start = 0
        self.form = "decimal"
        self.template = ""
        self.space = False  # whether a space follows; a tab is layout
        self.restart = -1  # the level, from 1, that restarts it; 0 for none, -1 for any above
        self.decimal = False  # whether all its numbers are written 1, 2, 3
        self.style = ""  # the paragraph style that has this level

    def restarts_after(self, level: int) -> bool:
        """Return whether a paragraph of *level*, one above, makes it start again."""
        return self.restart < 0 or level < self.restart


class _Kind:
    """The kind of list in `w:abstractNum`; lists of one kind share their counters."""

    def __init__(self) -> None:
        self.levels: dict[int, _Level] = {}
        self.linked = ""  # the list style that describes it instead


class _List:
    """The list in `w:num`: its kind, and its differences from that."""

    def __init__(self) -> None:
        self.kind = ""
        self.levels: dict[int, _Level] = {}
        self.starts: dict[int, int] = {}


class _Plan(NamedTuple):
    """A list ready to count: its levels, its own starts, and the kind whose counters it uses."""

    levels: Mapping[int, _Level]
    starts: Mapping[int, int]
    kind: str

    def start(self, level: int) -> int:
        """Return the first number of *level*."""
        own = self.levels.get(level)
        return self.starts.get(level, own.start if own else 0)


class Numbering:
    """Counts the paragraphs of lists in reading order."""

    def __init__(self, styles: Styles, part: str = "", data: bytes | None = None) -> None:
        """Read *data*, the part numbering.xml, if there is one. Raises UnreadableError."""
        self._styles = styles
        definitions = _Definitions(part, data)
        self._kinds = definitions.kinds
        self._lists = definitions.lists
        self._plans: dict[str, _Plan | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, style: Style, list_id: str | None, level: str | None) -> str:
        """Return the numeral of the next paragraph, "" for one that is in no list.

        *list_id* and *level* are those that the paragraph names itself, None to use those of its *style*.
        A bullet is left out, as in other kinds of files.
        """
        name = style.list_id if list_id is None else list_id
        plan = self._plan(name) if name else None
        if name is None or plan is None:
            return ""
        number = _level_of(plan, style, level)
        own = plan.levels.get(number)
        if own is None:
            return ""
        counters = self._count(name, plan, number)
        return "" if own.form == _BULLET else _numeral(plan, own, counters)

    def _plan(self, name: str) -> _Plan | None:
        if name not in self._plans:
            self._plans[name] = self._resolved(name)
        return self._plans[name]

    def _resolved(self, name: str) -> _Plan | None:
        own = self._lists.get(name)
        if own is None:
            return None
        kind, key = self._kinds.get(own.kind), own.kind
        for _ in range(limits.DOCX_STYLES_ABOVE):
            if kind is None or not kind.linked:
                break
            linked = self._lists.get(self._styles[kind.linked].list_id or "")
            key = linked.kind if linked else ""
            kind = self._kinds.get(key)
        return None if kind is None else _Plan({**kind.levels, **own.levels}, own.starts, key)

    def _count(self, name: str, plan: _Plan, level: int) -> Mapping[int, int]:
        counters = self._counters.setdefault(plan.kind, {})
        if level in plan.starts and (name, level) not in self._started:
            counters.pop(level, None)
        self._started.add((name, level))
        counters[level] = counters[level] + 1 if level in counters else plan.start(level)
        for deeper in range(level + 1, _LEVELS):
            other = plan.levels.get(deeper)
            if other is not None and other.restarts_after(level):
                counters.pop(deeper, None)
        return counters


def _level_of(plan: _Plan, style: Style, level: str | None) -> int:
    """Return the level that a paragraph or its style names, else the one that names its style, else the first."""
    text = style.level if level is None else level
    if text is None:
        named = {own.style: number for number, own in plan.levels.items() if own.style}
        return next((named[name] for name in style.names if name in named), 0)
    return int(text) if len(text) == 1 and text in "012345678" else 0


def _numeral(plan: _Plan, own: _Level, counters: Mapping[int, int]) -> str:
    def field(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        other = plan.levels.get(level)
        form = "decimal" if own.decimal or other is None else other.form
        return numeral(counters.get(level, plan.start(level)), form)

    return _FIELD.sub(field, own.template) + " " * own.space


class _Definitions:
    """The lists and kinds in the part numbering.xml."""

    def __init__(self, part: str, data: bytes | None) -> None:
        self.kinds: dict[str, _Kind] = {}
        self.lists: dict[str, _List] = {}
        self._kind = _Kind()
        self._list: _List | None = None
        self._level = _Level()
        self._override = 0
        self._walk = Walk(part)
        begin = {
            "abstractNum": self._on_kind,
            "numStyleLink": self._on_link,
            "num": self._on_list,
            "abstractNumId": self._on_reference,
            "lvlOverride": self._on_override,
            "startOverride": self._on_start_override,
            "lvl": self._on_level,
            "start": self._on_start,
            "numFmt": self._on_form,
            "lvlText": self._on_template,
            "suff": self._on_suffix,
            "lvlRestart": self._on_restart,
            "isLgl": self._on_decimal,
            "pStyle": self._on_style,
            "pPr": self._skip,
            "rPr": self._skip,
            "numPicBullet": self._skip,
        }
        if data is not None:
            self._walk.run(data, scope(begin))

    def _skip(self, attributes: Attributes) -> None:
        self._walk.within(NOTHING)

    def _on_kind(self, attributes: Attributes) -> None:
        self._kind = self.kinds.setdefault(value(attributes, "abstractNumId") or "", _Kind())
        self._list = None

    def _on_link(self, attributes: Attributes) -> None:
        self._kind.linked = value(attributes) or ""

    def _on_list(self, attributes: Attributes) -> None:
        self._list = self.lists.setdefault(value(attributes, "numId") or "", _List())

    def _on_reference(self, attributes: Attributes) -> None:
        if self._list is not None:
            self._list.kind = value(attributes) or ""

    def _on_override(self, attributes: Attributes) -> None:
        self._override = whole(attributes, "ilvl")

    def _on_start_override(self, attributes: Attributes) -> None:
        if self._list is not None:
            self._list.starts[self._override] = whole(attributes)

    def _on_level(self, attributes: Attributes) -> None:
        self._level = _Level()
        levels = self._kind.levels if self._list is None else self._list.levels
        number = whole(attributes, "ilvl")
        if number < _LEVELS:
            levels[number] = self._level

    def _on_start(self, attributes: Attributes) -> None:
        self._level.start = whole(attributes)

    def _on_form(self, attributes: Attributes) -> None:
        self._level.form = value(attributes) or "decimal"

    def _on_template(self, attributes: Attributes) -> None:
        self._level.template = (value(attributes) or "")[: limits.DOCX_LEVEL_TEXT]

    def _on_suffix(self, attributes: Attributes) -> None:
        self._level.space = value(attributes) == "space"

    def _on_restart(self, attributes: Attributes) -> None:
        self._level.restart = whole(attributes, default=-1)

    def _on_decimal(self, attributes: Attributes) -> None:
        self._level.decimal = is_on(attributes)

    def _on_style(self, attributes: Attributes) -> None:
        self._level.style = value(attributes) or ""
