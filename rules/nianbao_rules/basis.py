"""The clauses that the national rules rest on, each once."""

from nianbao.api import Basis, Strength

REGULATION = "《中华人民共和国政府信息公开条例》"
N30 = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号、〔2019〕60号）"

TABLE_TWO = Basis(N30, "附件第二部分表格", Strength.FORM)
TABLE_THREE = Basis(N30, "附件第三部分表格", Strength.FORM)
TABLE_FOUR = Basis(N30, "附件第四部分表格", Strength.FORM)
BALANCE = Basis(N30, "附件第三部分表头：第一项加第二项之和，等于第三项加第四项之和", Strength.FORM)
FILLING = Basis("填报惯例", "：没有发生的填 0，不留空、不用符号代替", Strength.PRACTICE)
OWN_READING = Basis("nianbao 的判断", "，不是法定要求", Strength.HEURISTIC)
