"""Figures in sentences that have to agree with one another."""

import re
from random import Random

from nianbao.testing import Draft

from mutations import Mutation, operator, raises

# The total of what was published and its parts, as the aspect on 主动公开 tells of them.
DIVIDED = re.compile(r"(?P<total>\d+)条，(?:其中|分别为)(?P<parts>\D+\d+条(?:[、，]\D+\d+条)+)(?=[。；，])")
KINDS = ("民政", "农业", "教育", "交通", "水利", "卫生")


def _said(draft: Draft, *sentences: str) -> None:
    """Add *sentences*, each a paragraph, to the last section."""
    draft.section("other").paragraphs += sentences


def _divided(draft: Draft) -> tuple[int, re.Match[str]] | None:
    """Return which aspect of the overview divides a count of information, and where it does."""
    for place, (_, text) in enumerate(draft.section("overview").subsections):
        if match := DIVIDED.search(text):
            return place, match
    return None


def _rewritten(draft: Draft, start: int, figure: str, change: int, place: int) -> None:
    heading, text = draft.section("overview").subsections[place]
    text = text[:start] + str(int(figure) + change) + text[start + len(figure) :]
    draft.section("overview").subsections[place] = (heading, text)


def _part_changed(draft: Draft, rng: Random, change: int, code: str) -> Mutation | None:
    found = _divided(draft)
    if found is None:
        return None
    place, match = found
    part = rng.choice(list(re.finditer(r"\d+", match["parts"])))
    if int(part[0]) + change < 0:
        return None
    _rewritten(draft, match.start("parts") + part.start(), part[0], change, place)
    return raises(draft, code)


@operator
def part_too_large(draft: Draft, rng: Random) -> Mutation | None:
    """The parts come to more than the total that is before them."""
    return _part_changed(draft, rng, rng.randint(1, 60), "NUM001")


@operator
def part_too_small(draft: Draft, rng: Random) -> Mutation | None:
    """The parts come to a few less than the total."""
    return _part_changed(draft, rng, -rng.randint(1, 5), "NUM002")


@operator
def total_too_small(draft: Draft, rng: Random) -> Mutation | None:
    found = _divided(draft)
    if found is None:
        return None
    place, match = found
    _rewritten(draft, match.start("total"), match["total"], -rng.randint(1, 9), place)
    return raises(draft, "NUM001")


@operator
def total_too_large(draft: Draft, rng: Random) -> Mutation | None:
    found = _divided(draft)
    if found is None:
        return None
    place, match = found
    _rewritten(draft, match.start("total"), match["total"], rng.randint(1, 9), place)
    return raises(draft, "NUM002")


def _counts(rng: Random, many: int = 3) -> tuple[list[str], list[int]]:
    return rng.sample(KINDS, many), [rng.randint(10, 90) for _ in range(many)]


def _listed(kinds: list[str], counts: list[int], between: str = "、") -> str:
    return between.join(f"{kind}{count}次" for kind, count in zip(kinds, counts, strict=True))


@operator
def exhaustive_list_off(draft: Draft, rng: Random) -> Mutation:
    """分别为 and 组成 leave nothing out."""
    kinds, counts = _counts(rng)
    off = rng.choice((-3, -1, 1, 40))
    frame = rng.choice(
        ("全年解答咨询{}次，分别为{}。", "全年解答咨询{}次，分为{}。", "全年{}次咨询由{}组成。")
    )
    _said(draft, frame.format(sum(counts) - off, _listed(kinds, counts)))
    return raises(draft, "NUM001" if off > 0 else "NUM002")


@operator
def total_behind_its_parts_off(draft: Draft, rng: Random) -> Mutation:
    kinds, counts = _counts(rng)
    off = rng.choice((-2, 2))
    _said(draft, f"解答咨询：{_listed(kinds, counts)}，共计{sum(counts) + off}次。")
    return raises(draft, "NUM001" if off < 0 else "NUM002")


@operator
def subtotal_off(draft: Draft, rng: Random) -> Mutation:
    """One figure wrong in two sums is one cause: a part exceeds or falls short of its own parts."""
    kinds, counts = _counts(rng)
    off = rng.choice((-2, -1, 1, 5))
    inner = rng.randint(1, counts[0] - 1)
    first = f"{kinds[0]}{counts[0] + off}次（电话{inner}次、现场{counts[0] - inner}次）"
    rest = _listed(kinds[1:], counts[1:], "；")
    _said(draft, f"全年解答咨询{sum(counts)}次，其中：{first}；{rest}。")
    return raises(draft, "NUM001")


@operator
def parts_in_a_bracket_off(draft: Draft, rng: Random) -> Mutation:
    kinds, counts = _counts(rng, 2)
    off = rng.choice((-1, 1))
    inner = rng.randint(2, counts[0] - 2)
    first = f"{kinds[0]}{counts[0]}次（电话{inner}次、现场{counts[0] - inner + off}次）"
    _said(draft, f"全年解答咨询{sum(counts)}次，其中{first}、{_listed(kinds[1:], counts[1:])}。")
    return raises(draft, "NUM001" if off > 0 else "NUM002")


def _shares_off(draft: Draft, rng: Random, places: int) -> Mutation:
    """Say three shares of a total, one of them by its last digit more than the quotient rounded."""
    kinds, counts = _counts(rng)
    wrong = rng.randrange(len(counts))
    total, unit = sum(counts), 10**places
    shares = []
    for place, count in enumerate(counts):
        # In units of the last digit, whole numbers only: cut off, or one more than rounded.
        cut = 100 * unit * count // total
        rounded = (200 * unit * count + total) // (2 * total)
        stated = rounded + 1 if place == wrong else cut
        shares.append(f"{kinds[place]}{count}次，占{stated / unit:.{places}f}%")
    between = rng.choice(("；", "，"))
    _said(draft, f"全年解答咨询{total}次，其中{between.join(shares)}。")
    return raises(draft, "NUM003")


@operator
def share_off_by_one(draft: Draft, rng: Random) -> Mutation:
    return _shares_off(draft, rng, 0)


@operator
def share_off_by_a_tenth(draft: Draft, rng: Random) -> Mutation:
    return _shares_off(draft, rng, 1)


@operator
def share_of_a_common_base_off(draft: Draft, rng: Random) -> Mutation:
    """Three shares of the count in the sentence before; the fourth is of no count there is."""
    total, counts = 800, [200, 160, 80, 40]
    stated = ["25", "20", "10", "5"]
    wrong = rng.randrange(4)
    stated[wrong] = str(int(stated[wrong]) + rng.randint(1, 9))
    items = zip(("解答", "转办", "存疑", "留待下年"), counts, stated, strict=True)
    listed = "；".join(f"{name}{count}次，占{share}%" for name, count, share in items)
    _said(draft, f"全年受理咨询{total}次。{listed}。")
    return raises(draft, "NUM003")


@operator
def completion_rate_wrong(draft: Draft, rng: Random) -> Mutation:
    received = rng.randint(20, 90)
    done = rng.randint(received // 2, received - 2)
    rate = rng.choice(("办结", "答复", "回复"))
    _said(draft, f"收到群众来信{received}封，{rate}{done}封，{rate}率100%。")
    return raises(draft, "NUM004")


@operator
def completion_rate_too_low(draft: Draft, rng: Random) -> Mutation:
    received = rng.randint(20, 90)
    _said(draft, f"收到群众来信{received}封，已办结{received}封，办结率为{rng.randint(90, 99)}%。")
    return raises(draft, "NUM004")


@operator
def one_thing_two_figures(draft: Draft, rng: Random) -> Mutation:
    first = rng.randint(8, 30)
    second = first + rng.choice((-3, -1, 2, 10))
    what = rng.choice(("召开新闻发布会{}场", "举办政府开放日{}场", "组织政务公开培训{}次"))
    _said(draft, f"全年共{what.format(first)}。", f"{draft.year}年，{what.format(second)}。")
    return raises(draft, "NUM005")


def _years(rng: Random) -> tuple[int, int]:
    """Return a figure of this year and a greater or smaller one of the year before."""
    last = rng.randint(40, 90)
    return last + rng.choice((-20, -10, 10, 30)), last


@operator
def growth_rate_wrong(draft: Draft, rng: Random) -> Mutation:
    this, last = _years(rng)
    word = "增长" if this > last else "下降"
    rate = 100 * abs(this - last) // last + rng.choice((-4, 3, 5))
    before = rng.choice(
        (f"上年解答咨询{last}次，全年解答咨询{this}次", f"全年解答咨询{this}次，上年为{last}次")
    )
    _said(draft, f"{before}，同比{word}{rate}%。")
    return raises(draft, "NUM006")


@operator
def growth_for_decline(draft: Draft, rng: Random) -> Mutation:
    this, last = _years(rng)
    word = "减少" if this > last else "增加"
    _said(draft, f"全年解答咨询{this}次，比上年{word}{abs(this - last)}次，上年为{last}次。")
    return raises(draft, "NUM006")


@operator
def difference_wrong(draft: Draft, rng: Random) -> Mutation:
    this, last = _years(rng)
    word = "增加" if this > last else "减少"
    _said(
        draft,
        f"全年解答咨询{this}次，比上年{word}{abs(this - last) + rng.choice((-3, 2))}次，上年为{last}次。",
    )
    return raises(draft, "NUM006")


@operator
def nothing_but_all_done(draft: Draft, rng: Random) -> Mutation:
    done = rng.choice(("均按时办结", "均已答复", "已全部办结", "答复率100%", "全部按规定办理完毕"))
    _said(draft, f"收到群众来信0封，{done}。")
    return raises(draft, "NUM007")
