"""The readers and reporters of nianbao itself, which come in by the door of every plugin."""

from collections.abc import Sequence

from nianbao.plugins import Plugin, hookimpl
from nianbao.readers import Reader
from nianbao.reporters import FORMATS, OutputFormat
from nianbao.source import Source

nianbao_plugin = Plugin()


def _anything(data: bytes, name: str) -> bool:
    return True


@hookimpl
def nianbao_add_readers() -> Sequence[Reader]:
    """Return the reader of text and Markdown."""
    return (Reader("text", (".txt", ".md"), _anything, Source.decode),)


@hookimpl
def nianbao_add_reporters() -> Sequence[OutputFormat]:
    """Return the formats of `--format`."""
    return FORMATS
