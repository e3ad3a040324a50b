"""ART010 rules-without-power."""

from nianbao.api import LEVEL_NAMES, Context, Finding, Related, Report, Text, Undetermined, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import RULE_MAKING

_NO_POWER = Text(
    "“规章”一行填了{figures}，{level}一般没有制定规章的权限",
    "the row 规章 says {figures}, but an organ of this level ({level}) usually has no power to make 规章",
)
_NO_POWER_HELP = Text(
    "如是行政规范性文件，移到下一行；上级机关的规章不在本机关统计",
    "move normative documents to the row below; 规章 of higher organs are not counted here",
)
_NO_LEVEL = Text(
    "看不出机关层级，不知道有没有制定规章的权限",
    "the level of the organ is not known, so neither is its power to make 规章",
)
_DRAFTED = Text(
    "省级部门起草的规章由省级人民政府制定，要不要填在起草部门的表里，没有见到规定",
    "rules drafted by a department of a province are made by its government; no provision says who counts them",
)
_OF_A_PROVINCE = r".{2,3}(?:省|自治区)(?!.*[市州县区旗盟])|.{0,9}厅$|(?:北京|天津|上海|重庆)市(?!.*[区县])"
_RULE_MAKERS = frozenset({"city", "province", "ministry"})


@rule(
    "ART010",
    "rules-without-power",
    summary=Text("没有规章制定权的机关，规章填 0", "organs that may not make 规章 report none"),
    basis=RULE_MAKING,
    needs="regulations",
)
def rules_without_power(report: Report, context: Context) -> Results:
    """乡镇（街道）、县级政府和地方政府部门一般没有制定规章的权限，“规章”一行应为 0。

    为什么：规章由国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府制定。其他机关填了数，
    多半是把规范性文件或者上级的规章算了进来。看不出机关层级的，不作判断，可以用 --level 指定；
    省级部门起草、由省级人民政府制定的规章由谁统计，没有见到规定，也不作判断。

    反例：某镇的规章一行，现行有效件数填 6。
    正例：某镇的规章一行填 0、0、0；某设区的市填 3、5、74。

    怎样改：规范性文件填到下一行，规章一行填 0。
    """
    table = report.table("regulations")
    level = report.issuer.level
    if table is None or level in _RULE_MAKERS:
        return
    cells = [table["rules", column.key] for column in table.form.columns]
    filled = [cell for cell in cells if cell.value is not None and cell.value > 0]
    if not filled:
        return
    if level is None:
        yield Undetermined(_NO_LEVEL)
        return
    if level == "bureau" and re.match(_OF_A_PROVINCE, report.issuer.name):
        yield Undetermined(_DRAFTED)
        return
    figures = "、".join(f"{cell.column.label}{cell.text}" for cell in filled)
    message = _NO_POWER.fill(figures=figures, level=LEVEL_NAMES[level])
    related = tuple(Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in filled[1:])
    yield Finding(filled[0].span, message, _NO_POWER_HELP, filled[0], related)
