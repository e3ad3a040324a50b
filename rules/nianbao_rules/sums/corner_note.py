"""SUM009 corner-note."""

from nianbao.api import Context, Finding, Report, Severity, Text, Undetermined, fold, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_THREE

_NO_NOTE = Text("表三左上角缺少勾稽关系说明", "table three lacks the note on how its columns add up")
_NO_HEADER = Text(
    "表三的表头没有读到，看不出有没有勾稽关系说明",
    "the header of table three was not read, so whether it has the note is not known",
)
_NO_NOTE_HELP = Text("在表头左上角补上“{note}”", "put “{note}” into the corner of the header")


@rule(
    "SUM009",
    "corner-note",
    summary=Text("表三左上角印有勾稽关系说明", "table three has the printed note on its identity"),
    basis=TABLE_THREE,
    severity=Severity.WARNING,
    needs="applications",
)
def corner_note(report: Report, context: Context) -> Results:
    """表三左上角应有“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”的说明。

    为什么：这句话是格式的一部分，读者凭它核对各列数据。

    反例：左上角空白，或者写着“项目”。
    正例：左上角印有勾稽关系说明。

    怎样改：照格式补上。
    """
    table = report.table("applications")
    if table is None or table.note is not None:
        return
    if not table.columns:
        yield Undetermined(_NO_HEADER)
        return
    if not any(
        "稽关系" in fold(paragraph.text) for paragraph in report.paragraphs
    ):  # it may be above the table
        help_text = _NO_NOTE_HELP.fill(note=table.form.note)
        yield Finding(table.span, _NO_NOTE, help_text, place=table.form.place)
