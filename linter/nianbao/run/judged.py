"""What a run keeps of one file that was judged: figures and text, never the report."""

from enum import Enum
from typing import TYPE_CHECKING, Any

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Tally

if TYPE_CHECKING:  # if no finding is suppressed, none of this is read
    from nianbao.suppression.waivers import WaiverUse


class Judged(NamedTuple):
    """The figures of one file, and what each reporter of the run puts into its output."""

    tally: Tally
    parts: tuple[Any, ...]
    complaint: str = ""  # the line on a file without a verdict
    use: "WaiverUse | None" = None
    lasts: bool = False  # whether it is the same next time, if nothing has changed
    again: bool = False  # whether it has been told before, in a run that is repeated


class Lost(Enum):
    """The reason why there is no result of work that was done elsewhere."""

    KILLED = "killed"  # its worker was killed, each time
    LATE = "late"  # its time was up, and its worker was ended
    UNSENT = "unsent"  # the result cannot be sent from one process to another
