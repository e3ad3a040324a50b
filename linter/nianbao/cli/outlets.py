"""The outputs of one run: each a format and its destination."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from io import TextIOWrapper
from typing import TypeVar

from nianbao_grammar.records import NamedTuple

from nianbao.cli.console import Console
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.targets import KINDS, Target
from nianbao.files.replace import Replacement
from nianbao.files.system_errors import reason_of
from nianbao.reporters.display import Display
from nianbao.reporters.reporter import OutputFormat, PartReporter, UnavailableError
from nianbao.text.language import Language, Text

STDOUT = "-"
T = TypeVar("T")

_NO_FORMAT = Text("没有格式“{name}”，可用：{formats}", "no format {name!r}; there are {formats}")
_ONE_OUTPUT = Text(
    "只有一种格式可以输出到屏幕，其余请写成 格式:文件",
    "only one format can go to the screen: give the others a file",
)
_NEEDS_FILE = Text("{name} 要写明存进哪个文件：-f {name}:文件", "{name} needs a file: -f {name}:FILE")
_NOT_WRITTEN = Text("不能写入 {path}：{why}", "cannot write {path}: {why}")
_FORMAT_FAILED = Text(
    "输出格式 {name}（{origin}）出错：{error}；请把这条信息交给插件的作者",
    "the output format {name} ({origin}) failed: {error}; send this to the author of the plugin",
)


class Outlet(NamedTuple):
    """A format and its destination: the console, or a file of this *path*."""

    format: OutputFormat
    reporter: PartReporter
    console: Console
    encoding: str | None  # None for the console's own
    file: Replacement | None = None  # None for the console
    colour: bool = False
    view: Display = Display()  # that its reporter writes for

    @property
    def waits(self) -> bool:
        """Whether another program may make it wait: a terminal, a pipe."""
        return self.file is None or not self.file.beside

    def said(self, report: Callable[[], T], language: Language) -> T:
        """Return the result of *report*, a method of the reporter. Raises Failure if it is a plugin's and fails."""
        try:
            return report()
        except Exception as error:
            if not self.format.origin:
                raise
            cause = f"{type(error).__name__}: {error}"
            words = _FORMAT_FAILED.fill(name=self.format.name, origin=self.format.origin, error=cause)
            raise Failure(words.of(language)) from error

    def write(self, text: str | bytes) -> None:
        """Write *text*. Raises OSError if a full disk cannot hold it; a closed pipe is silent."""
        try:
            self.console.write(text, self.encoding, colour=self.colour)
        except OSError as error:
            error.filename = self.file.path if self.file is not None else None
            raise

    def close(self) -> None:
        """Put the file in its place, whole. Raises OSError if it cannot be; it is then as it was."""
        if self.file is not None:
            self.file.put()

    def leave(self) -> None:
        """Leave the file as it was."""
        if self.file is not None:
            self.file.leave()


def targets(formats: Sequence[str], known: Sequence[OutputFormat], language: Language) -> list[Target]:
    """Return the files that *formats* are to go into. Raises Misuse for a format that is not *known* or one without its file."""
    asked = [_format(word, known, language) for word in formats]
    for form, path in asked:
        if form.binary and not path:
            raise Misuse(_NEEDS_FILE.fill(name=form.name).of(language))
    if sum(not path for _, path in asked) > 1:
        raise Misuse(_ONE_OUTPUT.of(language))
    return [Target(path, KINDS.get(form.name, "")) for form, path in asked if path]


def outlets(
    formats: Sequence[str], known: Sequence[OutputFormat], console: Console, view: Display
) -> list[Outlet]:
    """Return an outlet for each of *formats*, `NAME` or `NAME:FILE`, of those *known*.

    Raises Misuse for an unknown format, Failure for a file that cannot be opened; no file has changed then.
    """
    opened = []
    with ExitStack() as stack:
        for word in formats:
            outlet = _outlet(*_format(word, known, view.language), console, view)
            stack.callback(outlet.leave)
            opened.append(outlet)
        stack.pop_all()
    return opened


def _format(word: str, known: Sequence[OutputFormat], language: Language) -> tuple[OutputFormat, str]:
    asked, _, path = word.partition(":")
    for form in known:
        if form.name == asked:
            return form, "" if path == STDOUT else path
    message = _NO_FORMAT.fill(name=asked, formats=", ".join(form.name for form in known))
    raise Misuse(message.of(language))


def _outlet(asked: OutputFormat, path: str, console: Console, view: Display) -> Outlet:
    colour = view.colour
    if asked.machine or path:
        view = view._replace(colour=False, encoding="utf-8")
    try:
        made = asked.reporter(view)
    except UnavailableError as error:
        raise Failure(error.reason.of(view.language)) from None
    if not path:
        return Outlet(asked, made, console, "utf-8" if asked.machine else None, colour=colour, view=view)
    try:
        file = Replacement(path)
    except OSError as error:
        reason = _NOT_WRITTEN.fill(path=path, why=reason_of(error))
        raise Failure(reason.of(view.language)) from None
    stream = TextIOWrapper(file.file, encoding="utf-8", newline="\n")
    return Outlet(asked, made, Console(stream), "utf-8", file, view=view)
