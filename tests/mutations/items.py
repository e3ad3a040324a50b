"""What goes wrong in the tables on the items of 条例第二十条."""

from random import Random
from typing import Literal

from nianbao.testing import Draft, compliant

from mutations import Mutation, operator, raises

DECISIONS = ("行政许可", "行政处罚", "行政强制")
WITHOUT_RULE_MAKING = ("township", "bureau", "county")  # 立法法: none of these may make 规章


def items(draft: Draft) -> list[str]:
    return [table.key for table in draft.form.tables if table.item]


def counts(draft: Draft) -> list[str]:
    """Addresses of the cells that hold a count of things, never signed."""
    return [
        f"{table.key}/{row.key}/{column.key}"
        for table in draft.form.tables
        if table.item
        for row in table.rows
        for column in table.columns
        if column.unit is None and not column.signed and table.key != "regulations"
    ]


@operator
def item_table_missing(draft: Draft, rng: Random) -> Mutation:
    """ART001: each item that the form asks for has its block."""
    draft.drop(rng.choice(items(draft)))
    return raises(draft, "ART001")


@operator
def item_line_missing(draft: Draft, rng: Random) -> Mutation:
    draft.drop(f"{rng.choice(items(draft))}/header")
    return raises(draft, "ART002")


@operator
def item_line_misnumbered(draft: Draft, rng: Random) -> Mutation:
    """A numeral that no table of the report has."""
    draft.rename("charges/header", rng.choice(("第二十条第（七）项", "第二十条第（十）项")))
    return raises(draft, "ART002")


@operator
def tables_of_the_older_form(draft: Draft, rng: Random) -> Mutation | None:
    """The tables of 〔2019〕60号 in a report on a year from 2021: one mistake, whatever differs for it."""
    if draft.form.name != "2021":
        return None
    return _tables_of(draft, _alike(draft, "2019", rng))


@operator
def tables_of_the_newer_form(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    return _tables_of(draft, _alike(draft, "2021", rng))


def _alike(draft: Draft, form: Literal["2019", "2021"], rng: Random) -> Draft:
    """Return a report on *form* of a people's government where *draft* is of one, else of another organ."""
    while True:
        other = compliant(form, draft.level, rng.randrange(1000), draft.notation)
        if ("人民政府" in other.organ) == ("人民政府" in draft.organ):
            return other


def _tables_of(draft: Draft, other: Draft) -> Mutation:
    """Return the words of *draft*, but for what they say of figures, around the tables of *other*."""
    for section in other.sections:
        mine = draft.section(section.key)
        if section.tables:
            mine.paragraphs, mine.tables = section.paragraphs, section.tables
            mine.paragraphs = [p.replace(str(other.year), str(draft.year)) for p in mine.paragraphs]
    # The words of the overview tell of figures of the tables too.
    told = [(h, t.replace("办事指南", "便民信息")) for h, t in other.section("overview").subsections]
    draft.section("overview").subsections = [
        (h, t.replace(str(other.year), str(draft.year))) for h, t in told
    ]
    draft.form, draft.cells = other.form, other.cells
    return raises(draft, "ART003")


PROCUREMENT = (
    "\t第二十条第（九）项\n\n\t信息内容\n\t采购项目数量\n\t采购总金额\n\n\t政府集中采购\n\t0\n\t0\n\n"
)


@operator
def procurement_still_reported(draft: Draft, rng: Random) -> Mutation | None:
    """Item （九） went with 〔2021〕30号."""
    if draft.form.name != "2021" or draft.notation != "tabs":
        return None
    mutation = raises(draft, "ART004")
    after = f"\t{draft.cells['charges/charges/amount']}\n\n"
    head, tail = mutation.text.split("\t行政事业性收费\n" + after, 1)
    return mutation._replace(text=f"{head}\t行政事业性收费\n{after}{PROCUREMENT}{tail}")


@operator
def item_row_misnamed(draft: Draft, rng: Random) -> Mutation:
    labels = {
        "charges/charges": ("行政事业收费",),
        "penalties/coercion": ("行政强制措施",),
        "permits/permits": ("行政许可事项",),
    }
    if draft.form.name == "2021":
        labels["regulations/normative_documents"] = ("规范性文件",)
    else:
        labels["permits/services"] = ("其它对外管理服务事项",)
    address = rng.choice(list(labels))
    draft.rename(address, rng.choice(labels[address]))
    return raises(draft, "ART005")


@operator
def item_column_misnamed(draft: Draft, rng: Random) -> Mutation:
    if draft.form.name == "2021":
        labels = {
            "permits//decisions": ("处理决定数量",),
            "regulations//in_force": ("现行有效数", "现行有效数量"),
            "charges//amount": ("本年收费金额",),
        }
    else:
        labels = {
            "permits//change": ("本年增/减处", "本年增减"),
            "charges//previous": ("上年项目数量",),
            "procurement//amount": ("采购金额",),
        }
    address = rng.choice(list(labels))
    draft.rename(address, rng.choice(labels[address]))
    return raises(draft, "ART006")


@operator
def item_cell_without_a_figure(draft: Draft, rng: Random) -> Mutation:
    addresses = [address for address in draft.cells if address.split("/")[0] in items(draft)]
    draft.set(rng.choice(addresses), rng.choice(("", "/", "-", "无")))
    return raises(draft, "ART007")


@operator
def item_row_without_a_figure(draft: Draft, rng: Random) -> Mutation:
    """One row left empty is one finding, not one for each cell of it."""
    row = rng.choice(("regulations/rules", "regulations/normative_documents"))
    for address in draft.cells:
        if address.startswith(row + "/"):
            draft.set(address, "")
    return raises(draft, "ART007")


@operator
def words_in_an_item_cell(draft: Draft, rng: Random) -> Mutation:
    draft.set(rng.choice(counts(draft)), rng.choice(("若干", "见附件")))
    return raises(draft, "ART007")


@operator
def count_below_nought(draft: Draft, rng: Random) -> Mutation:
    draft.set(_safe_count(draft, rng), f"-{rng.randint(1, 30)}")
    return raises(draft, "ART008")


@operator
def count_with_a_fraction(draft: Draft, rng: Random) -> Mutation:
    draft.set(_safe_count(draft, rng), f"{rng.randint(1, 30)}.5")
    return raises(draft, "ART008")


def _safe_count(draft: Draft, rng: Random) -> str:
    """Return the address of a count that no other rule compares with another."""
    if draft.form.name == "2021":
        return rng.choice(("permits/permits/decisions", "penalties/penalties/decisions"))
    address = rng.choice(("permits/permits", "penalties/penalties"))
    draft.set(f"{address}/previous", str(5))
    draft.set(f"{address}/change", "0")
    return f"{address}/decisions"


@operator
def unit_in_a_cell(draft: Draft, rng: Random) -> Mutation:
    _say_nothing_of(draft, "行政事业性收费")
    if draft.form.name == "2021":
        draft.set("charges/charges/amount", rng.choice(("12.5万元", "96万元")))
    else:
        draft.set("procurement/procurement/projects", rng.choice(("2个", "2项")))
        draft.set("procurement/procurement/amount", "25.13")
    return raises(draft, "ART009")


@operator
def rules_where_none_may_be_made(draft: Draft, rng: Random) -> Mutation | None:
    if draft.level not in WITHOUT_RULE_MAKING:
        return None
    column = "in_force" if draft.form.name == "2021" else "public_total"
    draft.set(f"regulations/rules/{column}", str(rng.randint(1, 9)))
    return raises(draft, "ART010")


@operator
def fewer_in_force_than_issued(draft: Draft, rng: Random) -> Mutation | None:
    """现行有效 is last year's stock, which is not below zero, and 制发 less 废止."""
    if draft.form.name != "2021":
        return None
    in_force, repealed = rng.randint(1, 9), rng.randint(1, 4)
    issued = in_force + repealed + rng.randint(1, 5)
    for column, value in (("issued", issued), ("repealed", repealed), ("in_force", in_force)):
        draft.set(f"regulations/normative_documents/{column}", str(value))
    _say_nothing_of(draft, "规范性文件")
    return raises(draft, "ART011")


@operator
def issued_and_none_in_force(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021":
        return None
    for column, value in (("issued", rng.randint(1, 9)), ("repealed", 0), ("in_force", 0)):
        draft.set(f"regulations/normative_documents/{column}", str(value))
    _say_nothing_of(draft, "规范性文件")
    return raises(draft, "ART012")


def _say_nothing_of(draft: Draft, *words: str) -> None:
    """Take from the prose every sentence with one of *words*: the figures it tells have just changed.

    A paragraph that is left with none says what is always done.
    """
    overview = draft.section("overview")
    kept = []
    for heading, text in overview.subsections:
        sentences = [s for s in text.split("。") if not any(word in s for word in words)]
        kept.append((heading, "。".join(sentences) or "各项制度逐条落实。"))
    overview.subsections = kept


@operator
def fewer_public_than_published(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    published = rng.randint(2, 9)
    values = (("made", published), ("published", published), ("public_total", published - 1))
    for column, value in values:
        draft.set(f"regulations/normative_documents/{column}", str(value))
    _say_nothing_of(draft, "规范性文件")
    return raises(draft, "ART013")


@operator
def more_items_dropped_than_there_were(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    previous = rng.randint(0, 9)
    address = rng.choice(("charges/charges", "permits/permits"))
    _say_nothing_of(draft, *DECISIONS)
    draft.set(f"{address}/previous", str(previous))
    draft.set(f"{address}/change", str(-previous - rng.randint(1, 5)))
    if address.startswith("permits"):
        draft.set(f"{address}/decisions", "0")
    return raises(draft, "ART013")


@operator
def decisions_on_no_item(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    address = rng.choice(("permits/permits", "penalties/penalties", "penalties/coercion"))
    for column, value in (("previous", "0"), ("change", "0"), ("decisions", str(rng.randint(1, 90)))):
        draft.set(f"{address}/{column}", value)
    _say_nothing_of(draft, *DECISIONS)
    return raises(draft, "ART014")


@operator
def purchases_without_an_amount(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    draft.set("procurement/procurement/projects", str(rng.randint(1, 9)))
    return raises(draft, "ART014")
