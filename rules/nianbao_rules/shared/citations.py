"""The law and the notices that annual reports rest on, and how sentences cite them."""

from collections.abc import Iterator
from functools import lru_cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import sentence_at


class Paper(NamedTuple):
    """A paper of the State Council's office that annual reports cite."""

    body: str  # what its number begins with: 国办公开办函
    year: int
    serial: int
    name: str

    @property
    def number(self) -> str:
        """Its number as it is printed: 国办公开办函〔2021〕30号."""
        return f"{self.body}〔{self.year}〕{self.serial}号"


_OFFICE = "国务院办公厅政府信息与政务公开办公室"
NOTICE_30 = Paper(
    "国办公开办函", 2021, 30, _OFFICE + "关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知"
)
NOTICE_60 = Paper("国办公开办函", 2019, 60, _OFFICE + "关于政府信息公开工作年度报告有关事项的通知")
FEES_109 = Paper("国办函", 2020, 109, "政府信息公开信息处理费管理办法")
_NOTICES = (NOTICE_30, NOTICE_60)


def notice_of(year: int | None) -> Paper:
    """Return the notice with the form of the reports on *year*, the newest if the year is not known."""
    return NOTICE_60 if year is not None and year < NOTICE_30.year else NOTICE_30


class Cited(NamedTuple):
    """The number of a paper as a sentence writes it, in characters of the text, and the paper that it means.

    *issue* is where the year begins: 〔2021〕30号. *named* is where the name of the paper before it begins, -1 for none.
    """

    start: int
    issue: int
    end: int
    year: int
    serial: int
    paper: Paper
    named: int

    def untimely(self, year: int | None) -> bool:
        """Return whether it is the number of the notice on the reports of other years than *year*."""
        return self.right and self.paper in _NOTICES and self.paper is not notice_of(year or self.paper.year)

    @property
    def right(self) -> bool:
        """Whether year and serial are those of the paper."""
        return (self.year, self.serial) == (self.paper.year, self.paper.serial)


_OPEN, _CLOSE = r"[〔﹝\[［(（【｛{〈<「『]", r"[〕﹞\]］)）】｝}〉>」』]"
_ISSUE = (
    rf"{_OPEN}?\s?(?P<year>20\d\d)\s?年?\s?{_CLOSE}?\s?[,，]?\s?(?:第\s?)?(?P<serial>\d{{1,3}})\s?号(?!令)"
    rf"|{_OPEN}\s?(?P<year2>20\d\d)\s?年?\s?{_CLOSE}\s?(?:第\s?)?(?P<serial2>\d{{1,3}})(?![\d\s]*号)"
)
# What stands before the year: 国办公开办函, or the name of the office itself.
_BODY = r"(?:国(?:务院|办|发|函|令|公|开|家?政务)?|(?<![\u4e00-\u9fff])办?公开)[^国\W\d_]{0,18}\s?$"
_BODY_REACH = 24
_OF_ITS_OFFICE = ("国办", "国务院", "国发", "国函")
_NOT_A_BODY = ("报告", "格式", "通知", "条例", "办法")
_NAMED_NOTICE = r"(?P<name>(?:《|国务院)?[^《。；]{0,40}(?:《[^《》。；]{0,16})?年度报告(?:统一)?(?:格式|有关事项)[^《。；]{0,14})[（(，,\s]*$"
_NAMED_FEES = (
    r"(?P<name>《?[^《。；]{0,24}处理费[^《。；]{0,10}(?:办法|规定|通知)[》〉>]*(?:的通知》)?)[（(，,\s]*$"
)
_NAME_REACH = 90
_ABOUT_THE_REPORT = r"报告|年报|公开条例|《条例》|编制(?=[，；]|$)"
_ABOUT_FEES = "处理费"
# The notice of the same office on the platforms of disclosure is 60号's neighbour, and cited as often.
_OTHERS = {(2019, 61)}


def cited(text: str, year: int | None) -> tuple[Cited, ...]:
    """Return the numbers in *text* by which the papers of annual reports are meant, right or wrong.

    *year* is the year reported on: by it the notice is known that a number with neither year nor serial right means.
    """
    may_cite = "20" in text and ("号" in text or "〔" in text or "[" in text or "【" in text)
    return _cited(text, year) if may_cite else ()


@lru_cache(maxsize=64)  # three rules ask for the few paragraphs of a report that may cite a paper
def _cited(text: str, year: int | None) -> tuple[Cited, ...]:
    return tuple(_numbers(text, year))


def _numbers(text: str, year: int | None) -> Iterator[Cited]:
    for match in re.finditer(_ISSUE, text):
        before = text[max(0, match.start() - _BODY_REACH) : match.start()]
        body_match = re.search(_BODY, before)
        body = body_match[0].strip() if body_match else ""
        if any(word in body for word in _NOT_A_BODY):
            body = ""
        start = match.start() - len(body_match[0]) if body_match and body else match.start()
        issue = (int(match["year"] or match["year2"]), int(match["serial"] or match["serial2"]))
        head = text[max(0, start - _NAME_REACH) : start]
        if not body and head.endswith(tuple("字发办函政文")):
            continue  # the number of another place's paper: 青政办发〔2021〕30号
        named = re.search(_NAMED_NOTICE, head) if "年度报告" in head else None
        named = named or (re.search(_NAMED_FEES, head) if "处理费" in head else None)
        paper = _meant(body, issue, named[0] if named else "", sentence_at(text, match.start()), year)
        if paper is not None:
            at = max(0, start - _NAME_REACH) + named.start("name") if named else -1
            yield Cited(start, match.start(), match.end(), *issue, paper, at)


class Misnamed(NamedTuple):
    """A wrong name of a paper, in characters of the text; *slight* if no other paper or organ is named by it."""

    start: int
    end: int
    paper: Paper
    slight: bool = False


_NOTICE_NAME = r"(?P<name>(?:国务院|国办)[^。；，、《》（）()]{0,30}?关于[^。；，]{0,40}?年度报告(?:统一)?(?:格式|有关事项)[^。；，]{0,8}?通知)"
_TRIAL_NAME = (
    r"[《〈<](?P<name>(?:中华人民共和国)?政府信息公开(?:工作)?年度报告(?:统一)?格式[（(]试行[）)])[》〉>]"
)
_FEES_NAME = r"[《〈<](?P<name>(?:中华人民共和国|国务院办公厅)?政府信息公开[^《》〈〉<>，。；]{0,6}处理费[^《》〈〉<>，。；]{0,8}(?:办法|规定))[》〉>]"
_SIGNS = str.maketrans("", "", '《》〈〉<>“”"（）() \u3000\n')
_BEHIND = 6  # signs between a name and the number behind it


def misnamed(text: str, year: int | None) -> Iterator[Misnamed]:
    """Yield the names in *text* that are not those of the papers that they, or the numbers behind them, mean."""
    if not any(word in text for word in ("通知", "试行", "处理费")):
        return  # every name has one of them
    found = cited(text, year)
    for match in re.finditer(_NOTICE_NAME, text):
        name = match["name"].translate(_SIGNS)
        numbered = _numbered(found, match.end())
        paper = numbered or (NOTICE_60 if "有关事项" in name else NOTICE_30)
        right = paper.name.translate(_SIGNS)
        if name != right:
            same_organ = name.partition("关于")[0] == right.partition("关于")[0]
            other = ("有关事项" in name) != ("有关事项" in right) or (paper is NOTICE_30 and "试行" in name)
            yield Misnamed(*match.span("name"), paper, same_organ and not other)
    for match in re.finditer(_TRIAL_NAME, text):
        if _numbered(found, match.end()) is NOTICE_30:
            yield Misnamed(*match.span("name"), NOTICE_30)
    for match in re.finditer(_FEES_NAME, text):
        if match["name"] != FEES_109.name:
            yield Misnamed(*match.span("name"), FEES_109)


def _numbered(found: tuple[Cited, ...], end: int) -> Paper | None:
    """Return the paper whose number stands right behind *end*, None for none and for a wrong number."""
    return next((each.paper for each in found if each.right and 0 <= each.start - end <= _BEHIND), None)


def superseded_name(text: str) -> Iterator[tuple[int, int]]:
    """Yield where *text* names the notice or the form of 2019 without any number behind the name."""
    if "通知" not in text and "试行" not in text:
        return
    for pattern in (_NOTICE_NAME, _TRIAL_NAME):
        for match in re.finditer(pattern, text):
            name = match["name"].translate(_SIGNS)
            named = name == NOTICE_60.name or "试行" in name
            if named and not re.match(
                r"[》〉>）)]*(?:的通知》)?\s?[（(，]?[^。，；]{0,12}20\d\d", text[match.end() :]
            ):
                yield match.span("name")


def _meant(body: str, issue: tuple[int, int], name: str, sentence: str, year: int | None) -> Paper | None:
    """Return the paper that a number means by its *body*, by the *name* before it, by its *sentence*."""
    if name and (body.startswith(_OF_ITS_OFFICE) or "公开" in body or not body):
        papers = (FEES_109,) if _ABOUT_FEES in name else _NOTICES
        return _of(papers, issue) or (papers[0] if len(papers) == 1 else notice_of(year))
    if "公开" in body:
        about = re.search(_ABOUT_THE_REPORT, sentence) is not None
        near = about and issue not in _OTHERS and any(_near(issue, paper) for paper in _NOTICES)
        return _of(_NOTICES, issue) or (notice_of(year) if near else None)
    if not body.startswith(_OF_ITS_OFFICE):
        return None
    if _ABOUT_FEES in sentence:
        return _of((FEES_109,), issue)
    return _of(_NOTICES, issue) if re.search(_ABOUT_THE_REPORT, sentence) else None


def _of(papers: tuple[Paper, ...], issue: tuple[int, int]) -> Paper | None:
    return next((paper for paper in papers if issue == (paper.year, paper.serial)), None)


def _near(issue: tuple[int, int], paper: Paper) -> bool:
    """Return whether *issue* has the serial of *paper*, or its year and a serial with one digit wrong."""
    year, serial = issue
    if serial == paper.serial:
        return True
    pair = (str(serial), str(paper.serial))
    return year == paper.year and (
        len(pair[0]) == len(pair[1]) and sum(a != b for a, b in zip(*pair, strict=True)) == 1
    )
