"""The report as rules see it: sections, and tables whose cells are keyed by the official form.

The grammar parses the canonical text, the syntax tree becomes sections and grids, and grids are bound to the form.
Imports `nianbao.text`, `nianbao.files` and the grammar. The report goes to the rules, run by `nianbao.engine`.
"""
