"""Bytes in, one canonical text out: a reader for each kind of file.

A reader makes a document of paragraphs and table grids, in which every character has its place in the file, and
renders it as one text. Imports `nianbao.text` only. The text goes to `nianbao.report`.
"""
