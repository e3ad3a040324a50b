"""Whether a text is written in traditional characters."""

from collections import Counter

# Frequent in reports, each in both ways of writing; a simplified text has none of the first.
_TRADITIONAL = "開報總關請處數務辦縣區鎮現無條規計單結訴議題個會設監領導"
_SIMPLIFIED = "开报总关请处数务办县区镇现无条规计单结诉议题个会设监领导"
_FEWEST = 10  # a name or a quotation makes no text traditional


def is_traditional(text: str) -> bool:
    """Return whether *text* is in traditional characters: most of those that have two ways of writing are."""
    if "開" not in text and "報" not in text:
        return False
    counts = Counter(text)
    traditional = sum(counts[character] for character in _TRADITIONAL)
    return traditional >= _FEWEST and traditional > sum(counts[character] for character in _SIMPLIFIED)
