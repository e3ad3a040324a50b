"""Measurements, run by hand: `python -m tests.bench [counts|cold|warm|prose|doubling|fixes|profile]`, all but the last by default.

None of it is collected by pytest: a timed test fails on a busy machine and proves nothing on an idle one.
"""
