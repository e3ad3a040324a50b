"""A replacement of one piece of a text."""

from nianbao_grammar.records import NamedTuple

from nianbao.text.source import Span


class Edit(NamedTuple):
    """A replacement of the text at *span*, which reads *old*, by *new*."""

    span: Span
    old: str
    new: str
