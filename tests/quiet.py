"""Compliant reports with traps: true sentences that look like mistakes to a reader who only matches words.

Each trap says where it stands and why it is right. A report with any number of them is compliant: whatever
is found in it is wrong, and an error or a warning is a defect.
"""

from collections.abc import Callable
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from nianbao.report.issuer import LEVELS
from nianbao.testing import Draft, Notation, compliant
from nianbao.testing.compliant_prose import Facts
from prose import facts_of, told
from prose.grammar import divided, growth, han, percent

FORMS = ("2021", "2019")
NOTATIONS: tuple[Notation, ...] = ("tabs", "pipes", "bars")
ASPECTS = ("disclosure", "applications", "management", "platform", "supervision")
PARTS = ("problems", "other", "review")
TRAPS_IN_A_REPORT = 4


class Words(NamedTuple):
    """A sentence and where it stands: one of the five aspects, or a part of the report."""

    place: str
    text: str


# None where the facts give no occasion for it.
Trap = Callable[[Facts, Random], Words | None]
TRAPS: dict[str, Trap] = {}


def trap(function: Trap) -> Trap:
    """Enter *function* into the list of traps. Its docstring is the reason why the sentence is right."""
    TRAPS[function.__name__] = function  # type: ignore[attr-defined]
    return function


# -- counts of other things than applications --------------------------------------------------------------


@trap
def news(facts: Facts, rng: Random) -> Words:
    """News that other media printed are no 政府信息 disclosed by the organ."""
    outlets = divided(("省级媒体", "市级媒体", "县级融媒体中心"), "条", rng, 60)
    return Words(
        "platform", f"各级媒体刊发我地新闻稿件{outlets.total}条，其中{'、'.join(outlets.listed())}。"
    )


@trap
def proposals(facts: Facts, rng: Random) -> Words:
    """建议 of deputies and 提案 of members are answered under another law; they are no applications."""
    deputies, members = rng.randint(2, 40), rng.randint(2, 40)
    return Words(
        "disclosure",
        f"办理人大代表建议{deputies}件、政协委员提案{members}件，合计{deputies + members}件，办复率100%，答复文件全部公开。",
    )


@trap
def letters(facts: Facts, rng: Random) -> Words:
    """A letter to the mayor's mailbox is no application; all may be answered while applications are pending."""
    count = rng.randint(20, 300)
    return Words("platform", f"网站领导信箱收到有效信件{count}件，已答复{count}件，答复率100%。")


@trap
def hotline(facts: Facts, rng: Random) -> Words:
    """The number of the hotline counts nothing, and its tickets are no applications."""
    count = rng.randint(100, 9000)
    done = count - rng.randint(0, 20)
    return Words(
        "platform",
        f"12345政务服务便民热线受理群众诉求{count}件，办结{done}件，办结率{percent(done, count, rng)}。",
    )


@trap
def messages(facts: Facts, rng: Random) -> Words:
    """Messages on a web page are no applications."""
    count = rng.randint(3, 200)
    return Words("platform", f"收到网民留言{count}条，全部按期回复。")


@trap
def petitions(facts: Facts, rng: Random) -> Words:
    """Petitions, 信访, have their own regulation; none of them is in table three."""
    count = rng.randint(11, 90)
    return Words(
        "applications", f"引导群众通过信访渠道反映诉求，登记信访事项{count}件，不计入政府信息公开申请。"
    )


@trap
def enquiries(facts: Facts, rng: Random) -> Words:
    """Questions on the telephone are no applications."""
    return Words("applications", f"接听公开业务咨询电话{rng.randint(20, 400)}次，当场解答。")


@trap
def services(facts: Facts, rng: Random) -> Words:
    """What a service hall handles are no decisions on permits."""
    count = rng.randint(1000, 90000)
    return Words(
        "platform",
        f"政务服务大厅办理各类事项{count}件，其中网上办理{count // 2}件、窗口办理{count - count // 2}件。",
    )


@trap
def administrative_reviews_of_other_kinds(facts: Facts, rng: Random) -> Words:
    """A county's cases on penalties or land are not for its work on disclosure, which alone table four counts."""
    reviews, suits = rng.randint(3, 40), rng.randint(1, 20)
    return Words(
        "supervision",
        f"司法行政部门{facts.year}年办理各类行政复议案件{reviews}件，均与政府信息公开无关；行政应诉案件{suits}件，负责人均出庭。",
    )


@trap
def documents_marked(facts: Facts, rng: Random) -> Words:
    """What is decided when a paper is drafted: 不予公开 as a property of papers is no outcome of an application."""
    shares = divided(("主动公开类", "依申请公开类", "不予公开类"), "件", rng, 90)
    return Words("management", f"审定公文公开属性{shares.total}件，其中{'、'.join(shares.listed())}。")


@trap
def documents_of_other_kinds(facts: Facts, rng: Random) -> Words:
    """Papers issued in general are not 行政规范性文件."""
    return Words("management", f"以本机关名义印发各类公文{rng.randint(40, 400)}件，均标注公开属性。")


@trap
def normative_documents_examined(facts: Facts, rng: Random) -> Words:
    """Drafts of other organs that were examined were not issued by this one."""
    return Words("management", f"对下级单位报送备案的规范性文件开展合法性审查{rng.randint(3, 60)}件次。")


# -- other years -----------------------------------------------------------------------------------------


@trap
def accounts_of_another_year(facts: Facts, rng: Random) -> Words:
    """The accounts of a year are published in the next."""
    return Words(
        "disclosure",
        f"公开{facts.year - 1}年部门决算{rng.randint(5, 60)}份和{facts.year}年部门预算{rng.randint(5, 60)}份。",
    )


@trap
def accounts_of_2018(facts: Facts, rng: Random) -> Words:
    """Old accounts may be published again."""
    return Words("disclosure", "补充公开2018年部门决算说明，统一使用规定的表样。")


@trap
def budget_to_come(facts: Facts, rng: Random) -> Words:
    """The budget of the next year is approved at the end of this."""
    return Words("disclosure", f"做好{facts.year + 1}年部门预算公开的准备，统一样表。")


@trap
def plan(facts: Facts, rng: Random) -> Words:
    """What will be done next year is told with next year's number."""
    return Words(
        "problems",
        f"{facts.year + 1}年，将继续开设公开专题{han(rng.randint(2, 5))}个，培训不少于{rng.randint(2, 6)}次。",
    )


@trap
def year_before_beside_this(facts: Facts, rng: Random) -> Words:
    """Last year's figure is no second figure for this year."""
    now, before = rng.randint(40, 400), rng.randint(40, 400)
    return Words(
        "platform",
        f"{facts.year}年制作政务短视频{now}个，{facts.year - 1}年为{before}个，同比{growth(now, before, rng)}。",
    )


@trap
def growth_by_count(facts: Facts, rng: Random) -> Words:
    """So many more than the year before is no part of this year's."""
    before, more = rng.randint(20, 90), rng.randint(2, 19)
    return Words(
        "platform", f"现场咨询活动接待{before + more}人次，比{facts.year - 1}年的{before}人次增加{more}人次。"
    )


@trap
def plan_of_five_years(facts: Facts, rng: Random) -> Words:
    """The name of a plan has the years that it is for."""
    return Words("disclosure", "公开“十四五”规划（2021—2025年）实施情况评估摘要。")


@trap
def carried_over_long_ago(facts: Facts, rng: Random) -> Words:
    """Since another year: a period that only ends in this one."""
    return Words("management", f"2017年以来的政策文件已补录{rng.randint(100, 900)}件，可按年度检索。")


# -- sums that need not come out -------------------------------------------------------------------------


@trap
def mainly(facts: Facts, rng: Random) -> Words:
    """主要包括 lists the most of it, not all."""
    parts = divided(("住房保障", "征地补偿", "环境监测"), "条", rng, 40)
    return Words(
        "platform",
        f"专题网页更新内容{parts.total + rng.randint(10, 80)}条，主要包括{'、'.join(parts.listed())}。",
    )


@trap
def and_so_on(facts: Facts, rng: Random) -> Words:
    """等 says that there are more."""
    parts = divided(("惠农补贴", "就业招聘", "防汛提醒"), "条", rng, 40)
    return Words(
        "platform",
        f"村级公示栏张贴内容{parts.total + rng.randint(5, 50)}条，其中{'、'.join(parts.listed())}等。",
    )


@trap
def round_total(facts: Facts, rng: Random) -> Words:
    """400余 is anything from 400 to 500; parts that come to it agree."""
    hundreds = rng.randint(2, 8)
    first = 50 * hundreds
    return Words(
        "platform",
        f"发放宣传资料{100 * hundreds}余份，其中手册{first}份、折页{first + rng.randint(1, 80)}份。",
    )


@trap
def round_parts(facts: Facts, rng: Random) -> Words:
    """Parts that are round come to about the total."""
    return Words(
        "platform", f"组织政策宣讲活动{rng.choice((41, 45, 48))}场，其中进村入户30余场、进企业近10场。"
    )


@trap
def ten_thousands(facts: Facts, rng: Random) -> Words:
    """1.5万 is rounded to the next thousand."""
    return Words("platform", "惠企政策专区访问量2.4万次，其中电脑端1.56万次、手机端8400余次。")


@trap
def percentages_cut_off(facts: Facts, rng: Random) -> Words:
    """6 of 32 is 18.75%: 18% is cut off at the point, 18.7% at one place."""
    said = rng.choice(("18%", "18.7%", "18.75%", "18.8%", "19%"))
    return Words("management", f"抽查栏目32个，其中更新滞后的6个，占{said}，已全部改正。")


@trap
def thirds(facts: Facts, rng: Random) -> Words:
    """Three rounded thirds come to 99.9%, or to 99%."""
    said = rng.choice(("33.3%", "33%", "33.33%"))
    return Words("management", f"对外链接抽查三类各20个，各占{said}。")


@trap
def counted_twice(facts: Facts, rng: Random) -> Words:
    """What is said to be counted in two classes may come to more than the total."""
    total = rng.randint(40, 90)
    return Words(
        "platform",
        f"政务短视频播放清单收录{total}条，其中民生类{total - 8}条、企业类{total - 20}条（部分条目同时列入两类，有重复计算）。",
    )


@trap
def one_part_in_another(facts: Facts, rng: Random) -> Words:
    """其中含: what is counted in the part before."""
    total = rng.randint(60, 90)
    return Words(
        "platform", f"便民二维码张贴{total}处，其中社区{total - 12}处（含老旧小区{total - 30}处）、集市12处。"
    )


@trap
def nested(facts: Facts, rng: Random) -> Words:
    """Sums within sums: each level comes out by itself."""
    a, b, c, d, e = (rng.randint(2, 30) for _ in range(5))
    return Words(
        "platform",
        f"政策问答知识库新增条目{a + b + c + d + e}条，其中社保类{a + b}条（养老{a}条、医保{b}条）、教育类{c + d}条（学前{c}条、中小学{d}条）、住房类{e}条。",
    )


@trap
def parts_in_other_units(facts: Facts, rng: Random) -> Words:
    """Meetings and the people at them are no parts of one another."""
    return Words(
        "supervision", f"召开推进会{rng.randint(2, 6)}次，其中部署任务12项，参会{rng.randint(80, 300)}人次。"
    )


@trap
def share_of_all(facts: Facts, rng: Random) -> Words:
    """A share whose whole is not told cannot be checked."""
    return Words("platform", f"回复类短信{rng.randint(40, 200)}条，占全部短信的三分之一左右。")


@trap
def all_by_the_deadline(facts: Facts, rng: Random) -> Words | None:
    """按时 is about those that were due: others may still be pending."""
    if not facts.count("applications/total/total"):
        return None
    return Words("applications", "在法定期限内答复的比例保持较高水平，按时答复率100%。")


@trap
def ranges(facts: Facts, rng: Random) -> Words:
    """A range is a target, from one to the other."""
    return Words("applications", "将答复书的内部审核时限压缩至3—5个工作日，较法定时限提前10个工作日以上。")


@trap
def zero_of_another_thing(facts: Facts, rng: Random) -> Words:
    """None of one thing says nothing of another."""
    return Words("management", "全年网络安全事件0起，未发生失泄密事件。")


@trap
def without_other_matters(facts: Facts, rng: Random) -> Words:
    """无 in a word that denies nothing."""
    return Words("platform", "完成网站无障碍改造，智能客服实现7×24小时无间断应答。")


@trap
def each_of_several(facts: Facts, rng: Random) -> Words:
    """So many each time is no part of the number of times."""
    return Words("supervision", f"举办流动课堂{rng.randint(3, 8)}期，每期{rng.randint(20, 60)}人。")


# -- other scopes ----------------------------------------------------------------------------------------


@trap
def all_departments(facts: Facts, rng: Random) -> Words | None:
    """What all organs of a county received is another figure than what its own report's table has."""
    if facts.level in ("township", "bureau"):
        return None
    return Words(
        "disclosure",
        f"指导辖区各部门和乡镇更新公开事项清单{rng.randint(20, 90)}份，各单位自行发布信息共{rng.randint(3000, 9000)}条。",
    )


@trap
def one_of_the_departments(facts: Facts, rng: Random) -> Words:
    """One office's own count is narrower than the total."""
    return Words("disclosure", f"办公室信息科在内网发布工作提示{rng.randint(3, 30)}条。")


@trap
def a_quarter(facts: Facts, rng: Random) -> Words:
    """The count of a quarter is less than that of the year."""
    return Words("disclosure", f"第四季度集中补录办理流程图{rng.randint(3, 60)}份。")


@trap
def applications_of_one_kind(facts: Facts, rng: Random) -> Words | None:
    """How many of the applications were about one subject is no count of all of them."""
    received = facts.count("applications/received/total")
    if received < 2:
        return None
    return Words("applications", f"新收的申请中，涉及征地拆迁的{rng.randint(1, received - 1)}件。")


@trap
def from_when_on(facts: Facts, rng: Random) -> Words:
    """Since it went into service: a total over several years."""
    return Words("platform", f"意见征集系统自2016年上线以来累计征集意见{rng.randint(1000, 9000)}条。")


# -- numbers that count nothing --------------------------------------------------------------------------


@trap
def document_number(facts: Facts, rng: Random) -> Words:
    """The number of a document, with its year."""
    return Words(
        "management",
        f"贯彻《关于规范信息发布的通知》（青政办发〔{facts.year - 2}〕{rng.randint(3, 90)}号）。",
    )


@trap
def landline(facts: Facts, rng: Random) -> Words:
    """A landline of an office is meant to be called."""
    number = rng.choice(("0936-5550126", "0731-85550173", "（0936）5550126", "5550126"))
    return Words("other", f"公开工作机构联系电话：{number}，邮政编码735000。")


@trap
def credit_code(facts: Facts, rng: Random) -> Words:
    """The unified social credit code of an organ has eighteen signs, as an identity card has."""
    return Words("other", "本机关统一社会信用代码：11620722013500012X。")


@trap
def index_number(facts: Facts, rng: Random) -> Words:
    """The index number of a document."""
    return Words("other", f"本报告索引号：013500012/{facts.year + 1}-00{rng.randint(100, 999)}。")


@trap
def official_mailbox(facts: Facts, rng: Random) -> Words:
    """A mailbox of the government."""
    return Words("other", "意见建议可发送至xxgk@qinghe.gov.cn。")


@trap
def withheld_name(facts: Facts, rng: Random) -> Words:
    """A name that is withheld as it has to be."""
    return Words("applications", "印发外地申请人张某某不服答复一案的评析材料，供各科室学习。")


@trap
def articles(facts: Facts, rng: Random) -> Words:
    """Articles, items and ordinals count nothing."""
    return Words(
        "management", "对照《条例》第二十条所列15项内容和第十四条、第十五条、第十六条逐项核对公开范围。"
    )


@trap
def secrets_spoken_of(facts: Facts, rng: Random) -> Words:
    """To speak of 国家秘密 is no mark of secrecy."""
    return Words("management", "涉及国家秘密、商业秘密的内容一律先审后发，密级文件不上互联网。")


@trap
def clock(facts: Facts, rng: Random) -> Words:
    """Hours of the day, products and versions."""
    return Words(
        "platform", "查阅点周一至周五8:30—12:00、14:30—18:00开放，提供WPS和PDF两种格式，网站升级至IPv6。"
    )


@trap
def service_names(facts: Facts, rng: Random) -> Words:
    """Names with numerals in them."""
    return Words("platform", "推行“一件事一次办”“最多跑一次”“1+N”服务模式，设立24小时自助区。")


@trap
def list_numbered(facts: Facts, rng: Random) -> Words:
    """Numerals of a list are no counts."""
    return Words("supervision", "重点抓好三项任务：一是健全制度，二是充实力量，三是强化督查。")


@trap
def han_numerals(facts: Facts, rng: Random) -> Words:
    """Chinese numerals add up as figures do."""
    return Words("supervision", "开展现场指导十二次，其中乡镇七次、部门五次。")


@trap
def money(facts: Facts, rng: Random) -> Words:
    """Money spent on the website is no charge."""
    return Words("platform", f"投入{rng.randint(5, 60)}.8万元用于网站安全加固。")


@trap
def copies_without_charge(facts: Facts, rng: Random) -> Words:
    """Nothing is charged for copies of the gazette, which is no 信息处理费."""
    return Words("platform", f"免费赠阅政策汇编{rng.randint(100, 900)}册，不收取任何费用。")


# -- reports ---------------------------------------------------------------------------------------------


class Quiet(NamedTuple):
    """A compliant report and the traps in it."""

    draft: Draft
    traps: tuple[str, ...]


def quiet(seed: int) -> Quiet:
    """Return the *seed*-th of a series that has every form, level, notation and trap in turn."""
    form, level = FORMS[seed % 2], LEVELS[seed // 2 % len(LEVELS)]
    draft = told(compliant(form, level, seed, NOTATIONS[seed // 12 % 3]), seed)
    rng, facts = Random(f"quiet/{seed}"), facts_of(draft)
    names = list(TRAPS)
    # One further each time round: else every trap would keep to one form and a few levels.
    start = (seed * TRAPS_IN_A_REPORT + seed * TRAPS_IN_A_REPORT // len(names)) % len(names)
    done = []
    for name in islice(cycle(names), start, start + TRAPS_IN_A_REPORT):
        words = TRAPS[name](facts, rng)
        if words is not None:
            _write(draft, words)
            done.append(name)
    return Quiet(draft, tuple(done))


def _write(draft: Draft, words: Words) -> None:
    if words.place in PARTS:
        draft.section(words.place).paragraphs.append(words.text)
        return
    overview, at = draft.section("overview"), ASPECTS.index(words.place)
    heading, text = overview.subsections[at]
    overview.subsections[at] = (heading, text + words.text)
