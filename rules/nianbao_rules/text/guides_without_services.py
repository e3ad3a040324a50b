"""TXT009 guides-without-services."""

from collections.abc import Iterator

from nianbao.api import (
    Context,
    Finding,
    NotApplicable,
    Quantity,
    Related,
    Report,
    Span,
    Text,
    Undetermined,
    number,
    quantities,
    rule,
    same,
)

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.text.shared import AGAIN, NO_FIGURE

_GUIDES = Text(
    "正文写办事指南{count}{unit}，表二行政许可和其他对外管理服务事项却全部是0",
    "the text mentions {count} guides to services, but table two has no permit and no service",
)
_GUIDES_HELP = Text(
    "办事指南是按事项编的：核对本机关有没有行政许可和其他对外管理服务事项，有的填入表二",
    "a guide belongs to a service: enter the permits and services of the organ if it has any",
)
_NO_GUIDES = Text("正文没有写办事指南的数", "the text gives no number of guides")
_GUIDE_UNITS = ("条", "件", "篇", "份", "项", "个")


@rule(
    "TXT009",
    "guides-without-services",
    summary=Text("有办事指南的，表二有相应的事项", "if there are guides, table two has services"),
    basis=OWN_READING,
    needs="permits",
    forms=("2019",),
)
def guides_without_services(report: Report, context: Context) -> Results:
    """正文写公布了多少办事指南的，表二第二十条第（五）项的行政许可和其他对外管理服务事项不应全部是0。

    为什么：办事指南是为办理事项编的，有指南就有事项；表里全是0，多半是没有填。
    指南也可能是上级部门的，所以只作提示；2021年起的表二没有这一行。

    反例：正文“公布办事指南28条”，表二行政许可、其他对外管理服务事项各格都是0。
    正例：正文“公布办事指南28条”，表二其他对外管理服务事项上一年项目数量26、本年增2。

    怎样改：核对权责清单和公共服务事项，填入表二。
    """
    table = report.table("permits")
    pieces = (piece for piece in report.paragraphs if "办事指南" in piece.text)
    guides = [guide for piece in pieces for guide in _guides(piece.text, piece.span.start)]
    if table is None or not guides:
        yield NotApplicable(_NO_GUIDES)
        return
    cells = [table[row.key, column.key] for row in table.form.rows for column in table.form.columns]
    if any(cell.value for cell in cells):
        return
    if any(cell.value is None for cell in cells):
        yield Undetermined(NO_FIGURE.fill(place=table.form.place, words="办事指南"))
        return
    (first, span), *others = guides
    message = _GUIDES.fill(count=number(first.value), unit=first.unit)
    services = [cell for cell in cells if cell.row.key == "services"]
    related = [Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in services]
    related += [Related(other, AGAIN) for _, other in others]
    yield Finding(span, message, _GUIDES_HELP, related=tuple(related))


def _guides(text: str, start: int) -> Iterator[tuple[Quantity, Span]]:
    """Yield every count of 办事指南 in *text*, which begins at *start*, with its span."""
    for quantity in quantities(text, start):
        if not (quantity.counted and quantity.value and quantity.unit in _GUIDE_UNITS):
            continue
        at = quantity.span.start - start
        if quantity.lead.rstrip("共计为有 ").endswith("办事指南"):
            yield quantity, Span(start + text.rindex("办事指南", 0, at), quantity.whole.end)
        elif quantity.tail.startswith("办事指南"):
            yield quantity, Span(quantity.span.start, quantity.whole.end + len("办事指南"))
