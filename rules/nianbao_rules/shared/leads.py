"""The words that a clause begins with: the time, whose figures it gives, and words that change nothing."""

from functools import lru_cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.organs import Actor, Names
from nianbao_rules.shared.subjects import BEFORE

_WHOLE_YEAR = r"(20\d\d)年度?(?:以来)?|(?:截至|截止到?)?(?:20\d\d年)?12月(?:31日|底)|(?:自|从|在)?(?:20\d\d年)?1月1日[-—–－~～至到]+(?:20\d\d年)?12月31日(?:期间|止)?"

_BEFORE = {sign: [word for word in BEFORE if word.startswith(sign)] for sign in {word[0] for word in BEFORE}}


class Led(NamedTuple):
    """The words before a figure without those that do not change the subject, the actor they name, their year.

    *begun* says that they begin with the time: then they are about the organ itself if they name no other.
    """

    text: str
    actor: Actor | None
    year: int | None
    begun: bool = False


# Several rules ask for the words before the same figures, in an editor with each version.
@lru_cache(maxsize=8192)
def led(words: str, names: Names) -> Led:
    """Return *words*, those of a clause before its figure, without those that do not change the subject."""
    actor, year, begun = None, None, False
    words = words.strip()
    while True:
        match = re.match(_WHOLE_YEAR, words) if words[:1] in "12自从在截" else None
        if match:
            year = int(match[1]) if match[1] else year
            words, begun = words[match.end() :], True
        elif before := next((word for word in _BEFORE.get(words[:1], ()) if words.startswith(word)), ""):
            words, begun = words[len(before) :], begun or "年" in before
        elif actor is None and (actor := names.actor(words)) is not None:
            words = words[len(actor.words) :]
        else:
            return Led(words, actor, year, begun)
