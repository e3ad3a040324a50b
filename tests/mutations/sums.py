"""What goes wrong in tables three and four."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

APPLICANTS = ("natural_person", "business", "research", "welfare", "legal_services", "other")
INPUTS = ("received", "carried_in", "carried_out")
BLOCKS = ("review", "direct", "after")
RESULTS = ("upheld", "corrected", "other", "pending")
FEW = 4  # SUM010 names candidates where there are two to four


def outcomes(draft: Draft) -> list[str]:
    """The rows that （七）总计 is the sum of."""
    return list(next(i for i in draft.form.identities if i.name == "outcomes").left)


def rows(draft: Draft) -> list[str]:
    table = draft.form.table("applications")
    assert table is not None
    return [row.key for row in table.rows]


def columns(draft: Draft) -> list[str]:
    table = draft.form.table("applications")
    assert table is not None
    return [column.key for column in table.columns]


def _other(draft: Draft, address: str, rng: Random) -> str:
    """Return another count than the one at *address*, near it or far from it, never below zero."""
    value = int(draft.cells[address])
    return str(
        rng.choice(
            [n for n in (value - 1, value + 1, value + 9, 10 * value, value // 10) if n >= 0 and n != value]
        )
    )


def _off(draft: Draft, address: str, rng: Random, *codes: str) -> Mutation:
    draft.set(address, _other(draft, address, rng))
    return raises(draft, *codes)


# -- one figure off: one cause, so one finding, of the first identity that the form prints -------------


@operator
def outcome_of_one_applicant_off(draft: Draft, rng: Random) -> Mutation:
    """Its column no longer adds up to （七）总计, its row not to 总计."""
    return _off(draft, f"applications/{rng.choice(outcomes(draft))}/{rng.choice(APPLICANTS)}", rng, "SUM002")


@operator
def total_of_an_outcome_off(draft: Draft, rng: Random) -> Mutation:
    return _off(draft, f"applications/{rng.choice(outcomes(draft))}/total", rng, "SUM002")


@operator
def input_of_one_applicant_off(draft: Draft, rng: Random) -> Mutation:
    return _off(draft, f"applications/{rng.choice(INPUTS)}/{rng.choice(APPLICANTS)}", rng, "SUM001")


@operator
def total_of_an_input_off(draft: Draft, rng: Random) -> Mutation:
    return _off(draft, f"applications/{rng.choice(INPUTS)}/total", rng, "SUM001")


@operator
def closed_total_off(draft: Draft, rng: Random) -> Mutation:
    """（七）总计 is in all three identities."""
    return _off(draft, f"applications/total/{rng.choice((*APPLICANTS, 'total'))}", rng, "SUM001")


@operator
def review_figure_off(draft: Draft, rng: Random) -> Mutation:
    """One identity a block, so nothing tells which of five cells is wrong; two to four candidates are named."""
    block = rng.choice(BLOCKS)
    address = f"review/cases/{block}_{rng.choice((*RESULTS, 'total'))}"
    draft.set(address, _other(draft, address, rng))
    results = [int(draft.cells[f"review/cases/{block}_{result}"]) for result in RESULTS]
    total = int(draft.cells[f"review/cases/{block}_total"])
    missing = total - sum(results)
    candidates = 1 + sum(result + missing >= 0 for result in results)
    return raises(draft, "SUM004", *(["SUM010"] if 1 < candidates <= FEW else []))


# -- an entry in the wrong place: two sums off by as much, one over and one under -----------------------


@operator
def outcome_in_the_wrong_row(draft: Draft, rng: Random) -> Mutation | None:
    found = _pair(draft, rng, [(row, column) for row in outcomes(draft) for column in APPLICANTS])
    if found is None:
        return None
    row, column, count = found
    other = rng.choice([key for key in outcomes(draft) if key != row])
    _move(draft, f"applications/{row}/{column}", f"applications/{other}/{column}", count)
    return raises(draft, "SUM003")


@operator
def outcome_in_the_wrong_column(draft: Draft, rng: Random) -> Mutation | None:
    found = _pair(draft, rng, [(row, column) for row in outcomes(draft) for column in APPLICANTS])
    if found is None:
        return None
    row, column, count = found
    other = rng.choice([key for key in APPLICANTS if key != column])
    _move(draft, f"applications/{row}/{column}", f"applications/{row}/{other}", count)
    return raises(draft, "SUM002")


def _pair(draft: Draft, rng: Random, places: list[tuple[str, str]]) -> tuple[str, str, int] | None:
    filled = [place for place in places if int(draft.cells["applications/" + "/".join(place)])]
    if not filled:
        return None
    row, column = rng.choice(filled)
    return row, column, rng.randint(1, int(draft.cells[f"applications/{row}/{column}"]))


def _move(draft: Draft, source: str, target: str, count: int) -> None:
    draft.set(source, str(int(draft.cells[source]) - count))
    draft.set(target, str(int(draft.cells[target]) + count))


# -- no figure at all -----------------------------------------------------------------------------------


def _nothing(draft: Draft, rng: Random) -> str:
    """Return a sign to put in place of a figure; no blank if row ends are lost, for it could be any row's."""
    marks = ("/", "-", "—", "无")
    return rng.choice(marks if draft.notation == "bars" else ("", *marks))


@operator
def cell_without_a_figure(draft: Draft, rng: Random) -> Mutation:
    """What is not filled in may be any count: no sum is said to fail for it."""
    address = f"applications/{rng.choice(rows(draft))}/{rng.choice(columns(draft))}"
    draft.set(address, _nothing(draft, rng))
    return raises(draft, "SUM005")


@operator
def review_cell_without_a_figure(draft: Draft, rng: Random) -> Mutation:
    draft.set(f"review/cases/{rng.choice(BLOCKS)}_{rng.choice(RESULTS)}", _nothing(draft, rng))
    return raises(draft, "SUM005")


@operator
def words_for_a_figure(draft: Draft, rng: Random) -> Mutation | None:
    """Not where row ends are lost: there the words could be the label of a row."""
    if draft.notation == "bars":
        return None
    address = f"applications/{rng.choice(rows(draft))}/{rng.choice(columns(draft))}"
    draft.set(address, rng.choice(("若干", "见附件", "约3", "十二")))
    return raises(draft, "SUM005")


@operator
def empty_columns(draft: Draft, rng: Random) -> Mutation:
    """One finding, however many columns are left empty."""
    left = rng.sample(columns(draft), rng.randint(1, len(columns(draft)) - 1))
    nothing = _nothing(draft, rng)
    for row in rows(draft):
        for column in left:
            draft.set(f"applications/{row}/{column}", nothing)
    return raises(draft, "SUM006")


@operator
def only_totals(draft: Draft, rng: Random) -> Mutation:
    for row in rows(draft):
        for column in APPLICANTS:
            draft.set(f"applications/{row}/{column}", _nothing(draft, rng))
    return raises(draft, "SUM006")


@operator
def empty_table(draft: Draft, rng: Random) -> Mutation:
    table, nothing = rng.choice(("applications", "review")), _nothing(draft, rng)
    for address in draft.cells:
        if address.startswith(table + "/"):
            draft.set(address, nothing)
    return raises(draft, "SUM006")


# -- labels, rows, the note ----------------------------------------------------------------------------

MISNAMED = {
    "applications/security": ("3.危及“三安全一隐患”", "3.危及“三安全、一稳定”因素"),
    "applications/repeated": ("2.重复性申请",),
    "applications/not_held": ("1.本单位不掌握相关政府信息",),
    "applications/third_party": ("4.保护第三方合法利益",),
    "applications//business": ("商业公司",),
    "review//review_total": ("总结", "合计"),
    "review//direct_other": ("其他其结果",),
    "review//after_corrected": ("结果改正",),
}


@operator
def table_label_misnamed(draft: Draft, rng: Random) -> Mutation:
    address = rng.choice(list(MISNAMED))
    draft.rename(address, rng.choice(MISNAMED[address]))
    return raises(draft, "SUM007")


@operator
def row_missing(draft: Draft, rng: Random) -> Mutation:
    draft.drop(f"applications/{rng.choice(rows(draft))}")
    return raises(draft, "SUM008")


@operator
def one_row_for_three(draft: Draft, rng: Random) -> Mutation | None:
    """The 2019 form has one row （六）其他处理, that of 2021 three."""
    if draft.form.name != "2021":
        return None
    three = ("not_corrected", "not_paid", "otherwise")
    for column in columns(draft):
        whole = sum(int(draft.cells[f"applications/{row}/{column}"]) for row in three)
        draft.set(f"applications/otherwise/{column}", str(whole))
    for row in three[:2]:
        draft.drop(f"applications/{row}")
    draft.rename("applications//group/（六）其他处理", "")
    draft.rename("applications/otherwise", "（六）其他处理")
    return raises(draft, "SUM008")


@operator
def row_too_many(draft: Draft, rng: Random) -> Mutation | None:
    if draft.notation != "tabs":
        return None
    last = "\t4.无正当理由大量反复申请\n"
    extra = "\t6.网上自行查询类申请\n" + "\t0\n" * len(columns(draft)) + "\n\t\n\t\n"
    mutation = raises(draft, "SUM008")
    return mutation._replace(text=mutation.text.replace(last, extra + last, 1))


@operator
def figure_too_many_in_a_row(draft: Draft, rng: Random) -> Mutation | None:
    if draft.notation != "tabs":
        return None
    last = f"\t{rng.choice(('2.重复申请', '（七）总计', '7.属于行政执法案卷'))}\n"
    mutation = raises(draft, "SUM008")
    return mutation._replace(text=mutation.text.replace(last, last + "\t3\n", 1))


@operator
def corner_note_missing(draft: Draft, rng: Random) -> Mutation:
    draft.drop("note")
    return raises(draft, "SUM009")
