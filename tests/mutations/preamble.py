"""What goes wrong in the title and the preamble."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

NAMES = "政府信息公开工作年度报告"


@operator
def title_misworded(draft: Draft, rng: Random) -> Mutation:
    wrong = rng.choice(("政府信息公开工作报告", "政府信息公开年度报告", "政府信息公开工作年报"))
    draft.rename("title", draft.title.replace(NAMES, wrong))
    return raises(draft, "HDR001")


@operator
def title_of_another_year(draft: Draft, rng: Random) -> Mutation | None:
    """The year before or after, on the same form: its tables are those that either year asks for."""
    other = draft.year + rng.choice((-1, 1))
    if not draft.form.covers(other):
        return None
    draft.rename("title", draft.title.replace(str(draft.year), str(other)))
    return raises(draft, "HDR002")


@operator
def year_twice_in_the_title(draft: Draft, rng: Random) -> Mutation:
    draft.rename("title", f"{draft.year}年{draft.organ}{draft.year}年{NAMES}")
    return raises(draft, "HDR003")


@operator
def organ_twice_in_the_title(draft: Draft, rng: Random) -> Mutation:
    draft.rename("title", f"{draft.organ}{draft.year}年{draft.organ}{NAMES}")
    return raises(draft, "HDR003")


@operator
def superseded_notice(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021":
        return None
    draft.preamble["opening"] = draft.preamble["opening"].replace("〔2021〕30号", "〔2019〕60号")
    return raises(draft, "HDR004")


@operator
def superseded_regulation(draft: Draft, rng: Random) -> Mutation | None:
    """国务院令第492号 is the regulation of 2007, replaced in 2019 by 第711号."""
    if draft.form.name != "2021" or "《条例》" not in draft.preamble["opening"]:
        return None
    opening = draft.preamble["opening"].replace("国务院令第711号，", "")
    draft.preamble["opening"] = opening.replace("（以下简称", "（国务院令第492号，以下简称", 1)
    return raises(draft, "HDR004")


@operator
def notice_of_the_next_year(draft: Draft, rng: Random) -> Mutation | None:
    """The notice of 2021 did not exist when reports on 2019 and 2020 were written."""
    if draft.form.name != "2019" or "〔2019〕60号" not in draft.preamble["opening"]:
        return None
    draft.preamble["opening"] = draft.preamble["opening"].replace("〔2019〕60号", "〔2021〕30号")
    return raises(draft, "HDR004")


@operator
def body_of_the_notice_miswritten(draft: Draft, rng: Random) -> Mutation:
    draft.preamble["opening"] = draft.preamble["opening"].replace("国办公开办函", "国办公开函")
    return raises(draft, "HDR011")


@operator
def article_that_there_is_not(draft: Draft, rng: Random) -> Mutation:
    draft.preamble["opening"] += f"《条例》第{rng.randint(57, 99)}条的要求均已落实。"
    return raises(draft, "HDR011")


@operator
def written_by_another(draft: Draft, rng: Random) -> Mutation:
    """No organ of the drafts is on salt, nor in a place of this name."""
    organ = "桃林镇人民政府" if draft.level in ("county", "city", "province") else "桃林县盐务局"
    draft.preamble["opening"] += f"本报告由{organ}编制。"
    return raises(draft, "HDR012")


@operator
def parts_miscounted(draft: Draft, rng: Random) -> Mutation | None:
    if "contents" not in draft.preamble:
        return None
    draft.preamble["contents"] = draft.preamble["contents"].replace("{count}", rng.choice("五七"))
    return raises(draft, "HDR007")


@operator
def part_not_listed(draft: Draft, rng: Random) -> Mutation | None:
    """Six parts said and six headings, five names listed."""
    if "contents" not in draft.preamble:
        return None
    mutation = raises(draft, "HDR007")
    return mutation._replace(text=mutation.text.replace("、收到和处理政府信息公开申请情况、", "、", 1))


@operator
def part_listed_by_another_name(draft: Draft, rng: Random) -> Mutation | None:
    if "contents" not in draft.preamble:
        return None
    mutation = raises(draft, "HDR008")
    return mutation._replace(text=mutation.text.replace("存在的主要问题及改进情况", "工作不足与努力方向", 1))


@operator
def placeholder_left(draft: Draft, rng: Random) -> Mutation:
    section = draft.section(rng.choice(("problems", "other")))
    section.paragraphs.append(
        rng.choice(
            (
                "XX县各部门要认真落实。",
                "××单位负责落实。",
                "（填写具体内容）",
                "（单位名称）落实。",
                "延期答复____件。",
            )
        )
    )
    return raises(draft, "HDR009")


@operator
def prompt_left(draft: Draft, rng: Random) -> Mutation:
    draft.section("disclosure").paragraphs.append("该部分以表格形式报告。表格如下：")
    return raises(draft, "HDR009")


@operator
def period_missing(draft: Draft, rng: Random) -> Mutation:
    draft.drop("period")
    return raises(draft, "PER001")


@operator
def period_not_a_year(draft: Draft, rng: Random) -> Mutation:
    year = draft.year
    wrong = rng.choice((f"{year}年1月1日至{year}年11月30日", f"{year}年2月1日至{year}年12月31日"))
    draft.preamble["period"] = f"本报告所列数据的统计期限为{wrong}。"
    return raises(draft, "PER002")


@operator
def period_over_two_years(draft: Draft, rng: Random) -> Mutation:
    draft.preamble["period"] = f"数据统计期限为{draft.year}年1月1日至{draft.year + 1}年12月31日。"
    return raises(draft, "PER002")


@operator
def period_malformed(draft: Draft, rng: Random) -> Mutation:
    year = draft.year
    wrong = rng.choice(
        (
            f"{year}年1月1日至20{year}年12月31日",
            f"{year}年1月1日至12月31止",
            f"{year}年1月1日至{year}年12月32日",
        )
    )
    draft.preamble["period"] = f"本报告所列数据的统计期限为{wrong}。"
    return raises(draft, "PER003")


@operator
def date_that_the_calendar_lacks(draft: Draft, rng: Random) -> Mutation:
    days = rng.choice(("2月30日", "4月31日", "13月1日"))
    draft.section("problems").paragraphs.append(f"专题整改自{draft.year}年1月10日至{days}开展。")
    return raises(draft, "PER003")


@operator
def periods_disagree(draft: Draft, rng: Random) -> Mutation | None:
    """A second statement of the period, of the year before."""
    other = draft.year - 1
    section = draft.section("other")
    section.paragraphs.append(f"表中数据的统计期限为{other}年1月1日至{other}年12月31日。")
    return raises(draft, "PER006")
