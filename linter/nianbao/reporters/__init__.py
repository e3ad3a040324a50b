"""Verdicts as text: one small class for each output format.

Imports `nianbao.engine` and what is below it. `nianbao.cli` writes the output of a reporter.
"""
