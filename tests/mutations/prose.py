"""What goes wrong in wording and typography."""

from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

CONFUSED = (
    "及时更新网站上的政务信心。",
    "对符合条件的申请均予以共开。",
    "按规定办理依申请工开事项。",
    "没有发生行政复义案件。",
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
