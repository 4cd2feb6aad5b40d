"""Signals: a KPI that left its natural limits, or broke a run rule, to the worse, and has not come back.

Invariant: what is told is what `kpi.watch` finds, with its control of false alarms: the whole by the plain rules, of
members only what is left when at most one in twenty findings is false. What got better, what is over, seasons and
members that always stood apart are no alert.
"""

from collections.abc import Iterator

from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key, Said
from kpi.alerts.reasons import Span, reason
from kpi.alerts.said import in_every, sentences, title
from kpi.language import Language
from kpi.watch import Signal, scan
from kpi.watch import words as told


def moves(asked: Inquiry) -> Iterator[Alert]:
    """Every such signal."""
    for signal in scan(asked.look):
        if signal.kind == "change" and signal.lasts and signal.good is False:
            yield _alert(asked, signal)


def _alert(asked: Inquiry, signal: Signal) -> Alert:
    place = asked.place(signal.scope)
    why = reason(asked.look, signal.kpi, Span(signal.since, signal.until), place)

    def said(words: Language) -> Said:
        return Said(
            title(words.catalogue(signal.kpi.title), place, words),
            sentences(f"{told.told(signal, words)} — {told.verdict(signal, words)}", told.also(signal, words)),
            why[words.code],
            words.catalogue(signal.kpi.advice),
        )

    away = abs(signal.value - signal.usual) / (abs(signal.usual) or 1.0)
    return Alert(
        Key("signal", signal.kpi.id, place), signal.since, signal.until, away, signal.value, signal.usual,
        signal.kpi.unit, tuple(asked.place(scope) for scope in (None, *signal.also)), in_every(said),
    )  # fmt: skip
