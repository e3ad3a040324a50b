"""The subjects that tables two, three and four count, and the words by which sentences name them.

A sentence is read word by word: one with words that are not listed here is not judged.
"""

from collections.abc import Mapping

from nianbao_grammar.records import NamedTuple


class Subject(NamedTuple):
    """Something that a table counts: the rule about it, its table, and the sums that a sentence may mean.

    A term is `row/column`, `-row/column` if subtracted, `group:予以公开/column` for the rows that the form
    prints under one heading. A sum with a term that the form of the report does not have is left out.
    """

    code: str
    table: str
    sums: tuple[tuple[str, ...], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _count(code: str, table: str, *sums: str) -> Subject:
    return Subject(code, table, tuple(tuple(terms.split()) for terms in sums))


_ORGANISATIONS = ("business", "research", "welfare", "legal_services", "other")
_GROUPS = ("不予公开", "无法提供", "不予处理", "其他处理")
_RESULTS = ("upheld", "corrected", "other", "pending")
_BLOCKS = {
    "review": ("review",),
    "litigation": ("direct", "after"),
    "direct": ("direct",),
    "after": ("after",),
}

# Results behind both are those of the last or of both: 直接起诉4件、复议后起诉2件，维持5件.
_SIDE_BY_SIDE = (("direct", "after"), ("review", "litigation"), ("litigation", "review"))

# Outcomes by the label of their row in table three, as far as the label is used for no other row.
ROWS: Mapping[str, str] = {
    "国家秘密": "state_secret",
    "其他法律行政法规禁止公开": "barred_by_law",
    "保护第三方合法权益": "third_party",
    "三类内部事务信息": "internal_affairs",
    "四类过程性信息": "process_information",
    "行政执法案卷": "enforcement_file",
    "行政查询事项": "administrative_enquiry",
    "补正后申请内容仍不明确": "still_unclear",
    "信访举报投诉类申请": "petition",
    "重复申请": "repeated",
    "要求提供公开出版物": "publication",
    "无正当理由大量反复申请": "excessive",
    "要求行政机关确认或重新出具已获取信息": "reissue",
}

# Their short names, beside which the words of their heading stand: 因本机关不掌握无法提供7件.
_REASONS: Mapping[str, str] = {
    **ROWS,
    "第三方合法权益": "third_party",
    "内部事务信息": "internal_affairs",
    "过程性信息": "process_information",
    "执法案卷": "enforcement_file",
    "本机关不掌握": "not_held",
    "本机关不掌握相关政府信息": "not_held",
    "本机关不掌握相关信息": "not_held",
    "不掌握相关信息": "not_held",
    "不掌握": "not_held",
    "没有现成信息": "to_be_created",
    "需要另行制作": "to_be_created",
    "没有现成信息需要另行制作": "to_be_created",
    "补正后仍不明确": "still_unclear",
    "信访举报投诉类": "petition",
}
OUTCOMES_BY_REASON: Mapping[str, str] = {
    f"{reason}{joined}{group}": row
    for reason, row in _REASONS.items()
    for joined in ("", "而", "的")
    for group in _GROUPS
}


def _received(*columns: str) -> Subject:
    """Return the subject of applications received in *columns*, with or without those carried in."""
    new = " ".join(f"received/{column}" for column in columns)
    both = " ".join(f"{row}/{column}" for column in columns for row in ("received", "carried_in"))
    return _count("TXT001", "applications", new, both)


def _applications() -> dict[str, Subject]:
    done = ("total/total", "total/total -carried_in/total")  # all, or of those received in the year
    outcomes = {
        "granted": "granted",
        "partly granted": "partly_granted",
        **{row: row for row in _REASONS.values()},
    }
    outcomes |= {group: f"group:{group}" for group in _GROUPS}
    return {
        "received": _received("total"),
        "due": _count("TXT001", "applications", "received/total carried_in/total"),
        # 办理 may mean the applications to handle, or those handled.
        "handled": _count(
            "TXT001", "applications", "received/total", "received/total carried_in/total", "total/total"
        ),
        **{f"received by {column}": _received(column) for column in ("natural_person", *_ORGANISATIONS)},
        "received by organisations": _received(*_ORGANISATIONS),
        "carried in": _count("TXT002", "applications", "carried_in/total"),
        "carried out": _count("TXT002", "applications", "carried_out/total"),
        "carried": _count("TXT002", "applications", "carried_out/total", "carried_in/total"),  # 结转 alone
        "closed": _count("TXT002", "applications", *done),
        # An application that is no longer handled is closed, but may be without an answer.
        "answered": _count(
            "TXT002",
            "applications",
            *done,
            "total/total -group:其他处理/total",
            "total/total -not_corrected/total -not_paid/total",
        ),
        **{key: _count("TXT003", "applications", f"{term}/total") for key, term in outcomes.items()},
        "all granted": _count(
            "TXT003", "applications", "granted/total", "granted/total partly_granted/total"
        ),
    }


def _cases() -> dict[str, Subject]:
    subjects = {}
    for cases, blocks in _BLOCKS.items():
        for key, column in ((cases, "total"), *((f"{cases} {result}", result) for result in _RESULTS)):
            subjects[key] = _count("TXT006", "review", _blocks(blocks, column))
        others = " ".join(_blocks(blocks, result) for result in ("corrected", "other"))
        subjects[f"{cases} not upheld"] = _count("TXT006", "review", others)
    for other, last in _SIDE_BY_SIDE:
        for result in _RESULTS:
            ways = (_blocks(blocks, result) for blocks in (_BLOCKS[last], _BLOCKS[other] + _BLOCKS[last]))
            subjects[f"{last} or {other} {result}"] = _count("TXT006", "review", *ways)
    return subjects


def _blocks(blocks: tuple[str, ...], column: str) -> str:
    return " ".join(f"cases/{block}_{column}" for block in blocks)


SUBJECTS: Mapping[str, Subject] = {
    **_applications(),
    **{
        f"{kind} {key}": _count("TXT004", "regulations", f"{row}/{key}")
        for kind, row in (("documents", "normative_documents"), ("rules", "rules"))
        for key in ("issued", "repealed", "in_force", "made", "published", "public_total")
    },
    "permits": _count("TXT005", "permits", "permits/decisions"),
    "penalties": _count("TXT005", "penalties", "penalties/decisions"),
    "coercion": _count("TXT005", "penalties", "coercion/decisions"),
    "charges": _count("TXT005", "charges", "charges/amount"),
    **_cases(),
}

# -- topics ----------------------------------------------------------------------------------------------

_ASKED = _words(
    "政府信息依申请公开申请 依申请公开政府信息申请 政府信息公开申请 依申请信息公开申请 "
    "政府信息公开的申请 依申请公开申请 信息公开申请 依申请公开政府信息 依申请公开信息 公开政府信息的申请 "
    "政府信息依申请公开 依申请信息公开 申请公开政府信息 要求公开政府信息的申请 依申请公开 公开申请"
)
# An application is also called 申请件, 依申请公开事项, 依申请公开请求; the longer names are first.
APPLICATIONS = tuple(
    sorted(
        {name + end for name in _ASKED for end in ("", *_words("件 办件 办理件 事项 办理事项 请求"))},
        key=lambda name: (-len(name), name),
    )
)
CASES = ("review", "litigation", "direct", "after")
DECISIONS = ("permits", "penalties", "coercion")
DOCUMENTS = ("documents", "rules")
# If one name contains another, the longer one is first.
NAMES: Mapping[str, str] = {
    **dict.fromkeys(APPLICATIONS, "applications"),
    "行政规范性文件": "documents",
    "规范性文件": "documents",
    "政府规章": "rules",
    "规章": "rules",
    "行政许可": "permits",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": "charges",
    "未经复议直接提起行政诉讼": "direct",
    "未经复议直接起诉": "direct",
    "直接提起行政诉讼": "direct",
    "直接提起诉讼": "direct",
    "直接起诉": "direct",
    "复议后提起行政诉讼": "after",
    "复议后起诉": "after",
    "行政复议申请": "review",
    "行政复议案件": "review",
    "行政复议": "review",
    "复议": "review",
    "行政诉讼案件": "litigation",
    "行政诉讼": "litigation",
    "诉讼案件": "litigation",
    "诉讼": "litigation",
}
# Other things that an office counts, answers and publishes: after one of these a sentence is not about the tables.
FOREIGN = _words(
    "提案 建议 议案 信件 来信 信箱 留言 咨询 热线 诉求 工单 来访 来电 投诉 举报 培训 会议 问卷 "
    "解读 公文 稿 办件 事项 群众 问题 补正 意见 网民 提问 舆情 党内规范性文件 "
    "部门规范性文件 部门规章 政策性文件 政策文件 制度 办法 草案 双公示 审查 备案 社会评议 服务 "
    "便民 12345 政务新媒体"
)
# These contain one of those words, but are about an application or a document.
NOT_FOREIGN = _words(
    "信访举报投诉类申请 行政查询事项 三类内部事务信息 补正后申请内容仍不明确 合法性审查 保密审查 "
    "事项清单 均按规定备案 法律服务机构"
)

# -- verbs and other words of a sentence -----------------------------------------------------------------

VERBS: Mapping[str, Mapping[str, str]] = {
    "applications": {
        **dict.fromkeys(
            _words(
                "收到 接到 接收 受理 收 新收 新收到 新接收 新受理 新增 登记 登记受理 收到并受理 收到和受理 "
                "接收受理"
            ),
            "received",
        ),
        **dict.fromkeys(("", "办理", "处理", "受理办理"), "handled"),
        **dict.fromkeys(("办结", "办理完结", "办理完毕", "办毕", "处理完毕", "完成办理"), "closed"),
        **dict.fromkeys(("答复", "回复", "予以答复", "办复", "答复办结"), "answered"),
        "予以公开": "granted",
        "部分公开": "partly granted",
        "予以部分公开": "partly granted",
        **{group: group for group in _GROUPS},
    },
    "documents": {
        **dict.fromkeys(("制发", "制定", "印发", "出台", "新制发", "新制定", "新出台", "制定出台"), "issued"),
        **dict.fromkeys(("新制作", "制作"), "made"),
        "废止": "repealed",
        "现行有效": "in_force",
        "新公开": "published",
        **dict.fromkeys(("对外公开总数", "对外公开总数量", "累计对外公开", "总计对外公开"), "public_total"),
    },
    "cases": {
        **dict.fromkeys(("结果维持", "维持", "维持原行政行为"), "upheld"),
        **dict.fromkeys(("结果纠正", "纠正", "被纠正"), "corrected"),
        "其他结果": "other",
        **dict.fromkeys(("尚未审结", "未审结", "正在审理", "尚在审理"), "pending"),
    },
}
# The form of 2019 counts 制发 as 新制作.
OF_2019: Mapping[str, str] = {"documents issued": "documents made", "rules issued": "rules made"}
APPLICANTS: Mapping[str, str] = {
    "自然人": "received by natural_person",
    "商业企业": "received by business",
    "科研机构": "received by research",
    "社会公益组织": "received by welfare",
    "法律服务机构": "received by legal_services",
    "法人或其他组织": "received by organisations",
    "法人和其他组织": "received by organisations",
}
DECIDED = ("处理决定", "决定")
DECIDED_BY = ("作出", "做出", "实施", "下达")
# Words before 行政复议 and 行政诉讼 that do not make them other cases.
ABOUT_CASES = _words(
    "政府信息公开 信息公开 依申请公开 法院受理 复议机关受理 工作 申请 答复 方面 涉及 关于 有关 就 "
    "相关 引发 引起 导致 发生 产生 出现 收到 提起 提出 案件 而 被 因 的 类"
)
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("applications", "review"), "件宗份起例个"),
    "regulations": "件部份个",
    **dict.fromkeys(("permits", "penalties"), "件宗起例次"),
    "charges": "元",
}

# Words that do not change the subject: before it, and between it and the figure.
BEFORE = (
    *_words(
        "截至年末 截至年底 报告期内 本行政机关 本机关 本单位 本部门 本年度 全年度 一年来 年度内 全年 "
        "本年 今年 当年 年内 年末 年底 目前 期内 共计 合计 总共 一共 按照规定 按规定 "
        "经合法性审核 依法 依规 及时 认真 妥善 实际 宣布 从申请人看 从办理结果看 办理结果中 答复结果中 处理结果中 办理结果 "
        "答复结果 其结果为 分别为 其中 同时 另外 还有 连同 加上 包括 包含 清理后 已经 "
        "主要 全部 已 均 共 另 还 也 并 且 及 和 与 含 即 有 为 以 ， , ： : 、"
    ),
    " ",
    "\u3000",
)
AFTER = (
    *_words("合计 总计 分别 数量 总数 总量 件数 情况 达到 累计 共 计 为 有 达 是 均 各 都 了 的 ： : ， ,"),
    " ",
    "\u3000",
)
# A figure followed by one of these counts the subject before it.
HARMLESS_TAILS = _words("均 都 全部 已 和 及 与 并 以及 占 较 比 同比 且 按 依法 等 在 中 。")
