"""The patterns of a .gitignore, matched in a time that is bounded whatever the patterns are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from nianbao_grammar import patterns as re

if TYPE_CHECKING:  # imported only if a folder has patterns
    from pathspec import GitIgnoreSpec

# As pathspec writes the wildcards: `**/` at the beginning, `/**` further on, and `*` before another one.
_FIRST_FOLDERS, _FOLDERS = "^(?:.+/)?", "(?:/.+)?"
_PLAIN = r"(?:\\.|\[\^?\]?[^\]]*\](?!\*)|[^\\/\[()$])"  # a character of a name, or a set of them
_STAR_BEFORE_ANOTHER = re.compile(rf"\[\^/\]\*({_PLAIN}*+)(?=\[\^/\]\*)")


def patterns_of(lines: Sequence[str]) -> "GitIgnoreSpec | None":
    """Return the patterns that *lines* are, None if there are no lines; one that is no pattern matches nothing."""
    if not lines:
        return None
    from pathspec import GitIgnoreSpec

    with catch_warnings():  # that a set like `[[a]` may be read otherwise one day is nothing to tell a clerk
        simplefilter("ignore", FutureWarning)
        spec = GitIgnoreSpec.from_lines(list(filter(_is_pattern, lines)))
        for pattern in spec.patterns:
            if pattern.regex is not None:
                pattern.regex = re.compile(bounded(pattern.regex.pattern))
    return spec


def _is_pattern(line: str) -> bool:
    """Return whether *line* is a pattern or a comment, not such as a lone `!`."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def bounded(regex: str) -> str:
    """Return *regex*, by which pathspec matches one pattern, without its exponential search.

    What stands before another wildcard is matched where it is met first: nothing is gained by a later place.
    """
    regex = _STAR_BEFORE_ANOTHER.sub(r"(?>[^/]*?\1)", regex)
    first, *others = regex.split(_FOLDERS)
    if not others:
        return regex
    if first.startswith(_FIRST_FOLDERS):
        first = f"^(?>(?:.+?/)??{first.removeprefix(_FIRST_FOLDERS)}(?=/))"
    *between, last = others
    return "".join((first, *(f"(?>(?:/.+?)??{part}(?=/))" for part in between), _FOLDERS, last))
