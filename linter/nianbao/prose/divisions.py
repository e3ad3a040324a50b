"""Counts and the counts they are the sum of: 其中, 包括, 分别为, 分为, 由…组成, 共计, and brackets.

Nothing is guessed: a list that may end at more than one place, or a total that may be more than one count,
gives an `Undecided` with each of the readings.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.prose.amount import Quantity
from nianbao.prose.breakdown import (
    Breakdown,
    Cue,
    Part,
    Undecided,
    distinct,
    figure_of,
    fits,
    one_way,
    span_of,
)
from nianbao.prose.passage import COMMA, PAUSE, SEMICOLON, STOP, Node, Passage
from nianbao.text.language import Text

_NO_TOTAL = Text("分项前面找不到合计的数字", "no figure before the parts is their total")
_TWO_TOTALS = Text(
    "分项前面有不止一个可能是合计的数字", "more than one figure before the parts may be their total"
)
_OPEN_END = Text("看不出分项到哪里为止", "where the list of parts ends is not known")
_NESTED = Text("看不出分项属于哪一层", "which of the totals a part belongs to is not known")
_BRACKETS = Text("括号不成对", "brackets do not close")
_SUBJECTS = Text(
    "看不出这些数是不是前面合计的分项", "whether these figures are parts of the one before is not known"
)
_ITEMS = frozenset(("件", "条", "篇", "个", "份", "期", "项", "部"))  # units of things that are published
_CUES = frozenset(("WHICH", "INCLUDING", "RESPECTIVELY", "DIVIDED", "OF"))
_EXHAUSTIVE = frozenset(("RESPECTIVELY", "DIVIDED", "OF"))
_MOST_NESTED = 8
_MOST_BETWEEN = 8  # cues and brackets between a cue and its first part
_MOST_TOTALS = 12  # counts before a cue that are looked at
_MOST_READINGS = 24  # that are listed one by one
# A remark on the part before it, not a part: "信件24件，已办结24件".
_STAGE = re.compile(
    r"[和及与并]*(?:已|均|全部|全|按期|按时|及时|依法|共|都|目前|现)*"
    r"(?:办结|办理|答复|回复|办复|处理|完成|解决|采纳|解答|反馈|整改|落实|回应|合格)(?:了|完毕|率)?(?:为)?"
)
# What became of the cases before it, no more cases: "直接起诉4件，维持3件、纠正1件，复议后起诉2件".
_RESULT = re.compile(
    r"(?:均|已|被|结果|法院|[和及与并])*(?:维持(?:原行政行为)?|纠正|其他结果|(?:尚未|尚在|未|正在|已)(?:审结|审理|结)|胜诉|驳回(?:诉讼请求|起诉|申请)?|撤诉)的?(?:有|为)?"
)
# Words that begin the account of something else.
_ANEW = re.compile(
    r"共(?![同享建和青通性])|累计|合计|总计|总共|全年|年内|今年|本年|[0-9０-９]{4}年|此外|同时|另"
)
# Acts of an office with papers and meetings; 公开, 发布 and 转载 begin the parts of a count of publications.
_ACT = re.compile(
    r" *(?:已|均|并)?(?:收到|受理|办结|办理|答复|回复|召开|举办|开展|组织|制定|制发|印发|处理|接待|结转)"
)
# May be the last of the parts or stand behind them: 其中予以公开15件、无法提供8件，结转下年度1件.
_NEXT_YEAR = re.compile(r" *(?:并|已)?结转(?:至|到)?(?:下一?年|次年|20[0-9]{2}年)")
_CASES = re.compile("复议|诉讼|起诉")  # are no parts of applications and publications
_DOES = re.compile("公开|发布|收到|受理|办|答复|转载|推送|开展|召开|组织|制|通过|利用|在")
_SUM = re.compile(r"(?:以上|上述)?(?:[二两三四][项者]|各项|几项)?(?:共计|合计|总计|总共|一共|共)")
# The sum of so many: 二者合计9件.
_SUM_OF = re.compile(r"([二两三四])[项者](?:共计|合计|总计|总共|一共|共) *$")
_MANY = {"二": 2, "两": 2, "三": 3, "四": 4}
# The figure of a year that is named, beside those of the report's own: 新收15件，2021年收到12件.
_OF_A_YEAR = re.compile(r"而?([0-9０-９]{4})年(?!度?结转)")


def _is_result(quantity: Quantity) -> bool:
    """Return whether *quantity* says how so many cases ended: 维持3件, 1件纠正."""
    return _RESULT.fullmatch(quantity.lead.strip() or quantity.tail.strip()) is not None


def _bare(quantity: Quantity | None) -> bool:
    """Return whether the words before *quantity* only name a thing: 人事信息1条."""
    return quantity is not None and len(quantity.lead.strip()) <= _NAME and not _DOES.search(quantity.lead)


_NAME = 8


class _List(NamedTuple):
    """The parts read behind a cue, the earlier *ends* that the list may have, and the *next* node to read."""

    parts: list[Part]
    ends: list[int]
    next: int
    level: int
    cue: Cue
    fault: Text | None
    tokens: list[int]
    others: list[Quantity]  # counts of things in another unit among them
    levels: list[int]  # the separator before each part


def divisions(passage: Passage) -> Iterator[Breakdown | Undecided]:
    """Yield the breakdowns of *passage*, and the undecided divisions, in the order of their cues."""
    yield from _Reader(passage).divisions(passage.nodes, 0)


class _Reader:
    """Reads one passage. A figure that has been taken for a part is no total and no part again."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.figures = passage.figures
        self.taken: set[int] = set()

    # -- one level of nodes ----------------------------------------------------------------------------

    def divisions(self, nodes: Sequence[Node], depth: int) -> Iterator[Breakdown | Undecided]:
        """Yield the divisions in *nodes*, which are those of one bracket or of the passage."""
        at = 0
        while at < len(nodes):
            node = nodes[at]
            found: Breakdown | Undecided | None = None
            step = at + 1
            if node.kind in _CUES:
                found, step = self._cue(nodes, at)
            elif node.kind == "COLON":
                found, step = self._colon(nodes, at)
            elif node.kind == "bracket":
                found = self._bracket(nodes, at)
                if found is None and depth < _MOST_NESTED:
                    yield from self.divisions(node.inner, depth + 1)
            elif node.token in self.figures:
                found = self._sum(nodes, at)
            if found is not None:
                yield self._checked(found)
            at = max(step, at + 1)

    def _checked(self, found: Breakdown | Undecided) -> Breakdown | Undecided:
        if self.passage.balanced:
            return found
        return Undecided(_BRACKETS, found.span)

    def count(self, node: Node) -> Quantity | None:
        """Return the figure of *node* if it is a count that can be a total or a part."""
        quantity = self.figures.get(node.token) if node.kind in ("COUNT", "BARE") else None
        return quantity if quantity is not None and quantity.counted else None

    # -- a cue and its list ----------------------------------------------------------------------------

    def _cue(self, nodes: Sequence[Node], at: int) -> tuple[Breakdown | Undecided | None, int]:
        headed = self._headed(nodes, at)
        first = self.first_unit(nodes, at + 1)
        if first is None:
            return None, at + 1
        totals = self._totals(nodes, at, first, headed=headed)
        unit = first or (totals[0].unit if totals else "")
        if totals and fits(totals[0], unit) and unit in totals[0].unit:
            unit = totals[0].unit  # of two: 806条（篇）
        found = self._list(nodes, at, unit, headed=headed, depth=0)
        if not found.parts:
            return None, at + 1
        if not totals:
            undecided = self._without_total(nodes, at, found)
            return undecided, found.next if undecided is not None else at + 1
        if nodes[at].kind == "RESPECTIVELY" and self._own_subject(at, nodes):
            self.taken.update(found.tokens)
            return Undecided(_SUBJECTS, span_of(totals[0], found.parts)), found.next
        return self._bound(totals, found), found.next

    def _headed(self, nodes: Sequence[Node], at: int) -> bool:
        """Return whether the cue at *at* begins its sentence or ends in a colon: then all up to 。 is its list."""
        node = nodes[at]
        words = self.passage.words(node.token, node.token + 1)
        begins = node.level == STOP and self._begins(node.token)
        return begins or words.endswith((":", "："))

    def _begins(self, token: int) -> bool:
        kinds = self.passage.kinds
        before = token - 1
        while before >= 0 and kinds[before] == "WORDS" and not self.passage.words(before, before + 1).strip():
            before -= 1
        return before < 0 or kinds[before] == "STOP"

    def first_unit(self, nodes: Sequence[Node], at: int) -> str | None:
        """Return the unit of the first part behind a cue, None if no figure is near enough."""
        for place in range(at, min(at + _MOST_BETWEEN, len(nodes))):
            node = nodes[place]
            if (
                node.level >= (COMMA if place > at or node.kind == "COUNT" else SEMICOLON)
                or node.kind == "COLON"
            ):
                return None
            if node.kind == "COUNT" or node.token in self.figures:  # of another year, or planned: no part
                quantity = self.count(node)
                return quantity.unit if quantity is not None else None
        return None

    def _totals(self, nodes: Sequence[Node], at: int, unit: str, *, headed: bool) -> list[Quantity]:
        """Return the counts of *unit* before the cue at *at* that its parts may be parts of, the nearest first.

        They are in the cue's own segment, else in its sentence; for a cue that begins a sentence, in the one
        before.
        """
        totals: list[Quantity] = []
        level, sentences = nodes[at].level, int(headed)
        for node in reversed(nodes[max(0, at - 4 * _MOST_TOTALS) : at]):
            sentences -= level == STOP
            if sentences < 0 or (totals and level == SEMICOLON) or len(totals) >= _MOST_TOTALS:
                break
            quantity = self.count(node)
            if quantity is not None and node.token not in self.taken and fits(quantity, unit):
                totals.append(quantity)
            level = node.level
        return totals

    def _own_subject(self, at: int, nodes: Sequence[Node]) -> bool:
        """Return whether 分别 has words of its own before it that are no verb."""
        token = nodes[at].token
        if not token or self.passage.kinds[token - 1] != "WORDS":
            return False
        words = self.passage.words(token - 1, token).strip()
        return bool(words) and words not in ("数量", "件数", "条数")

    def _without_total(self, nodes: Sequence[Node], at: int, found: _List) -> Undecided | None:
        if nodes[at].kind != "WHICH" or any(
            node.token in self.figures for node in nodes[max(0, at - _MOST_TOTALS) : at]
        ):
            return None
        return Undecided(_NO_TOTAL, span_of(None, found.parts))

    def _bound(self, totals: Sequence[Quantity], found: _List) -> Breakdown | Undecided:
        """Return *found* as the parts of one of *totals*."""
        self.taken.update(found.tokens)
        span = span_of(totals[0], found.parts)
        whole = _filled(totals[0], found) or _of_first_ones(totals[0], found)
        if whole is not None:
            return whole
        if found.fault is not None:
            return Undecided(found.fault, span)
        totals = [*_joint(totals), *totals]
        ends = [end for end in dict.fromkeys((*found.ends, len(found.parts))) if end]
        if len(ends) * len(distinct(totals)) > _MOST_READINGS:
            return Undecided(_OPEN_END, span)
        readings = [
            Breakdown(total, tuple(found.parts[:end]), found.cue, span_of(total, found.parts[:end]))
            for total in distinct(totals)
            for end in ends
        ]
        if len(readings) == 1:
            return one_way(readings[0])
        if self._side_by_side(totals):
            return Undecided(_TWO_TOTALS, span)
        return Undecided(_OPEN_END if len(ends) > 1 else _TWO_TOTALS, span, tuple(readings))

    def _side_by_side(self, totals: Sequence[Quantity]) -> bool:
        """Return whether the two nearest totals are in one clause: the parts may be those of both."""
        if len(distinct(totals)) < 2:
            return False
        offset = self.passage.offset
        between = self.passage.text[totals[1].whole.end - offset : totals[0].span.start - offset]
        return not any(sign in between for sign in "，,：:")

    def _list(self, nodes: Sequence[Node], cue: int, unit: str, *, headed: bool, depth: int) -> _List:
        """Read the parts behind the cue at *cue*."""
        return _ListReader(self, nodes, unit, headed=headed, depth=depth).read(cue)

    # -- other shapes ----------------------------------------------------------------------------------

    def _colon(self, nodes: Sequence[Node], at: int) -> tuple[Breakdown | Undecided | None, int]:
        """Read "公开信息212条：动态143条，目录69条": the colon right behind a count, two parts at the least."""
        total = self.count(nodes[at - 1]) if at and nodes[at].level == 0 else None
        if total is None or nodes[at].token != nodes[at - 1].token + 1 or nodes[at - 1].token in self.taken:
            return None, at + 1
        found = self._list(nodes, at, total.unit, headed=True, depth=0)
        if len(found.parts) < 2:
            return None, at + 1
        return self._bound([total], found), found.next

    def _bracket(self, nodes: Sequence[Node], at: int) -> Breakdown | Undecided | None:
        """Read "预决算197条（政府32条、部门165条）": a bracket that belongs to the count before it."""
        bracket = nodes[at]
        # A comma before "（其中" is a slip of the pen.
        cued = bracket.inner[:1] and bracket.inner[0].kind == "WHICH"
        total = self.count(nodes[at - 1]) if at and bracket.level <= (COMMA if cued else 0) else None
        if total is None:
            return None
        found = self.bracketed(bracket, total, 0)
        return self._bound([total], found) if found else None

    def bracketed(self, bracket: Node, total: Quantity, depth: int) -> _List | None:
        """Return the list in *bracket* if it divides *total*."""
        inner = bracket.inner
        if not inner:
            return None
        cued = inner[0].kind in _CUES and not self._words_before(inner[0].token)
        unit = self.first_unit(inner, 1 if cued else 0)
        if unit is None or not fits(total, unit):
            return None
        found = _ListReader(self, inner, total.unit, headed=True, depth=depth + 1).read(0 if cued else -1)
        return found if len(found.parts) > (0 if cued else 1) else None

    def _words_before(self, token: int) -> bool:
        return self.passage.kinds[token - 1] == "WORDS"

    def _of_halves(self, nodes: Sequence[Node], at: int, total: Quantity) -> Breakdown | None:
        """Read "上半年公开98条，下半年公开138条，全年共公开236条"."""
        counts = (self.count(nodes[place]) for place in range(at - 1, -1, -1))
        before = [*islice(filter(None, counts), len(_HALVES[-1]))][::-1]
        for names in _HALVES:
            parts = before[-len(names) :]
            if len(parts) == len(names) and all(
                name in part.lead and fits(part, total.unit) for name, part in zip(names, parts, strict=True)
            ):
                return Breakdown(total, tuple(parts), "exhaustive", span_of(total, parts))
        return None

    def _sum(self, nodes: Sequence[Node], at: int) -> Breakdown | Undecided | None:
        """Read "新收12件，上年结转2件，共14件": the total behind its parts."""
        total = self.count(nodes[at])
        if total is None:
            return None
        if _WHOLE_YEAR.match(total.lead.strip()):
            return self._of_halves(nodes, at, total)
        if not _SUM.fullmatch(total.lead.strip()):
            return None
        segment: list[tuple[Node, Quantity]] = []
        whole: list[tuple[Node, Quantity]] = []
        level = nodes[at].level
        for node in reversed(nodes[max(0, at - 4 * _MOST_TOTALS) : at]):
            if level >= STOP:
                break
            quantity = self.count(node)
            if (
                quantity is not None
                and node.token not in self.taken
                and fits(quantity, total.unit)
                and not _OUT_OF.match(quantity.tail)
            ):
                whole.insert(0, (node, quantity))
                if level < SEMICOLON:
                    segment.insert(0, (node, quantity))
            level = max(level, node.level)
        lists = [segment, whole, whole[-_summed(total) :], _behind_the_whole(whole, total)]
        lists += [_of_one_year(parts) for parts in lists]
        choices = {tuple(node.token for node, _ in parts): parts for parts in lists if len(parts) > 1}
        readings = [
            Breakdown(total, tuple(part for _, part in parts), "exhaustive", span_of(parts[0][1], [total]))
            for parts in choices.values()
        ]
        if not readings:
            return None
        self.taken.update(node.token for node, _ in whole)
        if len(segment) in (0, len(whole)) and len(readings) == 1:
            return one_way(readings[0])
        return Undecided(_OPEN_END, span_of(whole[0][1], [total]), tuple(readings))


_OUT_OF = re.compile(r" *(?:之)?中(?:[，,：: ]|$)")  # 办结的95件中，…


def _summed(total: Quantity) -> int:
    """Return how many *total* says to be the sum of, 0 if it does not say."""
    match = _SUM_OF.search(total.scope)
    return _MANY[match[1]] if match else 0


def _behind_the_whole(parts: list[tuple[Node, Quantity]], total: Quantity) -> list[tuple[Node, Quantity]]:
    """Return all but the first of *parts* if that is more than *total*, which the others come to; else none."""
    rest = parts[1:]
    comes_out = sum(part.value for _, part in rest) == total.value != 0
    return rest if comes_out and parts[0][1].value > total.value else []


def _of_one_year(parts: list[tuple[Node, Quantity]]) -> list[tuple[Node, Quantity]]:
    """Return *parts* without those of another year than the first of them."""
    named = [_OF_A_YEAR.match(part.lead.strip()) for _, part in parts]
    years = [match and match[1] for match in named]
    return [part for part, year in zip(parts, years, strict=True) if year in (None, years[0])]


# New applications and those carried over are the two that are dealt with: 新收12件，上年结转1件。其中……
_NEW = re.compile(r"新收|收到|受理|接收|新增")
_CARRIED = re.compile(r"(?:上一?年度?|去年|[0-9]{4}年度?)[^，。；]{0,6}结转|结转上年")


def _joint(totals: Sequence[Quantity]) -> list[Quantity]:
    """Return the sum of the two nearest of *totals* if they are the applications received and those carried in."""
    if len(totals) < 2:
        return []
    near, far = totals[:2]
    words = (near.lead + near.tail, far.lead + far.tail)
    pair = any(_CARRIED.search(one) and _NEW.search(other) for one, other in (words, words[::-1]))
    if not pair or not (near.exact and far.exact):
        return []
    value = near.value + far.value
    return [near._replace(value=value, low=value, high=value)]


def _filled(total: Quantity, found: _List) -> Breakdown | None:
    """Return *found* with its items in other units, if they fill up *total* exactly: 309条，其中306条、文件2件、公告1条."""
    if not found.others or found.ends or found.fault is not None:
        return None
    whole = Breakdown(total, (*found.parts, *found.others), found.cue, span_of(total, found.parts))
    return whole if total.exact and whole.sum == (total.value, total.value) else None


def _of_first_ones(total: Quantity, found: _List) -> Breakdown | None:
    """Return the first parts of each group of *found* if they are the whole: those behind them divide them again.

    直接起诉4件，维持3件、纠正1件；复议后起诉2件，均维持.
    """
    for level in (SEMICOLON, COMMA):
        first = [part for part, before in zip(found.parts, found.levels, strict=True) if before >= level]
        firsts = (found.parts[0], *(part for part in first if part is not found.parts[0]))
        whole = Breakdown(total, firsts, found.cue, span_of(total, found.parts))
        if 1 < len(firsts) < len(found.parts) and whole.sum == (total.value, total.value):
            return whole
    return None


# The parts of a year, and the whole.
_HALVES = (("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"))
_WHOLE_YEAR = re.compile("全年|(?:上下)?两个半年|年度?合计")


class _ListReader:
    """Reads a list of parts until it ends: at 。, or before a figure that is no part."""

    def __init__(
        self, reader: _Reader, nodes: Sequence[Node], unit: str, *, headed: bool, depth: int, outer: int = 1
    ) -> None:
        self.reader = reader
        self.nodes = nodes
        self.unit = unit
        self.headed = headed
        self.depth = depth
        self.outer = outer  # the separator of the list that this one is in, 0 if that is not known yet
        self.parts: list[Part] = []
        self.first: Quantity | None = None
        self.ends: list[int] = []
        self.tokens: list[int] = []
        self.others: list[Quantity] = []
        self.levels: list[int] = []
        self.level = 0  # the separator of the list
        self.pending = 0  # the strongest separator since the last part
        self.remarked = False
        self.ended = False  # whether the last figure says how so many cases ended
        self.cue: Cue = "including"
        self.fault: Text | None = None

    def read(self, cue: int) -> _List:
        """Return the parts behind the node *cue*, which is -1 if no word says that they are parts."""
        if cue >= 0:
            self._named(self.nodes[cue])
        at = cue + 1
        while at < len(self.nodes):
            self.pending = max(self.pending, self.nodes[at].level)
            if self.pending >= STOP or self._ends_at(self.nodes[at]):
                break
            at = self._node(at) + 1
        if self.parts and figure_of(self.parts[-1]).tail.lstrip().startswith("等"):
            self.cue = "mainly"
        return _List(
            self.parts, self.ends, at, self.level, self.cue, self.fault, self.tokens, self.others, self.levels
        )

    def _ends_at(self, node: Node) -> bool:
        """Return whether *node* is behind the list; if it may be, add to `ends`."""
        if node.kind == "MADE":
            return True
        quantity = self._fitting(node)
        return (
            quantity is not None
            and self.first is not None
            and (self._on_all() if self._is_remark(quantity) else self._over(quantity))
        )

    def _node(self, at: int) -> int:
        """Read the node *at* with all that it brings; return the last node read."""
        node = self.nodes[at]
        if node.kind in _CUES:
            return self._inner_cue(at)
        quantity = self._fitting(node)
        if node.kind == "bracket":
            self._inner_bracket(node)
        elif quantity is not None:
            self._figure(node, quantity)
        elif (other := self.reader.count(node)) is not None and {other.unit, self.unit} <= _ITEMS:
            self.others.append(other)
        return at

    def _fitting(self, node: Node) -> Quantity | None:
        quantity = self.reader.count(node)
        return quantity if quantity is not None and fits(quantity, self.unit) else None

    def _named(self, node: Node) -> None:
        """Take the cue *node*: 其中, 其中主要, 主要包括, 分别为."""
        if "主要" in self.reader.passage.words(node.token, node.token + 1):
            self.cue = "mainly"
        elif node.kind in _EXHAUSTIVE:
            self.cue = "exhaustive"

    def _figure(self, node: Node, quantity: Quantity) -> None:
        if self.first is None:
            self.first = quantity
        elif self._is_remark(quantity):
            self.ended = self.ended or _is_result(quantity)
            self.remarked = not self.ended
            return
        self.tokens.append(node.token)
        self.parts.append(quantity._replace(unit=quantity.unit or self.unit))
        self.levels.append(self.pending)
        self.pending, self.remarked, self.ended = 0, False, False

    def _is_remark(self, quantity: Quantity) -> bool:
        assert self.first is not None
        if _is_result(quantity) or (self.ended and quantity.lead.strip() == "其他"):
            return not _is_result(self.first) and _CASES.search(self.first.lead) is not None
        staged = _STAGE.fullmatch(quantity.lead.strip())
        return bool(staged) and not _STAGE.fullmatch(self.first.lead.strip())

    def _over(self, quantity: Quantity) -> bool:
        """Return whether the list has ended before *quantity*; if it may have, add to `ends`."""
        level = self.pending or PAUSE
        summed = _SUM.fullmatch(quantity.lead.strip())
        if summed and (_summed(quantity) or self._come_to(quantity)):
            self.cue = "mainly"  # the sum of those that are named: 予以公开8件、部分公开1件，两者合计9件
        if summed or _ANEW.match(quantity.lead.strip()):
            return True
        if _CASES.search(quantity.lead) and self.first is not None and not _CASES.search(self.first.lead):
            return True
        higher = level > self.level if self.level else level >= SEMICOLON
        if higher and self.depth and not self.headed and (self.outer or level >= SEMICOLON):
            return True  # the list that this one is in goes on
        if higher and not self.headed and self._acts_anew(quantity) and not _NEXT_YEAR.match(quantity.lead):
            return True
        # If it may have ended at one separator, it may have at each later one.
        alike = self.level == 0 and level == SEMICOLON and _bare(self.first) and _bare(quantity)
        parted = not self.headed and not alike and (higher or (self.ends and level >= self.level))
        if parted or (self.remarked and level <= COMMA):
            self.ends.append(len(self.parts))
        self.level = max(self.level, level)
        return False

    def _come_to(self, quantity: Quantity) -> bool:
        return sum(figure_of(part).value for part in self.parts) == quantity.value

    def _on_all(self) -> bool:
        """Return whether a remark is on all the parts: behind ；, the parts being parted by less."""
        return self.pending >= SEMICOLON > self.level > 0

    def _acts_anew(self, quantity: Quantity) -> bool:
        """Return whether *quantity* begins with an act, and the first part does not."""
        assert self.first is not None
        return bool(_ACT.match(quantity.lead)) and not _ACT.match(self.first.lead)

    def _inner_cue(self, at: int) -> int:
        """Read a cue behind a part, which it divides. Return the last node it takes."""
        node = self.nodes[at]
        if not self.parts or node.kind == "RESPECTIVELY":
            self._named(node)
            return at
        last = self.parts[-1]
        unit = self.reader.first_unit(self.nodes, at + 1)
        if isinstance(last, Breakdown) or unit is None or not fits(last, unit):
            return at
        if self.pending >= SEMICOLON or self.depth >= _MOST_NESTED:
            self.fault = _NESTED
            return at
        inner = _ListReader(
            self.reader, self.nodes, last.unit, headed=False, depth=self.depth + 1, outer=self.level
        )
        found = inner.read(at)
        self._nest(found)
        # If both lists are parted by commas, nothing shows which of them goes on behind a comma.
        if (
            found.level >= COMMA
            and self.level in (0, COMMA)
            and len(found.parts) > 1
            and not self._closed(found)
        ):
            self.fault = _NESTED
        self.pending = 0
        return found.next - 1

    def _closed(self, found: _List) -> bool:
        """Return whether ； closes the inner list: it then separates the parts of the outer one."""
        return found.next < len(self.nodes) and self.nodes[found.next].level >= SEMICOLON

    def _inner_bracket(self, bracket: Node) -> None:
        if not self.parts or self.pending or isinstance(self.parts[-1], Breakdown):
            return
        if self.depth >= _MOST_NESTED:
            self.fault = _NESTED
            return
        found = self.reader.bracketed(bracket, self.parts[-1], self.depth)
        if found is not None:
            self._nest(found)

    def _nest(self, found: _List) -> None:
        last = self.parts[-1]
        self.tokens.extend(found.tokens)
        if found.fault is not None or found.ends:
            self.fault = found.fault or _NESTED
        if found.parts and isinstance(last, Quantity):
            self.parts[-1] = Breakdown(last, tuple(found.parts), found.cue, span_of(last, found.parts))
