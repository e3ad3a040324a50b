"""Marks in a canonical text."""

CELL_MARK = "\x1f"  # what parts the cells of a row in a text made from a document (document.py)
