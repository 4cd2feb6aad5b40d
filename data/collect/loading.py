"""One file that came, into the workspace: by the same import as a file that somebody drops.

Invariant: whatever ends this early, loading the same arrival again loads nothing twice. What a person has to decide
waits for them and is loaded once they have; what cannot be read is kept, told, and never tried in a loop.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from data.collect import contents
from data.collect.exact import exactly
from data.collect.model import Arrived
from data.errors import MappingError, UnreadableFile, UnrecognisedTable, UserError
from data.ingest.column_map import Mapping
from data.ingest.pipeline import Proposal, preview, propose
from data.ingest.staged import ImportOptions
from data.message import say
from data.model import IngestReport
from data.store.codec import mapping_from_json, mapping_to_json
from data.store.elsewhere import LoadedElsewhere
from data.store.entries.collect import Arrival, Connection
from data.store.sources import SourceQuestion
from data.store.store import Store

_log = logging.getLogger(__name__)

QUESTIONS = (UnrecognisedTable, SourceQuestion, LoadedElsewhere, MappingError)
"""What a person can answer."""
SHRUNK = 0.5
"""Share of the rows that came last below which a sheet is asked about before its days are replaced."""
FEWEST = 30
"""Rows that came last from which on that is asked."""

Tell = Callable[..., None]


@dataclass(frozen=True)
class Loaded:
    """What became of an arrival."""

    arrival: Arrival
    """It, as it stands now."""
    reports: tuple[IngestReport, ...] = ()
    """What was loaded."""


class Shrunk(UserError):
    """A sheet came with far fewer rows than the last time: are the others gone on purpose?"""

    def __init__(self, file: str, before: int, now: int) -> None:
        super().__init__(
            say("{file} came with {now} rows; last time it had {before}.", file=file, now=now, before=before),
            hint=say("If rows were deleted on purpose, load it; if not, put it away and look at the sheet."),
        )


def given_of(arrived: Arrived) -> dict[str, Any]:
    """What loading needs besides the content, as JSON."""
    return {
        "account": arrived.account, "source": arrived.source, "fact": arrived.fact,
        "period": [day.isoformat() for day in arrived.period] if arrived.period else None,
        "mappings": [mapping_to_json(mapping) for mapping in arrived.mappings],
    }  # fmt: skip


def options_of(connection: Connection, arrival: Arrival) -> ImportOptions:
    """What its import is given."""
    period = arrival.given.get("period")
    return ImportOptions(
        account=arrival.given.get("account") or connection.account,
        branch=connection.branch,
        source=arrival.given.get("source"),
        replace_period=connection.takes == "days",
        covers=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        arrival=f"{connection.id}:{arrival.id}",
    )


def load(store: Store, connection: Connection, arrival: Arrival, *, is_meant: bool = False) -> Loaded:
    """Load it, or say why not. `is_meant`: a person has seen that it has fewer rows.

    `UserError` for what has nothing to do with the file: a full disk, a store that closes.
    """
    path = contents.place_of(store.workspace, arrival)
    options = options_of(connection, arrival)

    def work(tell: Tell) -> tuple[IngestReport, ...]:
        with store.gate.itself():
            mappings = _mappings(store, path, connection, arrival, options)
            if not is_meant:
                _ask_if_shrunk(store, path, mappings, options, arrival)
            return store.publish(path, mappings, options, progress=tell)

    job = store.writer.submit(arrival.name, work)
    job.wait()
    if job.error is not None:
        return _not_loaded(store, arrival, job.error)
    reports = cast(tuple[IngestReport, ...], job.result)
    imports = [entry.import_id for entry in store.imports() if entry.options.arrival == options.arrival]
    store.entries.arrivals.decide(arrival.id, "loaded", imports, sum(report.rows_in for report in reports))
    contents.put_away(store.workspace, arrival)
    return Loaded(store.entries.arrivals.get(arrival.id), reports)


def _mappings(
    store: Store, path: Path, connection: Connection, arrival: Arrival, options: ImportOptions
) -> Sequence[Mapping] | None:
    """Those its source told, or what its columns say of a fact that is known; None: the file must explain itself."""
    told = tuple(mapping_from_json(value) for value in arrival.given.get("mappings", ()))
    fact = arrival.given.get("fact") or connection.fact
    if told or fact is None:
        return told or None
    remembered = store.entries.mappings.recall
    found = propose(store.cursor(), path, fact=fact, remembered=remembered, account=options.account)
    meant = [_exact(store, path, one, arrival) for one in found if one.mapping is not None and not one.offered]
    doubtful = [one for one in meant if not one.certain]
    if doubtful or not meant:
        asked = [question for one in doubtful or found for question in one.questions]
        raise UnrecognisedTable(
            say("What {file} holds must be told by a person.", file=arrival.name), asked[0] if asked else None
        )
    return tuple(one.mapping for one in meant if one.mapping is not None)


def _exact(store: Store, path: Path, one: Proposal, arrival: Arrival) -> Proposal:
    """The table with numbers that came as numbers read so; what was asked about them is answered."""
    numbers = arrival.given.get("numbers", ())
    if one.mapping is None or one.certain or not numbers:
        return one if one.mapping is None else replace(one, mapping=exactly(one.mapping, numbers))
    again = preview(store.cursor(), path, exactly(one.mapping, numbers), one.sheet)
    return replace(again, certain=not again.questions, questions=again.questions)


def _ask_if_shrunk(
    store: Store, path: Path, mappings: Sequence[Mapping] | None, options: ImportOptions, arrival: Arrival
) -> None:
    """A newer sheet replaces the days it covers: one that was emptied by mistake is asked about first."""
    before = store.entries.arrivals.before(arrival) if options.replace_period else None
    if before is None or before.rows_in < FEWEST:
        return
    reports = store.publish(path, mappings, options, dry_run=True)
    now = sum(report.rows_in for report in reports)
    if now < SHRUNK * before.rows_in:
        raise Shrunk(arrival.name, before.rows_in, now)


def _not_loaded(store: Store, arrival: Arrival, error: BaseException) -> Loaded:
    """It waits, is refused, or the run ends."""
    if isinstance(error, (*QUESTIONS, Shrunk)):
        store.entries.arrivals.decide(arrival.id, "waiting", trouble=error)
    elif isinstance(error, UnreadableFile):
        store.entries.arrivals.decide(arrival.id, "refused", trouble=error)
    elif isinstance(error, UserError) or not isinstance(error, Exception):
        raise error
    else:
        _log.error("arrival %s could not be read: %s", arrival.id, type(error).__name__, exc_info=error)
        told = UserError(
            say("{file} could not be read: an error of the program.", file=arrival.name),
            hint=say("Load it by hand, or tell the maker of the program: arrival {number}.", number=arrival.id),
        )
        store.entries.arrivals.decide(arrival.id, "refused", trouble=told)
    return Loaded(store.entries.arrivals.get(arrival.id))
