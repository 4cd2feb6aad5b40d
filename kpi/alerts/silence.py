"""Silence: rows that were to be expected by now, by the rhythm of the fact itself, and did not come.

Invariant: days on which the business was closed, and what somebody called right on the Data page, are no silence. Told
only to whom no row is kept from.
"""

from collections.abc import Iterator, Sequence

from data.schema.loader import facts
from data.store.health.accounts import silent_accounts
from data.store.health.closed import closed_days
from data.store.health.days import Stale
from data.store.health.health import health
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key, Place, Said
from kpi.alerts.said import in_every, names, sentences, title
from kpi.compile import resolve
from kpi.compile.resolve import DERIVED
from kpi.language import Language

SEEN = "health_seen"
"""Setting of the Data page: names of findings that somebody said are right."""
NAMED = 3
"""KPIs named that wait for the rows."""


def silences(asked: Inquiry) -> Iterator[Alert]:
    """Every fact that is silent, then single accounts of facts that go on."""
    if not asked.sees_all:
        return
    store, closed = asked.store, closed_days(asked.store.entries)
    relations, seen = asked.look.reader.relations(), set(store.entries.settings.get(SEEN, []))
    for one in health(store.cursor(), relations, asked.today, closed):
        if one.stale is not None and f"stale:{one.fact}:{one.stale.until}" not in seen:
            yield _alert(asked, one.fact, one.stale, ())
    for account in silent_accounts(store.cursor(), relations, asked.today, closed):
        yield _alert(asked, account.fact, account.stale, (("account", (account.account,)),))


def _alert(asked: Inquiry, fact: str, late: Stale, place: Place) -> Alert:
    waiting = _waiting(asked, fact)

    def said(words: Language) -> Said:
        text = words.tn(
            "The last rows are of {day}, {n} day ago; newer ones were to be expected by now",
            "The last rows are of {day}, {n} days ago; newer ones were to be expected by now",
            late.days, day=words.day(late.until, year=True),
        )  # fmt: skip
        shown = [words.catalogue(asked.look.catalogue.get(id_).title) for id_ in waiting]
        why = words.t("Until they come, these KPIs stand still: {names}", names=names(shown, NAMED, words))
        return Said(
            title(words.catalogue(facts()[fact].title), place, words), sentences(text),
            sentences(why) if shown else "",
            words.t("Load the newer rows on the Data page. If you were closed, say so there, and this ends."),
        )  # fmt: skip

    return Alert(
        Key("silence", fact, place), late.until, asked.today, float(late.days), float(late.days), None, "days",
        said=in_every(said),
    )  # fmt: skip


def _waiting(asked: Inquiry, fact: str) -> Sequence[str]:
    """The KPIs looked at that are made of the fact."""
    look, relations = asked.look, asked.look.reader.relations()
    made_of = {id_: resolve(look.catalogue.get(id_), look.catalogue, relations).relations for id_ in look.kpis}
    return [id_ for id_, names_ in made_of.items() if fact in _facts(names_)]


def _facts(relations: Sequence[str]) -> frozenset[str]:
    """Facts that relations are, or are made of first."""
    return frozenset(DERIVED[name][0][0] if name in DERIVED else name for name in relations)
