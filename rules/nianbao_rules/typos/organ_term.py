"""TYP009 organ-term."""

from nianbao.api import Context, Finding, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.typos.shared import span_in

_PROPOSAL = Text(
    "“{text}”：人大代表提的是建议、议案，提案是政协委员提的",
    "“{text}”: deputies make 建议 and 议案; 提案 are made by members of the 政协",
)
_PROPOSAL_HELP = Text("核对是人大代表建议还是政协提案", "check which of them it was")
_NO_COMMITTEE = Text("“{text}”：乡镇不设政协，只有政协委员联络机构", "“{text}”: a township has no 政协")
_NO_COMMITTEE_HELP = Text(
    "写明是县（市、区）政协，或者驻本乡镇的政协委员",
    "name the county's 政协, or members who live in the township",
)
_OF_DEPUTIES = r"人大(?:代表)?(?![^，。；、\n]{0,14}(?:政协|委员|建议|议案))[^，。；、和与及\n]{0,10}提案"
_OF_A_TOWNSHIP = r"[镇乡]政协(?<![驻住在全各我本乡].政协)(?!委员(?:联络|活动|工作|之家|履职|小组|会客|议事)|联络|工委|工作|小组|活动)(?:委员)?"


@rule(
    "TYP009",
    "organ-term",
    summary=Text(
        "人大、政协的用语与级别相符",
        "the terms for people's congresses and the 政协 are right for their level",
    ),
    basis=OWN_READING,
)
def organ_term(report: Report, context: Context) -> Results:
    """人大代表提的是“建议”“议案”，政协委员提的是“提案”；乡镇不设政协。

    为什么：写成“镇人大提案”“镇政协提案”，不知道办的是哪一种，同上级的统计也对不上。
    各地叫法不一，驻在本乡镇的政协委员也可能简称，所以只作提示。

    反例：办理镇人大提案2件；镇政协委员提交提案4件。
    正例：办理县人大代表建议2件、县政协提案4件；镇政协委员联络室。

    怎样改：核对后写明是哪一级、哪一种。
    """
    for signs, pattern, message, advice in (
        (("人大", "提案"), _OF_DEPUTIES, _PROPOSAL, _PROPOSAL_HELP),
        (("政协",), _OF_A_TOWNSHIP, _NO_COMMITTEE, _NO_COMMITTEE_HELP),
    ):
        if not all(sign in report.prose for sign in signs):
            continue
        for piece in report.paragraphs:
            for match in re.finditer(pattern, piece.text):
                yield Finding(span_in(piece, *match.span()), message.fill(text=match[0]), advice)
