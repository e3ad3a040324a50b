"""Part five, problems and what was done about them, and part six, fees and what else there is to say."""

from random import Random

from nianbao.testing.compliant_prose import Facts

from prose.grammar import Topic, Values, pick

# -- problems --------------------------------------------------------------------------------------------

# A problem, what was done about it in the year, and what is planned.
TROUBLES = (
    ("[部分|个别]栏目更新不够及时", "[建立|实行]栏目更新提醒制度", "[每月核查|按月通报]栏目更新情况"),
    (
        "政策解读形式[比较|较为]单一",
        "增加图解、短视频和现场讲解",
        "[请起草人员直接解读|扩大多媒体解读的比例]",
    ),
    ("[基层|新进]工作人员业务不够熟练", "编印答复范例，组织跟班学习", "[定期开展案例讨论|分批轮训业务人员]"),
    ("线下公开专区利用率[不高|偏低]", "在专区配备引导人员", "[增加自助查询设备|把专区延伸到村和社区]"),
    ("答复文书说理[不够充分|不足]", "引入法律顾问审核答复文书", "[完善答复文书样本|开展答复文书互查]"),
    ("历史信息归档整理[不够完整|滞后]", "分年度补录旧档", "[统一编制索引|继续核对档案目录]"),
    (
        "公开内容与群众需求[还有差距|对接不够精准]",
        "开展公开需求调查",
        "[按季度更新公开事项清单|根据调查结果调整公开重点]",
    ),
    ("各单位公开工作进展不平衡", "对进度较慢的单位上门指导", "[完善协调机制|交流推广先行单位的做法]"),
    ("信息检索[不够便捷|结果不够准确]", "优化网站检索功能", "[规范信息标题和关键词|接入智能检索]"),
    (
        "[重大项目|民生领域]信息公开的深度不够",
        "细化[重大项目|民生领域]公开事项",
        "[公布实施过程中的阶段信息|增加结果信息的公开]",
    ),
)

_NUMBERINGS = (
    ("一是", "二是", "三是"),
    ("第一，", "第二，", "第三，"),
    ("1.", "2.", "3."),
    ("（1）", "（2）", "（3）"),
)


def _troubles(facts: Facts, rng: Random) -> Values:
    chosen = rng.sample(TROUBLES, rng.choice((2, 2, 3)))
    numbering = rng.choice(_NUMBERINGS)
    columns = [[pick(text, rng) for text in column] for column in zip(*chosen, strict=True)]
    problems, done, plans = columns

    def numbered(items: list[str]) -> str:
        return "；".join(number + item for number, item in zip(numbering, items, strict=False))

    return {
        "problems": numbered(problems),
        "problem_list": "、".join(problems),
        "done": numbered(done),
        "done_list": "，".join(done),
        "plans": numbered(plans),
        "plan_list": "，".join(plans),
        "measures": numbered([f"{did}，{plan}" for did, plan in zip(done, plans, strict=True)]),
        "pairs": "\n".join(
            f"{number}针对{problem}的问题，已{did}；下一步{plan}。"
            for number, problem, did, plan in zip(numbering, problems, done, plans, strict=False)
        ),
        "n": {2: "两", 3: "三"}[len(chosen)],
        "organ": facts.organ,
    }


REVIEWED = "[{before}年[提出|查找|列出]的问题[已完成整改|已逐项整改]。|对上一年度[查找的不足|提出的整改事项]，[逐项整改，均已见效|已整改到位]。]"
PROBLEMS = (
    Topic(
        (
            f"{REVIEWED}[{{year}}年，|对照群众期待，|]工作中[还|仍|]存在[以下|一些]问题：{{problems}}。\n改进情况：{{measures}}。",
            f"[存在的|]主要问题[有|是]：{{problems}}。{REVIEWED}\n[下一步|今后]，[将|重点]从以下方面改进：{{plans}}。",
            "[对照《条例》要求|对照先进地区]，还存在{problem_list}等[问题|不足]。\n[针对上述问题，已|针对以上问题，已]{done_list}。[{next}年，将{plan_list}。|下一步，将{plan_list}。]",
            "（一）存在的[主要|]问题\n{problems}。\n（二）改进情况\n[已采取的改进措施|改进措施]：{measures}。",
            "[存在的不足|主要不足]：{problems}。\n[改进情况|整改情况]：{done}。\n[{next}年打算|下一步打算]：{plans}。",
            f"{{year}}年，[政府信息公开工作取得了进展|公开工作有所进步]，但[仍|还]存在[以下|]{{n}}方面[的|]问题：{{problems}}。{REVIEWED}\n[将采取以下改进措施|改进措施如下]：{{measures}}。",
            "{pairs}",
            "{pairs}\n[{before}年查找的问题均已整改。|{before}年的整改事项已办结。]",
            "[面对|对照]群众[的新期待|日益增长的信息需求]，{problem_list}，[这些方面|以上各项]还有不足。\n为此，[已|已经]{done_list}。[今后|下一步]{plan_list}。",
            f"{REVIEWED}[当前|目前]的[薄弱环节|短板]：{{problems}}。\n[改进情况|改进措施]如下：{{measures}}。",
            "[从日常检查看|通过自查发现]，[主要有|存在]{n}个问题：{problems}。\n[对此|对这些问题]，已{done_list}。\n{next}年[将着力|将继续]做好以下工作：{plans}。",
            "问题：{problem_list}。\n改进：已{done_list}。\n打算：{plan_list}。",
            f"[{{organ}}|本机关]在{{year}}年工作中[查找出|发现][如下|以下]差距：{{problems}}。{REVIEWED}\n[将从|拟从]{{n}}方面[加以改进|整改]：{{plans}}。",
            "（一）主要问题。{problems}。\n（二）改进情况。{done}。\n（三）下一步安排。{plans}。",
            "[{year}年|一年来]，公开工作[有序推进|平稳开展]，[同时也要看到|但也应看到]，{problem_list}[，与上级要求还有距离|，离群众期盼还有差距]。\n[整改工作已见成效|整改已经展开]：{done}。{next}年[拟|计划]{plan_list}。",
            "[上年|上一年度]问题整改情况：[全部完成整改|均已整改到位]。\n{year}年存在的问题：{problems}。\n改进[措施|办法]：{plans}。",
            "不足之处[主要|集中]体现在{n}点：{problems}。\n改进情况也有{n}点：{measures}。",
            f"[总的看|总体看]，{{problem_list}}[仍是短板|的问题仍然存在]。{REVIEWED}\n{{next}}年，{{organ}}将[有针对性地|逐项]改进：{{plans}}。",
        ),
        _troubles,
        due=True,
    ),
)


# -- other matters ---------------------------------------------------------------------------------------


def _fees(facts: Facts, rng: Random) -> Values:
    paid, unpaid = rng.randint(2, 6), _unpaid(facts)
    return {"paid": paid, "notices": paid + unpaid, "unpaid": unpaid, "yuan": 100 * paid}


def _unpaid(facts: Facts) -> int:
    return int(facts.cells.get("applications/not_paid/total", "0"))


def _fee_due(facts: Facts) -> bool:
    return facts.form.name == "2021"


def _no_notice(facts: Facts) -> bool:
    return _fee_due(facts) and not _unpaid(facts) and not _pays(facts)


def _nothing_paid(facts: Facts) -> bool:
    return _fee_due(facts) and bool(_unpaid(facts)) and not _pays(facts)


def _pays(facts: Facts) -> bool:
    """Return whether someone paid: in a part of the reports of organs to which charges came in at all."""
    return _fee_due(facts) and facts.cells["charges/charges/amount"][-1:] in "123"


YEAR = "[{year}年，|{year}年度，|本年度|全年]"
RULE = "[依据|按照|根据]《政府信息公开信息处理费管理办法》，"
OTHER = (
    Topic(
        (
            f"{YEAR}[本机关|][未收取|没有收取]信息处理费。",
            f"{RULE}{YEAR}未发出收费通知，[未收取|没有收取]信息处理费。",
            f"信息处理费收取情况：{YEAR}[没有收取|未收取]信息处理费。",
            f"{YEAR}[没有|未]产生信息处理费[，收费金额为0元|]。",
            f"{YEAR}收取信息处理费0元。",
            "[在信息处理费方面|关于信息处理费]，[本机关|]{year}年[没有|未]发生收费。",
        ),
        _fees,
        when=_no_notice,
        due=True,
    ),
    Topic(
        (
            f"{YEAR}[本机关|][未收取|没有收取]信息处理费[，对逾期未缴费的{{unpaid}}件申请不再处理|]。",
            f"{RULE}{YEAR}发出收费通知{{unpaid}}件，[申请人均逾期未缴费|均未缴纳]，未收取信息处理费。",
        ),
        _fees,
        when=_nothing_paid,
        due=True,
    ),
    Topic(
        (
            f"{RULE}{YEAR}发出收费通知{{notices}}件，[实际|]收取信息处理费{{yuan}}元。",
            f"{YEAR}[共|]收取信息处理费{{yuan}}元[，已全额上缴国库|，均按件计收|]。",
            "信息处理费收取情况：{year}年[按件|]计收{paid}件，[共|合计]收取信息处理费{yuan}元。",
            f"{RULE}{{year}}年对超出合理范围的{{paid}}件申请计收信息处理费，金额[为|共]{{yuan}}元。",
        ),
        _fees,
        when=_pays,
        due=True,
    ),
    Topic(
        (
            "[没有|无]其他需要报告的事项。",
            "除上述内容外，无其他需要报告的事项。",
            "{year}年没有需要另行报告的事项。",
            "[政务公开|]年度工作要点所列任务[已全部落实|均已完成][，落实情况在门户网站公布|]。",
            "[全年|{year}年]办理人大代表建议和政协委员提案的答复文件[均已|全部]按规定公开。",
            "[落实|对照]年度工作要点，[细化|分解]任务，[责任到岗|明确到科室]，[年底前全部完成|任务已全部完成]。",
            "[本报告|报告全文]在门户网站[公开专栏|首页]发布[，公众可下载查阅|]。",
        ),
        _fees,
    ),
)
