"""Drawn pages: signs and straight lines at their places, laid out again as paragraphs and tables.

A PDF and an OFD are read into pages, in points from the upper left corner; all that follows is the same for both.
"""
