"""The total of a round as a workbook, a Word file or Markdown: the official tables with the sums, and what is lacking.

Imports `nianbao.report` and what writes a workbook or a new docx. `nianbao.cli.total` chooses one by the suffix.
"""
