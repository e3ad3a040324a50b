"""A copy of a report with its findings written at their places: an annotator for each kind of file.

Imports `nianbao.engine`, `nianbao.writers` and what is below them. The copy is written by `nianbao.cli`.
"""
