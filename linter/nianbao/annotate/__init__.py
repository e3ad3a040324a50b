"""A copy of a report with its findings written where they are: an annotator for each kind of file.

Imports `nianbao.engine`, `nianbao.writers` and what is below them. The copy is written by `nianbao.cli`.
"""
