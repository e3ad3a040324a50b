"""Text and places in it: the ground that everything else is built on.

A source with its offsets, lines and columns; texts in two languages; folding, marks, masking, edits and splices.
Imports nothing of nianbao. Readers make sources, `nianbao.report` reads them.
"""
