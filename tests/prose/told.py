"""What the tables count, in sentences: applications, documents, decisions, review and litigation."""

from random import Random

from nianbao.testing.compliant_prose import Facts

from prose.grammar import Topic, Values, percent, split

WHEN = "[全年|{year}年，|{year}年度，|一年来，|本年度|年内|]"
REQUEST = "[政府信息公开申请|信息公开申请|依申请公开申请]"

# -- applications ----------------------------------------------------------------------------------------

_OUTCOMES = {
    "予以公开": "（一）",
    "部分公开": "（二）",
    "不予公开": "（三）",
    "无法提供": "（四）",
    "不予处理": "（五）",
    "其他处理": "（六）",
}
_ORGANISATIONS = {
    "商业企业": "business",
    "科研机构": "research",
    "社会公益组织": "welfare",
    "法律服务机构": "legal_services",
    "其他组织": "other",
}


def _row(facts: Facts, key: str, column: str = "total") -> int:
    return int(facts.cells.get(f"applications/{key}/{column}", "0"))


def outcomes(facts: Facts) -> dict[str, int]:
    """Return the counts of the six groups of outcomes, of which （七）总计 is the sum."""
    table = facts.form.table("applications")
    assert table is not None
    return {
        name: sum(
            _row(facts, row.key)
            for row in table.rows
            if (row.under + row.label).removeprefix(_ALL).startswith(numeral)
        )
        for name, numeral in _OUTCOMES.items()
    }


_ALL = "三、本年度办理结果"


def _requests(facts: Facts, rng: Random) -> Values:
    received, carried_in, closed, carried_out = (
        _row(facts, key) for key in ("received", "carried_in", "total", "carried_out")
    )
    person = _row(facts, "received", "natural_person")
    channels = split(
        received,
        rng.choice((("网络", "信函", "当面"), ("网上提交", "邮寄"), ("在线平台", "现场", "传真"))),
        "件",
        rng,
    )
    written = channels.written(rng) if received else {}
    groups = outcomes(facts)
    said = {name: count for name, count in groups.items() if count}
    organisations = {name: _row(facts, "received", key) for name, key in _ORGANISATIONS.items()}
    due = received + carried_in
    return {
        **{f"channels_{name}": text for name, text in written.items()},
        "received": received, "carried_in": carried_in, "closed": closed, "carried_out": carried_out, "due": due,
        "person": person, "body": received - person,
        "person_share": percent(person, received, rng) if received else "",
        "bodies": "、".join(f"{name}{count}件" for name, count in organisations.items() if count),
        "rate": percent(closed, due, rng) if due else "",
        "groups": "、".join(f"{name}{count}件" for name, count in groups.items()),
        "said": "、".join(f"{name}{count}件" for name, count in said.items()),
        "said_semicolon": "；".join(f"{name}{count}件" for name, count in said.items()),
        "said_shares": "，".join(f"{name}{count}件，占{percent(count, closed, rng)}" for name, count in said.items()),
        "granted": groups["予以公开"], "refused": groups["不予公开"], "unavailable": groups["无法提供"],
        "granted_share": percent(groups["予以公开"], closed, rng) if closed else "",
    }  # fmt: skip


def idle(facts: Facts) -> bool:
    """Return whether no one applied, and nothing was left from the year before."""
    return not any(_row(facts, key) for key in ("received", "carried_in", "total", "carried_out"))


def busy(facts: Facts) -> bool:
    """Return whether something came in and something was answered."""
    return bool(_row(facts, "received") and _row(facts, "total"))


def slack(facts: Facts) -> bool:
    """Return whether there was something to do, but nothing new or nothing done."""
    return not idle(facts) and not busy(facts)


def all_closed(facts: Facts) -> bool:
    """Return whether everything received was answered in the year."""
    return busy(facts) and not _row(facts, "carried_out") and not _row(facts, "carried_in")


def organisations_applied(facts: Facts) -> bool:
    """Return whether more than one of the applicants was no natural person."""
    return busy(facts) and _row(facts, "received") - _row(facts, "received", "natural_person") > 0


APPLICATIONS = (
    Topic(
        (
            f"{WHEN}[未|没有]收到{REQUEST}[，也没有上年结转和结转下年度的申请|]。",
            f"{WHEN}[收到|受理]{REQUEST}0件[，上年结转0件|]。",
            f"受理渠道[保持|始终]畅通，[全年|年内]没有收到{REQUEST}。",
            f"{REQUEST}[数量|]为零[，无结转下年度继续办理的申请|]。",
        ),
        _requests,
        when=idle,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            f"{WHEN}新收{REQUEST}{{received}}件，上年结转{{carried_in}}件，办结{{closed}}件，结转下年度继续办理{{carried_out}}件。",
        ),
        _requests,
        when=slack,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            f"{WHEN}[新收|收到|共收到|受理]{REQUEST}{{received}}件，上年结转{{carried_in}}件，[办结|办理完结|答复]{{closed}}件，结转下年度[继续办理|]{{carried_out}}件。",
            f"{WHEN}[新收|收到]{REQUEST}{{received}}件，[连同|加上]上年结转的{{carried_in}}件，[共|合计]{{due}}件；已[办结|答复]{{closed}}件，{{carried_out}}件结转下年度[继续办理|]。",
            f"{WHEN}[共|合计]办理{REQUEST}{{due}}件，其中新收{{received}}件、上年结转{{carried_in}}件。[办结|办理完结]{{closed}}件，结转下年度{{carried_out}}件。",
            f"上年结转{REQUEST}{{carried_in}}件，{{year}}年新收{{received}}件；[办结|已办结]{{closed}}件，年末[尚在|仍在]办理{{carried_out}}件。",
            f"{WHEN}[收到|新收]{REQUEST}{{received}}件（自然人{{person}}件、法人或其他组织{{body}}件），上年结转{{carried_in}}件，办结{{closed}}件。",
            f"[规范|严格]登记、审核、答复、送达[各环节|各个环节]，{WHEN}[收到|新收]{REQUEST}{{received}}件，其中自然人[提出|]{{person}}件[，占{{person_share}}|]。",
            f"{WHEN}应办理{REQUEST}{{due}}件，办结{{closed}}件，办结率[为|]{{rate}}[；结转下年度继续办理{{carried_out}}件|]。",
            f"{{year}}年[收到的|新收的]{REQUEST}共{{received}}件，[通过|按提交方式分，][{{channels_dun}}|{{channels_he}}]。",
            f"{WHEN}[收到|新收]{REQUEST}{{received}}件，[其中|其中，][通过|]{{channels_dun}}；办结{{closed}}件，结转下年度{{carried_out}}件。",
            f"{WHEN}[收到|新收]{REQUEST}{{received}}件，{{channels_resp}}。",
        ),
        _requests,
        when=busy,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            "[办理结果|答复结果|按办理结果统计]：[{said}|{said_semicolon}|{groups}]。",
            "办结的{closed}件[中|申请中]，[{said}|{groups}]。",
            f"[答复|办结]{REQUEST}{{closed}}件，[其中|其中，|分别为|包括]{{said}}。",
            "办结{closed}件（{said}）。",
            "予以公开{granted}件，占办结总数的{granted_share}。",
            "[本年度|{year}年]办结{closed}件，其中{said_shares}。",
            "[属于|依法作出]不予公开{refused}件、无法提供{unavailable}件[，均说明理由|，均告知救济途径|]。",
        ),
        _requests,
        when=busy,
        of_tables=True,
    ),
    Topic(
        (
            "{year}年[收到的申请|新收申请]已全部办结[，办结率100%|，没有结转下年度的申请|]。",
            "收到的{received}件申请[均已|全部]办结[，按时答复率100%|]。",
            "新收的{received}件均在法定期限内答复，[没有逾期|无逾期情形]。",
        ),
        _requests,
        when=all_closed,
        of_tables=True,
    ),
    Topic(
        (
            "[法人或其他组织|单位]提出的申请{body}件，其中{bodies}。",
            "法人或其他组织申请{body}件（{bodies}）。",
            "从申请人看，自然人{person}件、法人或其他组织{body}件[，合计{received}件|]。",
            "自然人申请{person}件，占新收总数的{person_share}，其余{body}件由法人或其他组织提出。",
        ),
        _requests,
        when=organisations_applied,
        of_tables=True,
    ),
    Topic(
        (
            "[更新|修订]公开指南中的受理地址和联系[电话|方式]，[安排专人值守|专人负责登记]。",
            "[答复文书|答复书]使用统一格式，[法制机构|法律顾问][逐件|逐份]审核。",
            "对内容不明确的申请，[先与申请人沟通再作答复|一次性告知需要补正的内容]。",
            "[健全|完善]登记、审核、答复、归档[流程|各环节]，[做到件件有记录|答复材料一案一卷]。",
            "[申请指南|申请表][可在网站下载|在大厅免费取用]，[办理时限|收费规定]一并公布。",
        ),
        _requests,
    ),
)


# -- documents -------------------------------------------------------------------------------------------


def _documents(facts: Facts, rng: Random) -> Values:
    values: dict[str, object] = {}
    for row in ("rules", "normative_documents"):
        columns = (
            ("made", "published", "public_total")
            if facts.form.name == "2019"
            else ("issued", "repealed", "in_force")
        )
        for name, column in zip(("new", "second", "stock"), columns, strict=True):
            values[f"{row}_{name}"] = facts.count(f"regulations/{row}/{column}")
    return values


def makes_rules(facts: Facts) -> bool:
    """Return whether the organ made 规章 or has some, on the form of 2021."""
    return facts.form.name == "2021" and facts.count("regulations/rules/in_force") > 0


def _form_2021(facts: Facts) -> bool:
    return facts.form.name == "2021"


def _form_2019(facts: Facts) -> bool:
    return facts.form.name == "2019"


def _no_documents(facts: Facts) -> bool:
    return _form_2021(facts) and not any(
        facts.count(f"regulations/normative_documents/{column}")
        for column in ("issued", "repealed", "in_force")
    )


DOCUMENTS = (
    Topic(
        (
            f"{WHEN}[制发|印发|出台]行政规范性文件{{normative_documents_new}}件，废止{{normative_documents_second}}件，[现行有效|年末现行有效]{{normative_documents_stock}}件。",
            f"行政规范性文件[集中公开|统一编号]，{WHEN}制发{{normative_documents_new}}件、废止{{normative_documents_second}}件[、现行有效{{normative_documents_stock}}件|]。",
            "[现行有效的|截至年末，现行有效的]行政规范性文件[共|为|]{normative_documents_stock}件，[{year}年|当年]制发{normative_documents_new}件、废止{normative_documents_second}件。",
            "[对|]行政规范性文件[进行|开展]清理，废止{normative_documents_second}件，[清理后|目前]现行有效{normative_documents_stock}件。",
            f"{WHEN}[共|]制发行政规范性文件{{normative_documents_new}}件[，均按规定备案|，均通过合法性审核|]。",
            "现行有效{normative_documents_stock}件行政规范性文件[，目录按季度更新|，全部提供下载|]。",
            "经合法性审核印发的行政规范性文件有{normative_documents_new}件，[宣布|]废止的行政规范性文件有{normative_documents_second}件。",
            "[以清单形式|按主题分类]公布行政规范性文件，[清单收录|库中共有]现行有效文件{normative_documents_stock}件。",
            "行政规范性文件“一件一码”：{year}年制发{normative_documents_new}件，废止{normative_documents_second}件。",
            "行政规范性文件的制发、废止[和|、]现行有效[件数|数量]分别为{normative_documents_new}件、{normative_documents_second}件[和|、]{normative_documents_stock}件。",
        ),
        _documents,
        when=_form_2021,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}制发规章{{rules_new}}件，废止{{rules_second}}件，现行有效规章{{rules_stock}}件[，均在网站公布|]。",
            "规章[和|、]行政规范性文件[统一公开|集中发布]：规章制发{rules_new}件、废止{rules_second}件、现行有效{rules_stock}件；行政规范性文件制发{normative_documents_new}件、废止{normative_documents_second}件、现行有效{normative_documents_stock}件。",
            f"{WHEN}[公布|出台]规章{{rules_new}}件[，同步发布起草说明|，公布前均向社会征求意见|]。",
            "[集中清理|对照上位法清理]规章，{year}年废止{rules_second}件，现行有效{rules_stock}件。",
            "规章库收录现行有效规章{rules_stock}件[，提供纯文本和图片两种格式下载|]。",
        ),
        _documents,
        when=makes_rules,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}新制作规范性文件{{normative_documents_new}}件，新公开{{normative_documents_second}}件，对外公开总数为{{normative_documents_stock}}件。",
            "[新制作|制作]规范性文件{normative_documents_new}件[、新公开规范性文件{normative_documents_second}件|]。",
            f"{WHEN}新公开规范性文件{{normative_documents_second}}件[，均附解读材料|，文本格式统一|]。",
            "[累计|总计]对外公开规范性文件{normative_documents_stock}件，[本年度|{year}年]新制作{normative_documents_new}件。",
            "规范性文件[上网率|公开率]100%[，其中{year}年新公开{normative_documents_second}件|]。",
            "规范性文件对外公开总数[达到|为]{normative_documents_stock}件，其中{year}年新公开{normative_documents_second}件。",
        ),
        _documents,
        when=_form_2019,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}[未|没有][制发|出台]行政规范性文件[，也没有废止的行政规范性文件|]。",
            f"{WHEN}制发、废止行政规范性文件[均为0件|均为零]。",
        ),
        _documents,
        when=_no_documents,
        of_tables=True,
    ),
)


# -- permits, penalties, charges -------------------------------------------------------------------------


def _decisions(facts: Facts, rng: Random) -> Values:
    values: dict[str, object] = {
        name: facts.count(f"{address}/decisions")
        for name, address in (
            ("permits", "permits/permits"),
            ("penalties", "penalties/penalties"),
            ("coercion", "penalties/coercion"),
        )
    }
    if facts.form.name == "2021":
        values["charges"] = facts.cells["charges/charges/amount"]
    return values


def _some_decisions(facts: Facts) -> bool:
    return all(facts.count(f"{key}/decisions") for key in ("permits/permits", "penalties/penalties"))


def _no_coercion(facts: Facts) -> bool:
    return not facts.count("penalties/coercion/decisions")


def _no_permits(facts: Facts) -> bool:
    return not facts.count("permits/permits/decisions")


def _charged(facts: Facts) -> bool:
    return facts.form.name == "2021" and facts.cells["charges/charges/amount"] != "0"


DECISIONS = (
    Topic(
        (
            f"{WHEN}[作出|办理]行政许可[处理决定|决定]{{permits}}件、行政处罚[处理决定|决定]{{penalties}}件、行政强制[处理决定|决定]{{coercion}}件。",
            "行政许可、行政处罚[和|、]行政强制[处理决定|决定]分别为{permits}件、{penalties}件[和|、]{coercion}件。",
            f"[双公示栏目|执法公示平台]{WHEN}公示行政许可决定{{permits}}件，行政处罚决定{{penalties}}件[，行政强制决定{{coercion}}件|]。",
            "行政许可[处理决定|决定]{permits}件，行政处罚[处理决定|决定]{penalties}件，自作出之日起[七个工作日|七日]内公示。",
            "执法决定[信息|]及时上网：行政许可{permits}件；行政处罚{penalties}件；行政强制{coercion}件。",
            f"{WHEN}行政处罚[案件|][处理决定|决定]数量为{{penalties}}件，行政强制[处理决定|决定]数量为{{coercion}}件。",
            f"{WHEN}[作出|]行政许可决定{{permits}}件[，结果全部公示|]。",
            f"{WHEN}[作出|]行政处罚决定{{penalties}}件[，具有一定社会影响的均已公开|]。",
        ),
        _decisions,
        when=_some_decisions,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}[没有|未]作出行政强制决定。",
            f"{WHEN}行政强制[处理决定|决定]0件。",
            "[全年|年内]未发生行政强制。",
            "执法中[坚持教育与强制相结合|慎用强制手段]，行政强制为零。",
        ),
        _decisions,
        when=_no_coercion,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}[没有|未]作出行政许可决定。",
            f"{WHEN}行政许可[处理决定|决定]0件。",
            "[所涉|本机关]许可事项[已划转行政审批部门|由上级机关办理]，全年未作出行政许可决定。",
        ),
        _decisions,
        when=_no_permits,
        of_tables=True,
    ),
    Topic(
        (
            f"{WHEN}行政事业性收费[金额|总额|]{{charges}}万元[，收费目录清单同步公布|]。",
            "[公布|公开]收费目录清单，{year}年[收取|征收]行政事业性收费{charges}万元。",
            "[减免政策落实到位|严格执行减免规定]，行政事业性收费{charges}万元[，全部缴入国库|]。",
            f"{WHEN}[收取|]行政事业性收费共{{charges}}万元。",
            "行政事业性收费[金额为|合计]{charges}万元[，标准和依据在网站公示|]。",
        ),
        _decisions,
        when=_charged,
        of_tables=True,
    ),
)


# -- review and litigation -------------------------------------------------------------------------------

CASES = "因政府信息公开工作"


def _cases(facts: Facts, rng: Random) -> Values:
    names = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
    values: dict[str, object] = {}
    for block in ("review", "direct", "after"):
        counts = {name: facts.count(f"review/cases/{block}_{key}") for key, name in names.items()}
        values[block] = facts.count(f"review/cases/{block}_total")
        values[f"{block}_results"] = "、".join(f"{name}{count}件" for name, count in counts.items())
        values[f"{block}_said"] = "、".join(f"{name}{count}件" for name, count in counts.items() if count)
    values["suits"] = facts.count("review/cases/direct_total") + facts.count("review/cases/after_total")
    both = {
        name: sum(facts.count(f"review/cases/{block}_{key}") for block in ("direct", "after"))
        for key, name in names.items()
    }
    values["suits_said"] = "、".join(f"{name}{count}件" for name, count in both.items() if count)
    return values


def _reviewed(facts: Facts) -> bool:
    return facts.count("review/cases/review_total") > 0


def _sued(facts: Facts) -> bool:
    return facts.count("review/cases/direct_total") + facts.count("review/cases/after_total") > 0


def _both(facts: Facts) -> bool:
    return _reviewed(facts) and _sued(facts)


def _only_reviewed(facts: Facts) -> bool:
    return _reviewed(facts) and not _sued(facts)


def _only_sued(facts: Facts) -> bool:
    return _sued(facts) and not _reviewed(facts)


def _no_case(facts: Facts) -> bool:
    return not _sued(facts) and not _reviewed(facts)


YEAR = "[{year}年，|{year}年度，|本年度，|]"
REVIEWED = f"[{CASES}被申请行政复议|政府信息公开行政复议案件|涉及政府信息公开的行政复议]{{review}}件"
SUED = "[被提起行政诉讼|行政诉讼案件|政府信息公开行政诉讼]{suits}件"
REVIEW = (
    Topic(
        (
            f"{YEAR}[没有|未]{CASES}被申请行政复议、提起行政诉讼[的情况|]。",
            f"{YEAR}[未发生|没有发生]政府信息公开行政复议、行政诉讼案件。",
            f"{YEAR}{CASES}被申请行政复议0件，被提起行政诉讼0件。",
            f"{YEAR}政府信息公开行政复议、行政诉讼均为0件。",
        ),
        _cases,
        when=_no_case,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            f"{YEAR}{REVIEWED}，{SUED}。",
            f"{YEAR}{REVIEWED}，其中{{review_said}}；{SUED}，其中{{suits_said}}。",
            f"{YEAR}{REVIEWED}（{{review_said}}）；{SUED}[，其中未经复议直接起诉{{direct}}件、复议后起诉{{after}}件|（未经复议直接起诉{{direct}}件，复议后起诉{{after}}件）]。",
            f"{YEAR}行政复议方面，[共|]{{review}}件，[分别为|其中]{{review_results}}。行政诉讼方面，[共|]{{suits}}件，其中{{suits_said}}。",
            f"{YEAR}[共有|]政府信息公开行政复议案件{{review}}件、行政诉讼案件{{suits}}件。",
            "[复议|行政复议]机关受理以[本机关|{organ}]为被申请人的政府信息公开行政复议{review}件；[法院受理的|]政府信息公开行政诉讼{suits}件。",
            "政府信息公开引发的行政复议[有|共]{review}件，[其结果为|结果：]{review_said}。引发的行政诉讼[有|共]{suits}件。",
        ),
        _cases,
        when=_both,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            f"{YEAR}{REVIEWED}，[未|没有]被提起行政诉讼。",
            f"{YEAR}{REVIEWED}，[其中|分别为]{{review_said}}；[没有|未发生]行政诉讼案件。",
            f"{YEAR}{REVIEWED}（{{review_said}}），行政诉讼0件。",
        ),
        _cases,
        when=_only_reviewed,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            f"{YEAR}[没有|未]{CASES}被申请行政复议；{SUED}。",
            f"{YEAR}{SUED}，其中未经复议直接起诉{{direct}}件、复议后起诉{{after}}件；[未|没有]被申请行政复议。",
            f"{YEAR}行政复议0件，{SUED}（{{suits_said}}）。",
        ),
        _cases,
        when=_only_sued,
        of_tables=True,
        due=True,
    ),
    Topic(
        (
            "[对败诉、被纠正的案件|案件办结后][逐案|及时]分析原因[，改进答复文书|]。",
            "[认真|依法]履行复议决定和生效裁判[，出庭应诉率达到要求|]。",
            "[邀请|请]法律顾问参与[答复|应诉|答辩]材料的[起草|审核]。",
        ),
        _cases,
        when=_reviewed,
    ),
)
