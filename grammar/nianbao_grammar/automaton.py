"""Runs the tables that lark makes of a grammar: a scanner of one pattern and an LALR(1) automaton.

Lark's own run time would do the same and costs as much to import as half a check (docs/adr/0002).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

END = "$END"


class Token(str):
    """A piece of the text, of the terminal *type*, from *start_pos* to *end_pos*."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int


def token(symbol: str, text: str, start: int) -> Token:
    """Return the piece *text* of the terminal *symbol* that stands at *start*."""
    made = Token(text)
    made.type, made.start_pos, made.end_pos = symbol, start, start + len(text)
    return made


class Tree:
    """A rule with what it is made of; the rules whose names begin with `_` give their children to it."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: "list[Tree | Token]") -> None:
        self.data = data
        self.children = children


class Rule(NamedTuple):
    """A production: its left side, the name of its tree ("" for one without), how many symbols it takes."""

    origin: str
    tree: str
    size: int


class Tables(NamedTuple):
    """What lark makes of a grammar.

    *terminals* are named groups of one pattern, the first that matches first. *states* say for each symbol
    what comes next: a state to go to, or the production `~n` to reduce by.
    """

    terminals: str
    ignored: Sequence[str]
    rules: Sequence[tuple[str, str, int]]
    states: Sequence[Mapping[str, int]]
    start: int
    end: int


class Parser:
    """A parser by *tables*; *pattern* is what its scanner looks for, a named group for each terminal."""

    def __init__(self, tables: Tables) -> None:
        self.pattern = re.compile(tables.terminals)
        self._ignored = frozenset(tables.ignored)
        self._rules = [Rule(*rule) for rule in tables.rules]
        self._states = tables.states
        self._start = tables.start
        self._end = tables.end

    def parse(self, text: str) -> Tree:
        """Return the tree of *text*. Raises ValueError for a text that the grammar does not cover."""
        return self.derive(self.tokens(text))

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the pieces of *text*. Raises ValueError where no terminal matches."""
        scan, ignored, place, length = self.pattern.match, self._ignored, 0, len(text)
        while place < length:
            match = scan(text, place)
            if match is None or match.lastgroup is None or match.end() == place:
                raise ValueError(f"no terminal at offset {place}")
            symbol, start, place = match.lastgroup, place, match.end()
            if symbol not in ignored:
                yield token(symbol, match[0], start)

    def derive(self, tokens: Iterable[Token]) -> Tree:
        """Return the tree of *tokens*, which depends on their types alone. Raises ValueError where there is none."""
        table, end = self._states, Token()
        end.type = END
        states = [self._start]
        values: list[Tree | Token | list[Tree | Token]] = []
        for found in chain(tokens, (end,)):
            symbol = found.type
            action = table[states[-1]].get(symbol)
            while action is not None and action < 0:
                self._reduce(self._rules[~action], states, values)
                if states[-1] == self._end:
                    tree = values[-1]
                    assert isinstance(tree, Tree)
                    return tree
                action = table[states[-1]].get(symbol)
            if action is None:
                break
            states.append(action)
            values.append(found)
        raise ValueError(f"no {symbol} is due in state {states[-1]}")

    def _reduce(
        self, rule: Rule, states: list[int], values: "list[Tree | Token | list[Tree | Token]]"
    ) -> None:
        """Put the left side of *rule* in the place of its right side."""
        first = len(values) - rule.size
        # A rule that begins with itself goes on with the list it has: to copy it each time is quadratic.
        head = values[first] if rule.size else None
        children: list[Tree | Token] = head if isinstance(head, list) else []
        for value in values[first + (children is head) :]:
            if isinstance(value, list):
                children.extend(value)
            else:
                children.append(value)
        del values[first:], states[first + 1 :]
        values.append(Tree(rule.tree, children) if rule.tree else children)
        states.append(self._states[states[-1]][rule.origin])
