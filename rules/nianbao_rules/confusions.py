"""Words that are often written wrong in these reports, as plain data for TYP001.

Each entry: the wrong words, the right ones, how they came to be wrong, and longer words in which the same
characters are right. Wrong words are long enough never to straddle two words of a correct sentence: there
are no word boundaries in Chinese, and “以经” stands in every “以经济建设为中心”.
"""

SOUND = "同音字"
SHAPE = "形近字"
LOST = "漏字"
ADDED = "多字"
ORDER = "用词"

Confusion = tuple[str, str, str, tuple[str, ...]]


def _entries(*rows: tuple[str, str, str] | Confusion) -> tuple[Confusion, ...]:
    return tuple((row[0], row[1], row[2], row[3] if len(row) == 4 else ()) for row in rows)


CONFUSIONS: tuple[Confusion, ...] = _entries(
    # 信息公开
    ("政务信心", "政务信息", SOUND),
    ("政府信心公开", "政府信息公开", SOUND),
    ("政府信息工开", "政府信息公开", SOUND),
    ("政府信息公工作", "政府信息公开工作", LOST),
    ("政府信公开", "政府信息公开", LOST),
    ("政务工开", "政务公开", SOUND),
    ("正务公开", "政务公开", SOUND),
    ("主动工开", "主动公开", SOUND),
    ("予以共开", "予以公开", SOUND),
    ("予以工开", "予以公开", SOUND),
    ("不予工开", "不予公开", SOUND),
    ("信息公开条列", "信息公开条例", SOUND, ("信息公开条列出", "信息公开条列示")),
    ("公开透名", "公开透明", SOUND),
    ("透明渡", "透明度", SOUND),
    ("公开指难", "公开指南", SOUND),
    ("政策解渎", "政策解读", SHAPE),
    ("政策解毒", "政策解读", SOUND),
    ("保密审察", "保密审查", SOUND),
    ("三安全一隐患", "三安全一稳定", ORDER),
    # 依申请公开
    ("依申请工开", "依申请公开", SOUND),
    ("依申请共开", "依申请公开", SOUND),
    ("依申情公开", "依申请公开", SOUND),
    ("依申公开", "依申请公开", LOST),
    ("申清公开", "申请公开", SHAPE),
    ("申情人", "申请人", SOUND),
    ("逾期不补证", "逾期不补正", SOUND),
    ("补证告知", "补正告知", SOUND),
    ("上年接转", "上年结转", SOUND),
    ("接转下年度", "结转下年度", SOUND),
    ("结传下年度", "结转下年度", SHAPE),
    ("办结律", "办结率", SOUND),
    ("答复律", "答复率", SOUND),
    ("满意律", "满意率", SOUND),
    ("不予受里", "不予受理", SOUND),
    ("无法提公", "无法提供", SOUND),
    ("合法权宜", "合法权益", SOUND),
    ("信息处里费", "信息处理费", SOUND),
    # 复议、诉讼、执法
    ("行政复义", "行政复议", SOUND),
    ("行政复意", "行政复议", SOUND),
    ("行政法复议", "行政复议", ADDED),
    ("行政诉颂", "行政诉讼", SHAPE),
    ("行政诉松", "行政诉讼", SOUND),
    ("行政处伐", "行政处罚", SOUND),
    ("行政强治", "行政强制", SOUND),
    ("行政事业姓收费", "行政事业性收费", SOUND),
    ("法律法归", "法律法规", SOUND),
    ("规章治度", "规章制度", SOUND),
    ("规范性文见", "规范性文件", SOUND),
    ("集中采构", "集中采购", SOUND),
    # 监督保障
    ("责任追纠", "责任追究", SOUND),
    ("社会评义", "社会评议", SOUND),
    ("监督保章", "监督保障", SOUND),
    ("组织领到", "组织领导", SOUND),
    ("业务陪训", "业务培训", SOUND),
    ("人员陪训", "人员培训", SOUND),
    ("权利清单", "权力清单", ORDER),
    ("政协题案", "政协提案", SOUND),
    # 平台
    ("公重号", "公众号", SOUND),
    ("公从号", "公众号", SHAPE),
    ("政务微薄", "政务微博", SOUND),
    ("政务新媒休", "政务新媒体", SHAPE),
    ("门户网战", "门户网站", SOUND),
    ("政府网战", "政府网站", SOUND),
    ("互连网", "互联网", SOUND),
    ("宣传拦", "宣传栏", SOUND),
    ("公式栏", "公示栏", SOUND),
    ("公示拦", "公示栏", SOUND),
    # 问题和改进
    ("主要问提", "主要问题", SOUND),
    ("存在问提", "存在问题", SOUND),
    ("改进措失", "改进措施", SOUND),
    ("整改措失", "整改措施", SOUND),
    ("进一不", "进一步", SOUND),
    ("近一步加强", "进一步加强", SOUND),
    ("近一步规范", "进一步规范", SOUND),
    ("近一步完善", "进一步完善", SOUND),
    ("近一步提高", "进一步提高", SOUND),
    ("落实道位", "落实到位", SOUND),
    ("再此基础上", "在此基础上", SOUND),
    ("知请权", "知情权", SOUND),
    ("参于权", "参与权", SOUND),
    ("公众参于", "公众参与", SOUND),
    # 一般用字
    ("布署", "部署", SOUND),
    ("坐谈会", "座谈会", SOUND),
    ("给于答复", "给予答复", SOUND),
    ("给于公开", "给予公开", SOUND),
    ("复盖", "覆盖", SOUND),
    ("答覆", "答复", SHAPE),
    ("回覆", "回复", SHAPE),
    ("充份", "充分", SOUND, ("充份额", "补充份", "扩充份")),
    ("既使", "即使", SHAPE),
    ("己经", "已经", SHAPE, ("自己经",)),
    ("时侯", "时候", SHAPE),
    ("等侯", "等候", SHAPE),
)
