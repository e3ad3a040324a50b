"""Each word by which the parts of a count are told from what is no part, and read as one way to divide it."""

from typing import Any

import pytest
from nianbao.prose.sentences import Breakdown, Undecided, breakdowns


def parts(text: str) -> Any:
    """Return (total, [parts]) of the one breakdown of *text*, the reason if it is undecided."""
    (found,) = breakdowns(text)
    if isinstance(found, Undecided):
        return found.reason.zh
    return int(found.total.value), [int(figure.value) for figure in found.figures]


# -- one way to divide -----------------------------------------------------------------------------------------

APPLICANTS = ("自然人", "法人", "企业", "科研机构", "公益组织", "法律服务机构", "公民", "个人")
OUTCOMES = (
    *("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "结转", "办结", "答复", "撤回", "补正"),
    "同意公开",
)  # fmt: skip
CHANNELS = (
    *("网络", "网上", "在线", "信函", "邮寄", "邮政", "当面", "现场", "电话", "邮件", "传真", "窗口", "平台提交"),
    "信件",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((word, "网上提交") for word in APPLICANTS),
        *((word, "自然人") for word in OUTCOMES),
        *((word, "自然人") for word in CHANNELS),
    ],
)
def test_by_applicant_by_outcome_and_by_channel_are_different_ways(one: str, other: str) -> None:
    assert parts(f"收到申请12件，其中{one}12件、{other}12件。") == "分项按不止一种标准划分"


def test_what_was_carried_over_is_no_outcome() -> None:
    assert parts("办理申请12件，其中上年结转2件、网上提交10件。") == (12, [2, 10])


# -- what is said of a part, and is none -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *("和已办结", "及已办结", "与已办结", "并已办结", "均办结", "全部办结", "全办结", "按期办结", "按时办结"),
        *("及时办结", "依法办结", "共办结", "都办结", "目前办结", "现办结", "已办理", "已答复", "已回复", "已办复"),
        *("已处理", "已完成", "已解决", "已采纳", "已解答", "已反馈", "已整改", "已落实", "已回应", "办结了"),
        "办结完毕",
    ],
)  # fmt: skip
def test_how_far_a_part_has_come_is_no_part(words: str) -> None:
    text = f"共办理30件。其中：建议18件，{words}18件；提案12件，{words}12件。"
    assert parts(text) == (30, [18, 12])


def test_a_rate_without_its_sign_is_no_part() -> None:
    text = "共办理30件。其中：建议18件，办结率为100；提案12件，办结率为100。"
    assert parts(text) == (30, [18, 12])


# -- where the list ends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *(
            "共",
            "累计",
            "合计",
            "总计",
            "总共",
            "全年",
            "年内",
            "今年",
            "本年",
            "2021年",
            "２０２１年",
            "此外",
        ),
        *("另外", "同时", "另"),
    ],
)
def test_the_account_of_something_else_is_no_part(word: str) -> None:
    assert parts(f"接受咨询50次，其中电话30次，现场20次，{word}接待300次。") == (50, [30, 20])


@pytest.mark.parametrize(
    "noun", ["共同体", "共享平台", "共建项目", "共和镇", "共青团", "共通事项", "共性问题"]
)
def test_nouns_that_begin_as_a_new_account_does(noun: str) -> None:
    assert parts(f"公开信息212条，其中动态143条，{noun}69条。") == (212, [143, 69])


@pytest.mark.parametrize(
    "words",
    [
        *("收到来信", "受理来信", "办结来信", "办理来信", "答复来信", "回复来信", "召开会议形成纪要", "举办活动征集建议"),
        *("开展活动征集建议", "组织活动征集建议", "制定措施", "制发措施", "印发通知", "处理投诉", "接待来访", "结转来信"),
        *("已办结来信", "均办结来信", "并办结来信", " 办结来信"),
    ],
)  # fmt: skip
def test_an_act_of_its_own_is_no_part(words: str) -> None:
    assert parts(f"公开信息212条，其中动态143条，目录69条；{words}11条。") == (212, [143, 69])


# -- a total behind its parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *(
            "共计",
            "合计",
            "总计",
            "总共",
            "一共",
            "共",
            "以上合计",
            "上述合计",
            "以上两项合计",
            "以上三项合计",
        ),
        *("以上四项合计", "各项合计", "以上几项合计", "二者合计", "两者合计", "三者合计"),
    ],
)
def test_each_way_to_add_up(words: str) -> None:
    assert parts(f"动态143条，目录69条，{words}212条。") == (212, [143, 69])


# -- 分别 and the words before it --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", " ", "数量", "件数", "条数"])
def test_the_parts_of_a_total_one_by_one(words: str) -> None:
    assert parts(f"公开信息212条，{words}分别为动态143条、目录69条。") == (212, [143, 69])


@pytest.mark.parametrize("colon", [":", "："])
def test_a_cue_with_a_colon_has_all_up_to_the_end_for_its_list(colon: str) -> None:
    text = f"公开信息212条，其中{colon}动态143条，目录67条；指南2条。"
    assert parts(text) == (212, [143, 67, 2])


@pytest.mark.parametrize("sign", [*"，,：:"])
def test_either_of_two_totals_that_a_sign_parts_may_be_meant(sign: str) -> None:
    (found,) = breakdowns(f"收到申请12件{sign}办结11件，其中予以公开8件、部分公开3件。")
    assert isinstance(found, Undecided)
    assert {int(reading.total.value) for reading in found.readings} == {11, 12}


# -- a sentence that goes on to divide -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        *((word, "") for word in ("其中", " 其中", "　其中", "内有", "分别为", "主要包括", "主要涉及", "主要有")),
        *(("主要为", ""), ("包括", ""), ("由", "组成")),
    ],
)  # fmt: skip
def test_the_parts_may_be_in_the_sentence_behind(begun: str, ended: str) -> None:
    (found,) = breakdowns(f"公开信息212条。{begun}动态143条、目录69条{ended}。")
    assert isinstance(found, Breakdown)
    assert [int(figure.value) for figure in found.figures] == [143, 69]
    assert found.total.value == 212
