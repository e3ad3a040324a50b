"""The module `re` with its patterns compiled when the package was built; imported as `re`.

`re` compiles each pattern anew in every process, which would take half of a short run (docs/adr/0016). Here those
that `_patterns_*.bin` has are handed to its engine as they were compiled; every other is compiled as ever. So
nothing depends on that file, and a pattern that has changed since is never stale: it is looked up by its text.
"""

import marshal
import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import ASCII, DOTALL, IGNORECASE, MULTILINE, VERBOSE, Match, Pattern, RegexFlag, escape
from typing import Any, AnyStr

from nianbao_grammar.parts import Parts

__all__ = [
    "ASCII",
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "compile",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
]

HERE = os.path.dirname(__file__)
_MOST = 2048  # patterns that are kept; those made of the words of a report are without number


def compile(pattern: AnyStr, flags: int | RegexFlag = 0) -> Pattern[AnyStr]:  # noqa: A001  (as in re)
    """Return *pattern* compiled, as `re.compile` does."""
    return _compiled(pattern, flags)


@lru_cache(_MOST)
def _compiled(pattern: AnyStr, flags: int | RegexFlag) -> Pattern[AnyStr]:
    engine, built = _built()
    key = pattern, int(flags)
    if key not in built:
        return re.compile(pattern, flags)
    all_flags, words, groups, names, order = marshal.loads(built[key])
    made: Pattern[AnyStr] = engine(
        pattern, all_flags, memoryview(words).cast("I").tolist(), groups, names, order
    )
    return made


@lru_cache(1)
def _built() -> tuple[Callable[..., Any], Parts | dict[Any, Any]]:
    """Return the engine of `re`, and the patterns that were compiled for this version of it."""
    try:
        # The one private interface of the interpreter that is used: docs/adr/0016 says why nothing else serves.
        import _sre  # type: ignore[import-not-found]

        return _sre.compile, Parts(os.path.join(HERE, file_name()))
    except (ImportError, AttributeError, OSError, ValueError):
        return re.compile, {}


def file_name() -> str:
    """Return the name of the file with the patterns for this interpreter. Raises ImportError, AttributeError."""
    import _sre
    import sys

    return f"_patterns_{_sre.MAGIC}_{_sre.CODESIZE}_{sys.byteorder}.bin"


def search(pattern: AnyStr, string: AnyStr, flags: int | RegexFlag = 0) -> Match[AnyStr] | None:
    """Return the first match of *pattern* in *string*."""
    return _compiled(pattern, flags).search(string)


def match(pattern: AnyStr, string: AnyStr, flags: int | RegexFlag = 0) -> Match[AnyStr] | None:
    """Return the match of *pattern* at the beginning of *string*."""
    return _compiled(pattern, flags).match(string)


def fullmatch(pattern: AnyStr, string: AnyStr, flags: int | RegexFlag = 0) -> Match[AnyStr] | None:
    """Return the match of *pattern* that is the whole of *string*."""
    return _compiled(pattern, flags).fullmatch(string)


def finditer(pattern: AnyStr, string: AnyStr, flags: int | RegexFlag = 0) -> Iterator[Match[AnyStr]]:
    """Return the matches of *pattern* in *string*, one after the other."""
    return _compiled(pattern, flags).finditer(string)


def findall(pattern: AnyStr, string: AnyStr, flags: int | RegexFlag = 0) -> list[Any]:
    """Return the groups of each match of *pattern* in *string*."""
    return _compiled(pattern, flags).findall(string)


def split(
    pattern: AnyStr, string: AnyStr, maxsplit: int = 0, flags: int | RegexFlag = 0
) -> list[AnyStr | Any]:
    """Return the pieces of *string* between the matches of *pattern*."""
    return _compiled(pattern, flags).split(string, maxsplit)


def sub(
    pattern: AnyStr,
    repl: AnyStr | Callable[[Match[AnyStr]], AnyStr],
    string: AnyStr,
    count: int = 0,
    flags: int | RegexFlag = 0,
) -> AnyStr:
    """Return *string* with each match of *pattern* replaced by *repl*."""
    return _compiled(pattern, flags).sub(repl, string, count)
