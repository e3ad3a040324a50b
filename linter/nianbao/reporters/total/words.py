"""What is said of a total beside its tables."""

from collections.abc import Iterator
from decimal import Decimal

from nianbao.report.equations import number
from nianbao.report.total import Left, Sum, Total
from nianbao.text.language import Text, same

MARK = "※"  # behind a sum that lacks a part
NUMERALS = "一二三四五六七八九十"
_MOST_NAMED = 5  # cells, or parts of a sum

_TITLE = "{year}年政府信息公开工作年度报告统计汇总表"
_COUNT = Text("汇总 {count} 份报告", "sums of {count} reports")
_LACKING = Text("{count} 格不全，标 ※", "{count} sums that lack a part, marked ※")
_OUT = Text("{count} 份没有计入", "{count} left out")
_LEFT = Text("没有计入：{name}{path}，{reason}", "left out: {name}{path}: {reason}")
_COPY = Text("不另计：{name}{path}，{reason}", "not counted: {name}{path}: {reason}")
_REFUSED = Text(
    "※ 不含 {unit} 的 {cells}：{reason}（{path}）", "※ without {cells} of {unit}: {reason} ({path})"
)
_WHOLE_TABLE = Text("{table} 全部 {count} 格", "all {count} cells of {table}")
_MORE = Text("{cells}等 {count} 格", "{cells} and more, {count} cells")
_PART = Text("{unit} {value}", "{unit} {value}")
_REST = Text("其余 {count} 家 {value}", "{count} others {value}")


def title(total: Total, between: str = "") -> str:
    """Return the title of the tables, in Chinese as they are, with *between* behind the organ."""
    return between.join(filter(None, (total.organ, _TITLE.format(year=total.year))))


def counted(total: Total) -> Text:
    """Return how many reports are summed up, how many sums lack a part and how many reports are left out."""
    words = [_COUNT.fill(count=len(total.units))]
    lacking = sum(not each.whole for each in total.sums.values())
    words += [_LACKING.fill(count=lacking)] if lacking else []
    words += [_OUT.fill(count=len(total.missing))] if total.missing else []
    return Text("；".join(each.zh for each in words), "; ".join(each.en for each in words))


def remarks(total: Total) -> Iterator[Text]:
    """Yield a line for each thing that is lacking in the sums: reports left out, cells without a figure."""
    yield from map(left_out, total.missing)
    cells: dict[tuple[str, str, Text, str], list[Sum]] = {}
    for each, unit, reason in total.refused:
        cells.setdefault((unit.organ, unit.path, reason, each.table.key), []).append(each)
    for (organ, path, reason, _), sums in cells.items():
        yield _REFUSED.fill(unit=organ, cells=_cells(sums), reason=reason, path=path)


def left_out(left: Left) -> Text:
    """Return that *left* is not in the sums, and why."""
    path = f"（{left.path}）" if left.path and left.path != left.name else ""
    return (_COPY if left.harmless else _LEFT).fill(name=left.name, path=path, reason=left.reason)


def _cells(sums: list[Sum]) -> Text:
    """Return *sums*, which are of one table, by the places of their cells: a few are named."""
    table = sums[0].table
    if len(sums) > _MOST_NAMED and len(sums) == len(table.rows) * len(table.columns):
        return _WHOLE_TABLE.fill(table=table.place, count=len(sums))
    named = "、".join(each.place for each in sums[:_MOST_NAMED])
    if len(sums) <= _MOST_NAMED:
        return same(named)
    return _MORE.fill(cells=named, count=len(sums))


def parts(total: Total, each: Sum) -> Text:
    """Return the parts of a sum that are not nought, the largest with their organs, the others together."""
    known = [
        (part.value, unit.organ) for part, unit in zip(each.parts, total.units, strict=True) if part.value
    ]
    known.sort(key=lambda pair: -abs(pair[0]))
    shown = known if len(known) <= _MOST_NAMED + 1 else known[:_MOST_NAMED]
    terms = [_PART.fill(unit=organ, value=number(value)) for value, organ in shown]
    if rest := known[len(shown) :]:
        terms.append(_REST.fill(count=len(rest), value=number(sum((value for value, _ in rest), Decimal(0)))))
    return Text("＋".join(term.zh for term in terms), " + ".join(term.en for term in terms))


def written(each: Sum) -> str:
    """Return the sum as it stands in a table, marked if it lacks a part; the mark alone if it has none."""
    return number(each.value) + ("" if each.whole else MARK)
