"""The reader of text and Markdown."""

from nianbao.readers import limits
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_LARGE = Text(
    "文本超过 {most} MiB，不像一份年度报告；请只留下报告正文，另存一份再检查",
    "the text is larger than {most} MiB, which no annual report is: save the report alone and check that",
)
_LONG = Text(
    "文本超过 {most} 个字，不像一份年度报告；请只留下报告正文，另存一份再检查",
    "the text has more than {most} characters, which no annual report has: save the report alone and check that",
)


def read_text(data: bytes, name: str) -> Source:
    """Return the text *data*, its HTML tables as rows of pipes.

    Raises UnreadableError for one that is too large, or in no known encoding.
    """
    if len(data) > limits.TEXT_BYTES:
        raise UnreadableError(_LARGE.fill(most=limits.TEXT_BYTES >> 20))
    source = Source.decode(data, name)
    if len(source.text) > limits.TEXT_CHARACTERS:
        raise UnreadableError(_LONG.fill(most=limits.TEXT_CHARACTERS))
    if "<table" not in source.text.lower():
        return source
    from nianbao.readers.markdown import with_tables

    return with_tables(source)
