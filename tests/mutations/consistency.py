"""What goes wrong between the sentences and the tables: the table stays as it is, one sentence says another thing."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

PLAIN = {
    "proactive": "按时公布预算决算和重大项目，主动公开的内容方便群众查询。",
    "on_request": "依申请公开的答复文书使用统一格式，法制机构逐件审核。",
}
OUTCOMES = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
NUMERALS = ("（一）", "（二）", "（三）", "（四）", "（五）", "（六）")


def _count(draft: Draft, address: str) -> int:
    return int(draft.cells[address])


def _applications(draft: Draft, row: str, column: str = "total") -> int:
    return _count(draft, f"applications/{row}/{column}")


def _outcome(draft: Draft, name: str) -> int:
    """The sum of the rows that the form prints under the numeral of *name*."""
    table = draft.form.table("applications")
    assert table is not None
    place = "三" + NUMERALS[OUTCOMES.index(name)]
    return sum(_applications(draft, row.key) for row in table.rows if row.place.startswith(place))


def _other(rng: Random, *right: int, most: int = 10**6) -> int | None:
    """Return a count from 1 to *most* that is none of the *right* ones, near them or far; None where none is."""
    near = (*(n + d for n in right for d in (-10, -1, 1, 2, 9)), *(10 * n for n in right))
    wrong = sorted({n for n in near if 0 < n <= most} - set(right))
    return rng.choice(wrong) if wrong else None


def _only(draft: Draft, aspect: str, *sentences: str) -> Draft:
    """Return *draft* with no word of its tables but *sentences*, under the heading of *aspect*."""
    overview = draft.section("overview")
    for number, (key, text) in enumerate(PLAIN.items()):
        heading, _ = overview.subsections[number]
        overview.subsections[number] = (heading, text + "".join(sentences if key == aspect else ()))
    for section in ("applications", "review"):
        draft.section(section).paragraphs.clear()
    return draft


def _asked(draft: Draft, sentence: str, *codes: str) -> Mutation:
    return raises(_only(draft, "on_request", sentence), *codes)


def _disclosed(draft: Draft, sentence: str, *codes: str) -> Mutation:
    return raises(_only(draft, "proactive", sentence), *codes)


# -- applications -------------------------------------------------------------------------------------------


def _received(draft: Draft) -> tuple[int, int]:
    """What a sentence may call received: what came in, with what was left from the year before or without."""
    new = _applications(draft, "received")
    return new, new + _applications(draft, "carried_in")


@operator
def received_differs_from_the_table(draft: Draft, rng: Random) -> Mutation:
    wrong = _other(rng, *_received(draft))
    verb = rng.choice(("收到", "新收", "共受理", "接收"))
    return _asked(draft, f"{draft.year}年，{verb}政府信息公开申请{wrong}件。", "TXT001")


@operator
def handled_differs_from_the_table(draft: Draft, rng: Random) -> Mutation:
    wrong = _other(rng, *_received(draft), _applications(draft, "total"))
    return _asked(draft, f"全年办理政府信息公开申请{wrong}件。", "TXT001")


@operator
def wrong_count_told_twice(draft: Draft, rng: Random) -> Mutation:
    """One number that is wrong in two sentences is one finding."""
    wrong = _other(rng, *_received(draft))
    draft = _only(draft, "on_request", f"全年收到政府信息公开申请{wrong}件。")
    draft.section("applications").paragraphs.append(f"{draft.year}年新收政府信息公开申请{wrong}件。")
    return raises(draft, "TXT001")


@operator
def natural_persons_differ_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    received = _applications(draft, "received")
    persons = _applications(draft, "received", "natural_person")
    both = persons + _applications(draft, "carried_in", "natural_person")
    wrong = _other(rng, persons, both, most=received)
    told = f"新收政府信息公开申请{received}件，其中自然人{wrong}件。"
    return _asked(draft, told, "TXT001") if wrong else None


@operator
def carried_in_differs_from_the_table(draft: Draft, rng: Random) -> Mutation:
    wrong = _other(rng, _applications(draft, "carried_in"))
    return _asked(draft, f"上年结转政府信息公开申请{wrong}件。", "TXT002")


@operator
def carried_out_differs_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    received, wrong = _applications(draft, "received"), _other(rng, _applications(draft, "carried_out"))
    told = rng.choice(
        (f"结转下年度继续办理{wrong}件", f"{wrong}件结转下年度继续办理", f"年末尚在办理{wrong}件")
    )
    return _asked(draft, f"收到政府信息公开申请{received}件，{told}。", "TXT002") if received else None


@operator
def closed_differs_from_the_table(draft: Draft, rng: Random) -> Mutation:
    closed, before = _applications(draft, "total"), _applications(draft, "carried_in")
    wrong = _other(rng, closed, closed - before)
    return _asked(draft, f"全年{rng.choice(('办结', '办理完结'))}政府信息公开申请{wrong}件。", "TXT002")


@operator
def outcome_differs_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    closed, name = _applications(draft, "total"), rng.choice(OUTCOMES)
    wrong = _other(rng, _outcome(draft, name), most=closed)
    told = f"办结政府信息公开申请{closed}件，其中{name}{wrong}件。"
    return _asked(draft, told, "TXT003") if wrong else None


@operator
def two_outcomes_together_differ_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    closed = _applications(draft, "total")
    wrong = _other(rng, _outcome(draft, "予以公开") + _outcome(draft, "部分公开"), most=closed)
    told = rng.choice(("予以公开及部分公开", "予以公开和部分公开共"))
    told = f"办结政府信息公开申请{closed}件，其中{told}{wrong}件。"
    return _asked(draft, told, "TXT003") if wrong else None


@operator
def applications_denied(draft: Draft, rng: Random) -> Mutation | None:
    told = rng.choice(
        (
            "全年未收到政府信息公开申请。",
            "本年度没有收到政府信息公开申请。",
            "收到政府信息公开申请0件。",
            "无政府信息公开申请。",
        )
    )
    return _asked(draft, told, "TXT007") if _applications(draft, "received") else None


@operator
def all_closed_and_some_carried_out(draft: Draft, rng: Random) -> Mutation | None:
    told = rng.choice(
        ("收到的政府信息公开申请已全部办结。", "政府信息公开申请均已答复。", "政府信息公开申请办结率100%。")
    )
    return _asked(draft, told, "TXT008") if _applications(draft, "carried_out") else None


# -- documents, decisions, charges ------------------------------------------------------------------------


@operator
def documents_differ_from_the_table(draft: Draft, rng: Random) -> Mutation:
    verbs = {
        "2021": {"issued": "全年制发", "repealed": "全年废止", "in_force": "现行有效的"},
        "2019": {"made": "全年新制作", "published": "全年新公开", "public_total": ""},
    }[draft.form.name]
    column, verb = rng.choice(list(verbs.items()))
    wrong = _other(rng, _count(draft, f"regulations/normative_documents/{column}"))
    name = "行政规范性文件" if draft.form.name == "2021" else "规范性文件"
    told = f"{verb}{name}{wrong}件。" if verb else f"{name}对外公开总数为{wrong}件。"
    return _disclosed(draft, told, "TXT004")


@operator
def documents_denied(draft: Draft, rng: Random) -> Mutation | None:
    column = "issued" if draft.form.name == "2021" else "made"
    if not _count(draft, f"regulations/normative_documents/{column}"):
        return None
    return _disclosed(draft, rng.choice(("全年未制发行政规范性文件。", "没有制定规范性文件。")), "TXT007")


DECISIONS = {
    "permits/permits": "行政许可",
    "penalties/penalties": "行政处罚",
    "penalties/coercion": "行政强制",
}


@operator
def decisions_differ_from_the_table(draft: Draft, rng: Random) -> Mutation:
    address, name = rng.choice(list(DECISIONS.items()))
    wrong = _other(rng, _count(draft, f"{address}/decisions"))
    return _disclosed(draft, f"{draft.year}年，作出{name}决定{wrong}件。", "TXT005")


@operator
def decisions_denied(draft: Draft, rng: Random) -> Mutation | None:
    address, name = rng.choice(list(DECISIONS.items()))
    told = rng.choice((f"全年未作出{name}决定。", f"全年{name}决定0件。"))
    return _disclosed(draft, told, "TXT007") if _count(draft, f"{address}/decisions") else None


@operator
def charges_differ_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    """Off by 万元, and by the factor that makes 元 of 万元."""
    if draft.form.name != "2021":
        return None
    charged = float(draft.cells["charges/charges/amount"])
    wrong = [f"{charged + 7:.2f}万元", *([f"{charged:.2f}元", f"{100 * charged:.2f}万元"] if charged else [])]
    return _disclosed(draft, f"全年收取行政事业性收费{rng.choice(wrong)}。", "TXT005")


# -- review and litigation ---------------------------------------------------------------------------------


def _cases(draft: Draft, *blocks: str, result: str = "total") -> int:
    return sum(_count(draft, f"review/cases/{block}_{result}") for block in blocks)


@operator
def review_differs_from_the_table(draft: Draft, rng: Random) -> Mutation:
    wrong = _other(rng, _cases(draft, "review"))
    draft = _only(draft, "")
    draft.section("review").paragraphs.append(f"{draft.year}年，因政府信息公开工作被申请行政复议{wrong}件。")
    return raises(draft, "TXT006")


@operator
def litigation_of_one_block_only(draft: Draft, rng: Random) -> Mutation | None:
    """行政诉讼 is both blocks: 未经复议直接起诉 and 复议后起诉."""
    direct, after = _cases(draft, "direct"), _cases(draft, "after")
    if not direct or not after:
        return None
    told = rng.choice((direct, after))
    return _asked(draft, f"因政府信息公开被提起行政诉讼{told}件。", "TXT006")


@operator
def result_of_review_differs_from_the_table(draft: Draft, rng: Random) -> Mutation | None:
    total = _cases(draft, "review")
    names = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
    result, name = rng.choice(list(names.items()))
    wrong = _other(rng, _cases(draft, "review", result=result), most=total)
    told = f"因政府信息公开被申请行政复议{total}件，其中{name}{wrong}件。"
    return _asked(draft, told, "TXT006") if wrong else None


@operator
def cases_denied(draft: Draft, rng: Random) -> Mutation | None:
    """One sentence that denies both is one finding."""
    told = rng.choice(
        (
            "没有因政府信息公开工作被申请行政复议、提起行政诉讼的情况。",
            "未发生政府信息公开行政复议、行政诉讼案件。",
        )
    )
    return _asked(draft, told, "TXT007") if _cases(draft, "review", "direct", "after") else None


# -- both wrong, each for itself; what the tables lack -----------------------------------------------------


@operator
def figures_of_another_year(draft: Draft, rng: Random) -> Mutation | None:
    """Two counts of one sentence that are wrong are two mistakes to mend."""
    received, closed = _received(draft), _applications(draft, "total")
    first = _other(rng, *received)
    second = _other(rng, closed, closed - _applications(draft, "carried_in"))
    return _asked(draft, f"全年收到政府信息公开申请{first}件，办结{second}件。", "TXT001", "TXT002")


@operator
def guides_and_no_service(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2019":
        return None
    for row in ("permits", "services"):
        for column in ("previous", "change", "decisions"):
            draft.set(f"permits/{row}/{column}", "0")
    return _disclosed(draft, f"公布办事指南{rng.randint(3, 90)}条。", "TXT009")
