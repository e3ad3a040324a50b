"""The parser that runs the tables lark makes of a grammar: a scanner of one pattern, an LALR(1) automaton.

Lark's own run time would do the same and costs as much to import as half a check (docs/adr/0002).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

END = "$END"


class Token(str):
    """A piece of the text, of the terminal *type*, from *start_pos* to *end_pos*."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int


def token(symbol: str, text: str, start: int) -> Token:
    """Return the piece *text* of the terminal *symbol* at offset *start*."""
    piece = Token(text)
    piece.type, piece.start_pos, piece.end_pos = symbol, start, start + len(text)
    return piece


class Tree:
    """A rule of the grammar with its children; rules whose names begin with `_` pass theirs to the rule above."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: "list[Tree | Token]") -> None:
        self.data = data
        self.children = children


class Rule(NamedTuple):
    """A production: its left side, the name of its tree ("" for one without), the number of its symbols."""

    origin: str
    tree: str
    size: int


class Tables(NamedTuple):
    """The tables that lark makes of a grammar.

    *terminals* are the named groups of one pattern, of which the first that matches wins. *states* have for each
    symbol the next step: the state to go to, or `~n` for the production *n* to reduce by.
    """

    terminals: str
    ignored: Sequence[str]
    rules: Sequence[tuple[str, str, int]]
    states: Sequence[Mapping[str, int]]
    start: int
    end: int


class Parser:
    """A parser with *tables*; *pattern* is that of its scanner, with a named group for each terminal."""

    def __init__(self, tables: Tables) -> None:
        self.pattern = re.compile(tables.terminals)
        self._ignored = frozenset(tables.ignored)
        self._rules = [Rule(*rule) for rule in tables.rules]
        self._states = tables.states
        self._start = tables.start
        self._end = tables.end

    def parse(self, text: str) -> Tree:
        """Return the tree of *text*. Raises ValueError if the grammar does not cover it."""
        return self.derive(self.tokens(text))

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the pieces of *text*. Raises ValueError if no terminal matches."""
        ignored, offset = self._ignored, 0
        for match in self.pattern.finditer(text):
            symbol, (start, end) = match.lastgroup, match.span()
            if symbol is None or start != offset or start == end:
                break
            if symbol not in ignored:
                yield token(symbol, match[0], start)
            offset = end
        if offset < len(text):
            raise ValueError(f"no terminal at offset {offset}")

    def derive(self, tokens: Iterable[Token]) -> Tree:
        """Return the tree of *tokens*, which depends on their types alone. Raises ValueError if there is none."""
        table, rules, end = self._states, self._rules, Token()
        end.type = END
        states = [self._start]
        values: list[Tree | Token | list[Tree | Token]] = []
        for piece in chain(tokens, (end,)):
            symbol = piece.type
            action = table[states[-1]].get(symbol)
            while action is not None and action < 0:
                origin, tree, size = rules[~action]
                if size == 1 and not tree:  # what it is made of takes its place
                    states[-1] = table[states[-2]][origin]
                    action = table[states[-1]].get(symbol)
                    continue
                # A rule that begins with itself extends the list it has: copying it each time would be quadratic.
                head = values[-size] if size else None
                children: list[Tree | Token] = head if isinstance(head, list) else []
                for value in values[len(values) - size + (children is head) :]:
                    if isinstance(value, list):
                        children += value
                    else:
                        children.append(value)
                if size:
                    del values[-size:], states[-size:]
                whole = Tree(tree, children) if tree else children
                values.append(whole)
                states.append(table[states[-1]][origin])
                if states[-1] == self._end and isinstance(whole, Tree):
                    return whole
                action = table[states[-1]].get(symbol)
            if action is None:
                break
            states.append(action)
            values.append(piece)
        raise ValueError(f"no {symbol} is due in state {states[-1]}")
