"""FEE001 fee-not-reported."""

from nianbao.api import (
    Applies,
    Context,
    Finding,
    Option,
    Report,
    Section,
    Text,
    Undetermined,
    has_picture,
    rule,
)
from nianbao_grammar import patterns as re

from nianbao_rules.fees.shared import FEE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FEE_REPORTED
from nianbao_rules.shared.headings import heading_of
from nianbao_rules.shared.pictures import PICTURE

# Other fees, and fees in the printed tables: none of these says whether 信息处理费 was charged.
_OTHER_FEES = (
    r"(?:事业性|涉企|服务性|教育|医疗|学校|停车|物业)收费|收费(?:标准|项目|目录|清单|公示|依据|政策|金额|站)"
    r"|逾期未按收费通知要求缴纳费用"
)
_MENTIONED_IN_SIX = r"收费|费用|收取|缴费|免费|免收|缴过费|(?:信息|相关)(?:处理)?费|收过|分钱"
_MENTIONED = (
    r"(?:信息公开|公开申请|依申请)[^。；]{0,60}(?:收费|费用|缴费|收取[^。；，]{0,12}费)"
    r"|(?:收费|费用|缴费|收取[^。；，]{0,12}费)[^。；]{0,60}(?:信息公开|公开申请|依申请)"
)
_NONE = (
    r"(?:20\d\d年度?|本年度?|全年|目前|本机关|本单位|我[局镇乡县市区]|[，、：:])*"
    r"(?:暂无|没有|不涉及|不存在|无)(?:其[他它])?(?:需要?|应当|须)?(?:另行)?(?:报告|说明)?的?(?:其[他它])?(?:事项|情况|内容)?[。.！!]?"
)
_NOT_STATED = Text(
    "“{heading}”没有写信息处理费的收取情况", "“{heading}” does not say whether 信息处理费 was charged"
)
_ONLY_NONE = Text(
    "“{heading}”只写了“{text}”，没有写信息处理费的收取情况",
    "“{heading}” says only “{text}”, not whether 信息处理费 was charged",
)
_NOT_STATED_HELP = Text(
    "核对后补写一句：没有收取的，写“{year}年，本机关未收取信息处理费”；收取了的，写明金额",
    "check and add a sentence: “{year}年，本机关未收取信息处理费” if nothing was charged, else the amount",
)


@rule(
    "FEE001",
    "fee-not-reported",
    summary=Text("写明信息处理费的收取情况", "the report says whether 信息处理费 was charged"),
    basis=FEE_REPORTED,
    forms=("2021",),
    applies=Applies(first=2021),
    options=(
        Option(
            "none_suffices",
            False,
            Text(
                "只写“无”是否也算写明",
                "whether it is enough if the part says that there is nothing to report",
            ),
        ),
    ),
)
def fee_not_reported(report: Report, context: Context) -> Results:
    """2021年度起，“其他需要报告的事项”应写明收取信息处理费的情况，没有收取的也写明没有收取。

    为什么：信息处理费自2021年起收取，收取情况是公众和上级都要看的；只写“无”，看不出是没有收取，还是没有写。
    不少地方认可只写“无”，所以只作警告；当地认可的，把选项 none_suffices 设为 true。
    写在别的部分也算；没有第六部分的由 SEC001 指出。

    反例：2023年度报告的第六部分只写“无其他需要报告的事项。”
    正例：2023年，本机关未收取信息处理费。

    怎样改：核对收取情况，补写一句。
    """
    if f"信息{FEE}" in report.text or f"公开{FEE}" in report.text:
        return
    for section in report.parts_of("other"):
        rest = report.text[section.heading.end :]
        bare = _without_other_fees(rest)
        if re.search(_MENTIONED_IN_SIX, bare) or re.search(_MENTIONED, _without_other_fees(report.text)):
            return
        none = _says_none(section)
        if has_picture(rest):
            yield Undetermined(PICTURE)
        elif not (none and context.options["none_suffices"]):
            heading = heading_of(report, section)
            message = (
                _ONLY_NONE.fill(heading=heading, text=none) if none else _NOT_STATED.fill(heading=heading)
            )
            yield Finding(section.heading, message, _NOT_STATED_HELP.fill(year=report.year))


def _without_other_fees(text: str) -> str:
    """Return *text* without white space and without the words for other fees."""
    return re.sub(_OTHER_FEES, "", "".join(text.split()))


def _says_none(section: Section) -> str:
    """Return the words by which *section* says that there is nothing to report, "" if it says more."""
    first, *rest = (
        ("".join(piece.text.split()) for piece in section.paragraphs) if section.paragraphs else ("",)
    )
    signed = not any(text.endswith("。") for text in rest)  # who signs, and when
    return first if signed and re.fullmatch(_NONE, first) else ""
