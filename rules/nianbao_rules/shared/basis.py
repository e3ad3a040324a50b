"""The clauses that the national rules are based on, each defined once."""

from nianbao.api import Basis, Strength

REGULATION = "《中华人民共和国政府信息公开条例》"
N30 = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号、〔2019〕60号）"

TABLE_TWO = Basis(N30, "附件第二部分表格", Strength.FORM)
TABLE_THREE = Basis(N30, "附件第三部分表格", Strength.FORM)
TABLE_FOUR = Basis(N30, "附件第四部分表格", Strength.FORM)
BALANCE = Basis(N30, "附件第三部分表头", Strength.FORM, gist="第一项加第二项之和，等于第三项加第四项之和")
FILLING = Basis("填报惯例", "", Strength.PRACTICE, gist="没有发生的填 0，不留空、不用符号代替")
OWN_READING = Basis("nianbao 的判断，不是法定要求", "", Strength.HEURISTIC)
LAST_YEAR = Basis(REGULATION, "第四十九条", Strength.LAW, gist="公布上一年度政府信息公开工作年度报告")
SIX_PARTS = Basis(N30, "正文六个部分", Strength.FORM)
ACCURATE = Basis("国办公开办函〔2021〕30号", "", Strength.NOTICE, gist="对发布内容不准确、不全面的追究责任")
NOT_ALIKE = Basis("国办公开办函〔2021〕30号", "", Strength.NOTICE, gist="对内容雷同、敷衍塞责的追究责任")
ACCURATE_BY_LAW = Basis(REGULATION, "第六条", Strength.LAW, gist="行政机关应当及时、准确地公开政府信息")
NEW_FORM = Basis("国办公开办函〔2021〕30号", "", Strength.NOTICE, gist="印发修订后的年度报告格式")
NUMBER_OF_A_PAPER = Basis(
    "《党政机关公文格式》（GB/T 9704—2012）",
    "7.2.5",
    Strength.NOTICE,
    gist="发文字号的年份标全称，用六角括号括入，发文顺序号不加“第”字",
)
REGULATION_2019 = Basis(REGULATION, "（国务院令第711号，2019年5月15日起施行）", Strength.LAW)
ARTICLE_50 = Basis(REGULATION, "第五十条", Strength.LAW, gist="年度报告应当包括的内容")
ARTICLE_50_GOVERNMENTS = Basis(
    REGULATION,
    "第五十条第（四）项",
    Strength.LAW,
    gist="各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况",
)
NOT_GENERALISED = Basis("国办公开办函〔2021〕30号", "", Strength.NOTICE, gist="内容不能遗漏，也不宜泛化")
FIVE_ASPECTS = Basis("国办公开办函〔2021〕30号", "", Strength.NOTICE, gist="总体情况主要包括的五个方面")
CONCISE = Basis(
    "武政办发〔2025〕54号", "", Strength.NOTICE, gist="总体情况篇幅原则上不超过一千字（地方要求）"
)
NUMBERING = Basis("《党政机关公文格式》（GB/T 9704—2012）", "7.3.3", Strength.NOTICE, gist="结构层次序数")
STANDARD_WRITING = Basis(
    "《中华人民共和国国家通用语言文字法》", "第九条", Strength.PRACTICE, gist="国家机关以规范汉字为公务用字"
)
PUNCTUATION = Basis("《标点符号用法》（GB/T 15834—2011）", "", Strength.PRACTICE, gist="标点用全角形式")
TABLE_TWO_2021 = Basis(
    "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", "附件第二部分表格", Strength.FORM
)
RULE_MAKING = Basis(
    "《中华人民共和国立法法》", "关于规章制定权限的规定（未核对原文，只作提示）", Strength.PRACTICE
)
PRIVACY = Basis(
    REGULATION,
    "第十五条",
    Strength.LAW,
    gist="涉及个人隐私等、公开会对第三方合法权益造成损害的政府信息，行政机关不得公开",
)
SECRECY = Basis(REGULATION, "第十四条", Strength.LAW, gist="依法确定为国家秘密的政府信息，不予公开")
OFFICIAL_CONTACT = Basis("通行做法", "", Strength.PRACTICE, gist="对外联系使用办公电话和政务邮箱")
PROBLEMS_AND_IMPROVEMENTS = Basis(
    REGULATION, "第五十条第（四）项", Strength.LAW, gist="政府信息公开工作存在的主要问题及改进情况"
)
PUBLICATION_DATES = Basis(
    REGULATION,
    "第四十九条",
    Strength.LAW,
    gist="县级以上人民政府部门1月31日前，县级以上地方人民政府3月31日前公布上一年度的年度报告",
)
NUMBERS = Basis("《出版物上数字用法》（GB/T 15835—2011）", "", Strength.PRACTICE, gist="数字的书写")
FEE_REPORTED = Basis(
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "",
    Strength.PRACTICE,
    gist="通行做法是在“其他需要报告的事项”写明收取情况（未核对格式填报说明的原文，只作警告）",
)
FEE_IS_A_CHARGE = Basis(
    "皖财综〔2021〕28号", "", Strength.NOTICE, gist="信息处理费按行政事业性收费管理（地方文件）"
)
FEE_RATES = Basis(
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "",
    Strength.NOTICE,
    gist="按件计收，十一件至三十件每件100元；按量计收，每页10元、20元、40元",
)
FEE_NOTICE = Basis(
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    "",
    Strength.NOTICE,
    gist="申请人收到收费通知后逾期未缴纳的，视为放弃申请",
)
NO_OTHER_FEE = Basis(
    REGULATION, "第四十二条", Strength.LAW, gist="依申请提供政府信息，除信息处理费外不收取费用"
)
