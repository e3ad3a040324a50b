"""The styles of a docx, as far as they change its text: what they hide and what they number."""

from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.docx.events import NOTHING, Attributes, Walk, is_on, scope, value


class Style(NamedTuple):
    """A style together with those it is based on; None if neither sets a value.

    *names* are its own and theirs, the nearest first: a level of a list may be that of a style.
    """

    hidden: bool | None = None
    centred: bool | None = None
    list_id: str | None = None
    level: str | None = None
    names: tuple[str, ...] = ()


class _OwnStyle:
    """A style as written, without those it is based on."""

    def __init__(self) -> None:
        self.based_on = ""
        self.hidden: bool | None = None
        self.centred: bool | None = None
        self.list_id: str | None = None
        self.level: str | None = None


class Styles(dict[str, Style]):
    """The styles of a docx, by their ids; a missing one sets nothing."""

    def __init__(self, part: str = "", data: bytes | None = None) -> None:
        """Read *data*, the part styles.xml, if there is one. Raises UnreadableError."""
        super().__init__()
        self._own_styles: dict[str, _OwnStyle] = {}
        self.usual = ""  # the style of a paragraph that names none
        self._open = _OwnStyle()
        self._walk = Walk(part)
        if data is not None:
            self._walk.run(
                data,
                scope(
                    {
                        "style": self._style,
                        "basedOn": self._based_on,
                        "vanish": self._vanish,
                        "jc": self._alignment,
                        "numId": self._list,
                        "ilvl": self._level,
                        "pPrChange": self._skip,
                        "rPrChange": self._skip,
                        "docDefaults": self._skip,
                        "latentStyles": self._skip,
                    }
                ),
            )

    def __missing__(self, asked: str) -> Style:
        """Return the style *asked* for the first time."""
        style, name = Style(), asked
        for _ in range(limits.DOCX_STYLES_ABOVE):
            own = self._own_styles.get(name)
            if own is None:
                break
            style = Style(
                own.hidden if style.hidden is None else style.hidden,
                own.centred if style.centred is None else style.centred,
                own.list_id if style.list_id is None else style.list_id,
                own.level if style.level is None else style.level,
                (*style.names, name),
            )
            name = own.based_on
        self[asked] = style
        return style

    # -- the elements of the part --------------------------------------------------------------------

    def _skip(self, attributes: Attributes) -> None:
        self._walk.within(NOTHING)

    def _style(self, attributes: Attributes) -> None:
        if value(attributes, "type") == "table":  # most of the part, and they set nothing here
            self._walk.leap("style")
            return
        self._open = _OwnStyle()
        name = value(attributes, "styleId") or ""
        self._own_styles.setdefault(name, self._open)
        usual = (value(attributes, "default") or "0").lower() in ("1", "true", "on")
        if usual and value(attributes, "type") == "paragraph":
            self.usual = name

    def _based_on(self, attributes: Attributes) -> None:
        self._open.based_on = value(attributes) or ""

    def _vanish(self, attributes: Attributes) -> None:
        self._open.hidden = is_on(attributes)

    def _alignment(self, attributes: Attributes) -> None:
        self._open.centred = value(attributes) == "center"

    def _list(self, attributes: Attributes) -> None:
        self._open.list_id = value(attributes)

    def _level(self, attributes: Attributes) -> None:
        self._open.level = value(attributes)
