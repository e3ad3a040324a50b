"""Texts in which one sign or a few come over and over: what grows faster than the text is seen in them."""

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "digits": "1",
    "one line": "全年主动公开政府信息，",
    "headings": "一、总体情况\n",
    "inner headings": "（一）主动公开方面。\n",
    "cells": "\t0\n",
    "closed rows": "\t规章\n\t0\n\n",
    "pipes": "| 0 ",
    "bars": "|\n0\n",
    "bars alone": "|\n",
    "pipe rows": "| 规章 | 0 | 0 | 0 |\n",
    "dates": "2021年1月1日至",
    "years": "2021年",
    "numerals": "一二三、",
    "openings": "（由",
    "listed parts": "由总体情况、",
    "brackets": "〔2019〕",
    "quotes": "“三安全",
    "spaces": " ",
    "blank lines": "\n",
    "sentences": "本年公开政府信息3条。",
    "typos": "政务信心，截止",
    "X": "X",
    "counts": "全年公开信息3条，其中动态1条、公告2条，",
    "answers": "收到政府信息公开申请3件，均已办结；",
    "denials": "未收到行政复议申请，没有诉讼，",
    "changes": "较上年增长12.5%，",
    "nested": "（其中1件",
    "including": "其中",
    "shares": "1件、",
    "respectively": "分别为",
}


def hostile(sign: str, length: int) -> str:
    """Return a report whose first section is *sign* over and over, about *length* characters."""
    return "青禾县人民政府2021年政府信息公开工作年度报告\n一、总体情况\n" + sign * (length // len(sign))
