"""Fuzzing guided by coverage: inputs that reach new code are kept and changed further, until a promise breaks.

`python -m tests.fuzz` lists the targets, `python -m tests.fuzz docx --seconds 600` runs one. A target is a file
in `targets/`: what it promises, what to begin with and how to change it. Needs atheris (the group `dev`).
"""
