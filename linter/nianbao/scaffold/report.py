"""The first file of a report: the official form with noughts, and what the year before hands on to it.

Every sentence says what noughts say, and no more: the organ writes the rest.
"""

from collections.abc import Iterator, Mapping

from nianbao.report.begun import PROBLEMS
from nianbao.report.equations import number
from nianbao.report.form import Form, TableForm
from nianbao.report.issuer import Level, infer
from nianbao.report.neighbour import Neighbour
from nianbao.report.printed import filled, printed_sections, widths
from nianbao.testing.draft import NUMERALS, Draft, DraftSection
from nianbao.writers.docx.new import Block, Line, Table, docx

_LONG = 20  # rows of a table that has a page of its own
_PREAMBLE = {
    "basis": "本报告根据《中华人民共和国政府信息公开条例》第五十条的规定，按照{notice}规定的格式编制。",
    "period": "所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
}
# What is counted in a sentence, by the address of its figure; those that the form has not are left out.
DISCLOSED = {
    "regulations/rules/issued": "制发规章{}件",
    "regulations/normative_documents/issued": "制发行政规范性文件{}件",
    "regulations/normative_documents/repealed": "废止行政规范性文件{}件",
    "regulations/normative_documents/in_force": "现行有效的行政规范性文件{}件",
    "permits/permits/decisions": "作出行政许可处理决定{}件",
    "penalties/penalties/decisions": "作出行政处罚处理决定{}件",
    "penalties/coercion/decisions": "作出行政强制处理决定{}件",
    "charges/charges/amount": "收取行政事业性收费{}万元",
}
APPLIED = {
    "applications/received/total": "新收政府信息公开申请{}件",
    "applications/carried_in/total": "上年结转{}件",
    "applications/total/total": "办结{}件",
    "applications/carried_out/total": "结转下年度继续办理{}件",
    "review/cases/review_total": "因政府信息公开工作被申请行政复议{}件",
    "review/cases/direct_total": "未经复议直接起诉{}件",
    "review/cases/after_total": "复议后起诉{}件",
}
_ASPECTS = {
    "management": "政府信息的制作、保存和公开属性审核，没有需要另行说明的变化。",
    "platform": "政府信息公开平台没有需要另行说明的变化。",
    "supervision": "监督检查和培训没有需要另行说明的变化。",
}
_RESULTS = "工作考核、社会评议没有需要报告的结果，没有发生责任追究。"
_OTHER = "{year}年，发出政府信息公开信息处理费收费通知0件，收取信息处理费0元。没有其他需要报告的事项。"


def handed_on(form: Form, before: Neighbour) -> dict[str, str]:
    """Return what *before*, the report on the year before, hands on to one on *form*: cells by address, "" if unread.

    What it carried over is carried in; as nothing is handled yet it is carried out again. Documents in force stay so.
    """
    cells: dict[str, str] = {}
    for table in form.tables:
        for address, source in _sources(table):
            figure = before.figure(source)
            if figure is not None:
                cells[address] = number(figure.value)
    return cells


def _sources(table: TableForm) -> Iterator[tuple[str, str]]:
    """Yield the cells of *table* that last year's report fills, each with the cell of that report."""
    if table.key == "applications":
        for column in table.columns:
            source = f"applications/carried_out/{column.key}"
            yield f"applications/carried_in/{column.key}", source
            yield source, source
    if table.key == "regulations" and any(column.key == "in_force" for column in table.columns):
        for row in table.rows:
            yield f"regulations/{row.key}/in_force", f"regulations/{row.key}/in_force"


def report(form: Form, organ: str, level: Level | None, year: int, cells: Mapping[str, str]) -> Draft:
    """Return the report of *organ* on *year*: noughts but for *cells*."""
    figures = {
        f"{table.key}/{row.key}/{column.key}": "0"
        for table in form.tables
        for row in table.rows
        for column in table.columns
    } | dict(cells)
    texts = {
        "problems": list(PROBLEMS),
        "other": [_OTHER.format(year=year)],
    }
    aspects = list(_aspects(form, figures, government=infer(organ).government is not False))
    sections = [
        DraftSection(
            section.key,
            section.title,
            texts.get(section.key, []),
            aspects if section.key == "overview" else [],
            [table.key for table in form.tables if table.section == section.key],
        )
        for section in form.sections
    ]
    preamble = {key: text.format(year=year, notice=form.notice) for key, text in _PREAMBLE.items()}
    title = f"{organ}\n{year}年政府信息公开工作年度报告"
    return Draft(form, level or "bureau", organ, year, title, preamble, sections, figures)


def _aspects(form: Form, cells: Mapping[str, str], *, government: bool) -> Iterator[tuple[str, str]]:
    """Yield the aspects of 总体情况, each with a sentence: the figures of the tables, or that there is nothing to say."""
    counted = {"proactive": DISCLOSED, "on_request": APPLIED}
    for aspect in form.aspects:
        if aspect.key in counted:
            text = _counted(counted[aspect.key], cells)
        else:
            text = _ASPECTS[aspect.key] + (_RESULTS if aspect.key == "supervision" and government else "")
        yield f"{aspect.title}情况" if aspect.key in counted else aspect.title, text


def _counted(clauses: Mapping[str, str], cells: Mapping[str, str]) -> str:
    said = [words.format(cells[address]) for address, words in clauses.items() if cells.get(address)]
    return "，".join(said) + "。"


def in_word(draft: Draft) -> bytes:
    """Return *draft* as a docx."""
    return docx(_blocks(draft))


def _blocks(draft: Draft) -> Iterator[Block]:
    yield Line("title", draft.title)
    yield Line("body", "".join(draft.preamble.values()))
    tables = {section.key: slots for _, section, slots in printed_sections(draft.form)}
    for number_, section in enumerate(draft.sections):
        slots = tables.get(section.key, [])
        yield Line("heading", f"{NUMERALS[number_]}、{section.title}", page=len(slots) > _LONG)
        yield from (Line("body", text) for text in section.paragraphs)
        for inner, (heading, text) in enumerate(section.subsections):
            yield Line("subheading", f"（{NUMERALS[inner]}）{heading}")
            yield Line("body", text)
        if slots:
            yield Table(filled(slots, draft.cells), widths(slots))
