"""PRB004 only-plans."""

from nianbao.api import Context, Finding, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.problems.shared import parts_five, tells_done
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_FUTURE = r"(?:\d{4}年[，,]?)?[^。，,；;：:\n]{0,12}(?:下一步|今后|下一年|明年|将(?:继续|进一步|着力|重点|从|按|以|采取|认真|切实|不断|有|加|抓|做)|打算)"
_DONE = (
    r"已|上年|上一年|去年|改进情况|主要改进(?!措施|方向)|(?:^|(?<=[。；\n]))改进[：:]|整改(?:情况|完成|到位|落实)|完成[^。，]{0,6}整改|得到|解决了|见效|成效明显"
    r"|(?:改进|完善|建立|制定|组织|开展|增加|优化|调整|加强|修订|举办|提升|提高|健全|强化)了"
)
_ONLY_PLANS = Text(
    "只写了今后的打算，没有写这一年的改进情况", "only plans are given, no improvements made in the year"
)
_ONLY_PLANS_HELP = Text(
    "补写这一年已经做了的改进，以及上一年的问题整改得怎样",
    "add the improvements made in the year, and the progress on last year's problems",
)


@rule(
    "PRB004",
    "only-plans",
    summary=Text(
        "写明这一年的改进情况，不只写打算", "improvements made in the year are given, not only plans"
    ),
    basis=OWN_READING,
)
def only_plans(report: Report, context: Context) -> Results:
    """标题是“改进情况”，应写这一年改进了什么，不能只写下一步打算。

    为什么：年年只写打算，看不出上年说的有没有做到。格式的填报说明没有核对过原文，所以只作提示。
    写到“已”“上年”“改进情况”“完成整改”等的，都算写了。

    反例：“……等问题。下一步将加强培训、完善制度。”
    正例：“上年提出的栏目更新问题已完成整改。下一步将……”

    怎样改：补写已经做了的改进。
    """
    for part in parts_five(report):
        future = re.search(_FUTURE, part.text)
        if future is None or part.nothing or re.search(_DONE, part.text):
            continue
        if not tells_done(part.text[: future.start()]):
            yield Finding(part.span(*future.span()), _ONLY_PLANS, _ONLY_PLANS_HELP)
