"""AGG008 sibling-named."""

from collections.abc import Iterator

from nianbao.api import Applies, Context, Finding, Related, Report, Span, Text, parted, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results, sentence_at
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.shared.strangers import has_two_names, strangers

_NAMED = Text(
    "“{text}”是同级的{organ}的名称，这里多半是从它的报告里抄来的",
    "“{text}” is the name of {organ}, beside this one: this is probably copied from its report",
)
_HELP = Text(
    "核对这一句说的是不是本机关的事；是抄来的，改成本机关的名称和情况",
    "see whether the sentence is on this organ; if it is copied, put its own name and what it did",
)
_AGAIN = Text("这里也写“{text}”", "“{text}” here too")
_KINDS = "街道|[镇乡县区旗市州]"
_LONGEST = 9  # signs of a name before its kind
# What two organs do with each other, and where they lie.
_RIGHTLY = re.compile("学习|交流|观摩|考察|借鉴|联合|协作|毗邻|相邻|交界|合并|划入|划出")


@rule(
    "AGG008",
    "sibling-named",
    summary=Text("文中没有同级另一地方的名称", "no place beside the organ's own is named"),
    basis=OWN_READING,
    applies=Applies(levels=("township", "county", "city")),
    beside="siblings",
)
def sibling_named(report: Report, context: Context) -> Results:
    """乡镇、县、市的报告里出现同级另一地方的名称，多半是抄来没有改。

    为什么：报告说的是本机关的工作，用不着说到旁边的镇、旁边的县。到别处学习交流、与它联合、相邻的，不算；
    同一句里也写了本机关名称的，不算。当作本机关来写的，另有规则报错，这里不再说。

    反例：云岭镇的报告写“在石桥镇便民服务中心设立查阅点”，石桥镇是同县的另一个镇。
    正例：云岭镇的报告写“组织人员到石桥镇学习交流”。

    怎样改：改成本机关的名称，并核对这一句的数和事实。
    """
    places: dict[tuple[str, str], list[Span]] = {}
    for text, organ, span in _others(report):
        places.setdefault((text, organ), []).append(span)
    if not places or has_two_names(report):
        return
    known = [(start, end) for start, end, _ in strangers(report)]
    for (text, organ), spans in places.items():
        if any(start < span.end and span.start < end for span in spans for start, end in known):
            continue
        related = tuple(Related(span, _AGAIN.fill(text=text)) for span in spans[1:])
        yield Finding(spans[0], _NAMED.fill(text=text, organ=organ), _HELP, related=related)


def _others(report: Report) -> Iterator[tuple[str, str, Span]]:
    """Yield where the text names a sibling of the same places above: the name, the organ, and the span."""
    siblings, itself = report.siblings, report.itself
    if siblings is None or itself is None:
        return
    own, above = {*report.names.own, *report.names.area, *report.names.proper}, _above(itself.organ)
    for piece in report.paragraphs:
        for kind in re.finditer(_KINDS, piece.text):
            begins = range(max(0, kind.start() - _LONGEST), kind.start() - 1)
            names = [piece.text[begin : kind.end()] for begin in begins]
            name = next((name for name in names if name in own or name in siblings.known_as), "")
            if not name or name in own:
                continue
            other = siblings.known_as[name]
            sentence = sentence_at(piece.text, kind.start())
            if other.level != itself.level or other.organ == itself.organ or _above(other.organ) != above:
                continue
            if _RIGHTLY.search(sentence) or any(word in sentence for word in itself.names):
                continue
            at = piece.span.start + kind.end()
            yield name, other.organ, Span(at - len(name), at)


def _above(organ: str) -> list[str]:
    """Return the places above *organ* in its name."""
    places, rest = parted(organ)
    return places if rest not in ("人民政府", "政府") else places[:-1]
