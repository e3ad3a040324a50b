"""Runs cut in two at a character, so that something can be put between the halves."""

from nianbao_grammar.records import NamedTuple

from nianbao.writers.docx.layout import SIGNS, Item, Layout, Run

PRESERVED = b' xml:space="preserve"'


class Cut(NamedTuple):
    """A place in a part: *close* ends the element around it, *open* begins it again behind the inserted bytes.

    The bytes from *at* to *until*, mostly none, are replaced.
    """

    at: int
    until: int
    close: bytes
    open: bytes


class Tags(NamedTuple):
    """The tags of a run: the beginning and end of another like it, and the prefix of its names."""

    open: bytes
    close: bytes
    prefix: bytes


def tags(layout: Layout, run: Run) -> Tags:
    """Return the tags of *run*, its properties among them."""
    data = layout.data
    start = data[run.start : layout.tag_end(run.start)]
    properties = data[slice(*run.properties)] if run.properties else b""
    return Tags(start + properties, b"</%s>" % layout.name(run.start), layout.prefix(run.start))


def before(layout: Layout, run: Run, item: Item, at: int, kind: bytes = b"t") -> Cut:
    """Return the cut before the character *at*, which is in *item*.

    If a text is cut, the second half is a text of the *kind* `t` or `delText`.
    """
    if at <= item.at or item.name != "t":
        if item is run.items[0]:
            return Cut(run.start, run.start, b"", b"")
        return _between(layout, run, item.start)
    return _inside(layout, run, item, at, b"t", kind)


def behind(layout: Layout, run: Run, item: Item, at: int, kind: bytes = b"t") -> Cut:
    """Return the cut behind the last character before *at*, which is in *item*.

    If a text is cut, the first half is a text of the *kind* `t` or `delText`.
    """
    if at >= item.until or item.name != "t":
        if item is run.items[-1]:
            return Cut(run.end, run.end, b"", b"")
        return _between(layout, run, item.end)
    return _inside(layout, run, item, at, kind, b"t")


def _between(layout: Layout, run: Run, at: int) -> Cut:
    own = tags(layout, run)
    return Cut(at, at, own.close, own.open)


def _inside(layout: Layout, run: Run, item: Item, at: int, old: bytes, new: bytes) -> Cut:
    byte = layout.byte_at(item, at)
    open_, close, prefix = tags(layout, run)
    return Cut(
        byte,
        byte,
        b"</%s%s>%s" % (prefix, old, close),
        b"%s<%s%s%s>" % (open_, prefix, new, PRESERVED),
    )


def is_cut(item: Item, at: int) -> bool:
    """Return whether a cut at the character *at* goes through the text of *item*."""
    return item.name == "t" and item.at < at < item.until


def first_at(run: Run, at: int) -> Item | None:
    """Return the item of the character *at* of *run*, None for none."""
    return next((item for item in run.items if item.at <= at < item.until), None)


def last_before(run: Run, at: int) -> Item | None:
    """Return the item of the character before *at* of *run*, None for none."""
    return next((item for item in run.items if item.at < at <= item.until), None)


def signs_at(run: Run, at: int) -> list[Item]:
    """Return the signs at *at* of *run* that are elements, not characters of a text."""
    return [item for item in run.items if item.at == item.until == at and item.name in SIGNS]
