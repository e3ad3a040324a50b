"""What an office did in the year: disclosure, information management, platforms, supervision.

The figures are invented, sentence by sentence, and add up; none of them is one of a table.
"""

from random import Random

from nianbao.testing.compliant_prose import Facts

from prose.grammar import Topic, Values, divided, growth, han, percent

WHEN = "[全年|{year}年，|{year}年度，|一年来，|本年度|年内|]"

# -- disclosure ------------------------------------------------------------------------------------------

KINDS = (
    *(
        "工作动态",
        "政策文件",
        "公告公示",
        "财政信息",
        "便民服务信息",
        "民生保障信息",
        "项目建设信息",
        "人事信息",
    ),
    *("应急管理信息", "统计数据", "环境保护信息", "乡村振兴信息", "机构职能信息", "安全生产信息"),
)
FORMS = ("文字解读", "图解", "短视频解读", "在线访谈", "专家解读", "动漫解读")
FIELDS = (
    "义务教育",
    "户籍管理",
    "社会救助",
    "养老服务",
    "公共法律服务",
    "就业创业",
    "公共文化服务",
    "食品药品监管",
)
MATTERS = ("城市更新", "校车管理", "水价调整", "集市搬迁", "公交线路优化", "禁牧范围调整", "殡葬服务收费")


def _published(facts: Facts, rng: Random) -> Values:
    division = divided(KINDS, "条", rng)
    before = rng.randint(max(1, division.total // 2), division.total * 2)
    difference = division.total - before
    largest = max(division.parts, key=lambda name: division.parts[name])
    return {
        **division.written(rng),
        "past": before,
        "growth": growth(division.total, before, rng),
        "change": f"增加{difference}条"
        if difference > 0
        else f"减少{-difference}条"
        if difference
        else "持平",
        "largest": largest,
        "most": division.parts[largest],
        "share": percent(division.parts[largest], division.total, rng),
        "others": division.total - division.parts[largest],
    }


def _interpreted(facts: Facts, rng: Random) -> Values:
    return {**divided(FORMS, "篇", rng, 20).written(rng), "n": rng.randint(2, 30)}


def _asked(facts: Facts, rng: Random) -> Values:
    heard, matters = rng.randint(3, 90), rng.randint(1, 9)
    taken = rng.randint(1, heard)
    matter = rng.choice(MATTERS)
    return {
        "heard": heard, "taken": taken, "left": heard - taken, "share": percent(taken, heard, rng),
        "n": matters, "n_han": han(matters), "matter": matter,
    }  # fmt: skip


def _budget(facts: Facts, rng: Random) -> Values:
    return {
        **divided(("预算", "决算", "预算调整", "绩效目标"), "份", rng, 30).written(rng),
        "year": facts.year,
    }


def _meetings(facts: Facts, rng: Random) -> Values:
    return {
        "n": rng.randint(2, 12),
        "m": rng.randint(13, 60),
        "k": rng.randint(1, 9),
        "n_han": han(rng.randint(1, 9)),
    }


def _fields(facts: Facts, rng: Random) -> Values:
    fields = rng.sample(FIELDS, 3)
    return {
        "n": rng.randint(9, 26),
        "m": rng.randint(30, 400),
        "fields": "、".join(fields),
        "field": fields[0],
    }


DISCLOSURE = (
    Topic(
        (
            f"{WHEN}[主动公开|对外公开|发布|累计公开]政府信息{{total}}条，[其中|其中，|包括|分别为|按内容分为|分为][{{dun}}|{{he}}|{{comma}}|{{nested}}]。",
            f"{WHEN}[通过门户网站|依托公开专栏|在法定公开目录下]公开政府信息{{total}}条（[其中|]{{dun}}）。",
            f"{WHEN}公开政府信息{{total}}条，由[{{dun}}|{{he}}][组成|构成]。",
            f"{WHEN}公开[{{dun}}|{{he}}]，[共计|合计|共]{{total}}条。",
            f"{WHEN}公开的政府信息[共|计|共计|][有|]{{total}}条：[{{dun}}|{{semicolon}}|{{comma}}]。",
            f"{WHEN}[主动公开|发布]政府信息{{total}}条，其中{{shares}}。",
            f"{WHEN}[主动公开|公布]各类政府信息{{total}}条。其中，{{resp}}。",
            "{year}年[主动|依法|]公开政府信息{total}条，[比|较]{before}年[的{past}条|]{change}[；其中{dun}|]。",
            "[主动|]公开政府信息{total}条，与{before}年的{past}条相比{growth}。",
            "政府信息公开数量由{before}年的{past}条变为{total}条，{growth}。",
            f"{WHEN}公开政府信息{{total}}条，[数量最多的是|其中最多的是|以下一类居首：]{{largest}}，有{{most}}条，占{{share}}。",
            f"{WHEN}公开政府信息{{total}}条，其中{{largest}}{{most}}条，占[比|全部的|总数的|]{{share}}，其余{{others}}条[为其他信息|分属其他类别]。",
            f"{WHEN}公开政府信息{{total}}条，涉及{{names}}等[方面|内容|类别]。",
        ),
        _published,
        due=True,
    ),
    Topic(
        (
            "发布政策解读[材料|稿件|产品|]{total}篇，[其中|包括|分别为|分为]{dun}。",
            "[对重要文件|围绕新出台的政策][开展|组织]解读，[推出|制作]解读稿{total}篇（{dun}）。",
            "[推行文件与解读同步起草、同步审签、同步发布，|坚持谁起草谁解读，]解读{n}份文件[，形式有{names}等|，用到{names}]。",
            "解读形式[更加|日益]多样，{resp}[，合计{total}篇|，共{total}篇|]。",
            "[解读|解读材料]共{total}篇，由{he}组成。",
            "[主要负责人|起草单位负责人|业务骨干][带头|出面|上门]解读政策{n}次[，现场答疑|，讲清申领条件和办理时限|]。",
        ),
        _interpreted,
    ),
    Topic(
        (
            "就{matter}[公开征求|向社会征集|广泛征求]意见，收到意见建议{heard}条，采纳{taken}条，采纳率{share}。",
            "[重大行政决策|涉及群众切身利益的事项]出台前公布草案{n}次，[收集|征得]意见{heard}条，其中采纳{taken}条、未采纳{left}条[，均说明理由|]。",
            "[公布|向社会公布]重大行政决策事项{n}项，[邀请|组织]利益相关方列席讨论[{n_han}次|]。",
            "{matter}草案公示期间[共|]征集到意见{heard}条，{taken}条[得到采纳|被采纳]，占{share}。",
            "[对群众提出的|就公示期内收到的]{heard}条意见，采纳{taken}条，其余{left}条逐条[回复|说明理由]。",
        ),
        _asked,
    ),
    Topic(
        (
            "[按时|集中]公开{year}年部门预决算{total}份，[其中|包括]{dun}。",
            "财政预决算[专栏|专题]更新[资料|文本]{total}份（{dun}）。",
            "预决算公开实现[应公开单位|预算单位]全覆盖[，涉密内容除外|，公开格式统一|]。",
            "[公开预决算文本|预决算公开文本]{total}份，由{he}构成。",
            "[{resp}|{he}][均按时|全部按时|统一]在财政专栏公布。",
        ),
        _budget,
    ),
    Topic(
        (
            "[邀请|遴选]群众代表列席政府会议{n}次，[公开|公布]会议议题{m}项。",
            "召开新闻发布会{n}场，[回应|答复]记者提问{m}个。",
            "[举办|开展]政府开放日活动{n_han}次，[接待参观群众|参与群众]{m}人次。",
            "对社会关注的{k}个热点[问题|话题][及时作出|第一时间给出]回应。",
            "主要领导[参加|做客]在线访谈{n_han}次，[现场|当场]回答网民提问{m}条。",
            "[及时|按季度][公布|通报]重点项目进展{n}次，涉及项目{m}个。",
        ),
        _meetings,
    ),
    Topic(
        (
            "[编制|修订|细化]{fields}等[领域|方面]的公开事项标准目录，[列明|梳理]事项{m}项。",
            "{n}个试点领域的标准目录[全部|均已]公布，[涵盖|涉及]事项{m}项。",
            "[突出|聚焦]{fields}[等重点领域|]，[及时|逐项]公布标准、程序和结果。",
            "[{field}专题|围绕{field}设立的专题]发布信息{m}条[，方便群众一次看全|]。",
            "把{fields}的公开事项做成[清单|明白卡|二维码][，张贴到村（居）公示栏|，摆放在办事窗口|]。",
        ),
        _fields,
    ),
)


# -- information management ------------------------------------------------------------------------------


def _kept(facts: Facts, rng: Random) -> Values:
    checked, wrong = rng.randint(60, 900), rng.randint(2, 40)
    division = divided(("栏目名称不规范", "附件打不开", "错别字", "链接失效", "更新日期缺失"), "处", rng, 12)
    n = rng.randint(2, 9)
    return {
        **division.written(rng),
        "checked": checked,
        "wrong": wrong,
        "n": n,
        "n_han": han(n),
        "m": rng.randint(11, 80),
    }


MANAGEMENT = (
    Topic(
        (
            "[公文拟制|文件起草]时[同步|一并]确定公开属性，[公开前逐条审查|发布前逐件审查]，防止泄露国家秘密和个人隐私。",
            "[落实|执行]三审三校制度，[未经审核不得发布|审核记录留存备查|发布前由专人复核]。",
            "[修订|印发|细化]信息发布[审核|管理]办法，[明确|压实]制作、审核、发布、归档各岗位[责任|职责]。",
            "[严格|坚持]先审查、后公开，[审查记录|审查意见][随文归档|留存三年]。",
            "对拟公开信息[实行分级审核|逐级把关]，[敏感内容|涉及个人信息的内容][作遮盖处理|先行脱敏]。",
        ),
        _kept,
    ),
    Topic(
        (
            "[组织|开展]存量信息[清理|自查]{n}次，[发现并改正|改正]差错{total}处，其中{dun}。",
            "清理历年文件{checked}件，[失效的已作标注|失效的移出目录|逐件注明有效性]。",
            "[全面|分批]核对公开目录，[改正|修正]问题{total}处（{dun}）。",
            "[抽查|核对]网页{checked}个，[发现|查出]问题{wrong}个，[均已改正|已全部改正]。",
            "开展[信息质量|内容质量]检查[{n_han}次|{n}次]，查出[{resp}|{he}]，[合计|共]{total}处[，限期改正|，均已改正|]。",
            "[季度自查|例行检查]查出差错{total}处，分别为{dun}。",
        ),
        _kept,
    ),
    Topic(
        (
            "[建立|完善]信息资源台账，[登记|收录]条目{checked}条，做到底数清楚、检索方便。",
            "[及时|按月]调整公开状态，[新增|补充]条目{m}条[，移出条目{wrong}条|]。",
            "[规范性文件|现行有效的文件]按[标准|统一]格式发布[，并提供可下载的文本|，附修订沿革|]。",
            "向档案馆、图书馆移送[纸质文本|文件汇编]{m}份[，供公众查阅|，更新查阅目录|]。",
            "[补录|整理]旧档{m}卷，[编制|统一]索引[，公众可按年度检索|]。",
            "[目录|公开目录]由{n}个一级栏目组成，[动态调整|按季度维护]。",
        ),
        _kept,
    ),
)


# -- platforms -------------------------------------------------------------------------------------------

ACCOUNTS = ("微信公众号", "微博", "视频号", "抖音号", "今日头条号")


def _pushed(facts: Facts, rng: Random) -> Values:
    division = divided(ACCOUNTS, "篇", rng, 300)
    visits = rng.randint(11, 99)
    n = rng.randint(2, 9)
    return {
        **division.written(rng), "n": n, "n_han": han(n), "m": rng.randint(11, 300), "k": rng.randint(2, 9),
        "visits": f"{visits / 10}万", "round": 100 * rng.randint(3, 40),
    }  # fmt: skip


PLATFORM = (
    Topic(
        (
            "[发挥|用好]门户网站第一平台作用，[调整|新设|归并]栏目{n}个，[优化检索功能|增设检索条件|精简页面层级]。",
            "[改造|升级]网站[无障碍浏览|适老化]功能，[增设|上线]智能问答[，解答咨询{m}次|]。",
            "门户网站[访问量|浏览量][达|为]{visits}次[，同{before}年基本持平|]。",
            "[网站|门户网站][首页|专栏][新增|开设]专题{n_han}个[，集中展示办理结果|，围绕群众办事设置|]。",
            "[落实|做好]网站[日常|每日]巡查，[排除|修复]故障{n}次。",
        ),
        _pushed,
        due=True,
    ),
    Topic(
        (
            "政务新媒体[推送|发布]信息{total}篇，[其中|分别为|包括]{dun}。",
            "[运营|管好]政务新媒体账号{count}个，[推送|发布]信息{total}篇（{dun}）。",
            "[新媒体|政务新媒体]推送量[达到|为]{total}篇：{semicolon}。",
            "[关停|注销]内容重复的账号{n}个，[保留的账号|在用账号][实行|接受]日常巡查。",
            "{resp}[，总计|，共|，合计]{total}篇。",
            "政务新媒体[推送|发布]信息{total}篇，[阅读量|浏览量]{visits}次。",
            "[新媒体|政务新媒体]推送信息{round}余篇[，主要涉及办事提醒和天气预警|]。",
        ),
        _pushed,
    ),
    Topic(
        (
            "[线下|在镇街]设立公开专区{n}处，[配备|安排]引导人员{k}名[，方便老年人查阅|]。",
            "[编印|印发]政府公报{n}期[，免费发放{m}份|，在政务大厅取阅|]。",
            "[政务大厅|便民服务中心][增设|配备]自助查询机{k}台，[查询|使用]{m}人次。",
            "[村务|社区]公示栏[更新|张贴]公示{m}[份|张][，覆盖{n}个村|，覆盖{n}个社区|]。",
            "在[档案馆|图书馆|文化站]设立查阅点{n_han}个[，接待查阅{m}人次|]。",
            "[开通|用好]村村响广播，[播报|宣讲]惠民政策{m}次。",
        ),
        _pushed,
    ),
)


# -- supervision -----------------------------------------------------------------------------------------


def government(facts: Facts) -> bool:
    """Return whether a people's government reports: 条例第五十条第（四）项 asks it for three results."""
    return facts.government


def _watched(facts: Facts, rng: Random) -> Values:
    asked, n = rng.randint(60, 500), rng.randint(2, 9)
    content = rng.randint(asked // 2, asked)
    division = divided(("专题讲座", "跟班学习", "案例研讨", "线上授课"), "次", rng, 6)
    return {
        **division.written(rng), "n": n, "n_han": han(n), "m": rng.randint(20, 300), "asked": asked,
        "content": content, "share": percent(content, asked, rng), "weight": rng.randint(2, 6),
    }  # fmt: skip


SUPERVISION = (
    Topic(
        (
            "[把|将]政府信息公开[列入|纳入]年度[工作考核|综合考核]，[占|分值为]{weight}分[，结果已通报|]。",
            "[工作考核|考核]方面，[按季度|年底]通报得分[，排名靠后的{n}个单位限期整改|，考核结果与评先挂钩|]。",
            "对所属单位[开展|进行]工作考核{n_han}次，[考核结果按时公布|结果作为评先依据]。",
            "[考核|工作考核]结果为：[优秀|良好]单位{n}个[，其余均为合格|]。",
        ),
        _watched,
        when=government,
        due=True,
    ),
    Topic(
        (
            "[邀请|组织]代表委员和群众[评议|社会评议]{n}次[，反馈意见逐条落实|]。",
            "社会评议[发放|收回]问卷{asked}份，[表示满意的|满意]{content}份，[满意率|满意度]为{share}。",
            "[委托第三方|通过网络问卷][开展|组织]社会评议，[结果总体良好|参评群众总体满意]。",
            "社会评议方面，{asked}名参评群众中有{content}名[表示满意|给出满意评价]，占{share}。",
        ),
        _watched,
        when=government,
        due=True,
    ),
    Topic(
        (
            "[全年|年内]没有人员因[信息公开|政府信息公开]工作被追究责任。",
            "[未发生|没有发生|未出现]应当追究责任的情形[，责任追究结果为零|]。",
            "责任追究方面，[全年为零|没有发生需要追究的情形]。",
            "[严格|认真]落实责任追究制度，全年无责任追究情况。",
        ),
        _watched,
        when=government,
        due=True,
    ),
    Topic(
        (
            "[举办|组织|开展]业务培训{n}[次|期]，[培训|参训]{m}人次。",
            "培训[采取|采用]{names}等[方式|形式]，共{total}次。",
            "[开展|组织]培训{total}次，[其中|包括]{dun}。",
            "[专题|业务]培训{n_han}次[，覆盖全部科室|，新进人员全部参加|]。",
            "{resp}[，全年培训共{total}次|，合计培训{total}次]。",
            "[培训|业务培训]由{he}组成，[共|合计]{total}次。",
        ),
        _watched,
        due=True,
    ),
    Topic(
        (
            "[明确|确定]一名[分管领导|副职]和{n}名专职人员[负责信息公开|]。",
            "[配备|落实]专职人员{n}名[、兼职人员{m}名|]。",
            "[畅通|公布]监督投诉电话，[安排专人接听|受理结果及时反馈]。",
            "[每季度|定期]对各科室公开任务完成情况[进行检查|开展督查][，通报问题{n}个|]。",
            "主要负责人[听取|研究]信息公开工作汇报{n_han}次。",
        ),
        _watched,
    ),
)
