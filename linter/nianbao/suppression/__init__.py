"""Findings that somebody has answered for: by a waiver, a comment in the report or the baseline.

Imports `nianbao.engine` and what is below it. Findings stay in the verdict, marked, and do not count.
"""
