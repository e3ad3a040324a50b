"""What goes wrong with the fee for handling requests, 信息处理费."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

NOTHING = ("无", "无。", "无其他需要报告的事项。", "本年度没有其他需要报告的事项。")
OTHER_MATTERS = (
    "政务公开年度工作要点所列任务已全部落实，落实情况在门户网站公布。",
    "行政事业性收费目录和收费标准已在门户网站公布。",
)
COLLECTED = (
    "{year}年收取信息处理费{yuan}元。",
    "依据《政府信息公开信息处理费管理办法》，{year}年实际收取信息处理费共计{yuan}元。",
    "{year}年发出收费通知3件，收取信息处理费{yuan}元，已全额上缴国库。",
)
NO_NOTICE = (
    "{year}年，本机关未发出收费通知，未收取信息处理费。",
    "{year}年没有下达信息处理费收费通知，未收取信息处理费。",
    "{year}年发出信息处理费收费通知0件，未收取信息处理费。",
)
ABOLISHED = (
    "依申请公开收取检索费、复制费共{yuan}元。",
    "办理政府信息公开申请，按规定收取复印费和邮寄费。",
    "依申请提供政府信息收取邮寄费{yuan}元。",
)


def _say(draft: Draft, rng: Random, sentences: tuple[str, ...], yuan: int = 0) -> None:
    """Let part six say one of *sentences* and nothing else."""
    draft.section("other").paragraphs[:] = [rng.choice(sentences).format(year=draft.year, yuan=yuan)]


@operator
def fee_behind_the_word_none(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021":
        return None
    _say(draft, rng, NOTHING)
    return raises(draft, "FEE001")


@operator
def fee_not_spoken_of(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021":
        return None
    _say(draft, rng, OTHER_MATTERS)
    return raises(draft, "FEE001")


@operator
def fee_beside_no_charges(draft: Draft, rng: Random) -> Mutation | None:
    """What was taken is a charge, and table two has none."""
    if draft.form.name != "2021":
        return None
    draft.set("charges/charges/amount", "0")
    _say(draft, rng, COLLECTED, 10 * rng.randint(10, 90))
    return raises(draft, "FEE002")


@operator
def fee_above_the_charges(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021":
        return None
    hundreds = rng.randint(2, 98)
    draft.set("charges/charges/amount", f"0.{hundreds - 1:02}")
    _say(draft, rng, COLLECTED, 100 * hundreds)
    return raises(draft, "FEE002")


@operator
def fee_that_no_rate_gives(draft: Draft, rng: Random) -> Mutation | None:
    """Whether by request (100 元 or more) or by page (10, 20, 40 元), every amount ends in 0."""
    if draft.form.name != "2021":
        return None
    draft.set("charges/charges/amount", f"{rng.randint(20, 90)}.5")
    _say(draft, rng, COLLECTED, 10 * rng.randint(10, 60) + rng.randint(1, 9))
    return raises(draft, "FEE003")


@operator
def unpaid_and_no_notice(draft: Draft, rng: Random) -> Mutation | None:
    if draft.form.name != "2021" or draft.cells["applications/not_paid/total"] == "0":
        return None
    _say(draft, rng, NO_NOTICE)
    return raises(draft, "FEE004")


@operator
def fee_abolished_in_2019(draft: Draft, rng: Random) -> Mutation:
    sentence = rng.choice(ABOLISHED).format(yuan=rng.randint(20, 200))
    draft.section("other").paragraphs.append(sentence)
    return raises(draft, "FEE005")
