"""From what is found now and what stood before to what is new, what goes on and what is over.

Invariant: of one thing one alert stands. A signal that is told of another member today than yesterday, because the same
story shows more clearly there, goes on as the alert it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.store.entries.alerts import Noted
from kpi.alerts.finding import FINDERS, found
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key
from kpi.alerts.record import as_found, key_of
from kpi.alerts.rights import rights

KINDS = tuple(FINDERS)


@dataclass(frozen=True)
class Change:
    """What one look changed."""

    new: tuple[Alert, ...]
    """Found for the first time, or again after they were over."""
    kept: tuple[tuple[int, Alert], ...]
    """Found again: number of the alert, and how it is now."""
    over: tuple[int, ...]
    """Numbers of those that were not found any more."""


def change(before: Sequence[Noted], now: Sequence[Alert]) -> Change:
    """What is new, goes on and is over."""
    left = {key_of(one): one for one in before}
    kept = [(left.pop(alert.key).id, alert) for alert in now if alert.key in left]
    known = {alert.key for _, alert in kept}
    new: list[Alert] = []
    for alert in (one for one in now if one.key not in known):
        story = next((key for key in left if _is_story(key, alert)), None)
        if story is None:
            new.append(alert)
        else:
            kept.append((left.pop(story).id, alert))
    return Change(tuple(new), tuple(kept), tuple(one.id for one in left.values()))


def _is_story(key: Key, alert: Alert) -> bool:
    """Whether it is the same story told of somebody else."""
    same = (key.kind, key.subject, key.period) == (alert.key.kind, alert.key.subject, alert.key.period)
    return same and key.place in alert.others


def refresh(asked: Inquiry) -> tuple[Noted, ...]:
    """Look now, note what changed, and give what stands, the weightiest kind first, in it the worst first."""
    journal, whose = asked.store.entries.alerts.journal, rights(asked.look.reader.scope)
    changed = change(journal.standing(asked.rule.id, whose), found(asked))
    kept = [(number, as_found(alert)) for number, alert in changed.kept]
    journal.note(asked.rule.id, whose, [as_found(alert) for alert in changed.new], kept, changed.over)
    return in_order(journal.standing(asked.rule.id, whose))


def in_order(alerts: Sequence[Noted]) -> tuple[Noted, ...]:
    """The weightiest kind first, in it the whole before its members, and the worst first."""
    return tuple(sorted(alerts, key=lambda one: (KINDS.index(one.kind), len(key_of(one).place), -one.size, one.id)))
