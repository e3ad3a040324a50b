"""The meaning of figures in sentences: amounts, breakdowns, negations, comparisons.

Imports `nianbao.text` and the grammar of figures. Rules ask for it through `nianbao.api`.
"""
