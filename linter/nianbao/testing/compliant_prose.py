"""The prose of compliant reports, in words of our own: several ways to say each thing, invented places."""

from collections.abc import Mapping, Sequence
from random import Random

from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Form
from nianbao.report.issuer import Level

ORGANS: dict[Level, tuple[str, ...]] = {
    "township": ("青禾县云岭镇人民政府", "柳溪乡人民政府", "云溪区石桥街道办事处", "望川县白塔镇人民政府", "岭下乡人民政府"),
    "bureau": ("青禾县财政局", "临川市教育局", "云溪区卫生健康局", "望川县发展和改革局", "临川市水利局"),
    "county": ("青禾县人民政府", "云溪区人民政府", "望川县人民政府", "临川市南浦区人民政府", "金沙旗人民政府"),
    "city": ("临川市人民政府", "澄川市人民政府", "云朔自治州人民政府", "长洲市人民政府"),
    "province": ("海岚省人民政府", "岭西省人民政府", "朔北自治区人民政府"),
    "ministry": ("国家航道管理局", "国家典籍署", "国家林火监测局", "国家邮路委员会"),
}  # fmt: skip


class Facts(NamedTuple):
    """The facts that the prose of one report states, its table figures included."""

    form: Form
    level: Level
    organ: str
    government: bool
    year: int
    cells: Mapping[str, str]

    def count(self, address: str) -> int:
        """Return the figure at *address*."""
        return int(self.cells[address])


def title(facts: Facts, rng: Random) -> str:
    """Return a title in one of the wordings that name organ, year and 政府信息公开工作年度报告."""
    return rng.choice(
        (
            "{organ}{year}年政府信息公开工作年度报告",
            "{organ}{year}年度政府信息公开工作年度报告",
            "{year}年{organ}政府信息公开工作年度报告",
            "{organ}\n{year}年政府信息公开工作年度报告",
        )
    ).format(organ=facts.organ, year=facts.year)


_OPENINGS = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和{notice}要求，{organ}编制本报告。",
    "本报告依照《中华人民共和国政府信息公开条例》（以下简称《条例》），按照{notice}规定的格式编制，由{organ}公布。",
    "按照《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）第五十条和{notice}，现公布{organ}{year}年政府信息公开工作情况。",
    "为落实《中华人民共和国政府信息公开条例》（以下简称《条例》）关于年度报告的规定，{organ}对照{notice}，汇总各方面情况形成本报告。",
)
_NOTICES = {
    "2021": (
        "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
        "国办公开办函〔2021〕30号文件",
    ),
    "2019": (
        "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
        "国办公开办函〔2019〕60号文件",
    ),
}
_PERIODS = (
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "报告中的数据统计期限为{year}年1月1日至12月31日。",
    "统计时间为{year}年1月1日—12月31日。",
    "所列数据的统计时限从{year}年1月1日到12月31日止。",
    "本报告内容涵盖{year}年1月1日至{year}年12月31日期间的工作。",
)
_CONTENTS = (
    "全文由{titles}{count}部分组成。",
    "报告包括{titles}，共{count}个部分。",
)

CONTACTS = (
    "公众如对本报告有疑问，可与政务公开工作机构联系（电话：5550126）。",
    "本报告电子版可在门户网站“政府信息公开”专栏下载，查询地点为政务服务中心三楼。",
)


def preamble(facts: Facts, rng: Random, *, contents: bool) -> dict[str, str]:
    """Return the sentences of a preamble; `{titles}` and `{count}` are left for the writer to fill in."""
    notice = rng.choice(_NOTICES[facts.form.name])
    values = {"organ": facts.organ, "year": facts.year, "notice": notice}
    sentences = {
        "opening": rng.choice(_OPENINGS).format_map(values),
        "contents": rng.choice(_CONTENTS),
        "period": rng.choice(_PERIODS).format_map(values),
    }
    if not contents:
        del sentences["contents"]
    return sentences


_HEADINGS: tuple[dict[str, str], ...] = (
    {
        "proactive": "主动公开方面",
        "on_request": "依申请公开方面",
        "management": "政府信息管理方面",
        "platform": "政府信息公开平台建设方面",
        "supervision": "监督保障方面",
    },
    {
        "proactive": "主动公开",
        "on_request": "依申请公开",
        "management": "政府信息管理",
        "platform": "平台建设",
        "supervision": "监督保障",
    },
    {
        "proactive": "主动公开情况",
        "on_request": "依申请公开情况",
        "management": "政府信息管理情况",
        "platform": "政府信息公开平台建设情况",
        "supervision": "监督保障情况",
    },
)
_OVERVIEW = (
    "{year}年，{organ}认真执行《条例》，把公开贯穿决策、执行、管理、服务和结果各环节，较好完成了全年任务。",
    "{year}年，{organ}围绕中心工作推进政务公开，注重公开实效，群众办事查询更加方便。",
    "一年来，{organ}按照上级部署细化公开任务，明确责任分工，各项工作有序开展。",
    "{year}年，{organ}以群众需求为导向，规范公开内容，改进公开方式，公开质量稳步提高。",
)


def overview(facts: Facts, rng: Random, style: int) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the paragraphs of 总体情况 and its five aspects as (heading, text)."""
    headings = _HEADINGS[style % len(_HEADINGS)]
    stop = rng.choice(("。", "。", ""))
    texts = {
        "proactive": _proactive(facts, rng),
        "on_request": _on_request(facts, rng),
        "management": rng.choice(_MANAGEMENT).format(n=rng.randint(2, 9)),
        "platform": rng.choice(_PLATFORM).format(n=rng.randint(2, 9), m=rng.randint(12, 480)),
        "supervision": _supervision(facts, rng),
    }
    opening = rng.choice(_OVERVIEW).format(year=facts.year, organ=facts.organ)
    return [opening], [(headings[key] + stop, text) for key, text in texts.items()]


_PROACTIVE = (
    "全年主动公开政府信息{total}条，其中{kinds}。围绕{topic}发布解读材料{guides}篇，用图表和短片说明政策要点。{documents}",
    "对照公开目录逐项更新内容，发布各类政府信息{total}条，分别为{kinds}。{documents}就{topic}答复群众留言{guides}条。",
    "坚持应公开尽公开，按时公布预算决算、重大项目和公共服务事项，全年发布政府信息{total}条，其中{kinds}。{documents}",
    "聚焦{topic}，及时公布标准、程序和办理结果。全年发布政府信息{total}条，其中{kinds}；发布政策解读{guides}篇。{documents}",
    "重大行政决策作出前向社会公布草案{guides}次，并反馈意见采纳情况。全年主动公开政府信息{total}条，分别为{kinds}。{documents}",
)
_KINDS = ("工作动态", "政策文件", "公告公示", "财政信息", "办事指南", "民生保障信息")
_TOPICS = ("稳岗就业", "义务教育招生", "优化营商环境", "养老服务", "乡村道路建设", "医疗保障")


def _proactive(facts: Facts, rng: Random) -> str:
    kinds = rng.sample(_KINDS, rng.choice((2, 3)))
    if facts.form.name == "2019":  # its tables have a row for the services that a guide is for
        kinds = [kind.replace("办事指南", "办事服务") for kind in kinds]
    counts = [rng.randint(6, 160) for _ in kinds]
    listed = [f"{kind}{count}条" for kind, count in zip(kinds, counts, strict=True)]
    values = {
        "total": sum(counts),
        "kinds": "、".join(listed),
        "topic": rng.choice(_TOPICS),
        "guides": rng.randint(2, 30),
        "documents": _documents(facts, rng),
    }
    return rng.choice(_PROACTIVE).format_map(values)


def _documents(facts: Facts, rng: Random) -> str:
    address = "regulations/normative_documents"
    if facts.form.name == "2019":
        values = [facts.count(f"{address}/{key}") for key in ("made", "published", "public_total")]
        if not any(values):
            return ""
        return "新制作规范性文件{}件，新公开{}件，对外公开总数为{}件。".format(*values)
    values = [facts.count(f"{address}/{key}") for key in ("issued", "repealed", "in_force")]
    if not any(values):
        return rng.choice(("", "全年未制发行政规范性文件。"))
    return rng.choice(
        (
            "全年制发行政规范性文件{}件，废止{}件，现行有效{}件。",
            "行政规范性文件集中公开，全年制发{}件、废止{}件，年末现行有效{}件。",
        )
    ).format(*values)


_IDLE = (
    "受理渠道保持畅通，申请指南和申请表可在网站下载。全年未收到政府信息公开申请，也没有上年结转和结转下年度的申请。",
    "更新了公开指南中的受理地址和联系电话，安排专人值守。全年没有收到政府信息公开申请。",
    "健全登记、审核、答复、归档流程，做好随时受理的准备。全年未收到政府信息公开申请。",
)
_BUSY = (
    "全年新收政府信息公开申请{received}件，上年结转{carried_in}件，办理完结{closed}件，结转下年度继续办理{carried_out}件。答复文书使用统一格式，法制机构逐件审核。",
    "规范登记、审核、答复、送达各环节，收到政府信息公开申请{received}件，另有上年结转{carried_in}件；已办结{closed}件，{carried_out}件结转下年度继续办理。",
    "新收政府信息公开申请{received}件（其中自然人{person}件），连同上年结转的{carried_in}件，办结{closed}件，年末尚在办理{carried_out}件。对内容不明确的申请，先与申请人沟通再作答复。",
)


def _on_request(facts: Facts, rng: Random) -> str:
    rows = {
        "received": "received",
        "carried_in": "carried_in",
        "closed": "total",
        "carried_out": "carried_out",
    }
    values = {name: facts.count(f"applications/{row}/total") for name, row in rows.items()}
    values["person"] = facts.count("applications/received/natural_person")
    return rng.choice(_BUSY if any(values.values()) else _IDLE).format_map(values)


_MANAGEMENT = (
    "公文拟制时同步确定公开属性，公开前逐条审查，防止泄露国家秘密和个人隐私。全年开展存量信息清理{n}次。",
    "修订信息发布审核办法，严格执行先审查、后公开，对历史文件的有效性作了标注。",
    "建立信息资源台账，明确制作、审核、发布、归档各岗位责任，组织{n}次自查，更正错漏内容。",
    "完善目录管理，对失效文件及时调整公开状态，做到底数清楚、检索方便。",
    "落实三审三校制度，规范性文件按标准格式发布，并提供可下载的文本。",
)
_PLATFORM = (
    "发挥门户网站第一平台作用，调整栏目{n}个，优化检索功能，政务新媒体推送信息{m}条。",
    "线上建好公开专栏，线下在政务大厅、档案馆和图书馆设立公开专区{n}处，方便老年人查阅。",
    "整合信息发布渠道，关停内容重复的账号，对保留的账号实行日常巡查，发布信息{m}条。",
    "改造网站无障碍浏览功能，增设智能问答，全年解答咨询{m}次。",
)
_SUPERVISED = (
    "把政府信息公开纳入年度工作考核，开展社会评议{n}次，参评群众总体满意。全年未发生应当追究责任的情形，责任追究结果为零。",
    "工作考核方面，政务公开在综合考核中占有分值，结果已通报；社会评议方面，邀请代表和群众评议{n}次；责任追究方面，没有人员因信息公开工作被追究责任。",
    "组织业务培训{n}次。对所属单位的信息公开工作进行考核，考核结果按时公布；通过问卷开展社会评议；严格落实责任追究制度，全年无责任追究情况。",
    "明确分管领导和专职人员，举办培训{n}期。年度考核结果与评先挂钩，社会评议意见逐条回应，未出现需要责任追究的问题。",
)
_SUPERVISED_ORGAN = (
    "确定专职人员负责信息公开工作，举办业务培训{n}期，对各科室公开任务完成情况按季度检查。",
    "健全信息公开工作机制，组织{n}次专题学习，畅通监督投诉电话，及时处理群众意见。",
)


def _supervision(facts: Facts, rng: Random) -> str:
    texts = _SUPERVISED if facts.government else (*_SUPERVISED, *_SUPERVISED_ORGAN)
    return rng.choice(texts).format(n=rng.randint(2, 6))


def introduction(facts: Facts, rng: Random, section: str) -> list[str]:
    """Return the paragraphs before the table of *section*; most reports have none."""
    key = {"applications": "applications/received/total", "review": "review/cases/review_total"}.get(section)
    if key is None or rng.random() < 0.5:
        return []
    if section == "applications":
        return (
            [f"{facts.year}年新收政府信息公开申请{facts.count(key)}件，办理情况见下表。"]
            if facts.count(key)
            else []
        )
    after, direct = (facts.count(f"review/cases/{block}_total") for block in ("after", "direct"))
    if not facts.count(key) + after + direct:
        return [f"{facts.year}年，没有因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"]
    return [
        f"{facts.year}年，因政府信息公开工作被申请行政复议{facts.count(key)}件，被提起行政诉讼{after + direct}件。"
    ]


_PAIRS = (
    ("公开内容与群众需求之间还有差距", "开展需求调查，按季度更新公开事项清单"),
    ("部分栏目更新不够及时", "建立栏目更新提醒制度，每月核查并通报结果"),
    ("政策解读形式比较单一", "增加图解、短视频和现场讲解，请起草人员直接解读"),
    ("基层工作人员业务不够熟练", "编印答复范例，组织跟班学习和案例讨论"),
    ("线下公开专区利用率不高", "在专区配备引导人员，增加自助查询设备"),
    ("依申请公开答复的说理不够充分", "引入法律顾问审核，完善答复文书样本"),
    ("历史信息的归档整理不够完整", "分年度补录旧档，统一编制索引"),
)
_ORDINALS = ("一是", "二是", "三是")
_REVIEWED = (
    "针对上年提出的问题，已完成整改并公布结果。",
    "对上一年度查找的不足，逐项整改，均已见效。",
    "上年列出的整改事项已经办结。",
)
_PROBLEMS = (
    ("{reviewed}存在的主要问题：{problems}。", "改进情况：{measures}。"),
    (
        "{year}年，政府信息公开工作取得了进展，但仍存在以下问题：{problems}。{reviewed}",
        "下一步将采取以下改进措施：{measures}。",
    ),
    ("主要问题有：{problems}。", "{reviewed}今后重点从以下方面改进：{measures}。"),
    (
        "对照《条例》要求和群众期待，还存在一些不足：{problems}。",
        "{reviewed}{next}年，将有针对性地加以改进：{measures}。",
    ),
)


def problems(facts: Facts, rng: Random) -> list[str]:
    """Return problems, each with its measure, and the outcome of those of the year before."""
    pairs = rng.sample(_PAIRS, rng.choice((2, 2, 3)))
    values = {
        "reviewed": rng.choice(_REVIEWED),
        "problems": _enumerated([problem for problem, _ in pairs]),
        "measures": _enumerated([measure for _, measure in pairs]),
        "year": facts.year,
        "next": facts.year + 1,
    }
    return [text.format_map(values) for text in rng.choice(_PROBLEMS)]


def _enumerated(items: Sequence[str]) -> str:
    return "；".join(ordinal + item for ordinal, item in zip(_ORDINALS, items, strict=False))


_NO_FEE = (
    "{year}年，本机关未收取信息处理费。",
    "按照《政府信息公开信息处理费管理办法》，{year}年未发出收费通知，未收取信息处理费。",
    "信息处理费收取情况：{year}年没有收取信息处理费。",
)
_FEE = (
    "依据《政府信息公开信息处理费管理办法》，{year}年发出收费通知{notices}件，收取信息处理费{yuan}元。",
    "{year}年收取信息处理费{yuan}元，已全额上缴国库。",
)
_NOTHING_ELSE = (
    "没有其他需要报告的事项。",
    "除上述内容外，无其他需要报告的事项。",
    "{year}年没有需要另行报告的事项。",
)
_MORE = (
    "全年办理人大代表建议和政协委员提案的答复文件均已按规定公开。",
    "政务公开年度工作要点所列任务已全部落实，落实情况在门户网站公布。",
)


def other(facts: Facts, rng: Random) -> list[str]:
    """Return section six: the 信息处理费 charged, due from 2021, and other matters."""
    values = {"year": facts.year, "yuan": 10 * rng.randint(10, 60), "notices": rng.randint(2, 5)}
    if facts.form.name == "2019":
        return [rng.choice((*_NOTHING_ELSE, *_MORE)).format_map(values)]
    unpaid = facts.count("applications/not_paid/total")
    charged = facts.cells["charges/charges/amount"] != "0" and (unpaid or rng.random() < 0.3)
    if charged:
        values["notices"] = int(values["notices"]) + unpaid
        texts = [rng.choice(_FEE)]
    else:
        texts = [_NO_FEE[0] if unpaid else rng.choice(_NO_FEE)]
    if rng.random() < 0.4:
        texts.append(rng.choice(_MORE))
    return [text.format_map(values) for text in texts]
