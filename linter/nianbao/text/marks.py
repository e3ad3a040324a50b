"""Marks in a canonical text."""

CELL_MARK = "\x1f"  # separates the cells of a row in a text made from a document (readers/document.py)
