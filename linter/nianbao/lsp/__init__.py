"""The language server: findings, fixes and explanations in an editor, while a report is written.

Imports everything but `nianbao.cli`, which alone imports this package: the types of the protocol cost a quarter
of a second. What it finds goes to the editor.
"""
