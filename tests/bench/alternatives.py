"""The words by which modules decide: each entry of a word list, each alternative of a pattern.

A pattern's alternatives are the branches of its groups, the members of its classes ([含为]), what may be left
out (的?) and what must not be there ((?!率)). They are found in the source, so that each has a line; a class of
what does not belong ([^。]) is a bound and no list of words.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

_HAN = re.compile(r"[\u2e80-\u9fff\uff01-\uffee]")
_PATTERN = re.compile(r"[|\[?]|\(\?")
_HOLE = 0xE000  # the first of the signs that take the place of {…} in a pattern
_SPEAKS = {
    "Text",
    "Basis",
    "Related",
    "rule",
    "fill",
    "Plugin",
    "Profile",
}  # calls whose texts are said, not looked for
_NUMERALS = re.compile("[一二三四五六七八九十0-9]{5,}")  # in their order: a sign is known by its place
_NEVER = "\uffff"  # a sign that no report has


class Alternative(NamedTuple):
    """One word or branch, and the change to its syntax tree that takes it away.

    *could* matches every text in which it may make a difference, as far as that can be told.
    """

    path: Path
    line: int
    list: str  # the name that the list is bound to, or the function it is in
    word: str
    could: re.Pattern[str] | None
    node: ast.AST
    without: Mapping[str, Any]  # attribute of the node to what it is without the alternative
    statement: ast.stmt  # of the module's body, in which the node is


def alternatives(path: Path, tree: ast.Module) -> Iterator[Alternative]:
    """Yield the alternatives in *tree*, which is the source at *path*, in order."""
    finder = _Finder(path, tree)
    for statement in tree.body:
        yield from finder.within(statement)


class _Finder:
    """Goes through a module, keeping what its strings are for."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.splitters = _splitters(tree)
        self.rows = _rows(tree)  # and texts that are sets of signs: neither lists nor patterns
        self.signs = _sign_sets(tree)

    def within(self, statement: ast.stmt) -> Iterator[Alternative]:
        """Yield the alternatives of one statement of the module's body."""
        self.statement, self.list = statement, _name(statement)
        whole = isinstance(statement, ast.Assign | ast.AnnAssign) and self.list in self.signs
        if whole and statement.value is not None:  # type: ignore[attr-defined]
            yield from self._signs(statement.value)  # type: ignore[attr-defined]
        yield from self._visit(statement)

    def _visit(self, node: ast.AST) -> Iterator[Alternative]:
        if isinstance(node, ast.Call) and _called(node) in _SPEAKS:
            return
        if isinstance(node, ast.Call) and self._splits(node):
            yield from self._listed(node)
            return
        yield from self._of(node)
        for child in _children(node):
            yield from self._visit(child)

    def _of(self, node: ast.AST) -> Iterator[Alternative]:
        match node:
            case ast.Tuple() | ast.List() | ast.Set() if _holds_words(node) and node not in self.rows:
                yield from self._elements(node)
            case ast.Tuple() | ast.List() if node.elts and all(isinstance(e, ast.Tuple) for e in node.elts):
                yield from self._table(node)
            case ast.Dict():
                yield from self._keys(node)
            case ast.Constant(value=str() as text) if (
                node not in self.rows and _HAN.search(text) and _PATTERN.search(text)
            ):
                yield from self._branches(node, text, ())
            case ast.JoinedStr():
                yield from self._formatted(node)
            case ast.Compare(left=ast.Constant(value=str() as word), ops=[ast.In() | ast.NotIn()]) if (
                _HAN.search(word)
            ):
                yield self._made(node.left, word, {"value": _NEVER}, re.escape(word))
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Constant(value=str()) as signs]):
                yield from self._signs(signs)
            case ast.Call(
                func=ast.Attribute(attr="strip" | "lstrip" | "rstrip" | "fromkeys"),
                args=[ast.Constant() as signs, *_],
            ):
                yield from self._signs(signs)
            case (
                ast.Call(func=ast.Name(id="tuple" | "frozenset"), args=[ast.Constant(value=str()) as signs])
                | ast.Starred(value=ast.Constant(value=str()) as signs)
                | ast.comprehension(iter=ast.Constant(value=str()) as signs)
            ) if not _NUMERALS.fullmatch(str(signs.value)):
                yield from self._signs(signs)
            case _:
                return

    # -- word lists ------------------------------------------------------------------------------------

    def _elements(self, node: ast.Tuple | ast.List | ast.Set) -> Iterator[Alternative]:
        for index, element in enumerate(node.elts):
            left = [*node.elts[:index], *node.elts[index + 1 :]]
            if isinstance(element, ast.Constant) and isinstance(element.value, str):
                yield self._made(element, element.value, {"elts": left}, _literal(element.value), node)

    def _table(self, node: ast.Tuple | ast.List) -> Iterator[Alternative]:
        """Yield the rows of a table that have words in them, each known by its first."""
        for index, row in enumerate(node.elts):
            texts = [
                e.value for e in ast.walk(row) if isinstance(e, ast.Constant) and isinstance(e.value, str)
            ]
            words = [text for text in texts if _HAN.search(text)]
            if words:
                left = [*node.elts[:index], *node.elts[index + 1 :]]
                yield self._made(row, words[0], {"elts": left}, "", node)

    def _keys(self, node: ast.Dict) -> Iterator[Alternative]:
        for index, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and _HAN.search(key.value):
                without = {
                    "keys": [*node.keys[:index], *node.keys[index + 1 :]],
                    "values": [*node.values[:index], *node.values[index + 1 :]],
                }
                yield self._made(key, key.value, without, _literal(key.value), node)

    def _splits(self, call: ast.Call) -> bool:
        """Return whether *call* makes a list of words of one text."""
        named = isinstance(call.func, ast.Name) and call.func.id in self.splitters
        text = call.args[0] if named and call.args else _split(call)
        return (
            isinstance(text, ast.Constant) and isinstance(text.value, str) and bool(_HAN.search(text.value))
        )

    def _listed(self, call: ast.Call) -> Iterator[Alternative]:
        text = _split(call) or call.args[0]
        assert isinstance(text, ast.Constant)
        yield from self._words(text, text.value.split())

    def _words(self, text: ast.Constant, words: Sequence[str]) -> Iterator[Alternative]:
        for index, word in enumerate(words):
            left = " ".join((*words[:index], *words[index + 1 :]))
            yield self._made(text, word, {"value": left}, r"\s*".join(map(re.escape, word)))

    def _signs(self, node: ast.expr) -> Iterator[Alternative]:
        """Yield each sign of a text that is a set of signs, of every text in a dict of them."""
        for text in ast.walk(node):
            self.rows.add(text)
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and _HAN.search(text.value):
                if isinstance(node, ast.Dict) and text not in node.values:
                    continue
                words = text.value.split()
                if len(words) > 5:  # looked up word by word
                    yield from self._words(text, words)
                    continue
                for sign in dict.fromkeys(text.value):
                    yield self._made(text, sign, {"value": text.value.replace(sign, "")}, re.escape(sign))

    # -- patterns --------------------------------------------------------------------------------------

    def _formatted(self, node: ast.JoinedStr) -> Iterator[Alternative]:
        """Yield the branches of an f-string, each {…} of which is one sign to the reader of patterns."""
        holes = tuple(part for part in node.values if isinstance(part, ast.FormattedValue))
        signs = iter(range(len(holes)))
        text = "".join(
            part.value if isinstance(part, ast.Constant) else chr(_HOLE + next(signs)) for part in node.values
        )
        if _HAN.search(text) and _PATTERN.search(text):
            yield from self._branches(node, text, holes)

    def _branches(
        self, node: ast.Constant | ast.JoinedStr, text: str, holes: Sequence[ast.expr]
    ) -> Iterator[Alternative]:
        try:
            found = branches(text)
        except (ValueError, IndexError, AssertionError):
            return  # no pattern
        for start, end, word, could in found:
            left = text[:start] + text[end:]
            without = {"values": _parts(left, holes)} if isinstance(node, ast.JoinedStr) else {"value": left}
            shown = re.sub("[\ue000-\uf8ff]", lambda hole: _source(holes, hole[0]), word)
            yield self._made(node, shown, without, re.sub("[\ue000-\uf8ff]", r"[\\s\\S]{0,80}?", could))

    # -- all -------------------------------------------------------------------------------------------

    def _made(
        self, at: ast.expr, word: str, without: Mapping[str, Any], could: str, node: ast.AST | None = None
    ) -> Alternative:
        could = re.sub(r"(?<![\\\[])[\^$]", "", could)  # a module may look at a piece of the text alone
        try:
            pattern = re.compile(could) if could else None
        except re.error:
            pattern = None
        line = _line(self.lines, at, word)
        return Alternative(self.path, line, self.list, word, pattern, node or at, without, self.statement)


def _line(lines: Sequence[str], node: ast.expr, word: str) -> int:
    """Return the line of *word* in *node*, which may be written over several."""
    last = node.end_lineno or node.lineno
    hit = (number for number in range(node.lineno, last + 1) if word in lines[number - 1])
    return next(hit, node.lineno)


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case _:
            return ""


def _literal(word: str) -> str:
    """Return a pattern for *word*, which may be a template ({}件) or nothing at all."""
    return r"[\s\S]*?".join(re.escape(part) for part in re.split(r"\{\w*\}", word) if part)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in *node* and may hold words: no docstring, and the rows of a table, not what is in a row."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(node, ast.JoinedStr) or isinstance(child, ast.expr_context):
            continue
        yield child


def _holds_words(node: ast.Tuple | ast.List | ast.Set) -> bool:
    """Return whether *node* lists words, and is no row of several things that belong together."""
    texts = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
    texts = [text for text in texts if not _NUMERALS.fullmatch(text)]
    others = [e for e in node.elts if not isinstance(e, ast.Starred) and not isinstance(e, ast.Constant)]
    return bool(texts) and not others and any(map(_HAN.search, texts))


def _rows(tree: ast.Module) -> set[ast.AST]:
    """Return the tuples in a list of tuples."""
    return {
        row
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List)
        for row in node.elts
        if isinstance(row, ast.Tuple)
    }


def _split(call: ast.Call) -> ast.expr | None:
    """Return the text of "…".split()."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "split" and not call.args:
        return call.func.value
    return None


def _splitters(tree: ast.Module) -> set[str]:
    """Return the functions that make a list of the words of a text, and do nothing else."""
    return {
        statement.name
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef)
        and isinstance(last := statement.body[-1], ast.Return)
        and any(isinstance(call, ast.Call) and _split(call) is not None for call in ast.walk(last))
    }


def _sign_sets(tree: ast.Module) -> set[str]:
    """Return the names whose text is looked through sign by sign."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[where]):
                found |= _base(where)
            case ast.Call(func=ast.Attribute(attr="strip" | "lstrip" | "rstrip"), args=[where]):
                found |= _base(where)
            case ast.comprehension(iter=where) | ast.For(iter=where):
                found |= _base(where)
            case _:
                pass
    texts = dict.fromkeys(found, False)
    for statement in tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                texts[name] = isinstance(value, ast.Constant)
            case _:
                pass
    return {name for name in found if texts.get(name)}


def _base(node: ast.expr) -> set[str]:
    return {node.id} if isinstance(node, ast.Name) else set()


# -- the branches of a pattern ---------------------------------------------------------------------------


class Branch(NamedTuple):
    """What is taken out of a pattern, from *start* to *end*; the *word* it is known by, and what it matches."""

    start: int
    end: int
    word: str
    could: str


def branches(pattern: str) -> list[Branch]:
    """Return the alternatives of *pattern*, a whole pattern or a piece of one whose brackets close.

    Raises ValueError for brackets that do not.
    """
    found: list[Branch] = []
    end = _alternation(pattern, 0, found, outermost=True)
    if end != len(pattern):
        raise ValueError(f"a bracket too many in {pattern}")
    return sorted(found)


def _alternation(pattern: str, start: int, found: list[Branch], *, outermost: bool = False) -> int:
    """Enter the branches from *start* up to the bracket that closes; return where it is."""
    bounds = [start]
    at = start
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            bounds.append(at + 1)
            at += 1
        else:
            at = _piece(pattern, at, found)
    bounds.append(at + 1)
    for number, (begin, behind) in enumerate(pairwise(bounds)):
        word = pattern[begin : behind - 1]
        if len(bounds) > 2 and (word or not outermost):
            first = number == 0
            found.append(Branch(begin - (not first), behind - (not first), word, word))
    return at


_QUANTIFIER = re.compile(r"[*+?]|\{\d*,?\d*\}")


def _piece(pattern: str, start: int, found: list[Branch]) -> int:
    """Enter the alternatives of one character, class or group at *start*; return where the next begins."""
    before = len(found)
    atom = _atom(pattern, start, found)
    many = _QUANTIFIER.match(pattern, atom)
    end = atom
    if many:
        end = many.end() + (pattern[many.end() : many.end() + 1] in ("?", "+") and many.end() < len(pattern))
    words = pattern[start:atom]
    left_out = many is not None and many[0] == "?"
    barred = words.startswith(("(?!", "(?<!"))
    if (left_out or barred) and not any(_directly(found[before:], start, atom, pattern)):
        inner = re.sub(r"^\((?:\?(?:<?!|:|P<\w+>))?|\)$", "", words) if words.startswith("(") else words
        found.append(Branch(start, end, pattern[start:end], inner))
    return end


def _directly(inside: Sequence[Branch], start: int, end: int, pattern: str) -> Iterator[bool]:
    """Yield of the alternatives found *inside* whether they are the whole of what is from *start* to *end*."""
    for branch in inside:
        head = pattern[start : branch.start]
        yield bool(re.fullmatch(r"(?:\((?:\?(?:<?[!=]|:|P<\w+>))?)?\[?", head))


def _atom(pattern: str, start: int, found: list[Branch]) -> int:
    sign = pattern[start]
    if sign == "\\":
        escaped = _ESCAPED.match(pattern, start)
        assert escaped
        return escaped.end()
    if sign == "[":
        return _class(pattern, start, found)
    if sign != "(":
        return start + 1
    opening = re.compile(r"\((?:\?(?:P<\w+>|<?[!=]|:|[a-z]+:))?").match(pattern, start)
    assert opening
    if re.match(r"\(\?P=\w+\)", pattern[start:]):
        return pattern.index(")", start) + 1
    end = _alternation(pattern, opening.end(), found)
    if end >= len(pattern):
        raise ValueError(f"a bracket is open in {pattern}")
    return end + 1


_SIGN = r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)"
_ESCAPED = re.compile(_SIGN, re.DOTALL)
# A member of a class: one character, a range, or numerals in their order, which are a range as 0-9 is.
_MEMBER = re.compile(
    rf"[零〇]?一二三(?:四(?:五(?:六七八九十?百?千?)?)?)?|(?:{_SIGN}|[^\\])(?:-(?:{_SIGN}|[^\]\\]))?",
    re.DOTALL,
)


def _class(pattern: str, start: int, found: list[Branch]) -> int:
    at = start + 1
    barred = pattern[at] == "^"
    at += barred
    members = []
    while pattern[at] != "]":
        member = _MEMBER.match(pattern, at)
        assert member
        members.append((at, member.end()))
        at = member.end()
    if len(members) > 1 and not barred:
        found += (Branch(a, b, pattern[a:b], f"[{pattern[a:b]}]") for a, b in members)
    return at + 1


def _parts(text: str, holes: Sequence[ast.expr]) -> list[ast.expr]:
    """Return *text* as the parts of an f-string again."""
    parts = re.split("([\ue000-\uf8ff])", text)
    return [
        holes[ord(part) - _HOLE] if number % 2 else ast.Constant(part)
        for number, part in enumerate(parts)
        if number % 2 or part
    ]


def _source(holes: Sequence[ast.expr], sign: str) -> str:
    hole = holes[ord(sign) - _HOLE]
    return "{" + ast.unparse(hole.value) + "}" if isinstance(hole, ast.FormattedValue) else ""
