"""Rules that a county declares in YAML, beside its reports.

A file is checked against the shape of its kind and becomes rules like any other.
"""
