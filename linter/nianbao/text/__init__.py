"""Text and positions in it: everything else is built on this.

A source with its offsets, lines and columns; texts in two languages; folding, marks, masking, edits and splices.
Imports nothing of nianbao. Readers make sources, `nianbao.report` reads them.
"""
