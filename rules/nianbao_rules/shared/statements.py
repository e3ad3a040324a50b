"""The sentences of a report about the subjects that its tables count: applications, documents, decisions, cases.

A sentence is understood only if every word between the last separator and the figure is known:
全年共收到政府信息公开申请8件 is understood, 网上收到申请8件 is not and yields nothing. Proposals, letters, calls
and other things that an office counts are not applications.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from nianbao.api import Negation, Quantity, Report, Span, negations, quantities
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.leads import Led, led
from nianbao_rules.shared.organs import OWN, Actor, Names, Whose, names_of
from nianbao_rules.shared.subjects import (
    ABOUT_CASES,
    AFTER,
    APPLICANTS,
    APPLICATIONS,
    CASES,
    DECIDED,
    DECIDED_BY,
    DECISIONS,
    DOCUMENTS,
    FOREIGN,
    HARMLESS_TAILS,
    NAMES,
    NOT_FOREIGN,
    OUTCOMES_BY_REASON,
    ROWS,
    SUBJECTS,
    UNITS,
    VERBS,
)


class Saying(NamedTuple):
    """One figure, or one denial, with the subjects that it counts.

    *subjects* are keys of SUBJECTS: the figure is that of each, or of all *together*. The true count is not
    below *low* and not above *high*, None for no bound; both are 0 for a denial. *span* is the words in the
    report, *actor* whose figure it is, *year* the year named, None for none.
    *quantity* is the figure, None for a denial in words.
    """

    subjects: tuple[str, ...]
    together: bool
    low: Decimal | None
    high: Decimal | None
    span: Span
    actor: Actor
    year: int | None
    quantity: Quantity | None


class Claim(NamedTuple):
    """Words that say that all applications were answered, and who answered them."""

    span: Span
    actor: Actor


class Paragraph(NamedTuple):
    """The sayings and claims of one paragraph, in order."""

    sayings: tuple[Saying, ...]
    claims: tuple[Claim, ...]
    last: Actor  # whose figures it gives last


_ZERO = Decimal(0)
_OCCASIONS = ("申请", "复议", "诉讼", "规章", "规范性文件", "许可", "处罚", "强制", "收费")
_HEADING = 30  # characters; a line shorter than this may name the topic of the next paragraph


@lru_cache(maxsize=1)  # two of the rules ask
def paragraphs(report: Report) -> tuple[Paragraph, ...]:
    """Return the sayings and claims of each paragraph of *report* that may have some."""
    return tuple(_paragraphs(report))


def _paragraphs(report: Report) -> Iterator[Paragraph]:
    review = report.section("review")
    cases = {piece.span.start for piece in review.paragraphs} if review else set()
    names = names_of(report)
    asked, actor = False, OWN
    for piece in report.paragraphs:
        text, start = piece.text, piece.span.start
        if asked or any(word in text for word in _OCCASIONS):
            topic = "review" if start in cases else "applications" if asked else ""
            read = _moved(_read(text, topic, names, actor), start)
            yield read
            actor = OWN if read.last.words in names.system else read.last
        elif len(text) < _HEADING:
            actor = OWN
        asked = len(text) < _HEADING and "申请" in text and not re.search("[0-9]", text)


# In an editor most paragraphs come again with each version, below what was typed somewhere else.
@lru_cache(maxsize=4096)
def _read(text: str, topic: str, names: Names, actor: Actor) -> Paragraph:
    """Return the sayings and claims of *text*, a paragraph on *topic* that begins with those of *actor*."""
    return _Reader(text, 0, topic, names, actor).read()


def _moved(read: Paragraph, by: int) -> Paragraph:
    """Return *read* where its paragraph is, *by* further on."""
    sayings = tuple(
        saying._replace(
            span=_later(saying.span, by),
            quantity=saying.quantity
            and saying.quantity._replace(
                span=_later(saying.quantity.span, by), whole=_later(saying.quantity.whole, by)
            ),
        )
        for saying in read.sayings
    )
    claims = tuple(claim._replace(span=_later(claim.span, by)) for claim in read.claims)
    return Paragraph(sayings, claims, read.last)


def _later(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


class _Reader:
    """Reads a paragraph from figure to figure and keeps its present topic."""

    def __init__(self, text: str, offset: int, topic: str, names: Names, actor: Actor) -> None:
        self.text, self.offset, self.names = text, offset, names
        # 各乡镇（街道）、各县（市、区） are names of offices, whose brackets part nothing.
        parted = re.sub(_KINDS_OF_PLACES, lambda match: "_" * len(match[0]), text)
        self.clauses = [0, *(match.end() for match in re.finditer(_SEPARATOR, parted))]
        self.sentences = [0, *(match.end() for match in re.finditer(_STOP, text))]
        self.first = self.topic = topic
        self.on_cases = topic == "review"
        self.on_applications = topic == "applications" or re.match(_ON_REQUEST, text) is not None
        # In a paragraph on a review of documents, 废止 may not be the count of the whole year.
        self.reviews_documents = "失效" in text or ("清理" in text and "其中" in text)
        self.at = 0  # topics before this offset have been noted
        self.turns: list[tuple[int, Actor]] = [(0, actor)]  # from which offset on whose figures are given
        self.said = -1  # the start of the sentence in which the last figure of a known actor is
        self.year: int | None = None  # the year of the last saying
        self.sayings: list[Saying] = []

    def read(self) -> Paragraph:
        """Return the sayings and claims of the paragraph."""
        figures_and_denials: list[Quantity | Negation] = [
            *(quantity for quantity in quantities(self.text, self.offset) if quantity.counted),
            *(n for n in negations(self.text, self.offset) if n.cue.startswith(("未", "没", "无"))),
        ]
        for item in sorted(figures_and_denials, key=lambda item: item.span):
            if isinstance(item, Quantity):
                self._figure(item)
            else:
                self._denial(item)
        claims = tuple(self._claims())
        self._blankets()
        return Paragraph(tuple(self.sayings), claims, self.turns[-1][1])

    # -- a figure ------------------------------------------------------------------------------------

    def _figure(self, quantity: Quantity) -> None:
        start, end = quantity.span.start - self.offset, quantity.whole.end - self.offset
        self._advance(start)
        clause = self._lead(quantity, start)
        words, tail = led(clause, self.names), quantity.tail.strip().removeprefix("的")
        subjects, together = self._subjects(words.text, clause, tail, start, zero=quantity.high == 0)
        sentence = start - len(self._sentence(start))
        if not subjects:
            named = re.match(_ASKED, self.text[end : end + _REACH]) if not words.text else None
            if named and self.topic == "applications":
                self._all_of("received", quantity, start, end + named.end(), words)
            plain = words.text.removesuffix("申请") in VERBS["applications"] or re.match(
                _BLANKET, self.text[end : end + _REACH]
            )
            if sentence != self.said and not plain and _of_another(words.text + tail, quantity.unit):
                self.turns.append((start, Actor(words.text, Whose.OTHER)))
            return
        if not _of_unit(quantity.unit, subjects):
            return
        if SUBJECTS[subjects[0]].table == "applications" and self._classified(start):
            return
        self.said = sentence
        if tail and not tail.startswith(HARMLESS_TAILS):
            end += len(quantity.tail)
        begun = self.text.rfind(clause, max(0, start - 2 * _REACH), start) if clause else start
        begun += len(clause) - len(clause.lstrip())
        self._say(Saying(
            subjects, together, quantity.low, quantity.high, Span(begun, end), words.actor or self.actor_at(start), words.year, quantity
        ))  # fmt: skip
        if len(subjects) == 1:
            self._all_of(subjects[0], quantity, start, quantity.whole.end - self.offset, words)

    def _all_of(self, subject: str, quantity: Quantity, start: int, end: int, words: Led) -> None:
        """Note what the words from *end* on say of each of the *quantity* of *subject*: 3件，均予以公开."""
        match = re.match(_EACH, self.text[end : end + _REACH])
        what = match["what"].removesuffix("提出") if match else ""
        key = _of_each(subject, what)
        if match is None or not key or not quantity.exact or not quantity.value:
            return
        # There may be more of them than the words count: those carried in.
        low, high, figure = (quantity.low, None, quantity) if what not in _ENDED else (_ZERO, _ZERO, None)
        actor, span = words.actor or self.actor_at(start), Span(start, end + match.end())
        self._say(Saying((key,), False, low, high, span, actor, words.year, figure))

    def _lead(self, quantity: Quantity, start: int) -> str:
        """Return the words before the figure, back to the last separator or figure."""
        shared = quantity.lead and not self.text[:start].rstrip(_HEDGES).endswith(
            quantity.lead.rstrip(_HEDGES)
        )
        if shared:
            return quantity.lead  # 分别为 gives each figure its own words
        clause = self.text[self._begun(start) : start]
        *before, last = re.split(_OTHER_FIGURE, clause)
        last = last.lstrip("、") if before else last
        return last if quantity.exact else last.rstrip(_HEDGES)

    def _subjects(
        self, words: str, clause: str, tail: str, start: int, *, zero: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Return the subjects that are counted, and whether the figure is that of all together."""
        subject = self._subject(words, tail, start, zero=zero) or self._total(words, clause, start)
        if subject:
            return (subject,), False
        parts = re.split(_AND, words)
        last = _object(parts[-1])
        subjects = tuple(
            self._subject(part, tail, start, zero=zero) or self._subject(part + last, tail, start, zero=zero)
            for part in parts
        )
        if len(subjects) < 2 or not all(subjects):
            return (), False
        each = words.rstrip("为有是").endswith(("均", "各", "都"))
        codes = {SUBJECTS[key].code for key in subjects}
        return (subjects, not each) if each or codes in ({"TXT003"}, {"TXT006"}) else ((), False)

    def _total(self, words: str, clause: str, start: int) -> str:
        """Return the subject of a total without words of its own: 上年结转2件，共10件; 行政复议方面，共3件."""
        if any(plain == "" for plain in _endings(words)):
            before = re.split("[，,]", self._sentence(start)[: -len(clause) or None])
            named = before[-2] if len(before) > 1 and not before[-1] else before[-1]
            if named.endswith("方面"):
                topic, verb = _parted(named.removesuffix("方面"))
                return topic if topic in CASES and self._disclosed(led(verb, self.names).text, start) else ""
            last = self.sayings[-1].subjects[0] if self.sayings else ""
            if last == "carried in" and clause.strip("，, ").startswith(("共", "合计", "总计")):
                return "due"
        return ""

    def _subject(self, words: str, tail: str, start: int, *, zero: bool) -> str:
        """Return the subject that *words* before a figure and *tail* after it name, "" if it is not known."""
        named_after = tail and not tail.startswith(HARMLESS_TAILS)
        for plain in _endings(words):
            subject = (
                self._after(plain, tail, start) if named_after else self._before(plain, start, zero=zero)
            )
            if subject:
                return subject
        return ""

    def _before(self, words: str, start: int, *, zero: bool) -> str:
        if re.fullmatch(_CORRECTED, words):
            return "review corrected" if "答复" in self._sentence(start) else ""
        known = OUTCOMES_BY_REASON.get(self._with_reason(words, start)) or self._carried(words, start)
        if known:
            return known
        topic, verb = _parted(words)
        if topic in CASES:
            return topic if self._disclosed(verb, start, zero=zero) else ""
        if topic in DECISIONS:
            decided = words.endswith(DECIDED) or zero or verb in ("实施", "下达")
            return topic if _decision(verb) and self._decided(start, sure=decided) else ""
        if topic == "charges":
            own = "信息处理费" not in self.text  # else the amount may be that fee
            return topic if own and verb in ("", "收取", "征收", "收缴") else ""
        if self.topic == "applications" and words.removeprefix("属于") in ROWS:
            return ROWS[words.removeprefix("属于")]
        if topic:
            return self._done(topic, verb, named=True)
        return self._done(self.topic or self._asked(words, start), words, named=False)

    def _asked(self, words: str, start: int) -> str:
        """Return the topic of *words* on 申请 without 公开: that of a paragraph on applications for disclosure."""
        ours = self.on_applications and "申请" in words and not self._on_others(start)
        return "applications" if ours else ""

    def _on_others(self, start: int) -> bool:
        """Return whether the sentence up to *start* is on other things that people ask for."""
        sentence = self._sentence(start)
        return any(word in sentence for word in (*FOREIGN, *_ALSO_APPLIED_FOR))

    def _with_reason(self, words: str, start: int) -> str:
        """Return *words* with the reason right before them: 因本机关不掌握，无法提供7件."""
        if words in VERBS["applications"]:
            before = re.search("([^，,。；;：:、]+)[，,]$", self._sentence(start).removesuffix(words))
            words = (before[1] if before else "") + words
        return re.sub(_BECAUSE, "", words)

    def _carried(self, words: str, start: int) -> str:
        """Return which applications *words* say were carried over, by themselves."""
        if words == "结转":
            return "carried" if self._of_closed(start) else ""
        if self.topic:
            return ""
        if re.fullmatch(rf"{_LAST_YEAR}的?申请", words):
            return "carried in"
        if not re.fullmatch(_NEXT_YEAR, words):
            return ""
        asked = re.search(_ALL_ASKED, self._sentence(start))
        return "carried out" if asked and not self._on_others(start) else ""

    def _done(self, topic: str, verb: str, *, named: bool) -> str:
        """Return the subject that *verb* makes of *topic*; *named* says that the words name the topic."""
        if topic in DOCUMENTS:
            key = VERBS["documents"].get(verb)
            return f"{topic} {key}" if key and not (key == "repealed" and self.reviews_documents) else ""
        if topic in CASES:
            key = VERBS["cases"].get(verb)
            return f"{self._cases_before(topic)} {key}" if key and self._follows_cases() else ""
        if topic != "applications":
            return ""
        plain = re.sub(_FROM_WHOM, "", verb).removesuffix("申请").removesuffix("的")
        if re.fullmatch(_LAST_YEAR, plain):
            return "carried in"
        if re.fullmatch(_NEXT_YEAR, plain) or re.fullmatch(_IN_HAND, plain):
            return "carried out"
        if plain.removesuffix("提出") in APPLICANTS:
            return APPLICANTS[plain.removesuffix("提出")] if self._of_received() else ""
        return (
            VERBS["applications"].get(plain.removeprefix("作出").removeprefix("属于"), "")
            if verb or named
            else ""
        )

    def _follows_cases(self) -> bool:
        return bool(self.sayings) and self.sayings[-1].subjects[0].split()[0] in CASES

    def _cases_before(self, topic: str) -> str:
        """Return the cases that a result may be of: *topic*, or as well those given right before it."""
        before = [saying.subjects[0] for saying in self.sayings[-2:]]
        if " or " in before[-1]:
            return before[-1].rpartition(" ")[0]
        both = f"{topic} or {before[0]}"
        return both if before[-1] == topic and f"{both} pending" in SUBJECTS else topic

    def _after(self, words: str, tail: str, start: int) -> str:
        """Return the subject named after the figure: 收到8件申请, 2件结转下年度继续办理."""
        for name, topic in NAMES.items():
            if tail == name and topic in (*DOCUMENTS, "applications") and words:
                return self._done(topic, words, named=True)
            if tail == name and topic in DECISIONS and words in DECIDED_BY:
                return topic if self._decided(start, sure=True) else ""
        if (self.topic or self._asked(tail, start)) != "applications":
            return ""
        name = next((name for name in (*APPLICATIONS, "申请") if tail.startswith(name)), "")
        rest = tail[len(name) :]
        rest = "" if rest.startswith(HARMLESS_TAILS) else rest
        if not words and (re.fullmatch(_NEXT_YEAR, rest) or re.fullmatch(_IN_HAND, rest)):
            return "carried out"
        key = VERBS["applications"].get(rest, "") if rest and not words else ""
        if key and SUBJECTS[key].code == "TXT003":
            return key
        return self._done("applications", words, named=True) if words and name and not rest else ""

    # -- the words around a figure -------------------------------------------------------------------

    def _classified(self, start: int) -> bool:
        """Return whether papers are sorted here by whether they may be published: 公文80件，其中依申请公开12件."""
        begun = start - len(self._sentence(start))
        if re.match("(?:其中|具体)", self.text[begun:start].lstrip()):  # goes on with the sentence before
            begun -= len(self._sentence(begun - 1)) + 1
        before, after = self.text[max(0, begun) : start], self.text[start : start + _REACH].partition("。")[0]
        return (
            re.search(_PAPERS, before) is not None
            and re.search(r"主动公开[^，。；、]{0,3}\d+ ?[件份]", before + after) is not None
            and "申请" not in before.replace("依申请公开", "")
        )

    def _of_closed(self, start: int) -> bool:
        """Return whether 结转 before *start* follows the applications closed, and is none of them."""
        clause, sentence = self.text[self._begun(start) : start], self._sentence(start)
        closed = self.sayings and self.sayings[-1].subjects[0] in ("closed", "answered")
        rated = self.topic == "applications" and re.search(r"(?:办结|答复)率[为达到]*100[%％]", sentence)
        return bool(closed or rated) and not re.search("含|其中|包括|加上|连同", clause)

    def _of_received(self) -> bool:
        """Return whether the applicants here are those of applications received, not of outcomes."""
        for saying in reversed(self.sayings):
            if not saying.subjects[0].startswith("received by"):
                return saying.subjects[0] == "received"
        return False

    def _disclosed(self, verb: str, start: int, *, zero: bool = False) -> bool:
        """Return whether the cases, with *verb* before them, are about disclosure; *zero* says that there are none."""
        clause, sentence = self.text[self._begun(start) : start], self._sentence(start)
        here = any(word in clause for word in _DISCLOSURE)
        linked = self.topic in CASES or any(word in verb for word in ("被", "因", "引发"))
        there = self.on_cases or (linked and any(word in sentence for word in _DISCLOSURE))
        # Who had no case at all had none about disclosure.
        there = there or (
            zero
            and (
                any(word in sentence for word in _DISCLOSURE)
                or re.fullmatch(_NO_OTHERS, led(sentence, self.names).text) is not None
            )
        )
        verb = re.sub(_AGAINST, "", verb)
        for word in ABOUT_CASES if here else (word for word in ABOUT_CASES if word != "收到"):
            verb = verb.replace(word, "")
        return (here or there) and not verb

    def _decided(self, start: int, *, sure: bool) -> bool:
        """Return whether decisions are counted here, not their publication."""
        sentence = self._sentence(start)
        if any(word in sentence for word in ("公示", "公布", "公开行政", "归集", "录入", "上传", "报送")):
            return False
        return sure or any(word in sentence for word in ("作出", "做出", "处理决定", "决定分别", "决定数量"))

    # -- a denial ------------------------------------------------------------------------------------

    def _denial(self, negation: Negation) -> None:
        start, end = negation.span.start - self.offset, negation.span.end - self.offset
        self._advance(start)
        before = led(self.text[self._begun(start) : start], self.names)
        verb = negation.cue.removeprefix("没有").lstrip("未无").removesuffix("过").removesuffix("任何")
        verb = "" if verb in _HAPPENED else verb
        if re.fullmatch(_WHEN_CARRIED, before.text):
            start -= len(before.text)
            before, verb = before._replace(text=""), before.text + verb
        subjects = self._denied(verb, negation.words.strip(), end)
        if subjects and re.fullmatch(_NO_OTHERS, before.text):
            actor = before.actor or self.actor_at(start)
            self._say(Saying(subjects, False, _ZERO, _ZERO, Span(start, end), actor, before.year, None))

    def _denied(self, verb: str, words: str, end: int) -> tuple[str, ...]:
        """Return the subjects that are denied, () if one of those listed is not known."""
        parts = re.split(_AND, re.sub("^一[件起例宗]", "", words))
        last = _object(parts[-1])
        subjects = []
        for part in map(str.strip, parts):
            part = re.sub("(?:事项|案件)$", "", part)
            ways = (verb + part, part, part + last if last else "")
            keys = (self._before(plain, end, zero=True) for way in ways if way for plain in _endings(way))
            key = next(filter(None, keys), "")
            subjects.append("received" if key == "handled" else key)
        return tuple(dict.fromkeys(filter(None, subjects)))

    # -- what is said of all --------------------------------------------------------------------------

    def _blankets(self) -> None:
        """Keep what is denied by words on all of something: 行政复议案件全部维持, 申请均为自然人提出."""
        if not any(word in self.text for word in ("均", "全部", "都")):
            return
        for match in re.finditer(_BLANKET, self.text):
            start, end = match.span()
            before = led(self.text[self._begun(start) : start], self.names)
            if not re.fullmatch(_ALL_OF_THEM, before.text):
                continue
            if match["cases"]:
                topic, verb = _parted(match["cases"].removesuffix("案件"))
                ended = match["what"] in _ENDED
                subject = f"{topic} {'pending' if ended else 'not upheld'}"
                known = self._disclosed(verb, start + len(match["cases"]))
            else:
                subject, known = "received by organisations", True
            if known:
                actor = before.actor or self.actor_at(start)
                self._say(Saying((subject,), False, _ZERO, _ZERO, Span(start, end), actor, before.year, None))

    # -- the topic -----------------------------------------------------------------------------------

    def _advance(self, end: int) -> None:
        """Note the topic that is named last before *end*, and the actor."""
        if end <= self.at:
            return
        chunk, self.at = self.text[self.at : end], end
        self._listen(chunk, end - len(chunk))
        before, stop, last = chunk.rpartition("。")
        if stop:
            # The topic of a sentence goes on in the next if that begins with a figure.
            lead = last.rpartition("，")[0]
            goes_on = len(lead) < _REACH and re.fullmatch(_AMONG, led(lead, self.names).text) is not None
            self.topic = _named(before, self.topic) if goes_on else ""
        self.topic = _named(last, self.topic)

    def _begun(self, end: int) -> int:
        """Return the start of the clause that ends at *end*."""
        return max(0, end - _REACH, self.clauses[bisect_right(self.clauses, end) - 1])

    def _sentence(self, end: int) -> str:
        """Return the sentence up to *end*, at most its last 160 characters."""
        return self.text[max(0, end - _REACH, self.sentences[bisect_right(self.sentences, end) - 1]) : end]

    def _say(self, saying: Saying) -> None:
        """Keep *saying*, whose span counts from the start of the paragraph, unless it is about a part of the year."""
        start, end = saying.span
        sentence = self._sentence(start)
        if not _of_whole_year(sentence, self.text[start:end]):
            return
        if (case := saying.subjects[0].split()[0]) in CASES:
            self.topic = case
        years = re.findall(r"(20\d\d)年", sentence)
        self.year = saying.year or (int(years[-1]) if years else self.year)
        span = Span(self.offset + start, self.offset + end)
        self.sayings.append(saying._replace(span=span, year=self.year))

    def _listen(self, chunk: str, begin: int) -> None:
        """Note whose figures are given in *chunk*, which begins at *begin*: 区财政局坚持依法办理，全年收到……."""
        for match in re.finditer("[^，,；;。：:（）()\n]+", chunk):
            start = begin + match.start()
            words = led(match[0], self.names)
            if words.actor is not None:
                self.turns.append((start, words.actor))
            elif words.begun and (start == 0 or self.text[start - 1] in "。\n"):
                self.turns.append((start, OWN))
            elif (kind := re.match(_KIND, words.text)) and not any(row in kind[0] for row in ROWS):
                self.turns.append((start, Actor(kind[0], Whose.OTHER)))

    def actor_at(self, place: int) -> Actor:
        """Return whose figures are given at *place*."""
        return next(actor for start, actor in reversed(self.turns) if start <= place)

    # -- claims that all were answered ---------------------------------------------------------------

    def _claims(self) -> Iterator[Claim]:
        if not any(word in self.text for word in _ALL):
            return
        for match in re.finditer("[^。；;\n]+", self.text):
            sentence, start = match[0], match.start()
            claim = re.search(_ALL_CLOSED, sentence)
            rest = re.sub(_CARRIED_IN, "", sentence)
            if claim is None or "申请" not in sentence or any(word in rest for word in _NOT_ALL):
                continue
            clause = re.split("[，,]", sentence[: claim.start()])[-1]
            end = start + claim.start()
            before = self.text[max(0, end - 2 * _REACH) : end]
            ours = _named(before, self.first) == "applications" or (
                re.fullmatch(_APPLICATIONS, clause) is not None
                and not any(word in before for word in (*FOREIGN, *_ALSO_APPLIED_FOR))
            )
            if ours and not any(word in clause + claim[0] for word in _IN_TIME):
                span = Span(self.offset + start + claim.start(), self.offset + start + claim.end())
                self._advance(len(self.text))
                yield Claim(span, self.actor_at(end))


# Patterns are plain texts, compiled when a report first needs them (docs/adr/0002).
_REACH = 160  # characters before a figure that may name its subject
_SEPARATOR = "[，,；;。：:（）()\n]"
_STOP = "[。\n]"
_KINDS_OF_PLACES = r"[（(](?:街道|[市区县旗])(?:、[市区县旗])*[）)]"
_HEDGES = "过逾不足共为有"
_OTHER_FIGURE = r"(?:\d[\d,.]*|[一二三四五六七八九十百千]+) ?[件部份宗起例次条个元万%％]+"
_AND = "、|以及|和|及|与|或者|或"
_HAPPENED = ("发生", "出现", "存在", "有")
_DISCLOSURE = ("信息公开", "依申请公开")
_AGAINST = r"^.{0,30}为(?:被申请人|被告)的"
_NEXT_YEAR = (
    r"(?:正常|按照?《条例》|按规定)?(?:已|将)?(?:结转|顺延|转|延)(?:至|到|入)?"
    r"(?:下一?年度?|次年|20\d\d年度?)(?:继续)?(?:办理|答复|处理)?的?(?:申请)?"
)
_WHEN_CARRIED = r"上一?年度?|去年"
_BECAUSE = r"^(?:其中|因为?|由于|对于?|属于?|涉及|申请(?:内容|信息|的)?|[有以])+"
# What may stand before a denial of cases that are of any kind.
_NO_OTHERS = r"(?:[未没]有?(?:发生|产生|出现|涉及)|没?有|无|行政|复议|诉讼|案件|[也、，,和及或])*"
_IN_HAND = r"(?:年末|年底)?(?:正在|尚在|仍在|还在|在)(?:继续)?办(?:理|结)?(?:之?中)?|(?:尚|还)?未办结"
_LAST_YEAR = r"(?:上一?年度?|去年)结转(?:办理|来)?"
# A kind of applications, which are not all.
_AMONG = r"(?:在?(?:上述|以上)?(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|已?办结|新收)的?(?:申请)?中)?"
_FROM_WHOM = (
    r"(?:社会)?(?:公民、法人(?:和|或者?|及|以及)?其[他它]组织|公民|公众|群众|申请人|当事人|社会各界|各类|有关|相关)(?:个人)?"
    r"(?:通过各种?渠道|向[我本][^，。的]{1,3})?(?:所?(?:提出|提交|递交|要求))?的?$"
)
_ON_REQUEST = r"[（(\d一二三四五、.．）) ]*(?:政府信息)?依申请公开(?:政府信息)?(?:方面|情况|工作)*[。：:，, ]"
_ALL_ASKED = "(?:所有|全部|收到的|受理的)申请"
_ASKED = r"(?:政府信息公开|依申请公开|信息公开|公开)?申请(?=均|全部|都)"
_EACH = (
    r"[，,（(]?(?:办理|审理)?(?:结果)?(?:均|全部|都|系|为|属于?|是)(?:已|由|系|为|是|被|属于?)*"
    r"(?P<what>予以公开|(?:结果)?维持(?:原行政行为)?|(?:结果)?纠正|未经复议直接起诉|复议后起诉|直接起诉"
    rf"|审结|办结|结案|(?:{'|'.join(APPLICANTS)})(?:提出)?)(?=[，,；;。）)]|$)"
)
_ENDED = ("审结", "办结", "结案")
_BLANKET = (
    r"(?:(?P<cases>(?:因?(?:政府)?信息公开(?:引起|引发)?的?)?(?:行政复议|行政诉讼|复议|诉讼|直接起诉|复议后起诉)(?:案件)?)的?(?:审理|办理)?(?:结果)?"
    r"|(?:收到|受理|新收|提出)的?(?:政府信息公开)?申请人?|(?:政府信息公开)?申请人)"
    r"(?:均|全部|都)(?:已|由|法院|系|为|是|被|予以|依法|属于?)*"
    rf"(?P<what>(?(cases)(?:维持(?:原行政行为)?|{'|'.join(_ENDED)})|自然人(?:提出|申请)?))(?=[，,；;。）)]|$)"
)
_ALL_OF_THEM = r"(?:上述?|所有|全部|这些?|发生的?|收到的|受理的|办结的|[\d ]+[件宗起])*"
_HANDLED = ("received", "handled", "closed", "answered")
_CORRECTED = r"被(?:行政)?复议机关(?:依法)?纠正"
_KIND = r"[^，。的]{1,6}(?:类|型|企业|公民|个人|律师)(?:信息)?(?:公开)?申请(?!公开)"
_PAPERS = "公文|发文|文稿|公开属性|(?<!规范性)文件"
_PART_OF_YEAR = r"季度|半年|以来|近[一二两三四五六七八九十几]+年|[二三四五六七八九十]年来|历年|往年|20\d\d[-—至到]20\d\d年"
_CHANNEL = (
    r"(?:通过|从|经)[^，。；]{0,24}(?:渠道|方式|途径|形式|平台|信函|邮件|网站|邮寄)(?:提交|提出|申请)?[，,]?$"
)
_ALL = ("全部", "均", "都已", "全数", "100%", "100％")
_ALL_CLOSED = (
    r"(?:已?全部|均已(?:全部)?|均|都已|全数)(?:按(?:照)?(?:要求|规定|程序)|依法依规|依法)?(?:予以|受理)?(?:办理完成|办结|办理完结|办理完毕|处理完毕|答复(?!率)|回复|办复)"
    r"|(?:办结率|答复率|回复率|办理率)(?:均?为|达到?|：)?100[%％]"
)
_NOT_ALL = (*FOREIGN, "结转", "顺延", "尚在", "正在办", "未办结", "继续办理", "其余", "除", "转入")
_CARRIED_IN = rf"{_LAST_YEAR}(?![至到入下])"
_ALSO_APPLIED_FOR = ("许可", "审批", "补贴", "救助", "低保", "登记", "住房")
# Applications of no other kind, in a paragraph that speaks of none.
_APPLICATIONS = r"(?:20\d\d年度?|本年度?|全年)?(?:所有|全部|收到|受理|新收)的?(?:所有|全部)?申请"
_NAMES = tuple(NAMES)
_TOPICS = {**dict.fromkeys(FOREIGN, ""), **NAMES}
_DISCLOSED = "公开"  # in most names
_OTHER_TOPICS = [name for name in _TOPICS if _DISCLOSED not in name]
# The words that may follow a name: 行政处罚决定, 行政事业性收费金额.
_MORE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(DECISIONS, ("", *DECIDED, "案件决定", "案件处理决定")),
    "charges": ("", "金额", "收入", "总额"),
}
_ENDS_OF = {name: tuple(name + more for more in _MORE.get(topic, ("",))) for name, topic in NAMES.items()}
_ENDS = tuple(end for ends in _ENDS_OF.values() for end in ends)
_LAST_SIGNS = frozenset(end[-1] for end in _ENDS)
_BEGINS = tuple(name for name, topic in NAMES.items() if topic in (*DOCUMENTS, "applications"))
_IN_TIME = ("按时", "按期", "及时", "期限", "时限", "限期", "期内", "到期")


def _named(words: str, otherwise: str) -> str:
    """Return the topic that *words* name last, "" for a foreign one; *otherwise* if they name none."""
    for ours in NOT_FOREIGN:
        words = words.replace(ours, "")
    named = [name for name in (_TOPICS if _DISCLOSED in words else _OTHER_TOPICS) if name in words]
    if not named:
        return otherwise
    return _TOPICS[max(named, key=lambda name: (words.rfind(name) + len(name), len(name)))]


def _of_another(words: str, unit: str) -> bool:
    """Return whether *words*, which are not understood, may count some of the things that a table counts."""
    return unit in UNITS["applications"] and any(word in words for word in _OCCASIONS)


def _endings(words: str) -> Iterator[str]:
    """Yield *words*, then *words* with one more of the words that only lead to a figure taken off their end."""
    yield words
    while words.endswith(AFTER):
        ending = next(ending for ending in AFTER if words.endswith(ending))
        words = words[: -len(ending)]
        yield words


def _parted(words: str) -> tuple[str, str]:
    """Return the topic that *words* begin or end with, and the rest: 废止规范性文件 is ("documents", "废止")."""
    if not (words[-1:] in _LAST_SIGNS and words.endswith(_ENDS)) and not words.startswith(_BEGINS):
        return "", words  # as most are, seen at once
    for name, ends in _ENDS_OF.items():
        if words.endswith(ends):
            end = next(end for end in ends if words.endswith(end))
            return NAMES[name], words[: len(words) - len(end)].removesuffix("的").removesuffix("各类")
        if words.startswith(name) and name in _BEGINS:
            return NAMES[name], words[len(name) :].removeprefix("的")
    return "", words


def _object(words: str) -> str:
    """Return the name that *words* end in; it belongs to the items listed before it too, as in 制发、废止规范性文件."""
    ended = next((plain for plain in _endings(words) if plain.endswith(_NAMES)), "")
    return next((name for name in _NAMES if ended.endswith(name)), "")


def _of_each(subject: str, what: str) -> str:
    """Return the subject that *what*, said of each of *subject*, counts or denies; "" for none."""
    if subject in CASES:
        if what in _ENDED:
            return f"{subject} pending"
        result = VERBS["cases"].get(what)
        other = NAMES.get(what, "") if subject == "litigation" else ""
        return f"{subject} {result}" if result else other
    if subject in _HANDLED and what == "予以公开":
        return "all granted"
    return APPLICANTS.get(what, "") if subject == "received" else ""


def _decision(verb: str) -> bool:
    return verb in ("", "办理", *DECIDED_BY)


def _of_unit(unit: str, subjects: Iterable[str]) -> bool:
    return all(unit in UNITS[SUBJECTS[key].table] for key in subjects)


def _of_whole_year(sentence: str, words: str) -> bool:
    """Return whether *words* after *sentence* are about a whole year, all channels and no other time."""
    whole = sentence + words
    if re.search(_PART_OF_YEAR, whole):
        return False
    if "累计" in whole and "累计对外公开" not in whole and "年" not in whole.replace("上年", ""):
        return False
    if "月" in whole and "12月31日" not in whole and "12月底" not in whole:
        return False
    channel = re.search(_CHANNEL, sentence)
    return channel is None or ("、" in channel[0] and "等" in channel[0])  # several stand for all
