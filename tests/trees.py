"""Trees of the two grammars, as tests compare them."""

from collections.abc import Iterator
from typing import Any


def leaves(node: Any) -> Iterator[tuple[str, ...]]:
    """Yield every node of a tree by name, and every token by type, text and place."""
    if hasattr(node, "data"):
        yield ("(", str(node.data))
        for child in node.children:
            yield from leaves(child)
        yield (")",)
    else:
        yield (node.type, str(node), str(node.start_pos), str(node.end_pos))
