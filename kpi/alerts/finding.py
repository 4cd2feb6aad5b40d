"""Everything there is to be told, by the kinds of a rule.

Invariant: nothing is entered and nothing is sent here; the same data, targets and day give the same alerts.
"""

from collections.abc import Callable, Iterable, Mapping

from data.store.entries.alerts import KINDS, Kind
from kpi.alerts.goals import endangered, missed
from kpi.alerts.imports import imports
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert
from kpi.alerts.moves import moves
from kpi.alerts.reviews import reviews
from kpi.alerts.silence import silences
from kpi.alerts.sources import failing, refused

Find = Callable[[Inquiry], Iterable[Alert]]
FINDERS: Mapping[Kind, tuple[Find, ...]] = {
    "missed": (missed,), "endangered": (endangered,), "signal": (moves,), "review": (reviews,),
    "silence": (silences, failing), "import": (imports, refused),
}  # fmt: skip
"""How each kind is looked for, the weightiest first."""


def found(asked: Inquiry) -> tuple[Alert, ...]:
    """Everything, the weightiest kind first, in it the whole before its members, and the worst first."""
    return tuple(
        alert
        for kind, finders in FINDERS.items()
        if kind in asked.rule.kinds
        for alert in sorted(
            (one for find in finders for one in find(asked)), key=lambda one: (len(one.key.place), -one.size)
        )
    )


assert FINDERS.keys() == {*KINDS}
