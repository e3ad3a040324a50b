"""Measurements, run by hand: `python -m tests.bench [all|counts|warm|fixes|profile]`; docs/contributing.md says which is for what.

None that is timed is collected by pytest: a timed test fails on a busy machine and proves nothing on an idle one.
"""
