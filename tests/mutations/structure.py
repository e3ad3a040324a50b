"""What goes wrong in the sections and their headings, and texts that cannot be judged."""

import re
from random import Random

from nianbao.testing import Draft, DraftSection

from mutations import Mutation, operator, raises

TABLES = {"disclosure": "二", "applications": "三", "review": "四"}


@operator
def section_missing(draft: Draft, rng: Random) -> Mutation:
    """One finding, though its tables are missing too: they are missing because the section is."""
    draft.drop(f"section/{rng.choice(('disclosure', 'applications', 'review', 'problems', 'other'))}")
    return raises(draft, "SEC001")


@operator
def sections_out_of_order(draft: Draft, rng: Random) -> Mutation:
    at = rng.randrange(len(draft.sections) - 1)
    sections = draft.sections
    sections[at], sections[at + 1] = sections[at + 1], sections[at]
    return raises(draft, "SEC002")


@operator
def section_too_many(draft: Draft, rng: Random) -> Mutation:
    title = rng.choice(("政务新媒体监管情况", "基层政务公开标准化建设情况", "下一步工作打算"))
    paragraph = "按照要求开展常态检查，账号运行规范。"
    draft.sections.insert(rng.randint(1, 6), DraftSection("", title, [paragraph]))
    return raises(draft, "SEC003")


TITLES = {
    "review": ("政府信息公开行政复议和行政诉讼情况", "行政复议、行政诉讼情况"),
    "problems": ("存在的主要问题及改进措施", "存在问题及整改措施", "存在问题及改进情况"),
    "overview": ("基本情况", "工作总体情况"),
    "applications": ("收到和处理政府信息公开申请的情况",),
}


@operator
def section_title_misworded(draft: Draft, rng: Random) -> Mutation:
    key = rng.choice(list(TITLES))
    draft.rename(f"section/{key}", rng.choice(TITLES[key]))
    return raises(draft, "SEC004")


@operator
def aspect_missing(draft: Draft, rng: Random) -> Mutation:
    """Not where the preamble is in this part: what it says of the website may pass for an aspect."""
    draft.inside = False
    overview = draft.section("overview")
    del overview.subsections[rng.randrange(len(overview.subsections) - 1)]
    return raises(draft, "SEC005")


@operator
def supervision_missing(draft: Draft, rng: Random) -> Mutation:
    """A government owes two things here, an aspect of the form and what 条例第五十条 asks of it."""
    draft.section("overview").subsections.pop()
    government = draft.organ.endswith("人民政府")
    return raises(draft, "SEC005", *(["SEC006"] if government else []))


@operator
def results_of_review_missing(draft: Draft, rng: Random) -> Mutation | None:
    """条例第五十条第（四）项 asks every government, and only governments, for these three."""
    if not draft.organ.endswith("人民政府"):
        return None
    overview = draft.section("overview")
    heading, _ = overview.subsections[-1]
    overview.subsections[-1] = (heading, "确定专职人员负责信息公开工作，举办业务培训3期，畅通监督投诉电话。")
    return raises(draft, "SEC006")


@operator
def section_numeral_skipped(draft: Draft, rng: Random) -> Mutation:
    mutation = raises(draft, "SEC008")
    return mutation._replace(
        text=mutation.text.replace("六、其他需要报告的事项\n", "七、其他需要报告的事项\n")
    )


@operator
def aspect_numeral_repeated(draft: Draft, rng: Random) -> Mutation:
    mutation = raises(draft, "SEC008")
    return mutation._replace(text=mutation.text.replace("\n（五）", "\n（四）", 1))


@operator
def none_in_place_of_a_table(draft: Draft, rng: Random) -> Mutation:
    section = draft.section(rng.choice(list(TABLES)))
    section.paragraphs, section.tables = [rng.choice(("无。", "无", "本年度没有发生。"))], []
    return raises(draft, "SEC009")


@operator
def heading_of_the_regulation_of_2007(draft: Draft, rng: Random) -> Mutation:
    draft.rename("section/overview", rng.choice(("概述", "概况")))
    return raises(draft, "SEC010")


@operator
def section_of_the_regulation_of_2007(draft: Draft, rng: Random) -> Mutation:
    title = rng.choice(("政府信息公开的收费及减免情况", "收费及减免情况"))
    draft.sections.insert(4, DraftSection("", title, ["没有收取检索、复制、邮寄等费用。"]))
    return raises(draft, "SEC010")


# -- what could not be judged -------------------------------------------------------------------------


@operator
def no_heading_at_all(draft: Draft, rng: Random) -> Mutation:
    """Only the title and running text: whatever is missing is missing for that."""
    opening = "".join(draft.preamble.values()).format_map({"titles": "各方面情况", "count": "六"})
    text = f"{draft.title}\n\n{opening}\n{''.join(draft.section('problems').paragraphs)}\n"
    return Mutation(text, ("DOC001",))


@operator
def table_in_one_line(draft: Draft, rng: Random) -> Mutation:
    """A copy that has lost every line end and cell mark of table three: unread, and so not judged."""
    draft.notation = "tabs"
    mutation = raises(draft, "DOC002")
    start = mutation.text.index("\t（本列数据的勾稽关系")
    end = mutation.text.index("\n四、", start)
    run_on = re.sub(r"[\t\n]+", "", mutation.text[start:end])
    return mutation._replace(text=mutation.text[:start] + run_on + "\n" + mutation.text[end:])


@operator
def no_year_to_be_found(draft: Draft, rng: Random) -> Mutation | None:
    """The period is missing as well: without it, and without a year in the title, none is stated."""
    if draft.preamble.get("contents"):
        return None
    draft.title = f"{draft.organ}政府信息公开工作年度报告"
    draft.drop("period")
    for section in draft.sections:
        section.paragraphs = [_without_years(p) for p in section.paragraphs]
        section.subsections = [(heading, _without_years(text)) for heading, text in section.subsections]
    draft.preamble = {name: re.sub(r"20\d\d年", "", text) for name, text in draft.preamble.items()}
    return raises(draft, "DOC003", "PER001")


def _without_years(text: str) -> str:
    return re.sub(r"20\d\d年，?", "", text)


OLD = """{organ}2016年政府信息公开工作年度报告

本报告根据《中华人民共和国政府信息公开条例》编制，数据统计期限为2016年1月1日至2016年12月31日。

一、概述
2016年，各项工作平稳推进，公开内容逐步丰富。
二、主动公开政府信息情况
全年主动公开政府信息{count}条。
三、依申请公开政府信息情况
全年没有收到申请。
四、政府信息公开的收费及减免情况
没有收取费用。
五、因政府信息公开申请行政复议、提起行政诉讼情况
没有发生。
六、存在的主要问题及改进措施
更新不够及时；将明确专人负责。
"""


@operator
def report_before_2019(draft: Draft, rng: Random) -> Mutation:
    return Mutation(OLD.format(organ=draft.organ, count=rng.randint(20, 200)), ("DOC004",))


NOT_THERE = (
    "各类信息的条数如下表：",
    "各类信息的占比如表9所示。",
    "历年发布数量的变化见下图。",
    "公开目录调整的明细见附件。",
    "有关说明详见第九部分。",
    "有关说明详见第（十九）项。",
)


@operator
def refers_to_what_is_not_there(draft: Draft, rng: Random) -> Mutation:
    draft.section("other").paragraphs.append(rng.choice(NOT_THERE))
    return raises(draft, "SEC012")
