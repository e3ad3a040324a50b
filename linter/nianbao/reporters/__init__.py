"""Verdicts written down: one small class for each output format.

Imports `nianbao.engine` and what is below it. What a reporter returns is written by `nianbao.cli`.
"""
