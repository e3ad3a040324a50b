"""Findings suppressed: by a waiver, a comment in the report or the baseline.

Imports `nianbao.engine` and what is below it. Suppressed findings stay in the verdict and do not count.
"""
