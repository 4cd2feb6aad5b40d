"""Sources that are asked by themselves: one that fails, and files of theirs that were not loaded.

Invariant: a source is told only when it failed for a day or is given up for now: one failure mends itself. What is said
of them is what their own log says. Told only to whom no row is kept from.
"""

from collections.abc import Iterator
from datetime import timedelta

from data.errors import UserError
from data.store.entries.collect import Arrival, Connection
from data.store.entries.collect.standings import Standing
from kpi.alerts.inquiry import Inquiry
from kpi.alerts.model import Alert, Key, Said
from kpi.alerts.said import in_every, sentences, short
from kpi.language import Language

PATIENCE = timedelta(days=1)
"""How long a source may fail before somebody is told."""
RECENT = 14
"""Days, today included, whose files are told."""
NAME = 60
"""Characters of a file's name that are shown."""


def failing(asked: Inquiry) -> Iterator[Alert]:
    """Every source that fails, the longest first."""
    if not asked.sees_all:
        return
    entries, now = asked.store.entries, asked.store.clock()
    for connection in entries.connections.all():
        standing = entries.standings.of(connection.id)
        since, trouble = standing.failing_since, standing.trouble
        if since is None or trouble is None or connection.is_paused:
            continue
        if standing.is_stopped or now - since >= PATIENCE:
            yield _fails(asked, connection, standing, trouble)


def refused(asked: Inquiry) -> Iterator[Alert]:
    """Every file of the last days that came by itself and was not loaded, the latest first."""
    if not asked.sees_all:
        return
    entries, since = asked.store.entries, asked.today - timedelta(days=RECENT - 1)
    names = {connection.id: connection.name for connection in entries.connections.all()}
    for arrival in reversed(entries.arrivals.standing(None, "waiting", "refused")):
        if arrival.at.date() >= since and arrival.connection in names:
            yield _refused(arrival, names[arrival.connection])


def _fails(asked: Inquiry, connection: Connection, standing: Standing, trouble: UserError) -> Alert:
    since = standing.failing_since
    assert since is not None
    days = max((asked.today - since.date()).days, 1)

    def said(words: Language) -> Said:
        text = words.t("Nothing comes since {moment}, after {n} tries", moment=since, n=standing.failures)
        return Said(
            words.t("Source «{name}» fails", name=connection.name), sentences(text), _why(trouble, words),
            _hint(trouble, words, words.t("Open the source on the Data page and try it by hand.")),
        )  # fmt: skip

    return Alert(
        Key("silence", f"connection:{connection.id}"), since.date(), asked.today, float(days), float(days), None,
        "days", said=in_every(said),
    )  # fmt: skip


def _refused(arrival: Arrival, source: str) -> Alert:
    day, trouble = arrival.at.date(), arrival.trouble

    def said(words: Language) -> Said:
        waits = words.t("It waits for you to say what it holds")
        state = waits if arrival.outcome == "waiting" else words.t("It could not be loaded")
        name = words.t("File «{file}» from «{source}»", file=short(arrival.name, NAME), source=source)
        usual = words.t("Open the source on the Data page: the file is kept there.")
        hint = _hint(trouble, words, usual) if trouble is not None else usual
        came = words.t("came on {day}", day=words.day(day, year=True))
        return Said(name, sentences(f"{state} ({came})"), _why(trouble, words) if trouble else "", hint)

    return Alert(Key("import", f"arrival:{arrival.id}"), day, day, 1.0, said=in_every(said))


def _why(trouble: UserError, words: Language) -> str:
    return sentences(*(words.render(part) for part in (trouble.title, trouble.detail) if part is not None))


def _hint(trouble: UserError, words: Language, usual: str) -> str:
    return words.render(trouble.hint) if trouble.hint is not None else usual
