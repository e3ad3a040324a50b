"""What goes wrong in wording and typography."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

CONFUSED = (
    "及时更新网站上的政务信心。",
    "对符合条件的申请均予以共开。",
    "按规定办理依申请工开事项。",
    "没有发生行政复义案件。",
    "全面清理规犯性文件。",
    "可登陆镇政府网站查阅。",
)


@operator
def words_confused(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs.append(rng.choice(CONFUSED))
    return raises(draft, "TYP001")


@operator
def until_for_as_of(draft: Draft, rng: Random) -> Mutation:
    """截止 ends something; what is counted up to a day is counted 截至 that day."""
    draft.section("other").paragraphs.append(f"截止{draft.year}年12月31日，专栏运行正常。")
    return raises(draft, "TYP001")


@operator
def half_width_brackets(draft: Draft, rng: Random) -> Mutation:
    mutation = raises(draft, "TYP002")
    return mutation._replace(text=mutation.text.replace("\n（二）", "\n(二)", 1))


@operator
def half_width_comma(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs.append("专栏运行正常,没有出现差错。")
    return raises(draft, "TYP002")


# What is written at the end of a report, and the one code that it has to give.
SENTENCES = {
    "SEC011": ("一是充实队伍，三是加强培训。", "抓好三个方面工作：一是充实队伍；二是加强培训。"),
    "PRV001": ("经办人的身份证号为110000199001010013。",),  # the check digit of these is 3
    "PRV002": ("如有疑问，请拨打手机13912340000。",),
    "PRV003": ("补贴款已发到银行卡6222000000000009。",),  # right by the sum of Luhn
    "PRV004": ("电子邮箱：gongkai2000@163.com。",),
    "PRV005": ("申请人周小禾因不服答复向上一级机关反映。",),
    "PRV006": ("（机密★1年）专栏运行正常。",),
    "TYP003": ("认真做好政府信 息公开工作。",),
    "TYP004": ("手机ＡＰＰ运行正常。", "服务时间为９:30至17:30。"),
    "TYP006": ("专栏运行正常。。", "其中民政信息，3条。"),
    "TYP007": ("接待群众47余人。", "浏览3千余次。"),
    "TYP008": ("加强宣传力度。", "提高责任意识。"),
    "TYP012": ("专栏网址为http//www.xinxi.gov.cn。", "专栏网址为www.xinxi.gov,cn。"),
    "TYP009": ("县人大代表提案均已办结。",),
    "TYP010": ("完善监督保障保障机制。", "回复群众的的来信。"),
    "TYP013": ("专栏的栏\u200b目运行正常。", "专栏的导\u2060航清楚，内容\ufeff齐全。"),
    "TYP014": ("专栏更新2\u200b1次。", "导航更新1\u20602次。"),
    "TYP011": ("公开《年鉴和公报等资料。", "专人负责）逐项登记。"),
}
TWICE = "每逢赶集日在集市入口设点讲解惠农补贴的申领条件和需要的材料。"
# A section on problems with one thing wrong, and its code.
PROBLEMS = {
    "PRB001": "无。",
    "PRB002": "图解类解读所占的份额偏低，申请答复的说理不足。",
    "PRB004": "部分栏目更新不及时，答复说理不充分。\n下一步，将建立更新提醒制度，编印答复范例。",
    "PRB005": "存在的主要问题是个别单位重视程度不够，工作主动性不强。\n改进情况：已组织学习，增设专栏。",
}


def _said_at_the_end(code: str) -> None:
    def mutation(draft: Draft, rng: Random) -> Mutation:
        draft.section("other").paragraphs.append(rng.choice(SENTENCES[code]))
        return raises(draft, code)

    mutation.__name__ = f"sentence_{code.lower()}"
    operator(mutation)


def _said_of_problems(code: str) -> None:
    def mutation(draft: Draft, rng: Random) -> Mutation:
        section = draft.section("problems")
        section.subsections.clear()
        section.paragraphs[:] = PROBLEMS[code].split("\n")
        return raises(draft, code)

    mutation.__name__ = f"section_{code.lower()}"
    operator(mutation)


for _code in SENTENCES:
    _said_at_the_end(_code)
for _code in PROBLEMS:
    _said_of_problems(_code)


@operator
def sentence_twice(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs += [TWICE, TWICE]
    return raises(draft, "TYP005")


@operator
def measures_fewer_than_problems(draft: Draft, rng: Random) -> Mutation:
    section = draft.section("problems")
    section.subsections.clear()
    section.paragraphs[:] = [
        "存在的主要问题：一是部分栏目更新不够及时；二是图解类解读所占的份额偏低；三是申请答复的说理不足。",
        "改进情况：一是建立栏目更新提醒制度，每月核查；二是编印答复范例十篇。",
    ]
    return raises(draft, "PRB003")


@operator
def problems_of_the_year_before(draft: Draft, rng: Random) -> Mutation:
    section = draft.section("problems")
    section.subsections.clear()
    section.paragraphs[:] = [
        f"{draft.year - 1}年，工作虽有成效，但还存在部分栏目更新不及时的问题。",
        "改进情况：已每月核查更新。",
    ]
    return raises(draft, "PRB006")


@operator
def another_year_as_this_one(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs.append(f"{draft.year + 1}年度本机关没有其他需要报告的事项。")
    return raises(draft, "PER004")


@operator
def this_year_without_its_number(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs.append("今年，更新了公开指南。")
    return raises(draft, "PER005")


@operator
def published_late(draft: Draft, rng: Random) -> Mutation | None:
    """A bureau publishes by 31 January (article 49); a county by 31 March."""
    if draft.level not in ("bureau", "county", "city"):
        return None
    draft.dateline, draft.closing = "", [f"{draft.year + 1}年4月12日"]
    return raises(draft, "HDR006")


@operator
def signed_before_the_end_of_the_year(draft: Draft, rng: Random) -> Mutation:
    """The date of last year's report, kept: figures of the whole year cannot be known in January of the same."""
    draft.dateline, draft.closing = "", [f"{draft.year}年1月{rng.randint(5, 28)}日"]
    return raises(draft, "PER007")
